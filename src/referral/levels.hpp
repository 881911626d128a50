// SPDX-License-Identifier: Apache-2.0
/// \file
/// Several criteria in strict order as one whole number, solved and taken apart again (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "referral/group_search.hpp"
#include "referral/transport.hpp"

namespace tutela::detail {

/// A problem whose options cost something by each of several criteria; an earlier criterion outweighs all later ones.
struct LeveledProblem {
  Transport<std::int64_t> options;               ///< Its `cost` is empty.
  std::vector<std::vector<std::int64_t>> level;  ///< By criterion: cost of each option for the whole group, 0 or more.
};

/// An arrangement with the sum of each criterion.
struct LeveledPlacement {
  std::vector<std::uint32_t> option;  ///< Of each group.
  std::vector<std::int64_t> sum;      ///< By criterion.
  std::vector<std::int64_t> bound;    ///< By criterion; in the order of the criteria no arrangement is below it.
};

/// Arranges the groups by the criteria, first to last. Nothing when the numbers are too large for 128 bits.
///
/// Where nobody has to be kept together or apart and no rooms are needed, the arrangement is the best one.
std::optional<LeveledPlacement> place_by_levels(LeveledProblem const& problem, Constraints const& constraints,
                                                std::size_t steps);

/// True when groups, pairs and rooms bind nobody, so that the arrangement is exact.
bool is_plain(Transport<std::int64_t> const& options, Constraints const& constraints) noexcept;

/// The criteria packed into one cost for each option; nothing when they do not fit.
template <class Cost>
struct Packed {
  Transport<Cost> problem;
  std::vector<Cost> weight;            ///< Of each criterion.
  std::vector<std::int64_t> constant;  ///< What every arrangement costs by each criterion; not in the packed costs.
};

template <class Cost>
std::optional<Packed<Cost>> pack(LeveledProblem const& problem);

extern template std::optional<Packed<std::int64_t>> pack(LeveledProblem const&);
extern template std::optional<Packed<WideCost>> pack(LeveledProblem const&);

}  // namespace tutela::detail
