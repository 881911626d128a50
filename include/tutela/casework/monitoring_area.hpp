// SPDX-License-Identifier: Apache-2.0
/// \file
/// Zones on the ground, and whether a position lies in one: yes, no, or it cannot be said.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/truth.hpp>

namespace tutela::inline v0 {

/// A point on the ground (WGS 84) in steps of 1e-7 degrees, about a centimetre.
struct GroundPoint {
  std::int32_t latitude = 0;   ///< -900,000,000 to 900,000,000, north positive.
  std::int32_t longitude = 0;  ///< -1,800,000,000 to 1,800,000,000, east positive.

  friend constexpr bool operator==(GroundPoint const&, GroundPoint const&) = default;
};

/// Distance in metres between two points at most 500 km apart and at most 85 degrees from the equator; farther apart it is
/// only certain that it is large. Measured on the ellipsoid at the latitude between them; the tests compare it with the
/// straight line through the ellipsoid, and `distance_margin` is more than ten times the largest difference seen.
[[nodiscard]] TUTELA_API double distance_between(GroundPoint lhs, GroundPoint rhs) noexcept;

/// How wrong a measured distance may be, in metres. What lies closer to a border than this is not decided.
[[nodiscard]] constexpr double distance_margin(double metres) noexcept { return 1.0 + 0.001 * metres; }

/// A circle or a polygon. Immutable: safe to share between threads.
class TUTELA_API MonitoringZone {
 public:
  /// A circle. \param radius Metres, 10 to 100,000. \return What is wrong with the centre or the radius.
  [[nodiscard]] static Result<MonitoringZone> circle(GroundPoint centre, std::int32_t radius);

  /// A polygon whose edges are straight on a map of degrees and do not cross.
  /// \param corners 3 to 1,000, in one direction around; the last one is joined to the first. At most two degrees wide and
  ///        high, and not over the 180th meridian.
  /// \return What is wrong with them.
  [[nodiscard]] static Result<MonitoringZone> polygon(std::vector<GroundPoint> corners);

  /// Whether a person is in the zone.
  ///
  /// \param point    Where the device says.
  /// \param accuracy How far from there the person may be, in metres.
  /// \return Unknown where both may be: nearer to the border than `accuracy` and `distance_margin` together.
  /// Constant time for a circle, linear in the corners near a polygon.
  [[nodiscard]] Truth contains(GroundPoint point, std::uint32_t accuracy) const noexcept;

  /// Corners, or the centre of a circle.
  [[nodiscard]] std::span<GroundPoint const> points() const noexcept { return points_; }

  /// Radius in metres; 0 for a polygon.
  [[nodiscard]] std::int32_t radius() const noexcept { return radius_; }

  friend bool operator==(MonitoringZone const&, MonitoringZone const&) = default;

 private:
  /// For points away from the border.
  [[nodiscard]] bool holds(GroundPoint point) const noexcept;
  [[nodiscard]] double distance_to_border(GroundPoint point) const noexcept;

  std::vector<GroundPoint> points_;
  std::int32_t radius_ = 0;
  GroundPoint low_;   ///< South-western corner of the box around a polygon.
  GroundPoint high_;  ///< North-eastern corner.
};

}  // namespace tutela::inline v0
