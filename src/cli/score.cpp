// SPDX-License-Identifier: Apache-2.0
/// \file
/// `tutela score`: what risk or needs instruments say about each case of a file.
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include <tutela/io/case.hpp>
#include <tutela/io/instrument.hpp>
#include <tutela/io/pmml.hpp>
#include <tutela/io/table.hpp>
#include <tutela/risk/score.hpp>
#include <tutela/risk/settle.hpp>

#include "cli/verbs.hpp"

namespace tutela::cli {

namespace {

/// Whom a score is about.
struct Person {
  std::string id;
  std::string jurisdiction;
  Record facts;
};

/// A cell as the fact that it gives is declared. What does not fit stays a text, which the score then refuses by name.
Value to_value(std::string const& cell, FactDeclaration const* declaration)
{
  bool const is_free = declaration == nullptr;
  if (is_free || declaration->type == Kind::date)
    if (auto const day = parse_date(cell)) return Value(*day);
  if (is_free || declaration->type == Kind::boolean) {
    if (cell == "true" || cell == "1" || cell == "yes") return Value(true);
    if (cell == "false" || cell == "0" || cell == "no") return Value(false);
  }
  if (!is_free && declaration->type == Kind::number)
    if (auto const number = Decimal::parse(cell); number && number->is_finite()) return Value(*number);
  return Value(cell);
}

/// Rows of a CSV file whose columns are named as facts; `id` and `jurisdiction` are not facts.
std::optional<std::vector<Person>> people_of(TextTable const& table, std::string const& file,
                                             std::vector<Instrument> const& instruments, bool answers_only)
{
  auto const declaration_of = [&](std::string const& name) {
    FactDeclaration const* found = nullptr;
    for (auto const& one : instruments)
      if (found == nullptr) found = one.schema().find(name);
    return found;
  };
  auto const is_act = [&](std::string const& name) {
    for (auto const& one : instruments)
      for (auto const& act : one.description().applicability.recorded_act)
        if (act == name) return true;
    return false;
  };
  std::vector<RecordBuilder> builders(table.rows());
  std::vector<Person> people(table.rows());
  for (std::size_t row = 0; row < people.size(); ++row) people[row].id = std::to_string(row + 1);
  for (std::size_t column = 0; column < table.names.size(); ++column) {
    auto const& name = table.names[column];
    auto const* declaration = declaration_of(name);
    bool const is_read = answers_only || declaration != nullptr || is_act(name);
    for (std::size_t row = 0; row < people.size(); ++row) {
      auto const& cell = table.columns[column][row];
      if (cell.empty()) continue;
      if (name == "id")
        people[row].id = cell;
      else if (name == "jurisdiction")
        people[row].jurisdiction = cell;
      else if (is_read)
        builders[row].set(name, to_value(cell, declaration));
    }
  }
  for (std::size_t row = 0; row < people.size(); ++row) {
    auto facts = std::move(builders[row]).build();
    for (auto& finding : facts.diagnostics()) {
      auto placed = finding;
      placed.place = {file, static_cast<std::uint32_t>(row + 2), 0, finding.place.pointer};
      print({placed});
    }
    if (!facts) return std::nullopt;
    people[row].facts = *std::move(facts);
  }
  return people;
}

std::optional<std::vector<Person>> read_people(std::string const& path, bool is_table,
                                               std::vector<Instrument> const& instruments, bool answers_only)
{
  if (is_table) {
    auto const table = load_table(path);
    print(table.diagnostics());
    return table ? people_of(*table, path, instruments, answers_only) : std::nullopt;
  }
  auto cases = load_cases(path);
  print(cases.diagnostics());
  if (!cases) return std::nullopt;
  std::vector<Person> people;
  for (auto& item : *cases) people.push_back({item.id.text(), item.jurisdiction, std::move(item.facts)});
  return people;
}

std::string text_of(ScoreRange const& range, int decimals)
{
  char buffer[80];
  if (range.is_settled())
    std::snprintf(buffer, sizeof buffer, "%.*f", decimals, range.lowest);
  else
    std::snprintf(buffer, sizeof buffer, "%.*f to %.*f", decimals, range.lowest, decimals, range.highest);
  return buffer;
}

std::string joined(std::vector<std::string> const& words)
{
  std::string text;
  for (auto const& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

void print_numbers(Instrument const& instrument, Score const& score, Language language)
{
  bool const whole = score.total_unit == "points" || score.total_unit == "level";
  std::printf("  total %s %s%s\n", text_of(score.total, whole ? 0 : 4).c_str(), score.total_unit.c_str(),
              score.exact ? "" : " (outer bounds: the work ran out)");
  for (auto const& output : score.outputs)
    std::printf("  %s %s %s%s%s\n", output.id.c_str(), text_of(output.value, output.decimals).c_str(),
                output.unit.c_str(), output.horizon.empty() ? "" : " within ", output.horizon.c_str());
  if (score.possible_bands.size() > 1) std::printf("  possible bands: %s\n", joined(score.possible_bands).c_str());
  if (!score.missing.empty()) std::printf("  missing: %s\n", joined(score.missing).c_str());
  if (!score.uncertain.empty()) std::printf("  cannot be known: %s\n", joined(score.uncertain).c_str());
  if (!score.assumed.empty()) std::printf("  assumed by the scale: %s\n", joined(score.assumed).c_str());
  for (auto const& reason : reason_codes(instrument, score)) {
    auto const& label = reason.label.in(language);
    std::printf("  because of %s%s%s%s: %.*f above its lowest\n", reason.item.c_str(), label.empty() ? "" : " (",
                label.c_str(), label.empty() ? "" : ")", whole ? 0 : 4, reason.above);
  }
  if (score.research) std::printf("  for research only\n");
  std::printf("  %s\n", score.norm.in(language).c_str());
}

void print_text(Instrument const& instrument, Person const& person, Score const& score, Language language)
{
  std::printf("[%s] %s %s%s%s\n", person.id.c_str(), score.instrument.c_str(),
              std::string(to_string(score.state)).c_str(), score.band.empty() ? "" : ", band ", score.band.c_str());
  if (score.state == ScoreState::known || score.state == ScoreState::open)
    print_numbers(instrument, score, language);
  else if (!score.reason.empty())
    std::printf("  %s\n", score.reason.in(language).c_str());
}

void print_json(Instrument const& instrument, Person const& person, Score const& score)
{
  auto line = nlohmann::ordered_json{{"case", person.id}};
  line.update(nlohmann::ordered_json::parse(to_json(score)));
  for (auto const& reason : reason_codes(instrument, score))
    line["reasons"].push_back(nlohmann::ordered_json{{"item", reason.item}, {"above", reason.above}});
  std::printf("%s\n", line.dump().c_str());
}

/// Says on standard error what is wrong with the facts of a person. \return True when something is.
bool print_faults(Score const& score, Person const& person, std::string const& file)
{
  auto found = score.diagnostics;
  for (auto& one : found) {
    one.place.file = file;
    one.place.pointer = "/" + person.id + "/" + one.place.pointer;
  }
  print(found);
  return score.state == ScoreState::error;
}

bool ends_with(std::string_view text, std::string_view end)
{
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::optional<std::vector<Instrument>> load_all(std::vector<std::string> const& names)
{
  std::vector<Instrument> instruments;
  bool good = true;
  for (auto const& name : names) {
    auto const instrument = ends_with(name, ".pmml") ? load_pmml(name) : load_instrument(name);
    print(instrument.diagnostics());
    good = good && instrument.has_value();
    if (instrument) instruments.push_back(*instrument);
  }
  return good ? std::optional(std::move(instruments)) : std::nullopt;
}

}  // namespace

int run_score(std::span<char const* const> words, std::string_view usage)
{
  auto const arguments = Arguments::read(words, {{"--instrument", true, true},
                                                 {"--on"},
                                                 {"--known-on"},
                                                 {"--jurisdiction"},
                                                 {"--research", false},
                                                 {"--answers-only", false},
                                                 {"--csv", false},
                                                 {"--lang"},
                                                 {"--json", false}});
  if (!arguments) return refuse("", usage);
  if (!arguments->has("--instrument")) return refuse("no instrument given", usage);
  if (arguments->rest().size() != 1) return refuse("give one file of cases, or - for standard input", usage);
  ScoreOptions options;
  if (!arguments->date("--on", options.on) || !arguments->date("--known-on", options.known_on)) return bad_input;
  options.purpose = arguments->has("--research") ? ScorePurpose::research : ScorePurpose::practice;
  options.answers_only = arguments->has("--answers-only");
  auto const language = parse_language(arguments->value("--lang").value_or("en"));
  if (!language) return refuse("--lang is one of en, ro, uk, ru", usage);
  auto const instruments = load_all(arguments->values("--instrument"));
  if (!instruments) return bad_input;
  auto const& path = arguments->rest().front();
  auto const people =
      read_people(path, arguments->has("--csv") || ends_with(path, ".csv"), *instruments, options.answers_only);
  if (!people) return bad_input;
  auto const given = arguments->value("--jurisdiction").value_or("");
  bool wrong = false;
  for (auto const& person : *people) {
    // A case names its country; the option may name the part of it whose law and norm it is.
    bool const is_country = person.jurisdiction == given.substr(0, given.find('-'));
    options.jurisdiction = person.jurisdiction.empty() || is_country ? given : person.jurisdiction;
    for (auto const& instrument : *instruments) {
      auto const result = score(instrument, person.facts, options);
      wrong = print_faults(result, person, path) || wrong;
      if (arguments->has("--json"))
        print_json(instrument, person, result);
      else
        print_text(instrument, person, result, *language);
    }
  }
  return wrong ? bad_input : success;
}

}  // namespace tutela::cli
