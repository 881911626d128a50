// SPDX-License-Identifier: Apache-2.0
/// \file
/// Entries of contexts, properties of dates, times, durations and ranges, elements of lists.
#include <array>

#include "feel/operations.hpp"
#include "feel/temporal.hpp"

namespace tutela::detail {

namespace {

Value number(std::int64_t value) { return Value(Decimal(value)); }

Value seconds_with(std::int64_t seconds, std::int64_t nanoseconds)
{
  return Value(Decimal(seconds) + Decimal(nanoseconds) / Decimal(1'000'000'000));
}

std::optional<Value> date_property(Date date, std::string_view name)
{
  if (name == "year") return number(date.year);
  if (name == "month") return number(date.month);
  if (name == "day") return number(date.day);
  if (name == "weekday") return number(day_of_week(date));
  return std::nullopt;
}

std::optional<Value> time_property(Time const& time, std::optional<std::int32_t> offset, std::string_view name)
{
  if (name == "hour") return number(time.hour);
  if (name == "minute") return number(time.minute);
  if (name == "second") return seconds_with(time.second, time.nanosecond);
  if (name == "time offset" || name == "offset") return offset ? Value(DaysDuration{*offset, 0}) : Value();
  if (name == "timezone") return time.zone.kind == Zone::Kind::named ? Value(time.zone.name) : Value();
  return std::nullopt;
}

std::optional<Value> property(Value const& value, std::string_view name)
{
  switch (value.kind()) {
    case Kind::date: return date_property(*value.as_date(), name);
    case Kind::time: return time_property(*value.as_time(), offset_of(*value.as_time()), name);
    case Kind::date_time: {
      auto const& moment = *value.as_date_time();
      if (auto const found = date_property(moment.date, name)) return found;
      return time_property(moment.time, offset_of(moment), name);
    }
    case Kind::days_duration: {
      std::int64_t const seconds = value.as_days_duration()->seconds;
      if (name == "days") return number(seconds / seconds_per_day);
      if (name == "hours") return number(seconds % seconds_per_day / 3'600);
      if (name == "minutes") return number(seconds % 3'600 / 60);
      if (name == "seconds") return seconds_with(seconds % 60, value.as_days_duration()->nanoseconds);
      return std::nullopt;
    }
    case Kind::months_duration:
      if (name == "years") return number(value.as_months_duration()->months / 12);
      if (name == "months") return number(value.as_months_duration()->months % 12);
      return std::nullopt;
    case Kind::range: {
      auto const& range = *value.as_range();
      bool const has_ends = range.test != Range::Test::unequal;
      if (name == "start") return has_ends ? range.low : Value();
      if (name == "end") return has_ends ? range.high : Value();
      if (name == "start included") return Value(range.low_included);
      if (name == "end included") return Value(range.high_included);
      return std::nullopt;
    }
    default: return std::nullopt;
  }
}

/// True where a part of two days or lengths only grows from one to the other, and of all between them.
bool grows_between(Value const& low, Value const& high, std::string_view name)
{
  auto const *first = low.as_date(), *last = high.as_date();
  if (first != nullptr && last != nullptr) {
    bool const same_year = first->year == last->year;
    return (name == "month" && same_year) || (name == "day" && same_year && first->month == last->month);
  }
  auto const *shortest = low.as_months_duration(), *longest = high.as_months_duration();
  if (shortest == nullptr || longest == nullptr || name != "months") return false;
  return shortest->months / 12 == longest->months / 12 && (shortest->months < 0) == (longest->months < 0);
}

/// A part that never falls as the value grows - the year of a date, the days or years of a duration - of a value of
/// which only bounds are known.
std::optional<Value> growing_part(Site const& site, Value const& value, std::string_view name)
{
  auto const* unknown = value.as_unknown();
  if (unknown == nullptr || unknown->domain.kind != Domain::Kind::range) return std::nullopt;
  auto const bounds = bounds_of(site, value);
  if (!bounds) return std::nullopt;
  auto const grows = [&](Value const& end) {
    return end.is_none() || (end.is(Kind::date) && name == "year") || (end.is(Kind::days_duration) && name == "days") ||
           (end.is(Kind::months_duration) && name == "years");
  };
  if (!grows_between(bounds->low, bounds->high, name) && (!grows(bounds->low) || !grows(bounds->high)))
    return std::nullopt;
  Domain domain;
  domain.kind = Domain::Kind::range;
  domain.approximate = true;
  if (auto low = property(bounds->low, name)) domain.range.low = *std::move(low);
  if (auto high = property(bounds->high, name)) domain.range.high = *std::move(high);
  if (domain.range.low == domain.range.high && !domain.range.low.is_none()) return domain.range.low;
  Causes causes;
  causes.add(value);
  return open_value(std::move(causes), std::move(domain));
}

}  // namespace

Value member(Site const& site, Value const& value, std::string_view name, std::string_view fact)
{
  std::string const inner_fact = fact.empty() ? std::string() : std::string(fact) + "." + std::string(name);
  if (auto const* context = value.as_context()) {
    if (auto const* found = context->find(name)) return *found;
    if (site.legal() && !inner_fact.empty()) return Value::unknown(inner_fact);
    return site.fail("the context has no entry `" + std::string(name) + "`");
  }
  if (auto const* list = value.as_list()) {
    List result;
    result.complete = list->complete;
    result.facts = list->facts;
    result.items.reserve(list->items.size());
    for (auto const& item : list->items) {
      if (!site.spend()) return site.fail_limit("evaluation_steps");
      result.items.push_back(member(site, item, name, fact));
    }
    if (list->further != nullptr && site.legal())
      result.further = std::make_shared<Value const>(member(site, *list->further, name, fact));
    return Value(std::move(result));
  }
  if (is_open(value)) {
    if (!site.legal()) return {};
    if (value.is(Kind::error)) return value;
    auto const* unknown = value.as_unknown();
    if (unknown != nullptr && unknown->domain.kind == Domain::Kind::set && !unknown->domain.values.empty()) {
      std::vector<Value> results;
      for (auto const& each : unknown->domain.values) results.push_back(member(site, each, name, fact));
      Causes causes;
      causes.add(value);
      return join(site, results, std::move(causes));
    }
    if (auto part = growing_part(site, value, name)) return *std::move(part);
    if (unknown != nullptr && unknown->facts.size() == 1 && unknown->facts.front() == fact &&
        unknown->uncertain.empty() && !may_fail(value)) {
      return Value::unknown(inner_fact);
    }
    Causes causes;
    causes.add(value);
    return open_value(std::move(causes), any_domain(may_fail(value)));
  }
  if (auto found = property(value, name)) return *found;
  return site.fail(value.is_none()
                       ? "there is no value to take `" + std::string(name) + "` of"
                       : "a " + std::string(to_string(value.kind())) + " has no `" + std::string(name) + "`");
}

Value element_at(Site const& site, Value const& value, Value const& position)
{
  if (site.legal() && (is_open(value) || is_open(position))) {
    std::array<Value, 2> const operands{value, position};
    return lifted(site, operands, [&](auto values) { return element_at(site, values[0], values[1]); });
  }
  auto const* number = position.as_number();
  if (number == nullptr) return site.fail("a position in a list must be a number");
  auto const index = number->rounded(0, Rounding::down).to_int64();
  if (!index || *index == 0) return site.fail("positions in a list begin at 1, or at -1 from the end");
  List const single = value.is(Kind::list) ? List{} : as_elements(value);
  List const& list = value.is(Kind::list) ? *value.as_list() : single;
  if (!list.complete && site.legal()) {
    // the list may be too short for the position: then there is none
    Causes causes;
    causes.add(value);
    return open_value(std::move(causes), any_domain(true));
  }
  auto const size = static_cast<std::int64_t>(list.items.size());
  if (*index > size || *index < -size) return {};
  return list.items[static_cast<std::size_t>(*index > 0 ? *index - 1 : size + *index)];
}

}  // namespace tutela::detail
