// SPDX-License-Identifier: Apache-2.0
#include <tutela/io/pmml.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <filesystem>
#include <random>

#include <nlohmann/json.hpp>

#include "../risk/support.hpp"

namespace tutela {
namespace {

/// A scale of made-up points with every kind of fact and condition that a Scorecard can say.
constexpr auto made_up = R"({
  "format": "tutela-instrument/1", "id": "test/made_up", "version": "1.0.0", "title": {"en": "made up"},
  "status": "demo", "outcome": "need", "rights": {"holder": "nobody", "licence": "none", "consent_needed": false},
  "sources": [{"act": "invented", "source": "nowhere", "grade": "unverified"}], "norm": {"en": "no norm"},
  "age_rule": {"leapling": "on_1_march", "reached": "on_birthday"},
  "applicability": {"population": {"en": "nobody"}, "jurisdictions": [], "recorded_act": [], "rules": []},
  "facts": [
    {"id": "home", "fact": "person.housing", "type": "choice", "values": ["own", "rented", "no fixed \"abode\""], "missing": "bounds", "label": {"en": "x"}, "category": "housing"},
    {"id": "work", "fact": "person.work", "type": "flag", "missing": {"assume": false}, "label": {"en": "x"}, "category": "work"},
    {"id": "moves", "fact": "person.moves", "type": "number", "from": "0", "to": "40", "missing": "bounds", "label": {"en": "x"}, "category": "housing"},
    {"id": "rate", "fact": "person.rate", "type": "number", "from": "0", "to": "100", "decimals": 1, "missing": "bounds", "label": {"en": "x"}, "category": "housing"}
  ],
  "items": [
    {"id": "base", "label": {"en": "base"}, "value": "2"},
    {"id": "housing", "label": {"en": "housing"}, "value": {"table": [
      {"when": {"home": "own"}, "value": "-1"}, {"when": {"home": ["rented", "no fixed \"abode\""], "work": true}, "value": "1.5"},
      {"value": "3"}]}},
    {"id": "working", "label": {"en": "working"}, "when": {"work": true}, "value": "-0.25"},
    {"id": "moving", "label": {"en": "moving"}, "when": {"home": "rented"}, "value": {"table": [
      {"when": {"moves": ["0", "1"]}, "value": "0"}, {"when": {"moves": {"from": "2", "below": "5"}}, "value": "1"},
      {"value": "4"}]}, "direction": {"moves": "up"}},
    {"id": "rating", "label": {"en": "rating"}, "value": {"table": [{"when": {"rate": {"above": "50.5"}}, "value": "2"}, {"value": "0"}]}}
  ],
  "total_unit": "points", "band_of": "total",
  "bands": [{"id": "low", "label": {"en": "low"}, "below": "4"}, {"id": "high", "label": {"en": "high"}, "from": "4"}]
})";

Record person_of(Instrument const& scale, std::mt19937& random)
{
  RecordBuilder builder;
  for (auto const& fact : scale.description().facts) {
    if (random() % 5 == 0) continue;
    auto const& declared = fact.declaration;
    if (declared.type == Kind::string)
      builder.set(declared.name, declared.allowed[random() % declared.allowed.size()]);
    else if (declared.type == Kind::boolean)
      builder.set(declared.name, Value(random() % 2 == 0));
    else
      builder.set(declared.name, fact.decimals > 0
                                     ? Value(Decimal(static_cast<std::int64_t>(random() % 1000)) / Decimal(10))
                                     : Value(Decimal(static_cast<std::int64_t>(random() % 12))));
  }
  return std::move(builder).build().value();
}

bool same_bits(ScoreRange const& a, ScoreRange const& b)
{
  return std::bit_cast<std::uint64_t>(a.lowest) == std::bit_cast<std::uint64_t>(b.lowest) &&
         std::bit_cast<std::uint64_t>(a.highest) == std::bit_cast<std::uint64_t>(b.highest);
}

void expect_same_scores(Instrument const& one, Instrument const& other, ScoreOptions const& options = {})
{
  std::mt19937 random(17);
  for (int k = 0; k < 400; ++k) {
    auto const person = person_of(one, random);
    auto const a = score(one, person, options);
    auto const b = score(other, person, options);
    ASSERT_EQ(a.state, b.state);
    ASSERT_TRUE(same_bits(a.total, b.total));
    ASSERT_EQ(a.possible_bands, b.possible_bands);
    // An item that was computed became a table, which may name facts that its steps had shown to be idle.
    ASSERT_TRUE(std::includes(b.missing.begin(), b.missing.end(), a.missing.begin(), a.missing.end()));
    ASSERT_EQ(a.assumed, b.assumed);
  }
}

std::string replaced(std::string text, std::string const& what, std::string const& with)
{
  auto const at = text.find(what);
  if (at == std::string::npos) throw std::runtime_error("not there: " + what);
  return text.replace(at, what.size(), with);
}

/// A Scorecard as another program may write it: no namespace of ours, no extension, reason codes, `or`.
std::string foreign(std::string const& characteristic, std::string const& attributes = "")
{
  return R"(<?xml version="1.0"?>
<PMML xmlns="http://www.dmg.org/PMML-4_2" version="4.2"><Header copyright="somebody"/>
<DataDictionary>
  <DataField name="department" dataType="string" optype="categorical"><Value value="sales"/><Value value="yard"/><Value value="desk"/></DataField>
  <DataField name="Age" dataType="integer" optype="continuous"><Interval closure="closedClosed" leftMargin="0" rightMargin="120"/></DataField>
  <DataField name="owner" dataType="boolean" optype="categorical"/>
  <DataField name="income" dataType="double" optype="continuous"/>
  <DataField name="out" dataType="double" optype="continuous"/>
</DataDictionary>
<Scorecard modelName="Sample Score" functionName="regression" initialScore="10" )" +
         attributes + R"(><MiningSchema>
  <MiningField name="department"/><MiningField name="Age"/><MiningField name="owner" missingValueReplacement="true"/>
  <MiningField name="income"/><MiningField name="out" usageType="predicted"/></MiningSchema>
<Characteristics>)" +
         characteristic + "</Characteristics></Scorecard></PMML>";
}

constexpr auto good = R"(
<Characteristic name="Department score" reasonCode="RC1" baselineScore="-9">
  <Attribute partialScore="-9"><SimplePredicate field="department" operator="equal" value="sales"/></Attribute>
  <Attribute partialScore="19"><SimplePredicate field="department" operator="notEqual" value="sales"/></Attribute>
</Characteristic>
<Characteristic name="AgeScore" reasonCode="RC2" baselineScore="-1">
  <Attribute partialScore="-1"><CompoundPredicate booleanOperator="or">
    <SimplePredicate field="Age" operator="lessThan" value="18"/>
    <CompoundPredicate booleanOperator="and"><SimplePredicate field="Age" operator="greaterThan" value="60"/>
      <SimplePredicate field="Age" operator="lessOrEqual" value="65"/></CompoundPredicate></CompoundPredicate></Attribute>
  <Attribute partialScore="25"><True/></Attribute>
</Characteristic>
<Characteristic name="Income" reasonCode="RC3" baselineScore="0">
  <Attribute partialScore="5"><CompoundPredicate booleanOperator="and">
    <SimplePredicate field="income" operator="greaterOrEqual" value="1000.25"/>
    <SimpleSetPredicate field="department" booleanOperator="isNotIn"><Array n="1" type="string">"yard"</Array></SimpleSetPredicate>
    <SimplePredicate field="owner" operator="equal" value="true"/></CompoundPredicate></Attribute>
  <Attribute partialScore="0"><True/></Attribute>
</Characteristic>)";

TEST(Pmml, out_and_in_again_gives_the_same_scores_and_the_same_text)
{
  auto const scale = parse_instrument(made_up).value();
  auto const text = to_pmml(scale);
  ASSERT_TRUE(text) << to_string(text.diagnostics());
  EXPECT_TRUE(test::has(text.diagnostics(), Code::unsupported, "/bands")) << "other engines do not see bands";
  auto const again = parse_pmml(*text, "made_up.pmml");
  ASSERT_TRUE(again) << to_string(again.diagnostics());
  expect_same_scores(scale, *again);
  EXPECT_EQ(*to_pmml(*again), *text);
  EXPECT_EQ(again->id(), scale.id());
  EXPECT_EQ(again->description().items[3].direction, scale.description().items[3].direction);
  EXPECT_EQ(again->description().bands.size(), 2U);
}

TEST(Pmml, what_is_written_says_that_a_missing_answer_is_no_zero)
{
  auto const text = *to_pmml(parse_instrument(made_up).value());
  EXPECT_NE(
      text.find(
          R"(name="person.housing" usageType="active" invalidValueTreatment="returnInvalid" missingValueTreatment="returnInvalid")"),
      std::string::npos);
  EXPECT_NE(text.find(R"(missingValueReplacement="false" missingValueTreatment="asValue")"), std::string::npos);
}

TEST(Pmml, a_foreign_scorecard_scores_as_its_text_says)
{
  auto const scale = parse_pmml(foreign(good), "foreign.pmml");
  ASSERT_TRUE(scale) << to_string(scale.diagnostics());
  EXPECT_EQ(scale->description().status, InstrumentStatus::demo);
  EXPECT_EQ(scale->description().rights.holder, "somebody");
  EXPECT_FALSE(scale.diagnostics().empty()) << "the field without a range";
  std::mt19937 random(5);
  for (int k = 0; k < 500; ++k) {
    std::string const department = std::vector<std::string>{"sales", "yard", "desk"}[random() % 3];
    auto const age = static_cast<std::int64_t>(random() % 121);
    bool const owner = random() % 2 == 0;
    auto const cents = 100'000 + static_cast<std::int64_t>(random() % 50);
    double const expected = 10 + (department == "sales" ? -9 : 19) + (age < 18 || (age > 60 && age <= 65) ? -1 : 25) +
                            (cents >= 100'025 && department != "yard" && owner ? 5 : 0);
    test::Facts facts{{"department", Value(department)},
                      {"Age", test::number(age)},
                      {"income", Value(Decimal(cents) / Decimal(100))},
                      {"probation.conviction_date", test::day("2024-01-01")}};
    if (!owner || random() % 2 == 0) facts.emplace_back("owner", Value(owner));  // missing is replaced by true
    auto const result = score(*scale, test::record(facts));
    ASSERT_EQ(result.state, ScoreState::known) << to_string(result.diagnostics);
    ASSERT_EQ(result.total.lowest, expected);
  }
  auto const uncharged = score(*scale, test::record({{"Age", test::number(20)}}));
  EXPECT_EQ(uncharged.state, ScoreState::not_applicable);
  auto const open =
      score(*scale, test::record({{"Age", test::number(20)}, {"probation.charge_date", test::day("2024-01-01")}}));
  EXPECT_EQ(open.state, ScoreState::open) << "PMML would pass over the missing answers";
  EXPECT_EQ(open.total, (ScoreRange{26, 59}));
  auto const text = to_pmml(*scale);
  ASSERT_TRUE(text) << to_string(text.diagnostics());
  auto const again = parse_pmml(*text);
  ASSERT_TRUE(again) << to_string(again.diagnostics());
  EXPECT_EQ(*to_pmml(*again), *text);
}

TEST(Pmml, what_cannot_be_carried_is_told_with_its_line)
{
  auto const refused = [](std::string const& text, Code code) {
    auto const read = parse_pmml(text, "x.pmml");
    if (read) return false;
    for (auto const& one : read.diagnostics())
      if (one.code == code && one.place.line > 0 && one.place.file == "x.pmml") return true;
    ADD_FAILURE() << to_string(read.diagnostics());
    return false;
  };
  auto const attribute = [](std::string const& predicate) {
    return foreign("<Characteristic name=\"a\"><Attribute partialScore=\"1\">" + predicate +
                   "</Attribute></Characteristic>");
  };
  EXPECT_TRUE(refused(attribute("<SimplePredicate field=\"Age\" operator=\"isMissing\"/>"), Code::unsupported));
  EXPECT_TRUE(refused(attribute("<SimplePredicate field=\"department\" operator=\"lessThan\" value=\"sales\"/>"),
                      Code::unsupported));
  EXPECT_TRUE(refused(attribute("<SimplePredicate field=\"department\" operator=\"equal\" value=\"moon\"/>"),
                      Code::not_allowed));
  EXPECT_TRUE(refused(attribute("<SimplePredicate field=\"nothing\" operator=\"equal\" value=\"1\"/>"),
                      Code::unknown_reference));
  EXPECT_TRUE(refused(attribute("<CompoundPredicate booleanOperator=\"xor\"><True/><True/></CompoundPredicate>"),
                      Code::unsupported));
  EXPECT_TRUE(refused(attribute("<CompoundPredicate booleanOperator=\"surrogate\"><True/><True/></CompoundPredicate>"),
                      Code::unsupported));
  EXPECT_TRUE(refused(attribute("<True/><ComplexPartialScore><Constant>3</Constant></ComplexPartialScore>"),
                      Code::unsupported));
  EXPECT_TRUE(refused(foreign("<Characteristic><Attribute partialScore=\"many\"><True/></Attribute></Characteristic>"),
                      Code::invalid_number));
  EXPECT_TRUE(refused(foreign(good, "isScorable=\"false\""), Code::unsupported));
  EXPECT_TRUE(refused(foreign(""), Code::missing_key) || refused("<PMML/>", Code::unsupported_format));
  EXPECT_TRUE(refused(replaced(foreign(good), "<Characteristics>", "<LocalTransformations/><Characteristics>"),
                      Code::unsupported));
  EXPECT_TRUE(refused(replaced(foreign(good), "<Scorecard", "<TreeModel/><Scorecard"), Code::unsupported));
  EXPECT_TRUE(refused("<PMML><DataDictionary>", Code::malformed));
  EXPECT_TRUE(refused("<!DOCTYPE x><PMML/>", Code::malformed));
}

TEST(Pmml, alternatives_are_bounded)
{
  std::string predicate = "<True/>";
  for (int depth = 0; depth < 12; ++depth) {
    std::string const either =
        "<CompoundPredicate booleanOperator=\"or\"><SimplePredicate field=\"Age\" operator=\"lessThan\" value=\"" +
        std::to_string(10 + depth) + "\"/><SimplePredicate field=\"income\" operator=\"greaterThan\" value=\"" +
        std::to_string(depth) + "\"/></CompoundPredicate>";
    predicate = "<CompoundPredicate booleanOperator=\"and\">" + predicate + either + "</CompoundPredicate>";
  }
  auto const read = parse_pmml(foreign("<Characteristic name=\"a\"><Attribute partialScore=\"1\">" + predicate +
                                       "</Attribute></Characteristic>"));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.diagnostics().front().code, Code::limit_reached) << to_string(read.diagnostics());
}

TEST(Pmml, an_extension_that_contradicts_the_file_is_refused)
{
  auto const text = *to_pmml(parse_instrument(made_up).value());
  auto const fewer = parse_pmml(replaced(text, "<Value value=\"own\" />", ""), "x.pmml");
  EXPECT_FALSE(fewer);
  auto const broken = parse_pmml(replaced(text, "&quot;format&quot;", "&quot;format"), "x.pmml");
  EXPECT_FALSE(broken);
}

TEST(Pmml, every_shipped_scale_goes_out_and_in_or_says_where_it_cannot)
{
  std::size_t carried = 0;
  std::size_t refused = 0;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(TUTELA_SOURCE_DIR "/src/packs")) {
    auto const path = entry.path().string();
    if (!path.ends_with(".instrument.json")) continue;
    auto const scale = load_instrument(path).value();
    auto const text = to_pmml(scale);
    if (!text) {
      ++refused;
      for (auto const& one : text.diagnostics()) EXPECT_EQ(one.place.pointer.front(), '/') << path;
      continue;
    }
    ++carried;
    auto const again = parse_pmml(*text, path);
    ASSERT_TRUE(again) << path << "\n" << to_string(again.diagnostics());
    ScoreOptions options;
    options.jurisdiction = "GB-EAW";
    expect_same_scores(scale, *again, options);
  }
  RecordProperty("carried", static_cast<int>(carried));
  EXPECT_GE(carried, 4U);
  EXPECT_GT(refused, 0U);
}

}  // namespace
}  // namespace tutela
