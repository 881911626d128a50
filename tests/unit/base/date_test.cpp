// SPDX-License-Identifier: Apache-2.0
#include <tutela/base/date.hpp>

#include <chrono>

#include <gtest/gtest.h>

namespace tutela {
namespace {

constexpr Date day(int year, int month, int day_of_month) { return make_date(year, month, day_of_month).value(); }

constexpr AgeRule usual{Leapling::on_1_march, AgeReached::on_birthday};

TEST(Date, CountsDaysAsTheStandardLibraryDoes)
{
  using namespace std::chrono;
  for (int count = -800'000; count < 800'000; count += 37) {
    year_month_day const expected{sys_days{days{count}}};
    auto const date = from_days(count);
    ASSERT_TRUE(date);
    EXPECT_EQ(date->year, static_cast<int>(expected.year()));
    EXPECT_EQ(date->month, static_cast<unsigned>(expected.month()));
    EXPECT_EQ(date->day, static_cast<unsigned>(expected.day()));
    EXPECT_EQ(to_days(*date), count);
    EXPECT_EQ(day_of_week(*date), static_cast<int>(weekday{sys_days{days{count}}}.iso_encoding()));
  }
}

TEST(Date, ReachesTheEndsOfItsRange)
{
  for (int year : {-max_year, max_year})
    for (auto [month, last] : {std::pair{1, 1}, std::pair{12, 31}}) {
      Date const date = day(year, month, last);
      EXPECT_EQ(from_days(to_days(date)), date);
      EXPECT_EQ(parse_date(to_string(date)), date);
    }
  EXPECT_FALSE(add_days(day(max_year, 12, 31), 1));
  EXPECT_FALSE(add_months(day(max_year, 12, 31), 1, MonthRounding::down));
  EXPECT_FALSE(add_days(day(2000, 1, 1), INT64_MAX));
  EXPECT_FALSE(add_months(day(2000, 1, 1), INT64_MIN, MonthRounding::up));
}

TEST(Date, ReadsOnlyDaysOfTheCalendar)
{
  EXPECT_EQ(parse_date("2024-02-29"), day(2024, 2, 29));
  EXPECT_EQ(parse_date("-0044-03-15"), day(-44, 3, 15));
  EXPECT_EQ(parse_date("12024-01-01"), day(12024, 1, 1));
  for (auto const* wrong : {"", "2023-02-29", "2024-13-01", "2024-00-10", "2024-1-01", "24-01-01", "02024-01-01",
                            "2024-01-01 ", " 2024-01-01", "2024/01/01", "20240101", "-0000-01-01", "+2024-01-01",
                            "2024-01-011", "1000000000-01-01", "2024-0x-01"})
    EXPECT_FALSE(parse_date(wrong)) << wrong;
}

TEST(Date, MonthsAreAddedWithTheRoundingSaidAloud)
{
  //! [months are added with the rounding said aloud]
  Date const last_of_january = *parse_date("2026-01-31");
  EXPECT_EQ(add_months(last_of_january, 1, MonthRounding::down), parse_date("2026-02-28"));
  EXPECT_EQ(add_months(last_of_january, 1, MonthRounding::up), parse_date("2026-03-01"));
  EXPECT_EQ(add_months(last_of_january, 1, MonthRounding::refuse), std::nullopt);
  //! [months are added with the rounding said aloud]
  EXPECT_EQ(add_months(day(2026, 1, 15), -13, MonthRounding::down), day(2024, 12, 15));
}

TEST(Age, IsReachedOnTheBirthday)
{
  //! [age on the eve of a birthday]
  AgeRule const rule{Leapling::on_1_march, AgeReached::on_birthday};
  Date const born = *parse_date("2010-03-14");
  EXPECT_EQ(age_on(born, *parse_date("2028-03-13"), rule), 17);
  EXPECT_EQ(age_on(born, *parse_date("2028-03-14"), rule), 18);
  EXPECT_EQ(age_on(born, *parse_date("2010-03-13"), rule), std::nullopt);  // not yet born
  //! [age on the eve of a birthday]
}

TEST(Age, OfALeaplingFollowsTheRule)
{
  //! [the day an age is reached]
  Date const born = *parse_date("2008-02-29");
  EXPECT_EQ(age_reached_on(born, 18, {Leapling::on_1_march, AgeReached::on_birthday}), parse_date("2026-03-01"));
  EXPECT_EQ(age_reached_on(born, 18, {Leapling::on_28_february, AgeReached::on_birthday}), parse_date("2026-02-28"));
  EXPECT_EQ(age_reached_on(born, 18, {Leapling::on_28_february, AgeReached::day_after_birthday}),
            parse_date("2026-03-01"));
  //! [the day an age is reached]
  EXPECT_EQ(age_on(born, day(2026, 2, 28), usual), 17);
  EXPECT_EQ(age_on(born, day(2026, 2, 28), {Leapling::on_28_february, AgeReached::on_birthday}), 18);
  EXPECT_EQ(age_on(born, day(2024, 2, 29), usual), 16);
}

// The age is the number of birthdays that have been reached: counted one by one.
TEST(Age, EqualsCountingBirthdays)
{
  for (Leapling leapling : {Leapling::on_1_march, Leapling::on_28_february})
    for (AgeReached reached : {AgeReached::on_birthday, AgeReached::day_after_birthday}) {
      AgeRule const rule{leapling, reached};
      for (Date const born : {day(2008, 2, 29), day(2007, 12, 31), day(2009, 1, 1), day(2009, 7, 5)})
        for (int offset = 0; offset < 7'500; offset += 1) {
          Date const on = add_days(born, offset).value();
          int birthdays = 0;
          while (*age_reached_on(born, birthdays + 1, rule) <= on) ++birthdays;
          ASSERT_EQ(age_on(born, on, rule), birthdays) << to_string(born) << " on " << to_string(on);
        }
    }
}

TEST(Months, AreCompleteOnTheDayTheyBegan)
{
  EXPECT_EQ(months_between(day(2025, 10, 31), day(2026, 2, 28)), 3);
  EXPECT_EQ(months_between(day(2025, 10, 31), day(2026, 3, 1)), 4);
  EXPECT_EQ(months_between(day(2025, 10, 15), day(2026, 2, 15)), 4);
  EXPECT_EQ(months_between(day(2025, 10, 15), day(2025, 10, 14)), std::nullopt);
}

TEST(Period, HoldsItsFirstDayAndNotItsEnd)
{
  Period const year{day(2026, 1, 1), day(2027, 1, 1)};
  EXPECT_TRUE(year.contains(day(2026, 1, 1)));
  EXPECT_TRUE(year.contains(day(2026, 12, 31)));
  EXPECT_FALSE(year.contains(day(2027, 1, 1)));
  EXPECT_TRUE((Period{}.contains(day(1, 1, 1))));
  EXPECT_FALSE(year.overlaps({day(2027, 1, 1), {}}));
  EXPECT_TRUE(year.overlaps({{}, day(2026, 1, 2)}));
}

}  // namespace
}  // namespace tutela
