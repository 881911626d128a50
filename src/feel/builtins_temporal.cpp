// SPDX-License-Identifier: Apache-2.0
/// \file
/// Built-in functions on dates, times and durations.
#include <array>

#include "feel/builtins.hpp"
#include "feel/temporal.hpp"
#include "feel/zones.hpp"

namespace tutela::detail {

namespace {

// A part of a date or time; the standard cuts fractions off, in legal mode they are errors.
std::optional<int> whole(Site const& site, Value const& value, std::int64_t low, std::int64_t high)
{
  Decimal const given = number_in(value);
  auto const number = (site.legal() ? given : given.rounded(0, Rounding::down)).to_int64();
  if (!number || *number < low || *number > high) return std::nullopt;
  return static_cast<int>(*number);
}

template <class T>
Value or_fail(Site const& site, std::optional<T> value, char const* what)
{
  return value ? Value(std::move(*value)) : site.fail(what);
}

Value date_of_text(Site const& site, std::span<Value const> arguments)
{
  return or_fail(site, parse_date_text(string_in(arguments[0])), "the text is no date");
}

Value date_of_moment(Site const&, std::span<Value const> arguments)
{
  auto const* moment = arguments[0].as_date_time();
  return moment == nullptr ? arguments[0] : Value(moment->date);
}

std::optional<Date> date_of_parts(Site const& site, std::span<Value const> arguments)
{
  auto const year = whole(site, arguments[0], -max_year, max_year);
  auto const month = whole(site, arguments[1], 1, 12);
  auto const day = whole(site, arguments[2], 1, 31);
  if (!year || !month || !day) return std::nullopt;
  return make_date(*year, *month, *day);
}

Value date_of_numbers(Site const& site, std::span<Value const> arguments)
{
  return or_fail(site, date_of_parts(site, arguments), "there is no such day");
}

Value time_of_text(Site const& site, std::span<Value const> arguments)
{
  return or_fail(site, parse_time_text(string_in(arguments[0])), "the text is no time");
}

Value time_of_time(Site const&, std::span<Value const> arguments) { return arguments[0]; }

Value time_of_moment(Site const&, std::span<Value const> arguments)
{
  if (auto const* moment = arguments[0].as_date_time()) return Value(moment->time);
  return Value(midnight(*arguments[0].as_date()).time);
}

std::optional<Time> time_of_parts(Site const& site, std::span<Value const> arguments)
{
  auto const hour = whole(site, arguments[0], 0, 23);
  auto const minute = whole(site, arguments[1], 0, 59);
  Decimal const seconds = number_in(arguments[2]);
  auto const second = seconds.rounded(0, Rounding::down).to_int64();
  if (!hour || !minute || !second || seconds.is_negative() || *second > 59) return std::nullopt;
  Time time;
  time.hour = static_cast<std::uint8_t>(*hour);
  time.minute = static_cast<std::uint8_t>(*minute);
  time.second = static_cast<std::uint8_t>(*second);
  auto const nanoseconds =
      ((seconds - Decimal(*second)) * Decimal(1'000'000'000)).rounded(0, Rounding::down).to_int64();
  time.nanosecond = static_cast<std::uint32_t>(nanoseconds.value_or(0));
  return time;
}

bool set_offset(Time& time, Value const& offset)
{
  auto const duration = *offset.as_days_duration();
  if (duration.nanoseconds != 0 || duration.seconds < -18 * 3'600 || duration.seconds > 18 * 3'600) return false;
  time.zone.kind = Zone::Kind::offset;
  time.zone.offset_seconds = static_cast<std::int32_t>(duration.seconds);
  return true;
}

Value time_of_numbers(Site const& site, std::span<Value const> arguments)
{
  auto time = time_of_parts(site, arguments);
  if (!time) return site.fail("there is no such time");
  if (arguments.size() > 3 && !arguments[3].is_none() && !set_offset(*time, arguments[3])) {
    return site.fail("the offset is out of range");
  }
  return Value(std::move(*time));
}

Value moment_of_text(Site const& site, std::span<Value const> arguments)
{
  return or_fail(site, parse_date_time_text(string_in(arguments[0])), "the text is no date and time");
}

Value moment_of_parts(Site const&, std::span<Value const> arguments)
{
  auto const* moment = arguments[0].as_date_time();
  return Value(DateTime{moment == nullptr ? *arguments[0].as_date() : moment->date, *arguments[1].as_time()});
}

Value moment_of_numbers(Site const& site, std::span<Value const> arguments)
{
  auto const date = date_of_parts(site, arguments.first(3));
  auto time = time_of_parts(site, arguments.subspan(3, 3));
  if (!date || !time) return site.fail("there is no such moment");
  if (arguments.size() > 6 && !arguments[6].is_none()) {
    if (auto const* name = arguments[6].as_string()) {
      if (!is_zone(*name)) return site.fail("the zone is not known");
      time->zone.kind = Zone::Kind::named;
      time->zone.name = *name;
    } else if (!set_offset(*time, arguments[6])) {
      return site.fail("the offset is out of range");
    }
  }
  return Value(DateTime{*date, std::move(*time)});
}

Value duration_of_text(Site const& site, std::span<Value const> arguments)
{
  Value result = parse_duration_text(string_in(arguments[0]));
  return result.is_none() ? site.fail("the text is no duration") : result;
}

Value duration_of_duration(Site const&, std::span<Value const> arguments) { return arguments[0]; }

DateTime as_moment(Value const& value)
{
  auto const* moment = value.as_date_time();
  return moment == nullptr ? midnight(*value.as_date()) : *moment;
}

Value months_between_moments(Site const&, std::span<Value const> arguments)
{
  return Value(MonthsDuration{months_from_to(as_moment(arguments[0]), as_moment(arguments[1]))});
}

Value now(Site const& site, std::span<Value const>)
{
  if (!site.evaluation.on) return site.fail("`now()` needs the day that the decision is taken for");
  return Value(midnight(*site.evaluation.on));
}

Value today(Site const& site, std::span<Value const>)
{
  if (!site.evaluation.on) return site.fail("`today()` needs the day that the decision is taken for");
  return Value(*site.evaluation.on);
}

Value day_of_year_in(Site const&, std::span<Value const> arguments)
{
  return Value(Decimal(day_of_year(as_moment(arguments[0]).date)));
}

Value week_of_year_in(Site const&, std::span<Value const> arguments)
{
  return Value(Decimal(week_of_year(as_moment(arguments[0]).date)));
}

Value day_of_week_in(Site const&, std::span<Value const> arguments)
{
  static constexpr std::array<char const*, 7> names{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                    "Friday", "Saturday", "Sunday"};
  return Value(names[static_cast<std::size_t>(day_of_week(as_moment(arguments[0]).date)) - 1]);
}

Value month_of_year_in(Site const&, std::span<Value const> arguments)
{
  static constexpr std::array<char const*, 12> names{"January",   "February", "March",    "April",
                                                     "May",       "June",     "July",     "August",
                                                     "September", "October",  "November", "December"};
  return Value(names[as_moment(arguments[0]).date.month - 1U]);
}

// Completed years of age as the legal order of the pack counts them.
Value age_in_years(Site const& site, std::span<Value const> arguments)
{
  auto const years = age_on(*arguments[0].as_date(), *arguments[1].as_date(), site.evaluation.age_rule);
  return years ? Value(Decimal(*years)) : site.fail("the day lies before the birth");
}

constexpr auto clock = Strictness::clock;

constexpr std::array signatures{
    Signature{"date", "from: string", date_of_text},
    Signature{"date", "from: moment", date_of_moment, Strictness::total},
    Signature{"date", "year: number, month: number, day: number", date_of_numbers},
    Signature{"time", "from: string", time_of_text},
    Signature{"time", "from: time", time_of_time},
    Signature{"time", "from: moment", time_of_moment},
    Signature{"time", "hour: number, minute: number, second: number, offset: days duration|null?", time_of_numbers},
    Signature{"date and time", "from: string", moment_of_text},
    Signature{"date and time", "date: moment, time: time", moment_of_parts},
    Signature{"date and time",
              "year: number, month: number, day: number, hour: number, minute: number, second: number, "
              "offset: days duration|null?",
              moment_of_numbers},
    Signature{
        "date and time",
        "year: number, month: number, day: number, hour: number, minute: number, second: number, timezone: string",
        moment_of_numbers},
    Signature{"duration", "from: string", duration_of_text},
    Signature{"duration", "from: duration", duration_of_duration},
    Signature{"years and months duration", "from: moment, to: moment", months_between_moments, Strictness::total},
    Signature{"now", "", now, clock},
    Signature{"today", "", today, clock},
    Signature{"day of year", "date: moment", day_of_year_in, Strictness::total},
    Signature{"day of week", "date: moment", day_of_week_in, Strictness::total},
    Signature{"month of year", "date: moment", month_of_year_in, Strictness::total},
    Signature{"week of year", "date: moment", week_of_year_in, Strictness::total},
    Signature{"age in years", "born: date, on: date", age_in_years, Strictness::policy},
};

}  // namespace

std::span<Signature const> temporal_signatures() { return signatures; }

}  // namespace tutela::detail
