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

/// One fact of all people. Exactly one of the two spans is used, by the type of the fact.
struct ScoreColumn {
  std::string fact;  ///< Short name of the fact in the instrument: `birth_date`.
  /// Dates as days since 1 January 1970, choices as positions from 0, flags as 0 or 1, numbers without decimals.
  std::span<std::int32_t const> whole = {};
  std::span<double const> numbers = {};        ///< Numbers with decimals.
  std::span<std::uint8_t const> present = {};  ///< 1 where the value is known; empty when it is known for everybody.
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
  /// The score of somebody, by the place in the batch, whom the steps over whole columns leave out. For a caller who knows more
  /// of the person than the columns say, or wants more of the score than the batch holds. Empty: the values of the columns
  /// are scored.
  std::function<Score(std::size_t)> score_one = {};
};

/// The scores of a batch, one column for each number.
struct ScoreBatch {
  std::vector<ScoreState> states;            ///< One for each person.
  std::vector<double> lowest_total;          ///< Not a number where there is none.
  std::vector<double> highest_total;         ///< Equal to the lowest where the score is known.
  std::vector<std::vector<double>> lowest;   ///< For each output, in the order of the instrument.
  std::vector<std::vector<double>> highest;  ///< Beside `lowest`.
  std::vector<std::int32_t> bands;           ///< Position of the settled band; -1 where there is none.
};

/// Scores many people; the same bits as `score` for each of them.
///
/// Columns of facts that are left out are missing for everybody. People whose facts are all present run through the
/// steps block by block; the others get their bounds one by one.
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
