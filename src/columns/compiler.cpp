// SPDX-License-Identifier: Apache-2.0
/// \file
/// From plans of single cases to programs over columns.
#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <string>

#include "columns/answer_form.hpp"
#include "columns/formula_reader.hpp"
#include "columns/program.hpp"
#include "columns/region_bounds.hpp"
#include "rules/computed_input.hpp"
#include "rules/plans.hpp"

namespace tutela::detail {
namespace {

constexpr std::uint64_t most_combinations = std::uint64_t{1} << 62U;

/// Why a decision has no plan on the day asked about.
std::string why_no_plan(PackImpl const& pack, std::size_t decision)
{
  auto const& cone = pack.cones[decision];
  if (pack.decisions[decision].separation || !pack.separations[decision].empty())
    return "it separates a child from the family, or rests on a decision that does";
  if (!cone.constraints.empty()) return "constraints rule out combinations of its facts";
  if (cone.tests_uncertain) return "it asks whether a fact can be known";
  auto const& texts = pack.model->nodes[pack.nodes[decision]].texts;
  if (std::any_of(texts.begin(), texts.end(), [](NodeText const& text) { return !text.body.table; }))
    return "it is no decision table: its whole answer is computed";
  if (std::any_of(texts.begin(), texts.end(), [](NodeText const& text) { return !text.body.table->index; }))
    return "its cells compare with other things than constants";
  return "it lists or adds up several answers, or compares those that it computes, or is not in force or not verified";
}

}  // namespace

/// False where the model would refuse at once, so that it is left to it.
bool ColumnCompiler::speaks() const
{
  auto const& options = program_.decide_options;
  auto const law_on = options.law_on ? options.law_on : program_.on;
  return (!law_on || pack_.info.valid.contains(*law_on)) && !pack_.is_other_law(options.jurisdiction);
}

Plan const* ColumnCompiler::plan_of(std::size_t decision) const
{
  return program_.day ? program_.day->find(decision) : plan_for(pack_, decision, program_.on, program_.decide_options);
}

/// Makes the plans that the pack itself has not: of all decisions, so that they read facts in one way.
void ColumnCompiler::plan_day()
{
  std::vector<std::size_t> asked;
  for (auto const& path : program_.paths)
    if (auto const* found = program_.pack.find(path.decision); found != nullptr)
      asked.push_back(static_cast<std::size_t>(found - program_.pack.decisions().data()));
  if (program_.on) program_.day = make_day_plans(pack_, asked, *program_.on, program_.decide_options);
  if (std::all_of(asked.begin(), asked.end(), [&](std::size_t decision) { return plan_of(decision) != nullptr; }))
    return;
  if (auto more = make_column_plans(pack_, asked, program_.on, program_.decide_options)) program_.day = std::move(more);
  if (program_.day) add_joint_columns();
}

/// The columns of the fact at a place of the schema, and of what it is a part of.
std::vector<std::size_t> const& ColumnCompiler::columns_of_fact(std::size_t fact)
{
  auto const [found, fresh] = columns_of_fact_.try_emplace(fact);
  auto const& declarations = pack_.schema.declarations();
  for (std::size_t i = 0; fresh && i < program_.columns.size(); ++i)
    if (touches(declarations[program_.columns[i].declaration].name, declarations[fact].name))
      found->second.push_back(i);
  return found->second;
}

/// The columns of all these facts; ascending.
std::vector<std::size_t> ColumnCompiler::columns_of_facts(std::vector<std::size_t> const& facts)
{
  std::vector<std::size_t> columns;
  for (auto const fact : facts) {
    auto const& some = columns_of_fact(fact);
    columns.insert(columns.end(), some.begin(), some.end());
  }
  std::sort(columns.begin(), columns.end());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  return columns;
}

void ColumnCompiler::add_joint_columns()
{
  for (auto const& joint : program_.day->joint) {
    program_.joint_columns.push_back(columns_of_facts(joint.facts));
    program_.joint_formulas.push_back(formula_of(program_, joint));
  }
}

/// Places of a lane's line that have ranks of their own: the regions, and for a joint input whatever it may come to.
std::size_t ColumnCompiler::places_of(std::size_t lane) const
{
  auto const& line = line_of(lane);
  return program_.lanes[lane].joint ? line.irregular() + std::size_t{1} : line.cuts.regions();
}

/// False where no value lies there.
bool ColumnCompiler::is_place(std::size_t lane, std::size_t place) const
{
  auto const& line = line_of(lane);
  return place < line.cuts.regions() ? line.cuts.sample(place).has_value() : place != line.open();
}

void ColumnCompiler::compile()
{
  auto const& content = pack_;
  bool const outside = !speaks();
  if (!outside) plan_day();
  for (auto& path : program_.paths) {
    ColumnDecision decision;
    auto const* found = program_.pack.find(path.decision);
    decision.index = content.decisions.size();
    if (found == nullptr) {
      path.reason = "the pack has no such decision";
    } else {
      decision.index = static_cast<std::size_t>(found - program_.pack.decisions().data());
      if (!outside) decision.plan = plan_of(decision.index);
      std::vector<std::size_t> facts;
      facts.reserve(found->facts.size());
      for (auto const& fact : found->facts)
        facts.push_back(static_cast<std::size_t>(pack_.schema.find(fact) - pack_.schema.declarations().data()));
      decision.read = columns_of_facts(facts);
      path.reason = decision.plan != nullptr ? add(decision)
                    : outside                ? "the pack does not speak for that day or legal order"
                                             : why_no_plan(content, decision.index);
      if (!path.reason.empty()) decision.plan = nullptr;
    }
    path.in_columns = decision.plan != nullptr;
    if (decision.plan == nullptr || !decision.computed.empty()) decision.amounts = answer_form(program_, decision);
    program_.decisions.push_back(std::move(decision));
  }
  for (std::size_t lane = 0; lane < program_.lanes.size(); ++lane) number_ranks(lane);
  for (auto& decision : program_.decisions)
    if (decision.plan != nullptr) number_combinations(decision);
}

namespace {

/// The class of a fact where its column is null; `no_class` where only the model can say what follows.
FactClass class_of_null(PlanFact const& fact, FactLane const& lane)
{
  auto const open = lane.null_place == fact.class_of.size() - 2;
  return open && fact.bounded_only ? fact.open_class : fact.class_of[lane.null_place];
}

}  // namespace

/// Adds a decision with a plan. \return Why it cannot be run in columns; empty when it can.
std::string ColumnCompiler::add(ColumnDecision& decision)
{
  auto const atoms = program_.atoms.size();
  auto const cells = program_.cells.size();
  auto const tables = program_.tables.size();
  auto const& plan = *decision.plan;
  auto const law_on = program_.decide_options.law_on ? program_.decide_options.law_on : program_.on;
  auto const* text = text_on(pack_.model->nodes[plan.steps.back().node], law_on);
  bool const is_expression = text->body.kind == Boxed::Kind::literal;
  auto const whole = is_expression ? formula_of(program_, *text) : nullptr;
  if (is_expression && whole == nullptr)
    return "it is no decision table: its whole answer is computed, by more than a formula over columns";
  std::string refused;
  for (auto const& fact : plan.facts) {
    auto const lane = lane_of(fact, refused);
    if (!lane) return refused;
    decision.lanes.push_back(*lane);
  }
  for (std::size_t i = 0; i < plan.facts.size(); ++i) {
    auto const& fact = plan.facts[i];
    ColumnAtom made;
    made.lane = decision.lanes[i];
    for (std::size_t place = 0; place < places_of(made.lane); ++place)
      made.places.push_back(is_place(made.lane, place) && fact.class_of[place] == no_class);
    made.null_certain = made.null_possible = class_of_null(fact, program_.lanes[made.lane]) == no_class;
    bool const some = made.null_certain || std::find(made.places.begin(), made.places.end(), true) != made.places.end();
    if (some) decision.irregular.push_back(atom(std::move(made)));
  }
  std::vector<std::size_t> made;
  made.reserve(plan.steps.size());
  for (auto const& step : plan.steps) made.push_back(table(plan, step, made));
  for (auto const lane : decision.lanes) {
    if (places_of(lane) <= most_ranks) continue;  // no place has more than one rank
    auto const ranks = ranks_of_regions(lane);
    if (*std::max_element(ranks.begin(), ranks.end()) < most_ranks) continue;
    forget(atoms, cells, tables);
    return "a fact that it reads is cut into more than 250 stretches";
  }
  decision.table = made.back();
  decision.answers.assign(plan.steps.back().results.begin(), plan.steps.back().results.end() - 1);
  auto const& computed = plan.steps.back().computed;
  decision.first_computed = static_cast<std::uint32_t>(decision.answers.size() - computed.size());
  for (auto const& answer : computed) {
    auto const rules = plan.steps.back().code_of_rule.size();
    decision.computed.push_back({answer.rule == rules ? 0 : answer.rule + 1, columns_of_facts(answer.facts),
                                 is_expression ? whole : formula_of(program_, *text, answer.rule)});
  }
  decision.reads_once = reads_once(*decision.plan, program_.options.limits.completions) &&
                        std::none_of(decision.lanes.begin(), decision.lanes.end(),
                                     [&](std::size_t lane) { return program_.lanes[lane].null_uncertain; });
  auto const rules = program_.tables[decision.table].rule_count;
  decision.first_answer = program_.options.rules ? static_cast<std::uint32_t>(std::bit_ceil(rules + 1)) : 0;
  auto const& answers = decision.answers;
  decision.as_bits = !program_.options.rules && !program_.options.missing && computed.empty() && answers.size() == 2 &&
                     answers[0].is(Kind::boolean) && answers[1].is(Kind::boolean) && answers[0] != answers[1];
  if (decision.as_bits) return {};
  decision.open_ending = decision.first_answer + static_cast<std::uint32_t>(decision.answers.size());
  return {};
}

/// The lane of a fact, made where it is not there yet.
std::optional<std::size_t> ColumnCompiler::lane_of(PlanFact const& fact, std::string& refused)
{
  auto const declaration = fact.declaration;
  if (auto const found = lane_of_fact_.find(declaration); found != lane_of_fact_.end()) return found->second;
  auto const& line = program_.line(declaration);
  FactLane lane;
  lane.declaration = declaration;
  lane.joint = fact.joint;
  lane.null_place = line.open();
  for (std::size_t i = 0; !lane.joint && i < program_.columns.size(); ++i) {
    auto const& column = program_.columns[i];
    if (column.declaration != declaration) continue;
    lane.column = i;
    if (column.rule.nulls == NullMeaning::none) lane.null_place = line.none();
    lane.null_uncertain = column.rule.nulls == NullMeaning::uncertain;
    auto const kind = line.cuts.kind();
    if (line.by_steps && column.column.format->scale > ComputedInput::decimals) {
      refused = "an input is computed from '" + column.rule.fact + "', whose column has more than six decimals";
      return std::nullopt;
    }
    for (std::size_t region = 1; (kind == Kind::number || kind == Kind::date) && region < line.cuts.regions();
         ++region) {
      if (first_of_region(line.cuts, region, column.column.format->scale)) continue;
      refused = "constants that '" + column.rule.fact + "' is compared with do not fit into the numbers of its column";
      return std::nullopt;
    }
  }
  program_.lanes.push_back(std::move(lane));
  return lane_of_fact_.emplace(declaration, program_.lanes.size() - 1).first->second;
}

namespace {

template <class T>
std::size_t keep(T made, std::vector<T>& all, std::map<T, std::size_t>& ids)
{
  auto const [found, fresh] = ids.emplace(made, all.size());
  if (fresh) all.push_back(std::move(made));
  return found->second;
}

template <class T>
void forget_from(std::size_t count, std::vector<T>& all, std::map<T, std::size_t>& ids)
{
  for (auto each = ids.begin(); each != ids.end();) each = each->second >= count ? ids.erase(each) : std::next(each);
  all.resize(count);
}

}  // namespace

std::size_t ColumnCompiler::atom(ColumnAtom made) { return keep(std::move(made), program_.atoms, atom_ids_); }
std::size_t ColumnCompiler::cell(ColumnCell made) { return keep(std::move(made), program_.cells, cell_ids_); }

void ColumnCompiler::forget(std::size_t atoms, std::size_t cells, std::size_t tables)
{
  forget_from(atoms, program_.atoms, atom_ids_);
  forget_from(cells, program_.cells, cell_ids_);
  forget_from(tables, program_.tables, table_ids_);
}

/// The condition that one cell puts on a fact.
ColumnAtom ColumnCompiler::atom_of(PlanFact const& fact, PlanStep const& step, PlanStep::Column const& column,
                                   std::size_t rule) const
{
  auto const holds = [&](std::vector<RuleWord> const& masks, FactClass each) {
    return (masks[each * step.words + rule / rules_in_word] >> rule % rules_in_word & 1U) != 0;
  };
  ColumnAtom made;
  made.lane = lane_of_fact_.at(fact.declaration);
  for (std::size_t place = 0; place < places_of(made.lane); ++place) {
    auto const each = fact.class_of[place];
    made.places.push_back(each != no_class && holds(column.certain, each));
  }
  if (auto const null = class_of_null(fact, program_.lanes[made.lane]); null != no_class) {
    made.null_certain = holds(column.certain, null);
    made.null_possible = holds(column.possible, null);
  }
  return made;
}

/// One cell of a table; nothing where it holds for every row.
std::optional<std::size_t> ColumnCompiler::cell_of(Plan const& plan, PlanStep const& step,
                                                   PlanStep::Column const& column, std::size_t rule,
                                                   std::vector<std::size_t> const& tables)
{
  ColumnCell made;
  if (column.from_step) {
    auto const answers = plan.steps[column.source].results.size() - 1;
    for (std::size_t code = 0; code < answers; ++code)
      made.codes.push_back((column.certain[code * step.words + rule / rules_in_word] >> rule % rules_in_word & 1U) !=
                           0);
    made.from_table = true;
    made.source = tables[column.source];
    return cell(std::move(made));
  }
  auto const& fact = plan.facts[column.source];
  auto condition = atom_of(fact, step, column, rule);
  bool always = condition.null_certain || class_of_null(fact, program_.lanes[condition.lane]) == no_class;
  for (std::size_t place = 0; place < condition.places.size(); ++place)
    always = always && (condition.places[place] || fact.class_of[place] == no_class);
  if (always) return std::nullopt;
  made.source = atom(std::move(condition));
  return cell(std::move(made));
}

std::size_t ColumnCompiler::table(Plan const& plan, PlanStep const& step, std::vector<std::size_t> const& tables)
{
  ColumnTable made;
  auto const policy = step.table->policy;
  made.in_order = policy == HitPolicy::first || policy == HitPolicy::priority;
  made.may_agree = policy == HitPolicy::any;
  made.rule_count = step.code_of_rule.size();
  made.fallback = step.fallback_code;
  made.answer_count = step.results.size() - 1;
  for (auto const& column : step.columns)
    if (column.from_step) made.sources.push_back(tables[column.source]);
  std::sort(made.sources.begin(), made.sources.end());
  made.sources.erase(std::unique(made.sources.begin(), made.sources.end()), made.sources.end());
  for (std::size_t rule = 0; rule < made.rule_count; ++rule) {
    if ((step.in_force[rule / rules_in_word] >> rule % rules_in_word & 1U) == 0) continue;
    ColumnTable::Rule row;
    row.number = rule;
    row.code = step.code_of_rule[rule];
    for (auto const& column : step.columns)
      if (auto const found = cell_of(plan, step, column, rule, tables)) row.cells.push_back(*found);
    std::sort(row.cells.begin(), row.cells.end());
    row.cells.erase(std::unique(row.cells.begin(), row.cells.end()), row.cells.end());
    made.rules.push_back(std::move(row));
  }
  if (policy == HitPolicy::priority)
    std::stable_sort(made.rules.begin(), made.rules.end(),
                     [&](ColumnTable::Rule const& lhs, ColumnTable::Rule const& rhs) {
                       return step.ranks[lhs.number] < step.ranks[rhs.number];
                     });
  return keep(std::move(made), program_.tables, table_ids_);
}

/// The rank of each region of a lane under the atoms that are there.
std::vector<std::uint32_t> ColumnCompiler::ranks_of_regions(std::size_t index) const
{
  auto const& cuts = line_of(index).cuts;
  bool const ordered = !program_.lanes[index].joint && (cuts.kind() == Kind::number || cuts.kind() == Kind::date);
  std::vector<std::uint32_t> ranks;
  std::map<std::vector<bool>, std::uint32_t> known;
  std::vector<bool> before;
  std::uint32_t count = 0;
  for (std::size_t region = 0; region < places_of(index); ++region) {
    if (!is_place(index, region)) {
      ranks.push_back(ranks.empty() ? 0 : ranks.back());  // no value lies there
      continue;
    }
    std::vector<bool> signature;
    for (auto const& atom : program_.atoms)
      if (atom.lane == index) signature.push_back(atom.places[region]);
    if (!ordered) {
      ranks.push_back(known.emplace(std::move(signature), static_cast<std::uint32_t>(known.size())).first->second);
      continue;
    }
    if (count == 0 || signature != before) ++count;
    ranks.push_back(count - 1);
    before = std::move(signature);
  }
  return ranks;
}

void ColumnCompiler::number_ranks(std::size_t index)
{
  auto& lane = program_.lanes[index];
  auto const& cuts = line_of(index).cuts;
  auto const ranks = ranks_of_regions(index);
  bool const ordered = cuts.kind() == Kind::number || cuts.kind() == Kind::date;
  for (std::size_t region = 0; region < ranks.size(); ++region) {
    lane.rank_of_region.push_back(static_cast<std::uint8_t>(ranks[region]));
    if (ranks[region] < lane.place_of_rank.size() || !is_place(index, region)) continue;
    lane.place_of_rank.push_back(static_cast<std::uint32_t>(region));
    if (ordered && lane.column && ranks[region] > 0)
      lane.bounds.push_back(*first_of_region(cuts, region, program_.columns[*lane.column].column.format->scale));
  }
  for (auto& atom : program_.atoms) {
    if (atom.lane != index) continue;
    for (std::size_t rank = 0; rank < lane.place_of_rank.size(); ++rank) {
      if (!atom.places[lane.place_of_rank[rank]]) continue;
      auto const here = static_cast<std::uint8_t>(rank);
      if (!atom.spans.empty() && atom.spans.back().first + atom.spans.back().second + 1 == here)
        ++atom.spans.back().second;
      else
        atom.spans.emplace_back(here, std::uint8_t{0});
    }
  }
}

void ColumnCompiler::number_combinations(ColumnDecision& decision) const
{
  decision.combinations = 1;
  for (auto const lane : decision.lanes) {
    decision.strides.push_back(decision.combinations);
    auto const ranks =
        std::uint64_t{program_.lanes[lane].null_rank()} + 1 + (program_.lanes[lane].joint ? most_open_inputs : 0);
    if (decision.combinations > most_combinations / ranks) {
      decision.combinations = 0;
      return;
    }
    decision.combinations *= ranks;
  }
}

}  // namespace tutela::detail
