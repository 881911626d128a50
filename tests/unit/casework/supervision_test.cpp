// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <tutela/casework/supervision.hpp>
#include <tutela/io/clocks.hpp>
#include <tutela/io/probation.hpp>

namespace tutela {
namespace {

ProbationMeasure measure(char const* kind, char const* length, Date began = {2026, 1, 10})
{
  ProbationMeasure item;
  item.id = "m";
  item.kind = kind;
  item.began = began;
  item.length = parse_term(length);
  return item;
}

BoundsState bounds(char const* country, ProbationMeasure const& item, std::optional<Date> born,
                   bool include_unverified = false)
{
  return read(item, load_probation_law(country).value().measures, born, {{2026, 2, 1}, include_unverified}).bounds;
}

TEST(ProbationMeasure, IsComparedWithTheBoundsOfItsOwnCountryOnly)
{
  Date const minor{2010, 1, 1};
  EXPECT_EQ(bounds("ro", measure("supervision", "6 months"), minor), BoundsState::within);
  EXPECT_EQ(bounds("ro", measure("supervision", "7 months"), minor), BoundsState::outside);
  EXPECT_EQ(bounds("ro", measure("supervision", "1 month"), minor), BoundsState::outside);
  EXPECT_EQ(bounds("ro", measure("weekend_at_home", "84 days"), minor), BoundsState::within);
  EXPECT_EQ(bounds("ro", measure("weekend_at_home", "85 days"), minor), BoundsState::outside);
  EXPECT_EQ(bounds("md", measure("supervision", "7 months"), minor), BoundsState::rule_not_available);
  EXPECT_EQ(bounds("ro", measure("test_period", "1 year"), minor), BoundsState::rule_not_available);
}

TEST(ProbationMeasure, ATextThatMayHaveChangedIsUsedOnlyWhenAskedFor)
{
  auto const item = measure("test_period", "3 years");
  EXPECT_EQ(bounds("ua", item, Date{1990, 1, 1}), BoundsState::rule_not_available);
  EXPECT_EQ(bounds("ua", item, Date{1990, 1, 1}, true), BoundsState::within);
  EXPECT_EQ(bounds("ua", item, Date{2010, 1, 1}, true), BoundsState::outside);
  EXPECT_EQ(bounds("ua", item, std::nullopt, true), BoundsState::cannot_be_said);
  auto const reading = read(item, load_probation_law("ua").value().measures, Date{1990, 1, 1}, {{2026, 2, 1}, false});
  EXPECT_EQ(reading.left_out, (std::vector<std::string>{"UA-029", "UA-030"}));
  auto sentenced = item;
  sentenced.sentenced = SentencedAs::minor;
  EXPECT_EQ(bounds("ua", sentenced, Date{1990, 1, 1}, true), BoundsState::outside);
}

TEST(ProbationMeasure, EndsWhereItsLengthEndsAndBeforeItsLawThereIsNone)
{
  auto const law = load_probation_law("ua").value().measures;
  auto item = measure("probation_supervision", "1 year", {2024, 3, 28});
  auto const reading = read(item, law, Date{1990, 1, 1}, {{2025, 3, 28}, false});
  EXPECT_EQ(reading.last, (Date{2025, 3, 28}));
  EXPECT_EQ(reading.runs, Truth::yes) << "the last day counts whole";
  EXPECT_EQ(reading.bounds, BoundsState::within);
  EXPECT_EQ(read(item, law, Date{1990, 1, 1}, {{2025, 3, 29}, false}).runs, Truth::no);
  EXPECT_EQ(read(item, law, Date{1990, 1, 1}, {{2024, 3, 27}, false}).runs, Truth::no);
  item.began = Date{2024, 3, 27};
  EXPECT_EQ(read(item, law, Date{1990, 1, 1}, {{2025, 1, 1}, false}).bounds, BoundsState::rule_not_available);
  item.lifted = Date{2024, 9, 1};
  EXPECT_EQ(read(item, law, Date{1990, 1, 1}, {{2024, 9, 1}, false}).runs, Truth::no);
  item.length.reset();
  EXPECT_EQ(read(item, law, Date{1990, 1, 1}, {{2024, 8, 1}, false}).runs, Truth::unknown);
}

TEST(Obligation, IsReadAsAClockThatTheActSets)
{
  Obligation item;
  item.id = "registration";
  item.holds = {Date{2026, 1, 10}, Date{2026, 7, 10}};
  EXPECT_FALSE(read(item, WorkCalendar(), {2026, 2, 1}).clock) << "no term: nothing can be said";
  item.every = Term{1, TermUnit::months};
  item.done = {*parse_moment("2026-02-03")};
  auto const on = [&](Date day) { return read(item, WorkCalendar(), day); };
  EXPECT_EQ(on({2026, 2, 10}).clock->state, ClockState::met);
  EXPECT_EQ(on({2026, 3, 11}).clock->state, ClockState::overdue);
  EXPECT_TRUE(on({2026, 7, 9}).holds);
  EXPECT_FALSE(on({2026, 7, 10}).holds);
  EXPECT_EQ(on({2027, 7, 10}).clock->last, on({2026, 7, 9}).clock->last) << "no term begins after its end";
  item.every.reset();
  item.within = Term{15, TermUnit::days};
  EXPECT_EQ(on({2026, 2, 3}).clock->state, ClockState::met_late);
}

RegimeState regime(char const* country, std::optional<Date> born, Date on)
{
  Supervision record;
  record.opened = {2025, 1, 1};
  record.born = born;
  return review_supervision(record, load_probation_law(country).value(), load_clocks(country).value().clocks,
                            WorkCalendar(), {on, false})
      .regime;
}

TEST(Regime, ChangesAt18OnlyWhereTheLawInForceSaysSo)
{
  EXPECT_EQ(regime("md", Date{2008, 3, 2}, {2026, 3, 1}), RegimeState::juvenile);
  EXPECT_EQ(regime("md", Date{2008, 3, 2}, {2026, 3, 2}), RegimeState::adult);
  EXPECT_EQ(regime("md", std::nullopt, {2026, 3, 2}), RegimeState::cannot_be_said);
  EXPECT_EQ(regime("ua", Date{2008, 3, 2}, {2026, 3, 2}), RegimeState::rule_not_available);
  EXPECT_EQ(regime("ro", Date{1990, 3, 2}, {2026, 3, 2}), RegimeState::rule_not_available);
}

TEST(Supervision, WhatATestPeriodAlwaysObligesToIsLookedFor)
{
  Supervision record;
  record.opened = {2026, 1, 10};
  record.measures = {measure("test_period", "1 year")};
  Obligation reports;
  reports.kind = "registration";
  reports.holds = {Date{2026, 1, 10}, Date{2026, 3, 1}};
  record.obligations = {reports};
  auto const missing = [&](char const* country, Date on) {
    std::vector<std::string> kinds;
    for (auto const& each :
         review_supervision(record, load_probation_law(country).value(), {}, WorkCalendar(), {on, false}).missing) {
      EXPECT_EQ(each.text, "UA-032");
      kinds.push_back(each.kind);
    }
    return kinds;
  };
  EXPECT_EQ(missing("ua", {2026, 2, 1}), std::vector<std::string>{"tell_change_of_home_work_or_study"});
  EXPECT_EQ(missing("ua", {2026, 3, 1}).size(), 2U) << "the obligation has ended";
  EXPECT_TRUE(missing("ua", {2027, 3, 1}).empty()) << "the test period is over";
  EXPECT_TRUE(missing("md", {2026, 2, 1}).empty());
}

Programme drinking(Grade grade)
{
  Programme programme;
  programme.text.id = "P-1";
  programme.text.status = LawStatus::in_force_as_seen;
  programme.text.citation.grade = grade;
  programme.code = "drink_and_drive";
  programme.sessions = {{"group", 2}, {"individual", 1}};
  return programme;
}

TEST(Programme, EverySessionIsAskedFor)
{
  std::vector const programmes{drinking(Grade::b)};
  Enrolment item{"e", "drink_and_drive", {2026, 1, 1}, {}, {}, {}};
  auto const state = [&](Date on) { return progress_of(item, programmes, on).state; };
  EXPECT_EQ(state({2026, 1, 2}), ProgrammeState::enrolled);
  item.sessions = {{{2026, 1, 5}, "group", Truth::yes}, {{2026, 1, 12}, "group", Truth::unknown}};
  EXPECT_EQ(state({2026, 1, 5}), ProgrammeState::running);
  EXPECT_EQ(state({2026, 1, 12}), ProgrammeState::cannot_be_said);
  item.sessions[1].attended = Truth::no;
  EXPECT_EQ(state({2026, 1, 12}), ProgrammeState::session_missed);
  item.sessions.push_back({{2026, 1, 19}, "group", Truth::yes});
  item.sessions.push_back({{2026, 1, 20}, "individual", Truth::yes});
  EXPECT_EQ(state({2026, 1, 20}), ProgrammeState::all_attended) << "made up later";
  item.ended = Date{2026, 1, 6};
  EXPECT_EQ(state({2026, 1, 6}), ProgrammeState::ended);
  auto const progress = progress_of(item, programmes, {2026, 1, 6});
  EXPECT_EQ(progress.sessions.at(0).still_owed, 1);
  EXPECT_EQ(progress.sessions.at(1).still_owed, 1);
}

TEST(Programme, OneForMinorsIsForMinors)
{
  auto const programmes = load_probation_law("ua").value().programmes;
  Enrolment const item{"e", "thinking", {2026, 1, 10}, {}, {}, {}};
  auto const fits = [&](std::optional<Date> born) {
    return progress_of(item, programmes, {2026, 2, 1}, false, born).age_fits;
  };
  EXPECT_EQ(fits(Date{2009, 1, 1}), Truth::yes);
  EXPECT_EQ(fits(Date{2008, 1, 1}), Truth::no);
  EXPECT_EQ(fits(Date{2008, 1, 10}), Truth::unknown) << "the day on which ways to count ages disagree";
  EXPECT_EQ(fits(std::nullopt), Truth::unknown);
  EXPECT_EQ(progress_of(item, programmes, {2026, 2, 1}).state, ProgrammeState::rule_not_available)
      << "how many sessions it has was not seen";
}

TEST(Programme, OneKnownFromThePressOnlyIsOffUntilAskedFor)
{
  auto const programmes = load_probation_law("md").value().programmes;
  Enrolment const item{"e", "drink_and_drive", {2026, 1, 1}, {{{2026, 1, 5}, "group", Truth::yes}}, {}, {}};
  auto const by_default = progress_of(item, programmes, {2026, 2, 1});
  EXPECT_EQ(by_default.state, ProgrammeState::rule_not_available);
  EXPECT_TRUE(by_default.left_out);
  EXPECT_FALSE(by_default.sessions.at(0).required);
  auto const asked = progress_of(item, programmes, {2026, 2, 1}, true);
  EXPECT_EQ(asked.state, ProgrammeState::running);
  EXPECT_EQ(asked.sessions.at(0).still_owed, 8);
  EXPECT_EQ(asked.sessions.at(1).required, 3);
  EXPECT_EQ(asked.text, "MD-062");
}

}  // namespace
}  // namespace tutela
