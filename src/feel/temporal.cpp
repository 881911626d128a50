// SPDX-License-Identifier: Apache-2.0
/// \file
/// Dates, times and durations as FEEL writes, compares and adds them.
#include "feel/temporal.hpp"

#include <array>
#include <cstdlib>

#include "feel/zones.hpp"

namespace tutela::detail {

namespace {

constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;
constexpr std::int32_t largest_offset = 18 * 3'600;

// Takes digits and signs off the front of a text.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return text_.empty(); }
  [[nodiscard]] bool at(char byte) const { return !text_.empty() && text_.front() == byte; }
  [[nodiscard]] std::string_view rest() const { return text_; }

  bool take(char byte)
  {
    if (!at(byte)) return false;
    text_.remove_prefix(1);
    return true;
  }

  [[nodiscard]] std::string_view digits()
  {
    std::size_t count = 0;
    while (count < text_.size() && text_[count] >= '0' && text_[count] <= '9') ++count;
    auto const found = text_.substr(0, count);
    text_.remove_prefix(count);
    return found;
  }

  // Exactly two digits.
  [[nodiscard]] std::optional<int> two()
  {
    if (text_.size() < 2) return std::nullopt;
    auto const is_digit = [](char byte) { return byte >= '0' && byte <= '9'; };
    if (!is_digit(text_[0]) || !is_digit(text_[1])) return std::nullopt;
    int const value = (text_[0] - '0') * 10 + (text_[1] - '0');
    text_.remove_prefix(2);
    return value;
  }

 private:
  std::string_view text_;
};

std::optional<std::int64_t> to_integer(std::string_view digits)
{
  if (digits.empty() || digits.size() > 18) return std::nullopt;
  std::int64_t value = 0;
  for (char const digit : digits) value = value * 10 + (digit - '0');
  return value;
}

// The digits after the point as nanoseconds; further ones are cut off.
std::uint32_t nanoseconds_of(std::string_view digits)
{
  std::uint32_t value = 0;
  for (std::size_t index = 0; index < 9; ++index) {
    value = value * 10 + (index < digits.size() ? static_cast<std::uint32_t>(digits[index] - '0') : 0U);
  }
  return value;
}

std::optional<Date> take_date(Cursor& cursor)
{
  bool const before_zero = cursor.take('-');
  auto const digits = cursor.digits();
  if (digits.size() < 4 || digits.size() > 9 || (digits.size() > 4 && digits.front() == '0')) return std::nullopt;
  auto const year = to_integer(digits);
  if (!year || !cursor.take('-')) return std::nullopt;
  auto const month = cursor.two();
  if (!month || !cursor.take('-')) return std::nullopt;
  auto const day = cursor.two();
  if (!day) return std::nullopt;
  return make_date(before_zero ? -*year : *year, *month, *day);
}

// A time whose hour may be 24 when everything else is zero; the zone runs to the end of the text.
std::optional<Time> take_time(Cursor& cursor)
{
  auto const hour = cursor.two();
  if (!hour || !cursor.take(':')) return std::nullopt;
  auto const minute = cursor.two();
  if (!minute || !cursor.take(':')) return std::nullopt;
  auto const second = cursor.two();
  if (!second || *hour > 24 || *minute > 59 || *second > 59) return std::nullopt;
  Time time;
  if (cursor.take('.')) {
    auto const digits = cursor.digits();
    if (digits.empty() || digits.size() > 9) return std::nullopt;
    time.nanosecond = nanoseconds_of(digits);
  }
  if (*hour == 24 && (*minute != 0 || *second != 0 || time.nanosecond != 0)) return std::nullopt;
  time.hour = static_cast<std::uint8_t>(*hour);
  time.minute = static_cast<std::uint8_t>(*minute);
  time.second = static_cast<std::uint8_t>(*second);
  if (cursor.at_end()) return time;
  if (cursor.take('Z') || cursor.take('z')) {  // the examples of the standard have both
    time.zone.kind = Zone::Kind::offset;
  } else if (cursor.take('@')) {
    time.zone.kind = Zone::Kind::named;
    time.zone.name = cursor.rest();
    if (!is_zone(time.zone.name)) return std::nullopt;
    return time;
  } else if (cursor.at('+') || cursor.at('-')) {
    bool const west = cursor.take('-');
    if (!west) cursor.take('+');
    auto const hours = cursor.two();
    if (!hours || !cursor.take(':')) return std::nullopt;
    auto const minutes = cursor.two();
    int seconds = 0;
    if (cursor.take(':')) {
      auto const read = cursor.two();
      if (!read) return std::nullopt;
      seconds = *read;
    }
    if (!minutes || *minutes > 59 || seconds > 59) return std::nullopt;
    std::int32_t const offset = *hours * 3'600 + *minutes * 60 + seconds;
    if (offset > largest_offset) return std::nullopt;
    time.zone.kind = Zone::Kind::offset;
    time.zone.offset_seconds = west ? -offset : offset;
  }
  if (!cursor.at_end()) return std::nullopt;
  return time;
}

void append_two(std::string& text, int value)
{
  text.push_back(static_cast<char>('0' + value / 10));
  text.push_back(static_cast<char>('0' + value % 10));
}

void append_fraction(std::string& text, std::uint32_t nanoseconds)
{
  if (nanoseconds == 0) return;
  std::string digits = std::to_string(nanoseconds);
  digits.insert(0, 9 - digits.size(), '0');
  digits.erase(digits.find_last_not_of('0') + 1);
  text += '.' + digits;
}

void append_part(std::string& text, std::uint64_t value, char unit)
{
  if (value == 0) return;
  text += std::to_string(value);
  text.push_back(unit);
}

std::int64_t floor_div(std::int64_t value, std::int64_t by) { return value / by - (value % by < 0 ? 1 : 0); }

}  // namespace

std::optional<Date> parse_date_text(std::string_view text)
{
  Cursor cursor(text);
  auto const date = take_date(cursor);
  return cursor.at_end() ? date : std::nullopt;
}

std::optional<Time> parse_time_text(std::string_view text)
{
  Cursor cursor(text);
  auto time = take_time(cursor);
  return time && time->hour < 24 ? time : std::nullopt;
}

std::optional<DateTime> parse_date_time_text(std::string_view text)
{
  Cursor cursor(text);
  auto date = take_date(cursor);
  if (!date) return std::nullopt;
  if (cursor.at_end()) return DateTime{*date, Time{}};
  if (!cursor.take('T')) return std::nullopt;
  auto time = take_time(cursor);
  if (!time) return std::nullopt;
  if (time->hour == 24) {
    time->hour = 0;
    date = add_days(*date, 1);
    if (!date) return std::nullopt;
  }
  return DateTime{*date, std::move(*time)};
}

Value parse_duration_text(std::string_view text)
{
  Cursor cursor(text);
  bool const is_negative = cursor.take('-');
  if (!cursor.take('P') || cursor.at_end()) return {};
  std::int64_t months = 0;
  std::int64_t seconds = 0;
  std::uint32_t nanoseconds = 0;
  bool has_months = false;
  bool has_days = false;
  bool after_t = false;
  int last = -1;  // order of the last unit: Y M D | H M S
  while (!cursor.at_end()) {
    if (!after_t && cursor.take('T')) {
      after_t = true;
      last = 2;
      if (cursor.at_end()) return {};
      continue;
    }
    auto const number = to_integer(cursor.digits());
    if (!number) return {};
    std::int64_t const limit = 9'000'000'000'000'000'000;
    auto const add = [&](std::int64_t& total, std::int64_t factor) {
      if (*number > (limit - total) / factor) return false;
      total += *number * factor;
      return true;
    };
    int unit = 0;
    bool fits = true;
    if (cursor.at('.') && after_t) {
      cursor.take('.');
      auto const digits = cursor.digits();
      nanoseconds = nanoseconds_of(digits);
      if (digits.size() > 9 || !cursor.take('S')) return {};
      unit = 5;
      fits = add(seconds, 1);
      has_days = true;
    } else if (!after_t && cursor.take('Y')) {
      unit = 0;
      fits = add(months, 12);
      has_months = true;
    } else if (!after_t && cursor.take('M')) {
      unit = 1;
      fits = add(months, 1);
      has_months = true;
    } else if (!after_t && cursor.take('D')) {
      unit = 2;
      fits = add(seconds, seconds_per_day);
      has_days = true;
    } else if (after_t && cursor.take('H')) {
      unit = 3;
      fits = add(seconds, 3'600);
      has_days = true;
    } else if (after_t && cursor.take('M')) {
      unit = 4;
      fits = add(seconds, 60);
      has_days = true;
    } else if (after_t && cursor.take('S')) {
      unit = 5;
      fits = add(seconds, 1);
      has_days = true;
    } else {
      return {};
    }
    if (!fits || unit <= last) return {};
    last = unit;
  }
  if (has_months == has_days) return {};
  if (has_months) return Value(MonthsDuration{is_negative ? -months : months});
  DaysDuration duration{seconds, static_cast<std::int32_t>(nanoseconds)};
  if (is_negative) duration = {-duration.seconds, -duration.nanoseconds};
  return Value(duration);
}

Value parse_temporal(std::string_view text)
{
  if (auto const date = parse_date_text(text)) return Value(*date);
  if (auto moment = parse_date_time_text(text)) return Value(std::move(*moment));
  if (auto time = parse_time_text(text)) return Value(std::move(*time));
  return parse_duration_text(text);
}

std::string temporal_text(Date date)
{
  std::string text = std::to_string(std::abs(date.year));
  if (text.size() < 4) text.insert(0, 4 - text.size(), '0');
  if (date.year < 0) text.insert(text.begin(), '-');
  text.push_back('-');
  append_two(text, date.month);
  text.push_back('-');
  append_two(text, date.day);
  return text;
}

std::string temporal_text(Time const& time)
{
  std::string text;
  append_two(text, time.hour);
  text.push_back(':');
  append_two(text, time.minute);
  text.push_back(':');
  append_two(text, time.second);
  append_fraction(text, time.nanosecond);
  if (time.zone.kind == Zone::Kind::named) return text + '@' + time.zone.name;
  if (time.zone.kind == Zone::Kind::local) return text;
  int const offset = std::abs(time.zone.offset_seconds);
  if (offset == 0) return text + 'Z';
  text.push_back(time.zone.offset_seconds < 0 ? '-' : '+');
  append_two(text, offset / 3'600);
  text.push_back(':');
  append_two(text, offset / 60 % 60);
  if (offset % 60 != 0) {
    text.push_back(':');
    append_two(text, offset % 60);
  }
  return text;
}

std::string temporal_text(DateTime const& moment)
{
  return temporal_text(moment.date) + 'T' + temporal_text(moment.time);
}

std::string temporal_text(DaysDuration duration)
{
  bool const is_negative = duration.seconds < 0 || duration.nanoseconds < 0;
  std::uint64_t const seconds = is_negative ? std::uint64_t{0} - static_cast<std::uint64_t>(duration.seconds)
                                            : static_cast<std::uint64_t>(duration.seconds);
  auto const nanoseconds = static_cast<std::uint32_t>(std::abs(duration.nanoseconds));
  if (seconds == 0 && nanoseconds == 0) return "PT0S";
  std::string text = is_negative ? "-P" : "P";
  append_part(text, seconds / 86'400, 'D');
  std::uint64_t const rest = seconds % 86'400;
  if (rest == 0 && nanoseconds == 0) return text;
  text.push_back('T');
  append_part(text, rest / 3'600, 'H');
  append_part(text, rest / 60 % 60, 'M');
  if (rest % 60 != 0 || nanoseconds != 0) {
    text += std::to_string(rest % 60);
    append_fraction(text, nanoseconds);
    text.push_back('S');
  }
  return text;
}

std::string temporal_text(MonthsDuration duration)
{
  std::uint64_t const months = duration.months < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(duration.months)
                                                   : static_cast<std::uint64_t>(duration.months);
  if (months == 0) return "P0M";
  std::string text = duration.months < 0 ? "-P" : "P";
  append_part(text, months / 12, 'Y');
  append_part(text, months % 12, 'M');
  return text;
}

std::optional<std::int32_t> offset_of(DateTime const& moment)
{
  auto const& zone = moment.time.zone;
  if (zone.kind == Zone::Kind::local) return std::nullopt;
  if (zone.kind == Zone::Kind::offset) return zone.offset_seconds;
  return offset_at_local(zone.name, moment.date, moment.time);
}

std::optional<std::int32_t> offset_of(Time const& time) { return offset_of(DateTime{Date{1970, 1, 1}, time}); }

std::int64_t second_of_day(Time const& time) noexcept { return time.hour * 3'600 + time.minute * 60 + time.second; }

std::int64_t seconds_of(DateTime const& moment)
{
  return to_days(moment.date) * seconds_per_day + second_of_day(moment.time) - offset_of(moment).value_or(0);
}

std::int64_t seconds_of(Time const& time) { return second_of_day(time) - offset_of(time).value_or(0); }

std::optional<DateTime> moment_at(std::int64_t seconds, std::uint32_t nanosecond, Zone const& zone)
{
  std::int32_t offset = zone.kind == Zone::Kind::offset ? zone.offset_seconds : 0;
  if (zone.kind == Zone::Kind::named) offset = offset_at(zone.name, seconds).value_or(0);
  std::int64_t const local = seconds + offset;
  std::int64_t const days = floor_div(local, seconds_per_day);
  auto const date = from_days(days);
  if (!date) return std::nullopt;
  std::int64_t const rest = local - days * seconds_per_day;
  Time time;
  time.hour = static_cast<std::uint8_t>(rest / 3'600);
  time.minute = static_cast<std::uint8_t>(rest / 60 % 60);
  time.second = static_cast<std::uint8_t>(rest % 60);
  time.nanosecond = nanosecond;
  time.zone = zone;
  return DateTime{*date, std::move(time)};
}

DateTime midnight(Date date)
{
  Time time;
  time.zone.kind = Zone::Kind::offset;
  return DateTime{date, std::move(time)};
}

std::optional<DaysDuration> days_duration(std::int64_t seconds, std::int64_t nanoseconds)
{
  std::int64_t total = 0;
  if (__builtin_add_overflow(seconds, nanoseconds / nanoseconds_per_second, &total)) return std::nullopt;
  std::int64_t rest = nanoseconds % nanoseconds_per_second;
  if (total > 0 && rest < 0) {
    --total;
    rest += nanoseconds_per_second;
  } else if (total < 0 && rest > 0) {
    ++total;
    rest -= nanoseconds_per_second;
  }
  return DaysDuration{total, static_cast<std::int32_t>(rest)};
}

Decimal seconds_in(DaysDuration duration)
{
  return Decimal(duration.seconds) + Decimal(duration.nanoseconds) / Decimal(nanoseconds_per_second);
}

std::optional<DaysDuration> duration_of_seconds(Decimal seconds)
{
  if (!seconds.is_finite()) return std::nullopt;
  Decimal const whole = seconds.rounded(0, Rounding::down);
  auto const count = whole.to_int64();
  auto const nanoseconds = ((seconds - whole) * Decimal(nanoseconds_per_second)).rounded(0, Rounding::down).to_int64();
  if (!count || !nanoseconds) return std::nullopt;
  return days_duration(*count, *nanoseconds);
}

std::optional<DateTime> shifted(DateTime const& moment, DaysDuration by)
{
  std::int64_t seconds = 0;
  if (__builtin_add_overflow(seconds_of(moment), by.seconds, &seconds)) return std::nullopt;
  std::int64_t nanoseconds = static_cast<std::int64_t>(moment.time.nanosecond) + by.nanoseconds;
  if (nanoseconds < 0) {
    nanoseconds += nanoseconds_per_second;
    --seconds;
  } else if (nanoseconds >= nanoseconds_per_second) {
    nanoseconds -= nanoseconds_per_second;
    ++seconds;
  }
  if (seconds < -40'000'000'000'000'000 || seconds > 40'000'000'000'000'000) return std::nullopt;
  return moment_at(seconds, static_cast<std::uint32_t>(nanoseconds), moment.time.zone);
}

std::optional<DateTime> shifted(DateTime const& moment, std::int64_t months)
{
  auto const date = add_months(moment.date, months, MonthRounding::down);
  if (!date) return std::nullopt;
  return DateTime{*date, moment.time};
}

Time shifted(Time const& time, DaysDuration by)
{
  std::int64_t seconds = second_of_day(time) + by.seconds % seconds_per_day;
  std::int64_t nanoseconds = static_cast<std::int64_t>(time.nanosecond) + by.nanoseconds;
  if (nanoseconds < 0) {
    nanoseconds += nanoseconds_per_second;
    --seconds;
  } else if (nanoseconds >= nanoseconds_per_second) {
    nanoseconds -= nanoseconds_per_second;
    ++seconds;
  }
  seconds = (seconds % seconds_per_day + seconds_per_day) % seconds_per_day;
  Time result = time;
  result.hour = static_cast<std::uint8_t>(seconds / 3'600);
  result.minute = static_cast<std::uint8_t>(seconds / 60 % 60);
  result.second = static_cast<std::uint8_t>(seconds % 60);
  result.nanosecond = static_cast<std::uint32_t>(nanoseconds);
  return result;
}

std::optional<Date> shifted(Date date, DaysDuration by)
{
  auto const moment = shifted(midnight(date), by);
  if (!moment) return std::nullopt;
  return moment->date;
}

std::int64_t months_from_to(DateTime const& from, DateTime const& to)
{
  // only the days count: the standard's examples leave the time of day out
  bool const backwards = to.date < from.date;
  Date const first = backwards ? to.date : from.date;
  Date const last = backwards ? from.date : to.date;
  std::int64_t const months = months_between(first, last).value_or(0);
  return backwards ? -months : months;
}

int week_of_year(Date date)
{
  // the week belongs to the year of its Thursday
  auto const thursday = add_days(date, 4 - day_of_week(date));
  return thursday ? (day_of_year(*thursday) - 1) / 7 + 1 : (date.month == 1 ? 1 : 52);
}

int day_of_year(Date date) { return static_cast<int>(to_days(date) - to_days(Date{date.year, 1, 1})) + 1; }

}  // namespace tutela::detail
