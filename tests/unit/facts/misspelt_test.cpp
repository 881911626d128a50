// SPDX-License-Identifier: Apache-2.0
#include <tutela/facts/misspelt.hpp>

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace tutela {
namespace {

std::vector<std::string> const facts{"child.at_school", "child.distance_km", "family.vulnerable", "person.birth_date",
                                     "person.sex"};

Schema schema_of(std::vector<std::string> const& names)
{
  std::vector<FactDeclaration> declarations;
  for (auto const& name : names) {
    FactDeclaration declaration;
    declaration.name = name;
    declarations.push_back(std::move(declaration));
  }
  return Schema(std::move(declarations));
}

Record record_of(std::vector<std::string> const& names)
{
  RecordBuilder builder;
  for (auto const& name : names) builder.set(name, Value(true));
  return std::move(builder).build().value();
}

TEST(Misspelt, a_slip_of_the_pen_is_seen)
{
  EXPECT_EQ(nearest_name("person.birthdate", facts), "person.birth_date");
  EXPECT_EQ(nearest_name("person.brith_date", facts), "person.birth_date");
  EXPECT_EQ(nearest_name("Person.Birth-Date", facts), "person.birth_date");
  EXPECT_EQ(nearest_name("familly.vulnerible", facts), "family.vulnerable");
  EXPECT_EQ(nearest_name("child.distance", facts), "child.distance_km");
  EXPECT_EQ(nearest_name("child.distance_km_to_school", facts), "child.distance_km");
  EXPECT_EQ(nearest_name("birth_date", facts), "person.birth_date");
  EXPECT_EQ(nearest_name("case.person.birth_date", facts), "person.birth_date");
}

TEST(Misspelt, another_name_is_not_taken_for_a_slip)
{
  EXPECT_EQ(nearest_name("person.birth_place", facts), "");
  EXPECT_EQ(nearest_name("family.income", facts), "");
  EXPECT_EQ(nearest_name("date", facts), "") << "the end of a word is no part of a name";
  EXPECT_EQ(nearest_name("", facts), "");
  EXPECT_EQ(nearest_name("sex", std::vector<std::string>{"age", "sum"}), "");
  EXPECT_EQ(nearest_name(std::string(100'000, 'a'), facts), "");
  EXPECT_EQ(nearest_name("person.birth_date", {}), "");
}

TEST(Misspelt, the_nearest_one_is_meant)
{
  EXPECT_EQ(nearest_name("abcdef_2", std::vector<std::string>{"abcdef_10", "abcdef_1"}), "abcdef_1");
}

TEST(Misspelt, facts_of_a_record_are_told_where_the_fact_that_was_meant_is_missing)
{
  auto const found =
      misspelt_facts(schema_of(facts), record_of({"person.birthdate", "person.language", "family.vulnerable"}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(to_string(found.front()),
            "person.birthdate: warning TUT-203: nothing reads a fact of this name; is person.birth_date meant?");
}

TEST(Misspelt, a_fact_beside_the_one_it_looks_like_is_another_one)
{
  EXPECT_TRUE(misspelt_facts(schema_of(facts), record_of({"person.birth_date", "person.birthdate"})).empty());
}

TEST(Misspelt, components_of_a_whole_are_facts_too)
{
  RecordBuilder builder;
  builder.set("child", Value(Context{{{"at_school", Value(true)}, {"distance", Value(true)}}}));
  auto const found = misspelt_facts(schema_of(facts), std::move(builder).build().value());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().place.pointer, "child.distance");
}

TEST(Misspelt, elements_of_a_list_are_not_judged)
{
  EXPECT_TRUE(misspelt_facts(schema_of({"needs"}), record_of({"needs[1]"})).empty());
}

TEST(Misspelt, a_fact_that_was_recorded_twice_is_told_once)
{
  RecordBuilder builder;
  for (int day = 1; day <= 2; ++day) {
    Source source;
    source.recorded = make_date(2026, 3, day);
    builder.set("person.birthdate", Value(true), source);
  }
  EXPECT_EQ(misspelt_facts(schema_of(facts), std::move(builder).build().value()).size(), 1U);
}

}  // namespace
}  // namespace tutela
