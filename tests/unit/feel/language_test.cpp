// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tests of the grammar and of the operators in conformance mode.
#include "unit/feel/feel_testing.hpp"

namespace tutela::testing_feel {
namespace {

TEST(feel_language, arithmetic_keeps_the_standards_order)
{
  expect_all({{"1 + 2 * 3", "7"},
              {"(1 + 2) * 3", "9"},
              {"10 - 2 - 3", "5"},
              {"2 ** 3 ** 2", "64"},
              {"-5 ** 2", "25"},
              {"5 ** -2", "0.04"},
              {"--3", "3"},
              {"0.1 + 0.2", "0.3"},
              {".5 * 4", "2"},
              {"1.2e3", "1200"},
              {"1 / 0", "null"},
              {"0 / 0", "null"},
              {"\"a\" + \"b\"", "\"ab\""},
              {"1 + \"a\"", "null"},
              {"1 + null", "null"},
              {"true + 1", "null"}});
}

TEST(feel_language, comments_and_white_space_are_skipped)
{
  expect_all({{"1 + /* 1 + */ 1", "2"}, {"1 + // one\n 1", "2"}, {"/* intro */ 2 // end", "2"}, {"\xC2\xA0 3", "3"}});
}

TEST(feel_language, texts_know_escapes_and_all_of_unicode)
{
  expect_all({{R"("a\"b")", R"("a\"b")"},
              {R"("\u0041")", "\"A\""},
              {R"(string length("\U01F40E"))", "1"},
              {R"(string length("\uD83D\uDCA9"))", "1"},
              {R"(string length("\\u0009"))", "6"},
              {R"("\d")", R"("\\d")"}});
}

TEST(feel_language, names_are_the_longest_ones_in_scope)
{
  Names names;
  names.add("a");
  names.add("b");
  names.add("a-b");
  names.add("monthly income");
  names.add("for sale");
  std::vector<Value> const slots{number(5), number(3), number(100), number(7), Value(true)};
  EXPECT_EQ(conformance("a-b", names, slots), "100");
  EXPECT_EQ(conformance("a - b", names, slots), "2");
  EXPECT_EQ(conformance("b-a", names, slots), "-2");
  EXPECT_EQ(conformance("monthly   income * 2", names, slots), "14");
  EXPECT_EQ(conformance("for sale = true", names, slots), "true");
  EXPECT_EQ(conformance("for x in [a, b] return x", names, slots), "[5, 3]");
}

TEST(feel_language, entries_of_context_types_may_have_blanks)
{
  Names names;
  names.add("child", Type::context({{"date of birth", Type::Kind::date}, {"date", Type::Kind::date}}));
  Value const child(Context{{{"date of birth", Value(Date{2010, 5, 17})}, {"date", Value(Date{2020, 1, 2})}}});
  EXPECT_EQ(conformance("child.date of birth.year", names, {child}), "2010");
  EXPECT_EQ(conformance("child.date.year", names, {child}), "2020");
}

TEST(feel_language, comparisons_of_different_kinds_are_null)
{
  expect_all({{"1 = 1.0", "true"},
              {"1 = \"1\"", "null"},
              {"null = null", "true"},
              {"1 = null", "false"},
              {"1 != null", "true"},
              {"null < 1", "null"},
              {"\"a\" < \"b\"", "true"},
              {"[1, 2] = [1, 2]", "true"},
              {"[1] = [2]", "false"},
              {"{a: 1, b: 2} = {b: 2, a: 1}", "true"},
              {"{} = []", "null"},
              {"[1..2] = [1..2]", "true"},
              {"(1..2] = ]1..2]", "true"},
              {"(< 10) = (< 10)", "true"},
              {"(= 10) = [10..10]", "false"},
              {"(< 10) = (null..10)", "false"},
              {"5 between 1 and 5", "true"},
              {"6 between 1 and 5", "false"},
              {"null between 1 and 5", "null"}});
}

TEST(feel_language, logic_has_three_values)
{
  expect_all({{"true and null", "null"},
              {"false and null", "false"},
              {"null and false", "false"},
              {"123 and true", "null"},
              {"true or null", "true"},
              {"false or null", "null"},
              {"not(true)", "false"},
              {"not(null)", "null"},
              {"if null then 1 else 2", "2"},
              {"if 3 then 1 else 2", "2"},
              {"if true then 1 else 2", "1"},
              {"some x in [1, 2, 3] satisfies x > 2", "true"},
              {"every x in [1, 2, 3] satisfies x > 2", "false"},
              {"every x in [] satisfies false", "true"},
              {"some x in [1, null] satisfies x > 5", "null"},
              {"some x in [1, 2], y in [3, 4] satisfies x + y = 6", "true"}});
}

TEST(feel_language, membership_tests)
{
  expect_all({{"1 in [2, 3, 1]", "true"},
              {"1 in [[2..4], [1..3]]", "true"},
              {"1 in <= 10", "true"},
              {"10 in (1, < 5, >= 10)", "true"},
              {"10 in (1, 5, 9)", "false"},
              {"3 in (2..4)", "true"},
              {"2 in (2..4)", "false"},
              {"4 in ]2..4]", "true"},
              {"4 in [2..4[", "false"},
              {"10 in =10", "true"},
              {"10 in (!=10)", "false"},
              {"[1, 2, 3] in [[1, 2, 3, 4], [1, 2, 3]]", "true"},
              {"true in [false, 2, 3]", "false"},
              {"null in [1..10]", "null"},
              {"5 in (null..10]", "null"},
              {"5 in (? > 3)", "true"},
              {"1 in (2 + 3) - 4", "true"}});
}

TEST(feel_language, filters_and_paths)
{
  expect_all({{"[10, 20, 30][2]", "20"},
              {"[10, 20, 30][-1]", "30"},
              {"[10, 20, 30][4]", "null"},
              {"[10, 20, 30][item > 15]", "[20, 30]"},
              {"[{x: 1, y: 2}, {x: 2, y: 3}][x > 1]", "[{x: 2, y: 3}]"},
              {"[{x: 1, y: 2}, {x: 2, y: 3}].y", "[2, 3]"},
              {"[{x: 1}, {y: 2}].x", "[1, null]"},
              {"[{x y: 1}, {x y: 2}][x y = 2].x y", "[2]"},
              {"100[1]", "100"},
              {"\"foo\"[1]", "\"foo\""},
              {"{a: {b: 5}}.a.b", "5"},
              {"{a: 1}.b", "null"},
              {"null.b", "null"},
              {"[1, 2, 3][true]", "[1, 2, 3]"}});
}

TEST(feel_language, loops)
{
  expect_all({{"for x in [1, 2] return x * 2", "[2, 4]"},
              {"for x in 1..3 return x", "[1, 2, 3]"},
              {"for x in 3..1 return x", "[3, 2, 1]"},
              {"for x in [1..3) return x", "[1, 2]"},
              {"for x in [1, 2], y in [x, 10] return x + y", "[2, 11, 4, 12]"},
              {"for i in 0..4 return if i = 0 then 1 else i * partial[-1]", "[1, 1, 2, 6, 24]"},
              {"for d in @\"2026-01-30\"..@\"2026-02-01\" return d.day", "[30, 31, 1]"},
              {"for x in null return x", "null"}});
}

TEST(feel_language, contexts_see_their_earlier_entries)
{
  expect_all({{"{a: 1, b: a + 1}", "{a: 1, b: 2}"},
              {"{a: 1, c: {d: a + 1}}", "{a: 1, c: {d: 2}}"},
              {"{foo bar: 1}.foo bar", "1"},
              {"{\"foo+bar((!!],foo\": 1}", "{foo+bar((!!],foo: 1}"},
              {"{foo+bar: 1, x: foo+bar}.x", "1"},
              {"{a: 1, a: 2}", "syntax"}});
}

TEST(feel_language, functions_close_over_what_they_use)
{
  expect_all({{"(function(x) x + 1)(2)", "3"},
              {"{f: function(x: number) x * 2, r: f(4)}.r", "8"},
              {"{a: 10, f: function(x) a * x, r: f(x: 3)}.r", "30"},
              {"(function(a) function(b) a * b)(3)(4)", "12"},
              {"(function(x: number) x)(\"a\")", "null"},
              {"(function(x) x)()", "null"},
              {"{f: abs, r: f(-4)}.r", "4"},
              {"sort([3, 1, 2], function(x, y) x < y)", "[1, 2, 3]"},
              {"123()", "null"},
              {"no such function(1)", "syntax"},
              {"nosuch(1)", "null"}});
}

TEST(feel_language, a_function_value_outlives_its_expression)
{
  Value function;
  {
    Names names;
    names.add("factor");
    auto const made = parse_expression("function(x) factor * x", names);
    ASSERT_TRUE(made);
    Evaluation evaluation;
    function = made->evaluate(std::vector<Value>{number(6)}, evaluation);
  }
  Evaluation evaluation;
  std::vector<Value> const arguments{number(7)};
  EXPECT_EQ(to_string(call(function, arguments, evaluation)), "42");
  std::vector<std::pair<std::string, Value>> const named{{"x", number(2)}};
  EXPECT_EQ(to_string(call(function, named, evaluation)), "12");
}

TEST(feel_language, functions_of_the_embedding_code)
{
  Names names;
  names.add("double it");
  Value const function =
      make_function({{"n", Type::Kind::number}}, Type::Kind::number, [](std::span<Value const> arguments, Evaluation&) {
        return Value(*arguments[0].as_number() + *arguments[0].as_number());
      });
  EXPECT_EQ(conformance("double it(21)", names, {function}), "42");
  EXPECT_EQ(conformance("double it(n: 4)", names, {function}), "8");
  EXPECT_EQ(conformance("double it([4])", names, {function}), "8");
  EXPECT_EQ(conformance("double it(\"a\")", names, {function}), "null");
  EXPECT_EQ(conformance("double it(m: 4)", names, {function}), "null");
}

TEST(feel_language, types_of_values)
{
  expect_all({{"1 instance of number", "true"},
              {"null instance of number", "false"},
              {"null instance of Null", "true"},
              {"null instance of Any", "false"},
              {"[1, 2] instance of list<number>", "true"},
              {"[1, \"a\"] instance of list<number>", "false"},
              {"{a: 1} instance of context<a: number>", "true"},
              {"[1..2] instance of range<number>", "true"},
              {"@\"P1Y\" instance of years and months duration", "true"},
              {"@\"P1D\" instance of years and months duration", "false"},
              {"(function(a: number) a) instance of function<number>->number", "true"},
              {"abs instance of function<number>->Any", "true"},
              {"1 instance of nosuch", "null"}});
}

TEST(feel_language, external_functions_are_a_fixed_table)
{
  expect_all(
      {{R"f({f: function(a, b) external {java: {class: "java.lang.Math", method signature: "max(int, int)"}}, r: f(1, 2)}.r)f",
        "2"},
       {R"f(for c in ["java.lang.Math"] return {f: function(a, b) external {java: {class: c, method signature: "max(int, int)"}}, r: f(1, 2)}.r)f",
        "[2]"},
       {R"f({f: function(a) external {java: {class: "java.lang.System", method signature: "exit(int)"}}, r: f(1)}.r)f",
        "null"}});
}

TEST(feel_language, what_an_expression_reads)
{
  Names names;
  names.add("child", Type::context({{"birth date", Type::Kind::date}}));
  names.add("income");
  names.add("unused");
  auto const expression = parse_expression("child.birth date < today() and income > 3 + income", names);
  ASSERT_TRUE(expression);
  EXPECT_EQ(expression->reads(), (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(expression->paths(), (std::vector<std::string>{"child.birth date", "income"}));
  EXPECT_TRUE(expression->reads_today());
  EXPECT_EQ(expression->constant(), nullptr);
  EXPECT_FALSE(parse_expression("income", names)->reads_today());
  EXPECT_EQ(to_string(*parse_expression("date(\"2026-01-01\").year + 1")->constant()), "2027");
}

TEST(feel_language, unary_tests)
{
  auto const test = [](std::string_view text, Value const& input) {
    auto const tests = parse_unary_tests(text, {}, {}, {}, Mode::conformance);
    if (!tests) return std::string("syntax");
    Evaluation evaluation;
    evaluation.mode = Mode::conformance;
    return to_string(tests->test(input, {}, evaluation));
  };
  EXPECT_EQ(test("-", Value()), "true");
  EXPECT_EQ(test("< 18", number(17)), "true");
  EXPECT_EQ(test("< 18, > 65", number(70)), "true");
  EXPECT_EQ(test("not(1, 2)", number(3)), "true");
  EXPECT_EQ(test("not(1, 2)", number(2)), "false");
  EXPECT_EQ(test("[1..5)", number(5)), "false");
  EXPECT_EQ(test("not((1..5])", number(1)), "true");
  EXPECT_EQ(test("\"a\", \"b\"", Value("b")), "true");
  EXPECT_EQ(test("null", Value()), "true");
  EXPECT_EQ(test("\"F\"", Value()), "false");
  EXPECT_EQ(test("? > 3 and ? < 6", number(4)), "true");
  EXPECT_EQ(test("ends with(?, \"x\")", Value("ax")), "true");
  EXPECT_EQ(test("count(?) = 2", Value(List{{number(1), number(2)}})), "true");
  EXPECT_EQ(test("[1, 2, 3]", number(2)), "true");
  EXPECT_EQ(test("-1", number(-1)), "true");
  EXPECT_EQ(test("!= 3", number(4)), "true");
  EXPECT_EQ(test("not(true) or true", Value(false)), "false");
}

}  // namespace
}  // namespace tutela::testing_feel
