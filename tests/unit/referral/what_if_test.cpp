// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <tutela/referral/what_if.hpp>
#include "unit/referral/chance.hpp"
#include "unit/referral/small_network.hpp"

using namespace tutela;
using namespace tutela::test;

namespace {

struct World {
  NetworkContent content;
  AllocationRequest request;
};

/// Homes and children in a row; distance alone counts.
World random_world(Chance& chance, bool siblings)
{
  World world;
  world.content = small_content();
  world.content.services.clear();
  world.content.capacities.clear();
  auto const at = [](int number) { return Position{Decimal(47), Decimal(28) + Decimal(number) / Decimal(20)}; };
  for (int i = 1 + chance.below(4); i > 0; --i) {
    Location location;
    location.id = LocationId("at-" + std::to_string(i));
    location.name = Text("at");
    location.position = at(chance.below(30));
    Service one = service("s" + std::to_string(i), "house", "home");
    one.form = ServiceForm::residential;
    one.locations = {location.id};
    world.content.locations.push_back(location);
    world.content.services.push_back(one);
    world.content.capacities.push_back(free_places(one.id.text(), chance.below(4), today));
  }
  world.request.on = today;
  for (int i = chance.below(8); i > 0; --i) {
    WaitingChild child;
    child.id = CaseId("c" + std::to_string(i));
    child.needs = {ServiceKind("home")};
    child.family_care = Truth::no;
    child.home = at(chance.below(30));
    if (siblings && chance.one_in(2)) child.group = "g" + std::to_string(chance.below(2));
    world.request.children.push_back(child);
  }
  return world;
}

std::vector<std::int64_t> values(std::vector<CriterionSum> const& sums)
{
  std::vector<std::int64_t> result;
  for (CriterionSum const& sum : sums) result.push_back(sum.value);
  return result;
}

}  // namespace

TEST(WhatIf, EveryClosureIsWhatAllocatingAnewGives)
{
  Chance chance(61);
  for (int round = 0; round < 500; ++round) {
    World const world = random_world(chance, chance.one_in(3));
    Network const network = Network::build(world.content).value();
    auto const batch = what_if_each_closes(network, world.request).value();
    ASSERT_EQ(batch.size(), world.request.children.empty() ? 0 : world.content.services.size());
    for (Closure const& one : batch) {
      auto const alone = what_if(network, world.request, ServiceCloses{one.service}).value();
      ASSERT_EQ(values(one.difference.before), values(alone.before)) << round;
      ASSERT_EQ(values(one.difference.after), values(alone.after)) << round;
      for (ChangedProposal const& child : one.difference.children) ASSERT_NE(child.after, one.service);
    }
  }
}

TEST(WhatIf, TheRepairIsTheSmallestThatPlacesEverybody)
{
  Chance chance(62);
  int repaired = 0;
  for (int round = 0; round < 300; ++round) {
    World const world = random_world(chance, false);
    Network const network = Network::build(world.content).value();
    auto const repair = cheapest_repair(network, world.request).value();
    auto const before = allocate(network, world.request).value();
    ASSERT_TRUE(repair.is_least);
    ASSERT_EQ(repair.still_waiting, 0);
    ASSERT_EQ(repair.added, before.criteria[0].value) << round;  // each added place helps one child at most
    Network better = network;
    for (PlacesAdded const& one : repair.places) better = changed(better, one, today).value();
    ASSERT_EQ(allocate(better, world.request).value().criteria[0].value, 0) << round;
    repaired += repair.added > 0 ? 1 : 0;
  }
  EXPECT_GT(repaired, 50);
}

TEST(WhatIf, AnAgreementThatLapsesShutsTheWay)
{
  Network const network = Network::build(small_content()).value();
  ReachRequest request;
  ReachClient client;
  client.from = AgencyId("office");
  client.on = today;
  client.purposes = {Purpose("assistance")};
  client.data = {{DataCategory("identity"), Truth::yes}};
  request.clients = {client};
  auto const before = reach(network, request).value();
  Network const lapsed = changed(network, AgreementLapses{AgreementId("pact")}, today).value();
  auto const after = reach(lapsed, request).value();
  auto const lost = compare_reach(before, after);
  ASSERT_EQ(lost.size(), 1U);
  EXPECT_EQ(lost[0].lost, (std::vector<std::uint32_t>{*network.node_number(NodeId("centre")),
                                                      *network.node_number(NodeId("house"))}));
  AgreementAdded added{agreement("new", "office", "house"),
                       {basis("new-basis", BasisKind::agreement, "office", "house")}};
  added.bases[0].agreement = AgreementId("new");
  auto const again = reach(changed(lapsed, added, today).value(), request).value();
  EXPECT_TRUE(compare_reach(before, again).empty());
  EXPECT_EQ(compare_reach(after, again)[0].gained, lost[0].lost);
  EXPECT_THROW((void)compare_reach(before, reach(network, {}).value()), ContractViolation);
}

TEST(WhatIf, ChangesOfWhatIsNotThereAreErrors)
{
  Network const network = Network::build(small_content()).value();
  EXPECT_FALSE(changed(network, ServiceCloses{ServiceId("nowhere")}, today));
  EXPECT_FALSE(changed(network, PlacesAdded{ServiceId("nowhere"), 1}, today));
  EXPECT_FALSE(changed(network, PlacesAdded{ServiceId("centre"), -3}, today));
  EXPECT_FALSE(changed(network, AgreementLapses{AgreementId("nothing")}, today));
  EXPECT_FALSE(changed(network, AgreementAdded{agreement("pact", "office", "house"), {}}, today));  // there already
  NetworkContent unknown = small_content();
  unknown.capacities.clear();
  EXPECT_FALSE(changed(Network::build(unknown).value(), PlacesAdded{ServiceId("centre"), 1}, today));
}
