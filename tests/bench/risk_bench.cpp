// SPDX-License-Identifier: Apache-2.0
/// \file
/// Scales in columns, bounds of missing answers, and validations of a million people.
#include <random>

#include <benchmark/benchmark.h>

#include <tutela/io/instrument.hpp>
#include <tutela/risk/batch.hpp>
#include <tutela/risk/validation.hpp>

#include "bench/people.hpp"

namespace tutela {
namespace {

Instrument instrument(std::string const& name) { return load_instrument(name).value(); }

/// OGRS3 for people whose dates are in order; one iteration is one person.
void ogrs3_columns(benchmark::State& state)
{
  auto const scale = instrument("uk/ogrs3");
  constexpr std::size_t people = 16'384;
  std::mt19937 random(1);
  auto const column = [&](std::int32_t first, std::uint32_t width) {
    std::vector<std::int32_t> values(people);
    for (auto& one : values) one = first + static_cast<std::int32_t>(random() % width);
    return values;
  };
  auto const sex = column(0, 2);
  auto const born = column(-5'000, 9'000);
  auto const sanctioned = column(10'000, 3'000);
  auto const convicted = column(14'000, 3'000);
  auto const at_risk = column(17'000, 1'000);
  auto const sanctions = column(1, 20);
  auto const offence = column(0, 10);
  std::vector<ScoreColumn> const columns{{"sex", sex, {}, {}},
                                         {"birth_date", born, {}, {}},
                                         {"first_sanction_date", sanctioned, {}, {}},
                                         {"conviction_date", convicted, {}, {}},
                                         {"risk_date", at_risk, {}, {}},
                                         {"previous_sanctions", sanctions, {}, {}},
                                         {"offence_group", offence, {}, {}}};
  ScoreBatchOptions options;
  options.jurisdiction = "GB-EAW";
  ScoreBatch scores;
  while (state.KeepRunningBatch(people)) {
    auto const found = score_batch(scale, columns, people, scores, options);
    if (!found.empty() || scores.states[people / 2] != ScoreState::known)
      state.SkipWithError("the people cannot be scored");
    benchmark::DoNotOptimize(scores.bands.data());
  }
}
BENCHMARK(ogrs3_columns)->Name("ogrs3/columns, one person");

/// OVP with six answers missing: those that a first conversation leaves open.
void ovp_bounds(benchmark::State& state, std::vector<std::string> const& missing)
{
  auto const scale = instrument("uk/ovp");
  std::vector<std::pair<std::string, Value>> const answers{{"sex", Value("male")},
                                                           {"birth_date", Value(*parse_date("1990-05-04"))},
                                                           {"risk_date", Value(*parse_date("2025-01-10"))},
                                                           {"sanctions", Value(Decimal(6))},
                                                           {"violent_sanctions", Value(Decimal(2))},
                                                           {"non_violent_sanctions", Value(Decimal(4))},
                                                           {"impact_not_recognised", Value(true)},
                                                           {"no_fixed_abode", Value(false)},
                                                           {"unemployed", Value(true)},
                                                           {"chronic_drinking", Value("some")},
                                                           {"binge_drinking", Value("none")},
                                                           {"psychiatric_treatment", Value(false)},
                                                           {"temper", Value("some")},
                                                           {"pro_criminal_attitudes", Value("none")}};
  RecordBuilder builder;
  builder.set("probation.conviction_date", Value(*parse_date("2024-11-02")));
  for (auto const& fact : scale.description().facts)
    for (auto const& [id, value] : answers)
      if (id == fact.id && std::find(missing.begin(), missing.end(), id) == missing.end())
        builder.set(fact.declaration.name, value);
  auto const record = std::move(builder).build().value();
  ScoreOptions options;
  options.jurisdiction = "GB-EAW";
  for (auto _ : state) {
    auto const result = score(scale, record, options);
    if (result.state != ScoreState::open || !result.exact) state.SkipWithError("there are no exact bounds");
    benchmark::DoNotOptimize(result);
  }
}
BENCHMARK_CAPTURE(ovp_bounds, answers,
                  {"impact_not_recognised", "no_fixed_abode", "unemployed", "chronic_drinking", "temper",
                   "pro_criminal_attitudes"})
    ->Name("ovp/bounds, six answers missing");
BENCHMARK_CAPTURE(ovp_bounds, counts,
                  {"sanctions", "violent_sanctions", "non_violent_sanctions", "sex", "temper",
                   "pro_criminal_attitudes"})
    ->Name("ovp/bounds, three counts and three answers missing");

bench::People const& million()
{
  static bench::People const people(1'000'000);
  return people;
}

void delong(benchmark::State& state)
{
  auto const& people = million();
  for (auto _ : state) benchmark::DoNotOptimize(area_under_curve(people.probabilities, people.outcomes));
}
BENCHMARK(delong)->Name("validation/area with DeLong's interval, 1M people")->Unit(benchmark::kMillisecond);

void validation(benchmark::State& state, std::size_t draws)
{
  auto const& people = million();
  ValidationSample sample;
  sample.scores = people.probabilities;
  sample.outcomes = people.outcomes;
  sample.groupings = {{"group", people.labels, people.groups}};
  ValidationOptions options;
  options.probabilities = true;
  options.threshold = 0.5;
  options.draws = draws;
  for (auto _ : state) {
    auto const report = validate(sample, options);
    if (!report) state.SkipWithError("the sample cannot be validated");
    benchmark::DoNotOptimize(report);
  }
}
BENCHMARK_CAPTURE(validation, report, 0)
    ->Name("validation/whole report without draws, 1M people")
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1)
    ->Repetitions(3);
BENCHMARK_CAPTURE(validation, draws, 1000)
    ->Name("validation/1M people, 10 groups, 1,000 draws")
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1)
    ->Repetitions(1);

}  // namespace
}  // namespace tutela
