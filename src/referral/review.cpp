// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include <tutela/referral/shown_places.hpp>
#include <tutela/referral/what_if.hpp>

#include "referral/places.hpp"
#include "referral/review_parts.hpp"
#include "referral/sphere.hpp"

namespace tutela::inline v0 {
namespace {

using detail::ReviewedService;

constexpr std::size_t most_hop_tests = 20'000'000;

void add(OfferCount& count, std::optional<std::int64_t> const& places)
{
  ++count.services;
  if (places)
    count.places += *places;
  else
    ++count.unknown_services;
}

/// The services that take people; counts the others, and how far places may be shown.
std::vector<ReviewedService> services_of(Network const& network, NetworkReview& review)
{
  std::vector<ReviewedService> services;
  auto const shown = shown_places(network, review.request.on);
  for (Service const& service : network.content().services) {
    if (!network.takes_people(service, review.request.on)) {
      ++review.closed_services;
      if (OutOfService const* rest = network.out_of_service(service.id, review.request.on))
        review.resting.push_back({service.id, rest->reason, rest->days.until});
      continue;
    }
    ReviewedService one;
    one.service = &service;
    one.places = detail::published_places(network, service.id, review.request.on);
    bool is_told = false;
    bool is_exact = false;
    for (LocationId const& id : service.locations) {
      Location const& location = *network.find(id);
      auto const allowed = std::min(shown.at(id), network.disclosure_of(service, review.request.on));
      if (allowed == LocationDisclosure::none) continue;
      is_told = true;
      auto const areas = detail::areas_of(location);
      if (!areas.empty()) one.areas.push_back(areas.back());
      detail::add_areas(network, location, allowed, one.codes);
      if (allowed != LocationDisclosure::exact || !location.position) continue;
      is_exact = true;
      one.positions.push_back(*location.position);
    }
    std::sort(one.areas.begin(), one.areas.end());
    one.areas.erase(std::unique(one.areas.begin(), one.areas.end()), one.areas.end());
    std::sort(one.codes.begin(), one.codes.end());
    ++(is_exact ? review.shown_exactly : is_told ? review.shown_as_area : review.not_shown);
    services.push_back(std::move(one));
  }
  return services;
}

void count_offers(std::vector<ReviewedService> const& services, NetworkReview& review)
{
  std::map<std::string, KindOffer> kinds;
  std::map<std::string, AreaOffer> areas;
  std::map<std::pair<std::string, std::string>, std::int64_t> together;  // by area and kind
  for (auto const& one : services) {
    auto const& kind = one.service->kind.text();
    add(review.offer, one.places);
    kinds[kind].kind = one.service->kind;
    add(kinds[kind].offer, one.places);
    for (auto const& area : one.areas) {
      areas[area].code = area;
      add(areas[area].offer, one.places);
      ++together[{area, kind}];
    }
  }
  for (auto const& [key, count] : together) {
    ++areas[key.first].kinds;
    ++kinds[key.second].areas;
    areas[key.first].alone += count == 1 ? 1 : 0;
    kinds[key.second].alone += count == 1 ? 1 : 0;
  }
  for (auto& [code, area] : areas) review.areas.push_back(std::move(area));
  for (auto& [name, kind] : kinds) review.kinds.push_back(std::move(kind));
  std::stable_sort(review.kinds.begin(), review.kinds.end(),
                   [](auto const& lhs, auto const& rhs) { return lhs.offer.places > rhs.offer.places; });
}

void count_grounds(Network const& network, NetworkReview& review)
{
  auto const& content = network.content();
  for (Agreement const& agreement : content.agreements)
    review.open_agreements += is_open_on(agreement, review.request.on) == Truth::yes ? 1 : 0;
  for (Basis const& basis : content.bases) {
    if (!basis.valid.contains(review.request.on)) continue;
    if (basis.kind == BasisKind::agreement &&
        is_open_on(*network.find(basis.agreement), review.request.on) != Truth::yes)
      continue;
    ++review.open_grounds;
  }
}

/// The agencies that were named, or all that refer to others on some ground.
std::vector<AgencyId> referring(Network const& network, ReviewRequest const& request)
{
  if (!request.agencies.empty()) return request.agencies;
  std::set<std::uint32_t> from;
  for (NetworkHop const& hop : network.hops())
    if (hop.kind != BasisKind::same_agency) from.insert(hop.from);
  std::vector<AgencyId> agencies;
  for (auto const node : from) agencies.emplace_back(network.nodes()[node].text());
  return agencies;
}

std::vector<Diagnostic> find_depended(Network const& network, NetworkReview& review)
{
  auto const agencies = referring(network, review.request);
  if (review.request.agencies.empty() && agencies.size() * network.hops().size() > most_hop_tests) return {};
  std::map<std::uint32_t, DependedStop> stops;
  for (AgencyId const& agency : agencies) {
    ReachClient client;
    client.from = agency;
    client.on = review.request.on;
    auto const found = single_points(network, client, HopState::possible);
    if (!found) return found.diagnostics();
    for (SinglePoint const& point : *found) {
      auto& stop = stops[point.node];
      stop.node = network.nodes()[point.node];
      ++stop.agencies;
      stop.services = std::max(stop.services, static_cast<std::int64_t>(point.losses.size()));
    }
  }
  review.agencies = static_cast<std::int64_t>(agencies.size());
  for (auto& [node, stop] : stops) review.depended.push_back(std::move(stop));
  std::stable_sort(review.depended.begin(), review.depended.end(), [](auto const& lhs, auto const& rhs) {
    return std::pair(lhs.agencies, lhs.services) > std::pair(rhs.agencies, rhs.services);
  });
  return {};
}

std::vector<Diagnostic> find_bottlenecks(Network const& network, std::vector<ReviewedService> const& services,
                                         NetworkReview& review)
{
  std::map<std::string, std::map<std::string, std::int64_t>> wanted;  // people by need and agency
  for (CareDemand const& row : review.request.demand)
    if (row.from) wanted[row.need.text()][row.from->text()] += row.people;
  for (auto const& [need, agencies] : wanted) {
    std::vector<Demand> demand;
    for (auto const& [agency, people] : agencies) demand.push_back({AgencyId(agency), people});
    std::vector<NodeCapacity> capacities;
    for (auto const& one : services)
      if (one.places && one.service->kind.text() == need)
        capacities.push_back({NodeId(one.service->id.text()), *one.places});
    ReachClient client;
    client.from = demand.front().from;
    client.on = review.request.on;
    auto cut = find_bottleneck(network, client, ServiceKind(need), demand, capacities, HopState::possible);
    if (!cut) return cut.diagnostics();
    review.bottlenecks.push_back({ServiceKind(need), std::move(cut).value()});
  }
  return {};
}

/// The largest services that may be told to lie in an area; of the kinds in the demand, where there is one.
std::vector<ReviewedService const*> largest(std::vector<ReviewedService> const& services, ReviewRequest const& request)
{
  std::vector<ReviewedService const*> chosen;
  for (auto const& one : services) {
    if (!one.places || one.areas.empty()) continue;
    auto const is_needed = [&](CareDemand const& row) { return row.need == one.service->kind; };
    if (request.demand.empty() || std::any_of(request.demand.begin(), request.demand.end(), is_needed))
      chosen.push_back(&one);
  }
  std::sort(chosen.begin(), chosen.end(), [](auto const* lhs, auto const* rhs) {
    return std::pair(-*lhs->places, lhs->service->id) < std::pair(-*rhs->places, rhs->service->id);
  });
  chosen.resize(std::min(chosen.size(), static_cast<std::size_t>(std::max(0, request.closures))));
  return chosen;
}

ClosureReview look_at(ReviewedService const& one, std::vector<ReviewedService> const& services)
{
  ClosureReview closure;
  closure.service = one.service->id;
  closure.area = one.areas.front();
  closure.places = *one.places;
  std::optional<double> nearest;
  for (auto const& other : services) {
    if (&other == &one || other.service->kind != one.service->kind) continue;
    if (std::binary_search(other.areas.begin(), other.areas.end(), closure.area))
      closure.left += other.places.value_or(0);
    for (Position const& here : one.positions)
      for (Position const& there : other.positions) {
        double const square = detail::chord_square(detail::to_vector(here), detail::to_vector(there));
        nearest = std::min(nearest.value_or(square), square);
      }
  }
  if (nearest) closure.nearest = std::llround(detail::metres(*nearest));
  return closure;
}

std::vector<Diagnostic> close_largest(Network const& network, std::vector<ReviewedService> const& services,
                                      NetworkReview& review, Limits const& limits)
{
  auto const& request = review.request;
  for (ReviewedService const* one : largest(services, request)) {
    auto closure = look_at(*one, services);
    if (!request.demand.empty()) {
      auto const after = changed(network, ServiceCloses{one->service->id}, request.on, limits);
      if (!after) return after.diagnostics();
      GapRequest touched{request.on, {}, {}, {}, request.fresh_days};
      std::int64_t missing = 0;
      for (std::size_t row = 0; row < request.demand.size(); ++row)
        if (request.demand[row].need == one->service->kind) {
          missing -= review.gaps[row].missing;
          touched.demand.push_back(request.demand[row]);
          touched.demand.back().from.reset();
        }
      auto const gaps = coverage_gaps(*after, touched, limits);
      if (!gaps) return gaps.diagnostics();
      for (CoverageGap const& gap : *gaps) missing += gap.missing;
      closure.missing = missing;
    }
    review.closures.push_back(std::move(closure));
  }
  return {};
}

}  // namespace

Result<NetworkReview> review_network(Network const& network, ReviewRequest const& request, Limits const& limits)
{
  auto gaps = coverage_gaps(network, {request.on, request.demand, {}, {}, request.fresh_days}, limits);
  if (!gaps) return gaps.diagnostics();
  NetworkReview review;
  review.request = request;
  review.gaps = std::move(gaps).value();
  auto const services = services_of(network, review);
  count_offers(services, review);
  count_grounds(network, review);
  if (auto wrong = find_depended(network, review); !wrong.empty()) return wrong;
  if (auto wrong = find_bottlenecks(network, services, review); !wrong.empty()) return wrong;
  if (auto wrong = close_largest(network, services, review, limits); !wrong.empty()) return wrong;
  review.repair = detail::repair_rows(request.demand, services);
  return review;
}

}  // namespace tutela::inline v0
