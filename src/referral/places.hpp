// SPDX-License-Identifier: Apache-2.0
/// \file
/// How many people a service takes, by what was published (internal).
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tutela/referral/network.hpp>

namespace tutela::detail {

/// True for units of which one person takes one.
inline bool is_for_one(CapacityUnit unit) noexcept
{
  return unit == CapacityUnit::child || unit == CapacityUnit::person || unit == CapacityUnit::place ||
         unit == CapacityUnit::bed;
}

/// The narrowest of the published maxima in units of one person; nothing when none was published. Linear in capacities.
inline std::optional<std::int64_t> published_places(Network const& network, ServiceId const& service)
{
  std::optional<std::int64_t> places;
  for (Capacity const* capacity : network.capacities_of(service))
    if (is_for_one(capacity->unit) && capacity->maximum)
      places = std::min(places.value_or(*capacity->maximum), *capacity->maximum);
  return places;
}

/// The areas a place lies in, smallest first: its codes, or, without codes, the area that people say.
inline std::vector<std::string> areas_of(Location const& location)
{
  if (!location.area_codes.empty() || location.area.empty()) return location.area_codes;
  return {location.area.in(Language::en)};
}

}  // namespace tutela::detail
