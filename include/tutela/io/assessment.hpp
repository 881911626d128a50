// SPDX-License-Identifier: Apache-2.0
/// \file
/// Assessments as JSON (`urn:tutela:schema:assessment:1`).
#pragma once

#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/engine/assessment.hpp>

namespace tutela::inline v0 {

/// One assessment as one line of JSON without a line end, or indented for people.
///
/// Keys stand in a fixed order and numbers are written shortest, so equal assessments give equal bytes.
/// \param assessment What was found.
/// \param indent     Blanks an indentation step; 0 for one line.
[[nodiscard]] TUTELA_API std::string write_assessment(Assessment const& assessment, int indent = 0);

/// Assessments as NDJSON: one line each, each with a line end.
[[nodiscard]] TUTELA_API std::string write_assessments(std::vector<Assessment> const& assessments);

}  // namespace tutela::inline v0
