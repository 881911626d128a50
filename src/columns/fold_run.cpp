// SPDX-License-Identifier: Apache-2.0
/// \file
/// What is said of the elements of lists, over all elements of a batch.
#include <algorithm>
#include <bit>

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

/// Calls something with the first and the number of each stretch of at most 64 elements, as long as it says to go on.
template <class F>
void for_each_stretch(std::size_t first, std::size_t end, F const& go_on)
{
  for (auto at = first; at < end; at += rows_in_word)
    if (!go_on(at, std::min(rows_in_word, end - at))) return;
}

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
  for (std::size_t row = 0; row < count; ++row)
    if (elements_[row] && is_readable(*elements_[row])) this->fold(row, *elements_[row]);
}

/// Finds the elements of the rows; false where they are too far apart.
bool FoldRun::find_elements(ColumnReader const& list, std::size_t first, std::size_t count)
{
  elements_.assign(count, std::nullopt);
  std::optional<Elements> all;
  for (std::size_t row = 0; row < count; ++row) {
    auto const here = list.elements(first + row);
    if (!here || here->second - here->first > fold_.longest) continue;
    elements_[row] = here;
    if (here->first == here->second) continue;
    all = all ? Elements(std::min(all->first, here->first), std::max(all->second, here->second)) : *here;
  }
  auto const [begin, end] = all.value_or(Elements(0, 0));
  first_element_ = begin;
  element_count_ = end - begin;
  if (element_count_ > count * most_elements) return false;
  for (auto& each : elements_) {
    if (!each) continue;
    bool const empty = each->first == each->second;
    each = empty ? Elements(0, 0) : Elements(each->first - begin, each->second - begin);
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
  for (std::size_t word = 0; word < unreadable_.size(); ++word) {
    if (condition_) unreadable_[word] |= conditions_.spoilt[word];
    if (value_) unreadable_[word] |= values_.spoilt[word];
  }
}

bool FoldRun::is_readable(Elements elements) const
{
  bool readable = true;
  for_each_stretch(elements.first, elements.second, [&](std::size_t first, std::size_t count) {
    return readable = bits_at(unreadable_, first, count) == 0;
  });
  return readable;
}

void FoldRun::fold(std::size_t row, Elements elements)
{
  switch (fold_.joined) {
    case FormulaFold::Joined::some:
    case FormulaFold::Joined::every: return fold_truth(row, elements);
    case FormulaFold::Joined::count: return fold_count(row, elements);
    default: return fold_values(row, elements);
  }
}

/// An element that decides does so whatever is not known of the others.
void FoldRun::fold_truth(std::size_t row, Elements elements)
{
  bool const some = fold_.joined == FormulaFold::Joined::some;
  bool known = true;
  bool decided = false;
  for_each_stretch(elements.first, elements.second, [&](std::size_t first, std::size_t count) {
    auto const there = bits_at(conditions_.known, first, count);
    auto const truths = bits_at(conditions_.truths, first, count);
    known = known && there == low_bits(count);
    decided = (there & (some ? truths : ~truths)) != 0;
    return !decided;
  });
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

void FoldRun::fold_count(std::size_t row, Elements elements)
{
  if (!condition_) return set(row, static_cast<std::int64_t>(elements.second - elements.first));
  std::int64_t found = 0;
  bool known = true;
  for_each_stretch(elements.first, elements.second, [&](std::size_t first, std::size_t count) {
    found += std::popcount(bits_at(conditions_.truths, first, count));
    return known = bits_at(conditions_.known, first, count) == low_bits(count);
  });
  if (known) set(row, found);
}

/// Nothing of an element is asked whose condition is false. Of no elements there is neither sum nor extreme.
void FoldRun::fold_values(std::size_t row, Elements elements)
{
  std::optional<std::int64_t> all;
  bool known = true;
  for_each_stretch(elements.first, elements.second, [&](std::size_t first, std::size_t count) {
    auto const every = low_bits(count);
    auto taken = condition_ ? bits_at(conditions_.truths, first, count) : every;
    known = (!condition_ || bits_at(conditions_.known, first, count) == every) &&
            (taken & ~bits_at(values_.known, first, count)) == 0;
    for (; known && taken != 0; taken &= taken - 1) {
      auto const value = values_.counts[first + static_cast<std::size_t>(std::countr_zero(taken))];
      if (!all)
        all = value;
      else if (fold_.joined == FormulaFold::Joined::sum)
        known = !__builtin_add_overflow(*all, value, &*all);
      else
        all = fold_.joined == FormulaFold::Joined::lowest ? std::min(*all, value) : std::max(*all, value);
    }
    return known;
  });
  if (known && all) set(row, *all);
}

}  // namespace tutela::detail
