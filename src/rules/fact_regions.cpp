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

/// The bounds of what remains of a fact: from its record, else from its declaration.
Range bounds(OpenFact const& fact)
{
  if (auto const* unknown = fact.value.as_unknown(); unknown != nullptr && unknown->domain.kind == Domain::Kind::range)
    return unknown->domain.range;
  return fact.item ? fact.item->allowed_range : Range{};
}

/// Order of two values of one kind.
std::partial_ordering order(Value const& lhs, Value const& rhs)
{
  if (lhs.kind() != rhs.kind()) return std::partial_ordering::unordered;
  if (auto const* number = lhs.as_number()) return *number <=> *rhs.as_number();
  if (auto const* date = lhs.as_date()) return *date <=> *rhs.as_date();
  if (auto const* text = lhs.as_string()) return *text <=> *rhs.as_string();
  if (auto const* days = lhs.as_days_duration()) return *days <=> *rhs.as_days_duration();
  if (auto const* months = lhs.as_months_duration()) return *months <=> *rhs.as_months_duration();
  return std::partial_ordering::unordered;
}

bool inside(Range const& range, Value const& value)
{
  auto const low = order(value, range.low);
  auto const high = order(value, range.high);
  return (range.low.is_none() || low > 0 || (range.low_included && low == 0)) &&
         (range.high.is_none() || high < 0 || (range.high_included && high == 0));
}

/// True when a value of a dense order lies between the two. Whole months and seconds have neighbours.
bool room_between(Value const& low, Value const& high)
{
  if (auto const* months = low.as_months_duration()) return high.as_months_duration()->months - months->months > 1;
  // The next text after `a` is `a` with the smallest sign behind it.
  if (auto const* text = low.as_string()) return *high.as_string() != *text + '\0';
  return true;
}

/// Parts of a kind of values that lie in one order: the constants and what is between them.
void ordered_parts(FactRegions& regions, std::vector<Value> const& constants, Kind kind)
{
  auto range = bounds(regions.fact);
  if (kind == Kind::string && range.low.is_none())
    range = {Value(std::string()), range.high, true, range.high_included};
  bool const low = range.low.is(kind);
  bool const high = range.high.is(kind);
  std::vector<Value> cuts;
  if (low) cuts.push_back(range.low);
  if (high) cuts.push_back(range.high);
  for (auto const& constant : constants) {
    if (!constant.is(kind)) continue;
    if ((low && order(constant, range.low) < 0) || (high && order(constant, range.high) > 0)) continue;
    cuts.push_back(constant);
  }
  std::sort(cuts.begin(), cuts.end(), [](Value const& lhs, Value const& rhs) { return order(lhs, rhs) < 0; });
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

/// Days on which something that a constant says about dates begins or ends.
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

void date_parts(FactRegions& regions, std::vector<Value> const& constants, std::optional<Date> on)
{
  auto const range = bounds(regions.fact);
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

Value FactRegions::cover(std::size_t first, std::size_t last) const
{
  if (last - first == 1) return parts[first];
  if (none_first && first == 0 && lengths) return fact.value;
  // Of a list that cannot be known a longer one is no missing fact.
  if (lengths && fact.uncertain) return fact.value;
  if (lengths) return Value(List{parts[first].as_list()->items, false, {fact.name}});
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
    return order(longer, range.high) < 0 || range.high.is_none() ? longer : part;
  }
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
                                                                : Kind::none;
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
