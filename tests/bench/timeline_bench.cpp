// SPDX-License-Identifier: Apache-2.0
/// \file
/// Timelines: what one day costs on which the answer may change, one thread, everything warm.
#include <benchmark/benchmark.h>

#include <tutela/rules/pack.hpp>
#include <tutela/rules/timeline.hpp>

namespace tutela {
namespace {

/// Forty years of one decision of a shipped pack for one synthetic child; the time is that of one day which is evaluated.
void forty_years(benchmark::State& state)
{
  auto const pack = load_pack("md/child-protection").value();
  auto const facts = RecordBuilder().set("person.birth_date", Value(Date{2010, 5, 17})).build().value();
  DecideOptions options;
  options.include_unverified = true;  // its text is old
  auto const run = [&] {
    return timeline(pack, facts, "guardianship_form", {2000, 1, 1}, {2040, 1, 1}, options).evaluations;
  };
  auto const days = static_cast<std::int64_t>(run());
  while (state.KeepRunningBatch(days)) benchmark::DoNotOptimize(run());
}
BENCHMARK(forty_years)->Name("timeline/one change point of 52");

/// A table of a benefit by age and by whether the child is in care, which nobody has said: the answer is open on each day,
/// and another one after each birthday. Synthetic.
std::string benefit_by_age()
{
  std::string text = R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="by_age" name="by_age" namespace="urn:by_age">
<inputData id="in_birth" name="birth"><variable name="birth" typeRef="date"/></inputData>
<inputData id="in_care" name="care"><variable name="care" typeRef="boolean"/></inputData>
<decision id="d" name="benefit"><variable name="benefit" typeRef="number"/>
<informationRequirement><requiredInput href="#in_birth"/></informationRequirement>
<informationRequirement><requiredInput href="#in_care"/></informationRequirement>
<decisionTable hitPolicy="UNIQUE"><input><inputExpression><text>age in years(birth, today())</text></inputExpression></input>
<input><inputExpression><text>care</text></inputExpression></input>
<output><defaultOutputEntry><text>0</text></defaultOutputEntry></output>
)";
  for (int age = 0; age < 30; ++age)
    text += "<rule><inputEntry><text>" + std::to_string(age) +
            "</text></inputEntry><inputEntry><text>true</text></inputEntry>" + "<outputEntry><text>" +
            std::to_string(age + 1) + "</text></outputEntry></rule>\n";
  return text + "</decisionTable></decision></definitions>\n";
}

/// Thirty years on each of which the answer is open; the time is that of one day which is evaluated.
void open_answers(benchmark::State& state)
{
  auto const pack = parse_pack(benefit_by_age(), "by_age.dmn").value();
  auto const facts = RecordBuilder().set("birth", Value(Date{2010, 5, 17})).build().value();
  auto const run = [&] { return timeline(pack, facts, "benefit", {2010, 5, 17}, {2040, 5, 17}).evaluations; };
  auto const days = static_cast<std::int64_t>(run());
  while (state.KeepRunningBatch(days)) benchmark::DoNotOptimize(run());
  state.counters["days"] = static_cast<double>(days);
}
BENCHMARK(open_answers)->Name("timeline/one change point where the answer is open");

}  // namespace
}  // namespace tutela
