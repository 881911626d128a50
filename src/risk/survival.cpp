// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/survival.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include "risk/distributions.hpp"
#include "risk/ranking.hpp"

namespace tutela::inline v0 {

namespace {

std::vector<Diagnostic> findings_of_times(std::span<double const> times, std::span<std::uint8_t const> events)
{
  Diagnostics found;
  if (times.size() != events.size()) found.error(Code::wrong_type, {}, "times and events have different lengths");
  if (times.size() > std::numeric_limits<std::uint32_t>::max())
    found.error(Code::limit_reached, {}, "a sample has at most 4,294,967,295 people");
  if (!std::all_of(times.begin(), times.end(), [](double t) { return std::isfinite(t) && t >= 0; }))
    found.error(Code::out_of_range, {}, "a time is not a number from zero on");
  return std::move(found).take();
}

/// The interval of a share on the log(-log) scale, which never leaves 0 to 1.
void put_interval(SurvivalStep& step)
{
  double const s = step.survival;
  step.low = step.high = s;
  if (!(s > 0 && s < 1)) return;
  double const half = detail::half_width_95 * step.standard_error / (s * std::fabs(std::log(s)));
  step.low = std::pow(s, std::exp(half));
  step.high = std::pow(s, std::exp(-half));
}

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

Result<std::vector<SurvivalStep>> kaplan_meier(std::span<double const> times, std::span<std::uint8_t const> events)
{
  if (auto found = findings_of_times(times, events); !found.empty()) return found;
  auto const counts = detail::counted(times, events, detail::ranked(times));
  std::vector<SurvivalStep> result;
  std::size_t at_risk = times.size();
  double survival = 1;
  double greenwood = 0;
  for (std::size_t k = 0; k < counts.scores.size(); ++k) {
    if (auto const had = counts.with[k]; had > 0) {
      auto const n = static_cast<double>(at_risk);
      auto const d = static_cast<double>(had);
      survival *= (n - d) / n;
      greenwood += had < at_risk ? d / (n * (n - d)) : 0;
      SurvivalStep step{counts.scores[k], at_risk, had, survival, survival * std::sqrt(greenwood), 1, 1};
      put_interval(step);
      result.push_back(step);
    }
    at_risk -= counts.at(k);
  }
  return result;
}

SurvivalStep survival_at(std::span<SurvivalStep const> steps, double time)
{
  auto const after = std::upper_bound(steps.begin(), steps.end(), time,
                                      [](double t, SurvivalStep const& one) { return t < one.time; });
  return after == steps.begin() ? SurvivalStep{} : *(after - 1);
}

Result<Concordance> concordance(std::span<double const> scores, std::span<double const> times,
                                std::span<std::uint8_t const> events)
{
  auto found = findings_of_times(times, events);
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
