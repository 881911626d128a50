// SPDX-License-Identifier: Apache-2.0
/// \file
/// SHOWS: the lawful path from one agency to another, and why there is none while an agreement is only debated.
/// EASIER FIRST: decide.cpp.
/// RUN: route examples/data/chisinau/network.json (a network as published)

#include <iostream>

#include <tutela/io/network.hpp>
#include <tutela/referral/route.hpp>

int main(int count, char** arguments)
{
  if (count != 2) {
    std::cerr << "usage: route NETWORK\n";
    return 2;
  }
  auto const loaded = tutela::load_network(arguments[1]);
  if (!loaded) {
    std::cerr << to_string(loaded.diagnostics()) << '\n';
    return 2;
  }
  tutela::Network const& network = *loaded;

  tutela::RouteRequest request;
  request.from = tutela::AgencyId("probation-office");
  request.goal = tutela::AgencyId("lumos");
  request.on = tutela::Date{2015, 7, 10};
  request.purposes = {tutela::Purpose("reoffending_prevention")};

  auto const answer = tutela::find_route(network, request).value();
  std::cout << "state: " << to_string(answer.state()) << '\n' << explain(answer, network);

  // The same as data: which hop blocks, and why.
  for (auto const& hop : answer.blocked)
    for (auto const& obstacle : hop.obstacles)
      if (obstacle.holds == tutela::Truth::yes)
        std::cout << hop.from.text() << " -> " << hop.to.text() << ": " << to_string(obstacle.kind) << ' '
                  << obstacle.detail << '\n';
}
