// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <vector>

#include <tutela/referral/reach.hpp>
#include "unit/referral/random_network.hpp"

using namespace tutela;
using namespace tutela::test;

namespace {

/// A client who differs from others in every respect that a hop may ask about.
ReachClient random_client(Chance& chance, NetworkContent const& content)
{
  RouteRequest const request = random_request(chance, content);
  ReachClient client;
  client.from = AgencyId("a" + std::to_string(chance.below(content.agencies.size())));
  client.on = *add_days(today, chance.below(9) - 4);
  client.purposes = chance.one_in(4) ? std::vector<Purpose>{} : request.purposes;
  if (chance.one_in(4)) client.purposes.emplace_back("training");
  client.data = request.data;
  client.data[0].consent = static_cast<Truth>(chance.below(3));
  if (chance.one_in(3)) client.data.push_back({DataCategory("health"), Truth::yes});
  client.danger = request.danger;
  client.acts = request.acts;
  client.area_codes = request.area_codes;
  if (chance.one_in(3)) client.sex = Sex::male;
  if (chance.one_in(3)) client.sex = Sex::female;
  if (chance.one_in(2)) client.birth_date = Date{2015, 1, 1};
  return client;
}

RouteRequest question(ReachClient const& client, ReachRequest const& request)
{
  RouteRequest result = question_of(client);
  result.fresh_days = request.fresh_days;
  result.waiting_fresh_days = request.waiting_fresh_days;
  return result;
}

}  // namespace

TEST(Reach, IsWhatTheRouterFindsForEachServiceAndAgency)
{
  Chance chance(31);
  std::size_t certain = 0;
  std::size_t possible = 0;
  for (int round = 0; round < 400; ++round) {
    auto content = random_content(chance);
    for (Basis& basis : content.bases) {
      if (chance.one_in(6)) basis.valid = {*add_days(today, chance.below(5) - 2), std::nullopt};
      if (chance.one_in(6)) basis.categories = std::vector{DataCategory("identity")};
      if (chance.one_in(6) && !never_waits(basis.kind)) basis.needs_consent = chance.one_in(2);
    }
    for (Agreement& one : content.agreements) {
      if (chance.one_in(4)) one.window.until = *add_days(today, chance.below(5) - 2);
      if (chance.one_in(4)) one.steps.push_back({AgreementState::ended, PartialDate{2026, 3, 0}, {}});
    }
    Network const network = Network::build(content).value();
    ReachRequest request;
    request.fresh_days = chance.below(4);
    for (std::size_t i = 1 + chance.below(std::size_t{100}); i > 0; --i)
      request.clients.push_back(random_client(chance, content));
    ReachTable const table = reach(network, request).value();
    ASSERT_EQ(table.clients(), request.clients.size());
    for (std::size_t i = 0; i < request.clients.size(); i += 7)
      for (std::uint32_t node = 0; node < network.nodes().size(); ++node) {
        auto one = question(request.clients[i], request);
        std::string const id = network.nodes()[node].text();
        if (network.find(ServiceId(id)) != nullptr) {
          one.goal = ServiceId(id);
        } else {
          one.goal = AgencyId(id);
        }
        HopState const found = find_route(network, one).value().state();
        ASSERT_EQ(table.state(i, node), found) << round << " client " << i << " stop " << id;
        certain += found == HopState::certain ? 1 : 0;
        possible += found == HopState::possible ? 1 : 0;
      }
  }
  EXPECT_GT(certain, 1'000U);
  EXPECT_GT(possible, 1'000U);
}

TEST(Reach, CountsAndLists)
{
  Network const network = Network::build(small_content()).value();
  ReachRequest request;
  ReachClient client;
  client.from = AgencyId("office");
  client.on = today;
  client.purposes = {Purpose("assistance")};
  client.data = {{DataCategory("identity"), Truth::yes}};
  request.clients.assign(70, client);
  request.clients[69].data[0].consent = Truth::no;
  ReachTable const table = reach(network, request).value();
  std::uint32_t const centre = *network.node_number(NodeId("centre"));
  EXPECT_EQ(table.clients_at()[centre], 69U);
  EXPECT_EQ(table.clients_at(HopState::blocked)[centre], 70U);
  EXPECT_EQ(table.reached(0).size(), 3U);
  EXPECT_EQ(table.reached(69).size(), 1U);  // only where the client is
  EXPECT_THROW((void)table.state(70, 0), ContractViolation);
  EXPECT_THROW((void)table.reached(70), ContractViolation);
}

TEST(Reach, TheRulesOfTheCallerCount)
{
  Network const network = Network::build(small_content()).value();
  ReachRequest request;
  ReachClient client;
  client.from = AgencyId("office");
  client.on = today;
  request.clients.assign(3, client);
  request.admission = [](std::size_t number, Service const&) {
    return AdmissionAnswer{static_cast<Truth>(number), {}, {}};
  };
  ReachTable const table = reach(network, request).value();
  std::uint32_t const centre = *network.node_number(NodeId("centre"));
  EXPECT_EQ(table.state(0, centre), HopState::blocked);
  EXPECT_EQ(table.state(1, centre), HopState::possible);
  EXPECT_EQ(table.state(2, centre), HopState::certain);
}

TEST(Reach, BadRequestsAreLocated)
{
  Network const network = Network::build(small_content()).value();
  ReachRequest request;
  request.fresh_days = -1;
  request.clients.resize(1);
  request.clients[0].from = AgencyId("nobody");
  auto const table = reach(network, request);
  ASSERT_FALSE(table);
  ASSERT_EQ(table.diagnostics().size(), 2U);
  EXPECT_EQ(table.diagnostics()[1].place.pointer, "/clients/0/from");
  Limits limits;
  limits.elements = 0;
  request = {};
  EXPECT_TRUE(reach(network, request).value().clients() == 0);
}
