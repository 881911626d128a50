// SPDX-License-Identifier: Apache-2.0
/// \file
/// What is said of the elements of lists, over all elements of a batch.
#include <algorithm>
#include <bit>
#include <limits>

#include "columns/formula_run.hpp"

namespace tutela::detail {
namespace {

/// Elements of a row, on average, up to which they are looked at in one go: lists may be far apart.
constexpr std::size_t most_elements = 64;

constexpr std::size_t words_of(std::size_t rows) { return (rows + rows_in_word - 1) / rows_in_word; }

/// At most 64 bits from one on.
RowWord bits_at(std::vector<RowWord> const& words, std::size_t first, std::size_t count)
{
  auto const shift = first % rows_in_word;
  auto const word = first / rows_in_word;
  auto found = words[word] >> shift;
  if (shift + count > rows_in_word) found |= words[word + 1] << (rows_in_word - shift);
  return found & low_bits(count);
}

/// Calls something for each row of some words.
template <class F>
void for_each_row(std::vector<RowWord> const& rows, F const& each)
{
  for (std::size_t word = 0; word < rows.size(); ++word)
    for (auto left = rows[word]; left != 0; left &= left - 1)
      each(word * rows_in_word + static_cast<std::size_t>(std::countr_zero(left)));
}

/// How many elements of a list are looked at together.
std::size_t together(ElementSpan elements, std::size_t at) { return std::min(rows_in_word, elements.end - at); }

}  // namespace

FoldRun::FoldRun(FormulaFold const& fold) : fold_(fold)
{
  if (fold.condition) condition_.emplace(*fold.condition);
  if (fold.value) value_.emplace(*fold.value);
}

void FoldRun::run(ColumnReader const& list, std::size_t first, std::size_t count)
{
  bool const boolean = fold_.joined == FormulaFold::Joined::some || fold_.joined == FormulaFold::Joined::every;
  rows_.counts.assign(boolean ? 0 : count, 0);
  rows_.truths.assign(boolean ? words_of(count) : 0, 0);
  rows_.known.assign(words_of(count), 0);
  if (!find_elements(list, first, count)) return;
  run_elements(list);
  if (boolean)
    for_each_row(there_, [&](std::size_t row) { fold_truths(row, elements_[row]); });
  else if (fold_.joined == FormulaFold::Joined::count)
    for_each_row(there_, [&](std::size_t row) { fold_count(row, elements_[row]); });
  else
    for_each_row(there_, [&](std::size_t row) { fold_values(row, elements_[row]); });
}

/// Finds the elements of the rows; false where they are too far apart.
bool FoldRun::find_elements(ColumnReader const& list, std::size_t first, std::size_t count)
{
  elements_.resize(count);
  there_.resize(words_of(count));
  list.find_elements(first, count, elements_.data(), there_.data());
  auto begin = std::numeric_limits<std::size_t>::max();
  std::size_t end = 0;
  for_each_row(there_, [&](std::size_t row) {
    auto const& here = elements_[row];
    if (here.end - here.first > fold_.longest) {
      there_[row / rows_in_word] &= ~(RowWord{1} << row % rows_in_word);
    } else if (here.end > here.first) {
      begin = std::min(begin, here.first);
      end = std::max(end, here.end);
    }
  });
  first_element_ = end == 0 ? 0 : begin;
  element_count_ = end - first_element_;
  if (element_count_ > count * most_elements) return false;
  for (auto& each : elements_) {
    bool const empty = each.first == each.end;
    each = empty ? ElementSpan{} : ElementSpan{each.first - first_element_, each.end - first_element_};
  }
  return true;
}

/// Runs the formulas over all elements, and looks whether the others of their fields can be read.
void FoldRun::run_elements(ColumnReader const& list)
{
  auto const& fields = list.elements();
  unreadable_.assign(words_of(element_count_), 0);
  std::vector<bool> read(fields.size(), false);
  for (auto const* formula : {fold_.condition.get(), fold_.value.get()})
    for (std::size_t i = 0; formula != nullptr && i < formula->operands.size(); ++i)
      read[formula->operands[i].place] = true;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (!read[i]) fields[i].find_spoilt(first_element_, element_count_, unreadable_.data());
  if (condition_) condition_->run(fields, first_element_, element_count_, conditions_);
  if (value_) value_->run(fields, first_element_, element_count_, values_);
  RowWord any = 0;
  for (std::size_t word = 0; word < unreadable_.size(); ++word) {
    if (condition_) unreadable_[word] |= conditions_.spoilt[word];
    if (value_) unreadable_[word] |= values_.spoilt[word];
    any |= unreadable_[word];
  }
  if (any != 0) leave_unreadable();
}

/// Leaves the rows with an element that cannot be read: whoever evaluates them says what is wrong.
void FoldRun::leave_unreadable()
{
  for_each_row(there_, [&](std::size_t row) {
    auto const elements = elements_[row];
    for (auto at = elements.first; at < elements.end; at += rows_in_word)
      if (bits_at(unreadable_, at, together(elements, at)) != 0)
        there_[row / rows_in_word] &= ~(RowWord{1} << row % rows_in_word);
  });
}

/// An element that decides does so whatever is not known of the others.
void FoldRun::fold_truths(std::size_t row, ElementSpan elements)
{
  bool const some = fold_.joined == FormulaFold::Joined::some;
  bool known = true;
  bool decided = false;
  for (auto at = elements.first; at < elements.end && !decided; at += rows_in_word) {
    auto const count = together(elements, at);
    auto const there = bits_at(conditions_.known, at, count);
    auto const truths = bits_at(conditions_.truths, at, count);
    known = known && there == low_bits(count);
    decided = (there & (some ? truths : ~truths)) != 0;
  }
  auto const bit = RowWord{1} << row % rows_in_word;
  if (!known && !decided) return;
  rows_.known[row / rows_in_word] |= bit;
  if (decided == some) rows_.truths[row / rows_in_word] |= bit;
}

void FoldRun::set(std::size_t row, std::int64_t count)
{
  rows_.known[row / rows_in_word] |= RowWord{1} << row % rows_in_word;
  rows_.counts[row] = count;
}

void FoldRun::fold_count(std::size_t row, ElementSpan elements)
{
  if (!condition_) return set(row, static_cast<std::int64_t>(elements.end - elements.first));
  std::int64_t found = 0;
  for (auto at = elements.first; at < elements.end; at += rows_in_word) {
    auto const count = together(elements, at);
    if (bits_at(conditions_.known, at, count) != low_bits(count)) return;
    found += std::popcount(bits_at(conditions_.truths, at, count));
  }
  set(row, found);
}

/// Nothing of an element is asked whose condition is false. Of no elements there is neither sum nor extreme.
void FoldRun::fold_values(std::size_t row, ElementSpan elements)
{
  std::optional<std::int64_t> all;
  for (auto at = elements.first; at < elements.end; at += rows_in_word) {
    auto const count = together(elements, at);
    auto const every = low_bits(count);
    if (condition_ && bits_at(conditions_.known, at, count) != every) return;
    auto taken = condition_ ? bits_at(conditions_.truths, at, count) : every;
    if ((taken & ~bits_at(values_.known, at, count)) != 0) return;
    for (; taken != 0; taken &= taken - 1) {
      auto const value = values_.counts[at + static_cast<std::size_t>(std::countr_zero(taken))];
      if (!all)
        all = value;
      else if (fold_.joined != FormulaFold::Joined::sum)
        all = fold_.joined == FormulaFold::Joined::lowest ? std::min(*all, value) : std::max(*all, value);
      else if (__builtin_add_overflow(*all, value, &*all))
        return;
    }
  }
  if (all) set(row, *all);
}

}  // namespace tutela::detail
