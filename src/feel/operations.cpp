// SPDX-License-Identifier: Apache-2.0
/// \file
/// The operators of FEEL on values, in both modes.
#include "feel/operations.hpp"

#include <algorithm>
#include <array>

#include "feel/temporal.hpp"

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

namespace {

int sign(std::partial_ordering ordering) { return ordering < 0 ? -1 : (ordering > 0 ? 1 : 0); }

template <class T>
int three_way(T const& lhs, T const& rhs)
{
  return lhs < rhs ? -1 : (rhs < lhs ? 1 : 0);
}

bool is_temporal_point(Kind kind) { return kind == Kind::date || kind == Kind::date_time; }

// A date stands for its midnight in UTC beside a moment.
std::optional<DateTime> as_moment(Value const& value)
{
  if (auto const* date = value.as_date()) return midnight(*date);
  if (auto const* moment = value.as_date_time()) return *moment;
  return std::nullopt;
}

std::string kind_name(Value const& value) { return value.is_none() ? "null" : std::string(to_string(value.kind())); }

Value fail_operands(Site const& site, Op op, Value const& lhs, Value const& rhs)
{
  return site.fail("`" + std::string(operator_text(op)) + "` does not work on " + kind_name(lhs) + " and " +
                   kind_name(rhs));
}

template <class T>
Value value_or_fail(Site const& site, std::optional<T> const& value)
{
  return value ? Value(*value) : site.fail("the result is out of range");
}

Value number_or_fail(Site const& site, Decimal number)
{
  return number.is_finite() ? Value(number) : site.fail("the result is not a finite number");
}

Value duration_sum(Site const& site, DaysDuration lhs, DaysDuration rhs)
{
  std::int64_t seconds = 0;
  if (__builtin_add_overflow(lhs.seconds, rhs.seconds, &seconds)) return site.fail("the result is out of range");
  return value_or_fail(site, days_duration(seconds, static_cast<std::int64_t>(lhs.nanoseconds) + rhs.nanoseconds));
}

DaysDuration opposite(DaysDuration duration)
{
  std::int64_t const seconds =
      static_cast<std::int64_t>(std::uint64_t{0} - static_cast<std::uint64_t>(duration.seconds));
  return {seconds, -duration.nanoseconds};
}

MonthsDuration opposite(MonthsDuration duration)
{
  return {static_cast<std::int64_t>(std::uint64_t{0} - static_cast<std::uint64_t>(duration.months))};
}

// A date, moment or time moved by a duration.
std::optional<Value> moved(Site const& site, Value const& point, Value const& duration, bool back)
{
  if (auto const* days = duration.as_days_duration()) {
    DaysDuration const by = back ? opposite(*days) : *days;
    if (auto const* date = point.as_date()) return value_or_fail(site, shifted(*date, by));
    if (auto const* moment = point.as_date_time()) return value_or_fail(site, shifted(*moment, by));
    if (auto const* time = point.as_time()) return Value(shifted(*time, by));
  }
  if (auto const* months = duration.as_months_duration()) {
    std::int64_t const by = back ? opposite(*months).months : months->months;
    if (auto const* date = point.as_date()) return value_or_fail(site, add_months(*date, by, MonthRounding::down));
    if (auto const* moment = point.as_date_time()) return value_or_fail(site, shifted(*moment, by));
  }
  return std::nullopt;
}

Value add_known(Site const& site, Value const& lhs, Value const& rhs)
{
  if (auto const* left = lhs.as_number()) {
    if (auto const* right = rhs.as_number()) return number_or_fail(site, *left + *right);
  }
  if (auto const* left = lhs.as_string()) {
    if (auto const* right = rhs.as_string()) {
      if (left->size() + right->size() > site.evaluation.limits.document_bytes)
        return site.fail_limit("document_bytes");
      return Value(*left + *right);
    }
  }
  if (auto const* left = lhs.as_days_duration()) {
    if (auto const* right = rhs.as_days_duration()) return duration_sum(site, *left, *right);
  }
  if (auto const* left = lhs.as_months_duration()) {
    if (auto const* right = rhs.as_months_duration()) {
      std::int64_t months = 0;
      if (__builtin_add_overflow(left->months, right->months, &months)) return site.fail("the result is out of range");
      return Value(MonthsDuration{months});
    }
  }
  if (auto result = moved(site, lhs, rhs, false)) return *result;
  if (auto result = moved(site, rhs, lhs, false)) return *result;
  return fail_operands(site, Op::add, lhs, rhs);
}

Value subtract_known(Site const& site, Value const& lhs, Value const& rhs)
{
  if (auto const* left = lhs.as_number()) {
    if (auto const* right = rhs.as_number()) return number_or_fail(site, *left - *right);
  }
  if (auto const* left = lhs.as_days_duration()) {
    if (auto const* right = rhs.as_days_duration()) return duration_sum(site, *left, opposite(*right));
  }
  if (auto const* left = lhs.as_months_duration()) {
    if (auto const* right = rhs.as_months_duration()) {
      std::int64_t months = 0;
      if (__builtin_sub_overflow(left->months, right->months, &months)) return site.fail("the result is out of range");
      return Value(MonthsDuration{months});
    }
  }
  if (auto result = moved(site, lhs, rhs, true)) return *result;
  if (is_temporal_point(lhs.kind()) && is_temporal_point(rhs.kind())) {
    auto const left = as_moment(lhs);
    auto const right = as_moment(rhs);
    if (has_zone(left->time) != has_zone(right->time)) {
      return site.fail("a moment with a zone and one without have no distance");
    }
    return value_or_fail(site,
                         days_duration(seconds_of(*left) - seconds_of(*right),
                                       static_cast<std::int64_t>(left->time.nanosecond) - right->time.nanosecond));
  }
  if (auto const* left = lhs.as_time()) {
    if (auto const* right = rhs.as_time()) {
      if (has_zone(*left) != has_zone(*right)) return site.fail("a time with a zone and one without have no distance");
      return value_or_fail(site, days_duration(seconds_of(*left) - seconds_of(*right),
                                               static_cast<std::int64_t>(left->nanosecond) - right->nanosecond));
    }
  }
  return fail_operands(site, Op::subtract, lhs, rhs);
}

Value months_or_fail(Site const& site, Decimal months)
{
  auto const whole = months.is_finite() ? months.rounded(0, Rounding::down).to_int64() : std::nullopt;
  return whole ? Value(MonthsDuration{*whole}) : site.fail("the result is out of range");
}

Value multiply_known(Site const& site, Value const& lhs, Value const& rhs)
{
  auto const* const left = lhs.as_number();
  auto const* const right = rhs.as_number();
  if (left != nullptr && right != nullptr) return number_or_fail(site, *left * *right);
  if (left != nullptr && (rhs.is(Kind::days_duration) || rhs.is(Kind::months_duration))) {
    return multiply_known(site, rhs, lhs);
  }
  if (right != nullptr) {
    if (auto const* days = lhs.as_days_duration()) {
      return value_or_fail(site, duration_of_seconds(seconds_in(*days) * *right));
    }
    if (auto const* months = lhs.as_months_duration()) return months_or_fail(site, Decimal(months->months) * *right);
  }
  return fail_operands(site, Op::multiply, lhs, rhs);
}

Value divide_known(Site const& site, Value const& lhs, Value const& rhs)
{
  auto const* const right = rhs.as_number();
  if (right != nullptr && right->is_zero()) return site.fail("division by zero");
  if (auto const* left = lhs.as_number(); left != nullptr && right != nullptr) {
    return number_or_fail(site, *left / *right);
  }
  if (auto const* left = lhs.as_days_duration()) {
    if (right != nullptr) return value_or_fail(site, duration_of_seconds(seconds_in(*left) / *right));
    if (auto const* other = rhs.as_days_duration()) {
      if (seconds_in(*other).is_zero()) return site.fail("division by zero");
      return number_or_fail(site, seconds_in(*left) / seconds_in(*other));
    }
  }
  if (auto const* left = lhs.as_months_duration()) {
    if (right != nullptr) return months_or_fail(site, Decimal(left->months) / *right);
    if (auto const* other = rhs.as_months_duration()) {
      if (other->months == 0) return site.fail("division by zero");
      return number_or_fail(site, Decimal(left->months) / Decimal(other->months));
    }
  }
  return fail_operands(site, Op::divide, lhs, rhs);
}

Value arithmetic_known(Site const& site, Op op, Value const& lhs, Value const& rhs)
{
  switch (op) {
    case Op::add: return add_known(site, lhs, rhs);
    case Op::subtract: return subtract_known(site, lhs, rhs);
    case Op::multiply: return multiply_known(site, lhs, rhs);
    case Op::divide: return divide_known(site, lhs, rhs);
    default: break;
  }
  auto const* const base = lhs.as_number();
  auto const* const exponent = rhs.as_number();
  if (base == nullptr || exponent == nullptr) return fail_operands(site, op, lhs, rhs);
  constexpr std::uint64_t steps_of_a_root = 30;  // a power that is no whole one takes so much longer
  if (!exponent->to_int64() && !site.spend(steps_of_a_root)) return site.fail_limit("evaluation_steps");
  return number_or_fail(site, base->power(*exponent));
}

// The interval of results of a monotone operation on intervals; any value where there is none.
//
// Rounding is monotone, so the rounded ends enclose every rounded result. Ends count as included.
Value interval_arithmetic(Site const& site, Op op, Value const& lhs, Value const& rhs)
{
  Causes causes;
  causes.add(lhs);
  causes.add(rhs);
  if (lhs.is_none() || rhs.is_none()) return fail_operands(site, op, lhs, rhs);
  bool const failing = op == Op::divide || op == Op::power || may_fail(lhs) || may_fail(rhs);
  auto const left = bounds_of(site, lhs);
  auto const right = bounds_of(site, rhs);
  // Joining texts does not keep their order.
  auto const is_text = [](Range const& range) { return range.low.is(Kind::string) || range.high.is(Kind::string); };
  if (!left || !right || is_text(*left) || is_text(*right)) return open_value(std::move(causes), any_domain(failing));
  Site const strict{site.evaluation, site.program, site.offset, site.caller};
  Domain domain;
  domain.kind = Domain::Kind::range;
  domain.approximate = true;
  auto& range = domain.range;
  auto const end = [&](Value const& first, Value const& second) {
    return first.is_none() || second.is_none() ? Value() : arithmetic_known(strict, op, first, second);
  };
  if (op == Op::add) {
    range.low = end(left->low, right->low);
    range.high = end(left->high, right->high);
  } else if (op == Op::subtract) {
    range.low = end(left->low, right->high);
    range.high = end(left->high, right->low);
  } else if (op == Op::multiply || op == Op::divide) {
    for (Value const* const value : {&left->low, &left->high, &right->low, &right->high}) {
      if (!value->is(Kind::number)) return open_value(std::move(causes), any_domain(failing));
    }
    if (op == Op::divide && !right->high.as_number()->is_negative() &&
        (right->low.as_number()->is_negative() || right->low.as_number()->is_zero())) {
      return open_value(std::move(causes), any_domain(failing));
    }
    std::array<Value, 4> const corners{end(left->low, right->low), end(left->low, right->high),
                                       end(left->high, right->low), end(left->high, right->high)};
    range.low = range.high = corners[0];
    for (auto const& corner : corners) {
      if (!corner.is(Kind::number)) return open_value(std::move(causes), any_domain(failing));
      if (*corner.as_number() < *range.low.as_number()) range.low = corner;
      if (*corner.as_number() > *range.high.as_number()) range.high = corner;
    }
  } else {
    return open_value(std::move(causes), any_domain(failing));
  }
  bool const failed = is_open(range.low) || is_open(range.high) || range.low.is(Kind::time) ||
                      range.high.is(Kind::time) || (range.low.is_none() && range.high.is_none());
  if (failed) return open_value(std::move(causes), any_domain(true));
  if (!range.low.is_none() && !range.high.is_none() && order(range.low, range.high) == 0) return range.low;
  return open_value(std::move(causes), std::move(domain));
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

// An operation on one of several values and one of infinitely many: each of the several by itself. Nothing where neither
// operand is such a set.
template <class F>
std::optional<Value> for_each_member(Site const& site, Value const& lhs, Value const& rhs, F const& operation)
{
  bool const left = is_open(lhs) && possibilities_of(lhs).has_value();
  bool const right = is_open(rhs) && possibilities_of(rhs).has_value();
  if (left == right) return std::nullopt;
  auto const members = possibilities_of(left ? lhs : rhs);
  std::vector<Value> results;
  for (auto const& member : *members) {
    if (!site.spend()) return site.fail_limit("evaluation_steps");
    results.push_back(left ? operation(member, rhs) : operation(lhs, member));
  }
  Causes causes;
  causes.add(lhs);
  causes.add(rhs);
  return join(site, results, std::move(causes));
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

bool is_finite(Value const& value)
{
  if (!has_holes(value)) return true;
  auto const* unknown = value.as_unknown();
  return unknown != nullptr && unknown->domain.kind == Domain::Kind::set && !unknown->domain.values.empty();
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

Value arithmetic(Site const& site, Op op, Value const& lhs, Value const& rhs)
{
  if (!site.legal() || (!is_open(lhs) && !is_open(rhs))) return arithmetic_known(site, op, lhs, rhs);
  if (lhs.is(Kind::error)) return lhs;
  if (rhs.is(Kind::error)) return rhs;
  if (!is_finite(lhs) || !is_finite(rhs)) {
    auto each = for_each_member(site, lhs, rhs,
                                [&](auto const& left, auto const& right) { return arithmetic(site, op, left, right); });
    return each ? *std::move(each) : interval_arithmetic(site, op, lhs, rhs);
  }
  std::array<Value, 2> const operands{lhs, rhs};
  return lifted(site, operands, [&](auto values) { return arithmetic_known(site, op, values[0], values[1]); });
}

Value negation(Site const& site, Value const& value)
{
  if (auto const* number = value.as_number()) return Value(-*number);
  if (auto const* days = value.as_days_duration()) return Value(opposite(*days));
  if (auto const* months = value.as_months_duration()) return Value(opposite(*months));
  if (site.legal() && is_open(value)) {
    if (is_finite(value)) {
      return lifted(site, {&value, 1}, [&](auto values) { return negation(site, values[0]); });
    }
    return arithmetic(site, Op::multiply, Value(Decimal(-1)), value);
  }
  return site.fail("`-` does not work on " + kind_name(value));
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
