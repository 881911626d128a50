// SPDX-License-Identifier: Apache-2.0
/// \file
/// Decisions over tables, one thread, Arrow to Arrow, beside the memory's own speed in the same run. Synthetic.
///
/// Items are rows. `bytes/row` is what a row has in the columns, `of memory` the speed at which they are read as a part of
/// the speed at which this machine reads memory at all, `exact` the share of answers that the exact routine gave.
/// `TUTELA_BENCH_ROWS` is the number of rows, 4 million when it is not set.
#include <benchmark/benchmark.h>

#include <algorithm>

#include <tutela/columns/batch.hpp>
#include <tutela/rules/pack.hpp>
#include <tutela/rules/session.hpp>

#include "bench/column_runs.hpp"
#include "columns/kernels.hpp"

namespace tutela {
namespace {

using bench::table_of;
using bench::thread_seconds;

/// Bytes a second that one thread reads from memory: the best of nine passes over 256 MiB.
double read_bandwidth()
{
  static double const best = [] {
    std::vector<std::uint64_t> data(std::size_t{1} << 25U, 1);
    double fastest = 0;
    for (int pass = 0; pass < 9; ++pass) {
      auto const before = thread_seconds();
      benchmark::DoNotOptimize(bench::read_all(data.data(), data.size()));
      auto const seconds = thread_seconds() - before;
      fastest = std::max(fastest, static_cast<double>(data.size() * sizeof(std::uint64_t)) / seconds);
    }
    return fastest;
  }();
  return best;
}

void memory(benchmark::State& state)
{
  for (auto _ : state) benchmark::DoNotOptimize(read_bandwidth());
  state.counters["GB/s"] = read_bandwidth() * 1e-9;
}
BENCHMARK(memory)->Name("memory/read by one thread")->Iterations(1);

/// What is handed out of the answers.
enum class HandOut { nothing, answers, answers_and_outcomes };

void run(benchmark::State& state, Pack const& pack, bench::ColumnTable const& table, HandOut hand_out)
{
  BatchOptions options;
  options.outcomes = hand_out == HandOut::answers_and_outcomes;
  auto const program = BatchProgram::compile(pack, table.schema, std::nullopt, options).value();
  BatchRun run(program);
  double exact = 0;
  double answers = 0;
  double last = 1e9;
  for (auto _ : state) {
    auto const before = thread_seconds();
    auto const found = run.decide(table.array).value();
    if (hand_out != HandOut::nothing) {
      ArrowArray out;
      found.export_array(out);
      out.release(&out);
    }
    last = std::min(last, thread_seconds() - before);
    exact = answers = 0;
    for (std::size_t i = 0; i < found.decisions().size(); ++i) {
      exact += static_cast<double>(found.shares(i).exact);
      answers += static_cast<double>(found.shares(i).rows);
      if (!found.decisions()[i].in_columns) state.SkipWithError("a decision does not run in columns");
    }
  }
  auto const rows = static_cast<double>(table.rows());
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(table.rows()));
  state.SetLabel(detail::kernels().name);
  state.counters["Mrows/s best"] = rows / last * 1e-6;
  state.counters["bytes/row"] = table.bytes_in_row();
  state.counters["of memory"] = table.bytes_in_row() * rows / last / read_bandwidth();
  state.counters["exact"] = exact / answers;
}

void support(benchmark::State& state, HandOut hand_out)
{
  static Pack const pack = parse_pack(bench::support_model(), "support.dmn").value();
  run(state, pack, table_of(static_cast<unsigned>(state.range(0)), bench::fill_support), hand_out);
}
BENCHMARK_CAPTURE(support, none, HandOut::nothing)
    ->Name("support 12x5/decide/missing %")
    ->Arg(0)
    ->Arg(10)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(support, table, HandOut::answers_and_outcomes)
    ->Name("support 12x5/decide and hand out/missing %")
    ->Arg(10)
    ->Unit(benchmark::kMillisecond);

void forty(benchmark::State& state, HandOut hand_out)
{
  static Pack const pack = parse_pack(bench::forty_model(), "forty.dmn").value();
  run(state, pack, table_of(static_cast<unsigned>(state.range(0)), bench::fill_forty), hand_out);
}
BENCHMARK_CAPTURE(forty, none, HandOut::nothing)
    ->Name("40 rules x 6/decide/missing %")
    ->Arg(0)
    ->Arg(10)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(forty, table, HandOut::answers_and_outcomes)
    ->Name("40 rules x 6/decide and hand out/missing %")
    ->Arg(10)
    ->Unit(benchmark::kMillisecond);

BENCHMARK_CAPTURE(forty, answers, HandOut::answers)
    ->Name("40 rules x 6/decide and hand answers out/missing %")
    ->Arg(10)
    ->Unit(benchmark::kMillisecond);

void families(benchmark::State& state)
{
  static Pack const pack = parse_pack(bench::families_model(), "families.dmn").value();
  run(state, pack, table_of(static_cast<unsigned>(state.range(0)), bench::fill_families), HandOut::answers);
}
BENCHMARK(families)
    ->Name("families with children/decide and hand answers out/missing %")
    ->Arg(0)
    ->Arg(10)
    ->Unit(benchmark::kMillisecond);

/// The same families one by one, with the facts as the columns have them.
void families_one_by_one(benchmark::State& state)
{
  constexpr std::size_t few = 4'096;
  Pack const pack = parse_pack(bench::families_model(), "families.dmn").value();
  bench::ColumnTable table(few, 0);
  bench::fill_families(table);
  auto const program = BatchProgram::compile(pack, table.schema, std::nullopt).value();
  std::vector<Record> records;
  for (std::size_t row = 0; row < few; ++row) records.push_back(program.facts(table.array, row).value());
  Session session(pack);
  PreparedDecision const question(pack, "help", std::nullopt);
  std::vector<std::string> const names{"children", "income", "rent"};
  std::vector<Slot> slots;
  for (auto const& name : names) slots.push_back(*session.slot(name));
  std::size_t row = 0;
  for (auto _ : state) {
    for (std::size_t i = 0; i < slots.size(); ++i) session.set(slots[i], records[row].find(names[i])->value);
    benchmark::DoNotOptimize(session.decide(question));
    row = (row + 1) % few;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(families_one_by_one)->Name("families with children/Session::decide, a row at a time");

/// The same rows one by one, facts by slot: what the columns replace.
void one_by_one(benchmark::State& state)
{
  Pack const pack = parse_pack(bench::support_model(), "support.dmn").value();
  Session session(pack);
  PreparedDecision const question(pack, "support", std::nullopt);
  std::vector<Slot> slots;
  for (auto const* name : bench::support_inputs) slots.push_back(*session.slot(name));
  auto const cases = bench::support_cases();
  std::size_t i = 0;
  for (auto _ : state) {
    auto const& each = cases[i];
    session.set(slots[0], each.age);
    session.set(slots[1], each.income);
    session.set(slots[2], each.children);
    session.set(slots[3], each.status);
    session.set(slots[4], each.disability);
    benchmark::DoNotOptimize(session.decide(question));
    i = (i + 1) % cases.size();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(one_by_one)->Name("support 12x5/Session::decide, a row at a time");

}  // namespace
}  // namespace tutela
