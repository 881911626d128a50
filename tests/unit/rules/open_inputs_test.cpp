// SPDX-License-Identifier: Apache-2.0
/// \file
/// Inputs of several facts and of lists where something is missing: what is said, beside every completion tried out.
#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <tutela/rules/session.hpp>

#include "unit/rules/models.hpp"
#include "unit/rules/random.hpp"

namespace tutela {
namespace {

using namespace test;

using Values = std::vector<Value>;

Value tenths(int count) { return Value(Decimal(count) / Decimal(10)); }

Values steps(int first, int last)
{
  Values values;
  for (int i = first; i <= last; i += 5) values.push_back(tenths(i));
  return values;
}

Value child(int age, bool disabled)
{
  return Value(Context{{{"age", Value(Decimal(age))}, {"disabled", Value(disabled)}}});
}

/// All lists of at most so many children that the cells tell apart, in an order in which each is there once.
Values lists(std::size_t most)
{
  Values all{Value(List{})};
  for (std::size_t begin = 0, length = 0; length < most; ++length) {
    auto const end = all.size();
    for (; begin < end; ++begin)
      for (int kind = 0; kind < 4; ++kind) {
        auto longer = *all[begin].as_list();
        longer.items.push_back(child(kind % 2 == 0 ? 2 : 3, kind / 2 == 0));
        all.emplace_back(std::move(longer));
      }
  }
  return all;
}

/// A fact and the values by which every region of every input below is reached.
struct Given {
  std::string name;
  Values values;
};

std::vector<Given> const& given()
{
  static std::vector<Given> const all{
      {"a", steps(-200, 200)},
      {"b", steps(-200, 200)},
      {"r", steps(0, 100)},
      {"p", {Value(false), Value(true)}},
      {"s", {Value("x"), Value("y"), Value("z")}},
      {"d", {Value(*make_date(2019, 12, 31)), Value(*make_date(2020, 1, 1)), Value(*make_date(2020, 1, 2))}},
      {"children", lists(3)},
  };
  return all;
}

struct Input {
  std::string text;
  std::vector<std::string> facts;
  std::vector<std::string> cells;
};

std::vector<Input> const& inputs()
{
  static std::vector<std::string> const numbers{"< 2", ">= 5", "[1..3]", "4", "> 0, 7", "not(2)"};
  static std::vector<std::string> const truths{"true", "false"};
  static std::vector<std::string> const counts{"0", "1", ">= 2", "< 1", "not(1)"};
  static std::vector<Input> const all{
      {"a - b", {"a", "b"}, numbers},
      {"a + r - 1", {"a", "r"}, numbers},
      {"r - b", {"r", "b"}, numbers},
      {"left", {"d_left"}, numbers},
      {"a > b", {"a", "b"}, truths},
      {"p and a > 2", {"p", "a"}, truths},
      {"p or s = \"x\"", {"p", "s"}, truths},
      {"not(s = \"x\") and b >= 3", {"s", "b"}, truths},
      {"d > date(\"2020-01-01\") and p", {"d", "p"}, truths},
      {"r > b", {"r", "b"}, truths},
      {"some c in children satisfies c.disabled", {"children"}, truths},
      {"every c in children satisfies c.age > 2", {"children"}, truths},
      {"some c in children satisfies c.age > 2 and c.disabled", {"children"}, truths},
      {"count(children[age > 2])", {"children"}, counts},
      {"count(children[disabled])", {"children"}, counts},
      {"count(children)", {"children"}, counts},
      {"abs(a) - b", {"a", "b"}, numbers},
      {"if p then a else b", {"p", "a", "b"}, numbers},
      {"a", {"a"}, numbers},
      {"r", {"r"}, numbers},
      {"p", {"p"}, truths},
      {"s", {"s"}, {"\"x\"", "\"y\", \"z\"", "not(\"z\")"}},
  };
  return all;
}

std::string types()
{
  return item("tShare", "number", "[0..10]") + item("tKind", "string", "\"x\", \"y\", \"z\"") +
         "<itemDefinition name=\"tChildren\" isCollection=\"true\">"
         "<itemComponent name=\"age\"><typeRef>number</typeRef></itemComponent>"
         "<itemComponent name=\"disabled\"><typeRef>boolean</typeRef></itemComponent></itemDefinition>" +
         input("a", "number") + input("b", "number") + input("r", "tShare") + input("p", "boolean") +
         input("s", "tKind") + input("d", "date");
}

std::string model_of(Random& random, bool bounded)
{
  std::vector<std::string> requires_;
  std::vector<std::string> texts;
  std::vector<std::vector<std::string>> cells;
  for (int i = 0, width = 1 + random.below(3); i < width; ++i) {
    auto const& chosen = random.one_of(inputs());
    for (auto const& fact : chosen.facts)
      if (std::find(requires_.begin(), requires_.end(), fact) == requires_.end()) requires_.push_back(fact);
    texts.push_back(escaped(chosen.text));
    cells.push_back(chosen.cells);
  }
  std::vector<std::pair<std::vector<std::string>, std::string>> rules;
  for (int i = 0, height = 1 + random.below(3); i < height; ++i) {
    std::vector<std::string> tests;
    for (auto const& column : cells) tests.push_back(random.below(4) == 0 ? "-" : random.one_of(column));
    rules.emplace_back(std::move(tests), std::to_string(1 + random.below(3)));
  }
  static std::vector<std::string> const policies{"FIRST", "FIRST", "UNIQUE", "ANY", "PRIORITY"};
  return dmn(types() + input("children", "tChildren", bounded ? "maximumElements=\"3\"" : "") +
             decision("left", {"a", "b"}, literal("a - b - 1")) +
             decision("help", requires_,
                      table("hitPolicy=\"" + random.one_of(policies) + "\"", texts, rules, "2", "3, 1, 2")));
}

std::string text_of(Outcome outcome, Value const& value)
{
  return outcome == Outcome::known ? to_string(value) : std::string(to_string(outcome));
}

std::string text_of(Value const& possible) { return possible.is(Kind::error) ? "error" : to_string(possible); }

/// What a decision answers in every completion of some facts, and which of them matter.
struct Reference {
  std::set<std::string> answers;
  std::vector<std::string> matter;  ///< Sorted.
};

Reference try_out(Session& session, PreparedDecision const& question, std::vector<Given const*> const& missing)
{
  std::size_t all = 1;
  for (auto const* fact : missing) all *= fact->values.size();
  std::vector<std::string> answers;
  for (std::size_t number = 0; number < all; ++number) {
    auto rest = number;
    for (auto const* fact : missing) {
      session.set(*session.slot(fact->name), fact->values[rest % fact->values.size()]);
      rest /= fact->values.size();
    }
    auto const answer = session.decide(question);
    answers.push_back(text_of(answer.outcome(), answer.value()));
  }
  Reference found;
  found.answers = {answers.begin(), answers.end()};
  std::size_t stride = 1;
  for (auto const* fact : missing) {
    auto const next = stride * fact->values.size();
    bool matters = false;
    for (std::size_t number = 0; number < all && !matters; ++number)
      matters = answers[number] != answers[number - number % next + number % stride];
    if (matters) found.matter.push_back(fact->name);
    stride = next;
  }
  std::sort(found.matter.begin(), found.matter.end());
  return found;
}

struct Counts {
  std::size_t cases = 0, open = 0, exact = 0, settled = 0;
};

void try_case(Random& random, Pack const& asked, Counts& counts)
{
  constexpr std::size_t most_completions = 7'000;
  auto const& decision = *asked.find("help");
  Session session(asked);
  Session partial(asked);
  PreparedDecision const question(asked, "help", std::nullopt);
  RecordBuilder builder;
  std::vector<Given const*> missing;
  std::size_t completions = 1;
  bool const uncertain = random.below(6) == 0;
  for (auto const& fact : given()) {
    if (std::find(decision.facts.begin(), decision.facts.end(), fact.name) == decision.facts.end()) continue;
    // Of those in the middle, so that the others leave room on both sides.
    auto const middle = fact.values.size() < 50 ? fact.values.size() : fact.values.size() / 4;
    auto const first = (fact.values.size() - middle) / 2;
    auto const& value = fact.values[first + static_cast<std::size_t>(random.below(static_cast<int>(middle)))];
    bool const left_out = random.below(2) == 0 && completions * fact.values.size() <= most_completions;
    if (!left_out) {
      session.set(*session.slot(fact.name), value);
      partial.set(*partial.slot(fact.name), value);
      builder.set(fact.name, value);
      continue;
    }
    completions *= fact.values.size();
    missing.push_back(&fact);
    if (!uncertain) continue;
    partial.set_uncertain(*partial.slot(fact.name));
    builder.set(fact.name, Value(Uncertain{{fact.name}}));
  }
  if (missing.empty()) return;
  ++counts.cases;
  auto const reference = try_out(session, question, missing);
  auto const verdict = asked.decide("help", std::move(builder).build().value(), std::nullopt);
  auto const quick = partial.decide(question);
  ASSERT_EQ(text_of(quick.outcome(), quick.value()), text_of(verdict.outcome, verdict.value));
  auto const whole = partial.verdict(question);
  ASSERT_EQ(text_of(whole.outcome, whole.value), text_of(verdict.outcome, verdict.value));
  ASSERT_EQ(whole.missing, verdict.missing);
  bool const open = verdict.outcome == Outcome::unknown || verdict.outcome == Outcome::undeterminable;
  counts.open += open ? 1 : 0;
  counts.settled += open ? 0 : 1;
  if (!open) {
    ASSERT_EQ(reference.answers, std::set{text_of(verdict.outcome, verdict.value)});
    return;
  }
  if (verdict.possible.approximate) return;
  ++counts.exact;
  std::set<std::string> possible;
  for (auto const& each : verdict.possible.values) possible.insert(text_of(each));
  ASSERT_EQ(possible, reference.answers);
  ASSERT_EQ(uncertain ? verdict.uncertain : verdict.missing, reference.matter);
  ASSERT_TRUE((uncertain ? verdict.missing : verdict.uncertain).empty());
}

TEST(OpenInputs, AreAnsweredAsAllCompletionsTriedOut)
{
  Random random(4711);
  Counts counts;
  for (int pack = 0; pack < 250; ++pack) {
    auto const text = model_of(random, random.below(3) == 0);
    auto const asked = parse_pack(text, "open.dmn");
    ASSERT_TRUE(asked) << text;
    for (int row = 0; row < 4; ++row) ASSERT_NO_FATAL_FAILURE(try_case(random, *asked, counts)) << text;
  }
  std::printf("%zu cases, %zu settled, %zu open, %zu of them exactly\n", counts.cases, counts.settled, counts.open,
              counts.exact);
  EXPECT_GT(counts.settled, counts.cases / 10);
  EXPECT_GT(counts.open, counts.cases / 3);
  EXPECT_GT(counts.exact, counts.open * 2 / 3);
}

/// `income - rent` may be anything once one of them is not known, and a list without bounds of any length.
TEST(OpenInputs, OfSumsAndListsAreToldExactly)
{
  auto const asked =
      parse_pack(
          dmn(types() + input("children", "tChildren") +
              decision("help", {"children", "a", "b"},
                       table("hitPolicy=\"FIRST\"",
                             {"some c in children satisfies c.disabled", "count(children[age > 2])", "a - b"},
                             {{{"true", "-", "< 100"}, "3"}, {{"-", ">= 2", "< 50"}, "2"}, {{"true", "-", "-"}, "1"}},
                             "0"))),
          "open.dmn")
          .value();
  auto const decide = [&](std::map<std::string, Value> const& facts) {
    RecordBuilder builder;
    for (auto const& [name, value] : facts) builder.set(name, value);
    return asked.decide("help", std::move(builder).build().value(), std::nullopt);
  };
  auto const one = Value(List{{child(1, true)}});
  auto const sum = decide({{"children", one}, {"b", tenths(70)}});
  EXPECT_FALSE(sum.possible.approximate);
  EXPECT_EQ(sum.missing, std::vector<std::string>{"a"});
  EXPECT_EQ(sum.possible.values.size(), 2U) << "with one disabled child it is 3 or 1";
  auto const list = decide({{"a", tenths(700)}, {"b", tenths(0)}});
  EXPECT_FALSE(list.possible.approximate);
  EXPECT_EQ(list.missing, std::vector<std::string>{"children"});
  EXPECT_EQ(list.possible.values.size(), 2U) << "not 2: the amount is too high, whatever the children are";
  auto const nothing = decide({});
  EXPECT_EQ(nothing.missing, (std::vector<std::string>{"a", "b", "children"}));
  EXPECT_EQ(nothing.possible.values.size(), 4U);
}

}  // namespace
}  // namespace tutela
