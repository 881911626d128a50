// SPDX-License-Identifier: Apache-2.0
/// \file
/// Atoms, cells and tables of a program on one batch of rows (internal).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "columns/program.hpp"

namespace tutela::detail {

using BatchBits = std::array<RowWord, batch_words>;

/// Two rails: where something certainly holds, and where it possibly holds.
struct BatchRails {
  BatchBits certain;
  BatchBits possible;
};

/// What a table comes to on one batch.
struct TableBits {
  std::vector<BatchBits> answers;  ///< The number of the answer, bit by bit; valid where it is settled.
  /// The number of the rule that gives it; that of the default is the number of rules. Empty unless asked for.
  std::vector<BatchBits> rules;
  BatchBits single;   ///< That rule is certain whatever the open facts are; elsewhere there is no number.
  BatchBits settled;  ///< One answer is certain whatever the open facts are.
  BatchBits doubt;    ///< A table below it may have no answer: only the exact routine can say.
};

/// Evaluates the tables of a program; keeps its work space.
class TableRun {
 public:
  explicit TableRun(ColumnProgram const& program);

  /// \param ranks Of each lane. \param words Words that the batch fills, the last one perhaps in part.
  void run(std::vector<LaneRanks> const& ranks, std::size_t words);

  [[nodiscard]] TableBits const& table(std::size_t index) const { return tables_[index]; }
  [[nodiscard]] BatchRails const& atom(std::size_t index) const { return atoms_[index]; }

 private:
  void run_atom(std::size_t index, LaneRanks const& ranks, std::size_t words);
  void run_table(std::size_t index, std::size_t words);
  void run_cell(ColumnCell const& cell, std::size_t words);
  void run_rule(ColumnTable::Rule const& rule, std::size_t words);
  void run_in_order(ColumnTable const& table, TableBits& bits, std::size_t words);
  void run_together(ColumnTable const& table, TableBits& bits, std::size_t words);

  ColumnProgram const& program_;
  std::vector<BatchRails> atoms_;
  std::vector<TableBits> tables_;
  BatchRails rule_;
  BatchRails cell_;
};

}  // namespace tutela::detail
