// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>
#include <vector>

#include <tutela/referral/review.hpp>
#include "unit/referral/small_network.hpp"

using namespace tutela;
using namespace tutela::test;

namespace {

struct Home {
  std::string id;
  std::string area;
  int youngest;
  int too_old;
  std::int64_t places;
};

NetworkContent homes(std::vector<Home> const& list)
{
  NetworkContent content = small_content();
  content.services.clear();
  content.capacities.clear();
  std::int64_t east = 20;
  for (Home const& home : list) {
    Service one = service(home.id, "house", "home");
    one.admission.emplace();
    one.admission->minimum_age_months = home.youngest;
    one.admission->maximum_age_months = home.too_old;
    Location place;
    place.id = LocationId("at-" + home.id);
    place.name = Text("place");
    place.area_codes = {home.area};
    place.position = Position{Decimal(0), Decimal(east++)};
    one.locations = {place.id};
    Capacity capacity = free_places(home.id, 0, today);
    capacity.maximum = home.places;
    content.locations.push_back(std::move(place));
    content.services.push_back(std::move(one));
    content.capacities.push_back(std::move(capacity));
  }
  return content;
}

CareDemand row(std::string area, int youngest, int too_old, std::int64_t people)
{
  return {std::move(area), youngest, too_old, ServiceKind("home"), people, std::nullopt, std::nullopt};
}

NetworkReview review(NetworkContent const& content, std::vector<CareDemand> demand = {})
{
  ReviewRequest request;
  request.on = today;
  request.demand = std::move(demand);
  return review_network(Network::build(content).value(), request).value();
}

/// The fewest unplaced people, by trying every way to place them one by one.
std::int64_t fewest_unplaced(std::vector<Home> const& list, std::vector<CareDemand> const& demand)
{
  std::vector<std::int64_t> left;
  for (Home const& home : list) left.push_back(home.places);
  std::vector<CareDemand const*> people;
  for (CareDemand const& one : demand)
    for (std::int64_t k = 0; k < one.people; ++k) people.push_back(&one);
  std::function<std::int64_t(std::size_t)> const least = [&](std::size_t at) -> std::int64_t {
    if (at == people.size()) return 0;
    auto best = 1 + least(at + 1);
    for (std::size_t home = 0; home < list.size(); ++home) {
      if (left[home] == 0 || list[home].area != people[at]->area) continue;
      if (list[home].youngest > people[at]->minimum_age_months || list[home].too_old < people[at]->maximum_age_months)
        continue;
      --left[home];
      best = std::min(best, least(at + 1));
      ++left[home];
    }
    return best;
  };
  return least(0);
}

}  // namespace

TEST(Review, CountsWhatThereIs)
{
  auto content = homes({{"a", "east", 0, 216, 5}, {"b", "east", 0, 216, 7}, {"c", "west", 0, 216, 2}});
  content.capacities[1].maximum.reset();
  content.services[2].status = ServiceStatus::defunct;
  auto const found = review(content);
  EXPECT_EQ(found.offer, (OfferCount{2, 5, 1}));
  EXPECT_EQ(found.closed_services, 1);
  EXPECT_EQ(found.shown_exactly, 2);
  ASSERT_EQ(found.areas.size(), 1U);
  EXPECT_EQ(found.areas[0], (AreaOffer{"east", {2, 5, 1}, 1, 0}));
  ASSERT_EQ(found.kinds.size(), 1U);
  EXPECT_EQ(found.kinds[0].areas, 1);
  EXPECT_EQ(found.kinds[0].alone, 0);
  EXPECT_TRUE(found.gaps.empty());
  EXPECT_TRUE(found.repair.empty());
}

TEST(Review, AProtectedServiceCountsInNoArea)
{
  auto content = homes({{"a", "east", 0, 216, 5}, {"b", "west", 0, 216, 9}});
  content.services[1].receives_victims_of_violence = true;
  auto const found = review(content, {row("east", 0, 216, 3), row("west", 0, 216, 3)});
  EXPECT_EQ(found.offer.places, 14);
  EXPECT_EQ(found.not_shown, 1);
  ASSERT_EQ(found.areas.size(), 1U);
  EXPECT_EQ(found.areas[0].code, "east");
  ASSERT_EQ(found.closures.size(), 1U);  // to close it would tell where it is
  EXPECT_EQ(found.closures[0].service, ServiceId("a"));
  EXPECT_FALSE(found.closures[0].nearest);
  EXPECT_EQ(found.repair, (std::vector<RowRepair>{{1, 3}}));
  content.services[1].locations = content.services[0].locations;  // the shelter moves into the house of the other
  auto const shared = review(content);
  EXPECT_TRUE(shared.areas.empty());
  EXPECT_EQ(shared.not_shown, 2);
  EXPECT_TRUE(shared.closures.empty());
}

TEST(Review, AClosureTakesPlacesFromItsAreaAndPeopleMissMore)
{
  auto const content = homes({{"a", "east", 0, 216, 5}, {"b", "east", 0, 216, 3}, {"c", "west", 0, 216, 4}});
  auto const found = review(content, {row("east", 0, 216, 7), row("west", 0, 216, 1)});
  ASSERT_EQ(found.closures.size(), 3U);
  EXPECT_EQ(found.closures[0].service, ServiceId("a"));
  EXPECT_EQ(found.closures[0].left, 3);
  EXPECT_EQ(found.closures[0].missing, 4);
  EXPECT_EQ(found.closures[0].nearest, 111'195);
  EXPECT_EQ(found.closures[1].service, ServiceId("c"));
  EXPECT_EQ(found.closures[1].left, 0);
  EXPECT_EQ(found.closures[1].missing, 1);
  EXPECT_FALSE(review(content).closures[0].missing);
}

TEST(Review, DependenceAndTheNarrowestStops)
{
  auto content = small_content();  // one way leads from the office to the house
  auto const whole = review(content);
  EXPECT_EQ(whole.agencies, 1);
  ASSERT_FALSE(whole.depended.empty());
  EXPECT_EQ(whole.depended[0].agencies, 1);
  auto demand = row("east", 0, 216, 9);
  demand.need = content.services[0].kind;
  demand.from = AgencyId("office");
  content.capacities.clear();
  Capacity capacity = free_places(content.services[0].id.text(), 1, today);  // a full one takes nobody
  capacity.maximum = 4;
  content.capacities.push_back(capacity);
  auto const narrow = review(content, {demand});
  ASSERT_EQ(narrow.bottlenecks.size(), 1U);
  EXPECT_EQ(narrow.bottlenecks[0].cut.wanted, 9);
  EXPECT_EQ(narrow.bottlenecks[0].cut.served, 4);
}

TEST(Review, TheRepairIsTheLeastThereIs)
{
  std::mt19937 random(7);
  std::size_t more_than_alone = 0;
  for (int round = 0; round < 1'500; ++round) {
    std::vector<Home> list;
    for (std::size_t k = 0; k < 1 + random() % 4; ++k) {
      int const youngest = static_cast<int>(random() % 3);
      list.push_back({"h" + std::to_string(k), random() % 3 == 0 ? "west" : "east", youngest,
                      youngest + 1 + static_cast<int>(random() % 3), static_cast<std::int64_t>(random() % 3)});
    }
    std::vector<CareDemand> demand;
    for (std::size_t k = 0; k < 1 + random() % 4; ++k) {
      int const youngest = static_cast<int>(random() % 3);
      demand.push_back(row(random() % 3 == 0 ? "west" : "east", youngest, youngest + 1 + static_cast<int>(random() % 2),
                           static_cast<std::int64_t>(random() % 3)));
    }
    auto const found = review(homes(list), demand);
    std::int64_t added = 0;
    std::int64_t alone = 0;
    for (RowRepair const& one : found.repair) added += one.places;
    for (CoverageGap const& gap : found.gaps) alone += gap.missing;
    ASSERT_EQ(added, fewest_unplaced(list, demand));
    ASSERT_GE(added, alone);
    more_than_alone += added > alone ? 1 : 0;
  }
  EXPECT_GT(more_than_alone, 50U);  // rows that lean on the same places were tried
}

TEST(Review, WhatIsWrongWithTheDemandIsSaid)
{
  ReviewRequest request;
  request.on = today;
  request.demand = {row("", 0, 216, 1)};
  EXPECT_FALSE(review_network(Network::build(small_content()).value(), request));
  request.demand.clear();
  request.agencies = {AgencyId("nobody")};
  EXPECT_FALSE(review_network(Network::build(small_content()).value(), request));
}
