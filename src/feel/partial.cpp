// SPDX-License-Identifier: Apache-2.0
/// \file
/// Values that are not fully known.
#include "feel/partial.hpp"

#include <algorithm>

#include "feel/operations.hpp"
#include "feel/program.hpp"

namespace tutela::detail {

namespace {

void merge(std::vector<std::string>& into, std::vector<std::string> const& from)
{
  for (auto const& name : from) {
    auto const place = std::lower_bound(into.begin(), into.end(), name);
    if (place == into.end() || *place != name) into.insert(place, name);
  }
}

// Adds a value that is not among the others yet. False when the comparisons would exceed the limit of steps; small values
// cost none.
[[nodiscard]] bool add_distinct(Site const& site, std::vector<Value>& values, Value value)
{
  if (std::uint64_t const pieces = value.extent().parts / 256; pieces > 0 && !values.empty()) {
    bool const countable = pieces < site.evaluation.limits.evaluation_steps;
    if (!site.spend(countable ? pieces * values.size() : pieces)) return false;
  }
  auto const same = std::find(values.begin(), values.end(), value);
  if (same == values.end()) {
    values.push_back(std::move(value));
    return true;
  }
  // open lists that are alike as far as they are known are one, of which a further element may be either's
  auto const *kept = same->as_list(), *list = value.as_list();
  if (list == nullptr || list->complete || kept->further == list->further) return true;
  List both = *kept;
  both.further = either_further(site, std::make_shared<Value const>(further_of(*kept)),
                                std::make_shared<Value const>(further_of(*list)));
  *same = Value(std::move(both));
  return true;
}

bool is_ordered(Kind kind) noexcept
{
  return kind == Kind::number || kind == Kind::string || kind == Kind::date || kind == Kind::date_time ||
         kind == Kind::time || kind == Kind::days_duration || kind == Kind::months_duration;
}

// Replaces each hole, in the order of walking, by the possibility that `digits` names.
Value completed(Value const& value, std::span<std::size_t const> digits, std::size_t& next)
{
  if (auto const* unknown = value.as_unknown()) return unknown->domain.values[digits[next++]];
  if (auto const* list = value.as_list()) {
    if (!has_holes(value)) return value;
    List result;
    result.items.reserve(list->items.size());
    for (auto const& item : list->items) result.items.push_back(completed(item, digits, next));
    return Value(std::move(result));
  }
  if (auto const* context = value.as_context()) {
    if (!has_holes(value)) return value;
    Context result;
    for (auto const& [name, entry] : context->entries)
      result.entries.emplace_back(name, completed(entry, digits, next));
    return Value(std::move(result));
  }
  return value;
}

// The sizes of the holes; false when one of them has not finitely many possibilities.
bool hole_sizes(Value const& value, std::vector<std::size_t>& sizes)
{
  if (auto const* unknown = value.as_unknown()) {
    if (unknown->domain.kind != Domain::Kind::set || unknown->domain.values.empty()) return false;
    sizes.push_back(unknown->domain.values.size());
    return true;
  }
  if (value.is(Kind::uncertain)) return false;
  if (auto const* list = value.as_list()) {
    return list->complete && std::all_of(list->items.begin(), list->items.end(),
                                         [&](auto const& item) { return hole_sizes(item, sizes); });
  }
  if (auto const* context = value.as_context()) {
    return std::all_of(context->entries.begin(), context->entries.end(),
                       [&](auto const& entry) { return hole_sizes(entry.second, sizes); });
  }
  if (auto const* range = value.as_range()) return !has_holes(range->low) && !has_holes(range->high);
  return true;
}

}  // namespace

bool has_holes(Value const& value) noexcept { return value.extent().open; }

void Causes::add(Value const& value)
{
  if (auto const* unknown = value.as_unknown()) {
    merge(facts, unknown->facts);
    merge(uncertain, unknown->uncertain);
    for (auto const& possibility : unknown->domain.values) add(possibility);
  } else if (auto const* never_known = value.as_uncertain()) {
    merge(uncertain, never_known->facts);
  } else if (auto const* list = value.as_list()) {
    if (!list->complete) {
      merge(facts, list->facts);
      if (list->further != nullptr) add(*list->further);
    }
    for (auto const& item : list->items) add(item);
  } else if (auto const* context = value.as_context()) {
    for (auto const& entry : context->entries) add(entry.second);
  } else if (auto const* range = value.as_range()) {
    add(range->low);
    add(range->high);
  }
}

Value open_value(Causes causes, Domain domain)
{
  // What cannot be known and may be any value says no more than that. Bounds, and errors that may come, are kept.
  auto const& values = domain.values;
  bool const anything = domain.kind == Domain::Kind::any
                            ? !domain.approximate
                            : domain.kind == Domain::Kind::set && values.size() == 2 && values[0].is(Kind::boolean) &&
                                  values[1].is(Kind::boolean);
  if (causes.facts.empty() && !causes.uncertain.empty() && anything)
    return Value(Uncertain{std::move(causes.uncertain)});
  return Value(Unknown{std::move(causes.facts), std::move(causes.uncertain), std::move(domain)});
}

bool may_fail(Value const& value) noexcept
{
  auto const* unknown = value.as_unknown();
  if (unknown == nullptr) return value.is(Kind::error);
  if (unknown->domain.kind == Domain::Kind::any) return unknown->domain.approximate;
  return std::any_of(unknown->domain.values.begin(), unknown->domain.values.end(),
                     [](Value const& each) { return each.is(Kind::error); });
}

bool may_be_none(Value const& value) noexcept
{
  auto const* unknown = value.as_unknown();
  return unknown != nullptr && unknown->domain.kind == Domain::Kind::set &&
         std::any_of(unknown->domain.values.begin(), unknown->domain.values.end(),
                     [](Value const& each) { return each.is_none(); });
}

Domain any_domain(bool failing)
{
  Domain domain;
  domain.approximate = failing;
  return domain;
}

Value further_of(List const& list)
{
  if (list.further != nullptr) return *list.further;
  Causes causes;
  causes.facts = list.facts;
  return open_value(std::move(causes));
}

Value perhaps_one_element(Value const& list)
{
  Causes causes;
  causes.add(list);
  return open_value(std::move(causes), any_domain(true));
}

Value perhaps(Site const& site, List const& list, Value said, bool otherwise)
{
  Causes causes;
  causes.facts = list.facts;
  std::array<Value, 2> const both{std::move(said), Value(otherwise)};
  return join(site, both, std::move(causes));
}

std::shared_ptr<Value const> either_further(Site const& site, std::shared_ptr<Value const> const& lhs,
                                            std::shared_ptr<Value const> const& rhs)
{
  if (lhs == nullptr || rhs == nullptr || lhs == rhs) return lhs == nullptr ? rhs : lhs;
  Causes causes;
  causes.add(*lhs);
  causes.add(*rhs);
  std::array<Value, 2> const both{*lhs, *rhs};
  auto joined = join(site, both, causes);
  // where the two are not told apart any more, neither is what one of them may lack
  auto const* unknown = joined.as_unknown();
  if (unknown != nullptr && unknown->domain.kind == Domain::Kind::any && (has_holes(*lhs) || has_holes(*rhs)))
    joined = open_value(std::move(causes), any_domain(!(is_open(*lhs) && is_open(*rhs)) || may_fail(joined)));
  return std::make_shared<Value const>(std::move(joined));
}

std::optional<Value> possible_fault(Site const& site, Value const& value)
{
  if (!may_fail(value)) return std::nullopt;
  if (value.is(Kind::error)) return value;
  for (auto const& each : value.as_unknown()->domain.values) {
    if (each.is(Kind::error)) return each;
  }
  return site.fail("what is not known yet may make this impossible to compute");
}

Value open_boolean(Causes causes, std::optional<Value> fault)
{
  Domain domain;
  domain.kind = Domain::Kind::set;
  domain.values = {Value(false), Value(true)};
  if (fault) domain.values.push_back(std::move(*fault));
  return open_value(std::move(causes), std::move(domain));
}

std::optional<std::vector<Value>> possibilities_of(Value const& value)
{
  if (auto const* unknown = value.as_unknown()) {
    if (unknown->domain.kind != Domain::Kind::set || unknown->domain.values.empty()) return std::nullopt;
    return unknown->domain.values;
  }
  if (value.is(Kind::uncertain)) return std::nullopt;
  return std::vector<Value>{value};
}

std::optional<Range> bounds_of(Site const& site, Value const& value)
{
  if (is_ordered(value.kind())) return Range{value, value, true, true};
  auto const* unknown = value.as_unknown();
  if (unknown == nullptr) return std::nullopt;
  if (unknown->domain.kind == Domain::Kind::range) {
    auto const& range = unknown->domain.range;
    if (range.test != Range::Test::none || (range.low.is_none() && range.high.is_none())) return std::nullopt;
    if (!range.low.is_none() && !is_ordered(range.low.kind())) return std::nullopt;
    if (!range.high.is_none() && !is_ordered(range.high.kind())) return std::nullopt;
    return range;
  }
  if (unknown->domain.kind != Domain::Kind::set || unknown->domain.values.empty()) return std::nullopt;
  Range range{unknown->domain.values.front(), unknown->domain.values.front(), true, true};
  for (auto const& possibility : unknown->domain.values) {
    if (!is_ordered(possibility.kind())) return std::nullopt;
    auto const with_low = order(possibility, range.low);
    auto const with_high = order(possibility, range.high);
    if (!with_low || !with_high) return std::nullopt;
    if (*with_low < 0) range.low = possibility;
    if (*with_high > 0) range.high = possibility;
  }
  static_cast<void>(site);
  return range;
}

Value join(Site const& site, std::span<Value const> possibilities, Causes causes)
{
  std::vector<Value> distinct;
  bool finite = true;
  bool approximate = false;
  bool failing = false;
  for (auto const& possibility : possibilities) {
    if (!site.spend_on(possibility)) return site.fail_limit("evaluation_steps");
    causes.add(possibility);
    failing = failing || may_fail(possibility);
    if (auto const* unknown = possibility.as_unknown()) approximate = approximate || unknown->domain.approximate;
    auto const values = possibilities_of(possibility);
    if (!values) {
      finite = false;
      continue;
    }
    for (auto const& value : *values)
      if (!add_distinct(site, distinct, value)) return site.fail_limit("evaluation_steps");
  }
  if (finite && distinct.size() == 1) return distinct.front();
  Domain domain;
  domain.approximate = approximate;
  if (finite && distinct.size() <= site.evaluation.limits.possible_values) {
    domain.kind = Domain::Kind::set;
    domain.values = std::move(distinct);
    return open_value(std::move(causes), std::move(domain));
  }
  // No set. What may be none, a list or a structure, or one of several kinds, may not fit where one kind is asked for.
  failing = failing || std::any_of(distinct.begin(), distinct.end(), [&](Value const& each) {
              return each.is_none() || each.is(Kind::list) || each.is(Kind::context) ||
                     each.kind() != distinct.front().kind();
            });
  // the interval around all of them, when they have one
  std::optional<Range> hull;
  for (auto const& possibility : possibilities) {
    auto const bounds = bounds_of(site, possibility);
    if (!bounds) return open_value(std::move(causes), any_domain(failing));
    if (!hull) {
      hull = bounds;
      continue;
    }
    if (bounds->low.is_none()) {
      hull->low = {};
    } else if (!hull->low.is_none()) {
      auto const below = order(bounds->low, hull->low);
      if (!below) return open_value(std::move(causes), any_domain(failing));
      if (*below < 0 || (*below == 0 && bounds->low_included)) {
        hull->low = bounds->low;
        hull->low_included = bounds->low_included;
      }
    }
    if (bounds->high.is_none()) {
      hull->high = {};
    } else if (!hull->high.is_none()) {
      auto const above = order(bounds->high, hull->high);
      if (!above) return open_value(std::move(causes), any_domain(failing));
      if (*above > 0 || (*above == 0 && bounds->high_included)) {
        hull->high = bounds->high;
        hull->high_included = bounds->high_included;
      }
    }
  }
  if (!hull || (hull->low.is_none() && hull->high.is_none())) return open_value(std::move(causes), any_domain(failing));
  domain.kind = Domain::Kind::range;
  domain.range = std::move(*hull);
  domain.approximate = true;
  return open_value(std::move(causes), std::move(domain));
}

Truth will_conform(Value const& value, Type const& type)
{
  if (value.is(Kind::error)) return Truth::no;
  if (type.is(Type::Kind::any) && !may_fail(value)) return Truth::yes;
  if (is_open(value)) {
    auto const* unknown = value.as_unknown();
    if (unknown != nullptr && unknown->domain.kind == Domain::Kind::range) {
      auto const& range = unknown->domain.range;
      bool const both = value_conforms(range.low, type) && value_conforms(range.high, type);
      return both ? Truth::yes : Truth::no;
    }
    auto const members = possibilities_of(value);
    if (!members) return Truth::unknown;
    auto const first = will_conform(members->front(), type);
    bool const same = std::all_of(members->begin(), members->end(),
                                  [&](Value const& each) { return will_conform(each, type) == first; });
    return same ? first : Truth::unknown;
  }
  auto result = value_conforms(value, type) || has_holes(value) ? Truth::yes : Truth::no;
  if (!has_holes(value)) return result;
  if (auto const* list = value.as_list(); list != nullptr && type.is(Type::Kind::list)) {
    auto const element = type.has_parts() ? type.element() : Type();
    for (auto const& item : list->items) result = result & will_conform(item, element);
    // there may be no further element
    if (!list->complete && will_conform(further_of(*list), element) != Truth::yes) result = result & Truth::unknown;
    return result;
  }
  auto const* context = value.as_context();
  if (context == nullptr || !type.is(Type::Kind::context)) return value_conforms(value, type) ? Truth::yes : Truth::no;
  for (auto const& entry : type.entries()) {
    auto const* found = context->find(entry.name);
    result = result & (found == nullptr ? Truth::no : will_conform(*found, entry.type));
  }
  return result;
}

Value lifted(Site const& site, std::span<Value const> arguments,
             std::function<Value(std::span<Value const>)> const& function, bool total)
{
  for (auto const& argument : arguments) {
    if (argument.is(Kind::error)) return argument;
  }
  Causes causes;
  std::vector<std::size_t> sizes;
  bool finite = true;
  bool any = false;
  for (auto const& argument : arguments) {
    if (!has_holes(argument)) continue;
    any = true;
    if (!site.spend_on(argument)) return site.fail_limit("evaluation_steps");
    causes.add(argument);
    finite = finite && hole_sizes(argument, sizes);
  }
  if (!any) return function(arguments);
  std::size_t combinations = 1;
  for (std::size_t const size : sizes) {
    if (!finite || combinations > site.evaluation.limits.completions / size) {
      finite = false;
      break;
    }
    combinations *= size;
  }
  if (!finite) {
    bool const failing = !total || std::any_of(arguments.begin(), arguments.end(), may_fail);
    return open_value(std::move(causes), any_domain(failing));
  }
  std::vector<std::size_t> digits(sizes.size(), 0);
  std::vector<Value> results;
  std::vector<Value> completion(arguments.size());
  for (std::size_t count = 0; count < combinations; ++count) {
    if (!site.spend()) return site.fail_limit("evaluation_steps");
    std::size_t next = 0;
    for (std::size_t index = 0; index < arguments.size(); ++index) {
      if (!site.spend_on(arguments[index])) return site.fail_limit("evaluation_steps");
      completion[index] = completed(arguments[index], digits, next);
    }
    auto const fault =
        std::find_if(completion.begin(), completion.end(), [](Value const& value) { return value.is(Kind::error); });
    // A possibility may be open itself, as a list of which one element is not known.
    auto result = fault != completion.end() ? *fault
                  : std::any_of(completion.begin(), completion.end(), has_holes)
                      ? lifted(site, completion, function, total)
                      : function(completion);
    if (!add_distinct(site, results, std::move(result))) return site.fail_limit("evaluation_steps");
    for (std::size_t place = 0; place < digits.size(); ++place) {
      if (++digits[place] < sizes[place]) break;
      digits[place] = 0;
    }
  }
  return join(site, results, std::move(causes));
}

}  // namespace tutela::detail
