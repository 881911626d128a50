// SPDX-License-Identifier: Apache-2.0
/// \file
/// The weekly agenda: what is due, overdue, promised and not done, for each agency and person.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/citation.hpp>
#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/text.hpp>
#include <tutela/calendar/clock.hpp>
#include <tutela/calendar/work_calendar.hpp>
#include <tutela/casework/commitment.hpp>
#include <tutela/casework/joint_plan.hpp>
#include <tutela/model/case.hpp>
#include <tutela/model/publication.hpp>

namespace tutela::inline v0 {

/// A clock of the law that runs for a case, or for an agency itself.
struct CaseClock {
  std::string clock;   ///< Identifier of the clock: `MD-007`.
  CaseId subject;      ///< Pseudonym of the case; empty for a duty of the agency itself, such as a yearly report.
  Owner owner;         ///< Who acts.
  ClockRecord record;  ///< What is recorded of it.

  friend bool operator==(CaseClock const&, CaseClock const&) = default;
};

/// An agency as the agenda names it.
struct AgendaAgency {
  AgencyId id;  ///< Identifier.
  Text name;    ///< Name for people.

  friend bool operator==(AgendaAgency const&, AgendaAgency const&) = default;
};

/// What an agenda is made from: the records of agencies that work together in one country.
struct AgendaRecords {
  std::string id;                         ///< Name of the records: `pokrovsk`.
  Text name;                              ///< What they are, for people.
  std::string jurisdiction;               ///< ISO 3166 code of the country whose clocks run.
  bool synthetic = false;                 ///< True when no real case stands behind them.
  std::optional<Period> martial_law;      ///< Days under martial law; nothing where there is none.
  std::vector<AgendaAgency> agencies;     ///< All agencies that the records name.
  std::vector<CaseClock> clocks;          ///< Running clocks.
  std::vector<Commitment> commitments;    ///< Promises.
  std::vector<JointPlan> plans;           ///< Plans of several agencies for one case; their measures are promises.
  std::vector<Exchange> exchanges;        ///< Regular exchanges.
  std::vector<Priority> priorities;       ///< Priorities of months.
  std::vector<Publication> publications;  ///< Where records were published.

  friend bool operator==(AgendaRecords const&, AgendaRecords const&) = default;
};

/// The part of an agenda that a line stands in.
enum class AgendaPart : std::uint8_t {
  overdue,        ///< The last day is certainly over.
  due_today,      ///< This is the last day, or the earliest day that it can be.
  coming,         ///< The last day is among the next days.
  promised,       ///< Promised and not done: without a day, or with one that is further away.
  done,           ///< Done in the past week.
  cannot_be_said  ///< What starts it is not recorded, or it may be overdue and may not.
};

/// How many parts there are.
inline constexpr std::size_t agenda_parts = 6;

/// `overdue`, `due_today`, `cannot_be_said`.
[[nodiscard]] TUTELA_API std::string_view to_string(AgendaPart part) noexcept;

/// What a line is about.
enum class AgendaKind : std::uint8_t {
  clock,       ///< A clock of the law.
  commitment,  ///< A promise made in a meeting.
  exchange     ///< A regular exchange of information.
};

/// `clock`, `commitment`, `exchange`.
[[nodiscard]] TUTELA_API std::string_view to_string(AgendaKind kind) noexcept;

/// What a reader must know about a line.
enum class AgendaMark : std::uint8_t {
  event_not_recorded,  ///< What starts the clock is not recorded by that day.
  holidays_unknown,    ///< Holidays are not known: the true last day may be later.
  minute_unknown,      ///< The minute is not known: the earliest end is given.
  ends_on_rest_day,    ///< The last day is no working day; whether it moves, the act as seen does not say.
  paused,              ///< The clock is paused on that day: the true last day will be later.
  prolonged_too_far,   ///< Prolongations reach beyond what the act allows.
  prolonged_too_late,  ///< A prolongation was granted after the end; it is left out.
  late,                ///< It was done after its last day.
  perhaps_late,        ///< It may have been done after its last day.
  not_by_default       ///< The text of the clock is not known well enough to be used without being asked for.
};

/// `holidays_unknown`, `paused`.
[[nodiscard]] TUTELA_API std::string_view to_string(AgendaMark mark) noexcept;

/// One line of an agenda. A finding: what follows from it is for people to decide.
struct AgendaItem {
  AgendaPart part = AgendaPart::cannot_be_said;  ///< Where it stands.
  AgendaKind kind = AgendaKind::clock;           ///< What it is about.
  std::string reference;                         ///< Identifier of the clock, commitment or exchange.
  CaseId subject;                                ///< Pseudonym of the case, for a clock of a case or a plan.
  Owner owner;                                   ///< Who acts.
  Text what;                                     ///< What is to be done.
  std::optional<Moment> due;                     ///< Last day, as far as it is known.
  std::optional<std::int64_t> days_left;         ///< Calendar days to it; negative when it is over.
  std::optional<Date> promised;                  ///< When it was promised or agreed.
  std::optional<Date> done;                      ///< When it was done, for what is done.
  std::optional<OnMiss> on_miss;                 ///< What the act says about missing it, for a clock.
  std::optional<Citation> citation;              ///< Where it is written, for a clock.
  std::vector<AgendaMark> marks;                 ///< What a reader must know, in the order of the enumeration.
  SourceId source;                               ///< Where it was published, for the others.

  friend bool operator==(AgendaItem const&, AgendaItem const&) = default;
};

/// What became of a promise.
enum class ReviewOutcome : std::uint8_t {
  done,          ///< Done, in time or without a day.
  done_late,     ///< Done after its last day.
  not_done,      ///< Its last day is over, or it has none, and it is not done.
  not_done_yet,  ///< Not done; its last day is not over.
  withdrawn      ///< Withdrawn, with a reason.
};

/// `done`, `not_done_yet`.
[[nodiscard]] TUTELA_API std::string_view to_string(ReviewOutcome outcome) noexcept;

/// One promise in the review of the week.
struct ReviewedCommitment {
  std::string commitment;                           ///< Identifier.
  Owner owner;                                      ///< Who promised.
  Text what;                                        ///< What.
  ReviewOutcome outcome = ReviewOutcome::not_done;  ///< What became of it by that day.
  std::string reason;                               ///< Why it was withdrawn.
  SourceId source;                                  ///< Where it was published.

  friend bool operator==(ReviewedCommitment const&, ReviewedCommitment const&) = default;
};

/// A clock that an agenda leaves out.
struct LeftOutClock {
  std::string clock;          ///< Identifier.
  CaseId subject;             ///< Pseudonym of the case.
  bool not_in_force = false;  ///< True when it is not in force on that day; else its text is not known well enough.

  friend bool operator==(LeftOutClock const&, LeftOutClock const&) = default;
};

/// How many lines of each part one owner has.
struct AgendaCount {
  Owner owner;                                    ///< Agency and person.
  std::array<std::size_t, agenda_parts> lines{};  ///< By part.

  friend bool operator==(AgendaCount const&, AgendaCount const&) = default;
};

/// The agenda of a day. Deterministic: the same records give the same lines in the same order.
struct Agenda {
  Date on;                                 ///< The day; it is read as it ends.
  int days = 7;                            ///< How many days are looked ahead.
  Regime regime = Regime::normal;          ///< Regime on that day.
  Text name;                               ///< As the records say.
  bool synthetic = false;                  ///< As the records say.
  std::vector<AgendaAgency> agencies;      ///< As the records say.
  std::vector<AgendaItem> items;           ///< By agency, person, part, last day, reference, case.
  std::vector<AgendaCount> counts;         ///< By agency and person.
  std::vector<ReviewedCommitment> review;  ///< Promises of the past week, by agency, person and identifier.
  std::vector<Priority> priorities;        ///< Of the month of that day, by agency, person and identifier.
  std::vector<LeftOutClock> left_out;      ///< Clocks that were left out, in the order of the records.
  std::size_t later = 0;                   ///< Clocks and exchanges whose last day is further away.

  friend bool operator==(Agenda const&, Agenda const&) = default;
};

/// What an agenda is asked for.
struct AgendaOptions {
  Date on;                          ///< The day.
  int days = 7;                     ///< How many days are looked ahead, 0 to 366.
  bool include_unverified = false;  ///< True to use clocks that may not be used by default; they are marked.
};

/// Makes the agenda of a day.
///
/// \param records  What is recorded.
/// \param clocks   Clocks of the country; see `load_clocks`.
/// \param calendar Working days of the country.
/// \param options  Day and reach.
/// \return The agenda, or every record that cannot be used, with its JSON pointer: a clock that is not among `clocks`, an
///         agency that is not named, an identifier given twice, a promise done before it was made, or both done and
///         withdrawn, or withdrawn without a reason, and what is wrong with plans (`check_joint_plan`).
///
/// *Overdue* is said only of what is overdue for certain. Where the holidays are not known, or the minute of the event, or
/// the last day is a day of rest, a clock that may be overdue stands under `cannot_be_said` until the doubt is over; for
/// unknown holidays it never is. Last days that are not certain are the earliest that they can be, and marked, so who keeps
/// to them is in time. What happens after the day is not known on it, so an agenda can be made again for a day that is over.
///
/// The review of the week covers the promises made in the seven days before the day, or due since then until the day, and
/// not settled before. n log n in the records.
[[nodiscard]] TUTELA_API Result<Agenda> agenda(AgendaRecords const& records, std::span<Clock const> clocks,
                                               WorkCalendar const& calendar, AgendaOptions const& options);

}  // namespace tutela::inline v0
