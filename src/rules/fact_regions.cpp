// SPDX-License-Identifier: Apache-2.0
/// \file
/// Cutting the domain of a missing fact where the rules have constants.
#include "rules/fact_regions.hpp"

#include <algorithm>
#include <compare>
#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include "feel/operations.hpp"

namespace tutela::detail {
namespace {

Value interval(std::string const& fact, Range range)
{
  Domain domain;
  domain.kind = Domain::Kind::range;
  domain.range = std::move(range);
  return Value(Unknown{{fact}, {}, std::move(domain)});
}

/// The ends of a part.
Range ends(Value const& part)
{
  if (auto const* unknown = part.as_unknown()) return unknown->domain.range;
  return {part, part, true, true};
}

/// Order of two values of one kind.
std::partial_ordering placed(Value const& lhs, Value const& rhs)
{
  auto const sign = compared(lhs, rhs);
  return sign ? std::partial_ordering(*sign <=> 0) : std::partial_ordering::unordered;
}

bool inside(Range const& range, Value const& value)
{
  auto const low = placed(value, range.low);
  auto const high = placed(value, range.high);
  return (range.low.is_none() || low > 0 || (range.low_included && low == 0)) &&
         (range.high.is_none() || high < 0 || (range.high_included && high == 0));
}

/// True when a value lies between the two.
bool room_between(Value const& low, Value const& high)
{
  // The next text after `a` is `a` with the smallest sign behind it.
  if (auto const* text = low.as_string()) return *high.as_string() != *text + '\0';
  auto const next = neighbour(low, 1);
  return !next || placed(*next, high) < 0;
}

/// True for a time or a moment of which no zone is stated: others are not compared with it.
bool is_local(Value const& value)
{
  if (auto const* time = value.as_time()) return time->zone.kind == Zone::Kind::local;
  if (auto const* moment = value.as_date_time()) return moment->time.zone.kind == Zone::Kind::local;
  return false;
}

/// The kind of a time or a moment whose bounds say that no zone is stated; none otherwise.
Kind local_kind(OpenFact const& fact)
{
  auto const kind = fact.type.is(Type::Kind::time)        ? Kind::time
                    : fact.type.is(Type::Kind::date_time) ? Kind::date_time
                                                          : Kind::none;
  auto const range = bounds_of(fact);
  auto const fits = [&](Value const& end) { return end.is_none() || (end.is(kind) && is_local(end)); };
  bool const bounded = !range.low.is_none() || !range.high.is_none();
  return bounded && fits(range.low) && fits(range.high) ? kind : Kind::none;
}

/// The domain of a kind with a lowest or a highest value, with these as its ends where it has no others.
Range with_ends(Range range, Kind kind)
{
  auto const close = [](Value& end, bool& included, Value value) {
    if (end.is_none()) {
      end = std::move(value);
      included = true;
    }
  };
  if (kind == Kind::string) close(range.low, range.low_included, Value(std::string()));
  if (kind == Kind::time) {
    close(range.low, range.low_included, Value(Time{}));
    close(range.high, range.high_included, Value(Time{23, 59, 59, 0, {}}));
  }
  return range;
}

/// Parts of a kind of values that lie in one order: the constants and what is between them.
void ordered_parts(FactRegions& regions, std::vector<Value> const& constants, Kind kind)
{
  auto const range = with_ends(bounds_of(regions.fact), kind);
  bool const local = kind == Kind::time || kind == Kind::date_time;
  bool const low = range.low.is(kind);
  bool const high = range.high.is(kind);
  std::vector<Value> cuts;
  if (low) cuts.push_back(range.low);
  if (high) cuts.push_back(range.high);
  for (auto const& each : constants) {
    auto const* day = kind == Kind::date_time ? each.as_date() : nullptr;
    auto const constant = day == nullptr ? each : Value(DateTime{*day, {}});
    if (!constant.is(kind) || (local && !is_local(constant))) continue;
    if ((low && placed(constant, range.low) < 0) || (high && placed(constant, range.high) > 0)) continue;
    cuts.push_back(constant);
  }
  std::sort(cuts.begin(), cuts.end(), [](Value const& lhs, Value const& rhs) { return placed(lhs, rhs) < 0; });
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  auto const& name = regions.fact.name;
  if (cuts.empty()) {
    regions.parts.push_back(regions.fact.value);
    return;
  }
  if (!low) regions.parts.push_back(interval(name, {Value(), cuts.front(), false, false}));
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    bool const excluded =
        (low && i == 0 && !range.low_included) || (high && i + 1 == cuts.size() && !range.high_included);
    if (!excluded) regions.parts.push_back(cuts[i]);
    if (i + 1 < cuts.size() && room_between(cuts[i], cuts[i + 1]))
      regions.parts.push_back(interval(name, {cuts[i], cuts[i + 1], false, false}));
  }
  if (!high) regions.parts.push_back(interval(name, {cuts.back(), Value(), false, false}));
}

void date_parts(FactRegions& regions, std::vector<Value> const& constants, std::optional<Date> on)
{
  auto const range = bounds_of(regions.fact);
  auto const* low = range.low.as_date();
  auto const* high = range.high.as_date();
  std::optional<std::int64_t> first;
  std::optional<std::int64_t> last;
  if (low != nullptr) first = to_days(*low) + (range.low_included ? 0 : 1);
  if (high != nullptr) last = to_days(*high) - (range.high_included ? 0 : 1);
  // A day is a part of its own where something may change on it or after it.
  std::set<std::int64_t> starts;
  for (auto const cut : date_cuts(constants, on)) {
    for (auto const start : {cut - 1, cut, cut + 1, cut + 2}) {
      if ((!first || start > *first) && (!last || start <= *last)) starts.insert(start);
    }
  }
  auto day = [](std::int64_t days) {
    auto const date = from_days(days);
    return date ? Value(*date) : Value();
  };
  auto const& name = regions.fact.name;
  std::optional<std::int64_t> begin = first;
  for (auto const start : starts) {
    if (begin && *begin == start - 1)
      regions.parts.push_back(day(*begin));
    else
      regions.parts.push_back(interval(name, {begin ? day(*begin) : Value(), day(start - 1), begin.has_value(), true}));
    begin = start;
  }
  if (begin && last && *begin == *last)
    regions.parts.push_back(day(*begin));
  else
    regions.parts.push_back(interval(
        name, {begin ? day(*begin) : Value(), last ? day(*last) : Value(), begin.has_value(), last.has_value()}));
}

/// Parts of a list of unknown length: as it is known, and with one further element after the other.
void list_parts(FactRegions& regions)
{
  regions.lengths = true;
  auto const& further = regions.fact.further;
  auto const* known = regions.fact.value.as_list();
  List list;
  if (known != nullptr) list.items = known->items;
  if (regions.fact.optional && known == nullptr) {
    regions.parts.emplace_back();
    regions.none_first = true;
  }
  regions.parts.emplace_back(list);
  for (auto const& element : further) {
    list.items.push_back(element);
    regions.parts.emplace_back(list);
  }
}

}  // namespace

std::set<std::int64_t> date_cuts(std::vector<Value> const& constants, std::optional<Date> on)
{
  std::set<std::int64_t> cuts;
  auto add = [&](std::optional<Date> date) {
    if (date) cuts.insert(to_days(*date));
  };
  add(on);
  for (auto const& constant : constants) {
    if (auto const* date = constant.as_date()) add(*date);
    if (!on) continue;
    std::vector<std::int64_t> months;
    std::optional<std::int64_t> days;
    if (auto const* number = constant.as_number()) {
      // A small whole number next to dates is mostly an age, sometimes a count of months or days. An age of at most 17
      // ends where the age of 18 begins.
      auto const whole = number->rounded(0, Rounding::down).to_int64();
      if (whole && *whole >= 0 && *whole <= 150) months = {*whole, *whole * 12, *whole * 12 + 12};
      if (whole && *whole >= 0 && *whole <= 3'660) days = *whole;
    } else if (auto const* length = constant.as_months_duration()) {
      months = {length->months};
    } else if (auto const* exact = constant.as_days_duration()) {
      days = exact->seconds / 86'400;
    }
    for (int const sign : {-1, 1}) {
      for (auto const count : months)
        for (auto const rounding : {MonthRounding::down, MonthRounding::up})
          add(add_months(*on, sign * count, rounding));
      if (days) add(add_days(*on, sign * *days));
    }
  }
  return cuts;
}

Value FactRegions::cover(std::size_t first, std::size_t last) const
{
  if (last - first == 1) return parts[first];
  if (none_first && first == 0 && lengths) return fact.value;
  // Of a list that cannot be known a longer one is no missing fact; and what a further structure may lack, a list that is
  // open at its end does not say.
  bool const structures = lengths && !fact.further.empty() && fact.further.front().is(Kind::context);
  if (lengths && (fact.uncertain || (structures && !fact.value.is(Kind::list)))) return fact.value;
  if (lengths) {
    auto const* recorded = fact.value.as_list();
    return Value(
        List{parts[first].as_list()->items, false, {fact.name}, recorded != nullptr ? recorded->further : nullptr});
  }
  if (!intervals) {
    Domain domain;
    domain.kind = Domain::Kind::set;
    domain.values.assign(parts.begin() + static_cast<std::ptrdiff_t>(first),
                         parts.begin() + static_cast<std::ptrdiff_t>(last));
    return Value(Unknown{{fact.name}, {}, std::move(domain)});
  }
  if (none_first && first == 0) return fact.value;
  auto const low = ends(parts[first]);
  auto const high = ends(parts[last - 1]);
  return interval(fact.name, {low.low, high.high, low.low_included, high.high_included});
}

std::size_t FactRegions::middle(std::size_t first, std::size_t last) const
{
  // An open list is at least as long as its first part, and "there is none" is no end of an interval.
  if (lengths || (none_first && first == 0)) return first + 1;
  return first + (last - first) / 2;
}

Value FactRegions::sample(std::size_t first, std::size_t last, bool high) const
{
  auto const& part = parts[high ? last - 1 : first];
  auto const* unknown = part.as_unknown();
  if (unknown == nullptr || unknown->domain.kind != Domain::Kind::range) return part;
  auto const& range = unknown->domain.range;
  auto const& inner = high ? range.high : range.low;
  auto const& outer = high ? range.low : range.high;
  if (!inner.is_none() && (high ? range.high_included : range.low_included)) return inner;
  if (auto const* text = range.low.as_string()) {
    Value const longer(*text + (high ? " z" : " "));
    return placed(longer, range.high) < 0 || range.high.is_none() ? longer : part;
  }
  auto const stepped = inner.is_none() ? neighbour(outer, high ? 1 : -1) : neighbour(inner, high ? -1 : 1);
  if (stepped) return *stepped;
  auto const* near = inner.as_number();
  auto const* far = outer.as_number();
  if (near != nullptr && far != nullptr) return Value((*near * Decimal(3) + *far) / Decimal(4));
  if (near != nullptr) return Value(*near + Decimal(high ? -1 : 1));
  if (far != nullptr) return Value(*far + Decimal(high ? 2 : -2));
  if (auto const* date = outer.as_date()) {
    auto const moved = add_days(*date, high ? 1'000 : -1'000);
    return moved ? Value(*moved) : part;
  }
  return part;
}

Range bounds_of(OpenFact const& fact)
{
  if (auto const* unknown = fact.value.as_unknown(); unknown != nullptr && unknown->domain.kind == Domain::Kind::range)
    return unknown->domain.range;
  return fact.item ? fact.item->allowed_range : Range{};
}

std::optional<int> compared(Value const& lhs, Value const& rhs)
{
  if (lhs.is(Kind::boolean)) return std::nullopt;
  return order(lhs, rhs);
}

std::optional<Value> neighbour(Value const& value, int step)
{
  constexpr std::int64_t second = 1'000'000'000;
  if (auto const* length = value.as_months_duration()) {
    std::int64_t months = 0;
    if (__builtin_add_overflow(length->months, step, &months)) return std::nullopt;
    return Value(MonthsDuration{months});
  }
  if (auto const* length = value.as_days_duration()) {
    auto seconds = length->seconds;
    auto rest = std::int64_t{length->nanoseconds} + step;
    auto const whole = rest / second;
    if (__builtin_add_overflow(seconds, whole, &seconds)) return std::nullopt;
    rest -= whole * second;
    // both parts carry the same sign
    auto const sign = seconds > 0 && rest < 0 ? 1 : seconds < 0 && rest > 0 ? -1 : 0;
    return Value(DaysDuration{seconds - sign, static_cast<std::int32_t>(rest + sign * second)});
  }
  // Times and moments are compared by whole seconds.
  auto const* moment = value.as_date_time();
  auto const* time = moment != nullptr ? &moment->time : value.as_time();
  if (time == nullptr) return std::nullopt;
  constexpr int day = 86'400;
  auto const count = time->hour * 3'600 + time->minute * 60 + time->second + step;
  auto const date = moment == nullptr ? std::nullopt : add_days(moment->date, count < 0 ? -1 : count >= day ? 1 : 0);
  if (moment == nullptr ? count < 0 || count >= day : !date) return std::nullopt;
  auto const inside = (count + day) % day;
  Time next{static_cast<std::uint8_t>(inside / 3'600), static_cast<std::uint8_t>(inside / 60 % 60),
            static_cast<std::uint8_t>(inside % 60), 0, time->zone};
  return date ? Value(DateTime{*date, std::move(next)}) : Value(std::move(next));
}

FactRegions regions_of(OpenFact const& fact, std::vector<Value> const& constants, std::optional<Date> on)
{
  FactRegions regions;
  regions.fact = fact;
  auto const* unknown = fact.value.as_unknown();
  if (unknown != nullptr && unknown->domain.kind == Domain::Kind::set) {
    regions.parts = unknown->domain.values;
    return regions;
  }
  if (fact.type.is(Type::Kind::list)) {
    if (fact.further.empty())
      regions.parts = {fact.value};
    else
      list_parts(regions);
    return regions;
  }
  bool const narrowed = unknown != nullptr && unknown->domain.kind == Domain::Kind::range;
  if (fact.item && !fact.item->allowed_values.empty()) {
    for (auto const& value : fact.item->allowed_values)
      if (!narrowed || inside(unknown->domain.range, value)) regions.parts.push_back(value);
    if (fact.optional && !narrowed) regions.parts.emplace_back();
    if (regions.parts.empty()) regions.parts = {fact.value};
    return regions;
  }
  if (fact.type.is(Type::Kind::boolean)) {
    regions.parts = {Value(false), Value(true)};
    if (fact.optional) regions.parts.emplace_back();
    return regions;
  }
  auto const kind = fact.type.is(Type::Kind::number)            ? Kind::number
                    : fact.type.is(Type::Kind::date)            ? Kind::date
                    : fact.type.is(Type::Kind::string)          ? Kind::string
                    : fact.type.is(Type::Kind::days_duration)   ? Kind::days_duration
                    : fact.type.is(Type::Kind::months_duration) ? Kind::months_duration
                                                                : local_kind(fact);
  if (kind == Kind::none) {
    regions.parts = {fact.value};
    return regions;
  }
  if (fact.optional && !narrowed) {
    regions.parts.emplace_back();
    regions.none_first = true;
  }
  regions.intervals = true;
  if (kind == Kind::date)
    date_parts(regions, constants, on);
  else
    ordered_parts(regions, constants, kind);
  return regions;
}

}  // namespace tutela::detail
