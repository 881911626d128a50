// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading the values of columns for formulas.
#include <algorithm>
#include <bit>
#include <cstring>

#include "columns/fact_lane.hpp"

namespace tutela::detail {
namespace {

/// Calls something for each row of some words.
template <class F>
void for_each_row(RowWord const* rows, std::size_t count, F const& each)
{
  for (std::size_t word = 0; word * rows_in_word < count; ++word)
    for (auto left = rows[word]; left != 0; left &= left - 1)
      each(word * rows_in_word + static_cast<std::size_t>(std::countr_zero(left)));
}

void set_bit(RowWord* words, std::size_t row) { words[row / rows_in_word] |= RowWord{1} << row % rows_in_word; }
void clear_bit(RowWord* words, std::size_t row) { words[row / rows_in_word] &= ~(RowWord{1} << row % rows_in_word); }

/// True for layouts whose every value has a reading.
bool is_always_readable(Layout layout)
{
  switch (layout) {
    case Layout::float32:
    case Layout::float64:
    case Layout::date64:
    case Layout::timestamp:
    case Layout::decimal128: return false;
    default: return !is_list(layout) && !is_text(layout);
  }
}

}  // namespace

template <class T>
void ColumnReader::widen_as(std::size_t first, std::size_t count, std::int64_t* counts) const
{
  auto const* values = view_.values(first, sizeof(T));
  for (std::size_t i = 0; i < count; ++i) counts[i] = std::int64_t{load_value<T>(values, static_cast<std::int64_t>(i))};
}

/// Values that are looked at one by one.
void ColumnReader::count_each(std::size_t first, std::size_t count, std::int64_t* counts, RowWord* known,
                              RowWord* spoilt) const
{
  std::fill_n(counts, count, 0);
  for_each_row(known, count, [&](std::size_t row) {
    bool null = false;
    std::optional<ValueProblem> problem;
    counts[row] = count_at(*column_.column.format, column_.rule, view_, first + row, null, problem);
    if (null || problem) clear_bit(known, row);
    if (problem) set_bit(spoilt, row);
  });
}

void ColumnReader::read_counts(std::size_t first, std::size_t count, std::int64_t* counts, RowWord* known,
                               RowWord* spoilt) const
{
  view_.valid(first, count, known);
  switch (column_.column.format->layout) {
    case Layout::int8: widen_as<std::int8_t>(first, count, counts); break;
    case Layout::uint8: widen_as<std::uint8_t>(first, count, counts); break;
    case Layout::int16: widen_as<std::int16_t>(first, count, counts); break;
    case Layout::uint16: widen_as<std::uint16_t>(first, count, counts); break;
    case Layout::uint32: widen_as<std::uint32_t>(first, count, counts); break;
    case Layout::int32:
    case Layout::date32:
    case Layout::decimal32: widen_as<std::int32_t>(first, count, counts); break;
    case Layout::int64:
    case Layout::decimal64: widen_as<std::int64_t>(first, count, counts); break;
    default: return count_each(first, count, counts, known, spoilt);
  }
  if (view_.all_valid()) return;
  // Whatever stands under a null would only be in the way of those who look at the largest value.
  for (std::size_t word = 0; word * rows_in_word < count; ++word) {
    auto const here = std::min(rows_in_word, count - word * rows_in_word);
    auto const nulls = low_bits(here) & ~known[word];
    for_each_row(&nulls, here, [&](std::size_t row) { counts[word * rows_in_word + row] = 0; });
  }
}

void ColumnReader::read_truths(std::size_t first, std::size_t count, RowWord* truths, RowWord* known) const
{
  view_.valid(first, count, known);
  view_.booleans(first, count, truths);
}

void ColumnReader::read_matches(std::size_t first, std::size_t count, std::string const& text,
                                std::vector<std::string> const& allowed, RowWord* truths, RowWord* known,
                                RowWord* spoilt) const
{
  view_.valid(first, count, known);
  std::fill_n(truths, (count + rows_in_word - 1) / rows_in_word, RowWord{0});
  for_each_row(known, count, [&](std::size_t row) {
    auto const found = is_null(first + row) ? std::nullopt : text_of(first + row);
    if (found == text) set_bit(truths, row);
    bool const fits = found && (allowed.empty() || std::find(allowed.begin(), allowed.end(), *found) != allowed.end());
    if (!fits) clear_bit(known, row);
    if (!found && !is_null(first + row)) set_bit(spoilt, row);
  });
}

void ColumnReader::find_elements(std::size_t first, std::size_t count, ElementSpan* elements, RowWord* known) const
{
  view_.valid(first, count, known);
  for (std::size_t row = 0; row < count; ++row) {
    auto const found = view_.extent(*column_.column.format, first + row);
    elements[row] = found ? ElementSpan{found->first, found->second} : ElementSpan{};
    if (!found) clear_bit(known, row);
  }
}

void ColumnReader::find_spoilt(std::size_t first, std::size_t count, RowWord* spoilt) const
{
  auto const& format = *column_.column.format;
  if (is_always_readable(format.layout)) return;
  for (std::size_t row = 0; row < count; ++row) {
    if (is_null(first + row)) continue;
    std::optional<ValueProblem> problem;
    bool null = false;
    bool broken = false;
    if (is_text(format.layout))
      broken = !text_of(first + row);
    else if (is_list(format.layout))
      broken = !value(first + row, problem);
    else
      static_cast<void>(count_at(format, column_.rule, view_, first + row, null, problem));
    if (broken || problem) set_bit(spoilt, row);
  }
}

}  // namespace tutela::detail
