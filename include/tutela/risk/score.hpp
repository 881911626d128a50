// SPDX-License-Identifier: Apache-2.0
/// \file
/// The score of one person on one instrument, with its bounds where facts are missing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/text.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/risk/instrument.hpp>

namespace tutela::inline v0 {

/// Why a score is computed.
enum class ScorePurpose : std::uint8_t {
  practice,  ///< For work with the person.
  research   ///< For study only; limits of norming do not stop it, and the score says so.
};

/// What is asked.
struct ScoreOptions {
  std::optional<Date> on;                         ///< Day whose facts are read; nothing means facts of any day.
  std::optional<Date> known_on;                   ///< Last day of recording that counts.
  ScorePurpose purpose = ScorePurpose::practice;  ///< Why it is computed.
  std::string jurisdiction;  ///< ISO 3166 code of the person's legal order: `MD`, `GB-EAW`; empty is *not said*.
  /// True when every fact of the record must be one that the instrument reads: a misspelt answer is then an error.
  bool answers_only = false;
  Limits limits;  ///< `evaluation_steps` bounds the search for the lowest and highest score.
};

/// What a score is.
enum class ScoreState : std::uint8_t {
  known,           ///< All facts are there (or assumed by the published rule): one value.
  open,            ///< Facts are missing: lowest, highest and the possible bands.
  not_applicable,  ///< The instrument was not made for this person; there is no number.
  error            ///< The facts contradict each other or lie out of range; there is no number.
};

/// `known`, `open`, `not_applicable` or `error`.
[[nodiscard]] TUTELA_API std::string_view to_string(ScoreState state) noexcept;

/// Lowest and highest value over every completion of the missing facts; equal when the value is settled.
struct ScoreRange {
  double lowest = 0;   ///< Lowest value; attained by some completion unless the score says it is not exact.
  double highest = 0;  ///< Highest value; attained likewise.

  /// True when every completion gives the same value.
  [[nodiscard]] bool is_settled() const noexcept { return lowest == highest; }

  friend bool operator==(ScoreRange const&, ScoreRange const&) = default;
};

/// One reported number.
struct ScoreOutput {
  std::string id;       ///< `two_years`.
  Text label;           ///< Name for people.
  std::string unit;     ///< `points`, `log odds`, `probability`, `percent` or `level`.
  std::string horizon;  ///< ISO 8601 duration that a probability speaks about; empty when none.
  int decimals = 0;     ///< Decimals that people and rules see.
  ScoreRange value;     ///< Lowest and highest value.
};

/// What one item adds to the total.
struct Contribution {
  std::string item;   ///< Name of the item.
  Text label;         ///< Name for people.
  ScoreRange value;   ///< What it adds.
  bool exact = true;  ///< False when the search for its bounds hit its limit: they may be narrower, never wider.
};

/// A score, or why there is none.
struct Score {
  std::string instrument;                ///< Identifier of the instrument.
  std::string version;                   ///< Its version.
  ScoreState state = ScoreState::error;  ///< What this score is.
  bool research = false;                 ///< True when it stands only because the purpose is research.
  /// False when the search hit its limit: the true bounds of total and outputs may be narrower, never wider, and fewer
  /// bands possible. Each contribution says so for itself.
  bool exact = true;
  ScoreRange total;                         ///< Points or linear predictor.
  std::string total_unit;                   ///< Unit of the total.
  std::vector<ScoreOutput> outputs;         ///< Reported numbers, in the order of the instrument.
  std::string band;                         ///< The band, when it is settled.
  Text band_label;                          ///< Name of the settled band for people; empty where it has none.
  std::vector<std::string> possible_bands;  ///< Every band that some completion gives, lowest first.
  std::vector<Contribution> contributions;  ///< Items in the order of the instrument; a settled sum adds up exactly.
  std::vector<std::string> missing;         ///< Facts that would settle it, by name in the record, sorted.
  std::vector<std::string> uncertain;       ///< Facts that cannot be known and keep it open, sorted.
  std::vector<std::string> assumed;         ///< Missing facts to which the published rule gave a value, sorted.
  std::vector<std::string> categories;      ///< Data categories of all facts read, sorted.
  Text norm;                                ///< Whose norm it is.
  Text reason;                              ///< Why there is no number, or may be none, for people.
  std::vector<Diagnostic> diagnostics;      ///< Facts that are wrong, by name.

  /// The output of that name, or nothing.
  [[nodiscard]] TUTELA_API ScoreOutput const* find(std::string_view output) const noexcept;
};

/// Scores one person.
///
/// Never throws for what a record holds. Where facts are missing, the bounds are exact: the lowest and highest value
/// over all completions within the declared ranges and constraints, each attained. Linear in the size of the
/// instrument when nothing is missing; otherwise a branch-and-bound search within `limits.evaluation_steps`.
[[nodiscard]] TUTELA_API Score score(Instrument const& instrument, Record const& record,
                                     ScoreOptions const& options = {});

}  // namespace tutela::inline v0
