// SPDX-License-Identifier: Apache-2.0
/// \file
/// What may be told, the log of what was told, and the history of a record, as JSON and CSV.
#pragma once

#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/disclosure/disclosure_entry.hpp>
#include <tutela/disclosure/kept_record.hpp>
#include <tutela/disclosure/may_be_told.hpp>
#include <tutela/disclosure/retention.hpp>

namespace tutela::inline v0 {

/// The finding as JSON (`tutela-disclosure/1`). It is for who decides, not for the recipient: it names what is withheld. It
/// holds no value of a fact and does not say which facts are on record.
/// \param indent Blanks for each level; 0 writes one line.
[[nodiscard]] TUTELA_API std::string write_disclosure(DisclosureFinding const& finding, int indent = 0);

/// An entry of the log as one line of JSON without a line end (`tutela-disclosure-entry/1`).
[[nodiscard]] TUTELA_API std::string write_disclosure_entry(DisclosureEntry const& entry);

/// The log as CSV (RFC 4180) with the columns `on, by, from, to, role, purpose, person, categories, grounds, key, digest`;
/// several categories or grounds are joined by blanks.
[[nodiscard]] TUTELA_API std::string write_disclosure_log(std::vector<DisclosureEntry> const& entries);

/// The history of a record as a JSON array: what was done to which fact, who, when, why. No values.
[[nodiscard]] TUTELA_API std::string write_history(std::vector<HandlingEntry> const& history, int indent = 0);

/// The clocks of a record as a JSON array. No values.
[[nodiscard]] TUTELA_API std::string write_retention(std::vector<RetentionReading> const& readings, int indent = 0);

}  // namespace tutela::inline v0
