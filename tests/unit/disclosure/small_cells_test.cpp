// SPDX-License-Identifier: Apache-2.0
#include <tutela/disclosure/small_cells.hpp>

#include <functional>
#include <map>
#include <random>

namespace tutela {
namespace {

/// All counts of a table with its sums, row by row.
std::vector<std::int64_t> with_sums(CountTable const& table)
{
  std::vector<std::int64_t> all((table.rows + 1) * (table.columns + 1));
  for (std::size_t row = 0; row < table.rows; ++row)
    for (std::size_t column = 0; column < table.columns; ++column) {
      auto const count = table.counts[row * table.columns + column];
      all[row * (table.columns + 1) + column] += count;
      all[row * (table.columns + 1) + table.columns] += count;
      all[table.rows * (table.columns + 1) + column] += count;
      all.back() += count;
    }
  return all;
}

/// Least and most of each cell over every table with counts up to `most` that agrees with all that is shown.
std::vector<std::pair<std::int64_t, std::int64_t>> by_trying_all(CountTable const& table,
                                                                 std::vector<bool> const& hidden, std::int64_t most)
{
  auto const truth = with_sums(table);
  std::vector<std::pair<std::int64_t, std::int64_t>> bounds(truth.size(), {most * 100, -1});
  CountTable other = table;
  std::function<void(std::size_t)> const fill = [&](std::size_t at) {
    if (at == other.counts.size()) {
      auto const sums = with_sums(other);
      for (std::size_t i = 0; i < sums.size(); ++i)
        if (!hidden[i] && sums[i] != truth[i]) return;
      for (std::size_t i = 0; i < sums.size(); ++i)
        bounds[i] = {std::min(bounds[i].first, sums[i]), std::max(bounds[i].second, sums[i])};
      return;
    }
    auto const cell = at / table.columns * (table.columns + 1) + at % table.columns;
    for (std::int64_t value = hidden[cell] ? 0 : truth[cell]; value <= (hidden[cell] ? most : truth[cell]); ++value) {
      other.counts[at] = value;
      fill(at + 1);
    }
    other.counts[at] = truth[cell];
  };
  fill(0);
  return bounds;
}

CountTable random_table(std::mt19937& random, std::size_t rows, std::size_t columns, int most)
{
  CountTable table{rows, columns, {}};
  for (std::size_t i = 0; i < rows * columns; ++i)
    table.counts.push_back(std::uniform_int_distribution<int>(0, most)(random));
  return table;
}

TEST(SmallCells, OneHiddenCellWouldBeTheRestOfItsRow)
{
  auto const shown = suppress_small_cells({2, 3, {2, 20, 30, 40, 50, 60}}, {5, 1}).value();
  ASSERT_EQ(shown.rows, 3U);
  ASSERT_EQ(shown.columns, 4U);
  EXPECT_EQ(shown.cells[0], CellShown::small);
  EXPECT_FALSE(shown.at(0, 0));
  std::size_t hidden = 0;
  for (auto const& count : shown.counts) hidden += count ? 0U : 1U;
  EXPECT_EQ(hidden, 4U) << "a square of hidden cells";
  EXPECT_EQ(shown.at(2, 3), 202);
}

TEST(SmallCells, NothingIsHiddenWhereNothingIsSmall)
{
  auto const shown = suppress_small_cells({1, 2, {0, 7}}, {5, 3}).value();
  EXPECT_EQ(shown.counts, (std::vector<std::optional<std::int64_t>>{0, 7, 7, 0, 7, 7}));
}

TEST(SmallCells, ASumThatIsSmallIsHiddenToo)
{
  auto const shown = suppress_small_cells({2, 2, {1, 1, 90, 90}}, {5, 2}).value();
  EXPECT_FALSE(shown.at(0, 2));
  EXPECT_EQ(shown.cells[2], CellShown::small);
}

TEST(SmallCells, ATableOfOneCellIsHiddenAltogether)
{
  auto const shown = suppress_small_cells({1, 1, {3}}).value();
  for (auto const& count : shown.counts) EXPECT_FALSE(count);
}

TEST(SmallCells, BoundsEqualThoseOfEveryPossibleTable)
{
  std::mt19937 random(11);
  constexpr std::int64_t most = 9;
  for (int round = 0; round < 400; ++round) {
    auto const rows = static_cast<std::size_t>(1 + random() % 2);
    auto const columns = static_cast<std::size_t>(1 + random() % 3);
    auto const table = random_table(random, rows, columns, 2);
    std::vector<bool> hidden((rows + 1) * (columns + 1));
    for (std::size_t i = 0; i < hidden.size(); ++i) hidden[i] = random() % 5 < (rows * columns > 4 ? 2U : 3U);
    auto const expected = by_trying_all(table, hidden, most);
    for (auto const& found : hidden_bounds(table, hidden).value()) {
      EXPECT_EQ(found.lowest, expected[found.cell].first);
      if (found.highest) {
        EXPECT_EQ(*found.highest, expected[found.cell].second);
      } else {
        EXPECT_GE(expected[found.cell].second, most) << "it grows as far as is tried";
      }
    }
  }
}

TEST(SmallCells, NoHiddenCellCanBeWorkedOutFromWhatIsShown)
{
  std::mt19937 random(13);
  for (int round = 0; round < 300; ++round) {
    auto const rows = static_cast<std::size_t>(1 + random() % 2);
    auto const columns = static_cast<std::size_t>(1 + random() % 3);
    auto const table = random_table(random, rows, columns, 5);
    SuppressionRequest const request{2 + static_cast<std::int64_t>(random() % 3),
                                     1 + static_cast<std::int64_t>(random() % 4)};
    auto const shown = suppress_small_cells(table, request).value();
    auto const truth = with_sums(table);
    std::vector<bool> hidden;
    for (std::size_t i = 0; i < truth.size(); ++i) {
      hidden.push_back(!shown.counts[i]);
      if (shown.counts[i]) {
        EXPECT_EQ(*shown.counts[i], truth[i]);
      }
      EXPECT_EQ(shown.cells[i] == CellShown::small, truth[i] > 0 && truth[i] < request.smallest);
    }
    if (std::count(hidden.begin(), hidden.end(), true) > 5) {  // too many tables to try
      for (auto const& bounds : hidden_bounds(table, hidden).value())
        if (bounds.highest) {
          EXPECT_GE(*bounds.highest - bounds.lowest, request.width);
        }
      continue;
    }
    auto const possible = by_trying_all(table, hidden, 9);
    for (std::size_t i = 0; i < truth.size(); ++i)
      if (hidden[i]) {
        EXPECT_GE(possible[i].second - possible[i].first, request.width) << round << ' ' << i;
      }
  }
}

TEST(SmallCells, TablesOfRealSizeComeOutAsWideAsAsked)
{
  std::mt19937 random(17);
  for (int round = 0; round < 10; ++round) {
    auto const table = random_table(random, 5 + random() % 15, 5 + random() % 15, 40);
    auto const shown = suppress_small_cells(table, {5, 5}).value();
    std::vector<bool> hidden;
    for (auto const& count : shown.counts) hidden.push_back(!count);
    for (auto const& bounds : hidden_bounds(table, hidden).value())
      if (bounds.highest) {
        EXPECT_GE(*bounds.highest - bounds.lowest, 5);
      }
  }
}

TEST(SmallCells, RefusesWhatIsNoTable)
{
  EXPECT_FALSE(suppress_small_cells({0, 3, {}}));
  EXPECT_FALSE(suppress_small_cells({1, 2, {1}}));
  EXPECT_EQ(suppress_small_cells({1, 1, {-1}}, {1, 0}).diagnostics().size(), 3U);
  EXPECT_EQ(suppress_small_cells({50, 50, std::vector<std::int64_t>(2500)}).diagnostics().front().code,
            Code::limit_reached);
  EXPECT_FALSE(suppress_small_cells({std::size_t{1} << 63U, 4, {}}));
  EXPECT_THROW(static_cast<void>(hidden_bounds({1, 1, {1}}, {true})), ContractViolation);
}

}  // namespace
}  // namespace tutela
