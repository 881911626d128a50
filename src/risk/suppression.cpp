// SPDX-License-Identifier: Apache-2.0
#include "risk/suppression.hpp"

#include <cmath>
#include <optional>

namespace tutela::detail {

namespace {

constexpr double as_good_as_zero = 1e-7;

/// What shown sets span, in echelon form; each row remembers how it was made.
class Span {
 public:
  Span(std::size_t cells, std::size_t sets) : cells_(cells), sets_(sets) {}

  void add(PublishedSet const& set, std::size_t number)
  {
    auto row = reduced(set, number, 1);
    std::size_t pivot = 0;
    for (std::size_t k = 1; k < cells_; ++k)
      if (std::fabs(row[k]) > std::fabs(row[pivot])) pivot = k;
    if (std::fabs(row[pivot]) < as_good_as_zero) return;
    double const scale = row[pivot];
    for (auto& one : row) one /= scale;
    rows_.push_back({pivot, std::move(row)});
  }

  /// The sets of which this one is a sum, with their coefficients; nothing where it is no such sum.
  [[nodiscard]] std::optional<std::vector<double>> combination(PublishedSet const& set) const
  {
    auto const row = reduced(set, 0, 0);
    for (std::size_t k = 0; k < cells_; ++k)
      if (std::fabs(row[k]) >= as_good_as_zero) return std::nullopt;
    return std::vector<double>(row.begin() + static_cast<std::ptrdiff_t>(cells_), row.end());
  }

 private:
  struct Row {
    std::size_t pivot = 0;
    std::vector<double> values;
  };

  [[nodiscard]] std::vector<double> reduced(PublishedSet const& set, std::size_t number, double own) const
  {
    std::vector<double> row(cells_ + sets_, 0);
    for (auto const cell : set.cells) row[cell] = 1;
    row[cells_ + number] += own;
    for (auto const& one : rows_) {
      double const factor = row[one.pivot];
      if (factor == 0) continue;
      for (std::size_t k = 0; k < row.size(); ++k) row[k] -= factor * one.values[k];
    }
    return row;
  }

  std::size_t cells_;
  std::size_t sets_;
  std::vector<Row> rows_;
};

/// A shown set whose hiding breaks a sum that gives a hidden one away: the smallest in it but the total.
std::optional<std::size_t> to_hide(std::vector<PublishedSet> const& sets, std::vector<bool> const& hidden,
                                   std::size_t cells)
{
  Span span(cells, sets.size());
  for (std::size_t k = 0; k < sets.size(); ++k)
    if (!hidden[k]) span.add(sets[k], k);
  for (std::size_t k = 0; k < sets.size(); ++k) {
    if (!hidden[k]) continue;
    auto const sum = span.combination(sets[k]);
    if (!sum) continue;
    std::optional<std::size_t> smallest;
    for (std::size_t other = 0; other < sets.size(); ++other)
      if (std::fabs((*sum)[other]) > as_good_as_zero && !sets[other].is_total &&
          (!smallest || sets[other].people < sets[*smallest].people))
        smallest = other;
    if (smallest) return smallest;
  }
  return std::nullopt;
}

}  // namespace

std::vector<bool> hidden_sets(std::vector<PublishedSet> const& sets, std::size_t cells)
{
  std::vector<bool> hidden;
  for (auto const& set : sets) hidden.push_back(set.too_small && !set.is_total);
  while (auto const next = to_hide(sets, hidden, cells)) hidden[*next] = true;
  return hidden;
}

}  // namespace tutela::detail
