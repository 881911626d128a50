// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tables over whole numbers, written out (internal).
#pragma once

#include "risk/program.hpp"

namespace tutela::detail {

/// Writes out the tables of a program of which that can be done.
void add_lookups(InstrumentProgram& program);

}  // namespace tutela::detail
