// SPDX-License-Identifier: Apache-2.0
/// \file
/// Supervision of a person on probation: obligations, measures with their length, the regime of minors and adults.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/text.hpp>
#include <tutela/base/truth.hpp>
#include <tutela/calendar/clock.hpp>
#include <tutela/calendar/work_calendar.hpp>
#include <tutela/casework/commitment.hpp>
#include <tutela/casework/community_work.hpp>
#include <tutela/casework/law_text.hpp>
#include <tutela/casework/programme.hpp>
#include <tutela/model/case.hpp>

namespace tutela::inline v0 {

/// Kind of probation.
enum class ProbationKind : std::uint8_t {
  presentence,       ///< Before the sentence: the psychosocial evaluation of the personality.
  community,         ///< After the sentence, in the community.
  penitentiary,      ///< In detention: social and educational work, preparing the release.
  post_penitentiary  ///< After release: help to settle.
};

/// The word used in files: `post_penitentiary`.
[[nodiscard]] TUTELA_API std::string_view to_string(ProbationKind kind) noexcept;

/// The value that a word of files names, or nothing.
[[nodiscard]] TUTELA_API std::optional<ProbationKind> parse_probation_kind(std::string_view word) noexcept;

/// Something that an act obliges a person to: to report, to tell of a change of home, to take part in a programme.
struct Obligation {
  std::string id;                       ///< Identifier, unique in a file.
  std::string kind;                     ///< Code word: `registration`, `tell_change_of_home`.
  Text what;                            ///< What, for people.
  Owner watched_by;                     ///< Who watches over it.
  ActIssuer set_by = ActIssuer::court;  ///< Who set it.
  std::string reference;                ///< Number of the act; opaque, may be empty.
  Period holds;                         ///< Days on which it holds; the first one is required.
  std::optional<Term> within;           ///< Due once, within a term of its first day.
  std::optional<Term> every;            ///< Due again and again, in days, months or years. Never beside `within`.
  std::vector<Moment> done;             ///< When it was done, in rising order.

  friend bool operator==(Obligation const&, Obligation const&) = default;
};

/// Where an obligation stands on a day.
struct ObligationReading {
  std::string obligation;             ///< Identifier.
  bool holds = false;                 ///< Whether it holds on that day.
  std::optional<ClockReading> clock;  ///< Where it stands, when the act sets a term; else nothing can be said.

  friend bool operator==(ObligationReading const&, ObligationReading const&) = default;
};

/// Reads an obligation on a day, as a clock that the act sets; see `read`.
[[nodiscard]] TUTELA_API ObligationReading read(Obligation const& obligation, WorkCalendar const& calendar, Date on);

/// Within which bounds an act may set the length of a measure: a test period, a supervision, a course.
struct MeasureBounds {
  LawText text;                 ///< Where it is written.
  std::string measure;          ///< Code word: `test_period`.
  AgeBand ages;                 ///< Ages it is for.
  std::optional<Term> least;    ///< Shortest; days, months or years.
  std::optional<Term> longest;  ///< Longest.

  friend bool operator==(MeasureBounds const&, MeasureBounds const&) = default;
};

/// A measure that an act set.
struct ProbationMeasure {
  std::string id;              ///< Identifier, unique in a file.
  std::string kind;            ///< Code word: `test_period`.
  std::optional<Date> began;   ///< First day, for a test period the day on which the verdict was pronounced.
  std::optional<Term> length;  ///< How long: days, months or years.
  SentencedAs sentenced = SentencedAs::not_recorded;  ///< By which norms.
  std::optional<Date> lifted;                         ///< When an act ended it before its time.

  friend bool operator==(ProbationMeasure const&, ProbationMeasure const&) = default;
};

/// Obligations that a measure always has.
struct MandatoryObligations {
  LawText text;                    ///< Where it is written.
  std::string measure;             ///< Code word: `test_period`.
  std::vector<std::string> kinds;  ///< Kinds of obligation: `registration`.

  friend bool operator==(MandatoryObligations const&, MandatoryObligations const&) = default;
};

/// How the length of a measure stands to the law.
enum class BoundsState : std::uint8_t {
  within,             ///< Within the bounds.
  outside,            ///< Shorter or longer than the text allows.
  cannot_be_said,     ///< Begin, length or age is not known well enough.
  rule_not_available  ///< No text in force that may be used sets bounds.
};

/// `within`, `rule_not_available`.
[[nodiscard]] TUTELA_API std::string_view to_string(BoundsState state) noexcept;

/// An obligation that a measure always has, and that is not recorded.
struct MissingObligation {
  std::string measure;  ///< Identifier of the measure.
  std::string kind;     ///< Kind of obligation.
  std::string text;     ///< Identifier of the text that sets it.

  friend bool operator==(MissingObligation const&, MissingObligation const&) = default;
};

/// What is known of a measure on a day. A finding.
struct MeasureReading {
  std::string measure;                                   ///< Identifier.
  std::optional<Date> last;                              ///< Last day, where begin and length are known.
  Truth runs = Truth::unknown;                           ///< Whether it runs on that day.
  BoundsState bounds = BoundsState::rule_not_available;  ///< How its length stands to the law.
  std::vector<std::string> by;                           ///< Identifiers of the texts that were compared with.
  std::vector<std::string> left_out;                     ///< Texts that are not known well enough to be used.

  friend bool operator==(MeasureReading const&, MeasureReading const&) = default;
};

/// Under which procedure a probation that began as one of a minor goes on.
enum class RegimeState : std::uint8_t {
  juvenile,           ///< The procedure for minors.
  adult,              ///< The procedure for adults.
  cannot_be_said,     ///< The day of birth is not known.
  rule_not_available  ///< No text in force that may be used says what happens.
};

/// `juvenile`, `rule_not_available`.
[[nodiscard]] TUTELA_API std::string_view to_string(RegimeState state) noexcept;

/// What the law of a country sets for probation.
struct ProbationLaw {
  std::string jurisdiction;             ///< ISO 3166 code.
  std::string adult_regime;             ///< Clock that says when the procedure for adults begins; empty without one.
  std::vector<WorkNorm> work;           ///< Community work.
  std::vector<MeasureBounds> measures;  ///< Lengths of measures.
  std::vector<Programme> programmes;    ///< Programmes.
  std::vector<MandatoryObligations> mandatory;  ///< What a measure always obliges to.

  friend bool operator==(ProbationLaw const&, ProbationLaw const&) = default;
};

/// A person under supervision.
struct Supervision {
  std::string id;                                 ///< Identifier, unique in a file.
  CaseId subject;                                 ///< Pseudonym of the case.
  ProbationKind kind = ProbationKind::community;  ///< Kind of probation.
  Owner counsellor;                               ///< Who supervises.
  Date opened;                                    ///< First day.
  std::optional<Date> closed;                     ///< Last day.
  std::optional<Date> born;                       ///< Day of birth, where it is known.
  std::vector<Obligation> obligations;            ///< What the person is obliged to.
  std::vector<ProbationMeasure> measures;         ///< Test period, supervision, courses.
  std::vector<WorkOrder> work;                    ///< Orders of community work.
  std::vector<Enrolment> programmes;              ///< Programmes the person is in.

  friend bool operator==(Supervision const&, Supervision const&) = default;
};

/// The records of an office of probation.
struct ProbationRecords {
  std::string jurisdiction;               ///< ISO 3166 code of the country whose law holds.
  bool synthetic = false;                 ///< True when no real person stands behind them.
  std::vector<Supervision> supervisions;  ///< By person.

  friend bool operator==(ProbationRecords const&, ProbationRecords const&) = default;
};

/// What a review of supervision is asked for.
struct SupervisionOptions {
  Date on;                          ///< The day; what happens after it is not known yet.
  bool include_unverified = false;  ///< True to use texts that may not be used without being asked for.
};

/// Where a supervision stands on a day. Findings: what follows from them is for people to decide.
struct SupervisionReview {
  std::string supervision;                           ///< Identifier.
  Date on;                                           ///< The day.
  RegimeState regime = RegimeState::cannot_be_said;  ///< Procedure of minors or of adults.
  std::string regime_by;                             ///< Identifier of the clock that says so; may be empty.
  std::optional<Date> adult_from;                    ///< Day on which the procedure for adults begins, where known.
  std::vector<ObligationReading> obligations;        ///< In the order of the record.
  std::vector<MeasureReading> measures;              ///< In the order of the record.
  std::vector<MissingObligation> missing;     ///< What runs without an obligation that it always has, by measure.
  std::vector<WorkAccount> work;              ///< In the order of the record.
  std::vector<ProgrammeProgress> programmes;  ///< In the order of the record.

  friend bool operator==(SupervisionReview const&, SupervisionReview const&) = default;
};

/// Compares the length of a measure with the law and says when it ends.
///
/// \param measure  The measure.
/// \param bounds   Texts of one country.
/// \param born     Day of birth, where it is known.
/// \param options  Day and reach.
/// The first day counts from the day after, as for every clock. Linear in the texts.
[[nodiscard]] TUTELA_API MeasureReading read(ProbationMeasure const& measure, std::span<MeasureBounds const> bounds,
                                             std::optional<Date> born, SupervisionOptions const& options);

/// Looks at everything of a supervision on a day.
///
/// \param supervision The record.
/// \param law         What the law of its country sets.
/// \param clocks      Clocks of its country, for the change to the procedure for adults.
/// \param calendar    Working days of its country.
/// \param options     Day and reach.
[[nodiscard]] TUTELA_API SupervisionReview review_supervision(Supervision const& supervision, ProbationLaw const& law,
                                                              std::span<Clock const> clocks,
                                                              WorkCalendar const& calendar,
                                                              SupervisionOptions const& options);

}  // namespace tutela::inline v0
