// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <map>
#include <set>

#include <tutela/model/agreement.hpp>
#include <tutela/model/publication.hpp>

using namespace tutela;

namespace {

TEST(PartialDate, keeps_what_is_not_known_open)
{
  auto const month = parse_partial_date("2024-02");
  ASSERT_TRUE(month);
  EXPECT_EQ(month->earliest(), (Date{2024, 2, 1}));
  EXPECT_EQ(month->latest(), (Date{2024, 2, 29}));
  EXPECT_FALSE(month->is_exact());
  auto const year = parse_partial_date("2022");
  ASSERT_TRUE(year);
  EXPECT_EQ(year->earliest(), (Date{2022, 1, 1}));
  EXPECT_EQ(year->latest(), (Date{2022, 12, 31}));
  auto const day = parse_partial_date("2015-07-10");
  ASSERT_TRUE(day);
  EXPECT_TRUE(day->is_exact());
  EXPECT_EQ(day->earliest(), day->latest());
}

TEST(PartialDate, is_written_as_it_is_read)
{
  for (auto const* text : {"2022", "2022-07", "2022-07-15", "0001"})
    EXPECT_EQ(to_string(parse_partial_date(text).value()), text);
}

TEST(PartialDate, refuses_what_is_no_date)
{
  for (auto const* text : {"", "22", "2022-13", "2022-00", "2023-02-29", "2022-7", "2022/07", "0000", "-202",
                           "2022-07-", "20220715", "2022-07-15T", "abcd"})
    EXPECT_FALSE(parse_partial_date(text)) << text;
}

Agreement agreement(std::vector<AgreementStep> steps)
{
  Agreement result;
  result.steps = std::move(steps);
  return result;
}

TEST(Agreement, the_last_recorded_state_holds)
{
  auto const one = agreement({{AgreementState::debated, PartialDate{2015, 7, 10}, {}},
                              {AgreementState::in_force, PartialDate{2016, 1, 1}, {}},
                              {AgreementState::ended, PartialDate{2018, 1, 1}, {}}});
  EXPECT_EQ(step_on(one, Date{2015, 7, 9}), nullptr);
  EXPECT_EQ(step_on(one, Date{2015, 7, 10})->state, AgreementState::debated);
  EXPECT_EQ(step_on(one, Date{2017, 5, 5})->state, AgreementState::in_force);
  EXPECT_EQ(is_open_on(one, Date{2015, 7, 9}), Truth::no);
  EXPECT_EQ(is_open_on(one, Date{2015, 12, 31}), Truth::no);
  EXPECT_EQ(is_open_on(one, Date{2016, 1, 1}), Truth::yes);
  EXPECT_EQ(is_open_on(one, Date{2018, 1, 1}), Truth::no);
}

TEST(Agreement, a_month_without_a_day_is_unknown_only_where_it_matters)
{
  auto one = agreement({{AgreementState::signed_by_all, PartialDate{2022, 7, 0}, {}}});
  EXPECT_EQ(is_open_on(one, Date{2022, 7, 15}), Truth::no);  // signed or not, it is not in force
  one = agreement({{AgreementState::in_force, PartialDate{2022, 7, 0}, {}}});
  EXPECT_EQ(is_open_on(one, Date{2022, 6, 30}), Truth::no);
  EXPECT_EQ(is_open_on(one, Date{2022, 7, 15}), Truth::unknown);
  EXPECT_EQ(is_open_on(one, Date{2022, 7, 31}), Truth::yes);
  one = agreement(
      {{AgreementState::in_force, PartialDate{2022, 1, 1}, {}}, {AgreementState::ended, PartialDate{2022, 7, 0}, {}}});
  EXPECT_EQ(is_open_on(one, Date{2022, 7, 1}), Truth::unknown);
  EXPECT_EQ(is_open_on(one, Date{2022, 7, 31}), Truth::no);
}

TEST(Agreement, its_windows_close_it)
{
  auto one = agreement({{AgreementState::in_force, PartialDate{2022, 1, 1}, {}}});
  one.window = {Date{2022, 1, 1}, Date{2023, 1, 1}};
  one.referral_window = {std::nullopt, Date{2022, 10, 1}};
  EXPECT_EQ(is_open_on(one, Date{2022, 9, 30}), Truth::yes);
  EXPECT_EQ(is_open_on(one, Date{2022, 10, 1}), Truth::no);
  EXPECT_EQ(in_force_on(one, Date{2022, 10, 1}), Truth::yes);
}

TEST(Agreement, which_state_may_follow_which)
{
  using S = AgreementState;
  std::map<S, std::set<S>> const table{{S::proposed, {S::debated, S::agreed, S::signed_by_all, S::in_force, S::ended}},
                                       {S::debated, {S::agreed, S::signed_by_all, S::in_force, S::ended}},
                                       {S::agreed, {S::debated, S::signed_by_all, S::in_force, S::ended}},
                                       {S::signed_by_all, {S::in_force, S::ended}},
                                       {S::in_force, {S::suspended, S::ended}},
                                       {S::suspended, {S::in_force, S::ended}},
                                       {S::ended, {}}};
  for (auto const earlier : agreement_states)
    for (auto const later : agreement_states)
      EXPECT_EQ(may_follow(earlier, later), earlier == later || table.at(earlier).count(later) == 1)
          << to_string(earlier) << " " << to_string(later);
}

}  // namespace
