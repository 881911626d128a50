// SPDX-License-Identifier: Apache-2.0
#include "risk/columns.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "risk/elementary.hpp"
#include "risk/march_date.hpp"

// The loops are compiled for wider registers too; which one runs is chosen when the program starts. No version fuses a
// multiplication with an addition, so all give the same bits.
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__) && defined(__OPTIMIZE__)
#if defined(__clang__)
#define TUTELA_LOOP
#else
#define TUTELA_LOOP __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#endif
#else
#define TUTELA_LOOP
#endif

namespace tutela::detail {

namespace {

using Operation = ScoreExpression::Operation;

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

TUTELA_LOOP void take_whole(std::int32_t const* given, std::int32_t first, std::int32_t last, double* out,
                            std::int32_t* good, std::size_t n)
{
  for (std::size_t i = 0; i < n; ++i) {
    std::int32_t const value = given[i];
    std::int32_t const inside = value >= first && value <= last ? 1 : 0;
    good[i] &= inside;
    out[i] = static_cast<double>(inside != 0 ? value : first);
  }
}

TUTELA_LOOP void to_march_years(double const* days, std::int32_t* out, std::size_t n)
{
  for (std::size_t i = 0; i < n; ++i) out[i] = march_date(static_cast<std::int32_t>(days[i]));
}

TUTELA_LOOP void to_ends(std::int32_t const* dates, std::int32_t* out, std::size_t n)
{
  for (std::size_t i = 0; i < n; ++i) out[i] = early_end(dates[i]);
}

TUTELA_LOOP void years_between(std::int32_t const* from, std::int32_t const* to, double* out, std::size_t n)
{
  for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<double>(march_years(from[i], to[i]));
}

TUTELA_LOOP void add_weighted(double weight, double const* x, double* out, std::size_t n)
{
  for (std::size_t i = 0; i < n; ++i) out[i] += weight * x[i];
}

TUTELA_LOOP void start_weighted(double constant, double weight, double const* x, double* out, std::size_t n)
{
  for (std::size_t i = 0; i < n; ++i) out[i] = constant + weight * x[i];
}

TUTELA_LOOP void multiply(double const* x, double* out, std::size_t n)
{
  for (std::size_t i = 0; i < n; ++i) out[i] *= x[i];
}

TUTELA_LOOP void larger(double const* x, double* out, std::size_t n)
{
  for (std::size_t i = 0; i < n; ++i) out[i] = ((x[i] > out[i]) | (x[i] != x[i])) ? x[i] : out[i];
}

TUTELA_LOOP void smaller(double const* x, double* out, std::size_t n)
{
  for (std::size_t i = 0; i < n; ++i) out[i] = ((x[i] < out[i]) | (x[i] != x[i])) ? x[i] : out[i];
}

TUTELA_LOOP void take_logistic(double const* x, double* out, std::size_t n)
{
  for (std::size_t i = 0; i < n; ++i) out[i] = logistic(x[i]);
}

TUTELA_LOOP void take_log_ratio(double const* a, double const* b, double* out, std::size_t n)
{
  for (std::size_t i = 0; i < n; ++i) {
    bool const usable = (a[i] > 0) & (b[i] > 0);
    double const ratio = usable ? a[i] / b[i] : 1.0;
    out[i] = usable ? logarithm(ratio) : not_a_number;
  }
}

/// Halves away from zero: truncation of the number plus the largest double below a half.
TUTELA_LOOP void round_half_up(double const* x, double scale, double* out, std::size_t n)
{
  for (std::size_t i = 0; i < n; ++i) {
    double const scaled = x[i] * scale;
    out[i] = std::trunc(scaled + std::copysign(0.49999999999999994, scaled)) / scale + 0.0;
  }
}

/// The place of a value in a table that begins with `low`; the first one for no number.
inline std::int32_t place_in(double value, double low)
{
  return static_cast<std::int32_t>(value == value ? value - low : 0.0);
}

TUTELA_LOOP void look_up(double const* a, double low, double const* table, double* out, std::size_t n)
{
  for (std::size_t i = 0; i < n; ++i) {
    double const found = table[place_in(a[i], low)];
    out[i] = a[i] == a[i] ? found : not_a_number;
  }
}

TUTELA_LOOP void look_up_both(double const* a, double low_a, double const* b, double low_b, std::int32_t width,
                              double const* table, double* out, std::size_t n)
{
  for (std::size_t i = 0; i < n; ++i) {
    double const found = table[place_in(a[i], low_a) + width * place_in(b[i], low_b)];
    out[i] = ((a[i] == a[i]) & (b[i] == b[i])) ? found : not_a_number;
  }
}

TUTELA_LOOP void start_row(std::int64_t const* open, std::int64_t* row, std::size_t n)
{
  for (std::size_t i = 0; i < n; ++i) row[i] = open[i];
}

/// One condition of a row: who does not meet it leaves the row; who has no number gets none.
TUTELA_LOOP void apply_condition(double const* x, Interval const* allowed, std::size_t intervals, std::int64_t* open,
                                 std::int64_t* row, double* out, std::size_t n)
{
  for (std::size_t i = 0; i < n; ++i) {
    std::int64_t const none = row[i] & -static_cast<std::int64_t>(x[i] != x[i]);
    out[i] = none != 0 ? not_a_number : out[i];
    open[i] &= ~none;
    row[i] &= ~none;
  }
  if (intervals == 1) {
    double const low = allowed->low;
    double const high = allowed->high;
    for (std::size_t i = 0; i < n; ++i) row[i] &= -static_cast<std::int64_t>((low <= x[i]) & (x[i] <= high));
    return;
  }
  for (std::size_t i = 0; i < n; ++i) {
    std::int64_t inside = 0;
    for (std::size_t k = 0; k < intervals; ++k)
      inside |= -static_cast<std::int64_t>((allowed[k].low <= x[i]) & (x[i] <= allowed[k].high));
    row[i] &= inside;
  }
}

TUTELA_LOOP void finish_row(double const* value, std::int64_t* open, std::int64_t const* row, double* out,
                            std::size_t n)
{
  for (std::size_t i = 0; i < n; ++i) {
    out[i] = row[i] != 0 ? value[i] : out[i];
    open[i] &= ~row[i];
  }
}

/// A table of two rows: one condition of one interval, and all the rest.
TUTELA_LOOP void choose(double const* x, Interval allowed, double const* inside, double const* outside, double* out,
                        std::size_t n)
{
  for (std::size_t i = 0; i < n; ++i) {
    double const value = ((allowed.low <= x[i]) & (x[i] <= allowed.high)) ? inside[i] : outside[i];
    out[i] = x[i] == x[i] ? value : x[i];
  }
}

}  // namespace

TUTELA_LOOP void drop_equal(double const* values, double forbidden, std::int32_t* flags, std::size_t people)
{
  for (std::size_t i = 0; i < people; ++i)
    flags[i] &= static_cast<std::int32_t>((values[i] != forbidden) & (values[i] == values[i]));
}

TUTELA_LOOP void place(double const* values, std::span<Interval const> intervals, std::int32_t* into,
                       std::size_t people)
{
  for (std::size_t i = 0; i < people; ++i) into[i] = -1;
  for (std::size_t k = intervals.size(); k-- > 0;) {
    auto const [low, high] = intervals[k];
    auto const here = static_cast<std::int32_t>(k);
    for (std::size_t i = 0; i < people; ++i) into[i] = ((low <= values[i]) & (values[i] <= high)) ? here : into[i];
  }
}

ColumnBlock::ColumnBlock(InstrumentProgram const& program)
    : program_(program), values_(program.steps.size() * size), one_(program.steps.size())
{
  for (std::size_t k = program.domains.size(); k < program.steps.size(); ++k) {
    auto const& step = program.steps[k];
    if (step.operation == Operation::constant)
      std::fill_n(values_.begin() + static_cast<std::ptrdiff_t>(k * size), size, step.constants[0]);
  }
  // Only dates between which years are counted are split.
  is_date_.resize(program.domains.size());
  for (auto const& step : program.steps)
    if (step.operation == Operation::years && !step.is_fact)
      for (auto const argument : step.arguments)
        if (argument < program.domains.size()) is_date_[argument] = true;
  dates_.resize(program.domains.size() * size);
  ends_.resize(program.domains.size() * size);
}

void ColumnBlock::load(std::size_t fact, std::int32_t const* given, std::int32_t* good, std::size_t people)
{
  auto const& domain = program_.domains[fact];
  auto const limit = [](std::int64_t count) {
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(count, std::numeric_limits<std::int32_t>::min(),
                                                              std::numeric_limits<std::int32_t>::max()));
  };
  take_whole(given, limit(domain.first), limit(domain.last), column(fact).data(), good, people);
}

void ColumnBlock::run(std::size_t people)
{
  number_dates(people);
  for (std::size_t k = program_.domains.size(); k < program_.steps.size(); ++k) step(k, people);
}

void ColumnBlock::number_dates(std::size_t people)
{
  bool const early = program_.description.age_rule.leapling == Leapling::on_28_february;
  for (std::size_t k = 0; k < is_date_.size(); ++k) {
    if (!is_date_[k]) continue;
    to_march_years(column(k).data(), dates_.data() + k * size, people);
    if (early)
      to_ends(dates_.data() + k * size, ends_.data() + k * size, people);
    else
      std::copy_n(dates_.begin() + static_cast<std::ptrdiff_t>(k * size), people,
                  ends_.begin() + static_cast<std::ptrdiff_t>(k * size));
  }
}

void ColumnBlock::read_table(std::size_t index, Step const& step, std::size_t people)
{
  double* const out = column(index).data();
  if (step.lookup) {
    auto const& lookup = *step.lookup;
    double const* const a = column(lookup.steps[0]).data();
    if (lookup.width == 0)
      look_up(a, lookup.low[0], lookup.values.data(), out, people);
    else
      look_up_both(a, lookup.low[0], column(lookup.steps[1]).data(), lookup.low[1],
                   static_cast<std::int32_t>(lookup.width), lookup.values.data(), out, people);
    return;
  }
  auto const& rows = step.rows;
  if (rows.size() == 2 && rows[0].when.size() == 1 && rows[0].when[0].allowed.size() == 1 && rows[1].when.empty()) {
    auto const& only = rows[0].when[0];
    choose(column(only.step).data(), only.allowed[0], column(rows[0].value).data(), column(rows[1].value).data(), out,
           people);
    return;
  }
  std::fill_n(out, people, not_a_number);
  std::fill_n(open_.begin(), people, std::int64_t{-1});
  for (auto const& row : step.rows) {
    start_row(open_.data(), row_.data(), people);
    for (auto const& condition : row.when)
      apply_condition(column(condition.step).data(), condition.allowed.data(), condition.allowed.size(), open_.data(),
                      row_.data(), out, people);
    finish_row(column(row.value).data(), open_.data(), row_.data(), out, people);
  }
}

/// Runs a step over the whole block; false where it has no form for that.
bool ColumnBlock::columnar(std::size_t index, Step const& step, std::size_t people)
{
  double* const out = column(index).data();
  auto const argument = [&](std::size_t k) { return column(step.arguments[k]).data(); };
  switch (step.operation) {
    case Operation::constant: return true;
    case Operation::reference: std::copy_n(argument(0), people, out); return true;
    case Operation::years:
      if (program_.description.age_rule.reached == AgeReached::day_after_birthday) return false;
      if (step.arguments[0] >= is_date_.size() || step.arguments[1] >= is_date_.size()) return false;
      years_between(dates_.data() + step.arguments[0] * size, ends_.data() + step.arguments[1] * size, out, people);
      return true;
    case Operation::linear:
      if (step.arguments.empty()) return false;
      start_weighted(step.constants[0], step.constants[1], argument(0), out, people);
      for (std::size_t k = 1; k < step.arguments.size(); ++k)
        add_weighted(step.constants[k + 1], argument(k), out, people);
      return true;
    case Operation::product:
      std::copy_n(argument(0), people, out);
      for (std::size_t k = 1; k < step.arguments.size(); ++k) multiply(argument(k), out, people);
      return true;
    case Operation::maximum:
      std::copy_n(argument(0), people, out);
      for (std::size_t k = 1; k < step.arguments.size(); ++k) larger(argument(k), out, people);
      return true;
    case Operation::minimum:
      std::copy_n(argument(0), people, out);
      for (std::size_t k = 1; k < step.arguments.size(); ++k) smaller(argument(k), out, people);
      return true;
    case Operation::log_ratio: take_log_ratio(argument(0), argument(1), out, people); return true;
    case Operation::logistic: take_logistic(argument(0), out, people); return true;
    case Operation::round:
      if (step.rounding != Rounding::half_up) return false;
      round_half_up(argument(0), power_of_ten(step.places), out, people);
      return true;
    case Operation::table: read_table(index, step, people); return true;
    default: return false;
  }
}

void ColumnBlock::step(std::size_t index, std::size_t people)
{
  Step const& step = program_.steps[index];
  if (columnar(index, step, people)) return;
  // The other operations take the very function that scores one person.
  double* const out = column(index).data();
  for (std::size_t i = 0; i < people; ++i) {
    for (auto const k : step.arguments) one_[k] = values_[k * size + i];
    out[i] = evaluate(program_, step, std::span<double const>(one_));
  }
}

}  // namespace tutela::detail
