// SPDX-License-Identifier: Apache-2.0
/// \file
/// Decimal numbers of 34 digits: the numbers that law is written in.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tutela/base/config.hpp>

namespace tutela::inline v0 {

/// How a digit that does not fit is rounded.
enum class Rounding : std::uint8_t {
  half_even,  ///< To the nearest; a tie to the even digit.
  half_up,    ///< To the nearest; a tie away from zero.
  half_down,  ///< To the nearest; a tie towards zero.
  up,         ///< Away from zero.
  down,       ///< Towards zero.
  ceiling,    ///< Towards plus infinity.
  floor       ///< Towards minus infinity.
};

/// A number of IEEE 754-2008 decimal128: 34 decimal digits, exponent up to 6144, rounded half-even.
///
/// Amounts of money and legal thresholds are decimal: `0.3 * income` is exact here and wrong in binary. Sixteen
/// bytes, no allocation. An operation without a finite result (division by zero, overflow, a root of a negative
/// number) gives a value for which `is_finite()` is false; it is never printed as a number and never compares
/// equal to one.
/// \source{IEEE 754-2008, clause 3.5; the arithmetic is Intel's decimal floating-point library}
class Decimal {
 public:
  /// Zero.
  TUTELA_API Decimal() noexcept;

  /// The integer, exactly.
  TUTELA_API explicit Decimal(std::int64_t value) noexcept;

  /// The number that `text` writes: digits, an optional sign, point and exponent; nothing else around it.
  /// \return Nothing when the text is no number or more than 34 significant digits would be lost to overflow.
  [[nodiscard]] TUTELA_API static std::optional<Decimal> parse(std::string_view text) noexcept;

  /// The number in plain notation without an exponent, without trailing zeros after the point: `12.5`, `-3`, `0`.
  [[nodiscard]] TUTELA_API std::string to_string() const;

  /// The integer, when the number is one and fits.
  [[nodiscard]] TUTELA_API std::optional<std::int64_t> to_int64() const noexcept;

  /// The nearest double; for plots and statistics only, never for a rule.
  [[nodiscard]] TUTELA_API double to_double() const noexcept;

  /// False for the result of an operation that has no finite result.
  [[nodiscard]] TUTELA_API bool is_finite() const noexcept;

  /// True when there is nothing after the decimal point.
  [[nodiscard]] TUTELA_API bool is_integer() const noexcept;

  /// True for zero of either sign.
  [[nodiscard]] TUTELA_API bool is_zero() const noexcept;

  /// True below zero.
  [[nodiscard]] TUTELA_API bool is_negative() const noexcept;

  /// The number rounded to `places` digits after the point (before it when negative).
  [[nodiscard]] TUTELA_API Decimal rounded(int places, Rounding rounding) const noexcept;

  /// Distance from zero.
  [[nodiscard]] TUTELA_API Decimal abs() const noexcept;

  /// Square root, half-even; not finite for a negative number.
  [[nodiscard]] TUTELA_API Decimal sqrt() const noexcept;

  /// The constant e to this power.
  [[nodiscard]] TUTELA_API Decimal exp() const noexcept;

  /// Natural logarithm; not finite for zero and below.
  [[nodiscard]] TUTELA_API Decimal log() const noexcept;

  /// This number to the power of `exponent`.
  [[nodiscard]] TUTELA_API Decimal power(Decimal exponent) const noexcept;

  /// Remainder with the sign of the divisor, as FEEL's `modulo`: `this - divisor * floor(this / divisor)`.
  [[nodiscard]] TUTELA_API Decimal modulo(Decimal divisor) const noexcept;

  /// Hash that is equal for equal numbers (1, 1.0 and 1.00 are equal).
  [[nodiscard]] TUTELA_API std::size_t hash() const noexcept;

  friend TUTELA_API Decimal operator+(Decimal lhs, Decimal rhs) noexcept;
  friend TUTELA_API Decimal operator-(Decimal lhs, Decimal rhs) noexcept;
  friend TUTELA_API Decimal operator*(Decimal lhs, Decimal rhs) noexcept;
  friend TUTELA_API Decimal operator/(Decimal lhs, Decimal rhs) noexcept;
  friend TUTELA_API Decimal operator-(Decimal value) noexcept;

  /// Numeric equality; false when either is not finite.
  friend TUTELA_API bool operator==(Decimal lhs, Decimal rhs) noexcept;

  /// Numeric order; unordered when either is not finite.
  friend TUTELA_API std::partial_ordering operator<=>(Decimal lhs, Decimal rhs) noexcept;

 private:
  std::array<std::uint64_t, 2> words_;
};

}  // namespace tutela::inline v0
