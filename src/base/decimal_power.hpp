// SPDX-License-Identifier: Apache-2.0
/// \file
/// Powers of decimal128 numbers, rounded correctly.
#pragma once

#include <cstdint>
#include <optional>

#include <tutela/base/decimal.hpp>

namespace tutela::detail {

/// A number without sign: a coefficient of at most 34 digits, in two words, times a power of ten.
struct DecimalParts {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  std::int64_t exponent = 0;
};

/// The power of a positive number, rounded to 34 digits or the fewer that the smallest exponent leaves, half to even.
///
/// \param exponent Finite and not zero.
/// \return The power; its exponent may be larger than a decimal has. Nothing where the power is far out of range.
/// Whole exponents: logarithmic in the exponent, below two microseconds for some hundreds. Others: some tens of
/// microseconds, some hundred where the power lies next to a half.
[[nodiscard]] std::optional<DecimalParts> power_of_parts(DecimalParts const& base, Decimal exponent);

}  // namespace tutela::detail
