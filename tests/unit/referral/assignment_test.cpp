// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tutela/referral/assignment.hpp>
#include "unit/referral/chance.hpp"

using namespace tutela;
using namespace tutela::test;

namespace {

/// What a plan costs, or nothing when it breaks a bound; written plainly, without looking at the solver.
std::optional<std::pair<std::int64_t, std::int64_t>> price(AssignmentProblem const& problem,
                                                           std::vector<std::uint32_t> const& plan)
{
  std::pair<std::int64_t, std::int64_t> sum;
  std::vector<std::int64_t> inside(problem.places.size(), 0);
  std::vector<std::vector<RoomNeed>> needs(problem.places.size());
  for (std::size_t i = 0; i < plan.size(); ++i) {
    AssignmentGroup const& group = problem.groups[i];
    if (plan[i] == no_place) {
      sum.first += group.people;
      sum.second += group.waiting_cost;
      continue;
    }
    bool offered = false;
    for (AssignmentOption const& option : group.options)
      if (option.place == plan[i]) sum.second += option.cost, offered = true;
    if (!offered) return std::nullopt;
    inside[plan[i]] += group.people;
    std::int64_t rest = group.people;
    for (RoomNeed const& need : group.needs) needs[plan[i]].push_back(need), rest -= need.people;
    needs[plan[i]].push_back({0, rest});
  }
  for (std::size_t i = 0; i < problem.places.size(); ++i) {
    if (inside[i] > problem.places[i].capacity) return std::nullopt;
    if (!problem.places[i].rooms.empty() && !fit_rooms(problem.places[i].rooms, needs[i]).fits) return std::nullopt;
  }
  for (auto const& [one, other] : problem.apart)
    if (plan[one] != no_place && plan[one] == plan[other]) return std::nullopt;
  return sum;
}

/// The least of all plans, by trying all of them.
std::pair<std::int64_t, std::int64_t> least(AssignmentProblem const& problem)
{
  std::vector<std::uint32_t> plan(problem.groups.size(), no_place);
  std::vector<std::size_t> choice(problem.groups.size(), 0);
  auto best = *price(problem, plan);
  while (true) {
    std::size_t i = 0;
    for (; i < plan.size(); ++i) {
      auto const& options = problem.groups[i].options;
      if (choice[i] < options.size()) {
        plan[i] = options[choice[i]++].place;
        break;
      }
      choice[i] = 0;
      plan[i] = no_place;
    }
    if (i == plan.size()) return best;
    if (auto const sum = price(problem, plan)) best = std::min(best, *sum);
  }
}

AssignmentProblem random_problem(Chance& chance, bool plain)
{
  AssignmentProblem problem;
  problem.places.resize(1 + chance.below(std::size_t{4}));
  for (AssignmentPlace& place : problem.places) {
    place.capacity = chance.below(5);
    if (!plain && chance.one_in(3))
      for (int i = 1 + chance.below(2); i > 0; --i)
        place.rooms.push_back({chance.below(RoomTraits{4}), chance.below(std::int64_t{4})});
  }
  problem.groups.resize(1 + chance.below(std::size_t{6}));
  for (AssignmentGroup& group : problem.groups) {
    if (!plain && chance.one_in(2)) group.people = 1 + chance.below(3);
    if (chance.one_in(2)) group.waiting_cost = chance.below(10);
    if (!plain && chance.one_in(4)) group.needs = {{chance.below(RoomTraits{4}), 1}};
    for (std::uint32_t place = 0; place < problem.places.size(); ++place)
      if (!chance.one_in(4)) group.options.push_back({place, chance.below(12)});
  }
  if (!plain && problem.groups.size() > 1)
    for (int i = chance.below(3); i > 0; --i) {
      auto const one = chance.below(static_cast<std::uint32_t>(problem.groups.size()));
      auto const other = chance.below(static_cast<std::uint32_t>(problem.groups.size()));
      if (one != other) problem.apart.emplace_back(one, other);
    }
  return problem;
}

std::pair<std::int64_t, std::int64_t> sums(AssignmentPlan const& plan) { return {plan.waiting, plan.cost}; }
std::pair<std::int64_t, std::int64_t> bounds(AssignmentPlan const& plan)
{
  return {plan.waiting_bound, plan.cost_bound};
}

}  // namespace

TEST(Assignment, PlainProblemsAreSolvedExactly)
{
  Chance chance(1);
  for (int round = 0; round < 5'000; ++round) {
    auto const problem = random_problem(chance, true);
    auto const plan = assign(problem).value();
    ASSERT_EQ(price(problem, plan.place), sums(plan)) << round;
    ASSERT_EQ(sums(plan), least(problem)) << round;
    ASSERT_TRUE(plan.is_best());
  }
}

TEST(Assignment, GroupsKeepEveryBoundAndNeverPassTheBest)
{
  Chance chance(2);
  int by_search = 0;
  constexpr int rounds = 5'000;
  for (int round = 0; round < rounds; ++round) {
    auto const problem = random_problem(chance, false);
    auto const optimum = least(problem);
    auto const plan = assign(problem).value();
    ASSERT_EQ(price(problem, plan.place), sums(plan)) << round;
    ASSERT_EQ(sums(plan), optimum) << round;  // so small that branch and bound comes to its end
    ASSERT_TRUE(plan.is_best());
    Limits hurried;
    hurried.search_steps = 1;
    auto const rough = assign(problem, hurried).value();
    ASSERT_EQ(price(problem, rough.place), sums(rough)) << round;
    ASSERT_LE(optimum, sums(rough)) << round;
    ASSERT_LE(bounds(rough), optimum) << round;
    if (rough.is_best()) {
      ASSERT_EQ(sums(rough), optimum) << round;
    }
    by_search += sums(rough) == optimum ? 1 : 0;
  }
  EXPECT_GT(by_search, rounds * 8 / 10);
}

TEST(Assignment, EveryClosureIsSolvedExactly)
{
  Chance chance(3);
  for (int round = 0; round < 1'000; ++round) {
    auto const problem = random_problem(chance, true);
    auto const plans = assign_without_each(problem).value();
    ASSERT_EQ(plans.size(), problem.places.size());
    for (std::size_t place = 0; place < plans.size(); ++place) {
      auto closed = problem;
      closed.places[place].capacity = 0;
      ASSERT_EQ(price(closed, plans[place].place), sums(plans[place])) << round;
      ASSERT_EQ(sums(plans[place]), least(closed)) << round;
    }
  }
}

TEST(Assignment, OneMorePlaceIsWorthWhatItChanges)
{
  Chance chance(4);
  for (int round = 0; round < 1'000; ++round) {
    auto const problem = random_problem(chance, true);
    auto const worth = worth_of_one_more(problem).value();
    ASSERT_EQ(worth.size(), problem.places.size());
    auto const before = least(problem);
    for (std::size_t place = 0; place < worth.size(); ++place) {
      auto more = problem;
      ++more.places[place].capacity;
      auto const after = least(more);
      ASSERT_EQ((PlaceWorth{before.first - after.first, before.second - after.second}), worth[place]) << round;
    }
  }
}

TEST(Assignment, CostsBeyond64BitsAreStillExact)
{
  AssignmentProblem problem;
  problem.places = {{1, {}}, {1, {}}};
  constexpr std::int64_t huge = std::int64_t{1} << 60;
  problem.groups = {{1, {{0, huge}, {1, huge + 3}}, 0, {}}, {1, {{0, huge}, {1, huge + 2}}, 0, {}}};
  auto const plan = assign(problem).value();
  EXPECT_EQ(plan.place, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(plan.cost, 2 * huge + 2);
}

TEST(Assignment, WhatIsWrongIsSaidAtItsPlace)
{
  AssignmentProblem problem;
  problem.places = {{-1, {{0, -2}}}};
  problem.groups = {{0, {{0, -1}, {0, 1}, {7, 1}}, -1, {{1, 3}}}};
  problem.apart = {{0, 0}, {0, 9}};
  auto const plan = assign(problem);
  ASSERT_FALSE(plan);
  std::vector<std::string> pointers;
  for (Diagnostic const& diagnostic : plan.diagnostics()) pointers.push_back(diagnostic.place.pointer);
  EXPECT_EQ(pointers, (std::vector<std::string>{"/places/0/capacity", "/places/0/rooms", "/groups/0/people",
                                                "/groups/0/waiting_cost", "/groups/0/needs", "/groups/0/options",
                                                "/groups/0/options", "/groups/0/options", "/apart/0", "/apart/1"}));
}

TEST(Assignment, LimitsAndConditionsAreErrors)
{
  AssignmentProblem problem;
  problem.places = {{5, {}}};
  problem.groups = {{2, {{0, 1}}, 0, {}}};
  Limits limits;
  limits.elements = 1;
  EXPECT_FALSE(assign(problem, limits));
  EXPECT_FALSE(assign_without_each(problem));  // a group of two
  EXPECT_FALSE(worth_of_one_more(problem));
  EXPECT_TRUE(assign({}).value().place.empty());
}
