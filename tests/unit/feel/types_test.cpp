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

}  // namespace
}  // namespace tutela::testing_feel
