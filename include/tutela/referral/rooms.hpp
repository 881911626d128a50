// SPDX-License-Identifier: Apache-2.0
/// \file
/// Whether the rooms of a house suit the people who are to live in it, or who there is no room for.
#pragma once

#include <cstdint>
#include <vector>

#include <tutela/base/config.hpp>

namespace tutela::inline v0 {

/// Traits of a room as a set, one bit each; the caller says what each bit means: step-free, single, quiet.
using RoomTraits = std::uint64_t;

/// Rooms, or places in rooms, with the same traits.
struct RoomSupply {
  RoomTraits traits = 0;    ///< What they have.
  std::int64_t places = 0;  ///< How many places, 0 or more.

  friend bool operator==(RoomSupply const&, RoomSupply const&) = default;
};

/// People who need the same traits, all of them at once.
struct RoomNeed {
  RoomTraits traits = 0;    ///< What each of them needs; 0 is any room.
  std::int64_t people = 0;  ///< How many, 0 or more.

  friend bool operator==(RoomNeed const&, RoomNeed const&) = default;
};

/// Whether everybody finds a room, and if not, why.
struct RoomFit {
  bool fits = true;                  ///< Everybody can have a place with all the traits they need.
  std::vector<std::uint32_t> needs;  ///< Otherwise: positions of the needs that are too many together,
  std::vector<std::uint32_t> rooms;  ///< and positions of all rooms that suit any of them.
  std::int64_t people = 0;           ///< How many people these needs are; more than
  std::int64_t places = 0;           ///< the places of these rooms.
};

/// Tests whether the rooms suit the needs, exactly.
///
/// It is not enough to count each trait by itself: somebody who needs a room that is step-free and single is not
/// helped by one of each. By Hall's theorem there is no solution exactly when some set of people is larger than the
/// set of all places that suit any of them; the answer then names such a set, and no part of it is too large alone.
/// \complexity O(n r) for each chain of exchanges; the test is repeated for each need when it fails. No recursion.
/// \throws ContractViolation when a number is negative.
[[nodiscard]] TUTELA_API RoomFit fit_rooms(std::vector<RoomSupply> const& rooms, std::vector<RoomNeed> const& needs);

}  // namespace tutela::inline v0
