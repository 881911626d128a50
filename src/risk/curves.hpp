// SPDX-License-Identifier: Apache-2.0
/// \file
/// Logistic curves over one score, fitted from counts (internal).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "risk/ranking.hpp"

namespace tutela::detail {

/// Log odds `intercepts[g] + slope * score` of each group `g`.
struct CurveFit {
  std::vector<double> intercepts;
  std::vector<double> intercept_errors;
  double slope = 0;
  double slope_error = 0;  ///< 0 where the slope was given.
  double log_likelihood = 0;
};

/// Fits curves that share one slope by Newton's method; the work of one step is linear in the distinct scores.
/// \param slope The slope, where it is given and only the intercepts are fitted.
/// \return Nothing where no finite fit exists: a group of one class, scores all equal, or classes that a score separates.
std::optional<CurveFit> fit_curves(std::span<ScoreCounts const> groups, std::optional<double> slope = std::nullopt);

/// The same with scores replaced by their log odds, for scores that are probabilities; 0 and 1 are moved inwards by
/// 1e-9 so that their log odds are finite.
ScoreCounts with_log_odds(ScoreCounts counts);

/// 1 / (1 + e^-x).
double probability_of(double log_odds);

}  // namespace tutela::detail
