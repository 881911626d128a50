// SPDX-License-Identifier: Apache-2.0
/// \file
/// Models in conformance mode: what the standard says where facts and laws play no part.
#include <gtest/gtest.h>

#include "rules/run.hpp"
#include "unit/rules/models.hpp"

namespace tutela {
namespace {

using namespace test;

/// The value of a decision, or what is wrong with the model.
std::string value_of(std::string const& name, std::string const& elements)
{
  auto const model = detail::read_model({{"test.dmn", dmn(elements)}}, false, Mode::conformance, Limits{});
  if (!model) return to_string(model.diagnostics());
  auto const node = (*model)->find(detail::GraphNode::Kind::decision, name);
  if (!node) return "no such decision";
  Evaluation evaluation;
  evaluation.mode = Mode::conformance;
  detail::RunContext context;
  context.model = *model;
  detail::ModelRun run(context, evaluation);
  return to_string(run.value(*node));
}

std::string requires_decision(std::string const& name)
{
  return "<informationRequirement><requiredDecision href=\"#" + name + "\"/></informationRequirement>";
}

std::string requires_knowledge(std::string const& name)
{
  return "<knowledgeRequirement><requiredKnowledge href=\"#" + name + "\"/></knowledgeRequirement>";
}

/// A decision without declared type.
std::string plain(std::string const& name, std::string const& body, std::string const& requirements = "")
{
  return "<decision name=\"" + name + "\" id=\"" + name + "\"><variable name=\"" + name + "\"/>" + requirements + body +
         "</decision>";
}

std::string typed_literal(std::string const& text)
{
  return "<literalExpression><text>" + escaped(text) + "</text></literalExpression>";
}

std::string entry(std::string const& name, std::string const& body, std::string const& type = "")
{
  auto const reference = type.empty() ? "" : " typeRef=\"" + type + "\"";
  return "<contextEntry>" + (name.empty() ? "" : "<variable name=\"" + name + "\"" + reference + "/>") + body +
         "</contextEntry>";
}

std::string knowledge(std::string const& name, std::string const& parameter, std::string const& body,
                      std::string const& requirements = "")
{
  return "<businessKnowledgeModel name=\"" + name + "\" id=\"" + name + "\"><variable name=\"" + name +
         "\"/><encapsulatedLogic><formalParameter name=\"" + parameter + "\" typeRef=\"number\"/>" + body +
         "</encapsulatedLogic>" + requirements + "</businessKnowledgeModel>";
}

TEST(Standard, EntriesWithBlanksAreKnownWithoutDeclaredTypes)
{
  auto const used = [](std::string const& body, std::string const& text) {
    return value_of("d", plain("d", typed_literal(text), requires_decision("s")) + plain("s", body));
  };
  EXPECT_EQ(used("<context>" + entry("first name", typed_literal("1")) + "</context>", "s.first name"), "1");
  EXPECT_EQ(used(typed_literal("{first name: 1}"), "s.first name"), "1");
  EXPECT_EQ(used(typed_literal("[{first name: 1}]"), "s[first name = 1].first name"), "[1]");
  auto const relation = "<relation><column name=\"first name\"/><row>" + typed_literal("1") + "</row><row>" +
                        typed_literal("2") + "</row></relation>";
  EXPECT_EQ(used(relation, "s.first name"), "[1, 2]");
  EXPECT_EQ(used(relation, "for r in s return r.first name + 1"), "[2, 3]");
  auto const nested = "<context>" + entry("x", "<context>" + entry("first name", typed_literal("1")) + "</context>") +
                      entry("y", typed_literal("x.first name")) + "</context>";
  EXPECT_EQ(used(nested, "s.x.first name + s.y"), "2");
  auto const table =
      "<decisionTable hitPolicy=\"RULE ORDER\"><input><inputExpression><text>1</text></inputExpression>"
      "</input><output name=\"out one\"/><output name=\"b\"/><rule><inputEntry><text>-</text></inputEntry>"
      "<outputEntry><text>7</text></outputEntry><outputEntry><text>8</text></outputEntry></rule>"
      "</decisionTable>";
  EXPECT_EQ(used(table, "s[out one = 7].b"), "[8]");
  EXPECT_EQ(
      value_of("d", plain("d", typed_literal("k(2).first name"), requires_knowledge("k")) +
                        knowledge("k", "p", "<context>" + entry("first name", typed_literal("p")) + "</context>")),
      "2");
}

TEST(Standard, AFunctionMayCallItself)
{
  auto const body = typed_literal("if n <= 1 then 1 else n * k(n - 1)");
  auto const model = knowledge("k", "n", body, requires_knowledge("k"));
  EXPECT_EQ(value_of("d", plain("d", typed_literal("k(5)"), requires_knowledge("k")) + model), "120");
  auto const endless = knowledge("k", "n", typed_literal("k(n + 1)"), requires_knowledge("k"));
  EXPECT_EQ(value_of("d", plain("d", typed_literal("k(5)"), requires_knowledge("k")) + endless), "null");
  auto const invoked = "<invocation>" + typed_literal("k") + "<binding><parameter name=\"n\"/>" +
                       typed_literal("n + 1") + "</binding></invocation>";
  EXPECT_EQ(value_of("d", plain("d", typed_literal("k(5)"), requires_knowledge("k")) +
                              knowledge("k", "n", invoked, requires_knowledge("k"))),
            "null");
}

TEST(Standard, AContextWithAnEntryOfTheWrongTypeIsNoValue)
{
  auto const context = [](std::string const& text) {
    return "<context>" + entry("a", typed_literal(text), "number") + entry("b", typed_literal("1")) + "</context>";
  };
  EXPECT_EQ(value_of("d", plain("d", context("2"))), "{a: 2, b: 1}");
  EXPECT_EQ(value_of("d", plain("d", context("null"))), "{a: null, b: 1}");
  EXPECT_EQ(value_of("d", plain("d", context("1/0"))), "{a: null, b: 1}");
  EXPECT_EQ(value_of("d", plain("d", context("\"x\""))), "null");
}

TEST(Standard, ABoxedFilterOfNullIsNull)
{
  auto const filter = [](std::string const& list, std::string const& match) {
    return "<filter><in>" + typed_literal(list) + "</in><match>" + typed_literal(match) + "</match></filter>";
  };
  EXPECT_EQ(value_of("d", plain("d", filter("null", "item > 1"))), "null");
  EXPECT_EQ(value_of("d", plain("d", filter("[1, 2]", "item > 1"))), "[2]");
  EXPECT_EQ(value_of("d", plain("d", filter("5", "item > 1"))), "[5]");
}

TEST(Standard, OneBrokenPartLeavesTheRestOfTheModel)
{
  auto const broken_table =
      "<decisionTable><input><inputExpression><text></text></inputExpression></input><output/>"
      "<rule><inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>"
      "</decisionTable>";
  auto const model = plain("d", typed_literal("5")) + plain("t", broken_table) +
                     plain("r", typed_literal("nowhere"), requires_decision("nowhere"));
  EXPECT_EQ(value_of("d", model), "5");
  EXPECT_EQ(value_of("t", model), "null");
  EXPECT_EQ(value_of("r", model), "null");
}

}  // namespace
}  // namespace tutela
