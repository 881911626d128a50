// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/settle.hpp>

#include <cmath>

#include <nlohmann/json.hpp>

#include <tutela/risk/difference.hpp>

#include "support.hpp"

namespace tutela {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(std::string const& path) { return Json::parse(test::read_text(TUTELA_SOURCE_DIR "/src/packs/" + path)); }

Instrument instrument_of(Json const& json)
{
  auto read = parse_instrument(json.dump(), "file.json");
  if (!read) throw std::runtime_error(to_string(read.diagnostics()));
  return *std::move(read);
}

ScoreOptions here()
{
  ScoreOptions options;
  options.jurisdiction = "GB-EAW";
  return options;
}

/// A grown man with six sanctions, answered in full on OVP; some facts left out by their short name.
Record ovp_answers(Instrument const& ovp, std::vector<std::string> const& missing)
{
  test::Facts const answers{{"sex", Value("male")},
                            {"birth_date", test::day("1990-05-04")},
                            {"risk_date", test::day("2025-01-10")},
                            {"sanctions", test::number(6)},
                            {"violent_sanctions", test::number(2)},
                            {"non_violent_sanctions", test::number(4)},
                            {"impact_not_recognised", Value(true)},
                            {"no_fixed_abode", Value(true)},
                            {"unemployed", Value(true)},
                            {"chronic_drinking", Value("significant")},
                            {"binge_drinking", Value("significant")},
                            {"psychiatric_treatment", Value(false)},
                            {"temper", Value("significant")},
                            {"pro_criminal_attitudes", Value("some")}};
  test::Facts facts{{"probation.conviction_date", test::day("2024-11-02")}};
  for (auto const& fact : ovp.description().facts)
    for (auto const& [id, value] : answers)
      if (id == fact.id && std::find(missing.begin(), missing.end(), id) == missing.end())
        facts.emplace_back(fact.declaration.name, value);
  return test::record(facts);
}

TEST(Settle, one_answer_that_always_decides_is_the_smallest_set)
{
  auto const ovp = test::shipped("uk/oasys/ovp.instrument.json");
  auto const record = ovp_answers(ovp, {"temper", "pro_criminal_attitudes", "unemployed"});
  auto const open = score(ovp, record, here());
  ASSERT_EQ(open.state, ScoreState::open);
  auto const result = settle(ovp, record, here());
  ASSERT_EQ(result.effects.size(), open.missing.size());
  EXPECT_TRUE(result.exact);
  for (auto const& effect : result.effects) {
    EXPECT_TRUE(effect.tried);
    EXPECT_GE(effect.narrowest.lowest, open.total.lowest);
    EXPECT_LE(effect.narrowest.highest, open.total.highest);
  }
  if (open.possible_bands.size() > 1) {
    EXPECT_FALSE(result.smallest.empty());
  }
}

TEST(Settle, changes_only_what_a_service_can_help_to_change)
{
  auto const ovp = test::shipped("uk/oasys/ovp.instrument.json");
  auto const record = ovp_answers(ovp, {});
  auto const now = score(ovp, record, here());
  ASSERT_EQ(now.state, ScoreState::known);
  auto const ways = smallest_changes(ovp, record, here());
  ASSERT_FALSE(ways.empty());
  for (auto const& way : ways) {
    EXPECT_EQ(way.changes.size(), ways.front().changes.size());
    EXPECT_LT(way.total.lowest, now.total.lowest);
    EXPECT_NE(way.band, now.band);
    for (auto const& [name, value] : way.changes) {
      auto const* fact = ovp.schema().find(name);
      ASSERT_NE(fact, nullptr);
      EXPECT_TRUE(fact->changeable) << name;
    }
  }
  // Fewer changes never suffice.
  auto const place = [&](std::string const& band) {
    auto const& bands = ovp.description().bands;
    return std::find_if(bands.begin(), bands.end(), [&](ScoreBand const& one) { return one.id == band; }) -
           bands.begin();
  };
  if (ways.front().changes.size() > 1) {
    for (auto const& fact : ovp.description().facts) {
      if (!fact.declaration.changeable) continue;
      for (auto const& value : fact.declaration.allowed) {
        RecordBuilder builder;
        for (auto const& one : record.facts())
          if (one.name != fact.declaration.name) builder.set(one.name, one.value);
        builder.set(fact.declaration.name, value);
        EXPECT_GE(place(score(ovp, std::move(builder).build().value(), here()).band), place(now.band));
      }
    }
  }
}

TEST(Settle, reasons_are_the_items_that_lie_furthest_above_their_lowest)
{
  auto const ovp = test::shipped("uk/oasys/ovp.instrument.json");
  auto const now = score(ovp, ovp_answers(ovp, {}), here());
  auto const reasons = reason_codes(ovp, now, 3);
  ASSERT_EQ(reasons.size(), 3U);
  EXPECT_GE(reasons[0].above, reasons[1].above);
  double sum = 0;
  for (auto const& one : now.contributions) sum += one.value.lowest;
  EXPECT_EQ(sum, now.total.lowest) << "contributions add up";
}

TEST(Settle, a_reason_is_measured_from_the_lowest_value_that_a_person_can_have)
{
  // The logarithm of a ratio of years has no lowest value where dates may stand in the wrong order; nobody has those.
  auto const ogrs3 = test::shipped("uk/ogrs3/ogrs3.instrument.json");
  auto const now = score(ogrs3,
                         test::record({{"person.sex", Value("female")},
                                       {"person.birth_date", test::day("1972-09-09")},
                                       {"probation.first_sanction_date", test::day("1986-09-09")},
                                       {"probation.conviction_date", test::day("2009-09-09")},
                                       {"probation.risk_start_date", test::day("2015-09-15")},
                                       {"probation.previous_sanctions", test::number(3)},
                                       {"probation.offence_group", Value("criminal_damage")}}),
                         here());
  ASSERT_EQ(now.state, ScoreState::known);
  auto const reasons = reason_codes(ogrs3, now);
  ASSERT_FALSE(reasons.empty());
  for (auto const& one : reasons) EXPECT_TRUE(std::isfinite(one.above)) << one.item;
  EXPECT_TRUE(std::any_of(reasons.begin(), reasons.end(),
                          [](ReasonCode const& one) { return one.item == "rate_of_sanctions"; }));
}

// Each error below was found in a real service; here it is planted and must be found.

TEST(Difference, a_factor_of_ten_shows_against_the_second_source)
{
  auto json = json_of("uk/ogrs3/ogrs3.instrument.json");
  auto const right = instrument_of(json);
  auto& value = json["items"][3]["value"]["table"][1]["value"];
  value = "-6.34795912";
  auto const result = difference(right, instrument_of(json));
  EXPECT_GT(result.people, 100U);
  EXPECT_GT(result.differing, 0U);
  EXPECT_GT(result.band_moves, 0U);
  EXPECT_NEAR(result.largest, 6.34795912 - 0.634795912, 1e-9);
  ASSERT_TRUE(result.first.has_value());
  EXPECT_EQ(difference(right, right).differing, 0U);
}

TEST(Difference, two_labels_that_changed_places_show_by_their_words)
{
  auto json = json_of("uk/ogrs3/ogrs3.instrument.json");
  auto const right = instrument_of(json);
  auto& rows = json["items"][3]["value"]["table"];
  std::swap(rows[1]["when"], rows[2]["when"]);
  auto const result = difference(right, instrument_of(json));
  EXPECT_GT(result.differing, 0U);
  auto const* group = &result.first->facts().front();
  for (auto const& fact : result.first->facts())
    if (fact.name == "probation.offence_group") group = &fact;
  auto const word = *group->value.as_string();
  EXPECT_TRUE(word == "robbery" || word == "public_order") << word;
}

TEST(Difference, and_instead_of_or_shows_over_the_whole_domain)
{
  auto const with = [](Json const& rows) {
    auto json = json_of("uk/needs/lds.instrument.json");
    json["items"] = Json::array({{{"id", "reading"}, {"label", "reading"}, {"value", {{"table", rows}}}}});
    json.erase("printed_maximum");
    json.erase("printed_minimum");
    json["cases"] = Json::array();
    json["bands"] = Json::array(
        {{{"id", "no"}, {"label", "no"}, {"below", "1"}}, {{"id", "yes"}, {"label", "yes"}, {"from", "1"}}});
    return instrument_of(json);
  };
  auto const either = with(Json::array({{{"when", {{"no_fixed_abode", true}}}, {"value", "1"}},
                                        {{"when", {{"reading_problem", true}}}, {"value", "1"}},
                                        {{"value", "0"}}}));
  auto const both = with(Json::array(
      {{{"when", {{"no_fixed_abode", true}, {"reading_problem", true}}}, {"value", "1"}}, {{"value", "0"}}}));
  auto const result = difference(either, both);
  EXPECT_TRUE(result.exhaustive);
  EXPECT_EQ(2 * result.differing, result.people) << "two of the four combinations";
  EXPECT_EQ(result.band_moves, result.differing);
  EXPECT_TRUE(result.only_one.empty());
  auto fewer = json_of("uk/needs/lds.instrument.json");
  fewer["facts"][1]["values"] = {"none", "some"};
  fewer["cases"] = Json::array();
  fewer.erase("printed_maximum");
  EXPECT_EQ(difference(test::shipped("uk/needs/lds.instrument.json"), instrument_of(fewer)).only_one,
            std::vector<std::string>{"probation.work_skills=significant"});
}

TEST(InstrumentFile, a_fact_may_come_from_an_expression_over_the_record)
{
  auto json = json_of("uk/oasys/ovp.instrument.json");
  for (auto& fact : json["facts"])
    if (fact["id"] == "unemployed") {
      fact.erase("fact");
      fact["feel"] = "person.work.status = \"none\" and person.work.seeking";
    }
  auto const fed = instrument_of(json);
  auto const plain = test::shipped("uk/oasys/ovp.instrument.json");
  auto const record_with = [&](test::Facts const& more) {
    RecordBuilder builder;
    auto const answers = ovp_answers(plain, {"unemployed"});
    for (auto const& one : answers.facts()) builder.set(one.name, one.value);
    for (auto const& [name, value] : more) builder.set(name, value);
    return std::move(builder).build().value();
  };
  auto const yes =
      score(fed, record_with({{"person.work.status", Value("none")}, {"person.work.seeking", Value(true)}}), here());
  auto const no = score(fed, record_with({{"person.work.status", Value("full")}}), here());
  auto const open = score(fed, record_with({{"person.work.status", Value("none")}}), here());
  ASSERT_EQ(yes.state, ScoreState::known) << to_string(yes.diagnostics);
  ASSERT_EQ(no.state, ScoreState::known) << "a false part decides";
  EXPECT_EQ(yes.total.lowest, no.total.lowest + 4);
  EXPECT_EQ(open.state, ScoreState::open);
  EXPECT_EQ(open.missing, std::vector<std::string>{"person.work.seeking"});
  json["facts"].back()["feel"] = "1 +";
  EXPECT_FALSE(parse_instrument(json.dump()));
}

TEST(Score, a_misspelt_answer_is_an_error_where_answers_are_all_there_is)
{
  auto const ovp = test::shipped("uk/oasys/ovp.instrument.json");
  RecordBuilder builder;
  auto const answers = ovp_answers(ovp, {});
  for (auto const& one : answers.facts()) builder.set(one.name, one.value);
  builder.set("probation.tempre", Value("none"));
  auto const record = std::move(builder).build().value();
  auto options = here();
  EXPECT_EQ(score(ovp, record, options).state, ScoreState::known);
  options.answers_only = true;
  auto const strict = score(ovp, record, options);
  EXPECT_EQ(strict.state, ScoreState::error);
  ASSERT_EQ(strict.diagnostics.size(), 1U);
  EXPECT_EQ(strict.diagnostics[0].code, Code::unknown_item);
  EXPECT_EQ(strict.diagnostics[0].place.pointer, "probation.tempre");
}

}  // namespace
}  // namespace tutela
