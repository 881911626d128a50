// SPDX-License-Identifier: Apache-2.0
// The shipped pack md/child-protection: its own cases, its labels and sources, and the synthetic cases.
#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include <tutela/calendar/clock.hpp>
#include <tutela/io/case.hpp>
#include <tutela/rules/pack.hpp>
#include <tutela/rules/test_cases.hpp>

namespace tutela {
namespace {

std::string const folder = TUTELA_SOURCE_DIR "/src/packs/md/child-protection";

Pack const& pack()
{
  static Pack const loaded = load_pack(folder).value();
  return loaded;
}

std::vector<Case> const& synthetic_cases()
{
  static std::vector<Case> const cases = [] {
    std::string const path = TUTELA_SOURCE_DIR "/examples/data/cases/synthetic-300.ndjson";
    return load_cases(path).value();
  }();
  return cases;
}

Date const reference_day{2026, 3, 1};

TEST(ChildProtection, LoadsWithoutAWarning)
{
  auto const loaded = load_pack(folder);
  ASSERT_TRUE(loaded.has_value()) << to_string(loaded.diagnostics());
  EXPECT_TRUE(loaded.diagnostics().empty()) << to_string(loaded.diagnostics());
  EXPECT_EQ(loaded->info().id, "md/child-protection");
  EXPECT_EQ(loaded->info().jurisdiction, "MD");
  EXPECT_EQ(loaded->decisions().size(), 36U);
}

TEST(ChildProtection, IsShipped)
{
  auto const shipped = shipped_packs();
  ASSERT_NE(std::find(shipped.begin(), shipped.end(), "md/child-protection"), shipped.end());
  EXPECT_EQ(load_pack("md/child-protection").value().info().digest, pack().info().digest);
}

TEST(ChildProtection, PassesItsOwnCases)
{
  auto const report = run_test_cases(folder + "/cases").value();
  EXPECT_TRUE(report.diagnostics.empty()) << to_string(report.diagnostics);
  EXPECT_EQ(report.failed, 0U);
  std::map<std::string, int> asked;
  for (auto const& test : report.cases)
    for (auto const& result : test.results) {
      ++asked[result.node];
      EXPECT_TRUE(result.passed) << test.id << " " << test.description << ": expected " << result.expected << ", got "
                                 << result.actual;
    }
  for (auto const& decision : pack().decisions()) EXPECT_GE(asked[decision.name], 3) << decision.name;
}

TEST(ChildProtection, EveryDecisionHasASourceOfGradeAOrBAndFourLabels)
{
  int on = 0;
  for (auto const& decision : pack().decisions()) {
    for (auto const language : all_languages) EXPECT_FALSE(decision.label.exactly(language).empty()) << decision.name;
    for (auto const& text : decision.texts) {
      EXPECT_FALSE(text.citations.empty()) << decision.name;
      bool in_force = false;
      for (auto const& citation : text.citations) {
        EXPECT_TRUE(may_be_default(citation.grade)) << decision.name;
        EXPECT_FALSE(citation.source.empty()) << decision.name;
        auto const status = parse_law_status(citation.status.substr(0, citation.status.find(':')));
        EXPECT_TRUE(status) << decision.name << ": " << citation.status;
        in_force = in_force || status == LawStatus::in_force_as_seen;
      }
      EXPECT_EQ(text.verified, in_force) << decision.name;
      on += in_force ? 1 : 0;
    }
  }
  EXPECT_EQ(on, 27);
}

TEST(ChildProtection, EveryFactCanBeAskedInFourLanguages)
{
  for (auto const& fact : pack().schema().declarations()) {
    EXPECT_NE(fact.type, Kind::none) << fact.name;
    EXPECT_FALSE(fact.category.empty()) << fact.name;
    for (auto const language : all_languages) {
      EXPECT_FALSE(fact.label.exactly(language).empty()) << fact.name;
      EXPECT_FALSE(fact.question.exactly(language).empty()) << fact.name;
    }
  }
}

TEST(ChildProtection, WhatSeparatesAChildReadsNoProtectedFact)
{
  int separating = 0;
  for (auto const& decision : pack().decisions()) {
    if (!decision.separation) continue;
    ++separating;
    for (auto const& name : decision.facts) EXPECT_FALSE(pack().schema().find(name)->is_protected) << decision.name;
  }
  EXPECT_EQ(separating, 3);
}

TEST(ChildProtection, DutiesCarryTheirClocks)
{
  RecordBuilder builder;
  auto const removed = std::move(builder.set("need.emergency_removal_decided", Value(true))).build().value();
  auto const verdict = pack().decide("prosecutor_notification_required", removed, reference_day);
  ASSERT_EQ(verdict.reasons.size(), 1U);
  ASSERT_EQ(verdict.reasons[0].duties.size(), 1U);
  EXPECT_EQ(verdict.reasons[0].duties[0], (Duty{"24 hours", "prosecutor"}));
  ASSERT_FALSE(verdict.reasons[0].citations.empty());
  EXPECT_EQ(verdict.reasons[0].citations[0].article, "art. 71(2)");
}

TEST(ChildProtection, BeforeTheFirstDayOfATextThereIsNoLaw)
{
  RecordBuilder builder;
  auto const child = std::move(builder.set("person.birth_date", Value(Date{2010, 1, 1}))).build().value();
  EXPECT_EQ(pack().decide("child_opinion_required", child, Date{2020, 8, 13}).outcome, Outcome::no_law_in_force);
  EXPECT_EQ(pack().decide("child_opinion_required", child, Date{2020, 8, 14}).outcome, Outcome::known);
}

TEST(ChildProtection, SyntheticCasesFitItsFactsAndAreAnswered)
{
  std::map<Outcome, int> outcomes;
  for (auto const& item : synthetic_cases()) {
    auto const findings = pack().schema().check(item.facts);
    EXPECT_TRUE(findings.empty()) << item.id.text() << " " << to_string(findings);
    for (auto const& verdict : pack().decide(item.facts, reference_day)) {
      ++outcomes[verdict.outcome];
      EXPECT_NE(verdict.outcome, Outcome::error)
          << item.id.text() << " " << verdict.decision << (verdict.fault ? ": " + verdict.fault->what : "");
      if (verdict.outcome == Outcome::unknown) {
        EXPECT_FALSE(verdict.missing.empty()) << item.id.text() << " " << verdict.decision;
      }
    }
  }
  EXPECT_GT(outcomes[Outcome::known], 5'000);
  EXPECT_GT(outcomes[Outcome::unknown], 1'000);
}

}  // namespace
}  // namespace tutela
