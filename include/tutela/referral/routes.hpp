// SPDX-License-Identifier: Apache-2.0
/// \file
/// More than one path for one person, and the best paths of many persons.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/model/place.hpp>
#include <tutela/referral/network.hpp>
#include <tutela/referral/route.hpp>

namespace tutela::inline v0 {

/// The answers of `find_route` for many persons.
///
/// \param threads How many threads share the work; 0: as many as the machine runs at once. The admission tests of the
///                requests are then called from several threads.
/// \return One answer for each request, in their order, or all that is wrong with any of them.
/// \complexity That of `find_route` for each, divided among the threads.
[[nodiscard]] TUTELA_API Result<std::vector<RouteAnswer>> find_routes(Network const& network,
                                                                      std::vector<RouteRequest> const& requests,
                                                                      std::size_t threads = 1,
                                                                      Limits const& limits = {});

/// The `count` best paths for one person, best first, in the order that `find_route` uses.
///
/// No path comes to a stop twice. Two paths over the same stops on other grounds are two paths. The first one is the
/// one that `find_route` gives.
/// \param least How sure each hop must be.
/// \return The paths, fewer where there are no more; or what is wrong with the request; or the limit `search_steps`
///         (stops looked at).
/// \source{Yen, Finding the k shortest loopless paths in a network, 1971; Lawler, 1972}
/// \complexity One search over the hops for each hop of each path found.
[[nodiscard]] TUTELA_API Result<std::vector<Route>> find_best_routes(Network const& network,
                                                                     RouteRequest const& request, std::size_t count,
                                                                     HopState least = HopState::possible,
                                                                     Limits const& limits = {});

/// A path to choose, and how far its service is.
struct RouteChoice {
  Route route;                         ///< The path.
  std::optional<std::int64_t> metres;  ///< From home to the nearest place of the service; nothing when not known or
                                       ///< not to be shown.

  friend bool operator==(RouteChoice const&, RouteChoice const&) = default;
};

/// The paths of which none is beaten by another in hops, days and distance alike (Pareto front), by hops, then days.
///
/// Days count as in `find_route`: fewer hops of unknown duration first. The distance is the great circle from `home` to
/// the nearest place of the service; it counts only where the place may be shown exactly, and a distance that is not
/// known, or not to be shown, counts as longer than any other. Of paths that are alike in all three one is given, whose
/// stops and grounds come first in order.
/// \param home  Where the person lives; nothing: distances are not known.
/// \param least How sure each hop must be.
/// \complexity O(L H) for H hops and paths of at most L hops that are worth looking at.
[[nodiscard]] TUTELA_API Result<std::vector<RouteChoice>> find_route_front(Network const& network,
                                                                           RouteRequest const& request,
                                                                           std::optional<Position> const& home,
                                                                           HopState least = HopState::possible);

/// A path whose hops are taken on different days.
struct DatedRoute {
  Route route;                  ///< The path; each hop is proven for its own day, `days` count from the question.
  std::vector<Date> on;         ///< The day on which each hop is taken.
  std::optional<Date> arrives;  ///< Certain paths: at the latest; possible ones: at the earliest. Nothing: not known.

  friend bool operator==(DatedRoute const&, DatedRoute const&) = default;
};

/// The best certain path over time; where a possible one may come earlier, that one.
struct DatedRouteAnswer {
  std::optional<DatedRoute> certain;   ///< The path that certainly ends first, if any is certain.
  std::optional<DatedRoute> possible;  ///< The path that may end first, where that is before `certain` may end.
};

/// The best paths when time passes under way: every hop must be open on the day on which it is taken.
///
/// A hop is taken when the one before is done, or later, when its ground holds later: a person may wait. Everything about
/// a hop counts as on its day: agreement, ground, acts, age, free places, waiting times. A free place that was seen today
/// is not known to be free in a month.
///
/// For the certain path every hop takes as long as it may; after a hop whose duration has no upper bound only hops count
/// that stay open from some day on forever. It has the fewest hops of unknown duration, then the earliest last day, then
/// the fewest hops. For the possible one every hop takes the least. The rules' admission test is asked about the service,
/// not about a day: where rules are run their answer must hold for the days in question.
/// \complexity O(L H) as for `find_route_front`, times the days on which a hop changes.
[[nodiscard]] TUTELA_API Result<DatedRouteAnswer> find_dated_route(Network const& network, RouteRequest const& request);

}  // namespace tutela::inline v0
