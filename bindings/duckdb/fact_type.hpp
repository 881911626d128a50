// SPDX-License-Identifier: Apache-2.0
/// \file
/// A type of DuckDB, walked through once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "duckdb/host.hpp"

namespace tutela::duckdb {

/// What DuckDB says of a type, with all types inside of it. Asking DuckDB makes a copy of every name and entry, so it is
/// asked once, and for each further chunk only whether the type is still the same.
struct FactType {
  explicit FactType(duckdb_logical_type type);

  /// True when DuckDB's type is this one: names of fields and entries of enumerations too. Linear in all of them.
  [[nodiscard]] bool is(duckdb_logical_type type) const;

  /// Appends a text that is the same for equal types, and for no others.
  void append_key(std::string& key) const;

  duckdb_type id;                       ///< What it is.
  duckdb_type stored;                   ///< Of decimals and enumerations the whole number that a value is stored as.
  unsigned width = 0;                   ///< Of decimals: digits.
  unsigned scale = 0;                   ///< Of decimals: digits after the point.
  idx_t size = 0;                       ///< Of arrays: elements of each row.
  std::vector<std::string> names = {};  ///< Of structs the names of the fields, of enumerations the entries.
  std::vector<FactType> inner = {};  ///< Of structs the types of the fields, of lists and arrays the one of an element.
};

}  // namespace tutela::duckdb
