// SPDX-License-Identifier: Apache-2.0
#include <tutela/casework/monitoring_area.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace tutela::inline v0 {
namespace {

constexpr std::int32_t largest_latitude = 850'000'000;
constexpr std::int32_t largest_longitude = 1'800'000'000;
constexpr std::int64_t whole_circle = 3'600'000'000;
constexpr std::int64_t widest = 20'000'000;  // two degrees
constexpr double steps_of_degree = 1e7;

/// Metres of one step of latitude and of longitude at a latitude.
struct Scale {
  double latitude;
  double longitude;
};

/// The usual series of the ellipsoid WGS 84. \source{NGA, Length of a degree of latitude and longitude}
Scale scale_at(double latitude_steps) noexcept
{
  double const c = std::cos(latitude_steps / steps_of_degree * (std::numbers::pi / 180));
  double const cos2 = 2 * c * c - 1;
  double const cos3 = (4 * c * c - 3) * c;
  double const cos4 = 2 * cos2 * cos2 - 1;
  double const cos5 = ((16 * c * c - 20) * c * c + 5) * c;
  return {(111'132.92 - 559.82 * cos2 + 1.175 * cos4) / steps_of_degree,
          (111'412.84 * c - 93.5 * cos3 + 0.118 * cos5) / steps_of_degree};
}

/// Steps of longitude from one to the other, the short way.
std::int64_t east_of(GroundPoint from, GroundPoint to) noexcept
{
  auto const steps = std::int64_t{to.longitude} - from.longitude;
  if (steps > whole_circle / 2) return steps - whole_circle;
  if (steps < -whole_circle / 2) return steps + whole_circle;
  return steps;
}

struct Flat {
  double east;
  double north;
};

/// Where `to` lies on a plane around `from`, in metres.
Flat seen_from(GroundPoint from, GroundPoint to, Scale scale) noexcept
{
  return {static_cast<double>(east_of(from, to)) * scale.longitude,
          static_cast<double>(std::int64_t{to.latitude} - from.latitude) * scale.latitude};
}

/// Distance from the origin to a straight piece.
double distance_to_piece(Flat from, Flat to) noexcept
{
  double const east = to.east - from.east;
  double const north = to.north - from.north;
  double const length = east * east + north * north;
  double const along = length > 0 ? std::clamp(-(from.east * east + from.north * north) / length, 0.0, 1.0) : 0.0;
  return std::hypot(from.east + along * east, from.north + along * north);
}

/// How far left of the line from `from` to `to` a point lies; exact, because polygons are small.
std::int64_t left_of(GroundPoint from, GroundPoint to, GroundPoint point) noexcept
{
  return (std::int64_t{to.longitude} - from.longitude) * (std::int64_t{point.latitude} - from.latitude) -
         (std::int64_t{point.longitude} - from.longitude) * (std::int64_t{to.latitude} - from.latitude);
}

Diagnostic wrong(Code code, std::string what, std::string mend)
{
  return {code, Severity::error, {}, std::move(what), std::move(mend)};
}

bool on_ground(GroundPoint point) noexcept
{
  return std::abs(point.latitude) <= largest_latitude && point.longitude >= -largest_longitude &&
         point.longitude <= largest_longitude;
}

}  // namespace

double distance_between(GroundPoint lhs, GroundPoint rhs) noexcept
{
  auto const scale = scale_at((static_cast<double>(lhs.latitude) + rhs.latitude) / 2);
  auto const flat = seen_from(lhs, rhs, scale);
  return std::hypot(flat.east, flat.north);
}

Result<MonitoringZone> MonitoringZone::circle(GroundPoint centre, std::int32_t radius)
{
  std::vector<Diagnostic> found;
  if (!on_ground(centre))
    found.push_back(wrong(Code::out_of_range, "the centre of the zone is no usable position",
                          "use degrees, at most 85 from the equator"));
  if (radius < 10 || radius > 100'000)
    found.push_back(wrong(Code::out_of_range, "the radius of the zone is out of range", "use 10 to 100000 metres"));
  if (!found.empty()) return found;
  MonitoringZone zone;
  zone.points_ = {centre};
  zone.radius_ = radius;
  return zone;
}

Result<MonitoringZone> MonitoringZone::polygon(std::vector<GroundPoint> corners)
{
  if (corners.size() < 3 || corners.size() > 1'000)
    return wrong(Code::out_of_range, "the zone has no usable number of corners", "give 3 to 1000 corners");
  MonitoringZone zone;
  zone.low_ = zone.high_ = corners.front();
  for (auto const& corner : corners) {
    if (!on_ground(corner))
      return wrong(Code::out_of_range, "a corner of the zone is no usable position",
                   "use degrees, at most 85 from the equator");
    zone.low_ = {std::min(zone.low_.latitude, corner.latitude), std::min(zone.low_.longitude, corner.longitude)};
    zone.high_ = {std::max(zone.high_.latitude, corner.latitude), std::max(zone.high_.longitude, corner.longitude)};
  }
  if (std::int64_t{zone.high_.latitude} - zone.low_.latitude > widest ||
      std::int64_t{zone.high_.longitude} - zone.low_.longitude > widest)
    return wrong(Code::out_of_range, "the zone is wider or higher than two degrees", "use a smaller zone");
  std::int64_t area = 0;
  for (std::size_t i = 2; i < corners.size(); ++i) area += left_of(corners[0], corners[i - 1], corners[i]);
  if (area == 0) return wrong(Code::out_of_range, "the zone has no area", "give corners that are not on one line");
  zone.points_ = std::move(corners);
  return zone;
}

bool MonitoringZone::holds(GroundPoint point) const noexcept
{
  bool inside = false;
  auto from = points_.back();
  for (auto const& to : points_) {
    if ((from.latitude > point.latitude) != (to.latitude > point.latitude)) {
      if ((left_of(from, to, point) > 0) == (to.latitude > from.latitude)) inside = !inside;
    }
    from = to;
  }
  return inside;
}

double MonitoringZone::distance_to_border(GroundPoint point) const noexcept
{
  auto const scale = scale_at((static_cast<double>(low_.latitude) + high_.latitude + 2.0 * point.latitude) / 4);
  double nearest = std::numeric_limits<double>::infinity();
  auto from = seen_from(point, points_.back(), scale);
  for (auto const& corner : points_) {
    auto const to = seen_from(point, corner, scale);
    nearest = std::min(nearest, distance_to_piece(from, to));
    from = to;
  }
  return nearest;
}

Truth MonitoringZone::contains(GroundPoint point, std::uint32_t accuracy) const noexcept
{
  if (radius_ > 0) {
    double const distance = distance_between(points_.front(), point);
    double const doubt = accuracy + distance_margin(distance);
    if (distance + doubt <= radius_) return Truth::yes;
    return distance - doubt > radius_ ? Truth::no : Truth::unknown;
  }
  GroundPoint const nearest{std::clamp(point.latitude, low_.latitude, high_.latitude),
                            std::clamp(point.longitude, low_.longitude, high_.longitude)};
  bool const in_box = nearest == point;
  if (!in_box) {
    double const distance = distance_between(nearest, point);
    if (distance > accuracy + distance_margin(distance)) return Truth::no;
  }
  double const distance = distance_to_border(point);
  if (distance <= accuracy + distance_margin(distance)) return Truth::unknown;
  return to_truth(in_box && holds(point));
}

}  // namespace tutela::inline v0
