// SPDX-License-Identifier: Apache-2.0
/// \file
/// Names that look like a slip of the pen for another one.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/facts/schema.hpp>

namespace tutela::inline v0 {

/// The name that somebody probably meant: it differs in the case of letters or in dashes and blanks for `_`, by one or two
/// letters (one in names of up to five), or one of the two has further words at its end (`child.distance` for
/// `child.distance_km`) or stands behind a dot at the end of the other one (`birth_date` for `person.birth_date`).
///
/// \return The nearest one, the first of several; empty when none is near. It is for a message to people and never for
///         an answer. The work is the number of names times the square of their length.
[[nodiscard]] TUTELA_API std::string nearest_name(std::string_view written, std::span<std::string const> names);

/// The declared fact that somebody probably meant; otherwise as `nearest_name`.
[[nodiscard]] TUTELA_API std::string nearest_fact(std::string_view written, Schema const& schema);

/// Those of some names, none of which is read, that are near to a declared one that is lacking: of facts, or of the columns
/// of a table.
///
/// \return Warnings; the place is the name as it was written, and the mend names the declared one.
[[nodiscard]] TUTELA_API std::vector<Diagnostic> misspelt_names(std::span<std::string const> written,
                                                                std::span<std::string const> lacking);

/// Facts of a record that a schema does not declare and whose names are near to a declared one that the record lacks.
///
/// Facts of other names may be meant for other packs. A misspelt one is no error, because nothing is decided by it: the
/// fact that was meant stays unknown. Yet whoever wrote it should hear of it.
/// \return Warnings; the place is the fact as it was written, and the mend names the declared one.
[[nodiscard]] TUTELA_API std::vector<Diagnostic> misspelt_facts(Schema const& schema, Record const& record);

}  // namespace tutela::inline v0
