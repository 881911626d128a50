// SPDX-License-Identifier: Apache-2.0
/// \file
/// Placing of groups that stay together, with who must be apart and which rooms they need (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <tutela/referral/rooms.hpp>
#include "referral/transport.hpp"

namespace tutela::detail {

/// What bounds an arrangement beside capacities.
struct Constraints {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> apart;  ///< Groups that must not share a place.
  std::vector<std::vector<RoomNeed>> needs;                    ///< Of each group; empty: any room.
  std::vector<std::vector<RoomSupply>> rooms;                  ///< Of each place; empty: no bound.
};

/// Arranges groups. Not always the cheapest arrangement; `bound` says how far from it at most.
///
/// The problem with all groups split is solved exactly; who came out whole stays. The others enter by size, where the
/// places they need are made free by chains of moves of smaller groups; where that fails, smaller groups are sent back
/// to enter again. Then each size is arranged anew, exactly, with the others held; and every group that is dearer than
/// its prices allow tries to enter elsewhere. Where all that is small, branch and bound then finds the best one. Work is
/// bounded by steps, so the same input gives the same answer.
/// \param steps Bound on the tries, and on the options looked at by branch and bound.
template <class Cost>
Placement<Cost> place_groups(Transport<Cost> const& problem, Constraints const& constraints, std::size_t steps);

extern template Placement<std::int64_t> place_groups(Transport<std::int64_t> const&, Constraints const&, std::size_t);
extern template Placement<WideCost> place_groups(Transport<WideCost> const&, Constraints const&, std::size_t);

}  // namespace tutela::detail
