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
  auto const run = [&] { return timeline(pack, facts, "guardianship_form", {2000, 1, 1}, {2040, 1, 1}).evaluations; };
  auto const days = static_cast<std::int64_t>(run());
  while (state.KeepRunningBatch(days)) benchmark::DoNotOptimize(run());
}
BENCHMARK(forty_years)->Name("timeline/one change point of 52");

}  // namespace
}  // namespace tutela
