// SPDX-License-Identifier: Apache-2.0
/// \file
/// Fitting a published scale to the people of one place: its percentiles there, and its probabilities.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/result.hpp>

namespace tutela::inline v0 {

/// Where a score stands among the people of one place.
class LocalNorm {
 public:
  /// \param scores Scores of the people of the norm. \return A diagnostic where there is none or one is not finite.
  [[nodiscard]] TUTELA_API static Result<LocalNorm> build(std::span<double const> scores);

  /// People of the norm.
  [[nodiscard]] std::size_t people() const noexcept { return sorted_.size(); }

  /// Percentile of a score, 0 to 100: the share of people who score lower, those of the same score counting half.
  [[nodiscard]] TUTELA_API double percentile(double score) const noexcept;

  /// The lowest score that at least `percent` per cent of the people do not exceed. \param percent 0 to 100.
  [[nodiscard]] TUTELA_API double score_at(double percent) const noexcept;

 private:
  explicit LocalNorm(std::vector<double> sorted) : sorted_(std::move(sorted)) {}
  std::vector<double> sorted_;
};

/// A change of probabilities on the scale of log odds: `intercept + slope * log odds`.
struct Recalibration {
  double intercept = 0;  ///< Added to the log odds.
  double slope = 1;      ///< Times the log odds.

  /// The changed probability; 0 and 1 are taken as 1e-9 away from them.
  [[nodiscard]] TUTELA_API double apply(double probability) const noexcept;
};

/// What a recalibration may change.
enum class RecalibrationKind : std::uint8_t {
  intercept,           ///< The level only: for few local cases.
  intercept_and_slope  ///< Level and spread.
};

/// The recalibration that fits local outcomes best. The published scale stays as it is; this stands beside it.
/// \return A diagnostic where lengths differ, a probability is outside 0 to 1, or no finite fit exists. O(n log n).
[[nodiscard]] TUTELA_API Result<Recalibration> recalibrate(std::span<double const> probabilities,
                                                           std::span<std::uint8_t const> outcomes,
                                                           RecalibrationKind kind = RecalibrationKind::intercept);

}  // namespace tutela::inline v0
