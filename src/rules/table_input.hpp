// SPDX-License-Identifier: Apache-2.0
/// \file
/// What an input of a decision table reads (internal).
#pragma once

#include <string>

#include "rules/model.hpp"
#include "rules/pack_impl.hpp"

namespace tutela::detail {

/// The one fact or decision that an input of a table is; all empty when it is computed from any.
struct InputOrigin {
  std::string name;                       ///< Its name with the path to the component that is read.
  GraphNode const* required = nullptr;    ///< The requirement that it is, or is a component of.
  FactDeclaration const* fact = nullptr;  ///< Its declaration; nothing for a decision, and for a part of a list.
  bool whole = false;                     ///< True where it is the requirement itself, not a component.
};

/// Looks at the expression of an input of a table of `text`.
[[nodiscard]] InputOrigin origin_of(PackImpl const& pack, NodeText const& text, DecisionTable::Input const& input);

}  // namespace tutela::detail
