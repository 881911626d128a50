// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tables by their index against tables cell by cell.
#include <algorithm>
#include <cstdio>
#include <random>

#include <gtest/gtest.h>

#include "rules/region_index.hpp"
#include "rules/run.hpp"
#include "unit/rules/models.hpp"
#include "unit/rules/random.hpp"

namespace tutela {
namespace {

using namespace test;
using detail::Cuts;

Value date(int year, int month, int day) { return Value(*make_date(year, month, day)); }
Value decimal(char const* text) { return Value(*Decimal::parse(text)); }

Value range(Value low, bool low_included, Value high, bool high_included)
{
  Domain domain;
  domain.kind = Domain::Kind::range;
  domain.range = {std::move(low), std::move(high), low_included, high_included};
  return Value(Unknown{{"x"}, {}, std::move(domain)});
}

TEST(Cuts, HaveARegionForEachConstantAndForWhatIsBetween)
{
  auto const cuts = Cuts::of({number(18), number(3), decimal("3.0"), decimal("7.5")});
  ASSERT_TRUE(cuts);
  EXPECT_EQ(cuts->regions(), 7U);
  EXPECT_TRUE(cuts->counted());
  EXPECT_EQ(cuts->region(number(2)), 0U);
  EXPECT_EQ(cuts->region(number(3)), 1U);
  EXPECT_EQ(cuts->region(decimal("3.0001")), 2U);
  EXPECT_EQ(cuts->region(number(7)), 2U);
  EXPECT_EQ(cuts->region(decimal("7.5")), 3U);
  EXPECT_EQ(cuts->region(number(8)), 4U);
  EXPECT_EQ(cuts->region(number(18)), 5U);
  EXPECT_EQ(cuts->region(number(1'000)), 6U);
  EXPECT_EQ(cuts->region(Value("8")), std::nullopt);
  for (std::int64_t count = -2; count < 22; ++count)
    EXPECT_EQ(cuts->region_of_count(count), cuts->region(Value(Decimal(count))));
}

TEST(Cuts, KnowWhereNothingIsBetween)
{
  auto const days = Cuts::of({date(2026, 2, 28), date(2026, 3, 1)});
  ASSERT_TRUE(days);
  EXPECT_FALSE(days->sample(2)) << "no day is between them";
  auto const truth = Cuts::of({Value(true)});
  ASSERT_TRUE(truth);
  EXPECT_EQ(truth->regions(), 5U);
  EXPECT_EQ(truth->region(Value(false)), 1U);
  EXPECT_EQ(truth->region(Value(true)), 3U);
  EXPECT_FALSE(truth->sample(0) || truth->sample(2) || truth->sample(4));
  auto const words = Cuts::of({Value(""), Value("a")});
  ASSERT_TRUE(words);
  EXPECT_FALSE(words->sample(0));
  EXPECT_EQ(words->region(Value("Z")), 2U);
  EXPECT_EQ(words->region(Value("b")), 4U);
}

TEST(Cuts, RefuseMixedKindsAndNumbersWithoutRoomBetween)
{
  EXPECT_FALSE(Cuts::of({Value("a"), number(1)}));
  EXPECT_FALSE(
      Cuts::of({decimal("1.000000000000000000000000000000001"), decimal("1.000000000000000000000000000000002")}));
}

TEST(Cuts, SpanAnIntervalByItsEnds)
{
  auto const cuts = *Cuts::of({number(3), number(18)});
  EXPECT_EQ(cuts.span({number(3), number(18), true, true}), std::pair(std::size_t{1}, std::size_t{4}));
  EXPECT_EQ(cuts.span({number(3), number(18), false, false}), std::pair(std::size_t{2}, std::size_t{3}));
  EXPECT_EQ(cuts.span({number(4), Value(), true, true}), std::pair(std::size_t{2}, std::size_t{5}));
  EXPECT_EQ(cuts.span({Value("a"), Value(), true, true}), std::nullopt);
}

std::shared_ptr<detail::DecisionTable const> only_table(std::string const& text)
{
  auto const read = model(text).value();
  for (auto const& node : read->nodes)
    if (node.kind == detail::GraphNode::Kind::decision) return node.texts.front().body.table;
  return nullptr;
}

bool has_index(std::vector<std::string> const& cells, std::string const& type)
{
  std::vector<std::pair<std::vector<std::string>, std::string>> rules;
  for (auto const& cell : cells) rules.push_back({{cell}, "1"});
  auto const read = only_table(dmn(input("x", type) + input("y", "number") +
                                   decision("d", {"x", "y"}, table("hitPolicy=\"FIRST\"", {"x"}, rules))));
  return read->index != nullptr;
}

TEST(RegionIndex, CompilesWhatIsConstantBetweenConstants)
{
  EXPECT_TRUE(has_index({"< 3", "[3..7)", "not(7)", "-", "1, 2, > 9", "null", "? > 3 and ? <= 5"}, "number") == false)
      << "`null` alone has no constant to cut at";
  EXPECT_TRUE(has_index({"< 3", "[3..7)", "not(7)", "-", "1, 2, > 9", "1, null", "? > 3 and ? <= 5"}, "number"));
  EXPECT_TRUE(has_index({"\"a\"", "not(\"a\", \"b\")", "> \"m\""}, "string"));
  EXPECT_TRUE(has_index({"true", "-"}, "boolean"));
  EXPECT_TRUE(has_index({"< date(\"2026-01-01\")", "[@\"2020-02-29\"..@\"2024-02-29\"]"}, "date"));
  EXPECT_FALSE(has_index({"< y"}, "number"));
  EXPECT_FALSE(has_index({"even(?)"}, "number"));
  EXPECT_FALSE(has_index({"\"a\"", "3"}, "Any"));
}

/// A column of a random table, with values that a frame may hold for it.
struct Column {
  std::string type;
  std::vector<std::string> cells;
  std::vector<Value> values;
};

std::vector<Column> columns()
{
  Column numbers{"number",
                 {"< 3", "<= 3", "> 4.5", ">= 7", "5", "[1..4)", "(3..7]", "not(> 6)", "not(1, 5)", "2, 4, [6..8]",
                  "1, null", "< 3, >= 3", "? > 2 and ? < 6", "null, 2"},
                 {}};
  for (int i = 0; i <= 18; ++i) numbers.values.emplace_back(Decimal(i) / Decimal(2));
  numbers.values.push_back(range(number(1), true, number(5), false));
  numbers.values.push_back(range(Value(), true, decimal("2.5"), true));
  Column words{"string", {"\"a\"", "\"b\", \"c\"", "not(\"a\")", "not(\"a\", \"d\")", "< \"c\"", "null, \"b\""}, {}};
  for (char const* text : {"", "a", "b", "c", "d", "zz"}) words.values.emplace_back(text);
  Column flags{"boolean", {"true", "false", "not(true)", "true, false"}, {Value(true), Value(false)}};
  Column days{"date",
              {"< date(\"2026-01-01\")", "date(\"2026-01-01\")", "[date(\"2026-01-01\")..date(\"2026-01-02\")]",
               "> date(\"2026-01-02\")", "<= date(\"2026-01-01\"), >= date(\"2026-01-02\")"},
              {}};
  for (int i = 1; i <= 4; ++i) days.values.push_back(date(2026, 1, i));
  days.values.push_back(date(2025, 12, 31));
  std::vector<Column> all{std::move(numbers), std::move(words), std::move(flags), std::move(days)};
  for (auto& column : all) {
    Domain some;
    some.kind = Domain::Kind::set;
    some.values = {column.values[0], column.values[1], Value()};
    column.values.emplace_back(Unknown{{"x"}, {}, some});
    some.values.pop_back();
    column.values.emplace_back(Unknown{{"x"}, {}, std::move(some)});
    column.values.push_back(Value::unknown("x"));
    column.values.push_back(Value::unknown("x"));
    column.values.emplace_back(Uncertain{{"x"}});
    column.values.emplace_back();
  }
  return all;
}

struct Run {
  Value value;
  std::vector<detail::TraceRow> trace;
};

Run run(detail::DecisionTable const& table, std::vector<Value> const& frame, Mode mode)
{
  Evaluation evaluation;
  evaluation.mode = mode;
  detail::RunContext context;
  context.notes = std::make_shared<detail::RunNotes>();
  context.notes->tracing = true;
  Run result;
  result.value = detail::evaluate_table(table, frame, evaluation, context);
  result.trace = context.notes->trace;
  return result;
}

/// True when everything that the first value may be, the second may be too.
bool within(Value const& narrow, Value const& wide)
{
  auto const* outer = wide.as_unknown();
  if (outer == nullptr) return narrow == wide;
  if (outer->domain.kind != Domain::Kind::set) return true;
  auto const& members = outer->domain.values;
  auto const holds = [&](Value const& each) {
    return std::find(members.begin(), members.end(), each) != members.end();
  };
  auto const* inner = narrow.as_unknown();
  if (inner == nullptr) return holds(narrow);
  return inner->domain.kind == Domain::Kind::set &&
         std::all_of(inner->domain.values.begin(), inner->domain.values.end(), holds) &&
         std::includes(outer->facts.begin(), outer->facts.end(), inner->facts.begin(), inner->facts.end());
}

TEST(RegionIndex, AnswersAsTheCellsDo)
{
  std::vector<std::string> const policies{"hitPolicy=\"UNIQUE\"",
                                          "hitPolicy=\"ANY\"",
                                          "hitPolicy=\"FIRST\"",
                                          "hitPolicy=\"PRIORITY\"",
                                          "hitPolicy=\"RULE ORDER\"",
                                          "hitPolicy=\"OUTPUT ORDER\"",
                                          "hitPolicy=\"COLLECT\"",
                                          "hitPolicy=\"COLLECT\" aggregation=\"SUM\"",
                                          "hitPolicy=\"COLLECT\" aggregation=\"MIN\"",
                                          "hitPolicy=\"COLLECT\" aggregation=\"COUNT\""};
  auto const kinds = columns();
  Random random(1'212);
  int rows = 0;
  int open = 0;
  int narrower = 0;
  for (int round = 0; round < 400; ++round) {
    std::vector<std::string> names;
    std::vector<Column> chosen;
    std::string declarations;
    int const width = 1 + random.below(4);
    for (int i = 0; i < width; ++i) {
      names.push_back("x" + std::to_string(i));
      chosen.push_back(random.one_of(kinds));
      declarations += input(names.back(), chosen.back().type);
    }
    // Now and then more rules than one word of a mask holds.
    int const height = random.below(10) == 0 ? 60 + random.below(80) : 1 + random.below(8);
    std::vector<std::pair<std::vector<std::string>, std::string>> rules;
    for (int r = 0; r < height; ++r) {
      std::vector<std::string> tests;
      for (auto const& column : chosen) tests.push_back(random.below(3) == 0 ? "-" : random.one_of(column.cells));
      rules.emplace_back(std::move(tests), std::to_string(1 + random.below(3)));
    }
    auto const& policy = random.one_of(policies);
    auto const indexed = only_table(dmn(
        declarations + decision("d", names, table(policy, names, rules, random.below(2) == 0 ? "1" : "", "3, 1, 2"))));
    ASSERT_TRUE(indexed->index);
    auto plain = *indexed;
    plain.index = nullptr;
    for (int k = 0; k < 20; ++k) {
      std::vector<Value> frame;
      for (auto const& column : chosen) {
        // Now and then a value of another kind.
        auto value = random.below(40) == 0 ? random.one_of(random.one_of(kinds).values) : random.one_of(column.values);
        frame.push_back(std::move(value));
      }
      for (auto const mode : {Mode::legal, Mode::conformance}) {
        auto const by_index = run(*indexed, frame, mode);
        auto const by_cells = run(plain, frame, mode);
        ++rows;
        bool const same = by_index.value == by_cells.value;
        if (by_cells.value.is(Kind::unknown)) ++open;
        if (!same) ++narrower;
        ASSERT_TRUE(same || (by_cells.value.is(Kind::unknown) && within(by_index.value, by_cells.value)))
            << policy << ", round " << round << ": " << to_string(by_index.value) << " instead of "
            << to_string(by_cells.value);
        bool const known = std::none_of(frame.begin(), frame.end(), [](Value const& each) {
          return each.is(Kind::unknown) || each.is(Kind::uncertain);
        });
        if (!known) continue;
        ASSERT_EQ(by_index.trace.size(), by_cells.trace.size());
        for (std::size_t i = 0; i < by_index.trace.size(); ++i) {
          EXPECT_EQ(by_index.trace[i].rule, by_cells.trace[i].rule);
          EXPECT_EQ(by_index.trace[i].output, by_cells.trace[i].output);
        }
      }
    }
  }
  std::printf("%d tables evaluated twice, %d open, %d narrower by the index\n", rows, open, narrower);
  EXPECT_GT(open, 1'000);
  EXPECT_LT(narrower, open);
}

}  // namespace
}  // namespace tutela
