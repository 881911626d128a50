// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading a table of people from CSV text, for figures about many of them.
#pragma once

#include <cstddef>
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

  /// Number of rows.
  [[nodiscard]] std::size_t rows() const noexcept { return columns.empty() ? 0 : columns.front().size(); }

  /// The column of that name, or nothing.
  [[nodiscard]] TUTELA_API std::vector<std::string> const* find(std::string_view name) const noexcept;
};

/// Reads CSV as RFC 4180 has it: comma, double quotes, UTF-8, names in the first line; a byte order mark is skipped.
/// \param file Name for the diagnostics.
/// \return A diagnostic, with its line, for a row of another length, a quote that does not end, a column without name
///   or named twice, and where `limits.document_bytes` or `limits.elements` (rows) is reached. Linear.
[[nodiscard]] TUTELA_API Result<TextTable> parse_table(std::string_view csv, std::string const& file = {},
                                                       Limits const& limits = {});

/// Reads a CSV file; `-` is standard input. Errors as for `parse_table`.
[[nodiscard]] TUTELA_API Result<TextTable> load_table(std::string const& path, Limits const& limits = {});

}  // namespace tutela::inline v0
