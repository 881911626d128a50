// SPDX-License-Identifier: Apache-2.0
#include <tutela/model/area.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace tutela::inline v0 {
namespace {

struct Point {
  double x = 0;
  double y = 0;
};

Point point_of(Position const& position) noexcept
{
  return {position.longitude.to_double(), position.latitude.to_double()};
}

/// Positive when `p` lies to the left of the line from `a` to `b`, zero on it.
double side(Point a, Point b, Point p) noexcept { return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x); }

bool is_between(double a, double b, double value) noexcept
{
  return (a <= value && value <= b) || (b <= value && value <= a);
}

/// Great-circle distance in metres (haversine), on a sphere of the mean radius (IUGG).
double metres_between(Position const& one, Position const& other) noexcept
{
  constexpr double degree = 0.017453292519943295;
  constexpr double earth_metres = 6'371'008.8;
  Point const a = point_of(one);
  Point const b = point_of(other);
  double const north = std::sin((b.y - a.y) * degree / 2);
  double const east = std::sin((b.x - a.x) * degree / 2);
  double const square = north * north + std::cos(a.y * degree) * std::cos(b.y * degree) * east * east;
  return 2 * earth_metres * std::asin(std::min(1.0, std::sqrt(square)));
}

}  // namespace

bool lies_in(Position const& position, Circle const& circle) noexcept
{
  return metres_between(position, circle.centre) <= static_cast<double>(circle.metres);
}

bool lies_in(Position const& position, std::vector<Position> const& polygon) noexcept
{
  Point const p = point_of(position);
  bool inside = false;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    Point const a = point_of(polygon[i]);
    Point const b = point_of(polygon[(i + 1) % polygon.size()]);
    double const where = side(a, b, p);
    if (where == 0 && is_between(a.x, b.x, p.x) && is_between(a.y, b.y, p.y)) return true;
    if ((a.y > p.y) != (b.y > p.y) && (where > 0) == (b.y > a.y)) inside = !inside;
  }
  return inside;
}

bool lies_in(Position const& position, Area const& area) noexcept
{
  return (area.circle && lies_in(position, *area.circle)) || lies_in(position, area.polygon);
}

}  // namespace tutela::inline v0
