// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tests of types: conformance, names, and how values are fitted to them.
#include "unit/feel/feel_testing.hpp"

namespace tutela::testing_feel {
namespace {

using Shape = Type::Kind;

TEST(feel_types, conformance_follows_structure)
{
  Type const narrow = Type::context({{"a", Shape::number}, {"b", Shape::string}});
  Type const wide = Type::context({{"a", Shape::number}});
  EXPECT_TRUE(conforms(narrow, wide));
  EXPECT_FALSE(conforms(wide, narrow));
  EXPECT_TRUE(conforms(Type::list(narrow), Type::list(wide)));
  EXPECT_TRUE(conforms(Shape::null, Shape::number));
  EXPECT_TRUE(conforms(Shape::number, Shape::any));
  EXPECT_FALSE(conforms(Shape::any, Shape::number));
  EXPECT_TRUE(conforms(Type::function({wide}, Shape::number), Type::function({narrow}, Shape::any)));
  EXPECT_FALSE(conforms(Type::function({narrow}, Shape::number), Type::function({wide}, Shape::number)));
  EXPECT_EQ(Type::context({{"a", Shape::number}, {"b", Shape::string}}),
            Type::context({{"b", Shape::string}, {"a", Shape::number}}));
}

TEST(feel_types, values_belong_to_types)
{
  EXPECT_TRUE(value_conforms(Value(), Shape::number));
  EXPECT_TRUE(value_conforms(Value::unknown("a"), Shape::number));
  EXPECT_FALSE(value_conforms(Value("a"), Shape::number));
  EXPECT_TRUE(value_conforms(Value(List{{number(1), Value()}}), Type::list(Shape::number)));
  EXPECT_FALSE(value_conforms(Value(Context{}), Type::context({{"a", Shape::number}})));
  EXPECT_EQ(to_string(type_of(Value(List{{number(1), number(2)}}))), "list<number>");
}

TEST(feel_types, names_in_both_spellings)
{
  EXPECT_EQ(to_string(*named_type("dateTime")), "date and time");
  EXPECT_EQ(to_string(*named_type("days and time duration")), "days and time duration");
  EXPECT_EQ(to_string(*named_type("yearMonthDuration")), "years and months duration");
  EXPECT_FALSE(named_type("person").has_value());
  EXPECT_EQ(to_string(Type::function({Shape::number}, Shape::boolean)), "function<number>->boolean");
}

TEST(feel_types, fitting_converts_as_the_standard_says)
{
  EXPECT_EQ(*fitted(Value(List{{number(5)}}), Shape::number), number(5));
  EXPECT_EQ(*fitted(number(5), Type::list(Shape::number)), Value(List{{number(5)}}));
  EXPECT_EQ(to_string(*fitted(Value(Date{2026, 1, 2}), Shape::date_time)), "@\"2026-01-02T00:00:00Z\"");
  EXPECT_FALSE(fitted(Value("a"), Shape::number).has_value());
  EXPECT_FALSE(fitted(Value(List{{number(1), number(2)}}), Shape::number).has_value());
  EXPECT_TRUE(fitted(Value::unknown("x"), Shape::number).has_value());
}

/// Numbers that pass the tests, under a name.
Type restricted(std::string const& name, std::string const& tests, Type const& type = Shape::number)
{
  auto const parsed = parse_unary_tests(tests, {}, type);
  return Type::restricted(type, name, [tests = *parsed](Value const& value, Evaluation& evaluation) {
    return truth_of(tests.test(value, {}, evaluation));
  });
}

/// Names with the types `small` (1 to 5), `smalls` (a list of them), `few` (at most two of them) and `pair`, and the
/// name `x` of any type.
Names restricted_names()
{
  Type const small = restricted("small", "[1..5]");
  Names names;
  names.add_type("small", small);
  names.add_type("smalls", Type::restricted(Type::list(small), "smalls", {}));
  names.add_type("few", restricted("few", "count(?) <= 2", Type::list(small)));
  names.add_type("pair", Type::restricted(Type::context({{"a", small}, {"b", Shape::number}}), "pair", {}));
  names.add("x");
  return names;
}

TEST(feel_types, a_value_outside_the_allowed_values_is_not_of_the_type)
{
  auto const names = restricted_names();
  auto const answer = [&](std::string_view text) { return conformance(text, names, {Value()}); };
  EXPECT_EQ(answer("[3 instance of small, 7 instance of small, null instance of small]"), "[true, false, false]");
  EXPECT_EQ(answer("[\"a\" instance of small, [3] instance of small]"), "[false, false]");
  EXPECT_EQ(answer("[[1, 5] instance of list<small>, [1, 6] instance of smalls, [] instance of smalls]"),
            "[true, false, true]");
  EXPECT_EQ(answer("[[1, 2] instance of few, [1, 2, 3] instance of few, [1, 7] instance of few]"),
            "[true, false, false]");
  EXPECT_EQ(answer("{a: 3, b: 7} instance of pair"), "true");
  EXPECT_EQ(answer("{a: 7, b: 3} instance of pair"), "false");
  EXPECT_EQ(answer("[{a: 3, b: 7, c: 1}] instance of list<pair>"), "true");
  EXPECT_EQ(answer("[1..5] instance of range<small>"), "true");
  EXPECT_EQ(answer("[1..6] instance of range<small>"), "false");
}

TEST(feel_types, an_argument_outside_the_allowed_values_is_no_argument)
{
  auto const names = restricted_names();
  auto const answer = [&](std::string_view text) { return conformance(text, names, {Value()}); };
  EXPECT_EQ(answer("(function(n: small) n + 1)(3)"), "4");
  EXPECT_EQ(answer("(function(n: small) \"any\")(7)"), "null");
  EXPECT_EQ(answer("(function(n: small) \"any\")(null)"), "\"any\"");
  EXPECT_EQ(answer("(function(n: small) n)([3])"), "3");
  EXPECT_EQ(answer("(function(n: small) n)([7])"), "null");
  EXPECT_EQ(answer("(function(n: list<small>) n)(3)"), "[3]");
  EXPECT_EQ(answer("(function(n: list<small>) n)(7)"), "null");
  EXPECT_EQ(answer("(function(n: few) n)([1, 2, 3])"), "null");
  EXPECT_EQ(answer("(function(p: pair) p.a)({a: 7, b: 1})"), "null");
  EXPECT_EQ(answer("(function(p: pair) p.a)({a: 5, b: 1})"), "5");
  // a function that takes all numbers takes these, not the other way about
  EXPECT_EQ(answer("(function(n: number) n) instance of function<small>->Any"), "true");
  EXPECT_EQ(answer("(function(n: small) n) instance of function<small>->Any"), "true");
  EXPECT_EQ(answer("(function(n: small) n) instance of function<number>->Any"), "false");
}

TEST(feel_types, restricted_types_are_read_back_by_their_names)
{
  auto const names = restricted_names();
  auto const parsed = parse_expression("function(n: small, l: list<small>, p: pair) n instance of small", names);
  ASSERT_TRUE(parsed);
  auto const again = parse_expression(parsed->to_string(), names);
  ASSERT_TRUE(again) << parsed->to_string();
  EXPECT_EQ(again->to_string(), parsed->to_string());
  EXPECT_NE(restricted("small", "[1..5]"), Type(Shape::number));
  EXPECT_TRUE(conforms(restricted("small", "[1..5]"), Shape::number));
  EXPECT_FALSE(conforms(Shape::number, restricted("small", "[1..5]")));
}

TEST(feel_types, what_is_open_is_of_a_restricted_type_only_where_every_completion_is)
{
  auto const names = restricted_names();
  std::vector<Value> const values{number(0), number(1), number(5), number(6), Value("a"), Value()};
  for (std::string const text :
       {"x instance of small", "[x, 2] instance of list<small>", "{a: x, b: 1} instance of pair",
        "(function(n: small) 1)(x)", "(function(n: small) n + 1)(x)", "(function(n: list<small>) count(n))([x, x])",
        "(function(p: pair) p.b)({a: x, b: 1})", "(function(n: few) 1)([x])"}) {
    for (auto const& one : values) {
      for (auto const& other : values) {
        auto const first = legal(text, names, {one});
        auto const second = legal(text, names, {other});
        auto const open = legal(text, names, {one_of("x", {one, other})});
        if (first == second || (first.is(Kind::error) && second.is(Kind::error))) continue;
        EXPECT_TRUE(open.is(Kind::unknown))
            << text << " of " << to_string(one) << " or " << to_string(other) << ": " << to_string(open);
      }
    }
    // of a fact that may be anything nothing follows
    EXPECT_TRUE(legal(text, names, {Value::unknown("x")}).is(Kind::unknown)) << text;
  }
  EXPECT_EQ(legal("x instance of small", names, {between("x", 2, 4)}), Value(true));
  EXPECT_EQ(legal("(function(n: small) 1)(x)", names, {between("x", 2, 4)}), number(1));
  EXPECT_TRUE(legal("(function(n: small) 1)(x)", names, {between("x", 2, 9)}).is(Kind::unknown));
  EXPECT_TRUE(legal("(function(n: small) 1)(x)", names, {between("x", 7, 9)}).is(Kind::error) ||
              legal("(function(n: small) 1)(x)", names, {between("x", 7, 9)}).is(Kind::unknown));
}

}  // namespace
}  // namespace tutela::testing_feel
