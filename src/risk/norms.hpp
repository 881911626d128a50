// SPDX-License-Identifier: Apache-2.0
/// \file
/// Which norms of an instrument hold together, and which of them counts in one place on one day (internal).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/date.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/base/result.hpp>

#include "risk/program.hpp"

namespace tutela::detail {

/// Norms of the same places and days together. Reports norms that are incomplete, or that hold where another does.
std::vector<NormGroup> group_norms(InstrumentDescription const& description, std::string const& file,
                                   Diagnostics& found);

/// The description with the bands of a group in the place of its own.
InstrumentDescription cut_by(InstrumentDescription const& description, NormGroup const& group);

/// The cut that holds; a diagnostic when there is none, or when it depends on a day that is not given.
Result<std::shared_ptr<InstrumentProgram const>> choose_norm(std::vector<NormCut> const& cuts,
                                                             std::string_view jurisdiction, std::optional<Date> on);

/// True when some norm holds in a place, on whatever day.
bool has_norm_in(std::vector<NormCut> const& cuts, std::string_view jurisdiction);

}  // namespace tutela::detail
