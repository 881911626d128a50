// SPDX-License-Identifier: Apache-2.0
/// \file
/// `tutela decide`: what a rule pack finds for each case of a file.
#include <cstdio>

#include <nlohmann/json.hpp>
#include <tutela/io/assessment.hpp>
#include <tutela/io/case.hpp>
#include <tutela/io/explanation.hpp>
#include <tutela/rules/pack.hpp>

#include "cli/verbs.hpp"

namespace tutela::cli {

int run_decide(std::span<char const* const> words, std::string_view usage)
{
  auto const arguments = Arguments::read(words, {{"--pack"},
                                                 {"--on"},
                                                 {"--law-on"},
                                                 {"--known-on"},
                                                 {"--decision"},
                                                 {"--unverified", false},
                                                 {"--lang"},
                                                 {"--json", false}});
  if (!arguments) return refuse("", usage);
  auto const pack_name = arguments->value("--pack");
  if (!pack_name) return refuse("no pack given", usage);
  if (arguments->rest().size() != 1) return refuse("give one file of cases, or - for standard input", usage);
  std::optional<Date> on;
  DecideOptions options;
  if (!arguments->date("--on", on) || !arguments->date("--law-on", options.law_on) ||
      !arguments->date("--known-on", options.known_on))
    return bad_input;
  options.include_unverified = arguments->has("--unverified");

  auto const pack = load_pack(*pack_name);
  print(pack.diagnostics());
  if (!pack) return bad_input;
  if (pack->info().dated && !on) return refuse("the pack is dated: give the day with --on", usage);
  if (auto const decision = arguments->value("--decision")) {
    if (pack->find(*decision) == nullptr) return refuse("the pack has no decision \"" + *decision + "\"", usage);
    options.decisions.push_back(*decision);
  }
  auto language = pack->info().language;
  if (auto const code = arguments->value("--lang")) {
    auto const chosen = parse_language(*code);
    if (!chosen) return refuse("--lang is one of en, ro, uk, ru", usage);
    language = *chosen;
  }

  auto const& path = arguments->rest().front();
  auto const cases = load_cases(path);
  print(cases.diagnostics());
  if (!cases) return bad_input;
  bool wrong = false;
  for (auto const& item : *cases) {
    auto found = pack->schema().check(item.facts);
    for (auto& diagnostic : found) {
      diagnostic.place.file = path;
      diagnostic.place.pointer = "/" + item.id.text() + diagnostic.place.pointer;
      wrong = wrong || diagnostic.severity == Severity::error;
    }
    print(found);
  }
  if (wrong) return bad_input;

  for (auto const& item : *cases) {
    auto const verdicts = pack->decide(item.facts, on, options);
    for (auto const& verdict : verdicts) {
      if (arguments->has("--json")) {
        auto line = nlohmann::ordered_json{
            {"case", item.id.text()}, {"pack", pack->info().id}, {"pack_digest", pack->info().digest}};
        line.update(nlohmann::ordered_json::parse(write_verdict(verdict)));
        std::printf("%s\n", line.dump().c_str());
      } else {
        std::printf("[%s] %s\n", item.id.text().c_str(), explain(verdict, language).c_str());
      }
    }
  }
  return success;
}

}  // namespace tutela::cli
