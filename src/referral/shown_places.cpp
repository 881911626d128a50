// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <tutela/referral/shown_places.hpp>

namespace tutela::inline v0 {

std::map<LocationId, LocationDisclosure> shown_places(Network const& network, Date on)
{
  std::map<LocationId, LocationDisclosure> least;
  for (Service const& service : network.content().services) {
    auto const allowed = network.disclosure_of(service, on);
    for (LocationId const& location : service.locations) {
      auto const [entry, is_new] = least.try_emplace(location, allowed);
      if (!is_new) entry->second = std::min(entry->second, allowed);
    }
  }
  return least;
}

}  // namespace tutela::inline v0
