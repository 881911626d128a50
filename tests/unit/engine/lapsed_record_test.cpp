// SPDX-License-Identifier: Apache-2.0
/// \file
/// Spent, sealed and annulled records: rules, scores and explanations are as if they had never been.
#include <set>

#include <tutela/disclosure/kept_record.hpp>
#include <tutela/io/assessment.hpp>
#include <tutela/io/explanation.hpp>
#include <tutela/risk/score.hpp>

#include "unit/engine/fixture.hpp"

namespace tutela::test {
namespace {

Handling by_court(Date on) { return {on, "court", "the matter is closed to everybody but a court", {}}; }

/// The facts without those of some names, put together from nothing.
Record never_recorded(Record const& facts, std::set<std::string> const& names)
{
  RecordBuilder builder;
  for (auto const& fact : facts.facts())
    if (!names.contains(fact.name)) builder.set(fact.name, fact.value, fact.source);
  return std::move(builder).build().value();
}

TEST(LapsedRecord, AssessmentsAreAsIfItHadNeverBeen)
{
  auto const cases = load_cases(data_file("cases/synthetic-300.ndjson")).value();
  auto const& schema = knowledge().packs.front().schema();
  std::size_t lapsed_cases = 0;
  std::size_t changed = 0;
  for (std::size_t i = 0; i < cases.size() && lapsed_cases < 16; ++i) {
    auto item = cases[i];
    if (item.kind != CaseKind::probation) continue;
    std::set<std::string> names;
    for (auto const& fact : item.facts.facts())
      if (auto const* declared = schema.find(fact.name); declared != nullptr && declared->category == "offence")
        names.insert(fact.name);
    if (names.empty()) continue;
    ++lapsed_cases;
    auto const kept =
        KeptRecord(item.facts).lapse({HandlingKind::sealed, {names.begin(), names.end()}, "", by_court(day)}).value();
    EXPECT_EQ(kept.readable(*add_days(day, -1)), item.facts) << "until then it counts";
    auto const before = write_assessment(assess(knowledge(), item, day));
    auto without = item;
    without.facts = never_recorded(item.facts, names);
    item.facts = kept.readable(day);
    auto const after = write_assessment(assess(knowledge(), item, day));
    EXPECT_EQ(after, write_assessment(assess(knowledge(), without, day)));
    changed += after != before ? 1U : 0U;
    for (char const* word : {"sealed", "lapsed", "closed to everybody"}) EXPECT_EQ(after.find(word), std::string::npos);
    for (auto const& verdict : knowledge().packs.front().decide(item.facts, day)) {
      auto const words = explain(verdict);
      EXPECT_EQ(words.find("sealed"), std::string::npos);
    }
  }
  EXPECT_EQ(lapsed_cases, 16U);
  EXPECT_GT(changed, 8U) << "the facts mattered before";
}

TEST(LapsedRecord, ScoresAreAsIfItHadNeverBeen)
{
  auto const& scale = knowledge().instruments.front();
  auto const facts = RecordBuilder()
                         .set("person.sex", Value("male"))
                         .set("person.birth_date", Value(Date{1989, 4, 22}))
                         .set("probation.first_sanction_date", Value(Date{2001, 9, 10}))
                         .set("probation.conviction_date", Value(Date{2013, 2, 20}))
                         .set("probation.risk_start_date", Value(Date{2013, 3, 31}))
                         .set("probation.previous_sanctions", Value(Decimal(25)))
                         .set("probation.offence_group", Value("taking_and_driving_away"))
                         .build()
                         .value();
  ScoreOptions options;
  options.jurisdiction = "GB-EAW";
  auto const before = score(scale, facts, options);
  ASSERT_EQ(before.state, ScoreState::known);
  std::string const name = "probation.previous_sanctions";
  auto const kept = KeptRecord(facts).lapse({HandlingKind::spent, {name}, "", by_court(day)}).value();
  EXPECT_EQ(to_json(score(scale, kept.readable(*add_days(day, -1)), options)), to_json(before));
  auto const after = score(scale, kept.readable(day), options);
  EXPECT_EQ(after.state, ScoreState::open);
  EXPECT_EQ(to_json(after), to_json(score(scale, never_recorded(facts, {name}), options)));
  EXPECT_EQ(after.missing, std::vector{name}) << "as every fact that nobody asked for yet";
}

}  // namespace
}  // namespace tutela::test
