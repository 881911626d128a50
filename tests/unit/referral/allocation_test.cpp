// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <tutela/referral/allocation.hpp>
#include "referral/options.hpp"
#include "unit/referral/chance.hpp"
#include "unit/referral/small_network.hpp"

using namespace tutela;
using namespace tutela::test;

namespace {

Position position(double latitude, double longitude)
{
  return {*Decimal::parse(std::to_string(latitude)), *Decimal::parse(std::to_string(longitude))};
}

/// Adds a service with free places at a point, in areas `town`, `district`.
Service& add_service(NetworkContent& content, std::string id, ServiceForm form, std::int64_t free, double longitude,
                     std::vector<std::string> areas = {})
{
  Location location;
  location.id = LocationId("at-" + id);
  location.name = Text("at " + id);
  location.position = position(47, longitude);
  location.area_codes = std::move(areas);
  content.locations.push_back(location);
  Service one = service(id, "house", form == ServiceForm::family_based ? "foster_care" : "placement_centre");
  one.form = form;
  one.status = ServiceStatus::active;
  one.locations = {location.id};
  if (free >= 0) content.capacities.push_back(free_places(id, free, today));
  content.services.push_back(one);
  return content.services.back();
}

NetworkContent empty_content()
{
  NetworkContent content = small_content();
  content.services.clear();
  content.capacities.clear();
  return content;
}

WaitingChild child(std::string id, double longitude)
{
  WaitingChild result;
  result.id = CaseId(std::move(id));
  result.needs = {ServiceKind("foster_care"), ServiceKind("placement_centre")};
  result.family_care = Truth::no;
  result.home = position(47, longitude);
  return result;
}

AllocationProposal proposed(NetworkContent const& content, AllocationRequest const& request)
{
  return allocate(Network::build(content).value(), request).value();
}

std::string at(ChildProposal const& proposal) { return proposal.service ? proposal.service->text() : "-"; }

}  // namespace

TEST(Allocation, TheNearestPlaceAndWhoComesFirst)
{
  NetworkContent content = empty_content();
  add_service(content, "near", ServiceForm::residential, 1, 28.0);
  add_service(content, "far", ServiceForm::residential, 5, 28.2);
  AllocationRequest request;
  request.on = today;
  request.children = {child("a", 28.01), child("b", 27.9)};  // for b the far one is further still
  auto const proposal = proposed(content, request);
  EXPECT_EQ(at(proposal.children[0]), "far");
  EXPECT_EQ(at(proposal.children[1]), "near");
  EXPECT_TRUE(proposal.is_best());
  ChildProposal const& first = proposal.children[0];
  EXPECT_EQ(first.reason, PlacementReason::another_first);
  EXPECT_EQ(first.better, ServiceId("near"));
  EXPECT_EQ(first.better_by, Criterion::distance);
  EXPECT_EQ(first.decided_by, Criterion::distance);
  EXPECT_EQ(proposal.children[1].reason, PlacementReason::suits_best);
  EXPECT_EQ(proposal.children[1].runner_up, ServiceId("far"));
  EXPECT_EQ(proposal.children[1].behind_by, Criterion::distance);
}

TEST(Allocation, TheOrderOfTheLawOutweighsEverythingElse)
{
  NetworkContent content = empty_content();
  add_service(content, "centre", ServiceForm::residential, 5, 28.0, {"town"});
  add_service(content, "foster", ServiceForm::family_based, 5, 29.0, {"elsewhere"});
  AllocationRequest request;
  request.on = today;
  request.children = {child("a", 28.0)};
  request.children[0].wished = {ServiceId("centre")};
  request.children[0].siblings_at = {ServiceId("centre")};
  request.children[0].area_codes = {"town"};
  EXPECT_EQ(at(proposed(content, request).children[0]), "foster");
  request.order = {Criterion::care_form};
  EXPECT_FALSE(allocate(Network::build(content).value(), request));  // nobody may put the law elsewhere
}

TEST(Allocation, NoInstitutionWhileFamilyCareIsPossibleOrUnknown)
{
  NetworkContent content = empty_content();
  add_service(content, "centre", ServiceForm::residential, 5, 28.0);
  add_service(content, "unsaid", ServiceForm::residential, 5, 28.0).form.reset();  // might be an institution
  AllocationRequest request;
  request.on = today;
  request.children = {child("a", 28.0)};
  EXPECT_EQ(at(proposed(content, request).children[0]), "centre");
  for (Truth const family : {Truth::unknown, Truth::yes}) {
    request.children[0].family_care = family;
    auto const proposal = proposed(content, request).children[0];
    EXPECT_EQ(at(proposal), "-");
    EXPECT_EQ(proposal.reason, PlacementReason::family_care_first);
    EXPECT_EQ(proposal.ask,
              family == Truth::unknown ? std::vector<std::string>{"child.family_care"} : std::vector<std::string>{});
  }
  request.children[0].family_care = Truth::no;
  add_service(content, "foster", ServiceForm::family_based, -1, 28.0);  // nobody knows whether it has room
  auto const open = proposed(content, request).children[0];
  EXPECT_EQ(at(open), "-");
  EXPECT_EQ(open.ask, std::vector<std::string>{"service.foster.free_places"});
  content.capacities.push_back(free_places("foster", 0, today));
  EXPECT_EQ(at(proposed(content, request).children[0]), "centre");
  content.capacities.back().updated = Date{2026, 2, 1};  // too old: unknown again
  EXPECT_EQ(at(proposed(content, request).children[0]), "-");
}

TEST(Allocation, OpinionSiblingsContactSchoolDistanceInThisOrder)
{
  NetworkContent content = empty_content();
  add_service(content, "wished", ServiceForm::residential, 1, 29.5);
  add_service(content, "siblings", ServiceForm::residential, 1, 29.4);
  add_service(content, "town", ServiceForm::residential, 1, 29.3, {"town", "district"});
  add_service(content, "school", ServiceForm::residential, 1, 29.0, {"elsewhere", "district"});
  add_service(content, "near", ServiceForm::residential, 1, 28.0, {"elsewhere", "district"});
  AllocationRequest request;
  request.on = today;
  request.children = {child("a", 28.0)};
  WaitingChild& one = request.children[0];
  EXPECT_EQ(at(proposed(content, request).children[0]), "near");
  one.school = position(47, 29.0);
  EXPECT_EQ(at(proposed(content, request).children[0]), "school");
  one.area_codes = {"town", "district"};
  EXPECT_EQ(at(proposed(content, request).children[0]), "town");
  one.siblings_at = {ServiceId("siblings")};
  EXPECT_EQ(at(proposed(content, request).children[0]), "siblings");
  one.wished = {ServiceId("wished")};
  EXPECT_EQ(at(proposed(content, request).children[0]), "wished");
  one.not_wished = {ServiceId("siblings"), ServiceId("town"), ServiceId("school"), ServiceId("near")};
  auto const last = proposed(content, request).children[0];
  EXPECT_EQ(last.behind_by, Criterion::opinion);
}

TEST(Allocation, SiblingsStayTogetherOrWaitTogether)
{
  NetworkContent content = empty_content();
  add_service(content, "small", ServiceForm::residential, 1, 28.0);
  add_service(content, "large", ServiceForm::residential, 2, 28.5);
  AllocationRequest request;
  request.on = today;
  request.children = {child("a", 28.0), child("b", 28.0)};
  for (WaitingChild& one : request.children) one.group = "family";
  auto proposal = proposed(content, request);
  EXPECT_EQ(at(proposal.children[0]), "large");
  EXPECT_EQ(at(proposal.children[1]), "large");
  EXPECT_EQ(proposal.children[0].reason, PlacementReason::no_room_together);
  content.capacities[1].available = 1;
  proposal = proposed(content, request);
  EXPECT_EQ(at(proposal.children[0]), "-");
  EXPECT_EQ(at(proposal.children[1]), "-");
  request.children[1].apart_from = {CaseId("a")};
  EXPECT_FALSE(allocate(Network::build(content).value(), request));  // together and apart
}

TEST(Allocation, WhoMustBeApartAndWhoNeedsARoom)
{
  NetworkContent content = empty_content();
  add_service(content, "near", ServiceForm::residential, 3, 28.0);
  add_service(content, "far", ServiceForm::residential, 3, 28.5);
  AllocationRequest request;
  request.on = today;
  request.children = {child("a", 28.0), child("b", 28.001)};
  request.children[1].apart_from = {CaseId("a")};
  auto proposal = proposed(content, request);
  EXPECT_NE(at(proposal.children[0]), at(proposal.children[1]));
  EXPECT_EQ(std::count_if(proposal.children.begin(), proposal.children.end(),
                          [](auto const& one) { return one.reason == PlacementReason::must_be_apart; }),
            1);
  request.children[1].apart_from.clear();
  request.children[1].room_traits = {"step_free"};
  proposal = proposed(content, request);
  EXPECT_EQ(at(proposal.children[1]), "-");  // not known to have such a room
  request.rooms = {{ServiceId("far"), {{{"step_free", "single"}, 1}, {{}, 2}}}};
  proposal = proposed(content, request);
  EXPECT_EQ(at(proposal.children[1]), "far");
  EXPECT_EQ(proposal.children[1].reason, PlacementReason::rooms_do_not_suit);
}

TEST(Allocation, WhoWaitedLongestComesFirstAmongEquals)
{
  NetworkContent content = empty_content();
  add_service(content, "only", ServiceForm::residential, 1, 28.0);
  AllocationRequest request;
  request.on = today;
  request.children = {child("a", 28.0), child("b", 28.0)};
  request.children[0].waiting_since = Date{2026, 2, 1};
  request.children[1].waiting_since = Date{2026, 1, 1};
  auto const proposal = proposed(content, request);
  EXPECT_EQ(at(proposal.children[0]), "-");
  EXPECT_EQ(at(proposal.children[1]), "only");
  EXPECT_EQ(proposal.children[0].reason, PlacementReason::another_first);
  EXPECT_EQ(proposal.children[0].decided_by, Criterion::waiting);
}

TEST(Allocation, UnknownAdmissionIsPossibleAndAsks)
{
  NetworkContent content = empty_content();
  Service& only = add_service(content, "only", ServiceForm::residential, 1, 28.0);
  only.admission.emplace();
  only.admission->minimum_age_months = 36;
  AllocationRequest request;
  request.on = today;
  request.children = {child("a", 28.0)};
  auto const open = proposed(content, request).children[0];
  EXPECT_EQ(open.state, HopState::possible);
  EXPECT_EQ(open.ask, std::vector<std::string>{"person.birth_date"});
  request.children[0].birth_date = Date{2025, 1, 1};
  auto const young = proposed(content, request).children[0];
  EXPECT_EQ(at(young), "-");
  EXPECT_EQ(young.reason, PlacementReason::no_service);
  request.children[0].birth_date = Date{2020, 1, 1};
  EXPECT_EQ(proposed(content, request).children[0].state, HopState::certain);
  request.admission = [](WaitingChild const& one, Service const&) {
    return AdmissionAnswer{one.id.text() == "a" ? Truth::no : Truth::yes, {}, "rule"};
  };
  EXPECT_EQ(at(proposed(content, request).children[0]), "-");
}

TEST(Allocation, WhatIsWrongIsSaidAllAtOnce)
{
  AllocationRequest request;
  request.on = today;
  request.fresh_days = -1;
  request.school_metres = -1;
  request.order = {Criterion::distance, Criterion::distance};
  request.children = {child("a", 28.0), child("a", 28.0)};
  request.children[0].needs.clear();
  request.children[0].wished = {ServiceId("nowhere")};
  request.children[0].apart_from = {CaseId("nobody")};
  request.children[0].home = position(95, 0);
  request.children[0].waiting_since = Date{2027, 1, 1};
  request.rooms = {{ServiceId("nowhere"), {{{}, -1}}}};
  auto const answer = allocate(Network::build(empty_content()).value(), request);
  ASSERT_FALSE(answer);
  std::vector<std::string> pointers;
  for (Diagnostic const& diagnostic : answer.diagnostics()) pointers.push_back(diagnostic.place.pointer);
  EXPECT_EQ(pointers, (std::vector<std::string>{"/fresh_days", "/school_metres", "/order/1", "/children/1/id",
                                                "/children/0/needs", "/children/0/wished", "/children/0/apart_from",
                                                "/children/0/waiting_since", "/children/0/home", "/rooms/0/service",
                                                "/rooms/0/places"}));
}

// --- a second reading of the criteria, written plainly -----------------------------------------------------------

namespace {

double metres_between(double longitude_a, double longitude_b)  // both on 47 degrees north; haversine
{
  double const degree = 0.017453292519943295;
  double const half = std::sin((longitude_a - longitude_b) * degree / 2) * std::cos(47 * degree);
  return 2 * 6'371'008.8 * std::asin(std::abs(half));
}

struct World {
  NetworkContent content;
  AllocationRequest request;
  std::vector<double> homes;
  std::vector<double> places;
};

World random_world(Chance& chance, int most_services = 3)
{
  World world;
  world.content = empty_content();
  int const services = 1 + chance.below(most_services);
  for (int i = 0; i < services; ++i) {
    world.places.push_back(28 + chance.below(20) * 0.05);
    auto const form = static_cast<ServiceForm>(chance.below(3));
    add_service(world.content, "s" + std::to_string(i), form, chance.below(4) - 1, world.places.back(),
                {"t" + std::to_string(chance.below(2)), "d" + std::to_string(chance.below(2))});
  }
  world.request.on = today;
  int const children = 1 + chance.below(5);
  for (int i = 0; i < children; ++i) {
    world.homes.push_back(28 + chance.below(20) * 0.05);
    WaitingChild one = child("c" + std::to_string(i), world.homes.back());
    one.family_care = chance.one_in(5) ? Truth::unknown : Truth::no;
    if (chance.one_in(2)) one.waiting_since = Date{2026, 2, static_cast<std::uint8_t>(1 + chance.below(20))};
    if (chance.one_in(2)) one.area_codes = {"t0", "d0"};
    if (chance.one_in(4)) one.wished = {ServiceId("s0")};
    if (chance.one_in(4)) one.siblings_at = {ServiceId("s0")};
    if (chance.one_in(3)) one.group = "family";
    world.request.children.push_back(one);
  }
  return world;
}

/// What an arrangement costs by each criterion of the usual order, or nothing when it is not allowed.
std::optional<std::vector<std::int64_t>> price(World const& world, std::vector<int> const& where)
{
  std::vector<std::int64_t> sum(9, 0);
  std::vector<std::int64_t> inside(world.places.size(), 0);
  for (std::size_t i = 0; i < where.size(); ++i) {
    WaitingChild const& one = world.request.children[i];
    for (std::size_t j = 0; j < where.size(); ++j)
      if (!one.group.empty() && one.group == world.request.children[j].group && where[i] != where[j])
        return std::nullopt;
    if (where[i] < 0) {
      ++sum[0];
      if (one.waiting_since) sum[8] += to_days(today) - to_days(*one.waiting_since);
      continue;
    }
    auto const at = static_cast<std::size_t>(where[i]);
    Service const& service = world.content.services[at];
    bool family_open = one.family_care != Truth::no;
    for (Service const& other : world.content.services) {
      bool const known = std::any_of(world.content.capacities.begin(), world.content.capacities.end(),
                                     [&](Capacity const& capacity) { return capacity.service == other.id; });
      if (!known && other.form == ServiceForm::family_based) family_open = true;
      if (!known && other.id == service.id) return std::nullopt;
    }
    if (family_open && service.form == ServiceForm::residential) return std::nullopt;
    ++inside[at];
    sum[2] += static_cast<std::int64_t>(*service.form);
    if (!one.wished.empty()) sum[3] += at == 0 ? 0 : 1;
    if (!one.siblings_at.empty()) sum[4] += at == 0 ? 0 : 1;
    auto const& codes = world.content.locations[at].area_codes;
    if (!one.area_codes.empty()) sum[5] += codes[0] == "t0" ? 0 : codes[1] == "d0" ? 1 : 2;
    sum[7] += std::llround(metres_between(world.homes[i], world.places[at]) / 100);
  }
  for (Capacity const& capacity : world.content.capacities)
    if (inside[static_cast<std::size_t>(capacity.service.text()[1] - '0')] > *capacity.available) return std::nullopt;
  return sum;
}

}  // namespace

TEST(Allocation, EveryProposalIsTheBestOfAll)
{
  Chance chance(21);
  int placed = 0;
  for (int round = 0; round < 2'000; ++round) {
    World const world = random_world(chance);
    auto const proposal = proposed(world.content, world.request);
    std::vector<int> mine;
    for (ChildProposal const& one : proposal.children) mine.push_back(one.service ? one.service->text()[1] - '0' : -1);
    std::vector<std::int64_t> sums;
    for (CriterionSum const& sum : proposal.criteria) sums.push_back(sum.value);
    ASSERT_EQ(price(world, mine), sums) << round;
    std::vector<int> where(mine.size(), -1);
    while (true) {
      auto const cost = price(world, where);
      if (cost) {
        ASSERT_LE(sums, *cost) << round;
      }
      std::size_t i = 0;
      while (i < where.size() && ++where[i] == static_cast<int>(world.places.size())) where[i++] = -1;
      if (i == where.size()) break;
    }
    ASSERT_TRUE(proposal.is_best()) << round;
    for (int const one : mine) placed += one >= 0 ? 1 : 0;
  }
  EXPECT_GT(placed, 1'000);
}

TEST(Allocation, UnderDeferredAcceptanceNobodyHasJustifiedEnvy)
{
  Chance chance(22);
  int envious = 0;
  for (int round = 0; round < 2'000; ++round) {
    World world = random_world(chance);
    for (WaitingChild& one : world.request.children) one.group.clear();
    Network const network = Network::build(world.content).value();
    auto const best = allocate(network, world.request).value();
    envious += justified_envy(network, world.request, best).value().empty() ? 0 : 1;
    world.request.method = AllocationMethod::deferred_acceptance;
    auto const deferred = allocate(network, world.request).value();
    ASSERT_TRUE(justified_envy(network, world.request, deferred).value().empty()) << round;
    // Nor does anybody prefer a service that has room.
    for (ChildProposal const& one : deferred.children)
      ASSERT_TRUE(one.reason != PlacementReason::rooms_do_not_suit) << round;
    std::vector<std::int64_t> sums;
    std::vector<std::int64_t> bounds;
    for (CriterionSum const& sum : deferred.criteria) sums.push_back(sum.value), bounds.push_back(sum.bound);
    ASSERT_LE(bounds, sums);
  }
  EXPECT_GT(envious, 0);  // the best for all together may leave somebody with a claim: that is what the audit is for
}

TEST(Allocation, FewerOptionsAreTheBestOfAll)
{
  Chance chance(23);
  int dropped = 0;
  for (int round = 0; round < 2'000; ++round) {
    World world = random_world(chance, 9);
    Network const network = Network::build(world.content).value();
    auto const all = detail::build_options(network, world.request, {}).value();
    std::size_t const most = 1 + chance.below(std::size_t{4});
    world.request.most_options = most;
    auto const few = detail::build_options(network, world.request, {}).value();
    for (std::uint32_t group = 0; group < all.members.size(); ++group) {
      std::map<std::uint32_t, std::vector<std::int64_t>> cost;  // of each service, by criterion
      for (auto i = all.problem.options.first[group]; i < all.problem.options.last_option(group); ++i)
        for (auto const& level : all.problem.level) cost[all.problem.options.place[i]].push_back(level[i]);
      // Siblings from several homes: which place is nearer for all is measured in two ways.
      if (all.members[group].size() > 1)
        for (auto& [place, levels] : cost) levels.resize(static_cast<std::size_t>(Criterion::distance));
      std::vector<std::vector<std::int64_t>> kept;
      for (auto i = few.problem.options.first[group]; i < few.problem.options.last_option(group); ++i) {
        auto const found = cost.find(few.problem.options.place[i]);
        ASSERT_NE(found, cost.end()) << round;
        kept.push_back(found->second);
        cost.erase(found);
      }
      ASSERT_EQ(kept.size(), std::min(most, kept.size() + cost.size())) << round;
      for (auto const& [place, levels] : cost) {
        ++dropped;
        for (auto const& one : kept) ASSERT_LE(one, levels) << round;
      }
    }
  }
  EXPECT_GT(dropped, 1'000);
}
