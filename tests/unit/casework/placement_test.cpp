// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>

#include <tutela/casework/leaving_care.hpp>
#include <tutela/casework/placement.hpp>
#include <tutela/io/child_protection.hpp>
#include <tutela/io/clocks.hpp>

namespace tutela {
namespace {

Placement placement(char const* option)
{
  Placement item;
  item.id = "p";
  item.option = option;
  item.period = {Date{2026, 1, 10}, {}};
  return item;
}

PlacementReview review(char const* country, Placement const& item, Date on = {2026, 2, 1},
                       bool include_unverified = false)
{
  return review_placement(item, load_protection_law(country).value().preference, load_clocks(country).value().clocks,
                          WorkCalendar(), {on, Regime::normal, include_unverified});
}

TEST(Placement, FollowsTheOrderOfPreferenceOfItsOwnCountryOnly)
{
  EXPECT_EQ(review("ro", placement("person_or_family")).preference, PreferenceState::in_order);
  auto item = placement("residential");
  auto const open = review("ro", item);
  EXPECT_EQ(open.preference, PreferenceState::cannot_be_said);
  EXPECT_EQ(open.preference_text, "RO-007");
  EXPECT_EQ(open.open_options, (std::vector<std::string>{"person_or_family", "foster_carer"}));
  item.considered = {{"person_or_family", Truth::no, "no kin was found"}, {"foster_carer", Truth::yes, ""}};
  EXPECT_EQ(review("ro", item).preference, PreferenceState::earlier_option_open);
  EXPECT_EQ(review("ro", item).open_options, std::vector<std::string>{"foster_carer"});
  item.considered[1] = {"foster_carer", Truth::no, "no place within reach"};
  EXPECT_EQ(review("ro", item).preference, PreferenceState::in_order);
  EXPECT_EQ(review("ro", placement("shelter")).preference, PreferenceState::not_listed);
  EXPECT_EQ(review("ua", item).preference, PreferenceState::rule_not_available);
}

TEST(Placement, ADraftGivesAnOrderOnlyWhenAskedFor)
{
  auto item = placement("community_house");
  auto const found = review("md", item);
  EXPECT_EQ(found.preference, PreferenceState::rule_not_available);
  EXPECT_EQ(found.left_out, std::vector<std::string>{"MD-028"});
  auto const asked = review("md", item, {2026, 2, 1}, true);
  EXPECT_EQ(asked.preference, PreferenceState::cannot_be_said);
  EXPECT_EQ(asked.open_options.size(), 4U);
  EXPECT_EQ(review("md", placement("adoption"), {2026, 2, 1}, true).preference, PreferenceState::in_order)
      << "the four of the first tier are not ranked";
}

TEST(Placement, AStayIsBoundByTheClocksItNames)
{
  auto item = placement("patronage");
  item.limits = {"UA-011", "MD-024"};
  auto const by_default = review("ua", item);
  EXPECT_FALSE(by_default.limits.at(0).reading) << "its text may have changed";
  EXPECT_EQ(by_default.left_out, std::vector<std::string>{"UA-011"});
  EXPECT_FALSE(by_default.limits.at(1).reading) << "the clock of another country is not taken";
  item.prolongations = {{Term{6, TermUnit::months}, *parse_moment("2026-03-01")}};
  auto const asked = review("ua", item, {2026, 8, 1}, true).limits.at(0);
  EXPECT_EQ(asked.reading->last, parse_moment("2026-07-10")) << "six months at most";
  EXPECT_EQ(asked.reading->state, ClockState::overdue);
  EXPECT_TRUE(asked.reading->prolonged_too_far);
  item.period.until = Date{2026, 7, 11};
  EXPECT_EQ(review("ua", item, {2026, 8, 1}, true).limits.at(0).reading->state, ClockState::met);
}

TEST(Placement, ThePlanSaysHowOftenItIsReviewed)
{
  auto item = placement("foster_carer");
  EXPECT_EQ(review("ro", item).plan, PlanState::missing);
  item.plan_made = Date{2026, 1, 20};
  EXPECT_EQ(review("ro", item, {2026, 1, 19}).plan, PlanState::missing);
  EXPECT_EQ(review("ro", item).plan, PlanState::no_review_term) << "no verified text sets one";
  item.review_every = Term{3, TermUnit::months};
  EXPECT_EQ(review("ro", item, {2026, 4, 20}).plan, PlanState::reviewed_in_time);
  EXPECT_EQ(review("ro", item, {2026, 4, 21}).plan, PlanState::review_overdue);
  item.reviewed = {*parse_moment("2026-04-15")};
  EXPECT_EQ(review("ro", item, {2026, 4, 21}).plan, PlanState::reviewed_in_time);
  EXPECT_EQ(review("ro", item, {2026, 4, 21}).next_review->last, parse_moment("2026-07-20"));
  item.period.until = Date{2026, 4, 1};
  EXPECT_EQ(review("ro", item, {2026, 4, 21}).plan, PlanState::ended);
}

TEST(Placement, OneAfterTheOtherLeavesNoDayBetween)
{
  std::vector placements{placement("a"), placement("b")};
  placements[0].period.until = placements[1].period.from = Date{2026, 2, 1};
  EXPECT_EQ(history_of(placements), PlacementHistory());
}

TEST(Placement, OneWithoutAFirstDayIsMisuse)
{
  Placement item;
  EXPECT_THROW((void)review("ro", item), ContractViolation);
  EXPECT_THROW((void)history_of(std::vector{item}), ContractViolation);
}

TEST(Placement, DaysInSeveralOrInNoneEqualWalkingDayByDay)
{
  std::mt19937 random(20'261'138);
  auto const below = [&](int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); };
  Date const first{2026, 1, 1};
  int together_days = 0;
  for (int round = 0; round < 5'000; ++round) {
    std::vector<Placement> placements;
    for (int i = below(6); i >= 0; --i) {
      auto item = placement("x");
      item.period.from = *add_days(first, below(100));
      if (below(5) != 0) item.period.until = *add_days(*item.period.from, 1 + below(40));
      placements.push_back(item);
    }
    auto const history = history_of(placements);
    for (int offset = 0; offset < 150; ++offset) {
      auto const day = *add_days(first, offset);
      int running = 0;
      bool before = false;
      bool after = false;
      for (auto const& each : placements) {
        running += each.period.contains(day) ? 1 : 0;
        before = before || (each.period.until && *each.period.until <= day);
        after = after || day < *each.period.from;
      }
      auto const in = [&](std::vector<Period> const& periods) {
        return std::any_of(periods.begin(), periods.end(), [&](Period const& each) { return each.contains(day); });
      };
      ASSERT_EQ(in(history.together), running > 1) << round << " " << to_string(day);
      ASSERT_EQ(in(history.between), running == 0 && before && after) << round << " " << to_string(day);
      together_days += running > 1 ? 1 : 0;
    }
  }
  EXPECT_GT(together_days, 10'000);
}

LeavingCareFinding leaving(char const* country, char const* text, CareLeaver const& leaver, Date on,
                           bool include_unverified = false)
{
  auto const review = leaving_care(leaver, load_protection_law(country).value().leaving, on, include_unverified);
  for (auto const& each : review.findings)
    if (each.text == text) return each;
  return {};
}

TEST(LeavingCare, WhatTheLawGivesAndWhatIsMissing)
{
  CareLeaver leaver;
  leaver.born = Date{2005, 3, 10};
  auto const open = leaving("ro", "RO-002", leaver, {2026, 3, 1});
  EXPECT_EQ(open.holds, Truth::unknown);
  EXPECT_EQ(open.missing, (std::vector<std::string>{"requested", "studying"}));
  EXPECT_EQ(open.until, (Date{2031, 3, 10}));
  leaver.facts = {{"requested", Truth::yes}, {"studying", Truth::yes}};
  EXPECT_EQ(leaving("ro", "RO-002", leaver, {2026, 3, 1}).holds, Truth::yes);
  EXPECT_EQ(leaving("ro", "RO-002", leaver, {2031, 3, 9}).holds, Truth::yes);
  EXPECT_EQ(leaving("ro", "RO-002", leaver, {2031, 3, 10}).holds, Truth::unknown) << "ways to count ages disagree";
  EXPECT_EQ(leaving("ro", "RO-002", leaver, {2031, 3, 11}).holds, Truth::no);
  EXPECT_TRUE(leaving("ro", "RO-002", leaver, {2031, 3, 11}).missing.empty());
  leaver.facts[1].second = Truth::no;
  EXPECT_EQ(leaving("ro", "RO-002", leaver, {2026, 3, 1}).holds, Truth::no);
  EXPECT_EQ(leaving("ro", "RO-005", leaver, {2026, 3, 1}).missing,
            (std::vector<std::string>{"employed", "choice_made"}));
  leaver.facts.push_back({"choice_made", Truth::yes});
  EXPECT_EQ(leaving("ro", "RO-005", leaver, {2026, 3, 1}).holds, Truth::no) << "the choice is made once";
}

TEST(LeavingCare, ATextSeenInPartIsOffUntilAskedFor)
{
  CareLeaver leaver;
  leaver.left = Date{2026, 1, 10};
  leaver.facts = {{"requested", Truth::yes},
                  {"studying", Truth::no},
                  {"cannot_return_home", Truth::yes},
                  {"at_risk_of_exclusion", Truth::yes}};
  EXPECT_TRUE(leaving("ro", "RO-003", leaver, {2026, 3, 1}).text.empty());
  EXPECT_EQ(leaving("ro", "RO-003", leaver, {2028, 1, 10}, true).holds, Truth::yes);
  EXPECT_EQ(leaving("ro", "RO-003", leaver, {2028, 1, 11}, true).holds, Truth::no);
  auto const moldova = leaving_care(leaver, load_protection_law("md").value().leaving, {2026, 3, 1});
  EXPECT_TRUE(moldova.rule_not_available);
}

}  // namespace
}  // namespace tutela
