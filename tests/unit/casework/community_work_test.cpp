// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include <tutela/casework/community_work.hpp>
#include <tutela/io/probation.hpp>

namespace tutela {
namespace {

ProbationLaw const& law(char const* folder)
{
  static auto const md = load_probation_law("md").value();
  static auto const ro = load_probation_law("ro").value();
  static auto const ua = load_probation_law("ua").value();
  return folder[0] == 'm' ? md : folder[0] == 'r' ? ro : ua;
}

WorkOrder order_of(int hours, std::vector<WorkedDay> worked = {})
{
  WorkOrder order;
  order.id = "order";
  order.matter = "criminal";
  order.ordered = {2026, 1, 5};
  order.began = Date{2026, 1, 12};
  order.hours = hours;
  order.worked = std::move(worked);
  return order;
}

WorkAccount account(WorkOrder const& order, char const* country, Date on, std::optional<Date> born = Date{1990, 5, 1})
{
  return account_of(order, law(country).work, {on, born, false});
}

TEST(CommunityWork, SaysWhatCountsWhatIsOverAndWhatRemains)
{
  auto order = order_of(60, {{{2026, 1, 12}, 240, ""}, {{2026, 1, 13}, 200, ""}, {{2026, 1, 13}, 100, ""}});
  order.occupied = {{{}, Truth::yes}};
  auto const found = account(order, "md", {2026, 1, 20});
  EXPECT_EQ(found.ordered, 3600);
  EXPECT_EQ(found.done, 540);
  EXPECT_EQ(found.counted, 480);
  EXPECT_EQ(found.over, 60) << "300 minutes on a day with a ceiling of 4 hours";
  EXPECT_EQ(found.undecided, 0);
  EXPECT_EQ(found.remaining_least, 3120);
  EXPECT_EQ(found.remaining_most, 3120);
  EXPECT_EQ(found.complete, Truth::no);
  EXPECT_EQ(found.hours_lawful, Truth::yes);
  EXPECT_EQ(found.texts, (std::vector<std::string>{"MD-058", "MD-060"}));
  EXPECT_EQ(found.days[1].by, std::vector<std::string>{"MD-060"});
}

TEST(CommunityWork, LongDaysNeedNoWorkAndConsentAndAreOpenUntilBothAreKnown)
{
  auto order = order_of(60, {{{2026, 1, 12}, 600, ""}});
  auto const day = [&] { return account(order, "md", {2026, 1, 20}).days.at(0); };
  EXPECT_EQ(day().counted, 240);
  EXPECT_EQ(day().undecided, 240);
  EXPECT_EQ(day().over, 120);
  order.occupied = {{{}, Truth::no}};
  EXPECT_EQ(day().undecided, 240) << "whether the person agreed is not recorded";
  order.agrees_to_long_days = {{{Date{2026, 1, 12}, {}}, Truth::yes}};
  EXPECT_EQ(day().counted, 480);
  EXPECT_EQ(day().over, 120);
  order.agrees_to_long_days.push_back({{}, Truth::no});
  EXPECT_EQ(day().counted, 240) << "the later entry counts";
  EXPECT_EQ(day().over, 360);
}

TEST(CommunityWork, DaysShorterThanTheFloorAreMarkedAndCounted)
{
  auto const found = account(order_of(60, {{{2026, 1, 12}, 60, ""}, {{2026, 1, 13}, 120, ""}}), "md", {2026, 1, 20});
  EXPECT_EQ(found.days[0].below_floor, Truth::yes);
  EXPECT_EQ(found.days[0].counted, 60);
  EXPECT_EQ(found.days[1].below_floor, Truth::no);
  EXPECT_EQ(account(order_of(60, {{{2026, 1, 12}, 60, ""}}), "ua", {2026, 1, 20}).days[0].below_floor, Truth::unknown);
}

TEST(CommunityWork, MinorsAndAdultsHaveOtherCeilingsInUkraine)
{
  auto const order = order_of(60, {{{2026, 1, 12}, 240, ""}});
  auto const found = [&](Date born) { return account(order, "ua", {2026, 1, 20}, born).days.at(0); };
  EXPECT_EQ(found({1990, 1, 1}).counted, 240);
  EXPECT_EQ(found({2009, 1, 1}).counted, 120);
  EXPECT_EQ(found({2009, 1, 1}).by, std::vector<std::string>{"UA-036"});
  auto const turned = found({2008, 1, 10});
  EXPECT_EQ(turned.counted, 120) << "ordered at 17, worked at 18: the texts do not say which ceiling holds";
  EXPECT_EQ(turned.undecided, 120);
  EXPECT_EQ(turned.by, (std::vector<std::string>{"UA-035", "UA-036"}));
  auto const too_young = found({2011, 1, 1});
  EXPECT_EQ(too_young.undecided, 240) << "no text for a person of 15";
  auto sentenced = order;
  sentenced.sentenced = SentencedAs::adult;
  EXPECT_EQ(account(sentenced, "ua", {2026, 1, 20}, Date{2008, 1, 10}).days[0].counted, 240);
  sentenced.sentenced = SentencedAs::minor;
  EXPECT_EQ(account(sentenced, "ua", {2026, 1, 20}, Date{2008, 1, 10}).days[0].counted, 120);
}

TEST(CommunityWork, WithoutARuleNothingIsCountedAndNoOtherCountryIsAsked)
{
  auto order = order_of(20, {{{2026, 1, 12}, 120, ""}});
  auto const romania = account(order, "ro", {2026, 1, 20});
  EXPECT_FALSE(romania.day_rule_available);
  EXPECT_EQ(romania.counted, 0);
  EXPECT_EQ(romania.undecided, 120);
  EXPECT_EQ(romania.hours_lawful, Truth::unknown);
  EXPECT_TRUE(romania.texts.empty());
  EXPECT_EQ(romania.months.at(0).state, MonthState::rule_not_available);
  order.matter = "contravention";
  auto const contravention = account(order, "md", {2026, 1, 20});
  EXPECT_EQ(contravention.hours_lawful, Truth::yes);
  EXPECT_EQ(contravention.texts, std::vector<std::string>{"MD-059"});
  EXPECT_FALSE(contravention.day_rule_available) << "the daily load is set for criminal matters only";
}

TEST(CommunityWork, AnOrderOutsideOfItsBoundsIsNamed)
{
  EXPECT_EQ(account(order_of(59), "md", {2026, 1, 20}).hours_lawful, Truth::no);
  EXPECT_EQ(account(order_of(241), "md", {2026, 1, 20}).hours_lawful, Truth::no);
  EXPECT_EQ(account(order_of(130), "ua", {2026, 1, 20}, Date{2009, 1, 1}).hours_lawful, Truth::no);
  EXPECT_EQ(account(order_of(130), "ua", {2026, 1, 20}, Date{1990, 1, 1}).hours_lawful, Truth::yes);
  EXPECT_EQ(account(order_of(130), "ua", {2026, 1, 20}, std::nullopt).hours_lawful, Truth::unknown);
}

TEST(CommunityWork, TheFloorOfAMonthIsForWholeMonths)
{
  auto order = order_of(200);
  for (std::uint8_t day = 1; day <= 10; ++day) order.worked.push_back({{2026, 2, day}, 120, ""});
  for (std::uint8_t day = 1; day <= 10; ++day) order.worked.push_back({{2026, 3, day}, 180, ""});
  auto const states = [&](Date on) {
    std::vector<MonthState> found;
    for (auto const& month : account(order, "ua", on).months) found.push_back(month.state);
    return found;
  };
  EXPECT_EQ(states({2026, 3, 31}), (std::vector{MonthState::cannot_be_said, MonthState::under, MonthState::met}));
  EXPECT_EQ(states({2026, 4, 29}).back(), MonthState::not_over);
  EXPECT_EQ(states({2026, 4, 30}).back(), MonthState::under);
  order.hours = 45;
  EXPECT_EQ(states({2026, 6, 1}).back(), MonthState::met) << "the rest of the order is done";
  EXPECT_EQ(states({2026, 6, 1}).size(), 3U) << "nothing is owed after that";
  EXPECT_EQ(account(order, "ua", {2026, 6, 1}).complete, Truth::yes);
  order.began.reset();
  EXPECT_EQ(states({2026, 2, 28}).back(), MonthState::cannot_be_said) << "it is not recorded when the work began";
}

TEST(CommunityWork, WhatHappensLaterIsNotKnownYet)
{
  auto const order = order_of(60, {{{2026, 1, 12}, 120, ""}, {{2026, 1, 14}, 120, ""}});
  EXPECT_EQ(account(order, "md", {2026, 1, 13}).done, 120);
  EXPECT_EQ(account(order, "md", {2026, 1, 11}).done, 0);
}

/// Every way in which what is not known may be: the plain way.
struct Completions {
  std::int64_t least_counted = 1'440;
  std::int64_t least_over = 1'440;
};

Completions every_completion(WorkOrder const& order, WorkedDay const& worked, std::optional<Date> born, char country)
{
  Completions found;
  std::vector<int> ages;
  if (born)
    for (auto const& when : {order.ordered, worked.day})
      for (int const later : {0, 1})  // an age is reached on the birthday, or on the day after it
        ages.push_back(*age_on(*born, *add_days(when, -later), {Leapling::on_1_march, AgeReached::on_birthday}));
  else
    for (int age = 0; age < 30; ++age) ages.push_back(age);
  for (int const age : ages)
    for (bool const occupied : {false, true})
      for (bool const agrees : {false, true}) {
        auto const is = answer_on(order.occupied, worked.day);
        auto const says = answer_on(order.agrees_to_long_days, worked.day);
        if ((is != Truth::unknown && is != to_truth(occupied)) || (says != Truth::unknown && says != to_truth(agrees)))
          continue;
        std::int64_t ceiling = country == 'm' ? (!occupied && agrees ? 480 : 240) : age >= 18 ? 240 : 120;
        if (country == 'u' && age < 16) {  // no text: any ceiling
          found.least_counted = 0;
          ceiling = 1'440;
        }
        found.least_counted = std::min(found.least_counted, std::min<std::int64_t>(worked.minutes, ceiling));
        found.least_over = std::min(found.least_over, std::max<std::int64_t>(0, worked.minutes - ceiling));
      }
  return found;
}

TEST(CommunityWork, EqualsTryingEveryCompletionOfWhatIsNotKnown)
{
  std::mt19937 random(20'261'131);
  auto const below = [&](int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); };
  int undecided = 0;
  for (int round = 0; round < 20'000; ++round) {
    auto order = order_of(30 + below(250));
    auto const answers = [&](std::vector<DatedAnswer>& list) {
      for (int i = below(4); i > 0; --i) {
        auto const from = *add_days({2026, 1, 5}, below(40));
        list.push_back({{from, *add_days(from, 1 + below(20))}, static_cast<Truth>(below(3))});
      }
    };
    answers(order.occupied);
    answers(order.agrees_to_long_days);
    for (int i = 1 + below(6); i > 0; --i)
      order.worked.push_back({*add_days({2026, 1, 12}, i * 5 + below(5)), 1 + below(700), ""});
    std::optional<Date> born;
    if (below(8) != 0) born = *add_days({2007, 12, 1}, below(1'000));
    char const country = below(2) == 0 ? 'm' : 'u';
    auto const found = account(order, country == 'm' ? "md" : "ua", {2026, 3, 1}, born);
    ASSERT_EQ(found.days.size(), order.worked.size());
    std::int64_t counted = 0;
    for (auto const& day : found.days) {
      auto const worked = *std::find_if(order.worked.begin(), order.worked.end(),
                                        [&](WorkedDay const& each) { return each.day == day.day; });
      auto const expected = every_completion(order, worked, born, country);
      ASSERT_EQ(day.counted, expected.least_counted) << to_string(day.day) << " " << country;
      ASSERT_EQ(day.over, expected.least_over) << to_string(day.day) << " " << country;
      ASSERT_EQ(day.counted + day.over + day.undecided, day.done);
      counted += day.counted;
      undecided += day.undecided > 0 ? 1 : 0;
    }
    ASSERT_EQ(found.counted, counted);
    ASSERT_EQ(found.remaining_most, std::max<std::int64_t>(0, found.ordered - counted));
  }
  EXPECT_GT(undecided, 1'000) << "open days must occur";
}

}  // namespace
}  // namespace tutela
