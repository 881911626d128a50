// SPDX-License-Identifier: Apache-2.0
/// \file
/// Exploring what missing facts can still change in a case.
#include "rules/exploration.hpp"

#include <algorithm>
#include <utility>

#include "rules/fact_regions.hpp"
#include "rules/possibilities.hpp"

namespace tutela::detail {
namespace {

/// Adds the known values at every depth of a value, and how long its lists are.
void add_known(Value const& value, std::vector<Value>& known)
{
  std::vector<Value const*> open{&value};
  while (!open.empty()) {
    auto const& current = *open.back();
    open.pop_back();
    if (auto const* list = current.as_list()) {
      for (auto const& item : list->items) open.push_back(&item);
      if (list->complete) known.emplace_back(Decimal(static_cast<std::int64_t>(list->items.size())));
    } else if (auto const* context = current.as_context()) {
      for (auto const& [name, entry] : context->entries) open.push_back(&entry);
    } else if (auto const* unknown = current.as_unknown()) {
      for (auto const& each : unknown->domain.values) open.push_back(&each);
      open.push_back(&unknown->domain.range.low);
      open.push_back(&unknown->domain.range.high);
    } else if (current.state() == State::known && !current.is(Kind::boolean) &&
               std::find(known.begin(), known.end(), current) == known.end()) {
      known.push_back(current);
    }
  }
}

constexpr std::int64_t most_steps = 64;
constexpr std::int64_t most_months = 256;  ///< A childhood, and its years.

/// The days between two, where these are few; else the first days of months, where these are.
void add_days_between(Date low, Date high, std::vector<Value>& cuts)
{
  auto const first = to_days(low), last = to_days(high);
  if (last - first <= most_steps) {
    for (auto day = first; day <= last; ++day) cuts.emplace_back(*from_days(day));
    return;
  }
  auto const months = (std::int64_t{high.year} - low.year) * 12 + high.month - low.month;
  auto const start = make_date(low.year, low.month, 1);
  for (std::int64_t count = 1; start && months <= most_months && count <= months; ++count)
    if (auto const day = add_months(*start, count, MonthRounding::down)) cuts.emplace_back(*day);
}

/// The months between two lengths, where these are few; else the whole years.
void add_months_between(std::int64_t low, std::int64_t high, std::vector<Value>& cuts)
{
  if (high <= low || low < -12 * most_months * 2 || high > 12 * most_months * 2) return;
  auto const step = high - low <= most_months ? 1 : 12;
  for (auto months = low; months <= high && (high - low) / step <= most_months; ++months)
    if (months % step == 0) cuts.emplace_back(MonthsDuration{months});
}

/// Adds the whole numbers, days and months between the bounds of missing facts, where these are few: rules count with
/// them, and take the month or the day of the week of a date.
void add_steps(std::vector<OpenFact> const& candidates, std::vector<Value>& cuts)
{
  constexpr auto most = most_steps;
  for (auto const& fact : candidates) {
    auto const range = bounds_of(fact);
    if (auto const* low = range.low.as_date(), *high = range.high.as_date(); low != nullptr && high != nullptr) {
      add_days_between(*low, *high, cuts);
      continue;
    }
    auto const *fewest = range.low.as_months_duration(), *last = range.high.as_months_duration();
    if (fewest != nullptr && last != nullptr) {
      add_months_between(fewest->months, last->months, cuts);
      continue;
    }
    // of numbers only what is declared, so that other facts are not cut where nothing is once more is known
    if (!fact.item || !fact.item->allowed_values.empty()) continue;
    auto const *low = fact.item->allowed_range.low.as_number(), *high = fact.item->allowed_range.high.as_number();
    if (low == nullptr || high == nullptr || *high - *low > Decimal(most)) continue;
    auto const first = low->rounded(0, Rounding::ceiling).to_int64();
    auto const end = high->rounded(0, Rounding::floor).to_int64();
    if (!first || !end) continue;
    for (auto number = *first; number <= *end; ++number) cuts.emplace_back(Decimal(number));
  }
}

/// True in every case that does not break the constraint.
Value holds(Evaluated const& evaluated)
{
  auto const open = open_facts(evaluated.value);
  return open.missing.empty() && open.uncertain.empty() ? Value(!may_break(evaluated.value)) : evaluated.value;
}

}  // namespace

Completions explore(CaseRun const& run, DecisionCone const& cone, std::size_t node, CaseFacts& facts, Part const& whole,
                    ReadAnswer const& read)
{
  for (auto const input : cone.inputs) static_cast<void>(facts.input(input));  // so that all that is open is noted
  auto candidates = facts.open();
  if (cone.tests_uncertain) {
    // A rule asks whether a fact can be known, so a value in its place would be another case.
    candidates.erase(
        std::remove_if(candidates.begin(), candidates.end(), [](OpenFact const& fact) { return fact.uncertain; }),
        candidates.end());
  }
  auto const& limits = run.limits();
  std::uint64_t steps = 0;
  Reevaluate const reevaluate = [&](std::map<std::string, Value> const& replaced) -> std::optional<Part> {
    if (steps > limits.evaluation_steps) return std::nullopt;
    auto narrowed = run.evaluate_alone(cone, node, facts, &replaced, false);
    steps += narrowed.steps;
    auto value = read ? read(narrowed) : std::move(narrowed.value);
    return Part{std::move(value), narrowed.allowed, std::move(narrowed.undecided)};
  };
  auto constants = cone.constants;
  auto found = explore_completions(whole, candidates, constants, run.on(), limits.completions, reevaluate);
  if (found.unresolved.empty() || steps > limits.evaluation_steps) return found;
  // Where rules compare facts with each other or calculate with them, the values of those that are known are cuts as
  // well, and so are whole numbers. The latter do not depend on what is known, so that knowing more opens nothing.
  auto const before = constants.size();
  for (auto const input : cone.inputs) add_known(facts.input(input), constants);
  add_steps(candidates, constants);
  if (constants.size() == before) return found;
  return explore_completions(whole, candidates, constants, run.on(), limits.completions, reevaluate);
}

CompletionGraph explore_constraint(CaseRun const& run, PackImpl const& pack, std::size_t node, CaseFacts& facts)
{
  auto cone = *std::find_if(pack.constraints.begin(), pack.constraints.end(),
                            [&](DecisionCone const& each) { return each.nodes.front() == node; });
  cone.constraints.clear();
  auto const whole = holds(run.evaluate_alone(cone, node, facts, nullptr, false));
  if (is_definite(whole)) return {{}, {{true, whole, 0, 0, 0, 0}}, 0};
  return explore(run, cone, node, facts, {whole, Truth::yes, {}}, holds).graph;
}

}  // namespace tutela::detail
