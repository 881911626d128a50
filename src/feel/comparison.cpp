// SPDX-License-Identifier: Apache-2.0
/// \file
/// Order and equality of FEEL, in both modes.
#include <algorithm>
#include <array>

#include "feel/operands.hpp"
#include "feel/temporal.hpp"

namespace tutela::detail {
namespace {

int sign(std::partial_ordering ordering) { return ordering < 0 ? -1 : (ordering > 0 ? 1 : 0); }

template <class T>
int three_way(T const& lhs, T const& rhs)
{
  return lhs < rhs ? -1 : (rhs < lhs ? 1 : 0);
}

bool holds(Op op, int ordering)
{
  switch (op) {
    case Op::less: return ordering < 0;
    case Op::less_equal: return ordering <= 0;
    case Op::greater: return ordering > 0;
    case Op::greater_equal: return ordering >= 0;
    default: return false;
  }
}

Value relation_known(Site const& site, Op op, Value const& lhs, Value const& rhs)
{
  auto const ordering = order(lhs, rhs);
  return ordering ? Value(holds(op, *ordering)) : fail_operands(site, op, lhs, rhs);
}

// True when every value inside the first bounds is of another kind than every value inside the second.
bool are_different(Range const& left, Range const& right)
{
  auto const kind = [](Range const& range) { return range.low.is_none() ? range.high.kind() : range.low.kind(); };
  return kind(left) != kind(right);
}

// `<` or `<=` between values of which one has infinitely many possibilities.
Value relation_open(Site const& site, Op op, Value const& lhs, Value const& rhs)
{
  if (op == Op::greater || op == Op::greater_equal) {
    return relation_open(site, op == Op::greater ? Op::less : Op::less_equal, rhs, lhs);
  }
  Causes causes;
  causes.add(lhs);
  causes.add(rhs);
  if (lhs.is_none() || rhs.is_none()) return fail_operands(site, op, lhs, rhs);
  auto const left = bounds_of(site, lhs);
  auto const right = bounds_of(site, rhs);
  if (left && right) {
    if (are_different(*left, *right)) return site.fail("values of different kinds have no order");
    if (!left->high.is_none() && !right->low.is_none()) {
      auto const ordering = order(left->high, right->low);
      bool const apart = !left->high_included || !right->low_included;
      if (ordering && (*ordering < 0 || (*ordering == 0 && (op == Op::less_equal || apart)))) return Value(true);
    }
    if (!left->low.is_none() && !right->high.is_none()) {
      auto const ordering = order(left->low, right->high);
      bool const apart = !left->low_included || !right->high_included;
      if (ordering && (*ordering > 0 || (*ordering == 0 && (op == Op::less || apart)))) return Value(false);
    }
  }
  auto fault = possible_fault(site, lhs);
  return open_boolean(std::move(causes), fault ? fault : possible_fault(site, rhs));
}

Value comparison_of_parts(Site const& site, Value const& lhs, Value const& rhs);

// The error that a value, or a part of it, is or may be.
std::optional<Value> fault_inside(Site const& site, Value const& value)
{
  if (auto const* list = value.as_list()) {
    for (auto const& item : list->items)
      if (auto fault = fault_inside(site, item)) return fault;
    return list->complete || list->further == nullptr ? std::nullopt : fault_inside(site, *list->further);
  }
  if (auto const* context = value.as_context()) {
    for (auto const& entry : context->entries)
      if (auto fault = fault_inside(site, entry.second)) return fault;
    return std::nullopt;
  }
  return possible_fault(site, value);
}

// Equality of which one side has holes: false as soon as one part certainly differs.
Value equality_open(Site const& site, Value const& lhs, Value const& rhs)
{
  if (!site.spend() || !site.spend_on(lhs) || !site.spend_on(rhs)) return site.fail_limit("evaluation_steps");
  if (auto const* left = lhs.as_list()) {
    if (auto const* right = rhs.as_list(); right != nullptr && left->complete && right->complete) {
      if (left->items.size() != right->items.size()) return Value(false);
      Junction all(site, false);
      for (std::size_t index = 0; index < left->items.size(); ++index) {
        if (all.add(comparison_of_parts(site, left->items[index], right->items[index]))) break;
      }
      return all.result();
    }
  }
  if (auto const* left = lhs.as_context()) {
    if (auto const* right = rhs.as_context()) {
      if (left->entries.size() != right->entries.size()) return Value(false);
      Junction all(site, false);
      for (auto const& [name, value] : left->entries) {
        auto const* other = right->find(name);
        if (other == nullptr) return Value(false);
        if (all.add(comparison_of_parts(site, value, *other))) break;
      }
      return all.result();
    }
  }
  Causes causes;
  causes.add(lhs);
  causes.add(rhs);
  auto const left = bounds_of(site, lhs);
  auto const right = bounds_of(site, rhs);
  if (left && right) {
    if (are_different(*left, *right)) return site.fail("values of different kinds are not compared");
    for (bool const swap : {false, true}) {
      Range const& low = swap ? *right : *left;
      Range const& high = swap ? *left : *right;
      if (low.high.is_none() || high.low.is_none()) continue;
      auto const ordering = order(low.high, high.low);
      if (ordering && (*ordering < 0 || (*ordering == 0 && (!low.high_included || !high.low_included)))) {
        return Value(false);
      }
    }
  }
  auto fault = fault_inside(site, lhs);
  return open_boolean(std::move(causes), fault ? fault : fault_inside(site, rhs));
}

// `= null` in legal mode: whether a value is known to be none.
Value is_none_open(Site const& site, Value const& value)
{
  if (!is_open(value)) return Value(value.is_none());
  if (value.is(Kind::error)) return value;
  Causes causes;
  causes.add(value);
  if (auto const* unknown = value.as_unknown()) {
    if (unknown->domain.kind == Domain::Kind::range) return Value(false);
    if (unknown->domain.kind == Domain::Kind::set && !unknown->domain.values.empty()) {
      auto const& values = unknown->domain.values;
      auto const nones = std::count_if(values.begin(), values.end(), [](Value const& each) { return each.is_none(); });
      bool const fault =
          std::any_of(values.begin(), values.end(), [](Value const& each) { return each.is(Kind::error); });
      if (!fault && nones == 0) return Value(false);
      if (!fault && static_cast<std::size_t>(nones) == values.size()) return Value(true);
    }
  }
  return open_boolean(std::move(causes), possible_fault(site, value));
}

std::optional<bool> equal_parts(Site const& site, Value const& lhs, Value const& rhs);

// One part of a list or context beside another: those of different kinds are different, and none is equal to none.
Value comparison_of_parts(Site const& site, Value const& lhs, Value const& rhs)
{
  if (lhs.is(Kind::error)) return lhs;
  if (rhs.is(Kind::error)) return rhs;
  if (!has_holes(lhs) && !has_holes(rhs)) {
    auto const equal = equal_parts(site, lhs, rhs);
    return equal ? Value(*equal) : fail_operands(site, Op::equal, lhs, rhs);
  }
  if (lhs.is_none()) return is_none_open(site, rhs);
  if (rhs.is_none()) return is_none_open(site, lhs);
  auto const each = [&](Value const& left, Value const& right) { return comparison_of_parts(site, left, right); };
  if (is_finite(lhs) && is_finite(rhs)) {
    std::array<Value, 2> const operands{lhs, rhs};
    return lifted(site, operands, [&](auto values) { return each(values[0], values[1]); });
  }
  if (auto members = for_each_member(site, lhs, rhs, each)) return *std::move(members);
  auto const left = bounds_of(site, lhs);
  auto const right = bounds_of(site, rhs);
  if (left && right && are_different(*left, *right)) return Value(false);
  return equality_open(site, lhs, rhs);
}

}  // namespace

std::optional<int> order(Value const& lhs, Value const& rhs)
{
  if (lhs.kind() != rhs.kind()) return std::nullopt;
  switch (lhs.kind()) {
    case Kind::number: return sign(*lhs.as_number() <=> *rhs.as_number());
    case Kind::string: return three_way(*lhs.as_string(), *rhs.as_string());  // order of UTF-8 is order of code points
    case Kind::date: return three_way(*lhs.as_date(), *rhs.as_date());
    case Kind::days_duration: return three_way(*lhs.as_days_duration(), *rhs.as_days_duration());
    case Kind::months_duration: return three_way(*lhs.as_months_duration(), *rhs.as_months_duration());
    case Kind::time:
      if (has_zone(*lhs.as_time()) != has_zone(*rhs.as_time())) return std::nullopt;
      return three_way(seconds_of(*lhs.as_time()), seconds_of(*rhs.as_time()));
    case Kind::date_time:
      if (has_zone(lhs.as_date_time()->time) != has_zone(rhs.as_date_time()->time)) return std::nullopt;
      return three_way(seconds_of(*lhs.as_date_time()), seconds_of(*rhs.as_date_time()));
    default: return std::nullopt;
  }
}

namespace {

// Parts of lists and contexts: those of different kinds are different; of one kind they may not compare. Each part is
// a step, because values that share their parts are small and have many.
std::optional<bool> equal_parts(Site const& site, Value const& lhs, Value const& rhs)
{
  if (!site.spend() || (lhs.is(Kind::string) && !site.spend_on(lhs))) return std::nullopt;
  if (lhs.is(Kind::error) || rhs.is(Kind::error)) return std::nullopt;
  bool const differ = !lhs.is_none() && !rhs.is_none() && lhs.kind() != rhs.kind();
  return differ ? std::optional<bool>(false) : equal_values(site, lhs, rhs);
}

}  // namespace

std::optional<bool> equal_values(Site const& site, Value const& lhs, Value const& rhs)
{
  if (lhs.is_none() || rhs.is_none()) return lhs.is_none() && rhs.is_none();
  if (lhs.kind() != rhs.kind()) return std::nullopt;
  auto const both = [](std::optional<bool> first, std::optional<bool> second) -> std::optional<bool> {
    if ((first && !*first) || (second && !*second)) return false;
    if (!first || !second) return std::nullopt;
    return true;
  };
  switch (lhs.kind()) {
    case Kind::boolean: return *lhs.as_boolean() == *rhs.as_boolean();
    case Kind::list: {
      auto const& left = lhs.as_list()->items;
      auto const& right = rhs.as_list()->items;
      if (left.size() != right.size()) return false;
      std::optional<bool> result = true;
      for (std::size_t index = 0; index < left.size() && result != false && site.within_steps(); ++index) {
        result = both(result, equal_parts(site, left[index], right[index]));
      }
      return result;
    }
    case Kind::context: {
      auto const& left = *lhs.as_context();
      auto const& right = *rhs.as_context();
      if (left.entries.size() != right.entries.size()) return false;
      std::optional<bool> result = true;
      for (auto const& [name, value] : left.entries) {
        auto const* other = right.find(name);
        if (other == nullptr) return false;
        if (result == false || !site.within_steps()) break;
        result = both(result, equal_parts(site, value, *other));
      }
      return result;
    }
    case Kind::range: {
      auto const& left = *lhs.as_range();
      auto const& right = *rhs.as_range();
      if (left.low_included != right.low_included || left.high_included != right.high_included ||
          left.test != right.test) {
        return false;
      }
      return both(equal_values(site, left.low, right.low), equal_values(site, left.high, right.high));
    }
    case Kind::function: return std::nullopt;
    default: {
      auto const ordering = order(lhs, rhs);
      if (!ordering) return std::nullopt;
      return *ordering == 0;
    }
  }
}

Value comparison(Site const& site, Op op, Value const& lhs, Value const& rhs, bool null_literal)
{
  if (op == Op::unequal) return complement(site, comparison(site, Op::equal, lhs, rhs, null_literal));
  if (lhs.is(Kind::string) && !site.spend_on(lhs)) return site.fail_limit("evaluation_steps");
  if (op == Op::equal) {
    if (!site.legal()) {
      auto const equal = equal_values(site, lhs, rhs);
      return equal ? Value(*equal) : fail_operands(site, op, lhs, rhs);
    }
    if (null_literal && rhs.is_none()) return is_none_open(site, lhs);
    if (null_literal && lhs.is_none()) return is_none_open(site, rhs);
    if (lhs.is(Kind::error)) return lhs;
    if (rhs.is(Kind::error)) return rhs;
    if (lhs.is_none() || rhs.is_none()) {
      return site.fail("there is no value to compare; only `= null` and `!= null` ask whether there is one");
    }
    if (has_holes(lhs) || has_holes(rhs)) {
      if (!is_finite(lhs) || !is_finite(rhs)) {
        auto each = for_each_member(
            site, lhs, rhs, [&](auto const& left, auto const& right) { return comparison(site, op, left, right); });
        return each ? *std::move(each) : equality_open(site, lhs, rhs);
      }
      std::array<Value, 2> const operands{lhs, rhs};
      return lifted(site, operands, [&](auto values) { return comparison(site, op, values[0], values[1]); });
    }
    auto const equal = equal_values(site, lhs, rhs);
    return equal ? Value(*equal) : fail_operands(site, op, lhs, rhs);
  }
  if (!site.legal() || (!is_open(lhs) && !is_open(rhs))) return relation_known(site, op, lhs, rhs);
  if (lhs.is(Kind::error)) return lhs;
  if (rhs.is(Kind::error)) return rhs;
  if (!is_finite(lhs) || !is_finite(rhs)) {
    auto each = for_each_member(site, lhs, rhs,
                                [&](auto const& left, auto const& right) { return comparison(site, op, left, right); });
    return each ? *std::move(each) : relation_open(site, op, lhs, rhs);
  }
  std::array<Value, 2> const operands{lhs, rhs};
  return lifted(site, operands, [&](auto values) { return relation_known(site, op, values[0], values[1]); });
}

Value same_value(Site const& site, Value const& lhs, Value const& rhs)
{
  if (site.legal()) {
    if (lhs.is(Kind::error)) return lhs;
    if (rhs.is(Kind::error)) return rhs;
    if (has_holes(lhs) || has_holes(rhs)) {
      if (!is_finite(lhs) || !is_finite(rhs)) return comparison_of_parts(site, lhs, rhs);
      std::array<Value, 2> const operands{lhs, rhs};
      return lifted(site, operands,
                    [&](auto values) { return Value(equal_values(site, values[0], values[1]).value_or(false)); });
    }
  }
  bool const same = equal_values(site, lhs, rhs).value_or(false);
  return site.within_steps() ? Value(same) : site.fail_limit("evaluation_steps");
}

}  // namespace tutela::detail
