// SPDX-License-Identifier: Apache-2.0
/// \file
/// From expressions to formulas (internal).
#pragma once

#include <cstddef>
#include <memory>

#include "columns/formula.hpp"
#include "rules/joint_input.hpp"

namespace tutela::detail {

class ColumnProgram;

/// The formula of a joint input over the columns of a program; nothing where it is more than formulas can say, or reads what
/// has no column. Its readers are those of the program's columns.
[[nodiscard]] std::shared_ptr<Formula const> formula_of(ColumnProgram const& program, JointInput const& joint);

/// The same of what a rule answers, as the decision answers it. \param text Of a decision that is a table with one output.
/// \param rule The number of rules for the default.
[[nodiscard]] std::shared_ptr<Formula const> formula_of(ColumnProgram const& program, NodeText const& text,
                                                        std::size_t rule);

/// The same of a decision that is an expression.
[[nodiscard]] std::shared_ptr<Formula const> formula_of(ColumnProgram const& program, NodeText const& text);

}  // namespace tutela::detail
