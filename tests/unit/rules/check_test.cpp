// SPDX-License-Identifier: Apache-2.0
// The check of a pack: examples of each finding, and tables compared with enumeration.
#include <algorithm>
#include <optional>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include <tutela/rules/pack.hpp>

#include "unit/rules/models.hpp"

namespace tutela {
namespace {

using namespace test;

std::vector<Code> codes(PackCheck const& check)
{
  std::vector<Code> codes;
  for (auto const& finding : check.findings) codes.push_back(finding.diagnostic.code);
  return codes;
}

PackFinding const* find(PackCheck const& check, Code code)
{
  for (auto const& finding : check.findings)
    if (finding.diagnostic.code == code) return &finding;
  return nullptr;
}

TEST(PackCheck, AWholeTableHasNoFindings)
{
  auto const loaded =
      pack(dmn(input("age", "number") +
               decision("d", {"age"}, table("", {"age"}, {{{"< 14"}, "1"}, {{"[14..18)"}, "2"}, {{">= 18"}, "3"}}))));
  auto const check = loaded.check();
  EXPECT_TRUE(check.findings.empty());
  EXPECT_EQ(check.tables, 1u);
  EXPECT_EQ(check.unchecked, 0u);
  EXPECT_TRUE(check.exact);
  EXPECT_FALSE(check.has_findings());
}

TEST(PackCheck, AGapHasAnExample)
{
  auto const loaded = pack(
      dmn(input("age", "number") + decision("d", {"age"}, table("", {"age"}, {{{"< 14"}, "1"}, {{"> 14"}, "2"}}))));
  auto const check = loaded.check();
  ASSERT_EQ(codes(check), std::vector{Code::gap});
  auto const& finding = check.findings.front();
  EXPECT_EQ(finding.decision, "d");
  EXPECT_TRUE(finding.certain);
  EXPECT_EQ(finding.inputs, (std::vector<WitnessInput>{{"age", number(14)}}));
  // The example is one: with these facts the decision has no answer.
  EXPECT_TRUE(loaded.decide("d", record({{"age", number(14)}}), {}).value.is_none());
}

/// What is said of a pack whose one decision and fact have these labels.
PackCheck labelled(std::string const& lang, std::string const& decision_label, std::string const& question)
{
  auto const label = [&](std::string const& element, std::string const& text) {
    return "<tutela:" + element + " lang=\"" + lang + "\">" + text + "</tutela:" + element + ">";
  };
  auto model = dmn(input("age", "number") +
                   decision("d", {"age"}, table("", {"age"}, {{{"-"}, "1"}}), label("label", decision_label)));
  auto const at = model.find("<inputData");
  auto const open = model.find('>', at) + 1;
  model.insert(open,
               "<extensionElements><tutela:fact>" + label("question", question) + "</tutela:fact></extensionElements>");
  return pack(model).check();
}

TEST(PackCheck, AWordThatStigmatisesIsToldWithABetterOne)
{
  auto const check = labelled("en", "Shelter of Street Children", "How old is the delinquent?");
  ASSERT_EQ(codes(check), (std::vector{Code::not_allowed, Code::not_allowed}));
  EXPECT_EQ(check.findings[0].decision, "d");
  EXPECT_EQ(check.findings[0].diagnostic.severity, Severity::warning);
  EXPECT_EQ(check.findings[0].diagnostic.mend, "write: child in a street situation");
  EXPECT_EQ(check.findings[1].decision, "age");
  EXPECT_EQ(check.findings[1].diagnostic.mend, "write: child in conflict with the law");
  // Old spellings and capitals are the same word.
  EXPECT_EQ(codes(labelled("ro", "ajutor pentru Cerşetori", "INFRACTORI?")).size(), 2U);
  EXPECT_EQ(codes(labelled("uk", "Безпритульна дитина", "вік")).size(), 1U);
  EXPECT_EQ(codes(labelled("ru", "возраст", "Беспризорный ребёнок?")).size(), 1U);
  // Terms of law, other languages and parts of words are not told.
  EXPECT_TRUE(labelled("en", "criminal liability", "Is there an offence?").findings.empty());
  EXPECT_TRUE(labelled("en", "infractor", "age").findings.empty());
  EXPECT_TRUE(labelled("uk", "дитина з інвалідністю", "вік").findings.empty());
}

/// The check of one input of a declared range, under rules that answer 1, 2 and so on.
PackCheck checked(std::string const& type, std::string const& range, std::vector<std::string> const& cells)
{
  std::vector<std::pair<std::vector<std::string>, std::string>> rules;
  for (auto const& cell : cells) rules.push_back({{cell}, std::to_string(rules.size() + 1)});
  return pack(dmn(item("tn", type, escaped(range)) + input("f", "tn") + decision("d", {"f"}, table("", {"f"}, rules))))
      .check();
}

// A stretch between a constant and an end that is left out has values, and no rule may be lost there.
TEST(PackCheck, EndsThatAreLeftOutBoundStretchesWithValues)
{
  auto const shown = [](PackCheck const& check) {
    std::string text;
    for (auto const& finding : check.findings) {
      text += finding.diagnostic.what;
      for (auto const& one : finding.inputs) text += " " + to_string(one.value);
      text += "; ";
    }
    return text;
  };
  EXPECT_EQ(codes(checked("number", "[0..2)", {"[0..0]", "(0..1]"})), std::vector{Code::gap});
  EXPECT_EQ(find(checked("number", "[0..2)", {"[0..1]"}), Code::gap)->inputs.front().value,
            Value(*Decimal::parse("1.5")));
  EXPECT_EQ(codes(checked("number", "< 1", {"<= 0"})), std::vector{Code::gap});
  EXPECT_EQ(codes(checked("number", "(0..1)", {"0.5"})), std::vector{Code::gap});
  EXPECT_TRUE(checked("number", "(0..1)", {"< 1"}).findings.empty()) << shown(checked("number", "(0..1)", {"< 1"}));
  auto const both = checked("number", "(0..1)", {"[0..0]", ">= 0", "-"});
  ASSERT_EQ(codes(both).size(), 2U) << shown(both);
  EXPECT_EQ(find(both, Code::overlapping_rules)->rules, (std::vector<std::size_t>{2, 3}));
  EXPECT_EQ(find(both, Code::unreachable_rule)->rules, (std::vector<std::size_t>{1}));
  auto const days = checked("date", R"((date("2024-02-28")..date("2024-03-01")))", {R"(date("2024-02-29"))"});
  EXPECT_TRUE(days.findings.empty()) << shown(days);
  auto const march = checked("date", R"((date("2024-02-28")..date("2024-03-03")))", {R"(<= date("2024-02-29"))"});
  EXPECT_EQ(codes(march), std::vector{Code::gap});
  auto const lengths = checked("yearMonthDuration", R"([duration("P1M")..duration("P4M")))", {R"(<= duration("P2M"))"});
  EXPECT_EQ(codes(lengths), std::vector{Code::gap}) << shown(lengths);
}

// What the constraints exclude is no case: no gap, no overlap, and no rule is reached by it.
TEST(PackCheck, ConstraintsLeaveOnlyTheCasesThereAre)
{
  auto const facts = input("a", "boolean") + input("b", "boolean") +
                     decision("c", {"a", "b"}, literal("not(a and b)"), "<tutela:constraint/>");
  auto const rules = [&](std::string const& policy,
                         std::vector<std::pair<std::vector<std::string>, std::string>> rows) {
    return pack(dmn(facts + decision("d", {"a", "b"}, table(policy, {"a", "b"}, rows)))).check();
  };
  EXPECT_TRUE(rules("", {{{"true", "-"}, "1"}, {{"-", "true"}, "2"}, {{"false", "false"}, "3"}}).findings.empty());
  EXPECT_TRUE(rules("", {{{"true", "false"}, "1"}, {{"false", "-"}, "2"}}).findings.empty());
  auto const dead = rules("hitPolicy=\"FIRST\"", {{{"true", "true"}, "1"}, {{"-", "-"}, "2"}});
  ASSERT_EQ(codes(dead), std::vector{Code::unreachable_rule});
  EXPECT_EQ(dead.findings.front().rules, (std::vector<std::size_t>{1}));
  auto const real = rules("", {{{"true", "-"}, "1"}, {{"-", "false"}, "2"}, {{"false", "true"}, "3"}});
  ASSERT_EQ(codes(real), std::vector{Code::overlapping_rules});
  EXPECT_EQ(real.findings.front().inputs.size(), 2U);

  // The values of the example obey the constraint, also where it cuts a number elsewhere than the rules.
  auto const paid = pack(dmn(
      input("doc", "boolean") + input("paid", "number") +
      decision("c", {"doc", "paid"}, literal("paid >= 100 or not(doc)"), "<tutela:constraint/>") +
      decision("d", {"doc", "paid"}, table("", {"doc", "paid"}, {{{"true", "< 50"}, "1"}, {{"false", "-"}, "2"}}))));
  auto const check = paid.check();
  ASSERT_EQ(codes(check).size(), 2U);
  ASSERT_NE(find(check, Code::gap), nullptr);
  std::vector<std::pair<std::string, Value>> witness;
  for (auto const& one : find(check, Code::gap)->inputs) witness.emplace_back(one.input, one.value);
  auto const verdict = paid.decide("d", record(witness), {});
  EXPECT_EQ(verdict.outcome, Outcome::known);
  EXPECT_TRUE(verdict.value.is_none());
  EXPECT_EQ(find(check, Code::unreachable_rule)->rules, (std::vector<std::size_t>{1}));
}

// Of a pack without any case everything would be true; it is refused when it is loaded.
TEST(PackCheck, APackWithoutAnyCaseIsNotLoaded)
{
  auto const first = [](std::string const& text) {
    auto const read = parse_pack(dmn(text));
    return read ? std::string() : read.diagnostics().front().what;
  };
  auto const rule = decision("d", {"a"}, literal("a"));
  auto const never = decision("c", {"a"}, literal("a and not(a)"), "<tutela:constraint/>");
  EXPECT_EQ(first(input("a", "boolean") + never + rule), "no case obeys the constraint \"c\"");
  auto const two = decision("c1", {"a"}, literal("a"), "<tutela:constraint/>") +
                   decision("c2", {"a"}, literal("not(a)"), "<tutela:constraint/>");
  EXPECT_EQ(first(input("a", "boolean") + two + rule), "no case obeys all constraints together");
  EXPECT_NE(first(item("tn", "number", "(1..1]") + input("a", "tn") + rule).find("no value is allowed for a"),
            std::string::npos);
  EXPECT_EQ(first(item("tn", "number", "[1..1]") + input("a", "tn") + rule), "");
  EXPECT_EQ(first(input("a", "boolean") + decision("c", {"a"}, literal("a"), "<tutela:constraint/>") + rule), "");
}

TEST(PackCheck, ADefaultOutputOrAListHasNoGap)
{
  for (auto const& [policy, fallback] : {std::pair{"", "3"}, std::pair{"hitPolicy=\"COLLECT\"", ""}}) {
    auto const loaded =
        pack(dmn(input("age", "number") + decision("d", {"age"}, table(policy, {"age"}, {{{"< 14"}, "1"}}, fallback))));
    EXPECT_TRUE(loaded.check().findings.empty()) << policy;
  }
}

TEST(PackCheck, WhatIsDeclaredBoundsTheGap)
{
  auto const rules = table("", {"age", "kind"}, {{{"< 18", R"("a")"}, "1"}, {{"< 18", R"("b")"}, "2"}});
  auto const types = item("Age", "number", "[0..18)") + item("Kind", "string", R"("a", "b")");
  EXPECT_TRUE(pack(dmn(types + input("age", "Age") + input("kind", "Kind") + decision("d", {"age", "kind"}, rules)))
                  .check()
                  .findings.empty());
  EXPECT_EQ(
      codes(pack(dmn(types + input("age", "Age") + input("kind", "string") + decision("d", {"age", "kind"}, rules)))
                .check()),
      std::vector{Code::gap});
}

TEST(PackCheck, OverlapsAndContradictions)
{
  auto const rules = std::vector<std::pair<std::vector<std::string>, std::string>>{
      {{"< 14"}, "1"}, {{">= 12"}, "2"}, {{"> 100"}, "2"}};
  auto const unique = pack(dmn(input("age", "number") + decision("d", {"age"}, table("", {"age"}, rules))));
  auto const check = unique.check();
  ASSERT_EQ(codes(check), (std::vector{Code::overlapping_rules, Code::overlapping_rules}));
  EXPECT_EQ(check.findings[0].rules, (std::vector<std::size_t>{1, 2}));
  EXPECT_EQ(check.findings[0].diagnostic.severity, Severity::error);
  ASSERT_EQ(check.findings[0].inputs.size(), 1u);
  EXPECT_EQ(unique.decide("d", record({{"age", check.findings[0].inputs[0].value}}), {}).outcome, Outcome::error);

  auto const any =
      pack(dmn(input("age", "number") + decision("d", {"age"}, table("hitPolicy=\"ANY\"", {"age"}, rules)))).check();
  ASSERT_EQ(codes(any), std::vector{Code::contradicting_rules});  // rules 2 and 3 answer alike
  EXPECT_EQ(any.findings[0].rules, (std::vector<std::size_t>{1, 2}));

  auto const first =
      pack(dmn(input("age", "number") + decision("d", {"age"}, table("hitPolicy=\"FIRST\"", {"age"}, rules)))).check();
  ASSERT_EQ(codes(first), std::vector{Code::unreachable_rule});
  EXPECT_EQ(first.findings[0].rules, std::vector<std::size_t>{3});
}

TEST(PackCheck, TwoInputsOfOneFactAreNotCertain)
{
  auto const loaded =
      pack(dmn(input("age", "number") +
               decision("d", {"age"}, table("", {"age", "age * 2"}, {{{"< 14", "-"}, "1"}, {{"-", ">= 28"}, "2"}}))));
  auto const check = loaded.check();
  ASSERT_NE(find(check, Code::overlapping_rules), nullptr);
  EXPECT_FALSE(find(check, Code::overlapping_rules)->certain);
  EXPECT_EQ(find(check, Code::overlapping_rules)->diagnostic.severity, Severity::warning);
}

TEST(PackCheck, ACellThatOtherEnginesReadOtherwise)
{
  auto const loaded = pack(dmn(
      input("parent", "string", "optional=\"true\"") +
      decision("d", {"parent"}, table("", {"parent"}, {{{R"(not("present"))"}, "1"}, {{R"("present")"}, "2"}}, "0"))));
  auto const check = loaded.check();
  ASSERT_EQ(codes(check), std::vector{Code::mode_difference});
  EXPECT_FALSE(check.has_findings());
  EXPECT_EQ(check.findings[0].rules, std::vector<std::size_t>{1});
}

// Decisions of expressions that other engines read otherwise: the case that is told is answered differently indeed.
TEST(PackCheck, DecisionsThatOtherEnginesAnswerOtherwise)
{
  auto const told = [](std::string const& inputs, std::vector<std::string> const& names, std::string const& text) {
    auto const loaded = pack(dmn(inputs + decision("d", names, literal(text)) +
                                 decision("above", {"d_d"}, literal("if d = null then 0 else 1"))));
    auto const check = loaded.check();
    std::size_t count = 0;
    for (auto const& finding : check.findings) {
      if (finding.diagnostic.code != Code::mode_difference) continue;
      ++count;
      EXPECT_EQ(finding.decision, "d") << text;
      EXPECT_EQ(finding.diagnostic.severity, Severity::note);
      std::vector<std::pair<std::string, Value>> facts;
      for (auto const& [name, value] : finding.inputs) facts.emplace_back(name, value);
      DecideOptions conformance;
      conformance.mode = Mode::conformance;
      auto const legal = loaded.decide("d", record(facts), {});
      auto const other = loaded.decide("d", record(facts), {}, conformance);
      EXPECT_TRUE(legal.outcome == Outcome::error || !(legal.value == other.value)) << text;
    }
    return count;
  };
  auto const flag = input("a", "boolean", R"(optional="true")");
  auto const amount = item("tAmount", "number", "0, 1, 2") + input("n", "tAmount", R"(optional="true")");
  EXPECT_EQ(told(amount, {"n"}, "if n < 1 then 1 else 2"), 1u);  // none compares with nothing
  EXPECT_EQ(told(amount, {"n"}, "if not(n > 1) then 1 else 2"), 1u);
  EXPECT_EQ(told(amount, {"n"}, "count([1, 2][item > n])"), 1u);
  EXPECT_EQ(told(flag, {"a"}, "if a then 1 else 2"), 1u);
  EXPECT_EQ(told(flag, {"a"}, "if a = null then 1 else 2"), 0u);
  EXPECT_EQ(told(amount, {"n"}, "if n = null then 0 else if n < 1 then 1 else 2"), 0u);
  EXPECT_EQ(told(input("b", "boolean"), {"b"}, "if b then 1 else 2"), 0u);
}

// The same over lists and over more facts than there are cases to try.
TEST(PackCheck, ListsAndManyFactsThatOtherEnginesReadOtherwise)
{
  auto const differs = [](std::string const& inputs, std::vector<std::string> const& names, std::string const& text) {
    auto const loaded = pack(dmn(inputs + decision("d", names, literal(text))));
    auto const check = loaded.check();
    auto const* finding = find(check, Code::mode_difference);
    if (finding == nullptr) return false;
    std::vector<std::pair<std::string, Value>> facts;
    for (auto const& [name, value] : finding->inputs) facts.emplace_back(name, value);
    DecideOptions conformance;
    conformance.mode = Mode::conformance;
    auto const legal = loaded.decide("d", record(facts), {});
    auto const other = loaded.decide("d", record(facts), {}, conformance);
    EXPECT_EQ(other.outcome, Outcome::known) << text;
    EXPECT_TRUE(legal.outcome == Outcome::error || !(legal.value == other.value)) << text;
    return true;
  };
  auto const numbers =
      "<itemDefinition name=\"tl\" isCollection=\"true\"><typeRef>number</typeRef></itemDefinition>" + input("l", "tl");
  EXPECT_TRUE(differs(numbers, {"l"}, "if l[1] < 5 then 1 else 2"));  // of an empty list the first element is none
  EXPECT_FALSE(differs(numbers, {"l"}, "if count(l) > 0 and l[1] < 5 then 1 else 2"));
  std::string const people =
      "<itemDefinition name=\"tp\" isCollection=\"true\"><itemComponent name=\"age\"><extensionElements><tutela:fact "
      "optional=\"true\"/></extensionElements><typeRef>number</typeRef></itemComponent><itemComponent name=\"ill\">"
      "<typeRef>boolean</typeRef></itemComponent></itemDefinition>" +
      input("people", "tp");
  EXPECT_TRUE(differs(people, {"people"}, "if some p in people satisfies p.age < 3 then 1 else 2"));
  EXPECT_FALSE(differs(people, {"people"}, "if some p in people satisfies p.ill then 1 else 2"));
  std::string many;
  std::string plain;
  std::vector<std::string> names;
  std::string sum = "0";
  for (int i = 0; i < 12; ++i) {
    names.push_back("n" + std::to_string(i));
    many += input(names.back(), "number", i == 7 ? R"(optional="true")" : "");
    plain += input(names.back(), "number");
    sum += " + (if " + names.back() + " < 5 then 1 else 0)";
  }
  EXPECT_TRUE(differs(many, names, sum));
  EXPECT_FALSE(differs(plain, names, sum));
}

// Against enumeration: random conditions over two Booleans that may be none, in both modes.
TEST(PackCheck, ModeDifferencesEqualEnumeration)
{
  std::mt19937 random(20'261'208);
  auto const one_of = [&](std::vector<std::string> const& words) { return words[random() % words.size()]; };
  std::vector<std::string> const atoms{"a", "b", "a = null", "b != null", "a = b", "not(a)", "true"};
  std::size_t differing = 0;
  std::size_t alike = 0;
  for (int round = 0; round < 200; ++round) {
    auto const text = "if " + one_of(atoms) + one_of({" and ", " or "}) + one_of(atoms) + " then " +
                      one_of({"1", "null", "a"}) + " else " + one_of({"2", "b"});
    auto const loaded =
        pack(dmn(input("a", "boolean", R"(optional="true")") + input("b", "boolean", R"(optional="true")") +
                 decision("d", {"a", "b"}, literal(text))));
    bool expected = false;
    for (int number = 0; number < 16; ++number) {
      std::vector<std::pair<std::string, Value>> facts;
      for (auto const& [name, choice] : {std::pair{"a", number % 4}, std::pair{"b", number / 4}})
        if (choice < 3) facts.emplace_back(name, choice == 2 ? Value() : Value(choice == 1));
      DecideOptions conformance;
      conformance.mode = Mode::conformance;
      auto const legal = loaded.decide("d", record(facts), {});
      auto const other = loaded.decide("d", record(facts), {}, conformance);
      bool const complete = facts.size() == 2;
      bool const null = other.value.is_none();
      expected = expected ||
                 (legal.outcome == Outcome::known && (complete || !null) && !(legal.value == other.value)) ||
                 (legal.outcome == Outcome::error && complete && !null);
    }
    EXPECT_EQ(find(loaded.check(), Code::mode_difference) != nullptr, expected) << text;
    (expected ? differing : alike) += 1;
  }
  EXPECT_GT(differing, 20u);
  EXPECT_GT(alike, 20u);
}

TEST(PackCheck, ARangeWrittenBackwardsIsFoundWhereItStands)
{
  auto const found = [](std::string const& type, std::string const& cell) {
    std::vector<std::string> told;
    auto const loaded = pack(dmn(
        input("x", type) + decision("d", {"x"}, table(R"(hitPolicy="FIRST")", {"x"}, {{{cell}, "1"}, {{"-"}, "2"}}))));
    for (auto const& finding : loaded.check().findings) {
      if (finding.diagnostic.code != Code::invalid_interval) continue;
      EXPECT_EQ(finding.diagnostic.severity, Severity::warning);
      EXPECT_GT(finding.diagnostic.place.line, 0u);
      EXPECT_EQ(finding.rules, std::vector<std::size_t>{1});
      told.push_back(finding.diagnostic.what);
    }
    return told;
  };
  using Told = std::vector<std::string>;
  EXPECT_EQ(found("number", "[2..1]"), (Told{"no value lies in the range [2..1] of rule 1, \"x\""}));
  EXPECT_EQ(found("number", "5, (3..3]"), (Told{"no value lies in the range (3..3] of rule 1, \"x\""}));
  EXPECT_EQ(found("number", "not([-1..-2])").size(), 1u);
  EXPECT_EQ(found("date", R"([date("2024-03-02")..date("2024-03-01")])").size(), 1u);
  EXPECT_EQ(found("string", R"(["b".."a"])").size(), 1u);
  for (auto const* cell : {"[1..2]", "[3..3]", "(1..2)", "< 1", "-", "1, 2"})
    EXPECT_TRUE(found("number", cell).empty());
}

TEST(PackCheck, ACommaForThePointIsToldBecauseItMakesTwoTests)
{
  auto const told = [](std::string const& cell) {
    std::vector<std::string> texts;
    auto const loaded = pack(
        dmn(input("x", "number") +
            decision("d", {"x"}, table(R"(hitPolicy="FIRST")", {"x"}, {{{"< 0"}, "0"}, {{cell}, "1"}, {{"-"}, "2"}}))));
    for (auto const& finding : loaded.check().findings) {
      if (finding.diagnostic.code != Code::invalid_number) continue;
      EXPECT_EQ(finding.rules, std::vector<std::size_t>{2});
      EXPECT_GT(finding.diagnostic.place.column, 0u);
      texts.push_back(finding.diagnostic.what + "; " + finding.diagnostic.mend);
    }
    return texts;
  };
  EXPECT_EQ(told(">= 3,5"), std::vector<std::string>{
                                "`3,5` in rule 2 is two tests with a comma between them; write 3.5 for one number, or "
                                "a blank after the comma"});
  EXPECT_EQ(told("< 1250,50, > 9000,25").size(), 2u);
  for (auto const* cell : {">= 3.5", ">= 3, 5", "3,5", "1,2,3", "> x,5", "< max(3,5)", "[3..5],7", "-"})
    EXPECT_TRUE(told(cell).empty()) << cell;
}

TEST(PackCheck, ARangeWrittenBackwardsAmongAllowedValuesIsFound)
{
  auto const loaded = pack(dmn(item("Age", "number", "[9..0], 5") + input("x", "Age") + input("y", "Age") +
                               decision("d", {"x", "y"}, literal("x = y"))));
  auto const check = loaded.check();
  ASSERT_EQ(codes(check), std::vector{Code::invalid_interval});  // once, although two facts have the type
  EXPECT_EQ(check.findings.front().diagnostic.what, "no value lies in the range [9..0] of the allowed values");
  // With nothing else allowed there is no case, and the pack is not loaded: APackWithoutAnyCaseIsNotLoaded.
}

// Values beyond the last constant are cases too: no rule that asks for them is unreachable.
TEST(PackCheck, RulesBeyondTheLastConstantAreReached)
{
  auto const loaded =
      pack(dmn(input("n", "number") + input("on", "date") +
               decision("d", {"n", "on"},
                        table(R"(hitPolicy="FIRST")", {"n", "on"},
                              {{{"<= 6", "-"}, "1"}, {{"> 6", R"(> date("2024-04-07"))"}, "2"}, {{"-", "-"}, "3"}}))));
  EXPECT_TRUE(loaded.check().findings.empty());
}

TEST(PackCheck, AComputedCellLeavesTheTableUnchecked)
{
  auto const loaded = pack(
      dmn(input("a", "number") + input("b", "number") + decision("d", {"a", "b"}, table("", {"a"}, {{{"< b"}, "1"}}))));
  auto const check = loaded.check();
  EXPECT_EQ(check.tables, 1u);
  EXPECT_EQ(check.unchecked, 1u);
  EXPECT_TRUE(check.findings.empty());
}

// The limit is for the table, however often its law changes and however many rules it has.
TEST(PackCheck, TheLimitBoundsAllWalksOfATable)
{
  auto model =
      dmn(input("age", "number") + decision("d", {"age"}, table("", {"age"}, {{{"< 14"}, "1"}, {{">= 14"}, "2"}})));
  auto const steps = [&](Pack const& loaded) {
    Limits limits;
    for (limits.evaluation_steps = 1; !loaded.check(limits).exact; ++limits.evaluation_steps) {
    }
    return limits.evaluation_steps;
  };
  auto const once = steps(pack(model));
  auto const law = model.find("<rule>") + std::string("<rule>").size();
  model.insert(law, R"(<extensionElements><tutela:law validFrom="2020-01-01"/></extensionElements>)");
  auto const dated = pack(model);
  EXPECT_GT(steps(dated), once);
  Limits limits;
  limits.evaluation_steps = once;
  for (auto const& finding : dated.check(limits).findings)
    EXPECT_NE(finding.diagnostic.code, Code::unreachable_rule);  // what was not walked to the end is not claimed

  std::vector<std::pair<std::vector<std::string>, std::string>> many;
  for (int i = 0; i < 200; ++i) many.push_back({{i == 0 ? "< 14" : ">= 14"}, "1"});
  auto const wide =
      pack(dmn(input("age", "number") + decision("d", {"age"}, table("hitPolicy=\"ANY\"", {"age"}, many))));
  EXPECT_GE(steps(wide), 4 * once);  // four words of 64 rules for each set that is kept
}

// The walk over sets of rules finds what trying every combination of values finds.
TEST(PackCheck, EqualsEnumerationOnRandomTables)
{
  std::mt19937 random(20'261'122);
  auto below = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
  std::vector<std::string> const policies{"", "hitPolicy=\"ANY\"", "hitPolicy=\"FIRST\""};
  std::size_t gaps = 0;
  std::size_t pairs = 0;
  std::size_t unreachable = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<std::pair<std::vector<std::string>, std::string>> rules;
    for (int i = 0, count = 1 + below(6); i < count; ++i) {
      std::vector<std::string> tests;
      for (int column = 0; column < 3; ++column) {
        int const low = below(5);
        tests.push_back(below(3) == 0 ? "-" : "[" + std::to_string(low) + ".." + std::to_string(low + below(4)) + "]");
      }
      rules.emplace_back(tests, std::to_string(below(2)));
    }
    auto const policy = policies[static_cast<std::size_t>(below(3))];
    std::string const names[] = {"a", "b", "c"};
    std::string model = item("Small", "number", "[0..5]");
    for (auto const& name : names) model += input(name, "Small");
    auto const loaded = pack(dmn(model + decision("d", {"a", "b", "c"}, table(policy, {"a", "b", "c"}, rules))));

    bool gap = false;
    std::set<std::vector<std::size_t>> expected_pairs;
    std::set<std::size_t> reached;
    auto holds = [](std::string const& test, int doubled) {
      if (test == "-") return true;
      return 2 * (test[1] - '0') <= doubled && doubled <= 2 * std::stoi(test.substr(4));
    };
    for (int a = 0; a <= 10; ++a) {
      for (int b = 0; b <= 10; ++b) {
        for (int c = 0; c <= 10; ++c) {
          std::vector<std::size_t> hit;
          for (std::size_t i = 0; i < rules.size(); ++i)
            if (holds(rules[i].first[0], a) && holds(rules[i].first[1], b) && holds(rules[i].first[2], c))
              hit.push_back(i + 1);
          gap = gap || hit.empty();
          if (policy == policies[2]) hit.resize(std::min<std::size_t>(hit.size(), 1));
          reached.insert(hit.begin(), hit.end());
          for (std::size_t i = 0; i < hit.size(); ++i)
            for (std::size_t j = i + 1; j < hit.size(); ++j)
              if (policy.empty() || rules[hit[i] - 1].second != rules[hit[j] - 1].second)
                expected_pairs.insert({hit[i], hit[j]});
        }
      }
    }

    auto const check = loaded.check();
    std::set<std::vector<std::size_t>> found_pairs;
    std::set<std::size_t> found_unreachable;
    for (auto const& finding : check.findings) {
      if (finding.diagnostic.code == Code::unreachable_rule) found_unreachable.insert(finding.rules.front());
      if (finding.rules.size() == 2) found_pairs.insert(finding.rules);
    }
    EXPECT_EQ(find(check, Code::gap) != nullptr, gap) << round;
    EXPECT_EQ(found_pairs, expected_pairs) << round;
    for (std::size_t i = 1; i <= rules.size(); ++i)
      EXPECT_EQ(found_unreachable.count(i), 1 - reached.count(i)) << round;
    gaps += gap ? 1 : 0;
    pairs += found_pairs.size();
    unreachable += found_unreachable.size();
  }
  EXPECT_GT(gaps, 50u);
  EXPECT_GT(pairs, 50u);
  EXPECT_GT(unreachable, 10u);
}

TEST(PackCheck, LawWithoutSourceOrDateOrFoundation)
{
  std::string const cited = R"(<tutela:citation act="Synthetic Act" article="art. 1" source="test" grade="A"/>)";
  auto const loaded = pack(dmn(decision("base", {}, literal("1"), R"(<tutela:law validFrom="2021-01-01"/>)" + cited) +
                               decision("top", {"d_base"}, literal("base"), R"(<tutela:law validFrom="2020-01-01"/>)") +
                               decision("old", {}, literal("2"), cited)));
  auto const check = loaded.check();
  auto const* foundation = find(check, Code::requirement_not_in_force);
  ASSERT_NE(foundation, nullptr);
  EXPECT_EQ(foundation->decision, "top");
  EXPECT_EQ(foundation->on, (Date{2020, 1, 1}));
  EXPECT_EQ(loaded.decide("top", Record(), Date{2020, 1, 1}).outcome, Outcome::no_law_in_force);
  ASSERT_NE(find(check, Code::uncited_law), nullptr);
  EXPECT_EQ(find(check, Code::uncited_law)->decision, "top");
  ASSERT_NE(find(check, Code::undated_law), nullptr);
  EXPECT_EQ(find(check, Code::undated_law)->decision, "old");
  for (auto const& finding : check.findings) EXPECT_GT(finding.diagnostic.place.line, 0u);
}

std::string dated(std::string const& from, std::string const& until = "")
{
  return "<tutela:law validFrom=\"" + from + "\"" + (until.empty() ? "" : " validUntil=\"" + until + "\"") + "/>";
}

// A dated amount that ends before what is computed from it, and one that begins after it.
TEST(PackCheck, AnAmountOutsideItsValidityIsFoundWithTheDay)
{
  auto const law = [](std::string const& amount, std::string const& rule) {
    return dmn(decision("amount", {}, literal("1000"), amount) +
               decision("ceiling", {"d_amount"}, literal("amount * 4"), rule));
  };
  auto const day = [&](Pack const& loaded) -> std::optional<Date> {
    auto const check = loaded.check();
    auto const* finding = find(check, Code::requirement_not_in_force);
    if (finding == nullptr) return std::nullopt;
    EXPECT_EQ(finding->decision, "ceiling");
    EXPECT_NE(finding->diagnostic.what.find(to_string(*finding->on)), std::string::npos);
    EXPECT_EQ(loaded.decide("ceiling", Record(), finding->on).outcome, Outcome::no_law_in_force);
    return finding->on;
  };
  EXPECT_EQ(day(pack(law(dated("2020-01-01", "2022-07-01"), dated("2020-01-01")))), (Date{2022, 7, 1}));
  EXPECT_EQ(day(pack(law(dated("2020-01-01"), dated("2019-03-01")))), (Date{2019, 3, 1}));
  EXPECT_EQ(day(pack(law(dated("2020-01-01"), ""))), (Date{2019, 12, 31}));  // the last day without it
  EXPECT_EQ(day(pack(law(dated("2020-01-01"), dated("2020-01-01")))), std::nullopt);

  PackInfo info;
  info.id = "x/synthetic";
  info.dated = true;
  info.valid = {Date{2020, 1, 1}, Date{2022, 7, 1}};
  auto const within = [&](std::string const& text) { return detail::make_pack(info, *model(text)); };
  EXPECT_EQ(day(within(law(dated("2020-01-01", "2022-07-01"), ""))), std::nullopt);  // the pack claims no other day
  EXPECT_EQ(day(within(law(dated("2021-01-01"), ""))), (Date{2020, 1, 1}));
}

TEST(PackCheck, ATextInForceWithoutAnyOfItsRulesIsFoundWithTheDay)
{
  auto const law = [](std::string const& until) {
    auto text = dmn(decision("amount", {}, table("", {"1"}, {{{"-"}, "1000"}, {{"-"}, "1200"}}), dated("2020-01-01")));
    std::string const periods[] = {dated("2020-01-01", until), dated("2022-01-01")};
    std::size_t at = 0;
    for (auto const& period : periods) {
      at = text.find("<rule>", at) + std::string("<rule>").size();
      text.insert(at, "<extensionElements>" + period + "</extensionElements>");
    }
    return pack(text);
  };
  auto const gap = law("2021-07-01");
  auto const check = gap.check();
  auto const* finding = find(check, Code::no_rule_in_force);
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->on, (Date{2021, 7, 1}));
  EXPECT_EQ(gap.decide("amount", Record(), finding->on).outcome, Outcome::no_law_in_force);
  EXPECT_EQ(find(law("2022-01-01").check(), Code::no_rule_in_force), nullptr);
}

TEST(PackCheck, TheShippedLawHasNoErrors)
{
  auto const check = load_pack("md/child-protection").value().check();
  EXPECT_GT(check.tables, 10u);
  EXPECT_EQ(check.separations, 3u);
  EXPECT_TRUE(check.exact);
  for (auto const& finding : check.findings) EXPECT_EQ(finding.diagnostic.code, Code::undated_law);
  for (auto const& finding : check.findings)
    EXPECT_NE(finding.diagnostic.severity, Severity::error) << to_string(finding.diagnostic);
}

}  // namespace
}  // namespace tutela
