// SPDX-License-Identifier: Apache-2.0
#include <tutela/base/survival.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/ranked.hpp"
#include "base/survival_times.hpp"

namespace tutela::detail {

std::vector<Diagnostic> findings_of_times(std::span<double const> times, std::span<std::uint8_t const> events)
{
  Diagnostics found;
  if (times.size() != events.size()) found.error(Code::wrong_type, {}, "times and events have different lengths");
  if (times.size() > std::numeric_limits<std::uint32_t>::max())
    found.error(Code::limit_reached, {}, "a sample has at most 4,294,967,295 people");
  if (!std::all_of(times.begin(), times.end(), [](double t) { return std::isfinite(t) && t >= 0; }))
    found.error(Code::out_of_range, {}, "a time is not a number from zero on");
  return std::move(found).take();
}

}  // namespace tutela::detail

namespace tutela::inline v0 {

namespace {

/// Quantile 0.975 of the standard normal distribution.
constexpr double half_width = 1.959963984540054;

/// The interval of a share on the log(-log) scale, which never leaves 0 to 1.
void put_interval(SurvivalStep& step)
{
  double const s = step.survival;
  step.low = step.high = s;
  if (!(s > 0 && s < 1)) return;
  double const half = half_width * step.standard_error / (s * std::fabs(std::log(s)));
  step.low = std::pow(s, std::exp(half));
  step.high = std::pow(s, std::exp(-half));
}

}  // namespace

Result<std::vector<SurvivalStep>> kaplan_meier(std::span<double const> times, std::span<std::uint8_t const> events)
{
  if (auto found = detail::findings_of_times(times, events); !found.empty()) return found;
  auto const order = detail::ranked(times);
  std::vector<SurvivalStep> result;
  std::size_t at_risk = times.size();
  double survival = 1;
  double greenwood = 0;
  for (std::size_t k = 0; k < order.size();) {
    double const time = times[order[k]];
    std::size_t had = 0;
    auto const first = k;
    for (; k < order.size() && times[order[k]] == time; ++k) had += events[order[k]] != 0 ? 1U : 0U;
    if (had > 0) {
      auto const n = static_cast<double>(at_risk);
      auto const d = static_cast<double>(had);
      survival *= (n - d) / n;
      greenwood += had < at_risk ? d / (n * (n - d)) : 0;
      SurvivalStep step{time, at_risk, had, survival, survival * std::sqrt(greenwood), 1, 1};
      put_interval(step);
      result.push_back(step);
    }
    at_risk -= k - first;
  }
  return result;
}

SurvivalStep survival_at(std::span<SurvivalStep const> steps, double time)
{
  auto const after = std::upper_bound(steps.begin(), steps.end(), time,
                                      [](double t, SurvivalStep const& one) { return t < one.time; });
  return after == steps.begin() ? SurvivalStep{} : *(after - 1);
}

}  // namespace tutela::inline v0
