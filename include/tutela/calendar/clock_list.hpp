// SPDX-License-Identifier: Apache-2.0
/// \file
/// All clocks of a country at once: what is due when, why, by which article.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/calendar/clock.hpp>
#include <tutela/calendar/work_calendar.hpp>

namespace tutela::inline v0 {

/// What is recorded for the clocks of one case.
struct ClockEvents {
  std::map<std::string, Moment> events;  ///< By code word of the event: `removal_decision`, `birth`.
  std::map<std::string, ClockRecord>
      records;  ///< By identifier of the clock, for what was done, pauses, prolongations.
                ///< A record without its event takes it from `events`.

  friend bool operator==(ClockEvents const&, ClockEvents const&) = default;
};

/// One clock with what it says.
struct ClockLine {
  Clock clock;           ///< The clock, with its article.
  ClockReading reading;  ///< What it says on the day.

  friend bool operator==(ClockLine const&, ClockLine const&) = default;
};

/// All clocks of a country on a day.
struct ClockList {
  std::vector<ClockLine> lines;       ///< By last day, then those without one; then as in the file.
  std::vector<std::string> left_out;  ///< Clocks whose text is not known well enough to be used.

  friend bool operator==(ClockList const&, ClockList const&) = default;
};

/// What a list is asked for.
struct ClockListOptions {
  Date on;                          ///< The day; it is read as it ends.
  Regime regime = Regime::normal;   ///< `normal` or `martial_law`.
  bool include_unverified = false;  ///< True to use clocks that may not be used by default.
};

/// Reads all clocks of a country. What starts a clock and is not recorded leaves it in the state `no_event`: it is shown,
/// because it may run. n log n in the clocks.
[[nodiscard]] TUTELA_API ClockList read_clocks(std::span<Clock const> clocks, ClockEvents const& events,
                                               WorkCalendar const& calendar, ClockListOptions const& options);

}  // namespace tutela::inline v0
