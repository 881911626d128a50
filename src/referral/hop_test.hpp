// SPDX-License-Identifier: Apache-2.0
/// \file
/// Whether one hop can be gone by one person, on what ground, and what is in the way (internal).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <tutela/referral/route.hpp>
#include "referral/network_index.hpp"

namespace tutela::detail {

/// What was found about a service of the goal, the same for every hop that leads to it.
struct ArrivalFinding {
  std::vector<Obstacle> admission;  ///< Closed, out of service, not admitted, acts not there. Count on every hop.
  std::vector<Obstacle> places;     ///< Full or not known. Do not count where the ground never waits.
  DayBounds waiting;                ///< Days until a place. Do not count where the ground never waits.
  std::optional<Date> first_free_place;
};

/// Why an agreement that says whom it covers does not cover the person, or may not.
std::vector<Obstacle> not_covered(Agreement const& agreement, RouteRequest const& request);

/// What stands in the way of admission to a service on any day: closed, not admitted, acts not there.
std::vector<Obstacle> look_at_admission(Network const& network, Service const& service, RouteRequest const& request);

/// Free places and waiting of a service on the day; leaves admission empty.
ArrivalFinding look_at_places(Network const& network, Service const& service, RouteRequest const& request);

/// Looks at a service once: admission, capacity, waiting.
ArrivalFinding look_at_service(Network const& network, Service const& service, RouteRequest const& request);

/// Looks at a hop. \param arrival What was found about its end, where that is a service of the goal; else nothing.
Hop look_at_hop(Network const& network, NetworkHop const& hop, RouteRequest const& request,
                ArrivalFinding const* arrival);

/// `certain` without obstacles, `blocked` when one holds, else `possible`.
HopState state_of(std::vector<Obstacle> const& obstacles) noexcept;

}  // namespace tutela::detail
