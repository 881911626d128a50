// SPDX-License-Identifier: Apache-2.0
/// \file
/// The lending model of the kit: all of its decisions for one applicant, one thread, everything warm.
#include <benchmark/benchmark.h>

#include <fstream>
#include <iterator>

#include <tutela/rules/session.hpp>

#include "bench/lending.hpp"

namespace tutela {
namespace {

Pack const* lending_pack()
{
  static std::optional<Pack> const pack = []() -> std::optional<Pack> {
    auto const path = bench::lending_path();
    if (!path) return std::nullopt;
    return load_pack(*path).value();
  }();
  return pack ? &*pack : nullptr;
}

/// Runs `work` on one applicant after the other.
template <class Prepare, class Work>
void for_applicants(benchmark::State& state, Prepare const& prepare, Work const& work)
{
  auto const* pack = lending_pack();
  if (pack == nullptr) return state.SkipWithError("the kit is not beside the repository (TUTELA_SHARED)");
  std::vector<decltype(prepare(bench::Applicant()))> cases;
  for (auto const& applicant : bench::lending_applicants()) cases.push_back(prepare(applicant));
  std::size_t next = 0;
  for (auto _ : state) {
    work(*pack, cases[next]);
    next = next + 1 == cases.size() ? 0 : next + 1;
  }
}

void decide_all(benchmark::State& state, Mode mode, bool reasons)
{
  DecideOptions options;
  options.mode = mode;
  options.reasons = reasons;
  for_applicants(state, bench::record_of, [&](Pack const& pack, Record const& record) {
    benchmark::DoNotOptimize(pack.decide(record, std::nullopt, options));
  });
}
BENCHMARK_CAPTURE(decide_all, values, Mode::legal, false)->Name("lending/values");
BENCHMARK_CAPTURE(decide_all, values_of_other_engines, Mode::conformance, false)->Name("lending/values/conformance");
BENCHMARK_CAPTURE(decide_all, reasons, Mode::legal, true)->Name("lending/with reasons");

/// The same from facts that are set by slot: outcome and value of each decision.
void decide_all_in_session(benchmark::State& state)
{
  auto const* pack = lending_pack();
  if (pack == nullptr) return state.SkipWithError("the kit is not beside the repository (TUTELA_SHARED)");
  Session session(*pack);
  std::vector<PreparedDecision> questions;
  for (auto const& decision : pack->decisions()) questions.emplace_back(*pack, decision.name, std::nullopt);
  std::vector<Slot> slots;
  for (auto const& input : bench::lending_inputs) slots.push_back(*session.slot(input.fact));
  std::vector<std::vector<Value>> cases;
  for (auto const& applicant : bench::lending_applicants()) {
    std::vector<Value> values;
    auto const record = bench::record_of(applicant);
    for (auto const& input : bench::lending_inputs) values.push_back(record.value(input.fact));
    cases.push_back(std::move(values));
  }
  std::size_t next = 0;
  for (auto _ : state) {
    for (std::size_t i = 0; i < slots.size(); ++i) session.set(slots[i], cases[next][i]);
    for (auto const& question : questions) benchmark::DoNotOptimize(session.decide(question));
    next = next + 1 == cases.size() ? 0 : next + 1;
  }
}
BENCHMARK(decide_all_in_session)->Name("lending/session, outcome and value");

/// The one power that the model computes: (1 + Rate/12) ** -Term.
void power(benchmark::State& state)
{
  struct Loan {
    Decimal growth;
    Decimal exponent;
  };
  auto const loan = [](bench::Applicant const& applicant) {
    return Loan{Decimal(1) + *Decimal::parse(applicant[9]) / Decimal(12), -*Decimal::parse(applicant[10])};
  };
  for_applicants(state, loan,
                 [](Pack const&, Loan const& each) { benchmark::DoNotOptimize(each.growth.power(each.exponent)); });
}
BENCHMARK(power)->Name("lending/its decimal power");

}  // namespace
}  // namespace tutela
