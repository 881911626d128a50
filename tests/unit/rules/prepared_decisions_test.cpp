// SPDX-License-Identifier: Apache-2.0
/// \file
/// Several decisions about one person in one call: the answers that each has by itself.
#include <tutela/rules/session.hpp>

#include <cstdio>

#include <gtest/gtest.h>

#include "rules/pack_impl.hpp"
#include "rules/prepared_decision.hpp"
#include "unit/rules/allocations.hpp"
#include "unit/rules/models.hpp"
#include "unit/rules/random_facts.hpp"

namespace tutela {
namespace {

using namespace test;

/// Some of the items, in their order.
template <class T>
std::vector<T> some(Random& random, std::vector<T> const& items)
{
  std::vector<T> chosen;
  for (auto const& each : items)
    if (random.below(3) == 0) chosen.push_back(each);
  if (chosen.empty()) chosen.push_back(random.one_of(items));
  return chosen;
}

/// Tables over the same facts, of which some rest on earlier ones.
std::string random_model(Random& random, std::vector<RandomFact> const& facts, int decisions)
{
  std::string model;
  for (auto const& fact : facts) model += fact.declaration;
  for (int i = 0; i < decisions; ++i) {
    auto columns = some(random, facts);
    std::vector<std::string> required;
    for (auto const& column : columns) required.push_back(column.name);
    if (i > 0 && random.below(3) == 0) {
      auto const base = "d" + std::to_string(random.below(i));
      columns.push_back({base, {}, {"1", "2, 3", "null, 3", "not(1)", "> 1"}, {}});
      required.push_back("d_" + base);
    }
    auto const policy = random.one_of<std::string>({"FIRST", "FIRST", "UNIQUE", "ANY", "PRIORITY"});
    model += decision("d" + std::to_string(i), required, random_table(random, columns, policy));
  }
  return dmn(model);
}

TEST(PreparedDecisions, AnswerAsEachAlone)
{
  Random random(40'404);
  int answers = 0;
  int by_bits = 0;
  int open = 0;
  for (int round = 0; round < 200; ++round) {
    std::vector<RandomFact> facts;
    for (int i = 0; i < 3 + random.below(5); ++i) facts.push_back(random_fact(random, "x" + std::to_string(i)));
    auto const loaded = pack(random_model(random, facts, 1 + random.below(24)));
    PreparedDecisions const questions(loaded, std::nullopt);
    ASSERT_EQ(questions.names().size(), loaded.decisions().size());
    Session session(loaded);
    for (int k = 0; k < 12; ++k) {
      session.clear();
      RecordBuilder given;
      for (auto const& fact : facts) {
        int const chance = random.below(40);
        if (chance < 10) continue;
        auto const value = chance == 10 ? Value(Uncertain{{fact.name}}) : random.one_of(fact.values);
        given.set(fact.name, value);
        set_plainly(session, fact.name, value);
      }
      auto const record = std::move(given).build().value();
      auto const expected = loaded.decide(record, std::nullopt);
      auto const found = session.decide(questions);
      ASSERT_EQ(found.size(), expected.size());
      for (std::size_t i = 0; i < found.size(); ++i) {
        ASSERT_EQ(expected[i].decision, questions.names()[i]);
        ASSERT_EQ(found[i].outcome(), expected[i].outcome) << expected[i].decision << ", round " << round;
        ASSERT_EQ(found[i].value(), expected[i].value) << expected[i].decision << ", round " << round;
        ++answers;
        if (expected[i].outcome == Outcome::unknown) ++open;
      }
    }
    std::vector<detail::PlanBundle::Member> members;
    for (auto const& plans : loaded.impl().plans)
      members.push_back({plans.empty() ? nullptr : plans.front().get(), &loaded.impl().lines});
    detail::PlanBundle const bundle(members, Limits{}.completions);
    for (std::size_t i = 0; i < members.size(); ++i)
      if (bundle.table(i)) by_bits += 12;
  }
  std::printf("%d answers, %d of decisions as bits, %d open\n", answers, by_bits, open);
  EXPECT_GT(by_bits * 10, answers * 9);
  EXPECT_GT(open, answers / 10);
}

/// Two decisions over one fact.
std::string two_decisions()
{
  return dmn(input("income", "number") +
             decision("grant", {"income"}, table("hitPolicy=\"FIRST\"", {"income"}, {{{"< 100"}, "true"}}, "false")) +
             decision("meals", {"income"}, table("hitPolicy=\"FIRST\"", {"income"}, {{{"< 200"}, "true"}}, "false")));
}

TEST(PreparedDecisions, AreThoseThatAreNamed)
{
  auto const loaded = pack(two_decisions());
  DecideOptions options;
  options.decisions = {"meals", "housing", "grant"};
  PreparedDecisions const questions(loaded, std::nullopt, options);
  EXPECT_EQ(questions.names(), options.decisions);
  Session session(loaded);
  session.set("income", 150);
  auto const found = session.decide(questions);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].value(), Value(true));
  EXPECT_EQ(found[1].outcome(), Outcome::rule_not_available);
  EXPECT_EQ(found[2].value(), Value(false));
}

TEST(PreparedDecisions, CountTheLoadedRecord)
{
  auto const loaded = pack(two_decisions());
  PreparedDecisions const questions(loaded, std::nullopt);
  Session session(loaded);
  session.load(record({{"income", number(150)}}));
  EXPECT_EQ(session.decide(questions)[1].value(), Value(true));
  session.set_uncertain(*session.slot("income"));
  EXPECT_EQ(session.decide(questions)[1].outcome(), Outcome::undeterminable);
  session.clear();
  EXPECT_EQ(session.decide(questions)[1].outcome(), Outcome::unknown);
}

TEST(PreparedDecisions, AreOfOnePack)
{
  Session session(pack(two_decisions()));
  PreparedDecisions const others(pack(two_decisions()), std::nullopt);
  EXPECT_THROW(static_cast<void>(session.decide(others)), ContractViolation);
}

TEST(PreparedDecisions, AnswerWithoutAllocating)
{
  auto const loaded = pack(two_decisions());
  PreparedDecisions const questions(loaded, std::nullopt);
  Session session(loaded);
  auto const ask = [&] {
    session.clear();
    EXPECT_EQ(session.decide(questions)[0].outcome(), Outcome::unknown);
    session.set("income", 150);
    EXPECT_EQ(session.decide(questions)[0].outcome(), Outcome::known);
  };
  ask();
  auto const before = allocations();
  ask();
  EXPECT_EQ(allocations() - before, 0U);
}

}  // namespace
}  // namespace tutela
