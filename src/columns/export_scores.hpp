// SPDX-License-Identifier: Apache-2.0
/// \file
/// Scores as columns of Arrow (internal).
#pragma once

#include <vector>

#include "columns/owned_array.hpp"
#include "columns/score_run.hpp"

namespace tutela::detail {

/// Adds the types of the columns of each instrument; `BatchProgram::export_schema` says which.
void add_score_schemas(ScorePart const& part, BatchOptions const& options, std::vector<OwnedSchema>& fields);

/// Adds the columns themselves, in the same order. \param scores One for each instrument.
void add_score_arrays(ScorePart const& part, BatchOptions const& options, std::vector<InstrumentScores> const& scores,
                      std::vector<OwnedArray>& arrays);

}  // namespace tutela::detail
