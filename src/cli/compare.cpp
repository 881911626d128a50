// SPDX-License-Identifier: Apache-2.0
/// \file
/// `tutela check OLD NEW`: what is different between two versions of a pack.
#include <algorithm>
#include <cstdio>

#include <nlohmann/json.hpp>

#include <tutela/io/case.hpp>
#include <tutela/io/comparison.hpp>
#include <tutela/rules/compare.hpp>

#include "cli/check.hpp"

namespace tutela::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string answer_text(ComparedAnswer const& answer)
{
  return answer.outcome == Outcome::known ? to_string(answer.value) : std::string(to_string(answer.outcome));
}

std::string joined(std::vector<std::string> const& parts, std::string const& between)
{
  std::string text;
  for (auto const& part : parts) (text += text.empty() ? "" : between) += part;
  return text;
}

void print_text(DecisionComparison const& decision)
{
  if (decision.change == PackChange::same && decision.exact && decision.every_day) return;
  std::string line = "decision \"" + decision.decision + "\": " + std::string(to_string(decision.change));
  if (decision.change == PackChange::same) line = "decision \"" + decision.decision + "\": no difference found";
  if (!decision.exact) line += " (approximate)";
  if (!decision.every_day) line += " (only the days above)";
  if (!decision.notes.empty()) line += "; " + joined(decision.notes, "; ");
  std::printf("%s\n", line.c_str());
  if (decision.before == decision.after) return;
  std::string facts;
  for (auto const& [fact, value] : decision.facts)
    (facts += facts.empty() ? "" : ", ") += fact + " = " + to_string(value);
  std::printf("  %swith %s: %s before, %s now\n", decision.on ? ("on " + to_string(*decision.on) + " ").c_str() : "",
              facts.empty() ? "any facts" : facts.c_str(), answer_text(decision.before).c_str(),
              answer_text(decision.after).c_str());
}

void print_text(FactComparison const& fact)
{
  std::printf("fact \"%s\": %s%s%s\n", fact.fact.c_str(), std::string(to_string(fact.change)).c_str(),
              fact.notes.empty() ? "" : "; ", joined(fact.notes, "; ").c_str());
}

/// One line for each decision whose answer to some case is another one. \return True when there is any.
bool print(std::vector<CaseMovements> const& movements, bool json)
{
  bool any = false;
  for (auto const& one : movements) {
    std::pair<char const*, std::vector<std::string> const*> const lists[] = {{"gained", &one.gained},
                                                                             {"lost", &one.lost},
                                                                             {"changed", &one.changed},
                                                                             {"became_unknown", &one.became_unknown},
                                                                             {"became_known", &one.became_known}};
    Json line{{"decision", one.decision}, {"same", one.same}};
    std::string text;
    for (auto const& [name, ids] : lists) {
      line[name] = {{"count", ids->size()}, {"cases", *ids}};
      if (!ids->empty()) text += "; " + std::to_string(ids->size()) + " " + name + " (" + joined(*ids, ", ") + ")";
    }
    any = any || !text.empty();
    if (json)
      std::printf("%s\n", line.dump().c_str());
    else if (!text.empty())
      std::printf("cases of \"%s\": %zu same%s\n", one.decision.c_str(), one.same, text.c_str());
  }
  return any;
}

}  // namespace

int run_compare(Arguments const& arguments, std::string_view usage)
{
  bool const json = arguments.has("--json");
  CompareOptions options;
  options.decisions = arguments.values("--decision");
  options.include_unverified = arguments.has("--unverified");
  if (!arguments.date("--on", options.on)) return refuse("", usage);
  auto const before = load_pack(arguments.rest()[0]);
  auto const after = load_pack(arguments.rest()[1]);
  print(before.diagnostics());
  print(after.diagnostics());
  if (!before || !after) return bad_input;
  for (auto const& name : options.decisions)
    if (before->find(name) == nullptr && after->find(name) == nullptr)
      return refuse("neither version has the decision \"" + name + "\"", usage);
  std::vector<ComparedCase> cases;
  if (auto const file = arguments.value("--cases")) {
    if (!options.on && (before->info().dated || after->info().dated))
      return refuse("the packs are dated: give the day of the cases with --on", usage);
    auto const read = load_cases(*file);
    print(read.diagnostics());
    if (!read) return bad_input;
    for (auto const& item : *read) cases.push_back({item.id.text(), item.facts});
  }
  auto const comparison = compare(*before, *after, options);
  if (!json && !comparison.days.empty()) {
    std::vector<std::string> days;
    for (auto const& day : comparison.days) days.push_back(to_string(day));
    std::printf("compared on %s\n", joined(days, ", ").c_str());
  }
  if (json) {
    std::fputs(write_comparison(comparison).c_str(), stdout);
  } else {
    for (auto const& fact : comparison.facts) print_text(fact);
    for (auto const& decision : comparison.decisions) print_text(decision);
  }
  auto const different = std::count_if(comparison.decisions.begin(), comparison.decisions.end(),
                                       [](auto const& decision) { return decision.change != PackChange::same; });
  bool const moved = arguments.has("--cases") && print(compare(*before, *after, cases, options), json);
  std::fprintf(json ? stderr : stdout, "%s: %td of %zu decisions differ, %zu facts; %zu cases compared\n",
               after->info().id.c_str(), different, comparison.decisions.size(), comparison.facts.size(), cases.size());
  return comparison.has_differences() || moved ? findings : success;
}

}  // namespace tutela::cli
