// SPDX-License-Identifier: Apache-2.0
/// \file
/// Groups to places at the least cost, on anonymous demand: the solver below `allocate`.
#pragma once

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/referral/rooms.hpp>

namespace tutela::inline v0 {

/// Stands for "in no place": the group waits.
inline constexpr std::uint32_t no_place = std::numeric_limits<std::uint32_t>::max();

/// A place at which a group could be, and what that costs.
struct AssignmentOption {
  std::uint32_t place = 0;  ///< Position in `AssignmentProblem::places`.
  std::int64_t cost = 0;    ///< Cost for the whole group, 0 or more; the caller says in what.

  friend bool operator==(AssignmentOption const&, AssignmentOption const&) = default;
};

/// People who are placed together or not at all.
struct AssignmentGroup {
  std::int32_t people = 1;                ///< How many, 1 or more.
  std::vector<AssignmentOption> options;  ///< Where they could be; each place once.
  std::int64_t waiting_cost = 0;          ///< Cost of waiting, for who has to wait when somebody must.
  std::vector<RoomNeed> needs;            ///< Rooms that some of them need; empty: any room.

  friend bool operator==(AssignmentGroup const&, AssignmentGroup const&) = default;
};

/// A place that takes people.
struct AssignmentPlace {
  std::int64_t capacity = 0;      ///< How many it takes, 0 or more.
  std::vector<RoomSupply> rooms;  ///< Its rooms, where traits matter; empty: every room suits everybody.

  friend bool operator==(AssignmentPlace const&, AssignmentPlace const&) = default;
};

/// Groups, places, and groups that must not share a place.
struct AssignmentProblem {
  std::vector<AssignmentPlace> places;                         ///< The places.
  std::vector<AssignmentGroup> groups;                         ///< The groups.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> apart;  ///< Positions of groups that must not share a place.
};

/// Where each group is placed, and how far from the best that can be at most.
struct AssignmentPlan {
  std::vector<std::uint32_t> place;  ///< Of each group; `no_place` when it waits.
  std::int64_t waiting = 0;          ///< People who wait.
  std::int64_t cost = 0;             ///< Sum of the costs.
  std::int64_t waiting_bound = 0;    ///< No plan lets fewer people wait;
  std::int64_t cost_bound = 0;       ///< and none that lets as few wait as the bound costs less.

  /// True when the plan is proven to be the best: it meets its bound.
  [[nodiscard]] bool is_best() const noexcept { return waiting == waiting_bound && cost == cost_bound; }

  friend bool operator==(AssignmentPlan const&, AssignmentPlan const&) = default;
};

/// Places the groups so that as few people as possible wait and, among such plans, the sum of costs is least.
///
/// Without groups of several people, pairs apart and needs of rooms the plan is the best one. With them the problem is
/// NP-hard; the plan is a good one, and the bounds, which come from the problem with all groups split, say how good.
/// The same problem always has the same plan.
/// \return The plan, or what is wrong with the problem: a negative number, a place that does not exist or stands twice
///         among the options of a group, a group without people, a group apart from itself; or the limit `elements`
///         (groups, options) or costs beyond 128 bits.
/// \complexity For n people with k options each and p places: O(n k) memory; each person who finds no free place at once
///         takes one search over the places, O(n k + p log p). With groups `limits.search_steps` bounds the tries that
///         polish the plan.
[[nodiscard]] TUTELA_API Result<AssignmentPlan> assign(AssignmentProblem const& problem, Limits const& limits = {});

/// For each place in turn: the plan if that place took nobody. Costs and bounds as in `assign`.
///
/// Each starts from the best plan with all places open, so only those whom the closure touches are moved.
/// \return One plan for each place, or what is wrong; only for problems without groups of several people, pairs apart
///         and needs of rooms, for which every plan is the best one.
[[nodiscard]] TUTELA_API Result<std::vector<AssignmentPlan>> assign_without_each(AssignmentProblem const& problem,
                                                                                 Limits const& limits = {});

/// What one more place is worth where.
struct PlaceWorth {
  std::int64_t waiting = 0;  ///< By how many fewer people would wait: 0 or 1.
  std::int64_t cost = 0;     ///< By how much the costs fall; may be negative when fewer wait.

  friend bool operator==(PlaceWorth const&, PlaceWorth const&) = default;
};

/// For each place: what changes in the best plan with one more place there. Same conditions as `assign_without_each`.
[[nodiscard]] TUTELA_API Result<std::vector<PlaceWorth>> worth_of_one_more(AssignmentProblem const& problem,
                                                                           Limits const& limits = {});

}  // namespace tutela::inline v0
