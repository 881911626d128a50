// SPDX-License-Identifier: Apache-2.0
#include "risk/ranking.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

#include "risk/distributions.hpp"

namespace tutela::detail {

void ScoreCounts::add(double score, bool outcome)
{
  if (scores.empty() || scores.back() != score) {
    scores.push_back(score);
    with.push_back(0);
    without.push_back(0);
  }
  ++(outcome ? with : without).back();
  ++(outcome ? all_with : all_without);
}

ScoreCounts counted(std::span<double const> scores, std::span<std::uint8_t const> outcomes,
                    std::span<std::uint32_t const> order)
{
  ScoreCounts result;
  for (auto const person : order) result.add(scores[person], outcomes[person] != 0);
  return result;
}

Estimate estimate(double value, double variance)
{
  double const error = std::sqrt(std::max(0.0, variance));
  return {value, error, value - half_width_95 * error, value + half_width_95 * error};
}

AreaUnderCurve area_of(ScoreCounts const& counts)
{
  // DeLong's components are the same for all people of one class and score, so they are summed by score.
  auto const all_with = static_cast<double>(counts.all_with);
  auto const all_without = static_cast<double>(counts.all_without);
  std::size_t with_below = 0;
  std::size_t without_below = 0;
  double sum = 0;
  for (std::size_t k = 0; k < counts.scores.size(); ++k) {
    sum += static_cast<double>(counts.with[k]) *
           (static_cast<double>(without_below) + 0.5 * static_cast<double>(counts.without[k]));
    without_below += counts.without[k];
  }
  double const area = sum / all_with / all_without;
  double of_with = 0;
  double of_without = 0;
  without_below = 0;
  for (std::size_t k = 0; k < counts.scores.size(); ++k) {
    auto const with = static_cast<double>(counts.with[k]);
    auto const without = static_cast<double>(counts.without[k]);
    double const a = (static_cast<double>(without_below) + 0.5 * without) / all_without - area;
    double const b = 1 - (static_cast<double>(with_below) + 0.5 * with) / all_with - area;
    of_with += with * a * a;
    of_without += without * b * b;
    with_below += counts.with[k];
    without_below += counts.without[k];
  }
  AreaUnderCurve result;
  result.area = estimate(area, of_with / (all_with - 1) / all_with + of_without / (all_without - 1) / all_without);
  result.positives = counts.all_with;
  result.negatives = counts.all_without;
  return result;
}

std::vector<Diagnostic> findings_of(std::span<double const> scores, std::span<std::uint8_t const> outcomes)
{
  Diagnostics found;
  if (scores.size() != outcomes.size()) found.error(Code::wrong_type, {}, "scores and outcomes have different lengths");
  if (scores.size() > std::numeric_limits<std::uint32_t>::max())
    found.error(Code::limit_reached, {}, "a sample has at most 4,294,967,295 people");
  if (!std::all_of(scores.begin(), scores.end(), [](double x) { return std::isfinite(x); }))
    found.error(Code::invalid_number, {}, "a score is not a finite number");
  auto const positives = static_cast<std::size_t>(
      std::count_if(outcomes.begin(), outcomes.end(), [](std::uint8_t one) { return one != 0; }));
  if (positives < 2 || outcomes.size() - positives < 2)
    found.error(Code::out_of_range, {}, "fewer than two people are with, or without, the outcome",
                "nothing can be said about this sample");
  return std::move(found).take();
}

}  // namespace tutela::detail
