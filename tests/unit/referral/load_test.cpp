// SPDX-License-Identifier: Apache-2.0
/// \file
/// Loads of services against every way to send every person.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <tutela/referral/load.hpp>
#include "referral/hop_test.hpp"
#include "unit/referral/random_network.hpp"

using namespace tutela;
using namespace tutela::test;

namespace {

using Path = std::vector<std::string>;

ReachClient anybody()
{
  ReachClient client;
  client.on = today;
  client.purposes = {Purpose("assistance")};
  client.data = {{DataCategory("identity"), Truth::yes}};
  return client;
}

/// Who may refer to whom at all.
std::map<std::string, std::set<std::string>> open_pairs(Network const& network)
{
  std::map<std::string, std::set<std::string>> pairs;
  RouteRequest question = question_of(anybody());
  for (NetworkHop const& hop : network.hops()) {
    question.goal = ServiceKind("day_centre");
    Service const* service = network.find(ServiceId(network.nodes()[hop.to].text()));
    if (service != nullptr) question.goal = service->id;
    detail::ArrivalFinding arrival;
    if (service != nullptr) arrival = detail::look_at_service(network, *service, question);
    if (detail::look_at_hop(network, hop, question, service == nullptr ? nullptr : &arrival).state != HopState::blocked)
      pairs[network.nodes()[hop.from].text()].insert(network.nodes()[hop.to].text());
  }
  return pairs;
}

/// All simple paths from a stop to services.
std::vector<Path> paths_from(Network const& network, std::string const& start)
{
  auto const pairs = open_pairs(network);
  std::vector<Path> found;
  Path path;
  std::function<void(std::string const&)> walk = [&](std::string const& here) {
    path.push_back(here);
    if (network.find(ServiceId(here)) != nullptr) {
      found.push_back(path);
    } else if (auto const next = pairs.find(here); next != pairs.end()) {
      for (std::string const& to : next->second)
        if (std::find(path.begin(), path.end(), to) == path.end()) walk(to);
    }
    path.pop_back();
  };
  walk(start);
  return found;
}

/// Least and greatest numbers over the assignments that serve most.
struct Tried {
  std::int64_t served = -1;
  std::map<std::string, LoadRange> services;
  std::map<std::pair<std::string, std::string>, LoadRange> hops;
};

template <class Key>
void widen(std::map<Key, LoadRange>& ranges, std::map<Key, std::int64_t> const& counts, std::set<Key> const& all,
           bool first)
{
  for (Key const& key : all) {
    auto const found = counts.find(key);
    std::int64_t const count = found == counts.end() ? 0 : found->second;
    auto& range = ranges[key];
    range = first ? LoadRange{count, count} : LoadRange{std::min(range.least, count), std::max(range.greatest, count)};
  }
}

Tried try_all(Network const& network, std::vector<std::string> const& people, std::map<std::string, std::int64_t> left)
{
  std::map<std::string, std::vector<Path>> ways;
  std::set<std::string> services;
  std::set<std::pair<std::string, std::string>> last;
  for (std::string const& one : people) ways[one] = paths_from(network, one);
  for (auto const& [from, paths] : ways)
    for (Path const& path : paths) {
      services.insert(path.back());
      last.emplace(path[path.size() - 2], path.back());
    }
  Tried tried;
  std::map<std::string, std::int64_t> at;
  std::map<std::pair<std::string, std::string>, std::int64_t> over;
  std::function<void(std::size_t, std::int64_t)> place = [&](std::size_t person, std::int64_t served) {
    if (served + static_cast<std::int64_t>(people.size() - person) < tried.served) return;
    if (person == people.size()) {
      bool const better = served > tried.served;
      tried.served = std::max(tried.served, served);
      widen(tried.services, at, services, better);
      widen(tried.hops, over, last, better);
      return;
    }
    place(person + 1, served);
    for (Path const& path : ways[people[person]]) {
      bool const fits = std::all_of(path.begin(), path.end(), [&](std::string const& stop) {
        auto const found = left.find(stop);
        return found == left.end() || found->second > 0;
      });
      if (!fits) continue;
      auto const count = [&](std::int64_t number) {
        for (std::string const& stop : path)
          if (auto const found = left.find(stop); found != left.end()) found->second -= number;
        at[path.back()] += number;
        over[{path[path.size() - 2], path.back()}] += number;
      };
      count(1);
      place(person + 1, served + 1);
      count(-1);
    }
  };
  place(0, 0);
  return tried;
}

}  // namespace

TEST(Load, IsWhatEveryWayToSendEverybodyAllows)
{
  int ranges = 0;
  int must = 0;
  int overloaded = 0;
  for (std::uint64_t seed = 1; seed <= 700; ++seed) {
    Chance chance(seed);
    auto const content = random_content(chance);
    auto const network = Network::build(content).value();
    std::vector<Demand> demand;
    std::vector<std::string> people;
    for (std::size_t i = 0; i < 2; ++i) {
      auto const& from = content.agencies[chance.below(content.agencies.size())].id;
      demand.push_back({from, chance.below(std::int64_t{3})});
      for (std::int64_t k = 0; k < demand.back().people; ++k) people.push_back(from.text());
    }
    std::vector<NodeCapacity> capacities;
    std::map<std::string, std::int64_t> left;
    for (NodeId const& node : network.nodes())
      if (chance.one_in(2)) {
        capacities.push_back({node, chance.below(std::int64_t{4})});
        left[node.text()] = capacities.back().capacity;
      }
    auto const load =
        find_load(network, anybody(), ServiceKind("day_centre"), demand, capacities, HopState::possible).value();
    auto const tried = try_all(network, people, left);
    ASSERT_EQ(load.served, tried.served) << "seed " << seed;
    std::map<std::string, LoadRange> services;
    for (ServiceLoad const& one : load.services) services[one.service.text()] = one.people;
    for (auto const& [id, range] : tried.services) {
      ASSERT_EQ(services[id], range) << "seed " << seed << " " << id << " " << range.least << " to " << range.greatest
                                     << " not " << services[id].least << " to " << services[id].greatest;
      ranges += range.least < range.greatest ? 1 : 0;
      must += range.least > 0 ? 1 : 0;
    }
    std::map<std::pair<std::string, std::string>, LoadRange> hops;
    for (LastHopLoad const& one : load.hops) hops[{one.from.text(), one.service.text()}] = one.people;
    for (auto const& [ends, range] : tried.hops)
      ASSERT_EQ(hops[ends], range) << "seed " << seed << " " << ends.first << " to " << ends.second;
    // What is overloaded: without limits everybody is sent somewhere, and so many pass the stop at least.
    std::map<std::string, std::int64_t> wanted;
    auto const free = try_all(network, people, {});
    for (NodeCapacity const& one : capacities) {
      auto const without = try_all(network, people, {{one.node.text(), 0}});
      if (free.served - without.served > one.capacity) wanted[one.node.text()] = free.served - without.served;
    }
    std::map<std::string, std::int64_t> found;
    for (OverloadedStop const& one : load.overloaded) found[one.node.text()] = one.least;
    ASSERT_EQ(found, wanted) << "seed " << seed;
    overloaded += wanted.empty() ? 0 : 1;
  }
  EXPECT_GT(ranges, 50);
  EXPECT_GT(must, 50);
  EXPECT_GT(overloaded, 50);
}

TEST(Load, LargeNumbersAndLimits)
{
  auto const network = Network::build(small_content()).value();
  std::vector<Demand> const demand{{AgencyId("office"), 1'000'000'000}};
  auto const load =
      find_load(network, anybody(), ServiceKind("day_centre"), demand, {{NodeId("centre"), 999'999'999}}).value();
  EXPECT_EQ(load.served, 999'999'999);
  ASSERT_EQ(load.hops.size(), 1U);
  EXPECT_EQ(load.hops[0].people, (LoadRange{999'999'999, 999'999'999}));
  ASSERT_EQ(load.services.size(), 1U);
  EXPECT_EQ(load.services[0].capacity, 999'999'999);
  EXPECT_EQ(load.overloaded, (std::vector{OverloadedStop{NodeId("centre"), 1'000'000'000, 999'999'999}}));
  Limits limits;
  limits.search_steps = 3;
  EXPECT_EQ(find_load(network, anybody(), ServiceKind("day_centre"), demand, {}, HopState::certain, limits)
                .diagnostics()
                .at(0)
                .code,
            Code::limit_reached);
  EXPECT_FALSE(find_load(network, anybody(), ServiceKind("day_centre"), {{AgencyId("nobody"), -1}}, {}));
}
