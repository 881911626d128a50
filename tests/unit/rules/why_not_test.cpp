// SPDX-License-Identifier: Apache-2.0
/// \file
/// What is in the way of an answer: random tables whose columns share inputs, and whose facts are constrained, against
/// every case tried out.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "unit/rules/random_tables.hpp"

namespace tutela {
namespace {

using namespace test;

struct Sample {
  std::string policy;
  std::vector<Column> facts;
  std::vector<std::size_t> columns;  ///< For each column the fact that it tests.
  std::vector<std::vector<std::string>> tests;
  std::vector<int> outputs;
  std::optional<int> fallback;
  std::vector<Constraint> constraints;
  std::optional<Pack> loaded;
};

Sample random_sample(Generator& random, bool shared, bool constrained)
{
  static std::vector<std::string> const policies{"UNIQUE", "ANY", "FIRST", "PRIORITY"};
  Sample sample;
  sample.policy = policies[random.index(policies.size())];
  std::string text;
  int const facts = shared ? 1 + random.below(2) : 2 + random.below(2);
  std::vector<std::string> read;
  for (int i = 0; i < facts; ++i) {
    sample.facts.push_back(random.column("x" + std::to_string(i)));
    text += sample.facts.back().declaration;
    sample.columns.push_back(static_cast<std::size_t>(i));
    read.push_back(sample.facts.back().name);
  }
  for (int i = 0; shared && i < 1 + random.below(2); ++i) sample.columns.push_back(random.index(sample.facts.size()));
  int const height = 2 + random.below(4);
  std::vector<std::string> names;
  for (auto const fact : sample.columns) names.push_back(sample.facts[fact].name);
  std::vector<std::pair<std::vector<std::string>, std::string>> rows;
  for (int r = 0; r < height; ++r) {
    sample.tests.emplace_back();
    for (auto const fact : sample.columns) {
      auto const& cells = sample.facts[fact].cells;
      sample.tests.back().push_back(random.below(5) < 2 ? "-" : cells[random.index(cells.size())]);
    }
    sample.outputs.push_back(1 + random.below(3));
    rows.emplace_back(sample.tests.back(), std::to_string(sample.outputs.back()));
  }
  if (random.below(2) == 0) sample.fallback = 1 + random.below(3);
  text += decision("d", read,
                   table("hitPolicy=\"" + sample.policy + "\"", names, rows,
                         sample.fallback ? std::to_string(*sample.fallback) : "", "3, 1, 2"));
  for (int i = 0; constrained && i < 1 + random.below(2); ++i) {
    auto const from = random.index(sample.facts.size());
    auto const to = random.index(sample.facts.size());
    sample.constraints.push_back(implication(random, sample.facts[from], sample.facts[to]));
    text += decision("c" + std::to_string(i), read, literal(sample.constraints.back().text), "<tutela:constraint/>");
  }
  auto loaded = model(dmn(text));
  if (loaded) sample.loaded = detail::make_pack({}, *std::move(loaded));  // otherwise no case obeys the constraints
  return sample;
}

/// What the table says of one case, and which rules apply in it.
struct Told {
  std::string answer;
  std::set<std::size_t> applying;
};

class Reference {
 public:
  explicit Reference(Sample const& sample) : sample_(sample)
  {
    for (auto const& row : sample.tests) {
      tests_.emplace_back();
      for (auto const& cell : row) tests_.back().push_back(parse_unary_tests(cell).value());
    }
  }

  Told told(Case const& facts) const
  {
    Told told;
    for (std::size_t rule = 0; rule < tests_.size(); ++rule) {
      bool all = true;
      for (std::size_t i = 0; i < tests_[rule].size(); ++i)
        all = all && passes(tests_[rule][i], facts.at(sample_.facts[sample_.columns[i]].name));
      if (all) told.applying.insert(rule);
    }
    auto const output = [&](std::size_t rule) { return std::to_string(sample_.outputs[rule]); };
    std::set<std::string> outputs;
    for (auto const rule : told.applying) outputs.insert(output(rule));
    if (outputs.empty()) {
      told.answer = sample_.fallback ? std::to_string(*sample_.fallback) : "null";
    } else if (sample_.policy == "FIRST") {
      told.answer = output(*told.applying.begin());
    } else if (sample_.policy == "PRIORITY") {
      for (auto const* ranked : {"3", "1", "2"})
        if (told.answer.empty() && outputs.count(ranked) > 0) told.answer = ranked;
    } else {
      bool const clash = sample_.policy == "UNIQUE" ? told.applying.size() > 1 : outputs.size() > 1;
      told.answer = clash ? "error" : *outputs.begin();
    }
    return told;
  }

  /// Every case that has these facts and obeys the constraints.
  std::vector<Case> cases(Case const& known) const
  {
    std::vector<Case> cases{known};
    for (auto const& column : sample_.facts) {
      if (known.count(column.name) > 0) continue;
      std::vector<Case> more;
      for (auto const& one : cases)
        for (auto const& value : column.values) {
          more.push_back(one);
          more.back().emplace(column.name, value);
        }
      cases = std::move(more);
    }
    cases.erase(std::remove_if(cases.begin(), cases.end(),
                               [&](Case const& one) {
                                 return std::any_of(sample_.constraints.begin(), sample_.constraints.end(),
                                                    [&](Constraint const& each) { return !each.holds(one); });
                               }),
                cases.end());
    return cases;
  }

  /// Numbers of the rules by which the answer is given with these facts; 0 for the default.
  std::set<std::size_t> givers(Case const& known, std::string const& answer) const
  {
    auto const all = cases(known);
    std::vector<Told> told;
    for (auto const& one : all) told.push_back(this->told(one));
    std::set<std::size_t> givers;
    if (all.empty() || std::any_of(told.begin(), told.end(), [&](Told const& one) { return one.answer != answer; }))
      return givers;
    if (std::all_of(told.begin(), told.end(), [](Told const& one) { return one.applying.empty(); })) givers.insert(0);
    for (std::size_t rule = 0; rule < tests_.size(); ++rule) {
      bool const same = std::to_string(sample_.outputs[rule]) == answer;
      bool const applies =
          std::all_of(told.begin(), told.end(), [&](Told const& one) { return one.applying.count(rule) > 0; });
      bool const reached = sample_.policy != "FIRST" || std::any_of(told.begin(), told.end(), [&](Told const& one) {
                             return !one.applying.empty() && *one.applying.begin() == rule;
                           });
      if (same && applies && reached) givers.insert(rule + 1);
    }
    return givers;
  }

 private:
  Sample const& sample_;
  std::vector<std::vector<UnaryTests>> tests_;
};

using Claims = std::set<std::pair<std::set<std::string>, std::size_t>>;

/// The minimal sets of inputs with their rules, from the definition.
Claims wanted(Sample const& sample, Reference const& reference, Case const& known, std::string const& answer)
{
  Claims claims;
  std::vector<std::size_t> minimal;
  for (std::size_t size = 0; size <= sample.facts.size(); ++size) {
    for (std::size_t mask = 0; mask < (std::size_t{1} << sample.facts.size()); ++mask) {
      std::vector<std::size_t> set;
      for (std::size_t i = 0; i < sample.facts.size(); ++i)
        if ((mask >> i & 1U) != 0) set.push_back(i);
      if (set.size() != size ||
          std::any_of(minimal.begin(), minimal.end(), [&](std::size_t less) { return (mask & less) == less; }))
        continue;
      std::set<std::string> names;
      std::vector<Case> changes{known};
      for (auto const fact : set) {
        names.insert(sample.facts[fact].name);
        std::vector<Case> more;
        for (auto const& one : changes)
          for (auto const& value : sample.facts[fact].values) {
            more.push_back(one);
            more.back().insert_or_assign(sample.facts[fact].name, value);
          }
        changes = std::move(more);
      }
      bool found = false;
      for (auto const& change : changes)
        for (auto const rule : reference.givers(change, answer)) {
          claims.emplace(names, rule);
          found = true;
        }
      if (found) minimal.push_back(mask);
    }
  }
  return claims;
}

void compare_with_every_case(unsigned seed, bool shared, bool constrained)
{
  Generator random(seed);
  int sets = 0;
  int asked = 0;
  for (int round = 0; round < 150; ++round) {
    auto const sample = random_sample(random, shared, constrained);
    Case known;
    for (auto const& column : sample.facts)
      if (random.below(10) >= 3) known.emplace(column.name, column.values[random.index(column.values.size())]);
    auto const answer = number(1 + random.below(3));
    if (!sample.loaded) continue;
    std::vector<std::pair<std::string, Value>> facts(known.begin(), known.end());
    auto const found = sample.loaded->why_not("d", answer, record(facts), std::nullopt);
    EXPECT_FALSE(found.truncated) << round;
    EXPECT_TRUE(found.certain);
    Claims claimed;
    for (auto const& set : found.sets) {
      std::set<std::string> inputs;
      for (auto const& condition : set.conditions) {
        inputs.insert(condition.written->input);
        EXPECT_NE(condition.holds, Truth::yes);
      }
      EXPECT_TRUE(claimed.emplace(inputs, set.rule).second);
    }
    Reference const reference(sample);
    auto const all = reference.cases(known);
    bool const given = !all.empty() && std::all_of(all.begin(), all.end(), [&](Case const& one) {
      return reference.told(one).answer == to_string(answer);
    });
    EXPECT_EQ(found.given, given) << round;
    if (given) continue;
    EXPECT_EQ(claimed, wanted(sample, reference, known, to_string(answer))) << sample.policy << " round " << round;
    sets += static_cast<int>(claimed.size());
    ++asked;
  }
  std::printf("%d minimal sets of %d answers, all of them found\n", sets, asked);
}

TEST(WhyNot, IsTheDefinition) { compare_with_every_case(20'261'201, false, false); }
TEST(WhyNot, IsTheDefinitionWhereColumnsShareAnInput) { compare_with_every_case(20'261'202, true, false); }
TEST(WhyNot, IsTheDefinitionUnderConstraints) { compare_with_every_case(20'261'203, false, true); }
TEST(WhyNot, IsTheDefinitionWithBoth) { compare_with_every_case(20'261'204, true, true); }

TEST(WhyNot, NamesEachConditionOnASharedInput)
{
  auto const loaded = pack(dmn(item("tAge", "number", "[0..99]") + input("age", "tAge") +
                               decision("d", {"age"},
                                        table("hitPolicy=\"UNIQUE\"", {"age", "age"},
                                              {{{">= 6", "< 14"}, "true"}, {{"< 3", "> 5"}, "false"}}))));
  auto const found = loaded.why_not("d", Value(true), record({{"age", number(3)}}), std::nullopt);
  ASSERT_EQ(found.sets.size(), 1U);
  ASSERT_EQ(found.sets.front().conditions.size(), 1U);  // the other one holds
  EXPECT_EQ(found.sets.front().conditions.front().written->test, ">= 6");
  // No age is below 3 and above 5.
  EXPECT_TRUE(loaded.why_not("d", Value(false), record({{"age", number(3)}}), std::nullopt).sets.empty());
}

TEST(WhyNot, SaysWhereInputsAreTakenToVaryFreely)
{
  auto const loaded =
      pack(dmn(input("age", "number") +
               decision("d", {"age"}, table("hitPolicy=\"UNIQUE\"", {"age", "age + 1"}, {{{"< 3", "> 5"}, "true"}}))));
  auto const found = loaded.why_not("d", Value(true), record({{"age", number(3)}}), std::nullopt);
  EXPECT_FALSE(found.certain);
  EXPECT_FALSE(found.sets.empty());
}

}  // namespace
}  // namespace tutela
