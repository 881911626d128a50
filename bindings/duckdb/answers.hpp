// SPDX-License-Identifier: Apache-2.0
/// \file
/// Answers written into DuckDB's vectors.
#pragma once

#include <cstddef>

#include <tutela/base/text.hpp>
#include <tutela/columns/batch.hpp>

#include "duckdb/host.hpp"
#include "duckdb/programs.hpp"
#include "duckdb/rows.hpp"

namespace tutela::duckdb {

/// Rows [first, first + count) of a chunk that were asked the same, and where their answers go.
struct Part {
  Compiled& compiled;
  Rows const& rows;
  std::size_t first;
  std::size_t count;
  Language language;  ///< Of explanations.
  duckdb_vector output;

  [[nodiscard]] std::size_t width() const { return compiled.boolean.size(); }  ///< Number of decisions.
};

/// The type STRUCT(outcome ENUM, value VARCHAR).
[[nodiscard]] LogicalType verdict_type();

/// Writes outcome and value of the only decision.
void write_verdicts(Part const& part);

/// Writes the answer of the only decision, NULL unless it is known. \throws Error when its answers are no Booleans.
void write_booleans(Part const& part);

/// Writes a list of the answers of all decisions, each NULL unless known. \throws as `write_booleans`.
void write_boolean_lists(Part const& part);

/// Writes a list of the facts to ask for the only decision.
void write_missing(Part const& part);

/// Writes why the only decision is answered so, for people.
void write_explanations(Part const& part);

}  // namespace tutela::duckdb
