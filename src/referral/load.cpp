// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include <tutela/referral/load.hpp>
#include "referral/network_index.hpp"
#include "referral/people_flow.hpp"

namespace tutela::inline v0 {
namespace {

using detail::FlowArc;
using detail::PeopleFlow;

class LoadSearch {
 public:
  LoadSearch(Network const& network, PeopleFlow flow, std::size_t steps)
      : network_(network), flow_(std::move(flow)), steps_(steps)
  {
  }

  /// Nothing when the limit is reached.
  std::optional<NetworkLoad> run(std::vector<NodeCapacity> const& capacities)
  {
    NetworkLoad load;
    load.wanted = flow_.wanted;
    load.served = most(flow_.arcs);
    for (std::size_t i = 0; i < flow_.arcs.size() && !is_over(); ++i)
      if (flow_.arcs[i].to == flow_.target) add_service(load, i);
    add_hops(load);
    add_overloaded(load, capacities);
    if (is_over()) return std::nullopt;
    return load;
  }

 private:
  [[nodiscard]] bool is_over() const noexcept { return spent_ > steps_; }

  std::int64_t most(std::vector<FlowArc> const& arcs)
  {
    spent_ += arcs.size();
    return is_over() ? 0 : maximum_flow(flow_.nodes(), arcs, flow_.source, flow_.target).value;
  }

  /// The flow with other capacities of some arcs.
  template <class Change>
  std::int64_t most_with(Change change)
  {
    auto arcs = flow_.arcs;
    for (std::size_t i = 0; i < arcs.size(); ++i) change(i, arcs[i]);
    return most(arcs);
  }

  /// What must go over some arcs is what nobody else takes when they are shut.
  template <class Is>
  std::int64_t least_over(std::int64_t served, Is is)
  {
    return served - most_with([&](std::size_t i, FlowArc& arc) {
             if (is(i)) arc.capacity = 0;
           });
  }

  [[nodiscard]] std::uint32_t stop_of(std::size_t arc) const noexcept { return flow_.arcs[arc].from / 2; }

  void add_service(NetworkLoad& load, std::size_t end)
  {
    ServiceLoad one;
    // Whoever can be sent to one service can stay there while all others are sent elsewhere: augmenting a flow never takes
    // anything from an arc to the target.
    one.people.greatest = most_with([&](std::size_t i, FlowArc& arc) {
      if (arc.to == flow_.target && i != end) arc.capacity = 0;
    });
    if (one.people.greatest == 0) return;
    one.people.least = least_over(load.served, [&](std::size_t i) { return i == end; });
    std::uint32_t const stop = stop_of(end);
    one.service = ServiceId(network_.nodes()[stop].text());
    if (flow_.through[stop] < flow_.any) one.capacity = flow_.through[stop];
    greatest_[stop] = one.people.greatest;
    load.services.push_back(std::move(one));
  }

  void add_hops(NetworkLoad& load)
  {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::size_t>> ways;  // arcs by stop and service
    for (std::size_t i = 0; i < flow_.arcs.size(); ++i) {
      if (flow_.hop[i] == PeopleFlow::no_hop) continue;
      NetworkHop const& hop = network_.hops()[flow_.hop[i]];
      if (greatest_.count(hop.to) != 0) ways[{hop.from, hop.to}].push_back(i);
    }
    for (auto const& [ends, arcs] : ways) {
      if (is_over()) return;
      auto const is_way = [&those = arcs](std::size_t i) {
        return std::find(those.begin(), those.end(), i) != those.end();
      };
      LastHopLoad one;
      one.people.least = least_over(load.served, is_way);
      one.people.greatest = greatest_over(load.served, ends, is_way, one.people.least);
      if (one.people.greatest == 0) continue;
      one.from = AgencyId(network_.nodes()[ends.first].text());
      one.service = ServiceId(network_.nodes()[ends.second].text());
      load.hops.push_back(std::move(one));
    }
  }

  /// The most that can go a way while as many as possible are served, by halving between what must and what may.
  template <class Is>
  std::int64_t greatest_over(std::int64_t served, std::pair<std::uint32_t, std::uint32_t> ends, Is is,
                             std::int64_t least)
  {
    std::int64_t good = least;
    std::int64_t bad = greatest_.at(ends.second) + 1;
    while (good + 1 < bad && !is_over()) {
      std::int64_t const middle = good + (bad - good) / 2;
      (can_send(served, ends, is, middle) ? good : bad) = middle;
    }
    return good;
  }

  /// Whether so many can go a way: they are taken out where it begins and put in where it ends, and everything else must go
  /// on as before.
  template <class Is>
  bool can_send(std::int64_t served, std::pair<std::uint32_t, std::uint32_t> ends, Is is, std::int64_t number)
  {
    std::vector<FlowArc> arcs;
    for (std::size_t i = 0; i < flow_.arcs.size(); ++i)
      if (!is(i)) arcs.push_back(flow_.arcs[i]);
    std::uint32_t const begin = flow_.target + 1;
    std::uint32_t const end = begin + 1;
    arcs.push_back({begin, flow_.source, served});
    arcs.push_back({begin, PeopleFlow::in(ends.second), number});
    arcs.push_back({PeopleFlow::out(ends.first), end, number});
    arcs.push_back({flow_.target, end, served});
    spent_ += arcs.size();
    return !is_over() && maximum_flow(end + 1, arcs, begin, end).value == served + number;
  }

  void add_overloaded(NetworkLoad& load, std::vector<NodeCapacity> const& capacities)
  {
    auto const lift = [&](FlowArc& arc) {
      if (arc.to == arc.from + 1 && arc.from < flow_.source && arc.from % 2 == 0) arc.capacity = flow_.any;
    };
    std::int64_t const all = most_with([&](std::size_t, FlowArc& arc) { lift(arc); });
    std::vector<std::uint32_t> stops;
    for (NodeCapacity const& one : capacities) stops.push_back(*network_.node_number(one.node));
    std::sort(stops.begin(), stops.end());
    for (std::uint32_t const stop : stops) {
      if (is_over()) return;
      std::int64_t const least = all - most_with([&](std::size_t, FlowArc& arc) {
                                   lift(arc);
                                   if (arc.from == PeopleFlow::in(stop)) arc.capacity = 0;
                                 });
      if (least > flow_.through[stop]) load.overloaded.push_back({network_.nodes()[stop], least, flow_.through[stop]});
    }
  }

  Network const& network_;
  PeopleFlow flow_;
  std::size_t steps_;
  std::size_t spent_ = 0;
  std::map<std::uint32_t, std::int64_t> greatest_;  ///< Of each service that somebody may end at.
};

}  // namespace

Result<NetworkLoad> find_load(Network const& network, ReachClient const& client, ServiceKind const& kind,
                              std::vector<Demand> const& demand, std::vector<NodeCapacity> const& capacities,
                              HopState least, Limits const& limits)
{
  Diagnostics diagnostics = detail::check_demand(network, demand, capacities);
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  auto found =
      LoadSearch(network, detail::people_flow(network, client, kind, demand, capacities, least), limits.search_steps)
          .run(capacities);
  if (!found)
    return Diagnostic{Code::limit_reached, Severity::error, Place{}, "the limit \"search_steps\" is reached",
                      "ask for fewer services, or raise the limit"};
  return std::move(*found);
}

}  // namespace tutela::inline v0
