// SPDX-License-Identifier: Apache-2.0
/// \file
/// Every combination of regions of one decision table (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <tutela/facts/value.hpp>

#include "rules/model.hpp"
#include "rules/region_index.hpp"
#include "rules/table_input.hpp"

namespace tutela::detail {

/// What an input of a table may be.
struct InputDomain {
  std::vector<Value> allowed;  ///< The only known values; empty when any.
  Range range;                 ///< Bounds of the known values.
  bool optional = false;       ///< True when there may be none.
  bool constrained = false;    ///< True when constraints on facts read it; then it is cut at their constants too.
};

/// What is declared about an input: as a fact, as a decision, or by the type of the column.
[[nodiscard]] InputDomain domain_of(DecisionTable::Input const& input, InputOrigin const& origin);

/// True where some rule should apply in every case: one answer is wanted, and there is no default.
[[nodiscard]] bool needs_a_rule(DecisionTable const& table);

/// True for rules that answer alike, constants by value, expressions as written.
[[nodiscard]] bool same_outputs(DecisionTable::Rule const& lhs, DecisionTable::Rule const& rhs);

/// One way through the table: for each column a value, nothing where the column is not tested.
using Example = std::vector<std::optional<Value>>;

/// The constraints on the facts behind the inputs.
struct TableConstraints {
  std::vector<Value> constants;               ///< What the constraints mention.
  std::function<bool(Example const&)> allow;  ///< False when no case has these inputs; values, or sets and ranges.
};

/// What all combinations together show. Rules are indices.
struct TableCheck {
  std::optional<Example> gap;                                    ///< A combination at which no rule holds.
  std::map<std::pair<std::size_t, std::size_t>, Example> pairs;  ///< Rules that hold at once, with an example each.
  std::set<std::size_t> reached;                                 ///< Rules that some combination reaches.
  std::uint64_t steps = 0;                                       ///< Work that it took: words of masks.
  bool complete = true;                                          ///< False when the limit ended the search.
  bool exact = true;  ///< False when no values were found for a combination that the constraints may leave.
};

/// Walks a table with an index.
///
/// Columns are taken one after the other; what is left is the set of rules that still hold. Equal sets at one column
/// lead to the same, so each is walked once: the work is bounded by their number, not by that of the combinations.
/// \param domains  For each input of the table.
/// \param in_force Indices of the rules in force.
/// \param most     Most steps: each set that is met counts as many as it has words, so that memory is bounded too.
/// \param pairs    Most pairs that are kept.
/// \param constraints Which combinations there are; nothing when there are all.
[[nodiscard]] TableCheck check_table(DecisionTable const& table, std::vector<InputDomain> const& domains,
                                     std::vector<std::size_t> const& in_force, std::uint64_t most, std::size_t pairs,
                                     TableConstraints const* constraints = nullptr);

}  // namespace tutela::detail
