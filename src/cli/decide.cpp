// SPDX-License-Identifier: Apache-2.0
/// \file
/// `tutela decide`: what a rule pack finds for each case of a file.
#include <cstdio>

#include <nlohmann/json.hpp>
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
        auto line = nlohmann::ordered_json{{"case", item.id.text()},
                                           {"pack", question->pack.info().id},
                                           {"pack_digest", question->pack.info().digest}};
        line.update(nlohmann::ordered_json::parse(write_verdict(verdict)));
        std::printf("%s\n", line.dump().c_str());
      } else {
        std::printf("[%s] %s\n", item.id.text().c_str(), explain(verdict, question->language).c_str());
      }
    }
  }
  return success;
}

}  // namespace tutela::cli
