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

TEST(Model, RefusesAComponentThatTheTypeLacks)
{
  std::string const child =
      R"(<itemDefinition name="tChild"><itemComponent name="age"><typeRef>number</typeRef></itemComponent>)"
      R"(<itemComponent name="at school"><typeRef>boolean</typeRef></itemComponent></itemDefinition>)"
      R"(<itemDefinition name="tChildren" isCollection="true"><typeRef>tChild</typeRef></itemDefinition>)" +
      input("child", "tChild") + input("children", "tChildren");
  for (auto const* read : {"child.agge > 3", "count(children.agge) > 3", "some c in children satisfies c.agge > 3"}) {
    auto const found = wrong(dmn(child + decision("d", {"child", "children"}, literal(read))));
    ASSERT_EQ(found.size(), 1u) << to_string(found);
    EXPECT_EQ(found.front().code, Code::unknown_name);
    EXPECT_EQ(found.front().what, "the type of what stands before the point has no component `agge`");
    EXPECT_EQ(found.front().mend, "use one of: age, at school; or add it to the item definition");
    EXPECT_GT(found.front().place.column, 0u);
  }
  for (auto const* read : {"child.age > 3", "child.at school", "count(children.age) > 3", "{a: 1}.a > 0"})
    EXPECT_TRUE(model(dmn(child + decision("d", {"child", "children"}, literal(read)))).has_value()) << read;
}

TEST(Model, SaysHowFeelWritesWhatOtherLanguagesCallTrueOrNothing)
{
  auto const mend = [](std::string const& text) {
    auto const found = wrong(dmn(decision("d", {}, literal(text))));
    return found.size() == 1 ? found.front().mend : to_string(found);
  };
  EXPECT_EQ(mend("True"), "write true, or in quotes where it is a text");
  EXPECT_EQ(mend("no"), "write false, or in quotes where it is a text");
  EXPECT_EQ(mend("None"), "write null, or in quotes where it is a text");
  EXPECT_EQ(mend("maybe"), "declare it as a requirement of the decision, or check its spelling");
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

/// A model of DMN 1.1, where imports have no names, that imports two others.
struct Imports {
  std::string main =
      R"(<definitions xmlns="http://www.omg.org/spec/DMN/20151101/dmn.xsd" xmlns:one="urn:one" xmlns:two="urn:two" name="m" namespace="urn:m">
  <import namespace="urn:one" importType="http://www.omg.org/spec/DMN/20151101/dmn.xsd"/>
  <import namespace="urn:two" importType="http://www.omg.org/spec/DMN/20151101/dmn.xsd"/>
  <inputData id="i" name="i"><variable name="i" typeRef="two:tSmall"/></inputData>
  <decision id="d" name="d"><variable name="d"/>
    <informationRequirement><requiredDecision href="urn:one#a"/></informationRequirement>
    <informationRequirement><requiredDecision href="urn:two#b"/></informationRequirement>
    <literalExpression><text>[a, b]</text></literalExpression></decision>
</definitions>)";
  std::string one = other("urn:one", "a", "1");
  std::string two = other("urn:two", "b", "2");

  static std::string other(std::string const& space, std::string const& name, std::string const& text)
  {
    return R"(<definitions xmlns="http://www.omg.org/spec/DMN/20151101/dmn.xsd" name=")" + name + R"(" namespace=")" +
           space + "\">" +
           (space == "urn:two" ? R"(<itemDefinition name="tSmall"><typeRef>number</typeRef></itemDefinition>)" : "") +
           "<decision id=\"" + name + "\" name=\"" + name + "\"><variable name=\"" + name + "\"/>" + literal(text) +
           "</decision></definitions>";
  }

  [[nodiscard]] Result<std::shared_ptr<detail::Model const>> read(Mode mode = Mode::legal) const
  {
    return detail::read_model({{"main.dmn", main}, {"one.dmn", one}, {"two.dmn", two}}, false, mode, {});
  }
};

TEST(Model, SeveralImportsMayHaveNoName)
{
  Imports const imports;
  auto read = imports.read();
  ASSERT_TRUE(read) << to_string(read.diagnostics());
  auto const pack = detail::make_pack({}, *std::move(read));
  EXPECT_EQ(to_string(pack.decide("d", record({}), {}).value), "[1, 2]");
}

TEST(Model, ImportsOfOneNameAreRefused)
{
  Imports imports;
  for (std::string const space : {"urn:one", "urn:two"}) {
    auto const at = imports.main.find("namespace=\"" + space + "\" importType");
    imports.main.insert(at, "name=\"law\" ");
  }
  auto const read = imports.read();
  ASSERT_FALSE(read);
  EXPECT_TRUE(has(read.diagnostics(), Code::duplicate_id)) << to_string(read.diagnostics());
}

TEST(Model, OneNameFromTwoImportsIsAnErrorInLegalModeAndTheFirstOneOtherwise)
{
  Imports imports;
  imports.two = Imports::other("urn:two", "a", "2");
  auto const at = imports.main.find("urn:two#b");
  imports.main.replace(at, 9, "urn:two#a");
  imports.main.replace(imports.main.find("[a, b]"), 6, "a");
  EXPECT_FALSE(imports.read());
  auto const expect_first = [&] {
    auto read = imports.read(Mode::conformance);
    ASSERT_TRUE(read) << to_string(read.diagnostics());
    EXPECT_TRUE(has(read.diagnostics(), Code::invalid_model));
    DecideOptions options;
    options.mode = Mode::conformance;
    EXPECT_EQ(to_string(detail::make_pack({}, *std::move(read)).decide("d", record({}), {}, options).value), "1");
  };
  expect_first();
  // the order of the imports decides, not that of the requirements
  auto const first = imports.main.find("urn:one#a");
  imports.main.replace(first, 7, "urn:two");
  imports.main.replace(imports.main.find("urn:two#a", first + 9), 7, "urn:one");
  expect_first();
}

TEST(Model, ATypeOfTwoModelsIsAnErrorInLegalMode)
{
  Imports imports;
  auto const at = imports.main.find("<inputData");
  imports.main.insert(at, R"(<itemDefinition name="tSmall"><typeRef>string</typeRef></itemDefinition>)");
  EXPECT_FALSE(imports.read());
  EXPECT_TRUE(imports.read(Mode::conformance));
}

TEST(Model, TypesWhoseComponentsShareTheirTypesAreBounded)
{
  std::string items = "<itemDefinition name=\"t0\"><typeRef>number</typeRef></itemDefinition>";
  for (int i = 1; i <= 60; ++i) {
    auto const before = "<typeRef>t" + std::to_string(i - 1) + "</typeRef></itemComponent>";
    items += "<itemDefinition name=\"t" + std::to_string(i) + "\"><itemComponent name=\"p\">" + before +
             "<itemComponent name=\"q\">" + before + "</itemDefinition>";
  }
  auto const found = wrong(dmn(items + input("x", "t60") + decision("d", {"x"}, literal("x.p.q"))));
  EXPECT_TRUE(has(found, Code::limit_reached)) << to_string(found);
}

TEST(Model, InputsWithTooManyPartsAreRefused)
{
  std::string components;
  for (int i = 0; i < 1'000; ++i)
    components += "<itemComponent name=\"c" + std::to_string(i) + "\"><typeRef>number</typeRef></itemComponent>";
  std::string text = "<itemDefinition name=\"t\">" + components + "</itemDefinition>";
  for (int i = 0; i < 120; ++i) text += input("x" + std::to_string(i), "t");
  auto const found = wrong(dmn(text));
  EXPECT_TRUE(has(found, Code::limit_reached)) << to_string(found);
}

TEST(Model, BoxedListsThatDoubleEndInAnErrorOfTheLimit)
{
  std::string text = decision("a0", {}, literal("1"));
  for (int i = 1; i <= 60; ++i) {
    auto const before = "a" + std::to_string(i - 1);
    text +=
        decision("a" + std::to_string(i), {"d_" + before}, "<list>" + literal(before) + literal(before) + "</list>");
  }
  auto const made = pack(dmn(text));
  auto const verdict = made.decide("a60", record({}), {});
  EXPECT_EQ(verdict.outcome, Outcome::error);
  ASSERT_TRUE(verdict.fault);
  EXPECT_NE(verdict.fault->what.find("value_parts"), std::string::npos) << verdict.fault->what;
}

}  // namespace
}  // namespace tutela
