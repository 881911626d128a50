// SPDX-License-Identifier: Apache-2.0
#include "risk/additive.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tutela::detail {

namespace {

constexpr double widest_total = 2000;
constexpr std::int64_t most_completions = 512;

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

/// The first counts of the stretches of each fact on which all comparisons come out alike; see `AdditiveForm`.
std::vector<std::vector<std::int64_t>> stretches_of(InstrumentProgram const& program)
{
  std::vector<std::vector<std::int64_t>> result(program.domains.size());
  std::uint64_t computed = 0;  // facts that something is computed with
  auto const compute_with = [&](std::uint32_t step) {
    if (program.steps[step].is_fact) computed |= std::uint64_t{1} << step;
  };
  for (auto const& step : program.steps) {
    for (auto const argument : step.arguments) compute_with(argument);
    for (auto const& row : step.rows) {
      compute_with(row.value);
      for (auto const& condition : row.when) {
        if (!program.steps[condition.step].is_fact) continue;
        auto const& domain = program.domains[condition.step];
        auto& starts = result[condition.step];
        // The first count at or above `end`, or above it; both sides of it are tried, so that rounding cannot hurt.
        auto const cut = [&](double end) {
          double const scaled = std::clamp(end * domain.scale, -9e15, 9e15);
          auto const count = static_cast<std::int64_t>(std::floor(scaled));
          for (auto near = count - 1; near <= count + 2; ++near)
            if (near > domain.first && near <= domain.last) starts.push_back(near);
        };
        for (auto const& [low, high] : condition.allowed) {
          cut(low);
          cut(high);
        }
      }
    }
  }
  for (auto const& [first, second] : program.order) {
    compute_with(first);
    compute_with(second);
  }
  compute_with(program.total);
  for (std::size_t k = 0; k < result.size(); ++k) {
    auto& starts = result[k];
    if ((computed >> k & 1U) != 0) starts.clear();
    if (starts.empty()) continue;
    starts.push_back(program.domains[k].first);
    std::sort(starts.begin(), starts.end());
    starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  }
  return result;
}

/// The completions of one group, one for each stretch of a fact on which nothing changes.
class Completions {
 public:
  Completions(InstrumentProgram const& program, AdditiveForm::Group const& group, std::vector<FactState> const& facts)
      : program_(program), group_(group), facts_(facts)
  {
    for (std::size_t k = 0; k < facts.size(); ++k)
      if ((group.facts >> k & 1U) != 0 && facts[k].is_open()) {
        open_.push_back(k);
        tried_.push_back(positions_of(k));
        count_ *= tried_.back().empty() ? std::min(facts[k].last - facts[k].first + 1, most_completions + 1)
                                        : static_cast<std::int64_t>(tried_.back().size());
        if (count_ > most_completions) break;
      }
  }

  [[nodiscard]] bool too_many() const { return count_ > most_completions; }

  /// Calls `use` with the values of every completion that breaks nothing.
  template <class Use>
  void each(std::vector<double>& values, std::vector<std::uint32_t> const& forbidden, Use const& use) const
  {
    std::vector<std::int64_t> at(open_.size(), 0);
    for (bool more = true; more;) {
      for (std::size_t k = 0; k < open_.size(); ++k) {
        auto const position =
            tried_[k].empty() ? facts_[open_[k]].first + at[k] : tried_[k][static_cast<std::size_t>(at[k])];
        values[open_[k]] = program_.domains[open_[k]].value(facts_[open_[k]].count(position));
      }
      for (auto const step : group_.steps)
        values[step] = evaluate(program_, program_.steps[step], std::span<double const>(values));
      bool const allowed = std::none_of(forbidden.begin(), forbidden.end(), [&](std::uint32_t step) {
        return (program_.steps[step].facts & group_.facts) != 0 && values[step] == 1;
      });
      if (allowed) use();
      more = false;
      for (std::size_t k = 0; k < open_.size() && !more; ++k) {
        auto const size = tried_[k].empty() ? facts_[open_[k]].last - facts_[open_[k]].first + 1
                                            : static_cast<std::int64_t>(tried_[k].size());
        more = at[k] + 1 < size;
        at[k] = more ? at[k] + 1 : 0;
      }
    }
  }

 private:
  /// Positions of a fact of which each stands for all up to the next; none where every one is tried.
  [[nodiscard]] std::vector<std::int64_t> positions_of(std::size_t fact) const
  {
    auto const& starts = program_.additive->stretches[fact];
    auto const& state = facts_[fact];
    if (starts.empty() || !state.listed.empty()) return {};
    std::vector<std::int64_t> positions{state.first};
    for (auto start = std::upper_bound(starts.begin(), starts.end(), state.first);
         start != starts.end() && *start <= state.last; ++start)
      positions.push_back(*start);
    return positions;
  }

  InstrumentProgram const& program_;
  AdditiveForm::Group const& group_;
  std::vector<FactState> const& facts_;
  std::vector<std::size_t> open_;
  std::vector<std::vector<std::int64_t>> tried_;  ///< Beside `open_`; empty where every position is tried.
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
  auto const totals = range.whole_numbers();
  for (std::size_t total = 0; total < totals; ++total) {
    values[program.total] = range.low + static_cast<double>(total);
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
  form.stretches = stretches_of(program);
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
