// SPDX-License-Identifier: Apache-2.0
/// \file
/// A small synthetic network that the tests change one thing at a time.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <tutela/referral/network.hpp>
#include <tutela/referral/route.hpp>

namespace tutela::test {

inline Agency agency(std::string id)
{
  Agency result;
  result.id = AgencyId(id);
  result.name = Text(std::move(id));
  result.kind = AgencyKind("ngo");
  return result;
}

inline Service service(std::string id, std::string of, std::string kind = "day_centre")
{
  Service result;
  result.id = ServiceId(id);
  result.name = Text(std::move(id));
  result.agency = AgencyId(std::move(of));
  result.kind = ServiceKind(std::move(kind));
  return result;
}

inline Citation citation() { return {"Act", "art. 1", "somewhere", Grade::a, {}, {}}; }

inline Basis basis(std::string id, BasisKind kind, std::string from, std::string to)
{
  Basis result;
  result.id = BasisId(std::move(id));
  result.kind = kind;
  result.from = {AgencyId(std::move(from))};
  result.to = {NodeId(std::move(to))};
  if (kind == BasisKind::competence || kind == BasisKind::statutory_duty) result.citation = citation();
  return result;
}

inline Agreement agreement(std::string id, std::string one, std::string other)
{
  Agreement result;
  result.id = AgreementId(id);
  result.name = Text(std::move(id));
  result.kind = "contract";
  result.parties = {AgencyId(std::move(one)), AgencyId(std::move(other))};
  result.steps = {{AgreementState::in_force, PartialDate{2025, 1, 1}, {}}};
  result.purposes = std::vector{Purpose("assistance")};
  result.categories = std::vector{DataCategory("identity")};
  return result;
}

inline Capacity free_places(std::string of, std::int64_t number, Date seen)
{
  Capacity result;
  result.id = "capacity-" + of;
  result.service = ServiceId(std::move(of));
  result.available = number;
  result.updated = seen;
  return result;
}

inline constexpr Date today{2026, 3, 2};

/// Office -> (agreement) -> house, which gives the service `centre`, with two free places today.
inline NetworkContent small_content()
{
  NetworkContent content;
  content.id = "test/small";
  content.name = Text("small");
  content.jurisdiction = "XX";
  content.synthetic = true;
  content.agencies = {agency("office"), agency("house")};
  content.services = {service("centre", "house")};
  content.agreements = {agreement("pact", "office", "house")};
  Basis pact = basis("pact-basis", BasisKind::agreement, "office", "house");
  pact.agreement = AgreementId("pact");
  pact.days = 2;
  content.bases = {pact};
  content.capacities = {free_places("centre", 2, today)};
  return content;
}

inline RouteRequest small_request()
{
  RouteRequest request;
  request.from = AgencyId("office");
  request.goal = ServiceId("centre");
  request.on = today;
  request.purposes = {Purpose("assistance")};
  request.data = {{DataCategory("identity"), Truth::yes}};
  return request;
}

}  // namespace tutela::test
