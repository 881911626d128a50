// SPDX-License-Identifier: Apache-2.0
/// \file
/// Inputs computed from one fact and the day: by their plans, against the evaluation of the model and every single day.
#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <tutela/rules/session.hpp>

#include "rules/case_run.hpp"
#include "rules/pack_impl.hpp"
#include "rules/plans.hpp"
#include "unit/rules/models.hpp"
#include "unit/rules/random.hpp"

namespace tutela {
namespace {

using namespace test;

Value date(int year, int month, int day) { return Value(*make_date(year, month, day)); }

/// What is computed from the fact `x`, and cells beside it.
struct Computed {
  std::string expression;
  std::vector<std::string> cells;
};

std::vector<std::string> const years{"< 18", ">= 18", "[1..4)", "not(17)", "0", "<= -1", "> 17.5", "null, 1"};
std::vector<std::string> const truths{"true", "false", "not(true)", "true, null"};

std::vector<Computed> of_dates()
{
  std::vector<std::string> const lengths{"< duration(\"P4M\")", "[duration(\"P4M\")..duration(\"P3Y\"))",
                                         ">= duration(\"P18Y\")", "duration(\"P17Y11M\")", "< duration(\"P0M\")"};
  std::vector<std::string> const spans{"[duration(\"P0D\")..duration(\"P30D\")]", "< duration(\"P0D\")",
                                       "> duration(\"P30D\")", "duration(\"P1D\")", "not(duration(\"P30D\"))"};
  return {{"years and months duration(x, today()).years", years},
          {"years and months duration(x, today())", lengths},
          {"years and months duration(today(), x).years", {"< 0", "0", ">= 1", "-18"}},
          {"today() - x", spans},
          {"x - today()", spans},
          {"(today() - x).days", {"< 0", "[0..30]", "> 30", "1"}},
          {"if x = null then null else today() <= x + duration(\"P45D\")", truths},
          {"x + duration(\"P1M\")", {"< date(\"2026-03-31\")", "date(\"2026-02-28\")", "> date(\"2026-04-01\")"}},
          {"x.year", {"< 2026", "2026", "> 2007"}},
          {"x >= date(\"2008-01-01\") and x < today()", truths},
          {"x between date(\"2008-02-28\") and today()", truths},
          {"x = today() or x = date(\"2008-02-29\")", truths},
          {"if x < date(\"2008-03-01\") then 1 else years and months duration(x, today()).years", years}};
}

std::vector<Computed> of_numbers()
{
  std::vector<std::string> const cells{"< 3", "<= 3", ">= 7", "5", "[1..4)", "(3..7]", "not(> 6)", "> 4.5", "null, 1"};
  return {{"x + 2", cells},
          {"10 - x", cells},
          {"x * 3 - 1", cells},
          {"x / 3", {"< 1", ">= 0.5", "[0.5..1]", "1", "not(0.25)"}},
          {"-x", {"< -3", "-4", "[-5..-2)", "> -1"}},
          {"floor(x / 2)", cells},
          {"x + x", cells},
          {"x * 0.1 + 0.2", {"< 0.5", "0.5", "> 0.7", "[0.3..0.4]"}},
          {"if x = null then 0 else x - 1", cells},
          {"x > 3 and not(x = 5.5)", truths},
          {"x between 2 and 5", truths},
          {"if x = 3 then 7 else x - 1", cells}};
}

/// A table of one to four rules over the computed input, and sometimes over a second fact.
Pack pack_of(Computed const& computed, std::string const& type, Random& random, AgeRule ages)
{
  static std::vector<std::string> const policies{"UNIQUE", "ANY", "FIRST", "PRIORITY"};
  bool const second = random.below(2) == 0;
  std::vector<std::pair<std::vector<std::string>, std::string>> rules;
  for (int i = 0; i < 1 + random.below(4); ++i) {
    std::vector<std::string> cells{random.below(6) == 0 ? "-" : random.one_of(computed.cells)};
    if (second) cells.emplace_back(random.below(2) == 0 ? "-" : random.below(2) == 0 ? "true" : "false");
    rules.emplace_back(std::move(cells), std::to_string(1 + random.below(3)));
  }
  std::vector<std::string> reads{escaped(computed.expression)};
  std::vector<std::string> facts{"x"};
  if (second) {
    reads.emplace_back("y");
    facts.emplace_back("y");
  }
  PackInfo info;
  info.age_rule = ages;
  auto const text = dmn(input("x", type, random.below(2) == 0 ? "optional=\"true\"" : "") + input("y", "boolean") +
                        decision("d", facts,
                                 table("hitPolicy=\"" + random.one_of(policies) + "\"", reads, rules,
                                       random.below(2) == 0 ? "3" : "", "3, 1, 2")));
  return detail::make_pack(info, model(text).value());
}

Verdict by_model(Pack const& pack, Record const& facts, Date on)
{
  auto const& impl = pack.impl();
  detail::CaseFacts inputs(*impl.model, facts, on, std::nullopt);
  DecideOptions const options;
  detail::CaseRun run(impl, inputs, on, options);
  return detail::answer_by_model(impl, 0, run, on, options);
}

bool is_planned(Pack const& pack, Date on)
{
  if (detail::plan_for(pack.impl(), 0, on, {}) != nullptr) return true;
  std::size_t const decision = 0;
  auto const day = detail::make_day_plans(pack.impl(), {&decision, 1}, on, {});
  return day != nullptr && day->find(0) != nullptr;
}

std::set<std::string> texts(std::vector<Value> const& values)
{
  std::set<std::string> texts;
  for (auto const& value : values) texts.insert(value.is(Kind::error) ? "error" : to_string(value));
  return texts;
}

struct Counts {
  int planned = 0;
  int known = 0;
  int open = 0;
};

/// Asks for every value of `x`, by session and by the model; then without `x`, whose answers must be those of all values.
void try_pack(Pack const& pack, std::vector<Value> const& values, bool optional, Date on, Counts& counts)
{
  ASSERT_TRUE(is_planned(pack, on));
  ++counts.planned;
  Session session(pack);
  PreparedDecision const question(pack, "d", on);
  auto const slot = *session.slot("x");
  for (int known = 0; known < 3; ++known) {
    std::vector<std::pair<std::string, Value>> others;
    if (known > 0) others.emplace_back("y", Value(known == 1));
    std::vector<Value> answers;
    auto all = values;
    if (optional) all.emplace_back();
    for (auto const& value : all) {
      session.clear();
      if (known > 0) session.set(*session.slot("y"), known == 1);
      if (value.is_none())
        session.set_none(slot);
      else if (auto const* day = value.as_date())
        session.set(slot, *day);
      else
        session.set(slot, *value.as_number());
      auto given = others;
      given.emplace_back("x", value);
      auto const expected = by_model(pack, record(given), on);
      auto const verdict = session.verdict(question);
      auto const bare = session.decide(question);
      ASSERT_EQ(verdict.outcome, expected.outcome) << to_string(value);
      ASSERT_EQ(verdict.value, expected.value) << to_string(value);
      ASSERT_EQ(bare.outcome(), expected.outcome) << to_string(value);
      ASSERT_EQ(verdict.missing, expected.missing) << to_string(value);
      ++counts.known;
      answers.insert(answers.end(), expected.possible.values.begin(), expected.possible.values.end());
    }
    auto const open = pack.decide("d", record(others), on);
    auto const model = by_model(pack, record(others), on);
    // Only the model answers where some value makes an error.
    if (!open.possible.approximate) {
      ASSERT_EQ(texts(open.possible.values), texts(answers));
      ++counts.open;
    }
    if (model.possible.approximate) continue;
    ASSERT_FALSE(open.possible.approximate);
    ASSERT_EQ(open.outcome, model.outcome);
    ASSERT_EQ(open.value, model.value);
    ASSERT_EQ(open.missing, model.missing);
  }
}

std::vector<AgeRule> const rules_of_age{{Leapling::on_1_march, AgeReached::on_birthday},
                                        {Leapling::on_28_february, AgeReached::day_after_birthday}};

TEST(ComputedInput, OfADateAnswersEveryDayAsTheModelDoes)
{
  std::vector<Value> days;
  auto const add = [&](int year, int month, int count) {
    for (int i = 0; i < count; ++i) days.emplace_back(*add_days(*make_date(year, month, 1), i));
  };
  add(2007, 12, 125);
  add(2022, 2, 50);
  add(2023, 2, 40);
  add(2024, 2, 40);
  add(2025, 2, 70);
  add(2025, 10, 210);
  add(1950, 1, 2);
  add(2044, 2, 60);
  add(2090, 1, 2);
  Random random(31);
  Counts counts;
  for (auto const& computed : of_dates()) {
    for (auto const on : {*make_date(2026, 3, 2), *make_date(2026, 2, 28), *make_date(2024, 2, 29)}) {
      auto const pack = pack_of(computed, "date", random, random.one_of(rules_of_age));
      auto const optional = pack.schema().find("x")->optional;
      ASSERT_NO_FATAL_FAILURE(try_pack(pack, days, optional, on, counts))
          << computed.expression << " on " << to_string(on);
    }
  }
  EXPECT_EQ(counts.planned, 39);
  EXPECT_GT(counts.open, 50);
}

TEST(ComputedInput, OfANumberAnswersAsTheModelDoes)
{
  std::vector<Value> numbers;
  for (int i = -140; i <= 260; ++i) numbers.emplace_back(Decimal(i) / Decimal(20));
  for (char const* text : {"-1000000000000000000", "999999999999.999999", "2.999999", "3.000001", "1E29", "-1E31",
                           "2.9999999", "0.00000001", "2.999999999999999999999999999999999", "1E400"})
    numbers.emplace_back(*Decimal::parse(text));
  Random random(32);
  Counts counts;
  for (auto const& computed : of_numbers()) {
    for (int round = 0; round < 4; ++round) {
      auto const pack = pack_of(computed, "number", random, {});
      auto const optional = pack.schema().find("x")->optional;
      ASSERT_NO_FATAL_FAILURE(try_pack(pack, numbers, optional, *make_date(2026, 3, 2), counts)) << computed.expression;
    }
  }
  EXPECT_EQ(counts.planned, 48);
}

TEST(ComputedInput, IsNotReadWhereItMayRiseAndFall)
{
  auto const planned = [](std::string const& expression, std::string const& cell, std::string const& type) {
    auto const made =
        pack(dmn(input("x", type) + input("z", type) +
                 decision("d", {"x", "z"}, table("hitPolicy=\"FIRST\"", {escaped(expression)}, {{{cell}, "1"}}, "2"))));
    return is_planned(made, *make_date(2026, 3, 2));
  };
  EXPECT_TRUE(planned("x + 1", "> 3", "number"));
  EXPECT_FALSE(planned("x + z", "> 3", "number")) << "two facts";
  EXPECT_FALSE(planned("x * x", "> 3", "number"));
  EXPECT_FALSE(planned("abs(x)", "> 3", "number"));
  EXPECT_FALSE(planned("modulo(x, 3)", "> 1", "number"));
  EXPECT_FALSE(planned("x - x", "> 3", "number"));
  EXPECT_FALSE(planned("1 / x", "> 3", "number"));
  EXPECT_FALSE(planned("x.month", "> 3", "date"));
  EXPECT_FALSE(planned("years and months duration(x, today()).months", "> 3", "date"));
  EXPECT_FALSE(planned("day of week(x)", "\"Monday\"", "date"));
  EXPECT_FALSE(planned("string length(x)", "> 3", "string")) << "any text";
  EXPECT_FALSE(planned("x + duration(\"P1D\")", "> 3", "number")) << "never a value";
}

TEST(ComputedInput, OfListedValuesMayBeAnything)
{
  auto const made =
      pack(dmn(item("tKind", "string", "\"a\", \"bb\", \"ccc\"") + input("x", "tKind") + input("y", "boolean") +
               decision("d", {"x", "y"},
                        table("hitPolicy=\"FIRST\"", {"modulo(string length(x), 2)", "not(y)"},
                              {{{"1", "true"}, "1"}, {{"0", "-"}, "2"}}, "3"))));
  auto const on = *make_date(2026, 3, 2);
  EXPECT_TRUE(is_planned(made, on));
  EXPECT_EQ(made.decide("d", record({{"x", Value("ccc")}, {"y", Value(false)}}), on).value, number(1));
  EXPECT_EQ(made.decide("d", record({{"x", Value("bb")}}), on).value, number(2));
  EXPECT_EQ(made.decide("d", record({{"y", Value(true)}}), on).possible.values.size(), 2U);
  EXPECT_EQ(made.decide("d", record({{"x", Value("a")}}), on).missing, std::vector<std::string>{"y"});
}

TEST(ComputedInput, AnAgeBelowAnotherDecisionIsPlannedWithIt)
{
  auto const made = pack(dmn(
      input("born", "date") + input("known", "boolean") +
      decision("child", {"born"},
               table("hitPolicy=\"UNIQUE\"", {"years and months duration(born, today()).years"},
                     {{{"< 18"}, "true"}, {{">= 18"}, "false"}})) +
      decision("d", {"d_child", "known"},
               table("hitPolicy=\"FIRST\"", {"child", "known"}, {{{"true", "-"}, "1"}, {{"-", "true"}, "2"}}, "3"))));
  auto const on = *make_date(2026, 3, 2);
  auto const index = static_cast<std::size_t>(made.find("d") - made.decisions().data());
  auto const day = detail::make_day_plans(made.impl(), {&index, 1}, on, {});
  ASSERT_NE(day, nullptr);
  ASSERT_NE(day->find(index), nullptr);
  EXPECT_EQ(made.decide("d", record({{"born", date(2008, 3, 3)}}), on).value, number(1));
  EXPECT_EQ(made.decide("d", record({{"born", date(2008, 3, 2)}, {"known", Value(true)}}), on).value, number(2));
  EXPECT_EQ(made.decide("d", record({{"known", Value(false)}}), on).missing, std::vector<std::string>{"born"});
}

/// A session outlives the prepared decisions of many days, and their plans.
TEST(ComputedInput, PlansOfDaysThatAreOverAreForgotten)
{
  auto const made = pack(dmn(input("born", "date") +
                             decision("d", {"born"},
                                      table("hitPolicy=\"FIRST\"", {"years and months duration(born, today()).years"},
                                            {{{"< 18"}, "1"}}, "2"))));
  Session session(made);
  session.set(*session.slot("born"), *make_date(2008, 6, 15));
  for (int i = 0; i < 600; ++i) {
    auto const on = *add_days(*make_date(2025, 6, 1), i);
    PreparedDecision const question(made, "d", on);
    EXPECT_EQ(session.decide(question).value(), number(on < *make_date(2026, 6, 15) ? 1 : 2)) << to_string(on);
  }
}

}  // namespace
}  // namespace tutela
