// SPDX-License-Identifier: Apache-2.0
/// \file
/// Places as a map-like SVG (internal).
#pragma once

#include <string>
#include <vector>

#include "io/markup.hpp"

namespace tutela::detail {

/// A place on the map.
struct MapDot {
  double latitude = 0;   ///< Degrees, north positive.
  double longitude = 0;  ///< Degrees, east positive.
  std::size_t area = 0;  ///< Position in `MapDrawing::areas`, or beyond the last one for none.
  bool hollow = false;   ///< Drawn as a ring.
};

/// An area: the land near to its dots.
struct MapArea {
  std::string label;   ///< Written at the middle of its dots.
  std::string detail;  ///< Written under the label, so that no figure is told by its shade alone.
  int shade = 0;       ///< 0 to 4, or less than 0 for none.
};

/// A map without borders or ground: dots, shaded land near them, names of areas.
struct MapDrawing {
  std::string title;  ///< What a screen reader says.
  std::vector<MapArea> areas;
  std::vector<MapDot> dots;
};

/// Equirectangular, true at the middle latitude; north is up. Nothing without dots.
Markup map_svg(MapDrawing const& drawing);

}  // namespace tutela::detail
