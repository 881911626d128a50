// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/stability.hpp>

#include <algorithm>
#include <cmath>

namespace tutela::inline v0 {

namespace {

std::vector<double> shares_of(std::span<double const> scores, std::span<double const> cuts)
{
  std::vector<double> result(cuts.size() + 1, 0.5);
  for (double const score : scores)
    ++result[static_cast<std::size_t>(std::upper_bound(cuts.begin(), cuts.end(), score) - cuts.begin())];
  auto const all = static_cast<double>(scores.size()) + 0.5 * static_cast<double>(result.size());
  for (auto& one : result) one /= all;
  return result;
}

/// Logarithm of what a stake becomes that was bet on odds `exp(shift)` times those of the prediction.
double log_gain(double probability, bool outcome, double shift)
{
  double const normal = std::log1p(probability * std::expm1(shift));
  return (outcome ? shift : 0) - normal;
}

}  // namespace

Result<PopulationStability> population_stability(std::span<double const> before, std::span<double const> now,
                                                 std::span<double const> cuts)
{
  Diagnostics found;
  auto const finite = [](std::span<double const> all) {
    return std::all_of(all.begin(), all.end(), [](double x) { return std::isfinite(x); });
  };
  if (before.empty() || now.empty()) found.error(Code::out_of_range, {}, "nobody is in one of the two samples");
  if (!finite(before) || !finite(now) || !finite(cuts))
    found.error(Code::invalid_number, {}, "a score or a cut is not a finite number");
  if (std::adjacent_find(cuts.begin(), cuts.end(), [](double a, double b) { return !(a < b); }) != cuts.end())
    found.error(Code::out_of_range, {}, "the cuts do not rise");
  if (found.has_errors()) return std::move(found).take();
  PopulationStability result;
  result.before = shares_of(before, cuts);
  result.now = shares_of(now, cuts);
  for (std::size_t k = 0; k < result.now.size(); ++k)
    result.index += (result.now[k] - result.before[k]) * std::log(result.now[k] / result.before[k]);
  return result;
}

DriftMonitor::DriftMonitor(double false_alarms, double factor)
    : log_threshold_(-std::log(false_alarms)), log_factor_(std::log(factor))
{
  if (!(false_alarms > 0 && false_alarms < 1)) throw ContractViolation("false_alarms must lie between 0 and 1");
  if (!(factor > 1 && std::isfinite(factor))) throw ContractViolation("factor must be above 1");
}

void DriftMonitor::add(double probability, bool outcome)
{
  if (!(probability >= 0 && probability <= 1)) throw ContractViolation("a probability lies between 0 and 1");
  ++cases_;
  log_higher_ += log_gain(probability, outcome, log_factor_);
  log_lower_ += log_gain(probability, outcome, -log_factor_);
  if (!alarm_ && std::log(evidence()) >= log_threshold_) alarm_ = cases_;
}

double DriftMonitor::evidence() const noexcept
{
  return 0.5 * (std::exp(std::min(log_higher_, 700.0)) + std::exp(std::min(log_lower_, 700.0)));
}

}  // namespace tutela::inline v0
