// SPDX-License-Identifier: Apache-2.0
/// \file
/// Decisions over tables: which run in columns, what nulls mean, what comes out.
#include <random>

#include <gtest/gtest.h>
#include <tutela/columns/batch.hpp>
#include <tutela/columns/stream.hpp>

#include "unit/columns/tables.hpp"
#include "unit/rules/models.hpp"
#include "unit/rules/random.hpp"

namespace tutela {
namespace {

using namespace test;

/// An allowance with one table below it, a sum, and a decision that calculates.
Pack const& allowance()
{
  static Pack const made = pack(dmn(
      input("age", "number") + input("income", "number", "optional=\"true\"") + input("disabled", "boolean") +
      decision("young", {"age"},
               table("hitPolicy=\"UNIQUE\"", {"age"}, {{{"< 14"}, "true"}, {{">= 14"}, "false"}}, "false")) +
      decision("amount", {"d_young", "income"},
               table("hitPolicy=\"FIRST\"", {"young", "income"},
                     {{{"true", "< 5000"}, "250.5"}, {{"true", "-"}, "100"}, {{"-", "null, -1"}, "75"}}, "0")) +
      decision("doubled", {"age"}, literal("age * 2")) +
      decision("told", {"age"}, literal("string(age) + \" years\"")) +
      decision(
          "both", {"age", "disabled"},
          table("hitPolicy=\"ANY\"", {"age", "disabled"},
                {{{"< 14", "-"}, "\"grant\""}, {{"-", "true"}, "\"grant\""}, {{">= 14", "false"}, "\"refuse\""}}))));
  return made;
}

std::size_t place(BatchAnswers const& answers, std::string const& name)
{
  for (std::size_t i = 0; i < answers.decisions().size(); ++i)
    if (answers.decisions()[i].decision == name) return i;
  return answers.decisions().size();
}

BatchAnswers ask(std::vector<GivenColumn> const& columns, BatchOptions options = {})
{
  options.missing = options.rules = true;
  auto const made = make_table(columns);
  auto const program = BatchProgram::compile(allowance(), made->schema, std::nullopt, options).value();
  BatchRun run(program);
  return run.decide(made->array).value();
}

TEST(Batch, RunsTablesInColumnsAndTheRestRowByRow)
{
  auto const answers = ask({{"age", "c", {number(3), number(15), std::nullopt}}});
  EXPECT_TRUE(answers.decisions()[place(answers, "young")].in_columns);
  EXPECT_TRUE(answers.decisions()[place(answers, "amount")].in_columns);
  EXPECT_TRUE(answers.decisions()[place(answers, "both")].in_columns);
  auto const doubled = place(answers, "doubled");
  EXPECT_TRUE(answers.decisions()[doubled].in_columns);
  auto const told = place(answers, "told");
  EXPECT_FALSE(answers.decisions()[told].in_columns);
  EXPECT_FALSE(answers.decisions()[told].reason.empty());
  EXPECT_EQ(answers.value(told, 1), Value("15 years"));
  EXPECT_EQ(answers.shares(told).by_model, 3U);
  EXPECT_EQ(answers.value(doubled, 1), number(30));
  EXPECT_EQ(answers.outcome(doubled, 2), Outcome::unknown);
  EXPECT_EQ(answers.missing(doubled, 2), std::vector<std::string>{"age"});
  EXPECT_EQ(answers.shares(doubled).by_model, 1U) << "who may be any age";
  EXPECT_EQ(answers.shares(place(answers, "young")).by_model, 0U);
}

TEST(Batch, AFactWithoutAColumnIsUnknown)
{
  auto const answers = ask({{"age", "c", {number(3), number(15)}}});
  auto const both = place(answers, "both");
  EXPECT_EQ(answers.value(both, 0), Value("grant"));
  EXPECT_EQ(answers.outcome(both, 1), Outcome::unknown);
  EXPECT_EQ(answers.missing(both, 1), std::vector<std::string>{"disabled"});
  auto const made = make_table({{"age", "c", {}}});
  EXPECT_EQ(BatchProgram::compile(allowance(), made->schema, std::nullopt)->facts_without_column(),
            (std::vector<std::string>{"disabled", "income"}));
}

TEST(Batch, AColumnThatLooksLikeAMissingFactIsTold)
{
  auto const made = make_table({{"age", "c", {}}, {"disabeld", "b", {}}, {"ages", "c", {}}, {"office", "u", {}}});
  auto const program = BatchProgram::compile(allowance(), made->schema, std::nullopt);
  auto const& told = program->misspelt_columns();
  ASSERT_EQ(told.size(), 1U) << "age has its column, and office looks like nothing that is asked";
  EXPECT_EQ(to_string(told.front()),
            "disabeld: warning TUT-203: nothing reads a fact of this name; is disabled meant?");
}

TEST(Batch, AColumnOfARuleIsRead)
{
  auto const made = make_table({{"age", "c", {}}, {"disable", "b", {}}});
  BatchOptions options;
  options.columns.push_back({"disabled", "disable"});
  EXPECT_TRUE(BatchProgram::compile(allowance(), made->schema, std::nullopt, options)->misspelt_columns().empty());
}

TEST(Batch, ATableWithoutFactsIsRefusedWithTheFactThatWasMeant)
{
  auto const made = make_table({{"office", "u", {}}, {"Age", "c", {}}});
  auto const program = BatchProgram::compile(allowance(), made->schema, std::nullopt);
  ASSERT_EQ(program.diagnostics().size(), 1U);
  EXPECT_EQ(to_string(program.diagnostics().front()),
            "/Age: error TUT-705: no column of the table is a fact of the pack; name the columns as the facts: is age "
            "meant?");
}

TEST(Batch, WhatAColumnHoldsIsToldBesideWhatIsRead)
{
  auto const made = make_table({{"age", "u", {}}, {"disabled", "c", {}}});
  auto const program = BatchProgram::compile(allowance(), made->schema, std::nullopt);
  ASSERT_EQ(program.diagnostics().size(), 2U);
  EXPECT_EQ(program.diagnostics()[0].what,
            "the column 'age' does not fit the fact 'age': it holds texts, and its fact is read from whole numbers or "
            "decimals: "
            "make numbers of it, with a point and without units");
  EXPECT_EQ(program.diagnostics()[1].what,
            "the column 'disabled' does not fit the fact 'disabled': it holds whole numbers, and its fact is read from "
            "Booleans: make true and false of what it says, and null of what nobody knows");
}

TEST(Batch, SaysWhatANullMeans)
{
  for (auto const nulls : {NullMeaning::unknown, NullMeaning::none, NullMeaning::uncertain}) {
    BatchOptions options;
    ColumnRule rule;
    rule.fact = "income";
    rule.nulls = nulls;
    options.columns = {rule};
    auto const answers = ask({{"age", "c", {number(20)}}, {"income", "l", {std::nullopt}}}, options);
    auto const amount = place(answers, "amount");
    if (nulls == NullMeaning::none) {
      EXPECT_EQ(answers.value(amount, 0), number(75));
    } else if (nulls == NullMeaning::unknown) {
      EXPECT_EQ(answers.outcome(amount, 0), Outcome::unknown);
      EXPECT_EQ(answers.missing(amount, 0), std::vector<std::string>{"income"});
    } else {
      EXPECT_EQ(answers.outcome(amount, 0), Outcome::undeterminable);
      EXPECT_EQ(answers.uncertain(amount, 0), std::vector<std::string>{"income"});
    }
  }
}

TEST(Batch, AColumnMayHaveAnotherName)
{
  BatchOptions options;
  ColumnRule rule;
  rule.fact = "age";
  rule.column = "ALTER";
  options.columns = {rule};
  auto const answers = ask({{"ALTER", "i", {number(3)}}}, options);
  EXPECT_EQ(answers.value(place(answers, "young"), 0), Value(true));
}

TEST(Batch, NamesTheRuleThatSettlesARow)
{
  auto const answers = ask({{"age", "c", {number(3), number(3), number(20), std::nullopt}},
                            {"income", "i", {number(10), number(9'000), number(1), number(1)}}});
  auto const amount = place(answers, "amount");
  EXPECT_EQ(answers.rule(amount, 0), 1U);
  EXPECT_EQ(answers.rule(amount, 1), 2U);
  EXPECT_EQ(answers.rule(amount, 2), 0U) << "the default output";
  EXPECT_EQ(answers.rule(amount, 3), std::nullopt);
}

TEST(Batch, WorksOutACombinationOfRegionsOnce)
{
  std::vector<std::optional<Value>> ages(10'000);
  std::vector<std::optional<Value>> incomes;
  for (int i = 0; i < 10'000; ++i) incomes.emplace_back(number(i));
  auto const answers = ask({{"age", "c", ages}, {"income", "i", incomes}});
  auto const& shares = answers.shares(place(answers, "amount"));
  EXPECT_EQ(shares.rows, 10'000U);
  EXPECT_EQ(shares.exact, 10'000U);
  EXPECT_EQ(shares.regions, 2U) << "below 5000, and from there on";
}

TEST(Batch, AnswersEveryRowOfManyChunksWithWhatItLearned)
{
  auto const made = make_table({{"age", "c", {number(3), std::nullopt}}});
  BatchOptions options;
  options.missing = true;
  auto const program = BatchProgram::compile(allowance(), made->schema, std::nullopt, options).value();
  BatchRun run(program);
  auto const first = run.decide(made->array).value();
  auto const second = run.decide(made->array).value();
  auto const amount = place(first, "amount");
  EXPECT_GT(first.shares(amount).regions, 0U);
  EXPECT_EQ(second.shares(amount).regions, 0U);
  EXPECT_EQ(second.missing(amount, 1), first.missing(amount, 1));
}

TEST(Batch, WorksOutMissingFactsOnlyWhereAskedTo)
{
  auto const asked = pack(dmn(input("age", "number") + input("disabled", "boolean") +
                              decision("d", {"age", "disabled"},
                                       table("hitPolicy=\"FIRST\"", {"age", "disabled"},
                                             {{{"< 14", "-"}, "true"}, {{"-", "true"}, "true"}}, "false"))));
  auto const made = make_table({{"age", "c", {number(3), number(20), std::nullopt, std::nullopt}},
                                {"disabled", "b", {std::nullopt, std::nullopt, Value(true), std::nullopt}}});
  for (bool const missing : {false, true}) {
    BatchOptions options;
    options.missing = missing;
    options.rules = true;
    auto const program = BatchProgram::compile(asked, made->schema, std::nullopt, options).value();
    BatchRun run(program);
    auto const answers = run.decide(made->array).value();
    EXPECT_EQ(answers.value(0, 0), Value(true));
    EXPECT_EQ(answers.rule(0, 0), 1U);
    EXPECT_EQ(answers.outcome(0, 1), Outcome::unknown);
    EXPECT_EQ(answers.value(0, 2), Value(true)) << "both rules say so";
    EXPECT_EQ(answers.rule(0, 2), std::nullopt);
    EXPECT_EQ(answers.outcome(0, 3), Outcome::unknown);
    // Each fact stands in one cell alone, so the rails know that such a row is open.
    EXPECT_EQ(answers.shares(0).exact, missing ? 2U : 0U);
    if (missing)
      EXPECT_EQ(answers.missing(0, 3), (std::vector<std::string>{"age", "disabled"}));
    else
      EXPECT_THROW(static_cast<void>(answers.missing(0, 3)), ContractViolation);
  }
}

TEST(Batch, LooksCloserWhereAFactStandsInTwoCells)
{
  auto const asked =
      pack(dmn(input("age", "number") +
               decision("d", {"age"},
                        table("hitPolicy=\"FIRST\"", {"age"}, {{{"< 14"}, "true"}, {{">= 14"}, "true"}}, "false"))));
  auto const made = make_table({{"age", "c", {std::nullopt}}});
  auto const program = BatchProgram::compile(asked, made->schema, std::nullopt).value();
  BatchRun run(program);
  auto const answers = run.decide(made->array).value();
  EXPECT_EQ(answers.value(0, 0), Value(true)) << "the default is never reached";
  EXPECT_EQ(answers.shares(0).exact, 1U);
}

TEST(Batch, ADecisionThatThePackLacksIsNotAvailable)
{
  BatchOptions options;
  options.decisions = {"young", "pension"};
  auto const answers = ask({{"age", "c", {number(3)}}}, options);
  EXPECT_EQ(answers.outcome(0, 0), Outcome::known);
  EXPECT_EQ(answers.outcome(1, 0), Outcome::rule_not_available);
  EXPECT_THROW(static_cast<void>(answers.outcome(2, 0)), ContractViolation);
  EXPECT_THROW(static_cast<void>(answers.value(0, 1)), ContractViolation);
}

TEST(Batch, NeedsADayWhereOnePersonDoes)
{
  auto const dated = pack(dmn(input("born", "date") + decision("d", {"born"}, literal("born < today()"))));
  auto const made = make_table({{"born", "tdD", {}}});
  EXPECT_THROW(static_cast<void>(BatchProgram::compile(dated, made->schema, std::nullopt)), ContractViolation);
  EXPECT_TRUE(BatchProgram::compile(dated, made->schema, *make_date(2026, 3, 2)));
}

/// Reads a column of text codes back.
std::vector<std::string> texts_of(ArrowArray const& array)
{
  std::vector<std::string> texts;
  auto const& entries = *array.dictionary;
  auto const* offsets = static_cast<std::int32_t const*>(entries.buffers[1]);
  auto const* data = static_cast<char const*>(entries.buffers[2]);
  auto const* valid = static_cast<unsigned char const*>(array.buffers[0]);
  for (std::int64_t row = 0; row < array.length; ++row) {
    if (valid != nullptr && (valid[row / 8] >> row % 8 & 1) == 0) {
      texts.emplace_back("null");
      continue;
    }
    auto const code = static_cast<std::int32_t const*>(array.buffers[1])[row];
    texts.emplace_back(data + offsets[code], data + offsets[code + 1]);
  }
  return texts;
}

TEST(Batch, HandsAnswersOutAsAStruct)
{
  BatchOptions options;
  options.decisions = {"young", "amount", "both"};
  options.missing = options.rules = true;
  auto const made = make_table(
      {{"age", "c", {number(3), number(15), std::nullopt}}, {"income", "l", {number(1), number(1), number(1)}}});
  auto const program = BatchProgram::compile(allowance(), made->schema, std::nullopt, options).value();
  BatchRun run(program);
  ArrowSchema schema;
  ArrowArray array;
  program.export_schema(schema);
  run.decide(made->array)->export_array(array);
  ASSERT_EQ(schema.n_children, 12);
  ASSERT_EQ(array.n_children, 12);
  std::vector<std::string> formats;
  std::vector<std::string> names;
  for (std::int64_t i = 0; i < 12; ++i) {
    formats.emplace_back(schema.children[i]->format);
    names.emplace_back(schema.children[i]->name);
    EXPECT_EQ(array.children[i]->length, 3);
  }
  EXPECT_EQ(formats, (std::vector<std::string>{"b", "C", "i", "+L", "d:38,1", "C", "i", "+L", "i", "C", "i", "+L"}));
  EXPECT_EQ(names[4], "amount");
  EXPECT_EQ(names[5], "amount.outcome");
  EXPECT_EQ(names[6], "amount.rule");
  EXPECT_EQ(names[7], "amount.missing");
  auto const& young = *array.children[0];
  EXPECT_EQ(young.null_count, 1);
  EXPECT_EQ(static_cast<unsigned char const*>(young.buffers[0])[0], 0b011);
  EXPECT_EQ(static_cast<unsigned char const*>(young.buffers[1])[0], 0b001);
  EXPECT_EQ(static_cast<std::int64_t const*>(array.children[4]->buffers[1])[0], 2'505);
  EXPECT_EQ(texts_of(*array.children[8]), (std::vector<std::string>{"grant", "null", "null"}));
  auto const* lists = static_cast<std::int64_t const*>(array.children[11]->buffers[1]);
  EXPECT_EQ(lists[1], 0);
  EXPECT_EQ(lists[2], 1) << "the second row lacks `disabled`";
  EXPECT_EQ(lists[3], 3);
  EXPECT_EQ(texts_of(*array.children[11]->children[0]), (std::vector<std::string>{"disabled", "age", "disabled"}));
  // A child that somebody took over is not released twice.
  ArrowArray taken = *array.children[0];
  array.children[0]->release = nullptr;
  array.release(&array);
  EXPECT_EQ(array.release, nullptr);
  EXPECT_EQ(static_cast<unsigned char const*>(taken.buffers[1])[0], 0b001);
  taken.release(&taken);
  schema.release(&schema);
}

TEST(Batch, ReadsAStreamToItsEndAndHandsOneOut)
{
  auto const first = make_table({{"age", "c", {number(3), number(15)}}});
  auto const second = make_table({{"age", "c", {std::nullopt}}});
  Chunks chunks{{first.get(), second.get()}};
  auto stream = chunks.stream();
  BatchOptions options;
  options.decisions = {"young"};
  auto answers = decide_batch(allowance(), stream, std::nullopt, options).value();
  EXPECT_EQ(chunks.released, 1);
  EXPECT_EQ(stream.release, nullptr);
  EXPECT_EQ(answers.rows(), 3U);
  EXPECT_EQ(answers.shares(0).rows, 3U);
  EXPECT_THROW(static_cast<void>(answers.shares(1)), ContractViolation);
  ArrowArrayStream out;
  export_stream(std::move(answers), out);
  ArrowSchema schema;
  ASSERT_EQ(out.get_schema(&out, &schema), 0);
  EXPECT_EQ(schema.n_children, 2);
  schema.release(&schema);
  for (std::int64_t const rows : {2, 1}) {
    ArrowArray array;
    ASSERT_EQ(out.get_next(&out, &array), 0);
    EXPECT_EQ(array.length, rows);
    array.release(&array);
  }
  ArrowArray end;
  ASSERT_EQ(out.get_next(&out, &end), 0);
  EXPECT_EQ(end.release, nullptr) << "there are no more";
  EXPECT_EQ(out.get_last_error(&out), nullptr);
  out.release(&out);
  EXPECT_EQ(out.release, nullptr);
}

TEST(Batch, TellsThatAStreamBroke)
{
  auto const first = make_table({{"age", "c", {number(3)}}});
  Chunks chunks{{first.get(), first.get()}, 0, 0, 1};
  auto stream = chunks.stream();
  auto const answers = decide_batch(allowance(), stream, std::nullopt);
  ASSERT_FALSE(answers);
  EXPECT_NE(answers.diagnostics().front().what.find("the disk is gone"), std::string::npos);
  EXPECT_EQ(chunks.released, 1);
  EXPECT_THROW(static_cast<void>(decide_batch(allowance(), stream, std::nullopt)), ContractViolation);
}

/// Outcomes as they were handed out.
std::vector<std::string> outcomes_of(ArrowArray const& array)
{
  std::vector<std::string> outcomes;
  auto const* offsets = static_cast<std::int32_t const*>(array.dictionary->buffers[1]);
  auto const* data = static_cast<char const*>(array.dictionary->buffers[2]);
  for (std::int64_t row = 0; row < array.length; ++row) {
    auto const code = static_cast<std::uint8_t const*>(array.buffers[1])[row];
    outcomes.emplace_back(data + offsets[code], data + offsets[code + 1]);
  }
  return outcomes;
}

TEST(Batch, HandsOutWhatItAnswersForEveryArrayOfARun)
{
  // Endings that an earlier array had are none of a later one, which has fewer.
  Random random(3);
  BatchOptions options;
  options.missing = true;
  options.decisions = {"young", "amount", "both"};
  std::optional<BatchProgram> program;
  std::optional<BatchRun> run;
  for (int part = 0; part < 40; ++part) {
    std::vector<GivenColumn> columns{{"age", "c", {}}, {"income", "l", {}}, {"disabled", "b", {}}};
    int const missing = part < 5 ? 50 : 5;
    auto const rows = 1 + random.below(150);
    for (int row = 0; row < rows; ++row) {
      auto const maybe = [&](Value value) {
        return random.below(100) < missing ? std::nullopt : std::optional(std::move(value));
      };
      columns[0].values.push_back(maybe(number(random.below(30))));
      columns[1].values.push_back(maybe(number(random.below(9'000))));
      columns[2].values.push_back(maybe(Value(random.below(2) == 0)));
    }
    auto const made = make_table(columns);
    if (!program) program = BatchProgram::compile(allowance(), made->schema, std::nullopt, options).value();
    if (!run) run.emplace(*program);
    auto const answers = run->decide(made->array).value();
    ArrowArray array;
    answers.export_array(array);
    for (std::size_t d = 0; d < 3; ++d) {
      auto const outcomes = outcomes_of(*array.children[3 * d + 1]);
      auto const* valid = static_cast<unsigned char const*>(array.children[3 * d]->buffers[0]);
      for (std::size_t row = 0; row < outcomes.size(); ++row) {
        ASSERT_EQ(outcomes[row], to_string(answers.outcome(d, row))) << part;
        bool const held = valid == nullptr || (valid[row / 8] >> row % 8 & 1) != 0;
        ASSERT_EQ(held, answers.outcome(d, row) == Outcome::known && !answers.value(d, row).is_none()) << part;
      }
    }
    array.release(&array);
  }
}

}  // namespace
}  // namespace tutela
