// SPDX-License-Identifier: Apache-2.0
/// \file
/// The facts of many rows, as DuckDB hands them over, as a table in Arrow's layout.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/diagnostic.hpp>
#include <tutela/columns/arrow.hpp>

#include "duckdb/fact_type.hpp"
#include "duckdb/host.hpp"

namespace tutela::duckdb {

/// Vectors of structs of one type as tables, one after the other. Values are read where they lie wherever both layouts
/// agree: all but Booleans (bytes here, bits there), decimals of up to four digits and texts, which become numbers of the
/// different texts of a column, and lists whose elements do not follow each other, which are put in a row.
class Rows {
 public:
  /// \param type Of the facts. \throws Error when it is no struct.
  explicit Rows(duckdb_logical_type type);
  Rows(Rows const&) = delete;
  Rows& operator=(Rows const&) = delete;

  /// True for the type that these rows have.
  [[nodiscard]] bool are_of(duckdb_logical_type type) const { return type_.is(type); }

  /// Reads rows in place of those before. \param facts Of the type, flat, with all vectors below it; it must live as long
  /// as its rows are asked about. \throws Error when it holds an infinite date.
  void read(duckdb_vector facts, std::size_t rows);

  [[nodiscard]] ArrowSchema const& schema() const { return table_.schema; }
  [[nodiscard]] ArrowArray const& array() const { return table_.array; }

  /// A text that is the same for rows of the same type, and for no others.
  [[nodiscard]] std::string const& key() const { return key_; }

  /// Names of the columns, those of fields of structs dotted.
  [[nodiscard]] std::vector<std::string> const& columns() const { return columns_; }

  /// Names of the fields of structs in lists, dotted behind the name of the list.
  [[nodiscard]] std::vector<std::string> const& element_fields() const { return element_fields_; }

  /// Columns of types that are not read at all.
  [[nodiscard]] std::vector<Diagnostic> const& refused() const { return refused_; }

 private:
  /// How values come from a vector into an array.
  enum class Way : std::uint8_t { none, in_place, booleans, texts, widened, structs, lists };

  /// A field with its array and what both point to.
  struct Node {
    FactType const* type = nullptr;
    Way way = Way::none;
    std::size_t bytes = 0;  ///< Of a value, where it is read in place.
    std::string path;       ///< Dotted.
    std::string name;
    std::string format;
    ArrowSchema schema{};
    ArrowArray array{};
    std::array<void const*, 3> buffers{};
    std::vector<ArrowSchema*> types;
    std::vector<ArrowArray*> arrays;
    std::vector<std::unique_ptr<Node>> nodes;  ///< Fields of a struct, the element of a list.
    std::unique_ptr<Node> dictionary;
    std::array<std::vector<std::byte>, 3>
        made;                        ///< Buffers that were made here: nulls, values, and values in another order.
    std::vector<std::size_t> order;  ///< Of a list: its elements, where they do not follow each other.
  };

  /// The rows of a vector that are read.
  struct Level {
    std::size_t rows;
    std::size_t const* order;  ///< The place of each; where there is none, they are the first ones.
  };

  void set_up(Node& node, FactType const& type, bool in_list);
  void set_up_value(Node& node, FactType const& type);
  void set_up_dictionary(Node& node);
  void add_node(Node& parent, FactType const& type, std::string const& name, bool in_list);
  void refuse(Node& node, FactType const& type);
  void read(Node& node, duckdb_vector vector, Level level);
  void read_values(Node& node, void const* values, Level level);
  void read_booleans(Node& node, std::uint8_t const* values, std::size_t rows);
  void read_texts(Node& node, TextCell const* cells, std::size_t rows);
  void read_lists(Node& node, duckdb_vector vector, Level level);
  static void fill_dictionary(Node& node, std::vector<std::string_view> const& entries);

  FactType type_;
  Node table_;
  std::string key_;
  std::vector<std::string> columns_;
  std::vector<std::string> element_fields_;
  std::vector<Diagnostic> refused_;
};

}  // namespace tutela::duckdb
