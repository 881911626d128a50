// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tests the first two laws on random expressions: a definite answer is the answer of every completion, and more
/// information never changes it.
#include <algorithm>

#include "unit/feel/feel_testing.hpp"
#include "unit/feel/random_expressions.hpp"

namespace tutela::testing_feel {
namespace {

struct Facts {
  std::vector<std::vector<Value>> possible;  // by slot
};

Names scope()
{
  Names names;
  for (char const* const name : {"a", "b", "c"}) names.add(name, Type::Kind::number, name);
  for (char const* const name : {"p", "q"}) names.add(name, Type::Kind::boolean, name);
  names.add("l", Type::list(Type::Kind::number), "l");
  return names;
}

// One value for each slot; `interval` gives a run of numbers as its bounds instead of as a set.
std::vector<Value> as_slots(Facts const& facts, bool interval)
{
  static char const* const names[] = {"a", "b", "c", "p", "q", "l"};
  std::vector<Value> slots;
  for (std::size_t slot = 0; slot < facts.possible.size(); ++slot) {
    auto const& values = facts.possible[slot];
    if (values.size() == 1) {
      slots.push_back(values.front());
    } else if (interval && values.front().is(Kind::number)) {
      slots.push_back(
          between(names[slot], *values.front().as_number()->to_int64(), *values.back().as_number()->to_int64()));
    } else {
      slots.push_back(one_of(names[slot], values));
    }
  }
  return slots;
}

bool same_outcome(Value const& lhs, Value const& rhs)
{
  return lhs == rhs || (lhs.is(Kind::error) && rhs.is(Kind::error));
}

// True when the result of one completion is among what `answer` leaves possible.
bool allows(Value const& answer, Value const& outcome)
{
  if (auto const* list = answer.as_list()) {
    auto const* other = outcome.as_list();
    if (other == nullptr) return false;
    if (list->complete && list->items.size() != other->items.size()) return false;
    if (!list->complete) return list->items.size() <= other->items.size();
    for (std::size_t index = 0; index < list->items.size(); ++index) {
      if (!allows(list->items[index], other->items[index])) return false;
    }
    return true;
  }
  auto const* unknown = answer.as_unknown();
  if (unknown == nullptr) return same_outcome(answer, outcome);
  switch (unknown->domain.kind) {
    case Domain::Kind::any: return true;
    case Domain::Kind::set:
      return std::any_of(unknown->domain.values.begin(), unknown->domain.values.end(),
                         [&outcome](Value const& value) { return allows(value, outcome); });
    case Domain::Kind::range: {
      auto const* number = outcome.as_number();
      if (number == nullptr) return false;
      auto const& range = unknown->domain.range;
      return (range.low.is_none() || *range.low.as_number() <= *number) &&
             (range.high.is_none() || *number <= *range.high.as_number());
    }
  }
  return false;
}

TEST(feel_soundness, no_completion_contradicts_an_answer)
{
  Names const names = scope();
  RandomExpressions random(7);
  std::size_t definite = 0;
  std::size_t decidable = 0;
  for (int round = 0; round < 4'000; ++round) {
    std::string const text = round % 2 == 0 ? random.truth(3) : random.number(3);
    auto const expression = parse_expression(text, names);
    ASSERT_TRUE(expression) << text << to_string(expression.diagnostics());
    Facts facts;
    for (int slot = 0; slot < 3; ++slot) {
      auto const low = static_cast<std::int64_t>(random.below(4));
      std::vector<Value> values;
      for (std::size_t count = 0; count <= random.below(3); ++count)
        values.push_back(number(low + static_cast<std::int64_t>(count)));
      facts.possible.push_back(values);
    }
    for (int slot = 0; slot < 2; ++slot) {
      std::vector<Value> values{Value(random.below(2) == 0)};
      if (random.below(2) == 0) values = {Value(false), Value(true)};
      facts.possible.push_back(values);
    }
    facts.possible.push_back({Value(List{{number(1), number(3)}})});
    auto const evaluate = [&](std::vector<Value> const& slots) {
      Evaluation evaluation;
      return expression->evaluate(slots, evaluation);
    };
    bool const interval = random.below(2) == 0;
    Value const answer = evaluate(as_slots(facts, interval));
    std::vector<std::size_t> digits(facts.possible.size(), 0);
    std::vector<Value> outcomes;
    while (true) {
      std::vector<Value> slots;
      for (std::size_t slot = 0; slot < digits.size(); ++slot) slots.push_back(facts.possible[slot][digits[slot]]);
      Value const outcome = evaluate(slots);
      EXPECT_TRUE(allows(answer, outcome))
          << text << "\nanswer " << to_string(answer) << "\noutcome " << to_string(outcome);
      if (HasNonfatalFailure()) return;
      if (std::none_of(outcomes.begin(), outcomes.end(),
                       [&](Value const& seen) { return same_outcome(seen, outcome); })) {
        outcomes.push_back(outcome);
      }
      std::size_t place = 0;
      while (place < digits.size() && ++digits[place] == facts.possible[place].size()) digits[place++] = 0;
      if (place == digits.size()) break;
    }
    if (outcomes.size() == 1) {
      ++decidable;
      if (!answer.is(Kind::unknown)) ++definite;
    }
    // one fact more known: a definite answer stays
    if (answer.is(Kind::unknown)) continue;
    Facts fewer = facts;
    auto& values = fewer.possible[random.below(5)];
    values = {values[random.below(values.size())]};
    Value const later = evaluate(as_slots(fewer, interval));
    EXPECT_TRUE(same_outcome(answer, later)) << text << "\n" << to_string(answer) << " became " << to_string(later);
    if (HasNonfatalFailure()) return;
  }
  RecordProperty("decided", static_cast<int>(definite * 100 / decidable));
  EXPECT_GE(definite * 100, decidable * 85) << definite << " of " << decidable;
}

}  // namespace
}  // namespace tutela::testing_feel
