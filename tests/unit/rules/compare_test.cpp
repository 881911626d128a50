// SPDX-License-Identifier: Apache-2.0
// Two versions of a pack: examples, and random mutations compared with enumeration.
#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <tutela/rules/compare.hpp>

#include "unit/rules/models.hpp"
#include "unit/rules/random_tables.hpp"

namespace tutela {
namespace {

using namespace test;

using Rules = std::vector<std::pair<std::vector<std::string>, std::string>>;

Pack ages(Rules const& rules, std::string const& fallback = "false", std::string const& law = "")
{
  return pack(dmn(input("age", "number") + decision("d", {"age"}, table("", {"age"}, rules, fallback), law)));
}

DecisionComparison const& of(PackComparison const& comparison, std::string const& decision)
{
  auto const found = std::find_if(comparison.decisions.begin(), comparison.decisions.end(),
                                  [&](DecisionComparison const& each) { return each.decision == decision; });
  EXPECT_NE(found, comparison.decisions.end()) << decision;
  return *found;
}

TEST(Compare, APackIsTheSameAsItself)
{
  auto const law = ages({{{"< 14"}, "true"}});
  auto const comparison = compare(law, law);
  EXPECT_FALSE(comparison.has_differences());
  EXPECT_TRUE(of(comparison, "d").exact);
  EXPECT_TRUE(of(comparison, "d").every_day);
  EXPECT_TRUE(comparison.days.empty());
}

TEST(Compare, RulesWrittenOtherwiseAreTheSame)
{
  auto const comparison =
      compare(ages({{{"< 14"}, "true"}}), ages({{{">= 14"}, "false"}, {{"< 5"}, "true"}, {{"[5..14)"}, "true"}}));
  EXPECT_FALSE(comparison.has_differences());
  EXPECT_TRUE(of(comparison, "d").exact);
}

TEST(Compare, TheFirstDifferingCaseIsAnswered)
{
  auto const before = ages({{{"< 14"}, "true"}});
  auto const after = ages({{{"<= 14"}, "true"}});
  auto const comparison = compare(before, after);
  ASSERT_TRUE(comparison.has_differences());
  auto const& d = of(comparison, "d");
  EXPECT_EQ(d.change, PackChange::different);
  EXPECT_TRUE(d.exact);
  EXPECT_EQ(d.facts, (std::vector<WitnessInput>{{"age", number(14)}}));
  EXPECT_EQ(d.before, (ComparedAnswer{Outcome::known, Value(false)}));
  EXPECT_EQ(d.after, (ComparedAnswer{Outcome::known, Value(true)}));
  EXPECT_FALSE(d.on);
}

TEST(Compare, TheDayIsPartOfTheCase)
{
  auto const before = ages({{{"< 14"}, "true"}}, "false", R"(<tutela:law validFrom="2020-01-01"/>)");
  auto const after = ages({{{"< 14"}, "true"}}, "false", R"(<tutela:law validFrom="2021-01-01"/>)");
  auto const comparison = compare(before, after);
  auto const& d = of(comparison, "d");
  EXPECT_EQ(d.change, PackChange::different);
  EXPECT_EQ(d.on, (Date{2020, 1, 1}));
  ASSERT_EQ(d.facts.size(), 1u);
  EXPECT_EQ(before.decide("d", record({{"age", d.facts[0].value}}), d.on).outcome, Outcome::known);
  EXPECT_EQ(d.before.outcome, Outcome::known);
  EXPECT_EQ(d.after.outcome, Outcome::no_law_in_force);
  CompareOptions later;
  later.on = Date{2022, 6, 1};
  EXPECT_FALSE(compare(before, after, later).has_differences());
}

TEST(Compare, AddedRemovedAndRenamed)
{
  auto const before = pack(dmn(input("a", "boolean") + decision("old", {"a"}, literal("a"), "", "d_one") +
                               decision("gone", {"a"}, literal("not(a)"))));
  auto const after = pack(dmn(input("a", "boolean") + decision("new", {"a"}, literal("a"), "", "d_one") +
                              decision("more", {"a"}, literal("a"))));
  auto const comparison = compare(before, after);
  EXPECT_EQ(of(comparison, "old").renamed_to, "new");
  EXPECT_EQ(of(comparison, "old").change, PackChange::different);
  EXPECT_TRUE(of(comparison, "old").facts.empty());  // only the name is another
  EXPECT_EQ(of(comparison, "old").notes, std::vector<std::string>{"name: old -> new"});
  EXPECT_EQ(of(comparison, "gone").change, PackChange::removed);
  EXPECT_EQ(of(comparison, "more").change, PackChange::added);
}

TEST(Compare, FactsThatChange)
{
  auto const labelled = [](std::string const& name, std::string const& label) {
    return "<inputData id=\"in_" + name + "\" name=\"" + name +
           "\"><extensionElements><tutela:fact><tutela:label lang=\"en\">" + label +
           "</tutela:label></tutela:fact></extensionElements><variable name=\"" + name +
           "\" typeRef=\"boolean\"/></inputData>";
  };
  auto const before =
      pack(dmn(item("K", "string", R"("a", "b", "c")") + input("k", "K") + input("n", "number") +
               labelled("poor", "is poor") + decision("d", {"k"}, table("", {"k"}, {{{R"("a")"}, "1"}}, "2")) +
               decision("e", {"n"}, literal("n > 1")) + decision("f", {"poor"}, literal("poor"))));
  auto const after =
      pack(dmn(item("K", "string", R"("c", "b", "z")") + input("k", "K") + input("n", "string") +
               labelled("in_need", "is poor") + decision("d", {"k"}, table("", {"k"}, {{{R"("z")"}, "1"}}, "2")) +
               decision("e", {"n"}, literal("n > \"1\"")) + decision("f", {"in_need"}, literal("in_need"))));
  auto const comparison = compare(before, after);
  ASSERT_EQ(comparison.facts.size(), 3u);
  EXPECT_EQ(comparison.facts[0].fact, "k");
  EXPECT_EQ(comparison.facts[0].notes, std::vector<std::string>{R"(allowed: "a", "b", "c" -> "c", "b", "z")"});
  EXPECT_EQ(comparison.facts[1].notes, std::vector<std::string>{"type: number -> string"});
  EXPECT_EQ(comparison.facts[2].renamed_to, "in_need");
  EXPECT_EQ(of(comparison, "d").change, PackChange::same);  // for "b" and "c", which both know
  EXPECT_EQ(of(comparison, "e").change, PackChange::not_compared);
  EXPECT_EQ(of(comparison, "f").change, PackChange::same);
}

TEST(Compare, EffectAndSeparationAreTold)
{
  auto const mark = [](std::string const& law) {
    return pack(
        dmn(input("poor", "boolean", R"(protected="poverty")") + decision("d", {"poor"}, literal("poor"), law)));
  };
  auto const comparison =
      compare(mark(R"(<tutela:law effect="none"/>)"), mark(R"(<tutela:law effect="restrictive" separation="true"/>)"));
  auto const& d = of(comparison, "d");
  EXPECT_EQ(d.notes, (std::vector<std::string>{"effect: none -> restrictive", "separation: false -> true"}));
  EXPECT_EQ(d.after.outcome, Outcome::refused);  // and so are its answers
  EXPECT_EQ(d.facts.size(), 1u);
}

TEST(Compare, WhatIsNotToldApartIsApproximate)
{
  auto const law = [](std::string const& part) {
    return pack(dmn(input("name", "string") + decision("d", {"name"}, literal("contains(name, \"" + part + "\")"))));
  };
  auto const alike =
      compare(law("a"),
              pack(dmn(input("name", "string") + decision("d", {"name"}, literal("contains(name, \"a\") and true")))));
  EXPECT_EQ(of(alike, "d").change, PackChange::same);
  EXPECT_FALSE(of(alike, "d").exact);
  EXPECT_TRUE(of(compare(law("a"), law("a")), "d").exact);  // written alike
}

TEST(Compare, TextsBetweenConstantsHaveCases)
{
  auto const law = [](std::string const& test) {
    return pack(
        dmn(input("name", "string") + decision("d", {"name"}, table("", {"name"}, {{{test}, "true"}}, "false"))));
  };
  auto const comparison = compare(law(R"(< "m")"), law(R"(< "t")"));
  auto const& d = of(comparison, "d");
  ASSERT_EQ(d.change, PackChange::different);
  EXPECT_TRUE(d.exact);
  EXPECT_EQ(d.before.value, Value(false));
  EXPECT_FALSE(compare(law(R"("a", "b")"), law(R"("b", "a")")).has_differences());
}

TEST(Compare, CasesThatContradictThemselvesAreNone)
{
  auto const law = [](std::string const& output) {
    return pack(dmn(input("low", "boolean") + input("high", "boolean") +
                    decision("c", {"low", "high"}, literal("not(low and high)"), "<tutela:constraint/>") +
                    decision("d", {"low", "high"}, table("", {"low", "high"}, {{{"true", "true"}, output}}, "0"))));
  };
  EXPECT_FALSE(compare(law("1"), law("2")).has_differences());
}

TEST(Compare, FactsThatCannotBeKnownAreCasesToo)
{
  auto const law = [](std::string const& first, std::string const& other = "false") {
    return pack(dmn(input("a", "boolean") + input("b", "boolean") +
                    decision("d", {"a", "b"}, literal("if is uncertain(a) then " + first + " else " + other))));
  };
  auto const comparison = compare(law("true"), law("b"));
  auto const& d = of(comparison, "d");
  ASSERT_EQ(d.change, PackChange::different);
  EXPECT_TRUE(d.exact);
  ASSERT_EQ(d.facts.size(), 2u);
  EXPECT_EQ(d.facts[0], (WitnessInput{"b", Value(false)}));
  EXPECT_EQ(d.facts[1].input, "a");
  EXPECT_TRUE(d.facts[1].value.is(Kind::uncertain));
  EXPECT_EQ(d.before, (ComparedAnswer{Outcome::known, Value(true)}));
  EXPECT_EQ(d.after, (ComparedAnswer{Outcome::known, Value(false)}));
  // Written otherwise and the same, in every such case.
  auto const alike = compare(law("b"), law("not(not(b))"));
  EXPECT_FALSE(alike.has_differences());
  EXPECT_TRUE(of(alike, "d").exact);
  // A case that nobody can determine is told from one with an answer.
  auto const open = compare(law("a"), law("true"));
  EXPECT_EQ(of(open, "d").before.outcome, Outcome::undeterminable);
  EXPECT_EQ(of(open, "d").after.outcome, Outcome::known);
}

// Two random decisions that ask whether facts can be known, against all cases in which each is true, false or uncertain.
TEST(Compare, WithUncertainFactsFindsWhatEnumerationFinds)
{
  Generator random(20'261'207);
  std::vector<std::string> const names{"a", "b", "c"};
  auto const condition = [&] {
    auto const& name = names[random.index(3)];
    return random.below(2) == 0 ? "is uncertain(" + name + ")" : name;
  };
  auto const law = [&](std::string const& body) {
    std::string text;
    for (auto const& name : names) text += input(name, "boolean");
    return pack(dmn(text + decision("d", names, literal(body))));
  };
  std::size_t differing = 0;
  std::size_t alike = 0;
  for (int round = 0; round < 150; ++round) {
    std::vector<std::string> parts;
    for (int i = 0; i < 4; ++i) parts.push_back(condition());
    auto const body = [&] { return "if " + parts[0] + " and " + parts[1] + " then " + parts[2] + " else " + parts[3]; };
    auto const before = law(body());
    std::swap(parts[0], parts[1]);  // the same in other words
    if (random.below(3) > 0) parts[random.index(4)] = condition();
    auto const after = law(body());
    bool expected = false;
    for (int number = 0; number < 27; ++number) {
      std::vector<std::pair<std::string, Value>> facts;
      for (std::size_t i = 0, rest = static_cast<std::size_t>(number); i < 3; ++i, rest /= 3)
        facts.emplace_back(names[i], rest % 3 == 2 ? Value(Uncertain{{names[i]}}) : Value(rest % 3 == 1));
      auto const old = before.decide("d", record(facts), {});
      auto const now = after.decide("d", record(facts), {});
      expected = expected || old.outcome != now.outcome || !(old.value == now.value);
    }
    auto const comparison = compare(before, after);
    auto const& d = of(comparison, "d");
    EXPECT_TRUE(d.exact) << round;
    EXPECT_EQ(d.change == PackChange::different, expected) << round;
    (expected ? differing : alike) += 1;
  }
  EXPECT_GT(differing, 50u);
  EXPECT_GT(alike, 5u);
  std::printf("with uncertain facts: %zu decisions differ and have a witness, %zu are alike\n", differing, alike);
}

TEST(Compare, ListsAreCasesToo)
{
  auto const law = [](std::string const& limit) {
    return pack(dmn(
        R"(<itemDefinition name="Child"><itemComponent name="age"><typeRef>number</typeRef><allowedValues><text>[0..17]</text></allowedValues></itemComponent></itemDefinition>)"
        R"(<itemDefinition name="Children" isCollection="true"><typeRef>Child</typeRef></itemDefinition>)" +
        input("children", "Children", R"(maximumElements="2")") +
        decision("d", {"children"}, literal("some c in children satisfies c.age < " + limit))));
  };
  auto const before = law("3");
  auto const after = law("4");
  auto const comparison = compare(before, after);
  auto const& d = of(comparison, "d");
  ASSERT_EQ(d.change, PackChange::different);
  ASSERT_EQ(d.facts.size(), 1u);
  auto const facts = record({{"children", d.facts[0].value}});
  EXPECT_EQ(before.decide("d", facts, {}).value, Value(false));
  EXPECT_EQ(after.decide("d", facts, {}).value, Value(true));
}

TEST(Compare, WhoGainsAndWhoLoses)
{
  auto const before = ages({{{"< 14"}, "true"}});
  auto const after = ages({{{"[7..16)"}, "true"}});
  std::vector<ComparedCase> cases;
  for (auto const& [id, age] : {std::pair{"baby", 1}, {"pupil", 8}, {"teenager", 15}, {"adult", 30}})
    cases.push_back({id, record({{"age", number(age)}})});
  cases.push_back({"nobody knows", Record()});
  auto const movements = compare(before, after, cases);
  ASSERT_EQ(movements.size(), 1u);
  EXPECT_EQ(movements[0].gained, std::vector<std::string>{"teenager"});
  EXPECT_EQ(movements[0].lost, std::vector<std::string>{"baby"});
  EXPECT_EQ(movements[0].same, 3u);

  auto const open = compare(before, ages({{{"-"}, "true"}}), cases).front();
  EXPECT_EQ(open.became_known, std::vector<std::string>{"nobody knows"});
  EXPECT_EQ(compare(ages({{{"-"}, "true"}}), before, cases).front().became_unknown,
            std::vector<std::string>{"nobody knows"});
  EXPECT_EQ(compare(ages({{{"-"}, "1"}}, "0"), ages({{{"-"}, "2"}}, "0"), cases).front().changed.size(), 5u);
}

/// A random pack of two decisions, the second over the first, with what it takes to try all its cases.
struct RandomLaw {
  std::vector<Column> columns;
  Rules first;
  Rules second;
  std::string policy;
  std::vector<Constraint> constraints;

  [[nodiscard]] Pack load() const
  {
    std::string text;
    std::vector<std::string> names;
    for (auto const& column : columns) {
      text += column.declaration;
      names.push_back(column.name);
    }
    for (std::size_t i = 0; i < constraints.size(); ++i)
      text += decision("holds" + std::to_string(i), names, literal(constraints[i].text), "<tutela:constraint/>");
    auto const two = std::vector<std::string>{"first", columns[0].name};
    return pack(dmn(text + decision("first", names, table(policy, names, first, "0")) +
                    decision("second", {"d_first", columns[0].name}, table("hitPolicy=\"FIRST\"", two, second))));
  }

  [[nodiscard]] bool obeyed(Case const& facts) const
  {
    return std::all_of(constraints.begin(), constraints.end(),
                       [&](Constraint const& each) { return each.holds(facts); });
  }

  template <class F>
  void each_case(F const& f) const
  {
    std::vector<std::size_t> at(columns.size(), 0);
    for (;;) {
      std::vector<std::pair<std::string, Value>> facts;
      for (std::size_t i = 0; i < columns.size(); ++i) facts.emplace_back(columns[i].name, columns[i].values[at[i]]);
      f(record(facts));
      std::size_t place = 0;
      while (place < at.size() && ++at[place] == columns[place].values.size()) at[place++] = 0;
      if (place == at.size()) return;
    }
  }
};

RandomLaw random_law(Generator& random)
{
  RandomLaw law;
  for (auto const* name : {"a", "b", "c"}) law.columns.push_back(random.column(name));
  law.policy = random.below(2) == 0 ? "hitPolicy=\"FIRST\"" : "hitPolicy=\"COLLECT\" aggregation=\"SUM\"";
  for (int i = 0, count = 2 + random.below(4); i < count; ++i) {
    std::vector<std::string> tests;
    for (auto const& column : law.columns)
      tests.push_back(random.below(3) == 0 ? "-" : column.cells[random.index(column.cells.size())]);
    law.first.emplace_back(tests, std::to_string(random.below(3)));
  }
  for (int i = 0; i < 3; ++i) {
    auto const& cells = law.columns[0].cells;
    law.second.push_back({{random.below(3) == 0 ? "-" : ">= " + std::to_string(random.below(4)),
                           random.below(2) == 0 ? "-" : cells[random.index(cells.size())]},
                          random.below(2) == 0 ? "true" : "false"});
  }
  return law;
}

/// Drops a rule, puts another test or another output in, or changes the order of two rules.
RandomLaw mutated(RandomLaw law, Generator& random)
{
  auto& rules = random.below(3) == 0 ? law.second : law.first;
  bool const first = &rules == &law.first;
  auto const rule = random.index(rules.size());
  switch (random.below(4)) {
    case 0:
      if (rules.size() > 1) rules.erase(rules.begin() + static_cast<std::ptrdiff_t>(rule));
      break;
    case 1: {
      auto const column = random.index(rules[rule].first.size());
      if (!first && column == 0) {
        rules[rule].first[0] = ">= " + std::to_string(random.below(4));
      } else {
        auto const& cells = law.columns[first ? column : 0].cells;
        rules[rule].first[column] = random.below(3) == 0 ? "-" : cells[random.index(cells.size())];
      }
      break;
    }
    case 2:
      rules[rule].second = first ? std::to_string(random.below(3)) : rules[rule].second == "true" ? "false" : "true";
      break;
    default: std::swap(rules[rule], rules[random.index(rules.size())]);
  }
  return law;
}

// A witness is found whenever some case is answered otherwise, it is one, and none is found where none is.
TEST(Compare, FindsEveryMutationThatEnumerationFinds)
{
  Generator random(20'261'124);
  std::size_t mutations = 0;
  std::size_t differing = 0;
  std::size_t alike = 0;
  for (int round = 0; round < 120; ++round) {
    auto const law = random_law(random);
    auto const before = law.load();
    for (int mutation = 0; mutation < 4; ++mutation) {
      auto const after = mutated(law, random).load();
      ++mutations;
      auto const comparison = compare(before, after);
      for (auto const* name : {"first", "second"}) {
        bool expected = false;
        law.each_case([&](Record const& facts) {
          if (expected) return;
          auto const old = before.decide(name, facts, {});
          auto const now = after.decide(name, facts, {});
          expected = old.outcome != now.outcome || !(old.value == now.value);
        });
        auto const& decision = of(comparison, name);
        EXPECT_TRUE(decision.exact) << round;
        EXPECT_EQ(decision.change == PackChange::different, expected) << round << " " << mutation << " " << name;
        (expected ? differing : alike) += 1;
        if (decision.change != PackChange::different) continue;
        std::vector<std::pair<std::string, Value>> facts;
        for (auto const& [fact, value] : decision.facts) facts.emplace_back(fact, value);
        auto const old = before.decide(name, record(facts), {});
        auto const now = after.decide(name, record(facts), {});
        EXPECT_TRUE(old.outcome != now.outcome || !(old.value == now.value)) << round;
        EXPECT_EQ(old.outcome, decision.before.outcome);
        EXPECT_EQ(now.outcome, decision.after.outcome);
      }
    }
  }
  EXPECT_GT(differing, 200u);
  EXPECT_GT(alike, 200u);
  std::printf("%zu mutations: %zu decisions differ and have a witness, %zu are alike\n", mutations, differing, alike);
}

// The same under constraints, which may be others in the other version: only cases that obey both are compared.
TEST(Compare, UnderConstraintsFindsWhatEnumerationFinds)
{
  Generator random(20'261'205);
  std::size_t differing = 0;
  std::size_t alike = 0;
  std::size_t hidden = 0;  // differences that no case shows because the constraints exclude it
  for (int round = 0; round < 150; ++round) {
    auto law = random_law(random);
    auto const constrain = [&](RandomLaw& version) {
      for (int i = 0, count = 1 + random.below(2); i < count; ++i)
        version.constraints.push_back(implication(random, law.columns[random.index(3)], law.columns[random.index(3)]));
    };
    constrain(law);
    auto other = mutated(law, random);
    if (random.below(2) == 0) {
      other.constraints.clear();
      constrain(other);
    }
    auto const before = law.load();
    auto const after = other.load();
    auto const comparison = compare(before, after);
    for (auto const* name : {"first", "second"}) {
      bool expected = false;
      bool excluded = false;
      law.each_case([&](Record const& facts) {
        if (expected) return;
        Case known;
        for (auto const& fact : facts.facts()) known.emplace(fact.name, fact.value);
        auto const old = before.decide(name, facts, {});
        auto const now = after.decide(name, facts, {});
        bool const obeyed = law.obeyed(known) && other.obeyed(known);
        bool const other_answer = old.outcome != now.outcome || !(old.value == now.value);
        expected = obeyed && other_answer;
        excluded = excluded || (!obeyed && other_answer);
      });
      auto const& decision = of(comparison, name);
      EXPECT_TRUE(decision.exact) << round;
      EXPECT_EQ(decision.change == PackChange::different, expected) << round << " " << name;
      (expected ? differing : alike) += 1;
      if (!expected && excluded) ++hidden;
      if (decision.change != PackChange::different) continue;
      std::vector<std::pair<std::string, Value>> facts;
      for (auto const& [fact, value] : decision.facts) facts.emplace_back(fact, value);
      auto const old = before.decide(name, record(facts), {});
      auto const now = after.decide(name, record(facts), {});
      EXPECT_EQ(old.outcome, decision.before.outcome);
      EXPECT_EQ(now.outcome, decision.after.outcome);
      EXPECT_TRUE(old.outcome != now.outcome || !(old.value == now.value)) << round;
      bool some = false;  // case that obeys both has these facts
      law.each_case([&](Record const& full) {
        Case known;
        for (auto const& fact : full.facts()) known.emplace(fact.name, fact.value);
        some = some || (law.obeyed(known) && other.obeyed(known) &&
                        std::all_of(facts.begin(), facts.end(),
                                    [&](auto const& fact) { return known.at(fact.first) == fact.second; }));
      });
      EXPECT_TRUE(some) << round << " " << name;
    }
  }
  EXPECT_GT(differing, 50u);
  EXPECT_GT(hidden, 20u);
  std::printf(
      "under constraints: %zu decisions differ and have a witness, %zu are alike, of these %zu by the constraints\n",
      differing, alike, hidden);
}

/// The shipped law with one text replaced by another.
Pack changed_law(std::string const& from, std::string const& to)
{
  auto const law = load_pack("md/child-protection").value();
  std::vector<detail::SourceText> models;
  std::size_t replaced = 0;
  for (auto file : law.files()) {
    if (file.name.find(".dmn") == std::string::npos) continue;
    for (auto at = file.text.find(from); at != std::string::npos; at = file.text.find(from, at + to.size())) {
      file.text.replace(at, from.size(), to);
      ++replaced;
    }
    models.push_back({file.name, file.text});
  }
  EXPECT_EQ(replaced, 1u);
  auto read = detail::read_model(models, true, Mode::legal, {});
  if (!read) throw Error(read.diagnostics());
  return detail::make_pack(law.info(), *std::move(read));
}

// A change of the shipped law is found in the decision that it touches, and nowhere else.
TEST(Compare, OneChangeOfTheShippedLawIsFoundWhereItIs)
{
  CompareOptions options;
  options.on = Date{2026, 3, 2};
  auto const law = load_pack("md/child-protection").value();
  auto const comparison =
      compare(law,
              changed_law("<inputEntry id=\"cash_help_within_ceiling_rule_1_1\"><text>&lt;= 4000</text>",
                          "<inputEntry id=\"cash_help_within_ceiling_rule_1_1\"><text>&lt;= 3900</text>"),
              options);
  for (auto const& decision : comparison.decisions)
    EXPECT_EQ(decision.change == PackChange::different, decision.decision == "cash_help_within_ceiling")
        << decision.decision;
  auto const& ceiling = of(comparison, "cash_help_within_ceiling");
  ASSERT_EQ(ceiling.facts.size(), 1u);
  EXPECT_EQ(ceiling.facts[0].input, "need.cash_help_amount");
  EXPECT_EQ(ceiling.before.value, Value(true));
  EXPECT_TRUE(ceiling.after.value.is_none());
}

TEST(Compare, TheShippedLawIsTheSameAsItself)
{
  auto const law = load_pack("md/child-protection").value();
  CompareOptions options;
  options.on = Date{2026, 3, 2};
  auto const comparison = compare(law, law, options);
  EXPECT_FALSE(comparison.has_differences());
  EXPECT_EQ(comparison.decisions.size(), law.decisions().size());
  for (auto const& decision : comparison.decisions) EXPECT_TRUE(decision.exact) << decision.decision;
}

}  // namespace
}  // namespace tutela
