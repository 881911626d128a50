// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/override.hpp>

#include "support.hpp"

namespace tutela {
namespace {

Instrument const& family()
{
  static Instrument const instrument = test::shipped("demo/family_risk.instrument.json");
  return instrument;
}

Score settled()
{
  test::Facts facts;
  for (auto const& fact : family().description().facts) facts.emplace_back(fact.declaration.name, Value(false));
  return score(family(), test::record(facts));
}

ScoreOverride raised()
{
  ScoreOverride result;
  result.reason_code = "serious_injury";
  result.text = "an injury that the form does not ask for";
  result.author = "worker-1";
  result.approver = "supervisor-1";
  result.on = *parse_date("2026-03-01");
  result.expires = *parse_date("2026-06-01");
  result.before = "low";
  result.after = "very_high";
  return result;
}

TEST(Override, stands_beside_the_computed_band)
{
  auto const computed = settled();
  ASSERT_EQ(computed.band, "low") << to_json(computed);
  EXPECT_TRUE(check(raised(), computed, family()).empty());
  std::vector<ScoreOverride> const overrides{raised()};
  EXPECT_EQ(effective_band(computed, overrides, *parse_date("2026-02-28")), "low");
  EXPECT_EQ(effective_band(computed, overrides, *parse_date("2026-03-01")), "very_high");
  EXPECT_EQ(effective_band(computed, overrides, *parse_date("2026-06-01")), "low");
  EXPECT_EQ(computed.band, "low");
}

TEST(Override, needs_reason_author_approver_and_a_band)
{
  auto wrong = raised();
  wrong.reason_code.clear();
  wrong.text.clear();
  wrong.approver = wrong.author;
  wrong.expires = wrong.on;
  wrong.before = "medium";
  wrong.after = "none";
  EXPECT_EQ(check(wrong, settled(), family()).size(), 6U);
  auto by_policy = raised();
  by_policy.kind = OverrideKind::policy;
  by_policy.approver.clear();
  EXPECT_TRUE(check(by_policy, settled(), family()).empty());
}

TEST(Override, is_counted_by_direction_and_reason)
{
  auto lowered = raised();
  lowered.before = "high";
  lowered.after = "medium";
  lowered.reason_code = "moved_away";
  auto const result = statistics(family(), 10, std::vector<ScoreOverride>{raised(), lowered, raised()});
  EXPECT_EQ(result.raised, 2U);
  EXPECT_EQ(result.lowered, 1U);
  EXPECT_EQ(result.by_reason.at("serious_injury"), 2U);
}

TEST(FamilyRisk, is_marked_as_demonstration_and_takes_the_higher_scale)
{
  EXPECT_EQ(family().description().status, InstrumentStatus::demo);
  auto const open = score(family(), Record());
  ASSERT_EQ(open.state, ScoreState::open);
  EXPECT_EQ(open.total, (ScoreRange{0, 7}));
  EXPECT_EQ(open.possible_bands, (std::vector<std::string>{"low", "medium", "high", "very_high"}));
  EXPECT_EQ(open.missing.size(), 7U);
}

}  // namespace
}  // namespace tutela
