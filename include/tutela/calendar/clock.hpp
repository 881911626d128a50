// SPDX-License-Identifier: Apache-2.0
/// \file
/// The law's clocks: what is due when, by whom, towards whom, and from which article.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <tutela/base/citation.hpp>
#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/text.hpp>
#include <tutela/calendar/term.hpp>
#include <tutela/calendar/work_calendar.hpp>

namespace tutela::inline v0 {

/// A day, with the minute where it is known. Read on one clock on the wall: over a change to or from summer time hours
/// are off by that hour, unless the moments are given in UTC.
struct Moment {
  Date day;                             ///< The day.
  std::optional<std::uint16_t> minute;  ///< Minute of the day, 0 to 1439, where it is known.

  friend bool operator==(Moment const&, Moment const&) = default;
};

/// `2026-03-02` or `2026-03-02T14:05`.
[[nodiscard]] TUTELA_API std::string to_string(Moment moment);

/// The moment that `text` names, in the words of `to_string`, or nothing.
[[nodiscard]] TUTELA_API std::optional<Moment> parse_moment(std::string_view text) noexcept;

/// Due once, within a term of an event: *the court action within three working days of the removal*.
struct DueWithin {
  Term term;  ///< Of the event; `at once` when 0.
  /// The longest that all prolongations together may reach, from the event; nothing where the act names none.
  std::optional<Term> longest;

  friend bool operator==(DueWithin const&, DueWithin const&) = default;
};

/// Due again and again after an event: *a visit every three months*.
struct DueEvery {
  Term term;  ///< Of days, months or years.

  friend bool operator==(DueEvery const&, DueEvery const&) = default;
};

/// Due once a year: *the report by 15 March*, *the inquiry in the last quarter*.
struct DueYearly {
  std::uint8_t opens_month = 1;  ///< First day on which it may be done: month, 1 to 12.
  std::uint8_t opens_day = 1;    ///< And day of the month.
  std::uint8_t month = 12;       ///< Last day: month, not before the first one.
  std::uint8_t day = 31;         ///< And day of the month; 29 February is the last of February.

  friend bool operator==(DueYearly const&, DueYearly const&) = default;
};

/// What changes by itself at an age: *guardianship becomes curatorship at 14*. The event is the birth.
struct DueAtAge {
  std::uint8_t years = 18;  ///< Completed years.
  AgeRule rule;             ///< How ages are counted.

  friend bool operator==(DueAtAge const&, DueAtAge const&) = default;
};

/// What a missed clock leads to.
enum class OnMiss : std::uint8_t {
  overdue,            ///< The duty stays, and is late.
  breach,             ///< The law is broken; somebody above must be told.
  measure_ends,       ///< What was allowed for the term ends: a stay, a placement, an order.
  child_is_returned,  ///< The child goes back to the parents.
  decision_needed,    ///< It ends or is prolonged: somebody must decide.
  nothing             ///< It happens by itself.
};

/// The word used in files: `child_is_returned`.
[[nodiscard]] TUTELA_API std::string_view to_string(OnMiss on_miss) noexcept;

/// The value that a word of files names, or nothing.
[[nodiscard]] TUTELA_API std::optional<OnMiss> parse_on_miss(std::string_view word) noexcept;

/// Under which regime a clock runs.
enum class Regime : std::uint8_t {
  any,         ///< Always.
  normal,      ///< Only when no martial law is in force.
  martial_law  ///< Only under martial law.
};

/// The word used in files: `martial_law`.
[[nodiscard]] TUTELA_API std::string_view to_string(Regime regime) noexcept;

/// The value that a word of files names, or nothing.
[[nodiscard]] TUTELA_API std::optional<Regime> parse_regime(std::string_view word) noexcept;

/// What is known about the validity of a text of law.
enum class LawStatus : std::uint8_t {
  in_force_as_seen,  ///< In force as it was seen; nothing is known against it.
  recheck,           ///< Seen, but a later change is likely.
  partial,           ///< Only a part of the text was seen.
  conflict,          ///< Sources contradict each other.
  draft,             ///< Not law yet.
  historic           ///< No longer law.
};

/// The word used in files: `in_force_as_seen`.
[[nodiscard]] TUTELA_API std::string_view to_string(LawStatus status) noexcept;

/// The value that a word of files names, or nothing.
[[nodiscard]] TUTELA_API std::optional<LawStatus> parse_law_status(std::string_view word) noexcept;

/// A clock as an act sets it.
struct Clock {
  std::string id;            ///< `MD-007`.
  std::string jurisdiction;  ///< ISO 3166 code.
  Text name;                 ///< What is to be done, for people.
  std::string event;         ///< What starts it: `removal_decision`; empty for yearly clocks.
  std::string actor;         ///< Who must act.
  std::string receiver;      ///< Towards whom; may be empty.
  std::variant<DueWithin, DueEvery, DueYearly, DueAtAge> due;  ///< When.
  OnMiss on_miss = OnMiss::overdue;                            ///< What follows when it is missed.
  Regime regime = Regime::any;                                 ///< When it runs at all.
  Period law;                                                  ///< Days on which this text is in force.
  LawStatus status = LawStatus::recheck;                       ///< What is known about its validity.
  Citation citation;                                           ///< Where it is written.
  std::string note;                                            ///< What the act says besides, for people.

  /// True when the clock may be used without being asked for: grade A or B, and in force as it was seen.
  [[nodiscard]] bool may_be_default() const noexcept
  {
    return tutela::may_be_default(citation.grade) && status == LawStatus::in_force_as_seen;
  }

  friend bool operator==(Clock const&, Clock const&) = default;
};

/// A longer term that somebody granted.
struct Prolongation {
  Term term;       ///< Counted from where the clock would have ended.
  Moment granted;  ///< When.

  friend bool operator==(Prolongation const&, Prolongation const&) = default;
};

/// What is recorded of one clock of one case.
struct ClockRecord {
  std::optional<Moment> event;  ///< When it was started; nothing for a yearly clock, or when not recorded.
  std::vector<Moment> done;     ///< When it was done, in rising order.
  std::vector<Period>
      pauses;  ///< Days that do not count: rising, apart from each other, the last one perhaps without an end.
  std::vector<Prolongation> prolongations;  ///< In the order in which they were granted.

  friend bool operator==(ClockRecord const&, ClockRecord const&) = default;
};

/// Where a clock stands.
enum class ClockState : std::uint8_t {
  not_in_force,  ///< The act, or the regime it is for, is not in force on that day.
  no_event,      ///< What starts it is not recorded.
  not_open,      ///< A yearly one whose first day has not come.
  running,       ///< It runs, and there is time.
  paused,        ///< The day does not count.
  due,           ///< This is the last day.
  overdue,       ///< The last day is over, and nothing was done.
  met,           ///< It was done in time.
  met_late       ///< It was done after the last day.
};

/// `not_in_force`, `running`, `met_late`.
[[nodiscard]] TUTELA_API std::string_view to_string(ClockState state) noexcept;

/// What a clock says on a day. A finding: whether something follows from it is for people to decide.
struct ClockReading {
  ClockState state = ClockState::no_event;  ///< Where it stands.
  std::optional<Moment> last;               ///< The last day, for hours with the minute where it is known.
  std::int64_t days_left = 0;               ///< Calendar days to the last day; negative when it is over.
  /// Holidays are not known for some of the days that were counted: the true last day may be later.
  bool holidays_unknown = false;
  /// The term is in hours, and the minute of the event is not known: the earliest end is given.
  bool minute_unknown = false;
  /// The last day is no working day; whether it moves then, the act as seen does not say.
  bool ends_on_rest_day = false;
  bool prolonged_too_far = false;  ///< Prolongations reach beyond what the act allows; the last day is the allowed one.
  bool prolonged_too_late = false;  ///< A prolongation was granted after the clock had ended; it is left out.

  friend bool operator==(ClockReading const&, ClockReading const&) = default;
};

/// Reads one clock.
///
/// \param clock    The clock.
/// \param record   What is recorded of it. What happens after `on`, pauses and prolongations too, is not known yet.
/// \param calendar Working days of its jurisdiction.
/// \param on       The day on which it is read; it runs to its end.
/// \param regime   `normal` or `martial_law`, as it is on that day.
/// \pre The record is as its fields say, and days lie between the years 1 and 9999.
///
/// The day of the event does not count, the last day counts whole. A month ends on the day with the same number, or on the
/// last of a shorter month. A paused day does not count; for months the end moves by one day for each. What is due again and
/// again is met by what is done in the term that runs, and overdue when neither that term nor the one before saw it. Of
/// yearly clocks only the year of `on` is looked at. Prolongations are for what is due once.
///
/// Logarithmic in the calendar, linear in pauses, prolongations and what was done. Allocates nothing.
[[nodiscard]] TUTELA_API ClockReading read(Clock const& clock, ClockRecord const& record, WorkCalendar const& calendar,
                                           Date on, Regime regime = Regime::normal);

}  // namespace tutela::inline v0
