// SPDX-License-Identifier: Apache-2.0
/// \file
/// Putting a formula together, step by step.
#include "columns/formula_writer.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "columns/region_bounds.hpp"
#include "feel/temporal.hpp"

namespace tutela::detail {
namespace {

constexpr std::size_t most_steps = 256;
constexpr std::int64_t months_per_year = 12;

/// Counts beyond these stand for values that no column of 64 bits holds.
constexpr std::int64_t lowest_count = std::numeric_limits<std::int64_t>::min() + 1;
constexpr std::int64_t highest_count = std::numeric_limits<std::int64_t>::max() - 1;

std::int64_t tens(int exponent)
{
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

/// The fewest decimals with which a number is a whole count; nothing where they are too many or the count too large.
std::optional<int> decimals_of(Decimal number)
{
  for (int scale = 0; scale <= Formula::most_decimals; ++scale)
    if (number.rounded(scale, Rounding::down) == number) return scale;
  return std::nullopt;
}

/// Leaves out what a declaration does not allow; false where its ends cannot be counted.
bool narrow(FormulaOperand& operand, Range const& range, int scale)
{
  auto const count = [&](Value const& end, Rounding rounding) {
    auto const* number = end.as_number();
    return number == nullptr ? count_of(end) : (*number * ten_to(scale)).rounded(0, rounding).to_int64();
  };
  auto const is_open_at = [&](Value const& end, bool included, std::int64_t at) {
    auto const* number = end.as_number();
    return !included && (number == nullptr || *number * ten_to(scale) == Decimal(at));
  };
  if (!range.low.is_none()) {
    auto const low = count(range.low, Rounding::ceiling);
    if (!low || *low > highest_count - 1) return false;
    operand.lowest = std::max(operand.lowest, *low + (is_open_at(range.low, range.low_included, *low) ? 1 : 0));
  }
  if (!range.high.is_none()) {
    auto const high = count(range.high, Rounding::floor);
    if (!high || *high < lowest_count + 1) return false;
    operand.highest = std::min(operand.highest, *high - (is_open_at(range.high, range.high_included, *high) ? 1 : 0));
  }
  return true;
}

}  // namespace

Value Formula::value_of(std::int64_t count) const
{
  switch (kind) {
    case Kind::boolean: return Value(count != 0);
    case Kind::date: return Value(from_days(count).value());
    case Kind::days_duration: return Value(DaysDuration{count, 0});
    case Kind::months_duration: return Value(MonthsDuration{count});
    default: return Value(Decimal(count) * ten_to(-scale));
  }
}

FormulaTerm FormulaWriter::add(FormulaStep step, Kind kind, int scale)
{
  step.boolean = kind == Kind::boolean;
  auto const [found, fresh] = steps_.emplace(step, static_cast<std::uint32_t>(formula_.steps.size()));
  if (fresh) formula_.steps.push_back(step);
  return {found->second, kind, scale};
}

FormulaTerm FormulaWriter::whole(std::int64_t count, Kind kind, int scale)
{
  FormulaStep step;
  step.op = FormulaOp::constant;
  step.count = count;
  return add(step, kind, scale);
}

std::optional<FormulaTerm> FormulaWriter::constant(Value const& value)
{
  if (auto const* number = value.as_number()) {
    auto const scale = decimals_of(*number);
    auto const count = scale ? (*number * ten_to(*scale)).to_int64() : std::nullopt;
    return count && *count >= lowest_count ? std::optional(whole(*count, Kind::number, *scale)) : std::nullopt;
  }
  if (auto const* length = value.as_days_duration())
    return length->nanoseconds == 0 ? std::optional(whole(length->seconds, Kind::days_duration)) : std::nullopt;
  if (auto const* length = value.as_months_duration()) return whole(length->months, Kind::months_duration);
  auto const count = value.is(Kind::date) || value.is(Kind::boolean) ? count_of(value) : std::nullopt;
  return count ? std::optional(whole(*count, value.kind())) : std::nullopt;
}

std::optional<std::int64_t> FormulaWriter::constant_count(FormulaTerm term) const
{
  auto const& step = formula_.steps[term.step];
  return step.op == FormulaOp::constant ? std::optional(step.count) : std::nullopt;
}

std::optional<FormulaTerm> FormulaWriter::operand(ColumnFormat const& format, std::size_t place, Kind kind,
                                                  std::vector<Value> const& allowed, Range const& range,
                                                  std::string const* text)
{
  bool const readable = kind == Kind::number || kind == Kind::date || kind == Kind::boolean || text != nullptr;
  if (!readable || format.layout == Layout::null || format.scale > Formula::most_decimals ||
      format.scale < -Formula::most_decimals)
    return std::nullopt;
  FormulaOperand made;
  made.place = place;
  made.boolean = kind == Kind::boolean || text != nullptr;
  made.lowest = lowest_count;
  made.highest = highest_count;
  auto const scale = std::max(format.scale, 0);
  made.factor = tens(scale - format.scale);
  bool const bounded = !range.low.is_none() || !range.high.is_none();
  if (text != nullptr) {
    made.text = *text;
    for (auto const& each : allowed)
      if (auto const* listed = each.as_string()) made.allowed.push_back(*listed);
    if (bounded || made.allowed.size() != allowed.size()) return std::nullopt;
  } else if (!allowed.empty() || (bounded && (made.boolean || !narrow(made, range, scale)))) {
    return std::nullopt;
  }
  auto& operands = formula_.operands;
  auto const known = std::find(operands.begin(), operands.end(), made);
  FormulaStep step;
  step.op = FormulaOp::operand;
  step.first = static_cast<std::uint32_t>(known - operands.begin());
  bool const boolean = made.boolean;
  if (known == operands.end()) operands.push_back(std::move(made));
  return add(step, boolean ? Kind::boolean : kind, scale);
}

FormulaTerm FormulaWriter::folded(FormulaFold fold, Kind kind, int scale)
{
  FormulaStep step;
  step.op = FormulaOp::fold;
  step.first = static_cast<std::uint32_t>(formula_.folds.size());
  formula_.folds.push_back(std::move(fold));
  return add(step, kind, scale);
}

std::optional<FormulaTerm> FormulaWriter::scaled(FormulaTerm value, int scale)
{
  if (value.kind != Kind::number || value.scale == scale) return value;
  auto const factor = tens(scale - value.scale);
  if (auto const count = constant_count(value)) {
    std::int64_t larger = 0;
    bool const lost = __builtin_mul_overflow(*count, factor, &larger);
    return lost ? std::nullopt : std::optional(whole(larger, Kind::number, scale));
  }
  auto found = calculated(FormulaOp::multiply, value, whole(factor, Kind::number));
  found.scale = scale;
  return found;
}

bool FormulaWriter::align(FormulaTerm& lhs, FormulaTerm& rhs)
{
  auto const scale = std::max(lhs.scale, rhs.scale);
  auto const left = scaled(lhs, scale);
  auto const right = scaled(rhs, scale);
  if (!left || !right) return false;
  lhs = *left;
  rhs = *right;
  return true;
}

FormulaTerm FormulaWriter::calculated(FormulaOp op, FormulaTerm lhs, FormulaTerm rhs)
{
  FormulaStep step;
  step.op = op;
  step.first = lhs.step;
  step.second = rhs.step;
  return add(step, lhs.kind, lhs.scale);
}

std::optional<FormulaTerm> FormulaWriter::product(FormulaTerm lhs, FormulaTerm rhs)
{
  bool const numbers = lhs.kind == Kind::number && rhs.kind == Kind::number;
  if (!numbers || lhs.scale + rhs.scale > Formula::most_decimals) return std::nullopt;
  auto found = calculated(FormulaOp::multiply, lhs, rhs);
  found.scale = lhs.scale + rhs.scale;
  return found;
}

std::optional<FormulaTerm> FormulaWriter::absolute(FormulaTerm value)
{
  return calculated(FormulaOp::absolute, value, value);
}

FormulaTerm FormulaWriter::quotient(FormulaTerm value, std::int64_t divisor, Rounding rounding)
{
  FormulaStep step;
  step.op = FormulaOp::round;
  step.rounding = rounding;
  step.first = value.step;
  step.count = divisor;
  return add(step, value.kind, value.scale);
}

std::optional<FormulaTerm> FormulaWriter::rounded(FormulaTerm value, int places, Rounding rounding)
{
  if (places >= value.scale) return value;
  if (value.scale - places > Formula::most_decimals) return std::nullopt;
  auto found = quotient(value, tens(value.scale - places), rounding);
  found.scale = std::max(places, 0);
  if (places >= 0) return found;
  return calculated(FormulaOp::multiply, found, whole(tens(-places), Kind::number));
}

FormulaTerm FormulaWriter::days_as_length(FormulaTerm days)
{
  auto found = calculated(FormulaOp::multiply, days, whole(seconds_per_day, Kind::number));
  found.kind = Kind::days_duration;
  return found;
}

std::optional<FormulaTerm> FormulaWriter::moved(FormulaTerm date, FormulaTerm length, bool back)
{
  if (length.kind == Kind::months_duration) {
    auto const months = constant_count(length);
    if (!months || *months < lowest_count) return std::nullopt;
    FormulaStep step;
    step.op = FormulaOp::add_months;
    step.first = date.step;
    step.count = back ? -*months : *months;
    return add(step, Kind::date);
  }
  if (length.kind != Kind::days_duration) return std::nullopt;
  // A part of a day leads into the day before or behind.
  if (back) length = calculated(FormulaOp::subtract, whole(0, Kind::days_duration), length);
  auto const days = quotient(length, seconds_per_day, Rounding::floor);
  FormulaStep step;
  step.op = FormulaOp::day;
  step.first = calculated(FormulaOp::add, date, days).step;
  return add(step, Kind::date);
}

FormulaTerm FormulaWriter::between_dates(FormulaOp op, Kind kind, FormulaTerm from, FormulaTerm to)
{
  auto found = calculated(op, from, to);
  found.kind = kind;
  return found;
}

std::optional<FormulaTerm> FormulaWriter::part_of_date(FormulaTerm date, std::string_view name)
{
  FormulaStep step;
  step.op = FormulaOp::part_of_date;
  step.first = date.step;
  if (name != "year" && name != "month" && name != "day") return std::nullopt;
  step.count = name == "year" ? 0 : name == "month" ? 1 : 2;
  return add(step, Kind::number);
}

std::optional<FormulaTerm> FormulaWriter::part_of_length(FormulaTerm length, std::string_view name)
{
  auto const whole_parts = [&](std::int64_t of) {
    auto found = quotient(length, of, Rounding::down);
    found.kind = Kind::number;
    return found;
  };
  if (length.kind == Kind::days_duration && name == "days") return whole_parts(seconds_per_day);
  if (length.kind != Kind::months_duration) return std::nullopt;
  auto const years = whole_parts(months_per_year);
  if (name == "years") return years;
  if (name != "months") return std::nullopt;
  auto const in_years = calculated(FormulaOp::multiply, years, whole(months_per_year, Kind::number));
  auto found = calculated(FormulaOp::subtract, length, in_years);
  found.kind = Kind::number;
  return found;
}

FormulaTerm FormulaWriter::compared(FormulaOp op, FormulaTerm lhs, FormulaTerm rhs)
{
  FormulaStep step;
  step.op = op;
  step.first = lhs.step;
  step.second = rhs.step;
  return add(step, Kind::boolean);
}

FormulaTerm FormulaWriter::joined(FormulaOp op, FormulaTerm lhs, FormulaTerm rhs) { return compared(op, lhs, rhs); }

std::optional<FormulaTerm> FormulaWriter::opposite(std::optional<FormulaTerm> condition)
{
  if (!condition) return std::nullopt;
  FormulaStep step;
  step.op = FormulaOp::opposite;
  step.first = condition->step;
  return add(step, Kind::boolean);
}

FormulaTerm FormulaWriter::chosen(FormulaTerm condition, FormulaTerm yes, FormulaTerm no)
{
  FormulaStep step;
  step.op = FormulaOp::choose;
  step.first = condition.step;
  step.second = yes.step;
  step.third = no.step;
  return add(step, yes.kind, yes.scale);
}

FormulaTerm FormulaWriter::never(FormulaTerm like) { return add(FormulaStep{}, like.kind, like.scale); }

std::shared_ptr<Formula const> FormulaWriter::finish(FormulaTerm result) &&
{
  if (formula_.steps.size() > most_steps) return nullptr;
  formula_.steps.resize(result.step + std::size_t{1});
  formula_.kind = result.kind;
  formula_.scale = result.scale;
  return std::make_shared<Formula const>(std::move(formula_));
}

}  // namespace tutela::detail
