// SPDX-License-Identifier: Apache-2.0
/// \file
/// Loading a pack and the cases that it is asked about.
#include "cli/question.hpp"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>
#include <tutela/facts/misspelt.hpp>
#include <tutela/io/case.hpp>
#include <tutela/io/mapping.hpp>
#include <tutela/io/table.hpp>

namespace tutela::cli {
namespace {

/// The cases of a file: our own format, or a table that `--mapping` explains, which is checked against the pack first.
Result<std::vector<Case>> read_cases(Arguments const& arguments, Pack const& pack, std::string const& path)
{
  auto const mapping_path = arguments.value("--mapping");
  if (!mapping_path) return load_cases(path);
  auto const mapping = load_mapping(*mapping_path);
  if (!mapping) return mapping.diagnostics();
  auto wrong = check_mapping(*mapping, pack.schema());
  auto const table = load_table(path, {}, mapping->separator);
  if (!table) wrong.insert(wrong.end(), table.diagnostics().begin(), table.diagnostics().end());
  if (table) {
    auto cases = map_cases(*mapping, *table, path);
    if (cases && wrong.empty()) return cases;
    wrong.insert(wrong.end(), cases.diagnostics().begin(), cases.diagnostics().end());
  }
  return wrong;
}

}  // namespace

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
    if (pack->find(decision) == nullptr) return refused(no_such_decision(*pack, decision));
  auto language = pack->info().language;
  if (auto const code = arguments.value("--lang")) {
    auto const chosen = parse_language(*code);
    if (!chosen) return refused("--lang is one of en, ro, uk, ru");
    language = *chosen;
  }

  auto const& path = arguments.rest().front();
  auto const cases = read_cases(arguments, *pack, path);
  print(cases.diagnostics());
  if (!cases) return std::nullopt;
  bool wrong = false;
  for (auto const& item : *cases) {
    auto found = pack->check_facts(item.facts, on);
    auto slips = misspelt_facts(pack->schema(), item.facts);
    std::move(slips.begin(), slips.end(), std::back_inserter(found));
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

std::string no_such_decision(Pack const& pack, std::string const& name)
{
  std::vector<std::string> names;
  for (auto const& decision : pack.decisions()) names.push_back(decision.name);
  auto const meant = nearest_name(name, names);
  return "the pack has no decision \"" + name + "\"" + (meant.empty() ? "" : "; is " + meant + " meant?");
}

void print_json(std::string const& id, std::string const& object)
{
  std::printf("{\"case\":%s,%s\n", nlohmann::json(id).dump().c_str(), object.c_str() + 1);
}

}  // namespace tutela::cli
