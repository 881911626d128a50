// SPDX-License-Identifier: Apache-2.0
/// \file
/// Which agreements to conclude and where to make room so that people reach a kind of service.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/referral/network.hpp>
#include <tutela/referral/reach.hpp>

namespace tutela::inline v0 {

/// An agreement that could be concluded: one agency or unit could then refer to a stop.
///
/// It would be in force on the day and allow the purposes and the data in question; it needs consent, as any agreement.
struct PossibleAgreement {
  AgencyId from;          ///< Agency or unit that would refer.
  NodeId to;              ///< Agency, unit or service that would be referred to.
  std::int64_t cost = 1;  ///< What concluding it costs, in any unit; 0 or more. With 1 for each, the fewest are found.

  friend bool operator==(PossibleAgreement const&, PossibleAgreement const&) = default;
};

/// A service that could be given room: people of the class in question would then find a free place.
struct PossiblePlaces {
  ServiceId service;      ///< The service.
  std::int64_t cost = 1;  ///< What that costs, in the unit of the agreements; 0 or more.

  friend bool operator==(PossiblePlaces const&, PossiblePlaces const&) = default;
};

/// The cheapest agreements, and places where some are offered.
struct AgreementRepair {
  std::vector<std::size_t> chosen;  ///< Positions of the agreements to conclude, ascending; none where none is needed.
  std::vector<std::size_t> places;  ///< Positions of the places to make, ascending.
  std::int64_t cost = 0;            ///< What they cost together.
  std::int64_t bound = 0;           ///< No choice that serves as many costs less.
  std::vector<std::size_t> unserved;  ///< Positions of clients whom all of them together would not help.
  bool is_least = false;              ///< Proven: `cost` is `bound`.

  friend bool operator==(AgreementRepair const&, AgreementRepair const&) = default;
};

/// At most so many agreements and places together can be weighed against each other.
inline constexpr std::size_t most_possible_agreements = 64;

/// Finds the cheapest agreements and places with which every client whom they can help at all reaches a service of the kind.
///
/// An agreement may lead to a service that is full: then both are needed. How many people share a place is not looked at; say in
/// the cost what room for all of them costs. A service that is closed or out of service, or may not admit the client, is not
/// opened by a place.
///
/// One client for each agency of an area and class of people asks whether the area is served. The problem is NP-hard (it
/// holds the set cover problem): it is solved to the end by branch and bound within `Limits::search_steps`; beyond, the
/// best choice that was found comes with the bound. Of choices that cost the same the first one found is given, which is the
/// same for the same question.
/// \param least How sure each path must be.
/// \return The repair, or all that is wrong: a stop that the network lacks, a negative cost, more agreements and places than
///         `most_possible_agreements`.
/// \complexity O(K (H + S)) for K agreements and places, for each client; then exponential in K at worst.
[[nodiscard]] TUTELA_API Result<AgreementRepair> cheapest_agreements(
    Network const& network, std::vector<ReachClient> const& clients, ServiceKind const& kind,
    std::vector<PossibleAgreement> const& agreements, std::vector<PossiblePlaces> const& places,
    HopState least = HopState::certain, Limits const& limits = {});

}  // namespace tutela::inline v0
