// SPDX-License-Identifier: Apache-2.0
// Norms: bands by place, day and facts, apart from the items. The scale is invented.
#include <nlohmann/json.hpp>

#include <tutela/risk/batch.hpp>
#include <tutela/risk/check.hpp>
#include <tutela/risk/override.hpp>
#include <tutela/risk/settle.hpp>

#include "support.hpp"

namespace tutela {
namespace {

using Json = nlohmann::ordered_json;

Json band(char const* id, char const* from, char const* below)
{
  Json result{{"id", id}, {"label", {{"en", id}, {"ro", std::string(id) + " (ro)"}}}};
  if (from != nullptr) result["from"] = from;
  if (below != nullptr) result["below"] = below;
  return result;
}

Json norm(char const* id, char const* place, Json bands)
{
  return {{"id", id}, {"label", id}, {"jurisdictions", {place}}, {"bands", std::move(bands)}};
}

/// Needs of 0 to 10; in one state three levels, in another two with other names; there women are cut otherwise, and
/// everybody from 2020 on.
Json needs()
{
  Json const number{{"type", "number"}, {"from", "0"}, {"to", "10"}, {"missing", "bounds"}, {"category", "needs"}};
  Json scale{
      {"format", "tutela-instrument/1"},
      {"id", "test/needs"},
      {"version", "1"},
      {"title", "needs"},
      {"status", "demo"},
      {"outcome", "need"},
      {"rights", {{"holder", "nobody"}, {"licence", "CC0"}, {"consent_needed", false}}},
      {"sources",
       {{{"act", "invented"}, {"article", "1"}, {"source", "here"}, {"grade", "A"}, {"text_date", "2026-01-01"}}}},
      {"norm", "invented"},
      {"age_rule", {{"leapling", "on_1_march"}, {"reached", "on_birthday"}}},
      {"applicability", {{"population", "everybody"}, {"jurisdictions", {"US-AR", "US-TX"}}}},
      {"total_unit", "points"},
      {"band_of", "total"}};
  Json points = number;
  points.update({{"id", "points"}, {"fact", "needs.points"}, {"label", "points"}});
  Json sex{{"id", "sex"},         {"fact", "person.sex"}, {"type", "choice"},      {"values", {"female", "male"}},
           {"missing", "bounds"}, {"label", "sex"},       {"category", "identity"}};
  scale["facts"] = {points, sex};
  scale["items"] = {{{"id", "points_item"}, {"label", "points"}, {"value", "points"}}};
  auto const arkansas =
      norm("arkansas", "US-AR", {band("low", nullptr, "3"), band("medium", "3", "6"), band("high", "6", nullptr)});
  auto women = norm("texas_women", "US-TX", {band("standard", nullptr, "7"), band("intensive", "7", nullptr)});
  women["until"] = "2020-01-01";
  women["when"] = {{"sex", "female"}};
  auto men = norm("texas_men", "US-TX", {band("standard", nullptr, "4"), band("intensive", "4", nullptr)});
  men["until"] = "2020-01-01";
  men["when"] = {{"sex", "male"}};
  auto later = norm("texas_2020", "US-TX", {band("standard", nullptr, "5"), band("intensive", "5", nullptr)});
  later["from"] = "2020-01-01";
  scale["norms"] = {arkansas, women, men, later};
  return scale;
}

Instrument instrument_of(Json const& json)
{
  auto instrument = parse_instrument(json.dump());
  if (!instrument) throw std::runtime_error(to_string(instrument.diagnostics()));
  return *std::move(instrument);
}

Score scored(char const* place, char const* on, test::Facts const& facts, ScorePurpose purpose = ScorePurpose::practice)
{
  ScoreOptions options;
  options.jurisdiction = place;
  if (on != nullptr) options.on = *parse_date(on);
  options.purpose = purpose;
  return score(instrument_of(needs()), test::record(facts), options);
}

test::Facts six(char const* sex) { return {{"needs.points", test::number(6)}, {"person.sex", Value(sex)}}; }

// Found in real services: one tool with other level names and cut-offs by state, sex and date.
TEST(Norms, the_same_answers_have_the_level_of_their_place_day_and_sex)
{
  EXPECT_EQ(scored("US-AR", "2019-06-01", six("male")).band, "high");
  EXPECT_EQ(scored("US-AR", nullptr, six("male")).band, "high") << "the norm of Arkansas has no days";
  EXPECT_EQ(scored("US-TX", "2019-06-01", six("male")).band, "intensive");
  EXPECT_EQ(scored("US-TX", "2019-06-01", six("female")).band, "standard");
  EXPECT_EQ(scored("US-TX", "2019-12-31", six("female")).band, "standard");
  EXPECT_EQ(scored("US-TX", "2020-01-01", six("female")).band, "intensive");
  auto const one = scored("US-AR", nullptr, six("male"));
  EXPECT_EQ(one.total.lowest, 6) << "the points are the same everywhere";
  EXPECT_EQ(one.norm.in(Language::en), "arkansas");
  EXPECT_EQ(one.band_label.in(Language::ro), "high (ro)");
}

TEST(Norms, a_fact_that_chooses_between_norms_and_is_missing_leaves_the_band_open)
{
  auto const open = scored("US-TX", "2019-06-01", {{"needs.points", test::number(6)}});
  EXPECT_EQ(open.state, ScoreState::known) << "the points are settled, the level is not";
  EXPECT_TRUE(open.band.empty());
  EXPECT_EQ(open.possible_bands, (std::vector<std::string>{"standard", "intensive"}));
  EXPECT_EQ(scored("US-TX", "2019-06-01", {{"needs.points", test::number(8)}}).band, "intensive") << "for both";
  EXPECT_EQ(scored("US-TX", "2020-06-01", {{"needs.points", test::number(6)}}).band, "intensive") << "for all";
}

TEST(Norms, never_that_of_another_place_or_day)
{
  EXPECT_EQ(scored("US-NY", "2020-06-01", six("male")).state, ScoreState::not_applicable);
  auto const research = scored("US-NY", "2020-06-01", six("male"), ScorePurpose::research);
  EXPECT_EQ(research.state, ScoreState::known);
  EXPECT_EQ(research.total.lowest, 6);
  EXPECT_TRUE(research.research);
  EXPECT_TRUE(research.band.empty()) << "numbers can be studied, a level needs its norm";
  auto const undated = scored("US-TX", nullptr, six("male"));
  EXPECT_EQ(undated.state, ScoreState::error);
  ASSERT_TRUE(test::has(undated.diagnostics, Code::invalid_request, ""));
  EXPECT_FALSE(undated.diagnostics.front().mend.empty());
}

TEST(Norms, in_columns_as_one_by_one)
{
  auto const instrument = instrument_of(needs());
  std::vector<std::int32_t> points;
  std::vector<std::int32_t> sexes;
  std::vector<std::uint8_t> present;
  for (std::int32_t k = 0; k < 33; ++k) {
    points.push_back(k % 11);
    sexes.push_back(k % 2);
    present.push_back(k < 22 ? 1 : 0);
  }
  std::vector<ScoreColumn> const columns{{"points", points}, {"sex", sexes, {}, present}};
  for (auto const* place : {"US-AR", "US-TX", "US-NY"})
    for (auto const* on : {"2019-06-01", "2020-06-01"}) {
      ScoreBatchOptions options;
      options.jurisdiction = place;
      options.on = *parse_date(on);
      auto const batch = score_batch(instrument, columns, points.size(), options).value();
      auto const normed = instrument.normed(place, options.on);
      for (std::size_t k = 0; k < points.size(); ++k) {
        test::Facts facts{{"needs.points", test::number(points[k])}};
        if (present[k] != 0) facts.emplace_back("person.sex", Value(sexes[k] == 0 ? "female" : "male"));
        auto const one = scored(place, on, facts);
        EXPECT_EQ(batch.states[k], one.state);
        auto const name = batch.bands[k] < 0
                              ? std::string()
                              : normed->description().bands.at(static_cast<std::size_t>(batch.bands[k])).id;
        EXPECT_EQ(name, one.band) << place << " " << on << " " << k;
      }
    }
}

TEST(Norms, everything_that_reads_bands_takes_those_of_the_norm)
{
  auto const instrument = instrument_of(needs());
  ScoreOptions options;
  options.jurisdiction = "US-AR";
  auto const settling = settle(instrument, test::record({{"person.sex", Value("male")}}), options);
  ASSERT_EQ(settling.effects.size(), 1U);
  EXPECT_EQ(settling.effects[0].deciding_bands, (std::vector<std::string>{"low", "medium", "high"}));
  auto const arkansas = instrument.normed("US-AR").value();
  EXPECT_EQ(arkansas.description().bands.size(), 3U);
  EXPECT_EQ(arkansas.normed("US-TX").value().description().bands.size(), 3U) << "chosen once";
  EXPECT_FALSE(instrument.normed("US-TX")) << "the day is not said";
  EXPECT_FALSE(instrument.normed("MD", Date{2020, 1, 1}));
  auto again = parse_instrument(to_json(instrument.description()));
  ASSERT_TRUE(again) << to_string(again.diagnostics());
  EXPECT_EQ(to_json(again->description()), to_json(instrument.description()));
}

std::vector<Diagnostic> after(std::function<void(Json&)> const& change)
{
  auto json = needs();
  change(json);
  return parse_instrument(json.dump()).diagnostics();
}

TEST(Norms, what_is_wrong_with_them_is_located)
{
  using test::has;
  EXPECT_TRUE(after([](Json&) {}).empty());
  EXPECT_TRUE(
      has(after([](Json& json) { json["bands"] = json["norms"][0]["bands"]; }), Code::invalid_instrument, "/norms"));
  EXPECT_TRUE(
      has(after([](Json& json) { json["norms"][3]["from"] = "2019-12-31"; }), Code::overlapping_law, "/norms/3"));
  EXPECT_TRUE(has(after([](Json& json) { json["norms"][2].erase("when"); }), Code::overlapping_law, "/norms/2"));
  EXPECT_TRUE(has(after([](Json& json) { json["norms"].erase(2); }), Code::invalid_instrument, "/norms"))
      << "women have a norm and men have none";
  EXPECT_TRUE(has(after([](Json& json) { json["norms"][2]["bands"][0]["id"] = "usual"; }), Code::invalid_instrument,
                  "/norms/2/bands"));
  EXPECT_TRUE(has(after([](Json& json) { json["norms"][1]["bands"][1]["from"] = "8"; }), Code::invalid_instrument,
                  "/norms/1/bands/1"));
  EXPECT_TRUE(has(after([](Json& json) { json["norms"][0]["jurisdictions"][0] = "MD"; }), Code::unknown_name,
                  "/norms/0/jurisdictions"));
  EXPECT_TRUE(has(after([](Json& json) { json["norms"][3]["until"] = "2019-01-01"; }), Code::invalid_interval,
                  "/norms/3/until"));
  EXPECT_TRUE(has(after([](Json& json) { json["norms"][3]["id"] = "arkansas"; }), Code::duplicate_id, "/norms/3/id"));
  auto const nobody = after([](Json& json) {
    auto& bands = json["norms"][2]["bands"];
    bands[1]["from"] = bands[0]["below"] = "11";
  });
  EXPECT_TRUE(has(nobody, Code::invalid_instrument, "/norms/2/bands/1")) << to_string(nobody);
  auto const men = after([](Json& json) { json["norms"].erase(2); });
  ASSERT_EQ(men.size(), 1U);
  EXPECT_NE(men[0].what.find("no norm holds for"), std::string::npos) << to_string(men);
  EXPECT_NE(men[0].what.find("male"), std::string::npos) << to_string(men);
  EXPECT_TRUE(has(after([](Json& json) { json.erase("band_of"); }), Code::invalid_instrument, "/norms"));
}

TEST(Norms, a_level_that_nobody_reaches_and_cases_by_place_and_day_are_checked)
{
  auto json = needs();
  json["norms"][0]["bands"][2]["from"] = "11";
  json["norms"][0]["bands"][1]["below"] = "11";
  json["cases"] = {{{"id", "a"},
                    {"facts", {{"points", "6"}, {"sex", "female"}}},
                    {"band", "standard"},
                    {"jurisdiction", "US-TX"},
                    {"on", "2019-06-01"}},
                   {{"id", "b"},
                    {"facts", {{"points", "6"}, {"sex", "female"}}},
                    {"band", "standard"},
                    {"jurisdiction", "US-TX"},
                    {"on", "2020-06-01"}}};
  auto const result = check(instrument_of(json));
  EXPECT_TRUE(test::has(result.findings, Code::invalid_instrument, "/norms/0/bands/2"));
  EXPECT_EQ(result.failed, 1U);
  EXPECT_TRUE(test::has(result.findings, Code::failed_check_case, "/cases/1"));
}

}  // namespace
}  // namespace tutela
