// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <tutela/referral/resilience.hpp>
#include "referral/hop_test.hpp"
#include "referral/people_flow.hpp"

namespace tutela::inline v0 {
namespace {

constexpr std::uint32_t none = UINT32_MAX;

/// Which hops a client can go, at least that surely. \param kind Only these services count, or all when null.
std::vector<bool> open_hops(Network const& network, ReachClient const& client, ServiceKind const* kind, HopState least)
{
  RouteRequest question = question_of(client);
  std::vector<std::optional<detail::ArrivalFinding>> arrivals(network.nodes().size());
  std::vector<bool> open;
  open.reserve(network.hops().size());
  for (NetworkHop const& hop : network.hops()) {
    detail::Stop const stop = network.index().stops[hop.to];
    detail::ArrivalFinding const* arrival = nullptr;
    if (kind != nullptr) {
      question.goal = *kind;
    } else {
      question.goal = AgencyId(network.nodes()[hop.to].text());
    }
    if (stop.kind == detail::Stop::Kind::service) {
      Service const& service = network.content().services[stop.position];
      question.goal = service.id;
      if (kind != nullptr && service.kind != *kind) {
        open.push_back(false);
        continue;
      }
      auto& found = arrivals[hop.to];
      if (!found) found = detail::look_at_service(network, service, question);
      arrival = &*found;
    }
    open.push_back(detail::look_at_hop(network, hop, question, arrival).state >= least);
  }
  return open;
}

/// The stops a client gets to, each after one that leads to it (reverse postorder of a walk in depth).
std::vector<std::uint32_t> in_order(Network const& network, std::vector<bool> const& open, std::uint32_t start)
{
  auto const& first = network.index().first_from;
  std::vector<std::uint32_t> order;
  std::vector<bool> seen(network.nodes().size(), false);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> path{{start, first[start]}};
  seen[start] = true;
  while (!path.empty()) {
    auto& [here, next] = path.back();
    if (next == first[here + 1]) {
      order.push_back(here);
      path.pop_back();
      continue;
    }
    std::uint32_t const hop = next++;
    std::uint32_t const to = network.hops()[hop].to;
    if (!open[hop] || seen[to]) continue;
    seen[to] = true;
    path.emplace_back(to, first[to]);
  }
  std::reverse(order.begin(), order.end());
  return order;
}

/// For each stop that is reached the next one back through which every path goes; the start for itself.
std::vector<std::uint32_t> dominators(Network const& network, std::vector<bool> const& open,
                                      std::vector<std::uint32_t> const& order)
{
  std::vector<std::uint32_t> rank(network.nodes().size(), none);
  for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  std::vector<std::uint32_t> over(network.nodes().size(), none);
  over[order.front()] = order.front();
  auto const meet = [&](std::uint32_t a, std::uint32_t b) {
    while (a != b) {
      while (rank[a] > rank[b]) a = over[a];
      while (rank[b] > rank[a]) b = over[b];
    }
    return a;
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 1; i < order.size(); ++i) {
      std::uint32_t found = none;
      for (std::uint32_t const hop : network.hops_into(order[i])) {
        std::uint32_t const from = network.hops()[hop].from;
        if (!open[hop] || over[from] == none) continue;
        found = found == none ? from : meet(found, from);
      }
      changed = changed || over[order[i]] != found;
      over[order[i]] = found;
    }
  }
  return over;
}

void no_such_stop(Diagnostics& diagnostics, std::string pointer, std::string const& id)
{
  Place place;
  place.pointer = std::move(pointer);
  diagnostics.error(Code::dangling_reference, std::move(place), "the network has no stop \"" + id + "\"",
                    "correct the identifier");
}

void out_of_range(Diagnostics& diagnostics, std::string pointer)
{
  Place place;
  place.pointer = std::move(pointer);
  diagnostics.error(Code::out_of_range, std::move(place), "the number is negative or too large",
                    "a number of people from 0 to 10^12 is expected");
}

constexpr std::int64_t most_people = 1'000'000'000'000;

}  // namespace

Result<std::vector<SinglePoint>> single_points(Network const& network, ReachClient const& client, HopState least)
{
  Diagnostics diagnostics;
  if (network.find(client.from) == nullptr && network.find_unit(client.from) == nullptr)
    no_such_stop(diagnostics, "/from", client.from.text());
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  std::uint32_t const start = *network.node_number(node_of(client.from));
  auto const open = open_hops(network, client, nullptr, least);
  auto const order = in_order(network, open, start);
  auto const over = dominators(network, open, order);
  std::map<std::uint32_t, std::vector<std::uint32_t>> losses;
  std::vector<std::uint32_t> reached = order;
  std::sort(reached.begin(), reached.end());
  for (std::uint32_t const node : reached) {
    if (network.index().stops[node].kind != detail::Stop::Kind::service) continue;
    for (std::uint32_t above = over[node]; above != start; above = over[above]) losses[above].push_back(node);
  }
  std::vector<SinglePoint> result;
  for (auto& [node, lost] : losses) result.push_back({node, std::move(lost)});
  std::stable_sort(result.begin(), result.end(),
                   [](auto const& a, auto const& b) { return a.losses.size() > b.losses.size(); });
  return result;
}

Result<Bottleneck> find_bottleneck(Network const& network, ReachClient const& client, ServiceKind const& kind,
                                   std::vector<Demand> const& demand, std::vector<NodeCapacity> const& capacities,
                                   HopState least)
{
  Diagnostics diagnostics = detail::check_demand(network, demand, capacities);
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  auto const flow = detail::people_flow(network, client, kind, demand, capacities, least);
  auto const cut = detail::maximum_flow(flow.nodes(), flow.arcs, flow.source, flow.target);
  Bottleneck result;
  result.wanted = flow.wanted;
  result.served = cut.value;
  for (std::uint32_t node = 0; node < network.nodes().size(); ++node) {
    auto const in = detail::PeopleFlow::in(node);
    if (!cut.source_side[in] && flow.people[node] > 0) result.all_served.emplace_back(network.nodes()[node].text());
    if (cut.source_side[in] && !cut.source_side[detail::PeopleFlow::out(node)])
      result.nodes.push_back(network.nodes()[node]);
  }
  return result;
}

}  // namespace tutela::inline v0

namespace tutela::detail {

Diagnostics check_demand(Network const& network, std::vector<Demand> const& demand,
                         std::vector<NodeCapacity> const& capacities)
{
  Diagnostics diagnostics;
  for (std::size_t i = 0; i < demand.size(); ++i) {
    std::string const here = "/demand/" + std::to_string(i);
    if (network.find(demand[i].from) == nullptr && network.find_unit(demand[i].from) == nullptr)
      no_such_stop(diagnostics, here + "/from", demand[i].from.text());
    if (demand[i].people < 0 || demand[i].people > most_people) out_of_range(diagnostics, here + "/people");
  }
  std::set<NodeId> seen;
  for (std::size_t i = 0; i < capacities.size(); ++i) {
    std::string const here = "/capacities/" + std::to_string(i);
    if (!network.node_number(capacities[i].node)) no_such_stop(diagnostics, here + "/node", capacities[i].node.text());
    if (capacities[i].capacity < 0) out_of_range(diagnostics, here + "/capacity");
    if (!seen.insert(capacities[i].node).second) {
      Place place;
      place.pointer = here + "/node";
      diagnostics.error(Code::duplicate_id, std::move(place), "the stop stands twice");
    }
  }
  return diagnostics;
}

PeopleFlow people_flow(Network const& network, ReachClient const& client, ServiceKind const& kind,
                       std::vector<Demand> const& demand, std::vector<NodeCapacity> const& capacities, HopState least)
{
  auto const nodes = static_cast<std::uint32_t>(network.nodes().size());
  PeopleFlow flow;
  flow.people.assign(nodes, 0);
  for (Demand const& one : demand) {
    flow.people[*network.node_number(node_of(one.from))] += one.people;
    flow.wanted += one.people;
  }
  flow.any = flow.wanted + 1;
  flow.through.assign(nodes, flow.any);
  for (NodeCapacity const& one : capacities) {
    auto& capacity = flow.through[*network.node_number(one.node)];
    capacity = std::min(capacity, one.capacity);
  }
  flow.source = 2 * nodes;
  flow.target = flow.source + 1;
  auto const add = [&](std::uint32_t from, std::uint32_t to, std::int64_t capacity, std::uint32_t hop) {
    flow.arcs.push_back({from, to, capacity});
    flow.hop.push_back(hop);
  };
  for (std::uint32_t node = 0; node < nodes; ++node)
    if (flow.people[node] > 0) add(flow.source, PeopleFlow::in(node), flow.people[node], PeopleFlow::no_hop);
  for (std::uint32_t node = 0; node < nodes; ++node) {
    add(PeopleFlow::in(node), PeopleFlow::out(node), flow.through[node], PeopleFlow::no_hop);
    Stop const stop = network.index().stops[node];
    if (stop.kind == Stop::Kind::service && network.content().services[stop.position].kind == kind)
      add(PeopleFlow::out(node), flow.target, flow.any, PeopleFlow::no_hop);
  }
  auto const open = open_hops(network, client, &kind, least);
  for (std::uint32_t i = 0; i < open.size(); ++i)
    if (open[i]) add(PeopleFlow::out(network.hops()[i].from), PeopleFlow::in(network.hops()[i].to), flow.any, i);
  return flow;
}

}  // namespace tutela::detail
