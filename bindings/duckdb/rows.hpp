// SPDX-License-Identifier: Apache-2.0
/// \file
/// The facts of many rows, as DuckDB hands them over, as a table in Arrow's layout.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/diagnostic.hpp>
#include <tutela/columns/arrow.hpp>

#include "duckdb/host.hpp"

namespace tutela::duckdb {

/// A vector of structs as a table. Values are read where they lie wherever both layouts agree: all but Booleans (bytes
/// here, bits there), decimals of up to four digits and texts, which become numbers of the different texts of a column.
class Rows {
 public:
  /// \param facts A vector of structs, flat, with all vectors below it; it must live as long as the rows.
  /// \throws Error when it holds no structs, or an infinite date.
  Rows(duckdb_vector facts, std::size_t rows);
  Rows(Rows const&) = delete;
  Rows& operator=(Rows const&) = delete;

  [[nodiscard]] ArrowSchema const& schema() const { return table_.schema; }
  [[nodiscard]] ArrowArray const& array() const { return table_.array; }

  /// A text that is the same for tables of the same type, entries of enumerations included, and for no others.
  [[nodiscard]] std::string const& type() const { return type_; }

  /// Names of the columns, those of fields of structs dotted.
  [[nodiscard]] std::vector<std::string> const& columns() const { return columns_; }

  /// Columns of types that are not read at all.
  [[nodiscard]] std::vector<Diagnostic> const& refused() const { return refused_; }

 private:
  /// An array with its type and what both point to.
  struct Node {
    ArrowSchema schema{};
    ArrowArray array{};
    std::string format;
    std::string name;
    std::vector<void const*> buffers;
    std::vector<ArrowSchema*> types;
    std::vector<ArrowArray*> children;
    std::deque<std::vector<std::uint64_t>> kept;  ///< Buffers that were made here.
  };

  void add_fields(Node& parent, duckdb_logical_type type, duckdb_vector vector, std::string const& above);
  void add_column(Node& node, duckdb_logical_type type, duckdb_vector vector, std::string const& path);
  void check_days(std::int32_t const* days, std::uint64_t const* validity, std::string const& path) const;
  void add_booleans(Node& node, std::uint64_t const* values);
  void add_texts(Node& node, TextCell const* cells, std::uint64_t const* validity);
  void add_decimals(Node& node, duckdb_logical_type type, void const* values);
  void add_dictionary(Node& node, std::vector<std::string_view> const& entries);
  void add_enumeration(Node& node, duckdb_logical_type type, void const* values);
  void finish(Node& node, std::size_t length);

  std::size_t rows_;
  Node table_;
  std::deque<Node> nodes_;
  std::string type_;
  std::vector<std::string> columns_;
  std::vector<Diagnostic> refused_;
};

}  // namespace tutela::duckdb
