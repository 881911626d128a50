// SPDX-License-Identifier: Apache-2.0
#include <tutela/base/truth.hpp>

#include <gtest/gtest.h>

namespace tutela {
namespace {

constexpr Truth all[]{Truth::no, Truth::unknown, Truth::yes};

TEST(Truth, AgreesWithBooleanLogicWhereSettled)
{
  for (bool lhs : {false, true}) {
    EXPECT_EQ(!to_truth(lhs), to_truth(!lhs));
    for (bool rhs : {false, true}) {
      EXPECT_EQ(to_truth(lhs) & to_truth(rhs), to_truth(lhs && rhs));
      EXPECT_EQ(to_truth(lhs) | to_truth(rhs), to_truth(lhs || rhs));
    }
  }
}

// Replacing "unknown" by either answer never contradicts a settled result.
TEST(Truth, LearningMoreNeverChangesASettledResult)
{
  for (Truth lhs : all)
    for (Truth rhs : all)
      for (Truth left : all)
        for (Truth right : all) {
          bool const completes = (lhs == Truth::unknown || lhs == left) && (rhs == Truth::unknown || rhs == right);
          if (!completes) continue;
          if (is_settled(lhs & rhs)) {
            EXPECT_EQ(lhs & rhs, left & right);
          }
          if (is_settled(lhs | rhs)) {
            EXPECT_EQ(lhs | rhs, left | right);
          }
        }
}

TEST(Truth, FollowsDeMorgan)
{
  for (Truth lhs : all)
    for (Truth rhs : all) EXPECT_EQ(!(lhs & rhs), (!lhs) | (!rhs));
}

}  // namespace
}  // namespace tutela
