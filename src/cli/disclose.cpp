// SPDX-License-Identifier: Apache-2.0
/// \file
/// `tutela disclose`: what may be told of each case of a file, what is told, and the entry for the log.
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include <tutela/disclosure/pseudonym.hpp>
#include <tutela/disclosure/redacted_case.hpp>
#include <tutela/engine/telling.hpp>
#include <tutela/io/case.hpp>
#include <tutela/io/disclosure.hpp>
#include <tutela/io/instrument.hpp>
#include <tutela/io/network.hpp>

#include "cli/question.hpp"

namespace tutela::cli {

namespace {

template <class T>
bool take(Result<T> read, std::vector<T>& into)
{
  print(read.diagnostics());
  if (read) into.push_back(std::move(read).value());
  return read.has_value();
}

/// The key of a file; what is wrong is said without a word about its content.
std::optional<SecretKey> read_key(std::string const& path, std::string const& name)
{
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    print({{Code::unreadable, Severity::error, Place{path, 0, 0, {}}, "the file of the key cannot be read",
            "check its name"}});
    return std::nullopt;
  }
  std::vector<std::byte> secret;
  for (char sign; secret.size() <= SecretKey::longest && file.get(sign);)
    secret.push_back(static_cast<std::byte>(sign));
  auto key = SecretKey::build(name, secret);
  print(key.diagnostics());
  return key ? std::optional(*key) : std::nullopt;
}

void print_text(Case const& item, DisclosureFinding const& finding)
{
  if (!finding.minimum_known)
    std::printf("[%s] nobody said what the purpose needs: name facts or decisions\n", item.id.text().c_str());
  for (auto const& fact : finding.facts) {
    if (fact.reason == TellingReason::not_needed) continue;
    std::printf("[%s] %s %s: %s", item.id.text().c_str(), std::string(to_string(fact.telling)).c_str(),
                fact.fact.c_str(), std::string(to_string(fact.reason)).c_str());
    for (auto const& ground : fact.grounds) {
      std::printf("; %s %s", std::string(to_string(ground.kind)).c_str(), ground.basis.text().c_str());
      if (ground.citation) std::printf(" (%s)", to_string(*ground.citation).c_str());
      for (auto const& reason : ground.reasons) std::printf(", %s", reason.sentence.c_str());
    }
    std::printf("\n");
  }
}

/// Everything that the words behind the verb name.
struct Question {
  Knowledge knowledge;
  std::vector<Case> cases;
  TellingRequest request;
  std::optional<Date> on;
  std::optional<PseudonymKeys> keys;
  std::string by;
  std::string part;
};

bool read_inputs(Arguments const& arguments, Question& question)
{
  bool good = true;
  for (auto const& path : arguments.values("--network"))
    good = take(load_network(path), question.knowledge.networks) && good;
  for (auto const& name : arguments.values("--pack")) good = take(load_pack(name), question.knowledge.packs) && good;
  for (auto const& name : arguments.values("--instrument"))
    good = take(load_instrument(name), question.knowledge.instruments) && good;
  auto cases = load_cases(arguments.rest().front());
  print(cases.diagnostics());
  if (!cases || !good) return false;
  question.cases = std::move(cases).value();
  if (question.part == "findings") return true;
  auto const key = read_key(arguments.value("--key").value_or(""), arguments.value("--key-name").value_or(""));
  if (key) question.keys = PseudonymKeys::build({*key}).value();
  return key.has_value();
}

std::optional<Question> read_disclosure(Arguments const& arguments, std::string_view usage)
{
  Question question;
  auto const refused = [&](std::string_view what) {
    refuse(what, usage);
    return std::nullopt;
  };
  question.part = arguments.value("--part").value_or("findings");
  question.by = arguments.value("--by").value_or("");
  if (question.part != "findings" && question.part != "told" && question.part != "entries" && question.part != "log")
    return refused("--part is one of findings, told, entries, log");
  if (question.part != "findings" && (!arguments.has("--key") || !arguments.has("--key-name") || question.by.empty()))
    return refused("what is told has a pseudonym and an entry: give --key, --key-name and --by");
  if (!arguments.has("--network") || !arguments.has("--to") || !arguments.has("--purpose"))
    return refused("give --network, --to and --purpose");
  if (arguments.rest().size() != 1) return refused("give one file of cases, or - for standard input");
  if (!arguments.date("--on", question.on)) return std::nullopt;
  if (!question.on) return refused("give the day with --on");
  question.request = {NodeId(*arguments.value("--to")),
                      arguments.value("--role").value_or(""),
                      Purpose(*arguments.value("--purpose")),
                      arguments.values("--fact"),
                      arguments.values("--decision"),
                      {},
                      ServiceId(arguments.value("--stays-in").value_or("")),
                      arguments.values("--place-fact")};
  if (!read_inputs(arguments, question)) return std::nullopt;
  return question;
}

}  // namespace

int run_disclose(std::span<char const* const> words, std::string_view usage)
{
  auto const arguments = Arguments::read(words, {{"--network", true, true},
                                                 {"--pack", true, true},
                                                 {"--instrument", true, true},
                                                 {"--to"},
                                                 {"--role"},
                                                 {"--purpose"},
                                                 {"--on"},
                                                 {"--fact", true, true},
                                                 {"--decision", true, true},
                                                 {"--stays-in"},
                                                 {"--place-fact", true, true},
                                                 {"--part"},
                                                 {"--key"},
                                                 {"--key-name"},
                                                 {"--by"},
                                                 {"--json", false}});
  if (!arguments) return refuse("", usage);
  auto const question = read_disclosure(*arguments, usage);
  if (!question) return bad_input;
  std::vector<DisclosureEntry> entries;
  for (auto const& item : question->cases) {
    auto const finding = what_may_be_told(question->knowledge, item, question->request, *question->on);
    print(finding.diagnostics());
    if (!finding) return bad_input;
    if (question->part == "findings") {
      if (arguments->has("--json"))
        print_json(item.id.text(), write_disclosure(*finding));
      else
        print_text(item, *finding);
      continue;
    }
    auto const told =
        redact(item, *finding, CaseId(question->keys->pseudonym(question->request.purpose, item.id.text())));
    auto const text = write_case(told);
    entries.push_back(entry_for(told, *finding, question->by, text, question->keys->keys().front()));
    if (question->part == "told") std::printf("%s\n", text.c_str());
    if (question->part == "entries") std::printf("%s\n", write_disclosure_entry(entries.back()).c_str());
  }
  if (question->part == "log") std::printf("%s", write_disclosure_log(entries).c_str());
  return success;
}

}  // namespace tutela::cli
