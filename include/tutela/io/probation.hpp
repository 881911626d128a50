// SPDX-License-Identifier: Apache-2.0
/// \file
/// The law of probation, records of supervision, and reviews of them as JSON.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/casework/supervision.hpp>

namespace tutela::inline v0 {

/// Reads what the law sets for probation from JSON text in the format `tutela-probation-law/1`. Two texts that may be used
/// by default and set the same bound for the same matter, age and day are refused.
/// \param file Name for the diagnostics.
[[nodiscard]] TUTELA_API Result<ProbationLaw> parse_probation_law(std::string_view json, std::string const& file = {},
                                                                  Limits const& limits = {});

/// Loads it by path, or what ships with the library by the folder of its country: `md`, `ro`, `ua`.
[[nodiscard]] TUTELA_API Result<ProbationLaw> load_probation_law(std::string const& path_or_id,
                                                                 Limits const& limits = {});

/// Reads records from JSON text in the format `tutela-probation/1`.
/// \param file Name for the diagnostics.
[[nodiscard]] TUTELA_API Result<ProbationRecords> parse_probation_records(std::string_view json,
                                                                          std::string const& file = {},
                                                                          Limits const& limits = {});

/// The same from a file; `-` is standard input.
[[nodiscard]] TUTELA_API Result<ProbationRecords> load_probation_records(std::string const& path,
                                                                         Limits const& limits = {});

/// The records as JSON text in the format `tutela-probation/1`; reading it again gives the same records.
/// \param indent Blanks for each level; 0 writes one line.
[[nodiscard]] TUTELA_API std::string write_probation_records(ProbationRecords const& records, int indent = 0);

/// Reviews as JSON text, with every text of law that they name: identifier, name, article, grade, status.
/// \param law, clocks What the reviews were made with.
/// \param indent      Blanks for each level; 0 writes one line.
[[nodiscard]] TUTELA_API std::string write_supervision_reviews(std::span<SupervisionReview const> reviews,
                                                               ProbationLaw const& law, std::span<Clock const> clocks,
                                                               int indent = 0);

}  // namespace tutela::inline v0
