// SPDX-License-Identifier: Apache-2.0
/// \file
/// Positive numbers with 256 bits, as few operations as powers of decimals need.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace tutela::detail {

__extension__ using Word128 = unsigned __int128;

/// A 256-bit integer, the lowest word first.
using Words256 = std::array<std::uint64_t, 4>;

/// The product of two 256-bit integers, the lowest word first.
[[nodiscard]] inline std::array<std::uint64_t, 8> full_product(Words256 const& lhs, Words256 const& rhs) noexcept
{
  std::array<std::uint64_t, 8> result{};
  for (std::size_t i = 0; i < 4; ++i) {
    std::uint64_t carry = 0;
    for (std::size_t j = 0; j < 4; ++j) {
      auto const sum = Word128{lhs[i]} * rhs[j] + result[i + j] + carry;
      result[i + j] = static_cast<std::uint64_t>(sum);
      carry = static_cast<std::uint64_t>(sum >> 64U);
    }
    result[i + 4] = carry;
  }
  return result;
}

/// mantissa * 2^exponent. The highest bit of the mantissa is set; what is beyond its 256 bits is cut off, so that each
/// operation returns a number that is at most 2^-244 of itself too low.
struct WideFloat {
  Words256 mantissa{0, 0, 0, std::uint64_t{1} << 63U};
  std::int64_t exponent = -255;

  /// \param high,low The words of a whole number that is not zero.
  [[nodiscard]] static WideFloat of(std::uint64_t high, std::uint64_t low) noexcept
  {
    auto const leading = high != 0 ? std::countl_zero(high) : 64 + std::countl_zero(low);
    auto const number = (Word128{high} << 64U | low) << static_cast<unsigned>(leading);
    return {{0, 0, static_cast<std::uint64_t>(number), static_cast<std::uint64_t>(number >> 64U)}, -128 - leading};
  }

  friend WideFloat operator*(WideFloat const& lhs, WideFloat const& rhs) noexcept
  {
    auto const product = full_product(lhs.mantissa, rhs.mantissa);
    WideFloat result{{product[4], product[5], product[6], product[7]}, lhs.exponent + rhs.exponent + 256};
    if (product[7] >> 63U == 0) {
      for (std::size_t i = 4; i-- > 0;) result.mantissa[i] = product[i + 4] << 1U | product[i + 3] >> 63U;
      --result.exponent;
    }
    return result;
  }
};

/// Newton's iteration: each step doubles the bits that are right, from the 62 of one division of words.
[[nodiscard]] inline WideFloat reciprocal(WideFloat const& number) noexcept
{
  // With the mantissa as m in [1/2, 1) this is 1/m in (1, 2], as a fraction of 2^255; never more than it is.
  auto const first = (Word128{1} << 127U) / (Word128{number.mantissa[3]} + 1);
  Words256 inverse{0, 0, 0, static_cast<std::uint64_t>(first)};
  for (int step = 0; step < 2; ++step) {
    auto missing = full_product(number.mantissa, inverse);  // 1 - m * inverse, of 2^511
    for (auto& word : missing) word = ~word;                // one unit of 2^-511 too low
    Words256 factor;
    for (std::size_t i = 0; i < 4; ++i) factor[i] = missing[i + 4] << 1U | missing[i + 3] >> 63U;
    auto const more = full_product(inverse, factor);
    unsigned carry = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      auto const sum = Word128{inverse[i]} + more[i + 4] + carry;
      inverse[i] = static_cast<std::uint64_t>(sum);
      carry = static_cast<unsigned>(sum >> 64U);
    }
  }
  return {inverse, -511 - number.exponent};
}

/// number^exponent. Each step doubles the error: below 2^30 it stays below 2^-213 of the power.
[[nodiscard]] inline WideFloat raised(WideFloat number, std::uint64_t exponent) noexcept
{
  WideFloat result;
  while (true) {
    if ((exponent & 1U) != 0) result = result * number;
    exponent >>= 1U;
    if (exponent == 0) return result;
    number = number * number;
  }
}

}  // namespace tutela::detail
