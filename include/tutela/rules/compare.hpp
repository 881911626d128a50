// SPDX-License-Identifier: Apache-2.0
/// \file
/// What is different between two versions of a pack: the first case that is answered otherwise, and who gains or loses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/rules/check.hpp>
#include <tutela/rules/pack.hpp>
#include <tutela/rules/verdict.hpp>

namespace tutela::inline v0 {

/// What became of a decision or a fact from one version to the next.
enum class PackChange : std::uint8_t {
  same,         ///< Nothing that can be seen from outside.
  different,    ///< A decision: some case is answered otherwise. A fact: it is declared otherwise.
  added,        ///< Only the newer version has it.
  removed,      ///< Only the older version has it.
  not_compared  ///< A decision that reads a fact whose type changed, so that the versions have no cases in common.
};

/// `same`, `different`, `added`, `removed` or `not_compared`.
[[nodiscard]] TUTELA_API std::string_view to_string(PackChange change) noexcept;

/// What one version answers in the case that shows a difference.
struct ComparedAnswer {
  Outcome outcome = Outcome::error;  ///< How it ends.
  Value value;                       ///< The answer when `known`.

  friend bool operator==(ComparedAnswer const&, ComparedAnswer const&) = default;
};

/// One decision in both versions.
struct DecisionComparison {
  std::string decision;                  ///< Its name in the older version; of an added one in the newer.
  std::string renamed_to;                ///< Its name in the newer version, when that is another one.
  PackChange change = PackChange::same;  ///< What became of it.
  std::optional<Date> on;                ///< First day of those compared on which a case is answered otherwise.
  std::vector<WitnessInput> facts;       ///< That case; what it does not name makes no difference to either version.
  ComparedAnswer before;                 ///< What the older version answers.
  ComparedAnswer after;                  ///< What the newer version answers.
  /// What else is said about it otherwise: `effect: none -> restrictive`, `separation: true -> false`.
  std::vector<std::string> notes;
  /// False when cases could not all be told apart (texts without allowed values, open lists, a limit): approximate, and
  /// *same* means that no difference was found.
  bool exact = true;
  /// False when the decision reads the day asked about, so that only the days compared are known to be the same.
  bool every_day = true;
};

/// One fact in both versions.
struct FactComparison {
  std::string fact;                      ///< Its name in the older version; of an added one in the newer.
  std::string renamed_to;                ///< Its name in the newer version, when that is another one.
  PackChange change = PackChange::same;  ///< What became of it.
  std::vector<std::string> notes;        ///< What is declared otherwise: `type: number -> string`.
};

/// How two versions are compared.
struct CompareOptions {
  /// The day asked about. When left out, one day of every stretch of days on which the same law is in force in both.
  std::optional<Date> on;
  std::vector<std::string> decisions;  ///< Names in the older version, or of added ones; all when empty.
  bool include_unverified = false;     ///< Also run texts that are graded C, D or unverified.
  /// `completions` bounds the evaluations for one decision on one day, `evaluation_steps` the steps that they take.
  Limits limits = offline_limits();

  /// More than for one case: nobody waits for an answer.
  [[nodiscard]] TUTELA_API static Limits offline_limits() noexcept;
};

/// The differences of two versions of a pack.
struct PackComparison {
  std::vector<DecisionComparison> decisions;  ///< All of them, by their older name.
  std::vector<FactComparison> facts;          ///< Those that are not the same, by their older name.
  std::vector<Date> days;                     ///< Days that were compared; none for packs without dates.

  /// True when anything is not the same.
  [[nodiscard]] TUTELA_API bool has_differences() const noexcept;
};

/// Compares two versions of a pack in every case that both have in common.
///
/// Decisions are matched by name, then by the `id` of their element; facts by name, then by an equal declaration with a
/// label. The cases are the parts into which the rules of both versions cut the domains of all facts; each is answered
/// by both, refusals of separations included. A case that shows a difference was answered by `Pack::decide` of both.
/// Values that only one version allows are told with the fact and belong to no common case.
///
/// \return Every decision, with the first case that is answered otherwise: days in order, then facts in the order of
///         the model, then values from low to high.
[[nodiscard]] TUTELA_API PackComparison compare(Pack const& before, Pack const& after,
                                                CompareOptions const& options = {});

/// A case of a table over which two versions are compared.
struct ComparedCase {
  std::string id;  ///< As the table names it.
  Record facts;    ///< Names of facts of either version.
};

/// Whose answer to one decision is another one; every case in one of the lists, or in none when nothing changes.
struct CaseMovements {
  std::string decision;                     ///< Its name in the older version.
  std::vector<std::string> gained;          ///< Cases answered *no* or without answer before, and otherwise now.
  std::vector<std::string> lost;            ///< The other way round. Read it with the effect: less may be better.
  std::vector<std::string> changed;         ///< One answer before, another one now, neither of them *no*.
  std::vector<std::string> became_unknown;  ///< An answer before; now it is open, refused, not available or an error.
  std::vector<std::string> became_known;    ///< The other way round.
  std::size_t same = 0;                     ///< Cases with the same answer, or without one in both.
};

/// Who gains and who loses over a table of cases.
///
/// Only decisions that both versions have are compared. The facts of a case are taken as they are; a fact that one
/// version does not allow makes its answer an error there. Linear in cases and decisions.
/// \throws ContractViolation when `on` is missing where a pack needs it.
[[nodiscard]] TUTELA_API std::vector<CaseMovements> compare(Pack const& before, Pack const& after,
                                                            std::span<ComparedCase const> cases,
                                                            CompareOptions const& options = {});

}  // namespace tutela::inline v0
