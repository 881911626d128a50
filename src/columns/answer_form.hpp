// SPDX-License-Identifier: Apache-2.0
/// \file
/// How the computed answers of a decision are counted, found out before the first row (internal).
#pragma once

#include <optional>

#include "columns/amount_form.hpp"

namespace tutela::detail {

class ColumnProgram;
struct ColumnDecision;

/// Dates where the decision is declared to give dates. Numbers where each answer is an expression whose digits after the
/// point follow from the columns, the constants and what is rounded to a fixed place: `salary * 0.05`, `decimal(rent / 12, 2)`.
/// Nothing for other decisions.
/// \param program With its columns. Linear in the expressions of the decision and of those below.
[[nodiscard]] std::optional<AmountForm> answer_form(ColumnProgram const& program, ColumnDecision const& decision);

}  // namespace tutela::detail
