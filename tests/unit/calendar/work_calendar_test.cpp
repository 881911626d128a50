// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>
#include <set>

#include <tutela/calendar/work_calendar.hpp>

namespace tutela {
namespace {

ExceptionalDay off(Date day) { return {day, false, Text("a holiday")}; }

TEST(WorkCalendar, WithoutHolidaysCountsMondayToFridayAndSaysSo)
{
  WorkCalendar const nothing;
  EXPECT_EQ(nothing.add({2026, 3, 6}, 1), (CountedDay{{2026, 3, 9}, false}));  // a Friday
  EXPECT_EQ(nothing.add({2026, 3, 7}, 5), (CountedDay{{2026, 3, 13}, false}));
  EXPECT_EQ(nothing.add({2026, 3, 7}, 0), (CountedDay{{2026, 3, 7}, true}));
  EXPECT_FALSE(nothing.is_working({2026, 3, 7}));
  EXPECT_FALSE(nothing.covers({2026, 3, 9}));
}

TEST(WorkCalendar, KnowsHolidaysAndWorkedSaturdaysOfItsYears)
{
  auto const calendar =
      WorkCalendar::make({"XX",
                          {2026, 1, 1},
                          {2026, 12, 31},
                          {off({2026, 3, 9}), {{2026, 3, 14}, true, Text("worked instead")}, off({2026, 3, 15})},
                          {}})
          .value();
  EXPECT_EQ(calendar.add({2026, 3, 6}, 1), (CountedDay{{2026, 3, 10}, true}));
  EXPECT_EQ(calendar.add({2026, 3, 6}, 5), (CountedDay{{2026, 3, 14}, true}));
  EXPECT_TRUE(calendar.is_working({2026, 3, 14}));
  EXPECT_FALSE(calendar.is_working({2026, 3, 9}));
  EXPECT_FALSE(calendar.add({2026, 12, 30}, 2).exact);
  EXPECT_EQ(calendar.between({2026, 3, 6}, {2026, 3, 14}).days, 5);
  EXPECT_EQ(calendar.between({2026, 3, 6}, {2026, 3, 6}).days, 0);
}

TEST(WorkCalendar, SaysAllThatIsWrong)
{
  auto const made = WorkCalendar::make(
      {"XX", {2026, 1, 1}, {2026, 12, 31}, {off({2026, 3, 9}), off({2027, 1, 1}), off({2026, 3, 9})}, {}});
  ASSERT_FALSE(made);
  ASSERT_EQ(made.diagnostics().size(), 2U);
  EXPECT_EQ(made.diagnostics()[0].place.pointer, "/exceptions/1");
  EXPECT_EQ(made.diagnostics()[1].code, Code::duplicate_id);
  EXPECT_FALSE(WorkCalendar::make({"XX", {2026, 1, 2}, {2026, 1, 1}, {}, {}}));
}

TEST(WorkCalendar, EqualsWalkingDayByDay)
{
  std::mt19937 random(20'261'122);
  auto const below = [&](int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); };
  for (int round = 0; round < 300; ++round) {
    Date const first = *add_days({2024, 1, 1}, below(400));
    int const length = 1 + below(500);
    WorkCalendarContent content{"XX", first, *add_days(first, length - 1), {}, {}};
    std::set<Date> changed;
    for (int i = below(60); i > 0; --i) {
      auto const day = *add_days(first, below(length));
      if (changed.insert(day).second) content.exceptions.push_back({day, below(4) == 0, Text()});
    }
    auto const calendar = WorkCalendar::make(content).value();
    auto const works = [&](Date day) {
      for (auto const& each : content.exceptions)
        if (each.day == day) return each.working;
      return day_of_week(day) <= 5;
    };
    for (int each = 0; each < 20; ++each) {
      Date const from = *add_days(first, below(length + 200) - 100);
      int const count = below(each < 10 ? 10 : 400);
      Date day = from;
      bool exact = true;
      for (int left = count; left > 0;) {
        day = *add_days(day, 1);
        exact = exact && first <= day && day <= content.last;
        if (works(day)) --left;
      }
      ASSERT_EQ(calendar.add(from, count), (CountedDay{day, exact})) << to_string(from) << " " << count;
      auto const between = calendar.between(from, day);
      ASSERT_EQ(between.days, count);
      ASSERT_EQ(calendar.is_working(day), works(day));
    }
  }
}

}  // namespace
}  // namespace tutela
