// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include <tutela/referral/agreement_repair.hpp>
#include <tutela/referral/route.hpp>
#include "unit/referral/random_network.hpp"

using namespace tutela;
using namespace tutela::test;

namespace {

ReachClient client_of(RouteRequest const& request)
{
  ReachClient client;
  client.from = request.from;
  client.on = request.on;
  client.purposes = request.purposes;
  client.data = request.data;
  client.danger = request.danger;
  client.acts = request.acts;
  client.sex = request.sex;
  client.birth_date = request.birth_date;
  client.area_codes = request.area_codes;
  return client;
}

/// The network with these agreements concluded and these places made.
Network with(NetworkContent content, std::vector<PossibleAgreement> const& agreements,
             std::vector<PossiblePlaces> const& places, std::size_t subset)
{
  for (std::size_t i = 0; i < places.size(); ++i) {
    if ((subset >> (agreements.size() + i) & 1U) == 0) continue;
    std::erase_if(content.capacities, [&](Capacity const& one) { return one.service == places[i].service; });
    content.capacities.push_back(free_places(places[i].service.text(), 1, today));
  }
  for (std::size_t i = 0; i < agreements.size(); ++i) {
    if ((subset >> i & 1U) == 0) continue;
    std::string owner = agreements[i].to.text();
    for (Service const& one : content.services)
      if (one.id.text() == owner) owner = one.agency.text();
    auto pact = agreement("new" + std::to_string(i), agreements[i].from.text(), owner);
    auto ground = basis("new-ground" + std::to_string(i), BasisKind::agreement, agreements[i].from.text(),
                        agreements[i].to.text());
    ground.agreement = pact.id;
    content.agreements.push_back(std::move(pact));
    content.bases.push_back(std::move(ground));
  }
  return Network::build(std::move(content)).value();
}

}  // namespace

TEST(AgreementRepair, EqualsTheSearchThatTriesEverySubset)
{
  int repaired = 0;
  int several = 0;
  int unserved = 0;
  int both = 0;
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    Chance chance(seed);
    auto const content = random_content(chance);
    std::size_t const agencies = content.agencies.size();
    HopState const least = chance.one_in(2) ? HopState::certain : HopState::possible;
    std::vector<RouteRequest> questions;
    std::vector<ReachClient> clients;
    for (std::size_t i = 0; i < 1 + seed % 3; ++i) {
      auto question = random_request(chance, content);
      question.from = AgencyId("a" + std::to_string(chance.below(agencies)));
      question.goal = ServiceKind("day_centre");
      questions.push_back(question);
      clients.push_back(client_of(question));
    }
    std::vector<PossibleAgreement> agreements;
    for (std::size_t i = chance.below(std::size_t{6}); i > 0; --i) {
      std::size_t const from = chance.below(agencies);
      std::string to = "a" + std::to_string((from + 1 + chance.below(agencies - 1)) % agencies);
      auto const& some = content.services[chance.below(content.services.size())];
      if (chance.one_in(3) && some.agency.text() != "a" + std::to_string(from)) to = some.id.text();
      agreements.push_back(
          {AgencyId("a" + std::to_string(from)), NodeId(to), static_cast<std::int64_t>(chance.below(4))});
    }
    std::vector<PossiblePlaces> places;
    for (Service const& one : content.services)
      if (seed % 2 == 0 && chance.one_in(2)) places.push_back({one.id, static_cast<std::int64_t>(chance.below(4))});
    std::size_t const measures = agreements.size() + places.size();
    std::vector<std::vector<bool>> served;
    for (std::size_t subset = 0; subset < std::size_t{1} << measures; ++subset) {
      auto const network = with(content, agreements, places, subset);
      auto& row = served.emplace_back();
      for (RouteRequest const& question : questions) row.push_back(find_route(network, question)->state() >= least);
    }
    std::optional<std::int64_t> cheapest;
    for (std::size_t subset = 0; subset < served.size(); ++subset) {
      if (served[subset] != served.back()) continue;
      std::int64_t cost = 0;
      for (std::size_t i = 0; i < measures; ++i) {
        std::int64_t const one = i < agreements.size() ? agreements[i].cost : places[i - agreements.size()].cost;
        cost += (subset >> i & 1U) != 0 ? one : 0;
      }
      if (!cheapest || cost < *cheapest) cheapest = cost;
    }
    auto const repair = cheapest_agreements(Network::build(content).value(), clients, ServiceKind("day_centre"),
                                            agreements, places, least)
                            .value();
    ASSERT_EQ(repair.cost, *cheapest) << "seed " << seed;
    ASSERT_TRUE(repair.is_least) << "seed " << seed;
    std::size_t chosen = 0;
    std::int64_t cost = 0;
    for (std::size_t const one : repair.chosen) {
      chosen |= std::size_t{1} << one;
      cost += agreements[one].cost;
    }
    for (std::size_t const one : repair.places) {
      chosen |= std::size_t{1} << (agreements.size() + one);
      cost += places[one].cost;
    }
    both += !repair.chosen.empty() && !repair.places.empty() ? 1 : 0;
    ASSERT_EQ(cost, repair.cost) << "seed " << seed;
    ASSERT_EQ(served[chosen], served.back()) << "seed " << seed;
    std::vector<std::size_t> nobody;
    for (std::size_t i = 0; i < clients.size(); ++i)
      if (!served.back()[i]) nobody.push_back(i);
    ASSERT_EQ(repair.unserved, nobody) << "seed " << seed;
    repaired += repair.cost > 0 ? 1 : 0;
    several += repair.chosen.size() > 1 ? 1 : 0;
    unserved += nobody.empty() ? 0 : 1;
  }
  EXPECT_GT(repaired, 100);
  EXPECT_GT(several, 20);
  EXPECT_GT(both, 5);
  EXPECT_GT(unserved, 100);
}

TEST(AgreementRepair, StoppedEarlyItSaysWhatIsProven)
{
  auto content = small_content();
  content.bases.clear();
  content.agreements.clear();
  for (int i = 0; i < 6; ++i) content.agencies.push_back(agency("m" + std::to_string(i)));
  std::vector<PossibleAgreement> agreements{{AgencyId("office"), NodeId("m0"), 1}};
  for (int i = 0; i < 5; ++i)
    agreements.push_back({AgencyId("m" + std::to_string(i)), NodeId("m" + std::to_string(i + 1)), 1});
  agreements.push_back({AgencyId("m5"), NodeId("house"), 1});
  agreements.push_back({AgencyId("office"), NodeId("house"), 6});
  auto const network = Network::build(content).value();
  std::vector<ReachClient> const clients{client_of(small_request())};
  auto const full = cheapest_agreements(network, clients, ServiceKind("day_centre"), agreements, {}).value();
  EXPECT_EQ(full.cost, 6);
  EXPECT_EQ(full.chosen, (std::vector<std::size_t>{7}));
  EXPECT_TRUE(full.is_least);
  Limits limits;
  limits.search_steps = 8;  // down to the first choice, which is the long way
  auto const early =
      cheapest_agreements(network, clients, ServiceKind("day_centre"), agreements, {}, HopState::certain, limits);
  ASSERT_TRUE(early);
  EXPECT_EQ(early->cost, 7);
  EXPECT_EQ(early->bound, 6);
  EXPECT_FALSE(early->is_least);
  limits.search_steps = 2;
  EXPECT_EQ(cheapest_agreements(network, clients, ServiceKind("day_centre"), agreements, {}, HopState::certain, limits)
                .diagnostics()
                .at(0)
                .code,
            Code::limit_reached);
}

TEST(AgreementRepair, EveryMistakeIsLocated)
{
  auto client = client_of(small_request());
  client.from = AgencyId("nobody");
  auto const failed = cheapest_agreements(Network::build(small_content()).value(), {client}, ServiceKind("day_centre"),
                                          {{AgencyId("centre"), NodeId("nothing"), -1}}, {{ServiceId("house"), -1}});
  std::vector<std::string> pointers;
  for (Diagnostic const& one : failed.diagnostics()) pointers.push_back(one.place.pointer);
  EXPECT_EQ(pointers, (std::vector<std::string>{"/clients/0/from", "/agreements/0/from", "/agreements/0/to",
                                                "/agreements/0/cost", "/places/0/service", "/places/0/cost"}));
}

TEST(AgreementRepair, AFullServiceBehindANewAgreementNeedsBoth)
{
  auto content = small_content();
  content.bases.clear();
  content.agreements.clear();
  content.capacities[0].available = 0;
  auto const network = Network::build(content).value();
  std::vector<ReachClient> const clients{client_of(small_request())};
  for (char const* to : {"house", "centre"}) {
    std::vector<PossibleAgreement> const agreements{{AgencyId("office"), NodeId(to), 3}};
    auto const both =
        cheapest_agreements(network, clients, ServiceKind("day_centre"), agreements, {{ServiceId("centre"), 2}})
            .value();
    EXPECT_EQ(both.chosen, (std::vector<std::size_t>{0}));
    EXPECT_EQ(both.places, (std::vector<std::size_t>{0}));
    EXPECT_EQ(both.cost, 5);
    EXPECT_EQ(cheapest_agreements(network, clients, ServiceKind("day_centre"), agreements, {})->unserved.size(), 1U);
  }
}
