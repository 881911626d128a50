// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

#include <tutela/referral/routes.hpp>
#include "referral/hop_judge.hpp"
#include "referral/layers.hpp"
#include "referral/sphere.hpp"

namespace tutela::inline v0 {
namespace {

using detail::HopJudge;
using detail::Judged;
using detail::RouteCost;

/// Metres from home to the nearest place of a service that may be shown exactly.
std::optional<std::int64_t> metres_to(Network const& network, std::uint32_t stop, std::optional<Position> const& home,
                                      Date on)
{
  detail::Stop const what = network.index().stops[stop];
  if (!home || what.kind != detail::Stop::Kind::service) return std::nullopt;
  Service const& service = network.content().services[what.position];
  if (network.disclosure_of(service, on) != LocationDisclosure::exact) return std::nullopt;
  std::optional<double> nearest;
  for (LocationId const& id : service.locations) {
    Location const* location = network.find(id);
    if (location == nullptr || !location->position) continue;
    double const square = detail::chord_square(detail::to_vector(*home), detail::to_vector(*location->position));
    if (!nearest || square < *nearest) nearest = square;
  }
  if (!nearest) return std::nullopt;
  return std::llround(detail::metres(*nearest));
}

/// What is compared of a path, and where it is.
struct Point {
  std::size_t hops = 0;
  RouteCost days = 0;  ///< Hops of unknown duration, then days.
  std::optional<std::int64_t> metres;
  std::uint32_t stop = 0;

  [[nodiscard]] std::int64_t distance() const { return metres.value_or(std::numeric_limits<std::int64_t>::max()); }
  [[nodiscard]] auto measures() const { return std::tuple(hops, days, distance()); }

  [[nodiscard]] bool beats_or_equals(Point const& other) const
  {
    return hops <= other.hops && days <= other.days && distance() <= other.distance();
  }
};

/// Those that no other one beats, by hops, days and distance; of equals, the one whose path comes first.
std::vector<Point> front_of(std::vector<Point> points, detail::Layers<RouteCost> const& ways)
{
  auto const path = [&](Point const& point) {
    return point.hops == 0 ? std::vector<std::uint32_t>{} : ways.path(point.hops, point.stop);
  };
  std::sort(points.begin(), points.end(), [&](Point const& a, Point const& b) {
    if (a.measures() != b.measures()) return a.measures() < b.measures();
    return path(a) < path(b);
  });
  std::vector<Point> front;
  for (Point const& point : points)
    if (std::none_of(front.begin(), front.end(), [&](Point const& one) { return one.beats_or_equals(point); }))
      front.push_back(point);
  return front;
}

}  // namespace

Result<std::vector<RouteChoice>> find_route_front(Network const& network, RouteRequest const& request,
                                                  std::optional<Position> const& home, HopState least)
{
  auto goals = detail::goals_of(network, request);
  if (!goals) return std::move(goals).diagnostics();
  std::vector<RouteChoice> choices;
  if (goals->empty()) return choices;
  HopJudge judge(network, request, *goals);
  std::uint32_t const start = *network.node_number(node_of(request.from));
  std::vector<std::optional<Judged>> judged(network.hops().size());
  auto const extend = [&](RouteCost label, std::uint32_t hop) -> std::optional<RouteCost> {
    auto& one = judged[hop];
    if (!one) one = judge.judge(hop);
    if (one->state < least || one->state == HopState::blocked) return std::nullopt;
    return label + one->cost - detail::one_hop;  // hops are counted by the layers
  };
  detail::Layers<RouteCost> const ways(network.index(), start, 0, extend,
                                       [&](std::uint32_t stop) { return judge.is_goal(stop); });
  std::vector<Point> points;
  for (std::uint32_t const goal : *goals) {
    auto const metres = metres_to(network, goal, home, request.on);
    if (goal == start) points.push_back({0, 0, metres, goal});
    for (std::size_t hops = 1; hops <= ways.most_hops(); ++hops)
      if (auto const* way = ways.at(hops, goal)) points.push_back({hops, way->label, metres, goal});
  }
  for (Point const& point : front_of(std::move(points), ways))
    choices.push_back(
        {judge.route_over(point.hops == 0 ? std::vector<std::uint32_t>{} : ways.path(point.hops, point.stop)),
         point.metres});
  return choices;
}

}  // namespace tutela::inline v0
