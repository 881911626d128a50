// SPDX-License-Identifier: Apache-2.0
/// \file
/// When a length of time is over (internal).
#pragma once

#include <tutela/base/date.hpp>
#include <tutela/calendar/clock.hpp>
#include <tutela/calendar/work_calendar.hpp>

namespace tutela::detail {

/// The last day of a term that began on a day, counted as every clock counts.
inline Date last_day(Date began, Term term)
{
  Clock clock;
  clock.due = DueWithin{term, {}};
  ClockRecord record;
  record.event = Moment{began, {}};
  return read(clock, record, WorkCalendar(), began).last->day;
}

}  // namespace tutela::detail
