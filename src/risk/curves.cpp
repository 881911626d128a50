// SPDX-License-Identifier: Apache-2.0
#include "risk/curves.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tutela::detail {

namespace {

constexpr int most_steps = 50;
constexpr double smallest_probability = 1e-9;

/// First and second derivatives of the likelihood of one group.
struct Derivatives {
  double intercept = 0;
  double slope = 0;
  double intercept_intercept = 0;
  double intercept_slope = 0;
  double slope_slope = 0;
};

Derivatives derivatives(ScoreCounts const& counts, double intercept, double slope, double& likelihood)
{
  Derivatives sum;
  for (std::size_t k = 0; k < counts.scores.size(); ++k) {
    double const x = counts.scores[k];
    double const z = intercept + slope * x;
    auto const with = static_cast<double>(counts.with[k]);
    auto const without = static_cast<double>(counts.without[k]);
    double const power = std::exp(-std::fabs(z));
    double const p = z >= 0 ? 1 / (1 + power) : power / (1 + power);
    double const rest = std::log1p(power);
    likelihood -= with * (rest + std::max(-z, 0.0)) + without * (rest + std::max(z, 0.0));
    double const gap = with - (with + without) * p;
    double const spread = (with + without) * p * (1 - p);
    sum.intercept += gap;
    sum.slope += gap * x;
    sum.intercept_intercept += spread;
    sum.intercept_slope += spread * x;
    sum.slope_slope += spread * x * x;
  }
  return sum;
}

}  // namespace

double probability_of(double log_odds)
{
  double const power = std::exp(-std::fabs(log_odds));
  return log_odds >= 0 ? 1 / (1 + power) : power / (1 + power);
}

ScoreCounts with_log_odds(ScoreCounts counts)
{
  for (auto& score : counts.scores) {
    double const p = std::clamp(score, smallest_probability, 1 - smallest_probability);
    score = std::log(p / (1 - p));
  }
  return counts;
}

std::optional<CurveFit> fit_curves(std::span<ScoreCounts const> groups, std::optional<double> slope)
{
  CurveFit fit;
  fit.slope = slope.value_or(0);
  for (auto const& group : groups) {
    if (group.all_with == 0 || group.all_without == 0) return std::nullopt;
    fit.intercepts.push_back(
        slope ? 0 : std::log(static_cast<double>(group.all_with) / static_cast<double>(group.all_without)));
  }
  fit.intercept_errors.resize(groups.size());
  double last = -std::numeric_limits<double>::infinity();
  for (int step = 0; step < most_steps; ++step) {
    std::vector<Derivatives> each;
    double likelihood = 0;
    double gradient = 0;
    double curvature = 0;  // of the slope, after each group's intercept has followed it
    double whole = 0;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      each.push_back(derivatives(groups[g], fit.intercepts[g], fit.slope, likelihood));
      auto const& one = each.back();
      if (!(one.intercept_intercept > 1e-12)) return std::nullopt;
      gradient += one.slope - one.intercept_slope * one.intercept / one.intercept_intercept;
      curvature += one.slope_slope - one.intercept_slope * one.intercept_slope / one.intercept_intercept;
      whole += one.slope_slope;
    }
    if (!std::isfinite(likelihood) || (!slope && !(curvature > whole * 1e-12))) return std::nullopt;
    fit.log_likelihood = likelihood;
    fit.slope_error = slope ? 0 : 1 / std::sqrt(curvature);
    for (std::size_t g = 0; g < groups.size(); ++g) {
      double const ratio = slope ? 0 : each[g].intercept_slope / each[g].intercept_intercept * fit.slope_error;
      fit.intercept_errors[g] = std::sqrt(1 / each[g].intercept_intercept + ratio * ratio);
    }
    if (std::fabs(likelihood - last) <= 1e-12 * std::fabs(likelihood)) return fit;
    last = likelihood;
    double const change = slope ? 0 : gradient / curvature;
    fit.slope += change;
    for (std::size_t g = 0; g < groups.size(); ++g)
      fit.intercepts[g] += (each[g].intercept - each[g].intercept_slope * change) / each[g].intercept_intercept;
  }
  return std::nullopt;
}

}  // namespace tutela::detail
