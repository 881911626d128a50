// SPDX-License-Identifier: Apache-2.0
/// \file
/// A decision that a person made on a finding, and what it must say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/casework/commitment.hpp>
#include <tutela/model/case.hpp>

namespace tutela::inline v0 {

/// What kind of finding a decision is made on.
enum class FindingKind : std::uint8_t {
  verdict,     ///< What a rule grants.
  route,       ///< Which agency can take the person.
  allocation,  ///< Which place of several.
  score,       ///< What a scale says.
  disclosure   ///< What may be told to whom.
};

/// `verdict`, `disclosure`.
[[nodiscard]] TUTELA_API std::string_view to_string(FindingKind kind) noexcept;

/// The value that a word of files names, or nothing.
[[nodiscard]] TUTELA_API std::optional<FindingKind> parse_finding_kind(std::string_view word) noexcept;

/// What a decision does with its finding.
enum class Stance : std::uint8_t {
  follows,  ///< It does what the finding says.
  departs   ///< It does something else; the reason is kept.
};

/// `follows` or `departs`.
[[nodiscard]] TUTELA_API std::string_view to_string(Stance stance) noexcept;

/// The value that a word of files names, or nothing.
[[nodiscard]] TUTELA_API std::optional<Stance> parse_stance(std::string_view word) noexcept;

/// Whether the child said what it thinks (ro: opinia copilului).
enum class ChildOpinion : std::uint8_t {
  given,        ///< The child was heard.
  declined,     ///< The child was asked and did not want to say.
  not_possible  ///< The child could not be asked; the reason is kept.
};

/// `given`, `declined` or `not_possible`.
[[nodiscard]] TUTELA_API std::string_view to_string(ChildOpinion opinion) noexcept;

/// The value that a word of files names, or nothing.
[[nodiscard]] TUTELA_API std::optional<ChildOpinion> parse_child_opinion(std::string_view word) noexcept;

/// A decision of a person on a finding of the library. Every text in it is written by people; nothing is computed.
struct Decision {
  std::string id;                              ///< Identifier.
  CaseId subject;                              ///< Pseudonym of the case.
  Owner made_by;                               ///< Agency and role of who decided; both are required.
  std::optional<Date> made;                    ///< When.
  FindingKind finding = FindingKind::verdict;  ///< What kind of finding it rests on.
  std::string finding_reference;               ///< Which one: the decision of a pack, a route, a score.
  std::optional<Date> finding_on;              ///< The day that the finding holds for.
  std::optional<Stance> stance;                ///< What it does with the finding.
  std::string reason;                          ///< Why; required when it departs.
  bool concerns_child = true;                  ///< False where only adults are concerned.
  std::string best_interest;                   ///< How the best interest of the child was weighed; human words.
  std::optional<ChildOpinion> child_opinion;   ///< Whether the child was heard.
  std::string child_opinion_note;              ///< What was made of the opinion, or why it was not possible.
  std::string representative;                  ///< Role of who represents the child or person: `legal_representative`.
  std::string no_representative_reason;        ///< Why there is none.
  std::string contest_where;                   ///< Where it can be contested.
  std::optional<Date> contest_until;           ///< Until when.

  friend bool operator==(Decision const&, Decision const&) = default;
};

/// What a decision lacks.
///
/// \param decision The decision.
/// \param pointer  JSON pointer of the decision, for the places.
/// \return One finding for each thing that is missing or cannot be, with its place; empty when nothing is. The texts of the
///         decision are never repeated. Whether what it says is right is not looked at: that is for people.
///
/// Errors: who, when, which finding, follows or departs, the reason of departing; where a child is concerned, the weighing of
/// its best interest in words of its own and its opinion, with what was made of it or why it was not possible; who represents,
/// or why nobody; where and until when to contest. Days that cannot be: decided before the finding's day, to be contested
/// before it was made. A best-interest text that only repeats the reason is a warning.
[[nodiscard]] TUTELA_API std::vector<Diagnostic> check_decision(Decision const& decision,
                                                                std::string const& pointer = {});

}  // namespace tutela::inline v0
