// SPDX-License-Identifier: Apache-2.0
/// \file
/// `tutela timeline`: how the answer to a decision runs over time, for each case of a file.
#include <cstdio>

#include <tutela/io/interview.hpp>
#include <tutela/rules/timeline.hpp>

#include "cli/question.hpp"
#include "cli/verbs.hpp"

namespace tutela::cli {

int run_timeline(std::span<char const* const> words, std::string_view usage)
{
  auto const arguments = Arguments::read(words, {{"--pack"},
                                                 {"--from"},
                                                 {"--until"},
                                                 {"--law-on"},
                                                 {"--known-on"},
                                                 {"--decision", true, true},
                                                 {"--unverified", false},
                                                 {"--mapping"},
                                                 {"--lang"},
                                                 {"--json", false}});
  if (!arguments) return refuse("", usage);
  std::optional<Date> from;
  std::optional<Date> until;
  if (!arguments->date("--from", from) || !arguments->date("--until", until)) return bad_input;
  if (!from || !until) return refuse("give the days with --from and --until", usage);
  auto const days = to_days(*until) - to_days(*from);
  if (days <= 0 || days > 73'050) return refuse("--until is 1 day to 200 years after --from", usage);
  auto const question = read_question(*arguments, usage, false);
  if (!question) return bad_input;
  auto const& decisions = question->options.decisions;
  if (decisions.empty()) return refuse("no decision given", usage);
  for (auto const& item : question->cases) {
    auto options = question->options;
    options.jurisdiction = item.jurisdiction;
    for (auto const& decision : decisions) {
      auto const found = timeline(question->pack, item.facts, decision, *from, *until, options);
      if (arguments->has("--json")) {
        print_json(item.id.text(), write_timeline(found));
        continue;
      }
      std::printf("[%s] %s%s\n", item.id.text().c_str(), decision.c_str(),
                  found.day_by_day ? " (every day was evaluated)" : "");
      for (auto const& span : found.spans) {
        std::printf("  %s to %s: %s", to_string(span.from).c_str(), to_string(span.until).c_str(),
                    std::string(to_string(span.outcome)).c_str());
        if (span.outcome == Outcome::rule_not_available)
          std::printf(
              "(%s)",
              (options.jurisdiction.empty() ? question->pack.info().jurisdiction : options.jurisdiction).c_str());
        if (span.outcome == Outcome::known) std::printf(" %s", to_string(span.value).c_str());
        for (auto const& turn : span.began_with) std::printf("; %s", to_string(turn).c_str());
        std::printf("\n");
      }
    }
  }
  return success;
}

}  // namespace tutela::cli
