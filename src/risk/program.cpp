// SPDX-License-Identifier: Apache-2.0
#include "risk/program.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include <tutela/base/truth.hpp>

#include "risk/elementary.hpp"
#include "risk/march_date.hpp"

namespace tutela::detail {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr Interval anything{-infinity, infinity};

constexpr std::array<double, 13> powers_of_ten{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12};

double polynomial(std::vector<double> const& coefficients, double x)
{
  double sum = coefficients.front();
  double power = 1;
  for (std::size_t k = 1; k < coefficients.size(); ++k) {
    power *= x;
    sum += coefficients[k] * power;
  }
  return sum;
}

bool holds(StepCondition const& condition, double value)
{
  for (auto const& [low, high] : condition.allowed)
    if (low <= value && value <= high) return true;
  return false;
}

Truth holds(StepCondition const& condition, Interval value)
{
  auto truth = Truth::no;
  for (auto const& [low, high] : condition.allowed) {
    if (low <= value.low && value.high <= high) return Truth::yes;
    if (low <= value.high && value.low <= high) truth = Truth::unknown;
  }
  return truth;
}

/// The place of a value among those that a subject of a lookup can have; the nearest one for a value beyond.
std::size_t place_in(double value, double low, std::size_t count)
{
  return value > low ? std::min(static_cast<std::size_t>(std::min(value - low, 1e6)), count - 1) : 0;
}

double table(Step const& step, std::span<double const> values)
{
  if (step.lookup) {
    auto const& [steps, low, width, cells, runs] = *step.lookup;
    double const first = values[steps[0]];
    double const second = values[steps[1]];
    if (std::isnan(first) || std::isnan(second)) return not_a_number;
    if (width == 0) return cells[place_in(first, low[0], cells.size())];
    return cells[place_in(first, low[0], width) + width * place_in(second, low[1], cells.size() / width)];
  }
  for (auto const& row : step.rows) {
    bool all = true;
    for (auto const& condition : row.when) {
      double const value = values[condition.step];
      if (std::isnan(value)) return not_a_number;
      if (!holds(condition, value)) {
        all = false;
        break;
      }
    }
    if (all) return values[row.value];
  }
  return not_a_number;
}

/// The lowest and highest of the cells from `begin` to `end` of one row: those of two runs that cover it.
Interval cells_between(Lookup const& lookup, std::size_t begin, std::size_t end)
{
  if (begin == end) return {lookup.values[begin], lookup.values[begin]};
  auto const level = static_cast<std::size_t>(std::bit_width(end - begin + 1)) - 2;
  Interval const first = lookup.runs[level][begin];
  Interval const last = lookup.runs[level][end + 1 - (std::size_t{2} << level)];
  return {std::min(first.low, last.low), std::max(first.high, last.high)};
}

Interval cells_between(Lookup const& lookup, Interval first, Interval second)
{
  auto const width = lookup.width == 0 ? lookup.values.size() : lookup.width;
  auto const height = lookup.values.size() / width;
  auto const begin = place_in(first.low, lookup.low[0], width);
  auto const end = place_in(first.high, lookup.low[0], width);
  auto const from = lookup.width == 0 ? 0 : place_in(second.low, lookup.low[1], height);
  auto const to = lookup.width == 0 ? 0 : place_in(second.high, lookup.low[1], height);
  Interval hull{infinity, -infinity};
  for (auto row = from; row <= to; ++row) {
    auto const cells = cells_between(lookup, row * width + begin, row * width + end);
    hull.low = std::min(hull.low, cells.low);
    hull.high = std::max(hull.high, cells.high);
  }
  return hull.low <= hull.high ? hull : anything;
}

Interval table(Step const& step, std::span<Interval const> values)
{
  if (step.lookup && !step.lookup->runs.empty())
    return cells_between(*step.lookup, values[step.lookup->steps[0]], values[step.lookup->steps[1]]);
  Interval hull{infinity, -infinity};
  for (auto const& row : step.rows) {
    auto truth = Truth::yes;
    for (auto const& condition : row.when) {
      truth = truth & holds(condition, values[condition.step]);
      if (truth == Truth::no) break;
    }
    if (truth == Truth::no) continue;
    hull.low = std::min(hull.low, values[row.value].low);
    hull.high = std::max(hull.high, values[row.value].high);
    if (truth == Truth::yes) return hull;
  }
  return hull.low <= hull.high ? hull : anything;
}

Interval product(Interval a, Interval b)
{
  double const ends[] = {a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high};
  for (double const end : ends)
    if (std::isnan(end)) return anything;
  return {*std::min_element(std::begin(ends), std::end(ends)), *std::max_element(std::begin(ends), std::end(ends))};
}

Interval polynomial(Step const& step, Interval x, Interval argument_range)
{
  if (!step.dense.empty()) {
    auto const first = static_cast<std::size_t>(std::max(x.low, argument_range.low) - argument_range.low);
    auto const last = static_cast<std::size_t>(std::min(x.high, argument_range.high) - argument_range.low);
    Interval hull{infinity, -infinity};
    for (std::size_t k = first; k <= last; ++k) {
      hull.low = std::min(hull.low, step.dense[k]);
      hull.high = std::max(hull.high, step.dense[k]);
    }
    return hull;
  }
  if (x.is_point()) {
    double const value = polynomial(step.constants, x.low);
    return {value, value};
  }
  // Term by term: wide, but it shrinks as the argument does.
  Interval sum{step.constants.front(), step.constants.front()};
  Interval power{1, 1};
  for (std::size_t k = 1; k < step.constants.size(); ++k) {
    power = product(power, x);
    double const c = step.constants[k];
    sum.low += c >= 0 ? c * power.low : c * power.high;
    sum.high += c >= 0 ? c * power.high : c * power.low;
  }
  return sum;
}

Interval linear(Step const& step, std::span<Interval const> values)
{
  Interval out{step.constants[0], step.constants[0]};
  for (std::size_t k = 0; k < step.arguments.size(); ++k) {
    double const weight = step.constants[k + 1];
    Interval const x = values[step.arguments[k]];
    out.low += weight * (weight >= 0 ? x.low : x.high);
    out.high += weight * (weight >= 0 ? x.high : x.low);
  }
  return out;
}

std::int64_t day(double value) { return static_cast<std::int64_t>(value); }

/// Bounds of a sum whose two terms count years from the same date: they move together. Whole numbers, so exact.
Interval tightened(InstrumentProgram const& program, Step const& step, std::span<Interval const> values, Interval sum)
{
  auto const& pair = *step.pair;
  double const weight = step.constants[pair.plus + 1];
  Interval const plus = values[step.arguments[pair.plus]];
  Interval const minus = values[step.arguments[pair.minus]];
  Interval const rest{sum.low - weight * (plus.low - minus.high), sum.high - weight * (plus.high - minus.low)};
  auto const years = [&](double from, double to) {
    return static_cast<double>(whole_years(day(from), day(to), program.description.age_rule));
  };
  Interval between{years(values[pair.from].high, values[pair.to].low),
                   years(values[pair.from].low, values[pair.to].high) + 1};
  if (pair.in_order) between.low = std::max(0.0, between.low);
  return {std::max(sum.low, rest.low + weight * between.low), std::min(sum.high, rest.high + weight * between.high)};
}

Interval checked(Interval value) { return std::isnan(value.low) || std::isnan(value.high) ? anything : value; }

}  // namespace

std::int64_t whole_years(std::int64_t from, std::int64_t to, AgeRule rule)
{
  if (rule.reached == AgeReached::day_after_birthday && to > from) --to;
  auto const end = march_date(static_cast<std::int32_t>(to));
  return march_years(march_date(static_cast<std::int32_t>(from)),
                     rule.leapling == Leapling::on_28_february ? early_end(end) : end);
}

std::int64_t whole_months(std::int64_t from, std::int64_t to)
{
  Date const start = *from_days(from);
  Date const end = *from_days(to);
  std::int64_t const months = (static_cast<std::int64_t>(end.year) - start.year) * 12 + (end.month - start.month);
  return end.day >= start.day ? months : months - 1;
}

double power_of_ten(int places) { return powers_of_ten[static_cast<std::size_t>(places)]; }

double rounded(double value, int places, Rounding rounding)
{
  double const scale = power_of_ten(places);
  double const scaled = value * scale;
  double whole = scaled;
  switch (rounding) {
    case Rounding::half_up: whole = std::round(scaled); break;
    case Rounding::half_down: whole = std::copysign(std::ceil(std::fabs(scaled) - 0.5), scaled); break;
    case Rounding::half_even: whole = std::nearbyint(scaled); break;
    case Rounding::up: whole = std::copysign(std::ceil(std::fabs(scaled)), scaled); break;
    case Rounding::down: whole = std::trunc(scaled); break;
    case Rounding::ceiling: whole = std::ceil(scaled); break;
    case Rounding::floor: whole = std::floor(scaled); break;
  }
  return whole / scale + 0.0;  // never minus zero
}

double evaluate(InstrumentProgram const& program, Step const& step, std::span<double const> values)
{
  using Operation = ScoreExpression::Operation;
  auto const argument = [&](std::size_t k) { return values[step.arguments[k]]; };
  double out = 0;
  switch (step.operation) {
    case Operation::constant: out = step.constants[0]; break;
    case Operation::reference: out = argument(0); break;
    case Operation::years:
      out = static_cast<double>(whole_years(day(argument(0)), day(argument(1)), program.description.age_rule));
      break;
    case Operation::months: out = static_cast<double>(whole_months(day(argument(0)), day(argument(1)))); break;
    case Operation::linear:
      out = step.constants[0];
      for (std::size_t k = 0; k < step.arguments.size(); ++k) out += step.constants[k + 1] * argument(k);
      break;
    case Operation::product:
      out = argument(0);
      for (std::size_t k = 1; k < step.arguments.size(); ++k) out *= argument(k);
      break;
    case Operation::polynomial: out = polynomial(step.constants, argument(0)); break;
    case Operation::log_ratio:
      out = argument(0) > 0 && argument(1) > 0 ? logarithm(argument(0) / argument(1)) : not_a_number;
      break;
    case Operation::maximum:
      out = argument(0);
      for (std::size_t k = 1; k < step.arguments.size(); ++k)
        out = argument(k) > out || std::isnan(argument(k)) ? argument(k) : out;
      break;
    case Operation::minimum:
      out = argument(0);
      for (std::size_t k = 1; k < step.arguments.size(); ++k)
        out = argument(k) < out || std::isnan(argument(k)) ? argument(k) : out;
      break;
    case Operation::round: out = rounded(argument(0), step.places, step.rounding); break;
    case Operation::logistic: out = logistic(argument(0)); break;
    case Operation::table: out = table(step, values); break;
  }
  return out;
}

void evaluate(InstrumentProgram const& program, std::span<double> values)
{
  for (std::size_t k = program.domains.size(); k < program.steps.size(); ++k)
    values[k] = evaluate(program, program.steps[k], values);
}

Interval evaluate(InstrumentProgram const& program, Step const& step, std::span<Interval const> values)
{
  using Operation = ScoreExpression::Operation;
  auto const argument = [&](std::size_t k) { return values[step.arguments[k]]; };
  Interval out;
  switch (step.operation) {
    case Operation::constant: out = {step.constants[0], step.constants[0]}; break;
    case Operation::reference: out = argument(0); break;
    case Operation::years: {
      auto const rule = program.description.age_rule;
      out = {static_cast<double>(whole_years(day(argument(0).high), day(argument(1).low), rule)),
             static_cast<double>(whole_years(day(argument(0).low), day(argument(1).high), rule))};
      if (step.in_order) out = {std::max(0.0, out.low), std::max(0.0, out.high)};
      break;
    }
    case Operation::months:
      out = {static_cast<double>(whole_months(day(argument(0).high), day(argument(1).low))),
             static_cast<double>(whole_months(day(argument(0).low), day(argument(1).high)))};
      if (step.in_order) out = {std::max(0.0, out.low), std::max(0.0, out.high)};
      break;
    case Operation::linear: {
      out = linear(step, values);
      if (step.pair) out = tightened(program, step, values, out);
      break;
    }
    case Operation::product:
      out = argument(0);
      for (std::size_t k = 1; k < step.arguments.size(); ++k) out = product(out, argument(k));
      break;
    case Operation::polynomial: out = polynomial(step, argument(0), program.steps[step.arguments[0]].range); break;
    case Operation::log_ratio: {
      Interval const a = argument(0);
      Interval const b = argument(1);
      if (a.low > 0 && b.low > 0)
        out = {logarithm(a.low / b.high), logarithm(a.high / b.low)};
      else
        out = anything;
      break;
    }
    case Operation::maximum:
      out = argument(0);
      for (std::size_t k = 1; k < step.arguments.size(); ++k) {
        out.low = std::max(out.low, argument(k).low);
        out.high = std::max(out.high, argument(k).high);
      }
      break;
    case Operation::minimum:
      out = argument(0);
      for (std::size_t k = 1; k < step.arguments.size(); ++k) {
        out.low = std::min(out.low, argument(k).low);
        out.high = std::min(out.high, argument(k).high);
      }
      break;
    case Operation::round:
      out = {rounded(argument(0).low, step.places, step.rounding),
             rounded(argument(0).high, step.places, step.rounding)};
      break;
    case Operation::logistic: out = {logistic(argument(0).low), logistic(argument(0).high)}; break;
    case Operation::table: out = table(step, values); break;
  }
  return checked(out);
}

void evaluate(InstrumentProgram const& program, std::span<Interval> values)
{
  for (std::size_t k = program.domains.size(); k < program.steps.size(); ++k)
    values[k] = evaluate(program, program.steps[k], values);
}

void evaluate(InstrumentProgram const& program, std::span<std::uint32_t const> steps, std::span<double> values)
{
  for (auto const step : steps) values[step] = evaluate(program, program.steps[step], values);
}

void evaluate(InstrumentProgram const& program, std::span<std::uint32_t const> steps, std::span<Interval> values)
{
  for (auto const step : steps) values[step] = evaluate(program, program.steps[step], values);
}

std::optional<std::size_t> band_at(InstrumentProgram const& program, double value)
{
  for (std::size_t k = 0; k < program.bands.size(); ++k)
    if (program.bands[k].low <= value && value <= program.bands[k].high) return k;
  return std::nullopt;
}

Count to_count(InstrumentFact const& fact, FactDomain const& domain, Value const& value)
{
  auto const& declaration = fact.declaration;
  std::optional<std::int64_t> count;
  switch (declaration.type) {
    case Kind::date:
      if (auto const* date = value.as_date()) count = to_days(*date);
      break;
    case Kind::boolean:
      if (auto const* flag = value.as_boolean()) count = *flag ? 1 : 0;
      break;
    case Kind::string:
      if (auto const* text = value.as_string()) {
        for (std::size_t k = 0; k < declaration.allowed.size(); ++k)
          if (*declaration.allowed[k].as_string() == *text) count = static_cast<std::int64_t>(k);
        if (!count) return {{}, Code::not_allowed, "the fact is none of the allowed choices"};
      }
      break;
    case Kind::number:
      if (auto const* number = value.as_number()) {
        Decimal scale(1);
        for (int k = 0; k < fact.decimals; ++k) scale = scale * Decimal(10);
        count = (*number * scale).to_int64();
        if (!count) return {{}, Code::invalid_number, "the number has more decimals than declared, or is too large"};
      }
      break;
    default: break;
  }
  if (!count) return {{}, Code::wrong_type, "the fact has another type than declared"};
  if (*count < domain.first || *count > domain.last)
    return {{}, Code::out_of_range, "the fact is outside its declared range"};
  return {count, Code::wrong_type, {}};
}

}  // namespace tutela::detail
