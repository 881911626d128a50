// SPDX-License-Identifier: Apache-2.0
// Separations that rest on poverty, disability, ethnicity, their proxies or material neglect: refused, and found.
#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <tutela/rules/pack.hpp>

#include "unit/rules/models.hpp"
#include "unit/rules/random_tables.hpp"

namespace tutela {
namespace {

using namespace test;

constexpr char const* separates = R"(<tutela:law effect="restrictive" separation="true"/>)";

PackFinding const* find(PackCheck const& check, Code code)
{
  for (auto const& finding : check.findings)
    if (finding.diagnostic.code == code) return &finding;
  return nullptr;
}

Verdict decide(Pack const& pack, std::string const& decision, std::vector<std::pair<std::string, Value>> facts)
{
  return pack.decide(decision, record(std::move(facts)), {});
}

/// Danger separates; so does poverty together with an absent parent.
Pack poverty_pack(std::string const& mark = R"(protected="poverty")")
{
  return pack(dmn(input("danger", "boolean") + input("poor", "boolean", mark) + input("absent", "boolean") +
                  decision("separate", {"danger", "poor", "absent"},
                           table(R"(hitPolicy="FIRST")", {"danger", "poor", "absent"},
                                 {{{"true", "-", "-"}, "true"}, {{"-", "true", "true"}, "true"}}, "false"),
                           separates)));
}

TEST(Separation, IsRefusedWhereItRestsOnPoverty)
{
  auto const law = poverty_pack();
  auto const refused =
      decide(law, "separate", {{"danger", Value(false)}, {"poor", Value(true)}, {"absent", Value(true)}});
  EXPECT_EQ(refused.outcome, Outcome::refused);
  EXPECT_EQ(refused.refusal, Refusal::protected_facts);
  EXPECT_EQ(refused.rests_on, std::vector<std::string>{"poor"});
  EXPECT_TRUE(refused.value.is_none());
  EXPECT_EQ(refused.caution, Caution::no_support);

  auto const stands =
      decide(law, "separate", {{"danger", Value(true)}, {"poor", Value(true)}, {"absent", Value(true)}});
  EXPECT_EQ(stands.outcome, Outcome::known);
  EXPECT_EQ(stands.value, Value(true));
  EXPECT_EQ(stands.refusal, Refusal::none);
  EXPECT_TRUE(stands.rests_on.empty());
}

TEST(Separation, IsRefusedInConformanceModeToo)
{
  auto const law = poverty_pack();
  DecideOptions conformance;
  conformance.mode = Mode::conformance;
  auto const ask = [&](std::vector<std::pair<std::string, Value>> facts) {
    return law.decide("separate", record(std::move(facts)), {}, conformance);
  };
  auto const refused = ask({{"danger", Value(false)}, {"poor", Value(true)}, {"absent", Value(true)}});
  EXPECT_EQ(refused.outcome, Outcome::refused);
  EXPECT_EQ(refused.refusal, Refusal::protected_facts);
  EXPECT_EQ(refused.rests_on, std::vector<std::string>{"poor"});
  EXPECT_TRUE(refused.value.is_none());
  // What is missing is null there: nobody knows of an absent parent, and then poverty changes nothing.
  EXPECT_EQ(ask({{"poor", Value(true)}}).value, Value(false));
  EXPECT_EQ(ask({{"danger", Value(true)}}).value, Value(true));
  EXPECT_EQ(ask({{"absent", Value(true)}}).outcome, Outcome::refused);  // the poor would be answered otherwise
}

TEST(Separation, IsFoundByTheCheckWithAWitness)
{
  for (auto const* mark :
       {R"(protected="true")", R"(protected="poverty")", R"(proxy="poverty")", R"(proxy="ethnicity")"}) {
    auto const law = poverty_pack(mark);
    auto const check = law.check();
    EXPECT_EQ(check.separations, 1u);
    auto const* finding = find(check, Code::separation_on_protected_facts);
    ASSERT_NE(finding, nullptr) << mark;
    EXPECT_EQ(finding->diagnostic.severity, Severity::error);
    std::vector<std::pair<std::string, Value>> facts;
    for (auto const& [name, value] : finding->inputs) facts.emplace_back(name, value);
    EXPECT_EQ(facts, (std::vector<std::pair<std::string, Value>>{
                         {"danger", Value(false)}, {"poor", Value(true)}, {"absent", Value(true)}}));
    EXPECT_EQ(decide(law, "separate", facts).outcome, Outcome::refused);
  }
  EXPECT_EQ(find(poverty_pack("").check(), Code::separation_on_protected_facts), nullptr);
}

TEST(Separation, ThatStandsWithoutTheProtectedFactsIsNoFinding)
{
  // Poverty is read, and danger decides: the answer is the same whether the family is poor or not.
  auto const law =
      pack(dmn(input("danger", "boolean") + input("poor", "boolean", R"(protected="poverty")") +
               decision("separate", {"danger", "poor"},
                        table("", {"danger", "poor"},
                              {{{"true", "true"}, "true"}, {{"true", "false"}, "true"}, {{"false", "-"}, "false"}}),
                        separates)));
  EXPECT_TRUE(law.check().findings.empty());
  EXPECT_EQ(decide(law, "separate", {{"danger", Value(true)}, {"poor", Value(true)}}).value, Value(true));
}

// Without one of the two the answer stands, because the other is still there; without both it does not.
TEST(Separation, CombinationsOfGroundsAreTakenAwayTogether)
{
  auto const law = pack(dmn(input("poor", "boolean", R"(protected="poverty")") +
                            input("disabled", "boolean", R"(protected="disability")") +
                            decision("separate", {"poor", "disabled"},
                                     table(R"(hitPolicy="FIRST")", {"poor", "disabled"},
                                           {{{"true", "-"}, "true"}, {{"-", "true"}, "true"}}, "false"),
                                     separates)));
  auto const refused = decide(law, "separate", {{"poor", Value(true)}, {"disabled", Value(true)}});
  EXPECT_EQ(refused.outcome, Outcome::refused);
  EXPECT_EQ(refused.rests_on, (std::vector<std::string>{"disabled", "poor"}));
  EXPECT_NE(find(law.check(), Code::separation_on_protected_facts), nullptr);
}

TEST(Separation, RefusalReachesWhatRestsOnIt)
{
  auto const law = pack(
      dmn(input("poor", "boolean", R"(protected="poverty")") +
          decision("separate", {"poor"}, table("", {"poor"}, {{{"true"}, "true"}, {{"false"}, "false"}}), separates) +
          decision("place", {"d_separate"},
                   table("", {"separate"}, {{{"true"}, R"("home")"}, {{"false"}, R"("family")"}})) +
          decision("review", {"d_separate"}, table("", {"separate"}, {{{"-"}, "true"}}))));
  auto const place = decide(law, "place", {{"poor", Value(true)}});
  EXPECT_EQ(place.outcome, Outcome::refused);
  EXPECT_EQ(place.rests_on, std::vector<std::string>{"poor"});
  EXPECT_EQ(decide(law, "review", {{"poor", Value(true)}}).value, Value(true));  // it stands anyway
}

// A separation because nobody can say whether the family is poor rests on poverty as well.
TEST(Separation, ThatRestsOnAnUncertainFactIsFound)
{
  auto const law =
      pack(dmn(input("poor", "boolean", R"(protected="poverty")") + input("danger", "boolean") +
               decision("separate", {"poor", "danger"}, literal("danger or is uncertain(poor)"), separates)));
  auto const check = law.check();
  auto const* finding = find(check, Code::separation_on_protected_facts);
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->diagnostic.severity, Severity::error);
  ASSERT_EQ(finding->inputs.size(), 1u);  // whatever the danger is
  EXPECT_EQ(finding->inputs[0].input, "poor");
  EXPECT_TRUE(finding->inputs[0].value.is(Kind::uncertain));
  EXPECT_EQ(decide(law, "separate", {{"danger", Value(false)}, {"poor", Value(Uncertain{{"poor"}})}}).outcome,
            Outcome::refused);
}

// A structure or a list that is recorded as a whole hides nothing.
TEST(Separation, IsRefusedWhateverTheShapeOfTheRecord)
{
  auto const law = pack(dmn(
      R"(<itemDefinition name="Child"><itemComponent name="disabled"><extensionElements><tutela:fact protected="disability"/></extensionElements><typeRef>boolean</typeRef></itemComponent><itemComponent name="age"><typeRef>number</typeRef></itemComponent></itemDefinition>)"
      R"(<itemDefinition name="Children" isCollection="true"><typeRef>Child</typeRef></itemDefinition>)" +
      input("child", "Child") + input("children", "Children", R"(maximumElements="3")") +
      decision("one", {"child"}, literal("child.disabled"), separates) +
      decision("many", {"children"}, literal("some c in children satisfies c.disabled"), separates)));
  Context child;
  child.entries = {{"disabled", Value(true)}, {"age", number(4)}};
  EXPECT_EQ(decide(law, "one", {{"child.disabled", Value(true)}}).outcome, Outcome::refused);
  EXPECT_EQ(decide(law, "one", {{"child", Value(child)}}).outcome, Outcome::refused);
  auto const many = decide(law, "many", {{"children", Value(List{{Value(child)}, true, {}})}});
  EXPECT_EQ(many.outcome, Outcome::refused);
  EXPECT_EQ(many.rests_on, std::vector<std::string>{"children[1].disabled"});
}

/// Neglect separates where help failed; `condition` is what the rule asks of the help.
Pack neglect_pack(std::string const& condition)
{
  return pack(
      dmn(item("Help", "string", R"("none", "accepted", "refused", "failed")") +
          item("Neglect", "string", R"("none", "food", "clothing", "emotional")") + input("danger", "boolean") +
          input("neglect", "Neglect", R"(materialNeglect='"food", "clothing"')") +
          input("help", "Help", R"(helpFailed='"refused", "failed"')") +
          decision("separate", {"danger", "neglect", "help"},
                   table(R"(hitPolicy="FIRST")", {"danger", "neglect", "help"},
                         {{{"true", "-", "-"}, "true"}, {{"-", R"("food", "clothing")", condition}, "true"}}, "false"),
                   separates)));
}

TEST(Separation, ForMaterialNeglectNeedsARecordOfHelp)
{
  auto const hard = neglect_pack("-");
  auto const ask = [&](Pack const& law, char const* help) {
    std::vector<std::pair<std::string, Value>> facts{{"danger", Value(false)}, {"neglect", Value("food")}};
    if (help != nullptr) facts.emplace_back("help", Value(help));
    return decide(law, "separate", facts);
  };
  for (auto const* help : {static_cast<char const*>(nullptr), "none", "accepted"}) {
    auto const refused = ask(hard, help);
    EXPECT_EQ(refused.outcome, Outcome::refused);
    EXPECT_EQ(refused.refusal, Refusal::material_neglect);
    EXPECT_EQ(refused.rests_on, std::vector<std::string>{"neglect"});
  }
  for (auto const* help : {"refused", "failed"}) EXPECT_EQ(ask(hard, help).value, Value(true));
  EXPECT_EQ(decide(hard, "separate", {{"danger", Value(true)}, {"neglect", Value("food")}}).value, Value(true));
  EXPECT_EQ(decide(hard, "separate", {{"danger", Value(false)}, {"neglect", Value("emotional")}}).value, Value(false));

  auto const check = hard.check();
  auto const* finding = find(check, Code::separation_without_help);
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->diagnostic.severity, Severity::error);
  std::vector<std::pair<std::string, Value>> facts;
  for (auto const& [name, value] : finding->inputs) facts.emplace_back(name, value);
  EXPECT_EQ(decide(hard, "separate", facts).refusal, Refusal::material_neglect);

  auto const fair = neglect_pack(R"("refused", "failed")");
  EXPECT_TRUE(fair.check().findings.empty()) << to_string(fair.check().findings.front().diagnostic);
  EXPECT_EQ(ask(fair, "none").value, Value(false));
  EXPECT_EQ(ask(fair, "failed").value, Value(true));
}

TEST(Separation, MarksAreReadStrictly)
{
  auto const wrong = [](std::string const& mark) {
    auto const read = model(dmn(input("a", "boolean", mark) + decision("d", {"a"}, literal("a"))));
    return read ? Code::internal : read.diagnostics().front().code;
  };
  EXPECT_EQ(wrong(R"(protected="income")"), Code::not_allowed);
  EXPECT_EQ(wrong(R"(proxy="true")"), Code::not_allowed);
  EXPECT_EQ(wrong(R"(proxy="poverty" protected="true")"), Code::not_allowed);
  EXPECT_EQ(wrong(R"(materialNeglect="&lt; &lt;")"), Code::syntax);
  EXPECT_EQ(wrong(R"(helpFailed="&lt; &lt;")"), Code::syntax);
  auto const law = pack(dmn(input("a", "boolean", R"(proxy="disability")") + decision("d", {"a"}, literal("a"))));
  EXPECT_EQ(law.schema().find("a")->ground, Ground::disability);
  EXPECT_TRUE(law.schema().find("a")->is_proxy);
  EXPECT_TRUE(law.schema().find("a")->is_protected);
}

// Where facts are missing, which conformance mode reads as null: the answer stands or is refused as the definition says.
TEST(Separation, InConformanceModeEqualsEnumerationWithMissingFacts)
{
  Generator random(20'261'206);
  std::vector<std::string> const names{"a", "b", "c", "d"};
  std::size_t refusals = 0;
  std::size_t cases = 0;
  for (int round = 0; round < 120; ++round) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
      text += input(names[i], "boolean", i == 2 ? R"(protected="poverty")" : i == 3 ? R"(proxy="ethnicity")" : "");
    std::vector<std::pair<std::vector<std::string>, std::string>> rules;
    for (int i = 0, count = 1 + random.below(4); i < count; ++i) {
      std::vector<std::string> tests;
      for (std::size_t c = 0; c < names.size(); ++c)
        tests.push_back(random.below(2) == 0 ? "-" : random.below(2) == 0 ? "true" : "false");
      rules.emplace_back(tests, random.below(3) == 0 ? "false" : "true");
    }
    auto const law =
        pack(dmn(text + decision("s", names, table(R"(hitPolicy="FIRST")", names, rules, "false"), separates)));
    using Given = std::array<int, 4>;  // false, true, null
    auto const answer = [&](Given const& facts) {
      for (auto const& [tests, output] : rules) {
        bool holds = true;
        for (std::size_t c = 0; c < facts.size(); ++c)
          holds = holds && (tests[c] == "-" || (tests[c] == "true" ? facts[c] == 1 : facts[c] == 0));
        if (holds) return output == "true";
      }
      return false;
    };
    for (int number = 0; number < 81; ++number) {
      Given const facts{number % 3, number / 3 % 3, number / 9 % 3, number / 27};
      std::vector<std::pair<std::string, Value>> known;
      for (std::size_t c = 0; c < names.size(); ++c)
        if (facts[c] != 2) known.emplace_back(names[c], Value(facts[c] == 1));
      bool stands = true;
      for (int const poor : {0, 1})
        for (int const tongue : {0, 1}) stands = stands && answer({facts[0], facts[1], poor, tongue}) == answer(facts);
      DecideOptions conformance;
      conformance.mode = Mode::conformance;
      auto const verdict = law.decide("s", record(known), {}, conformance);
      EXPECT_EQ(verdict.outcome, stands ? Outcome::known : Outcome::refused) << round << " " << number;
      if (stands) {
        EXPECT_EQ(verdict.value, Value(answer(facts)));
      }
      ++cases;
      if (!stands) ++refusals;
    }
  }
  EXPECT_GT(refusals, 500u);
  std::printf("conformance mode: %zu cases, %zu refused\n", cases, refusals);
}

// The check against enumeration, and the engine against the definition: without the protected facts, and without the
// facts of neglect where no help failed, every completion must give the same answer.
TEST(Separation, EqualsEnumerationOnRandomTables)
{
  Generator random(20'261'123);
  std::size_t refused_cases = 0;
  std::size_t cases = 0;
  std::size_t found[2] = {};
  for (int round = 0; round < 250; ++round) {
    std::vector<Column> columns;
    std::string declarations;
    // Facts a and b are plain, c and d protected, e states neglect, f records help.
    std::string const marks[] = {
        "", "", R"(protected="poverty")", R"(proxy="disability")", R"(materialNeglect="true")", R"(helpFailed="true")"};
    bool const turned = random.below(2) == 0;  // names are sorted in many places: neglect before help, or after it
    std::string const names[] = {"a", "b", "c", "d", turned ? "f" : "e", turned ? "e" : "f"};
    bool const plain = random.below(2) == 0;
    for (std::size_t i = 0; i < 6; ++i) {
      columns.push_back(
          {names[i], input(names[i], "boolean", marks[i]), {"true", "false"}, {Value(true), Value(false)}});
      declarations += columns.back().declaration;
    }
    std::vector<std::pair<std::vector<std::string>, std::string>> rules;
    for (int i = 0, count = 1 + random.below(4); i < count; ++i) {
      std::vector<std::string> tests;
      for (std::size_t c = 0; c < 6; ++c) {
        bool const watched = c >= 2;
        auto const wide = watched && plain ? 80 : 55;
        tests.push_back(random.below(100) < wide ? "-" : columns[c].cells[random.index(2)]);
      }
      rules.emplace_back(tests, random.below(3) == 0 ? "false" : "true");
    }
    auto const law = pack(
        dmn(declarations + decision("s", {names, names + 6},
                                    table(R"(hitPolicy="FIRST")", {names, names + 6}, rules, "false"), separates)));
    auto const answer = [&](unsigned facts) {
      for (auto const& [tests, output] : rules) {
        bool holds = true;
        for (std::size_t c = 0; c < 6; ++c)
          holds = holds && (tests[c] == "-" || (tests[c] == "true") == ((facts >> c & 1U) != 0));
        if (holds) return output == "true";
      }
      return false;
    };
    auto const stands = [&](unsigned facts, unsigned hidden) {
      for (unsigned other = 0; other < 64; ++other)
        if ((other & ~hidden) == (facts & ~hidden) && answer(other) != answer(facts)) return false;
      return true;
    };
    bool expected[2] = {};
    bool separating[2] = {};
    for (unsigned facts = 0; facts < 64; ++facts) {
      std::vector<std::pair<std::string, Value>> known;
      for (std::size_t c = 0; c < 6; ++c) known.emplace_back(names[c], Value((facts >> c & 1U) != 0));
      auto const verdict = decide(law, "s", known);
      bool const neglect = (facts >> 4U & 1U) != 0 && (facts >> 5U & 1U) == 0;
      auto const reason = !stands(facts, 0b001100)              ? Refusal::protected_facts
                          : neglect && !stands(facts, 0b011100) ? Refusal::material_neglect
                                                                : Refusal::none;
      EXPECT_EQ(verdict.refusal, reason) << round << " " << facts;
      EXPECT_EQ(verdict.outcome, reason == Refusal::none ? Outcome::known : Outcome::refused) << round << " " << facts;
      DecideOptions conformance;
      conformance.mode = Mode::conformance;
      auto const other = law.decide("s", record(known), {}, conformance);
      EXPECT_EQ(other.refusal, reason) << round << " " << facts;
      EXPECT_EQ(other.value, verdict.value) << round << " " << facts;
      if (reason == Refusal::none) {
        EXPECT_EQ(verdict.value, Value(answer(facts)));
      } else {
        auto const kind = reason == Refusal::protected_facts ? 0 : 1;
        expected[kind] = true;
        separating[kind] = separating[kind] || answer(facts);
        ++refused_cases;
      }
      ++cases;
    }
    auto const check = law.check();
    EXPECT_TRUE(check.exact);
    Code const codes[] = {Code::separation_on_protected_facts, Code::separation_without_help};
    for (int kind = 0; kind < 2; ++kind) {
      auto const* finding = find(check, codes[kind]);
      EXPECT_EQ(finding != nullptr, expected[kind]) << round;
      if (finding == nullptr) continue;
      ++found[kind];
      EXPECT_EQ(finding->diagnostic.severity, separating[kind] ? Severity::error : Severity::warning) << round;
    }
  }
  EXPECT_GT(found[0], 50u);
  EXPECT_GT(found[1], 20u);
  std::printf("250 random separations: %zu cases, %zu refused; findings: %zu on protected facts, %zu without help\n",
              cases, refused_cases, found[0], found[1]);
}

}  // namespace
}  // namespace tutela
