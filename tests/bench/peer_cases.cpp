// SPDX-License-Identifier: Apache-2.0
/// \file
/// Writes models' cases with Tutela's answers, so that other engines are measured on the same work and checked.
///
///     cases FOLDER    writes FOLDER/support.json, log.csv and log.json and, where the kit is, lending.tsv
#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>

#include <nlohmann/json.hpp>

#include <tutela/rules/pack.hpp>

#include "bench/lending.hpp"
#include "bench/referral_log.hpp"
#include "bench/support_table.hpp"

namespace tutela::bench {
namespace {

void write_support(std::string const& file)
{
  auto const pack = parse_pack(support_model(), "support.dmn").value();
  nlohmann::json table{
      {"inputs", support_inputs}, {"rules", nlohmann::json::array()}, {"cases", nlohmann::json::array()}};
  for (auto const& rule : support_rules) table["rules"].push_back({{"tests", rule.tests}, {"output", rule.output}});
  for (auto const& each : support_cases()) {
    auto const facts = RecordBuilder()
                           .set("age", Value(Decimal(each.age)))
                           .set("income", Value(Decimal(each.income)))
                           .set("children", Value(Decimal(each.children)))
                           .set("status", Value(each.status))
                           .set("disability", Value(each.disability))
                           .build();
    auto const verdict = pack.decide("support", facts.value(), std::nullopt);
    table["cases"].push_back({{"facts",
                               {{"age", each.age},
                                {"income", each.income},
                                {"children", each.children},
                                {"status", each.status},
                                {"disability", each.disability}}},
                              {"answer", *verdict.value.as_string()}});
  }
  std::ofstream(file) << table.dump() << '\n';
}

/// The last part of a fact's name: what the model calls it.
std::string short_name(std::string const& fact) { return fact.substr(fact.rfind('.') + 1); }

std::string plain(Value const& value)
{
  if (value.is_none()) return {};
  return value.as_string() != nullptr ? *value.as_string() : to_string(value);
}

/// Inputs, an empty column, answers. In conformance mode, which is what other engines know; null is empty.
void write_lending(std::string const& path, std::string const& file)
{
  auto const pack = load_pack(path).value();
  std::ofstream out(file);
  for (auto const& input : lending_inputs) out << short_name(input.fact) << '\t';
  for (auto const& decision : pack.decisions()) out << '\t' << decision.name;
  out << '\n';
  DecideOptions options;
  options.mode = Mode::conformance;
  for (auto const& applicant : lending_applicants()) {
    for (auto const& input : applicant) out << input << '\t';
    for (auto const& verdict : pack.decide(record_of(applicant), std::nullopt, options))
      out << '\t' << plain(verdict.value);
    out << '\n';
  }
}

/// The log of the bench as numbers, and what Tutela counts in it.
void write_log(std::string const& folder)
{
  auto const log = synthetic_log(1'000'000);
  std::ofstream csv(folder + "/log.csv");
  csv << "case,state,time\n";
  for (std::size_t row = 0; row < log.size(); ++row)
    csv << log.referral[row] << ',' << static_cast<int>(log.state[row]) << ',' << log.time[row] << '\n';
  auto const found = summarize(log, *std::max_element(log.time.begin(), log.time.end())).value();
  nlohmann::json answers{{"transitions", nlohmann::json::array()}, {"reached", nlohmann::json::array()}};
  for (LogTransition const& each : found.transitions)
    answers["transitions"].push_back(
        {static_cast<int>(each.from), static_cast<int>(each.to), each.count, each.median_seconds});
  for (LogStage const& each : found.stages) answers["reached"].push_back({static_cast<int>(each.state), each.reached});
  std::ofstream(folder + "/log.json") << answers.dump() << '\n';
}

}  // namespace
}  // namespace tutela::bench

int main(int count, char** arguments)
{
  if (count != 2) {
    std::cerr << "cases FOLDER\n";
    return 2;
  }
  std::string const folder = arguments[1];
  tutela::bench::write_support(folder + "/support.json");
  tutela::bench::write_log(folder);
  if (auto const path = tutela::bench::lending_path()) {
    tutela::bench::write_lending(*path, folder + "/lending.tsv");
    std::cout << *path << '\n';
  }
  return 0;
}
