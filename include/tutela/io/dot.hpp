// SPDX-License-Identifier: Apache-2.0
/// \file
/// The network as a drawing in the language of Graphviz.
#pragma once

#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/text.hpp>
#include <tutela/referral/network.hpp>
#include <tutela/referral/route.hpp>

namespace tutela::inline v0 {

/// What a drawing shows.
struct DotOptions {
  Date on;                           ///< The day the drawing is for: states of agreements and disclosure of places.
  Language language = Language::en;  ///< Language of names.
  bool services = true;              ///< False draws agencies and units only.
  bool isolated = false;             ///< True draws agencies and services that no hop touches, too.
  bool places = true;                ///< True adds the place of a service as far as it may be shown.
  std::vector<Route> routes;         ///< Paths to draw in bold.
};

/// The network as a directed graph for `dot -Tsvg`.
///
/// Hops that cannot be used on the day (agreement not in force, ground not valid) are dashed and say why. The place
/// of a service is shown only as far as `Network::disclosure_of` allows for every service that is given there;
/// nothing else in the drawing reveals it.
/// \complexity Linear in stops and hops.
[[nodiscard]] TUTELA_API std::string write_dot(Network const& network, DotOptions const& options);

}  // namespace tutela::inline v0
