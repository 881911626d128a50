// SPDX-License-Identifier: Apache-2.0
/// \file
/// Days as years that begin on 1 March, which put 29 February last, so that birthdays compare by the day of the year
/// alone (internal).
#pragma once

#include <cstdint>

namespace tutela::detail {

/// The March year times 512 and the day of it, of a day number; dates begin in the year 1.
inline std::int32_t march_date(std::int32_t day_number)
{
  // Days since 1 March of the year 0, by eras of 400 years (146,097 days).
  auto const day = static_cast<std::uint32_t>(day_number + 719'468);
  std::uint32_t const century_part = 4 * day + 3;
  std::uint32_t const century = century_part / 146'097;
  std::uint32_t const year_part = (century_part % 146'097) | 3U;
  std::uint32_t const year = 100 * century + year_part / 1461;
  std::uint32_t const day_of_year = year_part % 1461 / 4;
  return static_cast<std::int32_t>(year * 512 + day_of_year);
}

/// As the end of a span: 28 February of a common year counts as the 29th, where the legal order lets people born on the
/// 29th have their birthday then.
inline std::int32_t early_end(std::int32_t march_date)
{
  std::int32_t const year = (march_date >> 9) + 1;  // of the February at the end
  std::int32_t const leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0);
  return march_date + (((march_date & 511) == 364 && leap == 0) ? 1 : 0);
}

/// Whole years between two of these.
inline std::int32_t march_years(std::int32_t from, std::int32_t to) { return (to - from) >> 9; }

}  // namespace tutela::detail
