// SPDX-License-Identifier: Apache-2.0
/// \file
/// Whether a scale still meets the people it was made for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/result.hpp>

namespace tutela::inline v0 {

/// How far the scores of now lie from those of before.
struct PopulationStability {
  double index = 0;  ///< Population stability index; by habit, above 0.1 is looked at and above 0.25 acted on.
  std::vector<double> before;  ///< Share of people of each bin before; half a person is added to every bin.
  std::vector<double> now;     ///< Share now, likewise.
};

/// The population stability index.
/// \param cuts First score of each bin above the lowest, rising.
/// \return A diagnostic where nobody is in one of the samples, a score is not finite, or the cuts do not rise.
[[nodiscard]] TUTELA_API Result<PopulationStability> population_stability(std::span<double const> before,
                                                                          std::span<double const> now,
                                                                          std::span<double const> cuts);

/// Watches outcomes as they come in and says when they no longer fit the probabilities.
///
/// The evidence is the mean of two wealths, each bet on odds that are higher, or lower, by a fixed factor than
/// predicted. While the probabilities are right it is a martingale from 1, so the chance that it ever reaches
/// `1 / false_alarms` is at most `false_alarms`, however long one looks (Ville's inequality): no correction for
/// looking after every case is needed.
class DriftMonitor {
 public:
  /// \param false_alarms Chance of ever raising a false alarm, above 0 and below 1.
  /// \param factor       By how much the odds are off that it is meant to find; above 1.
  /// \throws ContractViolation for anything else.
  TUTELA_API explicit DriftMonitor(double false_alarms = 0.01, double factor = 1.25);

  /// Takes in one case. \param probability As predicted before the outcome was known, 0 to 1.
  /// \throws ContractViolation for anything else. Constant time.
  TUTELA_API void add(double probability, bool outcome);

  /// Cases taken in.
  [[nodiscard]] std::size_t cases() const noexcept { return cases_; }

  /// Evidence against the probabilities: how many times a stake would have grown by betting against them.
  [[nodiscard]] TUTELA_API double evidence() const noexcept;

  /// The number of the case, from 1, at which the alarm was raised; nothing while there is none. It stays.
  [[nodiscard]] std::optional<std::size_t> alarm() const noexcept { return alarm_; }

  /// True when outcomes are more frequent than predicted, seen from the alarm; meaningful after it.
  [[nodiscard]] bool outcomes_are_more_frequent() const noexcept { return log_higher_ > log_lower_; }

 private:
  double log_threshold_;
  double log_factor_;
  double log_higher_ = 0;
  double log_lower_ = 0;
  std::size_t cases_ = 0;
  std::optional<std::size_t> alarm_;
};

}  // namespace tutela::inline v0
