// SPDX-License-Identifier: Apache-2.0
/// \file
/// Which outputs and bands follow from the total alone, and in which direction (internal).
#pragma once

#include <span>

#include "risk/program.hpp"

namespace tutela::detail {

/// Writes out what does not depend on facts, and what follows from the total alone.
void add_total_form(InstrumentProgram& program);

/// Writes what follows from one total to the places of these steps. \param values Begins as `program.constants`.
void follow_total(InstrumentProgram const& program, double total, std::span<double> values);

}  // namespace tutela::detail
