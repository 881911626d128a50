// SPDX-License-Identifier: Apache-2.0
/// \file
/// Random tables with facts missing, against every completion tried out one by one.
#include <algorithm>
#include <cstdio>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "unit/rules/random_tables.hpp"

namespace tutela {
namespace {

using namespace test;

std::string text_of(Verdict const& verdict)
{
  if (verdict.outcome == Outcome::known) return to_string(verdict.value);
  return verdict.outcome == Outcome::error ? "error" : "open: " + std::string(to_string(verdict.outcome));
}

TEST(Completions, AgreeWithEnumeration)
{
  char const* const policies[] = {"hitPolicy=\"UNIQUE\"",
                                  "hitPolicy=\"ANY\"",
                                  "hitPolicy=\"FIRST\"",
                                  "hitPolicy=\"PRIORITY\"",
                                  "hitPolicy=\"RULE ORDER\"",
                                  "hitPolicy=\"COLLECT\"",
                                  "hitPolicy=\"COLLECT\" aggregation=\"SUM\"",
                                  "hitPolicy=\"COLLECT\" aggregation=\"MAX\"",
                                  "hitPolicy=\"COLLECT\" aggregation=\"COUNT\"",
                                  "hitPolicy=\"OUTPUT ORDER\""};
  int decidable = 0;
  int decided = 0;
  int rows = 0;
  int exact = 0;
  int unsound = 0;
  Generator random(20'261'122);
  for (int round = 0; round < 300; ++round) {
    std::vector<Column> columns;
    std::vector<std::string> names;
    std::string declarations;
    int const width = 2 + random.below(3);
    for (int i = 0; i < width; ++i) {
      names.push_back("x" + std::to_string(i));
      columns.push_back(random.column(names.back()));
      declarations += columns.back().declaration;
    }
    std::vector<std::pair<std::vector<std::string>, std::string>> rules;
    int const height = 2 + random.below(6);
    for (int r = 0; r < height; ++r) {
      std::vector<std::string> tests;
      for (auto const& column : columns)
        tests.push_back(
            random.below(5) < 2
                ? "-"
                : column.cells[static_cast<std::size_t>(random.below(static_cast<int>(column.cells.size())))]);
      rules.emplace_back(std::move(tests), std::to_string(1 + random.below(3)));
    }
    std::string const policy = policies[random.below(10)];
    auto const loaded = pack(dmn(
        declarations + decision("d", names, table(policy, names, rules, random.below(2) == 0 ? "1" : "", "3, 1, 2"))));
    for (int k = 0; k < 6; ++k) {
      std::vector<std::pair<std::string, Value>> known;
      std::vector<std::size_t> missing;
      std::size_t combinations = 1;
      for (std::size_t i = 0; i < columns.size(); ++i) {
        auto const& values = columns[i].values;
        if (random.below(10) < 3 && combinations * values.size() <= 500) {
          missing.push_back(i);
          combinations *= values.size();
        } else {
          known.emplace_back(names[i], values[static_cast<std::size_t>(random.below(static_cast<int>(values.size())))]);
        }
      }
      auto const verdict = loaded.decide("d", record(known), std::nullopt);
      // Every completion, and which facts make a difference.
      std::vector<std::string> results(combinations);
      for (std::size_t c = 0; c < combinations; ++c) {
        auto facts = known;
        auto rest = c;
        for (auto const i : missing) {
          facts.emplace_back(names[i], columns[i].values[rest % columns[i].values.size()]);
          rest /= columns[i].values.size();
        }
        results[c] = text_of(loaded.decide("d", record(std::move(facts)), std::nullopt));
      }
      std::set<std::string> const possible(results.begin(), results.end());
      std::vector<std::string> matters;
      std::size_t stride = 1;
      for (auto const i : missing) {
        auto const size = columns[i].values.size();
        bool changes = false;
        for (std::size_t c = 0; c < combinations; ++c)
          if ((c / stride) % size != 0 && results[c] != results[c - ((c / stride) % size) * stride]) changes = true;
        if (changes) matters.push_back(names[i]);
        stride *= size;
      }
      std::sort(matters.begin(), matters.end());
      ++rows;
      auto const found = text_of(verdict);
      bool const settled = verdict.outcome == Outcome::known || verdict.outcome == Outcome::error;
      if (possible.size() == 1) ++decidable;
      if (settled && possible.size() == 1) ++decided;
      if (settled && (possible.size() != 1 || *possible.begin() != found)) {
        ++unsound;
        ADD_FAILURE() << "unsound: " << policy << " gives " << found << ", round " << round;
      }
      if (!settled) {
        std::set<std::string> claimed;
        for (auto const& value : verdict.possible.values)
          claimed.insert(value.is(Kind::error) ? "error" : to_string(value));
        if (verdict.possible.kind == Domain::Kind::set) {
          EXPECT_TRUE(std::includes(claimed.begin(), claimed.end(), possible.begin(), possible.end()))
              << policy << ": a possible answer is missing, round " << round;
        }
        if (!verdict.possible.approximate && claimed == possible && verdict.missing == matters)
          ++exact;
        else if (!verdict.possible.approximate)
          ADD_FAILURE() << policy << ": not exact though not marked so, round " << round;
      } else {
        ++exact;
      }
    }
  }
  std::printf("%d rows, %d unsound, %d of %d decidable ones decided, %d exact\n", rows, unsound, decided, decidable,
              exact);
  EXPECT_EQ(unsound, 0);
  EXPECT_EQ(decided, decidable);
  EXPECT_EQ(exact, rows);
}

}  // namespace
}  // namespace tutela
