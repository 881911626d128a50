// SPDX-License-Identifier: Apache-2.0
/// \file
/// Loading: parse, check and compile a table of 1,000 rules by 5 inputs. Synthetic: no law says this.
#include <benchmark/benchmark.h>

#include <optional>
#include <sstream>

#include <tutela/rules/pack.hpp>

namespace tutela {
namespace {

/// Every rule differs: an age, a band of income, children, one or two of 20 districts, and a Boolean.
std::string thousand_rules()
{
  std::ostringstream text;
  text << R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="thousand rules" namespace="urn:thousand">
)";
  constexpr std::array<std::pair<char const*, char const*>, 5> inputs{
      {{"age", "number"}, {"income", "number"}, {"children", "number"}, {"district", "string"}, {"carer", "boolean"}}};
  for (auto const& [name, type] : inputs) {
    text << "<inputData id=\"i_" << name << "\" name=\"" << name << "\"><variable name=\"" << name << "\" typeRef=\""
         << type << "\"/></inputData>\n";
  }
  text << R"(<decision id="d" name="allowance"><variable name="allowance" typeRef="number"/>)";
  for (auto const& [name, type] : inputs)
    text << "<informationRequirement><requiredInput href=\"#i_" << name << "\"/></informationRequirement>";
  text << "<decisionTable hitPolicy=\"FIRST\">";
  for (auto const& [name, type] : inputs) {
    text << "<input><inputExpression typeRef=\"" << type << "\"><text>" << name << "</text></inputExpression></input>";
  }
  text << "<output typeRef=\"number\"/>";
  for (int i = 0; i < 1'000; ++i) {
    auto const cell = [&](std::string const& test) { text << "<inputEntry><text>" << test << "</text></inputEntry>"; };
    text << "<rule>";
    cell(i % 3 == 0 ? "&lt; " + std::to_string(18 + i % 50) : "[" + std::to_string(i % 18) + "..17]");
    cell("[" + std::to_string(i * 10) + ".." + std::to_string(i * 10 + 500) + ")");
    cell(i % 4 == 0 ? "-" : "&gt;= " + std::to_string(i % 6));
    cell("\"district " + std::to_string(i % 20) + "\"" + (i % 2 == 0 ? ", \"district 7\"" : ""));
    cell(i % 5 == 0 ? "true" : i % 5 == 1 ? "false" : "-");
    text << "<outputEntry><text>" << 100 + i << "</text></outputEntry></rule>\n";
  }
  text << "</decisionTable></decision></definitions>";
  return text.str();
}

void load(benchmark::State& state)
{
  auto const document = thousand_rules();
  for (auto _ : state) {
    std::optional<Pack> loaded = parse_pack(document, "thousand.dmn").value();
    benchmark::DoNotOptimize(loaded);
    state.PauseTiming();  // taking a pack down is no part of loading it
    loaded.reset();
    state.ResumeTiming();
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(document.size()));
}
BENCHMARK(load)->Name("load/1,000 rules x 5 inputs")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tutela
