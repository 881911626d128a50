// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a threshold does to different groups of people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/result.hpp>
#include <tutela/risk/calibration.hpp>

namespace tutela::inline v0 {

/// The four counts of a threshold.
struct Confusion {
  std::size_t true_positive = 0;   ///< Above the threshold, with the outcome.
  std::size_t false_positive = 0;  ///< Above, without the outcome.
  std::size_t false_negative = 0;  ///< Below, with the outcome.
  std::size_t true_negative = 0;   ///< Below, without the outcome.

  friend bool operator==(Confusion const&, Confusion const&) = default;
};

/// The rates that follow from the four counts.
struct ThresholdRates {
  double threshold = 0;       ///< People at or above it are selected.
  Confusion counts;           ///< The four counts.
  Share base;                 ///< With the outcome.
  Share selected;             ///< At or above the threshold.
  Share false_positive;       ///< Selected among those without the outcome.
  Share false_negative;       ///< Not selected among those with the outcome.
  Share positive_predictive;  ///< With the outcome among the selected.
  Share negative_predictive;  ///< Without the outcome among the others.
  /// Benefit of selecting at this threshold in true positives for each person, false positives weighed by the odds of
  /// the threshold probability; only where the score is a probability.
  std::optional<double> net_benefit;
};

/// The rates of four counts.
[[nodiscard]] TUTELA_API ThresholdRates rates(Confusion const& counts, double threshold);

/// The rates at every value of the score, lowest first. Errors as for `area_under_curve`. O(n log n).
/// \param probabilities True when the scores are probabilities, so that net benefit is given.
[[nodiscard]] TUTELA_API Result<std::vector<ThresholdRates>> threshold_table(std::span<double const> scores,
                                                                             std::span<std::uint8_t const> outcomes,
                                                                             bool probabilities = false);

/// One group at the threshold.
struct GroupRates {
  std::string group;       ///< Name of the group.
  std::size_t people = 0;  ///< Its size; 0 where it is suppressed.
  bool suppressed =
      false;             ///< True where the group, or one cell of it, is too small to be shown; then nothing follows.
  ThresholdRates rates;  ///< Rates at the threshold.
  std::optional<AreaUnderCurve> area;      ///< Nothing where a class is too small.
  std::optional<Calibration> calibration;  ///< Nothing where the scores are no probabilities.
  /// False positive rate that base rate, positive predictive value and false negative rate force on this group:
  /// p / (1 - p) * (1 - PPV) / PPV * (1 - FNR). Groups of unequal base rate cannot agree in all three.
  double implied_false_positive = 0;
};

/// What `group_rates` is asked.
struct GroupQuestion {
  double threshold = 0;          ///< People at or above it are selected.
  std::size_t minimum_cell = 5;  ///< A group with fewer people, or a non-empty count below this, is suppressed.
  bool probabilities = false;    ///< True when the scores are probabilities.
};

/// Rates of each group, by name in order of the groups' first appearance.
///
/// Where exactly one group is suppressed the next smallest is suppressed too, because the total would give the first
/// away. Other tables that are published beside this one are not looked at. Errors as for `area_under_curve`, and where
/// `groups` has another length. O(n log n).
[[nodiscard]] TUTELA_API Result<std::vector<GroupRates>> group_rates(std::span<double const> scores,
                                                                     std::span<std::uint8_t const> outcomes,
                                                                     std::span<std::string const> groups,
                                                                     GroupQuestion const& question);

}  // namespace tutela::inline v0
