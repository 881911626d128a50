// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/discrimination.hpp>

#include <algorithm>
#include <vector>

#include "risk/distributions.hpp"
#include "risk/ranking.hpp"

namespace tutela::inline v0 {

namespace {

using detail::estimate;
using detail::findings_of;

/// For each person the share of the other class that scores lower, ties counting half: DeLong's components.
struct Components {
  std::vector<double> positives;
  std::vector<double> negatives;
  double area = 0;
};

Components components(std::span<double const> scores, std::span<std::uint8_t const> outcomes)
{
  auto const order = detail::ranked(scores);
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

}  // namespace

Result<AreaUnderCurve> area_under_curve(std::span<double const> scores, std::span<std::uint8_t const> outcomes)
{
  auto found = findings_of(scores, outcomes);
  if (!found.empty()) return found;
  return detail::area_of(detail::counted(scores, outcomes, detail::ranked(scores)));
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
    result.p_value = detail::normal_two_sided(result.difference.value / result.difference.standard_error);
  else
    result.p_value = result.difference.value == 0 ? 1 : 0;
  return result;
}

}  // namespace tutela::inline v0
