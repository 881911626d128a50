// SPDX-License-Identifier: Apache-2.0
/// \file
/// Atoms, cells and tables of a program on one batch of rows (internal).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "columns/kernels.hpp"
#include "columns/program.hpp"

namespace tutela::detail {

using BatchBits = std::array<RowWord, batch_words>;

/// Where each plane stands, as the kernels want it.
inline std::vector<RowWord const*> addresses_of(std::vector<BatchBits> const& planes)
{
  std::vector<RowWord const*> addresses(planes.size());
  std::transform(planes.begin(), planes.end(), addresses.begin(), [](BatchBits const& plane) { return plane.data(); });
  return addresses;
}

/// Two rails: where something certainly holds, and where it possibly holds.
struct BatchRails {
  BatchBits certain{};
  BatchBits possible{};
};

/// What a table comes to on one batch.
struct TableBits {
  std::vector<BatchBits> answers;  ///< The number of the answer, bit by bit; valid where it is settled.
  /// The number of the rule that gives it; that of the default is the number of rules. Empty unless asked for.
  std::vector<BatchBits> rules;
  BatchBits single{};   ///< That rule is certain whatever the open facts are; elsewhere there is no number.
  BatchBits settled{};  ///< One answer is certain whatever the open facts are.
  BatchBits doubt{};    ///< A table below it may have no answer: only the exact routine can say.
};

/// Evaluates the tables of a program; keeps its work space.
class TableRun {
 public:
  explicit TableRun(ColumnProgram const& program);

  /// The conditions on a lane, and where their rails are wanted.
  [[nodiscard]] std::vector<ConditionRails> const& conditions(std::size_t lane) const { return conditions_[lane]; }

  /// \param ranks Of each lane, with those whose rails were written. \param words Words of the batch: whole blocks, the last one perhaps filled in part.
  void run(std::vector<LaneRanks> const& ranks, std::size_t words);

  [[nodiscard]] TableBits const& table(std::size_t index) const { return tables_[index]; }
  [[nodiscard]] BatchRails const& atom(std::size_t index) const { return atoms_[index]; }

 private:
  /// A table with the addresses of all that it reads and writes. They stay the same from batch to batch.
  struct Wired {
    std::vector<std::vector<CellRails>> cells;  ///< Of each rule.
    std::vector<RuleRails> rules;
    std::vector<std::uint64_t*> answers;
    std::vector<std::uint64_t*> numbers;
    TableRails rails{};
  };

  void wire(std::size_t index);
  void run_atom(std::size_t index, LaneRanks const& ranks, std::size_t words);
  void run_table(std::size_t index, std::size_t words);
  void run_cell(std::size_t index, std::size_t words);

  ColumnProgram const& program_;
  std::vector<BatchRails> atoms_;
  std::vector<std::vector<ConditionRails>> conditions_;  ///< Of each lane.
  std::vector<BatchRails> cells_;  ///< Those over the answers of tables; each is run once its table is.
  std::vector<std::vector<std::size_t>> cells_over_;  ///< For each table the cells over its answers.
  std::vector<TableBits> tables_;
  std::vector<Wired> wired_;
};

}  // namespace tutela::detail
