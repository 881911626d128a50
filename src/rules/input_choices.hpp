// SPDX-License-Identifier: Apache-2.0
/// \file
/// The inputs of a table, and the values that its cells tell apart (internal).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "rules/model.hpp"
#include "rules/pack_impl.hpp"
#include "rules/pieces.hpp"
#include "rules/possible_cases.hpp"

namespace tutela::detail {

/// One input of a table, which several of its columns may test.
struct TableInput {
  std::vector<std::size_t> columns;  ///< In the order of the table.
  std::string fact;                  ///< The fact that it is; empty when it is a decision or computed.
  bool constrained = false;          ///< True when constraints on facts read it.
  Value now;                         ///< What it is in the case.
  std::vector<Piece> changes;        ///< Everything that it may be; one value for each region.
  std::vector<Piece> open;           ///< What it may still be as it is now: one value when it is known.
  bool exact = true;                 ///< False when some cell is more than a comparison with constants.
};

/// Everything that a fact may be: one value for each region into which these constants cut its declared type, and none
/// where there may be none. Nothing for lists, structures and facts without a type.
[[nodiscard]] std::vector<Piece> values_of(FactDeclaration const& fact, std::vector<Value> const& constants);

/// The inputs of a table of `text`, in the order of their first columns.
///
/// Columns are one input where they read the same fact or decision, or are written alike. The values of a fact are those
/// of its declaration, cut where the cells have constants, and where the constraints have if they read it. What an
/// expression may come to is not declared: any value of its type, cut likewise.
/// \param now What the columns are in the case.
[[nodiscard]] std::vector<TableInput> inputs_of(PackImpl const& pack, NodeText const& text, DecisionTable const& table,
                                                std::vector<Value> const& now, PossibleCases const& possible);

}  // namespace tutela::detail
