// SPDX-License-Identifier: Apache-2.0
#include <tutela/casework/household_child.hpp>

#include <tutela/referral/disclosure_grounds.hpp>

#include "unit/referral/small_network.hpp"

namespace tutela {
namespace {

Schema schema()
{
  FactDeclaration child;
  child.name = "household.child";
  child.category = "family";
  child.about = Subject::family;
  FactDeclaration offence;
  offence.name = "offence.article";
  offence.category = "offence";
  offence.about = Subject::person;
  return Schema({child, offence});
}

/// A duty by law to tell of a child, and of nothing else.
Network network()
{
  auto content = test::small_content();
  auto duty = test::basis("duty", BasisKind::statutory_duty, "office", "house");
  duty.categories = std::vector{DataCategory("family")};
  content.bases = {duty};
  content.agreements.clear();
  return Network::build(std::move(content)).value();
}

DisclosureRequest request()
{
  DisclosureRequest request;
  request.from = AgencyId("office");
  request.to = NodeId("house");
  request.purpose = Purpose("protection");
  request.on = test::today;
  request.needed = std::vector<std::string>{"household.child"};
  return request;
}

MonitoringReview review(Truth child)
{
  MonitoringOrder order;
  order.id = "order-1";
  order.retention = Term{30, TermUnit::days};
  order.child_in_household = child;
  return check_positions(order, {}, {}, 0, 60).value();
}

std::optional<HouseholdChildTask> task(MonitoringReview const& found, DisclosureRequest const& asked)
{
  return household_child_task(found, schema(), asked, grounds_between(network(), asked).value()).value();
}

TEST(HouseholdChild, TheChildrensServiceIsToldThatThereIsAChildAndNothingElse)
{
  auto const raised = task(review(Truth::yes), request());
  ASSERT_TRUE(raised);
  EXPECT_EQ(raised->order, "order-1");
  EXPECT_EQ(raised->telling, Telling::tell);
  EXPECT_EQ(raised->finding.told(), (std::vector<std::string>{"household.child"}));
  EXPECT_EQ(raised->finding.find("household.child")->grounds.front().kind, BasisKind::statutory_duty);
  EXPECT_EQ(raised->finding.find("offence.article")->reason, TellingReason::not_needed);
}

TEST(HouseholdChild, WhatTheDutyDoesNotCoverStays)
{
  auto asked = request();
  asked.needed->push_back("offence.article");
  auto const raised = task(review(Truth::yes), asked);
  EXPECT_EQ(raised->telling, Telling::withhold);
  EXPECT_EQ(raised->finding.told(), (std::vector<std::string>{"household.child"}));
}

TEST(HouseholdChild, WithoutAChildOnRecordNothingIsToldOfAnybody)
{
  EXPECT_FALSE(task(review(Truth::no), request()));
  EXPECT_FALSE(task(review(Truth::unknown), request()));
}

TEST(HouseholdChild, SomebodySaysWhatTheServiceNeeds)
{
  auto asked = request();
  asked.needed.reset();
  auto const grounds = grounds_between(network(), asked).value();
  EXPECT_FALSE(household_child_task(review(Truth::yes), schema(), asked, grounds));
}

}  // namespace
}  // namespace tutela
