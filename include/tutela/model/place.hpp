// SPDX-License-Identifier: Apache-2.0
/// \file
/// Places on the ground, and how much of a place may be shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/decimal.hpp>
#include <tutela/base/text.hpp>
#include <tutela/model/identity.hpp>

namespace tutela::inline v0 {

/// How much of the place of a service may be shown to readers.
enum class LocationDisclosure : std::uint8_t {
  none,  ///< Nothing: neither place nor area nor distance.
  area,  ///< The area only: town or district.
  exact  ///< Name and position.
};

/// The word used in files: `area`.
[[nodiscard]] TUTELA_API std::string_view to_string(LocationDisclosure disclosure) noexcept;

/// A position in degrees (WGS 84).
struct Position {
  Decimal latitude;   ///< -90 to 90, north positive.
  Decimal longitude;  ///< -180 to 180, east positive.

  friend bool operator==(Position const&, Position const&) = default;
};

/// A place at which services are given.
struct Location {
  LocationId id;                        ///< Identifier.
  Text name;                            ///< Name of the house or office.
  Text area;                            ///< Town or district, as people say it.
  std::vector<std::string> area_codes;  ///< Codes of the areas it lies in, smallest first.
  std::optional<Position> position;     ///< Position, where published.
  SourceId source;                      ///< Where this was published.

  friend bool operator==(Location const&, Location const&) = default;
};

}  // namespace tutela::inline v0
