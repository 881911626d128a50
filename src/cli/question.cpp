// SPDX-License-Identifier: Apache-2.0
/// \file
/// Loading a pack and the cases that it is asked about.
#include "cli/question.hpp"

#include <cstdio>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>
#include <tutela/io/case.hpp>

namespace tutela::cli {

std::optional<PackQuestion> read_question(Arguments const& arguments, std::string_view usage, bool one_day)
{
  auto const refused = [&](std::string_view what) {
    refuse(what, usage);
    return std::nullopt;
  };
  auto const pack_name = arguments.value("--pack");
  if (!pack_name) return refused("no pack given");
  if (arguments.rest().size() != 1) return refused("give one file of cases, or - for standard input");
  std::optional<Date> on;
  DecideOptions options;
  if (!arguments.date("--on", on) || !arguments.date("--law-on", options.law_on) ||
      !arguments.date("--known-on", options.known_on))
    return std::nullopt;
  options.include_unverified = arguments.has("--unverified");

  auto const pack = load_pack(*pack_name);
  print(pack.diagnostics());
  if (!pack) return std::nullopt;
  if (one_day && pack->info().dated && !on) return refused("the pack is dated: give the day with --on");
  options.decisions = arguments.values("--decision");
  for (auto const& decision : options.decisions)
    if (pack->find(decision) == nullptr) return refused("the pack has no decision \"" + decision + "\"");
  auto language = pack->info().language;
  if (auto const code = arguments.value("--lang")) {
    auto const chosen = parse_language(*code);
    if (!chosen) return refused("--lang is one of en, ro, uk, ru");
    language = *chosen;
  }

  auto const& path = arguments.rest().front();
  auto const cases = load_cases(path);
  print(cases.diagnostics());
  if (!cases) return std::nullopt;
  bool wrong = false;
  for (auto const& item : *cases) {
    auto found = pack->check_facts(item.facts, on);
    for (auto& diagnostic : found) {
      diagnostic.place.file = path;
      diagnostic.place.pointer = "/" + item.id.text() + "/" + diagnostic.place.pointer;
      wrong = wrong || diagnostic.severity == Severity::error;
    }
    print(found);
  }
  if (wrong) return std::nullopt;

  return PackQuestion{*pack, *cases, on, std::move(options), language};
}

void print_json(std::string const& id, std::string const& object)
{
  std::printf("{\"case\":%s,%s\n", nlohmann::json(id).dump().c_str(), object.c_str() + 1);
}

}  // namespace tutela::cli
