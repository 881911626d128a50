// SPDX-License-Identifier: Apache-2.0
#include <tutela/calendar/work_calendar.hpp>

#include <algorithm>

namespace tutela::inline v0 {
namespace {

/// Days from Monday to Friday among the days before `day`, since the first Monday of 1970; negative earlier.
std::int64_t weekdays_before(std::int64_t day) noexcept
{
  auto const since = day - 4;  // 5 January 1970 is a Monday
  auto const week = since >= 0 ? since / 7 : (since - 6) / 7;
  return week * 5 + std::min<std::int64_t>(since - week * 7, 5);
}

bool is_weekday(std::int64_t day) noexcept { return weekdays_before(day + 1) > weekdays_before(day); }

Diagnostic wrong(Code code, std::size_t exception, std::string what, std::string mend)
{
  return {
      code, Severity::error, {{}, 0, 0, "/exceptions/" + std::to_string(exception)}, std::move(what), std::move(mend)};
}

}  // namespace

Result<WorkCalendar> WorkCalendar::make(WorkCalendarContent content)
{
  constexpr std::int64_t most_days = 200 * 366;
  WorkCalendar calendar;
  calendar.first_ = to_days(content.first);
  calendar.end_ = to_days(content.last) + 1;
  if (calendar.end_ <= calendar.first_ || calendar.end_ - calendar.first_ > most_days) {
    return std::vector{Diagnostic{Code::invalid_interval,
                                  Severity::error,
                                  {{}, 0, 0, "/last"},
                                  "the calendar covers no day, or more than 200 years",
                                  "mend `first` and `last`"}};
  }
  std::vector<Diagnostic> found;
  std::vector<std::int64_t> changes(static_cast<std::size_t>(calendar.end_ - calendar.first_), 0);
  std::vector<bool> seen(changes.size(), false);
  for (std::size_t i = 0; i < content.exceptions.size(); ++i) {
    auto const day = to_days(content.exceptions[i].day);
    if (day < calendar.first_ || day >= calendar.end_) {
      found.push_back(
          wrong(Code::out_of_range, i, "a day outside the days that the calendar covers", "widen `first` and `last`"));
      continue;
    }
    auto const place = static_cast<std::size_t>(day - calendar.first_);
    if (seen[place]) found.push_back(wrong(Code::duplicate_id, i, "a day that is there twice", "remove one"));
    seen[place] = true;
    changes[place] = (content.exceptions[i].working ? 1 : 0) - (is_weekday(day) ? 1 : 0);
  }
  if (!found.empty()) return found;
  auto rank = weekdays_before(calendar.first_);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    calendar.ranks_.push_back(rank);
    rank += changes[i] + (is_weekday(calendar.first_ + static_cast<std::int64_t>(i)) ? 1 : 0);
  }
  calendar.shift_ = rank - weekdays_before(calendar.end_);
  calendar.content_ = std::move(content);
  return calendar;
}

/// Working days before a day, as far as they are known.
std::int64_t WorkCalendar::rank(std::int64_t day) const noexcept
{
  if (day < first_ || ranks_.empty()) return weekdays_before(day);
  return day < end_ ? ranks_[static_cast<std::size_t>(day - first_)] : weekdays_before(day) + shift_;
}

bool WorkCalendar::covers(Date day) const noexcept
{
  auto const number = to_days(day);
  return first_ <= number && number < end_;
}

bool WorkCalendar::is_working(Date day) const noexcept
{
  auto const number = to_days(day);
  return rank(number + 1) > rank(number);
}

CountedDay WorkCalendar::add(Date from, std::int64_t count) const noexcept
{
  if (count <= 0) return {from, true};
  auto const start = to_days(from);
  auto const wanted = rank(start + 1) + count;  // working days up to the end of the day that is looked for
  // The first day whose end has seen so many working days: after as many weeks, and the holidays, and two weeks more.
  std::int64_t low = start + 1;
  std::int64_t high = start + 1 + count * 7 / 5 + (shift_ < 0 ? -shift_ * 7 / 5 : 0) + 14;
  while (low < high) {
    auto const middle = low + (high - low) / 2;
    if (rank(middle + 1) >= wanted)
      high = middle;
    else
      low = middle + 1;
  }
  return {*from_days(low), first_ <= start + 1 && low < end_};
}

WorkCalendar::Count WorkCalendar::between(Date from, Date to) const noexcept
{
  auto const start = to_days(from);
  auto const last = to_days(to);
  if (last <= start) return {};
  return {rank(last + 1) - rank(start + 1), first_ <= start + 1 && last < end_};
}

}  // namespace tutela::inline v0
