// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reach of many clients, single points of failure and minimum cut on the Romanian register with synthetic agreements.
#include <benchmark/benchmark.h>

#include <tutela/referral/resilience.hpp>

#include "bench/referral_instances.hpp"

namespace tutela {
namespace {

constexpr auto no_register = "the register is not beside the repository (TUTELA_SHARED)";

Network const* network()
{
  if (bench::register_lines().empty()) return nullptr;
  static Network const built = Network::build(bench::agreements_content()).value();
  return &built;
}

void reach_of_many(benchmark::State& state)
{
  if (network() == nullptr) return state.SkipWithError(no_register);
  auto const request = bench::many_clients(10'000);
  std::optional<ReachTable> table;
  for (auto _ : state) table = reach(*network(), request).value();
  std::size_t pairs = 0;
  for (std::size_t const clients : table->clients_at()) pairs += clients;
  state.counters["stops_a_client"] = static_cast<double>(pairs) / 10'000;
}
BENCHMARK(reach_of_many)->Name("reach/10,000 clients")->Unit(benchmark::kMillisecond);

void points(benchmark::State& state)
{
  if (network() == nullptr) return state.SkipWithError(no_register);
  auto const client = bench::many_clients(1).clients.front();
  for (auto _ : state) benchmark::DoNotOptimize(single_points(*network(), client));
}
BENCHMARK(points)->Name("reach/single points of failure, one client")->Unit(benchmark::kMillisecond);

void cut(benchmark::State& state)
{
  if (network() == nullptr) return state.SkipWithError(no_register);
  auto const flow = bench::flow_instance();
  std::int64_t value = 0;
  for (auto _ : state) value = detail::maximum_flow(flow.nodes, flow.arcs, flow.source, flow.target).value;
  state.counters["flow"] = static_cast<double>(value);
}
BENCHMARK(cut)->Name("reach/minimum cut")->Unit(benchmark::kMillisecond);

void best_path(benchmark::State& state)
{
  if (network() == nullptr) return state.SkipWithError(no_register);
  auto const requests = bench::many_routes(*network(), 200);
  std::size_t hops = 0;
  for (auto _ : state)
    for (RouteRequest const& request : requests) hops += find_route(*network(), request).value().certain->hops.size();
  state.counters["hops"] =
      static_cast<double>(hops) / static_cast<double>(state.iterations()) / static_cast<double>(requests.size());
}
BENCHMARK(best_path)->Name("route/best path, 200 clients")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tutela
