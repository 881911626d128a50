// SPDX-License-Identifier: Apache-2.0
#include <tutela/disclosure/kept_record.hpp>

#include <random>

namespace tutela {
namespace {

constexpr Date day1{2026, 3, 1};
constexpr Date day2{2026, 3, 2};
constexpr Date day3{2026, 3, 3};

Handling by_officer(Date on) { return {on, "data_protection_officer", "request of the person", {}}; }

Value number(int value) { return Value(Decimal(value)); }

Record two_counts()
{
  return RecordBuilder()
      .set("convictions", number(3), {"register_a", Date{2020, 1, 1}, {}})
      .set("convictions", number(2), {"register_b", Date{2020, 1, 1}, {}})
      .set("age", number(17), {"file", Date{2020, 1, 1}, {}})
      .build()
      .value();
}

TEST(KeptRecord, ARectifiedFactHasOneValueFromItsDayOn)
{
  KeptRecord const kept(two_counts());
  auto const mended = kept.rectify("convictions", number(1), {"court", day2, {}}, by_officer(day2), false).value();
  EXPECT_EQ(mended.readable(day1), two_counts()) << "readings of earlier days stay";
  EXPECT_EQ(mended.readable(day2).value("convictions"), number(1));
  EXPECT_FALSE(mended.readable(day2).disputed("convictions"));
  ASSERT_EQ(mended.history().size(), 1U);
  EXPECT_EQ(mended.history().front().handling, by_officer(day2));
  EXPECT_EQ(kept.readable(day2), two_counts()) << "the first record did not change";
  auto const again = mended.rectify("convictions", number(0), {"court", day2, {}}, by_officer(day2), false).value();
  EXPECT_EQ(again.readable(day2).value("convictions"), number(0));
}

TEST(KeptRecord, AnErasedOldValueIsGoneForEveryDay)
{
  auto const mended =
      KeptRecord(two_counts()).rectify("convictions", number(1), {"court", day2, {}}, by_officer(day2), true).value();
  EXPECT_EQ(mended.readable(day1).find("convictions"), nullptr);
  EXPECT_EQ(mended.readable(day3).value("convictions"), number(1));
  EXPECT_TRUE(mended.history().front().old_value_erased);
}

TEST(KeptRecord, ARestrictedFactIsNotThereUntilItIsReleased)
{
  auto const closed = KeptRecord(two_counts()).restrict_reading("age", by_officer(day2)).value();
  EXPECT_NE(closed.readable(day1).find("age"), nullptr);
  EXPECT_EQ(closed.readable(day2).find("age"), nullptr);
  EXPECT_EQ(closed.readable(day2).value("age"), Value::unknown("age"));
  EXPECT_FALSE(closed.restrict_reading("age", by_officer(day3)));
  auto const open = closed.release("age", by_officer(day3)).value();
  EXPECT_EQ(open.readable(day2).find("age"), nullptr);
  EXPECT_NE(open.readable(day3).find("age"), nullptr);
  EXPECT_FALSE(open.release("age", by_officer(day3)));
}

TEST(KeptRecord, ErasingLeavesTheEntryAlone)
{
  FactDeclaration age;
  age.name = "age";
  age.category = "identity";
  Schema const schema({age});
  LegalHold const hold{"complaint", {DataCategory("identity")}, {std::nullopt, day2}, {}};
  KeptRecord const kept(two_counts());
  EXPECT_FALSE(kept.erase("age", by_officer(day1), schema, std::vector{hold}));
  EXPECT_FALSE(kept.erase("convictions", by_officer(day1), schema, std::vector{hold})) << "of no known category";
  auto const erased = kept.erase("age", by_officer(day2), schema, std::vector{hold}).value();
  for (auto const day : {day1, day2, day3}) EXPECT_EQ(erased.readable(day).find("age"), nullptr);
  ASSERT_EQ(erased.history().size(), 1U);
  EXPECT_EQ(erased.history().front().kind, HandlingKind::erased);
  EXPECT_FALSE(erased.erase("age", by_officer(day3), schema, {})) << "there is nothing left";
}

TEST(KeptRecord, WhatRestsOnALapsedRecordLeavesOnItsDay)
{
  LapsedRecord lapsed{HandlingKind::spent, {"convictions"}, "register_a", {day2, "law", "term over", {}}};
  auto const kept = KeptRecord(two_counts()).lapse(lapsed).value();
  EXPECT_TRUE(kept.readable(day1).disputed("convictions"));
  EXPECT_EQ(kept.readable(day2).value("convictions"), number(2)) << "the other register stays";
  lapsed.source = "register_c";
  EXPECT_FALSE(KeptRecord(two_counts()).lapse(lapsed));
  lapsed.kind = HandlingKind::erased;
  lapsed.handling = {};
  EXPECT_EQ(KeptRecord(two_counts()).lapse(lapsed).diagnostics().size(), 4U);
}

TEST(KeptRecord, RefusesWhatHasNoReasonOrGoesBack)
{
  KeptRecord const kept(two_counts());
  EXPECT_EQ(kept.restrict_reading("shoe_size", {}).diagnostics().size(), 3U);
  auto const closed = kept.restrict_reading("age", by_officer(day2)).value();
  EXPECT_EQ(closed.release("age", by_officer(day1)).diagnostics().front().code, Code::invalid_interval);
  auto const refused = kept.rectify("age", number(18), {"file", {}, {day2, day1}}, by_officer(day1), false);
  EXPECT_EQ(refused.diagnostics().front().code, Code::invalid_interval);
}

/// What was done, kept as a list and replayed for each day from the beginning.
struct Replayed {
  struct Step {
    HandlingKind kind;
    std::string fact;
    std::string source;
    Date on;
    Value value;
    bool erase_old;
  };
  Record first;
  std::vector<Step> steps;

  [[nodiscard]] std::map<std::pair<std::string, std::string>, Value> on(Date today) const
  {
    std::map<std::pair<std::string, std::string>, Value> values;  // by name and source
    for (auto const& fact : first.facts()) values[{fact.name, fact.source.name}] = fact.value;
    std::set<std::string> restricted;
    for (auto const& step : steps) {
      auto const forget = [&](bool of_one_source) {
        std::erase_if(values, [&](auto const& each) {
          return each.first.first == step.fact && (!of_one_source || each.first.second == step.source);
        });
      };
      bool const begun = step.on <= today;
      if (step.kind == HandlingKind::erased || (step.kind == HandlingKind::rectified && step.erase_old)) forget(false);
      if (step.kind == HandlingKind::erased) restricted.erase(step.fact);
      if (!begun) continue;
      if (step.kind == HandlingKind::rectified) forget(false), values[{step.fact, step.source}] = step.value;
      if (step.kind == HandlingKind::restricted) restricted.insert(step.fact);
      if (step.kind == HandlingKind::released) restricted.erase(step.fact);
      if (step.kind == HandlingKind::spent) forget(true);
    }
    std::erase_if(values, [&](auto const& each) { return restricted.contains(each.first.first); });
    return values;
  }
};

TEST(KeptRecord, EqualsAReplayOfEverythingThatWasDone)
{
  std::mt19937 random(37);
  char const* const names[] = {"a", "b", "c"};
  char const* const sources[] = {"x", "y"};
  for (int round = 0; round < 1500; ++round) {
    RecordBuilder builder;
    for (char const* name : names)
      for (char const* source : sources)
        if (random() % 3 != 0) builder.set(name, number(static_cast<int>(random() % 50)), {source, {}, {}});
    auto const first = std::move(builder).build().value();
    KeptRecord kept(first);
    Replayed replayed{first, {}};
    Date on{2026, 1, 1};
    for (int i = 0; i < 8; ++i) {
      on = *add_days(on, static_cast<int>(random() % 3));
      std::string const name = names[random() % 3];
      std::string const source = sources[random() % 2];
      auto const value = number(static_cast<int>(random() % 50));
      bool const erase_old = random() % 2 == 0;
      auto const kind = std::array{HandlingKind::rectified, HandlingKind::restricted, HandlingKind::released,
                                   HandlingKind::erased, HandlingKind::spent}[random() % 5];
      auto const done = kind == HandlingKind::rectified
                            ? kept.rectify(name, value, {source, {}, {}}, by_officer(on), erase_old)
                        : kind == HandlingKind::restricted ? kept.restrict_reading(name, by_officer(on))
                        : kind == HandlingKind::released   ? kept.release(name, by_officer(on))
                        : kind == HandlingKind::erased     ? kept.erase(name, by_officer(on), {}, {})
                                                           : kept.lapse({kind, {name}, source, by_officer(on)});
      if (!done) continue;
      kept = *done;
      replayed.steps.push_back({kind, name, source, on, value, erase_old});
    }
    EXPECT_EQ(kept.history().size(), replayed.steps.size());
    for (int day = 0; day < 20; ++day) {
      auto const today = *add_days(Date{2026, 1, 1}, day);
      std::map<std::pair<std::string, std::string>, Value> found;
      auto const readable = kept.readable(today);
      for (auto const& fact : readable.facts()) found[{fact.name, fact.source.name}] = fact.value;
      EXPECT_EQ(found, replayed.on(today)) << round << ' ' << day;
    }
  }
}

}  // namespace
}  // namespace tutela
