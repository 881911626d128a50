// SPDX-License-Identifier: Apache-2.0
/// \file
/// Scales in columns, bounds of missing answers, and validations of a million people.
#include <algorithm>
#include <array>
#include <random>

#include <benchmark/benchmark.h>

#include <tutela/io/instrument.hpp>
#include <tutela/risk/batch.hpp>
#include <tutela/risk/validation.hpp>

#include "bench/people.hpp"

namespace tutela {
namespace {

Instrument instrument(std::string const& name) { return load_instrument(name).value(); }

/// People of OGRS3 whose dates are in order, some of whose facts are missing.
struct ReconvictionPeople {
  /// \param missing Of the fact of this place, or of each where it is none of them, the share in per cent that is missing.
  ReconvictionPeople(std::size_t people, std::size_t place, unsigned missing)
  {
    std::mt19937 random(1);
    struct Drawn {
      char const* fact;
      std::int32_t first;
      std::uint32_t width;
    };
    Drawn const drawn[] = {{"sex", 0, 2},
                           {"birth_date", -5'000, 9'000},
                           {"first_sanction_date", 10'000, 3'000},
                           {"conviction_date", 14'000, 3'000},
                           {"risk_date", 17'000, 1'000},
                           {"previous_sanctions", 1, 20},
                           {"offence_group", 0, 10}};
    constexpr std::size_t conviction = 3;
    for (std::size_t k = 0; k < std::size(drawn); ++k) {
      values[k].resize(people);
      for (auto& one : values[k]) one = drawn[k].first + static_cast<std::int32_t>(random() % drawn[k].width);
      columns.push_back({drawn[k].fact, values[k], {}, {}});
      // Whoever has no day of conviction has no recorded act, and no score.
      bool const may_miss = missing > 0 && (place == k || (place >= std::size(drawn) && k != conviction));
      if (!may_miss) continue;
      present[k].resize(people);
      for (auto& one : present[k]) one = random() % 100 < missing ? 0 : 1;
      columns.back().present = present[k];
    }
  }

  std::array<std::vector<std::int32_t>, 7> values;
  std::array<std::vector<std::uint8_t>, 7> present;
  std::vector<ScoreColumn> columns;
};

/// OGRS3 in columns; one iteration is one person.
void ogrs3_columns(benchmark::State& state, std::size_t place, unsigned missing, ScoreState expected)
{
  auto const scale = instrument("uk/ogrs3");
  std::size_t const people = missing == 0 ? 16'384 : 2'048;
  ReconvictionPeople const given(people, place, missing);
  ScoreBatchOptions options;
  options.jurisdiction = "GB-EAW";
  ScoreBatch scores;
  while (state.KeepRunningBatch(static_cast<benchmark::IterationCount>(people))) {
    auto const found = score_batch(scale, given.columns, people, scores, options);
    if (!found.empty() || std::count(scores.states.begin(), scores.states.end(), expected) == 0)
      state.SkipWithError("the people cannot be scored");
    benchmark::DoNotOptimize(scores.bands.data());
  }
}
BENCHMARK_CAPTURE(ogrs3_columns, whole, 0, 0, ScoreState::known)->Name("ogrs3/columns, one person");
BENCHMARK_CAPTURE(ogrs3_columns, sex, 0, 100, ScoreState::open)->Name("ogrs3/columns, one person, sex missing");
BENCHMARK_CAPTURE(ogrs3_columns, birth, 1, 100, ScoreState::open)
    ->Name("ogrs3/columns, one person, birth date missing");
BENCHMARK_CAPTURE(ogrs3_columns, first, 2, 100, ScoreState::open)
    ->Name("ogrs3/columns, one person, first sanction missing");
BENCHMARK_CAPTURE(ogrs3_columns, risk, 4, 100, ScoreState::open)
    ->Name("ogrs3/columns, one person, begin of follow-up missing");
BENCHMARK_CAPTURE(ogrs3_columns, sanctions, 5, 100, ScoreState::open)
    ->Name("ogrs3/columns, one person, sanctions missing");
BENCHMARK_CAPTURE(ogrs3_columns, offence, 6, 100, ScoreState::open)->Name("ogrs3/columns, one person, offence missing");
BENCHMARK_CAPTURE(ogrs3_columns, tenth, 7, 10, ScoreState::open)
    ->Name("ogrs3/columns, one person, a tenth of each fact missing");

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
