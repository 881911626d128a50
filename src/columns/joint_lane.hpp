// SPDX-License-Identifier: Apache-2.0
/// \file
/// A joint input of tables: evaluated once for each combination of the values that it rests on (internal).
///
/// An input that says something about each element of one list (`ElementForm`) is evaluated once for each element that
/// differs instead, because lists occur again much more rarely than their elements do. And where the input is a formula, only
/// the rows that it leaves are evaluated at all.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "columns/formula_run.hpp"
#include "columns/program.hpp"
#include "columns/row_memory.hpp"
#include "rules/element_form.hpp"

namespace tutela::detail {

/// Fills the ranks of the lane of a joint input; keeps what it has found out.
class JointLane {
 public:
  /// How the input is evaluated.
  struct Evaluation {
    /// Its value for a row; nothing where the row cannot be read.
    std::function<std::optional<Value>(std::size_t row)> of_row;
    /// Its value where a column has one value and nothing else is known.
    std::function<Value(std::size_t column, Value value)> of_value;
    /// Whether a row has nothing of a fact.
    std::function<bool(std::size_t row, std::string const& fact)> is_absent;
  };

  /// \param program Must outlive this, as must the lane.
  JointLane(ColumnProgram const& program, FactLane const& lane);

  /// Ranks of `count` rows, at most a batch; a row is null where the input is not known.
  /// \return False where a row could not be read.
  [[nodiscard]] bool read(std::vector<ColumnReader> const& readers, std::size_t first, std::size_t count,
                          LaneRanks& out, Evaluation const& evaluation);

  /// Rows of the last batch that no formula has answered. It stays at one place.
  [[nodiscard]] RowWord const* left() const { return left_->data(); }

 private:
  /// What an input is for a list of one element.
  enum class One : std::uint8_t { no, yes, other };

  void start_formula(ColumnProgram const& program);
  void run_formula(std::vector<ColumnReader> const& readers, std::size_t first, std::size_t count, LaneRanks& out);
  /// The rank of a row, and where it is null in which way it is open.
  struct RankOrOpen {
    std::uint8_t rank = 0;
    std::uint8_t open = 0;
  };

  [[nodiscard]] RankOrOpen rank_of(Value const& value, IsAbsent const& is_absent);
  void pack_elements(ColumnReader const& list, std::size_t first, std::size_t count);
  std::optional<RankOrOpen> rank_by_row(std::vector<ColumnReader> const& readers, std::size_t row, std::size_t place,
                                        Evaluation const& evaluation);
  std::optional<RankOrOpen> evaluated(std::size_t row, Evaluation const& evaluation);
  std::optional<RankOrOpen> rank_by_elements(ColumnReader const& list, std::size_t row, Evaluation const& evaluation);
  RankOrOpen rank_of_count(std::size_t yes, std::size_t of);
  One one_element(ColumnReader const& list, std::size_t element, Evaluation const& evaluation);
  One evaluated_element(ColumnReader const& list, std::size_t element, Evaluation const& evaluation) const;

  FactLane const& lane_;
  JointInput const& joint_;
  FactLine const& line_;
  std::vector<std::size_t> const& columns_;
  std::optional<ElementForm> form_;
  std::size_t longest_ = 0;  ///< Elements of lists that are joined one by one; the work on longer ones has its limit.
  RowMemory<RankOrOpen> ranks_;
  RowMemory<One> elements_;
  std::optional<RankOrOpen> of_empty_list_;
  std::vector<std::optional<RankOrOpen>> of_count_;  ///< By what the elements come to: no and yes, or how many.
  std::string key_;
  LaneRanks* out_ = nullptr;  ///< Of the batch that is read.
  std::optional<FormulaRun> formula_;
  FormulaColumn values_;              ///< Of the formula.
  std::vector<std::int64_t> bounds_;  ///< The first count of region 1, 2 ... of the formula's values.
  std::array<std::uint8_t, 256> ranks_of_regions_{};
  std::unique_ptr<std::array<RowWord, batch_words>> left_ = std::make_unique<std::array<RowWord, batch_words>>();
  // The same for values that numbers tell apart: those of the rows of a batch, or of its elements from the first on.
  std::vector<PackedKey> packed_;
  std::size_t first_packed_ = 0;
  PackedMemory<RankOrOpen> packed_ranks_;
  PackedMemory<One> packed_elements_;
};

}  // namespace tutela::detail
