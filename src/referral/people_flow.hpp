// SPDX-License-Identifier: Apache-2.0
/// \file
/// People who are referred, as a flow through stops (internal).
#pragma once

#include <cstdint>
#include <vector>

#include <tutela/referral/resilience.hpp>
#include "referral/flow.hpp"

namespace tutela::detail {

/// Each stop is two nodes, one to come in and one to go out; its capacity lies between them. What takes any number takes one
/// more than there are people, so that it is never what is narrow.
struct PeopleFlow {
  std::vector<FlowArc> arcs;
  std::vector<std::uint32_t> hop;     ///< For each arc: the number of its hop, or `no_hop`.
  std::vector<std::int64_t> people;   ///< At each stop.
  std::vector<std::int64_t> through;  ///< Of each stop.
  std::uint32_t source = 0;
  std::uint32_t target = 0;
  std::int64_t wanted = 0;
  std::int64_t any = 0;  ///< Stands for any number.

  static constexpr std::uint32_t no_hop = UINT32_MAX;

  [[nodiscard]] static std::uint32_t in(std::uint32_t stop) noexcept { return 2 * stop; }
  [[nodiscard]] static std::uint32_t out(std::uint32_t stop) noexcept { return 2 * stop + 1; }
  [[nodiscard]] std::uint32_t nodes() const noexcept { return target + 1; }
};

/// Everything that is wrong with a demand.
Diagnostics check_demand(Network const& network, std::vector<Demand> const& demand,
                         std::vector<NodeCapacity> const& capacities);

/// Makes the flow of a demand that was found sound.
PeopleFlow people_flow(Network const& network, ReachClient const& client, ServiceKind const& kind,
                       std::vector<Demand> const& demand, std::vector<NodeCapacity> const& capacities, HopState least);

}  // namespace tutela::detail
