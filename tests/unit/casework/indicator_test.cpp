// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>

#include <tutela/casework/record_book.hpp>

namespace tutela {
namespace {

RecordKinds kinds()
{
  RecordField people;
  people.type = FieldType::count;
  people.declaration.name = "people";
  RecordField person;
  person.declaration.name = "case";
  RecordField groups;
  groups.type = FieldType::list;
  groups.declaration.name = "groups";
  RecordField balance;
  balance.type = FieldType::number;
  balance.declaration.name = "balance";
  RecordKind stay{"stay", Text("stay"), RecordTime::optional, {people, person, groups, balance}, {}, false, false};
  auto claim = stay;
  claim.kind = "claim";
  claim.never_computed = true;
  auto team = stay;
  team.kind = "team";
  team.team_only = true;
  auto dayless = stay;
  dayless.kind = "dayless";
  dayless.time = RecordTime::none;
  return RecordKinds::build({stay, claim, team, dayless}).value();
}

GenericRecord stay(std::string id, std::vector<std::pair<std::string, Value>> details,
                   std::optional<PartialDate> from = {}, std::optional<PartialDate> until = {})
{
  GenericRecord made{std::move(id), "stay", Text("stay"), from, until, {}, {std::move(details)}, SourceId("s")};
  return made;
}

Value number(std::int64_t value) { return Value(Decimal(value)); }

RecordMeasure of(MeasureForm form, std::string field = {}, PeriodRule when = PeriodRule::any)
{
  return {form, "stay", std::move(field), {}, when};
}

Period const march{Date{2026, 3, 1}, Date{2026, 4, 1}};

struct Set {
  std::vector<GenericRecord> records;
  std::vector<std::string> complete = {};
  RecordKinds declared = kinds();

  [[nodiscard]] RecordSet set() const { return {&declared, &records, &complete}; }
  [[nodiscard]] Measured measure(RecordMeasure const& one) const { return tutela::measure(one, set(), march); }
  [[nodiscard]] IndicatorValue value(Indicator const& one, int smallest = 0) const
  {
    return evaluate(one, set(), {march, smallest});
  }
};

Indicator amount(RecordMeasure above)
{
  Indicator made;
  made.id = "amount";
  made.name = made.definition = Text("amount");
  made.unit = "child";
  made.numerator = std::move(above);
  return made;
}

Indicator ratio(RecordMeasure above, RecordMeasure below)
{
  Indicator made;
  made.id = "share";
  made.name = made.definition = Text("share");
  made.unit = "percent";
  made.form = IndicatorForm::ratio;
  made.numerator = std::move(above);
  made.denominator = std::move(below);
  made.per = Decimal(100);
  made.decimals = 1;
  return made;
}

TEST(Indicators, MissingIsNotZero)
{
  Set set{{stay("a", {{"people", number(4)}}), stay("b", {})}};
  auto const sum = set.measure(of(MeasureForm::sum, "people"));
  EXPECT_EQ(sum.lowest, Decimal(4));
  EXPECT_FALSE(sum.highest) << "b has some number, and nobody recorded it";
  EXPECT_EQ(sum.unsettled, std::vector<std::string>{"b"});
  set.records = {stay("b", {})};
  EXPECT_EQ(set.value(amount(of(MeasureForm::sum, "people"))).state, IndicatorState::missing);
  set.records.clear();
  EXPECT_EQ(set.value(amount(of(MeasureForm::count))).state, IndicatorState::missing);
  set.complete = {"stay"};
  EXPECT_EQ(set.value(amount(of(MeasureForm::count))).value, Decimal(0));
}

TEST(Indicators, ApproximateStaysMarkedAndSyntheticIsSaid)
{
  Context const about{{{"value", number(180)}, {"approximate", Value(true)}}};
  Set set{{stay("a", {{"people", Value(about)}, {"case", Value("x")}})}};
  auto const share = set.value(ratio(of(MeasureForm::sum, "people"), of(MeasureForm::distinct, "case")));
  EXPECT_EQ(share.value, Decimal(18000));
  EXPECT_TRUE(share.approximate);
  EXPECT_FALSE(share.synthetic);
  set.records[0].source = SourceId();
  EXPECT_TRUE(set.value(ratio(of(MeasureForm::count), of(MeasureForm::count))).synthetic);
}

TEST(Indicators, ADayKnownToTheMonthLeavesAFlowOpen)
{
  Set const set{{stay("a", {}, PartialDate{2026, 3, 0}), stay("b", {}, PartialDate{2026, 0, 0}), stay("c", {})}};
  auto const flow = set.measure(of(MeasureForm::count, "", PeriodRule::begins));
  EXPECT_EQ(flow.lowest, Decimal(1)) << "the whole month lies in the period";
  EXPECT_EQ(flow.highest, Decimal(3));
  EXPECT_EQ(flow.unsettled, (std::vector<std::string>{"b", "c"}));
}

TEST(Indicators, StockAndFlowAgree)
{
  std::mt19937 chance(7);
  auto const day = [&] { return to_partial(*add_days(Date{2026, 2, 1}, static_cast<std::int64_t>(chance() % 90))); };
  for (int round = 0; round < 200; ++round) {
    Set set;
    for (int i = 0; i < 12; ++i) {
      auto from = day();
      auto until = day();
      if (until.latest() < from.latest()) std::swap(from, until);
      set.records.push_back(stay(std::to_string(i), {}, from, chance() % 3 ? std::optional(until) : std::nullopt));
    }
    auto const count = [&](PeriodRule rule) { return *set.measure(of(MeasureForm::count, "", rule)).value(); };
    EXPECT_EQ(count(PeriodRule::at_start) + count(PeriodRule::begins) - count(PeriodRule::ends),
              count(PeriodRule::at_end));
  }
}

TEST(Indicators, BoundsAreCarriedThroughARatio)
{
  Set set{{stay("a", {{"groups", Value(List{{Value("refugee")}})}}), stay("b", {{"groups", Value(List{{}})}}),
           stay("c", {}), stay("d", {{"groups", Value(List{{}})}})}};
  auto refugees = of(MeasureForm::count);
  refugees.where = {{"groups", {Value("refugee")}, {}, {}}};
  auto const share = set.value(ratio(refugees, of(MeasureForm::count)));
  EXPECT_EQ(share.state, IndicatorState::open);
  EXPECT_FALSE(share.value);
  EXPECT_EQ(share.lowest, Decimal(25));
  EXPECT_EQ(share.highest, Decimal(50));
  auto const over = set.value(ratio(of(MeasureForm::count), refugees));
  EXPECT_EQ(over.lowest, Decimal(200));
  EXPECT_EQ(over.highest, Decimal(400));
  set.records.resize(2);
  set.complete = {"stay"};
  refugees.where[0].equals = {Value("nobody")};
  EXPECT_EQ(set.value(ratio(of(MeasureForm::count), refugees)).state, IndicatorState::undefined);
}

TEST(Indicators, SmallNumbersAreSuppressedAlsoWhereTheyAreOnlyPossible)
{
  Set set;
  for (int i = 0; i < 8; ++i) set.records.push_back(stay(std::to_string(i), {{"people", number(i < 7 ? 1 : 0)}}));
  auto some = of(MeasureForm::count);
  some.where = {{"people", {}, Decimal(1), {}}};
  auto none = some;
  none.where = {{"people", {}, Decimal(2), {}}};
  EXPECT_EQ(set.value(ratio(some, of(MeasureForm::count)), 0).value, *Decimal::parse("87.5"));
  auto const hidden = set.value(ratio(some, of(MeasureForm::count)), 5);
  EXPECT_EQ(hidden.state, IndicatorState::suppressed) << "one of eight is left over and would be known";
  EXPECT_FALSE(hidden.value || hidden.lowest || hidden.highest || hidden.numerator || hidden.denominator);
  EXPECT_EQ(set.value(ratio(none, of(MeasureForm::count)), 5).value, Decimal(0)) << "zero of eight is shown";
  set.records[0].details.entries.clear();
  EXPECT_EQ(set.value(ratio(none, of(MeasureForm::count)), 5).state, IndicatorState::suppressed) << "it may be one";
}

TEST(Indicators, RecordsOfATeamAreNeverShownInSmallNumbers)
{
  Set set{{stay("a", {})}};
  set.records[0].kind = "team";
  auto all = amount(of(MeasureForm::count));
  all.numerator.kind = "team";
  EXPECT_EQ(set.value(all).state, IndicatorState::suppressed);
  for (auto const* id : {"b", "c", "d", "e"}) {
    set.records.push_back(stay(id, {}));
    set.records.back().kind = "team";
  }
  EXPECT_EQ(set.value(all).value, Decimal(5));
  all.numerator = {MeasureForm::count, "team", {}, {{"case", {Value("x")}, {}, {}}}, PeriodRule::any};
  for (auto& record : set.records) record.details.entries.emplace_back("case", Value("x"));
  set.records.push_back(stay("f", {}));
  set.records.back().kind = "team";
  auto const open = set.value(all);
  EXPECT_EQ(open.highest, Decimal(6));
  EXPECT_TRUE(open.numerator->unsettled.empty()) << "nobody learns whose record it is";
  RecordMeasure const people{MeasureForm::sum, "team", "people", {}, PeriodRule::any};
  EXPECT_EQ(check_identity({"i", Text("i"), {people}, {}, {people}}, kinds()).size(), 2U);
}

/// All that a record may be: its missing fields and the missing parts of its days filled in every way that matters.
std::vector<GenericRecord> completions(GenericRecord const& record)
{
  std::vector<GenericRecord> made{record};
  auto const fill = [&](std::string const& name, std::vector<Value> const& values) {
    if (record.details.find(name) != nullptr) return;
    std::vector<GenericRecord> next;
    for (auto const& one : made)
      for (auto const& value : values) {
        next.push_back(one);
        next.back().details.entries.emplace_back(name, value);
      }
    made = std::move(next);
  };
  fill("case", {Value("a"), Value("b"), Value("c"), Value("n" + record.id)});
  fill("people", {number(0), number(1), number(1000)});
  std::vector<GenericRecord> dated;
  for (auto const& one : made) {
    auto const first = one.from ? one.from->earliest() : Date{2026, 2, 1};
    auto const last = one.from ? one.from->latest() : Date{2026, 5, 1};
    for (auto day = first; day <= last; day = *add_days(day, one.from && one.from->is_exact() ? 1 : 9)) {
      dated.push_back(one);
      dated.back().from = to_partial(day);
    }
  }
  return dated;
}

/// A slow reference: every completion of every record is counted, and the least and the most are kept.
TEST(Indicators, BoundsAreTheLeastAndTheMostOfAllCompletions)
{
  std::mt19937 chance(3);
  auto const one_in = [&](unsigned n) { return chance() % n == 0; };
  for (int round = 0; round < 150; ++round) {
    Set set;
    for (int i = 0; i < 2; ++i) {
      auto one = stay(std::to_string(i), {});
      if (!one_in(4)) one.details.entries.emplace_back("case", Value(one_in(2) ? "a" : "b"));
      if (!one_in(4)) one.details.entries.emplace_back("people", number(static_cast<std::int64_t>(chance() % 3)));
      auto const month = static_cast<std::uint8_t>(2 + chance() % 3);
      if (!one_in(5)) one.from = PartialDate{2026, month, static_cast<std::uint8_t>(one_in(2) ? 0 : 1 + chance() % 28)};
      set.records.push_back(std::move(one));
    }
    RecordMeasure asked = of(static_cast<MeasureForm>(chance() % 3));
    if (asked.form != MeasureForm::count) asked.field = asked.form == MeasureForm::sum ? "people" : "case";
    asked.when = one_in(2) ? PeriodRule::any : PeriodRule::begins;
    if (one_in(2)) {  // on another field than the one that is counted: bounds may be wider where it is the same
      asked.where = {{"case", {Value("a")}, {}, {}}};
      if (asked.form == MeasureForm::distinct) asked.where = {{"people", {}, Decimal(1), {}}};
    }
    auto const bounds = set.measure(asked);
    std::optional<Decimal> least;
    std::optional<Decimal> most;
    for (auto const& left : completions(set.records[0]))
      for (auto const& right : completions(set.records[1])) {
        Set const full{{left, right}, {"stay"}, set.declared};
        auto const value = *full.measure(asked).value();
        if (!least || value < *least) least = value;
        if (!most || *most < value) most = value;
      }
    if (!bounds.lowest && !bounds.highest) {
      EXPECT_EQ(asked.form, MeasureForm::sum) << "nothing is said only where no number was recorded at all";
      continue;
    }
    EXPECT_EQ(bounds.lowest, least);
    if (Decimal(1000) <= *most) {
      EXPECT_FALSE(bounds.highest) << "a number that nobody recorded has no bound";
    } else {
      EXPECT_EQ(bounds.highest, most);
    }
  }
}

TEST(Indicators, DeclarationsAreCheckedWhole)
{
  auto const places = [](Indicator const& one) {
    std::vector<std::string> found;
    for (auto const& each : check_indicator(one, kinds(), "/i")) found.push_back(each.place.pointer);
    return found;
  };
  auto good = ratio(of(MeasureForm::sum, "people"), of(MeasureForm::distinct, "case"));
  EXPECT_EQ(places(good), std::vector<std::string>{});
  auto bad = good;
  bad.numerator.kind = "claim";
  bad.denominator->field = "people";
  bad.per = Decimal(0);
  bad.decimals.reset();
  bad.unit.clear();
  bad.name = bad.definition = {};
  bad.period = Period{Date{2026, 1, 1}, {}};
  EXPECT_EQ(places(bad), (std::vector<std::string>{"/i/numerator/kind", "/i/denominator/field", "/i/decimals", "/i/per",
                                                   "/i/name", "/i/definition", "/i/unit", "/i/until"}));
  bad = good;
  bad.form = IndicatorForm::amount;
  bad.numerator = {MeasureForm::count,
                   "dayless",
                   "people",
                   {{"nobody", {Value("x")}, {}, {}},
                    {"case", {}, Decimal(1), {}},
                    {"case", {}, {}, {}},
                    {"people", {Value("x")}, {}, {}}},
                   PeriodRule::begins};
  EXPECT_EQ(places(bad),
            (std::vector<std::string>{"/i/numerator/field", "/i/numerator/where/0/field", "/i/numerator/where/1",
                                      "/i/numerator/where/2", "/i/numerator/where/3/equals", "/i/numerator/when",
                                      "/i/denominator"}));
  bad = good;
  bad.per = *Decimal::parse("1234567890123456");
  bad.numerator.where = {{"people", {}, *Decimal::parse("0.1234567890123456"), *Decimal::parse("1e40")},
                         {"groups", {Value(List{{Value("a")}})}, {}, {}},
                         {"balance", {Value(*Decimal::parse("1e40"))}, {}, {}}};
  EXPECT_EQ(places(bad),
            (std::vector<std::string>{"/i/numerator/where/0/at_least", "/i/numerator/where/0/below",
                                      "/i/numerator/where/1/equals", "/i/numerator/where/2/equals", "/i/per"}));
  bad = good;
  bad.numerator.kind = "voyage";
  bad.denominator.reset();
  EXPECT_EQ(places(bad), (std::vector<std::string>{"/i/numerator/kind", "/i/denominator"}));
}

TEST(Indicators, WhatNeedsDaysSaysSo)
{
  Set const set{{stay("a", {}, PartialDate{2026, 3, 1})}};
  auto flow = amount(of(MeasureForm::count, "", PeriodRule::begins));
  EXPECT_EQ(evaluate(flow, set.set()).state, IndicatorState::no_period);
  EXPECT_EQ(evaluate(flow, set.set(), {Period{Date{2026, 1, 1}, {}}, 0}).state, IndicatorState::no_period);
  flow.period = march;
  EXPECT_EQ(evaluate(flow, set.set()).value, Decimal(1));
  EXPECT_EQ(evaluate(flow, set.set(), {Period{Date{2026, 4, 1}, Date{2026, 5, 1}}, 0}).value, Decimal(0))
      << "the question goes before";
}

TEST(Indicators, GoalsOfAnAgreementHaveTheIndicatorsThatStandForThem)
{
  Agreement agreement;
  agreement.goals = {"social_reintegration", "offence_prevention"};
  Indicator one;
  one.id = "share";
  one.goals = {"social_reintegration"};
  auto const found = indicators_of_goals(agreement, {one});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].indicators, std::vector<std::string>{"share"});
  EXPECT_EQ(found[1].indicators, std::vector<std::string>{}) << "a goal that nothing measures";
}

}  // namespace
}  // namespace tutela
