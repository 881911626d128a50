// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>

#include <tutela/casework/equipment.hpp>

namespace tutela {
namespace {

using enum EquipmentState;

TEST(Equipment, IsCountedByState)
{
  std::vector<EquipmentPiece> pieces;
  for (int i = 0; i < 210; ++i) {
    EquipmentPiece piece{"piece-" + std::to_string(i), {{available, {2026, 1, 1}, ""}}};
    if (i < 170) piece.steps.push_back({applied, {2026, 2, 1}, "order-" + std::to_string(i)});
    pieces.push_back(piece);
  }
  EXPECT_TRUE(check_equipment(pieces).empty());
  EXPECT_EQ(count_equipment(pieces, {2026, 2, 1}).of(available), 40U);
  EXPECT_EQ(count_equipment(pieces, {2026, 2, 1}).of(applied), 170U);
  EXPECT_EQ(count_equipment(pieces, {2026, 1, 31}).of(available), 210U);
  EXPECT_EQ(count_equipment(pieces, {2025, 12, 31}), EquipmentCount{});
}

TEST(Equipment, WhatCannotBeIsSaidWithItsPlace)
{
  std::vector<EquipmentPiece> const pieces{
      {"a", {{applied, {2026, 1, 1}, "o"}}},
      {"b", {{available, {2026, 1, 1}, ""}, {applied, {2026, 1, 2}, ""}, {applied, {2026, 1, 3}, "o"}}},
      {"b", {{available, {2026, 1, 9}, "o"}, {lost, {2026, 1, 2}, ""}, {applied, {2026, 1, 3}, "p"}}},
      {"c", {}}};
  std::set<std::string> places;
  for (auto const& each : check_equipment(pieces, "e.json")) {
    EXPECT_EQ(each.place.file, "e.json");
    places.insert(each.place.pointer);
  }
  EXPECT_EQ(places, (std::set<std::string>{"/equipment/0/steps/0/state", "/equipment/1/steps/1/order",
                                           "/equipment/1/steps/2/state", "/equipment/1/steps/2/order",
                                           "/equipment/2/id", "/equipment/2/steps/0/order", "/equipment/2/steps/1/on",
                                           "/equipment/2/steps/2/state", "/equipment/3/steps"}));
}

}  // namespace
}  // namespace tutela
