// SPDX-License-Identifier: Apache-2.0
/// \file
/// How the programs of the columns bench take time, and the table that they share.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <latch>
#include <limits>
#include <memory>
#include <thread>
#include <vector>

#include "bench/column_tables.hpp"

namespace tutela::bench {

inline std::size_t rows_wanted()
{
  auto const* text = std::getenv("TUTELA_BENCH_ROWS");
  return text == nullptr ? 4'000'000 : std::strtoull(text, nullptr, 10);
}

/// Processor time of this thread.
inline double thread_seconds()
{
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// The least time by the clock in which `threads` threads, started together, have all done their part, of several tries.
inline double wall_seconds(std::size_t threads, std::function<void(std::size_t)> const& part)
{
  double least = std::numeric_limits<double>::max();
  for (int round = 0; round < 9; ++round) {
    std::latch start(static_cast<std::ptrdiff_t>(threads) + 1);
    std::vector<std::jthread> running;
    for (std::size_t i = 0; i < threads; ++i)
      running.emplace_back([&start, &part, i] {
        start.arrive_and_wait();
        part(i);
      });
    start.arrive_and_wait();
    auto const before = std::chrono::steady_clock::now();
    running.clear();  // waits for all
    least = std::min(least, std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count());
  }
  return least;
}

/// Adds up words, in several sums, so that no addition waits for the one before.
inline std::uint64_t read_all(std::uint64_t const* words, std::size_t count)
{
  std::uint64_t sums[8] = {};
  for (std::size_t i = 0; i < count; i += 8)
    for (std::size_t k = 0; k < 8; ++k) sums[k] += words[i + k];
  std::uint64_t all = 0;
  for (auto const sum : sums) all += sum;
  return all;
}

using Fill = void (*)(ColumnTable&);

/// One table at a time is kept: another one takes its room.
inline ColumnTable const& table_of(unsigned missing, Fill fill)
{
  static std::unique_ptr<ColumnTable> kept;
  static unsigned percent = 0;
  static Fill filled = nullptr;
  if (!kept || percent != missing || filled != fill) {
    kept.reset();
    kept = std::make_unique<ColumnTable>(rows_wanted(), missing);
    percent = missing;
    filled = fill;
    fill(*kept);
  }
  return *kept;
}

}  // namespace tutela::bench
