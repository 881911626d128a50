// SPDX-License-Identifier: Apache-2.0
/// \file
/// People by rising score, and how many of each score are with and without the outcome (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <tutela/risk/discrimination.hpp>

#include "base/ranked.hpp"

namespace tutela::detail {

/// Each score that somebody has, lowest first, and how many of them are with and without the outcome.
struct ScoreCounts {
  std::vector<double> scores;
  std::vector<std::size_t> with;
  std::vector<std::size_t> without;
  std::size_t all_with = 0;
  std::size_t all_without = 0;

  [[nodiscard]] std::size_t people() const { return all_with + all_without; }
  [[nodiscard]] std::size_t at(std::size_t k) const { return with[k] + without[k]; }

  void add(double score, bool outcome);
};

/// Counts people in the given order, which must be by rising score.
ScoreCounts counted(std::span<double const> scores, std::span<std::uint8_t const> outcomes,
                    std::span<std::uint32_t const> order);

/// Area under the curve with DeLong's standard error. Needs two people with and two without the outcome.
AreaUnderCurve area_of(ScoreCounts const& counts);

/// A figure with a normal 95 % interval.
Estimate estimate(double value, double variance);

/// What makes scores and outcomes unusable.
std::vector<Diagnostic> findings_of(std::span<double const> scores, std::span<std::uint8_t const> outcomes);

}  // namespace tutela::detail
