// SPDX-License-Identifier: Apache-2.0
/// \file
/// A whole network on one day: what it holds, where places are missing, what it hangs on, what would help.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/referral/gaps.hpp>
#include <tutela/referral/network.hpp>
#include <tutela/referral/resilience.hpp>

namespace tutela::inline v0 {

/// What is asked about a network as a whole.
struct ReviewRequest {
  Date on;                         ///< The day.
  std::vector<CareDemand> demand;  ///< Who needs what where; empty: gaps, minimum cut and repair are not asked.
  bool synthetic_demand = false;   ///< True when the demand is made up; the report says so wherever it counts.
  std::vector<AgencyId> agencies;  ///< Whose dependence on single stops is looked at; empty: all that refer on.
  std::int32_t closures = 10;      ///< How many of the largest services to close, one at a time. 0 or more.
  std::int32_t fresh_days = 7;     ///< Free places seen more days ago than this are unknown. 0 or more.
};

/// Services and their places: maxima as published, in units of which one person takes one.
struct OfferCount {
  std::int64_t services = 0;          ///< Services that are not closed.
  std::int64_t places = 0;            ///< Their places, where known.
  std::int64_t unknown_services = 0;  ///< Services whose places are not known.

  friend bool operator==(OfferCount const&, OfferCount const&) = default;
};

/// What there is of one kind of service.
struct KindOffer {
  ServiceKind kind;        ///< The kind.
  OfferCount offer;        ///< All of it, protected services too.
  std::int64_t areas = 0;  ///< Areas with at least one.
  std::int64_t alone = 0;  ///< Areas with one only.

  friend bool operator==(KindOffer const&, KindOffer const&) = default;
};

/// What there is in one area, of services that may be told to lie there.
struct AreaOffer {
  std::string code;        ///< The largest code that a place has, or the English name of its area where it has none.
  OfferCount offer;        ///< What there is.
  std::int64_t kinds = 0;  ///< Kinds of service.
  std::int64_t alone = 0;  ///< Kinds of which there is one service only.

  friend bool operator==(AreaOffer const&, AreaOffer const&) = default;
};

/// A service that is out of service on the day.
struct RestingService {
  ServiceId service;          ///< The service.
  std::string reason;         ///< Why, as a code word.
  std::optional<Date> until;  ///< First day on which it takes people again; nothing: until further notice.

  friend bool operator==(RestingService const&, RestingService const&) = default;
};

/// A stop on which agencies depend.
struct DependedStop {
  NodeId node;                ///< The stop.
  std::int64_t agencies = 0;  ///< Agencies that lose something without it.
  std::int64_t services = 0;  ///< The most services that one of them loses.

  friend bool operator==(DependedStop const&, DependedStop const&) = default;
};

/// How many of those in need get through at once, by kind of service.
struct NeedBottleneck {
  ServiceKind need;  ///< The kind.
  Bottleneck cut;    ///< The narrowest stops.

  friend bool operator==(NeedBottleneck const&, NeedBottleneck const&) = default;
};

/// What the closure of one service would change.
struct ClosureReview {
  ServiceId service;                    ///< The service.
  std::string area;                     ///< Its area.
  std::int64_t places = 0;              ///< Its places.
  std::int64_t left = 0;                ///< Places of its kind that the area keeps.
  std::optional<std::int64_t> nearest;  ///< Metres to the nearest other service of the kind; both shown exactly.
  std::optional<std::int64_t>
      missing;  ///< People by whom rows of demand miss more, all together; nothing without demand.

  friend bool operator==(ClosureReview const&, ClosureReview const&) = default;
};

/// Places that would help one row of demand.
struct RowRepair {
  std::size_t row = 0;      ///< Position in the demand.
  std::int64_t places = 0;  ///< How many to add in its area for its ages.

  friend bool operator==(RowRepair const&, RowRepair const&) = default;
};

/// The answer. Whatever names an area counts only services that may be told to lie there.
struct NetworkReview {
  ReviewRequest request;                    ///< What was asked.
  OfferCount offer;                         ///< All services.
  std::int64_t closed_services = 0;         ///< Services that take nobody on the day.
  std::vector<RestingService> resting;      ///< Those of them that are out of service, in the order of the network.
  std::int64_t shown_exactly = 0;           ///< Services with a place that may be shown exactly.
  std::int64_t shown_as_area = 0;           ///< Services of which the area may be told and no more.
  std::int64_t not_shown = 0;               ///< Services whose place may not be told, or none was published.
  std::int64_t open_agreements = 0;         ///< Agreements under which referrals may be made on the day.
  std::int64_t open_grounds = 0;            ///< Grounds between agencies that count on the day.
  std::vector<KindOffer> kinds;             ///< By places, most first.
  std::vector<AreaOffer> areas;             ///< By code.
  std::vector<CoverageGap> gaps;            ///< One for each row of demand.
  std::optional<std::int64_t> agencies;     ///< Agencies looked at for dependence; nothing when there are too many.
  std::vector<DependedStop> depended;       ///< By agencies, then services, most first.
  std::vector<NeedBottleneck> bottlenecks;  ///< For each kind that an agency of the demand refers to.
  std::vector<ClosureReview> closures;      ///< The largest services first.
  std::vector<RowRepair> repair;            ///< The fewest places to add so that all demand fits in its areas.
};

/// Looks at a network as a whole.
///
/// Gaps look at each row of demand alone. The repair looks at all rows together: two rows never share a place, so its sum
/// may be more than what the rows miss one by one. It is the least number, by maximum flow; where several rows could get
/// the places, earlier rows are filled first. Protected places count for no area, so neither gaps nor repair know them.
/// The minimum cut takes places as published, and no service that is known to be full on the day. For dependence every hop
/// counts that is not blocked for a person of whom nothing is known.
/// \return The review, or what is wrong with the request (see `coverage_gaps`).
/// \complexity For D rows, S services, A agencies and H hops: O(D S) for each closure, A searches over H hops; more than
///             2*10^7 hop tests are not begun unless `agencies` are named.
[[nodiscard]] TUTELA_API Result<NetworkReview> review_network(Network const& network, ReviewRequest const& request,
                                                              Limits const& limits = {});

}  // namespace tutela::inline v0
