// SPDX-License-Identifier: Apache-2.0
/// \file
/// Everything that is found about one case on one day, as a plain value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/text.hpp>
#include <tutela/facts/schema.hpp>
#include <tutela/model/case.hpp>
#include <tutela/referral/route.hpp>
#include <tutela/risk/score.hpp>
#include <tutela/rules/verdict.hpp>

namespace tutela::inline v0 {

/// A verdict as a reader sorts it: the words of an overview.
enum class Answer : std::uint8_t {
  yes,             ///< The answer is *true*: it is granted, or it applies.
  no,              ///< The answer is *false*.
  value,           ///< The answer is known and not a Boolean: a form of placement, a date.
  no_rule,         ///< No rule of the decision applies, and it has no default.
  unknown,         ///< Facts are missing.
  undeterminable,  ///< Only facts that cannot be known keep it open: for a human.
  refused,         ///< It would rest on a protected fact: for a human.
  not_available,   ///< No text of law in force, or no such rule.
  error            ///< The rule cannot be computed from these facts.
};

/// `yes`, `no`, `value`, `no_rule`, `unknown`, `undeterminable`, `refused`, `not_available` or `error`.
[[nodiscard]] TUTELA_API std::string_view to_string(Answer answer) noexcept;

/// How an overview sorts a verdict. Constant time.
[[nodiscard]] TUTELA_API Answer answer_of(Verdict const& verdict) noexcept;

/// One decision of one pack.
struct Finding {
  std::string pack;  ///< Id of the pack.
  Verdict verdict;   ///< What was found, and why.
};

/// The way to one kind of service that the case needs.
struct NeedRoute {
  ServiceKind need;    ///< Kind of service, as the case says it: `day_centre`.
  RouteAnswer answer;  ///< The best path, or why there is none.
};

/// A fact that would settle something, and everything that waits for it. It is asked once.
struct Question {
  std::string fact;                    ///< Dotted name of the fact.
  Text label;                          ///< Name for people; empty when nothing declares the fact.
  Text question;                       ///< The question; empty when nothing declares the fact.
  AskedOf asked_of = AskedOf::adult;   ///< Whom it is asked of; what concerns violence is never for the child.
  std::vector<std::string> decisions;  ///< Names of the decisions that wait for it, sorted.
  std::vector<ServiceKind> needs;      ///< Needs whose path waits for it, sorted.
};

/// A paper that a service asks for.
struct Paper {
  std::string paper;                ///< Code word: `birth_certificate`.
  std::vector<ServiceId> services;  ///< The services on the case's paths that ask for it, sorted.
};

/// Something that somebody must do because a rule certainly applies.
struct DutyToAct {
  std::string decision;             ///< Name of the decision.
  Duty duty;                        ///< Within which time, towards whom, in the words of the act.
  std::vector<Citation> citations;  ///< Where it is written.
};

/// A day that follows from a rule or from an act in the file.
struct NextDate {
  Date date;            ///< The day.
  std::string from;     ///< Name of the decision, or who issued the act: `court`.
  bool is_act = false;  ///< True when an act of a court, prosecutor or commission ends on this day.
};

/// Everything that is found about one case on one day: findings for a named human, never decisions.
struct Assessment {
  CaseId id;                                   ///< The case.
  Date on;                                     ///< The day the findings are for.
  bool synthetic = false;                      ///< True when case or network are made up.
  CaseKind kind = CaseKind::child_protection;  ///< Kind of care.
  std::string jurisdiction;                    ///< Legal order of the case.
  std::string group;                           ///< Siblings who stay together share it; empty for one person alone.
  AgencyId held_by;                            ///< Agency that holds the case.
  std::string network;            ///< Id of the network that serves the case; empty when none has `held_by`.
  bool has_pack = false;          ///< False when no pack is of the legal order: then there are no findings at all.
  std::vector<Finding> findings;  ///< By pack in the order given, then by name of the decision.
  std::vector<Score> scores;      ///< On probation cases only, for research; in the order of the instruments.
  std::vector<NeedRoute> routes;  ///< One a need, in the order of the case.
  std::vector<DutyToReport> duties_to_report;  ///< Of the network; they hold whatever else is found.
  /// What a needed path waits for first, then most waited for, then cheapest, then by name. No fact that cannot be known.
  std::vector<Question> questions;
  std::vector<std::string> uncertain;  ///< Facts that matter but cannot be known; sorted. Never asked again.
  std::vector<Paper> papers;           ///< Papers to bring, by code word.
  std::vector<DutyToAct> duties;       ///< What the rules that certainly apply oblige to.
  std::vector<NextDate> dates;         ///< Days that follow, earliest first.
  /// Data categories of everything that could have influenced the assessment; sorted. Disclosure checks read this.
  std::vector<std::string> categories;

  /// How many findings have this answer. Linear in the findings.
  [[nodiscard]] TUTELA_API std::size_t count(Answer answer) const noexcept;
};

}  // namespace tutela::inline v0
