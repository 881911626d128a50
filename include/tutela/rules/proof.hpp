// SPDX-License-Identifier: Apache-2.0
/// \file
/// The proof of a verdict: from the decision over rules and conditions down to facts and articles.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/citation.hpp>
#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/text.hpp>
#include <tutela/base/truth.hpp>
#include <tutela/facts/schema.hpp>
#include <tutela/facts/source.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/rules/verdict.hpp>

namespace tutela::inline v0 {

/// One fact that a decision reads, as this case has it.
///
/// The value is data of a case: it belongs to the officer who holds the case, never into a log.
struct ProofFact {
  /// What the pack says about it: label, question, category, whose data it is. Never null; kept alive by the proof.
  std::shared_ptr<FactDeclaration const> declaration;
  Value value;    ///< The value in one of its states; *unknown* when the record does not have it.
  Source source;  ///< Who said it, when it was recorded, and on which days it holds.
};

/// One condition of a rule as the pack has it: the same in every case.
struct WrittenCondition {
  std::string input;                   ///< What is tested, as written: `person.age`; empty for a condition on several.
  std::string test;                    ///< The test, as written: `< 14`.
  std::vector<std::string> facts;      ///< Facts that it reads itself; sorted.
  std::vector<std::string> decisions;  ///< Decisions that it rests on; sorted.
};

/// One rule of a table as the pack has it, or the answer for the case that no rule applies.
struct WrittenRule {
  std::size_t number = 0;                    ///< Number from 1; 0 for the default output.
  Text label;                                ///< What it means, for people; often empty.
  Period law;                                ///< Days on which this text of the rule is in force.
  std::vector<Citation> citations;           ///< Where it is written.
  std::vector<Duty> duties;                  ///< What it obliges to.
  std::vector<WrittenCondition> conditions;  ///< In the order of the columns; conditions on anything are left out.
};

/// One decision, or one function with rules of its own, as the pack has it on a day.
struct WrittenStep {
  std::string decision;                ///< Name in the pack.
  Text label;                          ///< Name for people.
  std::string expression;              ///< As written, for a decision without a table.
  std::string policy;                  ///< Hit policy of its table: `UNIQUE`, `COLLECT SUM`; empty without a table.
  Period law;                          ///< Days on which this text is in force.
  std::vector<Citation> citations;     ///< Where it is written.
  std::vector<std::string> facts;      ///< Facts that it reads itself; sorted.
  std::vector<std::string> decisions;  ///< Decisions that it rests on; sorted.
  bool separation = false;             ///< True when it can separate a child from the family.
};

/// What became of a condition in this case.
struct ProofCondition {
  std::shared_ptr<WrittenCondition const> written;  ///< The condition. Never null; kept alive by the proof.
  Truth holds = Truth::yes;                         ///< `unknown` while missing facts decide it.
  std::optional<Fault> fault;                       ///< Why it cannot be computed, when it cannot.
};

/// What became of a rule.
enum class RuleState : std::uint8_t {
  applies,      ///< All its conditions hold.
  possible,     ///< No condition fails, but at least one is open.
  out,          ///< At least one condition fails.
  not_reached,  ///< An earlier rule already decides, and the table takes the first one.
  excluded      ///< Open by its conditions alone, but no completion of the missing facts leads to its answer.
};

/// `applies`, `possible`, `out`, `not_reached` or `excluded`.
[[nodiscard]] TUTELA_API std::string_view to_string(RuleState state) noexcept;

/// One rule in this case.
struct ProofRule {
  std::shared_ptr<WrittenRule const> written;  ///< The rule. Never null; kept alive by the proof.
  RuleState state = RuleState::applies;        ///< What became of it.
  std::vector<ProofCondition> conditions;      ///< Of each of its conditions what became of it; none for the default.
  std::optional<Value> output;                 ///< What it answers; absent when it is out and its answer is computed.
};

/// One decision in this case, with everything that it rests on.
struct ProofStep {
  std::shared_ptr<WrittenStep const> written;  ///< The decision. Never null; kept alive by the proof.
  Value value;                                 ///< What it came to; an unknown with its domain while it is open.
  std::vector<ProofRule> rules;  ///< All rules in force, in the order of the table, then the default if it is used.
};

/// One minimal set of conditions in the way of an answer.
struct Shortfall {
  /// For each input of the set the conditions of the rule on it that do not hold, or may not. Where the rule has none,
  /// a value of the input for which the table gives the answer: it keeps other rules from applying.
  std::vector<ProofCondition> conditions;
  std::size_t rule = 0;  ///< Number of the rule that then gives the answer; 0 for the default output and where rules
                         ///< work together (`COLLECT` and the like).
};

/// What is in the way of one answer.
///
/// The *inputs* of a table are what its columns test; columns that read the same fact, or are written alike, test one
/// input. A *change* gives some inputs other values. Its cases are those that have these values, what is now known of
/// all other inputs, and obey the constraints of the pack; facts that the table does not read may be anything in them.
/// A change *gives the answer by a rule* when it has a case, and in each of them the table gives the answer and the
/// rule, which gives it too, applies; in a FIRST table some case must also come to the rule. A set of inputs
/// with a rule is listed exactly when some change of these inputs gives the answer by the rule, and no change of fewer
/// of them gives it by any.
struct WhyNot {
  Value answer;                 ///< The answer asked about.
  bool given = false;           ///< True when the decision already gives it for certain: nothing is in the way.
  std::vector<Shortfall> sets;  ///< Every minimal set; the smallest first, then in the order of the rules.
  /// False when some input is computed or shares facts with another: such inputs are taken to vary freely, and a person
  /// has to look whether the conditions of a set can come together.
  bool certain = true;
  /// True when further minimal sets may exist: the limit was reached, constraints between facts left open whether
  /// there is a case, or a condition is more than a comparison with constants, so that not every value that it tells
  /// apart is known.
  bool truncated = false;
};

/// Sets of facts each of which alone decides the answer.
struct MinimalReasons {
  /// Names of facts, sorted; from no set can a fact be taken without opening the answer. The smallest set first. The
  /// empty set says that the answer needs no facts. Nothing when the answer is not definite.
  std::vector<std::vector<std::string>> sets;
  bool truncated = false;  ///< True when further sets, also smaller ones, may exist because a limit was reached.
};

/// What a proof holds beside the way from the decision to the facts; each costs further evaluations.
struct ProofParts {
  bool minimal_reasons = false;  ///< The sets of facts that decide by themselves.
  std::optional<Value> why_not;  ///< What is in the way of this answer.
};

/// Why a verdict is what it is. Built on request by `Pack::prove`.
///
/// What the pack has written and what this case made of it stand apart: the former is shared with the pack instead of
/// being copied for every case, and kept alive by each part of the proof that refers to it.
struct Proof {
  Verdict verdict;               ///< What is proved.
  std::string pack;              ///< Id of the pack.
  std::string pack_digest;       ///< Digest of the pack.
  std::optional<Date> on;        ///< The day asked about.
  std::optional<Date> law_on;    ///< The day whose law was applied.
  std::optional<Date> known_on;  ///< Only facts recorded by this day counted.
  std::vector<ProofStep> steps;  ///< The decision asked for first, then everything below it; each once.
  std::vector<ProofFact> facts;  ///< Every fact that the steps read; sorted by name.
  /// True when the rules by themselves leave several answers and trying out the completions of the missing facts left
  /// fewer of them.
  bool by_completions = false;
  std::optional<MinimalReasons> minimal_reasons;  ///< Where `ProofParts` asks for them.
  std::optional<WhyNot> why_not;                  ///< Where `ProofParts` asks for it.

  /// The step of that name, or nothing. Linear.
  [[nodiscard]] TUTELA_API ProofStep const* step(std::string_view decision) const noexcept;

  /// The fact of that name, or nothing. Logarithmic.
  [[nodiscard]] TUTELA_API ProofFact const* fact(std::string_view name) const noexcept;
};

}  // namespace tutela::inline v0
