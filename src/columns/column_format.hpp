// SPDX-License-Identifier: Apache-2.0
/// \file
/// The types of columns that facts are read from (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tutela/columns/arrow.hpp>
#include <tutela/facts/value.hpp>

namespace tutela::detail {

/// How the values of a column lie in memory.
enum class Layout : std::uint8_t {
  null,
  boolean,
  int8,
  uint8,
  int16,
  uint16,
  int32,
  uint32,
  int64,
  uint64,
  float32,
  float64,
  date32,
  date64,
  timestamp,
  decimal32,
  decimal64,
  decimal128,
  utf8,
  large_utf8,
  utf8_view
};

/// The type of a column that can be read.
struct ColumnFormat {
  Layout layout = Layout::null;  ///< Of the values, or of the entries of the dictionary.
  std::optional<Layout> index;   ///< Of the indices, where there is a dictionary.
  int scale = 0;                 ///< Of decimals: digits after the point; may be negative.
  std::int64_t per_day = 0;      ///< Of `date64` and timestamps: how many of their units make a day.
};

/// A column of a table: a field, or a field of a struct at any depth.
struct TableColumn {
  std::string name;               ///< Dotted.
  std::vector<std::size_t> path;  ///< The place of each child from the table on.
  std::optional<ColumnFormat> format;
  std::string refused;  ///< Why it cannot be read, where it cannot.
};

/// The columns of a table, structs opened. \param nesting Depth at which a struct is refused instead.
std::vector<TableColumn> columns_of(ArrowSchema const& table, std::size_t nesting);

/// Why facts of a kind cannot be read from a column; empty when they can.
std::string mismatch(Kind fact, ColumnFormat const& format);

/// True for the layouts of whole numbers.
[[nodiscard]] bool is_integer(Layout layout);

/// True for the layouts of texts.
[[nodiscard]] bool is_text(Layout layout);

/// Bytes of one value, for layouts of a fixed width.
[[nodiscard]] std::size_t width_of(Layout layout);

/// Buffers that an array of the layout has at least.
[[nodiscard]] std::int64_t buffers_of(Layout layout);

}  // namespace tutela::detail
