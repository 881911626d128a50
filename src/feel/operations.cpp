// SPDX-License-Identifier: Apache-2.0
/// \file
/// Truth and tests of FEEL, in both modes, and what all operators share.
#include <algorithm>
#include <array>

#include "feel/operands.hpp"

namespace tutela::detail {

std::string_view operator_text(Op op)
{
  switch (op) {
    case Op::add: return "+";
    case Op::subtract: return "-";
    case Op::multiply: return "*";
    case Op::divide: return "/";
    case Op::power: return "**";
    case Op::equal: return "=";
    case Op::unequal: return "!=";
    case Op::less: return "<";
    case Op::less_equal: return "<=";
    case Op::greater: return ">";
    case Op::greater_equal: return ">=";
    case Op::between: return "between";
    default: return "?";
  }
}

std::string kind_name(Value const& value) { return value.is_none() ? "null" : std::string(to_string(value.kind())); }

Value fail_operands(Site const& site, Op op, Value const& lhs, Value const& rhs)
{
  return site.fail("`" + std::string(operator_text(op)) + "` does not work on " + kind_name(lhs) + " and " +
                   kind_name(rhs));
}

bool is_finite(Value const& value)
{
  if (!has_holes(value)) return true;
  auto const* unknown = value.as_unknown();
  return unknown != nullptr && unknown->domain.kind == Domain::Kind::set && !unknown->domain.values.empty();
}

Value complement(Site const& site, Value const& value)
{
  if (auto const* boolean = value.as_boolean()) return Value(!*boolean);
  if (!site.legal()) return {};
  if (value.is(Kind::error) || value.is(Kind::uncertain)) return value;
  if (auto const* unknown = value.as_unknown()) {
    if (auto const bounds = bounds_of(site, value))
      return site.fail("`not` does not work on " + kind_name(bounds->low.is_none() ? bounds->high : bounds->low));
    if (unknown->domain.kind != Domain::Kind::set) return value;
    return lifted(site, {&value, 1}, [&](auto values) { return complement(site, values[0]); });
  }
  return site.fail("`not` does not work on " + kind_name(value));
}

bool Junction::add(Value const& operand)
{
  if (auto const* boolean = operand.as_boolean()) {
    if (*boolean == dominant_) decided_ = true;
    return decided_;
  }
  if (!site_.legal()) {
    has_null_ = true;
    return false;
  }
  if (operand.is(Kind::error)) {
    if (!fault_) fault_ = operand;
    may_be_neutral_ = false;
    return false;
  }
  if (!is_open(operand)) {
    if (!fault_) fault_ = site_.fail("a condition is " + kind_name(operand) + " instead of true or false");
    may_be_neutral_ = false;
    return false;
  }
  causes_.add(operand);
  auto const values = possibilities_of(operand);
  if (!values) {
    may_dominate_ = true;
    if (!fault_) fault_ = possible_fault(site_, operand);
    return false;
  }
  bool neutral = false;
  for (auto const& value : *values) {
    auto const* boolean = value.as_boolean();
    if (boolean == nullptr) {
      if (!fault_) fault_ = value.is(Kind::error) ? value : site_.fail("a condition may not be true or false");
    } else if (*boolean == dominant_) {
      may_dominate_ = true;
    } else {
      neutral = true;
    }
  }
  may_be_neutral_ = may_be_neutral_ && neutral;
  return false;
}

Value Junction::result() const
{
  if (decided_) return Value(dominant_);
  if (!site_.legal()) return has_null_ ? Value() : Value(!dominant_);
  Domain domain;
  domain.kind = Domain::Kind::set;
  if (may_dominate_) domain.values.emplace_back(dominant_);
  if (may_be_neutral_) domain.values.emplace_back(!dominant_);
  if (fault_) domain.values.push_back(*fault_);
  if (domain.values.size() == 1) return domain.values.front();
  return open_value(causes_, std::move(domain));
}

namespace {

Value included_between(Site const& site, Range const& range, Value const& value)
{
  Junction both(site, false);
  if (!range.low.is_none()) {
    if (both.add(comparison(site, range.low_included ? Op::greater_equal : Op::greater, value, range.low))) {
      return both.result();
    }
  }
  if (!range.high.is_none()) {
    both.add(comparison(site, range.high_included ? Op::less_equal : Op::less, value, range.high));
  }
  return both.result();
}

}  // namespace

Value included(Site const& site, Range const& range, Value const& value)
{
  if (range.test != Range::Test::none) {
    return comparison(site, range.test == Range::Test::equal ? Op::equal : Op::unequal, value, range.low);
  }
  Value result = included_between(site, range, value);
  if (!site.legal()) return result;
  // a range whose end cannot be computed is no range, whatever the other end says
  auto fault = possible_fault(site, range.low);
  if (!fault) fault = possible_fault(site, range.high);
  if (!fault && (may_be_none(range.low) || may_be_none(range.high))) fault = site.fail("an end of the range is null");
  if (!fault && !range.low.is_none() && !range.high.is_none() && (is_open(range.low) || is_open(range.high))) {
    auto const ordered = comparison(site, Op::less_equal, range.low, range.high);
    if (may_fail(ordered)) fault = site.fail("the ends of the range have no order");
    if (ordered.is(Kind::error)) return *fault;
  }
  if (!fault) return result;
  Causes causes;
  causes.add(range.low);
  causes.add(range.high);
  std::array<Value, 2> const both{std::move(result), std::move(*fault)};
  return join(site, both, std::move(causes));
}

namespace {

// A value beside one element of a list of tests.
Value passes_element(Site const& site, Value const& value, Value const& element)
{
  auto const* range = element.as_range();
  bool const within = range != nullptr && !value.is(Kind::range);
  Value one = within ? included(site, *range, value) : same_value(site, value, element);
  return one.is_none() ? Value(false) : one;
}

// One of several values of which one is of that kind.
bool may_be(Value const& value, Kind kind)
{
  auto const* unknown = value.as_unknown();
  return unknown != nullptr && unknown->domain.kind == Domain::Kind::set &&
         std::any_of(unknown->domain.values.begin(), unknown->domain.values.end(),
                     [&](Value const& each) { return each.is(kind); });
}

bool may_be_any(Value const& value)
{
  auto const* unknown = value.as_unknown();
  return value.is(Kind::uncertain) || (unknown != nullptr && unknown->domain.kind == Domain::Kind::any);
}

}  // namespace

Value passes(Site const& site, Value const& value, Value const& test, bool scalar)
{
  if (auto const* range = test.as_range(); range != nullptr && !value.is(Kind::range)) {
    return included(site, *range, value);
  }
  if (auto const* list = test.as_list()) {
    if (site.legal() && may_be(value, Kind::list)) {
      std::vector<Value> results;
      for (auto const& each : value.as_unknown()->domain.values) results.push_back(passes(site, each, test, scalar));
      Causes causes;
      causes.add(value);
      return join(site, results, std::move(causes));
    }
    Junction any(site, true);
    if (value.is(Kind::list)) any.add(comparison(site, Op::equal, value, test));
    if (site.legal() && !scalar && may_be_any(value)) {
      Causes causes;
      causes.add(value);
      any.add(open_boolean(std::move(causes)));
    }
    for (auto const& element : list->items) {
      if (!site.spend()) return site.fail_limit("evaluation_steps");
      if (any.add(passes_element(site, value, element))) break;
    }
    if (!list->complete && site.legal())
      any.add(perhaps(site, *list, passes_element(site, value, further_of(*list)), false));
    return any.result();
  }
  if (auto const* unknown = test.as_unknown(); unknown != nullptr && site.legal()) {
    if (auto const values = possibilities_of(test)) {
      std::vector<Value> results;
      for (auto const& each : *values) results.push_back(passes(site, value, each, scalar));
      Causes causes;
      causes.add(test);
      return join(site, results, std::move(causes));
    }
  }
  Value result = comparison(site, Op::equal, value, test, test.is_none());
  bool const may_be_list = site.legal() && is_open(test) && !test.is(Kind::error) && !bounds_of(site, test);
  if (!may_be_list || !may_fail(result)) return result;
  // in a list nothing is an element like any other, and in an empty one is nothing
  Causes causes;
  causes.add(value);
  causes.add(test);
  std::array<Value, 2> const both{std::move(result), open_boolean(causes)};
  return join(site, both, std::move(causes));
}

List as_elements(Value const& value)
{
  if (auto const* list = value.as_list()) return *list;
  if (value.is_none()) return {};
  return List{{value}};
}

}  // namespace tutela::detail
