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
using test::record;

Instrument const& ogrs3()
{
  static Instrument const instrument = test::shipped("uk/ogrs3/ogrs3.instrument.json");
  return instrument;
}

ScoreOptions in_england()
{
  ScoreOptions options;
  options.jurisdiction = "GB-EAW";
  return options;
}

Facts typical()
{
  return {{"person.sex", Value("male")},
          {"person.birth_date", day("1989-04-22")},
          {"probation.first_sanction_date", day("2001-09-10")},
          {"probation.conviction_date", day("2013-02-20")},
          {"probation.risk_start_date", day("2013-03-31")},
          {"probation.previous_sanctions", number(25)},
          {"probation.offence_group", Value("taking_and_driving_away")}};
}

Facts with(Facts facts, std::string const& name, Value const& value)
{
  for (auto& [known, old] : facts)
    if (known == name) old = value;
  return facts;
}

Facts without(Facts facts, std::string const& name)
{
  std::erase_if(facts, [&](auto const& fact) { return fact.first == name; });
  return facts;
}

// The first case of the pack is case T0 of the official file.
TEST(Ogrs3, scores_a_known_person)
{
  auto const result = score(ogrs3(), record(typical()), in_england());
  ASSERT_EQ(result.state, ScoreState::known) << to_json(result);
  EXPECT_NEAR(result.find("one_year")->value.lowest, 0.8117432421743183, 1e-12);
  EXPECT_NEAR(result.find("two_years")->value.lowest, 0.8984865665141756, 1e-12);
  EXPECT_EQ(result.find("two_year_percent")->value.lowest, 90);
  EXPECT_EQ(result.band, "very_high");
  EXPECT_FALSE(result.research);
  double sum = 0;
  for (auto const& contribution : result.contributions) sum += contribution.value.lowest;
  EXPECT_EQ(sum, result.total.lowest);
  EXPECT_EQ(result.categories, (std::vector<std::string>{"identity", "offence"}));
}

TEST(Ogrs3, gives_the_cases_of_the_pack)
{
  for (auto const& check : ogrs3().description().cases) {
    auto const result = score(ogrs3(), check.facts, in_england());
    ASSERT_EQ(result.state, ScoreState::known) << check.id;
    for (auto const& [output, expected] : check.expected)
      EXPECT_NEAR(result.find(output)->value.lowest, std::stod(expected), 1e-12) << check.id;
  }
  EXPECT_EQ(ogrs3().description().cases.size(), 35U);
}

TEST(Ogrs3, gives_all_official_cases)
{
  auto const path = test::shared_folder() / "instruments/data/ogrs3_cases.json";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "outside material is not here: instruments/data/ogrs3_cases.json";
  auto const cases = nlohmann::json::parse(test::read_text(path));
  auto const& groups = ogrs3().description().facts.back().declaration.allowed;
  std::size_t equal = 0;
  double largest = 0;
  for (auto const& one : cases) {
    if (!one["execution"].get<bool>()) continue;
    auto const facts = record({{"person.sex", Value(one["gender"] == 0 ? "male" : "female")},
                               {"person.birth_date", day(one["birthDate"].get<std::string>())},
                               {"probation.first_sanction_date", day(one["firstSanctionDate"].get<std::string>())},
                               {"probation.conviction_date", day(one["convictionDate"].get<std::string>())},
                               {"probation.risk_start_date", day(one["assessmentDate"].get<std::string>())},
                               {"probation.previous_sanctions", number(one["previousSanctions"].get<int>())},
                               {"probation.offence_group", groups.at(one["currentOffenceType"].get<std::size_t>())}});
    auto const result = score(ogrs3(), facts, in_england());
    ASSERT_EQ(result.state, ScoreState::known) << one["testNumber"] << to_json(result);
    double const one_year = std::fabs(result.outputs[0].value.lowest - one["output_ogrs3_year_1"].get<double>());
    double const two_years = std::fabs(result.outputs[1].value.lowest - one["output_ogrs3_year_2"].get<double>());
    largest = std::max({largest, one_year, two_years});
    if (one_year <= 1e-12 && two_years <= 1e-12) ++equal;
  }
  std::cout << equal << " official cases of OGRS3 equal to 1e-12, largest difference " << largest << "\n";
  EXPECT_EQ(equal, cases.size());
  EXPECT_EQ(equal, 618U);
}

// One source lost the sign of the values for girls aged 10 to 15: then the curve jumps at 16.
TEST(Ogrs3, curve_of_girls_has_no_jump_at_sixteen)
{
  auto const at = [](char const* birth) {
    auto facts = with(typical(), "person.sex", Value("female"));
    facts = with(facts, "person.birth_date", day(birth));
    facts = with(facts, "probation.first_sanction_date", day("2013-01-01"));
    facts = with(facts, "probation.previous_sanctions", number(1));
    return score(ogrs3(), record(facts), in_england()).contributions[0].value.lowest;
  };
  EXPECT_EQ(at("2000-03-31"), -0.613852078);
  EXPECT_EQ(at("2001-03-31"), -0.613852078);
  EXPECT_EQ(at("1998-01-01"), -0.669521331);
  EXPECT_EQ(at("1997-03-31"), -0.959179629);
  EXPECT_LT(std::fabs(at("1998-01-01") - at("1997-03-31")), 0.3);
}

// One source swapped the labels of two groups.
TEST(Ogrs3, drink_driving_is_the_lower_of_the_two_driving_groups)
{
  auto const offence = [](char const* group) {
    auto const result = score(ogrs3(), record(with(typical(), "probation.offence_group", Value(group))), in_england());
    return result.contributions[3].value.lowest;
  };
  EXPECT_EQ(offence("drink_driving"), -0.121439408);
  EXPECT_EQ(offence("other_motoring"), 0.262228428);
  EXPECT_EQ(offence("sexual_not_against_child"), 0.003276327);
}

TEST(Ogrs3, is_not_applicable_elsewhere_unless_for_research)
{
  ScoreOptions options;
  options.jurisdiction = "MD";
  auto result = score(ogrs3(), record(typical()), options);
  EXPECT_EQ(result.state, ScoreState::not_applicable);
  EXPECT_TRUE(result.outputs.empty());
  EXPECT_FALSE(result.reason.in(Language::ro).empty());
  options.purpose = ScorePurpose::research;
  result = score(ogrs3(), record(typical()), options);
  EXPECT_EQ(result.state, ScoreState::known);
  EXPECT_TRUE(result.research);
  EXPECT_EQ(score(ogrs3(), record(typical()), {}).state, ScoreState::not_applicable) << "jurisdiction not said";
}

TEST(Ogrs3, is_never_used_without_a_recorded_conviction)
{
  for (auto const purpose : {ScorePurpose::practice, ScorePurpose::research}) {
    auto options = in_england();
    options.purpose = purpose;
    auto result = score(ogrs3(), record(without(typical(), "probation.conviction_date")), options);
    EXPECT_EQ(result.state, ScoreState::not_applicable);
    result = score(ogrs3(), record(with(typical(), "probation.conviction_date", Value())), options);
    EXPECT_EQ(result.state, ScoreState::not_applicable);
  }
}

TEST(Ogrs3, refuses_an_exploited_minor_and_a_child_below_ten)
{
  auto facts = with(typical(), "probation.offence_group", Value("soliciting_or_prostitution"));
  facts = with(facts, "person.birth_date", day("1996-01-01"));
  facts = with(facts, "probation.first_sanction_date", day("2012-01-01"));
  auto options = in_england();
  options.purpose = ScorePurpose::research;
  EXPECT_EQ(score(ogrs3(), record(facts), options).state, ScoreState::not_applicable);
  facts = with(typical(), "person.birth_date", day("2004-01-01"));
  facts = with(facts, "probation.first_sanction_date", day("2012-01-01"));
  EXPECT_EQ(score(ogrs3(), record(facts), options).state, ScoreState::not_applicable);
}

TEST(Ogrs3, contradicting_dates_are_a_located_error)
{
  auto const result =
      score(ogrs3(), record(with(typical(), "probation.first_sanction_date", day("2013-03-01"))), in_england());
  EXPECT_EQ(result.state, ScoreState::error);
  ASSERT_EQ(result.diagnostics.size(), 1U);
  EXPECT_EQ(result.diagnostics[0].code, Code::contradictory_facts);
  EXPECT_TRUE(result.outputs.empty());
  auto const wrong =
      score(ogrs3(), record(with(typical(), "probation.previous_sanctions", Value("many"))), in_england());
  EXPECT_EQ(wrong.state, ScoreState::error);
  ASSERT_EQ(wrong.diagnostics.size(), 1U);
  EXPECT_EQ(wrong.diagnostics[0].place.pointer, "probation.previous_sanctions");
}

TEST(Ogrs3, missing_facts_leave_it_open_and_are_named)
{
  auto const result = score(ogrs3(), record(without(typical(), "probation.offence_group")), in_england());
  ASSERT_EQ(result.state, ScoreState::open);
  EXPECT_EQ(result.missing, (std::vector<std::string>{"probation.offence_group"}));
  EXPECT_TRUE(result.exact);
  // Lowest: drug import; highest: soliciting. The person is an adult, so both are possible.
  auto const lowest =
      score(ogrs3(), record(with(typical(), "probation.offence_group", Value("drug_import_export_production"))),
            in_england());
  auto const highest = score(
      ogrs3(), record(with(typical(), "probation.offence_group", Value("soliciting_or_prostitution"))), in_england());
  EXPECT_EQ(result.outputs[1].value.lowest, lowest.outputs[1].value.lowest);
  EXPECT_EQ(result.outputs[1].value.highest, highest.outputs[1].value.lowest);
  EXPECT_TRUE(result.band.empty());
  EXPECT_EQ(result.possible_bands, (std::vector<std::string>{"medium", "high", "very_high"}));
}

TEST(Ogrs3, a_missing_fact_that_cannot_matter_is_not_asked)
{
  // The first row of history asks only whether there was any previous sanction; without the birth date the age matters.
  auto const result = score(ogrs3(), record(without(typical(), "person.birth_date")), in_england());
  ASSERT_EQ(result.state, ScoreState::open);
  EXPECT_EQ(result.missing, (std::vector<std::string>{"person.birth_date"}));
  EXPECT_TRUE(result.exact);
}

}  // namespace
}  // namespace tutela
