// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>

#include <tutela/calendar/clock.hpp>

namespace tutela {
namespace {

Clock within(char const* term)
{
  Clock clock;
  clock.id = "X-1";
  clock.due = DueWithin{*parse_term(term), {}};
  return clock;
}

ClockRecord since(char const* event)
{
  ClockRecord record;
  record.event = parse_moment(event);
  return record;
}

WorkCalendar const no_holidays;

TEST(Clock, CourtActionWithinThreeWorkingDaysOfARemoval)
{
  auto const clock = within("3 working days");
  auto record = since("2026-03-05T16:20");  // a Thursday
  auto const on_friday = read(clock, record, no_holidays, {2026, 3, 6});
  EXPECT_EQ(on_friday.state, ClockState::running);
  EXPECT_EQ(on_friday.last, parse_moment("2026-03-10"));
  EXPECT_EQ(on_friday.days_left, 4);
  EXPECT_TRUE(on_friday.holidays_unknown);
  EXPECT_EQ(read(clock, record, no_holidays, {2026, 3, 10}).state, ClockState::due);
  EXPECT_EQ(read(clock, record, no_holidays, {2026, 3, 11}).state, ClockState::overdue);
  EXPECT_EQ(read(clock, record, no_holidays, {2026, 3, 4}).state, ClockState::no_event);
  record.done = {*parse_moment("2026-03-10")};
  EXPECT_EQ(read(clock, record, no_holidays, {2026, 3, 9}).state, ClockState::running);
  EXPECT_EQ(read(clock, record, no_holidays, {2026, 3, 12}).state, ClockState::met);
  record.done = {*parse_moment("2026-03-11")};
  EXPECT_EQ(read(clock, record, no_holidays, {2026, 3, 12}).state, ClockState::met_late);
}

TEST(Clock, HoursNeedTheMinute)
{
  auto const clock = within("24 hours");
  auto const known = read(clock, since("2026-03-05T16:20"), no_holidays, {2026, 3, 5});
  EXPECT_EQ(known.last, parse_moment("2026-03-06T16:20"));
  EXPECT_FALSE(known.minute_unknown);
  auto const unknown = read(clock, since("2026-03-05"), no_holidays, {2026, 3, 5});
  EXPECT_EQ(unknown.last, parse_moment("2026-03-06T00:00"));
  EXPECT_TRUE(unknown.minute_unknown);
  auto record = since("2026-03-05T16:20");
  record.done = {*parse_moment("2026-03-06T16:21")};
  EXPECT_EQ(read(clock, record, no_holidays, {2026, 3, 6}).state, ClockState::met_late);
}

TEST(Clock, AtOnceIsTheDayItself)
{
  EXPECT_EQ(read(within("at once"), since("2026-03-05"), no_holidays, {2026, 3, 5}).state, ClockState::due);
  EXPECT_EQ(read(within("at once"), since("2026-03-05"), no_holidays, {2026, 3, 6}).state, ClockState::overdue);
}

TEST(Clock, MonthsEndOnTheSameNumberOrTheLastOfTheMonth)
{
  EXPECT_EQ(read(within("1 month"), since("2026-01-31"), no_holidays, {2026, 2, 1}).last, parse_moment("2026-02-28"));
  EXPECT_TRUE(read(within("1 month"), since("2026-01-31"), no_holidays, {2026, 2, 1}).ends_on_rest_day);
  EXPECT_EQ(read(within("6 months"), since("2026-03-15"), no_holidays, {2026, 4, 1}).last, parse_moment("2026-09-15"));
  EXPECT_EQ(read(within("2 years"), since("2024-02-29"), no_holidays, {2024, 3, 1}).last, parse_moment("2026-02-28"));
}

TEST(Clock, ProlongationsReachAsFarAsTheActAllows)
{
  auto clock = within("3 months");
  std::get<DueWithin>(clock.due).longest = Term{6, TermUnit::months};
  auto record = since("2026-01-10");
  record.prolongations = {{Term{2, TermUnit::months}, *parse_moment("2026-04-01")},
                          {Term{2, TermUnit::months}, *parse_moment("2026-06-01")}};
  EXPECT_EQ(read(clock, record, no_holidays, {2026, 3, 31}).last, parse_moment("2026-04-10")) << "not granted yet";
  EXPECT_EQ(read(clock, record, no_holidays, {2026, 4, 1}).last, parse_moment("2026-06-10"));
  auto const reading = read(clock, record, no_holidays, {2026, 6, 1});
  EXPECT_EQ(reading.last, parse_moment("2026-07-10"));
  EXPECT_TRUE(reading.prolonged_too_far);
  record.prolongations = {{Term{2, TermUnit::months}, *parse_moment("2026-04-11")}};
  EXPECT_TRUE(read(clock, record, no_holidays, {2026, 5, 1}).prolonged_too_late);
  EXPECT_EQ(read(clock, record, no_holidays, {2026, 5, 1}).state, ClockState::overdue);
}

TEST(Clock, AVisitEveryThreeMonths)
{
  Clock clock;
  clock.due = DueEvery{Term{3, TermUnit::months}};
  auto record = since("2026-01-31");
  auto const on = [&](Date day) { return read(clock, record, no_holidays, day); };
  EXPECT_EQ(on({2026, 2, 1}).last, parse_moment("2026-04-30"));
  EXPECT_EQ(on({2026, 4, 30}).state, ClockState::due);
  EXPECT_EQ(on({2026, 5, 1}).state, ClockState::overdue);
  record.done = {*parse_moment("2026-04-02")};
  EXPECT_EQ(on({2026, 4, 30}).state, ClockState::met);
  EXPECT_EQ(on({2026, 5, 1}).state, ClockState::running);
  EXPECT_EQ(on({2026, 5, 1}).last, parse_moment("2026-07-31"));
  EXPECT_EQ(on({2026, 8, 1}).state, ClockState::overdue);
  record.done.push_back(*parse_moment("2026-08-03"));
  EXPECT_EQ(on({2026, 8, 3}).state, ClockState::met);
  EXPECT_EQ(on({2026, 8, 3}).last, parse_moment("2026-10-31"));
}

TEST(Clock, YearlyReportsAndQuarters)
{
  Clock clock;
  clock.due = DueYearly{1, 1, 3, 15};
  EXPECT_EQ(read(clock, {}, no_holidays, {2026, 3, 1}).state, ClockState::running);
  EXPECT_EQ(read(clock, {}, no_holidays, {2026, 3, 16}).state, ClockState::overdue);
  clock.due = DueYearly{10, 1, 12, 31};
  ClockRecord record;
  EXPECT_EQ(read(clock, record, no_holidays, {2026, 9, 30}).state, ClockState::not_open);
  record.done = {*parse_moment("2026-09-01")};
  EXPECT_EQ(read(clock, record, no_holidays, {2026, 10, 2}).state, ClockState::running) << "too early to count";
  record.done = {*parse_moment("2026-10-01")};
  EXPECT_EQ(read(clock, record, no_holidays, {2026, 10, 2}).state, ClockState::met);
}

TEST(Clock, AnAgeIsReachedByItself)
{
  Clock clock;
  clock.due = DueAtAge{14, {Leapling::on_1_march, AgeReached::on_birthday}};
  auto const record = since("2012-02-29");
  EXPECT_EQ(read(clock, record, no_holidays, {2026, 2, 28}).state, ClockState::running);
  EXPECT_EQ(read(clock, record, no_holidays, {2026, 3, 1}).state, ClockState::due);
  EXPECT_EQ(read(clock, record, no_holidays, {2026, 3, 2}).state, ClockState::met);
}

TEST(Clock, RunsOnlyUnderItsLawAndRegime)
{
  auto clock = within("7 days");
  clock.law.from = Date{2026, 1, 1};
  EXPECT_EQ(read(clock, since("2025-12-31"), no_holidays, {2026, 1, 2}).state, ClockState::not_in_force);
  clock.regime = Regime::normal;
  EXPECT_EQ(read(clock, since("2026-01-05"), no_holidays, {2026, 1, 6}, Regime::martial_law).state,
            ClockState::not_in_force);
  EXPECT_EQ(read(clock, since("2026-01-05"), no_holidays, {2026, 1, 6}).state, ClockState::running);
}

TEST(Clock, APauseWithoutAnEndHasLastedToTheDay)
{
  auto record = since("2026-03-02");
  record.pauses = {{Date{2026, 3, 5}, {}}};
  auto const reading = read(within("10 days"), record, no_holidays, {2026, 3, 20});
  EXPECT_EQ(reading.state, ClockState::paused);
  EXPECT_EQ(reading.last, parse_moment("2026-03-28"));
}

// The plain way: one day after the other.
Date walked(Date from, Term term, std::vector<Period> const& pauses, WorkCalendar const& calendar)
{
  auto const counts = [&](Date day) {
    for (auto const& pause : pauses)
      if (pause.contains(day)) return false;
    return term.unit != TermUnit::working_days || calendar.is_working(day);
  };
  auto left = std::int64_t{term.count};
  if (term.unit == TermUnit::months || term.unit == TermUnit::years) {
    auto const months = term.count * (term.unit == TermUnit::years ? 12 : 1);
    Date end = from;
    for (int i = 0; i < months; ++i)
      end = end.month == 12 ? Date{end.year + 1, 1, 1} : Date{end.year, static_cast<std::uint8_t>(end.month + 1), 1};
    if (months > 0) end.day = static_cast<std::uint8_t>(std::min<int>(from.day, days_in_month(end.year, end.month)));
    left = to_days(end) - to_days(from);
  }
  while (left > 0) {
    from = *add_days(from, 1);
    if (counts(from)) --left;
  }
  return from;
}

TEST(Clock, EqualsWalkingDayByDay)
{
  std::mt19937 random(20'261'123);
  auto const below = [&](int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); };
  WorkCalendarContent content{"XX", {2020, 1, 1}, {2035, 12, 31}, {}, {}};
  for (int year = 2020; year <= 2035; ++year)
    for (auto const& [month, day] : {std::pair{1, 1}, {1, 7}, {3, 8}, {5, 1}, {5, 9}, {8, 27}, {8, 31}, {12, 25}})
      content.exceptions.push_back(
          {{year, static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day)}, false, Text()});
  auto const calendar = WorkCalendar::make(content).value();
  for (int round = 0; round < 20'000; ++round) {
    Date const event = *add_days({2021, 1, 1}, below(1'500));
    Term const term{1 + below(40), static_cast<TermUnit>(1 + below(4))};
    auto clock = within("1 day");
    clock.due = DueWithin{term.unit == TermUnit::years ? Term{1 + below(3), TermUnit::years} : term, {}};
    ClockRecord record;
    record.event = Moment{event, {}};
    Date day = *add_days(event, below(20) - 10);
    for (int i = below(4); i > 0; --i) {
      day = *add_days(day, 1 + below(15));
      auto const until = *add_days(day, 1 + below(40));
      record.pauses.push_back({day, until});
      day = until;
    }
    auto const expected = walked(event, std::get<DueWithin>(clock.due).term, record.pauses, calendar);
    auto const reading = read(clock, record, calendar, {2034, 1, 1});
    ASSERT_EQ(reading.last, (Moment{expected, {}}))
        << to_string(event) << " " << to_string(std::get<DueWithin>(clock.due).term);
    ASSERT_FALSE(reading.holidays_unknown);
  }
}

TEST(Clock, WordsOfFilesAreReadBack)
{
  for (char const* const word :
       {"overdue", "breach", "measure_ends", "child_is_returned", "decision_needed", "nothing"})
    EXPECT_EQ(to_string(*parse_on_miss(word)), word);
  for (char const* const word : {"any", "normal", "martial_law"}) EXPECT_EQ(to_string(*parse_regime(word)), word);
  EXPECT_FALSE(parse_on_miss("late"));
  for (char const* const text : {"2026-03-02", "2026-03-02T00:05", "2026-03-02T23:59"})
    EXPECT_EQ(to_string(*parse_moment(text)), text);
  for (char const* const text :
       {"", "2026-03", "2026-03-02T", "2026-03-02T24:00", "2026-03-02T1:00", "2026-03-02T10:60", "2026-02-30"})
    EXPECT_FALSE(parse_moment(text)) << text;
}

}  // namespace
}  // namespace tutela
