// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <tutela/model/record_kind.hpp>

namespace tutela {
namespace {

RecordField field(std::string name, FieldType type)
{
  RecordField made;
  made.type = type;
  made.declaration.name = std::move(name);
  return made;
}

RecordKind visit()
{
  RecordKind kind;
  kind.kind = "visit";
  kind.name = Text("visit");
  kind.time = RecordTime::required;
  kind.fields = {field("people", FieldType::count), field("mode", FieldType::text),
                 field("day", FieldType::date),     field("about", FieldType::list),
                 field("hours", FieldType::number), field("paid", FieldType::boolean),
                 field("rest", FieldType::object)};
  kind.fields[1].declaration.allowed = {Value("online"), Value("in_person")};
  kind.fields[1].required = true;
  kind.fields[3].refers_to = "visit";
  kind.fields[4].declaration.range = {Value(Decimal(0)), Value(Decimal(24)), true, true};
  return kind;
}

GenericRecord record(std::vector<std::pair<std::string, Value>> details)
{
  GenericRecord made;
  made.id = "one";
  made.kind = "visit";
  made.name = Text("visit");
  made.from = PartialDate{2026, 3, 0};
  made.details.entries = std::move(details);
  return made;
}

std::vector<std::string> wrong(std::vector<GenericRecord> const& records)
{
  std::vector<std::string> places;
  for (auto const& found : check_records(RecordKinds::build({visit()}).value(), records))
    places.push_back(found.place.pointer);
  return places;
}

Value about(std::int64_t value)
{
  return Value(Context{{{"value", Value(Decimal(value))}, {"approximate", Value(true)}}});
}

TEST(RecordKinds, AWellFormedRecordIsAccepted)
{
  EXPECT_EQ(wrong({record({{"mode", Value("online")},
                           {"people", about(180)},
                           {"day", Value("2026-03-01")},
                           {"about", Value(List{{Value("one")}})},
                           {"hours", Value(Decimal(2))},
                           {"paid", Value(false)},
                           {"rest", Value(Context{{{"a", Value(Decimal(1))}}})}})}),
            std::vector<std::string>{});
  EXPECT_EQ(wrong({record({{"mode", Value("online")}, {"people", Value()}})}), std::vector<std::string>{})
      << "null is as if the field were not there";
}

TEST(RecordKinds, EverythingWrongIsLocated)
{
  auto one = record({{"people", Value(Decimal(-1))},
                     {"day", Value("2026-02-30")},
                     {"about", Value(List{{Value("one"), Value("nobody"), Value(true)}})},
                     {"hours", Value(Decimal(25))},
                     {"paid", Value("yes")},
                     {"cost/a~b", Value(Decimal(1))}});
  one.until = PartialDate{2026, 2, 28};
  auto two = record({{"mode", Value("by_letter")}, {"people", Value("many")}});
  two.from.reset();
  two.name = {};
  auto three = record({});
  three.id.clear();
  three.kind = "voyage";
  EXPECT_EQ(
      wrong({one, two, three}),
      (std::vector<std::string>{"/records/0/until", "/records/0/details/people", "/records/0/details/day",
                                "/records/0/details/about/1", "/records/0/details/about/2", "/records/0/details/hours",
                                "/records/0/details/paid", "/records/0/details/cost~1a~0b", "/records/0/details/mode",
                                "/records/1/id", "/records/1/name", "/records/1/from", "/records/1/details/mode",
                                "/records/1/details/people", "/records/2/id", "/records/2/kind"}));
}

TEST(RecordKinds, WhatJsonCannotSayIsNoDetail)
{
  EXPECT_EQ(wrong({record({{"mode", Value("online")}, {"rest", Value(List{{Value(), Value(Date{2026, 1, 1})}})}})}),
            std::vector<std::string>{"/records/0/details/rest/1"});
  EXPECT_EQ(wrong({record({{"mode", Value("online")}, {"rest", Value(*Decimal::parse("1234567890123456"))}})}),
            std::vector<std::string>{"/records/0/details/rest"});
}

TEST(RecordKinds, ACountMayBeAboutSoManyAndNothingElse)
{
  auto const one = record({{"people", about(180)}, {"hours", Value(Decimal(2))}});
  EXPECT_EQ(number_in(one, "people"), (Counted{Decimal(180), true}));
  EXPECT_EQ(number_in(one, "hours"), (Counted{Decimal(2), false}));
  EXPECT_FALSE(number_in(one, "mode"));
  for (auto const& entries : std::vector<std::vector<std::pair<std::string, Value>>>{
           {{"approximate", Value(true)}},
           {{"value", Value(Decimal(1))}, {"about", Value(true)}},
           {{"value", Value(Decimal(1))}, {"approximate", Value("yes")}},
           {{"value", Value(*Decimal::parse("1.5"))}}})
    EXPECT_EQ(wrong({record({{"mode", Value("online")}, {"people", Value(Context{entries})}})}),
              std::vector<std::string>{"/records/0/details/people"});
}

TEST(RecordKinds, DeclarationsAreCheckedWhole)
{
  auto kind = visit();
  kind.kind = "Visit";
  kind.name = {};
  kind.fields[0].declaration.allowed = {Value("a")};
  kind.fields[1].declaration.name = "people";
  kind.fields[2].refers_to = "visit";
  kind.fields[3].refers_to = "nobody";
  kind.fields[5].declaration.range.low = Value(Decimal(0));
  kind.identities = {{{"people", "mode"}, {}, {}}};
  auto const refused = RecordKinds::build({kind, visit(), visit()});
  ASSERT_FALSE(refused);
  std::vector<std::string> places;
  for (auto const& found : refused.diagnostics()) places.push_back(found.place.pointer);
  EXPECT_EQ(places, (std::vector<std::string>{
                        "/kinds/0/kind", "/kinds/0/name", "/kinds/0/fields/0/values", "/kinds/0/fields/1/name",
                        "/kinds/0/fields/2/refers_to", "/kinds/0/fields/5/from", "/kinds/0/identities/0",
                        "/kinds/0/identities/0", "/kinds/2/kind", "/kinds/0/fields/3/refers_to"}));
}

TEST(RecordKinds, AKindHasNotMoreFieldsThanARecordCanBeCheckedFor)
{
  auto kind = visit();
  kind.identities = {{std::vector<std::string>(100, "people"), {}, std::vector<std::string>(100, "people")}};
  auto const refused = RecordKinds::build({kind});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.diagnostics()[0].code, Code::limit_reached);
}

TEST(RecordKinds, DataThatStayWithTheirTeamMakeTheKindStayToo)
{
  auto kind = visit();
  kind.fields[1].declaration.category = "reproductive_health";
  auto const refused = RecordKinds::build({kind});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.diagnostics()[0].place.pointer, "/kinds/0/team_only");
  kind.team_only = true;
  EXPECT_TRUE(RecordKinds::build({kind}));
}

TEST(RecordKinds, AKindThatIsThereAlreadyIsNotDeclaredAgain)
{
  auto const known = RecordKinds::build({visit()}).value();
  EXPECT_FALSE(RecordKinds::build({visit()}, known));
  auto further = visit();
  further.kind = "trip";
  auto const both = RecordKinds::build({further}, known).value();
  EXPECT_NE(both.find("trip"), nullptr);
  EXPECT_NE(both.find("visit"), nullptr);
  EXPECT_EQ(both.find("voyage"), nullptr);
}

}  // namespace
}  // namespace tutela
