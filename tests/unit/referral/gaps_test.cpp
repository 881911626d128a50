// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <tutela/referral/gaps.hpp>
#include "unit/referral/small_network.hpp"

using namespace tutela;
using namespace tutela::test;

namespace {

/// Two homes in one county, in two towns: for ages 3 to 10 with 8 places, and for ages 7 to 18 with 5.
NetworkContent two_homes()
{
  NetworkContent content = small_content();
  content.services.clear();
  content.capacities.clear();
  std::int64_t east = 27;
  for (auto const& [id, youngest, too_old, places] : {std::tuple("little", 3, 10, 8), std::tuple("large", 7, 18, 5)}) {
    Service one = service(id, "house", "home");
    one.admission.emplace();
    one.admission->minimum_age_months = youngest * 12;
    one.admission->maximum_age_months = too_old * 12;
    Location place;
    place.id = LocationId(std::string("at-") + id);
    place.name = Text("place");
    place.area_codes = {std::string("town-") + id, "county"};
    place.position = Position{Decimal(0), Decimal(east++)};
    one.locations = {place.id};
    Capacity capacity = free_places(id, 2, today);
    capacity.maximum = places;
    content.locations.push_back(std::move(place));
    content.services.push_back(std::move(one));
    content.capacities.push_back(std::move(capacity));
  }
  return content;
}

CareDemand row(std::string area, std::int32_t youngest, std::int32_t too_old, std::int64_t people)
{
  return {std::move(area), youngest * 12, too_old * 12, ServiceKind("home"), people, std::nullopt, std::nullopt};
}

CoverageGap gap(NetworkContent const& content, CareDemand const& demand)
{
  GapRequest request;
  request.on = today;
  request.demand = {demand};
  request.purposes = small_request().purposes;
  request.data = small_request().data;
  return coverage_gaps(Network::build(content).value(), request).value().at(0);
}

}  // namespace

TEST(Gaps, PlacesCountWhereEveryAgeIsTaken)
{
  auto const young = gap(two_homes(), row("county", 3, 6, 10));
  EXPECT_EQ(young.places, 8);
  EXPECT_EQ(young.places_in_part, 0);
  EXPECT_EQ(young.free, 2);
  EXPECT_EQ(young.missing, 2);
  auto const middle = gap(two_homes(), row("county", 7, 10, 10));
  EXPECT_EQ(middle.places, 13);
  EXPECT_EQ(middle.missing, 0);
  auto const wide = gap(two_homes(), row("county", 3, 18, 10));
  EXPECT_EQ(wide.places, 0);
  EXPECT_EQ(wide.places_in_part, 13);
  EXPECT_EQ(wide.missing, 10);
  EXPECT_EQ(gap(two_homes(), row("county", 0, 3, 1)).places_in_part, 0);  // the last age is not taken
}

TEST(Gaps, AreasOfEveryLevelCount)
{
  EXPECT_EQ(gap(two_homes(), row("town-little", 7, 10, 9)).places, 8);
  EXPECT_EQ(gap(two_homes(), row("town-large", 7, 10, 9)).places, 5);
  EXPECT_EQ(gap(two_homes(), row("elsewhere", 7, 10, 9)).missing, 9);
}

TEST(Gaps, TheNearestPlaceMayLieInAnotherArea)
{
  auto demand = row("town-large", 3, 6, 1);
  demand.centre = Position{Decimal(0), Decimal(28)};
  EXPECT_EQ(gap(two_homes(), demand).nearest, 111'195);  // a degree of the equator of a sphere of 6,371,008.8 m
  demand.need = ServiceKind("school");
  EXPECT_FALSE(gap(two_homes(), demand).nearest);
}

TEST(Gaps, WhatMayNotBeToldIsNotTold)
{
  auto content = two_homes();
  auto demand = row("town-little", 3, 6, 10);
  demand.centre = Position{Decimal(0), Decimal(28)};
  content.services[0].disclosure = LocationDisclosure::area;
  auto const area = gap(content, demand);
  EXPECT_EQ(area.places, 8);
  EXPECT_FALSE(area.nearest);
  content.services[0].disclosure.reset();
  content.services[0].receives_victims_of_violence = true;
  auto const hidden = gap(content, demand);
  EXPECT_EQ(hidden.places, 0);
  EXPECT_EQ(hidden.protected_places, 8);
  EXPECT_EQ(hidden.unknown_services, 0);
  EXPECT_FALSE(hidden.nearest);
  demand.area = "elsewhere";
  auto elsewhere = gap(content, demand);
  elsewhere.places = hidden.places;
  EXPECT_EQ(elsewhere, hidden);  // the answer is the same wherever one asks
}

TEST(Gaps, AHouseThatAShelterSharesIsNotTold)
{
  auto content = two_homes();
  Service shelter = service("shelter", "house", "shelter");
  shelter.receives_victims_of_violence = true;
  shelter.locations = content.services[0].locations;
  content.services.push_back(shelter);
  auto demand = row("town-little", 3, 6, 10);
  demand.centre = Position{Decimal(0), Decimal(28)};
  auto const shared = gap(content, demand);
  EXPECT_EQ(shared.places, 0);
  EXPECT_EQ(shared.protected_places, 8);
  EXPECT_FALSE(shared.nearest);
  content.services.back().receives_victims_of_violence = false;
  content.services.back().disclosure = LocationDisclosure::area;
  auto const area = gap(content, demand);
  EXPECT_EQ(area.places, 8);
  EXPECT_FALSE(area.nearest);
}

TEST(Gaps, UnknownPlacesAreSaidAndClosedServicesAreOut)
{
  auto content = two_homes();
  content.capacities[0].maximum.reset();
  content.capacities[1].unit = CapacityUnit::pair;  // a pair is not one person
  auto const unknown = gap(content, row("county", 7, 10, 1));
  EXPECT_EQ(unknown.places, 0);
  EXPECT_EQ(unknown.unknown_services, 2);
  content.services[0].status = ServiceStatus::temporarily_closed;
  EXPECT_EQ(gap(content, row("county", 7, 10, 1)).unknown_services, 1);
}

TEST(Gaps, OldFreePlacesAreNotFree)
{
  auto content = two_homes();
  content.capacities[0].updated = add_days(today, -8);
  EXPECT_EQ(gap(content, row("county", 3, 6, 1)).free, 0);
  EXPECT_EQ(gap(content, row("county", 3, 6, 1)).places, 8);
}

TEST(Gaps, ReachableIsWhatAnAgencyMayReferTo)
{
  auto demand = row("elsewhere", 3, 6, 1);
  EXPECT_FALSE(gap(two_homes(), demand).reachable);
  demand.from = AgencyId("office");
  EXPECT_EQ(gap(two_homes(), demand).reachable, 8);
  auto content = two_homes();
  content.agreements[0].steps[0].state = AgreementState::ended;
  EXPECT_EQ(gap(content, demand).reachable, 0);
  content.agreements[0].steps[0].state = AgreementState::in_force;
  content.agreements[0].purposes.reset();  // not published: possible
  EXPECT_EQ(gap(content, demand).reachable, 8);
}

TEST(Gaps, EveryMistakeIsLocated)
{
  GapRequest request;
  request.on = today;
  request.fresh_days = -1;
  request.demand = {row("", 3, 6, 1), row("county", 6, 6, -1), row("county", 3, 6, 1)};
  request.demand[2].from = AgencyId("nobody");
  auto const failed = coverage_gaps(Network::build(two_homes()).value(), request);
  std::vector<std::string> pointers;
  for (Diagnostic const& one : failed.diagnostics()) pointers.push_back(one.place.pointer);
  EXPECT_EQ(pointers, (std::vector<std::string>{"/fresh_days", "/demand/0/area", "/demand/1/maximum_age_months",
                                                "/demand/1/people", "/demand/2/from"}));
  EXPECT_TRUE(coverage_gaps(Network::build(two_homes()).value(), {})->empty());
}
