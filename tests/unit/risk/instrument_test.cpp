// SPDX-License-Identifier: Apache-2.0
#include <functional>

#include <nlohmann/json.hpp>

#include "support.hpp"

namespace tutela {
namespace {

using Json = nlohmann::ordered_json;

Json ogrs3_json()
{
  return Json::parse(test::read_text(TUTELA_SOURCE_DIR "/src/packs/uk/ogrs3/ogrs3.instrument.json"));
}

/// What is said about the OGRS3 file after a change.
std::vector<Diagnostic> after(std::function<void(Json&)> const& change)
{
  auto json = ogrs3_json();
  change(json);
  auto const result = parse_instrument(json.dump(), "file.json");
  EXPECT_FALSE(result.has_value());
  return result.diagnostics();
}

TEST(InstrumentFile, is_read_and_written_without_loss)
{
  auto const first = test::shipped("uk/ogrs3/ogrs3.instrument.json");
  auto const text = to_json(first.description());
  auto const second = parse_instrument(text);
  ASSERT_TRUE(second) << to_string(second.diagnostics());
  EXPECT_EQ(to_json(second->description()), text);
  EXPECT_EQ(Json::parse(text)["items"], ogrs3_json()["items"]);
  EXPECT_EQ(Json::parse(text)["facts"], ogrs3_json()["facts"]);
}

TEST(InstrumentFile, is_found_by_its_shipped_identifier)
{
  for (auto const* id : {"uk/ogrs3", "uk/arp_static", "uk/pni_needs", "demo/family_risk"}) {
    auto const found = load_instrument(id);
    ASSERT_TRUE(found) << to_string(found.diagnostics());
    EXPECT_EQ(found->id(), id);
  }
  EXPECT_FALSE(load_instrument("uk/nothing"));
}

TEST(InstrumentFile, wrong_shapes_are_located)
{
  using test::has;
  EXPECT_TRUE(has(after([](Json& json) { json["colour"] = 1; }), Code::unknown_key, "/colour"));
  EXPECT_TRUE(has(after([](Json& json) { json.erase("norm"); }), Code::missing_key, ""));
  EXPECT_TRUE(has(after([](Json& json) { json["items"][0]["value"] = 5; }), Code::wrong_type, "/items/0/value"));
  EXPECT_TRUE(has(after([](Json& json) { json["items"][1]["value"]["table"][0]["value"] = "1.2.3"; }),
                  Code::invalid_number, "/items/1/value/table/0/value"));
  EXPECT_TRUE(
      has(after([](Json& json) { json["facts"][1]["from"] = "1900-02-30"; }), Code::invalid_date, "/facts/1/from"));
  EXPECT_TRUE(
      has(after([](Json& json) { json["format"] = "tutela-instrument/9"; }), Code::unsupported_format, "/format"));
  EXPECT_TRUE(has(after([](Json& json) {
                    json["items"][2]["value"] = Json{{"cube", "total"}};
                  }),
                  Code::unknown_key, "/items/2/value/cube"));
}

TEST(InstrumentFile, all_findings_are_reported_together)
{
  auto const found = after([](Json& json) {
    json["status"] = "certain";
    json["facts"][0].erase("missing");
    json["bands"][1].erase("id");
  });
  EXPECT_GE(found.size(), 3U);
}

TEST(InstrumentFile, truncated_text_never_loads)
{
  auto const text = ogrs3_json().dump();
  for (std::size_t length = 0; length < text.size(); length += 97)
    EXPECT_FALSE(parse_instrument(std::string_view(text).substr(0, length))) << length;
}

TEST(Instrument, a_fact_without_rule_for_missing_is_refused)
{
  EXPECT_TRUE(test::has(after([](Json& json) { json["facts"][5].erase("missing"); }), Code::missing_key, "/facts/5"));
}

TEST(Instrument, names_must_be_declared_before_use_and_once)
{
  using test::has;
  EXPECT_TRUE(has(after([](Json& json) {
                    json["items"][2]["value"]["linear"]["terms"] = {{"nothing", "1"}};
                  }),
                  Code::unknown_name, "/items/2/value"));
  EXPECT_TRUE(
      has(after([](Json& json) { json["quantities"][0]["id"] = "sex"; }), Code::duplicate_id, "/quantities/0/id"));
  EXPECT_TRUE(has(after([](Json& json) { json["quantities"][1]["value"] = "age_at_risk"; }), Code::unknown_name,
                  "/quantities/1/value"));
}

// Found in a real service: values from 6.995 up to 7 belonged to no band.
TEST(Instrument, a_gap_or_overlap_between_bands_is_found)
{
  using test::has;
  EXPECT_TRUE(has(after([](Json& json) { json["bands"][1]["from"] = "51"; }), Code::invalid_instrument, "/bands/1"));
  EXPECT_TRUE(has(after([](Json& json) { json["bands"][2]["from"] = "74"; }), Code::invalid_instrument, "/bands/2"));
  EXPECT_TRUE(has(after([](Json& json) { json["bands"][3]["below"] = "99"; }), Code::invalid_instrument, "/bands/3"));
  EXPECT_TRUE(has(after([](Json& json) { json["bands"][0]["from"] = "2"; }), Code::invalid_instrument, "/bands/0"));
}

// Found in a real program: "one or more" was asked before "three or more".
TEST(Instrument, a_row_that_cannot_be_reached_is_found)
{
  auto const found = after([](Json& json) {
    json["items"][1]["value"]["table"] = Json::parse(R"([
      {"when": {"previous_sanctions": "0"}, "value": "0"},
      {"when": {"previous_sanctions": {"from": "1"}}, "value": "1"},
      {"when": {"previous_sanctions": {"from": "3"}}, "value": "2"}])");
  });
  EXPECT_TRUE(test::has(found, Code::invalid_instrument, "/items/1/value/table/2"));
}

TEST(Instrument, a_case_without_row_is_found)
{
  auto const found = after([](Json& json) { json["items"][0]["value"]["table"].erase(4); });
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].place.pointer, "/items/0/value/table");
  EXPECT_NE(found[0].what.find("age_at_risk = 18"), std::string::npos) << found[0].what;
}

// Thirty rows over one fact with decimals once took longer than anybody waits: the points to try tripled with each row.
TEST(Instrument, a_long_table_over_decimals_is_proven_in_no_time)
{
  auto json = ogrs3_json();
  json["facts"][5] = Json{{"id", "previous_sanctions"},
                          {"fact", "score.percent"},
                          {"type", "number"},
                          {"from", "0"},
                          {"to", "100"},
                          {"decimals", 2},
                          {"missing", "bounds"},
                          {"label", "per cent"},
                          {"category", "offence"}};
  json["items"].erase(1);
  json["items"].erase(1);
  json["quantities"].erase(json["quantities"].size() - 1);
  Json rows = Json::array();
  for (int k = 60; k > 0; --k)
    rows.push_back({{"when", {{"previous_sanctions", {{"from", std::to_string(k)}}}}}, {"value", std::to_string(k)}});
  rows.push_back({{"value", "0"}});
  json["items"].push_back({{"id", "long"}, {"label", "long"}, {"value", {{"table", rows}}}});
  json["cases"] = Json::array();
  auto const result = parse_instrument(json.dump());
  EXPECT_TRUE(result) << to_string(result.diagnostics());
}

TEST(Instrument, reoffending_needs_a_recorded_act)
{
  EXPECT_TRUE(test::has(after([](Json& json) { json["applicability"].erase("recorded_act"); }),
                        Code::invalid_instrument, "/applicability/recorded_act"));
}

}  // namespace
}  // namespace tutela
