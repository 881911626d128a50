// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/calibration.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "risk/curves.hpp"
#include "risk/distributions.hpp"

namespace tutela::inline v0 {

namespace {

using detail::half_width_95;
constexpr int largest_number_of_steps = 50;
constexpr std::size_t most_single_bins = 100;
constexpr std::size_t bins_of_many = 20;

/// Solves a symmetric positive definite system and inverts its matrix (Cholesky); false when it is singular.
bool invert(std::vector<double>& matrix, std::size_t size)
{
  std::vector<double> root(size * size, 0);
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = matrix[i * size + j];
      for (std::size_t k = 0; k < j; ++k) sum -= root[i * size + k] * root[j * size + k];
      if (i == j) {
        if (!(sum > matrix[i * size + i] * 1e-12)) return false;
        root[i * size + i] = std::sqrt(sum);
      } else {
        root[i * size + j] = sum / root[j * size + j];
      }
    }
  for (std::size_t column = 0; column < size; ++column) {
    std::vector<double> x(size, 0);
    for (std::size_t i = 0; i < size; ++i) {
      double sum = i == column ? 1 : 0;
      for (std::size_t k = 0; k < i; ++k) sum -= root[i * size + k] * x[k];
      x[i] = sum / root[i * size + i];
    }
    for (std::size_t i = size; i-- > 0;) {
      double sum = x[i];
      for (std::size_t k = i + 1; k < size; ++k) sum -= root[k * size + i] * x[k];
      x[i] = sum / root[i * size + i];
    }
    for (std::size_t i = 0; i < size; ++i) matrix[i * size + column] = x[i];
  }
  return true;
}

std::vector<Diagnostic> findings_of_fit(std::span<double const> probabilities, std::span<std::uint8_t const> outcomes)
{
  Diagnostics found;
  if (probabilities.size() != outcomes.size())
    found.error(Code::wrong_type, {}, "probabilities and outcomes have different lengths");
  if (!std::all_of(probabilities.begin(), probabilities.end(), [](double p) { return p >= 0 && p <= 1; }))
    found.error(Code::out_of_range, {}, "a probability is outside 0 to 1");
  if (std::none_of(outcomes.begin(), outcomes.end(), [](std::uint8_t one) { return one != 0; }))
    found.error(Code::out_of_range, {}, "nobody has the outcome");
  return std::move(found).take();
}

}  // namespace

Interval95 exact_interval(std::size_t count, std::size_t of) noexcept
{
  if (of == 0) return {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
  auto const k = static_cast<double>(count);
  auto const n = static_cast<double>(of);
  return {count == 0 ? 0 : detail::beta_quantile(k, n - k + 1, 0.025),
          count == of ? 1 : detail::beta_quantile(k + 1, n - k, 0.975)};
}

Share share(std::size_t count, std::size_t of) noexcept
{
  Share result;
  result.count = count;
  result.of = of;
  if (of == 0) {
    result.value = result.low = result.high = std::numeric_limits<double>::quiet_NaN();
    return result;
  }
  auto const n = static_cast<double>(of);
  double const p = static_cast<double>(count) / n;
  double const z = half_width_95;
  double const middle = (p + z * z / (2 * n)) / (1 + z * z / n);
  double const half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  result.value = p;
  result.low = count == 0 ? 0 : std::max(0.0, middle - half);
  result.high = count == of ? 1 : std::min(1.0, middle + half);
  return result;
}

Result<LogisticFit> fit_logistic(std::span<std::span<double const> const> columns,
                                 std::span<std::uint8_t const> outcomes)
{
  auto const people = outcomes.size();
  auto const size = columns.size() + 1;
  for (auto const& column : columns)
    if (column.size() != people)
      return Diagnostic{Code::wrong_type, Severity::error, {}, "the columns have different lengths", {}};
  auto const with =
      static_cast<double>(std::count_if(outcomes.begin(), outcomes.end(), [](std::uint8_t one) { return one != 0; }));
  auto const all = static_cast<double>(people);
  if (with == 0 || with == all)
    return Diagnostic{Code::out_of_range, Severity::error, {}, "everybody has the same outcome", {}};

  LogisticFit fit;
  fit.coefficients.assign(size, 0);
  fit.coefficients[0] = std::log(with / (all - with));
  fit.null_log_likelihood = with * std::log(with / all) + (all - with) * std::log((all - with) / all);
  double last = -std::numeric_limits<double>::infinity();
  for (int step = 0; step < largest_number_of_steps; ++step) {
    std::vector<double> gradient(size, 0);
    std::vector<double> information(size * size, 0);
    std::vector<double> x(size, 1);
    double likelihood = 0;
    for (std::size_t person = 0; person < people; ++person) {
      for (std::size_t k = 0; k < columns.size(); ++k) x[k + 1] = columns[k][person];
      double const z = std::inner_product(x.begin(), x.end(), fit.coefficients.begin(), 0.0);
      double const p = 1 / (1 + std::exp(-z));
      bool const has = outcomes[person] != 0;
      likelihood += has ? -std::log1p(std::exp(-z)) : -std::log1p(std::exp(z));
      double const rest = (has ? 1.0 : 0.0) - p;
      for (std::size_t i = 0; i < size; ++i) {
        gradient[i] += rest * x[i];
        for (std::size_t j = 0; j <= i; ++j) information[i * size + j] += p * (1 - p) * x[i] * x[j];
      }
    }
    for (std::size_t i = 0; i < size; ++i)
      for (std::size_t j = i + 1; j < size; ++j) information[i * size + j] = information[j * size + i];
    if (!std::isfinite(likelihood) || !invert(information, size))
      return Diagnostic{Code::out_of_range,
                        Severity::error,
                        {},
                        "no finite fit exists: columns determine each other, or separate the outcome",
                        {}};
    fit.log_likelihood = likelihood;
    fit.standard_errors.assign(size, 0);
    for (std::size_t i = 0; i < size; ++i) fit.standard_errors[i] = std::sqrt(information[i * size + i]);
    if (std::fabs(likelihood - last) <= 1e-12 * std::fabs(likelihood)) return fit;
    last = likelihood;
    for (std::size_t i = 0; i < size; ++i)
      for (std::size_t j = 0; j < size; ++j) fit.coefficients[i] += information[i * size + j] * gradient[j];
  }
  return Diagnostic{Code::limit_reached, Severity::error, {}, "the fit did not settle within 50 steps", {}};
}

Result<Calibration> calibration(std::span<double const> probabilities, std::span<std::uint8_t const> outcomes)
{
  if (auto found = findings_of_fit(probabilities, outcomes); !found.empty()) return found;
  Calibration result;
  auto const all = static_cast<double>(outcomes.size());
  for (std::size_t k = 0; k < outcomes.size(); ++k) {
    double const happened = outcomes[k] != 0 ? 1 : 0;
    result.brier += (probabilities[k] - happened) * (probabilities[k] - happened);
    result.expected += probabilities[k];
    if (outcomes[k] != 0) ++result.observed;
  }
  auto const observed = static_cast<double>(result.observed);
  result.brier /= all;
  result.reference_brier = observed / all * (1 - observed / all);
  result.scaled_brier = result.reference_brier > 0 ? 1 - result.brier / result.reference_brier : 0;
  result.expected_by_observed = result.expected / observed;
  result.expected_by_observed_interval = {result.expected / detail::gamma_quantile(observed + 1, 0.975),
                                          result.expected / detail::gamma_quantile(observed, 0.025)};
  return result;
}

Result<BrierParts> brier_parts(std::span<double const> probabilities, std::span<std::uint8_t const> outcomes)
{
  auto const fits = calibration(probabilities, outcomes);
  if (!fits) return fits.diagnostics();
  auto const counts = detail::counted(probabilities, outcomes, detail::ranked(probabilities));
  auto const people = static_cast<double>(counts.people());
  double const base = static_cast<double>(counts.all_with) / people;
  bool const single = counts.scores.size() <= most_single_bins;
  auto const fill = single ? std::size_t{1} : (counts.people() + bins_of_many - 1) / bins_of_many;
  BrierParts parts;
  parts.uncertainty = base * (1 - base);
  for (std::size_t k = 0; k < counts.scores.size();) {
    std::size_t size = 0;
    double expected = 0;
    double observed = 0;
    for (; k < counts.scores.size() && size < fill; ++k) {
      size += counts.at(k);
      expected += counts.scores[k] * static_cast<double>(counts.at(k));
      observed += static_cast<double>(counts.with[k]);
    }
    auto const n = static_cast<double>(size);
    ++parts.bins;
    parts.reliability += (expected - observed) * (expected - observed) / n / people;
    parts.resolution += n * (observed / n - base) * (observed / n - base) / people;
  }
  parts.remainder = single ? 0 : fits->brier - (parts.reliability - parts.resolution + parts.uncertainty);
  return parts;
}

Result<CalibrationLine> calibration_line(std::span<double const> probabilities, std::span<std::uint8_t const> outcomes)
{
  if (auto found = findings_of_fit(probabilities, outcomes); !found.empty()) return found;
  auto const counts = detail::with_log_odds(detail::counted(probabilities, outcomes, detail::ranked(probabilities)));
  auto const held = detail::fit_curves(std::span(&counts, 1), 1.0);
  auto const line = detail::fit_curves(std::span(&counts, 1));
  if (!held || !line)
    return Diagnostic{Code::out_of_range, Severity::error, {}, "no finite line fits these probabilities", {}};
  auto const squared = [](double error) { return error * error; };
  return CalibrationLine{detail::estimate(held->intercepts[0], squared(held->intercept_errors[0])),
                         detail::estimate(line->intercepts[0], squared(line->intercept_errors[0])),
                         detail::estimate(line->slope, squared(line->slope_error))};
}

}  // namespace tutela::inline v0
