// SPDX-License-Identifier: Apache-2.0
/// \file
/// Whether higher scores have the outcome earlier, where people were followed for different times.
#pragma once

#include <cstdint>
#include <span>

#include <tutela/base/config.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/survival.hpp>

namespace tutela::inline v0 {

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
