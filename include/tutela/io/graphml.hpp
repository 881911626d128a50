// SPDX-License-Identifier: Apache-2.0
/// \file
/// The network as GraphML, for tools that draw and analyse graphs.
#pragma once

#include <string>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/text.hpp>
#include <tutela/referral/network.hpp>

namespace tutela::inline v0 {

/// The network as a directed multigraph in GraphML (http://graphml.graphdrawing.org).
///
/// Every stop is a node with `kind` (`agency`, `unit`, `service`), `name`, `type` and, of services, `place` as far as
/// it may be shown on the day (`Network::disclosure_of`, for every service that is given there); no position is
/// written.
/// Every hop is an edge with its ground, the agreement, and `closed`: why it cannot be used on the day, where it
/// cannot.
/// Characters that XML lacks become spaces.
/// \complexity O(s^2) in the services that have places, else linear.
[[nodiscard]] TUTELA_API std::string write_graphml(Network const& network, Date on, Language language = Language::en);

}  // namespace tutela::inline v0
