// SPDX-License-Identifier: Apache-2.0
/// \file
/// Writes models' cases with Tutela's answers, so that other engines are measured on the same work and checked.
///
///     cases FOLDER    writes FOLDER/support.json and, where the kit is, FOLDER/lending.tsv
#include <fstream>
#include <iostream>
#include <map>

#include <nlohmann/json.hpp>

#include <tutela/rules/pack.hpp>

#include "bench/lending.hpp"
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
  if (auto const path = tutela::bench::lending_path()) {
    tutela::bench::write_lending(*path, folder + "/lending.tsv");
    std::cout << *path << '\n';
  }
  return 0;
}
