// SPDX-License-Identifier: Apache-2.0
/// \file
/// Decision tables in legal mode: every hit policy, with facts missing.
#include <algorithm>

#include <gtest/gtest.h>

#include "unit/rules/models.hpp"

namespace tutela {
namespace {

using namespace test;

std::string const types =
    item("tColour", "string", "\"red\", \"green\", \"blue\"") + item("tAge", "number", "[0..120]");
std::string const inputs = input("colour", "tColour") + input("age", "tAge") + input("flag", "boolean");

Verdict decide(std::string const& body, std::vector<std::pair<std::string, Value>> facts)
{
  auto const loaded = pack(dmn(types + inputs + decision("d", {"colour", "age", "flag"}, body)));
  return loaded.decide("d", record(std::move(facts)), std::nullopt);
}

std::vector<Value> sorted(std::vector<Value> values)
{
  std::sort(values.begin(), values.end(),
            [](Value const& lhs, Value const& rhs) { return to_string(lhs) < to_string(rhs); });
  return values;
}

void expect_possible(Verdict const& verdict, std::vector<Value> const& expected)
{
  EXPECT_EQ(verdict.possible.kind, Domain::Kind::set);
  EXPECT_FALSE(verdict.possible.approximate);
  std::string actual_text;
  for (auto const& value : sorted(verdict.possible.values)) actual_text += to_string(value) + "; ";
  std::string expected_text;
  for (auto const& value : sorted(expected)) expected_text += to_string(value) + "; ";
  EXPECT_EQ(actual_text, expected_text);
}

TEST(Table, FirstKeepsEveryOutputUntilARuleIsCertain)
{
  auto const body = table("hitPolicy=\"FIRST\"", {"colour", "age"},
                          {{{"\"red\"", "-"}, "1"}, {{"-", "< 18"}, "2"}, {{"-", "-"}, "3"}});
  auto const open = decide(body, {{"age", number(10)}});
  EXPECT_EQ(open.outcome, Outcome::unknown);
  EXPECT_EQ(open.missing, std::vector<std::string>{"colour"});
  expect_possible(open, {number(1), number(2)});
  auto const settled = decide(body, {{"colour", Value("red")}});
  EXPECT_EQ(settled.outcome, Outcome::known);
  EXPECT_EQ(settled.value, number(1));
  EXPECT_TRUE(settled.missing.empty());
}

TEST(Table, TheSameAnswerOnEveryWayIsAnAnswer)
{
  auto const body = table("hitPolicy=\"UNIQUE\"", {"colour"}, {{{"\"red\""}, "true"}, {{"not(\"red\")"}, "true"}});
  auto const verdict = decide(body, {});
  EXPECT_EQ(verdict.outcome, Outcome::known);
  EXPECT_EQ(verdict.value, Value(true));
  EXPECT_TRUE(verdict.missing.empty());
}

TEST(Table, NoResultIsPossibleWhereNoRuleIsCertain)
{
  auto const body = table("hitPolicy=\"UNIQUE\"", {"colour"}, {{{"\"red\""}, "1"}});
  expect_possible(decide(body, {}), {number(1), Value()});
  auto const fallback = table("hitPolicy=\"UNIQUE\"", {"colour"}, {{{"\"red\""}, "1"}}, "0");
  expect_possible(decide(fallback, {}), {number(1), number(0)});
}

TEST(Table, UniqueHoldsTheErrorThatACompletionLeadsTo)
{
  auto const body =
      table("hitPolicy=\"UNIQUE\"", {"colour", "age"}, {{{"\"red\"", "-"}, "1"}, {{"-", "< 18"}, "2"}}, "0");
  auto const verdict = decide(body, {{"colour", Value("red")}});
  EXPECT_EQ(verdict.outcome, Outcome::unknown);
  EXPECT_EQ(verdict.missing, std::vector<std::string>{"age"});
  ASSERT_EQ(verdict.possible.values.size(), 2u);
  EXPECT_TRUE(std::any_of(verdict.possible.values.begin(), verdict.possible.values.end(),
                          [](Value const& value) { return value.is(Kind::error); }));
  auto const both = decide(body, {{"colour", Value("red")}, {"age", number(3)}});
  EXPECT_EQ(both.outcome, Outcome::error);
  ASSERT_TRUE(both.fault.has_value());
}

TEST(Table, AnyAllowsEqualOutputsOnly)
{
  auto const same = table("hitPolicy=\"ANY\"", {"colour", "age"}, {{{"\"red\"", "-"}, "1"}, {{"-", "< 18"}, "1"}}, "1");
  EXPECT_EQ(decide(same, {}).value, number(1));
  auto const different = table("hitPolicy=\"ANY\"", {"colour", "age"}, {{{"\"red\"", "-"}, "1"}, {{"-", "< 18"}, "2"}});
  EXPECT_EQ(decide(different, {{"colour", Value("red")}, {"age", number(3)}}).outcome, Outcome::error);
}

TEST(Table, PriorityRanksByOutputValues)
{
  auto const body = table("hitPolicy=\"PRIORITY\"", {"colour", "age"},
                          {{{"-", "-"}, "\"low\""}, {{"\"red\"", "-"}, "\"high\""}, {{"-", "< 18"}, "\"middle\""}}, "",
                          "\"high\", \"middle\", \"low\"");
  expect_possible(decide(body, {{"age", number(3)}}), {Value("high"), Value("middle")});
  EXPECT_EQ(decide(body, {{"colour", Value("red")}}).value, Value("high"));
}

TEST(Table, OutputValuesMayBeRangesAndGiveAnOrderOrAreRefused)
{
  auto const list = [](std::vector<int> const& values) {
    List items;
    for (auto const value : values) items.items.push_back(number(value));
    return Value(std::move(items));
  };
  std::vector<std::pair<std::vector<std::string>, std::string>> const rules{{{"-"}, "3"}, {{"-"}, "8"}, {{"-"}, "7"}};
  auto const ordered = [&](std::string const& values) {
    return decide(table("hitPolicy=\"OUTPUT ORDER\"", {"colour"}, rules, "", values), {{"colour", Value("red")}}).value;
  };
  EXPECT_EQ(ordered("8, 7, 3"), list({8, 7, 3}));
  EXPECT_EQ(ordered("7, [1..5], &gt; 7"), list({7, 3, 8}));
  EXPECT_EQ(ordered("[8..9], [1..5]"), list({8, 3, 7}));
  auto const best = table("hitPolicy=\"PRIORITY\"", {"colour"}, rules, "", "[1..5], 8");
  EXPECT_EQ(decide(best, {{"colour", Value("red")}}).value, number(3));
  for (std::string const values : {"not(3)", "? > 5", "count(?) = 1"}) {
    auto const text =
        dmn(types + inputs +
            decision("d", {"colour"}, table("hitPolicy=\"PRIORITY\"", {"colour"}, rules, "", escaped(values))));
    auto const refused = model(text);
    ASSERT_FALSE(refused) << values;
    EXPECT_EQ(refused.diagnostics().front().code, Code::invalid_model);
    EXPECT_GT(refused.diagnostics().front().place.line, 0U);
    auto const read = model(text, Mode::conformance);
    ASSERT_TRUE(read) << to_string(read.diagnostics());
    EXPECT_FALSE(read.diagnostics().empty());
    // where nothing is ranked they are as good as none
    EXPECT_TRUE(
        model(dmn(types + inputs +
                  decision("d", {"colour"}, table("hitPolicy=\"FIRST\"", {"colour"}, rules, "", escaped(values))))));
  }
}

TEST(Table, ListsHoldEverySubsetOfThePossibleRules)
{
  std::vector<std::pair<std::vector<std::string>, std::string>> const rules{
      {{"\"red\"", "-"}, "1"}, {{"-", "< 18"}, "3"}, {{"-", "-"}, "2"}};
  auto list = [](std::vector<int> const& values) {
    List items;
    for (auto const value : values) items.items.push_back(number(value));
    return Value(std::move(items));
  };
  auto const ordered = table("hitPolicy=\"RULE ORDER\"", {"colour", "age"}, rules);
  expect_possible(decide(ordered, {}), {list({2}), list({1, 2}), list({3, 2}), list({1, 3, 2})});
  auto const by_output = table("hitPolicy=\"OUTPUT ORDER\"", {"colour", "age"}, rules, "", "1, 2, 3");
  expect_possible(decide(by_output, {}), {list({2}), list({1, 2}), list({2, 3}), list({1, 2, 3})});
  auto const collected = table("hitPolicy=\"COLLECT\"", {"colour", "age"}, rules);
  expect_possible(decide(collected, {{"age", number(3)}}), {list({3, 2}), list({1, 3, 2})});
}

TEST(Table, AggregationsHoldEveryReachableValue)
{
  std::vector<std::pair<std::vector<std::string>, std::string>> const rules{
      {{"\"red\"", "-"}, "10"}, {{"-", "< 18"}, "5"}, {{"-", "-"}, "1"}};
  auto collect = [&](std::string const& aggregation, std::vector<std::pair<std::string, Value>> facts) {
    return decide(table("hitPolicy=\"COLLECT\" aggregation=\"" + aggregation + "\"", {"colour", "age"}, rules),
                  std::move(facts));
  };
  expect_possible(collect("SUM", {}), {number(1), number(6), number(11), number(16)});
  expect_possible(collect("COUNT", {}), {number(1), number(2), number(3)});
  expect_possible(collect("MAX", {}), {number(1), number(5), number(10)});
  EXPECT_EQ(collect("MIN", {}).value, number(1));
  EXPECT_EQ(collect("SUM", {{"colour", Value("red")}, {"age", number(3)}}).value, number(16));
}

TEST(Table, OnlyWhatCannotBeKnownLeavesItToAHuman)
{
  auto const body = table("hitPolicy=\"FIRST\"", {"colour", "age"}, {{{"\"red\"", "< 18"}, "1"}, {{"-", "-"}, "2"}});
  auto const both = decide(body, {{"colour", Value(Uncertain{{}})}});
  EXPECT_EQ(both.outcome, Outcome::unknown);
  EXPECT_EQ(both.missing, std::vector<std::string>{"age"});
  EXPECT_EQ(both.uncertain, std::vector<std::string>{"colour"});
  auto const one = decide(body, {{"colour", Value(Uncertain{{}})}, {"age", number(3)}});
  EXPECT_EQ(one.outcome, Outcome::undeterminable);
  EXPECT_TRUE(one.missing.empty());
  auto const none = decide(body, {{"colour", Value(Uncertain{{}})}, {"age", number(30)}});
  EXPECT_EQ(none.outcome, Outcome::known);
}

TEST(Table, ReasonsNameTheRulesThatApplyAndThoseThatMay)
{
  auto const body = table("hitPolicy=\"FIRST\"", {"colour", "age"}, {{{"\"red\"", "-"}, "1"}, {{"-", "< 18"}, "2"}});
  auto const verdict = decide(body, {{"age", number(3)}});
  ASSERT_EQ(verdict.reasons.size(), 2u);
  EXPECT_EQ(verdict.reasons[0].rule, 1u);
  EXPECT_EQ(verdict.reasons[0].applies, Truth::unknown);
  EXPECT_EQ(verdict.reasons[1].rule, 2u);
  EXPECT_EQ(verdict.reasons[1].applies, Truth::unknown) << "the first rule may come before it";
  EXPECT_EQ(verdict.reasons[1].conditions, std::vector<std::string>{"age in < 18"});
}

TEST(Table, AFactOfTheWrongKindIsAnErrorNotAGuess)
{
  auto const body = table("hitPolicy=\"FIRST\"", {"age"}, {{{"< 18"}, "1"}, {{"-"}, "2"}});
  auto const verdict = decide(body, {{"age", number(500)}});
  EXPECT_EQ(verdict.outcome, Outcome::error);
}

TEST(Table, HundredsOfRulesStayWithinTheLimitOfPossibleValues)
{
  std::vector<std::pair<std::vector<std::string>, std::string>> rules;
  for (int i = 0; i < 300; ++i) rules.push_back({{"\"red\"", "> " + std::to_string(i % 120)}, std::to_string(i)});
  auto const sum = decide(table("hitPolicy=\"COLLECT\" aggregation=\"SUM\"", {"colour", "age"}, rules), {});
  EXPECT_EQ(sum.outcome, Outcome::unknown);
  auto const list = decide(table("hitPolicy=\"COLLECT\"", {"colour", "age"}, rules), {});
  EXPECT_EQ(list.outcome, Outcome::unknown);
}

}  // namespace
}  // namespace tutela
