// SPDX-License-Identifier: Apache-2.0
/// \file
/// Powers, exponentials and logarithms of decimal128 numbers, rounded correctly: the number nearest to the exact one, half
/// to even.
///
/// The decimal library gives powers that are up to eleven units of the last digit away, and its exponential and logarithm go
/// through tables of almost a megabyte. Here a whole power is computed with 256 bits, exactly where they suffice; everything
/// else by exponential and logarithm with 256 bits. Where that does not tell on which side of a half the exact number lies,
/// it is computed again with 640 bits.
#include "base/decimal_power.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#define BOOST_LEXICAL_CAST_ASSUME_C_LOCALE  // else it would write exponents as the locale of the program groups digits
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/multiprecision/cpp_int.hpp>

#include "base/wide_float.hpp"

namespace tutela::detail {
namespace {

namespace mp = boost::multiprecision;

using Wide = mp::number<mp::cpp_int_backend<512, 512, mp::unsigned_magnitude, mp::unchecked, void>>;

constexpr unsigned bits_kept = 256;
constexpr int digits = 34;               // of a coefficient
constexpr int lowest_exponent = -6'176;  // of the last digit

unsigned width(Wide const& number) { return number.is_zero() ? 0 : mp::msb(number) + 1; }

Wide wide(DecimalParts const& parts) { return (Wide(parts.high) << 64U) | Wide(parts.low); }

/// Ten to a power that may be negative.
WideFloat power_of_ten(std::int64_t exponent)
{
  constexpr std::int64_t kept = 80;
  static auto const ten = WideFloat::of(0, 10);
  static std::array<WideFloat, 2 * kept + 1> const table = [] {
    std::array<WideFloat, 2 * kept + 1> made;
    for (std::int64_t each = 1; each <= kept; ++each) {
      auto const power = raised(ten, static_cast<std::uint64_t>(each));
      made[static_cast<std::size_t>(kept - each)] = reciprocal(power);
      made[static_cast<std::size_t>(kept + each)] = power;
    }
    return made;
  }();
  if (exponent >= -kept && exponent <= kept) return table[static_cast<std::size_t>(exponent + kept)];
  auto const power = raised(ten, static_cast<std::uint64_t>(exponent < 0 ? -exponent : exponent));
  return exponent < 0 ? reciprocal(power) : power;
}

Wide const& limit_of_coefficients()
{
  static Wide const limit = mp::pow(Wide(10), digits);
  return limit;
}

DecimalParts parts_of(Wide const& coefficient, std::int64_t exponent)
{
  return {static_cast<std::uint64_t>(coefficient >> 64U), static_cast<std::uint64_t>(coefficient & ~std::uint64_t{0}),
          exponent};
}

/// The nearest decimal of a number whose relative error is below 2^-200. Nothing where it is too near to a half, or near
/// the ends of the range.
std::optional<DecimalParts> rounded(WideFloat const& number)
{
  static auto const limit = static_cast<Word128>(limit_of_coefficients());
  double const magnitude = static_cast<double>(number.exponent + (bits_kept - 1)) * std::log10(2.0);
  if (std::abs(magnitude) > 6'100) return std::nullopt;
  auto exponent = static_cast<std::int64_t>(std::floor(magnitude)) - (digits - 1);
  for (int attempt = 0; attempt < 2; ++attempt, ++exponent) {  // the estimate may be one too low
    auto const scaled = number * power_of_ten(-exponent);
    // 34 digits and one more take at most 117 bits: the point is inside the lower half of the upper 128 bits
    auto const shift = static_cast<unsigned>(-scaled.exponent) - 128U;
    auto const& words = scaled.mantissa;
    auto const upper = Word128{words[3]} << 64U | words[2];
    auto const lower = Word128{words[1]} << 64U | words[0];
    auto whole = upper >> shift;
    if (whole >= limit) continue;
    auto const rest = upper << (128U - shift) | lower >> shift;  // of 2^128
    auto const half = Word128{1} << 127U;
    auto const distance = rest > half ? rest - half : half - rest;
    if (distance >> 48U == 0) return std::nullopt;  // the error is below 2^-200 of 2^113
    if (rest > half) ++whole;
    return DecimalParts{static_cast<std::uint64_t>(whole >> 64U), static_cast<std::uint64_t>(whole), exponent};
  }
  return std::nullopt;
}

/// The exact number coefficient * 10^exponent, rounded.
DecimalParts rounded(Wide const& coefficient, std::int64_t exponent)
{
  std::int64_t excess = std::max<std::int64_t>(lowest_exponent - exponent, 0);
  Wide limit = limit_of_coefficients();
  for (std::int64_t more = 0; coefficient >= limit; ++more) {
    limit *= 10;
    excess = std::max(excess, more + 1);
  }
  if (excess == 0) return parts_of(coefficient, exponent);
  if (excess > 100) return {0, 0, lowest_exponent};  // 256 bits have 78 digits
  Wide const unit = mp::pow(Wide(10), static_cast<unsigned>(excess));
  Wide whole = coefficient / unit;
  Wide const rest = coefficient - whole * unit;
  Wide const half = unit / 2;
  if (rest > half || (rest == half && mp::bit_test(whole, 0))) ++whole;
  return parts_of(whole, exponent + excess);
}

/// Takes out a factor as often as it is there.
unsigned taken_out(Wide& number, unsigned factor)
{
  unsigned times = 0;
  for (Wide quotient = number / factor; quotient * factor == number; quotient = number / factor) {
    number = quotient;
    ++times;
  }
  return times;
}

/// One over a number whose decimal digits end: again coefficient * 10^exponent, with a coefficient that is a power of two
/// or five. Nothing for all other numbers.
struct Inverse {
  unsigned factor = 1;
  std::uint64_t times = 0;  // of the factor
  std::int64_t exponent = 0;
};

std::optional<Inverse> inverse_of(Wide coefficient)
{
  unsigned const twos = mp::lsb(coefficient);
  coefficient >>= twos;
  unsigned const fives = taken_out(coefficient, 5);
  if (coefficient != 1) return std::nullopt;
  bool const more_twos = twos > fives;
  return Inverse{more_twos ? 5U : 2U, more_twos ? twos - fives : fives - twos, -std::int64_t{std::max(twos, fives)}};
}

/// The power of a positive number with a whole exponent that is not too large; nothing where 256 bits are too few.
std::optional<DecimalParts> whole_power(DecimalParts const& base, std::int64_t exponent)
{
  auto const times = static_cast<std::uint64_t>(exponent < 0 ? -exponent : exponent);
  if (exponent > 0 && width(wide(base)) * times <= bits_kept) {
    return rounded(mp::pow(wide(base), static_cast<unsigned>(times)), base.exponent * exponent);
  }
  if (exponent < 0) {
    if (auto const inverse = inverse_of(wide(base)); inverse && inverse->times * times <= 100) {
      auto const count = static_cast<std::int64_t>(times);
      return rounded(mp::pow(Wide(inverse->factor), static_cast<unsigned>(inverse->times * times)),
                     (inverse->exponent - base.exponent) * count);
    }
  }
  // the exact power has more than 35 digits: it is no half
  auto const power = raised(WideFloat::of(base.high, base.low) * power_of_ten(base.exponent), times);
  return rounded(exponent < 0 ? reciprocal(power) : power);
}

/// A number that was computed with some bits, before it is known whether it can be rounded.
struct Approximation {
  bool too_near_to_a_half = false;
  DecimalParts value;
};

template <unsigned bits>
using Binary = mp::number<mp::cpp_bin_float<bits, mp::digit_base_2, void, std::int64_t>, mp::et_off>;

template <class Float>
Float binary(DecimalParts const& number)
{
  return Float(wide(number).str() + "e" + std::to_string(number.exponent));
}

/// The nearest decimal of a positive number. \param certain Digits of it that are certain. \param is_last True when a half
/// in all of them is taken for one.
template <class Float>
Approximation nearest(Float const& number, std::size_t certain, bool is_last)
{
  std::string const text = number.str(static_cast<std::streamsize>(certain), std::ios_base::scientific);
  auto const mark = text.find('e');
  std::int64_t const magnitude = std::stoll(text.substr(mark + 1));
  std::string all = text.substr(0, 1) + text.substr(2, mark - 2);
  std::int64_t const last = std::max<std::int64_t>(magnitude - (digits - 1), lowest_exponent);
  std::int64_t const kept = magnitude - last + 1;  // digits of the coefficient
  if (kept < 0) return {false, {0, 0, lowest_exponent}};
  if (kept == 0) all.insert(0, 1, '0');
  auto const count = static_cast<std::size_t>(std::max<std::int64_t>(kept, 1));
  Wide whole(all.substr(0, count));
  std::string const rest = all.substr(count);
  bool const below = rest[0] == '4' && rest.find_first_not_of('9', 1) == std::string::npos;
  bool const above = rest[0] == '5' && rest.find_first_not_of('0', 1) == std::string::npos;
  bool const half = below || above;
  if (half && !is_last) return {true, {}};
  if (half ? mp::bit_test(whole, 0) : rest[0] >= '5') ++whole;
  return {false, parts_of(whole, last)};
}

/// A coefficient of 35 digits, which rounding up can give, is a power of ten.
DecimalParts within_digits(DecimalParts const& parts)
{
  auto const coefficient = wide(parts);
  return coefficient == limit_of_coefficients() ? parts_of(coefficient / 10, parts.exponent + 1) : parts;
}

/// What `compute` gives for a type of number, rounded correctly: with 256 bits, and where these do not tell, or are known
/// to be too few, with 640. Nothing where it gives nothing.
template <class Compute>
std::optional<DecimalParts> rounded_result(Compute const& compute, bool with_more_bits = false)
{
  if (!with_more_bits) {
    auto const number = compute(Binary<256>());
    if (!number) return std::nullopt;
    if (auto const found = nearest(*number, 56, false); !found.too_near_to_a_half) return within_digits(found.value);
  }
  auto const number = compute(Binary<640>());
  if (!number) return std::nullopt;
  return within_digits(nearest(*number, 150, true).value);
}

/// The constant e to a power; nothing far out of the range of decimals.
template <class Float>
std::optional<Float> exponential(Float const& power)
{
  if (abs(power) > 15'000) return std::nullopt;
  return Float(exp(power));
}

}  // namespace

std::optional<DecimalParts> power_of_parts(DecimalParts const& base, Decimal exponent)
{
  constexpr std::int64_t most = std::int64_t{1} << 30U;  // beyond, errors of the last bit add up to too much
  if (auto const whole = exponent.to_int64(); whole && *whole >= -most && *whole <= most) {
    if (auto const power = whole_power(base, *whole)) return within_digits(*power);
  }
  std::string const text = exponent.to_string();
  return rounded_result(
      [&]<class Float>(Float const&) { return exponential(Float(Float(text) * log(binary<Float>(base)))); });
}

std::optional<DecimalParts> exponential_of_parts(DecimalParts const& power, bool is_negative)
{
  return rounded_result([&]<class Float>(Float const&) {
    auto const number = binary<Float>(power);
    return exponential(is_negative ? Float(-number) : number);
  });
}

DecimalParts logarithm_of_parts(DecimalParts const& number)
{
  // Next to 1 the first digits of the number say nothing about its logarithm.
  auto const distance = abs(binary<Binary<256>>(number) - 1);
  return *rounded_result(
      [&]<class Float>(Float const&) { return std::optional(Float(abs(log(binary<Float>(number))))); },
      distance < 1e-6);
}

}  // namespace tutela::detail
