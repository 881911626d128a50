// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include <tutela/referral/resilience.hpp>
#include "unit/referral/random_network.hpp"

using namespace tutela;
using namespace tutela::test;

namespace {

ReachClient anybody(std::string from)
{
  ReachClient client;
  client.from = AgencyId(std::move(from));
  client.on = today;
  client.purposes = {Purpose("assistance")};
  client.data = {{DataCategory("identity"), Truth::yes}};
  return client;
}

/// Services reached when one stop may not be entered, found by a plain walk over the answers of `reach` hop by hop:
/// the stop's grounds are taken out of the network.
std::vector<std::string> reached_without(NetworkContent content, ReachClient const& client, std::string const& out)
{
  for (Basis& basis : content.bases) {
    std::erase_if(basis.to, [&](NodeId const& to) { return to.text() == out; });
    std::erase_if(basis.from, [&](AgencyId const& from) { return from.text() == out; });
  }
  std::erase_if(content.bases, [](Basis const& basis) { return basis.to.empty() || basis.from.empty(); });
  Network const network = Network::build(content).value();
  ReachTable const table = reach(network, {{client}, {}, 7, 92}).value();
  std::vector<std::string> result;
  for (std::uint32_t const node : table.reached(0, HopState::possible))
    if (network.find(ServiceId(network.nodes()[node].text())) != nullptr)
      result.push_back(network.nodes()[node].text());
  return result;
}

}  // namespace

TEST(Resilience, WithoutTheHouseTheCentreIsLost)
{
  Network const network = Network::build(small_content()).value();
  auto const points = single_points(network, anybody("office")).value();
  ASSERT_EQ(points.size(), 1U);
  EXPECT_EQ(network.nodes()[points[0].node], NodeId("house"));
  EXPECT_EQ(points[0].losses, std::vector<std::uint32_t>{*network.node_number(NodeId("centre"))});
  EXPECT_TRUE(single_points(network, anybody("house")).value().empty());
  EXPECT_FALSE(single_points(network, anybody("nobody")));
}

TEST(Resilience, EverySinglePointIsOneAndNoOtherIs)
{
  Chance chance(41);
  std::size_t found = 0;
  for (int round = 0; round < 500; ++round) {
    auto content = random_content(chance);
    content.units.clear();  // a unit hangs on its agency by no ground that could be taken out
    auto const client = anybody("a0");
    for (Basis& basis : content.bases)
      std::erase_if(basis.from, [](AgencyId const& from) { return from.text() == "unit"; });
    std::erase_if(content.bases, [](Basis const& basis) { return basis.from.empty(); });
    auto const built = Network::build(content);
    if (!built) continue;
    Network const& network = *built;
    auto const points = single_points(network, client, HopState::possible).value();
    auto const all = reached_without(content, client, "");
    for (Agency const& agency : content.agencies) {
      std::string const& id = agency.id.text();
      if (id == "a0") continue;
      // Its own services hang on it too, unless a ground leads to them directly; those hops cannot be taken out, but
      // where the agency is not entered nobody goes over them.
      auto const left = reached_without(content, client, id);
      std::vector<std::string> lost;
      std::set_difference(all.begin(), all.end(), left.begin(), left.end(), std::back_inserter(lost));
      std::vector<std::string> named;
      for (SinglePoint const& point : points)
        if (network.nodes()[point.node].text() == id)
          for (std::uint32_t const node : point.losses) named.push_back(network.nodes()[node].text());
      ASSERT_EQ(named, lost) << round << " " << id;
      found += lost.empty() ? std::size_t{0} : std::size_t{1};
    }
  }
  EXPECT_GT(found, 100U);
}

TEST(Resilience, TheNarrowestStopsCarryWhatGetsThrough)
{
  NetworkContent content = small_content();
  content.agencies.push_back(agency("court"));
  content.bases.push_back(basis("to-house", BasisKind::competence, "court", "house"));
  content.capacities[0].available = 9;
  Network const network = Network::build(content).value();
  std::vector<Demand> const demand{{AgencyId("office"), 5}, {AgencyId("court"), 4}};
  auto const open = find_bottleneck(network, anybody("office"), ServiceKind("day_centre"), demand, {}).value();
  EXPECT_EQ(open.served, 9);
  EXPECT_EQ(open.wanted, 9);
  auto const narrow = find_bottleneck(network, anybody("office"), ServiceKind("day_centre"), demand,
                                      {{NodeId("office"), 2}, {NodeId("centre"), 8}})
                          .value();
  EXPECT_EQ(narrow.served, 6);
  EXPECT_EQ(narrow.nodes, std::vector<NodeId>{NodeId("office")});
  EXPECT_EQ(narrow.all_served, std::vector<AgencyId>{AgencyId("court")});
  auto const shut = find_bottleneck(network, anybody("office"), ServiceKind("day_centre"), demand,
                                    {{NodeId("house"), 3}, {NodeId("centre"), 8}})
                        .value();
  EXPECT_EQ(shut.served, 3);
  EXPECT_EQ(shut.nodes, std::vector<NodeId>{NodeId("house")});
  EXPECT_EQ(find_bottleneck(network, anybody("office"), ServiceKind("observatory"), demand, {}).value().served, 0);
}

TEST(Resilience, TheCutIsAsLargeAsTheFlow)
{
  Chance chance(42);
  for (int round = 0; round < 500; ++round) {
    auto const content = random_content(chance);
    Network const network = Network::build(content).value();
    std::vector<Demand> demand;
    std::vector<NodeCapacity> capacities;
    for (Agency const& one : content.agencies) demand.push_back({one.id, chance.below(5)});
    for (NodeId const& node : network.nodes())
      if (chance.one_in(2)) capacities.push_back({node, chance.below(5)});
    auto const found =
        find_bottleneck(network, anybody("a0"), ServiceKind("day_centre"), demand, capacities, HopState::possible)
            .value();
    // Weak duality, checked here by hand: what the cut lets through is exactly what was served.
    std::int64_t cut = 0;
    for (NodeId const& node : found.nodes)
      for (NodeCapacity const& one : capacities) cut += one.node == node ? one.capacity : 0;
    for (AgencyId const& agency : found.all_served)
      for (Demand const& one : demand) cut += one.from == agency ? one.people : 0;
    ASSERT_EQ(found.served, cut) << round;
    // And nobody gets through around it: with these stops shut and these agencies empty nothing is served.
    auto rest = demand;
    for (Demand& one : rest)
      if (std::find(found.all_served.begin(), found.all_served.end(), one.from) != found.all_served.end())
        one.people = 0;
    std::vector<NodeCapacity> shut;
    for (NodeId const& node : found.nodes) shut.push_back({node, 0});
    ASSERT_EQ(find_bottleneck(network, anybody("a0"), ServiceKind("day_centre"), rest, shut, HopState::possible)
                  .value()
                  .served,
              0)
        << round;
  }
}

TEST(Resilience, BadNumbersAndStopsAreLocated)
{
  Network const network = Network::build(small_content()).value();
  auto const answer = find_bottleneck(network, anybody("office"), ServiceKind("day_centre"),
                                      {{AgencyId("nobody"), 1}, {AgencyId("office"), -1}},
                                      {{NodeId("nowhere"), 1}, {NodeId("house"), -1}, {NodeId("house"), 1}});
  ASSERT_FALSE(answer);
  std::vector<std::string> pointers;
  for (Diagnostic const& one : answer.diagnostics()) pointers.push_back(one.place.pointer);
  EXPECT_EQ(pointers, (std::vector<std::string>{"/demand/0/from", "/demand/1/people", "/capacities/0/node",
                                                "/capacities/1/capacity", "/capacities/2/node"}));
}
