// SPDX-License-Identifier: Apache-2.0
/// \file
/// Whole tables: on several threads, one row explained, a reform compared.
#include <cstdio>
#include <map>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>
#include <tutela/columns/compare_batch.hpp>
#include <tutela/columns/stream.hpp>
#include <tutela/rules/proof.hpp>

#include "unit/columns/tables.hpp"
#include "unit/rules/models.hpp"
#include "unit/rules/random.hpp"

namespace tutela {
namespace {

using namespace test;

Value date(int year, int month, int day) { return Value(*make_date(year, month, day)); }

/// An allowance for the young, of an amount by income; `limit` and `amounts` are what a reform changes.
Pack allowance(std::string const& limit, std::string const& amount)
{
  return pack(dmn(input("born", "date") + input("income", "number") + input("place", "string") +
                  decision("young", {"born"},
                           table("hitPolicy=\"UNIQUE\"", {"years and months duration(born, today()).years"},
                                 {{{"< " + limit}, "true"}, {{">= " + limit}, "false"}})) +
                  decision("amount", {"d_young", "income"},
                           table("hitPolicy=\"FIRST\"", {"young", "income"},
                                 {{{"true", "< 5000"}, amount}, {{"true", "-"}, "100"}}, "null")) +
                  decision("doubled", {"income"}, literal("income * 2"))));
}

std::vector<GivenColumn> people(std::size_t rows, unsigned seed)
{
  Random random(seed);
  std::vector<GivenColumn> columns{{"born", "tdD", {}}, {"income", "i", {}}, {"place", "c>u", {}}};
  std::vector<std::string> const places{"north", "south", "a town with a long name"};
  for (std::size_t row = 0; row < rows; ++row) {
    bool const missing = random.below(10) == 0;
    columns[0].values.push_back(missing ? std::nullopt
                                        : std::optional(Value(*add_days(*make_date(2000, 1, 1), random.below(9'000)))));
    columns[1].values.push_back(random.below(12) == 0 ? std::nullopt : std::optional(number(random.below(9'000))));
    columns[2].values.push_back(random.below(20) == 0 ? std::nullopt : std::optional(Value(random.one_of(places))));
  }
  return columns;
}

auto const day = make_date(2026, 3, 2);

TEST(ShippedLaw, RunsInColumnsWhereItReadsAges)
{
  auto const law = load_pack("md/child-protection").value();
  auto const made = make_table({{"person.birth_date", "tdD", {date(2015, 3, 14), date(1990, 5, 5), std::nullopt}}});
  BatchOptions options;
  options.include_unverified = true;  // nine of the texts are off by default
  auto const program = BatchProgram::compile(law, made->schema, day, options).value();
  DecideOptions asked;
  asked.include_unverified = true;
  std::size_t in_columns = 0;
  for (auto const& path : program.decisions()) {
    in_columns += path.in_columns ? 1 : 0;
  }
  std::printf("%zu of %zu decisions in columns\n", in_columns, program.decisions().size());
  EXPECT_GE(in_columns, 30U) << "the others separate a child from the family, or are no tables";
  auto const answers = BatchRun(program).decide(made->array).value();
  for (std::size_t i = 0; i < program.decisions().size(); ++i) {
    for (std::size_t row = 0; row < 3; ++row) {
      RecordBuilder facts;
      if (row < 2) facts.set("person.birth_date", row == 0 ? date(2015, 3, 14) : date(1990, 5, 5));
      auto const verdict = law.decide(program.decisions()[i].decision, std::move(facts).build().value(), day, asked);
      EXPECT_EQ(answers.outcome(i, row), verdict.outcome) << verdict.decision << row;
      EXPECT_EQ(answers.value(i, row), verdict.value) << verdict.decision << row;
    }
  }
}

TEST(Threads, GiveTheAnswersOfOneThread)
{
  auto const made = make_table(people(300'000, 5));
  auto const asked = allowance("18", "250.5");
  auto const decide = [&](std::size_t threads) {
    Chunks chunks{{made.get(), made.get()}};
    auto stream = chunks.stream();
    BatchOptions options;
    options.threads = threads;
    options.missing = options.rules = true;
    options.decisions = {"young", "amount"};
    return decide_batch(asked, stream, day, options).value();
  };
  auto const one = decide(1);
  ASSERT_EQ(one.parts.size(), 2U);
  for (std::size_t const threads : {2U, 3U, 0U, 1'000'000U}) {
    auto const several = decide(threads);
    EXPECT_EQ(several.rows(), 600'000U);
    EXPECT_LE(several.parts.size(), 8U) << "a thread has at least 65,536 rows";
    if (threads == 3) {
      EXPECT_EQ(several.parts.size(), 6U);
    }
    std::size_t part = 0;
    std::size_t in_part = 0;
    for (std::size_t row = 0; row < 600'000; ++row, ++in_part) {
      if (in_part == several.parts[part].rows()) {
        ++part;
        in_part = 0;
      }
      auto const& expected = one.parts[row / 300'000];
      auto const at = row % 300'000;
      for (std::size_t d = 0; d < 2; ++d) {
        ASSERT_EQ(several.parts[part].outcome(d, in_part), expected.outcome(d, at)) << row;
        ASSERT_EQ(several.parts[part].value(d, in_part), expected.value(d, at)) << row;
        ASSERT_EQ(several.parts[part].missing(d, in_part), expected.missing(d, at)) << row;
        ASSERT_EQ(several.parts[part].rule(d, in_part), expected.rule(d, at)) << row;
      }
    }
    EXPECT_EQ(several.shares(0).rows, 600'000U);
  }
}

TEST(Threads, TellTheFirstThingThatIsWrong)
{
  std::vector<GivenColumn> columns{{"income", "d:38,0", {}}};
  for (int row = 0; row < 200'000; ++row) columns[0].values.emplace_back(number(row));
  auto const made = make_table(columns);
  // Sixteen bytes a value: more than 34 digits in the last row.
  auto* values = static_cast<std::int64_t*>(const_cast<void*>(made->children[0]->pointers[1]));
  values[2 * 199'999 + 1] = 0x4000'0000'0000'0000;
  for (std::size_t const threads : {1U, 3U}) {
    Chunks chunks{{made.get()}};
    auto stream = chunks.stream();
    BatchOptions options;
    options.threads = threads;
    auto const answers = decide_batch(allowance("18", "200"), stream, day, options);
    ASSERT_FALSE(answers);
    ASSERT_EQ(answers.diagnostics().size(), 1U);
    EXPECT_EQ(answers.diagnostics().front().place.pointer, "/income");
  }
}

TEST(Threads, OfTheHostShareAProgramAndAnArray)
{
  auto const made = make_table(people(40'000, 6));
  auto const program = BatchProgram::compile(allowance("18", "200"), made->schema, day).value();
  auto const whole = BatchRun(program).decide(made->array).value();
  std::vector<std::optional<BatchAnswers>> parts(4);
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < parts.size(); ++i)
      threads.emplace_back([&, i] { parts[i] = BatchRun(program).decide(made->array, i * 9'999, 10'003).value(); });
  }
  for (std::size_t i = 0; i < parts.size(); ++i)
    for (std::size_t row = 0; row < 10'003; ++row)
      for (std::size_t d = 0; d < 3; ++d) {
        ASSERT_EQ(parts[i]->outcome(d, row), whole.outcome(d, i * 9'999 + row));
        ASSERT_EQ(parts[i]->value(d, row), whole.value(d, i * 9'999 + row));
      }
  BatchRun run(program);
  EXPECT_EQ(run.decide(made->array, 40'000, 0)->rows(), 0U);
  EXPECT_THROW(static_cast<void>(run.decide(made->array, 40'001, 0)), ContractViolation);
  EXPECT_THROW(static_cast<void>(run.decide(made->array, 1, 40'000)), ContractViolation);
}

TEST(ExplainARow, GivesTheFactsThatTheScalarEngineProves)
{
  auto const columns = people(300, 7);
  auto const made = make_table(columns);
  auto const asked = allowance("18", "250");
  BatchOptions options;
  options.columns = {{"income"}};
  options.columns[0].nulls = NullMeaning::uncertain;
  auto const answer = [&](std::vector<MadeArray*> parts) {
    Chunks chunks{std::move(parts)};
    auto stream = chunks.stream();
    return decide_batch(asked, stream, day, options).value();
  };
  auto const answers = answer({made.get(), made.get()});
  for (std::size_t const row : {0U, 17U, 299U, 300U, 411U, 599U}) {
    Chunks chunks{{made.get(), made.get()}};
    auto stream = chunks.stream();
    auto const facts = facts_of_row(answers, stream, row);
    ASSERT_TRUE(facts) << to_string(facts.diagnostics());
    EXPECT_EQ(chunks.released, 1);
    RecordBuilder expected;
    for (auto const& column : columns) {
      auto const& value = column.values[row % 300];
      if (value)
        expected.set(column.name, *value);
      else if (column.name == "income")
        expected.set(column.name, Value(Uncertain{{"income"}}));
    }
    auto const record = std::move(expected).build().value();
    ASSERT_EQ(facts->facts().size(), record.facts().size());
    auto const& program = answers.program;
    auto const proof = program.pack().prove("amount", *facts, program.on(), program.decide_options());
    auto const scalar = asked.prove("amount", record, day);
    EXPECT_EQ(proof.verdict.outcome, scalar.verdict.outcome);
    EXPECT_EQ(proof.verdict.value, scalar.verdict.value);
    EXPECT_EQ(proof.verdict.reasons.size(), scalar.verdict.reasons.size());
    EXPECT_EQ(proof.pack_digest, scalar.pack_digest);
    auto const& part = answers.parts[row / 300];
    EXPECT_EQ(part.value(0, row % 300), scalar.verdict.value) << "`amount` comes first";
  }
}

TEST(ExplainARow, RefusesAnotherTable)
{
  auto const columns = people(100, 8);
  auto const made = make_table(columns);
  auto const asked = allowance("18", "250");
  Chunks chunks{{made.get()}};
  auto stream = chunks.stream();
  auto const answers = decide_batch(asked, stream, day).value();
  auto changed = columns;
  changed[1].values[50] = number(8'999);
  changed[0].values[50] = date(2020, 1, 1);
  auto const other = make_table(changed);
  for (auto* table : {other.get(), make_table(people(20, 8)).release()}) {
    Chunks given{{table}};
    auto again = given.stream();
    auto const facts = facts_of_row(answers, again, 50);
    ASSERT_FALSE(facts);
    EXPECT_NE(facts.diagnostics().front().what.find("not the one"), std::string::npos);
    if (table != other.get()) delete table;
  }
  Chunks given{{made.get()}};
  auto again = given.stream();
  EXPECT_THROW(static_cast<void>(facts_of_row(answers, again, 100)), ContractViolation);
  again.release(&again);
}

TEST(CompareBatch, CountsWhatAReformChangesAsSingleCasesDo)
{
  auto const columns = people(5'000, 9);
  auto const made = make_table(columns);
  BatchQuestion const before{allowance("18", "250"), day};
  BatchQuestion const after{allowance("16", "300"), make_date(2026, 6, 1)};
  CompareBatchOptions options;
  options.by = {"place"};
  options.batch.threads = 2;
  Chunks chunks{{made.get(), made.get()}};
  auto stream = chunks.stream();
  auto const found = compare_batch(before, after, stream, options);
  ASSERT_TRUE(found) << to_string(found.diagnostics());
  EXPECT_EQ(found->rows, 10'000U);
  EXPECT_EQ(found->decisions, (std::vector<std::string>{"amount", "doubled", "young"}));

  using Key = std::tuple<std::string, std::string, std::string, std::string, std::string, std::string>;
  // All computed amounts of a side are one answer.
  auto const text = [](Verdict const& verdict) {
    bool const is_amount = verdict.decision == "doubled" && verdict.outcome == Outcome::known;
    return is_amount ? "an amount" : to_string(verdict.value);
  };
  auto const written = [](Value const& value, std::optional<Decimal> const& total) {
    return value.is_none() && total ? "an amount" : to_string(value);
  };
  std::map<Key, std::vector<std::size_t>> expected;
  for (std::size_t row = 0; row < 5'000; ++row) {
    RecordBuilder builder;
    for (auto const& column : columns)
      if (column.values[row]) builder.set(column.name, *column.values[row]);
    auto const facts = std::move(builder).build().value();
    auto const& place = columns[2].values[row];
    for (auto const& decision : found->decisions) {
      auto const was = before.pack.decide(decision, facts, before.on);
      auto const is = after.pack.decide(decision, facts, after.on);
      expected[{decision, place ? *place->as_string() : "(none)", std::string(to_string(was.outcome)), text(was),
                std::string(to_string(is.outcome)), text(is)}]
          .push_back(row);
    }
  }
  ASSERT_EQ(found->lines.size(), expected.size());
  for (auto const& line : found->lines) {
    Key const key{found->decisions[line.decision],
                  line.group.front().value_or("(none)"),
                  std::string(to_string(line.before_outcome)),
                  written(line.before, line.before_total),
                  std::string(to_string(line.after_outcome)),
                  written(line.after, line.after_total)};
    auto const rows = expected.find(key);
    ASSERT_NE(rows, expected.end());
    EXPECT_EQ(line.rows, 2 * rows->second.size()) << "the table was given twice";
    EXPECT_EQ(line.examples.front(), rows->second.front());
    EXPECT_LE(line.examples.size(), 3U);
  }
}

AnswerChange change_of(BatchComparison const& comparison, std::string const& decision, std::size_t row)
{
  for (auto const& line : comparison.lines)
    for (auto const example : line.examples)
      if (comparison.decisions[line.decision] == decision && example == row) return line.change;
  throw std::logic_error("the row is no example");
}

TEST(CompareBatch, SaysWhoGainsAndWhoLoses)
{
  BatchQuestion const before{allowance("18", "250"), day};
  BatchQuestion const after{allowance("16", "300"), day};
  auto const made = make_table(
      {{"born", "tdD", {date(2010, 1, 1), date(2009, 1, 1), date(2000, 1, 1), std::nullopt, date(2010, 1, 1)}},
       {"income", "i", {number(1), number(1), number(1), number(1), std::nullopt}}});
  CompareBatchOptions options;
  options.examples = 10;
  options.batch.decisions = {"young", "amount", "nothing"};
  auto const compare = [&](BatchQuestion const& first, BatchQuestion const& second) {
    Chunks chunks{{made.get()}};
    auto stream = chunks.stream();
    return compare_batch(first, second, stream, options).value();
  };
  auto const reform = compare(before, after);
  EXPECT_EQ(change_of(reform, "amount", 0), AnswerChange::loses) << "from 250 to none at 16";
  EXPECT_EQ(change_of(reform, "young", 0), AnswerChange::loses);
  EXPECT_EQ(change_of(reform, "young", 2), AnswerChange::same);
  EXPECT_EQ(change_of(reform, "young", 3), AnswerChange::same) << "both unknown";
  auto const back = compare(after, before);
  EXPECT_EQ(change_of(back, "young", 0), AnswerChange::gains);
  EXPECT_EQ(change_of(back, "nothing", 0), AnswerChange::same) << "neither pack has it";
}

TEST(CompareBatch, RefusesWhatMakesNoGroups)
{
  auto const made =
      make_table({{"born", "tdD", {date(2010, 1, 1), date(2011, 1, 1)}}, {"income", "g", {number(1), number(2)}}});
  BatchQuestion const side{allowance("18", "250"), day};
  auto const compare = [&](CompareBatchOptions const& options) {
    Chunks chunks{{made.get()}};
    auto stream = chunks.stream();
    auto const found = compare_batch(side, side, stream, options);
    EXPECT_EQ(chunks.released, 1);
    return found ? std::string() : found.diagnostics().front().what;
  };
  CompareBatchOptions options;
  options.batch.columns = {{"income"}};
  options.batch.columns[0].doubles = DoubleMeaning::whole_numbers;
  options.by = {"county"};
  EXPECT_NE(compare(options).find("no column 'county'"), std::string::npos);
  options.by = {"income"};
  EXPECT_NE(compare(options).find("doubles"), std::string::npos);
  options.by = {"born"};
  EXPECT_EQ(compare(options), "");
  options.groups = 1;
  EXPECT_NE(compare(options).find("`groups`"), std::string::npos);
}

TEST(CompareBatch, IsHandedOutAsATable)
{
  auto const made = make_table(people(200, 10));
  BatchQuestion const before{allowance("18", "250"), day};
  BatchQuestion const after{allowance("16", "300"), day};
  CompareBatchOptions options;
  options.by = {"place"};
  Chunks chunks{{made.get()}};
  auto stream = chunks.stream();
  auto const found = compare_batch(before, after, stream, options).value();
  ArrowArrayStream out;
  export_stream(found, out);
  ArrowSchema schema;
  ASSERT_EQ(out.get_schema(&out, &schema), 0);
  EXPECT_EQ(schema.n_children, 14);
  EXPECT_STREQ(schema.children[0]->name, "place");
  EXPECT_STREQ(schema.children[10]->name, "difference");
  EXPECT_STREQ(schema.children[10]->format, "d:38,0");
  EXPECT_STREQ(schema.children[13]->name, "examples");
  schema.release(&schema);
  ArrowArray array;
  ASSERT_EQ(out.get_next(&out, &array), 0);
  ASSERT_EQ(array.length, static_cast<std::int64_t>(found.lines.size()));
  auto const* rows = static_cast<std::int64_t const*>(array.children[7]->buffers[1]);
  auto const* ends = static_cast<std::int64_t const*>(array.children[13]->buffers[1]);
  auto const* more = static_cast<std::int64_t const*>(array.children[10]->buffers[1]);
  std::int64_t all = 0;
  for (std::size_t i = 0; i < found.lines.size(); ++i) {
    all += rows[i];
    EXPECT_EQ(ends[i + 1] - ends[i], static_cast<std::int64_t>(found.lines[i].examples.size()));
    if (found.lines[i].difference) {
      EXPECT_EQ(*found.lines[i].difference, Decimal(more[2 * i]));
    }
  }
  EXPECT_EQ(all, 200 * 3);
  array.release(&array);
  ASSERT_EQ(out.get_next(&out, &array), 0);
  EXPECT_EQ(array.release, nullptr);
  out.release(&out);
}

}  // namespace
}  // namespace tutela
