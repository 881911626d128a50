// SPDX-License-Identifier: Apache-2.0
/// \file
/// A column as the steps of an instrument read it: from values to counts (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <tutela/risk/batch.hpp>
#include <tutela/risk/description.hpp>

#include "columns/fact_lane.hpp"

namespace tutela::detail {

/// Reads the column of one fact of an instrument from one array.
class ScoreLane {
 public:
  /// \param column,fact Must outlive the lane, as must the array behind the view.
  ScoreLane(FactColumn const& column, InstrumentFact const& fact, ColumnView view);

  /// Makes ready for the dictionary of the array.
  [[nodiscard]] std::optional<ValueProblem> start();

  /// Reads `count` rows. A value that no step reads (too large, none of the choices) is marked as one that is there.
  [[nodiscard]] std::optional<ValueProblem> read(std::size_t first, std::size_t count);

  /// What was read last.
  [[nodiscard]] ScoreColumn column() const;

 private:
  [[nodiscard]] bool is_decimal() const { return fact_.decimals > 0; }
  void mark_present(std::size_t first, std::size_t count);
  void leave_out(std::size_t place) { present_[place] = 0, gaps_ = true; }
  void mark_unheld(std::size_t place) { present_[place] = 2, gaps_ = true; }
  void put(std::size_t place, std::int64_t count);
  void read_booleans(std::size_t first, std::size_t count);
  std::optional<ValueProblem> read_texts(std::size_t first, std::size_t count);
  std::optional<ValueProblem> read_counts(std::size_t first, std::size_t count);
  [[nodiscard]] std::int32_t choice(std::string_view text) const;

  FactColumn const& column_;
  InstrumentFact const& fact_;
  ColumnView view_;
  std::vector<std::int32_t> choice_of_entry_;  ///< -1 where an entry is none of the choices, -2 where it is null.
  std::int64_t factor_ = 1;                    ///< What makes a value of the column a count of the fact: times this,
  std::int64_t divisor_ = 1;                   ///< divided by this.
  double scale_ = 1;                           ///< The double of a number is its count divided by this.
  std::vector<std::int32_t> whole_;
  std::vector<double> numbers_;
  std::vector<std::uint8_t> present_;
  bool gaps_ = false;
};

}  // namespace tutela::detail
