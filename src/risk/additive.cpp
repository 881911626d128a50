// SPDX-License-Identifier: Apache-2.0
#include "risk/additive.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tutela::detail {

namespace {

constexpr double widest_total = 2000;
constexpr std::int64_t most_completions = 512;

/// Calls `use` with every step that a step is computed from directly.
template <class Use>
void each_source(Step const& step, Use const& use)
{
  for (auto const argument : step.arguments) use(argument);
  for (auto const& row : step.rows) {
    for (auto const& condition : row.when) use(condition.step);
    use(row.value);
  }
}

/// True where facts reach the step through the total only.
bool is_of_total(InstrumentProgram const& program, std::uint32_t step)
{
  std::vector<char> seen(program.steps.size());
  std::vector<std::uint32_t> open{step};
  while (!open.empty()) {
    auto const one = open.back();
    open.pop_back();
    if (one == program.total || seen[one] != 0) continue;
    seen[one] = 1;
    if (program.steps[one].is_fact) return false;
    each_source(program.steps[one], [&](std::uint32_t source) { open.push_back(source); });
  }
  return true;
}

/// Joins groups of facts that share one.
void join(std::vector<std::uint64_t>& groups, std::uint64_t facts)
{
  std::erase_if(groups, [&](std::uint64_t group) {
    if ((group & facts) == 0) return false;
    facts |= group;
    return true;
  });
  if (facts != 0) groups.push_back(facts);
}

/// The completions of one group.
class Completions {
 public:
  Completions(InstrumentProgram const& program, AdditiveForm::Group const& group, std::vector<FactState> const& facts)
      : program_(program), group_(group), facts_(facts)
  {
    for (std::size_t k = 0; k < facts.size(); ++k)
      if ((group.facts >> k & 1U) != 0 && facts[k].is_open()) {
        open_.push_back(k);
        count_ *= std::min(facts[k].last - facts[k].first + 1, most_completions + 1);
        if (count_ > most_completions) break;
      }
  }

  [[nodiscard]] bool too_many() const { return count_ > most_completions; }

  /// Calls `use` with the values of every completion that breaks nothing.
  template <class Use>
  void each(std::vector<double>& values, std::vector<std::uint32_t> const& forbidden, Use const& use) const
  {
    std::vector<std::int64_t> at;
    for (auto const fact : open_) at.push_back(facts_[fact].first);
    for (bool more = true; more;) {
      for (std::size_t k = 0; k < open_.size(); ++k)
        values[open_[k]] = program_.domains[open_[k]].value(facts_[open_[k]].count(at[k]));
      for (auto const step : group_.steps)
        values[step] = evaluate(program_, program_.steps[step], std::span<double const>(values));
      bool const allowed = std::none_of(forbidden.begin(), forbidden.end(), [&](std::uint32_t step) {
        return (program_.steps[step].facts & group_.facts) != 0 && values[step] == 1;
      });
      if (allowed) use();
      more = false;
      for (std::size_t k = 0; k < open_.size() && !more; ++k) {
        more = at[k] < facts_[open_[k]].last;
        at[k] = more ? at[k] + 1 : facts_[open_[k]].first;
      }
    }
  }

 private:
  InstrumentProgram const& program_;
  AdditiveForm::Group const& group_;
  std::vector<FactState> const& facts_;
  std::vector<std::size_t> open_;
  std::int64_t count_ = 1;
};

/// Every sum of a value of the one and a value of the other; whole numbers, lowest first.
std::vector<double> sums_of(std::vector<double> const& some, std::vector<double> const& others)
{
  auto const low = some.front() + others.front();
  auto const width = static_cast<std::size_t>(some.back() + others.back() - low) + 1;
  std::vector<char> met(width);
  for (double const a : some)
    for (double const b : others) met[static_cast<std::size_t>(a + b - low)] = 1;
  std::vector<double> result;
  for (std::size_t k = 0; k < width; ++k)
    if (met[k] != 0) result.push_back(low + static_cast<double>(k));
  return result;
}

/// Writes out what follows from every total.
void tabulate(InstrumentProgram const& program, AdditiveForm& form)
{
  auto const& range = program.steps[program.total].range;
  form.lowest = range.low;
  auto steps = program.outputs;
  if (program.band_of) steps.push_back(*program.band_of);
  form.at_total.resize(steps.size());
  std::vector<double> values(program.steps.size());
  for (auto k = program.domains.size(); k < program.steps.size(); ++k)
    if (program.steps[k].facts == 0) values[k] = evaluate(program, program.steps[k], std::span<double const>(values));
  for (double total = range.low; total <= range.high; ++total) {
    values[program.total] = total;
    for (std::size_t k = program.total + 1; k < program.steps.size(); ++k)
      values[k] = evaluate(program, program.steps[k], std::span<double const>(values));
    for (std::size_t k = 0; k < steps.size(); ++k) form.at_total[k].push_back(values[steps[k]]);
  }
}

}  // namespace

std::optional<AdditiveForm> additive_form(InstrumentProgram const& program)
{
  auto const& total = program.steps[program.total];
  if (program.description.total || !total.integral || !(total.range.high - total.range.low <= widest_total))
    return std::nullopt;
  AdditiveForm form;
  for (auto const item : program.items)
    if (!program.steps[item].integral) return std::nullopt;
  for (auto const output : program.outputs)
    if (!is_of_total(program, output)) return std::nullopt;
  if (program.band_of && !is_of_total(program, *program.band_of)) return std::nullopt;
  std::vector<std::uint64_t> groups;
  for (auto const* list : {&program.items, &program.violated, &program.refused})
    for (auto const step : *list) join(groups, program.steps[step].facts);
  for (auto const facts : groups) {
    AdditiveForm::Group group;
    group.facts = facts;
    for (std::size_t k = 0; k < program.items.size(); ++k)
      if ((program.steps[program.items[k]].facts & facts) != 0) group.items.push_back(static_cast<std::uint32_t>(k));
    std::vector<char> needed(program.steps.size());
    for (auto const* list : {&program.items, &program.violated, &program.refused})
      for (auto const step : *list)
        if ((program.steps[step].facts & facts) != 0) needed[step] = 1;
    for (auto k = program.steps.size(); k-- > program.domains.size();)
      if (needed[k] != 0) each_source(program.steps[k], [&](std::uint32_t source) { needed[source] = 1; });
    for (auto k = program.domains.size(); k < program.steps.size(); ++k)
      if (needed[k] != 0 && program.steps[k].facts != 0) group.steps.push_back(static_cast<std::uint32_t>(k));
    form.groups.push_back(std::move(group));
  }
  tabulate(program, form);
  return form;
}

std::optional<PossibleTotals> possible_totals(InstrumentProgram const& program, std::vector<FactState> const& facts,
                                              std::vector<std::uint32_t> const& forbidden)
{
  if (!program.additive) return std::nullopt;
  std::vector<double> values(program.steps.size());
  for (std::size_t k = 0; k < facts.size(); ++k) values[k] = program.domains[k].value(facts[k].count(facts[k].first));
  evaluate(program, std::span<double>(values));
  constexpr double infinity = std::numeric_limits<double>::infinity();
  PossibleTotals result;
  result.items.assign(program.items.size(), Interval{infinity, -infinity});
  double fixed = 0;
  for (std::size_t k = 0; k < program.items.size(); ++k) {
    if (program.steps[program.items[k]].facts != 0) continue;
    result.items[k] = {values[program.items[k]], values[program.items[k]]};
    fixed += values[program.items[k]];
  }
  result.totals = {fixed};
  for (auto const& group : program.additive->groups) {
    Completions const completions(program, group, facts);
    if (completions.too_many()) return std::nullopt;
    std::vector<double> sums;
    completions.each(values, forbidden, [&] {
      double sum = 0;
      for (auto const item : group.items) {
        double const value = values[program.items[item]];
        result.items[item] = {std::min(result.items[item].low, value), std::max(result.items[item].high, value)};
        sum += value;
      }
      sums.push_back(sum);
    });
    std::sort(sums.begin(), sums.end());
    sums.erase(std::unique(sums.begin(), sums.end()), sums.end());
    if (sums.empty() || !std::isfinite(sums.front()) || !std::isfinite(sums.back())) return std::nullopt;
    if (sums.size() == 1)
      for (auto& one : result.totals) one += sums.front();
    else
      result.totals = sums_of(result.totals, sums);
  }
  return result;
}

}  // namespace tutela::detail
