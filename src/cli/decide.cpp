// SPDX-License-Identifier: Apache-2.0
/// \file
/// `tutela decide`: what a rule pack finds for each case of a file.
#include <cstdio>
#include <iterator>
#include <utility>

#include <tutela/io/assessment.hpp>
#include <tutela/io/explanation.hpp>
#include <tutela/io/table.hpp>

#include "cli/question.hpp"

namespace tutela::cli {
namespace {

/// One line of the table for a spreadsheet.
void add_row(TextTable& table, Case const& item, Verdict const& verdict)
{
  std::string ask;
  for (std::string const& fact : verdict.missing) (ask += ask.empty() ? "" : ", ") += fact;
  bool const known = verdict.outcome == Outcome::known;
  std::string const* text = verdict.value.as_string();
  std::string answer = !known ? "" : text != nullptr ? *text : to_string(verdict.value);
  std::string cells[] = {item.id.text(), verdict.decision, std::string(to_string(verdict.outcome)), std::move(answer),
                         std::move(ask)};
  for (std::size_t i = 0; i < std::size(cells); ++i) table.columns[i].push_back(std::move(cells[i]));
}

}  // namespace

int run_decide(std::span<char const* const> words, std::string_view usage)
{
  auto const arguments = Arguments::read(words, {{"--pack"},
                                                 {"--on"},
                                                 {"--law-on"},
                                                 {"--known-on"},
                                                 {"--decision", true, true},
                                                 {"--unverified", false},
                                                 {"--mapping"},
                                                 {"--cases"},
                                                 {"--instrument", true, true},
                                                 {"--jurisdiction"},
                                                 {"--research", false},
                                                 {"--out"},
                                                 {"--lang"},
                                                 {"--csv", false},
                                                 {"--json", false}});
  if (!arguments) return refuse("", usage);
  bool const as_table = arguments->has("--csv");
  if (as_table && arguments->has("--json")) return refuse("give --csv or --json, not both", usage);
  if (arguments->has("--cases")) return decide_many(*arguments, usage);
  for (char const* option : {"--instrument", "--jurisdiction", "--research", "--out"})
    if (arguments->has(option)) return refuse(std::string(option) + " goes with --cases", usage);
  auto const question = read_question(*arguments, usage);
  if (!question) return bad_input;
  TextTable table{{"case", "decision", "outcome", "answer", "ask"}, std::vector<std::vector<std::string>>(5)};
  for (auto const& item : question->cases) {
    auto options = question->options;
    options.jurisdiction = item.jurisdiction;
    auto const verdicts = question->pack.decide(item.facts, question->on, options);
    for (auto const& verdict : verdicts) {
      if (as_table) {
        add_row(table, item, verdict);
      } else if (arguments->has("--json")) {
        std::printf("%s\n", write_verdict_line(item.id, question->pack.info(), verdict).c_str());
      } else {
        std::printf("[%s] %s\n", item.id.text().c_str(), explain(verdict, question->language).c_str());
      }
    }
  }
  if (as_table) std::fputs(write_table(table).c_str(), stdout);
  return success;
}

}  // namespace tutela::cli
