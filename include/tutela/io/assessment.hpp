// SPDX-License-Identifier: Apache-2.0
/// \file
/// Assessments and their parts as JSON (`urn:tutela:schema:assessment:1`).
#pragma once

#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/engine/assessment.hpp>
#include <tutela/model/case.hpp>
#include <tutela/rules/pack.hpp>

namespace tutela::inline v0 {

/// A known value as plain JSON; a value in another state as an object: `{"state": "none"}`.
[[nodiscard]] TUTELA_API std::string write_value(Value const& value);

/// One verdict as JSON, with the keys of a finding but without its pack. \param indent As for `write_assessment`.
[[nodiscard]] TUTELA_API std::string write_verdict(Verdict const& verdict, int indent = 0);

/// One verdict of a table of cases as one line of JSON without a line end: `case`, `pack` and `pack_digest`, then its keys.
[[nodiscard]] TUTELA_API std::string write_verdict_line(CaseId const& id, PackInfo const& pack, Verdict const& verdict);

/// One answer of the router as JSON, with the duties to report. \param indent As for `write_assessment`.
[[nodiscard]] TUTELA_API std::string write_route(RouteAnswer const& answer, int indent = 0);

/// One assessment as one line of JSON without a line end, or indented for people.
///
/// Keys stand in a fixed order and numbers are written shortest, so equal assessments give equal bytes.
/// \param assessment What was found.
/// \param indent     Blanks an indentation step; 0 for one line.
[[nodiscard]] TUTELA_API std::string write_assessment(Assessment const& assessment, int indent = 0);

/// Assessments as NDJSON: one line each, each with a line end.
[[nodiscard]] TUTELA_API std::string write_assessments(std::vector<Assessment> const& assessments);

}  // namespace tutela::inline v0
