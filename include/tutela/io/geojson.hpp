// SPDX-License-Identifier: Apache-2.0
/// \file
/// The services of a network on a map.
#pragma once

#include <string>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/text.hpp>
#include <tutela/referral/network.hpp>

namespace tutela::inline v0 {

/// The services as a FeatureCollection of GeoJSON (RFC 7946), one feature for each service, in the order of the file.
///
/// A position is written only where `Network::disclosure_of` is `exact` on the day for every service that is given at
/// that place; where it is `area` the feature has no geometry and says the area; where it is `none` it says nothing of
/// the place. A service with several positions is a MultiPoint.
/// \complexity O(s^2) in the services that have places, else linear.
[[nodiscard]] TUTELA_API std::string write_geojson(Network const& network, Date on, Language language = Language::en);

}  // namespace tutela::inline v0
