// SPDX-License-Identifier: Apache-2.0
/// \file
/// Where a session keeps its facts, for whoever sets many at a time (internal).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace tutela::detail {

/// One fact as it was set.
struct SessionCell {
  enum class Holds : std::uint8_t { nothing, none, uncertain, boolean, integer, date, cut, text, value };
  static constexpr std::uint32_t not_placed = 0xFFFF'FFFF;  ///< Of a whole number or a day, until it is asked for.
  Holds holds = Holds::nothing;
  std::uint32_t place = 0;  ///< On the fact's line.
  std::int64_t count = 0;   ///< A Boolean, a whole number, or the days of a date.
};

/// The places that one fact can have on its line without a search.
struct PlainPlaces {
  std::array<std::uint32_t, 2> booleans;  ///< Of false and of true.
  std::uint32_t open;                     ///< Where nothing is known.
};

/// The facts of a session in the order of the schema of its pack.
struct SessionCells {
  SessionCell* cells;
  std::uint64_t* changes;           ///< To be counted up when a cell is written.
  std::vector<PlainPlaces> places;  ///< Of each fact.
};

}  // namespace tutela::detail
