// SPDX-License-Identifier: Apache-2.0
#include <tutela/facts/schema.hpp>

#include <gtest/gtest.h>

namespace tutela {
namespace {

FactDeclaration declared(std::string name, Kind type)
{
  FactDeclaration declaration;
  declaration.name = std::move(name);
  declaration.type = type;
  return declaration;
}

TEST(Schema, ChecksTypeRangeAndAllowedValues)
{
  auto age = declared("person.age", Kind::number);
  age.range = {Value(Decimal(0)), Value(Decimal(130)), true, false};
  auto sex = declared("person.sex", Kind::string);
  sex.allowed = {Value("female"), Value("male")};
  Schema const schema({sex, age});
  Record const record = RecordBuilder{}
                            .set("person.age", Value(Decimal(130)))
                            .set("person.sex", Value("f"))
                            .set("other.fact", Value(true))
                            .build()
                            .value();
  auto const findings = schema.check(record);
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].code, Code::out_of_range);
  EXPECT_EQ(findings[0].place.pointer, "person.age");
  EXPECT_EQ(findings[1].code, Code::not_allowed);
  EXPECT_EQ(findings[1].what.find('f'), findings[1].what.find("f t"));  // the value itself is not repeated
}

TEST(Schema, EveryElementThatIsNotAllowedIsToldWithItsPlace)
{
  auto needs = declared("child.needs", Kind::list);
  needs.element_type = Kind::string;
  needs.allowed_elements = {Value("school"), Value("housing")};
  auto ages = declared("ages", Kind::list);
  ages.element_type = Kind::number;
  ages.element_range = {Value(Decimal(0)), Value(Decimal(17)), true, true};
  Schema const schema({needs, ages});
  Value const given(List{{Value("school"), Value("huosing"), Value(), Value::unknown("child.needs"), Value(true)}});
  auto const findings = schema.check(RecordBuilder{}
                                         .set("child.needs", given)
                                         .set("ages", Value(List{{Value(Decimal(17)), Value(Decimal(18))}}))
                                         .build()
                                         .value());
  ASSERT_EQ(findings.size(), 3U) << to_string(findings);
  EXPECT_EQ(findings[0].code, Code::out_of_range);
  EXPECT_EQ(findings[0].place.pointer, "ages[2]");
  EXPECT_EQ(findings[1].code, Code::not_allowed);
  EXPECT_EQ(findings[1].place.pointer, "child.needs[2]");
  EXPECT_EQ(findings[1].mend, "use one of: \"school\", \"housing\"");
  EXPECT_EQ(findings[1].what.find("huosing"), std::string::npos);
  EXPECT_EQ(findings[2].code, Code::wrong_type);
  EXPECT_EQ(findings[2].place.pointer, "child.needs[5]");
  EXPECT_TRUE(check(needs, given)) << "one value by itself is refused too";
  EXPECT_FALSE(check(needs, Value(List{{Value("housing")}})));
  EXPECT_EQ(unbounded_kind(needs), Kind::error) << "a setter must look at the elements";
}

TEST(Schema, NoneNeedsPermissionAndUnknownDoesNot)
{
  auto income = declared("family.income", Kind::number);
  EXPECT_TRUE(check(income, Value{}));
  income.optional = true;
  EXPECT_FALSE(check(income, Value{}));
  EXPECT_FALSE(check(income, Value::unknown("family.income")));
  EXPECT_FALSE(check(income, Value(Uncertain{{"family.income"}})));
}

TEST(Schema, ChecksEachValueThatRemainsPossible)
{
  auto age = declared("person.age", Kind::number);
  age.range = {Value(Decimal(0)), Value(Decimal(17)), true, true};
  Unknown unknown;
  unknown.facts = {"person.age"};
  unknown.domain.kind = Domain::Kind::set;
  unknown.domain.values = {Value(Decimal(14)), Value(Decimal(15))};
  EXPECT_FALSE(check(age, Value(unknown)));
  unknown.domain.values.push_back(Value(Decimal(18)));
  EXPECT_TRUE(check(age, Value(unknown)));
}

TEST(Schema, ALaterDeclarationReplacesAnEarlierOne)
{
  Schema const schema({declared("a", Kind::number), declared("a", Kind::string)});
  ASSERT_EQ(schema.declarations().size(), 1U);
  EXPECT_EQ(schema.find("a")->type, Kind::string);
  EXPECT_EQ(schema.find("b"), nullptr);
}

}  // namespace
}  // namespace tutela
