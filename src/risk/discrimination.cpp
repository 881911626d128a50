// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/discrimination.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace tutela::inline v0 {

namespace {

constexpr double half_width_95 = 1.959963984540054;  // quantile 0.975 of the standard normal distribution

std::vector<Diagnostic> findings_of(std::span<double const> scores, std::span<std::uint8_t const> outcomes)
{
  Diagnostics found;
  if (scores.size() != outcomes.size()) found.error(Code::wrong_type, {}, "scores and outcomes have different lengths");
  if (!std::all_of(scores.begin(), scores.end(), [](double x) { return std::isfinite(x); }))
    found.error(Code::invalid_number, {}, "a score is not a finite number");
  auto const positives = static_cast<std::size_t>(
      std::count_if(outcomes.begin(), outcomes.end(), [](std::uint8_t one) { return one != 0; }));
  if (positives < 2 || outcomes.size() - positives < 2)
    found.error(Code::out_of_range, {}, "fewer than two people are with, or without, the outcome",
                "nothing can be said about this sample");
  return std::move(found).take();
}

/// For each person the share of the other class that scores lower, ties counting half: DeLong's components.
struct Components {
  std::vector<double> positives;
  std::vector<double> negatives;
  double area = 0;
};

Components components(std::span<double const> scores, std::span<std::uint8_t const> outcomes)
{
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] < scores[b]; });
  auto const all_positives = static_cast<std::size_t>(
      std::count_if(outcomes.begin(), outcomes.end(), [](std::uint8_t one) { return one != 0; }));
  auto const all_negatives = scores.size() - all_positives;
  std::vector<double> shares(scores.size());
  std::size_t positives_below = 0;
  std::size_t negatives_below = 0;
  double area = 0;
  for (std::size_t start = 0; start < order.size();) {
    std::size_t end = start;
    std::size_t positives = 0;
    while (end < order.size() && scores[order[end]] == scores[order[start]]) {
      if (outcomes[order[end]] != 0) ++positives;
      ++end;
    }
    auto const negatives = end - start - positives;
    auto const share = [](std::size_t below, std::size_t tied, std::size_t all) {
      return (static_cast<double>(below) + 0.5 * static_cast<double>(tied)) / static_cast<double>(all);
    };
    double const of_positive = share(negatives_below, negatives, all_negatives);
    double const of_negative = 1 - share(positives_below, positives, all_positives);
    for (std::size_t k = start; k < end; ++k) shares[order[k]] = outcomes[order[k]] != 0 ? of_positive : of_negative;
    area += of_positive * static_cast<double>(positives);
    positives_below += positives;
    negatives_below += negatives;
    start = end;
  }
  // Components in the order of the people, so that those of two scores stand beside each other.
  Components result;
  result.area = area / static_cast<double>(all_positives);
  result.positives.reserve(all_positives);
  result.negatives.reserve(all_negatives);
  for (std::size_t k = 0; k < scores.size(); ++k)
    (outcomes[k] != 0 ? result.positives : result.negatives).push_back(shares[k]);
  return result;
}

double covariance(std::vector<double> const& a, double mean_a, std::vector<double> const& b, double mean_b)
{
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += (a[k] - mean_a) * (b[k] - mean_b);
  return sum / static_cast<double>(a.size() - 1);
}

/// Covariance of the areas of two scores.
double covariance(Components const& a, Components const& b)
{
  return covariance(a.positives, a.area, b.positives, b.area) / static_cast<double>(a.positives.size()) +
         covariance(a.negatives, a.area, b.negatives, b.area) / static_cast<double>(a.negatives.size());
}

Estimate estimate(double value, double variance)
{
  double const error = std::sqrt(std::max(0.0, variance));
  return {value, error, value - half_width_95 * error, value + half_width_95 * error};
}

}  // namespace

Result<AreaUnderCurve> area_under_curve(std::span<double const> scores, std::span<std::uint8_t const> outcomes)
{
  auto found = findings_of(scores, outcomes);
  if (!found.empty()) return found;
  auto const parts = components(scores, outcomes);
  AreaUnderCurve result;
  result.area = estimate(parts.area, covariance(parts, parts));
  result.positives = parts.positives.size();
  result.negatives = parts.negatives.size();
  return result;
}

Result<AreaComparison> compare_areas(std::span<double const> first, std::span<double const> second,
                                     std::span<std::uint8_t const> outcomes)
{
  auto found = findings_of(first, outcomes);
  auto more = findings_of(second, outcomes);
  found.insert(found.end(), more.begin(), more.end());
  if (!found.empty()) return found;
  auto const a = components(first, outcomes);
  auto const b = components(second, outcomes);
  AreaComparison result;
  result.difference = estimate(a.area - b.area, covariance(a, a) + covariance(b, b) - 2 * covariance(a, b));
  if (result.difference.standard_error > 0)
    result.p_value = std::erfc(std::fabs(result.difference.value / result.difference.standard_error) / std::sqrt(2.0));
  else
    result.p_value = result.difference.value == 0 ? 1 : 0;
  return result;
}

}  // namespace tutela::inline v0
