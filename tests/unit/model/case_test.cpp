// SPDX-License-Identifier: Apache-2.0
#include <tutela/model/case.hpp>

#include <gtest/gtest.h>

namespace tutela {
namespace {

TEST(Case, ConsentThatWasNotAskedIsUnknown)
{
  Case item;
  item.consent = {{DataCategory("health"), ConsentAnswer::refused}, {DataCategory("housing"), ConsentAnswer::given}};
  EXPECT_EQ(item.consent_for(DataCategory("health")), ConsentAnswer::refused);
  EXPECT_EQ(item.consent_for(DataCategory("housing")), ConsentAnswer::given);
  EXPECT_EQ(item.consent_for(DataCategory("education")), ConsentAnswer::unknown);
}

TEST(Case, NothingIsAssumedAboutANewCase)
{
  Case const item;
  EXPECT_EQ(item.emergency, Truth::unknown);
  EXPECT_FALSE(item.language);
  EXPECT_TRUE(item.held_by.empty());
  EXPECT_EQ(item.facts.value("person.birth_date").state(), State::unknown);
}

TEST(Case, NamesOfEnumeratorsAreThoseOfTheFormat)
{
  EXPECT_EQ(to_string(CaseKind::child_protection), "child_protection");
  EXPECT_EQ(to_string(CaseKind::probation), "probation");
  EXPECT_EQ(to_string(ConsentAnswer::unknown), "unknown");
  EXPECT_EQ(to_string(ConsentAnswer::given), "given");
  EXPECT_EQ(to_string(ConsentAnswer::refused), "refused");
  EXPECT_EQ(to_string(ActIssuer::court), "court");
  EXPECT_EQ(to_string(ActIssuer::prosecutor), "prosecutor");
  EXPECT_EQ(to_string(ActIssuer::commission), "commission");
}

}  // namespace
}  // namespace tutela
