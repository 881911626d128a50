// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tables of people as CSV text: read for figures about many of them, written for a spreadsheet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>

namespace tutela::inline v0 {

/// A table in columns. A cell is a text; an empty one says that nothing is known.
struct TextTable {
  std::vector<std::string> names;                 ///< Names of the columns, as the first line has them.
  std::vector<std::vector<std::string>> columns;  ///< Beside the names; all of one length.
  std::vector<std::uint32_t> lines = {};          ///< The line on which each row began, where it was read from a text.

  /// Number of rows.
  [[nodiscard]] std::size_t rows() const noexcept { return columns.empty() ? 0 : columns.front().size(); }

  /// The column of that name, or nothing.
  [[nodiscard]] TUTELA_API std::vector<std::string> const* find(std::string_view name) const noexcept;
};

/// Reads CSV as RFC 4180 has it: comma, double quotes, UTF-8, names in the first line; a byte order mark is skipped.
/// \param file      Name for the diagnostics.
/// \param separator Between cells; other systems write semicolons or tabs.
/// \return A diagnostic, with its line, for a row of another length, a quote that does not end, a column without name
///   or named twice, and where `limits.document_bytes` or `limits.elements` (rows) is reached. Linear.
[[nodiscard]] TUTELA_API Result<TextTable> parse_table(std::string_view csv, std::string const& file = {},
                                                       Limits const& limits = {}, char separator = ',');

/// Reads a CSV file; `-` is standard input. Errors as for `parse_table`.
[[nodiscard]] TUTELA_API Result<TextTable> load_table(std::string const& path, Limits const& limits = {},
                                                      char separator = ',');

/// A table as CSV that a spreadsheet program opens by a double click: UTF-8 with a byte order mark, so that letters of
/// every script arrive, and CRLF. A text that such a program would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or
/// a line break, and is no number) has an apostrophe before it.
/// \param separator Semicolon where the decimal mark is a comma (Romania, Moldova, Ukraine), comma elsewhere.
[[nodiscard]] TUTELA_API std::string write_table(TextTable const& table, char separator = ';');

/// The rows of a table alone, to go on with what `write_table` began.
[[nodiscard]] TUTELA_API std::string write_table_rows(TextTable const& table, char separator = ';');

}  // namespace tutela::inline v0
