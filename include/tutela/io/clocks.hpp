// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading the law's clocks and the working days of a country.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/calendar/clock.hpp>
#include <tutela/calendar/clock_list.hpp>
#include <tutela/calendar/work_calendar.hpp>

namespace tutela::inline v0 {

/// The clocks of one country, in the order of the file; each identifier is there once.
struct ClockSet {
  std::string jurisdiction;   ///< ISO 3166 code.
  std::vector<Clock> clocks;  ///< Also those that may not be used without being asked for; see `Clock::may_be_default`.
};

/// Reads clocks from JSON text in the format `tutela-clocks/1`.
/// \param file Name for the diagnostics.
[[nodiscard]] TUTELA_API Result<ClockSet> parse_clocks(std::string_view json, std::string const& file = {},
                                                       Limits const& limits = {});

/// Loads clocks by path, or those that ship with the library by the folder of their country: `md`, `ro`, `ua`.
[[nodiscard]] TUTELA_API Result<ClockSet> load_clocks(std::string const& path_or_id, Limits const& limits = {});

/// Reads what is recorded for the clocks of one case from JSON text in the format `tutela-clock-events/1`.
/// \param file Name for the diagnostics.
[[nodiscard]] TUTELA_API Result<ClockEvents> parse_clock_events(std::string_view json, std::string const& file = {},
                                                                Limits const& limits = {});

/// A list of clocks as JSON text: what is due when, by whom, towards whom, by which article, and what follows a miss.
/// \param indent Blanks for each level; 0 writes one line.
[[nodiscard]] TUTELA_API std::string write_clock_list(ClockList const& list, int indent = 0);

/// Reads working days from JSON text in the format `tutela-work-calendar/1`. None ship with the library: no list of
/// holidays was verified so far, and a day that is guessed is worse than a term that is marked as not exact.
/// \param file Name for the diagnostics.
[[nodiscard]] TUTELA_API Result<WorkCalendar> parse_work_calendar(std::string_view json, std::string const& file = {},
                                                                  Limits const& limits = {});

/// The same from a file.
[[nodiscard]] TUTELA_API Result<WorkCalendar> load_work_calendar(std::string const& path, Limits const& limits = {});

}  // namespace tutela::inline v0
