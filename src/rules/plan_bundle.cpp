// SPDX-License-Identifier: Apache-2.0
#include "rules/plan_bundle.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "rules/model.hpp"

namespace tutela::detail {
namespace {

/// 8 MiB of masks. What needs more is answered plan by plan.
constexpr std::size_t most_words = std::size_t{1} << 20U;

/// Rules of a table that is looked up: at most 128 combinations.
constexpr int most_looked_up = 3;

/// True for a plan of small tables that reads nothing but facts.
bool is_small(Plan const& plan)
{
  return !plan.partial && std::all_of(plan.steps.begin(), plan.steps.end(), [](PlanStep const& step) {
    bool const errs =
        std::find(step.code_of_rule.begin(), step.code_of_rule.end(), step.error()) != step.code_of_rule.end();
    return step.words == 1 && step.table->rules.size() < rules_in_word && !errs && step.fallback_code != step.error();
  });
}

}  // namespace

PlanBundle::PlanBundle(std::span<Member const> members, std::size_t completions)
{
  for (auto const& member : members)
    members_.push_back(member.plan != nullptr && is_small(*member.plan) ? add(member, completions) : std::nullopt);
  if (lay_out()) return;
  members_.assign(members.size(), std::nullopt);
  facts_.clear();
  tables_.clear();
}

/// The table of the plan's decision, after those that it rests on.
std::optional<std::size_t> PlanBundle::add(Member const& member, std::size_t completions)
{
  std::vector<std::size_t> tables;  // of the plan's steps
  for (std::size_t step = 0; step < member.plan->steps.size(); ++step) {
    auto made = table_of(member, step, tables);
    if (step + 1 == member.plan->steps.size()) {
      made.reads_once = reads_once(*member.plan, completions);
      // A plan that cannot say what follows from one of its facts says nothing, whether a rule tests the fact or not.
      for (std::size_t fact = 0; fact < member.plan->facts.size(); ++fact) add_column(made, member, fact, nullptr);
    }
    tables.push_back(place(std::move(made)));
  }
  return tables.back();
}

PlanBundle::Table PlanBundle::table_of(Member const& member, std::size_t step, std::vector<std::size_t> const& tables)
{
  auto const& from = member.plan->steps[step];
  Table made;
  made.node = from.node;
  made.rules = (RuleWord{1} << from.table->rules.size()) - 1;
  made.in_force = from.in_force.front() | (made.rules + 1);
  made.first_only = from.table->policy == HitPolicy::first;
  made.fallback = from.fallback_code;
  made.codes = from.code_of_rule;
  for (auto const& column : from.columns) {
    if (column.from_step)
      made.sources.push_back({tables[column.source], column.certain, column.possible});
    else
      add_column(made, member, column.source, &column);
  }
  for (auto& source : made.sources)
    for (auto* masks : {&source.certain, &source.possible})
      for (auto& mask : *masks) mask |= made.rules + 1;
  return made;
}

/// What the places of a fact leave of a table: of a column, or of a fact that no column tests.
void PlanBundle::add_column(Table& table, Member const& member, std::size_t fact, PlanStep::Column const* column)
{
  Column made{fact_of(member, fact), {}, {}};
  auto const can_say = table.rules + 1;
  for (auto const found : member.plan->facts[fact].class_of) {
    bool const says = found != no_class;
    bool const tests = says && column != nullptr;
    made.certain.push_back(says ? (tests ? column->certain[found] : table.rules) | can_say : 0);
    made.possible.push_back(says ? (tests ? column->possible[found] : table.rules) | can_say : 0);
  }
  table.columns.push_back(std::move(made));
}

/// The number of a plan's fact in the bundle.
std::size_t PlanBundle::fact_of(Member const& member, std::size_t fact)
{
  auto const declaration = member.plan->facts[fact].declaration;
  auto const* line = &(*member.lines)[declaration];
  auto const found = std::find_if(facts_.begin(), facts_.end(), [&](Fact const& each) { return each.line == line; });
  if (found != facts_.end()) return static_cast<std::size_t>(found - facts_.begin());
  facts_.push_back({declaration, line, 0});
  return facts_.size() - 1;
}

/// The number of a table: of an equal one that is there, or a new one.
std::size_t PlanBundle::place(Table table)
{
  auto const same = [&](Table const& each) {
    return each.node == table.node && each.in_force == table.in_force && each.fallback == table.fallback &&
           each.codes == table.codes && each.reads_once == table.reads_once && each.sources == table.sources &&
           each.columns == table.columns;
  };
  auto const found = std::find_if(tables_.begin(), tables_.end(), same);
  if (found != tables_.end()) return static_cast<std::size_t>(found - tables_.begin());
  tables_.push_back(std::move(table));
  return tables_.size() - 1;
}

/// Gives each table its bits. \return False where the masks would be too large.
bool PlanBundle::lay_out()
{
  std::size_t word = 0;
  unsigned used = 0;
  for (auto& table : tables_) {
    auto const width = static_cast<unsigned>(std::bit_width(table.rules + 1));
    if (used + width > rules_in_word) {
      ++word;
      used = 0;
    }
    table.word = word;
    table.shift = used;
    used += width;
  }
  words_ = word + 1;
  std::size_t size = 0;
  for (auto& fact : facts_) {
    fact.first = size;
    size += mask_words() * (fact.line->irregular() + std::size_t{1});
  }
  if (size > most_words) return false;
  masks_.assign(size, ~RuleWord{0});
  in_force_.assign(words_, 0);
  for (std::size_t i = 0; i < tables_.size(); ++i) {
    auto& table = tables_[i];
    write(table);
    table.columns.clear();
    if (std::popcount(table.rules) <= most_looked_up && table.sources.empty() && !is_source(i))
      judge_all(table);
    else
      walked_.push_back(i);
  }
  return true;
}

bool PlanBundle::is_source(std::size_t table) const
{
  return std::any_of(tables_.begin(), tables_.end(), [table](Table const& each) {
    return std::any_of(each.sources.begin(), each.sources.end(),
                       [table](Source const& source) { return source.table == table; });
  });
}

/// Puts what the facts leave of a table at its bits.
void PlanBundle::write(Table const& table)
{
  auto const all = table.rules | (table.rules + 1);
  in_force_[table.word] |= table.in_force << table.shift;
  for (auto const& column : table.columns) {
    for (std::size_t place = 0; place < column.certain.size(); ++place) {
      auto* const mask = masks_.data() + facts_[column.fact].first + mask_words() * place + table.word;
      mask[0] &= ~((all & ~column.certain[place]) << table.shift);
      mask[words_] &= ~((all & ~column.possible[place]) << table.shift);
    }
  }
}

PlanBundle::Answer PlanBundle::judge(Table const& table, RuleWord certain, RuleWord possible)
{
  if ((possible & (table.rules + 1)) == 0) return {};  // a fact is where the plan cannot say
  possible &= table.rules;
  if (possible == 0) return {Answer::Found::settled, table.fallback};
  auto const first = possible & (~possible + 1);
  auto const code = table.codes.data()[std::countr_zero(possible)];
  if ((certain & first) != 0 && (table.first_only || possible == first)) return {Answer::Found::settled, code};
  return table.first_only ? in_order(table, certain, possible, code) : Answer{};
}

/// Looks all combinations up beforehand, so that nothing depends on what the processor guesses.
void PlanBundle::judge_all(Table& table)
{
  auto most = table.fallback;
  for (auto const code : table.codes) most = std::max(most, code);
  table.open = static_cast<std::uint8_t>(most + 1);
  for (RuleWord possible = 0; possible <= 2 * table.rules + 1; ++possible) {
    for (RuleWord certain = 0; certain <= table.rules; ++certain) {
      auto const found = judge(table, certain, possible);
      bool const settled = found.found == Answer::Found::settled;
      auto const instead = AnswerCode{table.open} + (found.found == Answer::Found::open ? 0U : 1U);
      table.looked_up.push_back(static_cast<std::uint8_t>(settled ? found.code : instead));
    }
  }
}

std::optional<PlanBundle::LookUp> PlanBundle::look_up(std::size_t member) const
{
  if (!members_[member]) return std::nullopt;
  auto const& table = tables_[*members_[member]];
  if (table.looked_up.empty()) return std::nullopt;
  LookUp made;
  made.certain_word = static_cast<std::uint32_t>(table.word);
  made.possible_word = static_cast<std::uint32_t>(table.word + words_);
  made.shift = static_cast<std::uint8_t>(table.shift);
  made.rules = static_cast<std::uint8_t>(std::popcount(table.rules));
  made.certain_mask = static_cast<std::uint8_t>(table.rules);
  made.possible_mask = static_cast<std::uint8_t>(2 * table.rules + 1);
  made.open = table.open;
  made.codes = table.looked_up.data();
  return made;
}

/// FIRST, where the first rule that may apply is not certain to.
PlanBundle::Answer PlanBundle::in_order(Table const& table, RuleWord certain, RuleWord possible, AnswerCode code)
{
  bool several = false;
  bool ends = false;
  for (auto left = possible; left != 0 && !ends && !several; left &= left - 1) {
    several = table.codes.data()[std::countr_zero(left)] != code;
    ends = (certain & left & (~left + 1)) != 0;
  }
  several = several || (!ends && table.fallback != code);
  if (!several) return {Answer::Found::settled, code};
  return {table.reads_once ? Answer::Found::open : Answer::Found::unsure, 0};
}

}  // namespace tutela::detail
