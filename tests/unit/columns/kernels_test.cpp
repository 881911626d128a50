// SPDX-License-Identifier: Apache-2.0
/// \file
/// Each set of kernels that this processor can run, bit by bit against slow readings.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "columns/kernels.hpp"

namespace tutela {
namespace {

using detail::Kernels;

constexpr std::size_t words = 24;
constexpr std::size_t rows = 64 * words;
using Bits = std::vector<std::uint64_t>;

bool bit(Bits const& bits, std::size_t row) { return (bits[row / 64] >> row % 64 & 1U) != 0; }

std::uint32_t number(std::vector<Bits> const& planes, std::size_t row)
{
  std::uint32_t result = 0;
  for (std::size_t plane = 0; plane < planes.size(); ++plane)
    result |= static_cast<std::uint32_t>(bit(planes[plane], row)) << plane;
  return result;
}

std::vector<std::uint64_t*> addresses(std::vector<Bits>& planes)
{
  std::vector<std::uint64_t*> result;
  for (auto& plane : planes) result.push_back(plane.data());
  return result;
}

class KernelsTest : public testing::TestWithParam<Kernels const*> {
 protected:
  Bits random_bits()
  {
    Bits bits(words);
    for (auto& word : bits) word = random();
    return bits;
  }

  /// Set in one row of eight.
  Bits few_bits()
  {
    auto bits = random_bits();
    for (int i = 0; i < 2; ++i) {
      auto const others = random_bits();
      for (std::size_t word = 0; word < words; ++word) bits[word] &= others[word];
    }
    return bits;
  }

  std::size_t below(std::size_t bound) { return random() % bound; }

  template <class T>
  void rank(void (*kernel)(T const*, std::size_t, T const*, std::size_t, std::uint8_t, std::uint8_t*))
  {
    std::vector<T> bounds(below(60));
    for (auto& each : bounds) each = static_cast<T>(random());
    std::sort(bounds.begin(), bounds.end());
    std::vector<T> values(1 + below(rows));
    for (auto& each : values) each = static_cast<T>(random());
    if (!bounds.empty()) values[below(values.size())] = bounds[below(bounds.size())];
    values[below(values.size())] = std::numeric_limits<T>::min();
    values[below(values.size())] = std::numeric_limits<T>::max();
    std::vector<std::uint8_t> ranks(values.size() + 1, 77);
    kernel(values.data(), values.size(), bounds.data(), bounds.size(), 3, ranks.data());
    for (std::size_t i = 0; i < values.size(); ++i)
      ASSERT_EQ(ranks[i], 3 + (std::upper_bound(bounds.begin(), bounds.end(), values[i]) - bounds.begin()));
    ASSERT_EQ(ranks.back(), 77);  // nothing is written behind the values
  }

  /// Conditions on a column, some of whose rows are null.
  struct RandomColumn {
    explicit RandomColumn(KernelsTest& test)
        : valid(test.random_bits()), all_valid(test.below(4) == 0), spans(test.below(4))
    {
      for (auto& each : spans)
        for (auto left = test.below(3); left > 0; --left)
          each.emplace_back(static_cast<std::uint8_t>(test.below(12)), static_cast<std::uint8_t>(test.below(3)));
      certain.assign(spans.size(), test.random_bits());  // what an earlier batch has left there
      possible = certain;
      for (std::size_t i = 0; i < spans.size(); ++i) {
        bool const null_certain = test.below(2) == 0;
        conditions.push_back({spans[i].data(), spans[i].size(), null_certain, null_certain || test.below(2) == 0,
                              certain[i].data(), possible[i].data()});
      }
      rails = {conditions.data(), conditions.size(), all_valid ? nullptr : valid.data(), words, 0};
    }

    [[nodiscard]] bool known(std::size_t row) const { return all_valid || bit(valid, row); }

    void expect(std::vector<std::uint8_t> const& ranks) const
    {
      for (std::size_t i = 0; i < spans.size(); ++i)
        for (std::size_t row = 0; row < rows; ++row) {
          bool const held = std::any_of(spans[i].begin(), spans[i].end(), [&](auto const& span) {
            return ranks[row] >= span.first && ranks[row] <= span.first + span.second;
          });
          ASSERT_EQ(bit(certain[i], row), known(row) ? held : conditions[i].null_certain);
          ASSERT_EQ(bit(possible[i], row), known(row) ? held : conditions[i].null_possible);
        }
    }

    Bits valid;
    bool all_valid;
    std::vector<std::vector<std::pair<std::uint8_t, std::uint8_t>>> spans;
    std::vector<Bits> certain;
    std::vector<Bits> possible;
    std::vector<detail::ConditionRails> conditions;
    detail::ColumnRails rails{};
  };

  template <class T>
  void hold(void (*kernel)(T const*, T const*, std::size_t, std::uint8_t, detail::ColumnRails const&))
  {
    std::vector<T> bounds(below(detail::few_bounds + 1));
    for (auto& each : bounds) each = static_cast<T>(random());
    std::sort(bounds.begin(), bounds.end());
    std::vector<T> values(2 * rows);  // a batch, and another one behind it
    for (auto& each : values) each = static_cast<T>(random());
    if (!bounds.empty()) values[below(rows)] = bounds[below(bounds.size())];
    values[below(rows)] = std::numeric_limits<T>::min();
    values[below(rows)] = std::numeric_limits<T>::max();
    RandomColumn column(*this);
    column.rails.words_ahead = below(words + 1);
    kernel(values.data(), bounds.data(), bounds.size(), 2, column.rails);
    std::vector<std::uint8_t> ranks;
    for (std::size_t row = 0; row < rows; ++row)
      ranks.push_back(static_cast<std::uint8_t>(
          2 + (std::upper_bound(bounds.begin(), bounds.end(), values[row]) - bounds.begin())));
    column.expect(ranks);
  }

  std::mt19937_64 random{7};
};

/// A random table with its cells.
struct RandomTable {
  struct Cell {
    Bits certain;
    Bits possible;
  };
  std::vector<std::vector<Cell>> cells;
  std::vector<std::vector<detail::CellRails>> rails;
  std::vector<detail::RuleRails> rules;
  std::vector<Bits> answers;
  std::vector<Bits> numbers;
  std::vector<std::uint64_t*> answers_at;
  std::vector<std::uint64_t*> numbers_at;
  Bits settled = Bits(words);
  Bits single = Bits(words);
  detail::TableRails table{};

  [[nodiscard]] bool holds(std::size_t rule, std::size_t row, bool certainly) const
  {
    return std::all_of(cells[rule].begin(), cells[rule].end(),
                       [&](Cell const& cell) { return bit(certainly ? cell.certain : cell.possible, row); });
  }
};

TEST_P(KernelsTest, Ranks)
{
  for (int round = 0; round < 100; ++round) {
    rank(GetParam()->rank_int8);
    rank(GetParam()->rank_int16);
    rank(GetParam()->rank_int32);
    rank(GetParam()->rank_int64);
  }
}

TEST_P(KernelsTest, ConditionsOnNumbers)
{
  for (int round = 0; round < 50; ++round) {
    hold(GetParam()->hold_int8);
    hold(GetParam()->hold_int16);
    hold(GetParam()->hold_int32);
    hold(GetParam()->hold_int64);
  }
}

TEST_P(KernelsTest, ConditionsOnEntriesOfATable)
{
  for (int round = 0; round < 200; ++round) {
    std::array<std::uint8_t, 16> table{};
    for (auto& each : table) each = static_cast<std::uint8_t>(below(12));
    table[15] = detail::outside_of_table;
    bool const sound = below(2) == 0;
    RandomColumn column(*this);
    std::vector<std::uint8_t> indices(rows);
    std::vector<std::uint8_t> ranks;
    bool leads_outside = false;
    for (std::size_t row = 0; row < rows; ++row) {
      indices[row] = static_cast<std::uint8_t>(sound && column.known(row) ? below(15) : random());
      ranks.push_back(table[std::min<std::size_t>(indices[row], 15)]);
      leads_outside = leads_outside || (column.known(row) && ranks.back() == detail::outside_of_table);
    }
    ASSERT_EQ(GetParam()->hold_indices(indices.data(), table.data(), column.rails), !leads_outside);
    column.expect(ranks);
  }
}

TEST_P(KernelsTest, ConditionsOnBooleans)
{
  for (int round = 0; round < 200; ++round) {
    auto const values = random_bits();
    auto const yes = static_cast<std::uint8_t>(below(4));
    auto const no = static_cast<std::uint8_t>(below(4));
    RandomColumn column(*this);
    GetParam()->hold_booleans(values.data(), yes, no, column.rails);
    std::vector<std::uint8_t> ranks;
    for (std::size_t row = 0; row < rows; ++row) ranks.push_back(bit(values, row) ? yes : no);
    column.expect(ranks);
  }
}

TEST_P(KernelsTest, WhatLiesBetween)
{
  std::vector<std::uint8_t> ranks(rows);
  Bits found(words);
  for (int round = 0; round < 200; ++round) {
    for (auto& each : ranks) each = static_cast<std::uint8_t>(random());
    auto const low = static_cast<std::uint8_t>(random());
    auto const span = static_cast<std::uint8_t>(random() % (256U - low));
    GetParam()->between(ranks.data(), words, low, span, found.data());
    for (std::size_t i = 0; i < rows; ++i) ASSERT_EQ(bit(found, i), ranks[i] >= low && ranks[i] <= low + span);
  }
}

TEST_P(KernelsTest, EntriesOfATable)
{
  std::vector<std::uint8_t> indices(rows);
  for (int round = 0; round < 200; ++round) {
    for (auto& each : indices) each = static_cast<std::uint8_t>(random() % 20 == 0 ? random() : random() % 17);
    std::array<std::uint8_t, 16> table{};
    for (auto& each : table) each = static_cast<std::uint8_t>(random());
    auto const count = below(rows);
    std::vector<std::uint8_t> found(count + 1, 77);
    GetParam()->look_up(indices.data(), count, table.data(), found.data());
    for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(found[i], table[std::min<std::size_t>(indices[i], 15)]);
    ASSERT_EQ(found.back(), 77);
  }
}

TEST_P(KernelsTest, NullsHoldAsTold)
{
  for (int round = 0; round < 40; ++round) {
    auto const held = random_bits();
    auto const valid = random_bits();
    bool const certain_there = below(2) == 0;
    bool const possible_there = certain_there || below(2) == 0;
    bool const all_valid = below(4) == 0;
    auto certain = held;
    Bits possible(words);
    GetParam()->guard(all_valid ? nullptr : valid.data(), certain_there, possible_there, words, certain.data(),
                      possible.data());
    for (std::size_t row = 0; row < rows; ++row) {
      bool const known = all_valid || bit(valid, row);
      ASSERT_EQ(bit(certain, row), known ? bit(held, row) : certain_there);
      ASSERT_EQ(bit(possible, row), known ? bit(held, row) : possible_there);
    }
  }
}

TEST_P(KernelsTest, RowsWithANumber)
{
  for (int round = 0; round < 40; ++round) {
    std::vector<Bits> planes(below(5));
    for (auto& plane : planes) plane = random_bits();
    std::vector<std::uint32_t> numbers(below(4));
    for (auto& each : numbers) each = static_cast<std::uint32_t>(below(std::size_t{1} << planes.size()));
    std::vector<std::uint64_t const*> at;
    for (auto const& plane : planes) at.push_back(plane.data());
    Bits found(words);
    GetParam()->among(at.data(), at.size(), numbers.data(), numbers.size(), words, found.data());
    std::size_t count = 0;
    for (std::size_t row = 0; row < rows; ++row) {
      bool const in = std::find(numbers.begin(), numbers.end(), number(planes, row)) != numbers.end();
      ASSERT_EQ(bit(found, row), in);
      count += in ? 1 : 0;
    }
    ASSERT_EQ(GetParam()->count_bits(found.data(), words), count);
  }
}

class TableKernelsTest : public KernelsTest {
 protected:
  RandomTable random_table(bool may_agree)
  {
    RandomTable made;
    auto const planes = below(4);
    auto const rules = below(6);
    made.answers.assign(planes, random_bits());  // what an earlier batch has left there
    made.numbers.assign(below(2) * 3, random_bits());
    for (std::size_t rule = 0; rule < rules; ++rule) {
      auto& cells = made.cells.emplace_back();
      for (auto left = below(4); left > 0; --left) {
        auto certain = random_bits();
        auto possible = few_bits();
        for (std::size_t word = 0; word < words; ++word) possible[word] |= certain[word];
        cells.push_back({std::move(certain), std::move(possible)});
      }
    }
    for (auto const& cells : made.cells) {
      auto& rails = made.rails.emplace_back();
      for (auto const& cell : cells) rails.push_back({cell.certain.data(), cell.possible.data()});
    }
    auto const any_answer = [&] { return static_cast<std::uint32_t>(below(std::size_t{1} << planes)); };
    for (std::size_t rule = 0; rule < rules; ++rule)
      made.rules.push_back(
          {made.rails[rule].data(), made.rails[rule].size(), any_answer(), static_cast<std::uint32_t>(rule)});
    made.answers_at = addresses(made.answers);
    made.numbers_at = addresses(made.numbers);
    made.table = {made.rules.data(),
                  rules,
                  any_answer(),
                  static_cast<std::uint32_t>(rules),
                  may_agree,
                  made.answers_at.data(),
                  planes,
                  made.numbers_at.data(),
                  made.numbers.size(),
                  made.settled.data(),
                  made.single.data()};
    return made;
  }

  /// What is written of a row, where it means something.
  static void expect(RandomTable const& made, std::size_t row, bool settled, bool single, std::uint32_t answer,
                     std::uint32_t rule)
  {
    ASSERT_EQ(bit(made.settled, row), settled);
    ASSERT_EQ(bit(made.single, row), single);
    if (settled) {
      ASSERT_EQ(number(made.answers, row), answer);
    }
    if (single && !made.numbers.empty()) {
      ASSERT_EQ(number(made.numbers, row), rule);
    }
  }
};

TEST_P(TableKernelsTest, TheFirstRuleThatApplies)
{
  for (int round = 0; round < 200; ++round) {
    auto const made = random_table(false);
    GetParam()->run_in_order(made.table, words);
    for (std::size_t row = 0; row < rows; ++row) {
      std::vector<std::uint32_t> answers;  // of rules that may be the first
      std::size_t rule = 0;
      bool single = false;
      for (; rule < made.rules.size(); ++rule) {
        if (!made.holds(rule, row, false)) continue;
        answers.push_back(made.rules[rule].answer);
        if (!made.holds(rule, row, true)) continue;
        single = answers.size() == 1;
        break;
      }
      if (rule == made.rules.size()) {
        answers.push_back(made.table.fallback);
        single = answers.size() == 1;
      }
      bool const settled = std::adjacent_find(answers.begin(), answers.end(), std::not_equal_to<>()) == answers.end();
      expect(made, row, settled, single, answers.front(), static_cast<std::uint32_t>(rule));
      if (HasFatalFailure()) return;
    }
  }
}

TEST_P(TableKernelsTest, RulesThatMustAgree)
{
  for (int round = 0; round < 200; ++round) {
    auto const made = random_table(round % 2 == 0);
    GetParam()->run_together(made.table, words);
    for (std::size_t row = 0; row < rows; ++row) {
      bool settled = true;
      auto first = made.rules.size();
      for (std::size_t rule = 0; rule < made.rules.size(); ++rule) {
        if (!made.holds(rule, row, true)) {
          settled = settled && !made.holds(rule, row, false);
          continue;
        }
        if (first == made.rules.size())
          first = rule;
        else
          settled = settled && made.table.may_agree && made.rules[rule].answer == made.rules[first].answer;
      }
      auto const answer = first == made.rules.size() ? made.table.fallback : made.rules[first].answer;
      expect(made, row, settled, settled, answer, static_cast<std::uint32_t>(first));
      if (HasFatalFailure()) return;
    }
  }
}

TEST_P(TableKernelsTest, EndingsOfARow)
{
  for (int round = 0; round < 200; ++round) {
    auto const real = random_bits();
    auto const settled = random_bits();
    auto const single = random_bits();
    std::vector<Bits> undecided(below(3));
    for (auto& each : undecided) each = few_bits();
    std::vector<Bits> answers(below(3));
    for (auto& each : answers) each = random_bits();
    std::vector<Bits> numbers(below(3));
    for (auto& each : numbers) each = random_bits();
    std::vector<Bits> endings(4, random_bits());
    Bits left(words);
    std::vector<std::uint64_t const*> undecided_at;
    for (auto const& each : undecided) undecided_at.push_back(each.data());
    auto const answers_at = addresses(answers);
    auto const numbers_at = addresses(numbers);
    auto const endings_at = addresses(endings);
    detail::SettledRails rails{};
    rails.rows = real.data();
    rails.undecided = undecided_at.data();
    rails.undecided_count = undecided.size();
    rails.settled = settled.data();
    rails.single = below(2) == 0 ? single.data() : nullptr;
    rails.leave_open = below(2) == 0;
    rails.open_ending = static_cast<std::uint32_t>(below(16));
    rails.other_ending = 4;
    rails.other_answers = static_cast<std::uint32_t>(below(std::size_t{1} << answers.size()));
    rails.answers = answers_at.data();
    rails.answer_planes = answers.size();
    rails.numbers = numbers_at.data();
    rails.number_planes = numbers.size();
    rails.endings = endings_at.data();
    rails.ending_planes = endings.size();
    rails.left = left.data();
    bool const some_left = GetParam()->settle(rails, words);
    ASSERT_EQ(some_left, std::any_of(left.begin(), left.end(), [](std::uint64_t word) { return word != 0; }));
    for (std::size_t row = 0; row < rows; ++row) {
      bool const decided = bit(real, row) && std::none_of(undecided.begin(), undecided.end(),
                                                          [&](Bits const& each) { return bit(each, row); });
      bool const done = decided && bit(settled, row);
      std::uint32_t ending = 0;
      if (done)
        ending = rails.single != nullptr && bit(single, row) ? number(numbers, row)
                                                             : 4 | (number(answers, row) ^ rails.other_answers);
      else if (decided && rails.leave_open)
        ending = rails.open_ending;
      ASSERT_EQ(number(endings, row), ending);
      ASSERT_EQ(bit(left, row), bit(real, row) && !done && !(decided && rails.leave_open));
    }
  }
}

auto const sets =
    testing::ValuesIn(detail::kernels_of_this_processor().begin(), detail::kernels_of_this_processor().end());
auto const name_of = [](testing::TestParamInfo<Kernels const*> const& set) { return std::string(set.param->name); };
INSTANTIATE_TEST_SUITE_P(Kernels, KernelsTest, sets, name_of);
INSTANTIATE_TEST_SUITE_P(Kernels, TableKernelsTest, sets, name_of);

TEST(Kernels, TheWidestSetIsTaken)
{
  auto const all = detail::kernels_of_this_processor();
#if defined(__ARM_NEON)
  EXPECT_EQ(std::string(all.front()->name), "neon");
#else
  EXPECT_EQ(std::string(all.front()->name), "baseline");
#endif
  EXPECT_EQ(&detail::kernels(), all.back());
}

}  // namespace
}  // namespace tutela
