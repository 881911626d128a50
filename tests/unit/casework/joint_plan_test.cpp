// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>
#include <set>

#include <nlohmann/json.hpp>

#include <tutela/io/agenda.hpp>
#include <tutela/io/clocks.hpp>

namespace tutela {
namespace {

AgendaRecords pokrovsk()
{
  return load_agenda_records(TUTELA_SOURCE_DIR "/examples/data/pokrovsk/agenda.json").value();
}

JointPlan plan() { return pokrovsk().plans.at(0); }

std::vector<std::string> wrong(JointPlan const& one)
{
  std::vector<std::string> places;
  for (auto const& found : check_joint_plan(one, "/plans/0")) places.push_back(found.place.pointer);
  return places;
}

TEST(JointPlans, OneChildWithBothStatusesAndOneCoordinator)
{
  auto const one = plan();
  EXPECT_EQ(wrong(one), std::vector<std::string>{});
  auto const on = [&](Date day) {
    std::vector<std::string> words;
    for (auto const& status : statuses_on(one.statuses, MemberId("synthetic-a-child"), day))
      words.push_back(status.status);
    return words;
  };
  EXPECT_EQ(on({2025, 5, 1}), std::vector<std::string>{"difficult_life_circumstances"});
  EXPECT_EQ(on({2025, 6, 18}), (std::vector<std::string>{"difficult_life_circumstances", "conflict_with_law"}));
  EXPECT_EQ(on({2025, 4, 1}), std::vector<std::string>{});
  EXPECT_EQ(coordinator_on(one, {2025, 6, 18})->owner.agency.text(), "children-service");
  EXPECT_EQ(coordinator_on(one, {2025, 6, 10}), nullptr);
  EXPECT_EQ(measures_by_kind(one, {2025, 6, 18}),
            (std::map<std::string, MeasureCount>{{"educational", {1, 0}},
                                                 {"preventive", {1, 1}},
                                                 {"psychological_support", {1, 0}},
                                                 {"social_support", {1, 0}}}));
  EXPECT_EQ(measures_by_kind(one, {2025, 6, 16})["preventive"].done, 0U);
}

TEST(JointPlans, TheirPromisesAreInTheWeeklyAgenda)
{
  auto const records = pokrovsk();
  auto const clocks = load_clocks("ua").value();
  auto const week = agenda(records, clocks.clocks, WorkCalendar(), {Date{2025, 6, 18}, 7, false}).value();
  std::map<std::string, std::string> parts;
  for (auto const& item : week.items)
    if (item.reference.rfind("synthetic-interim-plan/", 0) == 0) {
      EXPECT_EQ(item.subject.text(), "synthetic-a");
      EXPECT_EQ(item.kind, AgendaKind::commitment);
      parts[item.reference.substr(23)] = to_string(item.part);
    }
  EXPECT_EQ(parts, (std::map<std::string, std::string>{
                       {"school", "overdue"}, {"talks", "done"}, {"psychologist", "coming"}, {"family", "promised"}}));
  std::set<std::string> reviewed;
  for (auto const& item : week.review) reviewed.insert(item.commitment);
  EXPECT_EQ(reviewed.count("synthetic-interim-plan/school"), 1U);
}

TEST(JointPlans, WhatWasNotDoneWhenThePlanEndedIsWithdrawn)
{
  auto one = plan();
  one.ended = Date{2025, 6, 18};
  for (auto const& promise : commitments_of(one))
    EXPECT_EQ(promise.withdrawn == one.ended, promise.id != "synthetic-interim-plan/talks") << promise.id;
}

TEST(JointPlans, ExactlyOneCoordinatorOnEveryDay)
{
  auto one = plan();
  one.team[0].coordinator = false;
  EXPECT_EQ(wrong(one), std::vector<std::string>{"/plans/0/team"});
  one.team[0].coordinator = true;
  one.team[0].valid.until = Date{2025, 7, 1};
  EXPECT_EQ(wrong(one), std::vector<std::string>{"/plans/0/team"}) << "nobody from July on";
  one.team[1].coordinator = true;
  EXPECT_EQ(wrong(one), std::vector<std::string>{"/plans/0/team"}) << "two in June";
  one.team[1].valid.from = Date{2025, 7, 1};
  EXPECT_EQ(wrong(one), std::vector<std::string>{});
}

/// A slow reference: the coordinators of each single day are counted.
TEST(JointPlans, CoordinatorsAreCheckedAsIfEveryDayWereLookedAt)
{
  std::mt19937 chance(5);
  int sound = 0;
  for (int round = 0; round < 3000; ++round) {
    JointPlan one = plan();
    one.measures.clear();
    one.team.resize(1);
    auto const sample = one.team[0];
    one.team.clear();
    one.agreed = Date{2025, 6, 3};
    if (chance() % 3 == 0) one.ended = Date{2025, 6, static_cast<std::uint8_t>(3 + chance() % 7)};
    auto const people = chance() % 4;
    for (unsigned i = 0; i < people; ++i) {
      auto specialist = sample;
      specialist.owner.role = "r" + std::to_string(i);
      auto const first = static_cast<std::uint8_t>(1 + chance() % 9);
      specialist.valid = {Date{2025, 6, first}, Date{2025, 6, static_cast<std::uint8_t>(first + 1 + chance() % 5)}};
      if (chance() % 3 == 0) specialist.valid.until.reset();
      if (chance() % 5 == 0) specialist.valid.from.reset();
      one.team.push_back(specialist);
    }
    bool good = true;
    for (auto day = one.agreed; day < one.ended.value_or(Date{2025, 8, 1}); day = *add_days(day, 1)) {
      int count = 0;
      for (auto const& specialist : one.team) count += specialist.valid.contains(day) ? 1 : 0;
      good = good && count == 1;
    }
    EXPECT_EQ(wrong(one).empty(), good);
    sound += good ? 1 : 0;
  }
  EXPECT_GT(sound, 100);
}

TEST(JointPlans, AVoluntaryMeasureIsNeverACondition)
{
  auto one = plan();
  one.measures[2].condition = true;
  EXPECT_EQ(wrong(one), std::vector<std::string>{"/plans/0/measures/2/condition"});
  one.measures[2].voluntary = false;
  EXPECT_EQ(wrong(one), std::vector<std::string>{});
}

TEST(JointPlans, EverythingWrongIsLocated)
{
  auto one = plan();
  one.agencies.pop_back();
  one.members[1].id = one.members[0].id;
  one.members[0].is_child = false;
  one.members[1].relation = "The Mother";
  one.statuses[0].member = MemberId("nobody");
  one.statuses[1].valid.until = Date{2025, 1, 1};
  one.measures[0].owner.agency = AgencyId("nobody");
  one.measures[1].due = Date{2025, 1, 1};
  one.measures[2].id = one.measures[1].id;
  one.measures[3].about = MemberId("nobody");
  one.measures[3].what = {};
  EXPECT_EQ(wrong(one), (std::vector<std::string>{
                            "/plans/0/agencies", "/plans/0/members/1/id", "/plans/0/members/1/relation",
                            "/plans/0/members", "/plans/0/statuses/0/member", "/plans/0/statuses/1/valid_until",
                            "/plans/0/statuses/1/agency", "/plans/0/team/1/agency", "/plans/0/measures/0/agency",
                            "/plans/0/measures/1/agency", "/plans/0/measures/1/due", "/plans/0/measures/2/id",
                            "/plans/0/measures/3/what", "/plans/0/measures/3/about"}));
  auto records = pokrovsk();
  records.plans[0].team[0].coordinator = false;
  auto const clocks = load_clocks("ua").value();
  auto const refused = agenda(records, clocks.clocks, WorkCalendar(), {Date{2025, 6, 18}, 7, false});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.diagnostics()[0].place.pointer, "/plans/0/team");
}

TEST(JointPlans, AsJsonOfADayNothingLaterIsKnown)
{
  auto const json = nlohmann::json::parse(write_joint_plan(plan(), {2025, 6, 17}));
  EXPECT_EQ(json["members"][0]["statuses"], (nlohmann::json{"difficult_life_circumstances", "conflict_with_law"}));
  EXPECT_EQ(json["coordinator"]["profile"], "social_worker");
  EXPECT_EQ(json["measures"][0]["state"], "overdue");
  EXPECT_EQ(json["measures"][1]["state"], "done");
  EXPECT_EQ(json["kinds"]["preventive"], (nlohmann::json{{"all", 1}, {"done", 1}}));
  auto const before = nlohmann::json::parse(write_joint_plan(plan(), {2025, 6, 16}));
  EXPECT_EQ(before["measures"][0]["state"], "promised");
  EXPECT_EQ(before["measures"][1].count("done"), 0U);
}

}  // namespace
}  // namespace tutela
