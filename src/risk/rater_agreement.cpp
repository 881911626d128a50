// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/rater_agreement.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "risk/ranking.hpp"

namespace tutela::inline v0 {

namespace {

constexpr std::size_t most_levels = 1000;

/// Credit for two ratings, 1 when they are the same.
double credit(std::size_t a, std::size_t b, std::size_t levels, KappaWeights weights)
{
  double const gap = (static_cast<double>(a) - static_cast<double>(b)) / static_cast<double>(levels - 1);
  switch (weights) {
    case KappaWeights::linear: return 1 - std::fabs(gap);
    case KappaWeights::quadratic: return 1 - gap * gap;
    case KappaWeights::none: break;
  }
  return a == b ? 1 : 0;
}

/// Shares of cases by both ratings, and by each.
struct Shares {
  std::vector<double> both;
  std::vector<double> first;
  std::vector<double> second;
};

Shares shares_of(std::span<std::uint32_t const> first, std::span<std::uint32_t const> second, std::size_t levels)
{
  Shares result{std::vector<double>(levels * levels), std::vector<double>(levels), std::vector<double>(levels)};
  for (std::size_t k = 0; k < first.size(); ++k) result.both[first[k] * levels + second[k]] += 1;
  for (auto& one : result.both) one /= static_cast<double>(first.size());
  for (std::size_t a = 0; a < levels; ++a)
    for (std::size_t b = 0; b < levels; ++b) {
      result.first[a] += result.both[a * levels + b];
      result.second[b] += result.both[a * levels + b];
    }
  return result;
}

Estimate kappa_of(Shares const& shares, std::size_t levels, KappaWeights weights, std::size_t cases)
{
  double observed = 0;
  double by_chance = 0;
  std::vector<double> of_first(levels);
  std::vector<double> of_second(levels);
  for (std::size_t a = 0; a < levels; ++a)
    for (std::size_t b = 0; b < levels; ++b) {
      double const w = credit(a, b, levels, weights);
      observed += w * shares.both[a * levels + b];
      by_chance += w * shares.first[a] * shares.second[b];
      of_first[a] += w * shares.second[b];
      of_second[b] += w * shares.first[a];
    }
  if (by_chance >= 1) {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    return {nan, nan, nan, nan};
  }
  double sum = 0;
  for (std::size_t a = 0; a < levels; ++a)
    for (std::size_t b = 0; b < levels; ++b) {
      double const w = credit(a, b, levels, weights);
      double const part = w * (1 - by_chance) - (of_first[a] + of_second[b]) * (1 - observed);
      sum += shares.both[a * levels + b] * part * part;
    }
  double const middle = observed * by_chance - 2 * by_chance + observed;
  double const rest = (1 - by_chance) * (1 - by_chance);
  return detail::estimate((observed - by_chance) / (1 - by_chance),
                          (sum - middle * middle) / (static_cast<double>(cases) * rest * rest));
}

}  // namespace

Result<RaterAgreement> rater_agreement(std::span<std::uint32_t const> first, std::span<std::uint32_t const> second,
                                       std::size_t levels, KappaWeights weights)
{
  Diagnostics found;
  if (first.size() != second.size()) found.error(Code::wrong_type, {}, "the two ratings have different lengths");
  if (first.empty()) found.error(Code::out_of_range, {}, "nobody was rated twice");
  if (levels < 2 || levels > most_levels) found.error(Code::out_of_range, {}, "a rating has 2 to 1000 levels");
  auto const outside = [&](std::uint32_t level) { return level >= levels; };
  if (std::any_of(first.begin(), first.end(), outside) || std::any_of(second.begin(), second.end(), outside))
    found.error(Code::out_of_range, {}, "a rating is above the highest level");
  if (found.has_errors()) return std::move(found).take();
  auto const shares = shares_of(first, second, levels);
  RaterAgreement result;
  result.cases = first.size();
  for (std::size_t a = 0; a < levels; ++a) result.exact += shares.both[a * levels + a];
  result.kappa = kappa_of(shares, levels, weights, first.size());
  return result;
}

}  // namespace tutela::inline v0
