// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reads a decision table as a formula (internal).
#pragma once

#include <optional>

#include "columns/expression_reader.hpp"

namespace tutela::detail {

/// What the rules of a table with one output answer where they apply, under a policy for which the first or the only rule
/// counts; nothing where a formula cannot say it. \param law_on The day whose rules are in force; nothing: all are.
[[nodiscard]] MaybeTerm read_table(FormulaWork& work, NodeText const& text, std::optional<Date> law_on);

}  // namespace tutela::detail
