// SPDX-License-Identifier: Apache-2.0
#include <tutela/facts/record.hpp>

#include <gtest/gtest.h>

namespace tutela {
namespace {

Date day(int year, int month, int day_of_month) { return make_date(year, month, day_of_month).value(); }

TEST(Record, AMissingFactIsUnknownAndNamesItself)
{
  Record const record;
  Value const value = record.value("person.income");
  ASSERT_EQ(value.state(), State::unknown);
  EXPECT_EQ(value.as_unknown()->facts, std::vector<std::string>{"person.income"});
}

TEST(Record, ReplaysWhatWasKnownOnADay)
{
  Source const first{"register", day(2026, 1, 10), {}};
  Source const corrected{"register", day(2026, 2, 20), {}};
  Record const record = RecordBuilder{}
                            .set("person.birth_date", Value(day(2012, 5, 4)), first)
                            .set("person.birth_date", Value(day(2012, 5, 5)), corrected)
                            .build()
                            .value();
  EXPECT_EQ(record.value("person.birth_date"), Value(day(2012, 5, 5)));
  EXPECT_EQ(record.value("person.birth_date", {}, day(2026, 2, 1)), Value(day(2012, 5, 4)));
  EXPECT_EQ(record.value("person.birth_date", {}, day(2026, 1, 1)).state(), State::unknown);
}

TEST(Record, SourcesThatDisagreeLeaveTheFactOpen)
{
  Source const school{"school", day(2026, 1, 10), {}};
  Source const civil_register{"register", day(2026, 2, 20), {}};
  Source const later{"register", day(2026, 3, 1), {}};
  auto const of = [&](std::vector<std::pair<Value, Source>> const& said) {
    RecordBuilder builder;
    for (auto const& [value, source] : said) builder.set("a", value, source);
    return std::move(builder).build().value();
  };
  Value const one(Decimal(1));
  Value const two(Decimal(2));
  auto const open = of({{one, school}, {two, civil_register}}).value("a");
  ASSERT_NE(open.as_unknown(), nullptr);
  EXPECT_EQ(open.as_unknown()->domain.values, (std::vector{one, two}));
  EXPECT_EQ(of({{one, school}, {two, civil_register}}).value("a", {}, day(2026, 2, 1)), one)
      << "before the other spoke";
  EXPECT_EQ(of({{one, school}, {one, civil_register}}).value("a"), one);
  EXPECT_EQ(of({{one, school}, {two, civil_register}, {one, later}}).value("a"), one)
      << "the register corrected itself";
  EXPECT_EQ(of({{one, school}, {Value(Uncertain{{"a"}}), Source{"aunt", day(2026, 1, 1), {}}}}).value("a"), one);
  auto const march = Source{"employer", {}, {day(2026, 3, 1), day(2026, 4, 1)}};
  auto const april = Source{"register", {}, {day(2026, 4, 1), {}}};
  EXPECT_EQ(of({{one, march}, {two, april}}).value("a", day(2026, 4, 2)), two) << "they speak of different days";
}

TEST(Record, FactsHoldOnTheirDaysOnly)
{
  Source const spring{"school", {}, {day(2026, 3, 1), day(2026, 6, 1)}};
  Record const record = RecordBuilder{}.set("person.enrolled", Value(true), spring).build().value();
  EXPECT_EQ(record.value("person.enrolled", day(2026, 5, 31)), Value(true));
  EXPECT_EQ(record.value("person.enrolled", day(2026, 6, 1)).state(), State::unknown);
}

TEST(Record, ReportsEverythingThatIsWrong)
{
  auto const result = RecordBuilder{}
                          .set("a", Value(true))
                          .set("a", Value(false))
                          .set("", Value(true))
                          .set("b .c", Value(true))
                          .set("d", Value(Fault{"broken", ""}))
                          .set("e", Value(true), {"", {}, {day(2026, 2, 1), day(2026, 1, 1)}})
                          .build();
  ASSERT_FALSE(result);
  std::vector<Code> codes;
  for (auto const& diagnostic : result.diagnostics()) codes.push_back(diagnostic.code);
  EXPECT_EQ(codes.size(), 5U) << to_string(result.diagnostics());
}

TEST(Record, NamesAreThoseOfFeel)
{
  for (auto const* name : {"Applicant Age", "дитина.дата народження", "a/b", "x1"})
    EXPECT_TRUE(RecordBuilder{}.set(name, Value(true)).build()) << name;
  for (auto const* name : {" a", "a ", "a..b", ".a", "a.", "a. b", "a  b", "a\nb", "\xC3"})
    EXPECT_FALSE(RecordBuilder{}.set(name, Value(true)).build()) << name;
}

TEST(Record, IsBounded)
{
  RecordBuilder builder;
  for (int i = 0; i < 5; ++i) builder.set("f" + std::to_string(i), Value(true));
  Limits limits;
  limits.facts = 4;
  auto const result = std::move(builder).build(limits);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.diagnostics().front().code, Code::limit_reached);
}

TEST(RecordBuilder, RefusesAValueWithTooManyParts)
{
  Value doubled(Decimal(1));
  for (int i = 0; i < 60; ++i) doubled = Value(List{{doubled, doubled}});
  auto const large = RecordBuilder().set("x", doubled).build();
  ASSERT_FALSE(large);
  EXPECT_EQ(large.diagnostics().front().code, Code::limit_reached);
  Value deep(Decimal(1));
  for (int i = 0; i < 5'000; ++i) deep = Value(List{{deep}});
  EXPECT_FALSE(RecordBuilder().set("x", deep).build());
}

}  // namespace
}  // namespace tutela
