// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading and writing cases: JSON and NDJSON in the format `tutela-case/1`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/model/case.hpp>

namespace tutela::inline v0 {

/// Reads all cases of a text: one JSON object, an array of objects, or one object a line (NDJSON).
///
/// Strict: an unknown key, a value of a wrong type or out of range, a key twice in one object and an identifier twice
/// in the text are errors, all of them reported with a JSON pointer, in NDJSON with the line too; then no case is
/// returned.
/// Blank lines of NDJSON are passed over. An empty text has no cases.
///
/// Facts are a flat map of dotted names. `null` reads as a fact that is not there: unknown. A JSON object is always an
/// annotated fact (`value` or `state`, `source`, `recorded`, `valid_from`, `valid_until`, `domain`), never a structured
/// value; an array of annotated facts gives several values of one name for different times. Text of exactly the form
/// `2026-03-01` that is a day of the calendar reads as a date.
/// \param text   The text, UTF-8.
/// \param file   Name for the diagnostics.
/// \param limits Bounds on the input. `document_bytes` bounds one object or array, or one line of NDJSON; `elements`
///               bounds the number of cases.
/// \return The cases in the order of the text, or everything that is wrong.
[[nodiscard]] TUTELA_API Result<std::vector<Case>> parse_cases(std::string_view text, std::string const& file,
                                                               Limits const& limits = {});

/// Reads all cases of a file; see `parse_cases`.
///
/// \param path   The file; `-` is standard input. Other bounds apply to it as to a text, and `document_bytes` to the
///               whole file.
/// \param limits Bounds on the input.
/// \return The cases in the order of the file, or everything that is wrong.
[[nodiscard]] TUTELA_API Result<std::vector<Case>> load_cases(std::string const& path, Limits const& limits = {});

/// Reads facts alone: one JSON object, as the map `facts` of a case. Parameters as for `parse_cases`.
/// \return The facts, or everything that is wrong.
[[nodiscard]] TUTELA_API Result<Record> parse_facts(std::string_view text, std::string const& file,
                                                    Limits const& limits = {});

/// Reads one fact: what stands behind its name in the map `facts` of a case.
/// \return A record with the fact, empty for `null`; or everything that is wrong. Pointers of findings begin at the fact.
[[nodiscard]] TUTELA_API Result<Record> parse_fact(std::string const& name, std::string_view text,
                                                   std::string const& file, Limits const& limits = {});

/// One case as one line of JSON without a line end; reading it back gives an equal case.
/// \throws ContractViolation when a fact has a value that the format cannot carry: a time, a duration, a context, a
///         function, an error, or an open list.
[[nodiscard]] TUTELA_API std::string write_case(Case const& item);

/// Cases as NDJSON: one line each, each with a line end. \throws ContractViolation as `write_case`.
[[nodiscard]] TUTELA_API std::string write_cases(std::vector<Case> const& cases);

}  // namespace tutela::inline v0
