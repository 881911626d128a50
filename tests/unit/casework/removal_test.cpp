// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>
#include <set>

#include <tutela/casework/removal.hpp>
#include <tutela/io/child_protection.hpp>
#include <tutela/io/clocks.hpp>

namespace tutela {
namespace {

using enum RemovalState;

RemovalStep step(RemovalState state, char const* when)
{
  RemovalStep made;
  made.state = state;
  made.at = *parse_moment(when);
  if (state == court_decided) made.outcome = CourtOutcome::removed;
  return made;
}

RemovalReview review(char const* country, Removal const& removal, Date on, bool include_unverified = false)
{
  return review_removal(removal, load_clocks(country).value().clocks, load_protection_law(country).value().hearings,
                        WorkCalendar(), {on, Regime::normal, include_unverified});
}

TEST(Removal, EveryCountryHasItsOwnClocks)
{
  Removal const removal{"r", {step(danger_found, "2026-03-05T10:00"), step(decided, "2026-03-05T16:20")}};
  auto const moldova = review("md", removal, {2026, 3, 6});
  ASSERT_EQ(moldova.duties.size(), 2U);
  EXPECT_EQ(moldova.duties[0].clock, "MD-006");
  EXPECT_EQ(moldova.duties[0].met_by, prosecutor_informed);
  EXPECT_EQ(moldova.duties[0].reading.last, parse_moment("2026-03-06T16:20"));
  EXPECT_EQ(moldova.duties[1].reading.last, parse_moment("2026-03-10")) << "three working days from a Thursday";
  EXPECT_EQ(moldova.duties[1].on_miss, OnMiss::child_is_returned);
  auto const ukraine = review("ua", removal, {2026, 3, 6});
  ASSERT_EQ(ukraine.duties.size(), 2U);
  EXPECT_EQ(ukraine.duties[0].reading.state, ClockState::overdue) << "at once is the day itself";
  EXPECT_EQ(ukraine.duties[1].reading.last, parse_moment("2026-03-12"));
  EXPECT_EQ(ukraine.duties[1].on_miss, OnMiss::breach);
  auto const romania = review("ro", removal, {2026, 3, 6});
  EXPECT_TRUE(romania.rule_not_available);
  EXPECT_TRUE(romania.duties.empty());
}

TEST(Removal, StepsMeetTheClocks)
{
  Removal removal{"r", {step(decided, "2026-03-05T16:20"), step(prosecutor_informed, "2026-03-06T16:21")}};
  EXPECT_EQ(review("md", removal, {2026, 3, 6}).duties[0].reading.state, ClockState::met_late);
  removal.steps[1].at = *parse_moment("2026-03-06T16:20");
  EXPECT_EQ(review("md", removal, {2026, 3, 6}).duties[0].reading.state, ClockState::met);
  EXPECT_EQ(review("md", removal, {2026, 3, 5}).duties[0].reading.state, ClockState::running) << "not known yet";
  EXPECT_EQ(review("md", removal, {2026, 3, 11}).duties[1].reading.state, ClockState::overdue);
  removal.steps.push_back(step(child_returned, "2026-03-09"));
  EXPECT_EQ(review("md", removal, {2026, 3, 11}).duties[1].reading.state, ClockState::running)
      << "the child was back before the end";
  EXPECT_TRUE(review("md", removal, {2026, 3, 11}).duties[1].ended_by_return);
  EXPECT_FALSE(review("md", removal, {2026, 3, 11}).duties[0].ended_by_return) << "it was met";
  EXPECT_FALSE(review("md", removal, {2026, 3, 8}).duties[1].ended_by_return) << "not back yet";
  EXPECT_TRUE(review("md", removal, {2026, 3, 4}).duties.empty());
  EXPECT_FALSE(review("md", removal, {2026, 3, 4}).rule_not_available);
}

TEST(Removal, BothAuthoritiesAreHeardInMoldova)
{
  Removal removal{
      "r", {step(decided, "2026-03-05"), step(court_action_filed, "2026-03-06"), step(court_decided, "2026-04-06")}};
  removal.steps[2].heard = {"local_guardianship_authority"};
  auto const found = review("md", removal, {2026, 5, 1});
  EXPECT_EQ(found.not_heard, std::vector<std::string>{"territorial_guardianship_authority"});
  EXPECT_EQ(found.hearing_text, "MD-008");
  EXPECT_TRUE(review("ua", removal, {2026, 5, 1}).not_heard.empty());
  EXPECT_EQ(found.state, court_decided);
  EXPECT_EQ(state_on(removal, {2026, 3, 4}), std::nullopt);
}

TEST(Removal, WhatCannotBeIsSaidWithItsPlace)
{
  Removal removal{"r",
                  {step(prosecutor_informed, "2026-03-05T10:00"), step(court_decided, "2026-03-05T09:00"),
                   step(child_returned, "2026-03-04"), step(decided, "2026-03-06")}};
  removal.steps[1].outcome.reset();
  removal.steps[3].outcome = CourtOutcome::refused;
  std::multiset<std::string> places;
  for (auto const& each : check_removal(removal, "/r")) places.insert(each.place.pointer);
  EXPECT_EQ(places,
            (std::multiset<std::string>{"/r/steps/0/state", "/r/steps/1/at", "/r/steps/1/outcome", "/r/steps/1/state",
                                        "/r/steps/2/on", "/r/steps/3/outcome", "/r/steps/3/state"}));
  EXPECT_EQ(check_removal({"r", {}}).front().place.pointer, "/steps");
}

/// The plain way: which step may follow, written as a list.
bool may_follow(std::optional<RemovalState> before, RemovalState state)
{
  static std::set<std::pair<RemovalState, RemovalState>> const ways{{danger_found, not_removed},
                                                                    {danger_found, decided},
                                                                    {danger_found, court_action_filed},
                                                                    {decided, prosecutor_informed},
                                                                    {decided, court_action_filed},
                                                                    {decided, child_returned},
                                                                    {prosecutor_informed, court_action_filed},
                                                                    {prosecutor_informed, court_decided},
                                                                    {prosecutor_informed, child_returned},
                                                                    {court_action_filed, prosecutor_informed},
                                                                    {court_action_filed, court_decided},
                                                                    {court_action_filed, child_returned},
                                                                    {court_decided, child_returned}};
  return before ? ways.count({*before, state}) != 0 : state == danger_found || state == decided;
}

TEST(Removal, RandomLivesAreSoundExactlyWhenEveryStepMayFollow)
{
  std::mt19937 random(20'261'137);
  int sound_lives = 0;
  for (int round = 0; round < 20'000; ++round) {
    Removal removal{"r", {}};
    bool sound = true;
    bool filed = false;
    int told = 0;
    std::optional<RemovalState> before;
    int const length = 1 + static_cast<int>(random() % 5);
    for (int i = 0; i < length; ++i) {
      auto state = static_cast<RemovalState>(random() % removal_states);
      for (int tries = 0; tries < 3 && !may_follow(before, state); ++tries)
        state = static_cast<RemovalState>(random() % removal_states);
      sound = sound && may_follow(before, state) && (state != court_decided || filed);
      told += state == prosecutor_informed ? 1 : 0;
      filed = filed || state == court_action_filed;
      removal.steps.push_back(step(state, "2026-03-05"));
      before = state;
    }
    ASSERT_EQ(check_removal(removal).empty(), sound && told < 2) << round;
    sound_lives += sound ? 1 : 0;
  }
  EXPECT_GT(sound_lives, 2'000);
}

}  // namespace
}  // namespace tutela
