// SPDX-License-Identifier: Apache-2.0
#include "risk/lookup.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace tutela::detail {

namespace {

using Operation = ScoreExpression::Operation;

constexpr double largest_lookup = 65'536;
constexpr std::size_t largest_with_runs = 4'096;

/// The lowest and highest of each run of cells; a cell without value counts for nothing.
std::vector<std::vector<Interval>> runs_of(std::vector<double> const& values)
{
  constexpr double infinity = std::numeric_limits<double>::infinity();
  std::vector<std::vector<Interval>> runs;
  std::vector<Interval> last;
  last.reserve(values.size());
  for (double const value : values)
    last.push_back(std::isnan(value) ? Interval{infinity, -infinity} : Interval{value, value});
  for (std::size_t half = 1; 2 * half <= values.size(); half *= 2) {
    std::vector<Interval> run;
    for (std::size_t k = 0; k + 2 * half <= values.size(); ++k)
      run.push_back({std::min(last[k].low, last[k + half].low), std::max(last[k].high, last[k + half].high)});
    runs.push_back(run);
    last = std::move(run);
  }
  if (runs.empty()) runs.emplace_back();
  return runs;
}

/// Nothing where the table has other subjects, other values or too many cells.
std::optional<Lookup> lookup_of(InstrumentProgram const& program, Step const& step)
{
  std::vector<std::uint32_t> subjects;
  for (auto const& row : step.rows) {
    if (program.steps[row.value].operation != Operation::constant || program.steps[row.value].is_fact)
      return std::nullopt;
    for (auto const& condition : row.when)
      if (std::find(subjects.begin(), subjects.end(), condition.step) == subjects.end())
        subjects.push_back(condition.step);
  }
  if (subjects.empty() || subjects.size() > 2) return std::nullopt;
  double size = 1;
  for (auto const subject : subjects) {
    auto const& one = program.steps[subject];
    if (!one.integral) return std::nullopt;
    size *= one.range.high - one.range.low + 1;
    if (!(size <= largest_lookup)) return std::nullopt;
  }
  Lookup result;
  std::vector<double> values(program.steps.size());
  for (auto const& row : step.rows) values[row.value] = program.steps[row.value].constants[0];
  auto const& first = program.steps[subjects[0]];
  auto const& second = program.steps[subjects.back()];
  bool const both = subjects.size() == 2;
  result.steps = {subjects[0], subjects.back()};
  result.low = {first.range.low, second.range.low};
  auto const columns = first.range.whole_numbers();
  auto const rows = both ? second.range.whole_numbers() : 1;
  result.width = both ? columns : 0;
  for (std::size_t b = 0; b < rows; ++b)
    for (std::size_t a = 0; a < columns; ++a) {
      values[result.steps[1]] = second.range.low + static_cast<double>(b);
      // Last: with one subject both are the same step.
      values[result.steps[0]] = first.range.low + static_cast<double>(a);
      result.values.push_back(evaluate(program, step, std::span<double const>(values)));
    }
  return result;
}

}  // namespace

void add_lookups(InstrumentProgram& program)
{
  for (auto& step : program.steps) {
    if (step.operation != Operation::table) continue;
    step.lookup = lookup_of(program, step);
    if (step.lookup && step.lookup->values.size() <= largest_with_runs)
      step.lookup->runs = runs_of(step.lookup->values);
  }
}

}  // namespace tutela::detail
