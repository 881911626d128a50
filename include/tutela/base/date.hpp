// SPDX-License-Identifier: Apache-2.0
/// \file
/// Civil dates, ages and months, with every rounding said aloud.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tutela/base/config.hpp>

namespace tutela::inline v0 {

/// A day of the proleptic Gregorian calendar, without time or zone.
///
/// Years run from -999,999,999 to 999,999,999, as FEEL asks for; year 0 exists (ISO 8601). A `Date` made by the
/// factories below is always a day of the calendar. There is no "today": the day is always an argument.
struct Date {
  std::int32_t year = 1970;  ///< Year, astronomical numbering.
  std::uint8_t month = 1;    ///< Month, 1 to 12.
  std::uint8_t day = 1;      ///< Day of the month, 1 to 31.

  friend constexpr bool operator==(Date const&, Date const&) = default;

  friend constexpr auto operator<=>(Date const&, Date const&) = default;
};

/// First and last year of a `Date`.
inline constexpr std::int32_t max_year = 999'999'999;

/// True in a leap year of the Gregorian calendar.
[[nodiscard]] constexpr bool is_leap_year(std::int64_t year) noexcept
{
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/// Days of a month. \param month 1 to 12.
[[nodiscard]] constexpr int days_in_month(std::int64_t year, int month) noexcept
{
  return month == 2 ? (is_leap_year(year) ? 29 : 28) : 30 + ((month + (month > 7 ? 1 : 0)) % 2);
}

/// The day with these numbers, or nothing when the calendar has no such day.
[[nodiscard]] constexpr std::optional<Date> make_date(std::int64_t year, int month, int day) noexcept
{
  if (year < -max_year || year > max_year || month < 1 || month > 12) return std::nullopt;
  if (day < 1 || day > days_in_month(year, month)) return std::nullopt;
  return Date{static_cast<std::int32_t>(year), static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day)};
}

/// Days since 1 January 1970; negative before. Constant time.
[[nodiscard]] constexpr std::int64_t to_days(Date date) noexcept
{
  std::int64_t const year = static_cast<std::int64_t>(date.year) - (date.month <= 2 ? 1 : 0);
  std::int64_t const era = (year >= 0 ? year : year - 399) / 400;
  std::int64_t const year_of_era = year - era * 400;
  std::int64_t const shifted_month = (date.month + 9) % 12;  // March is 0, so the leap day ends the year
  std::int64_t const day_of_year = (153 * shifted_month + 2) / 5 + date.day - 1;
  return era * 146'097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719'468;
}

/// The day this many days after 1 January 1970, or nothing when its year is out of range. Constant time.
[[nodiscard]] constexpr std::optional<Date> from_days(std::int64_t days) noexcept
{
  if (days < -365'250'000'000 || days > 365'250'000'000) return std::nullopt;
  days += 719'468;
  std::int64_t const era = (days >= 0 ? days : days - 146'096) / 146'097;
  std::int64_t const day_of_era = days - era * 146'097;
  std::int64_t const year_of_era = (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  std::int64_t const day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  std::int64_t const shifted_month = (5 * day_of_year + 2) / 153;
  int const month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  int const day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  return make_date(year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day);
}

/// Day of the week, 1 = Monday to 7 = Sunday (ISO 8601). Constant time.
[[nodiscard]] constexpr int day_of_week(Date date) noexcept
{
  std::int64_t const remainder = (to_days(date) + 3) % 7;
  return static_cast<int>(remainder < 0 ? remainder + 7 : remainder) + 1;
}

/// What becomes of the 31st (or 29 February) when the month it is moved to is shorter.
enum class MonthRounding : std::uint8_t {
  down,   ///< The last day of the month.
  up,     ///< The first day of the next month.
  refuse  ///< No date at all; the caller must decide.
};

/// The date `months` calendar months later (earlier when negative). Constant time.
///
/// \return Nothing when the year leaves the range, or the day does not exist and `rounding` is `refuse`.
/// \snippet date_test.cpp months are added with the rounding said aloud
[[nodiscard]] constexpr std::optional<Date> add_months(Date date, std::int64_t months, MonthRounding rounding) noexcept
{
  if (months < -24'000'000'000 || months > 24'000'000'000) return std::nullopt;
  std::int64_t const index = static_cast<std::int64_t>(date.year) * 12 + (date.month - 1) + months;
  std::int64_t const year = (index >= 0 ? index : index - 11) / 12;
  int const month = static_cast<int>(index - year * 12) + 1;
  int const last = days_in_month(year, month);
  if (date.day <= last) return make_date(year, month, date.day);
  switch (rounding) {
    case MonthRounding::down: return make_date(year, month, last);
    case MonthRounding::up: return month == 12 ? make_date(year + 1, 1, 1) : make_date(year, month + 1, 1);
    case MonthRounding::refuse: break;
  }
  return std::nullopt;
}

/// The date `days` days later (earlier when negative), or nothing when it leaves the range. Constant time.
[[nodiscard]] constexpr std::optional<Date> add_days(Date date, std::int64_t days) noexcept
{
  if (days < -800'000'000'000 || days > 800'000'000'000) return std::nullopt;
  return from_days(to_days(date) + days);
}

/// On which day of a common year somebody born on 29 February reaches an age.
enum class Leapling : std::uint8_t {
  on_28_february,  ///< On the last day of February.
  on_1_march       ///< On the first day of March.
};

/// When on the calendar an age is reached. Sources contradict each other, so every rule pack says which it uses.
enum class AgeReached : std::uint8_t {
  on_birthday,        ///< At the start of the birthday.
  day_after_birthday  ///< At the start of the day after the birthday.
};

/// How a legal order counts ages.
struct AgeRule {
  Leapling leapling = Leapling::on_1_march;      ///< Birthday of a person born on 29 February.
  AgeReached reached = AgeReached::on_birthday;  ///< Moment the age is reached.

  friend constexpr bool operator==(AgeRule const&, AgeRule const&) = default;
};

/// The first day on which a person born on `born` has the age of `years` completed years. Constant time.
///
/// \param born  Day of birth.
/// \param years Completed years, 0 or more.
/// \param rule  How the legal order counts.
/// \return Nothing when the year leaves the calendar's range.
/// \snippet date_test.cpp the day an age is reached
[[nodiscard]] constexpr std::optional<Date> age_reached_on(Date born, int years, AgeRule rule) noexcept
{
  if (years < 0) return std::nullopt;
  auto const rounding = rule.leapling == Leapling::on_1_march ? MonthRounding::up : MonthRounding::down;
  auto const birthday = add_months(born, static_cast<std::int64_t>(years) * 12, rounding);
  if (!birthday || rule.reached == AgeReached::on_birthday || years == 0) return birthday;
  return add_days(*birthday, 1);
}

/// Age in completed years on a given day (ro: vârsta în ani împliniți). Constant time.
///
/// \param born Day of birth.
/// \param on   Day the question is asked for.
/// \param rule How the legal order counts; there is no default because sources disagree.
/// \return Whole years, or nothing when `on` is before `born`.
/// \snippet date_test.cpp age on the eve of a birthday
[[nodiscard]] constexpr std::optional<int> age_on(Date born, Date on, AgeRule rule) noexcept
{
  if (on < born) return std::nullopt;
  int const years = on.year - born.year;
  if (years == 0) return 0;
  auto const reached = age_reached_on(born, years, rule);
  return reached && *reached <= on ? years : years - 1;
}

/// Completed calendar months from `from` to `until`, or nothing when `until` is before `from`. Constant time.
///
/// A month is complete on the day of the month it began on; where that day is missing, on the first of the next.
[[nodiscard]] constexpr std::optional<std::int64_t> months_between(Date from, Date until) noexcept
{
  if (until < from) return std::nullopt;
  std::int64_t const months = (static_cast<std::int64_t>(until.year) - from.year) * 12 + (until.month - from.month);
  return until.day >= from.day ? months : months - 1;
}

/// The date written as `2026-03-01`, or nothing. Years outside four digits carry a sign or more digits.
[[nodiscard]] TUTELA_API std::optional<Date> parse_date(std::string_view text) noexcept;

/// The date as `2026-03-01`.
[[nodiscard]] TUTELA_API std::string to_string(Date date);

/// A stretch of days `[from, until)`; a missing end is open.
struct Period {
  std::optional<Date> from;   ///< First day, or since ever.
  std::optional<Date> until;  ///< First day after, or for ever.

  /// True when `on` lies inside.
  [[nodiscard]] constexpr bool contains(Date on) const noexcept
  {
    return (!from || *from <= on) && (!until || on < *until);
  }

  /// True when the two share at least one day.
  [[nodiscard]] constexpr bool overlaps(Period const& other) const noexcept
  {
    return (!from || !other.until || *from < *other.until) && (!other.from || !until || *other.from < *until);
  }

  friend constexpr bool operator==(Period const&, Period const&) = default;
};

}  // namespace tutela::inline v0
