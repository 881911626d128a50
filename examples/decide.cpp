// SPDX-License-Identifier: Apache-2.0
/// \file
/// SHOWS: asking one decision while facts are missing, and asking only for what can still change the answer.
/// EASIER FIRST: quickstart.cpp.
/// RUN: decide (reads the law that ships with the library; the child is made up)

#include <iostream>
#include <map>
#include <string>

#include <tutela/facts/record.hpp>
#include <tutela/rules/pack.hpp>

namespace {

// Stands for the person at the desk. A real program shows the question and waits.
std::map<std::string, tutela::Value> const file{
    {"person.birth_date", tutela::Value(tutela::Date{2022, 11, 20})},
    {"family.vulnerable", tutela::Value(true)},
    {"need.day_service_accepts_age", tutela::Value(tutela::Uncertain{{"need.day_service_accepts_age"}})}};

tutela::Record record_of(std::map<std::string, tutela::Value> const& facts)
{
  tutela::RecordBuilder builder;
  for (auto const& [name, value] : facts) builder.set(name, value);
  return std::move(builder).build().value();
}

}  // namespace

int main()
{
  auto const law = tutela::load_pack("md/child-protection").value();
  tutela::Date const on{2026, 3, 2};

  std::map<std::string, tutela::Value> known;
  auto verdict = law.decide("day_service", record_of(known), on);
  while (verdict.outcome == tutela::Outcome::unknown) {
    std::string const fact = verdict.missing.front();
    tutela::FactDeclaration const* declared = law.schema().find(fact);
    std::cout << "? " << (declared == nullptr ? fact : declared->question.in(tutela::Language::en)) << '\n';
    auto const answer = file.find(fact);
    // What nobody can answer is written down as such, so that it is never asked again.
    known.emplace(fact, answer == file.end() ? tutela::Value(tutela::Uncertain{{fact}}) : answer->second);
    verdict = law.decide("day_service", record_of(known), on);
  }
  std::cout << "after " << known.size() << " of " << law.schema().declarations().size()
            << " facts: " << to_string(verdict.outcome) << '\n';
  if (verdict.outcome == tutela::Outcome::known) std::cout << "answer: " << to_string(verdict.value) << '\n';
  for (auto const& fact : verdict.uncertain) std::cout << "a human has to decide, nobody knows " << fact << '\n';
  for (auto const& citation : verdict.citations) std::cout << "from: " << to_string(citation) << '\n';
}
