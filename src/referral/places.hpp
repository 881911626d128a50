// SPDX-License-Identifier: Apache-2.0
/// \file
/// How many people a service takes, by what was published (internal).
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tutela/referral/network.hpp>

namespace tutela::detail {

/// The narrowest of the published limits on a day, in people; nothing when none was published. Linear in capacities.
inline std::optional<std::int64_t> published_places(Network const& network, ServiceId const& service, Date on)
{
  std::optional<std::int64_t> places;
  for (Capacity const* capacity : network.capacities_of(service)) {
    auto const maximum = maximum_on(*capacity, on);
    auto const people = maximum ? people_in(*capacity, *maximum) : std::nullopt;
    if (people) places = std::min(places.value_or(*people), *people);
  }
  return places;
}

/// For how many people there is room on a day: the least that is known; nothing when nothing is. Linear in capacities.
inline std::optional<std::int64_t> free_places(Network const& network, ServiceId const& service, Date on,
                                               std::int32_t fresh_days)
{
  std::optional<std::int64_t> free;
  for (Capacity const* capacity : network.capacities_of(service)) {
    auto const available = available_on(*capacity, on, fresh_days);
    auto const people = available ? people_in(*capacity, *available) : std::nullopt;
    if (people) free = std::min(free.value_or(*people), *people);
  }
  return free;
}

/// The areas a place lies in, smallest first: its codes, or, without codes, the area that people say.
inline std::vector<std::string> areas_of(Location const& location)
{
  if (!location.area_codes.empty() || location.area.empty()) return location.area_codes;
  return {location.area.in(Language::en)};
}

/// Adds the codes of all areas that a place may be told to lie in: its own, those around them and, where it may be shown
/// exactly, the shapes that it lies in. A shape may be as small as a house. \param allowed More than `none`.
inline void add_areas(Network const& network, Location const& location, LocationDisclosure allowed,
                      std::vector<std::string>& into)
{
  auto const add = [&](std::string const& area) {
    for (auto& code : network.areas_around(area)) into.push_back(std::move(code));
  };
  for (auto const& area : areas_of(location)) add(area);
  if (allowed != LocationDisclosure::exact || !location.position) return;
  for (Area const& area : network.content().areas)
    if (lies_in(*location.position, area)) add(area.code);
}

}  // namespace tutela::detail
