// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tests that a printed tree is read back as the same tree.
#include "feel/program.hpp"
#include "unit/feel/feel_testing.hpp"
#include "unit/feel/random_expressions.hpp"

namespace tutela::testing_feel {
namespace {

Names scope()
{
  Names names;
  for (char const* const name : {"a", "b", "c", "p", "q", "l", "monthly income"}) names.add(name);
  return names;
}

void expect_read_back(std::string const& text, Names const& names)
{
  auto const first = parse_expression(text, names, {}, Mode::conformance);
  ASSERT_TRUE(first) << text << "\n" << to_string(first.diagnostics());
  std::string const printed = first->to_string();
  auto const second = parse_expression(printed, names, {}, Mode::conformance);
  ASSERT_TRUE(second) << text << "\n" << printed << "\n" << to_string(second.diagnostics());
  EXPECT_TRUE(detail::same_tree(first->program(), second->program())) << text << "\n"
                                                                      << printed << "\n"
                                                                      << second->to_string();
}

TEST(feel_printer, each_form_is_read_back)
{
  Names const names = scope();
  for (char const* const text : {"monthly income + 1",
                                 "-a ** 2",
                                 "a - (b - c)",
                                 "x[1]",
                                 "[{v: 1}][v = 1].v",
                                 "if p then a else b",
                                 "a between 1 and 2",
                                 "a in (1, < 3, [4..5))",
                                 "a in (= 3)",
                                 "a in [1..3]",
                                 "a in ? > 3",
                                 "(< 5)",
                                 "(!= 5)",
                                 "]1..2[",
                                 "function(n: number) n + a",
                                 "function(n) external {java: {class: \"C\", method signature: \"m()\"}}",
                                 "{\"a b\": 1, c: a b}.a b",
                                 "some x in l, y in 1..3 satisfies x = y",
                                 "a instance of list<number>",
                                 "a instance of function<number, string>->boolean",
                                 "date and time(\"2026-01-01T00:00:00\").time offset",
                                 "sum(list: l)",
                                 "\"q\\\"\\n\"",
                                 "1.0",
                                 "l[item > 3][1]",
                                 "\"a\".b(1)(2)",
                                 "not(p) and (q or p)"}) {
    expect_read_back(text, names);
  }
}

TEST(feel_printer, random_trees_are_read_back)
{
  Names const names = scope();
  RandomExpressions random(20260301);
  for (int count = 0; count < 3'000; ++count) {
    expect_read_back(random.any(4), names);
    if (HasFatalFailure() || HasNonfatalFailure()) return;
  }
}

TEST(feel_printer, unary_tests_are_read_back)
{
  for (char const* const text : {"-", "< 18", "not(\"a\", \"b\")", "[1..5), > 10", "? > 3", "null", "-1"}) {
    auto const first = parse_unary_tests(text);
    ASSERT_TRUE(first) << text;
    auto const second = parse_unary_tests(first->to_string());
    ASSERT_TRUE(second) << first->to_string();
    EXPECT_TRUE(detail::same_tree(first->program(), second->program())) << text;
  }
}

TEST(feel_printer, a_long_chain_is_printed_within_the_limit_of_nesting)
{
  Names const names = scope();
  for (std::string const link : {" + b", " - b", " * b", " / b", " ** b"}) {
    std::string text = "a";
    for (int i = 0; i < 300; ++i) text += link;
    expect_read_back(text, names);
  }
  std::string signs(300, '-');
  signs += 'a';
  expect_read_back(signs, names);
  EXPECT_EQ(parse_expression("a - (b - c) - -(-a * b / c) * b", names)->to_string(),
            "a - (b - c) - ((-((-a) * b / c)) * b)");
}

TEST(feel_printer, a_name_that_looks_like_an_expression_is_told_from_it)
{
  Names names;
  for (char const* const name :
       {"income", "costs", "income - costs", "x", "y", "x and y", "law", "law.age", "income * costs"})
    names.add(name);
  for (char const* const text :
       {"income-costs", "income - costs", "(x) and y", "x and y", "(law).age", "law.age", "(income) * costs",
        "if (x) and y then law.age else (law).age", "function(a+) a+ + x", "(income - costs) - costs"})
    expect_read_back(text, names);
  EXPECT_EQ(parse_expression("income-costs", names)->to_string(), "(income) - (costs)");
  Names plain;
  for (char const* const name : {"date of birth", "x"}) plain.add(name);
  EXPECT_EQ(parse_expression("date of birth-x", plain)->to_string(), "date of birth - x");
}

}  // namespace
}  // namespace tutela::testing_feel
