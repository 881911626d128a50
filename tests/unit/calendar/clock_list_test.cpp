// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>

#include <tutela/calendar/clock_list.hpp>

namespace tutela {
namespace {

Clock clock_of(char const* id, char const* event, char const* term)
{
  Clock clock;
  clock.id = id;
  clock.event = event;
  clock.due = DueWithin{*parse_term(term), {}};
  clock.status = LawStatus::in_force_as_seen;
  clock.citation.grade = Grade::a;
  return clock;
}

TEST(ClockList, ShowsWhatIsDueByLastDay)
{
  std::vector clocks{clock_of("late", "a", "30 days"), clock_of("open", "not recorded", "1 day"),
                     clock_of("soon", "a", "2 days"), clock_of("unsure", "a", "1 day")};
  clocks[3].status = LawStatus::recheck;
  ClockEvents events;
  events.events["a"] = *parse_moment("2026-03-02");
  events.records["late"].done = {*parse_moment("2026-03-03")};
  auto const list = read_clocks(clocks, events, WorkCalendar(), {{2026, 3, 3}, Regime::normal, false});
  ASSERT_EQ(list.lines.size(), 3U);
  EXPECT_EQ(list.lines[0].clock.id, "soon");
  EXPECT_EQ(list.lines[0].reading.days_left, 1);
  EXPECT_EQ(list.lines[1].reading.state, ClockState::met) << "a record without an event takes it from the events";
  EXPECT_EQ(list.lines[2].reading.state, ClockState::no_event);
  EXPECT_EQ(list.left_out, std::vector<std::string>{"unsure"});
  EXPECT_EQ(read_clocks(clocks, events, WorkCalendar(), {{2026, 3, 3}, Regime::normal, true}).lines.at(0).clock.id,
            "unsure");
}

// --- Against a reference that walks day by day ---

Date next(Date day) { return *add_days(day, 1); }

/// The day with the same number some months later, or the last of a shorter month.
Date months_later(Date from, int months)
{
  Date to = from;
  for (int i = 0; i < months; ++i)
    to = to.month == 12 ? Date{to.year + 1, 1, 1} : Date{to.year, static_cast<std::uint8_t>(to.month + 1), 1};
  to.day = from.day;
  while (!make_date(to.year, to.month, to.day)) --to.day;
  return to;
}

std::string said(ClockState state, std::optional<Date> last)
{
  return std::string(to_string(state)) + " " + (last ? to_string(*last) : "");
}

std::string said(ClockReading const& reading)
{
  return said(reading.state, reading.last ? std::optional(reading.last->day) : std::nullopt);
}

std::string open_until(Date last, Date on)
{
  return said(on < last ? ClockState::running : on == last ? ClockState::due : ClockState::overdue, last);
}

/// Walks through the terms, keeping in mind whether something was done in the one that runs and in the one before.
std::string walked_every(Date event, int months, std::vector<Moment> const& done, Date on)
{
  int term = 1;
  bool this_term = false;
  bool last_term = true;  // nothing was owed before the first one
  for (Date day = event; day <= on; day = next(day)) {
    if (months_later(event, months * term) < day) {
      ++term;
      last_term = this_term;
      this_term = false;
    }
    for (auto const& each : done) this_term = this_term || each.day == day;
  }
  auto const end = months_later(event, months * term);
  if (this_term) return said(ClockState::met, end);
  return open_until(last_term ? end : months_later(event, months * (term - 1)), on);
}

TEST(ClockList, WhatComesAgainAndAgainEqualsWalkingDayByDay)
{
  std::mt19937 random(20'261'139);
  auto const below = [&](int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); };
  for (int round = 0; round < 10'000; ++round) {
    auto clock = clock_of("x", "e", "1 day");
    int const months = 1 + below(6);
    clock.due = DueEvery{Term{months, TermUnit::months}};
    ClockRecord record;
    Date const event = *add_days({2021, 1, 1}, below(1'500));
    record.event = Moment{event, {}};
    Date day = event;
    for (int i = below(8); i > 0; --i) record.done.push_back({day = *add_days(day, below(120)), {}});
    auto const on = *add_days(event, below(900));
    ASSERT_EQ(said(read(clock, record, WorkCalendar(), on)), walked_every(event, months, record.done, on))
        << to_string(event) << " every " << months << " months, on " << to_string(on);
  }
}

TEST(ClockList, WhatIsDueYearlyEqualsWalkingThroughTheYear)
{
  std::mt19937 random(20'261'140);
  auto const below = [&](int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); };
  for (int round = 0; round < 5'000; ++round) {
    auto first = *add_days({2024, 1, 1}, below(366));
    auto last = *add_days({2024, 1, 1}, below(366));
    if (last < first) std::swap(first, last);
    auto clock = clock_of("x", "", "1 day");
    clock.due = DueYearly{first.month, first.day, last.month, last.day};
    ClockRecord record;
    Date const on = *add_days({2023, 1, 1}, below(1'100));
    if (below(2) == 0) record.done = {Moment{*add_days({on.year, 1, 1}, below(365)), {}}};
    Date opens;
    Date ends;
    for (Date day{on.year, 1, 1}; day.year == on.year; day = next(day)) {
      if (day.month < first.month || (day.month == first.month && day.day <= first.day)) opens = day;
      if (day.month < last.month || (day.month == last.month && day.day <= last.day)) ends = day;
    }
    auto expected = on < opens ? said(ClockState::not_open, ends) : open_until(ends, on);
    if (opens <= on && !record.done.empty() && opens <= record.done[0].day && record.done[0].day <= on)
      expected = said(record.done[0].day <= ends ? ClockState::met : ClockState::met_late, ends);
    ASSERT_EQ(said(read(clock, record, WorkCalendar(), on)), expected) << to_string(on);
  }
}

TEST(ClockList, AnAgeEqualsCountingBirthdays)
{
  std::mt19937 random(20'261'141);
  for (int round = 0; round < 300; ++round) {
    auto clock = clock_of("x", "birth", "1 day");
    auto const years = static_cast<std::uint8_t>(1 + random() % 18);
    bool const march = random() % 2 == 0;
    bool const day_after = random() % 2 == 0;
    clock.due = DueAtAge{years,
                         {march ? Leapling::on_1_march : Leapling::on_28_february,
                          day_after ? AgeReached::day_after_birthday : AgeReached::on_birthday}};
    Date const born =
        random() % 5 == 0 ? Date{2008, 2, 29} : *add_days({2004, 1, 1}, static_cast<int>(random() % 3'000));
    Date day = born;
    for (int birthdays = 0; birthdays < years;) {
      day = next(day);
      bool const leapling = born.month == 2 && born.day == 29 && !is_leap_year(day.year);
      if (leapling ? (march ? day.month == 3 && day.day == 1 : day.month == 2 && day.day == 28)
                   : day.month == born.month && day.day == born.day)
        ++birthdays;
    }
    if (day_after) day = next(day);
    ClockRecord record;
    record.event = Moment{born, {}};
    ASSERT_EQ(said(read(clock, record, WorkCalendar(), day)), said(ClockState::due, day)) << to_string(born);
    ASSERT_EQ(read(clock, record, WorkCalendar(), *add_days(day, -1)).state, ClockState::running);
    ASSERT_EQ(read(clock, record, WorkCalendar(), next(day)).state, ClockState::met);
  }
}

}  // namespace
}  // namespace tutela
