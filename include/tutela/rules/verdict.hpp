// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a rule pack finds on one question, and why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/citation.hpp>
#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/text.hpp>
#include <tutela/base/truth.hpp>
#include <tutela/facts/value.hpp>

namespace tutela::inline v0 {

/// How a decision ended. All of these are findings; none of them is a failure of the program.
enum class Outcome : std::uint8_t {
  known,               ///< One answer, whatever the missing facts are.
  unknown,             ///< More than one answer is possible; asking the missing facts may settle it.
  undeterminable,      ///< Only facts that cannot be known keep it open: a human has to decide.
  refused,             ///< The answer would rest on facts on which no child may be separated; see `Verdict::refusal`.
  no_law_in_force,     ///< The pack has the rule, but no text of it was in force on the day asked for.
  rule_not_available,  ///< The pack has no such rule, or none that is verified well enough to run.
  error                ///< The rule cannot be computed from these facts.
};

/// `known`, `unknown`, `undeterminable`, `refused`, `no_law_in_force`, `rule_not_available` or `error`.
[[nodiscard]] TUTELA_API std::string_view to_string(Outcome outcome) noexcept;

/// What an answer does to the person, so that a reader sees at once how carefully to check it.
enum class Effect : std::uint8_t {
  none,        ///< Nothing by itself.
  protective,  ///< It grants or protects.
  restrictive  ///< It limits a right or imposes a burden.
};

/// `none`, `protective` or `restrictive`.
[[nodiscard]] TUTELA_API std::string_view to_string(Effect effect) noexcept;

/// What an answer that is not settled means for the person, so that nobody reads it as a *no* or as a *yes*.
enum class Caution : std::uint8_t {
  none,          ///< Nothing beyond the answer itself.
  not_excluded,  ///< A protective decision is open and may still apply: not excluded, so assess safety at once.
  no_support     ///< A restrictive decision is open: what is not known never supports the restriction.
};

/// `none`, `not_excluded` or `no_support`.
[[nodiscard]] TUTELA_API std::string_view to_string(Caution caution) noexcept;

/// Why an answer that could separate a child from the family is refused.
enum class Refusal : std::uint8_t {
  none,             ///< It is not refused.
  protected_facts,  ///< It does not stand without poverty, disability, ethnicity and what stands for them.
  material_neglect  ///< It rests on material neglect, and no record says that help was offered and refused or failed.
};

/// `none`, `protected_facts` or `material_neglect`.
[[nodiscard]] TUTELA_API std::string_view to_string(Refusal refusal) noexcept;

/// Something that somebody must do once a rule applies.
struct Duty {
  std::string clock;  ///< Within which time, as the act writes it: `24 hours`; empty when it sets none.
  std::string to;     ///< Towards whom: `guardianship authority`; empty when it names none.

  friend bool operator==(Duty const&, Duty const&) = default;
};

/// One rule of a table that led, or may lead, to the answer.
struct Reason {
  std::string decision;        ///< Name of the decision that the rule belongs to.
  std::size_t rule = 0;        ///< Number of the rule from 1; 0 for the default output or a decision without table.
  Truth applies = Truth::yes;  ///< `yes` when it certainly applies, `unknown` when the missing facts decide.
  std::vector<std::string>
      conditions;  ///< Its conditions as written: `person.age in < 14`; conditions on anything left out.
  Text label;      ///< What it means, for people; often empty.
  Value output;    ///< What it answers.
  Period law;      ///< Days on which this text of the rule is in force.
  std::vector<Citation> citations;  ///< Where it is written.
  std::vector<Duty> duties;         ///< What it obliges to.
};

/// The answer to one decision for one case on one day. It is a finding for a human, never a decision.
struct Verdict {
  std::string decision;              ///< Name of the decision in the pack.
  Text label;                        ///< Name for people.
  Outcome outcome = Outcome::error;  ///< How far the facts settle it.
  /// The answer when `known`; otherwise none. An answer of *none* is possible too: no rule applies and there is no default.
  Value value;
  /// Everything that completions of the missing facts can lead to. A set with one member when `known`; a `Fault` among the
  /// members means that some completion cannot be computed; *none* that some completion has no answer.
  Domain possible;
  std::vector<std::string> missing;    ///< Facts to ask: those that can change the answer; sorted.
  std::vector<std::string> uncertain;  ///< Facts that matter but cannot be known; sorted.
  std::vector<Reason> reasons;         ///< Certain rules first, then possible ones, each in the order of the tables.
  std::vector<Citation> citations;     ///< Of the decision and of its certain rules, without repetition.
  Effect effect = Effect::none;        ///< What the answer does to the person.
  Caution caution = Caution::none;     ///< What must be said before anything is asked, when the answer is not settled.
  /// Duties of the rules that may still apply, with their clocks, when `not_excluded`; without repetition.
  std::vector<Duty> safety_duties;
  Refusal refusal = Refusal::none;    ///< Why, when `refused`.
  std::vector<std::string> rests_on;  ///< The facts without which the answer does not stand, when `refused`; sorted.
  /// ISO 3166 code of the legal order asked about; with `rule_not_available` the one that has no such rule here. Empty
  /// for a lone DMN file.
  std::string jurisdiction;
  /// Data categories of all facts that could have influenced the answer, its reasons and its missing list; sorted.
  std::vector<std::string> categories;
  std::optional<Fault> fault;  ///< Why it cannot be computed, when `error`.
};

}  // namespace tutela::inline v0
