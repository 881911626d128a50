// SPDX-License-Identifier: Apache-2.0
/// \file
/// Compiling decisions down to masks.
#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "feel/program.hpp"
#include "rules/case_facts.hpp"
#include "rules/distinct_values.hpp"
#include "rules/law_days.hpp"
#include "rules/model.hpp"
#include "rules/pack_impl.hpp"
#include "rules/plan.hpp"
#include "rules/plan_lines.hpp"
#include "rules/plan_source.hpp"
#include "rules/possibilities.hpp"

namespace tutela::detail {
namespace {

/// States of the law that one decision is compiled for; a decision with more stays with its model.
constexpr std::size_t most_states_of_law = 32;

bool meets(std::vector<RuleWord> const& lhs, std::vector<RuleWord> const& rhs)
{
  for (std::size_t i = 0; i < lhs.size(); ++i)
    if ((lhs[i] & rhs[i]) != 0) return true;
  return false;
}

class PlanBuilder {
 public:
  PlanBuilder(PackImpl const& pack, PlanLines const& read, std::size_t decision, std::optional<Date> law_on)
      : pack_(pack), model_(*pack.model), read_(read), decision_(decision), law_on_(law_on)
  {
  }

  std::shared_ptr<Plan> build()
  {
    plan_ = std::make_shared<Plan>();
    if (!add_steps()) return nullptr;
    for (std::size_t i = 0; i < sources_.size(); ++i)
      if (!add_classes(i)) return nullptr;
    return plan_;
  }

 private:
  NodeText const* text_of(std::size_t node) const
  {
    auto const& texts = model_.nodes[node].texts;
    if (!law_on_) return texts.size() == 1 ? &texts.front() : nullptr;
    for (auto const& text : texts)
      if (text.note.law.contains(*law_on_)) return &text;
    return nullptr;
  }

  /// The tables in the order in which `ModelRun` comes to them.
  bool add_steps()
  {
    std::vector<std::size_t> open{pack_.nodes[decision_]};
    while (!open.empty()) {
      auto const current = open.back();
      if (steps_.count(current) != 0) {
        open.pop_back();
        continue;
      }
      auto const* text = text_of(current);
      if (text == nullptr) return false;
      auto const before = open.size();
      for (std::size_t i = 0; i < text->requirements.size(); ++i) {
        auto const required = text->requirements[i];
        auto const kind = model_.nodes[required].kind;
        // A knowledge model that is only called can be called by no cell that is compiled.
        if (kind == GraphNode::Kind::input || (kind == GraphNode::Kind::knowledge && !text->needed[i])) continue;
        if (kind != GraphNode::Kind::decision) return false;
        if (steps_.count(required) == 0) open.push_back(required);
      }
      if (open.size() > before) continue;
      if (!add_step(current, *text)) return false;
      open.pop_back();
    }
    return true;
  }

  bool add_step(std::size_t node, NodeText const& text)
  {
    if (text.body.kind != Boxed::Kind::table || !text.body.table->index) return false;
    auto const& table = *text.body.table;
    if (table.policy != HitPolicy::first && table.policy != HitPolicy::unique && table.policy != HitPolicy::any &&
        table.policy != HitPolicy::priority)
      return false;
    plan_->unverified = plan_->unverified || !text.note.verified();
    PlanStep step;
    step.node = node;
    step.table = &table;
    step.words = table.index->words();
    if (!add_outputs(step, table, text) || !add_columns(step, table, text)) return false;
    steps_.emplace(node, plan_->steps.size());
    plan_->steps.push_back(std::move(step));
    return true;
  }

  /// The constant that a cell is; nothing when it must be computed.
  static bool is_constant(std::optional<Expression> const& cell) { return !cell || cell->constant() != nullptr; }

  bool add_outputs(PlanStep& step, DecisionTable const& table, NodeText const& text)
  {
    step.in_force.assign(step.words, 0);
    step.code_of_rule.assign(table.rules.size(), 0);
    step.outputs.resize(table.rules.size());
    Evaluation evaluation;
    bool any = table.rules.empty();
    DistinctValues raw;
    auto const code_of = [&](Value const& output) { return static_cast<AnswerCode>(raw.add(output)); };
    for (std::size_t i = 0; i < table.rules.size(); ++i) {
      auto const& rule = table.rules[i];
      if (law_on_ && !rule.note.law.contains(*law_on_)) continue;
      any = true;
      step.in_force[i / rules_in_word] |= RuleWord{1} << i % rules_in_word;
      plan_->unverified = plan_->unverified || !rule.note.verified();
      if (!std::all_of(rule.outputs.begin(), rule.outputs.end(), is_constant)) return false;
      step.outputs[i] = rule_output(table, i, {}, evaluation);
      if (!is_definite(step.outputs[i]) || step.outputs[i].is(Kind::function)) return false;
      step.code_of_rule[i] = code_of(step.outputs[i]);
    }
    for (auto const& output : table.outputs)
      if (!is_constant(output.fallback)) return false;
    step.fallback = fallback_output(table, {}, evaluation);
    if (!any || !is_definite(step.fallback)) return false;
    step.fallback_code = code_of(step.fallback);
    DistinctValues results;
    for (auto const& value : raw.values()) {
      auto result = fit(fit(value, text.body.type, evaluation, text.body.place), text.type, evaluation, text.place);
      // Answers that a conversion makes equal would count as two.
      if (!is_definite(result) || !results.is_new(result)) return false;
      step.results.push_back(std::move(result));
    }
    step.results.push_back(hit_policy_error(table, evaluation));
    if (table.policy == HitPolicy::priority) add_ranks(step, table);
    return true;
  }

  static void add_ranks(PlanStep& step, DecisionTable const& table)
  {
    std::set<std::vector<std::size_t>> ranks;
    for (auto const& output : step.outputs) ranks.insert(output_rank(table, output));
    for (auto const& output : step.outputs)
      step.ranks.push_back(
          static_cast<std::uint32_t>(std::distance(ranks.begin(), ranks.find(output_rank(table, output)))));
  }

  /// True for a decision whose answers are all as the column's type asks.
  bool fits(Declared const& declared, PlainSource const& source) const
  {
    if (source.is_fact) return false;
    auto const& results = plan_->steps[steps_.at(source.node)].results;
    Evaluation evaluation;
    return std::all_of(results.begin(), results.end() - 1,
                       [&](Value const& value) { return fits_as_it_is(value, declared, evaluation); });
  }

  bool add_columns(PlanStep& step, DecisionTable const& table, NodeText const& text)
  {
    for (std::size_t i = 0; i < table.inputs.size(); ++i) {
      auto const& column = table.index->columns()[i];
      if (!column.tested) continue;
      if (!table.inputs[i].expression) return false;
      auto const& program = table.inputs[i].expression->program();
      auto source = plain_source(model_, text, program, program.root);
      auto const computed = read_.computed.find(&table.inputs[i]);
      bool const is_computed = computed != read_.computed.end();
      if (is_computed) source = computed->second.fact();
      if (!source) return false;
      if (!is_computed && table.inputs[i].converts && !fits(table.inputs[i].type, *source)) return false;
      PlanStep::Column made;
      made.from_step = !source->is_fact;
      if (source->is_fact) {
        made.source = fact_of(*std::move(source));
        if (made.source == plan_->facts.size()) return false;
        uses_[made.source].push_back({plan_->steps.size(), step.columns.size(), &column, step.in_force,
                                      is_computed ? &computed->second : nullptr});
      } else {
        made.source = steps_.at(source->node);
        if (!fill_from_step(made, step, column)) return false;
      }
      step.columns.push_back(std::move(made));
    }
    return true;
  }

  /// The fact's place in the plan; past the end when it cannot be planned.
  std::size_t fact_of(PlainSource source)
  {
    for (std::size_t i = 0; i < plan_->facts.size(); ++i)
      if (plan_->facts[i].name == source.name) return i;
    auto const* declaration = pack_.schema.find(source.name);
    if (declaration == nullptr) return plan_->facts.size();
    auto const place = static_cast<std::size_t>(declaration - pack_.schema.declarations().data());
    if (!read_.lines[place].planned) return plan_->facts.size();
    PlanFact fact;
    fact.name = source.name;
    fact.declaration = place;
    fact.leaf = pack_.model->leaf(fact.name);
    for (auto dot = fact.name.find('.'); dot != std::string::npos; dot = fact.name.find('.', dot + 1))
      fact.containers.push_back(fact.name.substr(0, dot));
    plan_->facts.push_back(std::move(fact));
    sources_.push_back(std::move(source));
    uses_.emplace_back();
    return plan_->facts.size() - 1;
  }

  bool fill_from_step(PlanStep::Column& made, PlanStep const& step, RegionIndex::Column const& column) const
  {
    auto const& results = plan_->steps[made.source].results;
    for (std::size_t code = 0; code + 1 < results.size(); ++code) {
      std::vector<RuleWord> const* none = results[code].is_none() ? &column.none : nullptr;
      if (none != nullptr && meets(column.none_errs, step.in_force)) return false;
      auto const region = none == nullptr ? column.cuts.region(results[code]) : std::nullopt;
      if (none == nullptr && !region) return false;
      for (std::size_t word = 0; word < step.words; ++word)
        made.certain.push_back(none != nullptr ? (*none)[word] : column.masks[*region * step.words + word]);
    }
    made.possible = made.certain;
    return true;
  }

  /// Where a fact is used.
  struct Use {
    std::size_t step;
    std::size_t column;
    RegionIndex::Column const* index;
    std::vector<RuleWord> in_force;
    ComputedInput const* computed;  ///< Nothing where the column reads the fact as it is.
  };

  using Signature = std::vector<RuleWord>;  ///< The masks of all columns that read a fact, for one of its places.

  struct HashOfSignature {
    std::size_t operator()(Signature const& signature) const noexcept
    {
      auto const* bytes = reinterpret_cast<char const*>(signature.data());
      return std::hash<std::string_view>{}({bytes, signature.size() * sizeof(RuleWord)});
    }
  };

  /// Nothing where only the cells can say.
  std::optional<Signature> signature(std::size_t fact, FactLine const& line, std::uint32_t place) const
  {
    Signature signature;
    for (auto const& use : uses_[fact]) {
      auto const words = use.in_force.size();
      std::optional<std::size_t> region;
      auto tested = place == line.none() ? Value() : *line.cuts.sample(place);
      if (use.computed != nullptr) tested = use.computed->value(tested);
      if (!tested.is_none()) {
        region = use.index->cuts.region(tested);
        if (!region) return std::nullopt;
      } else if (meets(use.index->none_errs, use.in_force)) {
        return std::nullopt;
      }
      for (std::size_t word = 0; word < words; ++word)
        signature.push_back(use.in_force[word] &
                            (region ? use.index->masks[*region * words + word] : use.index->none[word]));
    }
    return signature;
  }

  /// True for a region whose values the declaration of the fact admits.
  static bool admits(PlainSource const& source, FactLine const& line, std::uint32_t region)
  {
    if (!line.cuts.sample(region)) return false;
    if (!source.item) return true;
    auto const& allowed = source.item->allowed_values;
    if (!allowed.empty())
      return region % 2 == 1 && std::any_of(allowed.begin(), allowed.end(),
                                            [&](Value const& value) { return line.cuts.region(value) == region; });
    auto const span = line.cuts.span(source.item->allowed_range);
    return span && span->first <= region && region < span->second;
  }

  bool add_classes(std::size_t index)
  {
    auto& fact = plan_->facts[index];
    auto const& source = sources_[index];
    auto const& line = read_.lines[fact.declaration];
    fact.class_of.assign(line.irregular() + std::size_t{1}, no_class);
    std::vector<Signature> classes;
    std::unordered_map<Signature, FactClass, HashOfSignature> known;
    for (std::uint32_t place = 0; place <= line.none(); ++place) {
      if (place != line.none() && !admits(source, line, place)) continue;
      auto made = signature(index, line, place);
      if (!made) continue;
      auto const [found, fresh] = known.emplace(*made, static_cast<FactClass>(classes.size()));
      if (fresh) classes.push_back(*std::move(made));
      if (classes.size() >= no_class - 1) return false;
      fact.class_of[place] = found->second;
    }
    if (classes.empty()) return false;
    add_domain(fact, source, line);
    Signature certain(classes.front().size(), ~RuleWord{0});
    Signature possible(classes.front().size(), 0);
    for (auto const each : fact.domain) {
      for (std::size_t i = 0; i < certain.size(); ++i) {
        certain[i] &= classes[each][i];
        possible[i] |= classes[each][i];
      }
    }
    if (!fact.domain.empty()) fact.class_of[line.open()] = fact.open_class = static_cast<FactClass>(classes.size());
    std::size_t begin = 0;
    for (auto const& use : uses_[index]) {
      auto& column = plan_->steps[use.step].columns[use.column];
      auto const words = use.in_force.size();
      auto const append = [&](std::vector<RuleWord>& masks, Signature const& from) {
        auto const first = from.begin() + static_cast<std::ptrdiff_t>(begin);
        masks.insert(masks.end(), first, first + static_cast<std::ptrdiff_t>(words));
      };
      for (auto const& each : classes) {
        append(column.certain, each);
        append(column.possible, each);
      }
      append(column.certain, certain);
      append(column.possible, possible);
      begin += words;
    }
    return true;
  }

  /// The classes that completions of the fact have, in the order in which `explore_completions` takes them.
  static void add_domain(PlanFact& fact, PlainSource const& source, FactLine const& line)
  {
    std::vector<std::uint32_t> places;
    bool const listed = source.item && !source.item->allowed_values.empty();
    bool const boolean = source.type.is(Type::Kind::boolean);
    if (!listed && source.type.is(Type::Kind::string)) return;  // any text: nothing that could be listed
    if (listed) {
      for (auto const& value : source.item->allowed_values)
        if (auto const region = line.cuts.region(value)) places.push_back(static_cast<std::uint32_t>(*region));
    } else {
      if (source.optional && !boolean) places.push_back(line.none());
      for (std::uint32_t region = 0; region < line.none(); ++region)
        if (admits(source, line, region)) places.push_back(region);
    }
    if (source.optional && (listed || boolean)) places.push_back(line.none());
    for (auto const place : places) {
      auto const each = fact.class_of[place];
      if (each == no_class) {
        fact.domain.clear();  // a completion that only the model can answer
        return;
      }
      if (std::find(fact.domain.begin(), fact.domain.end(), each) == fact.domain.end()) fact.domain.push_back(each);
    }
  }

  PackImpl const& pack_;
  Model const& model_;
  PlanLines const& read_;
  std::size_t decision_;
  std::optional<Date> law_on_;
  std::shared_ptr<Plan> plan_;
  std::map<std::size_t, std::size_t> steps_;  ///< By node.
  std::vector<PlainSource> sources_;          ///< Of each fact of the plan.
  std::vector<std::vector<Use>> uses_;        ///< Of each fact of the plan.
};

}  // namespace

namespace {

/// Collects the constants that the columns of tables compare each fact with.
class LineReader {
 public:
  LineReader(PackImpl const& pack, DayAsked const& day)
      : pack_(pack), day_(day), constants_(pack.schema.declarations().size()), facts_(constants_.size())
  {
  }

  void read(NodeText const& text)
  {
    auto const& table = *text.body.table;
    for (std::size_t i = 0; i < table.inputs.size(); ++i) {
      auto const& column = table.index->columns()[i];
      if (column.tested && table.inputs[i].expression) read(text, table.inputs[i], column.cuts);
    }
  }

  PlanLines lines() &&
  {
    made_.lines.resize(constants_.size());
    for (std::size_t i = 0; i < constants_.size(); ++i) {
      if (!facts_[i].read) continue;
      auto cuts = Cuts::of(std::move(constants_[i]));
      auto& line = made_.lines[i];
      line.planned = cuts && cuts->kind() == pack_.schema.declarations()[i].type;
      line.by_steps = facts_[i].by_steps;
      if (line.planned) line.cuts = *std::move(cuts);
    }
    return std::move(made_);
  }

 private:
  void read(NodeText const& text, DecisionTable::Input const& input, Cuts const& tested)
  {
    auto const& program = input.expression->program();
    auto source = plain_source(*pack_.model, text, program, program.root);
    auto values = tested.values();
    std::optional<ComputedInput> computed;
    if (!source) {
      computed = ComputedInput::read(*pack_.model, text, input, day_);
      values.clear();
      if (!computed || !computed->add_cuts(tested, values)) return;
      source = computed->fact();
    }
    auto const* declaration = source->is_fact ? pack_.schema.find(source->name) : nullptr;
    if (declaration == nullptr) return;
    auto const place = static_cast<std::size_t>(declaration - pack_.schema.declarations().data());
    constants_[place].insert(constants_[place].end(), values.begin(), values.end());
    auto& fact = facts_[place];
    if (!fact.read) add_declared(*source, constants_[place]);
    fact.read = true;
    if (!computed) return;
    // The line is one of that kind even where nothing cuts it: whether there is a plan must not rest on what else reads it.
    if (source->type.is(Type::Kind::number)) constants_[place].emplace_back(Decimal(0));
    if (source->type.is(Type::Kind::date)) constants_[place].emplace_back(Date{});
    fact.by_steps = fact.by_steps || (source->type.is(Type::Kind::number) && !source->is_listed());
    made_.computed.emplace(&input, *std::move(computed));
  }

  struct Fact {
    bool read = false;
    bool by_steps = false;
  };

  PackImpl const& pack_;
  DayAsked day_;
  std::vector<std::vector<Value>> constants_;  ///< Of each fact of the schema.
  std::vector<Fact> facts_;
  PlanLines made_;
};

/// True where masks cannot hold what is said about a decision.
bool is_beyond_masks(PackImpl const& pack, std::size_t decision)
{
  auto const& cone = pack.cones[decision];
  // Constraints rule out combinations of facts, which masks of single facts cannot say.
  return cone.tests_uncertain || !cone.constraints.empty() || pack.decisions[decision].separation ||
         !pack.separations[decision].empty();
}

bool has_index(NodeText const& text) { return text.body.table && text.body.table->index; }

}  // namespace

PlanLines make_lines(PackImpl const& pack)
{
  LineReader reader(pack, {std::nullopt, pack.info.age_rule});
  for (auto const& node : pack.model->nodes)
    for (auto const& text : node.texts)
      if (node.kind == GraphNode::Kind::decision && has_index(text)) reader.read(text);
  return std::move(reader).lines();
}

std::vector<std::shared_ptr<Plan const>> make_plans(PackImpl const& pack, PlanLines const& lines, std::size_t decision)
{
  std::vector<std::shared_ptr<Plan const>> plans;
  auto const& cone = pack.cones[decision];
  if (is_beyond_masks(pack, decision)) return plans;
  auto const days = changes_of_law(*pack.model, cone);
  if (days.size() > most_states_of_law) return plans;
  if (days.empty()) {
    auto plan = PlanBuilder(pack, lines, decision, std::nullopt).build();
    if (!plan) return plans;
    plan->undated = true;
    plans.push_back(std::move(plan));
    return plans;
  }
  Period law;
  auto const add = [&](Date inside) {
    auto plan = PlanBuilder(pack, lines, decision, inside).build();
    if (!plan) return;
    plan->law = law;
    plans.push_back(std::move(plan));
  };
  law.until = *days.begin();
  if (auto const before = add_days(*days.begin(), -1)) add(*before);
  for (auto day = days.begin(); day != days.end(); ++day) {
    auto const next = std::next(day);
    law.from = *day;
    law.until = next == days.end() ? std::nullopt : std::optional(*next);
    add(*day);
  }
  return plans;
}

std::shared_ptr<DayPlans const> make_day_plans(PackImpl const& pack, std::span<std::size_t const> decisions, Date on,
                                               DecideOptions const& options)
{
  if (options.mode != Mode::legal) return nullptr;
  auto const law_on = options.law_on.value_or(on);
  auto const gains = [&](std::size_t decision) {
    return pack.cones[decision].reads_today && !is_beyond_masks(pack, decision);
  };
  if (std::none_of(decisions.begin(), decisions.end(), gains)) return nullptr;
  LineReader reader(pack, {on, pack.info.age_rule});
  std::set<std::size_t> seen;
  for (auto const decision : decisions) {
    for (auto const node : pack.cones[decision].nodes) {
      if (!seen.insert(node).second || pack.model->nodes[node].kind != GraphNode::Kind::decision) continue;
      for (auto const& text : pack.model->nodes[node].texts)
        if (text.note.law.contains(law_on) && has_index(text)) reader.read(text);
    }
  }
  auto made = std::make_shared<DayPlans>();
  auto lines = std::move(reader).lines();
  bool gained = false;
  for (auto const decision : decisions) {
    if (is_beyond_masks(pack, decision)) continue;
    std::shared_ptr<Plan> plan = PlanBuilder(pack, lines, decision, law_on).build();
    if (!plan || (plan->unverified && !options.include_unverified)) continue;
    gained = gained || gains(decision);
    made->plans.emplace(decision, std::move(plan));
  }
  if (!gained) return nullptr;
  made->lines = std::move(lines.lines);
  return made;
}

Plan const* plan_for(PackImpl const& pack, std::size_t decision, std::optional<Date> on, DecideOptions const& options)
{
  if (options.mode != Mode::legal) return nullptr;
  auto const law_on = options.law_on ? options.law_on : on;
  for (auto const& plan : pack.plans[decision]) {
    if (!plan->undated && (!law_on || !plan->law.contains(*law_on))) continue;
    return plan->unverified && !options.include_unverified ? nullptr : plan.get();
  }
  return nullptr;
}

}  // namespace tutela::detail
