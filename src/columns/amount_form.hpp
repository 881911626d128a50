// SPDX-License-Identifier: Apache-2.0
/// \file
/// Computed answers as whole counts: numbers in units of one scale, dates in days (internal).
///
/// The scale belongs to the decision and is known before the first row. So the type in which answers are handed out never
/// depends on which rows came first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include <tutela/base/decimal.hpp>
#include <tutela/facts/value.hpp>

namespace tutela::detail {

/// A count of units. Numbers have less than 39 digits, as those of Arrow's widest common decimal.
__extension__ using AmountCount = __int128;

/// Digits that a count has at most, and so the largest scale.
inline constexpr int most_amount_digits = 38;

/// Ten to a power. \param exponent From 0 to `most_amount_digits`.
[[nodiscard]] AmountCount amount_power_of_ten(int exponent);

/// The number of so many units. \param scale Digits after the point that a unit has. Exact as far as a number has digits.
[[nodiscard]] Decimal amount_of_count(AmountCount count, int scale);

/// Digits after the point that a number has; nothing where they are more than `most_amount_digits`.
[[nodiscard]] std::optional<int> digits_after_point(Decimal number);

/// How the answers of a decision are counted.
class AmountForm {
 public:
  /// \param kind Numbers or dates. \param scale Of numbers, from 0 to `most_amount_digits`; of dates 0.
  AmountForm(Kind kind, int scale);

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] int scale() const { return scale_; }

  /// The largest count that Arrow's column holds; minus that is held, too.
  [[nodiscard]] AmountCount most() const;

  /// Bytes of a count in Arrow's layout: of a decimal of 128 bits, or of a day.
  [[nodiscard]] std::size_t width() const;

  /// The count behind a value; nothing for a value of another kind and one that has no such count: a number with more digits
  /// after the point or in all, a day beyond 32 bits.
  [[nodiscard]] std::optional<AmountCount> count(Value const& value) const;

  /// The value of a count.
  [[nodiscard]] Value value(AmountCount count) const;

 private:
  Kind kind_;
  int scale_;
  Decimal units_of_one_;
};

}  // namespace tutela::detail
