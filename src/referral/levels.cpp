// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "referral/levels.hpp"
#include "referral/shift.hpp"

namespace tutela::detail {
namespace {

/// Least and largest cost of every group by one criterion, summed.
struct Range {
  std::int64_t least = 0;
  std::int64_t largest = 0;
};

Range range_of(LeveledProblem const& problem, std::vector<std::int64_t> const& level)
{
  Range range;
  for (std::size_t group = 0; group < problem.options.groups(); ++group) {
    auto const [low, high] = std::minmax_element(level.begin() + problem.options.first[group],
                                                 level.begin() + problem.options.first[group + 1]);
    range.least += *low;
    range.largest += *high;
  }
  return range;
}

constexpr double bits_for_sums = 3;  ///< Prices and distances add up a few costs.

template <class Cost>
LeveledPlacement unpack(LeveledProblem const& problem, Packed<Cost> const& packed, std::vector<std::uint32_t> option,
                        Cost bound)
{
  LeveledPlacement result;
  result.option = std::move(option);
  for (std::size_t i = 0; i < problem.level.size(); ++i) {
    std::int64_t sum = 0;
    for (std::uint32_t const chosen : result.option) sum += problem.level[i][chosen];
    result.sum.push_back(sum);
    result.bound.push_back(static_cast<std::int64_t>(bound / packed.weight[i]) + packed.constant[i]);
    bound %= packed.weight[i];
  }
  return result;
}

template <class Cost>
std::optional<LeveledPlacement> place(LeveledProblem const& problem, Constraints const& constraints, std::size_t steps)
{
  auto const packed = pack<Cost>(problem);
  if (!packed) return std::nullopt;
  if (is_plain(problem.options, constraints)) {
    Shift<Cost> const exact(packed->problem);
    return unpack(problem, *packed, exact.options(), exact.cost());
  }
  Placement<Cost> found = place_groups(packed->problem, constraints, steps);
  return unpack(problem, *packed, std::move(found.option), found.bound);
}

}  // namespace

template <class Cost>
std::optional<Packed<Cost>> pack(LeveledProblem const& problem)
{
  Packed<Cost> packed;
  packed.weight.assign(problem.level.size(), 1);
  packed.constant.assign(problem.level.size(), 0);
  double bits = bits_for_sums + std::log2(static_cast<double>(scale_of(problem.options.size)));
  Cost weight = 1;
  for (std::size_t i = problem.level.size(); i-- > 0;) {
    Range const range = range_of(problem, problem.level[i]);
    packed.weight[i] = weight;
    packed.constant[i] = range.least;
    bits += std::log2(2.0 * static_cast<double>(range.largest - range.least) + 1.0);
    if (bits > static_cast<double>(8 * sizeof(Cost) - 2)) return std::nullopt;
    weight *= 2 * static_cast<Cost>(range.largest - range.least) + 1;  // differences can be told apart too
  }
  Transport<std::int64_t> const& options = problem.options;
  packed.problem = {options.capacity, options.size, options.first, options.place, {}};
  packed.problem.cost.assign(options.place.size(), 0);
  for (std::size_t i = 0; i < problem.level.size(); ++i) {
    auto const& level = problem.level[i];
    for (std::size_t group = 0; group < options.groups(); ++group) {
      auto const begin = options.first[group];
      auto const end = options.first[group + 1];
      std::int64_t const least = *std::min_element(level.begin() + begin, level.begin() + end);
      for (auto option = begin; option < end; ++option)
        packed.problem.cost[option] += static_cast<Cost>(level[option] - least) * packed.weight[i];
    }
  }
  return packed;
}

template std::optional<Packed<std::int64_t>> pack(LeveledProblem const&);
template std::optional<Packed<WideCost>> pack(LeveledProblem const&);

bool is_plain(Transport<std::int64_t> const& options, Constraints const& constraints) noexcept
{
  return constraints.apart.empty() &&
         std::all_of(options.size.begin(), options.size.end(), [](std::int32_t size) { return size == 1; }) &&
         std::all_of(constraints.needs.begin(), constraints.needs.end(), [](auto const& need) { return need.empty(); });
}

std::optional<LeveledPlacement> place_by_levels(LeveledProblem const& problem, Constraints const& constraints,
                                                std::size_t steps)
{
  if (auto narrow = place<std::int64_t>(problem, constraints, steps)) return narrow;
  return place<WideCost>(problem, constraints, steps);
}

}  // namespace tutela::detail
