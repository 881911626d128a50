// SPDX-License-Identifier: Apache-2.0
/// \file
/// The conditions of hops and services, taken apart so that 64 clients are tested at once (internal).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tutela/referral/reach.hpp>
#include "referral/network_index.hpp"

namespace tutela::detail {

/// One bit for each of 64 clients: for whom a thing holds certainly, and for whom it may hold.
struct Rails {
  std::uint64_t certain = 0;
  std::uint64_t possible = 0;

  friend Rails operator&(Rails a, Rails b) noexcept { return {a.certain & b.certain, a.possible & b.possible}; }
};

/// States of a thing from day to day: each holds from its first day until that of the next one.
struct Segment {
  std::uint32_t from = 0;  ///< Position in `ReachTerms::days`.
  Truth holds = Truth::no;

  friend auto operator<=>(Segment const&, Segment const&) = default;
};

/// What a ground asks beside its days. Equal for many grounds, so each is tested once.
struct GroundTerms {
  BasisKind kind = BasisKind::same_agency;
  std::vector<std::uint32_t> refused_purposes;    ///< Numbers of purposes that it does not allow, ascending.
  std::vector<std::uint32_t> refused_categories;  ///< Numbers of data categories that it does not allow, ascending.
  bool purposes_hidden = false;                   ///< It was not published which purposes it allows.
  bool categories_hidden = false;
  bool needs_consent = false;
  std::string act;                       ///< For `act`: which.
  std::optional<AgreementScope> covers;  ///< Whom the agreement covers; nothing without a limit.

  friend auto operator<=>(GroundTerms const&, GroundTerms const&) = default;
};

/// A hop as numbers of its terms.
struct HopTerms {
  std::uint32_t to = 0;
  std::uint32_t ground = 0;   ///< Position in `ReachTerms::grounds`.
  std::uint32_t days = 0;     ///< Position in `ReachTerms::day_terms`.
  std::uint32_t arrival = 0;  ///< Position in `ReachTerms::arrivals`, when it leads to a service; else `no_arrival`.
  bool waits = true;          ///< Places count.
};

inline constexpr std::uint32_t no_arrival = UINT32_MAX;

/// What counts at the end of a hop to a service.
struct ArrivalTerms {
  Service const* service = nullptr;
  std::uint32_t admission = 0;  ///< Services with the same number publish the same about admission.
  std::uint32_t places = 0;     ///< Position in `ReachTerms::day_terms`.
};

/// A network taken apart.
struct ReachTerms {
  std::vector<std::int64_t> days;               ///< Days since 1970 on which something changes, ascending; first: ever.
  std::vector<std::vector<Segment>> day_terms;  ///< Distinct; 0 is "always".
  std::vector<GroundTerms> grounds;             ///< Distinct; 0 is "asks nothing".
  std::vector<std::string> purposes;            ///< Purposes that somebody has, by number.
  std::vector<std::string> categories;          ///< Data categories that somebody has, by number.
  std::vector<HopTerms> hops;                   ///< Beside the hops of the network.
  std::vector<std::uint32_t> to_services;       ///< Numbers of the hops that lead to services.
  std::vector<ArrivalTerms> arrivals;
  std::vector<std::vector<std::uint32_t>> alike;  ///< Arrivals by number of admission.
  bool acts_matter = false;                       ///< Some hop rests on an act, so paths depend on where they lead.
};

ReachTerms take_apart(Network const& network, ReachRequest const& request);

}  // namespace tutela::detail
