// SPDX-License-Identifier: Apache-2.0
/// \file
/// What to ask next, with a schema of 200 facts, one thread, everything warm. Synthetic decisions and cases.
#include <benchmark/benchmark.h>

#include <random>

#include <tutela/rules/ask.hpp>
#include <tutela/rules/pack.hpp>

#include "bench/ten_conditions.hpp"

namespace tutela {
namespace {

/// Twenty decisions of ten conditions. In one case of two every known condition holds, so that the missing ones decide.
/// \param known Of 100 facts so many are known.
std::vector<Record> cases(unsigned known)
{
  std::mt19937 random(200);
  std::vector<Record> records;
  for (int number = 0; number < 64; ++number) {
    RecordBuilder builder;
    bool const holds = number % 2 == 0;
    for (int i = 0; i < 200; ++i) {
      if (random() % 100 >= known) continue;
      auto const drawn = static_cast<int>(random() % 100);
      builder.set("x" + std::to_string(i),
                  i % 2 == 0 ? Value(holds || drawn >= 10) : Value(Decimal(holds ? 50 : drawn)));
    }
    records.push_back(std::move(builder).build().value());
  }
  return records;
}

void measure(benchmark::State& state, AskOptions const& options)
{
  Pack const pack = parse_pack(bench::ten_conditions(20), "ten.dmn").value();
  auto const records = cases(static_cast<unsigned>(state.range(0)));
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(ask(pack, records[i], std::nullopt, options));
    i = (i + 1) % records.size();
  }
}

void one_decision(benchmark::State& state)
{
  AskOptions options;
  options.decide.decisions = {"granted0"};
  measure(state, options);
}
BENCHMARK(one_decision)->Name("ask/200 facts, one decision/percent known:")->Arg(0)->Arg(67);

void all_decisions(benchmark::State& state) { measure(state, {}); }
BENCHMARK(all_decisions)->Name("ask/200 facts, 20 decisions at once/percent known:")->Arg(0)->Arg(67);

}  // namespace
}  // namespace tutela
