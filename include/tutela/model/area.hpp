// SPDX-License-Identifier: Apache-2.0
/// \file
/// Areas: codes at several levels, and areas drawn as a circle or a polygon.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/text.hpp>
#include <tutela/model/identity.hpp>
#include <tutela/model/place.hpp>

namespace tutela::inline v0 {

/// All places within a distance.
struct Circle {
  Position centre;          ///< The middle.
  std::int64_t metres = 0;  ///< Great-circle distance up to which it reaches, included; 0 or more.

  friend bool operator==(Circle const&, Circle const&) = default;
};

/// An area by its code, and, where it is no unit of administration, by its shape.
///
/// Two areas without a shape of which neither lies in the other are disjoint: that is what levels of administration are. Of
/// an area with a shape nobody knows which others it crosses.
struct Area {
  std::string code;              ///< Its code, as in `Location::area_codes`.
  Text name;                     ///< Its name; may be empty.
  std::string parent;            ///< Code of the area of the next level that it lies in; empty for none.
  std::optional<Circle> circle;  ///< It is what lies within a distance; nothing when it is not.
  std::vector<Position>
      polygon;      ///< It is what lies in here; empty when it is not. Sides are straight in degrees, as in
                    ///< GeoJSON, and do not cross the meridian of 180 degrees.
  SourceId source;  ///< Where this was published; empty in a synthetic network.

  /// True when it has a shape.
  [[nodiscard]] bool is_drawn() const noexcept { return circle.has_value() || !polygon.empty(); }

  friend bool operator==(Area const&, Area const&) = default;
};

/// Whether a position lies in the circle, its edge included.
[[nodiscard]] TUTELA_API bool lies_in(Position const& position, Circle const& circle) noexcept;

/// Whether a position lies in the polygon, its sides included; inside is what a line outward crosses an odd number of
/// times. Linear in the corners. \source{RFC 7946, 3.1.1}
[[nodiscard]] TUTELA_API bool lies_in(Position const& position, std::vector<Position> const& polygon) noexcept;

/// Whether a position lies in the shape of an area; false for an area without one.
[[nodiscard]] TUTELA_API bool lies_in(Position const& position, Area const& area) noexcept;

}  // namespace tutela::inline v0
