// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <iostream>

#include <nlohmann/json.hpp>

#include "support.hpp"

namespace tutela {
namespace {

using test::day;
using test::Facts;
using test::number;

/// The official file writes yes as 0, and no as 1.
Value yes(nlohmann::json const& value) { return Value(value == 0); }

Value level(nlohmann::json const& value)
{
  static char const* const words[] = {"none", "some", "significant"};
  return Value(words[value.get<std::size_t>()]);
}

Facts facts_of(nlohmann::json const& one, Instrument const& instrument, bool dynamic)
{
  Facts facts{{"person.sex", Value(one["sex"] == 0 ? "male" : "female")},
              {"person.birth_date", day(one["birthDate"].get<std::string>())},
              {"probation.first_sanction_date", day(one["firstSanctionDate"].get<std::string>())},
              {"probation.conviction_date", day(one["convictionDate"].get<std::string>())},
              {"probation.risk_start_date", day(one["sentenceDate"].get<std::string>())},
              {"probation.assessment_date", day(one["assessmentDate"].get<std::string>())},
              {"probation.previous_sanctions", number(one["previousSanctions"].get<int>())},
              {"probation.violent_sanctions", number(one["violentSanctions"].get<int>())}};
  auto const& offences = instrument.schema().find("probation.offence_category")->allowed;
  facts.emplace_back("probation.offence_category", offences.at(one["currentOffenceType"].get<std::size_t>()));
  auto const& group = one["violentOffenceCategory"];
  facts.emplace_back("probation.violence_group",
                     group.is_number() ? Value("group_" + std::to_string(group.get<int>())) : Value("none"));
  if (!dynamic) return facts;
  for (auto const& [name, key] :
       std::vector<std::pair<char const*, char const*>>{{"accommodation_problem", "accommodation"},
                                                        {"relationship_problem", "relationship"},
                                                        {"chronic_drinking", "currentUseOfAlcohol"},
                                                        {"binge_drinking", "bingeDrinking"},
                                                        {"impulsivity", "impulsivity"},
                                                        {"temper", "temper"},
                                                        {"pro_criminal_attitudes", "proCriminal"}})
    facts.emplace_back(std::string("probation.") + name, level(one[key]));
  for (auto const& [name, key] :
       std::vector<std::pair<char const*, char const*>>{{"weapon", "useWeapon"},
                                                        {"unemployed", "employment"},
                                                        {"domestic_abuse", "domesticViolence"},
                                                        {"past_homicide", "murder"},
                                                        {"past_gbh", "wounding"},
                                                        {"past_kidnapping", "kidnapping"},
                                                        {"past_firearms", "firearmPossession"},
                                                        {"past_robbery", "robbery"},
                                                        {"past_aggravated_burglary", "burglary"},
                                                        {"past_weapon", "anyOtherOffence"},
                                                        {"past_criminal_damage", "endagerLife"},
                                                        {"past_arson", "arson"}})
    facts.emplace_back(std::string("probation.") + name, yes(one[key]));
  return facts;
}

std::pair<std::size_t, std::size_t> equal_cases(bool dynamic)
{
  auto const instrument =
      test::shipped(std::string("uk/rsr/snsv_") + (dynamic ? "dynamic" : "static") + ".instrument.json");
  auto const cases = nlohmann::json::parse(test::read_text(test::shared_folder() / "instruments/data/rsr_cases.json"));
  ScoreOptions options;
  options.jurisdiction = "GB-EAW";
  options.purpose = ScorePurpose::research;  // the file also has people below 18
  std::size_t equal = 0;
  std::size_t all = 0;
  for (auto const& one : cases) {
    auto const& expected = one[dynamic ? "output_sv_dynamic" : "output_sv_static"];
    if (expected.is_null()) continue;
    ++all;
    auto const result = score(instrument, test::record(facts_of(one, instrument, dynamic)), options);
    EXPECT_EQ(result.state, ScoreState::known) << one["testNumber"] << to_json(result);
    if (result.state == ScoreState::known &&
        std::fabs(result.find("two_years")->value.lowest - expected.get<double>()) <= 1e-12)
      ++equal;
  }
  return {equal, all};
}

TEST(Snsv, gives_all_official_cases)
{
  if (!std::filesystem::exists(test::shared_folder() / "instruments/data/rsr_cases.json"))
    GTEST_SKIP() << "outside material is not here: instruments/data/rsr_cases.json";
  auto const [static_equal, static_all] = equal_cases(false);
  auto const [dynamic_equal, dynamic_all] = equal_cases(true);
  std::cout << static_equal << " static and " << dynamic_equal << " dynamic official cases of SNSV equal to 1e-12\n";
  EXPECT_EQ(static_equal, static_all);
  EXPECT_EQ(dynamic_equal, dynamic_all);
  EXPECT_EQ(static_all, 530U);
  EXPECT_EQ(dynamic_all, 381U);
}

}  // namespace
}  // namespace tutela
