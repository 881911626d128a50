// SPDX-License-Identifier: Apache-2.0
/// \file
/// Many paths, many persons and paths over time, against searches that try every path on thousands of random networks.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <tuple>
#include <vector>

#include <tutela/referral/routes.hpp>
#include "referral/hop_judge.hpp"
#include "referral/hop_test.hpp"
#include "referral/network_index.hpp"
#include "unit/referral/random_network.hpp"
#include "unit/referral/small_network.hpp"

using namespace tutela;
using namespace tutela::test;

namespace {

using Path = std::vector<std::uint32_t>;

bool is_goal(Network const& network, RouteRequest const& request, std::uint32_t stop)
{
  std::string const& id = network.nodes()[stop].text();
  if (auto const* agency = std::get_if<AgencyId>(&request.goal)) return agency->text() == id;
  if (auto const* service = std::get_if<ServiceId>(&request.goal)) return service->text() == id;
  Service const* service = network.find(ServiceId(id));
  return service != nullptr && service->kind == std::get<ServiceKind>(request.goal);
}

/// A hop on a day, looked at by itself.
Hop look(Network const& network, RouteRequest request, std::uint32_t hop, Date on)
{
  request.on = on;
  NetworkHop const& edge = network.hops()[hop];
  Service const* service = network.find(ServiceId(network.nodes()[edge.to].text()));
  if (service == nullptr) return detail::look_at_hop(network, edge, request, nullptr);
  auto const arrival = detail::look_at_service(network, *service, request);
  Hop found = detail::look_at_hop(network, edge, request, &arrival);
  if (!is_goal(network, request, edge.to)) found.state = HopState::blocked;  // nobody is referred on from there
  return found;
}

/// Every path to a goal that comes to no stop twice.
std::vector<Path> all_paths(Network const& network, RouteRequest const& request,
                            std::function<bool(std::uint32_t)> const& open)
{
  std::vector<Path> paths;
  Path path;
  std::vector<bool> passed(network.nodes().size(), false);
  std::function<void(std::uint32_t)> walk = [&](std::uint32_t here) {
    if (is_goal(network, request, here)) {
      paths.push_back(path);
      return;
    }
    passed[here] = true;
    for (std::uint32_t hop = 0; hop < network.hops().size(); ++hop) {
      NetworkHop const& edge = network.hops()[hop];
      if (edge.from != here || passed[edge.to] || !open(hop)) continue;
      path.push_back(hop);
      walk(edge.to);
      path.pop_back();
    }
    passed[here] = false;
  };
  walk(*network.node_number(node_of(request.from)));
  return paths;
}

using Cost = std::tuple<std::int64_t, std::int64_t, std::size_t>;

Cost cost_of(std::vector<Hop> const& hops)
{
  Cost cost{0, 0, hops.size()};
  for (Hop const& hop : hops) {
    std::get<0>(cost) += hop.days.upper ? 0 : 1;
    std::get<1>(cost) += hop.days.upper.value_or(hop.days.lower);
  }
  return cost;
}

std::vector<Hop> hops_of(Network const& network, RouteRequest const& request, Path const& path)
{
  std::vector<Hop> hops;
  for (std::uint32_t const hop : path) hops.push_back(look(network, request, hop, request.on));
  return hops;
}

/// All paths at least that sure, best first.
std::vector<Path> ranked(Network const& network, RouteRequest const& request, HopState least)
{
  auto paths = all_paths(network, request,
                         [&](std::uint32_t hop) { return look(network, request, hop, request.on).state >= least; });
  std::sort(paths.begin(), paths.end(), [&](Path const& a, Path const& b) {
    return std::tuple(cost_of(hops_of(network, request, a)), a) < std::tuple(cost_of(hops_of(network, request, b)), b);
  });
  return paths;
}

HopState least_of(Chance& chance) { return chance.one_in(2) ? HopState::certain : HopState::possible; }

TEST(HopJudge, says_of_every_hop_what_looking_at_it_says)
{
  std::size_t open = 0;
  for (std::uint64_t seed = 1; seed <= 4000; ++seed) {
    Chance chance(seed);
    auto const network = Network::build(random_dated_content(chance)).value();
    auto request = random_request(chance, network.content());
    request.on = *add_days(today, static_cast<int>(chance.below(8)) - 2);
    if (chance.one_in(2)) request.birth_date = add_months(today, -24, MonthRounding::down);
    if (chance.one_in(5)) request.data.push_back({DataCategory("health"), static_cast<Truth>(chance.below(3))});
    if (chance.one_in(5)) request.purposes.emplace_back("nobody_names_it");
    detail::HopJudge judge(network, request, detail::goals_of(network, request).value());
    for (std::uint32_t i = 0; i < network.hops().size(); ++i) {
      Hop const hop = look(network, request, i, request.on);
      detail::Judged const judged = judge.judge(i);
      ASSERT_EQ(judged.state, hop.state) << "seed " << seed << ", hop " << i;
      if (hop.state == HopState::blocked) continue;
      ++open;
      bool const bounded = hop.days.upper.has_value();
      ASSERT_TRUE(judged.cost == detail::route_cost(bounded, bounded ? *hop.days.upper : hop.days.lower))
          << "seed " << seed << ", hop " << i;
    }
  }
  EXPECT_GT(open, 5000U);
}

/// With more words than bits every ground is tested by hand.
TEST(HopJudge, more_purposes_than_bits)
{
  auto content = small_content();
  std::vector<Purpose> many;
  for (int i = 0; i < 40; ++i) many.emplace_back("purpose_" + std::to_string(i));
  content.agreements[0].purposes = many;
  auto const network = Network::build(content).value();
  auto request = small_request();
  request.purposes = {Purpose("purpose_39")};
  EXPECT_EQ(find_route(network, request)->state(), HopState::certain);
  request.purposes = {Purpose("purpose_40")};
  EXPECT_EQ(find_route(network, request)->state(), HopState::blocked);
}

/// Days that do not fit the view are tested by date.
TEST(HopJudge, days_of_any_year)
{
  auto content = small_content();
  content.agreements[0].window = {make_date(8'000'000, 1, 1), make_date(9'000'000, 1, 1)};
  content.agreements[0].steps[0].from = PartialDate{1, 1, 1};
  auto const network = Network::build(content).value();
  auto request = small_request();
  request.on = *make_date(8'500'000, 1, 1);
  EXPECT_TRUE(find_route(network, request)->certain || find_route(network, request)->possible);
  request.on = *make_date(9'000'000, 1, 1);
  EXPECT_EQ(find_route(network, request)->state(), HopState::blocked);
  request.on = today;
  EXPECT_EQ(find_route(network, request)->state(), HopState::blocked);
}

TEST(ManyRoutes, are_the_best_of_all_loopless_paths_in_order)
{
  std::size_t most = 0;
  for (std::uint64_t seed = 1; seed <= 4000; ++seed) {
    Chance chance(seed);
    auto const network = Network::build(random_dated_content(chance)).value();
    auto const request = random_request(chance, network.content());
    HopState const least = least_of(chance);
    std::size_t const count = 1 + chance.below(std::size_t{8});
    auto const expected = ranked(network, request, least);
    auto const routes = find_best_routes(network, request, count, least).value();
    ASSERT_EQ(routes.size(), std::min(count, expected.size())) << "seed " << seed;
    for (std::size_t i = 0; i < routes.size(); ++i)
      ASSERT_EQ(routes[i].hops, hops_of(network, request, expected[i])) << "seed " << seed << ", path " << i;
    most = std::max(most, expected.size());
  }
  EXPECT_GT(most, 8U);
}

TEST(ManyRoutes, the_first_is_the_best_and_none_are_asked_for)
{
  auto const network = Network::build(small_content()).value();
  auto const routes = find_best_routes(network, small_request(), 5, HopState::certain).value();
  ASSERT_EQ(routes.size(), 1U);
  EXPECT_EQ(routes.front(), find_route(network, small_request())->certain);
  EXPECT_TRUE(find_best_routes(network, small_request(), 0)->empty());
  Limits limits;
  limits.search_steps = 1;
  EXPECT_EQ(find_best_routes(network, small_request(), 5, HopState::certain, limits).diagnostics().at(0).code,
            Code::limit_reached);
}

std::int64_t metres_of(Network const& network, Path const& path, Date on)
{
  constexpr std::int64_t unknown = std::numeric_limits<std::int64_t>::max();
  if (path.empty()) return unknown;
  Service const* service = network.find(ServiceId(network.nodes()[network.hops()[path.back()].to].text()));
  if (service == nullptr || service->locations.empty()) return unknown;
  if (network.disclosure_of(*service, on) != LocationDisclosure::exact) return unknown;
  // All places lie on one parallel with the home, up to two degrees east.
  double const degrees = network.find(service->locations[0])->position->longitude.to_double() - 26;
  double const radian = 0.017453292519943295;
  double const half = std::sin(degrees * radian / 2) * std::cos(47 * radian);
  return std::llround(2 * 6'371'008.8 * std::asin(half));
}

TEST(RouteFront, holds_exactly_the_paths_that_none_beats)
{
  std::size_t most = 0;
  for (std::uint64_t seed = 1; seed <= 4000; ++seed) {
    Chance chance(seed);
    auto const network = Network::build(random_dated_content(chance)).value();
    auto const request = random_request(chance, network.content());
    HopState const least = least_of(chance);
    using Measures = std::tuple<std::size_t, std::pair<std::int64_t, std::int64_t>, std::int64_t>;
    std::vector<std::pair<Measures, Path>> all;
    for (Path const& path : ranked(network, request, least)) {
      auto const [unbounded, days, hops] = cost_of(hops_of(network, request, path));
      all.push_back({{hops, {unbounded, days}, metres_of(network, path, request.on)}, path});
    }
    std::sort(all.begin(), all.end());
    std::vector<std::pair<Measures, Path>> front;
    for (auto const& one : all) {
      bool const beaten = std::any_of(all.begin(), all.end(), [&](auto const& other) {
        auto const& [h, d, m] = other.first;
        auto const& [hops, days, metres] = one.first;
        bool const no_worse = h <= hops && d <= days && m <= metres;
        return no_worse && (other.first != one.first || other.second < one.second);
      });
      if (!beaten) front.push_back(one);
    }
    auto const choices = find_route_front(network, request, Position{Decimal(47), Decimal(26)}, least).value();
    ASSERT_EQ(choices.size(), front.size()) << "seed " << seed;
    for (std::size_t i = 0; i < front.size(); ++i) {
      ASSERT_EQ(choices[i].route.hops, hops_of(network, request, front[i].second)) << "seed " << seed << ", " << i;
      ASSERT_EQ(choices[i].metres.value_or(std::numeric_limits<std::int64_t>::max()), std::get<2>(front[i].first))
          << "seed " << seed;
    }
    most = std::max(most, front.size());
  }
  EXPECT_GT(most, 2U);
}

TEST(RouteFront, no_distance_is_told_of_a_protected_place)
{
  auto content = small_content();
  Location place;
  place.id = LocationId("place");
  place.name = Text("place");
  place.position = Position{Decimal(47), Decimal(27)};
  content.locations = {place};
  content.services[0].locations = {place.id};
  Position const home{Decimal(47), Decimal(26)};
  EXPECT_TRUE(find_route_front(Network::build(content).value(), small_request(), home)->at(0).metres);
  content.services[0].receives_victims_of_violence = true;
  EXPECT_FALSE(find_route_front(Network::build(content).value(), small_request(), home)->at(0).metres);
}

// --- paths over time: every path, every day -----------------------------------------------------------------------

using When = std::pair<std::int64_t, std::int64_t>;  // hops of unknown duration, day

constexpr int horizon = 34;  // after these days nothing changes in the random networks

std::optional<When> pass(Network const& network, RouteRequest const& request, Path const& path, HopState least)
{
  When at{0, 0};
  for (std::uint32_t const hop : path) {
    std::optional<When> best;
    for (std::int64_t day = at.second; day <= at.second + horizon; ++day) {
      Hop const here = look(network, request, hop, *add_days(request.on, day));
      if (here.state < least || here.state == HopState::blocked) continue;
      bool forever = true;
      if (least == HopState::certain && at.first > 0)
        for (std::int64_t later = day; later <= day + horizon; ++later)
          forever = forever && look(network, request, hop, *add_days(request.on, later)).state == HopState::certain;
      if (!forever) continue;
      When after{at.first, day + here.days.lower};
      if (least == HopState::certain && !here.days.upper) ++after.first;
      if (least == HopState::certain && here.days.upper && at.first == 0) after.second = day + *here.days.upper;
      if (!best || after < *best) best = after;
    }
    if (!best) return std::nullopt;
    at = *best;
  }
  return at;
}

std::optional<std::tuple<When, std::size_t>> first_end(Network const& network, RouteRequest const& request,
                                                       std::vector<Path> const& paths, HopState least)
{
  std::optional<std::tuple<When, std::size_t>> best;
  for (Path const& path : paths)
    if (auto const end = pass(network, request, path, least))
      if (!best || std::tuple(*end, path.size()) < *best) best = {*end, path.size()};
  return best;
}

TEST(DatedRoute, equals_the_search_that_tries_every_path_on_every_day)
{
  int otherwise = 0;
  int possible = 0;
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    Chance chance(seed);
    auto content = random_dated_content(chance);
    if (chance.one_in(2)) add_days_of_places(chance, content);
    auto const network = Network::build(std::move(content)).value();
    auto request = random_request(chance, network.content());
    request.fresh_days = 3;
    request.waiting_fresh_days = 5;
    if (chance.one_in(2)) request.birth_date = *add_days(*add_months(today, -24, MonthRounding::down), 3);
    auto const paths = all_paths(network, request, [](std::uint32_t) { return true; });
    auto const certain = first_end(network, request, paths, HopState::certain);
    auto const early = first_end(network, request, paths, HopState::possible);
    auto const answer = find_dated_route(network, request).value();
    ASSERT_EQ(answer.certain.has_value(), certain.has_value()) << "seed " << seed;
    if (certain) {
      auto const [end, hops] = *certain;
      ASSERT_EQ(answer.certain->route.hops.size(), hops) << "seed " << seed;
      ASSERT_EQ(answer.certain->arrives.has_value(), end.first == 0) << "seed " << seed;
      if (end.first == 0) {
        ASSERT_EQ(*answer.certain->arrives, *add_days(request.on, end.second)) << "seed " << seed;
      }
      ASSERT_EQ(answer.certain->route.state, HopState::certain) << "seed " << seed;
      for (std::size_t i = 1; i < hops; ++i) ASSERT_LE(answer.certain->on[i - 1], answer.certain->on[i]);
    }
    bool const better = early && (!certain || std::get<0>(*early).second < answer.certain->route.days.lower);
    ASSERT_EQ(answer.possible.has_value(), better) << "seed " << seed;
    if (better) {
      ASSERT_EQ(*answer.possible->arrives, *add_days(request.on, std::get<0>(*early).second)) << "seed " << seed;
    }
    possible += better ? 1 : 0;
    auto const at_once = find_route(network, request).value();
    otherwise += at_once.certain.has_value() != certain.has_value() ? 1 : 0;
  }
  // Time must matter in the generated networks, or the comparison says nothing.
  EXPECT_GT(otherwise, 30);
  EXPECT_GT(possible, 100);
}

TEST(DatedRoute, an_agreement_that_lapses_under_way_shuts_the_path)
{
  auto content = small_content();
  content.agencies.push_back(agency("middle"));
  content.agreements = {agreement("first", "office", "middle"), agreement("second", "middle", "house")};
  content.bases.clear();
  for (auto const& [id, from, to] :
       {std::tuple("first", "office", "middle"), std::tuple("second", "middle", "house")}) {
    Basis ground = basis(std::string(id) + "-basis", BasisKind::agreement, from, to);
    ground.agreement = AgreementId(id);
    ground.days = 5;
    content.bases.push_back(ground);
  }
  auto request = small_request();
  request.fresh_days = 30;
  auto const open = find_dated_route(Network::build(content).value(), request).value();
  ASSERT_TRUE(open.certain);
  EXPECT_EQ(open.certain->on, (std::vector{today, *add_days(today, 5), *add_days(today, 10)}));
  EXPECT_EQ(open.certain->arrives, add_days(today, 10));
  content.agreements[1].window.until = add_days(today, 3);
  auto const network = Network::build(content).value();
  auto const lapsed = find_dated_route(network, request).value();
  EXPECT_TRUE(find_route(network, request)->certain);  // on the day of the question every hop is open
  EXPECT_FALSE(lapsed.certain);
  ASSERT_TRUE(lapsed.possible);  // if the first hop takes less than it may
  EXPECT_EQ(lapsed.possible->arrives, today);
}

TEST(DatedRoute, waits_for_an_agreement_that_begins_later)
{
  auto content = small_content();
  content.agreements[0].window.from = add_days(today, 4);
  auto request = small_request();
  request.fresh_days = 30;
  auto const answer = find_dated_route(Network::build(content).value(), request).value();
  ASSERT_TRUE(answer.certain);
  EXPECT_EQ(answer.certain->on.front(), *add_days(today, 4));
  EXPECT_EQ(answer.certain->arrives, add_days(today, 6));
}

// --- many persons ---------------------------------------------------------------------------------------------------

TEST(RoutesOfMany, are_the_routes_of_each)
{
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Chance chance(seed);
    auto const network = Network::build(random_dated_content(chance)).value();
    std::vector<RouteRequest> requests;
    for (int i = 0; i < 40; ++i) requests.push_back(random_request(chance, network.content()));
    for (std::size_t const threads : {1U, 3U}) {
      auto const answers = find_routes(network, requests, threads).value();
      ASSERT_EQ(answers.size(), requests.size());
      for (std::size_t i = 0; i < requests.size(); ++i) {
        auto const alone = find_route(network, requests[i]).value();
        ASSERT_EQ(answers[i].certain, alone.certain);
        ASSERT_EQ(answers[i].possible, alone.possible);
        ASSERT_EQ(answers[i].blocked, alone.blocked);
      }
    }
  }
}

TEST(RoutesOfMany, every_mistake_is_located)
{
  auto const network = Network::build(small_content()).value();
  std::vector<RouteRequest> requests(3, small_request());
  requests[0].from = AgencyId("nobody");
  requests[2].goal = ServiceId("nothing");
  auto const failed = find_routes(network, requests);
  ASSERT_EQ(failed.diagnostics().size(), 2U);
  EXPECT_EQ(failed.diagnostics()[0].place.pointer, "/0/from");
  EXPECT_EQ(failed.diagnostics()[1].place.pointer, "/2/goal");
  EXPECT_TRUE(find_routes(network, {})->empty());
}

}  // namespace
