// SPDX-License-Identifier: Apache-2.0
/// \file
/// Models in conformance mode: what the standard says where facts and laws play no part.
#include <gtest/gtest.h>

#include "feel/partial.hpp"
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

TEST(Standard, AnEntryOfTheWrongTypeAloneIsNull)
{
  auto const context = [](std::string const& text) {
    return "<context>" + entry("a", typed_literal(text), "number") + entry("b", typed_literal("1")) + "</context>";
  };
  EXPECT_EQ(value_of("d", plain("d", context("2"))), "{a: 2, b: 1}");
  EXPECT_EQ(value_of("d", plain("d", context("null"))), "{a: null, b: 1}");
  EXPECT_EQ(value_of("d", plain("d", context("1/0"))), "{a: null, b: 1}");
  EXPECT_EQ(value_of("d", plain("d", context("\"x\""))), "{a: null, b: 1}");
  auto const with_result = "<context>" + entry("a", typed_literal("\"x\""), "number") +
                           entry("", typed_literal("if a = null then 1 else 2")) + "</context>";
  EXPECT_EQ(value_of("d", plain("d", with_result)), "1");
}

std::string const list_types =
    "<itemDefinition name=\"Numbers\" isCollection=\"true\"><typeRef>number</typeRef></itemDefinition>"
    "<itemDefinition name=\"Lists\" isCollection=\"true\"><typeRef>Numbers</typeRef></itemDefinition>"
    "<itemDefinition name=\"Moments\" isCollection=\"true\"><typeRef>date and time</typeRef></itemDefinition>"
    "<itemDefinition name=\"Small\"><typeRef>number</typeRef><allowedValues><text>[1..10]</text></allowedValues>"
    "</itemDefinition>";

/// A table with one column and one rule, which answers 1.
std::string one_rule(std::string const& input, std::string const& type, std::string const& cell)
{
  return "<decisionTable><input><inputExpression" + (type.empty() ? "" : " typeRef=\"" + type + "\"") + "><text>" +
         escaped(input) + "</text></inputExpression></input><output/><rule><inputEntry><text>" + escaped(cell) +
         "</text></inputEntry><outputEntry><text>1</text></outputEntry></rule></decisionTable>";
}

TEST(Standard, AColumnFitsItsValuesToItsType)
{
  auto const table = [](std::string const& input, std::string const& type, std::string const& cell) {
    // the requirement hides from the reader of the model what the value is
    return value_of("d", list_types + plain("d", one_rule("s", type, cell), requires_decision("s")) +
                             plain("s", typed_literal(input)));
  };
  EXPECT_EQ(table("[5]", "number", "5"), "1");
  EXPECT_EQ(table("[5]", "number", "> 3"), "1");
  EXPECT_EQ(table("[5]", "", "count(?) = 1"), "1");
  EXPECT_EQ(table("5", "Numbers", "count(?) = 1"), "1");
  EXPECT_EQ(table("date(\"2020-01-01\")", "date and time", "@\"2020-01-01T00:00:00Z\""), "1");
  EXPECT_EQ(table("\"x\"", "number", "null"), "1");
  EXPECT_EQ(table("\"x\"", "number", "? = \"x\""), "null");
  EXPECT_EQ(table("50", "Small", "50"), "null");
  EXPECT_EQ(table("50", "Small", "null"), "1");
  EXPECT_EQ(table("5", "Small", "5"), "1");
  EXPECT_EQ(value_of("d", plain("d", one_rule("[5]", "number", "5"))), "1");
}

TEST(Standard, TablesThatListTheirAnswers)
{
  auto const table = [](std::string const& policy, std::string const& cell) {
    auto text = one_rule("1", "", cell);
    return value_of("d", plain("d", text.insert(text.find('>'), " hitPolicy=\"" + policy + "\"")));
  };
  EXPECT_EQ(table("RULE ORDER", "2"), "null");
  EXPECT_EQ(table("OUTPUT ORDER", "2"), "null");
  EXPECT_EQ(table("COLLECT", "2"), "[]");
  for (auto const* policy : {"RULE ORDER", "OUTPUT ORDER", "COLLECT"}) EXPECT_EQ(table(policy, "1"), "[1]");
}

TEST(Standard, AColumnOfAnotherTypeIsAnErrorInLegalMode)
{
  auto const text = list_types + plain("d", one_rule("s", "Small", "5"), requires_decision("s")) +
                    plain("s", typed_literal("if today() > @\"1900-01-01\" then 50 else 5"));
  auto const model = detail::read_model({{"test.dmn", dmn(text)}}, false, Mode::legal, Limits{});
  ASSERT_TRUE(model) << to_string(model.diagnostics());
  auto const column = [&](Value value) {
    Evaluation evaluation;
    detail::RunContext context;
    context.model = *model;
    detail::ModelRun run(context, evaluation);
    run.set(*(*model)->find(detail::GraphNode::Kind::decision, "s"), std::move(value));
    return run.value(*(*model)->find(detail::GraphNode::Kind::decision, "d"));
  };
  EXPECT_EQ(to_string(column(Value(Decimal(5)))), "1");
  EXPECT_TRUE(column(Value(Decimal(50))).is(Kind::error));
  EXPECT_TRUE(column(Value("x")).is(Kind::error));
  // what is not known at all may turn out to be of another type
  auto const any = column(Value::unknown("f"));
  ASSERT_TRUE(any.is(Kind::unknown)) << to_string(any);
  EXPECT_TRUE(detail::may_fail(any)) << to_string(any);
  Domain domain;
  domain.kind = Domain::Kind::set;
  domain.values = {Value(Decimal(5)), Value(Decimal(50))};
  auto const open = column(Value(Unknown{{"f"}, {}, domain}));
  ASSERT_TRUE(open.is(Kind::unknown)) << to_string(open);
  auto const& values = open.as_unknown()->domain.values;
  EXPECT_EQ(std::count(values.begin(), values.end(), Value(Decimal(1))), 1);
  EXPECT_TRUE(std::any_of(values.begin(), values.end(), [](Value const& value) { return value.is(Kind::error); }));
}

TEST(Standard, OneConversionIsMadeToAListType)
{
  auto const value = [](std::string const& text, std::string const& type) {
    return value_of("d", list_types + "<decision name=\"d\" id=\"d\"><variable name=\"d\" typeRef=\"" + type + "\"/>" +
                             typed_literal(text) + "</decision>");
  };
  EXPECT_EQ(value("[[1, 2]]", "Numbers"), "[1, 2]");
  EXPECT_EQ(value("[[1]]", "Lists"), "[[1]]");
  EXPECT_EQ(value("[1]", "Lists"), "[[1]]");
  EXPECT_EQ(value("1", "Lists"), "null");
  EXPECT_EQ(value("1", "Numbers"), "[1]");
  EXPECT_EQ(value("[[1, 2], [3]]", "Numbers"), "null");
  EXPECT_EQ(value("@\"2020-01-01\"", "Moments"), "null");
}

std::string const function_types =
    "<itemDefinition name=\"F\"><functionItem outputTypeRef=\"number\"><parameters name=\"n\" typeRef=\"number\"/>"
    "</functionItem></itemDefinition>";

/// A boxed function of one parameter, or the logic of a knowledge model.
std::string boxed_function(std::string const& name, std::string const& type, std::string const& body,
                           std::string const& parameter_type = "number")
{
  return "<" + name + (type.empty() ? "" : " typeRef=\"" + type + "\"") + "><formalParameter name=\"n\" typeRef=\"" +
         parameter_type + "\"/>" + typed_literal(body) + "</" + name + ">";
}

TEST(Standard, ATypeReferenceOfAFunctionNamesItsTypeOrItsResult)
{
  auto const called = [](std::string const& type, std::string const& body, std::string const& parameter_type) {
    return value_of("d", function_types + plain("d", typed_literal("h(1)"), requires_decision("h")) +
                             plain("h", boxed_function("functionDefinition", type, body, parameter_type)));
  };
  EXPECT_EQ(called("F", "n + 1", "number"), "2");
  EXPECT_EQ(called("F", "[n]", "number"), "1");
  EXPECT_EQ(called("F", "\"x\"", "number"), "null");
  EXPECT_EQ(called("F", "1", "string"), "null");
  EXPECT_EQ(called("number", "[n]", "number"), "1");
  EXPECT_EQ(called("number", "\"x\"", "number"), "null");
  auto const logic = [](std::string const& type, std::string const& body) {
    return value_of("d", function_types + plain("d", typed_literal("k(1)"), requires_knowledge("k")) +
                             "<businessKnowledgeModel name=\"k\" id=\"k\"><variable name=\"k\"/>" +
                             boxed_function("encapsulatedLogic", type, body) + "</businessKnowledgeModel>");
  };
  EXPECT_EQ(logic("F", "n + 1"), "2");
  EXPECT_EQ(logic("number", "[n]"), "1");
  EXPECT_EQ(logic("number", "\"x\""), "null");
  EXPECT_EQ(logic("F", "\"x\""), "null");
}

TEST(Standard, WhatAFunctionCertainlyGivesIsPartOfItsType)
{
  auto const tested = [](std::string const& body, std::string const& text) {
    return value_of(
        "d", function_types + plain("d", typed_literal(text), requires_knowledge("k")) + knowledge("k", "n", body));
  };
  auto const typed = "<literalExpression typeRef=\"number\"><text>n</text></literalExpression>";
  EXPECT_EQ(tested(typed, "k instance of function<number>->number"), "true");
  EXPECT_EQ(tested(typed, "k instance of function<number>->string"), "false");
  EXPECT_EQ(tested(typed_literal("n"), "k instance of function<number>->string"), "false");
  EXPECT_EQ(tested(typed_literal("n + 1"), "k instance of F"), "true");
  EXPECT_EQ(tested(typed_literal("\"a\""), "k instance of F"), "false");
  EXPECT_EQ(tested(typed_literal("get value({a: 1}, \"a\")"), "k instance of F"), "true");
  auto const passed = [](std::string const& text) {
    return value_of("d", function_types + plain("d", typed_literal("{f: function(g: F) g(1), r: f(" + text + ")}.r")));
  };
  EXPECT_EQ(passed("function(n: number) n + 1"), "2");
  EXPECT_EQ(passed("function(n: number) \"s\""), "null");
  EXPECT_EQ(passed("function(n) n"), "1");
  EXPECT_EQ(passed("abs"), "1");
  EXPECT_EQ(passed("sqrt"), "1");
  EXPECT_EQ(passed("even"), "null");
  // of durations it is a duration
  EXPECT_EQ(value_of("d", plain("d", typed_literal("mean instance of function<list>->days and time duration"))),
            "true");
  EXPECT_EQ(value_of("d", plain("d", typed_literal("upper case instance of function<string>->string"))), "true");
  EXPECT_EQ(value_of("d", plain("d", typed_literal("upper case instance of function<string>->number"))), "false");
}

TEST(Standard, AKnowledgeModelCallsItselfAThousandTimes)
{
  auto const model = [](std::string const& times) {
    return plain("d", typed_literal("k(" + times + ")"), requires_knowledge("k")) +
           knowledge("k", "n", typed_literal("if n <= 0 then 0 else 1 + k(n - 1)"), requires_knowledge("k"));
  };
  EXPECT_EQ(value_of("d", model("1900")), "1900");
  auto const invocation = "<invocation>" + typed_literal("k") + "<binding><parameter name=\"n\"/>" +
                          typed_literal("n - 1") + "</binding></invocation>";
  auto const boxed = "<conditional><if>" + typed_literal("n <= 0") + "</if><then>" + typed_literal("0") +
                     "</then><else><context>" + entry("r", invocation) + entry("", typed_literal("r + 1")) +
                     "</context></else></conditional>";
  EXPECT_EQ(value_of("d", plain("d", typed_literal("k(900)"), requires_knowledge("k")) +
                              knowledge("k", "n", boxed, requires_knowledge("k"))),
            "900");  // a boxed conditional counts as a call, too
  EXPECT_EQ(value_of("d", model("100000")), "null");
}

TEST(Standard, AllowedValuesAreAPartOfTheTypesThatExpressionsName)
{
  std::string const items =
      "<itemDefinition name=\"tAge\"><typeRef>number</typeRef><allowedValues><text>[0..120]</text></allowedValues>"
      "</itemDefinition>"
      "<itemDefinition name=\"tAdult\"><typeRef>tAge</typeRef><typeConstraint><text>&gt;= 18</text></typeConstraint>"
      "</itemDefinition>"
      "<itemDefinition name=\"tAges\" isCollection=\"true\"><typeRef>number</typeRef><allowedValues><text>[0..120]"
      "</text></allowedValues><typeConstraint><text>count(?) = 2</text></typeConstraint></itemDefinition>"
      "<itemDefinition name=\"tPerson\"><itemComponent name=\"age\"><typeRef>tAge</typeRef></itemComponent>"
      "<itemComponent name=\"sex\"><typeRef>string</typeRef><allowedValues><text>\"f\", \"m\"</text></allowedValues>"
      "</itemComponent></itemDefinition>";
  auto const answer = [&](std::string const& text) { return value_of("d", items + plain("d", typed_literal(text))); };
  EXPECT_EQ(answer("[5, 130, -1, null] = (for a in [5, 130, -1, null] return a)"), "true");
  EXPECT_EQ(answer("for a in [5, 130, null] return a instance of tAge"), "[true, false, false]");
  EXPECT_EQ(answer("for a in [5, 18, 130] return a instance of tAdult"), "[false, true, false]");
  EXPECT_EQ(answer("for a in [[1, 2], [1], [1, 130]] return a instance of tAges"), "[true, false, false]");
  EXPECT_EQ(answer("for s in [\"f\", \"x\"] return {age: 1, sex: s} instance of tPerson"), "[true, false]");
  EXPECT_EQ(answer("[{age: 200, sex: \"f\"}] instance of list<tPerson>"), "false");
  EXPECT_EQ(answer("for a in [5, 130] return (function(x: tAge) \"fits\")(a)"), "[\"fits\", null]");
  EXPECT_EQ(answer("{f: function(p: tPerson) p.age, r: [f({age: 3, sex: \"m\"}), f({age: 3, sex: \"q\"})]}.r"),
            "[3, null]");
}

TEST(Standard, AComponentOfATypeIsAType)
{
  std::string const items =
      "<itemDefinition name=\"tPerson\"><itemComponent name=\"first name\"><typeRef>string</typeRef></itemComponent>"
      "<itemComponent name=\"place\"><itemComponent name=\"floor\"><typeRef>number</typeRef><allowedValues><text>[0..9]"
      "</text></allowedValues></itemComponent></itemComponent></itemDefinition>";
  auto const answer = [&](std::string const& text) { return value_of("d", items + plain("d", typed_literal(text))); };
  EXPECT_EQ(answer("[\"a\" instance of tPerson.first name, 1 instance of tPerson.first name]"), "[true, false]");
  EXPECT_EQ(answer("for f in [3, 10] return f instance of tPerson.place.floor"), "[true, false]");
  EXPECT_EQ(answer("(function(p: tPerson.place) p.floor)({floor: 3})"), "3");
  EXPECT_EQ(answer("1 instance of tPerson.town"), "null");
  auto const typed = [&](std::string const& type, std::string const& text) {
    return value_of("d", items + "<decision name=\"d\" id=\"d\"><variable name=\"d\" typeRef=\"" + type + "\"/>" +
                             typed_literal(text) + "</decision>");
  };
  EXPECT_EQ(typed("tPerson.place.floor", "3"), "3");
  EXPECT_EQ(typed("tPerson.place.floor", "10"), "null");
  EXPECT_EQ(typed("tPerson.first name", "1"), "null");
  EXPECT_EQ(typed("tPerson.town", "1"), "1");
}

TEST(Standard, AnArgumentThatIsNotAllowedLetsTheCallFailHoweverItIsWritten)
{
  auto const small = item("tSmall", "number", "[1..5]");
  auto const model =
      "<businessKnowledgeModel name=\"k\" id=\"k\"><variable name=\"k\"/><encapsulatedLogic>"
      "<formalParameter name=\"n\" typeRef=\"tSmall\"/>" +
      typed_literal("\"called\"") + "</encapsulatedLogic></businessKnowledgeModel>";
  for (auto const& [argument, answer] :
       std::vector<std::pair<std::string, std::string>>{{"3", "\"called\""}, {"7", "null"}, {"null", "\"called\""}}) {
    auto const invocation = "<invocation>" + typed_literal("k") + "<binding><parameter name=\"n\"/>" +
                            typed_literal(argument) + "</binding></invocation>";
    EXPECT_EQ(value_of("d", small + model + plain("d", typed_literal("k(" + argument + ")"), requires_knowledge("k"))),
              answer);
    EXPECT_EQ(value_of("d", small + model + plain("d", invocation, requires_knowledge("k"))), answer);
  }
}

TEST(Standard, AnOpenArgumentMayNotBeAllowed)
{
  auto const loaded =
      pack(dmn(item("tSmall", "number", "[1..5]") + input("x", "number") +
               "<businessKnowledgeModel name=\"k\" id=\"k\"><variable name=\"k\"/><encapsulatedLogic>"
               "<formalParameter name=\"n\" typeRef=\"tSmall\"/>" +
               typed_literal("\"called\"") + "</encapsulatedLogic></businessKnowledgeModel>" +
               decision("typed", {"x"}, literal("if x instance of tSmall then \"small\" else \"not\"")) +
               decision("literal", {"x"}, literal("(function(n: tSmall) \"called\")(x)")) +
               "<decision id=\"d_invoked\" name=\"invoked\"><variable name=\"invoked\"/><informationRequirement>"
               "<requiredInput href=\"#in_x\"/></informationRequirement><knowledgeRequirement><requiredKnowledge "
               "href=\"#k\"/></knowledgeRequirement><invocation>" +
               typed_literal("k") + "<binding><parameter name=\"n\"/>" + typed_literal("x") +
               "</binding></invocation></decision>"));
  for (std::string const name : {"typed", "literal", "invoked"}) {
    EXPECT_EQ(loaded.decide(name, record({}), std::nullopt).outcome, Outcome::unknown) << name;
    auto const inside = loaded.decide(name, record({{"x", number(3)}}), std::nullopt);
    EXPECT_EQ(inside.outcome, Outcome::known) << name;
    auto const outside = loaded.decide(name, record({{"x", number(7)}}), std::nullopt);
    EXPECT_EQ(outside.outcome, name == "typed" ? Outcome::known : Outcome::error) << name;
  }
}

/// A function of Java that gives the larger of a `tSmall` (1 to 5) and a number; tags and attributes around it given.
std::string larger(std::string const& tag, std::string const& type)
{
  auto const reference = type.empty() ? "" : " typeRef=\"" + type + "\"";
  return "<" + tag + " kind=\"Java\"" + reference +
         "><formalParameter name=\"a\" typeRef=\"tSmall\"/><formalParameter name=\"b\" typeRef=\"number\"/><context>" +
         entry("class", typed_literal("\"java.lang.Math\"")) +
         entry("method signature", typed_literal("\"max(int,int)\"")) + "</context></" + tag + ">";
}

TEST(Standard, TypesOfJavaFunctionsHold)
{
  auto const items = item("tSmall", "number", "[1..5]") + item("tBig", "number", "[4..9]");
  auto const boxed = [&](std::string const& type, std::string const& arguments) {
    return value_of("d", items + plain("d", typed_literal("s.f(" + arguments + ")"), requires_decision("s")) +
                             plain("s", "<context>" + entry("f", larger("functionDefinition", type)) + "</context>"));
  };
  EXPECT_EQ(boxed("", "2, 3"), "3");
  EXPECT_EQ(boxed("", "7, 3"), "null");
  EXPECT_EQ(boxed("number", "b: 3, a: 2"), "3");
  EXPECT_EQ(boxed("string", "2, 3"), "null");
  EXPECT_EQ(boxed("tBig", "2, 3"), "null");
  EXPECT_EQ(boxed("tBig", "2, 4"), "4");
  auto const named = [&](std::string const& type, std::string const& variable, std::string const& arguments) {
    auto const reference = variable.empty() ? "" : " typeRef=\"" + variable + "\"";
    return value_of("d", items + plain("d", typed_literal("k(" + arguments + ")"), requires_knowledge("k")) +
                             "<businessKnowledgeModel name=\"k\" id=\"k\"><variable name=\"k\"" + reference + "/>" +
                             larger("encapsulatedLogic", type) + "</businessKnowledgeModel>");
  };
  EXPECT_EQ(named("", "", "2, 3"), "3");
  EXPECT_EQ(named("", "number", "2, 3"), "3");
  EXPECT_EQ(named("", "string", "2, 3"), "null");
  EXPECT_EQ(named("", "tBig", "2, 3"), "null");
  EXPECT_EQ(named("string", "", "2, 3"), "null");
  EXPECT_EQ(named("", "", "[2], 3"), "3");
  EXPECT_EQ(named("", "", "\"2\", 3"), "null");
}

TEST(Standard, DuplicateNamesLeaveNoValue)
{
  auto const twice = "<context>" + entry("a", typed_literal("1")) + entry("a", typed_literal("2")) + "</context>";
  EXPECT_EQ(value_of("d", plain("d", twice)), "null");
  auto const relation = "<relation><column name=\"a\"/><column name=\"a\"/><row>" + typed_literal("1") +
                        typed_literal("2") + "</row></relation>";
  EXPECT_EQ(value_of("d", plain("d", relation)), "null");
  for (auto const& body : {twice, relation}) {
    auto const model = detail::read_model({{"test.dmn", dmn(plain("d", body))}}, false, Mode::legal, Limits{});
    ASSERT_FALSE(model);
    EXPECT_EQ(model.diagnostics().front().code, Code::duplicate_id);
    EXPECT_GT(model.diagnostics().front().place.line, 0U);
  }
}

TEST(Standard, AnyBoxedExpressionMayBeInvoked)
{
  auto const invoked = [](std::string const& function, std::string const& argument) {
    return value_of("d", plain("d", "<invocation>" + function + "<binding><parameter name=\"n\"/>" +
                                        typed_literal(argument) + "</binding></invocation>"));
  };
  auto const function = boxed_function("functionDefinition", "", "n + 1");
  EXPECT_EQ(invoked(function, "2"), "3");
  auto const context = "<context>" + entry("k", typed_literal("10")) +
                       entry("", boxed_function("functionDefinition", "", "n + k")) + "</context>";
  EXPECT_EQ(invoked(context, "2"), "12");
  EXPECT_EQ(invoked("<list>" + typed_literal("1") + "</list>", "2"), "null");
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
  auto const short_row =
      "<relation><column name=\"a\"/><column name=\"b\"/><row>" + typed_literal("1") + "</row></relation>";
  auto const import =
      "<import name=\"other\" namespace=\"urn:nowhere\" importType=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"/>";
  EXPECT_EQ(value_of("d", import + model + plain("q", short_row)), "5");
  EXPECT_EQ(value_of("q", model + plain("q", short_row)), "null");
  EXPECT_EQ(value_of("d", model), "5");
  EXPECT_EQ(value_of("t", model), "null");
  EXPECT_EQ(value_of("r", model), "null");
}

}  // namespace
}  // namespace tutela
