// SPDX-License-Identifier: Apache-2.0
/// \file
/// Sessions and plans: the answers of the model, and no allocation on the way to them.
#include <tutela/rules/session.hpp>

#include <algorithm>
#include <cstdio>
#include <random>

#include <gtest/gtest.h>

#include "bench/support_table.hpp"
#include "rules/case_run.hpp"
#include "rules/pack_impl.hpp"
#include "rules/plans.hpp"
#include "unit/rules/allocations.hpp"
#include "unit/rules/models.hpp"
#include "unit/rules/random_facts.hpp"

namespace tutela {
namespace {

using namespace test;

std::string text_of(std::vector<Value> const& values)
{
  std::vector<std::string> texts;
  for (auto const& value : values) texts.push_back(value.is(Kind::error) ? "error" : to_string(value));
  std::sort(texts.begin(), texts.end());
  std::string all;
  for (auto const& text : texts) all += text + "; ";
  return all;
}

std::vector<std::string> rules_of(Verdict const& verdict)
{
  std::vector<std::string> rules;
  for (auto const& reason : verdict.reasons)
    rules.push_back(reason.decision + " " + std::to_string(reason.rule) + " " + to_string(reason.output) + " " +
                    std::to_string(static_cast<int>(reason.applies)));
  return rules;
}

std::size_t index_of(Pack const& pack, std::string_view decision)
{
  return static_cast<std::size_t>(pack.find(decision) - pack.decisions().data());
}

Verdict decide_by_model(Pack const& pack, std::string_view decision, Record const& facts)
{
  auto const& impl = pack.impl();
  detail::CaseFacts inputs(*impl.model, facts, std::nullopt, std::nullopt);
  DecideOptions const options;
  detail::CaseRun run(impl, inputs, std::nullopt, options);
  return detail::answer_by_model(impl, index_of(pack, decision), run, std::nullopt, options);
}

bool is_planned(Pack const& pack, std::string_view decision)
{
  return detail::plan_for(pack.impl(), index_of(pack, decision), std::nullopt, {}) != nullptr;
}

void expect_same(Verdict const& by_plan, Verdict const& by_model, bool all_known, std::string const& where)
{
  ASSERT_EQ(by_plan.outcome, by_model.outcome) << where;
  EXPECT_EQ(by_plan.value, by_model.value) << where;
  EXPECT_FALSE(by_plan.possible.approximate) << where;
  if (!by_model.possible.approximate) {
    EXPECT_EQ(text_of(by_plan.possible.values), text_of(by_model.possible.values)) << where;
    EXPECT_EQ(by_plan.missing, by_model.missing) << where;
    EXPECT_EQ(by_plan.uncertain, by_model.uncertain) << where;
  }
  if (by_model.fault && by_plan.fault) {
    EXPECT_EQ(by_plan.fault->what, by_model.fault->what);
    EXPECT_EQ(by_plan.fault->place, by_model.fault->place);
  }
  EXPECT_EQ(by_plan.categories, by_model.categories);
  EXPECT_EQ(by_plan.citations.size(), by_model.citations.size());
  EXPECT_EQ(by_plan.fault.has_value(), by_model.fault.has_value());
  if (all_known) {
    EXPECT_EQ(rules_of(by_plan), rules_of(by_model)) << where;
  }
}

TEST(Plan, AnswersAsTheModelDoes)
{
  std::vector<std::string> const policies{"UNIQUE", "ANY", "FIRST", "PRIORITY"};
  Random random(20'261'122);
  int rows = 0;
  int planned = 0;
  int open = 0;
  for (int round = 0; round < 300; ++round) {
    std::string model;
    std::vector<RandomFact> facts;
    std::vector<std::string> names;
    int const width = 2 + random.below(4);
    for (int i = 0; i < width; ++i) {
      facts.push_back(random_fact(random, "x" + std::to_string(i)));
      model += facts.back().declaration;
      names.push_back(facts.back().name);
    }
    bool const chained = random.below(2) == 0;
    auto columns = facts;
    auto required = names;
    if (chained) {
      // A second table rests on the first one and on some of the same facts.
      std::vector<RandomFact> const some(facts.begin(), facts.begin() + 1 + random.below(width));
      std::vector<std::string> const some_names(names.begin(),
                                                names.begin() + static_cast<std::ptrdiff_t>(some.size()));
      model += decision("base", some_names, random_table(random, some, random.one_of(policies)));
      columns.push_back({"base", {}, {"1", "2, 3", "null, 3", "not(1)", "> 1"}, {}});
      required.push_back("d_base");
    }
    auto const policy = random.one_of(policies);
    model += decision("d", required, random_table(random, columns, policy));
    auto const loaded = pack(dmn(model));
    Session session(loaded);
    for (int k = 0; k < 12; ++k) {
      session.clear();
      std::vector<std::pair<std::string, Value>> given;
      bool all_known = true;
      for (auto const& fact : facts) {
        int const chance = random.below(10);
        if (chance < 3) {
          all_known = false;
          continue;
        }
        auto const value = chance == 3 ? Value(Uncertain{{fact.name}}) : random.one_of(fact.values);
        all_known = all_known && chance != 3;
        given.emplace_back(fact.name, value);
        if (value.is(Kind::uncertain) && random.below(2) == 0)
          session.set_uncertain(*session.slot(fact.name));
        else if (value.is_none())
          session.set_none(*session.slot(fact.name));
        else
          set_plainly(session, fact.name, value);
      }
      auto const where = policy + ", round " + std::to_string(round) + (chained ? ", two tables" : "");
      auto const facts_given = record(given);
      auto const by_pack = loaded.decide("d", facts_given, std::nullopt);
      auto const by_model = decide_by_model(loaded, "d", facts_given);
      expect_same(by_pack, by_model, all_known, where);
      PreparedDecision const question(loaded, "d", std::nullopt);
      auto const verdict = session.verdict(question);
      EXPECT_EQ(rules_of(verdict), rules_of(by_pack)) << where;
      expect_same(verdict, by_pack, true, where);
      auto const found = session.decide(question);
      EXPECT_EQ(found.outcome(), by_pack.outcome) << where;
      EXPECT_EQ(found.value(), by_pack.value) << where;
      EXPECT_EQ(session.record().facts().size(), given.size());
      ++rows;
      if (by_pack.outcome == Outcome::unknown || by_pack.outcome == Outcome::undeterminable) ++open;
      if (is_planned(loaded, "d")) ++planned;
      if (HasFatalFailure()) return;
    }
  }
  std::printf("%d cases, %d by plan, %d open\n", rows, planned, open);
  EXPECT_GT(planned * 10, rows * 9);
  EXPECT_GT(open, rows / 10);
}

Pack const& support()
{
  static Pack const pack = parse_pack(bench::support_model(), "support.dmn").value();
  return pack;
}

void set_all(Session& session, std::vector<Slot> const& slots, bench::SupportCase const& each)
{
  session.set(slots[0], each.age);
  session.set(slots[1], each.income);
  session.set(slots[2], each.children);
  session.set(slots[3], each.status);
  session.set(slots[4], each.disability);
}

std::vector<Slot> support_slots(Session const& session)
{
  std::vector<Slot> slots;
  for (auto const* name : bench::support_inputs) slots.push_back(*session.slot(name));
  return slots;
}

TEST(Session, DecidesWithoutAllocating)
{
  ASSERT_TRUE(is_planned(support(), "support"));
  auto const cases = bench::support_cases();
  Session session(support());
  auto const slots = support_slots(session);
  PreparedDecision const question(support(), "support", std::nullopt);
  std::size_t known = 0;
  auto const all = [&] {
    for (auto const& each : cases) {
      set_all(session, slots, each);
      if (session.decide(question).outcome() == Outcome::known) ++known;
      session.set("children", each.children + 1);
      session.unset(slots[1]);
      session.set_uncertain(slots[2]);
      session.set_none(slots[4]);
      session.set(slots[0], Decimal(each.age));
      session.unset(slots[2]);
      if (session.decide(question).outcome() == Outcome::known) ++known;
    }
  };
  all();  // texts and work space grow to their size
  auto const before = allocations();
  all();
  EXPECT_EQ(allocations() - before, 0U);
  EXPECT_GT(known, 2 * cases.size());
}

TEST(Session, NeverAnswersForAnotherLegalOrder)
{
  auto read = model(bench::support_model());
  PackInfo info;
  info.id = "test";
  info.jurisdiction = "MD";
  auto const loaded = detail::make_pack(info, *std::move(read));
  ASSERT_TRUE(is_planned(loaded, "support"));
  DecideOptions options;
  options.jurisdiction = "RO";
  PreparedDecision const question(loaded, "support", std::nullopt, options);
  Session session(loaded);
  set_all(session, support_slots(session), bench::support_cases().front());
  EXPECT_EQ(session.decide(question).outcome(), Outcome::rule_not_available);
  EXPECT_EQ(session.verdict(question).outcome, Outcome::rule_not_available);
  EXPECT_EQ(session.verdict(question).jurisdiction, "RO");
}

TEST(Session, GivesTheVerdictOfThePack)
{
  Session session(support());
  auto const slots = support_slots(session);
  PreparedDecision const question(support(), "support", std::nullopt);
  for (auto const& each : bench::support_cases()) {
    set_all(session, slots, each);
    auto const expected = decide_by_model(support(), "support", session.record());
    ASSERT_EQ(session.decide(question).value(), expected.value);
    auto const verdict = session.verdict(question);
    ASSERT_EQ(rules_of(verdict), rules_of(expected));
    ASSERT_EQ(verdict.reasons.front().conditions, expected.reasons.front().conditions);
  }
}

TEST(Session, KeepsWrongValuesAsErrors)
{
  Session session(support());
  PreparedDecision const question(support(), "support", std::nullopt);
  session.set("status", "alien");
  EXPECT_EQ(session.decide(question).outcome(), Outcome::error);
  session.set("status", 7);
  EXPECT_EQ(session.decide(question).outcome(), Outcome::error);
  session.set("status", "visitor");
  EXPECT_EQ(session.decide(question).outcome(), Outcome::known);
  EXPECT_EQ(session.decide(question).value(), Value("none"));
  session.unset(*session.slot("status"));
  EXPECT_EQ(session.decide(question).outcome(), Outcome::unknown);
  EXPECT_EQ(session.verdict(question).missing.size(), 5U);
}

TEST(Session, CountsSlotsBeforeTheLoadedRecord)
{
  Session session(support());
  PreparedDecision const question(support(), "support", std::nullopt);
  session.load(record({{"status", Value("visitor")}, {"shoe size", number(40)}}));
  EXPECT_EQ(session.decide(question).value(), Value("none"));
  session.set("status", "refugee");
  session.set("age", 5);
  EXPECT_EQ(session.decide(question).value(), Value("guardian"));
  EXPECT_EQ(session.record().facts().size(), 3U);
  session.unset(*session.slot("status"));
  EXPECT_EQ(session.decide(question).value(), Value("none"));
  session.clear();
  EXPECT_EQ(session.decide(question).outcome(), Outcome::unknown);
}

TEST(Session, ReadsComponentsOfStructuredInputs)
{
  auto const loaded =
      pack(dmn("<itemDefinition name=\"tChild\"><itemComponent name=\"age\"><typeRef>number</typeRef></itemComponent>"
               "<itemComponent name=\"in school\"><typeRef>boolean</typeRef></itemComponent></itemDefinition>" +
               input("child", "tChild") +
               decision("d", {"child"},
                        table("hitPolicy=\"UNIQUE\"", {"child.age", "child.in school"},
                              {{{"< 7", "-"}, "1"}, {{">= 7", "true"}, "2"}, {{">= 7", "false"}, "3"}}))));
  ASSERT_TRUE(is_planned(loaded, "d"));
  Session session(loaded);
  PreparedDecision const question(loaded, "d", std::nullopt);
  session.set("child.age", 9);
  EXPECT_EQ(session.verdict(question).missing, std::vector<std::string>{"child.in_school"});
  session.set("child.in_school", true);
  EXPECT_EQ(session.decide(question).value(), number(2));
  session.set("child.age", 3);
  EXPECT_EQ(session.decide(question).value(), number(1));
  // Recorded as a whole it is no fact of the plan, and gives the same answer.
  Context child;
  child.entries = {{"age", number(9)}, {"in school", Value(false)}};
  EXPECT_EQ(loaded.decide("d", record({{"child", Value(std::move(child))}}), std::nullopt).value, number(3));
}

TEST(Session, TakesWithoutACheckOnlyWhatPassesIt)
{
  Random random(20260302);
  std::vector<Value> const values{Value(true), Value(),           Value("a"),         Value("e"),
                                  Value("7"),  Value(Decimal(7)), Value(Decimal(11)), Value(*make_date(2026, 1, 3))};
  int unchecked = 0;
  int listed = 0;
  for (int round = 0; round < 200; ++round) {
    auto const fact = random_fact(random, "f");
    auto const loaded = pack(dmn(fact.declaration + decision("d", {"f"}, literal("f = null"))));
    auto const& declaration = loaded.schema().declarations().front();
    for (auto const& value : values) {
      bool const passes = !check(declaration, value);
      if (!value.is_none() && value.kind() == unbounded_kind(declaration)) {
        ++unchecked;
        EXPECT_TRUE(passes) << fact.declaration;
      }
      if (auto const* text = value.as_string(); text != nullptr) {
        listed += lists_text(declaration, *text) ? 1 : 0;
        EXPECT_EQ(lists_text(declaration, *text), passes && !declaration.allowed.empty()) << fact.declaration << *text;
      }
    }
  }
  EXPECT_GT(unchecked, 50);
  EXPECT_GT(listed, 20);
}

TEST(Session, RefusesWhatIsOfAnotherPack)
{
  Session session(support());
  EXPECT_FALSE(session.slot("height"));
  EXPECT_FALSE(session.set("height", 3));
  EXPECT_THROW((void)session.slot(std::size_t{99}), ContractViolation);
  auto const other =
      pack(dmn(input("x", "number") + decision("d", {"x"}, table("hitPolicy=\"FIRST\"", {"x"}, {{{"1"}, "1"}}))));
  Session stranger(other);
  EXPECT_THROW(stranger.set(*session.slot("age"), 3), ContractViolation);
  EXPECT_THROW((void)stranger.decide(PreparedDecision(support(), "support", std::nullopt)), ContractViolation);
  EXPECT_EQ(session.decide(PreparedDecision(support(), "no such decision", std::nullopt)).outcome(),
            Outcome::rule_not_available);
}

TEST(Session, FollowsTheTextInForce)
{
  auto const text = [](std::string const& from, std::string const& until, std::string const& limit) {
    return "<rule><extensionElements><tutela:law validFrom=\"" + from + "\"" +
           (until.empty() ? "" : " validUntil=\"" + until + "\"") + "/></extensionElements><inputEntry><text>&lt; " +
           limit + "</text></inputEntry><outputEntry><text>true</text></outputEntry></rule>";
  };
  auto const loaded = pack(
      dmn(input("age", "number") +
          decision("minor", {"age"},
                   "<decisionTable hitPolicy=\"FIRST\"><input><inputExpression><text>age</text></inputExpression>"
                   "</input><output><defaultOutputEntry><text>false</text></defaultOutputEntry></output>" +
                       text("2000-01-01", "2020-01-01", "16") + text("2020-01-01", "", "18") + "</decisionTable>")));
  Session session(loaded);
  session.set("age", 17);
  auto const on = [&](int year) { return session.decide(PreparedDecision(loaded, "minor", make_date(year, 6, 1))); };
  EXPECT_EQ(on(2010).value(), Value(false));
  EXPECT_EQ(on(2021).value(), Value(true));
  EXPECT_EQ(on(1990).outcome(), Outcome::no_law_in_force);
  DecideOptions earlier;
  earlier.law_on = make_date(2019, 12, 31);
  EXPECT_EQ(session.decide(PreparedDecision(loaded, "minor", make_date(2021, 6, 1), earlier)).value(), Value(false));
}

}  // namespace
}  // namespace tutela
