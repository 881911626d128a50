// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include <tutela/referral/lifecycle.hpp>

#include "small_network.hpp"

namespace tutela {
namespace {

using Standing = ReferralState;

ReferralStep step(Standing state, int day)
{
  ReferralStep result;
  result.state = state;
  result.on = from_days(to_days(Date{2026, 3, 1}) + day).value();
  result.by = AgencyId("office");
  if (needs_reason(state)) result.reason = ReferralReason::no_capacity;
  if (state == Standing::closed) result.outcome = ReferralOutcome::met;
  return result;
}

ReferralRecord record(std::string id, std::vector<Standing> const& states)
{
  ReferralRecord result;
  result.id = ReferralId(std::move(id));
  result.from = AgencyId("office");
  result.to = AgencyId("house");
  int day = 0;
  for (Standing const state : states) result.steps.push_back(step(state, day++));
  return result;
}

bool has(std::vector<Diagnostic> const& found, Code code, std::string const& pointer)
{
  return std::any_of(found.begin(), found.end(),
                     [&](Diagnostic const& each) { return each.code == code && each.place.pointer == pointer; });
}

std::vector<Diagnostic> check(ReferralRecord const& one) { return check_referrals({&one, 1}, "r.json"); }

TEST(Lifecycle, words_are_read_back)
{
  for (std::size_t k = 0; k < referral_states; ++k) {
    auto const state = static_cast<Standing>(k);
    EXPECT_FALSE(to_string(state).empty());
    EXPECT_EQ(parse_referral_state(to_string(state)), state);
  }
  EXPECT_FALSE(parse_referral_state("in-progress"));
}

TEST(Lifecycle, a_closed_loop_is_in_order)
{
  EXPECT_TRUE(check(record("r", {Standing::draft, Standing::sent, Standing::received, Standing::waitlisted,
                                 Standing::accepted, Standing::started, Standing::on_hold, Standing::started,
                                 Standing::completed, Standing::closed}))
                  .empty());
  EXPECT_TRUE(check(record("r", {Standing::sent, Standing::declined, Standing::closed})).empty());
  EXPECT_TRUE(check(record("r", {Standing::sent, Standing::accepted, Standing::declined})).empty());
}

TEST(Lifecycle, every_pair_of_states_is_allowed_or_told_with_what_is_allowed)
{
  for (std::size_t a = 0; a < referral_states; ++a)
    for (std::size_t b = 0; b < referral_states; ++b) {
      auto const before = static_cast<Standing>(a);
      auto const after = static_cast<Standing>(b);
      auto const allowed = allowed_after(before);
      bool const is_allowed = std::find(allowed.begin(), allowed.end(), after) != allowed.end();
      auto one = record("r", {before, after});
      auto const found = check(one);
      EXPECT_EQ(has(found, Code::not_allowed, "/0/steps/1/state"), !is_allowed);
      one.steps.pop_back();
      auto const next = advance(one, step(after, 1));
      EXPECT_EQ(next.has_value(), is_allowed);
      if (is_allowed) {
        EXPECT_EQ(next->steps.size(), 2U);
        continue;
      }
      ASSERT_EQ(next.diagnostics().size(), 1U);
      EXPECT_EQ(next.diagnostics().front().place.pointer, "/steps/1/state");
      for (Standing const each : allowed)
        EXPECT_NE(next.diagnostics().front().mend.find(to_string(each)), std::string::npos);
    }
}

TEST(Lifecycle, every_state_leads_to_an_end)
{
  for (std::size_t k = 0; k < referral_states; ++k) {
    std::vector<bool> seen(referral_states);
    std::vector<Standing> todo{static_cast<Standing>(k)};
    while (!todo.empty()) {
      Standing const at = todo.back();
      todo.pop_back();
      if (seen[static_cast<std::size_t>(at)]) continue;
      seen[static_cast<std::size_t>(at)] = true;
      for (Standing const next : allowed_after(at)) todo.push_back(next);
    }
    EXPECT_TRUE(seen[static_cast<std::size_t>(Standing::closed)] || seen[static_cast<std::size_t>(Standing::mistaken)]);
  }
}

TEST(Lifecycle, everything_that_is_wrong_is_told_at_once)
{
  auto one = record("r", {Standing::accepted, Standing::sent, Standing::declined, Standing::closed});
  one.steps[1].on = Date{2020, 1, 1};
  one.steps[2].reason.reset();
  one.steps[3].outcome.reset();
  one.steps[3].by = AgencyId();
  one.consent_overrides = {{}};
  one.consent_overrides.push_back({{DataCategory("health")},
                                   "head",
                                   "danger",
                                   {"Act", "1", "", Grade::a, {}, {}},
                                   {Date{2026, 3, 2}, Date{2026, 3, 1}}});
  auto const found = check(one);
  EXPECT_TRUE(has(found, Code::not_allowed, "/0/steps/0/state"));
  EXPECT_TRUE(has(found, Code::not_allowed, "/0/steps/1/state"));
  EXPECT_TRUE(has(found, Code::invalid_interval, "/0/steps/1/on"));
  EXPECT_TRUE(has(found, Code::missing_key, "/0/steps/2/reason"));
  EXPECT_TRUE(has(found, Code::missing_key, "/0/steps/3/outcome"));
  EXPECT_TRUE(has(found, Code::missing_key, "/0/steps/3/by"));
  EXPECT_TRUE(has(found, Code::missing_key, "/0/consent_overrides/0/categories"));
  EXPECT_TRUE(has(found, Code::missing_key, "/0/consent_overrides/0/who"));
  EXPECT_TRUE(has(found, Code::missing_key, "/0/consent_overrides/0/ground"));
  EXPECT_TRUE(has(found, Code::invalid_citation, "/0/consent_overrides/0/article"));
  EXPECT_TRUE(has(found, Code::missing_key, "/0/consent_overrides/0/valid_until"));
  EXPECT_TRUE(has(found, Code::invalid_interval, "/0/consent_overrides/1/valid_until"));
  auto other = record("r", {Standing::sent, Standing::declined});
  other.steps[1].reason = ReferralReason::other;
  other.steps[0].outcome = ReferralOutcome::met;
  EXPECT_TRUE(has(check(other), Code::missing_key, "/0/steps/1/note"));
  EXPECT_TRUE(has(check(other), Code::not_allowed, "/0/steps/0/outcome"));
}

TEST(Lifecycle, sub_referrals_hang_together)
{
  std::vector<ReferralRecord> all{record("a", {Standing::sent}), record("b", {Standing::sent}),
                                  record("c", {Standing::sent})};
  all[1].parent = ReferralId("a");
  all[1].from = AgencyId("house");
  EXPECT_TRUE(check_referrals(all).empty());
  all[2].parent = ReferralId("a");
  EXPECT_TRUE(has(check_referrals(all), Code::not_allowed, "/2/from"));
  all[2].parent = ReferralId("nobody");
  EXPECT_TRUE(has(check_referrals(all), Code::dangling_reference, "/2/parent"));
  all[2].parent = ReferralId("c");
  EXPECT_TRUE(has(check_referrals(all), Code::cyclic_reference, "/2/parent"));
  all[2].id = ReferralId("a");
  EXPECT_TRUE(has(check_referrals(all), Code::duplicate_id, "/2/id"));
  all[1].steps[0].on = Date{2026, 2, 1};
  EXPECT_TRUE(has(check_referrals(all), Code::invalid_interval, "/1/steps/0/on"));
  Limits small;
  small.elements = 2;
  EXPECT_TRUE(has(check_referrals(all, "", small), Code::limit_reached, ""));
}

TEST(Lifecycle, a_chain_of_many_parents_is_walked_once)
{
  std::vector<ReferralRecord> all;
  for (int k = 0; k < 100'000; ++k) {
    all.push_back(record(std::to_string(k), {Standing::sent}));
    all.back().from = all.back().to = AgencyId("office");
    all.back().parent = ReferralId(std::to_string((k + 1) % 100'000));
  }
  auto const found = check_referrals(all);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().code, Code::cyclic_reference);
}

TEST(Lifecycle, the_owner_stays_or_changes)
{
  auto one = record("r", {Standing::sent, Standing::accepted, Standing::declined});
  EXPECT_EQ(owner_on(one, Date{2026, 3, 2}), AgencyId("office"));
  one.form = ReferralForm::transfer;
  EXPECT_EQ(owner_on(one, Date{2026, 3, 1}), AgencyId("office"));
  EXPECT_EQ(owner_on(one, Date{2026, 3, 2}), AgencyId("house"));
  EXPECT_EQ(owner_on(one, Date{2026, 3, 3}), AgencyId("office"));
  EXPECT_EQ(state_on(one, Date{2026, 2, 1}), std::nullopt);
  EXPECT_EQ(state_on(one, Date{2026, 3, 2}), Standing::accepted);
}

TEST(Lifecycle, deadlines_come_from_the_ground_and_the_duties)
{
  auto content = test::small_content();
  DutyToReport duty;
  duty.id = DutyId("report");
  duty.jurisdiction = "XX";
  duty.who = duty.when = duty.to_whom = Text("x");
  duty.to = AgencyId("house");
  duty.hours = 25;
  duty.citation = test::citation();
  content.duties_to_report = {duty};
  auto const network = Network::build(content).value();
  auto one = record("r", {Standing::draft, Standing::sent});
  one.basis = BasisId("pact-basis");
  auto const found = deadlines_of(one, network);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0], (ReferralDeadline{Standing::received, Date{2026, 3, 4}, AgencyId("office"), "pact-basis"}));
  EXPECT_EQ(found[1], (ReferralDeadline{Standing::sent, Date{2026, 3, 3}, AgencyId("office"), "report"}));

  one.deadlines = found;
  EXPECT_TRUE(overdue_on(one, Date{2026, 3, 4}).empty());
  ASSERT_EQ(overdue_on(one, Date{2026, 3, 5}).size(), 1U);
  EXPECT_EQ(overdue_on(one, Date{2026, 3, 5}).front().ground, "pact-basis");
  one.steps.push_back(step(Standing::declined, 5));
  EXPECT_TRUE(overdue_on(one, Date{2026, 3, 6}).empty());
  EXPECT_TRUE(deadlines_of(record("r", {}), network).empty());
}

TEST(Lifecycle, an_override_holds_for_its_data_and_its_days)
{
  auto one = record("r", {Standing::sent});
  one.consent_overrides.push_back({{DataCategory("health")},
                                   "head of the service",
                                   "danger to life",
                                   {"Act", "art. 1", "", Grade::a, {}, {}},
                                   {Date{2026, 3, 1}, Date{2026, 3, 8}}});
  EXPECT_TRUE(check(one).empty());
  EXPECT_TRUE(overridden_on(one, DataCategory("health"), Date{2026, 3, 7}));
  EXPECT_FALSE(overridden_on(one, DataCategory("health"), Date{2026, 3, 8}));
  EXPECT_FALSE(overridden_on(one, DataCategory("offence"), Date{2026, 3, 7}));
}

}  // namespace
}  // namespace tutela
