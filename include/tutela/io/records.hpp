// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading and writing books of records, and indicators as JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/casework/record_book.hpp>

namespace tutela::inline v0 {

/// Reads a book of records from JSON text in the format `tutela-records/1`. Strict: every unknown key, wrong type and dangling
/// reference is reported with its JSON pointer, all of them.
/// \param file Name for the diagnostics.
[[nodiscard]] TUTELA_API Result<RecordBook> parse_records(std::string_view json, std::string const& file = {},
                                                          Limits const& limits = {});

/// The same from a file, or a book that ships: `casework` holds the kinds of records of this field. `-` is standard input.
[[nodiscard]] TUTELA_API Result<RecordBook> load_records(std::string const& path_or_id, Limits const& limits = {});

/// The kinds that the book of this name declares, which ships with the library. \return All that is wrong, also when none
/// of that name ships.
[[nodiscard]] TUTELA_API Result<RecordKinds> shipped_record_kinds(std::string const& id, Limits const& limits = {});

/// The book as JSON text in the format `tutela-records/1`; reading it again gives the same book. It holds what stays with the team
/// too: what leaves it is written from `RecordBook::shareable`.
/// \param indent Blanks for each level; 0 writes one line.
[[nodiscard]] TUTELA_API std::string write_records(RecordBook const& book, int indent = 0);

/// Values of indicators of a book as a JSON array, each with its name, unit and what it was made from.
[[nodiscard]] TUTELA_API std::string write_indicators(RecordBook const& book, std::vector<IndicatorValue> const& values,
                                                      int indent = 0);

/// Whether sums agree, as a JSON array.
[[nodiscard]] TUTELA_API std::string write_identities(std::vector<IdentityResult> const& results, int indent = 0);

}  // namespace tutela::inline v0
