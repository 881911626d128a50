// SPDX-License-Identifier: Apache-2.0
/// \file
/// Places by day and days out of service, against networks that were flattened to one day by a second reading.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include <tutela/referral/gaps.hpp>
#include <tutela/referral/resilience.hpp>
#include <tutela/referral/review.hpp>
#include <tutela/referral/routes.hpp>
#include <tutela/referral/what_if.hpp>
#include "unit/referral/random_network.hpp"
#include "unit/referral/small_network.hpp"

using namespace tutela;
using namespace tutela::test;

namespace {

constexpr std::int32_t fresh = 7;

/// The network of one day in words that know neither calendars nor rests nor units: a service that rests is closed, free
/// places that count were seen today.
NetworkContent flat(NetworkContent content, Date on)
{
  for (OutOfService const& rest : content.out_of_service)
    for (Service& one : content.services) {
      bool const begun = !rest.days.from || !(on < *rest.days.from);
      bool const over = rest.days.until && !(on < *rest.days.until);
      if (one.id == rest.service && begun && !over) one.status = ServiceStatus::temporarily_closed;
    }
  content.out_of_service.clear();
  for (Capacity& capacity : content.capacities) {
    auto available = capacity.available;
    auto maximum = capacity.maximum;
    for (DayPlaces const& entry : capacity.days) {
      if (entry.days.from && on < *entry.days.from) continue;
      if (entry.days.until && !(on < *entry.days.until)) continue;
      available = entry.available;
      if (entry.maximum) maximum = entry.maximum;
    }
    if (available) {
      auto const age = to_days(on) - to_days(*capacity.updated);
      if (age < 0 || age > (capacity.fresh_days ? *capacity.fresh_days : fresh)) available.reset();
    }
    if (capacity.per_person) {
      capacity.unit = CapacityUnit::person;
      if (available) available = *available / *capacity.per_person;
      if (maximum) maximum = *maximum / *capacity.per_person;
    }
    capacity.days.clear();
    capacity.fresh_days.reset();
    capacity.per_person.reset();
    capacity.maximum = maximum;
    capacity.available = available;
    capacity.updated = available ? std::optional(on) : std::nullopt;
  }
  return content;
}

NetworkContent random_places(Chance& chance)
{
  auto content = random_dated_content(chance);
  for (Location& place : content.locations) place.area_codes = {"town-" + place.id.text(), "county"};
  add_days_of_places(chance, content);
  return content;
}

WaitingChild child(std::string id)
{
  WaitingChild result;
  result.id = CaseId(std::move(id));
  result.needs = {ServiceKind("day_centre")};
  result.family_care = Truth::no;
  return result;
}

std::vector<std::pair<std::string, std::string>> steps(std::optional<Route> const& route)
{
  std::vector<std::pair<std::string, std::string>> result;
  if (route)
    for (Hop const& hop : route->hops) result.emplace_back(hop.to.text(), hop.basis.text());
  return result;
}

void same_route(RouteAnswer const& answer, RouteAnswer const& wanted, std::string const& where)
{
  ASSERT_EQ(answer.state(), wanted.state()) << where;
  ASSERT_EQ(steps(answer.certain), steps(wanted.certain)) << where;
  ASSERT_EQ(steps(answer.possible), steps(wanted.possible)) << where;
  ASSERT_EQ(answer.blocked.size(), wanted.blocked.size()) << where;
  for (auto const& [one, other] :
       {std::pair(&answer.certain, &wanted.certain), std::pair(&answer.possible, &wanted.possible)})
    if (*one) {
      ASSERT_EQ((*one)->days, (*other)->days) << where;
      ASSERT_EQ((*one)->ask, (*other)->ask) << where;
      ASSERT_EQ((*one)->first_free_place, (*other)->first_free_place) << where;
    }
}

}  // namespace

TEST(PlacesByDay, every_answer_is_that_of_the_network_of_the_day)
{
  int rests_matter = 0;
  int days_matter = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    Chance chance(seed);
    auto const content = random_places(chance);
    auto const built = Network::build(content);
    ASSERT_TRUE(built) << "seed " << seed << "\n" << to_string(built.diagnostics());
    auto request = random_request(chance, content);
    request.fresh_days = fresh;
    for (int ahead = -3; ahead <= 11; ahead += 2) {
      Date const on = *add_days(today, ahead);
      std::string const where = "seed " + std::to_string(seed) + " on " + to_string(on);
      auto const day = Network::build(flat(content, on)).value();
      request.on = on;
      auto const answer = find_route(*built, request).value();
      same_route(answer, find_route(day, request).value(), where);
      GapRequest gaps;
      gaps.on = on;
      gaps.fresh_days = fresh;
      gaps.demand = {
          {"county", 0, 216, ServiceKind("day_centre"), 9, Position{Decimal(47), Decimal(26)}, request.from}};
      ASSERT_EQ(coverage_gaps(*built, gaps).value(), coverage_gaps(day, gaps).value()) << where;
      AllocationRequest list;
      list.on = on;
      list.fresh_days = fresh;
      for (int i = 0; i < 4; ++i) list.children.push_back(child("c" + std::to_string(i)));
      ASSERT_EQ(allocate(*built, list).value(), allocate(day, list).value()) << where;
      ASSERT_EQ(what_if_each_closes(*built, list).value(), what_if_each_closes(day, list).value()) << where;
      ReviewRequest whole;
      whole.on = on;
      whole.fresh_days = fresh;
      whole.demand = gaps.demand;
      auto const review = review_network(*built, whole).value();
      auto const wanted = review_network(day, whole).value();
      ASSERT_EQ(review.offer, wanted.offer) << where;
      ASSERT_EQ(review.closed_services, wanted.closed_services) << where;
      ASSERT_EQ(review.gaps, wanted.gaps) << where;
      ASSERT_EQ(review.closures, wanted.closures) << where;
      ASSERT_EQ(review.repair, wanted.repair) << where;
      ASSERT_EQ(review.depended, wanted.depended) << where;
      auto plain = content;
      plain.out_of_service.clear();
      rests_matter += find_route(Network::build(plain).value(), request)->state() != answer.state() ? 1 : 0;
      plain = content;
      for (Capacity& capacity : plain.capacities) capacity.days.clear();
      if (auto const without = Network::build(plain))
        days_matter += find_route(*without, request)->state() != answer.state() ? 1 : 0;
    }
  }
  // Both must matter in the generated networks, or the comparison says nothing.
  EXPECT_GT(rests_matter, 100);
  EXPECT_GT(days_matter, 100);
}

TEST(PlacesByDay, clients_of_different_days_reach_what_is_open_on_theirs)
{
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    Chance chance(seed);
    auto const content = random_places(chance);
    auto const network = Network::build(content).value();
    ReachRequest many;
    many.fresh_days = fresh;
    for (int ahead = -3; ahead <= 11; ++ahead) {
      ReachClient client;
      client.from = AgencyId("a0");
      client.on = *add_days(today, ahead);
      client.purposes = {Purpose("assistance")};
      client.data = {{DataCategory("identity"), Truth::yes}};
      client.danger = static_cast<Truth>(chance.below(3));
      many.clients.push_back(client);
    }
    auto const together = reach(network, many).value();
    for (std::size_t i = 0; i < many.clients.size(); ++i) {
      ReachRequest one;
      one.fresh_days = fresh;
      one.clients = {many.clients[i]};
      auto const alone = reach(Network::build(flat(content, one.clients[0].on)).value(), one).value();
      for (std::uint32_t node = 0; node < network.nodes().size(); ++node)
        ASSERT_EQ(together.state(i, node), alone.state(0, node))
            << "seed " << seed << " client " << i << " at " << node;
    }
  }
}

TEST(PlacesByDay, a_service_out_of_service_is_not_reached_even_in_an_emergency)
{
  auto content = small_content();
  content.bases = {basis("duty", BasisKind::emergency, "office", "centre")};
  content.capacities[0].available = 0;
  auto request = small_request();
  request.danger = Truth::yes;
  EXPECT_EQ(find_route(Network::build(content).value(), request)->state(), HopState::certain);  // waits for no place
  content.out_of_service = {{"works", ServiceId("centre"), {today, add_days(today, 5)}, "repair", {}, {}, {}}};
  auto const network = Network::build(content).value();
  auto const shut = find_route(network, request).value();
  ASSERT_EQ(shut.state(), HopState::blocked);
  ASSERT_EQ(shut.blocked.size(), 1U);
  ASSERT_EQ(shut.blocked[0].obstacles.size(), 1U);
  auto const& obstacle = shut.blocked[0].obstacles[0];
  EXPECT_EQ(obstacle.kind, ObstacleKind::out_of_service);
  EXPECT_EQ(obstacle.detail, "repair");
  EXPECT_EQ(obstacle.since, today);
  EXPECT_EQ(to_string(obstacle), "the service \"centre\" is out of service on this day (repair)");
  request.on = *add_days(today, 5);
  EXPECT_EQ(find_route(network, request)->state(), HopState::certain);
  request.on = today;
  auto const later = find_dated_route(network, request).value();
  ASSERT_TRUE(later.certain);  // the person waits until it takes people again
  EXPECT_EQ(later.certain->on.front(), *add_days(today, 5));
}

TEST(PlacesByDay, what_is_too_old_is_unknown_and_not_zero)
{
  auto content = small_content();
  content.capacities[0].available = 0;
  content.capacities[0].fresh_days = 2;
  auto const network = Network::build(content).value();
  auto request = small_request();
  EXPECT_EQ(find_route(network, request)->state(), HopState::blocked);
  request.on = *add_days(today, 2);
  EXPECT_EQ(find_route(network, request)->state(), HopState::blocked);
  request.on = *add_days(today, 3);  // younger than the question's own limit, older than the declared one
  EXPECT_EQ(find_route(network, request)->state(), HopState::possible);
}

TEST(PlacesByDay, points_and_hours_count_when_it_is_known_what_one_person_takes)
{
  Capacity capacity = free_places("centre", 7, today);
  capacity.unit = CapacityUnit::points;
  EXPECT_FALSE(people_in(capacity, 7));
  capacity.per_person = 3;
  EXPECT_EQ(people_in(capacity, 7), 2);
  auto content = small_content();
  content.capacities = {capacity};
  content.capacities[0].available = 2;  // less than one person takes
  EXPECT_EQ(find_route(Network::build(content).value(), small_request())->state(), HopState::blocked);
  content.capacities[0].available = 3;
  EXPECT_EQ(find_route(Network::build(content).value(), small_request())->state(), HopState::certain);
}

TEST(PlacesByDay, impossible_days_are_located)
{
  auto const refuse = [](auto change, Code code, std::string const& pointer) {
    auto content = small_content();
    content.capacities[0].maximum = 5;
    content.capacities[0].days = {{{today, add_days(today, 3)}, 4, 4},
                                  {{add_days(today, 3), add_days(today, 6)}, {}, 5}};
    content.out_of_service = {{"works", ServiceId("centre"), {today, add_days(today, 5)}, "repair", {}, {}, {}}};
    ASSERT_TRUE(Network::build(content));
    change(content);
    auto const built = Network::build(content);
    ASSERT_EQ(built.diagnostics().size(), 1U) << to_string(built.diagnostics());
    EXPECT_EQ(built.diagnostics()[0].code, code);
    EXPECT_EQ(built.diagnostics()[0].place.pointer, pointer);
  };
  refuse([](auto& c) { c.capacities[0].days[1].days.from = add_days(today, 2); }, Code::invalid_interval,
         "/capacities/0/days/1/from");
  refuse([](auto& c) { c.capacities[0].days[0].available = 5; }, Code::out_of_range, "/capacities/0/days/0/available");
  refuse(
      [](auto& c) {
        c.capacities[0].days[0].maximum = -1;
        c.capacities[0].days[0].available.reset();
      },
      Code::out_of_range, "/capacities/0/days/0/maximum");
  refuse([](auto& c) { c.capacities[0].days[0].days.until = today; }, Code::invalid_interval,
         "/capacities/0/days/0/until");
  refuse([](auto& c) { c.capacities[0].per_person = 0; }, Code::out_of_range, "/capacities/0/per_person");
  refuse([](auto& c) { c.capacities[0].fresh_days = -1; }, Code::out_of_range, "/capacities/0/fresh_days");
  refuse([](auto& c) { c.out_of_service[0].service = ServiceId("center"); }, Code::dangling_reference,
         "/out_of_service/0/service_id");
  refuse([](auto& c) { c.out_of_service[0].days.until = today; }, Code::invalid_interval,
         "/out_of_service/0/valid_until");
  refuse([](auto& c) { c.out_of_service[0].reason = "New paint"; }, Code::not_allowed, "/out_of_service/0/reason");
  refuse([](auto& c) { c.out_of_service[0].known.until = today; }, Code::invalid_network,
         "/out_of_service/0/withdrawn");
}

TEST(PlacesByDay, what_if_a_service_rests_and_places_are_added_on_every_day)
{
  auto content = small_content();
  content.capacities[0].maximum = 2;
  content.capacities[0].days = {{{add_days(today, 1), add_days(today, 3)}, 1, 0}};
  auto const network = Network::build(content).value();
  auto const resting = changed(network, ServiceRests{ServiceId("centre"), {today, {}}, "repair"}, today).value();
  EXPECT_EQ(find_route(resting, small_request())->state(), HopState::blocked);
  EXPECT_FALSE(changed(network, ServiceRests{ServiceId("nowhere"), {}, "repair"}, today));
  EXPECT_FALSE(changed(network, ServiceRests{ServiceId("centre"), {today, today}, "repair"}, today));
  auto const more = changed(network, PlacesAdded{ServiceId("centre"), 3}, today).value();
  auto const& capacity = more.content().capacities[0];
  EXPECT_EQ(capacity.available, 5);
  EXPECT_EQ(capacity.maximum, 5);
  EXPECT_EQ(capacity.days[0].available, 3);
  EXPECT_EQ(capacity.days[0].maximum, 3);
  EXPECT_FALSE(changed(network, PlacesAdded{ServiceId("centre"), -1}, today));  // none are free on one of the days
}
