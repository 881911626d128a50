// SPDX-License-Identifier: Apache-2.0
/// \file
/// Maximum flow and minimum cut (internal).
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

/// Shortest augmenting paths from `source` to `target`. Capacities are 0 or more and their sum fits 64 bits.
///
/// \source{Ahuja, Orlin, Distance-directed augmenting path algorithms for maximum flow and parametric maximum flow
/// problems, 1991}
/// \complexity O(N^2 A) at worst, a few passes over the arcs in practice.
FlowCut maximum_flow(std::uint32_t nodes, std::vector<FlowArc> const& arcs, std::uint32_t source, std::uint32_t target);

}  // namespace tutela::detail
