// SPDX-License-Identifier: Apache-2.0
/// \file
/// `tutela decide`: what a rule pack finds for each case of a file.
#include <cstdio>

#include <tutela/io/assessment.hpp>
#include <tutela/io/explanation.hpp>

#include "cli/question.hpp"

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
  auto const question = read_question(*arguments, usage);
  if (!question) return bad_input;
  for (auto const& item : question->cases) {
    auto options = question->options;
    options.jurisdiction = item.jurisdiction;
    auto const verdicts = question->pack.decide(item.facts, question->on, options);
    for (auto const& verdict : verdicts) {
      if (arguments->has("--json")) {
        std::printf("%s\n", write_verdict_line(item.id, question->pack.info(), verdict).c_str());
      } else {
        std::printf("[%s] %s\n", item.id.text().c_str(), explain(verdict, question->language).c_str());
      }
    }
  }
  return success;
}

}  // namespace tutela::cli
