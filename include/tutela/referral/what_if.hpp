// SPDX-License-Identifier: Apache-2.0
/// \file
/// What would change if a service closed, an agreement lapsed, places were added or a new agreement came.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/referral/allocation.hpp>
#include <tutela/referral/network.hpp>
#include <tutela/referral/reach.hpp>

namespace tutela::inline v0 {

/// A service takes nobody any more.
struct ServiceCloses {
  ServiceId service;  ///< Which.
};

/// A service takes nobody for some days: repair, quarantine, evacuation.
struct ServiceRests {
  ServiceId service;   ///< Which.
  Period days;         ///< When; without an end until further notice.
  std::string reason;  ///< Why, as a code word.
};

/// A service has more free places, or fewer, of those that are known; on every day for which they are, and in every
/// capacity, whose limit grows with them where it must.
struct PlacesAdded {
  ServiceId service;        ///< Which.
  std::int64_t places = 0;  ///< How many more; may be negative.
};

/// An agreement ends on the day of the question.
struct AgreementLapses {
  AgreementId agreement;  ///< Which.
};

/// A new agreement with its grounds.
struct AgreementAdded {
  Agreement agreement;       ///< The agreement.
  std::vector<Basis> bases;  ///< Who may refer to whom under it.
};

/// One change of a network.
using NetworkChange = std::variant<ServiceCloses, ServiceRests, PlacesAdded, AgreementLapses, AgreementAdded>;

/// The network after a change on a day; the one before stays as it is.
/// \return The network, or what is wrong with the change: something the network lacks, fewer than no places, free places
///         that are not known, or an agreement that `Network::build` refuses.
/// \complexity That of building a network.
[[nodiscard]] TUTELA_API Result<Network> changed(Network const& network, NetworkChange const& change, Date on,
                                                 Limits const& limits = {});

/// A child for whom another service is proposed than before.
struct ChangedProposal {
  CaseId child;                     ///< The child.
  std::optional<ServiceId> before;  ///< Proposed before; nothing when the child waited.
  std::optional<ServiceId> after;   ///< Proposed after; nothing when the child waits.

  friend bool operator==(ChangedProposal const&, ChangedProposal const&) = default;
};

/// How a proposal differs after a change.
struct AllocationDifference {
  std::vector<ChangedProposal> children;  ///< Those with another proposal, in the order of the list.
  std::vector<CriterionSum> before;       ///< What was reached, by criterion;
  std::vector<CriterionSum> after;        ///< and what is reached after the change.

  friend bool operator==(AllocationDifference const&, AllocationDifference const&) = default;
};

/// What a change does to the proposal for a waiting list. Agreements do not bear on it; see `compare_reach`.
[[nodiscard]] TUTELA_API Result<AllocationDifference> what_if(Network const& network, AllocationRequest const& request,
                                                              NetworkChange const& change, Limits const& limits = {});

/// A closure and what it does.
struct Closure {
  ServiceId service;                ///< The service that closes.
  AllocationDifference difference;  ///< What it does.

  friend bool operator==(Closure const&, Closure const&) = default;
};

/// What the closure of each service does, one by one, for all services that could take a child of the list.
///
/// For single children without needs of rooms and without who must be apart, each starts from the best proposal and only
/// moves those whom the closure touches; otherwise each is allocated anew.
/// \return One entry for each service, in the order of identifiers, or what is wrong with the request.
[[nodiscard]] TUTELA_API Result<std::vector<Closure>> what_if_each_closes(Network const& network,
                                                                          AllocationRequest const& request,
                                                                          Limits const& limits = {});

/// Places to add at services.
struct Repair {
  std::vector<PlacesAdded> places;  ///< Where and how many, in the order of identifiers; none where nobody need wait.
  std::int64_t added = 0;           ///< How many in all.
  std::int64_t still_waiting = 0;   ///< Children whom no place of the network's services would help.
  bool is_least = false;            ///< Proven that no fewer places would do.
};

/// The fewest places to add so that nobody waits who could be placed at all; among such repairs, the one with the best
/// proposal by the criteria. Services whose free places are not known are not enlarged; added places have the rooms that
/// are needed; siblings are counted as if they took either free places or added ones, not some of both.
/// \return The repair, or what is wrong with the request; also when somebody must be apart from somebody.
[[nodiscard]] TUTELA_API Result<Repair> cheapest_repair(Network const& network, AllocationRequest const& request,
                                                        Limits const& limits = {});

/// A client to whom a change shuts or opens stops.
struct ChangedReach {
  std::size_t client = 0;             ///< Position of the client.
  std::vector<std::uint32_t> lost;    ///< Stops no longer reached at least that surely.
  std::vector<std::uint32_t> gained;  ///< Stops reached only after the change.

  friend bool operator==(ChangedReach const&, ChangedReach const&) = default;
};

/// The clients whose reach differs between two networks with the same stops, for example before and after an agreement
/// lapses. \throws ContractViolation when the tables differ in clients or stops.
[[nodiscard]] TUTELA_API std::vector<ChangedReach> compare_reach(ReachTable const& before, ReachTable const& after,
                                                                 HopState least = HopState::certain);

}  // namespace tutela::inline v0
