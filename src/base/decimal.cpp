// SPDX-License-Identifier: Apache-2.0
#include <tutela/base/decimal.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <functional>
#include <limits>

#include "base/decimal_power.hpp"
#include "base/decimal_scale.hpp"
#include "base/digits.hpp"

// The library is built three ways; these macros name Debian's variant without global state.
#define DECIMAL_CALL_BY_REFERENCE 0
#define DECIMAL_GLOBAL_ROUNDING 0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
extern "C" {
#include <bid_conf.h>
#include <bid_functions.h>
}

namespace tutela::inline v0 {
namespace {

using detail::is_digit;

static_assert(sizeof(Decimal) == sizeof(BID_UINT128));

BID_UINT128 raw(Decimal const& value) noexcept { return std::bit_cast<BID_UINT128>(value); }
Decimal wrap(BID_UINT128 value) noexcept { return std::bit_cast<Decimal>(value); }

constexpr unsigned half_even = BID_ROUNDING_TO_NEAREST;

/// The low 49 bits of the high word of a decimal128 are the upper part of its coefficient, above them is the exponent.
constexpr unsigned exponent_shift = 49;
constexpr std::int64_t exponent_bias = 6'176;

/// A positive finite number taken apart.
detail::DecimalParts parts_of(Decimal number) noexcept
{
  auto const words = std::bit_cast<std::array<std::uint64_t, 2>>(number);
  return {words[1] & ((std::uint64_t{1} << exponent_shift) - 1), words[0],
          static_cast<std::int64_t>(words[1] >> exponent_shift) - exponent_bias};
}

/// The whole number with that coefficient of at most 34 digits.
BID_UINT128 from_coefficient(std::uint64_t high, std::uint64_t low) noexcept
{
  std::array<std::uint64_t, 2> const words{low, high | (std::uint64_t{exponent_bias} << exponent_shift)};
  return std::bit_cast<BID_UINT128>(words);
}

/// A number that may have more than 34 digits before the point, or too many after it.
Decimal from_parts(detail::DecimalParts const& parts) noexcept
{
  unsigned flags = 0;
  return wrap(
      bid128_scalbln(from_coefficient(parts.high, parts.low), static_cast<long>(parts.exponent), half_even, &flags));
}

constexpr double infinity = std::numeric_limits<double>::infinity();

/// What an operation gives whose result is too large, and what one gives that has no result.
Decimal overflow() noexcept { return Decimal(1) / Decimal(0); }
Decimal undefined() noexcept { return Decimal(0) / Decimal(0); }

/// Largest coefficient has 34 digits; a scientific text is sign, 34 digits, `E`, sign and 4 digits.
constexpr std::size_t text_size = 64;

/// The longest text that is read; the longest that is written without exponent has 6,180 characters.
constexpr std::size_t longest_text = 8'192;

/// A well-formed number with no more digits than rounding needs: 35, and another one where something but zeros follows. The
/// decimal library rounds a half up when many zeros follow it.
std::string shortened(std::string_view text)
{
  constexpr std::size_t needed = 35;
  auto const mark = std::min(text.find_first_of("eE"), text.size());
  std::string digits;
  std::int64_t exponent = 0;
  bool rest = false;
  bool fraction = false;
  for (char const character : text.substr(0, mark)) {
    if (character == '.') fraction = true;
    if (!is_digit(character)) continue;
    if (digits.size() == needed) {
      rest = rest || character != '0';
      if (!fraction) ++exponent;
      continue;
    }
    if (character != '0' || !digits.empty()) digits += character;
    if (fraction) --exponent;
  }
  if (digits.size() < needed) return std::string(text);
  if (mark < text.size()) {
    // at most six digits
    auto const written = text.substr(mark + 1);
    auto const from = written.substr(written.front() == '+' || written.front() == '-' ? 1 : 0);
    std::int64_t stated = 0;
    for (char const character : from) stated = stated * 10 + (character - '0');
    exponent += written.front() == '-' ? -stated : stated;
  }
  if (rest) {
    digits += '1';
    --exponent;
  }
  return (text.front() == '-' ? "-" : "") + digits + "E" + std::to_string(exponent);
}

// Most numbers of rules are short: a coefficient of 62 bits, often the same exponent. What is exact on integers is done
// on integers; the result has the sign, coefficient and exponent that the library would give it (IEEE 754-2008, 5.1: of
// the exact results the one with the preferred exponent). Everything else is left to the library.

constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63U;
constexpr std::int64_t highest_exponent = 12287;  // as stored

struct Short {
  std::int64_t number = 0;    // with the sign; zero has none
  std::int64_t exponent = 0;  // as stored
  bool negative = false;
};

// Nothing for numbers with a longer coefficient and for those that are not finite.
std::optional<Short> short_of(BID_UINT128 const& value) noexcept
{
  constexpr std::uint64_t special = std::uint64_t{3} << 61U;
  constexpr std::uint64_t high_digits = (std::uint64_t{1} << exponent_shift) - 1;
  constexpr std::uint64_t limit = std::uint64_t{1} << 62U;
  auto const high = value.w[1];
  if ((high & special) == special || (high & high_digits) != 0 || value.w[0] >= limit) return std::nullopt;
  bool const negative = (high & sign_bit) != 0;
  auto const digits = static_cast<std::int64_t>(value.w[0]);
  return Short{negative ? -digits : digits, static_cast<std::int64_t>((high & ~sign_bit) >> exponent_shift), negative};
}

// Brings both to the smaller exponent; false where that does not fit.
bool align(Short& lhs, Short& rhs) noexcept
{
  if (lhs.exponent == rhs.exponent) return true;
  auto& larger = lhs.exponent > rhs.exponent ? lhs : rhs;
  auto const target = std::min(lhs.exponent, rhs.exponent);
  constexpr std::int64_t limit = std::int64_t{1} << 62U;
  if (larger.exponent - target > 18) return false;
  for (; larger.exponent > target; --larger.exponent)
    if (__builtin_mul_overflow(larger.number, 10, &larger.number) || larger.number >= limit || larger.number <= -limit)
      return false;
  return true;
}

BID_UINT128 whole(bool negative, std::int64_t exponent, std::uint64_t high, std::uint64_t low) noexcept
{
  BID_UINT128 made;
  made.w[0] = low;
  made.w[1] = (negative ? sign_bit : 0) | static_cast<std::uint64_t>(exponent) << exponent_shift | high;
  return made;
}

std::optional<BID_UINT128> short_sum(BID_UINT128 const& lhs, BID_UINT128 const& rhs) noexcept
{
  auto left = short_of(lhs);
  auto right = short_of(rhs);
  if (!left || !right || !align(*left, *right)) return std::nullopt;
  auto const sum = left->number + right->number;
  bool const negative = sum == 0 ? left->negative && right->negative : sum < 0;
  return whole(negative, left->exponent, 0, static_cast<std::uint64_t>(sum < 0 ? -sum : sum));
}

std::optional<BID_UINT128> short_product(BID_UINT128 const& lhs, BID_UINT128 const& rhs) noexcept
{
  auto const left = short_of(lhs);
  auto const right = short_of(rhs);
  constexpr std::int64_t limit = std::int64_t{1} << 56U;  // the product of two such has at most 34 digits
  if (!left || !right || left->number >= limit || left->number <= -limit || right->number >= limit ||
      right->number <= -limit)
    return std::nullopt;
  auto const exponent = left->exponent + right->exponent - exponent_bias;
  if (exponent < 0 || exponent > highest_exponent) return std::nullopt;
  auto const digits = [](Short const& each) {
    return static_cast<std::uint64_t>(each.number < 0 ? -each.number : each.number);
  };
  __extension__ using Wide = unsigned __int128;
  auto const product = static_cast<Wide>(digits(*left)) * digits(*right);
  return whole(left->negative != right->negative, exponent, static_cast<std::uint64_t>(product >> 64U),
               static_cast<std::uint64_t>(product));
}

// Negative, zero or positive; nothing where the library must say.
std::optional<int> short_order(BID_UINT128 const& lhs, BID_UINT128 const& rhs) noexcept
{
  auto left = short_of(lhs);
  auto right = short_of(rhs);
  if (!left || !right || !align(*left, *right)) return std::nullopt;
  return left->number < right->number ? -1 : (right->number < left->number ? 1 : 0);
}

}  // namespace

Decimal::Decimal() noexcept : Decimal(std::int64_t{0}) {}

Decimal::Decimal(std::int64_t value) noexcept
    : words_(std::bit_cast<std::array<std::uint64_t, 2>>(bid128_from_int64(value)))
{
}

std::optional<Decimal> Decimal::parse(std::string_view text) noexcept
{
  // The library reads words such as "nan" and ignores junk, so the grammar is checked here.
  std::size_t i = 0;
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
  std::size_t const start = i;
  while (i < text.size() && is_digit(text[i])) ++i;
  std::size_t digits = i - start;
  if (i < text.size() && text[i] == '.') {
    std::size_t const fraction = ++i;
    while (i < text.size() && is_digit(text[i])) ++i;
    digits += i - fraction;
  }
  if (digits == 0) return std::nullopt;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    std::size_t const exponent = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    if (i == exponent || i - exponent > 6) return std::nullopt;
  }
  if (i != text.size() || text.size() > longest_text) return std::nullopt;
  unsigned flags = 0;
  std::string terminated = shortened(text);
  Decimal const value = wrap(bid128_from_string(terminated.data(), half_even, &flags));
  if (!value.is_finite()) return std::nullopt;
  return value;
}

std::string Decimal::to_string() const
{
  if (!is_finite()) return "not a finite number";
  std::array<char, text_size> buffer{};
  unsigned flags = 0;
  bid128_to_string(buffer.data(), raw(*this), &flags);
  // "+123E-2": sign, coefficient, exponent.
  std::string_view const text(buffer.data());
  auto const mark = text.find('E');
  std::string digits(text.substr(1, mark - 1));
  bool const plus = text[mark + 1] == '+';
  int exponent = 0;
  for (char const character : text.substr(mark + 2)) exponent = exponent * 10 + (character - '0');
  if (!plus) exponent = -exponent;

  while (digits.size() > 1 && exponent < 0 && digits.back() == '0') {
    digits.pop_back();
    ++exponent;
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  if (digits == "0") return "0";
  std::string result = text.front() == '-' ? "-" : "";
  if (exponent >= 0) return result + digits + std::string(static_cast<std::size_t>(exponent), '0');
  auto const places = static_cast<std::size_t>(-exponent);
  if (digits.size() <= places) return result + "0." + std::string(places - digits.size(), '0') + digits;
  return result + digits.substr(0, digits.size() - places) + "." + digits.substr(digits.size() - places);
}

std::optional<std::int64_t> Decimal::to_int64() const noexcept
{
  constexpr std::int64_t most = 18;  // decimals of a coefficient below 2^62
  if (auto const number = short_of(raw(*this)); number && number->exponent <= exponent_bias) {
    auto const decimals = exponent_bias - number->exponent;
    if (decimals == 0) return number->number;
    if (decimals <= most) {
      std::int64_t unit = 1;
      for (std::int64_t i = 0; i < decimals; ++i) unit *= 10;
      if (number->number % unit != 0) return std::nullopt;
      return number->number / unit;
    }
  }
  unsigned flags = 0;
  auto const value = bid128_to_int64_xint(raw(*this), &flags);
  if (flags != 0) return std::nullopt;  // inexact or out of range
  return value;
}

double Decimal::to_double() const noexcept
{
  if (!is_finite()) {
    constexpr std::uint64_t nan = std::uint64_t{0x1F} << 58U;
    if ((words_[1] & nan) == nan) return std::numeric_limits<double>::quiet_NaN();
    return (words_[1] & sign_bit) != 0 ? -infinity : infinity;
  }
  // Two doubles that are exact give the nearest one when they are multiplied or divided.
  constexpr std::int64_t exact = std::int64_t{1} << 53U;
  static constexpr std::array powers{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                     1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  constexpr auto most = static_cast<std::int64_t>(powers.size()) - 1;
  if (auto const number = short_of(raw(*this)); number && number->number < exact && number->number > -exact) {
    auto const places = number->exponent - exponent_bias;
    double const digits = number->negative && number->number == 0 ? -0.0 : static_cast<double>(number->number);
    if (places >= 0 && places <= most) return digits * powers[static_cast<std::size_t>(places)];
    if (places < 0 && places >= -most) return digits / powers[static_cast<std::size_t>(-places)];
  }
  std::array<char, text_size> buffer{};
  unsigned flags = 0;
  bid128_to_string(buffer.data(), raw(*this), &flags);
  char const* const digits = buffer.data() + 1;  // after the sign
  double nearest = 0;
  if (std::from_chars(digits, digits + std::strlen(digits), nearest).ec == std::errc::result_out_of_range)
    nearest = abs() > Decimal(1) ? infinity : 0;
  return buffer[0] == '-' ? -nearest : nearest;
}

bool Decimal::is_finite() const noexcept
{
  constexpr std::uint64_t not_finite = std::uint64_t{0xF} << 59U;
  return (words_[1] & not_finite) != not_finite;
}

bool Decimal::is_integer() const noexcept
{
  if (!is_finite()) return false;
  unsigned flags = 0;
  return *this == wrap(bid128_round_integral_zero(raw(*this), &flags));
}

bool Decimal::is_zero() const noexcept { return bid128_isZero(raw(*this)) != 0; }

bool Decimal::is_negative() const noexcept { return bid128_isSigned(raw(*this)) != 0 && !is_zero(); }

Decimal Decimal::rounded(int places, Rounding rounding) const noexcept
{
  if (!is_finite() || is_zero()) return *this;
  // Beyond the digits of the format nothing changes, or nothing is left.
  if (places > 6'176) return *this;
  int const clamped = std::max(places, -6'145);
  unsigned flags = 0;
  // Move the point, round to an integer, move it back; scaling by a power of ten is exact unless it overflows.
  BID_UINT128 const scaled = bid128_scalbn(raw(*this), clamped, half_even, &flags);
  if ((flags & (BID_OVERFLOW_EXCEPTION)) != 0) return *this;  // no digit there to round away
  BID_UINT128 integral = scaled;
  switch (rounding) {
    case Rounding::half_even: integral = bid128_round_integral_nearest_even(scaled, &flags); break;
    case Rounding::half_up: integral = bid128_round_integral_nearest_away(scaled, &flags); break;
    case Rounding::half_down: {
      // Towards zero when exactly half, otherwise to the nearest.
      BID_UINT128 const truncated = bid128_round_integral_zero(scaled, &flags);
      Decimal const rest = (wrap(scaled) - wrap(truncated)).abs();
      bool const beyond_half = rest > Decimal(1) / Decimal(2);
      integral = beyond_half ? bid128_round_integral_nearest_away(scaled, &flags) : truncated;
      break;
    }
    case Rounding::up: {
      BID_UINT128 const truncated = bid128_round_integral_zero(scaled, &flags);
      if (wrap(truncated) == wrap(scaled)) {
        integral = truncated;
      } else {
        integral = raw(is_negative() ? wrap(truncated) - Decimal(1) : wrap(truncated) + Decimal(1));
      }
      break;
    }
    case Rounding::down: integral = bid128_round_integral_zero(scaled, &flags); break;
    case Rounding::ceiling: integral = bid128_round_integral_positive(scaled, &flags); break;
    case Rounding::floor: integral = bid128_round_integral_negative(scaled, &flags); break;
  }
  BID_UINT128 const result = bid128_scalbn(integral, -clamped, half_even, &flags);
  if (clamped <= 0) return wrap(result);
  // The places asked for belong to the scale of the result, unless that many digits do not fit.
  flags = 0;
  BID_UINT128 const unit = bid128_scalbn(bid128_from_int32(1), -clamped, half_even, &flags);
  BID_UINT128 const scaled_result = bid128_quantize(result, unit, half_even, &flags);
  return wrap(flags == 0 ? scaled_result : result);
}

Decimal Decimal::abs() const noexcept { return wrap(bid128_abs(raw(*this))); }

Decimal Decimal::sqrt() const noexcept
{
  unsigned flags = 0;
  return wrap(bid128_sqrt(raw(*this), half_even, &flags));
}

Decimal Decimal::exp() const noexcept
{
  if (is_zero()) return Decimal(1);
  if (!is_finite()) return *this;
  auto const power = detail::exponential_of_parts(parts_of(abs()), is_negative());
  if (!power) return is_negative() ? Decimal(0) : overflow();
  return from_parts(*power);
}

Decimal Decimal::log() const noexcept
{
  if (!is_finite() || is_zero() || is_negative()) return undefined();
  if (*this == Decimal(1)) return Decimal(0);
  auto const logarithm = from_parts(detail::logarithm_of_parts(parts_of(*this)));
  return *this < Decimal(1) ? -logarithm : logarithm;
}

Decimal Decimal::power(Decimal exponent) const noexcept
{
  if (!is_finite() || !exponent.is_finite()) return undefined();
  if (exponent.is_zero()) return Decimal(1);
  bool const is_inverse = exponent.is_negative();
  if (is_zero()) return is_inverse ? overflow() : Decimal(0);
  bool const is_negative_base = is_negative();
  if (is_negative_base && !exponent.is_integer()) return undefined();
  if (!exponent.to_int64() && exponent + exponent == Decimal(1)) return sqrt();
  auto const power = detail::power_of_parts(parts_of(abs()), exponent);
  bool const grows = (abs() > Decimal(1)) != is_inverse;
  auto const result = power ? from_parts(*power) : (grows ? overflow() : Decimal(0));
  bool const is_odd = is_negative_base && !exponent.modulo(Decimal(2)).is_zero();
  return is_odd ? -result : result;
}

Decimal Decimal::modulo(Decimal divisor) const noexcept
{
  if (divisor.is_zero()) return *this / divisor * Decimal(0);  // not finite
  unsigned flags = 0;
  // The exact remainder has the sign of the dividend; floor division wants the sign of the divisor.
  Decimal const remainder = wrap(bid128_fmod(raw(*this), raw(divisor), &flags));
  if (remainder.is_zero() || remainder.is_negative() == divisor.is_negative()) return remainder;
  return remainder + divisor;
}

std::size_t Decimal::hash() const noexcept
{
  // Equal numbers have equal canonical text; hashing is not on any hot path.
  return std::hash<std::string>{}(to_string());
}

Decimal operator+(Decimal lhs, Decimal rhs) noexcept
{
  if (auto const sum = short_sum(raw(lhs), raw(rhs))) return wrap(*sum);
  unsigned flags = 0;
  return wrap(bid128_add(raw(lhs), raw(rhs), half_even, &flags));
}

Decimal operator-(Decimal lhs, Decimal rhs) noexcept
{
  BID_UINT128 opposite = raw(rhs);
  opposite.w[1] ^= sign_bit;
  if (auto const sum = short_sum(raw(lhs), opposite)) return wrap(*sum);
  unsigned flags = 0;
  return wrap(bid128_sub(raw(lhs), raw(rhs), half_even, &flags));
}

Decimal operator*(Decimal lhs, Decimal rhs) noexcept
{
  if (auto const product = short_product(raw(lhs), raw(rhs))) return wrap(*product);
  unsigned flags = 0;
  return wrap(bid128_mul(raw(lhs), raw(rhs), half_even, &flags));
}

Decimal operator/(Decimal lhs, Decimal rhs) noexcept
{
  unsigned flags = 0;
  return wrap(bid128_div(raw(lhs), raw(rhs), half_even, &flags));
}

Decimal operator-(Decimal value) noexcept { return wrap(bid128_negate(raw(value))); }

bool operator==(Decimal lhs, Decimal rhs) noexcept
{
  if (auto const order = short_order(raw(lhs), raw(rhs))) return *order == 0;
  unsigned flags = 0;
  return bid128_quiet_equal(raw(lhs), raw(rhs), &flags) != 0;
}

std::partial_ordering operator<=>(Decimal lhs, Decimal rhs) noexcept
{
  if (auto const order = short_order(raw(lhs), raw(rhs))) return *order <=> 0;
  unsigned flags = 0;
  if (bid128_quiet_less(raw(lhs), raw(rhs), &flags) != 0) return std::partial_ordering::less;
  if (bid128_quiet_greater(raw(lhs), raw(rhs), &flags) != 0) return std::partial_ordering::greater;
  if (bid128_quiet_equal(raw(lhs), raw(rhs), &flags) != 0) return std::partial_ordering::equivalent;
  return std::partial_ordering::unordered;
}

}  // namespace tutela::inline v0

namespace tutela::detail {

int scale_of(Decimal number) noexcept
{
  unsigned flags = 0;
  return number.is_finite() ? -bid128_quantexp(raw(number), &flags) : 0;
}

}  // namespace tutela::detail
