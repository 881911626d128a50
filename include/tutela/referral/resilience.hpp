// SPDX-License-Identifier: Apache-2.0
/// \file
/// What clients depend on: the one agency or service without which they reach nothing, and where too many want through.
#pragma once

#include <cstdint>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/result.hpp>
#include <tutela/referral/network.hpp>
#include <tutela/referral/reach.hpp>

namespace tutela::inline v0 {

/// A stop without which a client loses others.
struct SinglePoint {
  std::uint32_t node = 0;             ///< Number of the stop in `Network::nodes`.
  std::vector<std::uint32_t> losses;  ///< Services that the client reaches only through it, itself included, in order.

  friend bool operator==(SinglePoint const&, SinglePoint const&) = default;
};

/// Single points of failure for one client, by how many services hang on them, most first; then by number.
///
/// A stop is one when every path from the client's agency to some service goes through it (a dominator). Only stops that
/// stand between are named: neither where the client starts nor a service that only ends its own path.
/// \param least How sure the hops must be that count.
/// \source{Cooper, Harvey, Kennedy, A Simple, Fast Dominance Algorithm, 2001}
/// \complexity Nearly linear in the hops; one test of every hop for the client.
[[nodiscard]] TUTELA_API Result<std::vector<SinglePoint>> single_points(Network const& network,
                                                                        ReachClient const& client,
                                                                        HopState least = HopState::certain);

/// How many people a stop can take through in a period; stops that are not named take any number.
struct NodeCapacity {
  NodeId node;                ///< The stop.
  std::int64_t capacity = 0;  ///< How many, 0 or more.

  friend bool operator==(NodeCapacity const&, NodeCapacity const&) = default;
};

/// People at a stop who are to be referred on.
struct Demand {
  AgencyId from;            ///< Agency or unit that refers.
  std::int64_t people = 0;  ///< How many, 0 or more.

  friend bool operator==(Demand const&, Demand const&) = default;
};

/// How many can get through at once, and what is in the way of more. Where nobody leads there at all, both lists are
/// empty and nobody is served.
struct Bottleneck {
  std::int64_t served = 0;           ///< How many get to a service of the kind.
  std::int64_t wanted = 0;           ///< How many are to be referred.
  std::vector<NodeId> nodes;         ///< The narrowest stops. `served` is what they take, and all people of:
  std::vector<AgencyId> all_served;  ///< agencies whose people get through without passing any of these stops.

  friend bool operator==(Bottleneck const&, Bottleneck const&) = default;
};

/// The largest number of people who can be referred to services of a kind under capacities of stops, and the narrowest
/// set of stops (a minimum cut): to serve more, one of them must take more.
///
/// All people are clients like `client`, whose own agency does not matter; hops count when at least as sure as `least`.
/// \return The bottleneck, or what is wrong: a stop that the network lacks or that stands twice, a negative number.
/// \complexity Blocking flows on twice the stops: O(S^2 H) at worst, a few passes over the hops in practice.
[[nodiscard]] TUTELA_API Result<Bottleneck> find_bottleneck(Network const& network, ReachClient const& client,
                                                            ServiceKind const& kind, std::vector<Demand> const& demand,
                                                            std::vector<NodeCapacity> const& capacities,
                                                            HopState least = HopState::certain);

}  // namespace tutela::inline v0
