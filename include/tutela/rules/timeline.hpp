// SPDX-License-Identifier: Apache-2.0
/// \file
/// How one answer runs over time: when it begins, when it ends, and what ends it.
///
/// The days on which an answer can change are found from the rules: the days on which texts of the law and facts begin
/// and end, on which an age or a count of months since a date is complete, and on which a date plus or minus a duration
/// passes. Only these days are evaluated. A decision that uses the day in another way is evaluated on every day of the
/// interval, and the timeline says so. Both ways give the same spans.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/rules/pack.hpp>
#include <tutela/rules/verdict.hpp>

namespace tutela::inline v0 {

/// What happens on a day on which an answer may change.
enum class TurnKind : std::uint8_t {
  age_reached,  ///< Somebody reaches an age, or a number of months since a date is complete.
  date_passed,  ///< A date, with a time limit added or taken away, is reached or has passed.
  law_began,    ///< A text of the law or a rule comes into force.
  law_ended,    ///< A text of the law or a rule goes out of force.
  fact_began,   ///< A fact begins to hold.
  fact_ended,   ///< A fact no longer holds.
  other         ///< The answer depends on the day in another way.
};

/// `age_reached`, `date_passed`, `law_began`, `law_ended`, `fact_began`, `fact_ended` or `other`.
[[nodiscard]] TUTELA_API std::string_view to_string(TurnKind kind) noexcept;

/// One reason why an answer may change on a day.
struct Turn {
  TurnKind kind = TurnKind::other;  ///< What happens.
  std::string name;                 ///< The fact, or the decision whose text begins or ends.
  std::int64_t months = 0;          ///< Completed months since the date, or months added to it.
  std::int64_t days = 0;            ///< Days added to the date.

  friend bool operator==(Turn const&, Turn const&) = default;
};

/// In a few English words: `person.birth_date: 18 years`, `day_service: its text goes out of force`.
[[nodiscard]] TUTELA_API std::string to_string(Turn const& turn);

/// Days with one answer.
struct TimelineSpan {
  Date from;                           ///< First day.
  Date until;                          ///< First day after.
  Outcome outcome = Outcome::error;    ///< How far the facts settle it.
  Value value;                         ///< The answer when `known`.
  Domain possible;                     ///< Everything that completions of the missing facts can lead to.
  std::vector<std::string> missing;    ///< Facts to ask.
  std::vector<std::string> uncertain;  ///< Facts that matter but cannot be known.
  std::vector<Turn> began_with;        ///< What happens on the first day; empty at the start of the timeline.
  std::vector<Citation> citations;     ///< Of the answer on the first day.
};

/// The answer to one decision over an interval of days.
struct Timeline {
  std::string decision;             ///< Name of the decision.
  std::vector<TimelineSpan> spans;  ///< Without gaps; neighbours differ.
  bool day_by_day = false;          ///< True when every day was evaluated.
  std::string why_day_by_day;       ///< Which use of the day made that necessary; empty otherwise.
  std::size_t evaluations = 0;      ///< Days that were evaluated.
};

/// The answers of a decision on all days from `start` until `end`.
///
/// Retroactive facts count as the record says: each fact on the days on which it holds. With `options.known_on` the
/// timeline is as it would have been drawn then. Unless `options.law_on` is given, each day has the law of that day.
///
/// \param pack     The rules; a decision that the pack lacks is `rule_not_available` throughout.
/// \param record   The facts.
/// \param decision Name of the decision.
/// \param start    First day.
/// \param end      First day after; at most 200 years later.
/// \throws ContractViolation for an interval without days or of more than 200 years.
[[nodiscard]] TUTELA_API Timeline timeline(Pack const& pack, Record const& record, std::string_view decision,
                                           Date start, Date end, DecideOptions const& options = {});

}  // namespace tutela::inline v0
