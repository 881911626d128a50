// SPDX-License-Identifier: Apache-2.0
/// \file
/// From children and services to options with what they cost by each criterion (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tutela/referral/allocation.hpp>
#include "referral/group_search.hpp"
#include "referral/levels.hpp"
#include "referral/sphere.hpp"

namespace tutela::detail {

/// A service that could take children.
struct Candidate {
  Service const* service = nullptr;
  std::optional<std::int64_t> free;  ///< Free places on the day; nothing when not known.
  std::optional<UnitVector> at;
  std::vector<std::string> const* area_codes = nullptr;
};

/// Why a child without options has none, and what to ask.
struct Shortage {
  PlacementReason reason = PlacementReason::no_service;
  std::vector<std::string> ask;
};

/// The options of all groups. A group is one child, or siblings together.
struct OptionTable {
  std::vector<Criterion> criteria;                  ///< First to last.
  std::vector<Candidate> candidates;                ///< By identifier; place of an option is the position.
  std::vector<std::vector<std::uint32_t>> members;  ///< Positions of the children of each group.
  LeveledProblem problem;                           ///< Beside `criteria` and `members`.
  Constraints constraints;
  std::vector<Shortage> shortage;  ///< Of each group, for when it gets no proposal.
};

/// All that is wrong with a request.
Diagnostics check_allocation(Network const& network, AllocationRequest const& request, Limits const& limits);

/// Builds the table of a request that was found sound, or says which limit is in the way.
Result<OptionTable> build_options(Network const& network, AllocationRequest const& request, Limits const& limits);

/// Whether a service may admit a child, by published data, acts and the caller's rules; and what to ask.
struct ChildAdmission {
  HopState state = HopState::certain;
  std::vector<std::string> ask;
};
ChildAdmission admit(Network const& network, AllocationRequest const& request, WaitingChild const& child,
                     Service const& service);

}  // namespace tutela::detail
