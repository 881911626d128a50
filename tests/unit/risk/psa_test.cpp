// SPDX-License-Identifier: Apache-2.0
// A scale that does not ship, because its terms ask for consent: it is built from the description beside the repository,
// where that is present, to prove the format and the bounds over its whole domain.
#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <random>
#include <set>

#include <nlohmann/json.hpp>

#include <tutela/risk/settle.hpp>

#include "support.hpp"

namespace tutela {
namespace {

using Json = nlohmann::ordered_json;

/// One full set of answers, as positions among the answers of each fact.
using Answers = std::array<int, 9>;
constexpr Answers answers_of_each{3, 2, 2, 2, 2, 4, 3, 2, 2};
constexpr std::array<char const*, 9> names{"age",      "violent",  "pending",     "misdemeanor",  "felony",
                                           "violence", "absences", "old_absence", "incarceration"};
constexpr std::array<char const*, 3> ages{"to_20", "to_22", "from_23"};

std::vector<std::string> cells_of(std::string const& line)
{
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, '|');) {
    auto const first = cell.find_first_not_of(' ');
    cells.push_back(first == std::string::npos ? "" : cell.substr(first, cell.find_last_not_of(' ') - first + 1));
  }
  if (!cells.empty()) cells.erase(cells.begin());
  return cells;
}

class Psa : public testing::Test {
 protected:
  void SetUp() override
  {
    auto const path = test::shared_folder() / "instruments/PSA.md";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "outside material is not here: instruments/PSA.md";
    std::istringstream lines(test::read_text(path));
    for (std::string line; std::getline(lines, line);)
      if (line.starts_with("| ")) rows_.push_back(cells_of(line));
    build("fta", 0, {"1", "2", "3", "4", "4", "5", "5", "6"});
    build("nca", 1, {"1", "2", "2", "3", "3", "4", "4", "5", "5", "6", "6", "6", "6", "6"});
    build("nvca", 2, {"1", "1", "1", "1", "2", "2", "2", "2"});
    Answers answers{};
    for (bool more = true; more;) {
      bool const convicted = answers[3] == 1 || answers[4] == 1;
      if (convicted || (answers[5] == 0 && answers[8] == 0)) consistent_.push_back(answers);
      more = false;
      for (std::size_t k = 0; k < answers.size() && !more; ++k) {
        more = answers[k] + 1 < answers_of_each[k];
        answers[k] = more ? answers[k] + 1 : 0;
      }
    }
  }

  /// The points of a factor on the scale in that column; `part` of a list such as 0/1/2.
  std::string points(std::string const& factor, std::size_t column, std::size_t part = 0) const
  {
    for (auto const& row : rows_) {
      if (!row.front().starts_with(factor)) continue;
      auto const& cell = row.at(column + 1);
      if (cell == "-") return "0";
      std::istringstream parts(cell);
      std::string one;
      for (std::size_t k = 0; k <= part; ++k) std::getline(parts, one, '/');
      return one;
    }
    ADD_FAILURE() << "no factor " << factor;
    return "0";
  }

  Json item(char const* id, std::string const& value, Json when) const
  {
    return {{"id", id}, {"label", id}, {"when", std::move(when)}, {"value", value}};
  }

  void build(std::string const& scale, std::size_t column, std::vector<std::string> const& conversion)
  {
    Json json{{"format", "tutela-instrument/1"}, {"id", "test/" + scale}, {"version", "1"}, {"title", scale}};
    json["status"] = "reproduced";
    json["outcome"] = "reoffending";
    json["rights"] = {{"holder", "Arnold Ventures"}, {"licence", "consent needed"}, {"consent_needed", true}};
    json["sources"] = Json::array({{{"act", "PSA Risk Factors and Formula"},
                                    {"article", "formula"},
                                    {"grade", "B"},
                                    {"source", "advancingpretrial.org"},
                                    {"text_date", "2016-01-01"}}});
    json["verified"] = "in this test";
    json["norm"] = "United States";
    json["age_rule"] = {{"leapling", "on_1_march"}, {"reached", "on_birthday"}};
    json["applicability"] = {{"population", "adults arrested"},
                             {"jurisdictions", {"US"}},
                             {"recorded_act", {"charge"}},
                             {"rules", Json::array()}};
    for (std::size_t k = 0; k < names.size(); ++k) {
      Json fact{{"id", names[k]},    {"fact", std::string("psa.") + names[k]},
                {"type", "flag"},    {"missing", "bounds"},
                {"label", names[k]}, {"category", "record"}};
      if (k == 0) fact["type"] = "choice", fact["values"] = ages;
      if (k == 5 || k == 6) fact["type"] = "number", fact["from"] = "0", fact["to"] = k == 5 ? "3" : "2";
      json["facts"].push_back(std::move(fact));
    }
    json["constraints"] =
        Json::array({{{"never", {{"misdemeanor", false}, {"felony", false}, {"violence", {{"from", "1"}}}}},
                      {"reason", "violence is a conviction"}},
                     {{"never", {{"misdemeanor", false}, {"felony", false}, {"incarceration", true}}},
                      {"reason", "a sentence follows a conviction"}}});
    json["quantities"] = Json::array({{{"id", "convicted"},
                                       {"label", "convicted"},
                                       {"value",
                                        {{"table", Json::array({{{"when", {{"misdemeanor", true}}}, {"value", "1"}},
                                                                {{"when", {{"felony", true}}}, {"value", "1"}},
                                                                {{"value", "0"}}})}}}}});
    json["items"] = Json::array({item("young", points("age at current", column), {{"age", {"to_20", "to_22"}}}),
                                 item("violent_now", points("current violent offense", column), {{"violent", true}}),
                                 item("violent_and_young", points("current violent offense and", column),
                                      {{"violent", true}, {"age", "to_20"}}),
                                 item("pending_charge", points("pending", column), {{"pending", true}}),
                                 item("misdemeanors", points("prior misdemeanor", column), {{"misdemeanor", true}}),
                                 item("felonies", points("prior felony", column), {{"felony", true}}),
                                 item("any_conviction", points("prior conviction", column), {{"convicted", "1"}}),
                                 item("old_absences", points("prior FTA older", column), {{"old_absence", true}}),
                                 item("sentenced", points("prior sentence", column), {{"incarceration", true}})});
    auto const classes = [&](char const* id, char const* of, std::string const& factor,
                             std::vector<std::pair<std::string, std::size_t>> const& parts) {
      Json table = Json::array();
      for (auto const& [to, part] : parts)
        table.push_back({{"when", {{of, {{"to", to}}}}}, {"value", points(factor, column, part)}});
      json["items"].push_back({{"id", id}, {"label", id}, {"value", {{"table", table}}}});
    };
    classes("violence_points", "violence", "prior violent conviction", {{"0", 0}, {"2", 1}, {"3", 2}});
    classes("absence_points", "absences", "prior FTA in past", {{"0", 0}, {"1", 1}, {"2", 2}});
    json["total_unit"] = "points";
    Json table = Json::array();
    std::set<std::string> bands;
    for (std::size_t raw = 0; raw < conversion.size(); ++raw) {
      table.push_back({{"when", {{"total", std::to_string(raw)}}}, {"value", conversion[raw]}});
      bands.insert(conversion[raw]);
    }
    json["outputs"] = Json::array(
        {{{"id", "scaled"}, {"label", "scaled"}, {"value", {{"table", table}}}, {"unit", "level"}, {"decimals", 0}}});
    json["band_of"] = "scaled";
    for (auto const& band : bands) {
      Json one{{"id", band}, {"label", band}};
      if (band != *bands.begin()) one["from"] = band;
      if (band != *bands.rbegin()) one["below"] = std::to_string(std::stoi(band) + 1);
      json["bands"].push_back(std::move(one));
    }
    json["cases"] = Json::array();
    json["printed_maximum"] = points("maximum", column);
    auto read = parse_instrument(json.dump(), scale);
    ASSERT_TRUE(read) << to_string(read.diagnostics()) << json["items"].dump();
    scales_.emplace(scale, *std::move(read));
  }

  static Value answer(std::size_t fact, int position)
  {
    if (fact == 0) return Value(ages[static_cast<std::size_t>(position)]);
    if (fact == 5 || fact == 6) return test::number(position);
    return Value(position == 1);
  }

  static Record record_of(Answers const& answers, std::uint32_t missing = 0)
  {
    test::Facts facts{{"charge", Value(true)}};
    for (std::size_t k = 0; k < answers.size(); ++k)
      if ((missing >> k & 1U) == 0) facts.emplace_back(std::string("psa.") + names[k], answer(k, answers[k]));
    return test::record(facts);
  }

  Score scored(std::string const& scale, Record const& record) const
  {
    ScoreOptions options;
    options.jurisdiction = "US";
    return score(scales_.at(scale), record, options);
  }

  std::vector<std::vector<std::string>> rows_;
  std::map<std::string, Instrument> scales_;
  std::vector<Answers> consistent_;
};

TEST_F(Psa, gives_every_published_scenario)
{
  std::size_t scenarios = 0;
  for (auto const& row : rows_) {
    if (row.size() < 14 || (row[0] != "20" && row[0] != "22" && row[0] != "23")) continue;
    auto const flag = [&](std::size_t k) { return row[k] == "Y" ? 1 : 0; };
    Answers const answers{row[0] == "20"   ? 0
                          : row[0] == "22" ? 1
                                           : 2,
                          flag(1),
                          flag(2),
                          flag(3),
                          flag(4),
                          std::stoi(row[5]),
                          std::stoi(row[6]),
                          flag(7),
                          flag(8)};
    auto const record = record_of(answers);
    auto const fta = scored("fta", record);
    auto const nca = scored("nca", record);
    auto const nvca = scored("nvca", record);
    ASSERT_EQ(nca.state, ScoreState::known);
    EXPECT_EQ(nca.total.lowest, std::stod(row[9]));
    EXPECT_EQ(nca.band, row[10]);
    EXPECT_EQ(fta.total.lowest, std::stod(row[11]));
    EXPECT_EQ(fta.band, row[12]);
    EXPECT_EQ(nvca.total.lowest, std::stod(row[13]));
    EXPECT_EQ(nvca.band, row[14] == "Yes" ? "2" : "1");
    ++scenarios;
  }
  EXPECT_EQ(scenarios, 182U);
  RecordProperty("scenarios", static_cast<int>(scenarios));
}

TEST_F(Psa, the_whole_domain_has_the_known_number_of_each_level)
{
  ASSERT_EQ(consistent_.size(), 1800U);
  std::map<std::string, std::map<std::string, int>> seen;
  for (auto const& answers : consistent_)
    for (auto const* scale : {"fta", "nca", "nvca"}) ++seen[scale][scored(scale, record_of(answers)).band];
  EXPECT_EQ(seen["fta"],
            (std::map<std::string, int>{{"1", 6}, {"2", 156}, {"3", 300}, {"4", 600}, {"5", 594}, {"6", 144}}));
  EXPECT_EQ(seen["nca"],
            (std::map<std::string, int>{{"1", 4}, {"2", 52}, {"3", 224}, {"4", 464}, {"5", 540}, {"6", 516}}));
  EXPECT_EQ(seen["nvca"], (std::map<std::string, int>{{"1", 894}, {"2", 906}}));
}

TEST_F(Psa, contradicting_answers_have_no_score)
{
  Answers const violent_without_conviction{0, 0, 0, 0, 0, 1, 0, 0, 0};
  auto const result = scored("nca", record_of(violent_without_conviction));
  EXPECT_EQ(result.state, ScoreState::error);
  ASSERT_FALSE(result.diagnostics.empty());
  EXPECT_EQ(result.diagnostics[0].code, Code::contradictory_facts);
}

/// The totals and bands of every consistent set of answers that agrees with the known ones.
struct Completions {
  double low = 1e9;
  double high = -1e9;
  std::set<std::string> bands;
};

TEST_F(Psa, partial_forms_have_the_bounds_of_their_completions)
{
  std::map<std::string, std::map<Answers, std::pair<double, std::string>>> all;
  for (auto const& answers : consistent_)
    for (auto const* scale : {"fta", "nca", "nvca"}) {
      auto const one = scored(scale, record_of(answers));
      all[scale][answers] = {one.total.lowest, one.band};
    }
  std::mt19937 random(4);
  std::size_t forms = 0;
  for (std::uint32_t missing = 0; missing < 512; ++missing) {
    auto const& known = consistent_[random() % consistent_.size()];
    for (auto const& [scale, scores] : all) {
      Completions expected;
      for (auto const& [answers, found] : scores) {
        bool agrees = true;
        for (std::size_t k = 0; k < answers.size(); ++k)
          agrees = agrees && ((missing >> k & 1U) != 0 || answers[k] == known[k]);
        if (!agrees) continue;
        expected.low = std::min(expected.low, found.first);
        expected.high = std::max(expected.high, found.first);
        expected.bands.insert(found.second);
      }
      auto const got = scored(scale, record_of(known, missing));
      ASSERT_TRUE(got.exact);
      EXPECT_EQ(got.total, (ScoreRange{expected.low, expected.high})) << scale << " " << missing;
      EXPECT_EQ(std::set<std::string>(got.possible_bands.begin(), got.possible_bands.end()), expected.bands);
      ++forms;
    }
  }
  RecordProperty("forms", static_cast<int>(forms));
}

TEST_F(Psa, the_smallest_deciding_sets_are_those_of_enumeration)
{
  std::mt19937 random(9);
  for (int round = 0; round < 25; ++round) {
    auto const& known = consistent_[random() % consistent_.size()];
    std::uint32_t missing = 0;
    for (int k = 0; k < 4; ++k) missing |= 1U << (random() % 9);
    auto const& scale = scales_.at("nca");
    // The bands that remain once the facts of `asked` have the answers of somebody, over everybody who agrees so far.
    auto const decides = [&](std::uint32_t asked) {
      std::map<Answers, std::set<std::string>> bands;
      for (auto const& answers : consistent_) {
        bool agrees = true;
        Answers key{};
        for (std::size_t k = 0; k < answers.size(); ++k) {
          agrees = agrees && ((missing >> k & 1U) != 0 || answers[k] == known[k]);
          if ((asked >> k & 1U) != 0) key[k] = answers[k];
        }
        if (agrees) bands[key].insert(scored("nca", record_of(answers)).band);
      }
      return std::all_of(bands.begin(), bands.end(), [](auto const& one) { return one.second.size() == 1; });
    };
    std::set<std::set<std::string>> expected;
    for (int size = 1; size <= 4 && expected.empty(); ++size)
      for (std::uint32_t asked = 0; asked < 512; ++asked) {
        if ((asked & ~missing) != 0 || std::popcount(asked) != size || !decides(asked)) continue;
        std::set<std::string> set;
        for (std::size_t k = 0; k < names.size(); ++k)
          if ((asked >> k & 1U) != 0) set.insert(std::string("psa.") + names[k]);
        expected.insert(set);
      }
    if (decides(0)) expected.clear();
    ScoreOptions options;
    options.jurisdiction = "US";
    auto const result = settle(scale, record_of(known, missing), options);
    std::set<std::set<std::string>> got;
    for (auto const& set : result.smallest) got.emplace(set.begin(), set.end());
    EXPECT_EQ(got, expected) << round;
    EXPECT_TRUE(result.exact);
  }
}

}  // namespace
}  // namespace tutela
