// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tests of dates, times and durations: reading, writing, comparing, adding.
#include <rapidcheck/gtest.h>

#include "feel/temporal.hpp"
#include "unit/feel/feel_testing.hpp"

namespace tutela::testing_feel {
namespace {

TEST(feel_temporal, literals_are_written_back)
{
  for (std::string const text :
       {"2017-12-31", "-2017-12-31", "999999999-12-31", "0001-01-01", "11:22:33", "11:22:33.444", "23:59:00Z",
        "13:20:00+02:00", "11:59:45-02:45:55", "00:01:00@Europe/Paris", "2011-12-31T10:15:30.987@Europe/Paris",
        "-999999999-12-31T23:59:59.999999999+02:00", "P1DT2H3M4.5S", "-PT1S", "P1Y2M", "-P8Y4M", "PT0S", "P0M"}) {
    EXPECT_EQ(conformance("string(@\"" + text + "\")"), "\"" + text + "\"") << text;
  }
}

TEST(feel_temporal, what_is_no_date_is_null)
{
  for (std::string const text : {"2017-13-01",
                                 "2017-02-30",
                                 "01211-12-31",
                                 "+2012-12-02",
                                 "9999999999-12-25",
                                 "2012-12-25T",
                                 "24:01:00",
                                 "7:00:00",
                                 "13:20:00+19:00",
                                 "13:20:00+5:00",
                                 "13:20:00+02:00@Europe/Paris",
                                 "13:20:00@xyz/abc",
                                 "P",
                                 "PT",
                                 "P1H",
                                 "P1Y1D",
                                 "P1M1Y",
                                 "1Y",
                                 "2017-12-31T24:00:01",
                                 "12:00",
                                 ""}) {
    EXPECT_EQ(conformance("@\"" + text + "\""), "null") << text;
  }
}

TEST(feel_temporal, midnight_may_be_written_as_24)
{
  expect_all({{"@\"2021-01-01T24:00:00\" + @\"-PT1S\"", "@\"2021-01-01T23:59:59\""}});
}

TEST(feel_temporal, arithmetic)
{
  expect_all({{"@\"2021-01-31\" + @\"P1M\"", "@\"2021-02-28\""},
              {"@\"2021-01-02\" - @\"-PT1H\"", "@\"2021-01-02\""},
              {"@\"2020-03-01\" - @\"PT24H\"", "@\"2020-02-29\""},
              {"@\"2021-01-02T10:10:10@Europe/Paris\" - @\"2021-01-01T10:10:10@Asia/Dhaka\"", "@\"P1DT5H\""},
              {"@\"2021-01-02T10:10:10\" - @\"2021-01-01T10:10:10Z\"", "null"},
              {"@\"2021-01-02\" - @\"2021-01-01T10:10:10+11:00\"", "@\"P1DT49M50S\""},
              {"@\"10:15:00@Australia/Melbourne\" + @\"-PT1H\"", "@\"09:15:00@Australia/Melbourne\""},
              {"@\"23:00:00\" + @\"PT2H\"", "@\"01:00:00\""},
              {"@\"P10Y11M\" / -2.5", "@\"-P4Y4M\""},
              {"@\"P10D\" / @\"P5D\"", "2"},
              {"1.5 * @\"P4DT1H\"", "@\"P6DT1H30M\""},
              {"@\"P1D\" + @\"P1Y\"", "null"},
              {"@\"999999999-12-31\" + @\"P1D\"", "null"},
              {"@\"2026-03-29T00:30:00@Europe/Chisinau\" + @\"PT3H\"", "@\"2026-03-29T04:30:00@Europe/Chisinau\""}});
}

TEST(feel_temporal, comparison_counts_whole_seconds_in_utc)
{
  expect_all({{"@\"2002-04-02T12:00:00-01:00\" = @\"2002-04-02T17:00:00+04:00\"", "true"},
              {"@\"2018-10-08T00:00:00+02:00\" = @\"2018-10-08T00:00:00@Europe/Paris\"", "true"},
              {"@\"10:30:00.0001\" = @\"10:30:00.0002\"", "true"},
              {"@\"P1D\" = @\"PT24H\"", "true"},
              {"@\"P1Y\" = @\"P365D\"", "null"},
              {"@\"2021-01-01\" < @\"2021-01-02\"", "true"},
              {"@\"10:00:00Z\" < @\"10:00:00-01:00\"", "true"}});
}

TEST(feel_temporal, properties)
{
  expect_all({{"@\"2018-12-10T10:30:01\".weekday", "1"},
              {"@\"2018-12-10T10:30:00+05:00\".time offset", "@\"PT5H\""},
              {"@\"2018-12-10T10:30:00\".time offset", "null"},
              {"@\"2018-12-10T10:30:00@Etc/UTC\".timezone", "\"Etc/UTC\""},
              {"@\"P1Y2M\".months", "2"},
              {"@\"P1Y\".days", "null"},
              {"@\"P1DT2H\".hours", "2"}});
}

RC_GTEST_PROP(feel_temporal, days_added_and_taken_away_give_the_same_day, (std::int32_t year, std::uint16_t days))
{
  std::int32_t const bounded = year % 900'000'000;
  auto const date = make_date(bounded, 1 + days % 12, 1 + days % 28);
  RC_ASSERT(date.has_value());
  DaysDuration const by{static_cast<std::int64_t>(days) * detail::seconds_per_day, 0};
  auto const later = detail::shifted(*date, by);
  RC_ASSERT(later.has_value());
  RC_ASSERT(detail::shifted(*later, DaysDuration{-by.seconds, 0}) == date);
  RC_ASSERT(detail::parse_date_text(detail::temporal_text(*date)) == date);
}

RC_GTEST_PROP(feel_temporal, durations_are_read_back, (std::int64_t seconds, std::uint32_t nanoseconds))
{
  auto const duration = detail::days_duration(seconds / 2, static_cast<std::int64_t>(nanoseconds % 1'000'000'000));
  RC_ASSERT(duration.has_value());
  Value const read = detail::parse_duration_text(detail::temporal_text(*duration));
  RC_ASSERT(read.as_days_duration() != nullptr);
  RC_ASSERT(*read.as_days_duration() == *duration);
}

}  // namespace
}  // namespace tutela::testing_feel
