// SPDX-License-Identifier: Apache-2.0
/// \file
/// Facts of one person as one block of memory, `tutela-c/row.h` (internal).
#pragma once

#include <span>

#include "capi/handles.hpp"

namespace tutela::detail {

/// Makes every fact unknown.
void clear_facts(tutela_session& session);

/// Sets what the cells hold. \throws Error with every cell that is wrong, ContractViolation; then some are set.
void set_row(tutela_session& session, std::span<tutela_cell const> row);

}  // namespace tutela::detail
