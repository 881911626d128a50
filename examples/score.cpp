// SPDX-License-Identifier: Apache-2.0
/// \file
/// SHOWS: a published risk scale with an answer missing: the lowest and highest score, and what would settle it.
/// EASIER FIRST: decide.cpp.
/// RUN: score (the scale ships with the library; the answers are a published check case of the scale)

#include <iostream>

#include <tutela/facts/record.hpp>
#include <tutela/io/instrument.hpp>
#include <tutela/risk/score.hpp>

namespace {

void print(tutela::Score const& score)
{
  std::cout << to_string(score.state);
  if (auto const* risk = score.find("two_years"); risk != nullptr && score.state != tutela::ScoreState::not_applicable)
    std::cout << ", within two years: " << risk->value.lowest << " to " << risk->value.highest;
  for (auto const& band : score.possible_bands) std::cout << ", " << band;
  for (auto const& fact : score.missing) std::cout << ", ask " << fact;
  if (!score.reason.empty()) std::cout << ", " << score.reason.in(tutela::Language::en);
  std::cout << '\n';
}

}  // namespace

int main()
{
  auto const ogrs3 = tutela::load_instrument("uk/ogrs3").value();

  tutela::RecordBuilder answers;
  answers.set("person.birth_date", tutela::Value(tutela::Date{1972, 9, 9}))
      .set("probation.first_sanction_date", tutela::Value(tutela::Date{1986, 9, 9}))
      .set("probation.conviction_date", tutela::Value(tutela::Date{2009, 9, 9}))
      .set("probation.risk_start_date", tutela::Value(tutela::Date{2015, 9, 15}))
      .set("probation.previous_sanctions", tutela::Value(tutela::Decimal(3)))
      .set("probation.offence_group", tutela::Value("criminal_damage"));
  tutela::ScoreOptions options;
  options.jurisdiction = "GB-EAW";  // where the scale was made

  auto incomplete = answers;
  print(score(ogrs3, std::move(incomplete).build().value(), options));  // open: the sex is missing

  answers.set("person.sex", tutela::Value("female"));
  auto const complete = std::move(answers).build().value();
  print(score(ogrs3, complete, options));  // known

  options.jurisdiction = "MD";  // no norm for this legal order: no number
  print(score(ogrs3, complete, options));

  options.purpose = tutela::ScorePurpose::research;  // a number, marked as research
  print(score(ogrs3, complete, options));
}
