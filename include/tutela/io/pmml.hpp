// SPDX-License-Identifier: Apache-2.0
/// \file
/// Point scales as Scorecards of PMML 4.4, the exchange format of the Data Mining Group, in and out.
#pragma once

#include <string>
#include <string_view>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/risk/instrument.hpp>

namespace tutela::inline v0 {

/// Reads the only Scorecard of a PMML document (4.0 to 4.4) as an instrument.
///
/// A characteristic becomes an item, its attributes the rows of a table: the first one that holds gives the points.
/// Where PMML passes over a missing answer to the next attribute, the instrument leaves the score open; a declared
/// `missingValueReplacement` is the published rule and is taken over. PMML knows no rights, sources, norm, bands and
/// limits of use: a file that Tutela wrote has them in an extension, any other file becomes a `demo` about reoffending
/// that refuses people without a recorded conviction or charge.
/// \param file Name for the diagnostics.
/// \return Errors with their line for what cannot be carried: scores that are computed, `xor` and `surrogate`
///   predicates, points for a missing answer, transformations, several models. Warnings for what has no counterpart:
///   baselines other than the lowest points of a characteristic, reason codes of single attributes, numbers without a
///   range (taken as -1e6 to 1e6). Bounded by `limits`; at most 1000 rows for each characteristic.
[[nodiscard]] TUTELA_API Result<Instrument> parse_pmml(std::string_view xml, std::string const& file = {},
                                                       Limits const& limits = {});

/// Loads a PMML file; errors as for `parse_pmml`, and where it cannot be read.
[[nodiscard]] TUTELA_API Result<Instrument> load_pmml(std::string const& path, Limits const& limits = {});

/// The instrument as a PMML 4.4 document with one Scorecard, which `parse_pmml` reads back to the same scores.
///
/// Reason codes are the identifiers of the items, measured as points above the lowest of each item. A missing answer
/// makes the result of other engines invalid, never a silent zero; an assumed value is its replacement. What PMML lacks
/// goes into an extension.
/// An item that is computed from few answers becomes a row for each of their combinations, at most 200.
/// \return Errors, each with the JSON pointer into the instrument file, for what a Scorecard cannot say: dates, items
///   computed from more answers, a total that is no sum, facts from expressions. Warnings for what other
///   engines will not see: bands, outputs, constraints, limits of use.
[[nodiscard]] TUTELA_API Result<std::string> to_pmml(Instrument const& instrument);

}  // namespace tutela::inline v0
