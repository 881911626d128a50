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
  EXPECT_EQ(instruments, 20U);
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

TEST(Check, says_that_a_protected_attribute_influences_the_score)
{
  auto const result = after([](Json&) {});
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].severity, Severity::note);
  EXPECT_EQ(result.findings[0].place.pointer, "/facts/0");
}

}  // namespace
}  // namespace tutela
