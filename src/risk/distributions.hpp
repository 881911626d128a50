// SPDX-License-Identifier: Apache-2.0
/// \file
/// The few distributions that intervals and tests need (internal).
#pragma once

namespace tutela::detail {

/// Quantile 0.975 of the standard normal distribution: half the width of a 95 % interval in standard errors.
inline constexpr double half_width_95 = 1.959963984540054;

/// Two-sided tail of the standard normal distribution beyond `z`.
double normal_two_sided(double z);

/// Upper tail of the chi-square distribution. \param degrees Above zero.
double chi_square_tail(double value, double degrees);

/// The regularized incomplete beta function at `x`, with `a` and `b` above zero.
double incomplete_beta(double a, double b, double x);

/// The x at which the regularized incomplete beta function is `p`.
double beta_quantile(double a, double b, double p);

/// Quantile of the Gamma distribution with scale 1. \param shape Above zero.
double gamma_quantile(double shape, double p);

}  // namespace tutela::detail
