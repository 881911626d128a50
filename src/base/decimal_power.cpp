// SPDX-License-Identifier: Apache-2.0
/// \file
/// Powers of decimal128 numbers, rounded correctly: the number nearest to the exact power, half to even.
///
/// The decimal library gives powers that are up to eleven units of the last digit away. Here a whole power is computed with
/// 256 bits, exactly where they suffice; any other power by exponential and logarithm with 256 bits. Where that does not
/// tell on which side of a half the exact power lies, it is computed again with 640 bits.
#include "base/decimal_power.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <string>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/multiprecision/cpp_int.hpp>

namespace tutela::detail {
namespace {

namespace mp = boost::multiprecision;

using Wide = mp::number<mp::cpp_int_backend<512, 512, mp::unsigned_magnitude, mp::unchecked, void>>;

constexpr unsigned bits_kept = 256;
constexpr int digits = 34;               // of a coefficient
constexpr int lowest_exponent = -6'176;  // of the last digit

unsigned width(Wide const& number) { return number.is_zero() ? 0 : mp::msb(number) + 1; }

/// mantissa * 2^exponent, of a positive number. The mantissa has at most 256 bits; what is beyond them is cut off.
struct Binary {
  Wide mantissa;
  std::int64_t exponent = 0;
  bool exact = true;
};

Binary trimmed(Wide mantissa, std::int64_t exponent, bool exact)
{
  if (unsigned const bits = width(mantissa); bits > bits_kept) {
    unsigned const excess = bits - bits_kept;
    exact = exact && mp::lsb(mantissa) >= excess;
    mantissa >>= excess;
    exponent += excess;
  }
  return {std::move(mantissa), exponent, exact};
}

Binary product(Binary const& lhs, Binary const& rhs)
{
  return trimmed(lhs.mantissa * rhs.mantissa, lhs.exponent + rhs.exponent, lhs.exact && rhs.exact);
}

/// With full 256 bits, so that a product of such numbers loses nothing but its last bit.
Binary widened(Binary number)
{
  if (unsigned const bits = width(number.mantissa); bits < bits_kept) {
    number.mantissa <<= bits_kept - bits;
    number.exponent -= bits_kept - bits;
  }
  return number;
}

Binary reciprocal(Binary const& number)
{
  Binary const full = widened(number);
  return trimmed((Wide(1) << (2 * bits_kept - 1)) / full.mantissa, -full.exponent - (2 * bits_kept - 1), false);
}

Binary raised(Binary base, std::uint64_t exponent)
{
  Binary result{1, 0, true};
  while (true) {
    if ((exponent & 1U) != 0) result = product(result, base);
    exponent >>= 1U;
    if (exponent == 0) return result;
    base = product(base, base);
  }
}

/// Ten to a power that may be negative.
Binary power_of_ten(std::int64_t exponent)
{
  constexpr std::int64_t kept = 80;
  static std::array<Binary, 2 * kept + 1> const table = [] {
    std::array<Binary, 2 * kept + 1> made;
    for (std::int64_t each = 0; each <= kept; ++each) {
      Binary ten = raised({5, 0, true}, static_cast<std::uint64_t>(each));
      ten.exponent += each;
      made[static_cast<std::size_t>(kept - each)] = each == 0 ? widened(ten) : reciprocal(ten);
      made[static_cast<std::size_t>(kept + each)] = widened(std::move(ten));
    }
    return made;
  }();
  if (exponent >= -kept && exponent <= kept) return table[static_cast<std::size_t>(exponent + kept)];
  auto const distance = static_cast<std::uint64_t>(exponent < 0 ? -exponent : exponent);
  Binary ten = raised({5, 0, true}, distance);
  ten.exponent += static_cast<std::int64_t>(distance);
  return exponent < 0 ? reciprocal(ten) : widened(std::move(ten));
}

Wide const& limit_of_coefficients()
{
  static Wide const limit = mp::pow(Wide(10), digits);
  return limit;
}

/// A coefficient and the power of ten of its last digit.
struct Rounded {
  Wide coefficient;
  std::int64_t exponent = 0;
};

/// Nearest coefficient of a number whose relative error is below 2^-200. Nothing where it is too near to a half, or out of
/// the range of exponents.
std::optional<Rounded> rounded(Binary const& number)
{
  double const magnitude = static_cast<double>(number.exponent + width(number.mantissa) - 1) * std::log10(2.0);
  if (std::abs(magnitude) > 7'000) return std::nullopt;
  auto exponent =
      std::max<std::int64_t>(static_cast<std::int64_t>(std::floor(magnitude)) - (digits - 1), lowest_exponent);
  for (int attempt = 0; attempt < 2; ++attempt) {
    Binary const scaled = widened(product(number, power_of_ten(-exponent)));
    // 34 digits take 113 bits; a number that has none of them is far below the smallest decimal
    if (scaled.exponent >= 0 || scaled.exponent < -std::int64_t{2 * bits_kept - 1}) return std::nullopt;
    auto const shift = static_cast<unsigned>(-scaled.exponent);
    Wide whole = scaled.mantissa >> shift;
    if (whole >= limit_of_coefficients()) {
      ++exponent;  // the estimate was one too low
      continue;
    }
    Wide const rest = scaled.mantissa - (whole << shift);
    Wide const half = Wide(1) << (shift - 1);
    bool const above = rest > half;
    Wide const distance = above ? Wide(rest - half) : Wide(half - rest);
    constexpr unsigned doubtful = 80;  // the error is below 2^-200 of 2^113
    if (shift <= doubtful || distance < (Wide(1) << (shift - doubtful))) return std::nullopt;
    if (above) ++whole;
    return Rounded{std::move(whole), exponent};
  }
  return std::nullopt;
}

/// The exact number coefficient * 10^exponent, rounded.
Rounded rounded(Wide coefficient, std::int64_t exponent)
{
  std::int64_t excess = std::max<std::int64_t>(lowest_exponent - exponent, 0);
  Wide limit = limit_of_coefficients();
  for (std::int64_t more = 0; coefficient >= limit; ++more) {
    limit *= 10;
    excess = std::max(excess, more + 1);
  }
  if (excess == 0) return {std::move(coefficient), exponent};
  if (excess > 100) return {Wide(0), lowest_exponent};  // 256 bits have 78 digits
  Wide const unit = mp::pow(Wide(10), static_cast<unsigned>(excess));
  Wide whole = coefficient / unit;
  Wide const rest = coefficient - whole * unit;
  Wide const half = unit / 2;
  if (rest > half || (rest == half && mp::bit_test(whole, 0))) ++whole;
  return {std::move(whole), exponent + excess};
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
std::optional<Rounded> whole_power(Wide const& coefficient, std::int64_t scale, std::int64_t exponent)
{
  auto const times = static_cast<std::uint64_t>(exponent < 0 ? -exponent : exponent);
  if (exponent > 0 && width(coefficient) * times <= bits_kept) {
    return rounded(raised({coefficient, 0, true}, times).mantissa, scale * exponent);
  }
  if (exponent < 0) {
    if (auto const inverse = inverse_of(coefficient); inverse && inverse->times * times <= 100) {
      auto const count = static_cast<std::int64_t>(times);
      return rounded(mp::pow(Wide(inverse->factor), static_cast<unsigned>(inverse->times * times)),
                     (inverse->exponent - scale) * count);
    }
  }
  // the exact power has more than 35 digits: it is no half
  Binary base = product(widened({coefficient, 0, true}), power_of_ten(scale));
  Binary power = raised(std::move(base), times);
  return rounded(exponent < 0 ? reciprocal(power) : power);
}

/// A power by exponential and logarithm, before it is known whether it can be rounded.
struct Approximation {
  enum class State : std::uint8_t { rounded, too_near_to_a_half, out_of_range };
  State state = State::out_of_range;
  Rounded value;
};

/// Computes with so many bits. \param certain Digits of the result that are certain. \param is_last True when a half in all
/// of them is taken for one.
template <unsigned bits>
Approximation general_power(Wide const& coefficient, std::int64_t scale, std::string const& exponent,
                            std::size_t certain, bool is_last)
{
  using Float = mp::number<mp::cpp_bin_float<bits, mp::digit_base_2, void, std::int64_t>, mp::et_off>;
  using State = Approximation::State;
  Float const base = Float(coefficient.str() + "e" + std::to_string(scale));
  Float const power = Float(exponent) * log(base);
  if (abs(power) > 15'000) return {};
  std::string const text = Float(exp(power)).str(static_cast<std::streamsize>(certain), std::ios_base::scientific);
  auto const mark = text.find('e');
  std::int64_t const magnitude = std::stoll(text.substr(mark + 1));
  std::string all = text.substr(0, 1) + text.substr(2, mark - 2);
  std::int64_t const last = std::max<std::int64_t>(magnitude - (digits - 1), lowest_exponent);
  std::int64_t const kept = magnitude - last + 1;  // digits of the coefficient
  if (kept < 0) return {State::rounded, {Wide(0), lowest_exponent}};
  if (kept == 0) all.insert(0, 1, '0');
  auto const count = static_cast<std::size_t>(std::max<std::int64_t>(kept, 1));
  Wide whole(all.substr(0, count));
  std::string const rest = all.substr(count);
  bool const below = rest[0] == '4' && rest.find_first_not_of('9', 1) == std::string::npos;
  bool const above = rest[0] == '5' && rest.find_first_not_of('0', 1) == std::string::npos;
  bool const half = below || above;
  if (half && !is_last) return {State::too_near_to_a_half, {}};
  if (half ? mp::bit_test(whole, 0) : rest[0] >= '5') ++whole;
  return {State::rounded, {std::move(whole), last}};
}

}  // namespace

std::optional<DecimalParts> power_of_parts(DecimalParts const& base, Decimal exponent)
{
  Wide const coefficient = (Wide(base.high) << 64U) | Wide(base.low);
  constexpr std::int64_t most = std::int64_t{1} << 30U;  // beyond, errors of the last bit add up to too much
  std::optional<Rounded> power;
  if (auto const whole = exponent.to_int64(); whole && *whole >= -most && *whole <= most) {
    power = whole_power(coefficient, base.exponent, *whole);
  }
  if (!power) {
    std::string const text = exponent.to_string();
    auto found = general_power<256>(coefficient, base.exponent, text, 56, false);
    if (found.state == Approximation::State::too_near_to_a_half)
      found = general_power<640>(coefficient, base.exponent, text, 170, true);
    if (found.state == Approximation::State::out_of_range) return std::nullopt;
    power = std::move(found.value);
  }
  DecimalParts result;
  if (power->coefficient == limit_of_coefficients()) {
    power->coefficient /= 10;
    ++power->exponent;
  }
  result.high = static_cast<std::uint64_t>(power->coefficient >> 64U);
  result.low = static_cast<std::uint64_t>(power->coefficient & Wide(~std::uint64_t{0}));
  result.exponent = power->exponent;
  return result;
}

}  // namespace tutela::detail
