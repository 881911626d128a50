// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <tutela/io/decision.hpp>

namespace tutela {
namespace {

constexpr std::string_view two_decisions = R"({
  "format": "tutela-decisions/1",
  "decisions": [
    {"id": "decision-1", "case": "synthetic-a", "agency": "children-service", "role": "coordinator", "made": "2025-06-18",
     "finding": "route", "finding_reference": "psychological support", "finding_on": "2025-06-18", "stance": "follows",
     "best_interest": "support near the home keeps the child with the family",
     "child_opinion": "given", "child_opinion_note": "the child wants to stay at the school; the times fit",
     "representative": "legal_representative", "contest_where": "the court", "contest_until": "2025-07-18"},
    {"id": "decision-2", "finding": "score", "stance": "departs", "concerns_child": false}
  ]
})";

TEST(DecisionFiles, WhatADecisionLacksIsFoundAtItsPlace)
{
  auto const decisions = parse_decisions(two_decisions).value();
  ASSERT_EQ(decisions.size(), 2U);
  EXPECT_EQ(check_decision(decisions[0], "/decisions/0"), std::vector<Diagnostic>());
  std::set<std::string> places;
  for (auto const& found : check_decision(decisions[1], "/decisions/1")) places.insert(found.place.pointer);
  EXPECT_EQ(places, (std::set<std::string>{"/decisions/1/agency", "/decisions/1/role", "/decisions/1/made",
                                           "/decisions/1/finding_reference", "/decisions/1/reason",
                                           "/decisions/1/representative", "/decisions/1/contest_where",
                                           "/decisions/1/contest_until"}));
}

TEST(DecisionFiles, AreReadBackAsTheyWereWritten)
{
  auto const decisions = parse_decisions(two_decisions).value();
  EXPECT_EQ(parse_decisions(write_decisions(decisions, 2)).value(), decisions);
}

TEST(DecisionFiles, EverythingWrongIsLocated)
{
  auto const refused = parse_decisions(R"({"format": "tutela-decisions/1", "decisions": [
    {"id": "d", "finding": "order", "stance": "ignores", "made": "today", "name": "?"},
    {"id": "d", "finding": "score", "child_opinion": "maybe"}]})",
                                       "d.json");
  ASSERT_FALSE(refused);
  std::set<std::string> places;
  for (auto const& found : refused.diagnostics()) {
    EXPECT_EQ(found.place.file, "d.json");
    places.insert(found.place.pointer);
  }
  EXPECT_EQ(places, (std::set<std::string>{"/decisions/0/finding", "/decisions/0/stance", "/decisions/0/made",
                                           "/decisions/0/name", "/decisions/1/id", "/decisions/1/child_opinion"}));
}

}  // namespace
}  // namespace tutela
