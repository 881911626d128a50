// SPDX-License-Identifier: Apache-2.0
/// \file
/// Powers, exponentials and logarithms of decimal128 numbers, rounded correctly.
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

/// The constant e to a power that is not zero, rounded likewise; nothing far out of range. Some tens of microseconds.
[[nodiscard]] std::optional<DecimalParts> exponential_of_parts(DecimalParts const& power, bool is_negative);

/// The natural logarithm of a positive number other than 1, rounded likewise, without its sign. Some tens of microseconds,
/// some hundred next to 1.
[[nodiscard]] DecimalParts logarithm_of_parts(DecimalParts const& number);

}  // namespace tutela::detail
