// SPDX-License-Identifier: Apache-2.0
#include <tutela/referral/disclosure_grounds.hpp>

#include <utility>

#include "referral/hop_judge.hpp"
#include "referral/hop_test.hpp"

namespace tutela::inline v0 {
namespace {

GroundFinding finding_of(Hop hop)
{
  GroundFinding finding;
  finding.kind = hop.kind;
  finding.basis = std::move(hop.basis);
  finding.agreement = std::move(hop.agreement);
  finding.citation = std::move(hop.citation);
  finding.open = hop.state == HopState::certain    ? Truth::yes
                 : hop.state == HopState::possible ? Truth::unknown
                                                   : Truth::no;
  for (auto const& obstacle : hop.obstacles) {
    finding.reasons.push_back({std::string(to_string(obstacle.kind)), obstacle.holds, to_string(obstacle)});
    finding.ask.insert(finding.ask.end(), obstacle.ask.begin(), obstacle.ask.end());
  }
  return finding;
}

}  // namespace

Result<GroundTest> grounds_between(Network const& network, DisclosureRequest const& telling, RouteRequest about)
{
  about.from = telling.from;
  ServiceId const service(telling.to.text());
  if (network.find(service) != nullptr)
    about.goal = service;
  else
    about.goal = AgencyId(telling.to.text());
  about.on = telling.on;
  about.purposes = {telling.purpose};
  about.data.clear();
  if (auto const goals = detail::goals_of(network, about); !goals) return goals.diagnostics();
  if (node_of(telling.from) == telling.to)
    return Diagnostic{Code::not_allowed, Severity::error, Place{{}, 0, 0, "/to"}, "sender and recipient are one",
                      "name who is told"};
  auto const to = *network.node_number(telling.to);
  std::vector<NetworkHop> hops;
  for (auto const& hop : network.hops_from(*network.node_number(node_of(telling.from))))
    if (hop.to == to) hops.push_back(hop);
  return GroundTest(
      [network, about = std::move(about), hops = std::move(hops)](DataCategory const& category, Truth consent) {
        RouteRequest request = about;
        request.data = {{category, consent}};
        std::vector<GroundFinding> findings;
        for (auto const& hop : hops)
          findings.push_back(finding_of(detail::look_at_hop(network, hop, request, nullptr)));
        return findings;
      });
}

std::map<std::string, LocationDisclosure> places_told_by(Network const& network, ServiceId const& service, Date on,
                                                         std::span<std::string const> facts)
{
  auto const* found = network.find(service);
  auto const shown = found == nullptr ? LocationDisclosure::none : network.disclosure_of(*found, on);
  std::map<std::string, LocationDisclosure> places;
  for (auto const& fact : facts) places[fact] = shown;
  return places;
}

}  // namespace tutela::inline v0
