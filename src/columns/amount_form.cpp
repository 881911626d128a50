// SPDX-License-Identifier: Apache-2.0
/// \file
/// Computed answers as whole counts.
#include "columns/amount_form.hpp"

#include <limits>

#include <tutela/base/date.hpp>
#include <tutela/base/result.hpp>

namespace tutela::detail {
namespace {

/// Of this a number of 64 bits has several, and a count three.
constexpr std::int64_t digits_at_once = 1'000'000'000'000'000;

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();

Decimal number_of_count(AmountCount count)
{
  if (count >= lowest && count <= highest) return Decimal(static_cast<std::int64_t>(count));
  auto const last = static_cast<std::int64_t>(count % digits_at_once);
  return number_of_count(count / digits_at_once) * Decimal(digits_at_once) + Decimal(last);
}

/// \param number With at most `most_amount_digits` digits before the point.
std::optional<AmountCount> count_of_number(Decimal number)
{
  if (auto const small = number.to_int64()) return *small;
  if (!number.is_integer()) return std::nullopt;
  // Shifting the point loses no digit, and a number of so many has no more than three such parts.
  auto const first = (number / Decimal(digits_at_once)).rounded(0, Rounding::down);
  auto const last = (number - first * Decimal(digits_at_once)).to_int64();
  auto const before = count_of_number(first);
  if (!before || !last) return std::nullopt;
  return *before * digits_at_once + *last;
}

}  // namespace

AmountCount amount_power_of_ten(int exponent)
{
  AmountCount power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

Decimal amount_of_count(AmountCount count, int scale)
{
  auto const number = number_of_count(count);
  return scale == 0 ? number : number / number_of_count(amount_power_of_ten(scale));
}

std::optional<int> digits_after_point(Decimal number)
{
  for (int digits = 0; digits <= most_amount_digits; ++digits)
    if (number.rounded(digits, Rounding::down) == number) return digits;
  return std::nullopt;
}

AmountForm::AmountForm(Kind kind, int scale)
    : kind_(kind), scale_(scale), units_of_one_(number_of_count(amount_power_of_ten(scale)))
{
  if (scale < 0 || scale > most_amount_digits || (kind != Kind::number && (kind != Kind::date || scale != 0)))
    throw ContractViolation("answers are counted as numbers of a scale, or as days");
}

AmountCount AmountForm::most() const
{
  return kind_ == Kind::date ? std::numeric_limits<std::int32_t>::max() : amount_power_of_ten(most_amount_digits) - 1;
}

std::size_t AmountForm::width() const { return kind_ == Kind::date ? sizeof(std::int32_t) : sizeof(AmountCount); }

std::optional<AmountCount> AmountForm::count(Value const& value) const
{
  if (auto const* date = value.as_date(); date != nullptr && kind_ == Kind::date) {
    auto const days = to_days(*date);
    bool const fits =
        days >= std::numeric_limits<std::int32_t>::min() && days <= std::numeric_limits<std::int32_t>::max();
    return fits ? std::optional<AmountCount>(days) : std::nullopt;
  }
  auto const* number = value.as_number();
  if (number == nullptr || kind_ != Kind::number) return std::nullopt;
  auto const units = *number * units_of_one_;
  if (auto const small = units.to_int64()) return *small;
  if (!(units.abs() < number_of_count(amount_power_of_ten(most_amount_digits)))) return std::nullopt;
  return count_of_number(units);
}

Value AmountForm::value(AmountCount count) const
{
  if (kind_ == Kind::date) return Value(from_days(static_cast<std::int64_t>(count)).value());
  return Value(amount_of_count(count, scale_));
}

}  // namespace tutela::detail
