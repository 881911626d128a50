// SPDX-License-Identifier: Apache-2.0
/// \file
/// The law of child protection, records of children in protection, and reviews of them as JSON.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/casework/child_protection.hpp>

namespace tutela::inline v0 {

/// Reads what the law sets from JSON text in the format `tutela-protection-law/1`.
/// \param file Name for the diagnostics.
[[nodiscard]] TUTELA_API Result<ProtectionLaw> parse_protection_law(std::string_view json, std::string const& file = {},
                                                                    Limits const& limits = {});

/// Loads it by path, or what ships with the library by the folder of its country: `md`, `ro`, `ua`.
[[nodiscard]] TUTELA_API Result<ProtectionLaw> load_protection_law(std::string const& path_or_id,
                                                                   Limits const& limits = {});

/// Reads records from JSON text in the format `tutela-child-protection/1`. Removals whose steps cannot be are refused.
/// \param file Name for the diagnostics.
[[nodiscard]] TUTELA_API Result<ProtectionRecords> parse_protection_records(std::string_view json,
                                                                            std::string const& file = {},
                                                                            Limits const& limits = {});

/// The same from a file; `-` is standard input.
[[nodiscard]] TUTELA_API Result<ProtectionRecords> load_protection_records(std::string const& path,
                                                                           Limits const& limits = {});

/// The records as JSON text in the format `tutela-child-protection/1`; reading it again gives the same records.
/// \param indent Blanks for each level; 0 writes one line.
[[nodiscard]] TUTELA_API std::string write_protection_records(ProtectionRecords const& records, int indent = 0);

/// Reviews as JSON text, with every text of law that they name: identifier, name, article, grade, status.
/// \param law, clocks What the reviews were made with.
/// \param indent      Blanks for each level; 0 writes one line.
[[nodiscard]] TUTELA_API std::string write_child_reviews(std::span<ChildReview const> reviews, ProtectionLaw const& law,
                                                         std::span<Clock const> clocks, int indent = 0);

}  // namespace tutela::inline v0
