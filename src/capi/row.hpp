// SPDX-License-Identifier: Apache-2.0
/// \file
/// Facts of one person as one block of memory, `tutela-c/row.h` (internal).
#pragma once

#include <span>

#include "capi/handles.hpp"

namespace tutela::detail {

/// Sets what the cells hold. \throws Error with every cell that is wrong, ContractViolation; then every fact is unknown.
void set_row(tutela_session& session, std::span<tutela_cell const> row);

}  // namespace tutela::detail
