// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/recalibration.hpp>

#include <algorithm>
#include <cmath>

#include <tutela/risk/calibration.hpp>

#include "risk/curves.hpp"

namespace tutela::inline v0 {

Result<LocalNorm> LocalNorm::build(std::span<double const> scores)
{
  if (scores.empty()) return Diagnostic{Code::out_of_range, Severity::error, {}, "nobody is in the norm", {}};
  if (!std::all_of(scores.begin(), scores.end(), [](double x) { return std::isfinite(x); }))
    return Diagnostic{Code::invalid_number, Severity::error, {}, "a score is not a finite number", {}};
  std::vector<double> sorted(scores.begin(), scores.end());
  std::sort(sorted.begin(), sorted.end());
  return LocalNorm(std::move(sorted));
}

double LocalNorm::percentile(double score) const noexcept
{
  auto const [first, last] = std::equal_range(sorted_.begin(), sorted_.end(), score);
  auto const lower = static_cast<double>(first - sorted_.begin());
  return 100 * (lower + 0.5 * static_cast<double>(last - first)) / static_cast<double>(sorted_.size());
}

double LocalNorm::score_at(double percent) const noexcept
{
  auto const wanted = std::ceil(std::clamp(percent, 0.0, 100.0) / 100 * static_cast<double>(sorted_.size()));
  return sorted_[static_cast<std::size_t>(std::max(1.0, wanted)) - 1];
}

double Recalibration::apply(double probability) const noexcept
{
  constexpr double smallest = 1e-9;
  double const p = std::clamp(probability, smallest, 1 - smallest);
  return detail::probability_of(intercept + slope * std::log(p / (1 - p)));
}

Result<Recalibration> recalibrate(std::span<double const> probabilities, std::span<std::uint8_t const> outcomes,
                                  RecalibrationKind kind)
{
  auto const line = calibration_line(probabilities, outcomes);
  if (!line) return line.diagnostics();
  if (kind == RecalibrationKind::intercept) return Recalibration{line->in_the_large.value, 1};
  return Recalibration{line->intercept.value, line->slope.value};
}

}  // namespace tutela::inline v0
