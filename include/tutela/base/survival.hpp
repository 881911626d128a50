// SPDX-License-Identifier: Apache-2.0
/// \file
/// How long people go without an outcome, where they were followed for different times.
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

}  // namespace tutela::inline v0
