// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tests of bad input: located findings, and bounds instead of crashes.
#include <algorithm>

#include "unit/feel/feel_testing.hpp"

namespace tutela::testing_feel {
namespace {

std::vector<Diagnostic> findings(std::string_view text, Names const& names = {}, Limits const& limits = {})
{
  Place origin;
  origin.file = "pack.dmn";
  origin.line = 10;
  origin.column = 5;
  auto result = parse_expression(text, names, origin, Mode::legal, limits);
  EXPECT_FALSE(result.has_value()) << text;
  return std::move(result).diagnostics();
}

TEST(feel_errors, a_finding_says_where)
{
  auto const first = findings("1 + ");
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].code, Code::syntax);
  EXPECT_EQ(first[0].place.file, "pack.dmn");
  EXPECT_EQ(first[0].place.line, 10U);
  EXPECT_EQ(first[0].place.column, 9U);
  auto const second = findings("1 +\n  * 2");
  EXPECT_EQ(second[0].place.line, 11U);
  EXPECT_EQ(second[0].place.column, 3U);
}

TEST(feel_errors, every_name_out_of_scope_is_reported)
{
  auto const found = findings("alpha + beta * gamma(1)");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_TRUE(
      std::all_of(found.begin(), found.end(), [](auto const& each) { return each.code == Code::unknown_name; }));
}

TEST(feel_errors, malformed_texts_are_refused)
{
  for (std::string_view const text : {"",
                                      "   ",
                                      "(",
                                      ")",
                                      "[1, 2",
                                      "{a 1}",
                                      "{a: }",
                                      "\"abc",
                                      "1 2",
                                      "if true then 1",
                                      "for x in [1] x",
                                      "@2026",
                                      "some x in",
                                      "function(x",
                                      "1..2",
                                      "a b c d (",
                                      "\"\\uD800\"",
                                      "/* open",
                                      "x[",
                                      "1 instance of",
                                      "f(a: 1, 2)",
                                      "1e9999",
                                      "]1",
                                      "[1..",
                                      "not(",
                                      "null null",
                                      "between 1 and 2",
                                      "\xFF\xFE"}) {
    EXPECT_FALSE(findings(text).empty()) << text;
  }
}

TEST(feel_errors, nesting_is_bounded_in_every_form)
{
  auto const repeated = [](std::string_view open, std::string_view inner, std::string_view close) {
    std::string text;
    for (int count = 0; count < 5'000; ++count) text += open;
    text += inner;
    for (int count = 0; count < 5'000; ++count) text += close;
    return text;
  };
  for (auto const& text :
       {repeated("(", "1", ")"), repeated("[", "1", "]"), repeated("{a: ", "1", "}"), repeated("-", "1", ""),
        repeated("if true then ", "1", " else 2"), repeated("not(", "true", ")"), repeated("1 in (", "1", ")"),
        repeated("function(x) ", "1", ""), repeated("1 + ", "1", ""), repeated("[1][", "1", "]"),
        repeated("for x in ", "[1]", " return x"), repeated("1 instance of list<", "number", ">"),
        repeated("", "null", ".a"), repeated("", "null", "[1]"), repeated("", "null", "()"), repeated("<", "1", ""),
        repeated("[<= ", "1", "]")}) {
    auto const found = findings(text);
    ASSERT_FALSE(found.empty());
  }
}

TEST(feel_errors, endless_recursion_and_work_end_in_an_error)
{
  Value const value = legal("{f: function(g, n) g(g, n + 1), r: f(f, 1)}.r");
  ASSERT_TRUE(value.is(Kind::error));
  EXPECT_NE(value.as_fault()->what.find("limit"), std::string::npos);
  EXPECT_NE(value.as_fault()->what.find("calls"), std::string::npos);
  Value const work = legal("count(for a in 1..4000, b in 1..4000 return a)");
  ASSERT_TRUE(work.is(Kind::error));
  EXPECT_NE(work.as_fault()->what.find("limit"), std::string::npos);
  EXPECT_TRUE(legal("for a in 1..1000000000 return a").is(Kind::error));
}

TEST(feel_errors, more_than_a_thousand_calls_fit_inside_each_other)
{
  auto const depth = [](std::string const& times) {
    return "{f: function(g, n) if n <= 0 then 0 else 1 + g(g, n - 1), r: f(f, " + times + ")}.r";
  };
  EXPECT_EQ(conformance(depth("1900")), "1900");
  EXPECT_EQ(legal(depth("1900")), number(1900));
  EXPECT_EQ(conformance(depth("2100")), "null");
  // a built-in between two calls, a loop in each
  EXPECT_EQ(conformance("{f: function(g, n) if n <= 0 then 0 else sum(for i in [1] return 1 + g(g, n - i)), "
                        "r: f(f, 1500)}.r"),
            "1500");
  auto const expression = parse_expression(depth("40"));
  ASSERT_TRUE(expression);
  Evaluation evaluation;
  evaluation.limits.calls = 30;
  Value const value = expression->evaluate({}, evaluation);
  ASSERT_TRUE(value.is(Kind::error));
  EXPECT_EQ(value.as_fault()->what, "the limit `calls` is reached");
  EXPECT_FALSE(value.as_fault()->place.empty());
  EXPECT_EQ(evaluation.calls, 0U);
  EXPECT_EQ(evaluation.depth, 0U);
}

TEST(feel_errors, a_loop_may_go_over_a_million_numbers)
{
  EXPECT_EQ(conformance("count(for i in 1..1000000 return i)"), "1000000");
}

TEST(feel_errors, values_that_share_their_parts_are_small_and_many)
{
  // two to the power of forty elements in forty lists
  std::string const doubled = "(for i in 1..40 return if i = 1 then [1] else [partial[-1], partial[-1]])[-1]";
  auto const both = [&doubled](std::string const& body) { return "{l: " + doubled + ", r: " + body + "}.r"; };
  EXPECT_EQ(conformance(both("l = l")), "null");
  EXPECT_EQ(conformance(both("index of([l, l], l)")), "null");
  EXPECT_EQ(conformance(both("count(distinct values(l))")), "null");
  EXPECT_EQ(conformance(both("string length(string(l))")), "null");
  EXPECT_EQ(conformance(both("count(flatten(l))")), "null");
}

TEST(feel_errors, a_value_with_too_many_parts_is_an_error_of_the_limit)
{
  // the last list that is small enough; twice that is too large
  std::string const list =
      "(function(x) [x, x])((for i in 1..20 return if i = 1 then [1] else [partial[-1], partial[-1]])[-1])";
  for (std::string const body :
       {"[l, l]", "[l, l] = [l, l]", "{a: l, b: l}", "append(l, l)", "concatenate([l], [l])",
        "for i in [1, 2] return l", "count([l, l])", "[l, l] instance of list<Any>", "context put({a: l}, \"b\", l)",
        "(function(a, b) [a, b])(l, l)", "insert before([l], 1, l)"}) {
    std::string const text = "{l: " + list + ", r: " + body + "}.r";
    Value const value = legal(text);
    ASSERT_TRUE(value.is(Kind::error)) << body;
    EXPECT_NE(value.as_fault()->what.find("`value_parts`"), std::string::npos) << body << value.as_fault()->what;
    EXPECT_FALSE(value.as_fault()->place.empty());
    EXPECT_EQ(conformance(text), "null") << body;
  }
}

TEST(feel_errors, texts_that_share_their_parts_are_bounded_by_the_document)
{
  std::string const long_text = "(for j in 1..17 return if j = 1 then \"a;a;a;a;\" else partial[-1] + partial[-1])[-1]";
  EXPECT_EQ(to_string(legal("count(split(" + long_text + ", \";\"))")), "262145");
}

// Contexts whose every entry holds the one before twice, written without a loop.
std::string doubled_contexts(std::string const& seed, int times)
{
  std::string text = "{a0: " + seed;
  for (int i = 1; i <= times; ++i) {
    std::string const before = "a" + std::to_string(i - 1);
    text += ", a" + std::to_string(i) + ": {p: " + before + ", q: " + before + "}";
  }
  return text + "}";
}

TEST(feel_errors, long_texts_are_paid_for_in_steps)
{
  // sixteen million letters; each of these would copy, keep or compare them a million times
  std::string const text = "(for i in 1..21 return if i = 1 then \"aaaaaaaa\" else partial[-1] + partial[-1])[-1]";
  for (std::string const body :
       {"for i in 1..1000000 return t + string(i)", "for i in 1..1000000 return t",
        "every i in 1..1000000 satisfies t = t + \"\"", "every i in 1..1000000 satisfies contains(t, \"b\") = false",
        "every i in 1..1000000 satisfies t in (\"b\", \"c\") = false"}) {
    Value const value = legal("{t: " + text + ", r: " + body + "}.r");
    ASSERT_TRUE(value.is(Kind::error)) << body;
    EXPECT_NE(value.as_fault()->what.find("limit"), std::string::npos) << value.as_fault()->what;
  }
}

TEST(feel_errors, patterns_on_long_texts_and_in_loops_end)
{
  std::string const text = "(for i in 1..18 return if i = 1 then \"aaaaaaaa\" else partial[-1] + partial[-1])[-1]";
  for (std::string const body :
       {"matches(t, \"a*[bc]\")", "replace(t, \"a*[bc]\", \"\")", "split(t, \"a*[bc]\")",
        "every i in 1..1000000 satisfies matches(\"aaaaaaaaaaaaaaaaaaaaaaaa\", \"(a|aa)+[bc]\") = false"}) {
    EXPECT_TRUE(legal("{t: " + text + ", r: " + body + "}.r").is(Kind::error)) << body;
  }
}

TEST(feel_errors, contexts_that_share_their_parts_end_in_an_error_of_the_limit)
{
  Names names;
  names.add("x", {}, "x");
  std::vector<Value> const open{Value::unknown("x")};
  for (auto const& seed : {"1", "x", "[x]"}) {
    std::string const text = doubled_contexts(seed, 60);
    auto const made = legal(text, names, open);
    ASSERT_TRUE(made.is(Kind::error));
    EXPECT_NE(made.as_fault()->what.find("`value_parts`"), std::string::npos) << made.as_fault()->what;
    for (auto const& rest : {".a60 = 1", ".a60 instance of context<p: Any>", ".a60.p.q", ".a19 = 1"}) {
      static_cast<void>(legal(text + rest, names, open));
      static_cast<void>(conformance(text + rest, names, {Value(Decimal(1))}));
    }
  }
}

TEST(feel_errors, possible_values_that_share_their_parts_are_counted)
{
  Names names;
  names.add("x", {}, "x");
  std::vector<Value> const open{one_of("x", {Value(Decimal(1)), Value(Decimal(2))})};
  std::string const doubled = "(for i in 1..60 return if i = 1 then [x] else [partial[-1], partial[-1]])";
  for (std::string const rest :
       {"", "[-1]", "[20] = 1", "[18]", "[12] = [1, 1]", "[-1] = [1, 1]", "[15] in ([1], [2])"}) {
    auto const expression = parse_expression("count(" + doubled + rest + ")", names);
    ASSERT_TRUE(expression);
    Evaluation evaluation;
    static_cast<void>(expression->evaluate(open, evaluation));
  }
}

TEST(feel_errors, values_one_inside_the_other_are_no_deeper_than_the_limit)
{
  for (std::string const deep :
       {"(for i in 1..20000 return if i = 1 then [] else [partial[-1]])", "(for i in 1..20000 return {a: partial[-1]})",
        "(for i in 1..20000 return function() partial[-1])"}) {
    // the error takes the place of the value that is too deep, and the next ones begin anew
    Value const value = legal("count(" + deep + ")");
    EXPECT_TRUE(value.is(Kind::number) || value.is(Kind::error)) << to_string(value);
    Value const all = legal(deep);
    EXPECT_LE(all.extent().depth, Limits{}.nesting * 16);
    EXPECT_NE(to_string(all).find("limit"), std::string::npos);
  }
}

TEST(feel_errors, a_fault_says_what_and_where)
{
  Place origin;
  origin.file = "pack.dmn";
  origin.line = 3;
  origin.column = 7;
  auto const expression = parse_expression("1 + \"a\"", {}, origin);
  ASSERT_TRUE(expression);
  Evaluation evaluation;
  Value const value = expression->evaluate({}, evaluation);
  ASSERT_TRUE(value.is(Kind::error));
  EXPECT_EQ(value.as_fault()->place, "pack.dmn:3:9");
  EXPECT_NE(value.as_fault()->what.find("number and string"), std::string::npos);
}

TEST(feel_errors, today_needs_a_day)
{
  auto const expression = parse_expression("today()");
  ASSERT_TRUE(expression);
  Evaluation evaluation;
  EXPECT_TRUE(expression->evaluate({}, evaluation).is(Kind::error));
  evaluation.on = Date{2026, 3, 1};
  EXPECT_EQ(to_string(expression->evaluate({}, evaluation)), "@\"2026-03-01\"");
  EXPECT_EQ(conformance("now()"), "@\"2026-03-01T00:00:00Z\"");
}

TEST(feel_errors, a_missing_slot_is_misuse)
{
  Names names;
  names.add("a");
  auto const expression = parse_expression("a", names);
  Evaluation evaluation;
  EXPECT_THROW(static_cast<void>(expression->evaluate({}, evaluation)), ContractViolation);
}

}  // namespace
}  // namespace tutela::testing_feel
