// SPDX-License-Identifier: Apache-2.0
/// \file
/// A million clocks of a country, read on one day. The records are synthetic.
#include <benchmark/benchmark.h>

#include <random>

#include <tutela/io/clocks.hpp>

namespace tutela {
namespace {

WorkCalendar calendar()
{
  WorkCalendarContent content{"MD", {2020, 1, 1}, {2030, 12, 31}, {}, {}};
  for (int year = 2020; year <= 2030; ++year)
    for (std::uint8_t const month : {1, 3, 5, 8, 12}) content.exceptions.push_back({{year, month, 9}, false, Text()});
  return WorkCalendar::make(std::move(content)).value();
}

void million_clocks(benchmark::State& state)
{
  auto const clocks = load_clocks("md").value().clocks;
  auto const working_days = calendar();
  std::mt19937 random(20'261'122);
  std::vector<ClockRecord> records(1'000'000);
  for (auto& record : records) {
    Moment const event{*add_days({2022, 1, 1}, random() % 1'500), static_cast<std::uint16_t>(random() % 1'440)};
    record.event = event;
    if (random() % 2 == 0) record.done = {{*add_days(event.day, random() % 40), {}}};
    if (random() % 8 == 0) record.pauses = {{*add_days(event.day, 2), *add_days(event.day, 9)}};
  }
  for (auto _ : state) {
    std::size_t overdue = 0;
    for (std::size_t i = 0; i < records.size(); ++i)
      overdue += read(clocks[i % clocks.size()], records[i], working_days, {2026, 3, 2}).state == ClockState::overdue;
    benchmark::DoNotOptimize(overdue);
  }
}
BENCHMARK(million_clocks)->Name("clocks/a million")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tutela
