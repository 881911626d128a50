// SPDX-License-Identifier: Apache-2.0
/// \file
/// A column as the steps of an instrument read it: from values to counts.
#include "columns/score_lane.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

namespace tutela::detail {
namespace {

/// Counts beyond are out of the range of every fact.
constexpr std::int64_t most = 9'000'000'000'000'000;

constexpr int most_digits = 15;

constexpr std::int32_t no_choice = -1;
constexpr std::int32_t null_entry = -2;

ScoreAbsence absence_of(NullMeaning nulls)
{
  switch (nulls) {
    case NullMeaning::none: return ScoreAbsence::none;
    case NullMeaning::uncertain: return ScoreAbsence::uncertain;
    default: return ScoreAbsence::unknown;
  }
}

std::int64_t power_of_ten(int digits)
{
  std::int64_t power = 1;
  for (; digits > 0; --digits) power *= 10;
  return power;
}

}  // namespace

ScoreLane::ScoreLane(FactColumn const& column, InstrumentFact const& fact, ColumnView view)
    : column_(column), fact_(fact), view_(std::move(view))
{
  int const shift = fact.decimals - column.column.format->scale;
  factor_ = power_of_ten(std::clamp(shift, 0, most_digits));
  // A shift beyond holds no count but zero; the others go row by row.
  divisor_ = power_of_ten(std::clamp(-shift, 0, most_digits));
  if (shift > most_digits || -shift > most_digits) divisor_ = most;
  scale_ = static_cast<double>(power_of_ten(fact.decimals));
}

std::optional<ValueProblem> ScoreLane::start()
{
  auto const& format = *column_.column.format;
  if (!format.index) return std::nullopt;
  std::string problem;
  auto const dictionary = view_.dictionary(format, problem);
  if (!dictionary) return ValueProblem{problem, {}};
  choice_of_entry_.assign(dictionary->rows(), null_entry);
  for (std::size_t i = 0; i < choice_of_entry_.size(); ++i) {
    if (dictionary->valid(i, 1) == 0) continue;
    auto const text = dictionary->text(format.layout, i);
    if (!text) return broken_array();
    choice_of_entry_[i] = choice(*text);
  }
  return std::nullopt;
}

std::optional<ValueProblem> ScoreLane::read(std::size_t first, std::size_t count)
{
  mark_present(first, count);
  if (is_decimal())
    numbers_.assign(count, 0);
  else
    whole_.assign(count, 0);
  auto const& format = *column_.column.format;
  if (format.layout == Layout::null) return std::nullopt;
  if (format.layout == Layout::boolean) {
    read_booleans(first, count);
    return std::nullopt;
  }
  return is_text(format.layout) ? read_texts(first, count) : read_counts(first, count);
}

ScoreColumn ScoreLane::column() const
{
  ScoreColumn column;
  column.fact = fact_.id;
  if (is_decimal())
    column.numbers = numbers_;
  else
    column.whole = whole_;
  if (gaps_) column.present = present_;
  column.absent = absence_of(column_.rule.nulls);
  return column;
}

void ScoreLane::mark_present(std::size_t first, std::size_t count)
{
  present_.assign(count, 1);
  gaps_ = false;
  if (view_.all_valid()) return;
  for (std::size_t at = 0; at < count; at += rows_in_word) {
    auto const rows = std::min(rows_in_word, count - at);
    auto const valid = view_.valid(first + at, rows);
    if (valid == low_bits(rows)) continue;
    gaps_ = true;
    for (std::size_t i = 0; i < rows; ++i) present_[at + i] = static_cast<std::uint8_t>(valid >> i & 1U);
  }
}

void ScoreLane::put(std::size_t place, std::int64_t count)
{
  if (count > most || count < -most || count % divisor_ != 0) return mark_unheld(place);
  count /= divisor_;
  if (factor_ != 1 && (count > most / factor_ || count < -most / factor_)) return mark_unheld(place);
  count *= factor_;
  if (is_decimal())
    numbers_[place] = static_cast<double>(count) / scale_;
  else if (count < std::numeric_limits<std::int32_t>::min() || count > std::numeric_limits<std::int32_t>::max())
    mark_unheld(place);
  else
    whole_[place] = static_cast<std::int32_t>(count);
}

void ScoreLane::read_booleans(std::size_t first, std::size_t count)
{
  for (std::size_t at = 0; at < count; at += rows_in_word) {
    auto const rows = std::min(rows_in_word, count - at);
    auto const values = view_.booleans(first + at, rows);
    for (std::size_t i = 0; i < rows; ++i) whole_[at + i] = static_cast<std::int32_t>(values >> i & 1U);
  }
}

std::optional<ValueProblem> ScoreLane::read_texts(std::size_t first, std::size_t count)
{
  auto const& format = *column_.column.format;
  for (std::size_t i = 0; i < count; ++i) {
    if (present_[i] == 0) continue;
    std::int32_t place = no_choice;
    if (format.index) {
      bool null = false;
      std::optional<ValueProblem> problem;
      ColumnFormat index;
      index.layout = *format.index;
      auto const entry = count_at(index, column_.rule, view_, first + i, null, problem);
      if (entry < 0 || static_cast<std::uint64_t>(entry) >= choice_of_entry_.size()) return broken_array();
      place = choice_of_entry_[static_cast<std::size_t>(entry)];
    } else {
      auto const text = view_.text(format.layout, first + i);
      if (!text) return broken_array();
      place = choice(*text);
    }
    if (place == null_entry)
      leave_out(i);
    else if (place == no_choice)
      mark_unheld(i);
    else
      whole_[i] = place;
  }
  return std::nullopt;
}

std::optional<ValueProblem> ScoreLane::read_counts(std::size_t first, std::size_t count)
{
  auto const& format = *column_.column.format;
  bool const as_it_lies = (format.layout == Layout::int32 || format.layout == Layout::date32) && !is_decimal();
  if (as_it_lies) {
    // What stands under a null is no value: its row is not looked at.
    if (count > 0) std::memcpy(whole_.data(), view_.values(first, sizeof(std::int32_t)), count * sizeof(std::int32_t));
    return std::nullopt;
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (present_[i] == 0) continue;
    bool null = false;
    std::optional<ValueProblem> problem;
    auto const value = count_at(format, column_.rule, view_, first + i, null, problem);
    if (problem) return problem;
    if (null)
      leave_out(i);
    else
      put(i, value);
  }
  return std::nullopt;
}

std::int32_t ScoreLane::choice(std::string_view text) const
{
  auto const& choices = fact_.declaration.allowed;
  for (std::size_t i = 0; i < choices.size(); ++i)
    if (auto const* one = choices[i].as_string(); one != nullptr && *one == text) return static_cast<std::int32_t>(i);
  return no_choice;
}

}  // namespace tutela::detail
