// SPDX-License-Identifier: Apache-2.0
#include <tutela/disclosure/retention.hpp>

#include <random>

namespace tutela {
namespace {

Schema schema()
{
  FactDeclaration age;
  age.name = "age";
  age.category = "identity";
  FactDeclaration diagnosis;
  diagnosis.name = "diagnosis";
  diagnosis.category = "health";
  return Schema({age, diagnosis});
}

Record record(Date recorded)
{
  return RecordBuilder()
      .set("age", Value(Decimal(7)), {"school", recorded, {}})
      .set("diagnosis", Value("secret"), {"clinic", recorded, {}})
      .set("note", Value("secret"))
      .build()
      .value();
}

std::vector<RetentionReading> read(std::vector<RetentionRule> const& rules, std::vector<LegalHold> const& holds,
                                   Date today, std::map<std::string, Date> const& events = {})
{
  return read_retention(record({2020, 1, 31}), schema(), rules, events, holds, today).value();
}

RetentionReading const& of(std::vector<RetentionReading> const& readings, std::string const& fact)
{
  for (auto const& reading : readings)
    if (reading.fact == fact) return reading;
  throw std::logic_error("no such fact");
}

Citation article() { return {"Act", "art. 5", "somewhere", Grade::a, {}, {}}; }

TEST(Retention, WhatNobodySetIsReportedAndNeverDue)
{
  auto const readings = read({{DataCategory("health"), std::nullopt, "recorded", article()}}, {}, {9999, 1, 1});
  EXPECT_EQ(of(readings, "age").state, RetentionState::not_set);
  EXPECT_EQ(of(readings, "diagnosis").state, RetentionState::not_set);
  EXPECT_EQ(of(readings, "note").state, RetentionState::category_unknown);
}

TEST(Retention, IsDueOnTheDayAfterTheLastDayByItsArticle)
{
  std::vector<RetentionRule> const rules{{DataCategory("health"), Term{5, TermUnit::years}, "recorded", article()}};
  auto const last = read(rules, {}, {2025, 1, 31});
  EXPECT_EQ(of(last, "diagnosis").state, RetentionState::running);
  EXPECT_EQ(of(last, "diagnosis").erase_on, (Date{2025, 2, 1}));
  auto const due = read(rules, {}, {2025, 2, 1});
  EXPECT_EQ(due.front().fact, "diagnosis") << "what is due comes first";
  EXPECT_EQ(due.front().state, RetentionState::due);
  EXPECT_EQ(due.front().citation, article());
}

TEST(Retention, CountsFromAnEventOfTheCase)
{
  std::vector<RetentionRule> const rules{{DataCategory("health"), Term{1, TermUnit::months}, "case_closed", {}}};
  EXPECT_EQ(of(read(rules, {}, {2030, 1, 1}), "diagnosis").state, RetentionState::not_begun);
  auto const readings = read(rules, {}, {2030, 1, 1}, {{"case_closed", {2029, 12, 15}}});
  EXPECT_EQ(of(readings, "diagnosis").erase_on, (Date{2030, 1, 16}));
}

TEST(Retention, AHoldKeepsWhatIsDueWhileItHolds)
{
  std::vector<RetentionRule> const rules{{DataCategory("health"), Term{0, TermUnit::days}, "recorded", article()}};
  LegalHold hold{"court_request", {DataCategory("health")}, {Date{2026, 1, 1}, Date{2026, 6, 1}}, {}};
  EXPECT_EQ(of(read(rules, {hold}, {2025, 12, 31}), "diagnosis").state, RetentionState::due);
  auto const held = of(read(rules, {hold}, {2026, 5, 31}), "diagnosis");
  EXPECT_EQ(held.state, RetentionState::held);
  EXPECT_EQ(held.hold, "court_request");
  EXPECT_FALSE(held.citation) << "the article of the hold";
  EXPECT_EQ(of(read(rules, {hold}, {2026, 6, 1}), "diagnosis").state, RetentionState::due);
  hold.categories = {DataCategory("identity")};
  EXPECT_EQ(of(read(rules, {hold}, {2026, 3, 1}), "diagnosis").state, RetentionState::due);
  EXPECT_NE(held_by(std::vector{hold}, DataCategory(), {2026, 3, 1}), nullptr) << "what is not known is kept";
}

TEST(Retention, RefusesRulesThatContradictOrSayNothing)
{
  std::vector<RetentionRule> const rules{{DataCategory("a"), Term{3, TermUnit::hours}, "", {}},
                                         {DataCategory("a"), Term{3, TermUnit::working_days}, "x", {}},
                                         {DataCategory(), Term{-1, TermUnit::days}, "x", {}}};
  std::vector<LegalHold> const holds{{}};
  EXPECT_EQ(read_retention({}, {}, rules, {}, holds, {2026, 1, 1}).diagnostics().size(), 7U);
}

TEST(Retention, DaysEqualACountDayByDay)
{
  std::mt19937 random(31);
  for (int round = 0; round < 300; ++round) {
    Date const begin = *add_days(Date{2019, 12, 1}, static_cast<int>(random() % 900));
    auto const count = static_cast<std::int32_t>(random() % 400);
    std::vector<RetentionRule> const rules{{DataCategory("identity"), Term{count, TermUnit::days}, "recorded", {}}};
    Date last = begin;
    for (int i = 0; i < count; ++i) last = *add_days(last, 1);
    Date const today = *add_days(last, static_cast<int>(random() % 3) - 1);
    auto const readings = read_retention(record(begin), schema(), rules, {}, {}, today).value();
    EXPECT_EQ(of(readings, "age").state, last < today ? RetentionState::due : RetentionState::running);
  }
}

}  // namespace
}  // namespace tutela
