// SPDX-License-Identifier: Apache-2.0
/// \file
/// Allocation and minimum cut against LEMON, on problems too large to try everything.
#include <gtest/gtest.h>

#include <lemon/network_simplex.h>
#include <lemon/preflow.h>
#include <lemon/smart_graph.h>

#include <tutela/referral/assignment.hpp>
#include "referral/flow.hpp"
#include "unit/referral/chance.hpp"

using namespace tutela;
using namespace tutela::test;

namespace {

constexpr std::int64_t waiting = 1'000'000;

std::int64_t least_by_lemon(AssignmentProblem const& problem)
{
  using Graph = lemon::SmartDigraph;
  Graph graph;
  Graph::ArcMap<std::int64_t> upper(graph);
  Graph::ArcMap<std::int64_t> cost(graph);
  Graph::NodeMap<std::int64_t> supply(graph);
  std::vector<Graph::Node> places;
  auto const sink = graph.addNode();
  auto const arc = [&](Graph::Node from, Graph::Node to, std::int64_t most, std::int64_t each) {
    auto const added = graph.addArc(from, to);
    upper[added] = most;
    cost[added] = each;
  };
  for (AssignmentPlace const& place : problem.places) {
    places.push_back(graph.addNode());
    arc(places.back(), sink, place.capacity, 0);
  }
  for (AssignmentGroup const& group : problem.groups) {
    auto const person = graph.addNode();
    supply[person] = 1;
    supply[sink] = supply[sink] - 1;
    for (AssignmentOption const& option : group.options) arc(person, places[option.place], 1, option.cost);
    arc(person, sink, 1, waiting + group.waiting_cost);
  }
  lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t> simplex(graph);
  simplex.upperMap(upper).costMap(cost).supplyMap(supply);
  EXPECT_EQ(simplex.run(), simplex.OPTIMAL);
  return simplex.totalCost();
}

}  // namespace

TEST(Lemon, FindsTheSameLeastCosts)
{
  Chance chance(51);
  for (int round = 0; round < 60; ++round) {
    AssignmentProblem problem;
    problem.places.resize(1 + chance.below(std::size_t{30}));
    for (AssignmentPlace& place : problem.places) place.capacity = chance.below(12);
    problem.groups.resize(chance.below(std::size_t{200}));
    for (AssignmentGroup& group : problem.groups) {
      group.waiting_cost = chance.below(50);
      for (std::uint32_t place = 0; place < problem.places.size(); ++place)
        if (chance.one_in(4)) group.options.push_back({place, chance.below(200)});
    }
    auto const plan = assign(problem).value();
    ASSERT_TRUE(plan.is_best());
    ASSERT_EQ(plan.waiting * waiting + plan.cost, least_by_lemon(problem)) << round;
    auto const plans = assign_without_each(problem).value();
    for (std::size_t i = 0; i < plans.size(); i += 5) {
      auto closed = problem;
      closed.places[i].capacity = 0;
      ASSERT_EQ(plans[i].waiting * waiting + plans[i].cost, least_by_lemon(closed)) << round;
    }
  }
}

TEST(Lemon, FindsTheSameFlowAndTheCutIsThatLarge)
{
  Chance chance(71);
  std::int64_t served = 0;
  for (int round = 0; round < 3000; ++round) {
    auto const nodes = static_cast<std::uint32_t>(2 + chance.below(40));
    std::vector<detail::FlowArc> arcs;
    for (int i = chance.below(200); i > 0; --i)
      arcs.push_back({chance.below(nodes), chance.below(nodes), static_cast<std::int64_t>(chance.below(20))});
    lemon::SmartDigraph graph;
    for (std::uint32_t node = 0; node < nodes; ++node) graph.addNode();
    lemon::SmartDigraph::ArcMap<std::int64_t> capacity(graph);
    for (auto const& arc : arcs)
      capacity[graph.addArc(graph.nodeFromId(static_cast<int>(arc.from)), graph.nodeFromId(static_cast<int>(arc.to)))] =
          arc.capacity;
    lemon::Preflow<lemon::SmartDigraph, lemon::SmartDigraph::ArcMap<std::int64_t>> peer(
        graph, capacity, graph.nodeFromId(0), graph.nodeFromId(1));
    peer.run();
    auto const cut = detail::maximum_flow(nodes, arcs, 0, 1);
    ASSERT_EQ(cut.value, peer.flowValue()) << round;
    ASSERT_TRUE(cut.source_side[0]) << round;
    ASSERT_FALSE(cut.source_side[1]) << round;
    std::int64_t across = 0;
    for (auto const& arc : arcs)
      if (cut.source_side[arc.from] && !cut.source_side[arc.to]) across += arc.capacity;
    ASSERT_EQ(across, cut.value) << round;
    // Ours is the cut nearest to the target, so no other one has more on its source's side.
    for (std::uint32_t node = 0; node < nodes; ++node)
      ASSERT_TRUE(cut.source_side[node] || !peer.minCut(graph.nodeFromId(static_cast<int>(node)))) << round;
    served += cut.value;
  }
  EXPECT_GT(served, 10'000);
}
