// SPDX-License-Identifier: Apache-2.0
/// \file
/// An input of a table that no plan of single facts can read: computed from several facts, from lists, or from decisions
/// that are no tables of constants (internal).
///
/// Where such an input has a value, the table that tests it is a function of the region in which the value lies, as it is
/// for a fact. So many rows can be answered by a plan when somebody evaluates the input for each of them, which is what
/// `Session::tested` does.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "rules/model.hpp"
#include "rules/open_form.hpp"

namespace tutela::detail {

class PackImpl;

/// See the file comment. It refers to the model's table, which must outlive it.
struct JointInput {
  NodeText const* text = nullptr;               ///< Whose frame it is evaluated on.
  DecisionTable::Input const* input = nullptr;  ///< It has an expression.
  std::vector<std::size_t> facts;               ///< All facts that it rests on: places in the schema, ascending.
  OpenForm form = {};                           ///< What missing facts can make of it.

  /// True where the other one always has the same value: the same text over the same nodes, of the same type.
  [[nodiscard]] bool is_same_as(JointInput const& other) const;
};

/// The facts that an expression of a text rests on, also through decisions: places in the schema of the pack, ascending.
std::vector<std::size_t> facts_below(PackImpl const& pack, NodeText const& text, Expression const& expression);

}  // namespace tutela::detail
