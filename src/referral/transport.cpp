// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "referral/transport.hpp"

namespace tutela::detail {

constexpr std::int64_t largest_scale = 2'520;  // what every size up to ten divides

std::int64_t scale_of(std::vector<std::int32_t> const& sizes)
{
  std::int64_t scale = 1;
  for (std::int32_t const size : sizes)
    if (scale % size != 0) scale = std::min(std::lcm(scale, std::int64_t{size}), largest_scale);
  return scale;
}

template <class Cost>
SplitTransport<Cost> split(Transport<Cost> const& whole)
{
  SplitTransport<Cost> result;
  std::int64_t const scale = scale_of(whole.size);
  result.scale = scale;
  auto& problem = result.problem;
  problem.capacity = whole.capacity;
  problem.first.push_back(0);
  std::vector<Cost> shares;
  for (std::uint32_t group = 0; group < whole.groups(); ++group) {
    auto const begin = whole.first[group];
    auto const end = whole.first[group + 1];
    shares.clear();
    Cost const waiting = whole.cost[whole.last_option(group)] * scale / whole.size[group];
    for (auto option = begin; option < end; ++option) {
      // A place that is too small for the whole group is no better than waiting.
      bool const large_enough = whole.capacity[whole.place[option]] >= whole.size[group];
      Cost const share = whole.cost[option] * scale / whole.size[group];
      shares.push_back(large_enough ? share : std::max(share, waiting + 1));
    }
    for (std::int32_t person = 0; person < whole.size[group]; ++person) {
      problem.place.insert(problem.place.end(), whole.place.begin() + begin, whole.place.begin() + end);
      problem.cost.insert(problem.cost.end(), shares.begin(), shares.end());
      problem.first.push_back(static_cast<std::uint32_t>(problem.place.size()));
      result.group.push_back(group);
    }
  }
  problem.size.assign(result.group.size(), 1);
  return result;
}

template SplitTransport<std::int64_t> split(Transport<std::int64_t> const&);
template SplitTransport<WideCost> split(Transport<WideCost> const&);

}  // namespace tutela::detail
