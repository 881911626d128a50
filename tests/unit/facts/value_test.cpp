// SPDX-License-Identifier: Apache-2.0
#include <tutela/facts/value.hpp>

#include <limits>

#include <gtest/gtest.h>

namespace tutela {
namespace {

TEST(Value, KeepsItsFiveStatesApart)
{
  EXPECT_EQ(Value(true).state(), State::known);
  EXPECT_EQ(Value{}.state(), State::none);
  EXPECT_EQ(Value::unknown("person.income").state(), State::unknown);
  EXPECT_EQ(Value(Uncertain{{"father"}}).state(), State::uncertain);
  EXPECT_EQ(Value(Fault{"division by zero", "rule 3"}).state(), State::error);
}

TEST(Value, EveryKindIsFoundAgain)
{
  Value const values[]{Value(true),
                       Value(Decimal(3)),
                       Value("text"),
                       Value(Date{2026, 3, 1}),
                       Value(Time{9, 30, 0, 0, {}}),
                       Value(DateTime{{2026, 3, 1}, {9, 30, 0, 0, {}}}),
                       Value(DaysDuration{90, 0}),
                       Value(MonthsDuration{15}),
                       Value(List{{Value(true)}}),
                       Value(Context{{{"a", Value(true)}}}),
                       Value(Range{Value(Decimal(1)), Value(Decimal(2))})};
  int kind = static_cast<int>(Kind::boolean);
  for (auto const& value : values) {
    EXPECT_EQ(static_cast<int>(value.kind()), kind++);
    EXPECT_EQ(value, Value(value));
    EXPECT_NE(value, Value{});
  }
}

TEST(Value, ComparesByMeaning)
{
  EXPECT_EQ(Value(*Decimal::parse("1.0")), Value(Decimal(1)));
  EXPECT_EQ(Value(Context{{{"a", Value(true)}, {"b", Value{}}}}), Value(Context{{{"b", Value{}}, {"a", Value(true)}}}));
  EXPECT_NE(Value(List{{Value(true)}}), Value(List{{Value(true)}, false}));
  EXPECT_NE(Value::unknown("a"), Value::unknown("b"));
}

TEST(Value, IsPrintedAsFeelWritesIt)
{
  EXPECT_EQ(to_string(Value(List{{Value("a\"b"), Value{}, Value(Decimal(2))}})), "[\"a\\\"b\", null, 2]");
  EXPECT_EQ(to_string(Value(Date{2026, 3, 1})), "@\"2026-03-01\"");
  EXPECT_EQ(to_string(Value(Time{9, 5, 0, 500'000'000, {Zone::Kind::offset, -5400, {}}})), "@\"09:05:00.5-01:30\"");
  EXPECT_EQ(to_string(Value(DaysDuration{-90'061, 0})), "@\"-P1DT1H1M1S\"");
  EXPECT_EQ(to_string(Value(DaysDuration{INT64_MIN, 0})), "@\"-P106751991167300DT15H30M8S\"");
  EXPECT_EQ(to_string(Value(MonthsDuration{14})), "@\"P1Y2M\"");
  EXPECT_EQ(to_string(Value(MonthsDuration{0})), "@\"P0M\"");
  EXPECT_EQ(to_string(Value(Range{Value(Decimal(1)), Value{}, false, false})), "(1..)");
  EXPECT_EQ(to_string(Value::unknown("person.age")), "unknown(person.age)");
}

TEST(Value, KnowsHowLargeItIs)
{
  EXPECT_EQ(Value(Decimal(1)).extent().parts, 1U);
  EXPECT_EQ(Value(std::string(640, 'a')).extent().parts, 11U);
  Value list(List{{Value(Decimal(1)), Value()}});
  EXPECT_EQ(list.extent().parts, 3U);
  EXPECT_EQ(list.extent().depth, 2U);
  EXPECT_FALSE(list.extent().open);
  Value const context(Context{{{"a", list}, {"b", list}}});
  EXPECT_EQ(context.extent().parts, 7U);
  EXPECT_EQ(context.extent().depth, 3U);
  EXPECT_TRUE(Value(List{{Value::unknown("x")}}).extent().open);
  EXPECT_TRUE(Value(List{{}, false, {}}).extent().open);
  EXPECT_TRUE(Value(Context{{{"a", Value(List{{}, false, {}})}}}).extent().open);
  EXPECT_TRUE(Value(Range{Value(Uncertain{{"x"}}), Value()}).extent().open);
  EXPECT_FALSE(Value(Fault{"wrong", "here"}).extent().open);
  for (int i = 0; i < 100; ++i) list = Value(List{{list, list}});
  EXPECT_EQ(list.extent().parts, std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(list, list);  // shared parts are compared once
}

}  // namespace
}  // namespace tutela
