// SPDX-License-Identifier: Apache-2.0
/// \file
/// Rows counted by their group, their two answers, and what amounts they gain or lose.
#include "columns/answer_changes.hpp"

#include <algorithm>
#include <utility>

namespace tutela::detail {
namespace {

AnswerChange change_between(SideAnswer const& before, SideAnswer const& after)
{
  bool const knew = before.outcome == Outcome::known;
  bool const knows = after.outcome == Outcome::known;
  if (knew != knows) return knows ? AnswerChange::becomes_known : AnswerChange::becomes_unknown;
  if (before.outcome == after.outcome && (!knew || before.value == after.value)) return AnswerChange::same;
  if (!knew) return AnswerChange::differs;
  auto const amount = [](Value const& value) -> std::optional<Decimal> {
    if (auto const* boolean = value.as_boolean()) return Decimal(*boolean ? 1 : 0);
    if (auto const* number = value.as_number()) return *number;
    return std::nullopt;
  };
  auto const had = amount(before.value);
  auto const has = amount(after.value);
  // False and none both grant nothing, but they are not the same.
  if (had && has && before.value.kind() == after.value.kind())
    return *had < *has ? AnswerChange::gains : AnswerChange::loses;
  bool const granted = had && (before.value.is(Kind::number) || *had == Decimal(1));
  bool const grants = has && (after.value.is(Kind::number) || *has == Decimal(1));
  if (before.value.is_none() && grants) return AnswerChange::gains;
  if (after.value.is_none() && granted) return AnswerChange::loses;
  return AnswerChange::differs;
}

/// Adds to a sum. \return False where it has too many digits.
bool add_to(std::optional<AmountCount>& sum, AmountCount more)
{
  AmountCount added = 0;
  if (__builtin_add_overflow(sum.value_or(0), more, &added)) return false;
  sum = added;
  return true;
}

}  // namespace

std::uint32_t SideAnswers::merged(Value const& one)
{
  if (!all_amounts_) {
    all_amounts_ = static_cast<std::uint32_t>(answers_.size());
    answers_.push_back({Outcome::known, one, true});
  }
  return *all_amounts_;
}

std::vector<SideAnswers::Meaning> SideAnswers::meanings(std::vector<Ending> const& endings)
{
  std::vector<Meaning> found;
  for (auto const& ending : endings) {
    Meaning meaning;
    bool const known = ending.outcome == Outcome::known;
    meaning.in_row = ending.counted;
    meaning.is_number = (ending.counted && form_->kind() == Kind::number) || ending.value.is(Kind::number);
    meaning.amount = known && form_ ? form_->count(ending.value) : std::nullopt;
    meaning.is_merged = ending.counted || (merged_ && meaning.amount);
    if (meaning.is_merged) {
      meaning.answer = merged(form_->value(meaning.amount.value_or(0)));
    } else {
      auto const next = static_cast<std::uint32_t>(answers_.size());
      auto const [at, fresh] = ids_.emplace(std::pair(ending.outcome, to_string(ending.value)), next);
      if (fresh) answers_.push_back({ending.outcome, ending.value});
      meaning.answer = at->second;
    }
    found.push_back(meaning);
  }
  return found;
}

SideRows::SideRows(DecisionAnswers const& answers, SideAnswers& known)
    : answers_(answers), known_(known), meanings_(known.meanings(*answers.endings))
{
  if (answers.amounts) factor_ = amount_power_of_ten(known.form()->scale() - answers.amounts->form().scale());
}

void AmountTally::add(std::optional<AmountCount> const& had, std::optional<AmountCount> const& has, bool compared)
{
  if (had) whole = add_to(before, *had) && whole;
  if (has) whole = add_to(after, *has) && whole;
  if (!compared) return;
  AmountCount here = 0;
  if (__builtin_sub_overflow(*has, *had, &here) || !add_to(more, here)) {
    whole = false;
    return;
  }
  least = least ? std::min(*least, here) : here;
  most = most ? std::max(*most, here) : here;
}

std::size_t ChangeCounter::HashOfKey::operator()(Key const& key) const noexcept
{
  auto const numbers = std::uint64_t{key.group} << 32U ^ std::uint64_t{key.before} << 16U ^ key.after;
  auto const mixed = (numbers ^ std::uint64_t{static_cast<std::uint8_t>(key.course)} << 62U) * 0x9E37'79B9'7F4A'7C15U;
  return static_cast<std::size_t>(mixed ^ mixed >> 29U);
}

std::size_t ChangeCounter::place_of(Key const& key)
{
  auto const place = places_.try_emplace(key, lines_.size()).first->second;
  if (place == lines_.size()) lines_.push_back({key, 0, {}, {}});
  return place;
}

std::size_t ChangeCounter::place_of_amounts(Key const& key)
{
  if (amount_places_.size() <= key.group) amount_places_.resize(key.group + std::size_t{1});
  auto& place = amount_places_[key.group][static_cast<std::size_t>(key.course)];
  if (place == 0) place = place_of(key) + 1;
  return place - 1;
}

ChangeCounter::Course ChangeCounter::course_of(Value const& had, Value const& has)
{
  auto const* before = had.as_number();
  auto const* after = has.as_number();
  if (before == nullptr || after == nullptr) return Course::none;
  return *before < *after ? Course::higher : *after < *before ? Course::lower : Course::equal;
}

void ChangeCounter::add(SideRows& before, SideRows& after, std::uint32_t const* groups, std::size_t rows,
                        std::size_t first)
{
  std::optional<Key> last;
  std::size_t place = 0;
  for (std::size_t word = 0; word * rows_in_word < rows; ++word) {
    before.read(word);
    after.read(word);
    auto const count = std::min(rows_in_word, rows - word * rows_in_word);
    for (std::size_t i = 0; i < count; ++i) {
      auto const row = word * rows_in_word + i;
      auto const& was = before.meaning(i);
      auto const& is = after.meaning(i);
      auto const had = before.amount(was, row);
      auto const has = after.amount(is, row);
      Key key{groups[row], was.answer, is.answer, Course::none};
      bool const counted = comparable_ && had && has;
      if (counted)
        key.course = *had < *has ? Course::higher : *has < *had ? Course::lower : Course::equal;
      else if (was.is_number && is.is_number && (was.in_row || is.in_row))
        key.course = course_of(before.value(was, row), after.value(is, row));
      if (!last || !(key == *last)) {
        place = counted && was.is_merged && is.is_merged ? place_of_amounts(key) : place_of(key);
        last = key;
      }
      auto& line = lines_[place];
      if (line.rows++ < examples_) line.examples.push_back(first + row);
      if ((was.in_row && !had) || (is.in_row && !has)) line.amounts.whole = false;
      if (had || has) line.amounts.add(had, has, counted);
    }
  }
}

AnswerChange ChangeCounter::change_of(Key const& key) const
{
  if (key.course == Course::none) return change_between(before_.answer(key.before), after_.answer(key.after));
  if (key.course == Course::equal) return AnswerChange::same;
  if (before_.answer(key.before).value.is(Kind::date)) return AnswerChange::differs;
  return key.course == Course::higher ? AnswerChange::gains : AnswerChange::loses;
}

void ChangeCounter::add_amounts(AmountTally const& tally, ComparedRows& line) const
{
  if (!tally.whole) return;
  auto const number = [](std::optional<AmountForm> const& form,
                         std::optional<AmountCount> const& count) -> std::optional<Decimal> {
    if (!form || !count) return std::nullopt;
    // A sum may have more digits than a number, which would round it.
    auto const sum = amount_of_count(*count, form->scale());
    return AmountForm(Kind::number, form->scale()).count(Value(sum)) == count ? std::optional(sum) : std::nullopt;
  };
  auto const& had = before_.form();
  auto const& has = after_.form();
  if (had && had->kind() == Kind::number) line.before_total = number(had, tally.before);
  if (has && has->kind() == Kind::number) line.after_total = number(has, tally.after);
  line.difference = number(has, tally.more);
  line.least = number(has, tally.least);
  line.most = number(has, tally.most);
}

std::vector<ComparedRows> ChangeCounter::lines(std::size_t decision,
                                               std::vector<std::vector<std::optional<std::string>>> const& groups) const
{
  std::vector<Line const*> sorted;
  sorted.reserve(lines_.size());
  for (auto const& line : lines_) sorted.push_back(&line);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](Line const* lhs, Line const* rhs) { return lhs->key.group < rhs->key.group; });
  std::vector<ComparedRows> made;
  for (auto const* line : sorted) {
    auto const& was = before_.answer(line->key.before);
    auto const& is = after_.answer(line->key.after);
    auto const value = [](SideAnswer const& answer) { return answer.is_merged ? Value() : answer.value; };
    made.push_back({decision, groups[line->key.group], change_of(line->key), was.outcome, value(was), is.outcome,
                    value(is), line->rows, line->examples});
    add_amounts(line->amounts, made.back());
  }
  return made;
}

}  // namespace tutela::detail
