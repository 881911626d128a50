// SPDX-License-Identifier: Apache-2.0
#include <tutela/calendar/clock.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

namespace tutela::inline v0 {
namespace {

constexpr int minutes_of_day = 24 * 60;

template <class Enum, std::size_t count>
std::optional<Enum> find_word(std::array<std::string_view, count> const& words, std::string_view word) noexcept
{
  auto const found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return std::nullopt;
  return static_cast<Enum>(found - words.begin());
}

constexpr std::array<std::string_view, 6> on_miss_words{"overdue",           "breach",          "measure_ends",
                                                        "child_is_returned", "decision_needed", "nothing"};
constexpr std::array<std::string_view, 3> regime_words{"any", "normal", "martial_law"};
constexpr std::array<std::string_view, 6> status_words{"in_force_as_seen", "recheck", "partial",
                                                       "conflict",         "draft",   "historic"};
constexpr std::array<std::string_view, 9> state_words{"not_in_force", "no_event", "not_open", "running", "paused",
                                                      "due",          "overdue",  "met",      "met_late"};

/// A moment without minute lasts to the end of its day.
bool before(Moment const& lhs, Moment const& rhs) noexcept
{
  auto const key = [](Moment const& each) { return std::tuple(each.day, each.minute.value_or(minutes_of_day)); };
  return key(lhs) < key(rhs);
}

Date day_after(Date from, std::int64_t days) noexcept { return *add_days(from, days); }

/// Reads one clock; see `read`.
class Reader {
 public:
  Reader(Clock const& clock, ClockRecord const& record, WorkCalendar const& calendar, Date on, Regime regime) noexcept
      : clock_(clock), record_(record), calendar_(calendar), on_(on), regime_(regime)
  {
  }

  ClockReading run()
  {
    if (clock_.regime != Regime::any && clock_.regime != regime_) return in(ClockState::not_in_force);
    if (auto const* yearly = std::get_if<DueYearly>(&clock_.due)) return once_a_year(*yearly);
    if (!record_.event || record_.event->day > on_) return in(ClockState::no_event);
    if (!clock_.law.contains(record_.event->day)) return in(ClockState::not_in_force);
    if (auto const* within = std::get_if<DueWithin>(&clock_.due)) return once(*within);
    if (auto const* every = std::get_if<DueEvery>(&clock_.due)) return again(*every);
    return at_age(std::get<DueAtAge>(clock_.due));
  }

 private:
  ClockReading in(ClockState state)
  {
    reading_.state = state;
    return reading_;
  }

  /// The part of a pause that is known and lies after `from`, or nothing.
  [[nodiscard]] std::optional<Date> pause_after(Period const& pause, Date from) const noexcept
  {
    if (*pause.from > on_ || end_of(pause) <= day_after(from, 1)) return std::nullopt;
    return std::max(*pause.from, day_after(from, 1));
  }

  /// The first day after a pause; one without an end has lasted to the day of the reading.
  [[nodiscard]] Date end_of(Period const& pause) const noexcept { return pause.until.value_or(day_after(on_, 1)); }

  Date add_calendar_days(Date from, std::int64_t count) const noexcept
  {
    if (count == 0) return from;
    auto end = to_days(from) + count;
    for (auto const& pause : record_.pauses) {
      auto const first = pause_after(pause, from);
      if (first && to_days(*first) <= end) end += to_days(end_of(pause)) - to_days(*first);
    }
    return *from_days(end);
  }

  Date add_working_days(Date from, std::int64_t count) noexcept
  {
    auto found = calendar_.add(from, count);
    for (auto const& pause : record_.pauses) {
      auto const first = pause_after(pause, from);
      if (!first || *first > found.day) continue;
      auto const lost = calendar_.between(day_after(*first, -1), day_after(end_of(pause), -1));
      count += lost.days;
      auto const further = calendar_.add(from, count);
      found = {further.day, found.exact && lost.exact && further.exact};
    }
    if (!found.exact) reading_.holidays_unknown = true;
    return found.day;
  }

  Moment add_hours(Moment const& from, std::int64_t count) noexcept
  {
    if (!from.minute) reading_.minute_unknown = true;
    auto const start = to_days(from.day) * minutes_of_day + from.minute.value_or(0);
    auto end = start + count * 60;
    for (auto const& pause : record_.pauses) {
      if (*pause.from > on_) continue;
      auto const first = std::max(start, to_days(*pause.from) * minutes_of_day);
      auto const until = to_days(end_of(pause)) * minutes_of_day;
      if (first < end && first < until) end += until - first;
    }
    return {*from_days(end / minutes_of_day), static_cast<std::uint16_t>(end % minutes_of_day)};
  }

  /// The end of `times` terms that begin at `from`.
  Moment add(Moment const& from, Term term, std::int64_t times = 1) noexcept
  {
    auto const count = term.count * times;
    if (count == 0) return from;
    auto const months = [&](std::int64_t number) {
      auto const end = *add_months(from.day, number, MonthRounding::down);
      return Moment{add_calendar_days(from.day, to_days(end) - to_days(from.day)), {}};
    };
    switch (term.unit) {
      case TermUnit::hours: return add_hours(from, count);
      case TermUnit::days: return {add_calendar_days(from.day, count), {}};
      case TermUnit::working_days: return {add_working_days(from.day, count), {}};
      case TermUnit::months: return months(count);
      case TermUnit::years: return months(count * 12);
    }
    return from;
  }

  void ends(Moment const& last)
  {
    reading_.last = last;
    reading_.days_left = to_days(last.day) - to_days(on_);
  }

  /// The first of what was done from `from` on, as far as it is known.
  [[nodiscard]] Moment const* done_since(Moment const& from) const noexcept
  {
    for (auto const& done : record_.done)
      if (done.day <= on_ && !before(done, from)) return &done;
    return nullptr;
  }

  ClockReading open_until(Moment const& last)
  {
    ends(last);
    if (last.day < on_) return in(ClockState::overdue);
    for (auto const& pause : record_.pauses)
      if (pause.contains(on_)) return in(ClockState::paused);
    return in(last.day == on_ ? ClockState::due : ClockState::running);
  }

  ClockReading done(Moment const& done, Moment const& last)
  {
    ends(last);
    if (last.minute && done.day == last.day && !done.minute) {
      reading_.minute_unknown = true;
      return in(ClockState::met);
    }
    return in(before(last, done) ? ClockState::met_late : ClockState::met);
  }

  ClockReading once(DueWithin const& within)
  {
    auto const& event = *record_.event;
    auto last = add(event, within.term);
    for (auto const& prolongation : record_.prolongations) {
      if (prolongation.granted.day > on_) continue;
      if (before(last, prolongation.granted)) {
        reading_.prolonged_too_late = true;
      } else {
        last = add(last, prolongation.term);
      }
    }
    if (within.longest) {
      if (auto const limit = add(event, *within.longest); before(limit, last)) {
        reading_.prolonged_too_far = true;
        last = limit;
      }
    }
    if (within.term.unit != TermUnit::hours) reading_.ends_on_rest_day = !calendar_.is_working(last.day);
    auto const* found = done_since({event.day, event.minute.value_or(0)});
    return found != nullptr ? done(*found, last) : open_until(last);
  }

  ClockReading again(DueEvery const& every)
  {
    auto const& event = *record_.event;
    // The first end that is not before the day.
    std::int64_t low = 1;
    std::int64_t high = to_days(on_) - to_days(event.day) + 1;
    while (low < high) {
      auto const middle = low + (high - low) / 2;
      if (add(event, every.term, middle).day >= on_)
        high = middle;
      else
        low = middle + 1;
    }
    auto const after = [](Moment const& end) { return Moment{day_after(end.day, 1), 0}; };
    auto const last = add(event, every.term, low);
    if (low == 1) {
      auto const* found = done_since({event.day, event.minute.value_or(0)});
      return found != nullptr ? done(*found, last) : open_until(last);
    }
    auto const previous = add(event, every.term, low - 1);
    if (auto const* found = done_since(after(previous))) return done(*found, last);
    auto const before_previous =
        low == 2 ? Moment{event.day, event.minute.value_or(0)} : after(add(event, every.term, low - 2));
    return open_until(done_since(before_previous) != nullptr ? last : previous);
  }

  ClockReading once_a_year(DueYearly const& yearly)
  {
    auto const day = [&](int month, int number) {
      return *make_date(on_.year, month, std::min(number, days_in_month(on_.year, month)));
    };
    Moment const last{day(yearly.month, yearly.day), {}};
    if (!clock_.law.contains(last.day)) return in(ClockState::not_in_force);
    Moment const opens{day(yearly.opens_month, yearly.opens_day), 0};
    if (on_ < opens.day) {
      ends(last);
      return in(ClockState::not_open);
    }
    auto const* found = done_since(opens);
    return found != nullptr ? done(*found, last) : open_until(last);
  }

  ClockReading at_age(DueAtAge const& age)
  {
    auto const reached = age_reached_on(record_.event->day, age.years, age.rule);
    ends({*reached, {}});
    if (*reached < on_) return in(ClockState::met);
    return in(*reached == on_ ? ClockState::due : ClockState::running);
  }

  Clock const& clock_;
  ClockRecord const& record_;
  WorkCalendar const& calendar_;
  Date on_;
  Regime regime_;
  ClockReading reading_;
};

}  // namespace

std::string to_string(Moment moment)
{
  auto text = to_string(moment.day);
  if (!moment.minute) return text;
  auto const two = [](int number) { return std::string(number < 10 ? "0" : "") + std::to_string(number); };
  return text + "T" + two(*moment.minute / 60) + ":" + two(*moment.minute % 60);
}

std::optional<Moment> parse_moment(std::string_view text) noexcept
{
  auto const mark = text.find('T');
  auto const day = parse_date(text.substr(0, mark));
  if (!day) return std::nullopt;
  if (mark == std::string_view::npos) return Moment{*day, {}};
  auto const time = text.substr(mark + 1);
  if (time.size() != 5 || time[2] != ':') return std::nullopt;
  unsigned hour = 0;
  unsigned minute = 0;
  auto const number = [](std::string_view digits, unsigned& into) {
    auto const [rest, error] = std::from_chars(digits.data(), digits.data() + digits.size(), into);
    return error == std::errc() && rest == digits.data() + digits.size();
  };
  if (!number(time.substr(0, 2), hour) || !number(time.substr(3), minute) || hour > 23 || minute > 59)
    return std::nullopt;
  return Moment{*day, static_cast<std::uint16_t>(hour * 60 + minute)};
}

std::string_view to_string(OnMiss on_miss) noexcept { return on_miss_words[static_cast<std::size_t>(on_miss)]; }
std::optional<OnMiss> parse_on_miss(std::string_view word) noexcept { return find_word<OnMiss>(on_miss_words, word); }
std::string_view to_string(Regime regime) noexcept { return regime_words[static_cast<std::size_t>(regime)]; }
std::optional<Regime> parse_regime(std::string_view word) noexcept { return find_word<Regime>(regime_words, word); }
std::string_view to_string(LawStatus status) noexcept { return status_words[static_cast<std::size_t>(status)]; }
std::optional<LawStatus> parse_law_status(std::string_view word) noexcept
{
  return find_word<LawStatus>(status_words, word);
}
std::string_view to_string(ClockState state) noexcept { return state_words[static_cast<std::size_t>(state)]; }

ClockReading read(Clock const& clock, ClockRecord const& record, WorkCalendar const& calendar, Date on, Regime regime)
{
  return Reader(clock, record, calendar, on, regime).run();
}

}  // namespace tutela::inline v0
