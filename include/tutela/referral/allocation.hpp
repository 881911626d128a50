// SPDX-License-Identifier: Apache-2.0
/// \file
/// A proposal for a whole waiting list: which child could live where, and why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/referral/criteria.hpp>
#include <tutela/referral/network.hpp>
#include <tutela/referral/route.hpp>
#include <tutela/referral/waiting_list.hpp>

namespace tutela::inline v0 {

/// Whether a service may admit a child by the rules. Called for each child and service whose published age range and
/// sexes do not already rule it out; must not throw.
using ChildAdmissionTest = std::function<AdmissionAnswer(WaitingChild const&, Service const&)>;

/// Rooms of a service with the same traits.
struct ServiceRoom {
  std::vector<std::string> traits;  ///< What they have, as code words: `step_free`, `single`.
  std::int64_t places = 0;          ///< Free places in them, 0 or more.

  friend bool operator==(ServiceRoom const&, ServiceRoom const&) = default;
};

/// The free rooms of a service. A service without them takes no child who needs a trait: it is not known to suit.
struct ServiceRooms {
  ServiceId service;               ///< The service.
  std::vector<ServiceRoom> rooms;  ///< Its rooms.

  friend bool operator==(ServiceRooms const&, ServiceRooms const&) = default;
};

/// How places are proposed.
enum class AllocationMethod : std::uint8_t {
  least_total,         ///< The best for all together, by the criteria in their order.
  deferred_acceptance  ///< Each asks for the best left; a service keeps whom it suits best (Gale and Shapley 1962).
};

/// A question about a whole waiting list.
struct AllocationRequest {
  Date on;                                                  ///< The day the question is asked for.
  std::vector<WaitingChild> children;                       ///< The waiting list.
  std::vector<Criterion> order = usual_order();             ///< What counts after the law; each at most once.
  std::vector<ServiceRooms> rooms;                          ///< Free rooms, where traits of rooms matter.
  ChildAdmissionTest admission;                             ///< The rules' view; left out where published data must do.
  AllocationMethod method = AllocationMethod::least_total;  ///< How places are proposed.
  std::int32_t fresh_days = 7;        ///< Free places seen more days ago than this are unknown. 0 or more.
  std::int64_t school_metres = 5000;  ///< Within this distance of the school a child can stay there. 0 or more.
  std::size_t most_options = 0;       ///< Services looked at for each child, best first; 0 is all of them.
};

/// Why a child is proposed for this service, or for none.
enum class PlacementReason : std::uint8_t {
  suits_best,         ///< No service suits this child better by the criteria.
  another_first,      ///< One suits better and is full; who is there could only move at the cost of a criterion.
  equal_claim,        ///< One suits better and is full; all criteria are equal, the order of the list decided.
  no_room_together,   ///< One suits better and has too few free places for the siblings together.
  rooms_do_not_suit,  ///< One suits better and has no free room with what is needed.
  must_be_apart,      ///< One suits better and somebody is proposed there who must live apart.
  family_care_first,  ///< None: family care is possible, or nobody has ruled it out; institutions are not proposed.
  places_unknown,     ///< None: services would do whose free places are not known.
  all_full,           ///< None: services would do and are full.
  no_service          ///< None: no service of these kinds may admit the child.
};

/// The word for programs: `another_first`.
[[nodiscard]] TUTELA_API std::string_view to_string(PlacementReason reason) noexcept;

/// What is proposed for one child.
struct ChildProposal {
  CaseId child;                                          ///< The child.
  std::optional<ServiceId> service;                      ///< The service proposed; nothing when the child waits.
  HopState state = HopState::blocked;                    ///< Whether the service may certainly admit the child.
  PlacementReason reason = PlacementReason::no_service;  ///< Why.
  std::optional<ServiceId> better;      ///< The service that would suit better, where the reason speaks of one.
  std::optional<Criterion> better_by;   ///< By which criterion that one is better for this child (or siblings).
  std::optional<Criterion> decided_by;  ///< For `another_first`: the criterion that would suffer for all together.
  std::optional<ServiceId> runner_up;   ///< The next best service for the child, free or not.
  std::optional<Criterion> behind_by;   ///< The first criterion by which the runner-up is behind; nothing when equal.
  std::vector<std::string> ask;         ///< Facts that would make the proposal certain, or better.

  friend bool operator==(ChildProposal const&, ChildProposal const&) = default;
};

/// What a proposal reaches by one criterion.
struct CriterionSum {
  Criterion criterion = Criterion::placed;  ///< The criterion.
  std::int64_t value = 0;                   ///< Sum over all children; less is better.
  std::int64_t bound = 0;                   ///< In the order of the criteria, no arrangement is below these.

  friend bool operator==(CriterionSum const&, CriterionSum const&) = default;
};

/// A proposal for people to look at. It decides nothing and admits nobody: a named person decides for each child, can
/// always decide otherwise, and answers for it.
struct AllocationProposal {
  std::vector<ChildProposal> children;  ///< In the order of the request.
  std::vector<CriterionSum> criteria;   ///< First to last.

  /// True when it is proven that no arrangement is better for all together.
  [[nodiscard]] TUTELA_API bool is_best() const noexcept;

  friend bool operator==(AllocationProposal const&, AllocationProposal const&) = default;
};

/// Proposes places for a waiting list.
///
/// Never proposed: a service that is closed or may not admit the child; one whose free places are not known; an
/// institution (or a service whose form is not known) while care in a family is possible or not ruled out, whether by
/// `family_care` or because a family-based service of the needed kinds may take the child and its places are not
/// known. Siblings of one group are proposed together or not at all. Equal requests have equal answers.
/// \return The proposal, or all that is wrong with the request.
/// \complexity Up to the number of children times services for the options; then as `assign`.
[[nodiscard]] TUTELA_API Result<AllocationProposal> allocate(Network const& network, AllocationRequest const& request,
                                                             Limits const& limits = {});

/// Somebody who could complain: a child suits a service better than somebody who is proposed there, and would rather be
/// there.
struct JustifiedEnvy {
  CaseId child;       ///< Who would rather be there; of siblings the first.
  ServiceId service;  ///< Where.
  CaseId instead_of;  ///< Who is proposed there and suits it less; of siblings the first.

  friend bool operator==(JustifiedEnvy const&, JustifiedEnvy const&) = default;
};

/// Audits a proposal: everybody with justified envy, in the order of the list. Empty for single children under
/// `deferred_acceptance`.
///
/// For those who answer for the proposal, never for families: it speaks of other children.
[[nodiscard]] TUTELA_API Result<std::vector<JustifiedEnvy>> justified_envy(Network const& network,
                                                                           AllocationRequest const& request,
                                                                           AllocationProposal const& proposal,
                                                                           Limits const& limits = {});

}  // namespace tutela::inline v0
