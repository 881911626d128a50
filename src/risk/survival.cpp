// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/survival.hpp>

#include <algorithm>
#include <cmath>

#include "base/ranked.hpp"
#include "base/survival_times.hpp"

namespace tutela::inline v0 {

namespace {

/// Counts by rank that can be summed from the lowest on: a binary indexed tree.
class RankCounts {
 public:
  explicit RankCounts(std::size_t ranks) : tree_(ranks + 1) {}

  void add(std::size_t rank)
  {
    for (++rank; rank < tree_.size(); rank += rank & (~rank + 1)) ++tree_[rank];
  }

  /// How many were added with a rank below `rank`.
  [[nodiscard]] std::size_t below(std::size_t rank) const
  {
    std::size_t sum = 0;
    for (; rank > 0; rank &= rank - 1) sum += tree_[rank];
    return sum;
  }

 private:
  std::vector<std::size_t> tree_;
};

}  // namespace

Result<Concordance> concordance(std::span<double const> scores, std::span<double const> times,
                                std::span<std::uint8_t const> events)
{
  auto found = detail::findings_of_times(times, events);
  if (scores.size() != times.size())
    found.push_back({Code::wrong_type, Severity::error, {}, "scores and times have different lengths", {}});
  if (!std::all_of(scores.begin(), scores.end(), [](double x) { return std::isfinite(x); }))
    found.push_back({Code::invalid_number, Severity::error, {}, "a score is not a finite number", {}});
  if (!found.empty()) return found;

  std::vector<std::size_t> rank(scores.size());
  std::size_t ranks = 0;
  auto const by_score = detail::ranked(scores);
  for (std::size_t k = 0; k < by_score.size(); ++k) {
    if (k > 0 && scores[by_score[k]] != scores[by_score[k - 1]]) ++ranks;
    rank[by_score[k]] = ranks;
  }
  // From the latest time back: everybody already counted outlived the one who has the outcome now.
  auto const by_time = detail::ranked(times);
  RankCounts later(ranks + 1);
  std::size_t all_later = 0;
  Concordance result;
  for (auto end = by_time.size(); end > 0;) {
    auto start = end;
    while (start > 0 && times[by_time[start - 1]] == times[by_time[end - 1]]) --start;
    auto const each = [&](bool event, auto const& use) {
      for (auto k = start; k < end; ++k)
        if ((events[by_time[k]] != 0) == event) use(rank[by_time[k]]);
    };
    auto const count = [&](std::size_t one) {
      later.add(one);
      ++all_later;
    };
    each(false, count);
    each(true, [&](std::size_t one) {
      auto const below = later.below(one);
      result.concordant += static_cast<double>(below);
      result.tied += static_cast<double>(later.below(one + 1) - below);
      result.pairs += static_cast<double>(all_later);
    });
    each(true, count);
    end = start;
  }
  result.value = (result.concordant + 0.5 * result.tied) / result.pairs;
  return result;
}

}  // namespace tutela::inline v0
