// SPDX-License-Identifier: Apache-2.0
/// \file
/// Formulas over the rows of a batch (internal).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "columns/bits.hpp"
#include "columns/fact_lane.hpp"
#include "columns/formula.hpp"

namespace tutela::detail {

/// Rows that a step works on at a time: few enough that the columns of all steps stay in the cache.
inline constexpr std::size_t formula_rows = 1024;
inline constexpr std::size_t formula_words = formula_rows / rows_in_word;

class FoldRun;

/// Runs one formula; keeps its work space.
class FormulaRun {
 public:
  /// \param formula Must outlive the run.
  explicit FormulaRun(Formula const& formula);
  FormulaRun(FormulaRun&& other) noexcept;
  FormulaRun& operator=(FormulaRun&& other) = delete;
  ~FormulaRun();

  [[nodiscard]] Formula const& formula() const { return formula_; }

  /// The values of `count` rows. Linear in rows and steps. \param readers By the places that the formula names.
  void run(std::span<ColumnReader const> readers, std::size_t first, std::size_t count, FormulaColumn& out);

 private:
  /// The column of a step, of some rows. Counts of rows without a value may be any between the ends.
  struct Register {
    std::vector<std::int64_t> counts;
    std::array<RowWord, formula_words> truths{};
    std::array<RowWord, formula_words> known{};
    std::int64_t low = 0;
    std::int64_t high = 0;
  };

  void start();
  void run_step(std::size_t index, std::span<ColumnReader const> readers, std::size_t row, std::size_t done);
  void read(FormulaStep const& step, Register& out, ColumnReader const& reader, std::size_t row);
  void take(FormulaStep const& step, Register& out, std::size_t done) const;
  void calculate(FormulaStep const& step, Register& out) const;
  void round(FormulaStep const& step, Register& out) const;
  void extreme(FormulaStep const& step, Register& out) const;
  void calendar(FormulaStep const& step, Register& out) const;
  void compare(FormulaStep const& step, Register& out) const;
  void join(FormulaStep const& step, Register& out) const;
  void choose(FormulaStep const& step, Register& out) const;
  void know_both(FormulaStep const& step, Register& out) const;
  void hand_out(FormulaColumn& out, std::size_t done) const;

  Formula const& formula_;
  std::vector<Register> registers_;
  std::vector<FoldRun> folds_;
  std::array<RowWord, formula_words> spoilt_{};
  std::size_t rows_ = 0;  ///< Of the steps at the moment.
};

/// What is said of the elements of a list, for the rows of a batch.
class FoldRun {
 public:
  /// \param fold Must outlive the run.
  explicit FoldRun(FormulaFold const& fold);

  void run(ColumnReader const& list, std::size_t first, std::size_t count);

  [[nodiscard]] FormulaColumn const& column() const { return rows_; }

 private:
  bool find_elements(ColumnReader const& list, std::size_t first, std::size_t count);
  void run_elements(ColumnReader const& list);
  void leave_unreadable();
  void fold_truths(std::size_t row, ElementSpan elements);
  void fold_count(std::size_t row, ElementSpan elements);
  void fold_values(std::size_t row, ElementSpan elements);
  void set(std::size_t row, std::int64_t count);

  FormulaFold const& fold_;
  std::optional<FormulaRun> condition_;
  std::optional<FormulaRun> value_;
  std::vector<ElementSpan> elements_;  ///< Of each row, counted from the first of the batch.
  std::vector<RowWord> there_;         ///< Rows that have elements and are not left.
  std::size_t first_element_ = 0;
  std::size_t element_count_ = 0;
  std::vector<RowWord>
      unreadable_;  ///< Elements with a value that cannot be read, whether the formulas read it or not.
  FormulaColumn conditions_;
  FormulaColumn values_;
  FormulaColumn rows_;
};

}  // namespace tutela::detail
