// SPDX-License-Identifier: Apache-2.0
/// \file
/// Decision tables on one case at a time, one thread, everything warm.
#include <benchmark/benchmark.h>

#include <tutela/rules/pack.hpp>

#include "bench/support_table.hpp"

namespace tutela {
namespace {

Pack const& support_pack()
{
  static Pack const pack = parse_pack(bench::support_model(), "support.dmn").value();
  return pack;
}

Record record_of(bench::SupportCase const& each)
{
  return RecordBuilder()
      .set("age", Value(Decimal(each.age)))
      .set("income", Value(Decimal(each.income)))
      .set("children", Value(Decimal(each.children)))
      .set("status", Value(each.status))
      .set("disability", Value(each.disability))
      .build()
      .value();
}

void decide_from_record(benchmark::State& state)
{
  std::vector<Record> records;
  for (auto const& each : bench::support_cases()) records.push_back(record_of(each));
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(support_pack().decide("support", records[i], std::nullopt));
    i = (i + 1) % records.size();
  }
}
BENCHMARK(decide_from_record)->Name("support 12x5/Pack::decide/record");

}  // namespace
}  // namespace tutela
