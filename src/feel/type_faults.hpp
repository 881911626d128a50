// SPDX-License-Identifier: Apache-2.0
/// \file
/// Faults that the types alone show, before any value is there (internal).
#pragma once

#include "feel/program.hpp"

namespace tutela::detail {

/// Reports each operation that cannot give a value whatever the facts are: a number plus a text, a test of a date
/// against a number, a component that the type lacks; and each `is known`, whose answer would not last. Only operands whose types are certain count, so a
/// finding is never a guess. Findings are warnings: an expression may stand where it is never reached; the reader of
/// models makes them errors.
/// \param input The type of the tested value, for unary tests.
void report_type_faults(Program const& program, Type const* input, Diagnostics& diagnostics);

}  // namespace tutela::detail
