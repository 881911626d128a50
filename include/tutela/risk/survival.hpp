// SPDX-License-Identifier: Apache-2.0
/// \file
/// How long people go without the outcome, where they were followed for different times.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/result.hpp>

namespace tutela::inline v0 {

/// One time at which somebody had the outcome.
struct SurvivalStep {
  double time = 0;            ///< In the unit of the sample: days, weeks.
  std::size_t at_risk = 0;    ///< People still followed, and without the outcome, just before.
  std::size_t events = 0;     ///< People who had it at this time.
  double survival = 1;        ///< Share without the outcome just after, by Kaplan and Meier.
  double standard_error = 0;  ///< Greenwood's standard error of that share.
  double low = 1;             ///< Lower end of its 95 % interval, made on the log(-log) scale.
  double high = 1;            ///< Upper end.
};

/// Kaplan and Meier's estimate.
///
/// \param times  Time from the start to the outcome, or to the end of following; not below zero.
/// \param events 1 where the time ends with the outcome, 0 where following ended without it.
/// \return The times of outcomes, earliest first; a diagnostic when lengths differ or a time is no number from zero
///   on. O(n log n).
[[nodiscard]] TUTELA_API Result<std::vector<SurvivalStep>> kaplan_meier(std::span<double const> times,
                                                                        std::span<std::uint8_t const> events);

/// The step in force at a time; survival 1 before the first outcome.
[[nodiscard]] TUTELA_API SurvivalStep survival_at(std::span<SurvivalStep const> steps, double time);

/// How often the person with the higher score has the outcome earlier.
struct Concordance {
  double value = 0;       ///< Harrell's C: `(concordant + tied / 2) / pairs`; not a number without pairs.
  double concordant = 0;  ///< Pairs in which the higher score has the outcome first.
  double tied = 0;        ///< Pairs of equal score.
  double pairs = 0;       ///< Pairs of which it is known who had the outcome first.
};

/// Harrell's C. A pair counts where the earlier time is an outcome; at equal times, where only one of them is.
/// Errors as for `kaplan_meier`, and for a score that is no finite number. O(n log n).
[[nodiscard]] TUTELA_API Result<Concordance> concordance(std::span<double const> scores, std::span<double const> times,
                                                         std::span<std::uint8_t const> events);

}  // namespace tutela::inline v0
