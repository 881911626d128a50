// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tables of counts in which no small cell can be read, nor worked out from the sums beside it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/result.hpp>

namespace tutela::inline v0 {

/// A table of counts to be published with its sums.
struct CountTable {
  std::size_t rows = 0;              ///< Rows, 1 or more.
  std::size_t columns = 0;           ///< Columns, 1 or more; at most 2,500 cells with the sums.
  std::vector<std::int64_t> counts;  ///< Row by row, `rows * columns` of them; 0 to 10^9 each.
};

/// What is not shown.
struct SuppressionRequest {
  std::int64_t smallest = 5;  ///< Counts from 1 to one less than this are not shown, sums too. 2 or more.
  /// How far apart the least and the most that a hidden cell may be must stay, for whoever knows all that is shown.
  /// 1 or more; 1 says only that none can be worked out.
  std::int64_t width = 5;
};

/// What becomes of one cell.
enum class CellShown : std::uint8_t {
  shown,          ///< It is published.
  small,          ///< Hidden because it is small.
  complementary,  ///< Hidden because a small one could be worked out from it.
};

/// A table that may be published. Cells run row by row with the sum of each row behind it; the last row holds the sums of
/// the columns and at its end that of everything.
struct SuppressedTable {
  std::size_t rows = 0;          ///< Rows with the row of sums.
  std::size_t columns = 0;       ///< Columns with the column of sums.
  std::vector<CellShown> cells;  ///< What becomes of each. Not to be published: `small` says how small.
  std::vector<std::optional<std::int64_t>> counts;  ///< To be published: nothing in hidden cells.

  /// The cell of a row and a column; the last ones are the sums.
  [[nodiscard]] std::optional<std::int64_t> at(std::size_t row, std::size_t column) const
  {
    return counts.at(row * columns + column);
  }
};

/// What whoever knows the shown cells, and that counts are never negative, can say about a hidden one.
struct CellBounds {
  std::size_t cell = 0;                 ///< Position in the table with its sums.
  std::int64_t lowest = 0;              ///< Least that it may be.
  std::optional<std::int64_t> highest;  ///< Most that it may be; nothing when there is no bound.

  friend bool operator==(CellBounds const&, CellBounds const&) = default;
};

/// Hides the small cells and as many further ones, small counts first, as it takes so that no hidden cell can be worked out
/// closer than asked. Not the fewest possible: that is a hard problem; but what comes out was tested by `hidden_bounds`.
///
/// \return The table; or what is wrong with the request: no cells, too many, a negative count, a bound out of range.
/// For c cells with the sums and h hidden ones: O(h^2 width c log c) at most, O(c) where nothing is small.
[[nodiscard]] TUTELA_API Result<SuppressedTable> suppress_small_cells(CountTable const& table,
                                                                      SuppressionRequest const& request = {});

/// The exact bounds of each hidden cell of a table that was hidden with `hidden`, by maximum flow through hidden cells.
///
/// \param table  The counts.
/// \param hidden For each cell of the table with its sums whether it is hidden. \throws ContractViolation for another length.
/// \return In the order of the cells; or what is wrong with the table.
[[nodiscard]] TUTELA_API Result<std::vector<CellBounds>> hidden_bounds(CountTable const& table,
                                                                       std::vector<bool> const& hidden);

}  // namespace tutela::inline v0
