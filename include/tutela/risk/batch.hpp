// SPDX-License-Identifier: Apache-2.0
/// \file
/// Many people at once, in columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/result.hpp>
#include <tutela/risk/instrument.hpp>
#include <tutela/risk/score.hpp>

namespace tutela::inline v0 {

/// What it means where a value is not there.
enum class ScoreAbsence : std::uint8_t {
  unknown,   ///< It is not known.
  none,      ///< There is none.
  uncertain  ///< It cannot be known.
};

/// One fact of all people. Exactly one of the two spans is used, by the type of the fact.
struct ScoreColumn {
  std::string fact;  ///< Short name of the fact in the instrument: `birth_date`.
  /// Dates as days since 1 January 1970, choices as positions from 0, flags as 0 or 1, numbers without decimals.
  std::span<std::int32_t const> whole = {};
  std::span<double const> numbers = {};  ///< Numbers with decimals.
  /// 1 where the value is known, 0 where it is not there, 2 where the column cannot hold it (the person is then left to
  /// `ScoreBatchOptions::score_one`); empty when it is known for everybody.
  std::span<std::uint8_t const> present = {};
  ScoreAbsence absent = ScoreAbsence::unknown;  ///< What it means where it is not there.
};

/// What is asked of a batch.
struct ScoreBatchOptions {
  ScorePurpose purpose = ScorePurpose::practice;  ///< As for one score.
  std::string jurisdiction;                       ///< The same for everybody.
  std::optional<Date> on;                         ///< Day whose norm counts, where the norms of the instrument change.
  /// 1 where a sanction or charge is recorded; empty when the instrument reads the recording fact itself and its
  /// presence says it.
  std::span<std::uint8_t const> recorded_act = {};
  bool bounds = true;  ///< False leaves open scores without bounds: their values are not numbers.
  Limits limits;       ///< As for one score.
  /// The score of somebody, by the place in the batch, of whom the columns do not say everything: a value that a column cannot
  /// hold or that is out of range, a missing fact that an expression gives; and of somebody whose facts contradict each
  /// other. Empty: the values of the columns are scored.
  std::function<Score(std::size_t)> score_one = {};
};

/// What is said of a score beside its numbers. It names facts, never their values.
struct ScoreRemark {
  std::vector<std::string> missing;    ///< Facts that would settle it, by name in the record, sorted.
  std::vector<std::string> uncertain;  ///< Facts that cannot be known and keep it open, sorted.
  std::vector<std::string> assumed;    ///< Missing facts to which the published rule gave a value, sorted.
  std::vector<std::string>
      possible_bands;  ///< Every band that some completion gives, lowest first; empty without a number.
  Text reason;         ///< Why there is no number, or may be none.
  std::vector<Diagnostic> diagnostics;  ///< Facts that are wrong, by name.
  bool exact = true;                    ///< False when the search for bounds hit its limit.

  friend bool operator==(ScoreRemark const&, ScoreRemark const&) = default;
};

/// What a batch says of a score beside its numbers.
[[nodiscard]] TUTELA_API ScoreRemark remark_on(Score const& score);

/// The scores of a batch, one column for each number.
struct ScoreBatch {
  std::vector<ScoreState> states;            ///< One for each person.
  std::vector<double> lowest_total;          ///< Not a number where there is none.
  std::vector<double> highest_total;         ///< Equal to the lowest where the score is known.
  std::vector<std::vector<double>> lowest;   ///< For each output, in the order of the instrument.
  std::vector<std::vector<double>> highest;  ///< Beside `lowest`.
  std::vector<std::int32_t> bands;           ///< Position of the settled band; -1 where there is none.
  /// Place among the remarks, from 1; 0 where everything is known and only the settled band, if any, is possible.
  std::vector<std::uint32_t> remark_of;
  std::vector<ScoreRemark> remarks;  ///< Each once.
};

/// Scores many people; the same bits as `score` for each of them.
///
/// Columns of facts that are left out are missing for everybody. Everybody runs through the steps block by block; the
/// bounds of those who miss a fact are then searched from there, one by one, by what `score` searches with.
/// \return A diagnostic for each column of an unknown fact, of another length or of the wrong kind. Linear in the
///   people, apart from the search for bounds.
[[nodiscard]] TUTELA_API Result<ScoreBatch> score_batch(Instrument const& instrument,
                                                        std::span<ScoreColumn const> columns, std::size_t people,
                                                        ScoreBatchOptions const& options = {});

/// The same into a batch that is used again, so that its memory is: for whoever scores block after block.
/// \param into Overwritten; empty where there are diagnostics.
/// \return What is wrong with the columns; nothing when all is well.
[[nodiscard]] TUTELA_API std::vector<Diagnostic> score_batch(Instrument const& instrument,
                                                             std::span<ScoreColumn const> columns, std::size_t people,
                                                             ScoreBatch& into, ScoreBatchOptions const& options = {});

}  // namespace tutela::inline v0
