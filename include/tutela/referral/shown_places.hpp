// SPDX-License-Identifier: Apache-2.0
/// \file
/// How much of each place may be shown, when several services share it.
#pragma once

#include <map>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/model/identity.hpp>
#include <tutela/model/place.hpp>
#include <tutela/referral/network.hpp>

namespace tutela::inline v0 {

/// For each place what every service that is given there allows on a day: otherwise the entry of a day centre would tell
/// where the shelter in the same house is. A place without any service is not in the map: nobody says that it may be
/// shown. \complexity O((S + L) log L) for S services and L places.
[[nodiscard]] TUTELA_API std::map<LocationId, LocationDisclosure> shown_places(Network const& network, Date on);

}  // namespace tutela::inline v0
