// SPDX-License-Identifier: Apache-2.0
/// \file
/// The instruments of a program over one array after the other (internal).
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tutela/risk/batch.hpp>
#include <tutela/risk/score.hpp>

#include "columns/score_lane.hpp"
#include "columns/score_part.hpp"

namespace tutela::detail {

/// What is said of a person beside the numbers.
struct ScoreNote {
  std::vector<std::string> missing;
  std::vector<std::string> uncertain;
  std::vector<std::string> possible_bands;
  std::string reason;
  auto operator<=>(ScoreNote const&) const = default;
};

/// The scores of one instrument for the rows of one array.
struct InstrumentScores {
  ScoreBatch numbers;
  std::vector<std::uint32_t> note_of_row;  ///< Place among the notes, from 1; 0 where nothing is said.
  std::shared_ptr<std::vector<ScoreNote> const> notes;
};

/// Scores the rows of arrays, on one thread.
class ScoreRun {
 public:
  /// \param part,options Must outlive the run.
  ScoreRun(ScorePart const& part, std::optional<Date> on, BatchOptions const& options);

  /// The scores of `count` rows from `first` on, one for each instrument; adds what is wrong with the array.
  [[nodiscard]] std::vector<InstrumentScores> score(ArrowArray const& rows, std::size_t first, std::size_t count,
                                                    std::vector<Diagnostic>& wrong);

 private:
  /// What is known of one instrument: its notes stay the same over all arrays.
  struct Noted {
    std::map<ScoreNote, std::uint32_t> places;
    std::vector<ScoreNote> notes;
  };

  bool open(ArrowArray const& rows);
  InstrumentScores score(std::size_t index, std::size_t first, std::size_t count);
  bool score_block(std::size_t index, std::vector<ScoreLane>& lanes, std::size_t first, std::size_t count,
                   InstrumentScores& scores);
  std::vector<std::uint8_t> recorded_acts(ScoredInstrument const& asked, std::size_t first, std::size_t count);
  Score score_row(ScoredInstrument const& asked, std::size_t row);
  std::uint32_t note(std::size_t index, ScoreRemark const& remark);

  ScorePart const& part_;
  std::optional<Date> on_;
  BatchOptions const& options_;
  std::vector<Noted> noted_;
  std::vector<ColumnView> views_;
  std::vector<ColumnReader> readers_;
  std::vector<Diagnostic> wrong_;
  ScoreBatch block_;
};

/// What is said beside the numbers, in the words of a table. Names of facts, never their values.
[[nodiscard]] ScoreNote note_of(ScoreRemark const& remark);

}  // namespace tutela::detail
