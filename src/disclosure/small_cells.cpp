// SPDX-License-Identifier: Apache-2.0
#include <tutela/disclosure/small_cells.hpp>

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <string>
#include <utility>

namespace tutela::inline v0 {
namespace {

constexpr std::int64_t unbounded = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t largest_count = 1'000'000'000;
constexpr std::int64_t weight_of_sum = 10'000'000'000'000;  // more than any count or sum
constexpr std::size_t most_cells = 2'500;

/// A table with its sums as a circulation: each row and each column, the row and the column of sums too, is a node at which
/// as much comes in as goes out, and each cell is an arc. A cell inside leads from its row to its column, a sum of a row from
/// the column of sums to that row, a sum of a column from that column to the row of sums, and the sum of all from the row of
/// sums to the column of sums. Changing hidden cells without changing a shown one is pushing flow around circles of them.
class Circulation {
 public:
  explicit Circulation(CountTable const& table)
      : rows_(table.rows + 1), columns_(table.columns + 1), counts_(rows_ * columns_), arcs_(rows_ * columns_)
  {
    for (std::size_t row = 0; row < rows_; ++row)
      for (std::size_t column = 0; column < columns_; ++column) {
        bool const sum_of_row = column + 1 == columns_ && row + 1 < rows_;
        bool const sum_of_column = row + 1 == rows_ && column + 1 < columns_;
        bool const turned = sum_of_row || sum_of_column;
        arcs_[row * columns_ + column] = turned ? std::pair(rows_ + column, row) : std::pair(row, rows_ + column);
        if (row + 1 == rows_ || column + 1 == columns_) continue;
        std::int64_t const count = table.counts[row * table.columns + column];
        for (std::size_t const cell : {row * columns_ + column, row * columns_ + columns_ - 1,
                                       (rows_ - 1) * columns_ + column, counts_.size() - 1})
          counts_[cell] += count;
      }
  }

  [[nodiscard]] std::vector<std::int64_t> const& counts() const { return counts_; }
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }

  /// How far a hidden cell may rise (`up`) or fall while shown cells stay; at most `enough`.
  [[nodiscard]] std::int64_t play(std::size_t cell, bool up, std::vector<bool> const& hidden, std::int64_t enough) const
  {
    std::vector<std::int64_t> change(counts_.size());
    std::int64_t const most = up ? enough : std::min(enough, counts_[cell]);
    std::int64_t pushed = 0;
    while (pushed < most) {
      auto const circle = find_circle(cell, up, hidden, change, false);
      if (circle.empty()) break;
      // A circle that takes nothing away can be gone for ever.
      if (up && std::all_of(circle.begin(), circle.end(), [](Arc const& arc) { return arc.second; })) return enough;
      std::int64_t step = most - pushed;
      for (auto const& [other, forward] : circle)
        if (!forward) step = std::min(step, counts_[other] + change[other]);
      for (auto const& [other, forward] : circle) change[other] += forward ? step : -step;
      pushed += step;
    }
    return pushed;
  }

  /// The cells that must be hidden so that a hidden one may rise or fall further than hidden ones let it: the lightest circle
  /// through it, with shown cells by their weight. Empty when there is none.
  [[nodiscard]] std::vector<std::size_t> cells_to_hide(std::size_t cell, bool up, std::vector<bool> const& hidden) const
  {
    std::vector<std::int64_t> change(counts_.size());
    std::vector<std::size_t> cells;
    // First everything that hidden cells alone let through, so that the circle needs a further one.
    while (true) {
      auto const circle = find_circle(cell, up, hidden, change, true);
      if (circle.empty()) return {};
      for (auto const& [other, forward] : circle)
        if (!hidden[other]) cells.push_back(other);
      if (!cells.empty()) return cells;
      std::int64_t step = up ? unbounded : counts_[cell] + change[cell];
      for (auto const& [other, forward] : circle)
        if (!forward) step = std::min(step, counts_[other] + change[other]);
      if (step == unbounded || step == 0) return {};
      for (auto const& [other, forward] : circle) change[other] += forward ? step : -step;
      change[cell] += up ? step : -step;
    }
  }

 private:
  using Arc = std::pair<std::size_t, bool>;  ///< Cell, and whether it rises.

  [[nodiscard]] bool is_sum(std::size_t cell) const
  {
    return cell / columns_ + 1 == rows_ || cell % columns_ + 1 == columns_;
  }

  using Weight = std::pair<std::int64_t, std::int64_t>;  ///< Of the shown cells on a path, then the cells on it.

  /// Small counts first, sums last.
  [[nodiscard]] Weight and_over(Weight far, std::size_t cell, std::vector<bool> const& hidden) const
  {
    if (!hidden[cell]) far.first += counts_[cell] + 1 + (is_sum(cell) ? weight_of_sum : 0);
    return {far.first, far.second + 1};
  }

  /// The lightest path that closes the circle when `cell` rises or falls, without `cell` itself.
  [[nodiscard]] std::vector<Arc> find_circle(std::size_t cell, bool up, std::vector<bool> const& hidden,
                                             std::vector<std::int64_t> const& change, bool also_shown) const
  {
    std::size_t const nodes = rows_ + columns_;
    auto const [start, goal] = up ? std::pair(arcs_[cell].second, arcs_[cell].first) : arcs_[cell];
    constexpr Weight never{unbounded, unbounded};
    std::vector<Weight> distance(nodes, never);
    std::vector<Arc> by(nodes, Arc{counts_.size(), false});
    using Reached = std::pair<Weight, std::size_t>;
    std::priority_queue<Reached, std::vector<Reached>, std::greater<>> open;
    distance[start] = {};
    open.emplace(Weight{}, start);
    while (!open.empty()) {
      auto const [far, node] = open.top();
      open.pop();
      if (far != distance[node]) continue;
      bool const is_row = node < rows_;
      for (std::size_t i = 0; i < (is_row ? columns_ : rows_); ++i) {
        std::size_t const next = is_row ? node * columns_ + i : i * columns_ + (node - rows_);
        if (next == cell || (!hidden[next] && !also_shown)) continue;
        bool const forward = arcs_[next].first == node;
        if (!forward && counts_[next] + change[next] == 0) continue;
        std::size_t const other = forward ? arcs_[next].second : arcs_[next].first;
        Weight const reached = and_over(far, next, hidden);
        if (reached >= distance[other]) continue;
        distance[other] = reached;
        by[other] = {next, forward};
        open.emplace(reached, other);
      }
    }
    std::vector<Arc> circle;
    if (distance[goal] == never) return circle;
    for (std::size_t node = goal; node != start;) {
      circle.push_back(by[node]);
      auto const& [from, to] = arcs_[by[node].first];
      node = by[node].second ? from : to;
    }
    return circle;
  }

  std::size_t rows_;
  std::size_t columns_;
  std::vector<std::int64_t> counts_;
  std::vector<std::pair<std::size_t, std::size_t>> arcs_;
};

std::vector<Diagnostic> check_counts(CountTable const& table)
{
  Diagnostics found;
  auto const wrong = [&](Code code, std::string pointer, std::string what, std::string mend) {
    found.error(code, Place{{}, 0, 0, std::move(pointer)}, std::move(what), std::move(mend));
  };
  if (table.rows == 0 || table.columns == 0) {
    wrong(Code::missing_key, "", "the table has no cells", "give at least one row and one column");
  } else if (table.rows >= most_cells || table.columns >= most_cells ||
             (table.rows + 1) * (table.columns + 1) > most_cells) {
    wrong(Code::limit_reached, "", "the table has more than 2500 cells with its sums", "publish it in parts");
  } else if (table.counts.size() != table.rows * table.columns) {
    wrong(Code::out_of_range, "/counts", "there are not as many counts as cells", "give one for each cell");
  }
  for (std::size_t i = 0; i < table.counts.size(); ++i)
    if (table.counts[i] < 0 || table.counts[i] > largest_count)
      wrong(Code::out_of_range, "/counts/" + std::to_string(i), "the count is out of range", "use 0 to 10^9");
  return std::move(found).take();
}

/// Whether the least and the most that a hidden cell may be are far enough apart.
bool is_wide(Circulation const& flow, std::size_t cell, std::vector<bool> const& hidden, std::int64_t width)
{
  std::int64_t const up = flow.play(cell, true, hidden, width);
  return up >= width || up + flow.play(cell, false, hidden, width - up) >= width;
}

/// Hides the lightest cells that let `cell` move further; what is left of the lightest when no circle does.
void hide_further(Circulation const& flow, std::size_t cell, std::vector<bool>& hidden)
{
  auto cells = flow.cells_to_hide(cell, true, hidden);
  if (cells.empty()) cells = flow.cells_to_hide(cell, false, hidden);
  for (std::size_t const other : cells) hidden[other] = true;
  if (!cells.empty()) return;
  std::size_t lightest = hidden.size();
  for (std::size_t other = 0; other < hidden.size(); ++other)
    if (!hidden[other] && (lightest == hidden.size() || flow.counts()[other] < flow.counts()[lightest]))
      lightest = other;
  if (lightest < hidden.size()) hidden[lightest] = true;
}

}  // namespace

Result<std::vector<CellBounds>> hidden_bounds(CountTable const& table, std::vector<bool> const& hidden)
{
  if (auto wrong = check_counts(table); !wrong.empty()) return wrong;
  Circulation const flow(table);
  if (hidden.size() != flow.counts().size())
    throw ContractViolation("there is not one mark for each cell with the sums");
  std::vector<CellBounds> bounds;
  for (std::size_t cell = 0; cell < hidden.size(); ++cell) {
    if (!hidden[cell]) continue;
    std::int64_t const count = flow.counts()[cell];
    std::int64_t const up = flow.play(cell, true, hidden, unbounded);
    bounds.push_back({cell, count - flow.play(cell, false, hidden, unbounded),
                      up == unbounded ? std::nullopt : std::optional(count + up)});
  }
  return bounds;
}

Result<SuppressedTable> suppress_small_cells(CountTable const& table, SuppressionRequest const& request)
{
  auto wrong = check_counts(table);
  if (request.smallest < 2 || request.smallest > largest_count)
    wrong.push_back({Code::out_of_range, Severity::error, Place{{}, 0, 0, "/smallest"},
                     "the smallest count that is shown is out of range", "use 2 to 10^9"});
  if (request.width < 1 || request.width > largest_count)
    wrong.push_back({Code::out_of_range, Severity::error, Place{{}, 0, 0, "/width"},
                     "the width of what may be known is out of range", "use 1 to 10^9"});
  if (!wrong.empty()) return wrong;
  Circulation const flow(table);
  auto const& counts = flow.counts();
  std::vector<bool> hidden(counts.size());
  for (std::size_t cell = 0; cell < counts.size(); ++cell)
    hidden[cell] = counts[cell] > 0 && counts[cell] < request.smallest;
  std::vector<bool> const small = hidden;
  // Hiding more never narrows what a hidden cell may be, so a cell that is wide stays so; the further ones must be wide too.
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t cell = 0; cell < hidden.size(); ++cell)
      while (hidden[cell] && !is_wide(flow, cell, hidden, request.width)) {
        hide_further(flow, cell, hidden);
        changed = true;
      }
  }
  SuppressedTable shown{flow.rows(), flow.columns(), {}, {}};
  for (std::size_t cell = 0; cell < hidden.size(); ++cell) {
    shown.cells.push_back(small[cell] ? CellShown::small : hidden[cell] ? CellShown::complementary : CellShown::shown);
    shown.counts.push_back(hidden[cell] ? std::nullopt : std::optional(counts[cell]));
  }
  return shown;
}

}  // namespace tutela::inline v0
