// SPDX-License-Identifier: Apache-2.0
/// \file
/// Formulas over the rows of a batch.
#include "columns/formula_run.hpp"

#include <algorithm>
#include <limits>

#include <tutela/base/date.hpp>

#include "feel/temporal.hpp"

namespace tutela::detail {
namespace {

__extension__ using Wide = __int128;

constexpr auto least = std::numeric_limits<std::int64_t>::min();
constexpr auto most = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t words_of(std::size_t rows) { return (rows + rows_in_word - 1) / rows_in_word; }

/// Bits for some rows, 64 at a time.
template <class F>
void write_bits(std::size_t rows, RowWord* bits, F const& holds)
{
  for (std::size_t word = 0; word * rows_in_word < rows; ++word) {
    auto const here = std::min(rows_in_word, rows - word * rows_in_word);
    RowWord found = 0;
    for (std::size_t i = 0; i < here; ++i) found |= RowWord{holds(word * rows_in_word + i)} << i;
    bits[word] = found;
  }
}

/// Takes the rows out of some bits in which something fails.
template <class F>
void keep_where(std::size_t rows, RowWord* bits, F const& succeeds)
{
  std::array<RowWord, formula_words> kept{};
  write_bits(rows, kept.data(), succeeds);
  for (std::size_t word = 0; word < words_of(rows); ++word) bits[word] &= kept[word];
}

bool fits(Wide value) { return value >= least && value <= most; }

bool add(std::int64_t lhs, std::int64_t rhs, std::int64_t& out) { return !__builtin_add_overflow(lhs, rhs, &out); }
bool subtract(std::int64_t lhs, std::int64_t rhs, std::int64_t& out) { return !__builtin_sub_overflow(lhs, rhs, &out); }
bool multiply(std::int64_t lhs, std::int64_t rhs, std::int64_t& out) { return !__builtin_mul_overflow(lhs, rhs, &out); }

/// The ends between which results of an operation lie.
std::pair<Wide, Wide> ends(FormulaOp op, Wide low, Wide high, Wide other_low, Wide other_high)
{
  if (op == FormulaOp::add) return {low + other_low, high + other_high};
  if (op == FormulaOp::subtract) return {low - other_high, high - other_low};
  auto const corners = {low * other_low, low * other_high, high * other_low, high * other_high};
  return {std::min(corners), std::max(corners)};
}

/// A count divided as a rounding says. \param by At least 2.
std::int64_t divided(std::int64_t count, std::int64_t by, Rounding rounding)
{
  auto const whole = count / by;
  auto const rest = count % by;
  if (rest == 0) return whole;
  std::int64_t const away = count < 0 ? -1 : 1;
  auto const size = rest < 0 ? -rest : rest;
  auto const other = by - size;  // twice the rest might not fit
  bool further = false;
  switch (rounding) {
    case Rounding::half_even: further = size > other || (size == other && whole % 2 != 0); break;
    case Rounding::half_up: further = size >= other; break;
    case Rounding::half_down: further = size > other; break;
    case Rounding::up: further = true; break;
    case Rounding::down: break;
    case Rounding::ceiling: further = away > 0; break;
    case Rounding::floor: further = away < 0; break;
  }
  return further ? whole + away : whole;
}

/// A division for each rounding, so that none is asked about row by row.
template <Rounding rounding>
void divide_all(std::vector<std::int64_t> const& from, std::int64_t by, std::size_t rows, std::vector<std::int64_t>& to)
{
  for (std::size_t i = 0; i < rows; ++i) to[i] = divided(from[i], by, rounding);
}

}  // namespace

FormulaRun::FormulaRun(Formula const& formula) : formula_(formula), registers_(formula.steps.size())
{
  for (auto const& fold : formula.folds) folds_.emplace_back(fold);
  start();
}

FormulaRun::FormulaRun(FormulaRun&& other) noexcept = default;
FormulaRun::~FormulaRun() = default;

/// Makes room, and writes what is the same in all rows.
void FormulaRun::start()
{
  for (std::size_t i = 0; i < registers_.size(); ++i) {
    auto const& step = formula_.steps[i];
    auto& out = registers_[i];
    bool const constant = step.op == FormulaOp::constant;
    if (constant) out.known.fill(~RowWord{0});
    if (constant && step.boolean && step.count != 0) out.truths.fill(~RowWord{0});
    if (step.boolean) continue;
    out.counts.assign(formula_rows, constant ? step.count : 0);
    if (constant) out.low = out.high = step.count;
  }
}

void FormulaRun::run(std::span<ColumnReader const> readers, std::size_t first, std::size_t count, FormulaColumn& out)
{
  for (std::size_t i = 0; i < folds_.size(); ++i) folds_[i].run(readers[formula_.folds[i].place], first, count);
  bool const boolean = formula_.kind == Kind::boolean;
  out.counts.resize(boolean ? 0 : count);
  out.truths.resize(boolean ? words_of(count) : 0);
  out.known.resize(words_of(count));
  out.spoilt.resize(words_of(count));
  for (std::size_t done = 0; done < count; done += formula_rows) {
    rows_ = std::min(formula_rows, count - done);
    spoilt_.fill(0);
    for (std::size_t i = 0; i < registers_.size(); ++i) run_step(i, readers, first + done, done);
    hand_out(out, done);
  }
}

/// \param row The first of the rows. \param done Rows of the batch before it.
void FormulaRun::run_step(std::size_t index, std::span<ColumnReader const> readers, std::size_t row, std::size_t done)
{
  auto const& step = formula_.steps[index];
  auto& out = registers_[index];
  switch (step.op) {
    case FormulaOp::constant:
    case FormulaOp::never: return;
    case FormulaOp::operand: return read(step, out, readers[formula_.operands[step.first].place], row);
    case FormulaOp::fold: return take(step, out, done);
    case FormulaOp::add:
    case FormulaOp::subtract:
    case FormulaOp::multiply: return calculate(step, out);
    case FormulaOp::absolute:
    case FormulaOp::lower:
    case FormulaOp::higher: return extreme(step, out);
    case FormulaOp::round: return round(step, out);
    case FormulaOp::day:
    case FormulaOp::add_months:
    case FormulaOp::age:
    case FormulaOp::months:
    case FormulaOp::part_of_date: return calendar(step, out);
    case FormulaOp::less:
    case FormulaOp::less_or_equal:
    case FormulaOp::equal: return compare(step, out);
    case FormulaOp::same:
    case FormulaOp::opposite:
    case FormulaOp::both:
    case FormulaOp::either: return join(step, out);
    case FormulaOp::choose: return choose(step, out);
  }
}

void FormulaRun::read(FormulaStep const& step, Register& out, ColumnReader const& reader, std::size_t row)
{
  auto const& operand = formula_.operands[step.first];
  auto* known = out.known.data();
  if (operand.text)
    return reader.read_matches(row, rows_, *operand.text, operand.allowed, out.truths.data(), known, spoilt_.data());
  if (operand.boolean) return reader.read_truths(row, rows_, out.truths.data(), known);
  auto* counts = out.counts.data();
  reader.read_counts(row, rows_, counts, known, spoilt_.data());
  if (operand.factor != 1)
    keep_where(rows_, known, [&](std::size_t i) { return multiply(counts[i], operand.factor, counts[i]); });
  std::int64_t low = counts[0];
  std::int64_t high = counts[0];
  for (std::size_t i = 0; i < rows_; ++i) {
    low = std::min(low, counts[i]);
    high = std::max(high, counts[i]);
  }
  out.low = low;
  out.high = high;
  if (low < operand.lowest || high > operand.highest)
    keep_where(rows_, known,
               [&](std::size_t i) { return counts[i] >= operand.lowest && counts[i] <= operand.highest; });
}

/// What a fold has found for the rows.
void FormulaRun::take(FormulaStep const& step, Register& out, std::size_t done) const
{
  auto const& from = folds_[step.first].column();
  auto const word = done / rows_in_word;
  std::copy_n(from.known.data() + word, words_of(rows_), out.known.data());
  if (step.boolean) {
    std::copy_n(from.truths.data() + word, words_of(rows_), out.truths.data());
    return;
  }
  std::copy_n(from.counts.data() + done, rows_, out.counts.data());
  auto const [low, high] =
      std::minmax_element(out.counts.begin(), out.counts.begin() + static_cast<std::ptrdiff_t>(rows_));
  out.low = *low;
  out.high = *high;
}

/// Rows in which both operands are known.
void FormulaRun::know_both(FormulaStep const& step, Register& out) const
{
  auto const& lhs = registers_[step.first];
  auto const& rhs = registers_[step.second];
  for (std::size_t word = 0; word < words_of(rows_); ++word) out.known[word] = lhs.known[word] & rhs.known[word];
}

void FormulaRun::calculate(FormulaStep const& step, Register& out) const
{
  auto const& lhs = registers_[step.first];
  auto const& rhs = registers_[step.second];
  auto const* a = lhs.counts.data();
  auto const* b = rhs.counts.data();
  auto* to = out.counts.data();
  know_both(step, out);
  auto const [low, high] = ends(step.op, lhs.low, lhs.high, rhs.low, rhs.high);
  bool const safe = fits(low) && fits(high);
  out.low = safe ? static_cast<std::int64_t>(low) : least;
  out.high = safe ? static_cast<std::int64_t>(high) : most;
  auto const checked = [&](auto const& operation) {
    keep_where(rows_, out.known.data(), [&](std::size_t i) { return operation(a[i], b[i], to[i]); });
  };
  switch (step.op) {
    case FormulaOp::add:
      if (!safe) return checked(add);
      for (std::size_t i = 0; i < rows_; ++i) to[i] = a[i] + b[i];
      return;
    case FormulaOp::subtract:
      if (!safe) return checked(subtract);
      for (std::size_t i = 0; i < rows_; ++i) to[i] = a[i] - b[i];
      return;
    default:
      if (!safe) return checked(multiply);
      for (std::size_t i = 0; i < rows_; ++i) to[i] = a[i] * b[i];
  }
}

void FormulaRun::extreme(FormulaStep const& step, Register& out) const
{
  auto const& lhs = registers_[step.first];
  auto const& rhs = registers_[step.second];
  auto const* a = lhs.counts.data();
  auto const* b = rhs.counts.data();
  auto* to = out.counts.data();
  know_both(step, out);
  out.low = std::min(lhs.low, rhs.low);
  out.high = std::max(lhs.high, rhs.high);
  if (step.op == FormulaOp::lower) {
    for (std::size_t i = 0; i < rows_; ++i) to[i] = std::min(a[i], b[i]);
    return;
  }
  if (step.op == FormulaOp::higher) {
    for (std::size_t i = 0; i < rows_; ++i) to[i] = std::max(a[i], b[i]);
    return;
  }
  bool const safe = lhs.low != least;
  if (!safe) keep_where(rows_, out.known.data(), [&](std::size_t i) { return a[i] != least; });
  for (std::size_t i = 0; i < rows_; ++i) to[i] = a[i] >= 0 ? a[i] : a[i] == least ? most : -a[i];
  out.low = 0;
  out.high = safe ? std::max(lhs.high, -lhs.low) : most;
}

void FormulaRun::round(FormulaStep const& step, Register& out) const
{
  auto const& from = registers_[step.first];
  out.known = from.known;
  out.low = divided(from.low, step.count, Rounding::floor);
  out.high = divided(from.high, step.count, Rounding::ceiling);
  switch (step.rounding) {
    case Rounding::half_even: return divide_all<Rounding::half_even>(from.counts, step.count, rows_, out.counts);
    case Rounding::half_up: return divide_all<Rounding::half_up>(from.counts, step.count, rows_, out.counts);
    case Rounding::half_down: return divide_all<Rounding::half_down>(from.counts, step.count, rows_, out.counts);
    case Rounding::up: return divide_all<Rounding::up>(from.counts, step.count, rows_, out.counts);
    case Rounding::down: return divide_all<Rounding::down>(from.counts, step.count, rows_, out.counts);
    case Rounding::ceiling: return divide_all<Rounding::ceiling>(from.counts, step.count, rows_, out.counts);
    case Rounding::floor: return divide_all<Rounding::floor>(from.counts, step.count, rows_, out.counts);
  }
}

/// What only the calendar knows, date by date.
void FormulaRun::calendar(FormulaStep const& step, Register& out) const
{
  auto const& lhs = registers_[step.first];
  auto const& rhs = registers_[step.second];
  bool const two = step.op == FormulaOp::age || step.op == FormulaOp::months;
  out.known = lhs.known;
  if (two) know_both(step, out);
  out.low = least;
  out.high = most;
  auto const result = [&](std::size_t i) -> std::optional<std::int64_t> {
    auto const date = from_days(lhs.counts[i]);
    if (!date) return std::nullopt;
    if (step.op == FormulaOp::day) return lhs.counts[i];
    if (step.op == FormulaOp::part_of_date)
      return step.count == 0 ? date->year : step.count == 1 ? date->month : date->day;
    if (step.op == FormulaOp::add_months) {
      auto const moved = add_months(*date, step.count, MonthRounding::down);
      return moved ? std::optional(to_days(*moved)) : std::nullopt;
    }
    auto const until = from_days(rhs.counts[i]);
    if (!until) return std::nullopt;
    if (step.op == FormulaOp::months) return months_from_to(midnight(*date), midnight(*until));
    auto const years = age_on(*date, *until, formula_.age_rule);
    return years ? std::optional<std::int64_t>(*years) : std::nullopt;
  };
  keep_where(rows_, out.known.data(), [&](std::size_t i) {
    auto const found = result(i);
    out.counts[i] = found.value_or(0);
    return found.has_value();
  });
}

void FormulaRun::compare(FormulaStep const& step, Register& out) const
{
  auto const* a = registers_[step.first].counts.data();
  auto const* b = registers_[step.second].counts.data();
  know_both(step, out);
  auto* bits = out.truths.data();
  if (step.op == FormulaOp::less) return write_bits(rows_, bits, [&](std::size_t i) { return a[i] < b[i]; });
  if (step.op == FormulaOp::equal) return write_bits(rows_, bits, [&](std::size_t i) { return a[i] == b[i]; });
  write_bits(rows_, bits, [&](std::size_t i) { return a[i] <= b[i]; });
}

void FormulaRun::join(FormulaStep const& step, Register& out) const
{
  auto const& lhs = registers_[step.first];
  auto const& rhs = registers_[step.second];
  for (std::size_t word = 0; word < words_of(rows_); ++word) {
    auto const a = lhs.truths[word];
    auto const b = rhs.truths[word];
    auto const known = lhs.known[word] & rhs.known[word];
    switch (step.op) {
      case FormulaOp::opposite:
        out.truths[word] = ~a;
        out.known[word] = lhs.known[word];
        break;
      case FormulaOp::same:
        out.truths[word] = ~(a ^ b);
        out.known[word] = known;
        break;
      case FormulaOp::both:
        // One that is known to be false decides.
        out.known[word] = known | (lhs.known[word] & ~a) | (rhs.known[word] & ~b);
        out.truths[word] = a & b & known;
        break;
      default:
        out.truths[word] = (lhs.known[word] & a) | (rhs.known[word] & b);
        out.known[word] = known | out.truths[word];
    }
  }
}

void FormulaRun::choose(FormulaStep const& step, Register& out) const
{
  auto const& condition = registers_[step.first];
  auto const& yes = registers_[step.second];
  auto const& no = registers_[step.third];
  for (std::size_t word = 0; word < words_of(rows_); ++word) {
    auto const which = condition.truths[word];
    out.known[word] = condition.known[word] & ((which & yes.known[word]) | (~which & no.known[word]));
    if (step.boolean) out.truths[word] = (which & yes.truths[word]) | (~which & no.truths[word]);
  }
  if (step.boolean) return;
  out.low = std::min(yes.low, no.low);
  out.high = std::max(yes.high, no.high);
  for (std::size_t i = 0; i < rows_; ++i)
    out.counts[i] = (condition.truths[i / rows_in_word] >> i % rows_in_word & 1U) != 0 ? yes.counts[i] : no.counts[i];
}

/// Writes what the last step has found.
void FormulaRun::hand_out(FormulaColumn& out, std::size_t done) const
{
  auto const& last = registers_.back();
  auto const first = done / rows_in_word;
  for (std::size_t word = 0; word < words_of(rows_); ++word) {
    auto const rows = low_bits(std::min(rows_in_word, rows_ - word * rows_in_word));
    out.known[first + word] = last.known[word] & ~spoilt_[word] & rows;
    out.spoilt[first + word] = spoilt_[word];
    if (!out.truths.empty()) out.truths[first + word] = last.truths[word] & rows;
  }
  if (!out.counts.empty()) std::copy_n(last.counts.data(), rows_, out.counts.data() + done);
}

}  // namespace tutela::detail
