// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/check.hpp>

#include <iostream>

#include <nlohmann/json.hpp>

#include "support.hpp"

namespace tutela {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::filesystem::path> shipped_paths()
{
  std::vector<std::filesystem::path> result;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(TUTELA_SOURCE_DIR "/src/packs"))
    if (entry.path().string().ends_with(".instrument.json")) result.push_back(entry.path());
  std::sort(result.begin(), result.end());
  return result;
}

TEST(Check, every_shipped_instrument_proves_what_it_declares)
{
  std::size_t cases = 0;
  std::size_t instruments = 0;
  for (auto const& path : shipped_paths()) {
    auto const instrument = load_instrument(path.string());
    ASSERT_TRUE(instrument) << to_string(instrument.diagnostics());
    EXPECT_TRUE(instrument.diagnostics().empty()) << to_string(instrument.diagnostics());
    Limits limits;
    limits.evaluation_steps = 50'000;
    auto const result = check(*instrument, limits);
    EXPECT_EQ(result.failed, 0U) << path;
    for (auto const& one : result.findings) {
      // Of the probation tier nobody can have 151 points and some others: the published points are so.
      bool const published = instrument->id() == "uk/tier_v2_protect" && one.place.pointer == "/items" &&
                             one.what.find("151") != std::string::npos;
      if (one.severity != Severity::note && !published) ADD_FAILURE() << path.filename() << ": " << to_string(one);
    }
    cases += result.cases;
    ++instruments;
    std::cout << instrument->id() << ": " << result.cases << " cases, total " << result.total.lowest << " to "
              << result.total.highest << (result.exact ? "" : " (outer bounds)") << "\n";
  }
  std::cout << instruments << " instruments, " << cases << " check cases\n";
  EXPECT_EQ(instruments, 21U);
}

InstrumentCheck after(std::string const& path, std::function<void(Json&)> const& change)
{
  auto json = Json::parse(test::read_text(TUTELA_SOURCE_DIR "/src/packs/" + path));
  change(json);
  auto const instrument = parse_instrument(json.dump());
  Limits limits;
  limits.evaluation_steps = 50'000;
  return check(instrument.value(), limits);
}

InstrumentCheck after(std::function<void(Json&)> const& change)
{
  return after("uk/ogrs3/ogrs3.instrument.json", change);
}

// Found in a real service: the sign of three values was lost.
TEST(Check, finds_a_lost_sign_as_a_jump)
{
  auto const result = after([](Json& json) {
    for (auto& row : json["items"][0]["value"]["table"])
      if (row["when"]["sex"] == "female" && row["when"]["age_at_risk"].value("to", "99") < "16")
        row["value"] = row["value"].get<std::string>().substr(1);
  });
  EXPECT_TRUE(test::has(result.findings, Code::invalid_instrument, "/items/0/largest_step/age_at_risk"));
}

// Found in real services: a factor ten, and a constant multiplied where it is added.
TEST(Check, finds_a_wrong_constant_by_the_check_cases)
{
  auto result = after([](Json& json) { json["items"][3]["value"]["table"][8]["value"] = "6.61244321"; });
  EXPECT_GT(result.failed, 0U);
  result = after([](Json& json) {
    json["items"][1]["value"] = Json{{"product", {"0.463062792", "copas_rate"}}};
    json["items"][1].erase("direction");
  });
  EXPECT_GT(result.failed, 0U);
}

TEST(Check, finds_a_quantity_that_moves_against_its_direction)
{
  auto const result = after([](Json& json) { json["items"][1]["direction"]["previous_sanctions"] = "down"; });
  EXPECT_TRUE(test::has(result.findings, Code::invalid_instrument, "/items/1/direction/previous_sanctions"));
}

// Found in real services: a band, or a total, that nobody can have.
TEST(Check, finds_what_nobody_can_have)
{
  auto const result = after([](Json& json) {
    json["bands"][3]["below"] = "200";
    json["bands"].push_back({{"id", "beyond"}, {"label", "beyond"}, {"from", "200"}});
  });
  EXPECT_TRUE(test::has(result.findings, Code::invalid_instrument, "/bands/4"));
}

// Found in a real service: a printed maximum of 9 where 8 is the real one.
TEST(Check, finds_a_printed_maximum_that_is_not_the_real_one)
{
  auto const result = after("uk/needs/pni_needs.instrument.json", [](Json& json) { json["printed_maximum"] = "9"; });
  EXPECT_EQ(result.total, (ScoreRange{0, 8}));
  EXPECT_TRUE(result.exact);
  EXPECT_TRUE(test::has(result.findings, Code::invalid_instrument, "/printed_maximum"));
}

// Found in a real scale: a constant for the second sanction multiplied instead of added, so that one previous sanction
// weighed more than two.
TEST(Check, finds_a_hump_along_the_number_of_sanctions)
{
  auto const result = after([](Json& json) {
    auto& rows = json["items"][1]["value"]["table"];
    rows.insert(rows.begin() + 1, Json{{"when", {{"previous_sanctions", "1"}}}, {"value", "3.2"}});
  });
  EXPECT_TRUE(test::has(result.findings, Code::invalid_instrument, "/items/1/direction/previous_sanctions"));
}

// Found in a real service: bands up to 6.99 and from 7.00, so that 6.995 fell to the row of all the rest and scored 0.
TEST(Check, finds_the_value_that_falls_between_two_classes)
{
  auto const plant = [](Json& json) {
    for (auto& fact : json["facts"])
      if (fact["id"] == "rsr") fact["decimals"] = 3;
    for (auto& item : json["items"])
      if (item["id"] == "rsr_points") {
        item["value"] = {{"table", Json::array({{{"when", {{"rsr", {{"from", "7"}}}}}, {"value", "20"}},
                                                {{"when", {{"rsr", {{"from", "3"}, {"to", "6.99"}}}}}, {"value", "10"}},
                                                {{"value", "0"}}})}};
        item["direction"] = {{"rsr", "up"}};
      }
  };
  auto const json = [&] {
    Json instrument = Json::parse(test::read_text(TUTELA_SOURCE_DIR "/src/packs/uk/ogrs3/ogrs3.instrument.json"));
    instrument["facts"] = Json::array({{{"id", "rsr"},
                                        {"fact", "risk.rsr"},
                                        {"type", "number"},
                                        {"from", "0"},
                                        {"to", "15"},
                                        {"decimals", 2},
                                        {"missing", "bounds"},
                                        {"label", "rsr"},
                                        {"category", "risk"}}});
    instrument["applicability"]["rules"] = Json::array();
    instrument["constraints"] = Json::array();
    instrument["quantities"] = Json::array();
    instrument["items"] = Json::array({{{"id", "rsr_points"}, {"label", "rsr"}, {"value", "rsr"}}});
    instrument["outputs"] = Json::array();
    instrument["band_of"] = "total";
    instrument["bands"] = Json::array(
        {{{"id", "low"}, {"label", "low"}, {"below", "10"}}, {{"id", "high"}, {"label", "high"}, {"from", "10"}}});
    instrument["cases"] = Json::array();
    plant(instrument);
    return instrument;
  }();
  auto const instrument = parse_instrument(json.dump());
  ASSERT_TRUE(instrument) << to_string(instrument.diagnostics());
  auto const result = check(*instrument);
  EXPECT_TRUE(test::has(result.findings, Code::invalid_instrument, "/items/0/direction/rsr"));
}

TEST(Check, finds_a_prohibited_attribute_in_facts_and_in_expressions)
{
  auto json = Json::parse(test::read_text(TUTELA_SOURCE_DIR "/src/packs/uk/ogrs3/ogrs3.instrument.json"));
  auto const plain = parse_instrument(json.dump());
  auto const found = check(*plain, {}, {"person.sex", "person.ethnicity"});
  EXPECT_EQ(std::count_if(found.findings.begin(), found.findings.end(),
                          [](Diagnostic const& one) { return one.severity == Severity::error; }),
            1);
  json["facts"][5].erase("fact");
  json["facts"][5]["feel"] = "if person.ethnicity = \"a\" then 3 else 1";
  auto const fed = parse_instrument(json.dump());
  ASSERT_TRUE(fed) << to_string(fed.diagnostics());
  EXPECT_TRUE(test::has(check(*fed, {}, {"person.ethnicity"}).findings, Code::invalid_instrument, "/facts/5"));
  EXPECT_FALSE(test::has(check(*fed, {}, {"person.ethnic"}).findings, Code::invalid_instrument, "/facts/5"));
}

TEST(Check, says_that_a_protected_attribute_influences_the_score)
{
  auto const result = after([](Json&) {});
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].severity, Severity::note);
  EXPECT_EQ(result.findings[0].place.pointer, "/facts/0");
}

}  // namespace
}  // namespace tutela
