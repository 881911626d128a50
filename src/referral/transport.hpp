// SPDX-License-Identifier: Apache-2.0
/// \file
/// Groups of people, places with capacities, and plain costs: what every solver of the room works on (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace tutela::detail {

/// Costs too large for 64 bits; a lexicographic order of several criteria is one number.
__extension__ typedef __int128 WideCost;

/// Groups, each to be placed whole in one place. The last place is the waiting list itself: it takes everybody.
template <class Cost>
struct Transport {
  std::vector<std::int32_t> capacity;  ///< How many each place takes; the last one is the waiting list.
  std::vector<std::int32_t> size;      ///< How many each group has, 1 or more.
  std::vector<std::uint32_t> first;    ///< First option of each group, and one past the last.
  std::vector<std::uint32_t> place;    ///< Place of each option; the last option of a group is the waiting list.
  std::vector<Cost> cost;              ///< Cost of each option for the whole group, 0 or more.

  std::size_t groups() const noexcept { return size.size(); }
  std::uint32_t waiting_list() const noexcept { return static_cast<std::uint32_t>(capacity.size() - 1); }
  std::uint32_t last_option(std::size_t group) const noexcept { return first[group + 1] - 1; }
};

/// Where each group is, what all costs, and what no arrangement can undercut.
template <class Cost>
struct Placement {
  std::vector<std::uint32_t> option;  ///< Option of each group.
  Cost cost = 0;                      ///< Sum of the costs.
  Cost bound = 0;                     ///< No arrangement costs less.
};

/// The same problem with every group split into single people, each bearing an equal share.
///
/// Shares are exact: all costs are multiplied by `scale`, which every size divides; or rounded down where that number
/// would be too large, so that the least cost of the split problem is still a bound.
template <class Cost>
struct SplitTransport {
  Transport<Cost> problem;
  std::vector<std::uint32_t> group;  ///< Group of each person.
  Cost scale = 1;
};

/// The number by which costs are multiplied so that shares are exact: the least that all sizes divide, up to a limit.
std::int64_t scale_of(std::vector<std::int32_t> const& sizes);

/// Splits the groups. Linear in the options of all people.
template <class Cost>
SplitTransport<Cost> split(Transport<Cost> const& whole);

extern template SplitTransport<std::int64_t> split(Transport<std::int64_t> const&);
extern template SplitTransport<WideCost> split(Transport<WideCost> const&);

}  // namespace tutela::detail
