// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the benchmarks of the referral room and the programs of other people are measured on, made from the register.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <tutela/referral/assignment.hpp>
#include <tutela/referral/reach.hpp>
#include <tutela/referral/route.hpp>

#include "bench/register.hpp"
#include "referral/flow.hpp"
#include "referral/options.hpp"

namespace tutela::bench {

/// A network and a question.
struct Instance {
  Network network;
  AllocationRequest request;
};

/// Homes and children, made once; nothing where the register is not there.
inline Instance const* allocation_instance(std::size_t children, bool together)
{
  static std::map<std::pair<std::size_t, bool>, Instance> made;
  if (register_lines().empty()) return nullptr;
  auto const found = made.find({children, together});
  if (found != made.end()) return &found->second;
  auto const content = homes_content();
  Instance one{Network::build(content).value(), waiting_children(content, children, together)};
  return &made.emplace(std::pair(children, together), std::move(one)).first->second;
}

/// The anonymous problem below an instance of single children.
inline AssignmentProblem plain_problem(Instance const& one)
{
  auto const table = detail::build_options(one.network, one.request, {}).value();
  auto const& options = table.problem.options;
  AssignmentProblem problem;
  for (std::size_t place = 0; place + 1 < options.capacity.size(); ++place)
    problem.places.push_back({options.capacity[place], {}});
  for (std::uint32_t group = 0; group < options.groups(); ++group) {
    AssignmentGroup each;
    for (std::uint32_t option = options.first[group]; option < options.last_option(group); ++option)
      each.options.push_back({options.place[option], table.problem.level.back()[option]});
    problem.groups.push_back(std::move(each));
  }
  return problem;
}

inline std::string four_digits(std::size_t number)
{
  std::string text = std::to_string(number);
  return text.insert(0, 4 - text.size(), '0');
}

inline constexpr std::size_t agreements = 60'000;
inline constexpr std::size_t purposes = 8;
inline constexpr std::size_t categories = 6;

/// Every licensed service with an agency of its own, and synthetic agreements between agencies drawn at random.
inline NetworkContent agreements_content()
{
  NetworkContent content;
  content.id = "bench/agreements";
  content.name = Text("agreements");
  content.jurisdiction = "RO";
  content.synthetic = true;
  auto const& lines = register_lines();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Agency agency;
    agency.id = AgencyId("agency-" + four_digits(i));
    agency.name = Text("agency");
    agency.kind = AgencyKind("provider");
    Service service;
    service.id = ServiceId("service-" + four_digits(i));
    service.name = Text("service");
    service.agency = agency.id;
    service.kind = ServiceKind("kind");
    service.admission.emplace();
    service.admission->minimum_age_months = lines[i].youngest * 12;
    service.admission->maximum_age_months = lines[i].oldest * 12;
    Capacity capacity;
    capacity.id = "places-" + four_digits(i);
    capacity.service = service.id;
    capacity.available = 1;
    capacity.updated = Date{2025, 1, 1};
    content.agencies.push_back(std::move(agency));
    content.services.push_back(std::move(service));
    content.capacities.push_back(std::move(capacity));
  }
  Dice dice(11);
  Dice handover(19);
  for (std::size_t i = 0; i < agreements; ++i) {
    std::size_t const from = dice.below(lines.size());
    std::size_t to = dice.below(lines.size() - 1);
    to += to >= from ? 1 : 0;
    Agreement agreement;
    agreement.id = AgreementId("agreement-" + std::to_string(i));
    agreement.name = Text("agreement");
    agreement.kind = "contract";
    agreement.parties = {AgencyId("agency-" + four_digits(from)), AgencyId("agency-" + four_digits(to))};
    agreement.steps = {{AgreementState::in_force, PartialDate{2020, 1, 1}, {}}};
    auto const start = static_cast<std::int64_t>(dice.below(300));
    agreement.window = {add_days(Date{2025, 1, 1}, start - 100), add_days(Date{2025, 1, 1}, start + 200)};
    agreement.purposes.emplace();
    agreement.categories.emplace();
    for (std::size_t k = 0; k < purposes; ++k)
      if (dice.below(2) == 0) agreement.purposes->emplace_back("purpose" + std::to_string(k));
    for (std::size_t k = 0; k < categories; ++k)
      if (dice.below(5) < 3) agreement.categories->emplace_back("category" + std::to_string(k));
    Basis basis;
    basis.id = BasisId("basis-" + std::to_string(i));
    basis.kind = BasisKind::agreement;
    basis.from = {agreement.parties[0]};
    basis.to = {node_of(agreement.parties[1])};
    basis.agreement = agreement.id;
    basis.days = static_cast<std::int32_t>(handover.below(31));
    content.agreements.push_back(std::move(agreement));
    content.bases.push_back(std::move(basis));
  }
  return content;
}

/// Synthetic clients: agency, day of 2025, age, purpose and data category drawn at random; consent is given.
inline ReachRequest many_clients(std::size_t number)
{
  ReachRequest request;
  request.fresh_days = 365;
  Dice dice(13);
  for (std::size_t i = 0; i < number; ++i) {
    ReachClient client;
    client.from = AgencyId("agency-" + four_digits(dice.below(register_lines().size())));
    client.on = *add_days(Date{2025, 1, 1}, static_cast<std::int64_t>(dice.below(365)));
    client.purposes = {Purpose("purpose" + std::to_string(dice.below(purposes)))};
    client.data = {{DataCategory("category" + std::to_string(dice.below(categories))), Truth::yes}};
    client.birth_date = add_days(Date{2025, 1, 1}, -static_cast<std::int64_t>(dice.below(18 * 365)));
    request.clients.push_back(std::move(client));
  }
  return request;
}

/// Questions for the best path: the clients of above, each with a service drawn at random to which there is a path.
inline std::vector<RouteRequest> many_routes(Network const& network, std::size_t number)
{
  std::vector<RouteRequest> requests;
  Dice dice(23);
  for (ReachClient const& client : many_clients(4 * number).clients) {
    if (requests.size() == number) break;
    RouteRequest request;
    request.from = client.from;
    request.goal = ServiceId("service-" + four_digits(dice.below(register_lines().size())));
    request.on = client.on;
    request.purposes = client.purposes;
    request.data = client.data;
    request.birth_date = client.birth_date;
    request.fresh_days = 365;
    if (find_route(network, request).value().certain) requests.push_back(std::move(request));
  }
  return requests;
}

/// The graph of agreements with each agency split in two, so that what it takes through bounds it: about 4,400 nodes and
/// 65,000 arcs. Half of the agencies send, the others receive.
struct FlowInstance {
  std::uint32_t nodes = 0, source = 0, target = 0;
  std::vector<detail::FlowArc> arcs;
};

inline FlowInstance flow_instance()
{
  FlowInstance flow;
  auto const agencies = static_cast<std::uint32_t>(register_lines().size());
  flow.source = 2 * agencies;
  flow.target = flow.source + 1;
  flow.nodes = flow.target + 1;
  Dice dice(17);
  for (std::uint32_t i = 0; i < agencies; ++i) {
    std::int64_t const places = register_lines()[i].places.value_or(10);
    flow.arcs.push_back({2 * i, 2 * i + 1, places});
    if (i % 2 == 0)
      flow.arcs.push_back({flow.source, 2 * i, static_cast<std::int64_t>(dice.below(60))});
    else
      flow.arcs.push_back({2 * i + 1, flow.target, places});
  }
  for (std::size_t i = 0; i < agreements; ++i) {
    auto const from = static_cast<std::uint32_t>(dice.below(agencies));
    auto const to = static_cast<std::uint32_t>(dice.below(agencies));
    if (from != to) flow.arcs.push_back({2 * from + 1, 2 * to, static_cast<std::int64_t>(1 + dice.below(5))});
  }
  return flow;
}

}  // namespace tutela::bench
