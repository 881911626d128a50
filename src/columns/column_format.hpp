// SPDX-License-Identifier: Apache-2.0
/// \file
/// The types of columns that facts are read from (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
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
  utf8_view,
  list,        ///< Offsets of 32 bits.
  large_list,  ///< Offsets of 64 bits.
  fixed_list,  ///< As many elements in each row.
  structure    ///< Elements of a list that have fields.
};

struct ListFormat;

/// The type of a column that can be read.
struct ColumnFormat {
  Layout layout = Layout::null;  ///< Of the values, or of the entries of the dictionary.
  std::optional<Layout> index;   ///< Of the indices, where there is a dictionary.
  int scale = 0;                 ///< Of decimals: digits after the point; may be negative.
  std::int64_t per_day = 0;      ///< Of `date64` and timestamps: how many of their units make a day.
  std::shared_ptr<ListFormat const> elements = nullptr;  ///< Of lists.
};

/// A column of a table: a field, or a field of a struct at any depth.
struct TableColumn {
  std::string name;               ///< Dotted.
  std::vector<std::size_t> path;  ///< The place of each child from the table on.
  std::optional<ColumnFormat> format;
  std::string refused;  ///< Why it cannot be read, where it cannot.
};

/// What a list holds.
struct ListFormat {
  TableColumn element;              ///< Without name; a structure where it has fields.
  std::vector<TableColumn> fields;  ///< Of a structure, structs in it opened; refused ones among them.
  std::int64_t size = 0;            ///< Elements of each row, of lists of a fixed size.
};

/// The columns of a table, structs opened. \param nesting Depth at which a struct is refused instead.
std::vector<TableColumn> columns_of(ArrowSchema const& table, std::size_t nesting);

/// Why facts of a kind cannot be read from a column; empty when they can. Of lists only that they are lists is looked at.
std::string mismatch(Kind fact, ColumnFormat const& format);

/// True for the layouts of whole numbers.
[[nodiscard]] bool is_integer(Layout layout);

/// True for the layouts of lists.
[[nodiscard]] bool is_list(Layout layout);

/// True for the layouts of texts.
[[nodiscard]] bool is_text(Layout layout);

/// Bytes of one value, for layouts of a fixed width.
[[nodiscard]] std::size_t width_of(Layout layout);

/// Buffers that an array of the layout has at least.
[[nodiscard]] std::int64_t buffers_of(Layout layout);

}  // namespace tutela::detail
