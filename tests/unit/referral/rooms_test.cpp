// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <tutela/base/result.hpp>
#include <tutela/referral/rooms.hpp>
#include "unit/referral/chance.hpp"

using namespace tutela;
using namespace tutela::test;

namespace {

constexpr RoomTraits step_free = 1;
constexpr RoomTraits single = 2;

/// Tries every room for every person, one after the other.
bool fits_by_trying(std::vector<RoomSupply> rooms, std::vector<RoomTraits> const& people, std::size_t next = 0)
{
  if (next == people.size()) return true;
  for (RoomSupply& room : rooms) {
    if (room.places == 0 || (people[next] & ~room.traits) != 0) continue;
    --room.places;
    if (fits_by_trying(rooms, people, next + 1)) return true;
    ++room.places;
  }
  return false;
}

}  // namespace

TEST(Rooms, CountingEachTraitIsNotEnough)
{
  // One person needs both traits; there is one room of each.
  RoomFit const fit = fit_rooms({{step_free, 1}, {single, 1}}, {{step_free | single, 1}});
  EXPECT_FALSE(fit.fits);
  EXPECT_EQ(fit.needs, (std::vector<std::uint32_t>{0}));
  EXPECT_TRUE(fit.rooms.empty());
  EXPECT_EQ(fit.people, 1);
  EXPECT_EQ(fit.places, 0);
}

TEST(Rooms, TheViolatingSetIsNamed)
{
  RoomFit const fit = fit_rooms({{step_free, 1}, {single, 5}, {step_free | single, 1}},
                                {{single, 2}, {step_free, 2}, {step_free | single, 1}});
  EXPECT_FALSE(fit.fits);
  EXPECT_EQ(fit.needs, (std::vector<std::uint32_t>{1, 2}));  // three people for the two step-free places
  EXPECT_EQ(fit.rooms, (std::vector<std::uint32_t>{0, 2}));
  EXPECT_EQ(fit.people, 3);
  EXPECT_EQ(fit.places, 2);
}

TEST(Rooms, NobodyAndNothing)
{
  EXPECT_TRUE(fit_rooms({}, {}).fits);
  EXPECT_TRUE(fit_rooms({}, {{single, 0}}).fits);
  EXPECT_FALSE(fit_rooms({}, {{0, 1}}).fits);
  EXPECT_THROW((void)fit_rooms({{0, -1}}, {}), ContractViolation);
  EXPECT_THROW((void)fit_rooms({}, {{0, -1}}), ContractViolation);
}

TEST(Rooms, EveryAnswerIsTheOneOfTryingAll)
{
  Chance chance(11);
  int refused = 0;
  for (int round = 0; round < 5'000; ++round) {
    std::vector<RoomSupply> rooms;
    std::vector<RoomNeed> needs;
    std::vector<RoomTraits> people;
    for (int i = chance.below(4); i > 0; --i)
      rooms.push_back({chance.below(RoomTraits{8}), chance.below(std::int64_t{3})});
    for (int i = chance.below(4); i > 0; --i) {
      needs.push_back({chance.below(RoomTraits{8}), chance.below(std::int64_t{3})});
      people.insert(people.end(), static_cast<std::size_t>(needs.back().people), needs.back().traits);
    }
    RoomFit const fit = fit_rooms(rooms, needs);
    ASSERT_EQ(fit.fits, fits_by_trying(rooms, people)) << round;
    if (fit.fits) continue;
    ++refused;
    // The named set is too large for its rooms, and any smaller part of it finds room.
    EXPECT_GT(fit.people, fit.places);
    for (std::uint32_t const left_out : fit.needs) {
      std::vector<RoomNeed> part;
      for (std::uint32_t const need : fit.needs)
        if (need != left_out) part.push_back(needs[need]);
      EXPECT_TRUE(fit_rooms(rooms, part).fits) << round;
    }
  }
  EXPECT_GT(refused, 1'000);
}
