// SPDX-License-Identifier: Apache-2.0
/// \file
/// How well predicted probabilities fit what happened.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/result.hpp>
#include <tutela/risk/discrimination.hpp>

namespace tutela::inline v0 {

/// A share of people, with Wilson's 95 % interval.
struct Share {
  std::size_t count = 0;  ///< People counted.
  std::size_t of = 0;     ///< People looked at; where it is 0 there is no share.
  double value = 0;       ///< `count / of`; not a number where `of` is 0.
  double low = 0;         ///< Lower end.
  double high = 0;        ///< Upper end.
};

/// The share `count / of` with Wilson's interval. Constant time.
[[nodiscard]] TUTELA_API Share share(std::size_t count, std::size_t of) noexcept;

/// Ends of an interval.
struct Interval95 {
  double low = 0;   ///< Lower end.
  double high = 0;  ///< Upper end.
};

/// The exact 95 % interval of a share, by Clopper and Pearson: never too narrow, also for a handful of people. Not
/// numbers where `of` is 0.
[[nodiscard]] TUTELA_API Interval95 exact_interval(std::size_t count, std::size_t of) noexcept;

/// A logistic regression of one outcome on some numbers.
struct LogisticFit {
  std::vector<double> coefficients;     ///< Intercept first.
  std::vector<double> standard_errors;  ///< Beside the coefficients.
  double log_likelihood = 0;            ///< Of the fitted model.
  double null_log_likelihood = 0;       ///< Of the base rate alone.
};

/// Fits a logistic regression by Newton's method.
///
/// \param columns  The numbers, one span for each; all of one length.
/// \param outcomes 1 or 0 for each person.
/// \return A diagnostic when the lengths differ, the columns determine each other, or the outcome is separated so that
///   no finite fit exists. O(n k²) for each of at most 50 steps.
[[nodiscard]] TUTELA_API Result<LogisticFit> fit_logistic(std::span<std::span<double const> const> columns,
                                                          std::span<std::uint8_t const> outcomes);

/// Fit of predicted probabilities to outcomes.
struct Calibration {
  double brier = 0;                 ///< Mean squared difference.
  double reference_brier = 0;       ///< The same when everybody gets the base rate.
  double scaled_brier = 0;          ///< 1 minus the quotient of the two.
  double expected = 0;              ///< Sum of the probabilities.
  std::size_t observed = 0;         ///< People with the outcome.
  double expected_by_observed = 0;  ///< Above 1 where the prediction is too high.
  /// Exact 95 % interval of that quotient, the number observed taken as a Poisson count.
  Interval95 expected_by_observed_interval;
};

/// Brier's score taken apart: `reliability - resolution + uncertainty + remainder`.
struct BrierParts {
  std::size_t bins = 0;    ///< Groups of equal or neighbouring probability that were compared with what happened.
  double reliability = 0;  ///< Mean squared gap between what a group was given and what happened; lower is better.
  double resolution = 0;   ///< How far what happened differs between the groups; higher is better.
  double uncertainty = 0;  ///< Of the base rate alone.
  double remainder = 0;    ///< What the differences inside the groups leave; 0 where each holds one probability.
};

/// Brier's score taken apart over the distinct probabilities, or over 20 groups of equal size where there are more
/// than 100 of them. Errors as for `calibration`. O(n log n).
[[nodiscard]] TUTELA_API Result<BrierParts> brier_parts(std::span<double const> probabilities,
                                                        std::span<std::uint8_t const> outcomes);

/// How log odds of the prediction and log odds of what happened go together.
struct CalibrationLine {
  Estimate in_the_large;  ///< Intercept where the slope is held at 1: below 0 where the prediction is too high.
  Estimate intercept;     ///< Intercept beside the slope.
  Estimate slope;         ///< 1 where differences are right; below 1 where they are exaggerated.
};

/// The calibration line. Errors as for `calibration`, and where no finite line exists. O(n log n).
[[nodiscard]] TUTELA_API Result<CalibrationLine> calibration_line(std::span<double const> probabilities,
                                                                  std::span<std::uint8_t const> outcomes);

/// Fit of probabilities. \return A diagnostic when lengths differ, a probability is outside [0, 1], or nobody has the
/// outcome. O(n).
[[nodiscard]] TUTELA_API Result<Calibration> calibration(std::span<double const> probabilities,
                                                         std::span<std::uint8_t const> outcomes);

}  // namespace tutela::inline v0
