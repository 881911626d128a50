// SPDX-License-Identifier: Apache-2.0
/// \file
/// The removal of a child from danger: its life from step to step, and the duties that the law ties to it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/calendar/clock.hpp>
#include <tutela/calendar/work_calendar.hpp>
#include <tutela/casework/commitment.hpp>
#include <tutela/casework/law_text.hpp>

namespace tutela::inline v0 {

/// Where a removal stands (ro: luarea copilului; uk: відібрання дитини).
enum class RemovalState : std::uint8_t {
  danger_found,         ///< Danger to life or health was found.
  not_removed,          ///< The child stays: the danger was met in another way.
  decided,              ///< The removal was decided.
  prosecutor_informed,  ///< The prosecutor was told.
  court_action_filed,   ///< The action was brought before the court.
  court_decided,        ///< The court decided.
  child_returned        ///< The child is back with the parents.
};

/// Number of states.
inline constexpr std::size_t removal_states = 7;

/// The word used in files: `court_action_filed`.
[[nodiscard]] TUTELA_API std::string_view to_string(RemovalState state) noexcept;

/// The value that a word of files names, or nothing.
[[nodiscard]] TUTELA_API std::optional<RemovalState> parse_removal_state(std::string_view word) noexcept;

/// The states that may follow; none after `not_removed` and `child_returned`. Constant time.
[[nodiscard]] TUTELA_API std::span<RemovalState const> allowed_after(RemovalState state) noexcept;

/// What the court decided.
enum class CourtOutcome : std::uint8_t {
  removed,   ///< Removal without deprivation of parental rights.
  deprived,  ///< Deprivation of parental rights.
  refused    ///< Neither: the child goes back.
};

/// `removed`, `deprived` or `refused`.
[[nodiscard]] TUTELA_API std::string_view to_string(CourtOutcome outcome) noexcept;

/// The value that a word of files names, or nothing.
[[nodiscard]] TUTELA_API std::optional<CourtOutcome> parse_court_outcome(std::string_view word) noexcept;

/// One step.
struct RemovalStep {
  RemovalState state = RemovalState::danger_found;  ///< The state that begins.
  Moment at;                                        ///< When, with the minute where it is known.
  Owner by;                                         ///< Who did it.
  std::string reference;                            ///< Number of the act; opaque, may be empty.
  std::optional<CourtOutcome> outcome;              ///< For `court_decided`, required there and nowhere else.
  std::vector<std::string> heard;                   ///< For `court_decided`: code words of who was heard.

  friend bool operator==(RemovalStep const&, RemovalStep const&) = default;
};

/// One removal.
struct Removal {
  std::string id;                  ///< Identifier, unique in a file.
  std::vector<RemovalStep> steps;  ///< Its life, oldest first; it begins `danger_found` or `decided`.

  friend bool operator==(Removal const&, Removal const&) = default;
};

/// Who must be heard when a court decides on a removal.
struct HearingRule {
  LawText text;                      ///< Where it is written.
  std::vector<std::string> parties;  ///< Code words.

  friend bool operator==(HearingRule const&, HearingRule const&) = default;
};

/// Everything that is wrong with a removal: a step that may not follow (with those that may), moments that go back, a court
/// decision without an action before it, an outcome that is missing or out of place.
/// \param removal The removal.
/// \param pointer JSON pointer of the removal, for the places.
[[nodiscard]] TUTELA_API std::vector<Diagnostic> check_removal(Removal const& removal, std::string const& pointer = {});

/// Where a removal stood at the end of a day; nothing before its first step.
[[nodiscard]] TUTELA_API std::optional<RemovalState> state_on(Removal const& removal, Date on) noexcept;

/// A duty that the law ties to a removal.
struct RemovalDuty {
  std::string clock;                 ///< Identifier of the clock.
  RemovalState met_by;               ///< The step that does it.
  ClockReading reading;              ///< Where it stands.
  OnMiss on_miss = OnMiss::overdue;  ///< What the act says about missing it.
  bool ended_by_return = false;      ///< The child was back before its end: it is read as it stood on that day.

  friend bool operator==(RemovalDuty const&, RemovalDuty const&) = default;
};

/// What a removal looks like on a day. Findings: what follows from them is for people to decide.
struct RemovalReview {
  std::string removal;                 ///< Identifier.
  std::optional<RemovalState> state;   ///< Where it stands.
  std::vector<RemovalDuty> duties;     ///< In the order of the clocks; empty before a decision.
  bool rule_not_available = false;     ///< Decided, and no clock in force that may be used is tied to that.
  std::vector<std::string> left_out;   ///< Clocks and texts that are not known well enough to be used.
  std::vector<std::string> not_heard;  ///< Parties that the court had to hear, and that are not recorded as heard.
  std::string hearing_text;            ///< The text that says so; empty without one.

  friend bool operator==(RemovalReview const&, RemovalReview const&) = default;
};

/// What a review is asked for.
struct RemovalOptions {
  Date on;                          ///< The day; what happens after it is not known yet.
  Regime regime = Regime::normal;   ///< `normal` or `martial_law`.
  bool include_unverified = false;  ///< True to use texts that may not be used without being asked for.
};

/// Reads the clocks of a removal, and who had to be heard.
///
/// \param removal  The removal.
/// \param clocks   Clocks of its country; those that start with `removal_decision` are read. One towards the `prosecutor` is
///                 met by telling the prosecutor, one towards the `court` by bringing the action. No clock is ever taken from
///                 another country.
/// \param hearings Who must be heard, in its country.
/// \param calendar Working days of its country.
/// \param options  Day, regime, reach.
/// Once the child is back, no clock runs on. Linear in clocks times steps.
[[nodiscard]] TUTELA_API RemovalReview review_removal(Removal const& removal, std::span<Clock const> clocks,
                                                      std::span<HearingRule const> hearings,
                                                      WorkCalendar const& calendar, RemovalOptions const& options);

}  // namespace tutela::inline v0
