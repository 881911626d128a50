// SPDX-License-Identifier: Apache-2.0
/// \file
/// Cases as a table: those that it holds are answered as they are by themselves, the others are named.
#include <gtest/gtest.h>
#include <tutela/columns/batch.hpp>
#include <tutela/columns/case_columns.hpp>

#include "unit/rules/models.hpp"
#include "unit/rules/random.hpp"

namespace tutela {
namespace {

using namespace test;

Pack const& grant()
{
  static Pack const made = pack(dmn(item("tStatus", "string", "\"a\", \"b\"") + input("age", "number") +
                                    input("since", "date") + input("status", "tStatus") + input("poor", "boolean") +
                                    decision("granted", {"age", "since", "status", "poor"},
                                             table("hitPolicy=\"FIRST\"", {"age", "since", "status", "poor"},
                                                   {{{"< 18", "-", "-", "-"}, "1"},
                                                    {{"-", "< date(\"2020-01-01\")", "\"a\"", "-"}, "2"},
                                                    {{">= 17.5", "-", "-", "true"}, "3"}},
                                                   "0"))));
  return made;
}

Value some_value(std::string const& fact, Random& random)
{
  if (random.below(12) == 0) return random.below(2) == 0 ? Value() : Value(Uncertain{{fact}});
  if (random.below(12) == 0) return Value("of another type");
  if (fact == "age") return Value(Decimal(random.below(60)) / Decimal(2));
  if (fact == "since") return Value(*make_date(2019 + random.below(3), 1 + random.below(12), 1));
  if (fact == "status") return Value(random.below(2) == 0 ? "a" : "b");
  return Value(random.below(2) == 0);
}

TEST(CaseColumns, HoldCasesOrNameThem)
{
  Random random(8);
  std::vector<Case> cases(3'000);
  for (auto& each : cases) {
    RecordBuilder builder;
    for (std::string const fact : {"age", "since", "status", "poor", "not.read"}) {
      if (random.below(4) == 0) continue;
      Source source;
      if (random.below(15) == 0) source.recorded = make_date(2026, 1, 1);
      builder.set(fact, some_value(fact, random), source);
      source.name = "another";
      if (random.below(30) == 0) builder.set(fact, some_value(fact, random), source);
    }
    each.facts = std::move(builder).build().value();
  }
  CaseColumns const columns(grant(), {});
  ArrowSchema schema{};
  ArrowArray table{};
  columns.export_schema(schema);
  auto const held = columns.export_array(cases, table);
  BatchOptions options;
  options.missing = true;
  auto const program = BatchProgram::compile(grant(), schema, std::nullopt, options).value();
  BatchRun run(program);
  auto const answers = run.decide(table).value();
  std::size_t in_table = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (!held[i]) continue;
    ++in_table;
    auto const verdict = grant().decide("granted", cases[i].facts, std::nullopt);
    ASSERT_EQ(answers.outcome(0, i), verdict.outcome) << i;
    ASSERT_EQ(answers.value(0, i), verdict.value) << i;
    ASSERT_EQ(answers.missing(0, i), verdict.missing) << i;
  }
  EXPECT_GT(in_table, cases.size() / 3);
  EXPECT_LT(in_table, cases.size());
  table.release(&table);
  schema.release(&schema);
}

TEST(CaseColumns, LeaveOutWhatATableCannotSay)
{
  auto const held = [](Value value, Source source = {}) {
    std::vector<Case> cases(1);
    cases[0].facts = RecordBuilder().set("age", std::move(value), std::move(source)).build().value();
    ArrowArray table{};
    auto const found = CaseColumns(grant(), {}).export_array(cases, table);
    table.release(&table);
    EXPECT_EQ(CaseColumns(grant(), {}).holds(cases.front()), found.front());
    return found.front();
  };
  EXPECT_TRUE(held(number(3)));
  EXPECT_TRUE(held(Value(*Decimal::parse("0.000001"))));
  EXPECT_FALSE(held(Value(*Decimal::parse("0.0000001"))));
  EXPECT_FALSE(held(Value(*Decimal::parse("1e30"))));
  EXPECT_FALSE(held(Value()));
  EXPECT_FALSE(held(Value("three")));
  EXPECT_FALSE(held(Value(Uncertain{{"age"}})));
  EXPECT_FALSE(held(number(3), Source{{}, make_date(2026, 1, 1), {}}));
}

}  // namespace
}  // namespace tutela
