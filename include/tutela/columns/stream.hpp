// SPDX-License-Identifier: Apache-2.0
/// \file
/// Whole tables in and out: streams of Arrow arrays.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/result.hpp>
#include <tutela/columns/arrow.hpp>
#include <tutela/columns/batch.hpp>
#include <tutela/rules/pack.hpp>

namespace tutela::inline v0 {

/// The answers to a table: one part for each array that the table came in, or several where threads shared its rows.
struct BatchTable {
  BatchProgram program;             ///< What was run.
  std::vector<BatchAnswers> parts;  ///< In the order of the rows.

  /// Rows of all parts.
  [[nodiscard]] TUTELA_API std::size_t rows() const noexcept;

  /// What the work on one decision consisted of, over all parts. \throws ContractViolation when there is no such decision.
  [[nodiscard]] TUTELA_API BatchShares shares(std::size_t decision) const;
};

/// Answers every row of a stream, array by array; each array is released before the next is asked for.
///
/// \param table Is read to its end and released, whatever happens.
/// With several threads (`BatchOptions::threads`) the rows of an array are shared out in equal ranges.
/// \param on, options See `BatchProgram::compile`.
/// \return The answers, or what is wrong with the table. \throws ContractViolation as `BatchProgram::compile`.
[[nodiscard]] TUTELA_API Result<BatchTable> decide_batch(Pack const& pack, ArrowArrayStream& table,
                                                         std::optional<Date> on, BatchOptions const& options = {});

/// The facts of one row of the table that was answered, so that its answers can be explained: with them, the day and the
/// options of `BatchTable::program`, `Pack::prove` gives the proof of each answer, as for one person.
///
/// The row is asked again, so that no other row is explained by mistake.
/// \param table The same rows in the same order, in any layout that can be read; read as far as the row, and released.
/// \param row   Its number from 0, over all arrays.
/// \return The facts, or what is wrong: with the table, or a row that has other answers.
/// \throws ContractViolation when the answers have no such row.
[[nodiscard]] TUTELA_API Result<Record> facts_of_row(BatchTable const& answers, ArrowArrayStream& table,
                                                     std::size_t row);

/// Hands answers out as a stream of arrays; see `BatchProgram::export_schema`. The parts are written one by one as they are
/// asked for. \param out Is overwritten; whoever got it releases it.
TUTELA_API void export_stream(BatchTable answers, ArrowArrayStream& out);

}  // namespace tutela::inline v0
