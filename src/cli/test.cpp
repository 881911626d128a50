// SPDX-License-Identifier: Apache-2.0
/// \file
/// `tutela test`: runs test cases and prints the failures.
#include <algorithm>
#include <cstdio>
#include <fstream>

#include <nlohmann/json.hpp>
#include <tutela/rules/test_cases.hpp>

#include "cli/verbs.hpp"

namespace tutela::cli {
namespace {

/// A cell of a CSV file, quoted where it must be.
std::string csv_cell(std::string const& text)
{
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (char const c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

bool write_csv(TestReport const& report, std::string const& path)
{
  std::ofstream file(path, std::ios::binary);
  file << "file,case,node,result,expected,actual\n";
  for (auto const& test : report.cases)
    for (auto const& result : test.results)
      file << csv_cell(test.file) << ',' << csv_cell(test.id) << ',' << csv_cell(result.node) << ','
           << (result.passed ? "passed" : "failed") << ',' << csv_cell(result.expected) << ','
           << csv_cell(result.actual) << '\n';
  file.flush();
  return file.good();
}

void print_json(TestReport const& report)
{
  for (auto const& test : report.cases) {
    nlohmann::ordered_json line{{"file", test.file}, {"case", test.id}, {"passed", test.passed()}};
    for (auto const& result : test.results)
      line["results"].push_back(
          {{"node", result.node}, {"passed", result.passed}, {"expected", result.expected}, {"actual", result.actual}});
    std::printf("%s\n", line.dump().c_str());
  }
}

}  // namespace

int run_test(std::span<char const* const> words, std::string_view usage)
{
  auto const arguments = Arguments::read(words, {{"--on"}, {"--csv"}, {"--json", false}});
  if (!arguments) return refuse("", usage);
  if (arguments->rest().empty()) return refuse("no folder or file given", usage);
  std::optional<Date> on = Date{2026, 1, 1};
  if (!arguments->date("--on", on)) return bad_input;

  TestReport all;
  bool unreadable = false;
  for (auto const& path : arguments->rest()) {
    auto run = run_test_cases(path, {}, *on);
    if (!run) {
      print(run.diagnostics());
      unreadable = true;
      continue;
    }
    auto report = *std::move(run);
    all.passed += report.passed;
    all.failed += report.failed;
    std::move(report.cases.begin(), report.cases.end(), std::back_inserter(all.cases));
    std::move(report.diagnostics.begin(), report.diagnostics.end(), std::back_inserter(all.diagnostics));
  }
  print(all.diagnostics);
  if (unreadable) return bad_input;
  if (arguments->has("--json")) {
    print_json(all);
  } else {
    for (auto const& test : all.cases) {
      for (auto const& result : test.results) {
        if (!result.passed)
          std::printf("%s %s %s\n  expected %s\n  actual   %s\n", test.file.c_str(), test.id.c_str(),
                      result.node.c_str(), result.expected.c_str(), result.actual.c_str());
      }
    }
  }
  if (auto const csv = arguments->value("--csv"); csv && !write_csv(all, *csv)) {
    std::fprintf(stderr, "tutela: %s cannot be written\n", csv->c_str());
    return bad_input;
  }
  if (all.cases.empty()) {
    std::fprintf(stderr,
                 "tutela: no test cases found: no .xml file there has the root testCases (docs/pack-format.md)\n");
    return bad_input;
  }
  // With --json the lines are for a program; the summary then goes where people look.
  std::fprintf(arguments->has("--json") ? stderr : stdout, "%zu passed, %zu failed\n", all.passed, all.failed);
  return all.failed == 0 ? success : findings;
}

}  // namespace tutela::cli
