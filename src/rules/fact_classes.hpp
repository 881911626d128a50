// SPDX-License-Identifier: Apache-2.0
/// \file
/// Which regions of a fact the tables of a plan tell apart (internal).
#pragma once

#include <cstddef>
#include <vector>

#include "rules/computed_input.hpp"
#include "rules/plan.hpp"
#include "rules/plan_source.hpp"

namespace tutela::detail {

/// Where a column of a plan reads a fact.
struct FactUse {
  std::size_t step;
  std::size_t column;
  RegionIndex::Column const* index;
  std::vector<RuleWord> in_force;
  ComputedInput const* computed;  ///< Nothing where the column reads the fact as it is.
};

/// Finds the classes of a fact, and what they are worth in the columns that read it.
/// \param index Of the fact in the plan. \param uses All of them. \return False where there are too many, or none.
[[nodiscard]] bool add_classes(Plan& plan, std::size_t index, PlainSource const& source,
                               std::vector<FactUse> const& uses, FactLine const& line);

}  // namespace tutela::detail
