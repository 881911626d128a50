// SPDX-License-Identifier: Apache-2.0
/// \file
/// Which facts are needed to tell answers apart, where constraints tie facts to each other (internal).
#pragma once

#include <cstdint>
#include <vector>

#include "rules/joint_regions.hpp"

namespace tutela::detail {

/// A decision over common regions, and the constraints that bear on it.
struct ConstrainedDiagram {
  RegionDiagrams::Id rules = RegionDiagrams::none;
  std::vector<RegionDiagrams::Id> constraints;  ///< A case is ruled out where one of them answers `false`.
};

/// Diagrams for the same decisions that test no fact which the others make needless.
///
/// A fact that stays is needed: two cases that the constraints allow, and that differ in this fact alone among those that
/// stay, have different answers; or knowing the fact rules out an answer that facts nobody can ask left possible. Together the
/// facts that stay tell the answers apart in every case that the constraints allow; elsewhere any answer may stand.
/// \param diagrams  Store over `regions`; it grows.
/// \param decisions Diagrams whose answers are places in `answers`. One that is `none` stays so.
/// \param order     Facts in the order in which they are left out where they can be.
/// \param askable   For each fact whether somebody can be asked.
/// \return A diagram for each decision; its answers are numbers of their own. `none` where the store is full.
std::vector<RegionDiagrams::Id> needed_only(RegionDiagrams& diagrams, std::vector<Value> const& answers,
                                            std::vector<ConstrainedDiagram> const& decisions,
                                            std::vector<std::uint32_t> const& order, std::vector<bool> const& askable);

}  // namespace tutela::detail
