// SPDX-License-Identifier: Apache-2.0
/// \file
/// Answers over lists, structures and texts with missing parts, against every completion tried out one by one.
#include <gtest/gtest.h>

#include "unit/rules/models.hpp"

namespace tutela {
namespace {

using namespace test;

std::string answer(Verdict const& verdict)
{
  return verdict.outcome == Outcome::known ? to_string(verdict.value) : std::string(to_string(verdict.outcome));
}

/// A fact with all that it may be.
struct Choice {
  std::string name;
  std::vector<Value> values;
};

/// The answer to `expression` with the facts missing, and with each choice of them.
void expect_sound(std::string const& declarations, std::vector<Choice> const& choices, std::string const& expression,
                  bool expect_exact = true)
{
  std::vector<std::string> names;
  for (auto const& choice : choices) names.push_back(choice.name);
  auto const loaded = pack(dmn(declarations + decision("r", names, literal(expression))));
  std::set<std::string> truth;
  std::vector<std::size_t> digits(choices.size(), 0);
  for (std::size_t place = 0; place < choices.size();) {
    std::vector<std::pair<std::string, Value>> facts;
    for (std::size_t i = 0; i < choices.size(); ++i) facts.emplace_back(choices[i].name, choices[i].values[digits[i]]);
    truth.insert(answer(loaded.decide("r", record(facts), std::nullopt)));
    for (place = 0; place < choices.size(); ++place) {
      if (++digits[place] < choices[place].values.size()) break;
      digits[place] = 0;
    }
  }
  auto const verdict = loaded.decide("r", Record(), std::nullopt);
  std::set<std::string> claimed;
  for (auto const& value : verdict.possible.values) claimed.insert(value.is(Kind::error) ? "error" : to_string(value));
  auto const shown = expression + " is " + answer(verdict) + (verdict.fault ? ": " + verdict.fault->what : "");
  if (truth.size() == 1) {
    EXPECT_EQ(answer(verdict), *truth.begin()) << shown;
  } else {
    EXPECT_EQ(verdict.outcome, Outcome::unknown) << shown;
    EXPECT_TRUE(!expect_exact || claimed == truth) << shown;
  }
}

std::string const small_numbers = item("tn", "number", "1,2") + input("n", "tn");

std::string letters(std::string const& attributes)
{
  return item("e", "string", "\"a\",\"b\"") +
         "<itemDefinition name=\"tl\" isCollection=\"true\"><typeRef>e</typeRef></itemDefinition>" +
         input("l", "tl", attributes);
}

Value texts(std::vector<std::string> const& words)
{
  List list;
  for (auto const& word : words) list.items.emplace_back(word);
  return Value(std::move(list));
}

std::vector<Value> lists_of_two()
{
  return {texts({}),         texts({"a"}),      texts({"b"}),     texts({"a", "a"}),
          texts({"a", "b"}), texts({"b", "a"}), texts({"b", "b"})};
}

TEST(OpenParts, AnOptionalListMayBeNone)
{
  auto const declared = letters("optional=\"true\" maximumElements=\"2\"");
  auto values = lists_of_two();
  values.emplace_back();
  expect_sound(declared, {{"l", values}}, "if l = null then \"no list\" else \"a list\"");
  expect_sound(declared, {{"l", values}}, "if l = null then 0 else count(l)");
  expect_sound(declared, {{"l", values}}, "count(l) > 5");
  expect_sound(declared, {{"l", values}}, "l = null or l != null");
}

TEST(OpenParts, ListsAndStructuresAreComparedPartByPart)
{
  std::vector<Choice> const n{{"n", {number(1), number(2)}}};
  for (char const* const expression : {"if [n] = [\"x\"] then \"remove\" else \"stay\"",
                                       "[1, n] = [\"x\", 2]",
                                       "{a: n} = {a: \"x\"}",
                                       "[n] = [null]",
                                       "{a: n} = {a: null}",
                                       "[[n]] = [[\"x\"]]",
                                       "[n, 1] = [1, n]",
                                       "list contains([[n]], [\"x\"])",
                                       "list contains([{a: n}], {a: \"x\"})",
                                       "list contains([n, \"x\"], \"x\")",
                                       "index of([[n]], [\"x\"])",
                                       "distinct values([[n], [\"x\"]])",
                                       "count(distinct values([n, \"x\", 1]))",
                                       "union([[n]], [[\"x\"]])",
                                       "(for i in 1..2 return n) = [\"a\", \"a\"]",
                                       "[n, 7]",
                                       "{x: n, y: 1}",
                                       "[n, 7][1]",
                                       "{x: n, y: 1}.y",
                                       "n in (2, 1)"})
    expect_sound(small_numbers, n, expression);
}

TEST(OpenParts, TextsOfListsOfWhichPartsAreMissing)
{
  std::vector<Choice> const l{{"l", lists_of_two()}};
  for (char const* const expression :
       {"string join(l, \"-\")", "string join(concatenate(l, l), \"-\")", "string join(distinct values(l), \"-\")",
        "string join(concatenate(concatenate(l, l), distinct values(l)), \"-\")",
        "string join(for x in l return x, \"-\")", "string join(l[item != \"a\"])",
        "string join(union(l, [\"a\"]), \"-\")", "string join(reverse(l))", "for x in l return upper case(x)",
        "[1, count(l)]", "{x: count(l)}", "count(l[item = \"a\"]) > 2"})
    expect_sound(letters("maximumElements=\"2\""), l, expression);
}

TEST(OpenParts, ADomainOfOneValueIsThatValue)
{
  auto const loaded = pack(dmn(input("n", "number") + input("d", "date") + decision("r", {"n"}, literal("[n, 7]")) +
                               decision("s", {"d"}, literal("d"))));
  auto const of = [](Domain domain) { return Value(Unknown{{}, {}, std::move(domain)}); };
  Domain const one{Domain::Kind::set, {number(1)}, {}, false};
  Domain const point{Domain::Kind::range, {}, {number(1), number(1), true, true}, false};
  for (auto const& domain : {one, point})
    EXPECT_EQ(answer(loaded.decide("r", record({{"n", of(domain)}}), std::nullopt)), "[1, 7]");
  Domain const day{Domain::Kind::range, {}, {Value(Date{2026, 2, 28}), Value(Date{2026, 3, 2}), false, false}, false};
  EXPECT_EQ(answer(loaded.decide("s", record({{"d", of(day)}}), std::nullopt)), "@\"2026-03-01\"");
}

TEST(OpenParts, AListThatCannotBeKnownLeavesWhatHoldsItOpen)
{
  auto const loaded = pack(dmn(letters("maximumElements=\"2\"") + decision("r", {"l"}, literal("[1, count(l)]")) +
                               decision("s", {"l"}, literal("{x: count(l)}"))));
  for (char const* const name : {"r", "s"}) {
    auto const verdict = loaded.decide(name, record({{"l", Value(Uncertain{{"l"}})}}), std::nullopt);
    EXPECT_EQ(verdict.outcome, Outcome::undeterminable) << name;
    EXPECT_FALSE(verdict.possible.approximate) << name;
    EXPECT_EQ(verdict.possible.values.size(), 3U) << name;
    EXPECT_EQ(verdict.uncertain, std::vector<std::string>{"l"});
  }
}

// A list that cannot be known is still one of those there can be.
TEST(OpenParts, AListThatCannotBeKnownIsCompletedLikeAMissingOne)
{
  auto const rule = R"(if count(l[item = "a"]) > 0 then list contains(l, "a") else not(list contains(l, "a")))";
  auto const loaded = pack(dmn(letters("maximumElements=\"2\"") + decision("r", {"l"}, literal(rule))));
  auto const verdict = loaded.decide("r", record({{"l", Value(Uncertain{})}}), std::nullopt);
  EXPECT_EQ(verdict.outcome, Outcome::known);
  EXPECT_EQ(verdict.value, Value(true));
}

// A structure that may still be in a missing list may lack what a filter reads.
TEST(OpenParts, AMissingListMayHoldWhatAFilterCannotTest)
{
  auto const loaded = pack(dmn(
      "<itemDefinition name=\"people\" isCollection=\"true\"><itemComponent name=\"b\"><extensionElements><tutela:fact "
      "optional=\"true\"/></extensionElements><typeRef>boolean</typeRef></itemComponent></itemDefinition>" +
      input("l", "people", "optional=\"true\" maximumElements=\"2\"") +
      decision("r", {"l"}, literal(R"(if count(l[item.b]) <= 4 then "c" else "c")"))));
  auto const verdict = loaded.decide("r", record({}), std::nullopt);
  EXPECT_EQ(verdict.outcome, Outcome::unknown);
  EXPECT_EQ(verdict.possible.values.size(), 2U);
}

TEST(OpenParts, NoAnswerMayDependOnWhatWasRecordedSoFar)
{
  auto const loaded =
      parse_pack(dmn(input("n", "number") + decision("r", {"n"}, literal("if is known(n) then 1 else 2"))), "m.dmn");
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.diagnostics().front().code, Code::unsupported);
  EXPECT_GT(loaded.diagnostics().front().place.line, 0U);
}

TEST(OpenParts, SourcesThatDisagreeLeaveTheFactOpen)
{
  auto const loaded = pack(dmn(input("age", "number") + decision("r", {"age"}, literal("age >= 18"))));
  auto const decide = [&](std::vector<std::tuple<int, std::string, Date>> const& said) {
    RecordBuilder builder;
    for (auto const& [age, source, recorded] : said) builder.set("age", number(age), Source{source, recorded, {}});
    return loaded.decide("r", std::move(builder).build().value(), std::nullopt);
  };
  auto const open = decide({{17, "school", {2026, 1, 1}}, {18, "civil register", {2026, 1, 2}}});
  EXPECT_EQ(open.outcome, Outcome::unknown);
  EXPECT_EQ(open.missing, std::vector<std::string>{"age"});
  EXPECT_EQ(decide({{17, "school", {2026, 1, 1}}, {18, "civil register", {2026, 1, 1}}}).outcome, Outcome::unknown);
  EXPECT_EQ(answer(decide({{18, "school", {2026, 1, 1}}, {19, "civil register", {2026, 1, 2}}})), "true")
      << "both say yes";
  EXPECT_EQ(answer(decide({{17, "school", {2026, 1, 1}}, {18, "school", {2026, 1, 2}}})), "true") << "a correction";
}

TEST(OpenParts, SourcesThatDisagreeAboutAStructureLeaveAllOfItOpen)
{
  std::string const child =
      "<itemDefinition name=\"tc\"><itemComponent name=\"age\"><typeRef>number</typeRef></itemComponent>"
      "<itemComponent name=\"ill\"><typeRef>boolean</typeRef></itemComponent></itemDefinition>" +
      input("child", "tc");
  auto const loaded = pack(dmn(child + decision("r", {"child"}, literal("child.ill"))));
  auto const of = [](int age, std::optional<bool> ill) {
    Context context;
    context.entries.emplace_back("age", number(age));
    if (ill) context.entries.emplace_back("ill", Value(*ill));
    return Value(std::move(context));
  };
  RecordBuilder builder;
  builder.set("child", of(5, std::nullopt), Source{"school", Date{2026, 1, 1}, {}});
  builder.set("child", of(6, true), Source{"civil register", Date{2026, 1, 2}, {}});
  auto const verdict = loaded.decide("r", std::move(builder).build().value(), std::nullopt);
  EXPECT_EQ(verdict.outcome, Outcome::unknown) << answer(verdict);
  auto const possible = verdict.possible.values;
  EXPECT_TRUE(std::find(possible.begin(), possible.end(), Value(false)) != possible.end())
      << "nobody says that it is not ill";
}

Value one_person(Value a, Value b) { return Value(Context{{{"a", std::move(a)}, {"b", std::move(b)}}}); }

// Of a list a beginning is recorded and the end is open; a further structure may lack what the expression reads.
TEST(OpenParts, WhatAFurtherElementOfAListMayLackCounts)
{
  auto const declared =
      "<itemDefinition name=\"people\" isCollection=\"true\"><itemComponent name=\"a\"><typeRef>number</typeRef>"
      "<allowedValues><text>1, 2</text></allowedValues></itemComponent><itemComponent name=\"b\"><extensionElements>"
      "<tutela:fact "
      "optional=\"true\"/></extensionElements><typeRef>boolean</typeRef></itemComponent></itemDefinition>" +
      input("l", "people", "maximumElements=\"3\"");
  std::vector<Value> further;
  for (auto const a : {1, 2})
    for (auto const& b : {Value(true), Value(false), Value()}) further.push_back(one_person(number(a), b));
  std::size_t errors = 0;
  std::size_t settled = 0;
  for (auto const& beginning :
       {List{{one_person(number(1), Value(true))}}, List{{one_person(number(2), Value(false))}}}) {
    std::vector<List> completions{beginning};
    for (auto const& one : further) {
      completions.push_back(List{{beginning.items[0], one}});
      for (auto const& two : further) completions.push_back(List{{beginning.items[0], one, two}});
    }
    for (std::string const expression : {"count(l[b]) >= 1",
                                         "count(l[item.b]) <= 4",
                                         "count(l[a = 1][b]) = 0",
                                         "count(l[a > 2][b]) = 0",
                                         "sum(l.a) > 3",
                                         "some p in l satisfies p.b",
                                         "every p in l satisfies p.a < 3",
                                         "every p in l satisfies p.b or p.a = 1",
                                         "count(for p in l return if p.b then 1 else 2) > 0",
                                         "sum(for p in l return if p.b then 1 else 2) > 0",
                                         "count((for p in l return p.b)[item]) > 0",
                                         "all(l.b)",
                                         "any(l.b)",
                                         "count(l[1].a) = 1",
                                         "min(for p in l return if p.b then p.a else 0) >= 0",
                                         "count(concatenate(l, l)[b]) >= 0",
                                         "count(l.a[item > 0]) >= 1",
                                         "count(l.b[item]) >= 0",
                                         "count(l[a = 2]) = 0 and count(l[b]) = 1",
                                         "max(l.a) = 2"}) {
      auto const loaded = pack(dmn(declared + decision("r", {"l"}, literal(expression))));
      std::set<std::string> truth;
      for (auto const& list : completions)
        truth.insert(answer(loaded.decide("r", record({{"l", Value(list)}}), std::nullopt)));
      List open = beginning;
      open.complete = false;
      auto const verdict = loaded.decide("r", record({{"l", Value(std::move(open))}}), std::nullopt);
      std::set<std::string> claimed;
      for (auto const& value : verdict.possible.values)
        claimed.insert(value.is(Kind::error) ? "error" : to_string(value));
      auto const shown = expression + " is " + answer(verdict);
      if (verdict.outcome == Outcome::known) {
        EXPECT_EQ(truth, std::set<std::string>{answer(verdict)}) << shown;
        ++settled;
      } else {
        bool const all = verdict.possible.kind != Domain::Kind::set ||
                         std::includes(claimed.begin(), claimed.end(), truth.begin(), truth.end());
        EXPECT_TRUE(all) << shown;
      }
      errors += truth.count("error");
    }
  }
  EXPECT_GT(errors, 10U);
  EXPECT_GT(settled, 5U);
}

TEST(OpenParts, ARuleBehindOneThatMayApplyIsNotCertain)
{
  auto const body = table("hitPolicy=\"FIRST\"", {"hurt"}, {{{"true"}, "true"}, {{"-"}, "false"}});
  auto const verdict =
      pack(dmn(input("hurt", "boolean") + decision("p", {"hurt"}, body))).decide("p", Record(), std::nullopt);
  ASSERT_EQ(verdict.reasons.size(), 2U);
  for (auto const& reason : verdict.reasons) EXPECT_EQ(reason.applies, Truth::unknown) << reason.rule;
}

TEST(OpenParts, ErrorsOfHitPoliciesHaveAPlace)
{
  auto const body = table("hitPolicy=\"UNIQUE\"", {"n"}, {{{"> 0"}, "1"}, {{"> 1"}, "2"}});
  auto const loaded = parse_pack(dmn(input("n", "number") + decision("r", {"n"}, body)), "m.dmn").value();
  auto const verdict = loaded.decide("r", record({{"n", number(2)}}), std::nullopt);
  ASSERT_EQ(verdict.outcome, Outcome::error);
  EXPECT_EQ(verdict.fault->place.substr(0, 6), "m.dmn:") << verdict.fault->place;
}

TEST(OpenParts, SeparationIsNotSaidOfOneRule)
{
  std::string body = table("hitPolicy=\"FIRST\"", {"n"}, {{{"> 0"}, "1"}});
  body.insert(body.find("<rule>") + 6, "<extensionElements><tutela:law separation=\"true\"/></extensionElements>");
  auto const loaded = parse_pack(dmn(input("n", "number") + decision("r", {"n"}, body)), "m.dmn");
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.diagnostics().front().code, Code::invalid_model);
}

}  // namespace
}  // namespace tutela
