// SPDX-License-Identifier: Apache-2.0
/// \file
/// Arithmetic of FEEL, in both modes.
#include <array>

#include "feel/operands.hpp"
#include "feel/temporal.hpp"

namespace tutela::detail {
namespace {

bool is_temporal_point(Kind kind) { return kind == Kind::date || kind == Kind::date_time; }

// A date stands for its midnight in UTC beside a moment.
std::optional<DateTime> as_moment(Value const& value)
{
  if (auto const* date = value.as_date()) return midnight(*date);
  if (auto const* moment = value.as_date_time()) return *moment;
  return std::nullopt;
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

}  // namespace

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

}  // namespace tutela::detail
