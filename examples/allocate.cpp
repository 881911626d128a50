// SPDX-License-Identifier: Apache-2.0
/// \file
/// SHOWS: places proposed for three synthetic children, why in words a parent can read, and what a closure would change.
/// EASIER FIRST: route.cpp.
/// RUN: allocate

#include <iostream>

#include <tutela/io/proposal.hpp>
#include <tutela/referral/allocation.hpp>
#include <tutela/referral/what_if.hpp>

namespace {

constexpr tutela::Date on{2026, 3, 2};

/// A synthetic network: one agency with two homes in a row from west to east.
tutela::Network homes()
{
  tutela::NetworkContent content;
  content.id = "example/homes";
  content.name = tutela::Text("Homes");
  content.jurisdiction = "XX";
  content.synthetic = true;
  tutela::Agency office;
  office.id = tutela::AgencyId("office");
  office.name = tutela::Text("Office");
  office.kind = tutela::AgencyKind("directorate");
  content.agencies = {office};
  int east = 28;
  for (std::string const id : {"willow", "maple"}) {
    tutela::Location location;
    location.id = tutela::LocationId("at-" + id);
    location.name = tutela::Text(id);
    location.position = tutela::Position{tutela::Decimal(47), tutela::Decimal(east++)};
    tutela::Service service;
    service.id = tutela::ServiceId(id);
    service.name = tutela::Text(id);
    service.agency = office.id;
    service.kind = tutela::ServiceKind("home");
    service.form = tutela::ServiceForm::residential;
    service.locations = {location.id};
    tutela::Capacity places;
    places.id = "places-" + id;
    places.service = service.id;
    places.available = id == "willow" ? 1 : 2;
    places.updated = on;
    content.locations.push_back(location);
    content.services.push_back(service);
    content.capacities.push_back(places);
  }
  return tutela::Network::build(content).value();
}

}  // namespace

int main()
{
  tutela::Network const network = homes();
  tutela::AllocationRequest request;
  request.on = on;
  for (int i = 0; i < 3; ++i) {
    tutela::WaitingChild child;
    child.id = tutela::CaseId("child-" + std::to_string(i));
    child.needs = {tutela::ServiceKind("home")};
    child.home = tutela::Position{tutela::Decimal(47), tutela::Decimal(28)};
    if (i < 2) child.family_care = tutela::Truth::no;  // of the third nobody knows, so no institution is proposed
    request.children.push_back(child);
  }
  auto const proposal = tutela::allocate(network, request).value();
  for (auto const& child : proposal.children) std::cout << tutela::explain(child, network, on) << '\n';
  for (auto const& sum : proposal.criteria)
    std::cout << to_string(sum.criterion) << ": " << sum.value << ", none below " << sum.bound << '\n';

  auto const closed = tutela::what_if(network, request, tutela::ServiceCloses{tutela::ServiceId("willow")}).value();
  std::cout << "if willow closed, " << closed.children.size() << " child would be proposed for another service\n";
}
