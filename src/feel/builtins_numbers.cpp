// SPDX-License-Identifier: Apache-2.0
/// \file
/// Built-in functions on numbers.
#include <array>

#include "feel/builtins.hpp"
#include "feel/operations.hpp"

namespace tutela::detail {

namespace {

constexpr std::int64_t smallest_scale = -6'111;
constexpr std::int64_t largest_scale = 6'176;

template <Rounding rounding>
Value round(Site const& site, std::span<Value const> arguments)
{
  std::int64_t scale = 0;
  if (arguments.size() > 1) {
    auto const given = number_in(arguments[1]).rounded(0, Rounding::down).to_int64();
    if (!given || *given < smallest_scale || *given > largest_scale) return site.fail("the scale is out of range");
    scale = *given;
  }
  return finite(site, number_in(arguments[0]).rounded(static_cast<int>(scale), rounding));
}

Value absolute(Site const& site, std::span<Value const> arguments)
{
  Value const& value = arguments[0];
  if (auto const* number = value.as_number()) return Value(number->abs());
  if (auto const* days = value.as_days_duration()) {
    return days->seconds < 0 || days->nanoseconds < 0 ? negation(site, value) : value;
  }
  return value.as_months_duration()->months < 0 ? negation(site, value) : value;
}

Value modulo(Site const& site, std::span<Value const> arguments)
{
  if (number_in(arguments[1]).is_zero()) return site.fail("division by zero");
  return finite(site, number_in(arguments[0]).modulo(number_in(arguments[1])));
}

Value square_root(Site const& site, std::span<Value const> arguments)
{
  return finite(site, number_in(arguments[0]).sqrt());
}

Value logarithm(Site const& site, std::span<Value const> arguments)
{
  return finite(site, number_in(arguments[0]).log());
}

Value exponential(Site const& site, std::span<Value const> arguments)
{
  return finite(site, number_in(arguments[0]).exp());
}

bool is_multiple_of_two(Decimal number) { return number.modulo(Decimal(2)).is_zero(); }

template <bool even>
Value parity(Site const& site, std::span<Value const> arguments)
{
  Decimal const number = number_in(arguments[0]);
  if (!number.is_integer()) return site.fail("a number with a fraction is neither odd nor even");
  return Value(is_multiple_of_two(number) == even);
}

constexpr std::array signatures{
    Signature{"decimal", "n: number, scale: number", round<Rounding::half_even>},
    Signature{"floor", "n: number", round<Rounding::floor>, Strictness::total},
    Signature{"floor", "n: number, scale: number", round<Rounding::floor>},
    Signature{"ceiling", "n: number", round<Rounding::ceiling>, Strictness::total},
    Signature{"ceiling", "n: number, scale: number", round<Rounding::ceiling>},
    Signature{"round up", "n: number, scale: number", round<Rounding::up>},
    Signature{"round down", "n: number, scale: number", round<Rounding::down>},
    Signature{"round half up", "n: number, scale: number", round<Rounding::half_up>},
    Signature{"round half down", "n: number, scale: number", round<Rounding::half_down>},
    Signature{"abs", "n: number", absolute, Strictness::total},
    Signature{"abs", "n: duration", absolute, Strictness::total},
    Signature{"modulo", "dividend: number, divisor: number", modulo},
    Signature{"sqrt", "number: number", square_root},
    Signature{"log", "number: number", logarithm},
    Signature{"exp", "number: number", exponential},
    Signature{"odd", "number: number", parity<false>},
    Signature{"even", "number: number", parity<true>},
};

}  // namespace

std::span<Signature const> number_signatures() { return signatures; }

}  // namespace tutela::detail
