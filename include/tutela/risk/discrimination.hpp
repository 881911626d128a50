// SPDX-License-Identifier: Apache-2.0
/// \file
/// How well a score tells apart people with and without the outcome.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <tutela/base/config.hpp>
#include <tutela/base/result.hpp>

namespace tutela::inline v0 {

/// A figure with its 95 % interval.
struct Estimate {
  double value = 0;           ///< The figure.
  double standard_error = 0;  ///< Its standard error; 0 where the interval is made otherwise.
  double low = 0;             ///< Lower end of the interval.
  double high = 0;            ///< Upper end of the interval.
};

/// The area under the ROC curve.
struct AreaUnderCurve {
  Estimate area;              ///< Probability that somebody with the outcome scores higher; ties count half.
  std::size_t positives = 0;  ///< People with the outcome.
  std::size_t negatives = 0;  ///< People without it.
};

/// The area under the ROC curve with DeLong's standard error.
///
/// \param scores   One finite number for each person; higher means more risk.
/// \param outcomes 1 with the outcome, 0 without; as many as scores.
/// \return A diagnostic when the lengths differ, a score is not finite, or one of the two classes has fewer than two
///   people: then there is no area, not 0.5. O(n log n).
/// \source{DeLong, DeLong and Clarke-Pearson 1988; midranks as in Sun and Xu 2014}
[[nodiscard]] TUTELA_API Result<AreaUnderCurve> area_under_curve(std::span<double const> scores,
                                                                 std::span<std::uint8_t const> outcomes);

/// Difference of the areas of two scores of the same people, with DeLong's interval. O(n log n).
struct AreaComparison {
  Estimate difference;  ///< First area minus second.
  double p_value = 1;   ///< Two-sided probability of a difference as large when there is none.
};

/// Compares two scores of the same people. Errors as for one score.
[[nodiscard]] TUTELA_API Result<AreaComparison> compare_areas(std::span<double const> first,
                                                              std::span<double const> second,
                                                              std::span<std::uint8_t const> outcomes);

}  // namespace tutela::inline v0
