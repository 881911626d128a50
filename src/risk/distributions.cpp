// SPDX-License-Identifier: Apache-2.0
#include "risk/distributions.hpp"

#include <cmath>
#include <limits>

namespace tutela::detail {

namespace {

constexpr double tiny = 1e-300;
constexpr double precision = 1e-16;
constexpr int most_terms = 20'000;

double away_from_zero(double x) { return std::fabs(x) < tiny ? tiny : x; }

/// Continued fraction of the incomplete beta function, by Lentz's method.
double beta_fraction(double a, double b, double x)
{
  double c = 1;
  double d = 1 / away_from_zero(1 - (a + b) * x / (a + 1));
  double h = d;
  for (int m = 1; m < most_terms; ++m) {
    double const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away_from_zero(1 + even * d);
    c = away_from_zero(1 + even / c);
    h *= d * c;
    double const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away_from_zero(1 + odd * d);
    c = away_from_zero(1 + odd / c);
    h *= d * c;
    if (std::fabs(d * c - 1) < precision) break;
  }
  return h;
}

/// Lower regularized incomplete gamma function.
double incomplete_gamma(double shape, double x)
{
  if (x <= 0) return 0;
  double const front = std::exp(shape * std::log(x) - x - std::lgamma(shape));
  if (x < shape + 1) {
    double term = 1 / shape;
    double sum = term;
    for (int k = 1; k < most_terms && term > sum * precision; ++k) {
      term *= x / (shape + k);
      sum += term;
    }
    return sum * front;
  }
  double b = x + 1 - shape;
  double c = 1 / tiny;
  double d = 1 / b;
  double h = d;
  for (int k = 1; k < most_terms; ++k) {
    double const a = -k * (k - shape);
    b += 2;
    d = 1 / away_from_zero(a * d + b);
    c = away_from_zero(b + a / c);
    h *= d * c;
    if (std::fabs(d * c - 1) < precision) break;
  }
  return 1 - front * h;
}

/// The point of a rising function on [low, high], by halving until no double lies between.
template <class Function>
double solve(Function const& function, double goal, double low, double high)
{
  for (;;) {
    double const middle = low + (high - low) / 2;
    if (!(low < middle && middle < high)) return middle;
    (function(middle) < goal ? low : high) = middle;
  }
}

}  // namespace

double normal_two_sided(double z) { return std::erfc(std::fabs(z) / std::sqrt(2.0)); }

double chi_square_tail(double value, double degrees)
{
  return value <= 0 ? 1 : 1 - incomplete_gamma(degrees / 2, value / 2);
}

double incomplete_beta(double a, double b, double x)
{
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  double const front =
      std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(a, b, x) / a;
  return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

double beta_quantile(double a, double b, double p)
{
  return solve([&](double x) { return incomplete_beta(a, b, x); }, p, 0, 1);
}

double gamma_quantile(double shape, double p)
{
  double high = shape + 1;
  while (incomplete_gamma(shape, high) < p) high *= 2;
  return solve([&](double x) { return incomplete_gamma(shape, x); }, p, 0, high);
}

}  // namespace tutela::detail
