// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <tutela/calendar/term.hpp>

namespace tutela {
namespace {

TEST(Term, IsWrittenAsItIsRead)
{
  for (char const* const text : {"at once", "1 hour", "24 hours", "3 working days", "1 month", "6 months", "2 years"}) {
    auto const term = parse_term(text);
    ASSERT_TRUE(term) << text;
    EXPECT_EQ(to_string(*term), text);
  }
  EXPECT_EQ(parse_term("3 working days"), (Term{3, TermUnit::working_days}));
}

TEST(Term, RefusesWhatIsNone)
{
  for (char const* const text : {"", "3", "days", "0 days", "-1 days", "1 days", "2 day", "3  days", "3 weeks",
                                 "3 days ", "100001 days", "99999999999 days", "3workingdays"})
    EXPECT_FALSE(parse_term(text)) << text;
}

}  // namespace
}  // namespace tutela
