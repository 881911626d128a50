// SPDX-License-Identifier: Apache-2.0
/// \file
/// Waiting lists on the homes of the Romanian register: a2 (10,000 children) and a3 (10,754, 95 percent of all places),
/// one by one and with siblings who stay together.
#include <benchmark/benchmark.h>

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include "bench/referral_instances.hpp"

namespace tutela {
namespace {

constexpr auto no_register = "the register is not beside the repository (TUTELA_SHARED)";

/// From the network and the list of children to the proposal with its reasons.
void end_to_end(benchmark::State& state, std::size_t children, bool together)
{
  auto const* one = bench::allocation_instance(children, together);
  if (one == nullptr) return state.SkipWithError(no_register);
  std::optional<AllocationProposal> proposal;
  for (auto _ : state) proposal = allocate(one->network, one->request).value();
  CriterionSum const& distance = proposal->criteria.back();
  double const above =
      100.0 * static_cast<double>(distance.value - distance.bound) / static_cast<double>(distance.bound);
  state.counters["waiting"] = static_cast<double>(proposal->criteria.front().value);
  state.counters["above_bound_percent"] = above;
  state.counters["bound"] = static_cast<double>(distance.bound);
  if (proposal->criteria.front().value != 0) state.SkipWithError("not everybody is placed");
  if (above > 0.6) state.SkipWithError("more than 0.6 percent above the bound");
}
BENCHMARK_CAPTURE(end_to_end, a2, 10'000, false)->Name("allocation/a2")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(end_to_end, a3, 10'754, false)->Name("allocation/a3")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(end_to_end, a2s, 10'000, true)->Name("allocation/a2 with siblings")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(end_to_end, a3s, 10'754, true)->Name("allocation/a3 with siblings")->Unit(benchmark::kMillisecond);

/// LEMON's network simplex on the same arcs: its run alone, its graph built before.
void lemon_bare(benchmark::State& state, std::size_t children)
{
  auto const* one = bench::allocation_instance(children, false);
  if (one == nullptr) return state.SkipWithError(no_register);
  auto const problem = bench::plain_problem(*one);
  lemon::SmartDigraph graph;
  std::vector<lemon::SmartDigraph::Node> places;
  for (std::size_t i = 0; i <= problem.places.size(); ++i) places.push_back(graph.addNode());
  auto const sink = graph.addNode();
  lemon::SmartDigraph::ArcMap<int> upper(graph);
  lemon::SmartDigraph::ArcMap<std::int64_t> cost(graph);
  lemon::SmartDigraph::NodeMap<int> supply(graph);
  int const people = static_cast<int>(problem.groups.size());
  for (AssignmentGroup const& group : problem.groups) {
    auto const person = graph.addNode();
    supply[person] = 1;
    for (AssignmentOption const& option : group.options) {
      auto const arc = graph.addArc(person, places[option.place]);
      upper[arc] = 1;
      cost[arc] = option.cost;
    }
    auto const waits = graph.addArc(person, places.back());
    upper[waits] = 1;
    cost[waits] = 10'000'000;
  }
  for (std::size_t i = 0; i <= problem.places.size(); ++i) {
    auto const arc = graph.addArc(places[i], sink);
    upper[arc] = i < problem.places.size() ? static_cast<int>(problem.places[i].capacity) : people;
  }
  supply[sink] = -people;
  std::int64_t total = 0;
  for (auto _ : state) {
    lemon::NetworkSimplex<lemon::SmartDigraph, int, std::int64_t> simplex(graph);
    simplex.upperMap(upper).costMap(cost).supplyMap(supply);
    simplex.run();
    total = simplex.totalCost();
  }
  if (total != assign(problem).value().cost) state.SkipWithError("LEMON and Tutela differ");
}
BENCHMARK_CAPTURE(lemon_bare, a2, 10'000)->Name("LEMON/a2")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(lemon_bare, a3, 10'754)->Name("LEMON/a3")->Unit(benchmark::kMillisecond);

/// Each home closed in turn, everybody placed anew.
void closures(benchmark::State& state, std::size_t children)
{
  auto const* one = bench::allocation_instance(children, false);
  if (one == nullptr) return state.SkipWithError(no_register);
  auto const problem = bench::plain_problem(*one);
  for (auto _ : state) benchmark::DoNotOptimize(assign_without_each(problem));
}
BENCHMARK_CAPTURE(closures, a2, 10'000)->Name("allocation/a2, each home closed")->Unit(benchmark::kMillisecond);

/// What one more place is worth at each home.
void worth(benchmark::State& state, std::size_t children)
{
  auto const* one = bench::allocation_instance(children, false);
  if (one == nullptr) return state.SkipWithError(no_register);
  auto const problem = bench::plain_problem(*one);
  for (auto _ : state) benchmark::DoNotOptimize(worth_of_one_more(problem));
}
BENCHMARK_CAPTURE(worth, a2, 10'000)->Name("allocation/a2, one more place at each home")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tutela
