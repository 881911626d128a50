// SPDX-License-Identifier: Apache-2.0
/// \file
/// Where the regions of a line begin, in whole numbers.
#include "columns/region_bounds.hpp"

#include <limits>
#include <string>

namespace tutela::detail {

Decimal ten_to(int exponent)
{
  auto const zeros = static_cast<std::size_t>(exponent < 0 ? -exponent : exponent);
  auto const text = exponent < 0 ? "0." + std::string(zeros - 1, '0') + "1" : "1" + std::string(zeros, '0');
  return Decimal::parse(text).value();
}

std::optional<std::int64_t> first_of_region(Cuts const& cuts, std::size_t region, int scale)
{
  Value const& cut = cuts.values()[(region - 1) / 2];
  bool const after = region % 2 == 0;
  std::optional<std::int64_t> first;
  if (auto const* number = cut.as_number()) {
    auto const scaled = *number * ten_to(scale);
    first = scaled.rounded(0, after ? Rounding::floor : Rounding::ceiling).to_int64();
  } else if (auto const* days = cut.as_days_duration()) {
    if (days->nanoseconds == 0) first = days->seconds;
  } else if (auto const* months = cut.as_months_duration()) {
    first = months->months;
  } else {
    first = count_of(cut);
  }
  // What is beyond 64 bits is read as the last of them.
  constexpr auto most = std::numeric_limits<std::int64_t>::max() - 2;
  if (!first || *first > most || *first < -most) return std::nullopt;
  return *first + (after ? 1 : 0);
}

}  // namespace tutela::detail
