// SPDX-License-Identifier: Apache-2.0
/// \file
/// `tutela ask`: what to find out next about the cases of a file.
#include <cstdio>

#include <tutela/io/interview.hpp>
#include <tutela/rules/ask.hpp>
#include <tutela/rules/pack.hpp>

#include "cli/question.hpp"
#include "cli/verbs.hpp"

namespace tutela::cli {
namespace {

std::string_view source_of(FactQuestion const& question)
{
  switch (question.asked_of) {
    case AskedOf::registry: return "register";
    case AskedOf::file: return "file";
    case AskedOf::adult: return "adult";
    case AskedOf::child: return "child";
    case AskedOf::trained_interviewer: break;
  }
  return "trained interviewer";
}

void print_question(FactQuestion const& question, Language language)
{
  auto const& text = question.text.empty() ? question.label.in(language) : question.text.in(language);
  std::printf("  %s: %s", question.holder.empty() ? std::string(source_of(question)).c_str() : question.holder.c_str(),
              question.fact.c_str());
  if (!text.empty()) std::printf("  %s", text.c_str());
  std::printf("\n");
}

}  // namespace

int run_ask(std::span<char const* const> words, std::string_view usage)
{
  auto const arguments = Arguments::read(words, {{"--pack"},
                                                 {"--on"},
                                                 {"--law-on"},
                                                 {"--known-on"},
                                                 {"--decision", true, true},
                                                 {"--holding", true, true},
                                                 {"--unverified", false},
                                                 {"--mapping"},
                                                 {"--lang"},
                                                 {"--json", false}});
  if (!arguments) return refuse("", usage);
  AskOptions options;
  for (auto const& holding : arguments->values("--holding")) {
    auto const split = holding.find('=');
    if (split == std::string::npos || split == 0 || split + 1 == holding.size())
      return refuse("write --holding as FACT=AGENCY", usage);
    options.holdings.push_back({holding.substr(0, split), holding.substr(split + 1), true});
  }
  auto const question = read_question(*arguments, usage);
  if (!question) return bad_input;
  options.decide = question->options;
  for (auto const& item : question->cases) {
    options.decide.jurisdiction = item.jurisdiction;
    auto const questions = ask(question->pack, item.facts, question->on, options);
    if (arguments->has("--json")) {
      print_json(item.id.text(), write_questions(questions));
      continue;
    }
    std::printf("[%s] %zu %s open, %zu settled\n", item.id.text().c_str(), questions.open.size(),
                questions.open.size() == 1 ? "answer" : "answers", questions.settled.size());
    for (auto const& caution : questions.cautions) std::printf("  %s\n", explain(caution, question->language).c_str());
    for (auto const& name : questions.not_available)
      std::printf("  rule_not_available(%s): %s\n", questions.jurisdiction.c_str(), name.c_str());
    for (auto const& fact : questions.ask) print_question(fact, question->language);
    if (!questions.referred.empty()) std::printf("  refer to a trained interviewer:\n");
    for (auto const& fact : questions.referred) print_question(fact, question->language);
    if (questions.ask.empty()) std::printf("  nothing to ask: no further fact can change an answer\n");
    if (questions.expected_cost) std::printf("  expected cost to the last answer: %.2f\n", *questions.expected_cost);
  }
  return success;
}

}  // namespace tutela::cli
