// SPDX-License-Identifier: Apache-2.0
/// \file
/// Distances on the globe (internal).
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include <tutela/model/place.hpp>

namespace tutela::detail {

/// A point of the unit sphere.
using UnitVector = std::array<double, 3>;

inline constexpr double earth_metres = 6'371'008.8;  // mean radius (IUGG)

inline UnitVector to_vector(Position const& position)
{
  constexpr double degree = 0.017453292519943295;
  double const latitude = position.latitude.to_double() * degree;
  double const longitude = position.longitude.to_double() * degree;
  return {std::cos(latitude) * std::cos(longitude), std::cos(latitude) * std::sin(longitude), std::sin(latitude)};
}

/// Square of the straight line between two points of the unit sphere: grows with the distance, from 0 to 4.
inline double chord_square(UnitVector const& a, UnitVector const& b)
{
  double const x = a[0] - b[0];
  double const y = a[1] - b[1];
  double const z = a[2] - b[2];
  return x * x + y * y + z * z;
}

/// The great circle of a chord.
inline double metres(double square) { return 2 * earth_metres * std::asin(std::min(1.0, std::sqrt(square) / 2)); }

}  // namespace tutela::detail
