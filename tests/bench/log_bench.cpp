// SPDX-License-Identifier: Apache-2.0
/// \file
/// Figures of a log with a million events of referrals.
#include <algorithm>

#include <benchmark/benchmark.h>

#include "bench/referral_log.hpp"

namespace tutela {
namespace {

void all_figures(benchmark::State& state)
{
  auto const log = bench::synthetic_log(1'000'000);
  auto const until = *std::max_element(log.time.begin(), log.time.end());
  for (auto _ : state) {
    auto const found = summarize(log, until);
    if (!found || found->events != log.size()) state.SkipWithError("the log cannot be counted");
    benchmark::DoNotOptimize(found->stages.data());
  }
}
BENCHMARK(all_figures)->Name("log/1M events")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tutela
