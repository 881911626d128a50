// SPDX-License-Identifier: Apache-2.0
/// \file
/// Exponential and logarithm of our own (internal): straight arithmetic without a branch, so that a compiler can do many
/// at once, and the same bits for one person and for a column, on every machine and with every C library.
#pragma once

#include <bit>
#include <cstdint>

namespace tutela::detail {

/// e to the power of x, within 1.5 units in the last place. Below -708 it stays at e^-708, above 709 at e^709; not a
/// number stays that.
inline double exponential(double x)
{
  constexpr double log2_of_e = 1.4426950408889634;
  constexpr double ln2_high = 6.93147180369123816490e-01;  // fdlibm: ln 2 in two parts, the first with 33 bits
  constexpr double ln2_low = 1.90821492927058770002e-10;
  constexpr double shifter = 6755399441055744.0;  // 1.5 * 2^52: adding it rounds to a whole number
  double const clamped = x < -708 ? -708 : x > 709 ? 709 : x;
  double const shifted = clamped * log2_of_e + shifter;
  double const k = shifted - shifter;
  double const r = (clamped - k * ln2_high) - k * ln2_low;
  // Taylor's series to the 13th power: |r| is at most ln(2) / 2, so what is left out is below 1e-17.
  double p = 1.0 / 6227020800.0;
  p = p * r + 1.0 / 479001600.0;
  p = p * r + 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 0.5;
  p = 1.0 + (r + r * r * p);
  // Times 2^k: the lowest bits of the shifted number are k.
  auto const bits = std::bit_cast<std::uint64_t>(shifted) << 52U;
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(p) + bits);
}

/// Natural logarithm within 1.5 units in the last place, of a finite number above zero.
inline double logarithm(double x)
{
  constexpr double ln2_high = 6.93147180369123816490e-01;
  constexpr double ln2_low = 1.90821492927058770002e-10;
  constexpr std::uint64_t root_half = 0x3FE6A09E667F3BCDU;  // the bits of sqrt(1/2)
  constexpr std::uint64_t one = 0x3FF0000000000000U;
  bool const small = x < 2.2250738585072014e-308;
  double const scaled = small ? x * 18014398509481984.0 : x;  // 2^54
  // x = m * 2^k with m between sqrt(1/2) and sqrt(2).
  auto const bits = std::bit_cast<std::uint64_t>(scaled) + (one - root_half);
  double const k =
      std::bit_cast<double>((bits >> 52U) | 0x4330000000000000U) - (4503599627370496.0 + 1023.0) - (small ? 54.0 : 0.0);
  auto const m = std::bit_cast<double>((bits & 0x000FFFFFFFFFFFFFU) + root_half);
  double const f = m - 1.0;
  double const s = f / (2.0 + f);
  double const z = s * s;
  // Coefficients of fdlibm's log.
  double r = 1.479819860511658591e-01;
  r = r * z + 1.531383769920937332e-01;
  r = r * z + 1.818357216161805012e-01;
  r = r * z + 2.222219843214978396e-01;
  r = r * z + 2.857142874366239149e-01;
  r = r * z + 3.999999999940941908e-01;
  r = r * z + 6.666666666666735130e-01;
  r = r * z;
  double const half_square = 0.5 * f * f;
  return k * ln2_high - ((half_square - (s * (half_square + r) + k * ln2_low)) - f);
}

/// 1 / (1 + e^-x). Each step rises with the one before it, so the whole never falls where x rises, which bounds rely on.
inline double logistic(double x) { return 1.0 / (1.0 + exponential(-x)); }

}  // namespace tutela::detail
