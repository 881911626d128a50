// SPDX-License-Identifier: Apache-2.0
/// \file
/// `tutela assess`: law, scale and network on a file of cases.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

#include <tutela/engine/assess.hpp>
#include <tutela/io/assessment.hpp>
#include <tutela/io/case.hpp>
#include <tutela/io/instrument.hpp>
#include <tutela/io/network.hpp>
#include <tutela/io/report.hpp>
#include <tutela/rules/pack.hpp>

#include "cli/verbs.hpp"

namespace tutela::cli {

namespace {

// Keeps what could be read and remembers whether something could not, so that one run shows all that is wrong.
class Inputs {
 public:
  template <class T>
  void take(Result<T> read, std::vector<T>& into)
  {
    print(read.diagnostics());
    if (read)
      into.push_back(std::move(read).value());
    else
      good_ = false;
  }

  void take_cases(std::string const& path)
  {
    auto read = load_cases(path);
    print(read.diagnostics());
    if (read)
      cases = std::move(read).value();
    else
      good_ = false;
  }

  // Facts must be what the packs declare; what no pack declares belongs to somebody else.
  void check_facts(std::string const& path)
  {
    for (auto const& item : cases) {
      for (auto const& pack : knowledge.packs) {
        if (pack.info().jurisdiction != item.jurisdiction) continue;
        auto found = pack.check_facts(item.facts);
        for (auto& diagnostic : found) {
          diagnostic.place.file = path == "-" ? "standard input" : path;
          diagnostic.place.pointer = "/" + item.id.text() + diagnostic.place.pointer;
          good_ = good_ && diagnostic.severity != Severity::error;
        }
        print(found);
      }
    }
  }

  [[nodiscard]] bool good() const noexcept { return good_; }

  Knowledge knowledge;
  std::vector<Case> cases;

 private:
  bool good_ = true;
};

// The law that most of the cases live under decides the language; without cases, that of the networks.
Language default_language(Inputs const& inputs)
{
  std::map<std::string, std::size_t> counts;
  for (auto const& item : inputs.cases) ++counts[item.jurisdiction];
  std::vector<std::pair<std::size_t, std::string>> sorted;
  for (auto const& [jurisdiction, count] : counts) sorted.emplace_back(count, jurisdiction);
  std::sort(sorted.rbegin(), sorted.rend());
  std::vector<std::string> jurisdictions;
  for (auto const& [count, jurisdiction] : sorted) jurisdictions.push_back(jurisdiction);
  for (auto const& network : inputs.knowledge.networks) jurisdictions.push_back(network.content().jurisdiction);
  return report_language(jurisdictions);
}

bool write_file(std::filesystem::path const& path, std::string const& text)
{
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (file) return true;
  Place place;
  place.file = path.string();
  print({Diagnostic{Code::unreadable, Severity::error, std::move(place), "the file cannot be written",
                    "check the folder and its rights"}});
  return false;
}

struct Counts {
  std::size_t yes = 0;
  std::size_t no = 0;
  std::size_t value = 0;
  std::size_t unknown = 0;
  std::size_t human = 0;
  std::size_t none = 0;
};

void count(Answer answer, Counts& counts)
{
  switch (answer) {
    case Answer::yes: ++counts.yes; break;
    case Answer::no: ++counts.no; break;
    case Answer::value: ++counts.value; break;
    case Answer::unknown: ++counts.unknown; break;
    case Answer::undeterminable:
    case Answer::refused:
    case Answer::error: ++counts.human; break;
    case Answer::no_rule:
    case Answer::not_available: ++counts.none; break;
  }
}

void print_table(std::vector<Assessment> const& assessments)
{
  std::map<std::string, Counts> decisions;
  std::array<std::size_t, 3> routes{};
  std::size_t scored = 0;
  std::size_t open = 0;
  std::size_t not_applicable = 0;
  std::size_t synthetic = 0;
  for (auto const& assessment : assessments) {
    synthetic += assessment.synthetic ? 1U : 0U;
    for (auto const& finding : assessment.findings)
      count(answer_of(finding.verdict), decisions[finding.verdict.decision]);
    for (auto const& route : assessment.routes) ++routes[static_cast<std::size_t>(route.answer.state())];
    for (auto const& score : assessment.scores) {
      scored += score.state == ScoreState::known ? 1U : 0U;
      open += score.state == ScoreState::open ? 1U : 0U;
      not_applicable += score.state == ScoreState::not_applicable || score.state == ScoreState::error ? 1U : 0U;
    }
  }
  if (!decisions.empty()) {
    std::printf("%-42s %8s %8s %8s %8s %8s %8s\n", "decision", "granted", "not", "value", "unknown", "human",
                "no rule");
    for (auto const& [name, row] : decisions)
      std::printf("%-42s %8zu %8zu %8zu %8zu %8zu %8zu\n", name.c_str(), row.yes, row.no, row.value, row.unknown,
                  row.human, row.none);
    std::printf("\n");
  }
  std::printf("cases   %zu%s\n", assessments.size(), synthetic > 0 ? " (SYNTHETIC)" : "");
  std::printf("routes  %zu open, %zu possible, %zu blocked\n", routes[static_cast<std::size_t>(HopState::certain)],
              routes[static_cast<std::size_t>(HopState::possible)],
              routes[static_cast<std::size_t>(HopState::blocked)]);
  std::printf("scores  %zu scored, %zu open, %zu not applicable (research only)\n", scored, open, not_applicable);
}

// A line on the terminal that says how far the work is; nothing where standard error is a file.
void show_progress(std::size_t done, std::size_t total)
{
  constexpr std::size_t step = 200;
  if (done % step != 0 && done != total) return;
  std::fprintf(stderr, "\r%zu of %zu cases", done, total);
  if (done == total) std::fprintf(stderr, "\r\033[K");
}

bool read_threads(Arguments const& arguments, AssessOptions& options)
{
  auto const text = arguments.value("--threads");
  if (!text) return true;
  auto const* const end = text->data() + text->size();
  auto const read = std::from_chars(text->data(), end, options.threads);
  return read.ec == std::errc{} && read.ptr == end && options.threads <= 1024;
}

}  // namespace

int run_assess(std::span<char const* const> words, std::string_view usage)
{
  auto const arguments = Arguments::read(words, {{"--network", true, true},
                                                 {"--pack", true, true},
                                                 {"--instrument", true, true},
                                                 {"--cases"},
                                                 {"--on"},
                                                 {"--out"},
                                                 {"--law-on"},
                                                 {"--known-on"},
                                                 {"--unverified", false},
                                                 {"--lang"},
                                                 {"--threads"},
                                                 {"--json", false}});
  if (!arguments) return refuse("", usage);
  if (!arguments->rest().empty()) return refuse("\"" + arguments->rest().front() + "\" belongs to no option", usage);
  auto const cases_path = arguments->value("--cases");
  auto const folder = arguments->value("--out");
  if (!cases_path) return refuse("no cases given", usage);
  if (!arguments->has("--on")) return refuse("no day given", usage);
  if (!folder && !arguments->has("--json")) return refuse("no folder given to write to", usage);
  std::optional<Date> on;
  AssessOptions options;
  if (!arguments->date("--on", on) || !arguments->date("--law-on", options.law_on) ||
      !arguments->date("--known-on", options.known_on))
    return bad_input;
  if (!read_threads(*arguments, options)) return refuse("--threads is a number from 0 to 1024", usage);
  options.include_unverified = arguments->has("--unverified");
  ReportOptions report;
  if (auto const code = arguments->value("--lang")) {
    auto const chosen = parse_language(*code);
    if (!chosen) return refuse("--lang is one of en, ro, uk, ru", usage);
    report.language = *chosen;
  }

  Inputs inputs;
  report.networks = arguments->values("--network");
  report.packs = arguments->values("--pack");
  report.instruments = arguments->values("--instrument");
  report.cases = *cases_path;
  for (auto const& path : report.networks) inputs.take(load_network(path), inputs.knowledge.networks);
  for (auto const& name : report.packs) inputs.take(load_pack(name), inputs.knowledge.packs);
  for (auto const& name : report.instruments) inputs.take(load_instrument(name), inputs.knowledge.instruments);
  inputs.take_cases(*cases_path);
  inputs.check_facts(*cases_path);
  if (!inputs.good()) return bad_input;
  if (!arguments->has("--lang")) report.language = default_language(inputs);

  if (isatty(STDERR_FILENO) == 1)
    options.progress = [total = inputs.cases.size()](std::size_t done) { show_progress(done, total); };
  auto const assessments = assess(inputs.knowledge, inputs.cases, *on, options);
  auto const lines = write_assessments(assessments);
  if (folder) {
    std::error_code failed;
    std::filesystem::create_directories(*folder, failed);
    auto const page = write_report(inputs.knowledge, inputs.cases, assessments, report);
    if (!write_file(std::filesystem::path(*folder) / "assessments.ndjson", lines) ||
        !write_file(std::filesystem::path(*folder) / "report.html", page))
      return bad_input;
  }
  if (arguments->has("--json")) {
    std::fwrite(lines.data(), 1, lines.size(), stdout);
  } else {
    print_table(assessments);
    std::printf("report  %s\n", (std::filesystem::path(*folder) / "report.html").string().c_str());
  }
  return success;
}

}  // namespace tutela::cli
