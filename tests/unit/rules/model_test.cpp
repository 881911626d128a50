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
