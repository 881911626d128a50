// SPDX-License-Identifier: Apache-2.0
/// \file
/// What bootstrap draws say about the figures of a validation.
#include <algorithm>
#include <cmath>
#include <limits>

#include "risk/validation_parts.hpp"

namespace tutela::detail {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

using Plain = std::array<double, group_figures>;

/// Percentiles of the draws in which the figure exists.
Interval95 percentiles(std::vector<double>& values)
{
  std::erase_if(values, [](double x) { return std::isnan(x); });
  std::sort(values.begin(), values.end());
  return {quantile(values, 0.025), quantile(values, 0.975)};
}

/// The figures of the shown groups of one grouping in every draw.
class Draws {
 public:
  Draws(std::size_t groups, std::size_t draws) : groups_(groups), values_(groups * draws) {}

  [[nodiscard]] Plain& at(std::size_t draw, std::size_t group) { return values_[draw * groups_ + group]; }

  template <class FigureOf>
  [[nodiscard]] Interval95 over(FigureOf const& figure_of)
  {
    std::vector<double> values;
    for (std::size_t draw = 0; draw < values_.size() / groups_; ++draw) values.push_back(figure_of(draw));
    return percentiles(values);
  }

 private:
  std::size_t groups_;
  std::vector<Plain> values_;
};

struct Extremes {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
};

/// Puts the percentiles of all draws into one grouping.
void put(Draws& draws, GroupingValidation& grouping)
{
  std::size_t const reference = grouping.reference;
  auto const extremes = [&](std::size_t draw, std::size_t f) {
    Extremes found;
    for (std::size_t k = 0; k < grouping.groups.size(); ++k) {
      if (grouping.groups[k].suppressed || std::isnan(draws.at(draw, k)[f])) continue;
      found.low = std::min(found.low, draws.at(draw, k)[f]);
      found.high = std::max(found.high, draws.at(draw, k)[f]);
    }
    return found;
  };
  for (std::size_t f = 0; f < group_figures; ++f) {
    for (std::size_t k = 0; k < grouping.groups.size(); ++k) {
      auto& group = grouping.groups[k];
      if (group.suppressed) continue;
      group.figures[f].resampled = draws.over([&](std::size_t draw) { return draws.at(draw, k)[f]; });
      group.differences[f].resampled =
          draws.over([&](std::size_t draw) { return draws.at(draw, k)[f] - draws.at(draw, reference)[f]; });
      group.ratios[f].resampled =
          draws.over([&](std::size_t draw) { return draws.at(draw, k)[f] / draws.at(draw, reference)[f]; });
    }
    grouping.largest_difference[f].resampled = draws.over([&](std::size_t draw) {
      auto const found = extremes(draw, f);
      return found.low <= found.high ? found.high - found.low : nan;
    });
    grouping.smallest_ratio[f].resampled = draws.over([&](std::size_t draw) {
      auto const found = extremes(draw, f);
      return found.low <= found.high ? found.low / found.high : nan;
    });
  }
}

}  // namespace

Plain plain_figures(GroupRuns const& group, std::span<Resampler::Weight const> weights, bool has_probability)
{
  std::uint64_t selected_with = 0;
  std::uint64_t selected_without = 0;
  std::uint64_t all_with = 0;
  std::uint64_t all_without = 0;
  std::uint64_t twice_pairs = 0;  // twice the pairs in which the one with the outcome scores higher, ties once
  double expected = 0;
  auto const* const index = group.index.data();
  for (auto const& run : group.runs) {
    std::uint64_t with = 0;
    std::uint64_t without = 0;
    for (auto k = run.start; k < run.middle; ++k) with += weights[index[k]];
    for (auto k = run.middle; k < run.end; ++k) without += weights[index[k]];
    twice_pairs += with * (2 * all_without + without);
    all_with += with;
    all_without += without;
    selected_with += run.selected ? with : 0;
    selected_without += run.selected ? without : 0;
    expected += run.probability * static_cast<double>(with + without);
  }
  auto const by = [](std::uint64_t a, std::uint64_t b) {
    return b == 0 ? nan : static_cast<double>(a) / static_cast<double>(b);
  };
  auto const selected = selected_with + selected_without;
  auto const others = all_with + all_without - selected;
  double const pairs = 2 * static_cast<double>(all_with) * static_cast<double>(all_without);
  return {by(all_with, all_with + all_without),
          by(selected, all_with + all_without),
          by(selected_without, all_without),
          by(all_with - selected_with, all_with),
          by(selected_with, selected),
          by(all_without - selected_without, others),
          by(all_with - selected_with, others),
          has_probability && all_with > 0 ? expected / static_cast<double>(all_with) : nan,
          pairs > 0 ? static_cast<double>(twice_pairs) / pairs : nan};
}

void add_draws(OrderedSample const& sample, std::vector<std::vector<GroupRuns>> const& groups_of,
               GroupQuestions const& questions, std::size_t draws, std::uint64_t seed, ValidationReport& report)
{
  bool const has_probability = static_cast<bool>(questions.probability);
  auto const whole = split(sample, {}, 1, questions);
  Resampler resampler(sample.people(), sample.clusters, sample.strata, seed);
  std::vector<Resampler::Weight> weights(sample.people());
  std::vector<double> areas;
  std::vector<Draws> each;
  for (auto const& grouping : report.groupings) each.emplace_back(grouping.groups.size(), draws);
  for (std::size_t draw = 0; draw < draws; ++draw) {
    resampler.draw(draw, weights);
    areas.push_back(plain_figures(whole.front(), weights, has_probability).back());
    for (std::size_t g = 0; g < each.size(); ++g) {
      std::size_t place = 0;
      for (auto const& group : groups_of[g]) {
        if (group.index.empty()) continue;
        if (!report.groupings[g].groups[place].suppressed)
          each[g].at(draw, place) = plain_figures(group, weights, has_probability);
        ++place;
      }
    }
  }
  report.area_resampled = percentiles(areas);
  for (std::size_t g = 0; g < each.size(); ++g) put(each[g], report.groupings[g]);
}

}  // namespace tutela::detail
