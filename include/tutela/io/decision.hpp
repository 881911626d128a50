// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading and writing the decisions of people on findings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/casework/decision.hpp>

namespace tutela::inline v0 {

/// Reads decisions from JSON text in the format `tutela-decisions/1`. One that lacks something is read; what it lacks is told
/// by `check_decision` with the pointer `/decisions/N`.
/// \param file Name for the diagnostics.
[[nodiscard]] TUTELA_API Result<std::vector<Decision>> parse_decisions(std::string_view json,
                                                                       std::string const& file = {},
                                                                       Limits const& limits = {});

/// The same from a file; `-` is standard input.
[[nodiscard]] TUTELA_API Result<std::vector<Decision>> load_decisions(std::string const& path,
                                                                      Limits const& limits = {});

/// Decisions as JSON text in the format `tutela-decisions/1`; reading it again gives the same decisions.
/// \param indent Blanks for each level; 0 writes one line.
[[nodiscard]] TUTELA_API std::string write_decisions(std::vector<Decision> const& decisions, int indent = 0);

}  // namespace tutela::inline v0
