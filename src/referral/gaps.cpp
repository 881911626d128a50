// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <utility>

#include <tutela/referral/gaps.hpp>
#include <tutela/referral/shown_places.hpp>

#include "referral/network_index.hpp"
#include "referral/places.hpp"
#include "referral/sphere.hpp"

namespace tutela::inline v0 {
namespace {

constexpr std::int64_t most_people = 1'000'000'000'000;

/// A service as the table needs it.
struct Offer {
  Service const* service = nullptr;
  std::uint32_t node = 0;
  std::int32_t youngest = 0;
  std::int32_t too_old = std::numeric_limits<std::int32_t>::max();
  std::optional<std::int64_t> places;  ///< Nothing when not known.
  std::int64_t free = 0;
  std::vector<std::string> areas;      ///< Those that may be told, sorted.
  std::vector<detail::UnitVector> at;  ///< Where it may be shown exactly.
  bool is_protected = false;           ///< Its area may not be told.
};

std::vector<Offer> offers_of(Network const& network, GapRequest const& request)
{
  std::vector<Offer> offers;
  auto const& index = network.index();
  auto const shown = shown_places(network, request.on);
  for (std::uint32_t node = 0; node < index.stops.size(); ++node) {
    if (index.stops[node].kind != detail::Stop::Kind::service) continue;
    Service const& service = index.content.services[index.stops[node].position];
    if (!network.takes_people(service, request.on)) continue;
    Offer offer;
    offer.service = &service;
    offer.node = node;
    if (service.admission) {
      offer.youngest = service.admission->minimum_age_months.value_or(offer.youngest);
      offer.too_old = service.admission->maximum_age_months.value_or(offer.too_old);
    }
    offer.places = detail::published_places(network, service.id, request.on);
    offer.free = detail::free_places(network, service.id, request.on, request.fresh_days).value_or(0);
    offer.is_protected = network.disclosure_of(service, request.on) == LocationDisclosure::none;
    bool is_told = service.locations.empty();
    for (LocationId const& id : service.locations) {
      Location const* location = network.find(id);
      auto const allowed = shown.at(id);
      if (location == nullptr || allowed == LocationDisclosure::none) continue;
      is_told = true;
      detail::add_areas(network, *location, allowed, offer.areas);
      if (allowed == LocationDisclosure::exact && location->position)
        offer.at.push_back(detail::to_vector(*location->position));
    }
    offer.is_protected = offer.is_protected || !is_told;
    std::sort(offer.areas.begin(), offer.areas.end());
    offers.push_back(std::move(offer));
  }
  return offers;
}

/// Whether people of an area may live where an agreement counts: it lies around their area or inside it, or nobody knows.
bool may_cover(Network const& network, std::string const& area, std::string const& covered)
{
  Area const* one = network.find_area(area);
  Area const* other = network.find_area(covered);
  if (one == nullptr || other == nullptr || one->is_drawn() || other->is_drawn()) return true;
  auto const around = network.areas_around(area);
  if (std::find(around.begin(), around.end(), covered) != around.end()) return true;
  auto const above = network.areas_around(covered);
  return std::find(above.begin(), above.end(), area) != above.end();
}

/// The codes with which people of a row are asked about: all that some agreement covers and they may live in.
std::vector<std::string> codes_of(Network const& network, std::string const& area, std::set<std::string> const& covered)
{
  auto codes = network.areas_around(area);
  for (std::string const& one : covered)
    if (may_cover(network, area, one)) codes.push_back(one);
  return codes;
}

/// What one row is offered; \param reached Whether its agency may refer to a stop, or nothing.
template <class Reached>
CoverageGap gap_of(CareDemand const& row, std::vector<Offer> const& offers, Reached const& reached)
{
  CoverageGap gap;
  if (row.from) gap.reachable = 0;
  std::optional<double> nearest;
  for (Offer const& offer : offers) {
    if (offer.service->kind != row.need) continue;
    if (offer.youngest >= row.maximum_age_months || offer.too_old <= row.minimum_age_months) continue;
    bool const all_ages = offer.youngest <= row.minimum_age_months && offer.too_old >= row.maximum_age_months;
    std::int64_t const places = offer.places.value_or(0);
    if (all_ages && row.from && reached(offer.node)) *gap.reachable += places;
    if (offer.is_protected) {
      gap.protected_places += places;
      continue;
    }
    if (all_ages && row.centre)
      for (detail::UnitVector const& at : offer.at) {
        double const square = detail::chord_square(detail::to_vector(*row.centre), at);
        nearest = std::min(nearest.value_or(square), square);
      }
    if (!std::binary_search(offer.areas.begin(), offer.areas.end(), row.area)) continue;
    if (!offer.places) ++gap.unknown_services;
    (all_ages ? gap.places : gap.places_in_part) += places;
    if (all_ages) gap.free += offer.free;
  }
  gap.missing = std::max<std::int64_t>(0, row.people - gap.places);
  if (nearest) gap.nearest = std::llround(detail::metres(*nearest));
  return gap;
}

Diagnostics check(Network const& network, GapRequest const& request, Limits const& limits)
{
  Diagnostics diagnostics(limits.diagnostics);
  auto const error = [&](std::string pointer, Code code, std::string what, std::string mend) {
    Place place;
    place.pointer = std::move(pointer);
    diagnostics.error(code, std::move(place), std::move(what), std::move(mend));
  };
  if (request.fresh_days < 0)
    error("/fresh_days", Code::out_of_range, "the number of days is negative", "0 means: this day only");
  if (request.demand.size() > limits.elements)
    error("/demand", Code::limit_reached, "the limit \"elements\" is reached", "ask for fewer rows at once");
  for (std::size_t i = 0; i < request.demand.size(); ++i) {
    CareDemand const& row = request.demand[i];
    std::string const here = "/demand/" + std::to_string(i);
    if (row.area.empty()) error(here + "/area", Code::missing_key, "the area is missing", "say its code");
    if (row.minimum_age_months < 0 || row.maximum_age_months <= row.minimum_age_months)
      error(here + "/maximum_age_months", Code::invalid_interval, "the range holds no age",
            "the first age is included, the last is not");
    if (row.people < 0 || row.people > most_people)
      error(here + "/people", Code::out_of_range, "the number is negative or too large",
            "a number of people from 0 to 10^12 is expected");
    if (row.from && network.find(*row.from) == nullptr && network.find_unit(*row.from) == nullptr)
      error(here + "/from", Code::dangling_reference,
            "the network has no organization or unit \"" + row.from->text() + "\"", "correct the identifier");
  }
  return diagnostics;
}

}  // namespace

Result<std::vector<CoverageGap>> coverage_gaps(Network const& network, GapRequest const& request, Limits const& limits)
{
  Diagnostics diagnostics = check(network, request, limits);
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  ReachRequest paths;
  paths.fresh_days = request.fresh_days;
  std::vector<std::size_t> client_of;
  std::set<std::string> covered;
  for (Agreement const& agreement : network.content().agreements)
    if (agreement.covers) covered.insert(agreement.covers->area_codes.begin(), agreement.covers->area_codes.end());
  for (CareDemand const& row : request.demand) {
    client_of.push_back(paths.clients.size());
    if (!row.from) continue;
    ReachClient client;
    client.from = *row.from;
    client.on = request.on;
    client.purposes = request.purposes;
    client.data = request.data;
    client.birth_date = add_months(request.on, -row.minimum_age_months, MonthRounding::down);
    client.area_codes = codes_of(network, row.area, covered);
    paths.clients.push_back(std::move(client));
  }
  auto const table = reach(network, paths, limits);
  if (!table) return table.diagnostics();
  auto const offers = offers_of(network, request);
  std::vector<CoverageGap> gaps;
  gaps.reserve(request.demand.size());
  for (std::size_t i = 0; i < request.demand.size(); ++i)
    gaps.push_back(gap_of(request.demand[i], offers,
                          [&](std::uint32_t node) { return table->state(client_of[i], node) != HopState::blocked; }));
  return gaps;
}

}  // namespace tutela::inline v0
