// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tests of legal mode: unknown, uncertain, none and errors stay apart.
#include "unit/feel/feel_testing.hpp"

namespace tutela::testing_feel {
namespace {

Names one_name(Type type = {}, std::string fact = "x")
{
  Names names;
  names.add("x", std::move(type), std::move(fact));
  return names;
}

Value with(std::string_view text, Value value) { return legal(text, one_name(), {std::move(value)}); }

std::vector<std::string> facts_of(Value const& value)
{
  return value.as_unknown() == nullptr ? std::vector<std::string>{} : value.as_unknown()->facts;
}

TEST(feel_legal, an_unknown_is_never_taken_for_a_value)
{
  Value const x = Value::unknown("x");
  for (std::string_view const text : {"x = 5", "x != 5", "x < 5", "x in (\"a\", \"b\")", "list contains([1, 2], x)",
                                      "x + 1", "x = null", "x in [1..10]", "if x < 5 then \"deny\" else \"grant\"",
                                      "x instance of number", "string length(x)", "x between 1 and 2", "-x"}) {
    Value const value = with(text, x);
    EXPECT_TRUE(value.is(Kind::unknown)) << text << " " << to_string(value);
    EXPECT_EQ(facts_of(value), std::vector<std::string>{"x"}) << text;
  }
}

TEST(feel_legal, a_dominant_operand_decides)
{
  Value const x = Value::unknown("x");
  EXPECT_EQ(with("x and false", x), Value(false));
  EXPECT_EQ(with("x or true", x), Value(true));
  EXPECT_EQ(with("1 + \"a\" = 2 and false", x), Value(false));
  EXPECT_EQ(with("some y in [x, true] satisfies y", x), Value(true));
  EXPECT_EQ(with("every y in [x, false] satisfies y", x), Value(false));
  EXPECT_EQ(with("if x then 1 else 1", x), number(1));
  EXPECT_TRUE(with("x and true", x).is(Kind::unknown));
}

TEST(feel_legal, finitely_many_possibilities_are_carried_through)
{
  Value const x = one_of("x", {number(14), number(15)});
  EXPECT_EQ(with("x < 18", x), Value(true));
  EXPECT_EQ(with("x = 3", x), Value(false));
  EXPECT_EQ(with("x + 1 in [15..16]", x), Value(true));
  EXPECT_EQ(with("if x < 18 then \"child\" else \"adult\"", x), Value("child"));
  Value const sum = with("x + 1", x);
  ASSERT_TRUE(sum.is(Kind::unknown));
  EXPECT_EQ(sum.as_unknown()->domain.values, (std::vector<Value>{number(15), number(16)}));
  Value const category = with("if x > 14 then \"b\" else \"a\"", x);
  ASSERT_TRUE(category.is(Kind::unknown));
  EXPECT_EQ(category.as_unknown()->domain.values.size(), 2U);
}

TEST(feel_legal, intervals_are_carried_through)
{
  Value const x = between("x", 10, 20);
  EXPECT_EQ(with("x < 21", x), Value(true));
  EXPECT_EQ(with("x * 2 >= 20", x), Value(true));
  EXPECT_EQ(with("x > 20", x), Value(false));
  EXPECT_EQ(with("x = 9", x), Value(false));
  EXPECT_EQ(with("max(x, 30)", x), number(30));
  EXPECT_EQ(with("sum([x, 1]) > 10", x), Value(true));
  Value const half = with("x / 2", x);
  ASSERT_TRUE(half.is(Kind::unknown));
  EXPECT_TRUE(half.as_unknown()->domain.approximate);
  EXPECT_EQ(half.as_unknown()->domain.range.low, number(5));
  EXPECT_EQ(with("1 / (x - 15) > -100", x).state(), State::unknown);
}

TEST(feel_legal, counting_and_filtering_with_unknown_items)
{
  Names names;
  names.add("children", {}, "children");
  auto const child = [](Value age) { return Value(Context{{{"age", std::move(age)}}}); };
  Value const children(
      List{{child(number(3)), child(one_of("second.age", {number(5), number(8)})), child(number(12))}});
  std::vector<Value> const slots{children};
  Value const young = legal("count(children[age < 6])", names, slots);
  ASSERT_TRUE(young.is(Kind::unknown));
  EXPECT_EQ(legal("count(children[age < 6]) >= 1", names, slots), Value(true));
  EXPECT_EQ(legal("count(children[age < 10])", names, slots), number(2));
  EXPECT_EQ(legal("count(children)", names, slots), number(3));
  EXPECT_EQ(legal("some c in children satisfies c.age > 10", names, slots), Value(true));
}

TEST(feel_legal, open_lists_may_have_more)
{
  Value const open(List{{number(1), number(5)}, false, {"children"}});
  Value const count = with("count(x)", open);
  ASSERT_TRUE(count.is(Kind::unknown));
  EXPECT_EQ(facts_of(count), std::vector<std::string>{"children"});
  EXPECT_EQ(with("count(x) >= 2", open), Value(true));
  EXPECT_TRUE(with("count(x) = 2", open).is(Kind::unknown));
  EXPECT_EQ(with("count(x) = 1", open), Value(false));
  EXPECT_EQ(with("list contains(x, 5)", open), Value(true));
  EXPECT_TRUE(with("list contains(x, 7)", open).is(Kind::unknown));
  EXPECT_EQ(with("some y in x satisfies y > 4", open), Value(true));
  EXPECT_TRUE(with("every y in x satisfies y > 0", open).is(Kind::unknown));
  EXPECT_EQ(with("max(x) >= 5", open), Value(true));
  EXPECT_TRUE(with("sum(x)", open).is(Kind::unknown));
}

TEST(feel_legal, a_missing_entry_of_a_fact_is_that_fact_unknown)
{
  Names names;
  names.add("child", {}, "child");
  Value const child(Context{{{"age", number(5)}}});
  EXPECT_EQ(facts_of(legal("child.income", names, {child})), std::vector<std::string>{"child.income"});
  EXPECT_EQ(facts_of(legal("child.parent.income > 3", names, {Value::unknown("child")})),
            std::vector<std::string>{"child.parent.income"});
  EXPECT_TRUE(legal("{a: 1}.b").is(Kind::error));
}

TEST(feel_legal, none_compares_only_with_null)
{
  EXPECT_EQ(with("x = null", Value()), Value(true));
  EXPECT_EQ(with("x != null", Value()), Value(false));
  EXPECT_EQ(with("x = null", number(1)), Value(false));
  EXPECT_TRUE(with("x = 5", Value()).is(Kind::error));
  EXPECT_TRUE(with("x < 5", Value()).is(Kind::error));
  EXPECT_TRUE(with("x + 1", Value()).is(Kind::error));
  EXPECT_TRUE(with("if x then 1 else 2", Value()).is(Kind::error));
  EXPECT_EQ(with("x = null or x < 5", Value()), Value(true));
}

TEST(feel_legal, uncertain_stays_uncertain)
{
  Value const x(Uncertain{{"father"}});
  EXPECT_TRUE(with("x = 5", x).is(Kind::uncertain));
  EXPECT_TRUE(with("x + 1 > 3 and true", x).is(Kind::uncertain));
  EXPECT_EQ(with("x = 5 and false", x), Value(false));
  EXPECT_EQ(with("is uncertain(x)", x), Value(true));
  Names names;
  names.add("x");
  names.add("y");
  Value const both = legal("x = 1 or y = 1", names, {x, Value::unknown("income")});
  ASSERT_TRUE(both.is(Kind::unknown));
  EXPECT_EQ(both.as_unknown()->facts, std::vector<std::string>{"income"});
  EXPECT_EQ(both.as_unknown()->uncertain, std::vector<std::string>{"father"});
}

TEST(feel_legal, a_possible_error_stays_possible)
{
  Value const x = one_of("x", {number(0), number(2)});
  Value const value = with("10 / x", x);
  ASSERT_TRUE(value.is(Kind::unknown));
  auto const& values = value.as_unknown()->domain.values;
  ASSERT_EQ(values.size(), 2U);
  EXPECT_TRUE(values[0].is(Kind::error));
  EXPECT_EQ(values[1], number(5));
  EXPECT_EQ(with("10 / x > 3 or true", x), Value(true));
}

TEST(feel_legal, causes_are_sorted_and_joined)
{
  Names names;
  names.add("b");
  names.add("a");
  Value const value = legal("b + a", names, {Value::unknown("b"), Value::unknown("a")});
  EXPECT_EQ(facts_of(value), (std::vector<std::string>{"a", "b"}));
}

TEST(feel_legal, unary_tests_say_what_is_missing)
{
  auto const test = [](std::string_view text, Value const& input) {
    auto const tests = parse_unary_tests(text);
    EXPECT_TRUE(tests) << text;
    Evaluation evaluation;
    return tests->test(input, {}, evaluation);
  };
  EXPECT_EQ(test("-", Value::unknown("x")), Value(true));
  EXPECT_EQ(truth_of(test("< 18", Value::unknown("x"))), Truth::unknown);
  EXPECT_EQ(truth_of(test("< 18", one_of("x", {number(3), number(4)}))), Truth::yes);
  EXPECT_EQ(truth_of(test("not(\"F\")", Value::unknown("sex"))), Truth::unknown);
  EXPECT_EQ(test("\"F\"", Value()), Value(false));
  EXPECT_EQ(test("not(\"F\")", Value()), Value(false));
  EXPECT_EQ(test("< 18", Value()), Value(false));
  EXPECT_EQ(test("null", Value()), Value(true));
  EXPECT_EQ(test("not(null)", Value()), Value(false));
  EXPECT_EQ(test("not(null)", number(3)), Value(true));
}

TEST(feel_legal, none_among_several_values_is_tested_as_none)
{
  auto const test = [](std::string_view text, std::vector<Value> values) {
    Evaluation evaluation;
    return parse_unary_tests(text)->test(one_of("x", std::move(values)), {}, evaluation);
  };
  Value const error(Fault{"it cannot be computed", {}});
  EXPECT_EQ(test("\"b\"", {Value(), Value("a")}), Value(false));
  EXPECT_EQ(test("not(\"b\")", {Value(), Value("a")}).as_unknown()->domain.values,
            (std::vector<Value>{Value(false), Value(true)}));
  EXPECT_EQ(test("\"b\"", {Value(), error}).as_unknown()->domain.values, (std::vector<Value>{Value(false), error}));
  EXPECT_EQ(test("null", {Value(), error}).as_unknown()->domain.values, (std::vector<Value>{Value(true), error}));
}

TEST(feel_legal, limits_on_possibilities_widen_to_an_interval)
{
  std::vector<Value> values;
  for (int value = 0; value < 20; ++value) values.push_back(number(value));
  Names names;
  names.add("x");
  names.add("y");
  Value const wide = legal("x * 100 + y", names, {one_of("x", values), one_of("y", values)});
  ASSERT_TRUE(wide.is(Kind::unknown));
  EXPECT_EQ(wide.as_unknown()->domain.kind, Domain::Kind::range);
  EXPECT_TRUE(wide.as_unknown()->domain.approximate);
  EXPECT_EQ(wide.as_unknown()->domain.range.high, number(1919));
}

TEST(feel_legal, names_out_of_scope_are_refused_at_load)
{
  EXPECT_FALSE(parse_expression("nowhere + 1"));
  EXPECT_TRUE(parse_expression("nowhere + 1", {}, {}, Mode::conformance));
}

}  // namespace

TEST(feel_legal, a_further_element_of_an_open_list_is_not_only_what_is_known_of_others)
{
  Names names;
  names.add("l", {}, "l");
  names.add("k", {}, "k");
  names.add("c", {}, "c");
  Domain two;
  two.kind = Domain::Kind::set;
  two.values = {Value(Decimal(1)), Value(Decimal(5))};
  std::vector<Value> const slots{Value(List{{Value(Unknown{{"n"}, {}, two})}, false, {"l"}}),
                                 Value(List{{}, false, {"k"}, std::make_shared<Value const>(Decimal(7))}),
                                 Value::unknown("c")};
  for (std::string const text :
       {"every x in l[item > 2] satisfies x < 10", "every x in concatenate(l, k) satisfies x < 10",
        "every x in (if c = 1 then (for y in k return 1) else (for y in k return 20)) satisfies x < 10"}) {
    auto const value = legal(text, names, slots);
    EXPECT_TRUE(value.is(Kind::unknown)) << text << " is " << to_string(value);
  }
}

TEST(feel_legal, what_an_open_list_may_turn_out_to_be_is_kept)
{
  Names names;
  names.add("l", {}, "l");
  names.add("t", {}, "t");
  names.add("k", {}, "k");
  names.add("u", {}, "u");
  Domain few;
  few.kind = Domain::Kind::set;
  few.values = {Value(Decimal(0)), Value(Decimal(1))};
  Domain mixed;
  mixed.kind = Domain::Kind::set;
  mixed.values = {Value(Decimal(1)), Value("a")};
  auto const further = std::make_shared<Value const>(Unknown{{"l"}, {}, few});
  std::vector<Value> const slots{Value(List{{}, false, {"l"}, further}), Value(List{{Value(true)}, false, {"t"}}),
                                 Value(List{{Value(Unknown{{"k"}, {}, few})}}), Value(Unknown{{"u"}, {}, mixed})};
  for (std::string const text :
       {"if l[1] > 3 then 1 else 1",                                   // there may be no first element
        "if list contains(for x in l return 1 / x, 2) then 1 else 1",  // or one that cannot be computed
        "if 2 in (for x in l return 1 / x) then 1 else 1", "(for x in l return 1 / x) instance of list<number>",
        "abs(l)", "not(t)", "{f: function(x: number) 5, r: f(l)}.r",       // one element stands for itself
        "{f: function(x: number) 5, r: f(u)}.r", "count(k[item]) = 5"}) {  // a position, not a condition
    auto const value = legal(text, names, slots);
    EXPECT_TRUE(value.is(Kind::unknown)) << text << " is " << to_string(value);
  }
  EXPECT_EQ(legal("list contains(l, 7)", names, slots), Value(false));
  EXPECT_EQ(legal("for x in l, y in [] return x", names, slots), Value(List{}));
  EXPECT_EQ(legal("k instance of list<string>", names, slots), Value(false));
  EXPECT_EQ(legal("(for x in l, y in t return x)", names, slots).as_list()->facts,
            (std::vector<std::string>{"l", "t"}));
}

TEST(feel_legal, too_many_lists_for_a_set_are_no_number)
{
  Domain digits;
  digits.kind = Domain::Kind::set;
  for (int i = 0; i < 3; ++i) digits.values.emplace_back(Decimal(i));
  auto const pair = Value(List{{Value(Unknown{{"a"}, {}, digits}), Value(Unknown{{"b"}, {}, digits})}});
  // 81 lists, of which none is the number that is asked for
  EXPECT_FALSE(with("{f: function(y: number) 5, r: f(flatten([x, x]))}.r", pair).is(Kind::number));
  Value const unknown(Unknown{{"x"}, {}, {}});
  EXPECT_FALSE(with("{f: function(y: number) 5, r: f(context put(x, \"k\", 1))}.r", unknown).is(Kind::number));
}

TEST(feel_legal, none_beside_what_cannot_be_known_is_kept)
{
  // null is no condition, and which of the two it is cannot be known
  Value const never_known(Uncertain{{"x"}});
  EXPECT_FALSE(with("if (if x = 1 then null else x = 2) then 5 else 5", never_known).is(Kind::number));
}

TEST(feel_legal, an_end_of_a_range_that_may_be_none_may_be_an_error)
{
  auto const end = one_of("x", {number(1), number(2), Value()});
  auto const two_names = [] {
    Names names;
    names.add("x", {}, "x");
    names.add("y", {}, "y");
    return names;
  };
  int booleans = 0;
  EXPECT_TRUE(with("1 in [2..x]", end).is(Kind::unknown));
  EXPECT_TRUE(with("not(1 in [2..x])", end).is(Kind::unknown));
  EXPECT_TRUE(with("if sum([x]) in [0] then 1 else 1", end).is(Kind::unknown));
  EXPECT_EQ(with("1 in [2..x]", one_of("x", {number(1), number(2)})), Value(false));
  // ends without an order are an error, also where the value lies beyond one of them
  EXPECT_TRUE(legal("4 in [y..x]", two_names(), {one_of("x", {number(1), number(2)}), Value(List{})}).is(Kind::error));
  EXPECT_TRUE(with("4 in [x..1]", one_of("x", {number(0), Value(List{})})).is(Kind::unknown));
  // a range that is a value may not descend
  EXPECT_TRUE(with("{r: [2..x], in: 1 in r}.in", one_of("x", {number(1), number(2)})).is(Kind::unknown));
  // what is not known may be the list itself
  auto const itself = [](std::string_view text, Value value) { return with(text, std::move(value)).is(Kind::unknown); };
  EXPECT_TRUE(itself("x in []", Value::unknown("x")));
  EXPECT_TRUE(itself("x in []", one_of("x", {Value(List{}), number(1)})));
  EXPECT_TRUE(itself("x in [2]", one_of("x", {Value(List{{number(2)}}), number(3)})));
  EXPECT_EQ(with("x in [2]", one_of("x", {number(1), number(3)})), Value(false));
  EXPECT_EQ(legal("x in []", one_name(Type(Type::Kind::number)), {Value::unknown("x")}), Value(false));
  // what is not known may be a list, in which nothing is an element like any other
  EXPECT_TRUE(with("null in x", Value::unknown("x")).is(Kind::unknown));
  EXPECT_TRUE(with("1 / 0 in x", Value::unknown("x")).is(Kind::unknown));
  auto const either =
      legal("(if y = 1 then null else 1 / 0) in x", two_names(), {Value::unknown("x"), Value::unknown("y")});
  for (auto const& each : either.as_unknown()->domain.values) booleans += each.is(Kind::boolean) ? 1 : 0;
  EXPECT_EQ(booleans, 2);
  EXPECT_TRUE(with("if (1 / x) instance of Any then 1 else 1", Value::unknown("x")).is(Kind::unknown));
}

TEST(feel_legal, errors_inside_lists_are_no_values)
{
  EXPECT_TRUE(legal("[1, 1 / 0] = [1, 2]").is(Kind::error));
  EXPECT_EQ(legal("[1, 1 / 0] = [2, 2]"), Value(false));
  EXPECT_TRUE(with("[1, 1 / 0] = [x, 2]", one_of("x", {number(1), number(2)})).is(Kind::unknown));
  // what is appended to a list that is not known may be an error, and the lists still differ in length
  EXPECT_TRUE(with("append(x, 1 / 0) = [1]", Value(Unknown{{"x"}, {}, {}})).is(Kind::unknown));
  // an error is an argument like any other, so the call need not fail
  EXPECT_TRUE(
      with("{f: function(y: number) 5, r: f(if x = 1 then 1 / 0 else [1, 2])}.r", one_of("x", {number(1), number(2)}))
          .is(Kind::unknown));
  // the one element of a list that is taken for it is no argument when it is an error
  EXPECT_TRUE(
      with("{f: function(y: number) 5, r: f([1 / x])}.r", one_of("x", {number(0), number(1)})).is(Kind::unknown));
  EXPECT_EQ(with("{f: function(y: number) 5, r: f([x])}.r", one_of("x", {Value(), number(1)})), number(5));
  EXPECT_EQ(with("{f: function(y: number) 5, r: f([x])}.r", one_of("x", {number(0), number(1)})), number(5));
  EXPECT_TRUE(with("abs(index of(x, 1))", Value(List{{}, false, {"x"}})).is(Kind::unknown));
  // a list of one element is taken for it, also where it is one of two lists
  auto const negated =
      with("not(x)", one_of("x", {Value(List{{Value(true)}}), Value(List{{Value(true), Value(true)}})}));
  ASSERT_TRUE(negated.is(Kind::unknown));
  EXPECT_EQ(negated.as_unknown()->domain.values.front(), Value(false));
  EXPECT_TRUE(negated.as_unknown()->domain.values.back().is(Kind::error));
  EXPECT_TRUE(with("not(x)", between("x", 1, 3)).is(Kind::error));
  auto const open = with("x = [1, 1 / 0]", Value(List{{number(1)}, false, {"x"}}));
  ASSERT_TRUE(open.is(Kind::unknown));
  EXPECT_EQ(open.as_unknown()->domain.values.size(), 3U);
  // there may be no such element
  EXPECT_TRUE(with("if x[-1].a != null then 1 else 1", Value(List{{}, false, {"x"}})).is(Kind::unknown));
}

}  // namespace tutela::testing_feel
