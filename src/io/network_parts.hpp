// SPDX-License-Identifier: Apache-2.0
/// \file
/// What every drawing and map of a network shows in the same way (internal).
#pragma once

#include <string>
#include <vector>

#include <tutela/referral/network.hpp>

namespace tutela::detail {

/// A place as far as readers may see it.
struct ShownPlace {
  LocationDisclosure disclosure = LocationDisclosure::none;  ///< As of the service.
  std::vector<std::string> words;                            ///< Names and areas without repetition.
  std::vector<Position> positions;                           ///< Exact positions.
};

/// The place of a service. A location is shown no further than every service that is given there allows: otherwise the
/// page of a day centre would tell where the shelter in the same house is.
/// \complexity Linear in the services.
ShownPlace shown_place(Network const& network, Service const& service, Date on, Language language);

/// The content without what may not be shown of places on the day: a location is left out, or loses its name and
/// position, as the least open service that is given there asks for. Linear in services and locations.
NetworkContent shareable(Network const& network, Date on);

/// Why a hop cannot be used on the day, whoever the person is; empty when it can.
std::string why_closed(Network const& network, NetworkHop const& hop, Date on);

}  // namespace tutela::detail
