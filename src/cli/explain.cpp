// SPDX-License-Identifier: Apache-2.0
/// \file
/// `tutela explain`: why a rule pack finds what it finds, for officer, family or child.
#include <charconv>
#include <cstdio>

#include <nlohmann/json.hpp>
#include <tutela/io/explanation.hpp>

#include "cli/question.hpp"

namespace tutela::cli {

int run_explain(std::span<char const* const> words, std::string_view usage)
{
  auto const arguments = Arguments::read(words, {{"--pack"},
                                                 {"--on"},
                                                 {"--law-on"},
                                                 {"--known-on"},
                                                 {"--decision"},
                                                 {"--unverified", false},
                                                 {"--mapping"},
                                                 {"--lang"},
                                                 {"--view"},
                                                 {"--age"},
                                                 {"--contact"},
                                                 {"--html", false},
                                                 {"--json", false}});
  if (!arguments) return refuse("", usage);
  ExplanationOptions wanted;
  if (auto const view = arguments->value("--view")) {
    auto const chosen = parse_view(*view);
    if (!chosen) return refuse("--view is one of officer, family, child", usage);
    wanted.view = *chosen;
  }
  if (auto const age = arguments->value("--age")) {
    int years = -1;
    auto const [end, failed] = std::from_chars(age->data(), age->data() + age->size(), years);
    if (failed != std::errc() || end != age->data() + age->size() || years < 0 || years > 17)
      return refuse("--age is the child's age in completed years, 0 to 17", usage);
    wanted.age = years;
  }
  if (wanted.view == View::child && !wanted.age) return refuse("a page for a child needs --age", usage);
  if (arguments->has("--html") && arguments->has("--json")) return refuse("give --html or --json, not both", usage);
  if (arguments->has("--html")) wanted.format = ExplanationFormat::html;
  if (arguments->has("--json")) wanted.format = ExplanationFormat::json;
  wanted.contact = arguments->value("--contact").value_or("");

  auto const question = read_question(*arguments, usage);
  if (!question) return bad_input;
  wanted.language = question->language;
  std::vector<std::string> names = question->options.decisions;
  if (names.empty())
    for (auto const& decision : question->pack.decisions()) names.push_back(decision.name);
  auto options = question->options;
  for (auto const& item : question->cases) {
    options.jurisdiction = item.jurisdiction;
    for (auto const& name : names) {
      auto const proof = question->pack.prove(name, item.facts, question->on, options, {true, Value(true)});
      auto const text = explain(proof, wanted);
      if (wanted.format == ExplanationFormat::text) {
        std::printf("[%s] %s\n", item.id.text().c_str(), text.c_str());
      } else if (wanted.format == ExplanationFormat::html) {
        std::printf("%s\n", text.c_str());
      } else {
        auto line = nlohmann::ordered_json{{"case", item.id.text()}};
        line.update(nlohmann::ordered_json::parse(text));
        std::printf("%s\n", line.dump().c_str());
      }
    }
  }
  return success;
}

}  // namespace tutela::cli
