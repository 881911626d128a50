// SPDX-License-Identifier: Apache-2.0
/// \file
/// DuckDB's functions and values as the extension sees them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" {
#include "duckdb/host.h"
}

namespace tutela::duckdb {

/// DuckDB's functions. They are the same for every database of a process, and no call but the first one sets them.
/// \param given The table that DuckDB hands the extension when it is loaded; later left out.
[[nodiscard]] tutela_duckdb_host const& host(tutela_duckdb_host const* given = nullptr);

/// A text as it lies in a vector: up to twelve bytes in place, more behind a pointer.
struct TextCell {
  std::uint32_t length;
  char start[4];
  char const* rest;

  static constexpr std::size_t most_in_place = 12;
  [[nodiscard]] bool in_place() const { return length <= most_in_place; }
  /// \pre The cell lives in its vector: a short text is inside of it.
  [[nodiscard]] std::string_view text() const { return {in_place() ? start : rest, length}; }
};
static_assert(sizeof(TextCell) == 16 && alignof(TextCell) == 8);

/// A list as it lies in a vector: where its elements are in the vector of all elements.
struct ListCell {
  std::uint64_t first;
  std::uint64_t count;
};

/// A type that is given back at the end.
class LogicalType {
 public:
  explicit LogicalType(duckdb_logical_type type) : type_(type) {}
  explicit LogicalType(duckdb_type id) : type_(host().duckdb_create_logical_type(id)) {}
  LogicalType(LogicalType const&) = delete;
  LogicalType& operator=(LogicalType const&) = delete;
  ~LogicalType() { host().duckdb_destroy_logical_type(&type_); }

  [[nodiscard]] duckdb_logical_type get() const { return type_; }
  [[nodiscard]] duckdb_type id() const { return host().duckdb_get_type_id(type_); }

 private:
  duckdb_logical_type type_;
};

/// True when a row of a vector is not null. \param validity What the vector says; nullptr where no row is null.
[[nodiscard]] inline bool is_valid(std::uint64_t const* validity, std::size_t row)
{
  return validity == nullptr || (validity[row / 64] >> row % 64 & 1U) != 0;
}

}  // namespace tutela::duckdb
