// SPDX-License-Identifier: Apache-2.0
/// \file
/// Deciding exactly what missing facts can still change.
#include "rules/completions.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <tuple>
#include <utility>

#include "rules/possibilities.hpp"

namespace tutela::detail {
namespace {

/// The domain of one fact, cut into parts in order.
struct Regions {
  OpenFact const* fact = nullptr;
  std::vector<Value> parts;  ///< Constants, or unknowns that range over an interval.
  bool intervals = false;    ///< True when neighbours can be joined into one interval.
  bool none_first = false;   ///< True when the first part is "there is none".
};

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

void number_parts(Regions& regions, std::vector<Value> const& constants)
{
  auto const range = bounds(*regions.fact);
  auto const* low = range.low.as_number();
  auto const* high = range.high.as_number();
  std::vector<Decimal> cuts;
  if (low != nullptr) cuts.push_back(*low);
  if (high != nullptr) cuts.push_back(*high);
  for (auto const& constant : constants) {
    auto const* number = constant.as_number();
    if (number == nullptr) continue;
    if ((low != nullptr && *number < *low) || (high != nullptr && *number > *high)) continue;
    cuts.push_back(*number);
  }
  std::sort(cuts.begin(), cuts.end(), [](Decimal lhs, Decimal rhs) { return lhs < rhs; });
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  auto const& name = regions.fact->name;
  if (cuts.empty()) {
    regions.parts.push_back(regions.fact->value);
    return;
  }
  if (low == nullptr) regions.parts.push_back(interval(name, {Value(), Value(cuts.front()), false, false}));
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    bool const excluded = (low != nullptr && i == 0 && !range.low_included) ||
                          (high != nullptr && i + 1 == cuts.size() && !range.high_included);
    if (!excluded) regions.parts.emplace_back(cuts[i]);
    if (i + 1 < cuts.size())
      regions.parts.push_back(interval(name, {Value(cuts[i]), Value(cuts[i + 1]), false, false}));
  }
  if (high == nullptr) regions.parts.push_back(interval(name, {Value(cuts.back()), Value(), false, false}));
}

void date_parts(Regions& regions, std::vector<Value> const& constants, std::optional<Date> on)
{
  auto const range = bounds(*regions.fact);
  std::set<std::int64_t> cuts;
  auto add = [&](std::optional<Date> date) {
    if (date) cuts.insert(to_days(*date));
  };
  add(on);
  for (auto const& constant : constants) {
    if (auto const* date = constant.as_date()) add(*date);
    if (!on) continue;
    std::optional<std::int64_t> months;
    std::optional<std::int64_t> days;
    if (auto const* number = constant.as_number()) {
      // A small whole number next to dates is mostly an age, sometimes a count of months or days.
      auto const whole = number->to_int64();
      if (whole && *whole >= 0 && *whole <= 150) months = *whole * 12;
      if (whole && *whole >= 0 && *whole <= 3'660) days = *whole;
    } else if (auto const* length = constant.as_months_duration()) {
      months = length->months;
    } else if (auto const* exact = constant.as_days_duration()) {
      days = exact->seconds / 86'400;
    }
    for (int const sign : {-1, 1}) {
      if (months) {
        for (auto const rounding : {MonthRounding::down, MonthRounding::up})
          add(add_months(*on, sign * *months, rounding));
        if (constant.is(Kind::number)) add(add_months(*on, sign * (*months / 12), MonthRounding::down));
      }
      if (days) add(add_days(*on, sign * *days));
    }
  }
  auto const* low = range.low.as_date();
  auto const* high = range.high.as_date();
  std::optional<std::int64_t> first;
  std::optional<std::int64_t> last;
  if (low != nullptr) first = to_days(*low) + (range.low_included ? 0 : 1);
  if (high != nullptr) last = to_days(*high) - (range.high_included ? 0 : 1);
  // A day is a part of its own where something may change on it or after it.
  std::set<std::int64_t> starts;
  for (auto const cut : cuts) {
    for (auto const start : {cut - 1, cut, cut + 1, cut + 2}) {
      if ((!first || start > *first) && (!last || start <= *last)) starts.insert(start);
    }
  }
  auto day = [](std::int64_t days) {
    auto const date = from_days(days);
    return date ? Value(*date) : Value();
  };
  auto const& name = regions.fact->name;
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

/// The parts of one fact; one part only where it cannot be split.
Regions regions_of(OpenFact const& fact, std::vector<Value> const& constants, std::optional<Date> on)
{
  Regions regions;
  regions.fact = &fact;
  auto const* unknown = fact.value.as_unknown();
  if (unknown != nullptr && unknown->domain.kind == Domain::Kind::set) {
    regions.parts = unknown->domain.values;
    return regions;
  }
  if (fact.item && !fact.item->allowed_values.empty()) {
    regions.parts = fact.item->allowed_values;
    if (fact.optional) regions.parts.emplace_back();
    return regions;
  }
  if (fact.type.is(Type::Kind::boolean)) {
    regions.parts = {Value(false), Value(true)};
    if (fact.optional) regions.parts.emplace_back();
    return regions;
  }
  if (!fact.type.is(Type::Kind::number) && !fact.type.is(Type::Kind::date)) {
    regions.parts = {fact.value};
    return regions;
  }
  bool const narrowed = unknown != nullptr && unknown->domain.kind == Domain::Kind::range;
  if (fact.optional && !narrowed) {
    regions.parts.emplace_back();
    regions.none_first = true;
  }
  regions.intervals = true;
  if (fact.type.is(Type::Kind::number))
    number_parts(regions, constants);
  else
    date_parts(regions, constants, on);
  return regions;
}

class Explorer {
 public:
  Explorer(std::vector<Regions> regions, std::size_t most, Reevaluate const& reevaluate)
      : regions_(std::move(regions)), most_(most), reevaluate_(reevaluate)
  {
    for (auto const& region : regions_) spans_.emplace_back(0, region.parts.size());
  }

  std::optional<Completions> run(Value const& value)
  {
    auto const root = split(value);
    if (failed_) return std::nullopt;
    Completions found;
    std::set<std::size_t> seen;
    std::vector<std::size_t> open{root};
    while (!open.empty()) {
      auto const id = open.back();
      open.pop_back();
      if (!seen.insert(id).second) continue;
      auto const& node = nodes_[id];
      if (node.leaf) {
        found.possible.push_back(node.value);
      } else {
        found.facts.push_back(regions_[node.fact].fact->name);
        open.push_back(node.second);
        open.push_back(node.first);
      }
    }
    sort_unique(found.facts);
    found.graph.root = root;
    found.graph.nodes = std::move(nodes_);
    for (auto& region : regions_)
      found.graph.facts.push_back({region.fact->name, std::move(region.parts), region.intervals, region.none_first});
    return found;
  }

 private:
  std::size_t leaf(Value const& value)
  {
    for (auto const id : leaves_)
      if (nodes_[id].value == value) return id;
    nodes_.push_back({true, value, 0, 0, 0, 0});
    leaves_.push_back(nodes_.size() - 1);
    return nodes_.size() - 1;
  }

  std::size_t inner(std::size_t fact, std::size_t cut, std::size_t first, std::size_t second)
  {
    if (first == second) return first;
    auto const [found, fresh] = cuts_.emplace(std::tuple(fact, cut, first, second), nodes_.size());
    if (fresh) nodes_.push_back({false, {}, fact, cut, first, second});
    return found->second;
  }

  /// The value that stands for the parts [first, last) of a fact.
  Value cover(Regions const& regions, std::size_t first, std::size_t last) const
  {
    if (last - first == 1) return regions.parts[first];
    if (!regions.intervals) {
      Domain domain;
      domain.kind = Domain::Kind::set;
      domain.values.assign(regions.parts.begin() + static_cast<std::ptrdiff_t>(first),
                           regions.parts.begin() + static_cast<std::ptrdiff_t>(last));
      return Value(Unknown{{regions.fact->name}, {}, std::move(domain)});
    }
    if (regions.none_first && first == 0) return regions.fact->value;
    auto const low = ends(regions.parts[first]);
    auto const high = ends(regions.parts[last - 1]);
    return interval(regions.fact->name, {low.low, high.high, low.low_included, high.high_included});
  }

  std::size_t split(Value const& value)
  {
    if (is_definite(value) || value.is(Kind::error)) return leaf(value);
    auto const open = open_facts(value);
    std::optional<std::size_t> chosen;
    for (std::size_t i = 0; i < regions_.size() && !chosen; ++i) {
      if (spans_[i].second - spans_[i].first < 2) continue;
      auto const& name = regions_[i].fact->name;
      if (std::binary_search(open.missing.begin(), open.missing.end(), name) ||
          std::binary_search(open.uncertain.begin(), open.uncertain.end(), name))
        chosen = i;
    }
    if (!chosen) failed_ = true;
    if (failed_) return 0;
    auto const [first, last] = spans_[*chosen];
    auto const cut = regions_[*chosen].none_first && first == 0 ? 1 : first + (last - first) / 2;
    auto const one = part(*chosen, first, cut);
    if (failed_) return 0;
    auto const other = part(*chosen, cut, last);
    if (failed_) return 0;
    spans_[*chosen] = {first, last};
    return inner(*chosen, cut, one, other);
  }

  std::size_t part(std::size_t fact, std::size_t first, std::size_t last)
  {
    if (evaluations_++ >= most_) {
      failed_ = true;
      return 0;
    }
    spans_[fact] = {first, last};
    auto const& name = regions_[fact].fact->name;
    auto before = replaced_.extract(name);
    replaced_.emplace(name, cover(regions_[fact], first, last));
    auto const value = reevaluate_(replaced_);
    failed_ = failed_ || !value;
    auto const id = failed_ ? 0 : split(*value);
    replaced_.erase(name);
    if (before) replaced_.insert(std::move(before));
    return id;
  }

  std::vector<Regions> regions_;
  std::size_t most_;
  Reevaluate const& reevaluate_;
  std::size_t evaluations_ = 0;
  bool failed_ = false;
  std::vector<std::pair<std::size_t, std::size_t>> spans_;
  std::map<std::string, Value> replaced_;
  std::vector<CompletionGraph::Node> nodes_;
  std::vector<std::size_t> leaves_;
  std::map<std::tuple<std::size_t, std::size_t, std::size_t, std::size_t>, std::size_t> cuts_;
};

}  // namespace

std::optional<Completions> explore_completions(Value const& value, std::vector<OpenFact> const& open,
                                               std::vector<Value> const& constants, std::optional<Date> on,
                                               std::size_t most, Reevaluate const& reevaluate)
{
  auto const facts = open_facts(value);
  std::vector<Regions> regions;
  for (auto const& fact : open) {
    if (std::binary_search(facts.missing.begin(), facts.missing.end(), fact.name) ||
        std::binary_search(facts.uncertain.begin(), facts.uncertain.end(), fact.name))
      regions.push_back(regions_of(fact, constants, on));
  }
  return Explorer(std::move(regions), most, reevaluate).run(value);
}

}  // namespace tutela::detail
