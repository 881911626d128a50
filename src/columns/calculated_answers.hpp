// SPDX-License-Identifier: Apache-2.0
/// \file
/// The computed answers of a decision that formulas give, for all rows of a batch at once (internal).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "columns/batch_content.hpp"
#include "columns/exact_routine.hpp"
#include "columns/formula_run.hpp"
#include "columns/program.hpp"
#include "columns/table_run.hpp"

namespace tutela::detail {

/// Runs the formulas of one decision; keeps their work space.
class CalculatedAnswers {
 public:
  /// \param decision Must outlive this.
  explicit CalculatedAnswers(ColumnDecision const& decision);

  /// Rows of a batch: where they stand in the array that is read and in the answers, and how many they are.
  struct Rows {
    std::size_t in_array = 0;
    std::size_t in_answers = 0;
    std::size_t count = 0;
  };

  /// Calculates rows whose answer is computed. Those with a number or a date are taken out of `open`, and their counts written.
  /// \param codes Planes of the number of the answer. \param open Rows whose answer is computed.
  void run(std::span<ColumnReader const> readers, std::vector<BatchBits> const& codes, Rows rows, BatchBits& open,
           DecisionAnswers& answers);

  /// Writes the endings of rows with a Boolean, which are then no longer `left` without one.
  void write_truths(ExactRoutine& exact, Rows rows, BatchBits& left, DecisionAnswers& answers);

 private:
  /// One answer and its formula.
  struct OneAnswer {
    FormulaRun run;
    std::size_t place;       ///< Among the computed answers.
    AmountCount factor = 1;  ///< From its counts to those of the decision.
    std::int64_t most = 0;   ///< Its largest count, and minus the least, that those hold.
    BatchBits known{};       ///< Of Booleans, the rows that it answers,
    BatchBits truths{};      ///< and where they are true.
    std::array<std::optional<std::uint32_t>, 2> endings{};  ///< Of Booleans: no and yes.
  };

  void put_counts(OneAnswer const& formula, Rows rows, DecisionAnswers& answers);

  ColumnDecision const& decision_;
  std::vector<OneAnswer> formulas_;
  FormulaColumn column_;  ///< What the last formula gives,
  BatchBits rows_{};      ///< and the rows whose answer that is, as far as the batch goes.
};

}  // namespace tutela::detail
