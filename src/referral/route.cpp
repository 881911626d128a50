// SPDX-License-Identifier: Apache-2.0
#include <tutela/referral/route.hpp>

#include <algorithm>
#include <functional>
#include <limits>
#include <tuple>
#include <utility>

#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <boost/property_map/function_property_map.hpp>

#include "referral/hop_test.hpp"
#include "referral/network_index.hpp"

namespace tutela::inline v0 {
namespace {

using detail::ArrivalFinding;
using detail::NetworkIndex;
using detail::TurnedGraph;

/// What makes one path better than another. Sums of costs keep the order, so the best path is found exactly.
struct Cost {
  std::int64_t unbounded = 0;  ///< Hops whose duration has no known upper bound.
  std::int64_t days = 0;       ///< Upper bounds where known, else lower bounds.
  std::int64_t hops = 0;

  friend auto operator<=>(Cost const&, Cost const&) = default;
};

constexpr Cost unreachable{std::numeric_limits<std::int64_t>::max(), 0, 0};

Cost operator+(Cost const& lhs, Cost const& rhs)
{
  if (lhs == unreachable || rhs == unreachable) return unreachable;
  return {lhs.unbounded + rhs.unbounded, lhs.days + rhs.days, lhs.hops + rhs.hops};
}

Cost cost_of(Hop const& hop) { return {hop.days.upper ? 0 : 1, hop.days.upper.value_or(hop.days.lower), 1}; }

/// A hop as the search sees it. What it takes to explain a hop is worked out again for the few that are shown.
struct Judged {
  Cost cost;
  HopState state = HopState::blocked;
};

/// Keeps the hops of the turned graph that are at least this sure.
struct AtLeast {
  std::vector<Judged> const* judged = nullptr;
  TurnedGraph const* graph = nullptr;
  HopState least = HopState::certain;

  bool operator()(TurnedGraph::edge_descriptor const& edge) const
  {
    return (*judged)[(*graph)[edge].hop].state >= least;
  }
};

/// One question on one network.
class Search {
 public:
  Search(Network const& network, RouteRequest const& request, std::uint32_t start, std::vector<std::uint32_t> goals)
      : network_(network), index_(network.index()), request_(request), start_(start), goals_(std::move(goals))
  {
    judge();
  }

  RouteAnswer run()
  {
    RouteAnswer answer;
    auto const certain = distances(HopState::certain);
    if (certain[start_] != unreachable) answer.certain = path(certain, HopState::certain);
    auto const possible = distances(HopState::possible);
    if (possible[start_] < certain[start_]) answer.possible = path(possible, HopState::possible);
    if (!answer.certain && !answer.possible) answer.blocked = blocked();
    return answer;
  }

 private:
  bool is_goal(std::uint32_t stop) const { return std::binary_search(goals_.begin(), goals_.end(), stop); }

  /// A hop matters when it leads to an agency or unit, or to a service that is asked for.
  bool matters(NetworkHop const& hop) const
  {
    return index_.stops[hop.to].kind != detail::Stop::Kind::service || is_goal(hop.to);
  }

  ArrivalFinding const* arrival_at(std::uint32_t stop) const
  {
    auto const found = std::lower_bound(arrivals_.begin(), arrivals_.end(), stop,
                                        [](auto const& entry, std::uint32_t number) { return entry.first < number; });
    return found == arrivals_.end() || found->first != stop ? nullptr : &found->second;
  }

  Hop look(std::uint32_t number) const
  {
    NetworkHop const& hop = index_.hops[number];
    return detail::look_at_hop(network_, hop, request_, arrival_at(hop.to));
  }

  void judge()
  {
    for (std::uint32_t const goal : goals_) {
      detail::Stop const stop = index_.stops[goal];
      if (stop.kind != detail::Stop::Kind::service) continue;
      Service const& service = index_.content.services[stop.position];
      arrivals_.emplace_back(goal, detail::look_at_service(network_, service, request_));
    }
    judged_.resize(index_.hops.size());
    for (std::uint32_t i = 0; i < index_.hops.size(); ++i) {
      if (!matters(index_.hops[i])) continue;
      Hop const hop = look(i);
      judged_[i] = {cost_of(hop), hop.state};
    }
  }

  /// Cost of the best path from every stop to the nearest goal over hops at least this sure.
  std::vector<Cost> distances(HopState least) const
  {
    TurnedGraph const& turned = index_.turned;
    boost::filtered_graph<TurnedGraph, AtLeast> const graph(turned, AtLeast{&judged_, &turned, least});
    std::vector<Cost> distance(index_.nodes.size(), unreachable);
    std::vector<std::uint32_t> predecessor(index_.nodes.size());
    auto const numbers = get(boost::vertex_index, turned);
    auto const weight = boost::make_function_property_map<TurnedGraph::edge_descriptor>(
        [&](TurnedGraph::edge_descriptor const& edge) { return judged_[turned[edge].hop].cost; });
    boost::dijkstra_shortest_paths(
        graph, goals_.begin(), goals_.end(), boost::make_iterator_property_map(predecessor.begin(), numbers),
        boost::make_iterator_property_map(distance.begin(), numbers), weight, numbers, std::less<>{}, std::plus<>{},
        unreachable, Cost{}, boost::default_dijkstra_visitor{});
    return distance;
  }

  /// The best path; among equals the one whose stops and grounds come first in order.
  Route path(std::vector<Cost> const& distance, HopState least) const
  {
    Route route;
    route.days = {0, 0};
    std::uint32_t here = start_;
    while (distance[here] != Cost{}) {
      std::uint32_t next = index_.first_from[here];
      while (judged_[next].state < least || judged_[next].cost + distance[index_.hops[next].to] != distance[here])
        ++next;
      route.hops.push_back(look(next));
      Hop const& hop = route.hops.back();
      route.state = std::min(route.state, hop.state);
      route.days.lower += hop.days.lower;
      route.days.upper =
          route.days.upper && hop.days.upper ? std::optional(*route.days.upper + *hop.days.upper) : std::nullopt;
      for (Obstacle const& obstacle : hop.obstacles)
        route.ask.insert(route.ask.end(), obstacle.ask.begin(), obstacle.ask.end());
      here = index_.hops[next].to;
    }
    std::sort(route.ask.begin(), route.ask.end());
    route.ask.erase(std::unique(route.ask.begin(), route.ask.end()), route.ask.end());
    if (ArrivalFinding const* arrival = arrival_at(here)) {
      route.service = ServiceId(index_.nodes[here].text());
      route.first_free_place = arrival->first_free_place;
    }
    return route;
  }

  /// The stops that can be gone to from the start, at least possibly.
  std::vector<bool> reached() const
  {
    std::vector<bool> seen(index_.nodes.size(), false);
    std::vector<std::uint32_t> open{start_};
    seen[start_] = true;
    while (!open.empty()) {
      std::uint32_t const here = open.back();
      open.pop_back();
      for (std::uint32_t i = index_.first_from[here]; i < index_.first_from[here + 1]; ++i) {
        std::uint32_t const to = index_.hops[i].to;
        if (seen[to] || judged_[i].state == HopState::blocked || !matters(index_.hops[i])) continue;
        seen[to] = true;
        open.push_back(to);
      }
    }
    return seen;
  }

  /// The stops outside `reached` from which a goal could be reached without coming back inside, were nothing blocked.
  std::vector<bool> leading(std::vector<bool> const& reached) const
  {
    std::vector<bool> seen(index_.nodes.size(), false);
    std::vector<std::uint32_t> open(goals_.begin(), goals_.end());
    for (std::uint32_t const goal : goals_) seen[goal] = true;
    while (!open.empty()) {
      std::uint32_t const here = open.back();
      open.pop_back();
      for (std::uint32_t i = index_.first_into[here]; i < index_.first_into[here + 1]; ++i) {
        std::uint32_t const from = index_.hops[index_.into[i]].from;
        if (seen[from] || reached[from]) continue;
        seen[from] = true;
        open.push_back(from);
      }
    }
    return seen;
  }

  /// The cut: every path to a goal leaves what can be reached over one of these hops, and each of them is blocked.
  std::vector<Hop> blocked() const
  {
    auto const inside = reached();
    auto const ahead = leading(inside);
    std::vector<Hop> cut;
    for (std::uint32_t i = 0; i < index_.hops.size(); ++i) {
      NetworkHop const& hop = index_.hops[i];
      if (matters(hop) && inside[hop.from] && !inside[hop.to] && ahead[hop.to]) cut.push_back(look(i));
    }
    return cut;
  }

  Network const& network_;
  NetworkIndex const& index_;
  RouteRequest const& request_;
  std::uint32_t start_;
  std::vector<std::uint32_t> goals_;                                ///< Sorted.
  std::vector<std::pair<std::uint32_t, ArrivalFinding>> arrivals_;  ///< Sorted by stop.
  std::vector<Judged> judged_;                                      ///< Beside the hops of the network.
};

Diagnostic no_such(std::string_view key, std::string_view kind, std::string const& id)
{
  Place place;
  place.pointer = "/" + std::string(key);
  return {Code::dangling_reference, Severity::error, std::move(place),
          "the network has no " + std::string(kind) + " \"" + id + "\"",
          "correct the identifier, or load another network"};
}

}  // namespace

Result<RouteAnswer> find_route(Network const& network, RouteRequest const& request)
{
  Diagnostics diagnostics;
  if (network.find(request.from) == nullptr && network.find_unit(request.from) == nullptr)
    diagnostics.add(no_such("from", "organization or unit", request.from.text()));
  std::vector<std::uint32_t> goals;
  if (auto const* kind = std::get_if<ServiceKind>(&request.goal)) {
    for (Service const* service : network.services_of(*kind))
      goals.push_back(*network.node_number(node_of(service->id)));
  } else if (auto const* service = std::get_if<ServiceId>(&request.goal)) {
    if (network.find(*service) != nullptr) {
      goals.push_back(*network.node_number(node_of(*service)));
    } else {
      diagnostics.add(no_such("goal", "service", service->text()));
    }
  } else if (auto const* agency = std::get_if<AgencyId>(&request.goal)) {
    if (network.find(*agency) != nullptr || network.find_unit(*agency) != nullptr) {
      goals.push_back(*network.node_number(node_of(*agency)));
    } else {
      diagnostics.add(no_such("goal", "organization or unit", agency->text()));
    }
  }
  for (auto const& [key, days] :
       {std::pair("/fresh_days", request.fresh_days), std::pair("/waiting_fresh_days", request.waiting_fresh_days)})
    if (days < 0) {
      Place place;
      place.pointer = key;
      diagnostics.error(Code::out_of_range, std::move(place), "the number of days is negative",
                        "0 means: this day only");
    }
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  std::sort(goals.begin(), goals.end());

  RouteAnswer answer;
  if (!goals.empty()) {
    std::uint32_t const start = *network.node_number(node_of(request.from));
    answer = Search(network, request, start, goals).run();
  }
  answer.goal_exists = !goals.empty();
  answer.duties = network.duties_on(request.on);
  answer.jurisdiction = network.content().jurisdiction;
  return answer;
}

}  // namespace tutela::inline v0
