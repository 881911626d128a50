// SPDX-License-Identifier: Apache-2.0
#include "io/network_parts.hpp"

#include <algorithm>

#include <tutela/referral/shown_places.hpp>

namespace tutela::detail {
namespace {

LocationDisclosure least_disclosure(Network const& network, LocationId const& location, Date on)
{
  auto least = LocationDisclosure::exact;
  for (Service const& service : network.content().services)
    if (std::find(service.locations.begin(), service.locations.end(), location) != service.locations.end())
      least = std::min(least, network.disclosure_of(service, on));
  return least;
}

}  // namespace

ShownPlace shown_place(Network const& network, Service const& service, Date on, Language language)
{
  ShownPlace place;
  place.disclosure = network.disclosure_of(service, on);
  if (place.disclosure == LocationDisclosure::none) return place;
  auto const add = [&](std::string word) {
    if (!word.empty() && std::find(place.words.begin(), place.words.end(), word) == place.words.end())
      place.words.push_back(std::move(word));
  };
  for (LocationId const& id : service.locations) {
    Location const& location = *network.find(id);
    auto const least = least_disclosure(network, id, on);
    if (least == LocationDisclosure::none) continue;
    if (least == LocationDisclosure::exact) {
      add(location.name.in(language));
      if (location.position) place.positions.push_back(*location.position);
    }
    add(location.area.in(language));
  }
  return place;
}

NetworkContent shareable(Network const& network, Date on)
{
  NetworkContent content = network.content();
  auto const least = shown_places(network, on);
  auto const of = [&](LocationId const& location) {
    auto const found = least.find(location);
    return found == least.end() ? LocationDisclosure::none : found->second;  // no service says that it may be shown
  };
  std::erase_if(content.locations, [&](Location const& each) { return of(each.id) == LocationDisclosure::none; });
  for (Location& location : content.locations)
    if (of(location.id) == LocationDisclosure::area) {
      location.name = location.area.empty() ? Text("area") : location.area;
      location.position.reset();
    }
  for (Service& service : content.services)
    std::erase_if(service.locations, [&](LocationId const& each) { return of(each) == LocationDisclosure::none; });
  return content;
}

std::string why_closed(Network const& network, NetworkHop const& hop, Date on)
{
  if (hop.kind == BasisKind::same_agency) return {};
  Basis const& basis = network.content().bases[hop.basis];
  if (!basis.valid.contains(on)) return "not valid on this day";
  if (hop.kind != BasisKind::agreement) return {};
  Agreement const& agreement = *network.find(basis.agreement);
  if (is_open_on(agreement, on) == Truth::yes) return {};
  AgreementStep const* step = step_on(agreement, on);
  if (step == nullptr) return "no state recorded";
  if (step->state == AgreementState::in_force && in_force_on(agreement, on) == Truth::yes) return "outside its window";
  return std::string(to_string(step->state)) + " since " + to_string(step->from);
}

}  // namespace tutela::detail
