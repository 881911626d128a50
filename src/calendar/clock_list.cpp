// SPDX-License-Identifier: Apache-2.0
#include <tutela/calendar/clock_list.hpp>

#include <algorithm>
#include <tuple>

namespace tutela::inline v0 {
namespace {

constexpr int end_of_day = 1'440;

}  // namespace

ClockList read_clocks(std::span<Clock const> clocks, ClockEvents const& events, WorkCalendar const& calendar,
                      ClockListOptions const& options)
{
  ClockList list;
  for (auto const& clock : clocks) {
    if (!clock.may_be_default() && !options.include_unverified) {
      list.left_out.push_back(clock.id);
      continue;
    }
    ClockRecord record;
    if (auto const found = events.records.find(clock.id); found != events.records.end()) record = found->second;
    if (auto const found = events.events.find(clock.event); !record.event && found != events.events.end())
      record.event = found->second;
    list.lines.push_back({clock, read(clock, record, calendar, options.on, options.regime)});
  }
  auto const key = [](ClockLine const& line) {
    auto const& last = line.reading.last;
    return std::tuple(!last.has_value(), last ? last->day : Date(), last ? last->minute.value_or(end_of_day) : 0);
  };
  std::stable_sort(list.lines.begin(), list.lines.end(),
                   [&](ClockLine const& lhs, ClockLine const& rhs) { return key(lhs) < key(rhs); });
  return list;
}

}  // namespace tutela::inline v0
