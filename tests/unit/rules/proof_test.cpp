// SPDX-License-Identifier: Apache-2.0
/// \file
/// Proofs, what is in the way of an answer, and minimal reasons: random tables against every possibility tried out.
#include <algorithm>
#include <cstdio>
#include <set>

#include <gtest/gtest.h>

#include "unit/rules/random_tables.hpp"

namespace tutela {
namespace {

using namespace test;

using Facts = std::vector<std::pair<std::string, Value>>;

struct Rule {
  std::vector<std::string> tests;
  std::string output;
};

/// A random table `d` over two or three inputs, and over a random table `e` as a last input.
struct Sample {
  std::string policy;
  std::vector<Column> columns;
  std::vector<Rule> rules;
  std::optional<Pack> loaded;
};

std::vector<Rule> random_rules(Generator& random, std::vector<Column> const& columns)
{
  std::vector<Rule> rules;
  int const height = 2 + random.below(5);
  for (int r = 0; r < height; ++r) {
    Rule rule;
    for (auto const& column : columns)
      rule.tests.push_back(random.below(5) < 2 ? "-" : column.cells[random.index(column.cells.size())]);
    rule.output = std::to_string(1 + random.below(3));
    rules.push_back(std::move(rule));
  }
  return rules;
}

std::vector<std::pair<std::vector<std::string>, std::string>> rows(std::vector<Rule> const& rules)
{
  std::vector<std::pair<std::vector<std::string>, std::string>> result;
  for (auto const& rule : rules) result.emplace_back(rule.tests, rule.output);
  return result;
}

Sample random_sample(Generator& random, std::vector<std::string> const& policies, bool nested)
{
  Sample sample;
  sample.policy = policies[random.index(policies.size())];
  std::string text;
  std::vector<std::string> names;
  for (int i = 0; i < 2 + random.below(2); ++i) {
    names.push_back("x" + std::to_string(i));
    sample.columns.push_back(random.column(names.back()));
    text += sample.columns.back().declaration;
  }
  if (nested) {
    auto const inner = random_rules(random, sample.columns);
    text += decision("e", names, table("hitPolicy=\"FIRST\"", names, rows(inner), "0"));
    names.push_back("e");
    sample.columns.push_back({"e", {}, {"1", "2", "not(1)", "< 2"}, {}});
  }
  sample.rules = random_rules(random, sample.columns);
  auto required = names;
  if (nested) required.back() = "d_e";
  sample.loaded = pack(dmn(
      text + decision("d", required,
                      table(sample.policy, names, rows(sample.rules), random.below(2) == 0 ? "1" : "", "3, 1, 2"))));
  if (nested) sample.columns.pop_back();
  return sample;
}

Facts random_facts(Generator& random, std::vector<Column> const& columns, int missing_of_ten)
{
  Facts facts;
  for (auto const& column : columns)
    if (random.below(10) >= missing_of_ten)
      facts.emplace_back(column.name, column.values[random.index(column.values.size())]);
  return facts;
}

/// What a step's rules lead to when only their states and outputs are known: every answer, as text.
std::set<std::string> replayed(ProofStep const& step)
{
  std::set<std::string> answers;
  std::vector<ProofRule const*> open;
  std::string fallback = "null";
  for (auto const& rule : step.rules) {
    if (rule.written->number == 0) fallback = to_string(*rule.output);
    if (rule.written->number != 0 && (rule.state == RuleState::applies || rule.state == RuleState::possible))
      open.push_back(&rule);
  }
  bool const ranked = step.written->policy == "PRIORITY";
  auto const rank = [](std::string const& output) { return std::string("312").find(output); };
  for (std::size_t chosen = 0; chosen < (std::size_t{1} << open.size()); ++chosen) {
    std::vector<std::string> hits;
    bool lawful = true;
    for (std::size_t i = 0; i < open.size(); ++i) {
      bool const in = (chosen >> i & 1U) != 0;
      lawful = lawful && (in || open[i]->state == RuleState::possible);
      if (in) hits.push_back(to_string(*open[i]->output));
    }
    if (!lawful) continue;
    if (hits.empty()) {
      answers.insert(fallback);
    } else if (step.written->policy == "FIRST") {
      answers.insert(hits.front());
    } else if (ranked) {
      answers.insert(*std::min_element(hits.begin(), hits.end(),
                                       [&](auto const& lhs, auto const& rhs) { return rank(lhs) < rank(rhs); }));
    } else if (step.written->policy == "UNIQUE" ? hits.size() > 1 : std::set(hits.begin(), hits.end()).size() > 1) {
      answers.insert("error");
    } else {
      answers.insert(hits.front());
    }
  }
  return answers;
}

std::set<std::string> possible_of(Verdict const& verdict)
{
  std::set<std::string> answers;
  for (auto const& value : verdict.possible.values) answers.insert(value.is(Kind::error) ? "error" : to_string(value));
  return answers;
}

std::vector<std::string> const one_output{"hitPolicy=\"UNIQUE\"", "hitPolicy=\"ANY\"", "hitPolicy=\"FIRST\"",
                                          "hitPolicy=\"PRIORITY\""};

TEST(Proof, ReplayedGivesTheVerdict)
{
  Generator random(20'261'123);
  int cases = 0;
  int exact = 0;
  for (int round = 0; round < 200; ++round) {
    auto const sample = random_sample(random, one_output, round % 2 == 1);
    for (int k = 0; k < 6; ++k) {
      auto const facts = random_facts(random, sample.columns, 3);
      auto const proof = sample.loaded->prove("d", record(facts), std::nullopt);
      auto const verdict = sample.loaded->decide("d", record(facts), std::nullopt);
      ASSERT_EQ(proof.verdict.outcome, verdict.outcome);
      auto const& step = proof.steps.front();
      ASSERT_EQ(step.written->decision, "d");
      for (auto const& rule : step.rules) {
        // The state of a rule is what its conditions say.
        Truth all = Truth::yes;
        for (auto const& condition : rule.conditions) all = all & condition.holds;
        if (rule.written->number == 0) continue;
        if (rule.state == RuleState::applies) {
          EXPECT_EQ(all, Truth::yes);
        }
        if (rule.state == RuleState::out) {
          EXPECT_EQ(all, Truth::no);
        }
        if (rule.state == RuleState::possible || rule.state == RuleState::excluded) {
          EXPECT_EQ(all, Truth::unknown);
        }
        if (rule.state == RuleState::not_reached) {
          EXPECT_NE(all, Truth::no);
        }
      }
      auto const replay = replayed(step);
      auto const possible = possible_of(verdict);
      EXPECT_TRUE(std::includes(replay.begin(), replay.end(), possible.begin(), possible.end()))
          << sample.policy << " round " << round;
      ++cases;
      if (replay == possible) ++exact;
      if (replay.size() == 1) {
        EXPECT_EQ(replay, possible);
      }
      // Where the rules leave more than the verdict, the proof says what made the difference.
      if (replay != possible) {
        EXPECT_TRUE(proof.by_completions) << sample.policy << " round " << round;
      }
      if (facts.size() == sample.columns.size()) {
        EXPECT_EQ(replay, possible) << "all facts are known";
      }
      for (auto const& fact : proof.facts) {
        auto const given = std::find_if(facts.begin(), facts.end(),
                                        [&](auto const& item) { return item.first == fact.declaration->name; });
        EXPECT_EQ(fact.value, given == facts.end() ? Value::unknown(fact.declaration->name) : given->second);
      }
    }
  }
  std::printf("%d proofs replayed, %d exactly, the others by completions\n", cases, exact);
}

/// The rules that give the answer for certain for some values of exactly the inputs in `set`.
std::set<std::size_t> givers(Sample const& sample, Facts const& facts, std::vector<std::size_t> const& set,
                             Value const& answer)
{
  std::set<std::size_t> rules;
  std::vector<std::size_t> at(set.size(), 0);
  for (bool more = true; more;) {
    auto changed = facts;
    for (std::size_t i = 0; i < set.size(); ++i) {
      auto const& column = sample.columns[set[i]];
      changed.erase(
          std::remove_if(changed.begin(), changed.end(), [&](auto const& item) { return item.first == column.name; }),
          changed.end());
      changed.emplace_back(column.name, column.values[at[i]]);
    }
    auto const proof = sample.loaded->prove("d", record(changed), std::nullopt);
    // The rules by themselves decide, so the step's own value counts, not what completions find out.
    auto const& step = proof.steps.front();
    for (auto const& rule : step.rules)
      if (step.value == answer && rule.state == RuleState::applies && *rule.output == answer)
        rules.insert(rule.written->number);
    std::size_t i = 0;
    while (i < at.size() && ++at[i] == sample.columns[set[i]].values.size()) at[i++] = 0;
    more = i < at.size();
  }
  return rules;
}

TEST(WhyNot, IsEveryMinimalSetOfConditions)
{
  Generator random(20'261'124);
  int sets = 0;
  for (int round = 0; round < 120; ++round) {
    auto const sample = random_sample(random, one_output, false);
    auto const facts = random_facts(random, sample.columns, 3);
    auto const answer = number(1 + random.below(3));
    auto const found = sample.loaded->why_not("d", answer, record(facts), std::nullopt);
    EXPECT_FALSE(found.truncated);
    auto const now = sample.loaded->decide("d", record(facts), std::nullopt);
    if (now.outcome == Outcome::known && now.value == answer) {
      EXPECT_TRUE(found.given);
      EXPECT_TRUE(found.sets.empty());
      continue;
    }
    std::set<std::pair<std::set<std::string>, std::size_t>> claimed;
    for (auto const& set : found.sets) {
      std::set<std::string> inputs;
      for (auto const& condition : set.conditions) inputs.insert(condition.written->input);
      EXPECT_TRUE(claimed.emplace(inputs, set.rule).second);
    }
    std::set<std::pair<std::set<std::string>, std::size_t>> wanted;
    std::vector<std::vector<std::size_t>> minimal;
    for (std::size_t size = 0; size <= sample.columns.size(); ++size) {
      for (std::size_t mask = 0; mask < (std::size_t{1} << sample.columns.size()); ++mask) {
        std::vector<std::size_t> set;
        std::set<std::string> inputs;
        for (std::size_t i = 0; i < sample.columns.size(); ++i)
          if ((mask >> i & 1U) != 0) {
            set.push_back(i);
            inputs.insert(sample.columns[i].name);
          }
        bool const larger = std::any_of(minimal.begin(), minimal.end(), [&](auto const& smaller) {
          return std::includes(set.begin(), set.end(), smaller.begin(), smaller.end());
        });
        if (set.size() != size || larger) continue;
        auto const rules = givers(sample, facts, set, answer);
        if (!rules.empty()) minimal.push_back(set);
        for (auto const rule : rules) wanted.emplace(inputs, rule);
      }
    }
    EXPECT_EQ(claimed, wanted) << sample.policy << " round " << round;
    sets += static_cast<int>(wanted.size());
  }
  std::printf("%d minimal sets of conditions, all of them found\n", sets);
}

TEST(WhyNot, NamesWhatARuleAsksFor)
{
  auto const loaded = pack(
      dmn(input("age", "number") + input("asked", "boolean") +
          decision("help", {"age", "asked"},
                   table("hitPolicy=\"FIRST\"", {"age", "asked"},
                         {{{"< 3", "true"}, "true"}, {{">= 18", "-"}, "false"}, {{"-", "false"}, "false"}}, "false"))));
  auto const facts = record({{"age", number(20)}});
  auto const found = loaded.why_not("help", Value(true), facts, std::nullopt);
  ASSERT_EQ(found.sets.size(), 1U);
  ASSERT_EQ(found.sets.front().conditions.size(), 2U);
  EXPECT_EQ(found.sets.front().rule, 1U);
  EXPECT_EQ(found.sets.front().conditions[0].written->test, "< 3");
  EXPECT_EQ(found.sets.front().conditions[0].holds, Truth::no);
  EXPECT_EQ(found.sets.front().conditions[1].holds, Truth::unknown);
  EXPECT_EQ(found.sets.front().conditions[1].written->facts, std::vector<std::string>{"asked"});
  EXPECT_TRUE(loaded.why_not("help", Value(false), facts, std::nullopt).given);
  // The third rule gives the answer only when the second does not.
  auto const third = loaded.why_not_rule("help", 3, facts, std::nullopt);
  ASSERT_EQ(third.sets.size(), 1U);
  EXPECT_EQ(third.sets.front().conditions.size(), 2U);
  EXPECT_THROW((void)loaded.why_not_rule("help", 4, facts, std::nullopt), ContractViolation);
  EXPECT_THROW((void)loaded.why_not_rule("help", 0, facts, std::nullopt), ContractViolation);
  EXPECT_TRUE(loaded.why_not("nothing", Value(true), facts, std::nullopt).truncated);
}

TEST(WhyNot, SaysWhenMoreMayExist)
{
  auto const loaded = pack(
      dmn(input("name", "string") +
          decision("d", {"name"}, table("hitPolicy=\"UNIQUE\"", {"name"}, {{{"starts with(?, \"A\")"}, "1"}}, "2"))));
  EXPECT_TRUE(loaded.why_not("d", number(1), record({{"name", Value("Zoe")}}), std::nullopt).truncated);
  DecideOptions few;
  few.limits.completions = 1;
  auto const wide = pack(dmn(input("a", "boolean") + input("b", "boolean") +
                             decision("d", {"a", "b"},
                                      table("hitPolicy=\"COLLECT\" aggregation=\"SUM\"", {"a", "b"},
                                            {{{"true", "-"}, "1"}, {{"-", "true"}, "2"}}))));
  auto const none = record({{"a", Value(false)}, {"b", Value(false)}});
  EXPECT_TRUE(wide.why_not("d", number(3), none, std::nullopt, few).truncated);
  auto const both = wide.why_not("d", number(3), none, std::nullopt);
  EXPECT_FALSE(both.truncated);
  ASSERT_EQ(both.sets.size(), 1U);
  EXPECT_EQ(both.sets.front().conditions.size(), 2U);
}

TEST(MinimalReasons, AreSufficientMinimalAndComplete)
{
  Generator random(20'261'125);
  int sets = 0;
  int cases = 0;
  for (int round = 0; round < 150; ++round) {
    auto const sample = random_sample(random, one_output, round % 2 == 1);
    auto const facts = random_facts(random, sample.columns, 1);
    auto const verdict = sample.loaded->decide("d", record(facts), std::nullopt);
    auto const reasons = sample.loaded->minimal_reasons("d", record(facts), std::nullopt);
    EXPECT_FALSE(reasons.truncated);
    if (verdict.outcome != Outcome::known) {
      EXPECT_TRUE(reasons.sets.empty());
      continue;
    }
    // Every subset of the facts that decides, and of these the minimal ones.
    std::vector<std::vector<std::string>> minimal;
    for (std::size_t size = 0; size <= facts.size(); ++size) {
      for (std::size_t mask = 0; mask < (std::size_t{1} << facts.size()); ++mask) {
        Facts kept;
        std::vector<std::string> names;
        for (std::size_t i = 0; i < facts.size(); ++i)
          if ((mask >> i & 1U) != 0) {
            kept.push_back(facts[i]);
            names.push_back(facts[i].first);
          }
        std::sort(names.begin(), names.end());
        bool const larger = std::any_of(minimal.begin(), minimal.end(), [&](auto const& smaller) {
          return std::includes(names.begin(), names.end(), smaller.begin(), smaller.end());
        });
        if (names.size() != size || larger) continue;
        auto const found = sample.loaded->decide("d", record(kept), std::nullopt);
        if (found.outcome == Outcome::known && found.value == verdict.value) minimal.push_back(names);
      }
    }
    auto claimed = reasons.sets;
    std::sort(claimed.begin(), claimed.end());
    std::sort(minimal.begin(), minimal.end());
    EXPECT_EQ(claimed, minimal) << sample.policy << " round " << round;
    for (auto const& set : reasons.sets) EXPECT_GE(set.size(), reasons.sets.front().size());
    sets += static_cast<int>(minimal.size());
    ++cases;
  }
  std::printf("%d minimal reasons of %d answers, all of them found\n", sets, cases);
}

TEST(Proof, LeadsDownToFactsSourcesAndArticles)
{
  std::string const person =
      "<itemDefinition name=\"tPerson\"><itemComponent name=\"birth date\"><extensionElements><tutela:fact "
      "category=\"identity\" about=\"person\"><tutela:label lang=\"en\">date of birth</tutela:label></tutela:fact>"
      "</extensionElements><typeRef>date</typeRef></itemComponent></itemDefinition>";
  auto const loaded = pack(
      dmn(person +
          "<inputData id=\"in_person\" name=\"person\"><variable name=\"person\" typeRef=\"tPerson\"/></inputData>" +
          decision("is_child", {"person"},
                   table("hitPolicy=\"UNIQUE\"", {"years and months duration(person.birth date, today()).years"},
                         {{{"< 18"}, "true"}, {{">= 18"}, "false"}}),
                   "<tutela:citation act=\"Code\" article=\"art. 1\" grade=\"A\"/>") +
          decision("protected", {"d_is_child"}, literal("is_child"))));
  auto const on = parse_date("2026-03-02");
  Context whole{{{"birth date", Value(*parse_date("2015-05-01"))}}};
  RecordBuilder builder;
  builder.set("person", Value(std::move(whole)), Source{"register", parse_date("2026-01-05"), {}});
  auto const facts = std::move(builder).build().value();
  auto const proof = loaded.prove("protected", facts, on);
  ASSERT_EQ(proof.steps.size(), 2U);
  EXPECT_EQ(proof.steps[0].written->expression, "is_child");
  EXPECT_EQ(proof.steps[0].written->decisions, std::vector<std::string>{"is_child"});
  EXPECT_EQ(proof.steps[1].written->citations.front().article, "art. 1");
  EXPECT_EQ(proof.steps[1].rules[0].state, RuleState::applies);
  EXPECT_EQ(proof.steps[1].rules[1].state, RuleState::out);
  EXPECT_EQ(*proof.steps[1].rules[1].output, Value(false));
  ASSERT_EQ(proof.facts.size(), 1U);
  auto const* fact = proof.fact("person.birth_date");
  ASSERT_NE(fact, nullptr);
  EXPECT_EQ(fact->value, Value(*parse_date("2015-05-01")));
  EXPECT_EQ(fact->source.name, "register");
  EXPECT_EQ(fact->source.recorded, parse_date("2026-01-05"));
  EXPECT_EQ(fact->declaration->about, Subject::person);
  EXPECT_EQ(proof.step("is_child")->rules[0].conditions.front().written->facts,
            std::vector<std::string>{"person.birth_date"});
  // As it was known before the day of recording, nothing is.
  DecideOptions earlier;
  earlier.known_on = parse_date("2026-01-01");
  auto const open = loaded.prove("protected", facts, on, earlier);
  EXPECT_EQ(open.facts.front().value.state(), State::unknown);
  EXPECT_TRUE(open.facts.front().source.name.empty());
  EXPECT_TRUE(loaded.prove("nothing", facts, on).steps.empty());
  EXPECT_THROW((void)loaded.prove("protected", facts, std::nullopt), ContractViolation);
}

}  // namespace
}  // namespace tutela
