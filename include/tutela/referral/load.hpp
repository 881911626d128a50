// SPDX-License-Identifier: Apache-2.0
/// \file
/// How many people services must take, and may take, over all ways to refer a number of people.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/referral/network.hpp>
#include <tutela/referral/reach.hpp>
#include <tutela/referral/resilience.hpp>

namespace tutela::inline v0 {

/// The people at a place in every assignment: at least, and at most.
struct LoadRange {
  std::int64_t least = 0;     ///< In every assignment so many are there.
  std::int64_t greatest = 0;  ///< In some assignment so many are there, in none are more.

  friend bool operator==(LoadRange const&, LoadRange const&) = default;
};

/// The load of a service.
struct ServiceLoad {
  ServiceId service;                     ///< The service.
  LoadRange people;                      ///< People who end there.
  std::optional<std::int64_t> capacity;  ///< How many it takes; nothing when not limited.

  friend bool operator==(ServiceLoad const&, ServiceLoad const&) = default;
};

/// The load of a way to a service. Hops on other grounds between the same stops share it.
struct LastHopLoad {
  AgencyId from;      ///< Agency or unit that refers to the service.
  ServiceId service;  ///< The service.
  LoadRange people;   ///< People who come that way.

  friend bool operator==(LastHopLoad const&, LastHopLoad const&) = default;
};

/// A stop that more people must pass than it takes through, whatever way is chosen for them.
struct OverloadedStop {
  NodeId node;                ///< The stop.
  std::int64_t least = 0;     ///< So many must pass it when everybody is to be served and no stop were limited.
  std::int64_t capacity = 0;  ///< How many it takes through.

  friend bool operator==(OverloadedStop const&, OverloadedStop const&) = default;
};

/// The load of a network under a demand.
struct NetworkLoad {
  std::int64_t served = 0;                 ///< How many can get to a service of the kind at once.
  std::int64_t wanted = 0;                 ///< How many are to be referred.
  std::vector<ServiceLoad> services;       ///< Services that somebody may end at, in the order of stops.
  std::vector<LastHopLoad> hops;           ///< Ways to them that somebody may come, in the order of hops.
  std::vector<OverloadedStop> overloaded;  ///< What is certainly too narrow, in the order of stops.

  friend bool operator==(NetworkLoad const&, NetworkLoad const&) = default;
};

/// Looks at all assignments of people to paths that serve as many as can be served under the capacities of stops.
///
/// Everybody is a whole person; nobody passes a stop twice. Ranges are exact, and those of different places do not add up:
/// what one service takes another cannot. Of agencies on the way only what is certainly too much for them is told.
/// \param client What is known of all people; see `find_bottleneck`.
/// \return The load, what is wrong as for `find_bottleneck`, or the limit `search_steps` (arcs of all flows).
/// \source{Ford, Fulkerson, Flows in Networks, 1962}
/// \complexity A maximum flow for each service, a logarithm of the people for each way to one.
[[nodiscard]] TUTELA_API Result<NetworkLoad> find_load(Network const& network, ReachClient const& client,
                                                       ServiceKind const& kind, std::vector<Demand> const& demand,
                                                       std::vector<NodeCapacity> const& capacities,
                                                       HopState least = HopState::certain, Limits const& limits = {});

}  // namespace tutela::inline v0
