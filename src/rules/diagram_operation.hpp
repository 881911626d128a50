// SPDX-License-Identifier: Apache-2.0
/// \file
/// Calculating with decision diagrams: combining several of them, taking facts away, finding a case (internal).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "rules/region_diagram.hpp"

namespace tutela::detail {

/// Combines diagrams case by case: in each case the result is what the operation makes of their answers.
///
/// Linear in the number of combinations of nodes that meet; equal combinations are worked out once, a million at most.
class DiagramOperation {
 public:
  using Id = RegionDiagrams::Id;
  /// The result for these diagrams where it is known at once; it must be, where all of them are answers.
  using Known = std::function<std::optional<Id>(std::span<Id const>)>;

  DiagramOperation(RegionDiagrams& diagrams, Known known) : diagrams_(diagrams), known_(std::move(known)) {}

  /// \return The result; `RegionDiagrams::none` when the store is full, or too many combinations met.
  Id operator()(std::vector<Id> const& operands);

 private:
  RegionDiagrams& diagrams_;
  Known known_;
  std::map<std::vector<Id>, Id> done_;
};

/// The diagram once some facts are taken away: the answer where all of their values lead to one, elsewhere what
/// `agreed` makes of two answers.
/// \param hidden True for each fact that is taken away.
/// \param agreed What becomes of two diagrams of which nobody knows which one holds.
RegionDiagrams::Id without_facts(RegionDiagrams& diagrams, RegionDiagrams::Id root, std::vector<bool> const& hidden,
                                 DiagramOperation& agreed);

/// A way through some diagrams: for each fact its region, nothing where none of them asks for it.
using RegionPath = std::vector<std::optional<std::uint32_t>>;

/// What a search for a way found.
struct PathSearchResult {
  std::optional<RegionPath> path;
  bool complete = true;  ///< False when the search ended at a million combinations of nodes.
};

/// The first way, regions in order, that a condition on the answers at its end accepts; nothing when there is none.
/// \param accepts Takes the answers, one for each diagram, and the way. Ways that share the rest are tried once.
PathSearchResult first_path(RegionDiagrams const& diagrams, std::vector<RegionDiagrams::Id> const& roots,
                            std::function<bool(std::span<RegionDiagrams::Id const>, RegionPath const&)> const& accepts);

}  // namespace tutela::detail
