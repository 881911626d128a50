// SPDX-License-Identifier: Apache-2.0
/// \file
/// A model is checked whole: everything that is wrong is said at once, with its place.
#include <algorithm>

#include <gtest/gtest.h>

#include "unit/rules/models.hpp"

namespace tutela {
namespace {

using namespace test;

std::vector<Diagnostic> wrong(std::string const& text)
{
  auto const read = model(text);
  EXPECT_FALSE(read.has_value());
  return read.diagnostics();
}

bool has(std::vector<Diagnostic> const& found, Code code)
{
  return std::any_of(found.begin(), found.end(), [&](Diagnostic const& diagnostic) { return diagnostic.code == code; });
}

TEST(Model, ReportsCyclesUnknownReferencesDuplicatesAndSyntaxAtOnce)
{
  auto const found = wrong(dmn(decision("a", {"d_b"}, literal("b")) + decision("b", {"d_a"}, literal("a")) +
                               decision("c", {"nobody"}, literal("1 +")) + input("x", "number") + input("x", "number") +
                               decision("d", {"x"}, literal("unknown thing + 1"))));
  EXPECT_TRUE(has(found, Code::cyclic_reference)) << to_string(found);
  EXPECT_TRUE(has(found, Code::unknown_reference)) << to_string(found);
  EXPECT_TRUE(has(found, Code::duplicate_id)) << to_string(found);
  EXPECT_TRUE(has(found, Code::syntax)) << to_string(found);
  EXPECT_TRUE(has(found, Code::unknown_name)) << to_string(found);
  for (auto const& diagnostic : found) {
    EXPECT_EQ(diagnostic.place.file, "test.dmn");
    EXPECT_GT(diagnostic.place.line, 0u) << to_string(diagnostic);
    EXPECT_GT(diagnostic.place.column, 0u) << to_string(diagnostic);
  }
}

/// A model with a fault of every sort, and where each is.
TEST(Model, ReportsEveryFaultAtOnceWithLineAndColumn)
{
  std::string const text = R"xml(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" xmlns:tutela="urn:tutela:dmn:1" id="m" name="m" namespace="urn:m">
  <import name="law" namespace="urn:nowhere" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>
  <itemDefinition name="tNest"><itemComponent name="inner"><typeRef>tNest</typeRef></itemComponent></itemDefinition>
  <inputData id="age" name="age"><variable name="age" typeRef="number"/></inputData>
  <inputData id="age2" name="age"><variable name="age" typeRef="number"/></inputData>
  <inputData id="age" name="pet"><variable name="pet" typeRef="tAnimal"/></inputData>
  <inputData id="list" name="list"><variable name="list" typeRef="list&lt;number&gt;"/></inputData>
  <decision id="a" name="a"><variable name="a"/>
    <informationRequirement><requiredDecision href="#b"/></informationRequirement>
    <literalExpression><text>b</text></literalExpression></decision>
  <decision id="b" name="b"><variable name="b"/>
    <informationRequirement><requiredDecision href="#a"/></informationRequirement>
    <literalExpression><text>a</text></literalExpression></decision>
  <decision id="c" name="c"><variable name="c"/>
    <informationRequirement><requiredInput href="#nobody"/></informationRequirement>
    <literalExpression><text>1</text></literalExpression></decision>
  <decision id="d" name="d"><variable name="d"/>
    <informationRequirement><requiredInput href="#list"/></informationRequirement>
    <informationRequirement><requiredInput href="#age2"/></informationRequirement>
    <decisionTable>
      <input><inputExpression typeRef="number"><text>age</text></inputExpression></input><output typeRef="string"/>
      <rule><inputEntry><text>&lt; 1 &amp;&amp; 2</text></inputEntry><outputEntry><text>"x"</text></outputEntry></rule>
      <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>age + cost</text></outputEntry></rule>
      <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>string(age + "years")</text></outputEntry></rule>
      <rule><inputEntry><text>"young"</text></inputEntry><outputEntry><text>"x"</text></outputEntry></rule>
      <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>12</text></outputEntry></rule>
      <rule><outputEntry><text>"x"</text></outputEntry></rule>
    </decisionTable></decision>
  <decision id="e" name="e"><variable name="e"/>
    <decisionTable hitPolicy="SOMETIMES"><output/></decisionTable></decision>
  <decision id="f" name="f"><variable name="f" typeRef="number"/>
    <literalExpression><text>"text"</text></literalExpression></decision>
  <decision id="g" name="g"><extensionElements><tutela:law validFrom="2020-02-30"/></extensionElements>
    <variable name="g"/><literalExpression><text>lower("A")</text></literalExpression></decision>
  <businessKnowledgeModel id="h" name="h"><variable name="h"/>
    <encapsulatedLogic kind="PMML"><context>
      <contextEntry><variable name="document"/><literalExpression><text>"m.pmml"</text></literalExpression></contextEntry>
    </context></encapsulatedLogic></businessKnowledgeModel>
  <businessKnowledgeModel id="i" name="i"><variable name="i"/>
    <encapsulatedLogic kind="Java"><context>
      <contextEntry><variable name="class"/><literalExpression><text>"java.lang.System"</text></literalExpression></contextEntry>
      <contextEntry><variable name="method signature"/><literalExpression><text>"exit(int)"</text></literalExpression></contextEntry>
    </context></encapsulatedLogic></businessKnowledgeModel>
</definitions>
)xml";
  struct Expected {
    Code code;
    std::uint32_t line;
    std::uint32_t column;
  };
  std::vector<Expected> const expected{
      {Code::unknown_reference, 3, 3},    // an import that is nowhere
      {Code::cyclic_reference, 4, 60},    // a type that contains itself
      {Code::duplicate_id, 6, 3},         // a name twice
      {Code::duplicate_id, 7, 3},         // an id twice
      {Code::unknown_reference, 7, 34},   // a type that is not there
      {Code::unknown_reference, 8, 36},   // a type that is written and not named
      {Code::cyclic_reference, 12, 3},    // requirements in a circle
      {Code::unknown_reference, 16, 29},  // a requirement of nothing
      {Code::syntax, 23, 35},             // a cell that is no FEEL
      {Code::unknown_name, 24, 77},       // a name that nothing declares
      {Code::type_mismatch, 25, 82},      // a number plus a text
      {Code::type_mismatch, 26, 31},      // a number tested against a text
      {Code::type_mismatch, 27, 52},      // a number where the column has texts
      {Code::invalid_model, 28, 7},       // a rule of the wrong width
      {Code::invalid_model, 31, 5},       // a hit policy that does not exist
      {Code::type_mismatch, 33, 5},       // a text where the variable is a number
      {Code::invalid_date, 34, 48},       // a day that no calendar has
      {Code::unknown_name, 35, 50},       // a function that does not exist
      {Code::unsupported, 37, 5},         // a PMML function
      {Code::unsupported, 41, 5},         // Java outside the table
  };
  auto found = wrong(text);
  std::stable_sort(found.begin(), found.end(), [](Diagnostic const& lhs, Diagnostic const& rhs) {
    return std::pair(lhs.place.line, lhs.place.column) < std::pair(rhs.place.line, rhs.place.column);
  });
  ASSERT_EQ(found.size(), expected.size()) << to_string(found);
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(found[i].code, expected[i].code) << to_string(found[i]);
    EXPECT_EQ(found[i].place.line, expected[i].line) << to_string(found[i]);
    EXPECT_EQ(found[i].place.column, expected[i].column) << to_string(found[i]);
    EXPECT_EQ(found[i].severity, Severity::error) << to_string(found[i]);
    EXPECT_EQ(found[i].place.file, "test.dmn");
  }
}

TEST(Model, PlacesAnErrorInsideACell)
{
  auto const found =
      wrong(dmn(input("x", "number") +
                "<decision id=\"d\" name=\"d\"><variable name=\"d\"/>\n"
                "<informationRequirement><requiredInput href=\"#in_x\"/></informationRequirement>\n"
                "<decisionTable><input><inputExpression><text>x</text></inputExpression></input><output/>\n"
                "<rule><inputEntry><text>\n  &lt; 1 &amp;&amp; "
                "2</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>\n"
                "</decisionTable></decision>"));
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().code, Code::syntax);
  EXPECT_EQ(found.front().place.line, 9u) << to_string(found);
}

TEST(Model, RefusesTypesThatContainThemselves)
{
  auto const found =
      wrong(dmn("<itemDefinition name=\"tA\"><itemComponent name=\"b\"><typeRef>tA</typeRef></itemComponent>"
                "</itemDefinition>" +
                input("x", "tA")));
  EXPECT_TRUE(has(found, Code::cyclic_reference)) << to_string(found);
}

TEST(Model, RefusesOverlappingTextsOfOneDecision)
{
  auto text = [](std::string const& id, std::string const& from, std::string const& until) {
    return decision("a", {}, literal("1"), "<tutela:law validFrom=\"" + from + "\" validUntil=\"" + until + "\"/>", id);
  };
  EXPECT_TRUE(has(wrong(dmn(text("one", "2020-01-01", "2022-01-01") + text("two", "2021-12-31", "2024-01-01"))),
                  Code::overlapping_law));
  EXPECT_TRUE(
      model(dmn(text("one", "2020-01-01", "2022-01-01") + text("two", "2022-01-01", "2024-01-01"))).has_value());
  EXPECT_TRUE(has(wrong(dmn(decision("a", {}, literal("1"), "", "one") + decision("a", {}, literal("2"), "", "two"))),
                  Code::duplicate_id));
}

TEST(Model, ReadsEveryNamespaceOfTheStandard)
{
  for (auto const* space :
       {"http://www.omg.org/spec/DMN/20151101/dmn.xsd", "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/", "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/"}) {
    std::string const text =
        "<d:definitions xmlns:d=\"" + std::string(space) +
        "\" name=\"m\" namespace=\"n\"><d:decision name=\"a\" id=\"a\"><d:variable name=\"a\" typeRef=\"feel:number\"/>"
        "<d:literalExpression><d:text>1</d:text></d:literalExpression></d:decision></d:definitions>";
    auto const read = model(text);
    ASSERT_TRUE(read.has_value()) << to_string(read.diagnostics());
    EXPECT_EQ((*read)->nodes.size(), 1u);
  }
  EXPECT_TRUE(has(wrong("<definitions xmlns=\"urn:other\"/>"), Code::unsupported_format));
}

TEST(Model, ReportsWordsThatTheVocabularyLacks)
{
  auto const found =
      wrong(dmn(decision("a", {}, literal("1"), "<tutela:law validSince=\"2020-01-01\"/><tutela:note/>")));
  EXPECT_EQ(std::count_if(found.begin(), found.end(), [](Diagnostic const& d) { return d.code == Code::unknown_key; }),
            2)
      << to_string(found);
}

TEST(Model, RefusesRulesOfTheWrongWidth)
{
  auto const found =
      wrong(dmn(input("x", "number") + decision("a", {"x"}, table("", {"x"}, {{{"1", "2"}, "3"}, {{}, "4"}}))));
  EXPECT_EQ(
      std::count_if(found.begin(), found.end(), [](Diagnostic const& d) { return d.code == Code::invalid_model; }), 2)
      << to_string(found);
}

}  // namespace
}  // namespace tutela
