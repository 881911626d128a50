// SPDX-License-Identifier: Apache-2.0
/// \file
/// Maximum flow and minimum cut; the one door to LEMON (internal).
#pragma once

#include <cstdint>
#include <vector>

namespace tutela::detail {

/// An arc of a flow network.
struct FlowArc {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::int64_t capacity = 0;
};

/// The value of a maximum flow, and a minimum cut.
struct FlowCut {
  std::int64_t value = 0;
  std::vector<bool> source_side;  ///< For each node: on the source's side of the cut nearest to the target.
};

/// Push-relabel from `source` to `target`. Capacities are 0 or more and their sum fits 64 bits.
FlowCut maximum_flow(std::uint32_t nodes, std::vector<FlowArc> const& arcs, std::uint32_t source, std::uint32_t target);

}  // namespace tutela::detail
