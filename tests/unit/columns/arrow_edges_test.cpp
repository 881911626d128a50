// SPDX-License-Identifier: Apache-2.0
/// \file
/// The sharp edges of Arrow tables, one by one.
#include <algorithm>
#include <memory>

#include <gtest/gtest.h>
#include <tutela/columns/batch.hpp>

#include "unit/columns/tables.hpp"
#include "unit/rules/models.hpp"

namespace tutela {
namespace {

using namespace test;

Value date(int year, int month, int day) { return Value(*make_date(year, month, day)); }
Value decimal(char const* text) { return Value(*Decimal::parse(text)); }

/// A rule of each kind of fact, and the answer says which one was met.
Pack const& kinds()
{
  static Pack const made = pack(dmn(
      item("tStatus", "string", "\"citizen\", \"a status of more than twelve letters\", \"other\"") +
      input("flag", "boolean") + input("count", "number") + input("born", "date") + input("status", "tStatus") +
      decision("by_flag", {"flag"},
               table("hitPolicy=\"UNIQUE\"", {"flag"}, {{{"true"}, "\"yes\""}, {{"false"}, "\"no\""}})) +
      decision(
          "by_count", {"count"},
          table("hitPolicy=\"FIRST\"", {"count"},
                {{{"< 2.5"}, "\"low\""}, {{"[2.5..7)"}, "\"middle\""}, {{"7"}, "\"seven\""}, {{"-"}, "\"high\""}})) +
      decision(
          "by_born", {"born"},
          table("hitPolicy=\"FIRST\"", {"born"}, {{{"< date(\"2008-03-01\")"}, "\"adult\""}, {{"-"}, "\"child\""}})) +
      decision("by_status", {"status"},
               table("hitPolicy=\"UNIQUE\"", {"status"},
                     {{{"\"citizen\""}, "\"c\""},
                      {{"\"a status of more than twelve letters\""}, "\"l\""},
                      {{"\"other\""}, "\"o\""}}))));
  return made;
}

BatchOptions only(std::string const& name)
{
  BatchOptions options;
  options.decisions = {name};
  return options;
}

struct Answered {
  std::vector<std::string> texts;  ///< The value, or the outcome where there is none.
  BatchShares shares;
  std::vector<Diagnostic> wrong;
};

Answered ask(MadeArray const& made, BatchOptions const& options, Pack const& asked = kinds())
{
  Answered answered;
  auto const program = BatchProgram::compile(asked, made.schema, std::nullopt, options);
  if (!program) {
    answered.wrong = program.diagnostics();
    return answered;
  }
  BatchRun run(*program);
  auto const answers = run.decide(made.array);
  if (!answers) {
    answered.wrong = answers.diagnostics();
    return answered;
  }
  for (std::size_t row = 0; row < answers->rows(); ++row) {
    auto const* text = answers->value(0, row).as_string();
    answered.texts.push_back(text != nullptr ? *text : std::string(to_string(answers->outcome(0, row))));
  }
  answered.shares = answers->shares(0);
  return answered;
}

Answered ask(std::string const& name, GivenColumn column) { return ask(*make_table({std::move(column)}), only(name)); }

using Texts = std::vector<std::string>;

std::vector<std::optional<Value>> flags(std::size_t rows)
{
  std::vector<std::optional<Value>> values;
  for (std::size_t i = 0; i < rows; ++i) values.push_back(i % 5 == 4 ? std::nullopt : std::optional(Value(i % 7 < 3)));
  return values;
}

Texts expected_flags(std::vector<std::optional<Value>> const& values)
{
  Texts texts;
  for (auto const& value : values) texts.emplace_back(!value ? "unknown" : *value->as_boolean() ? "yes" : "no");
  return texts;
}

TEST(ArrowEdges, OffsetsOfBitsInEveryPosition)
{
  for (std::size_t const rows : {1U, 7U, 63U, 64U, 65U, 200U}) {
    auto const values = flags(rows);
    for (std::size_t offset = 0; offset < 70; offset += offset < 9 ? 1 : 13)
      EXPECT_EQ(ask("by_flag", {"flag", "b", values, offset}).texts, expected_flags(values))
          << rows << " rows from " << offset;
  }
}

TEST(ArrowEdges, OffsetsOfTheTableAndOfItsColumnsAdd)
{
  auto const values = flags(150);
  std::vector<std::optional<Value>> longer(11, Value(true));
  longer.insert(longer.end(), values.begin(), values.end());
  std::vector<std::unique_ptr<MadeArray>> columns;
  columns.push_back(make_column({"flag", "b", longer, 5}));
  auto const made = make_struct("", std::move(columns), 150, {}, 11);
  EXPECT_EQ(ask(*made, only("by_flag")).texts, expected_flags(values));
}

TEST(ArrowEdges, NullsOfAStructAreNullsOfItsColumns)
{
  auto values = flags(100);
  std::vector<bool> null_rows(100, false);
  for (std::size_t i = 0; i < 100; i += 3) null_rows[i] = true;
  std::vector<std::unique_ptr<MadeArray>> columns;
  columns.push_back(make_column({"flag", "b", values, 3}));
  auto const made = make_struct("", std::move(columns), 100, null_rows);
  for (std::size_t i = 0; i < 100; i += 3) values[i] = std::nullopt;
  EXPECT_EQ(ask(*made, only("by_flag")).texts, expected_flags(values));
}

TEST(ArrowEdges, FieldsOfAStructColumnAreFactsWithDots)
{
  auto const asked =
      pack(dmn("<itemDefinition name=\"tChild\"><itemComponent name=\"age\"><typeRef>number</typeRef></itemComponent>"
               "</itemDefinition>" +
               input("child", "tChild") +
               decision("d", {"child"},
                        table("hitPolicy=\"FIRST\"", {"child.age"}, {{{"< 14"}, "\"young\""}, {{"-"}, "\"old\""}}))));
  std::vector<std::unique_ptr<MadeArray>> fields;
  fields.push_back(make_column({"age", "c", {number(1), number(13), number(14), std::nullopt, number(3)}, 2}));
  std::vector<std::unique_ptr<MadeArray>> columns;
  columns.push_back(make_struct("child", std::move(fields), 5, {false, false, false, false, true}));
  auto const made = make_struct("", std::move(columns), 5);
  EXPECT_EQ(ask(*made, {}, asked).texts, (Texts{"young", "young", "old", "unknown", "unknown"}));
}

TEST(ArrowEdges, NullsThatNobodyCounted)
{
  GivenColumn column{"flag", "b", flags(70)};
  column.count_nulls = false;
  EXPECT_EQ(ask("by_flag", column).texts, expected_flags(column.values));
}

TEST(ArrowEdges, NoBitmapMeansNoNulls)
{
  GivenColumn column{"flag", "b", {Value(true), Value(false), Value(true)}};
  column.validity = false;
  for (bool const counted : {true, false}) {
    column.count_nulls = counted;
    EXPECT_EQ(ask("by_flag", column).texts, (Texts{"yes", "no", "yes"}));
  }
}

TEST(ArrowEdges, ABitmapIsNotReadWhereNothingIsNull)
{
  auto const made = make_table({{"flag", "b", {Value(true), std::nullopt}}});
  made->children[0]->array.null_count = 0;
  EXPECT_EQ(ask(*made, only("by_flag")).texts.front(), "yes");
  EXPECT_NE(ask(*made, only("by_flag")).texts.back(), "unknown");
}

TEST(ArrowEdges, ATableWithoutRowsNeedsNoBuffers)
{
  for (char const* format : {"b"}) {
    auto const made = make_table({{"flag", format, {}}});
    std::fill(made->children[0]->pointers.begin(), made->children[0]->pointers.end(), nullptr);
    auto const answered = ask(*made, only("by_flag"));
    EXPECT_TRUE(answered.wrong.empty());
    EXPECT_TRUE(answered.texts.empty());
  }
  auto const texts = make_table({{"status", "i>u", {}}});
  EXPECT_TRUE(ask(*texts, only("by_status")).texts.empty());
}

TEST(ArrowEdges, ValuesUnderNullsAreGarbage)
{
  // Indices, views and decimals under nulls lead nowhere; the rows are open all the same.
  std::vector<std::optional<Value>> const status{Value("citizen"), std::nullopt, Value("other"), std::nullopt};
  for (char const* format : {"c>u", "u", "U", "vu", "L>U", "S>vu"})
    EXPECT_EQ(ask("by_status", {"status", format, status}).texts, (Texts{"c", "unknown", "o", "unknown"})) << format;
  std::vector<std::optional<Value>> const counts{number(1), std::nullopt, number(7), std::nullopt};
  for (char const* format : {"d:38,2", "d:38,0", "d:9,1,32", "L"})
    EXPECT_EQ(ask("by_count", {"count", format, counts}).texts, (Texts{"low", "unknown", "seven", "unknown"}))
        << format;
  BatchOptions options = only("by_count");
  ColumnRule rule;
  rule.fact = "count";
  rule.doubles = DoubleMeaning::whole_numbers;
  options.columns = {rule};
  EXPECT_EQ(ask(*make_table({{"count", "g", counts}}), options).texts, (Texts{"low", "unknown", "seven", "unknown"}));
}

TEST(ArrowEdges, ValuesNeedNoAlignment)
{
  std::vector<std::optional<Value>> counts;
  Texts expected;
  for (int i = 0; i < 100; ++i) {
    counts.emplace_back(number(i % 10));
    expected.emplace_back(i % 10 < 3 ? "low" : i % 10 < 7 ? "middle" : i % 10 == 7 ? "seven" : "high");
  }
  for (char const* format : {"s", "i", "l", "I", "d:38,1", "d:18,3,64"}) {
    for (std::size_t const bytes : {1U, 3U, 7U}) {
      GivenColumn column{"count", format, counts};
      column.misaligned = bytes;
      EXPECT_EQ(ask("by_count", column).texts, expected) << format << " off by " << bytes;
    }
  }
}

TEST(ArrowEdges, DictionariesOfAnyIndexAndOrder)
{
  std::vector<std::optional<Value>> const status{
      Value("other"), std::nullopt,     Value("a status of more than twelve letters"),
      std::nullopt,   Value("citizen"), Value("other")};
  Texts const expected{"o", "unknown", "l", "unknown", "c", "o"};
  for (char const* index : {"c", "C", "s", "S", "i", "I", "l", "L"}) {
    for (char const* entries : {"u", "U", "vu"}) {
      GivenColumn column{"status", std::string(index) + ">" + entries, status};
      EXPECT_EQ(ask("by_status", column).texts, expected) << column.format;
      column.reversed = true;  // backwards, a text twice, a null inside
      EXPECT_EQ(ask("by_status", column).texts, expected) << column.format << ", another order";
    }
  }
}

TEST(ArrowEdges, ADictionaryForEachChunk)
{
  auto const first = make_table({{"status", "c>u", {Value("citizen"), Value("other")}}});
  auto const second = make_table({{"status", "c>u", {Value("other"), Value("citizen")}}});
  auto const program = BatchProgram::compile(kinds(), first->schema, std::nullopt, only("by_status"));
  ASSERT_TRUE(program);
  BatchRun run(*program);
  EXPECT_EQ(run.decide(first->array)->value(0, 0), Value("c"));
  EXPECT_EQ(run.decide(second->array)->value(0, 0), Value("o"));
}

TEST(ArrowEdges, ATextThatThePackDoesNotKnowIsWhatItIsForOnePerson)
{
  auto const answered = ask("by_status", {"status", "i>u", {Value("citizen"), Value("martian")}});
  auto const scalar = kinds().decide("by_status", record({{"status", Value("martian")}}), std::nullopt);
  EXPECT_EQ(answered.texts, (Texts{"c", std::string(to_string(scalar.outcome))}));
  EXPECT_EQ(answered.shares.by_model, 1U);
}

TEST(ArrowEdges, AnIndexOutsideOfItsDictionaryRefusesTheTable)
{
  auto const made = make_table({{"status", "c>u", {Value("citizen"), Value("other")}}});
  made->children[0]->dictionary->array.length = 1;
  auto const answered = ask(*made, only("by_status"));
  ASSERT_EQ(answered.wrong.size(), 1U);
  EXPECT_NE(answered.wrong[0].what.find("'status'"), std::string::npos);
}

TEST(ArrowEdges, AViewOutsideOfItsBufferRefusesTheTable)
{
  auto const made = make_table({{"status", "vu", {Value("a status of more than twelve letters")}}});
  auto* sizes = made->children[0]->buffers[3].data();
  std::memset(sizes, 0, 8);
  EXPECT_EQ(ask(*made, only("by_status")).wrong.size(), 1U);
}

TEST(ArrowEdges, ViewsShortAndLong)
{
  std::vector<std::optional<Value>> const status{Value("citizen"), Value("a status of more than twelve letters"),
                                                 std::nullopt, Value("a status of more than twelve letters"),
                                                 Value("other")};
  EXPECT_EQ(ask("by_status", {"status", "vu", status, 4}).texts, (Texts{"c", "l", "unknown", "l", "o"}));
}

TEST(ArrowEdges, DecimalsOfEveryWidthAndScale)
{
  std::vector<std::optional<Value>> const counts{decimal("2.49"), decimal("2.5"),  decimal("6.99"),
                                                 number(7),       decimal("7.01"), number(-3)};
  Texts const expected{"low", "middle", "middle", "seven", "high", "low"};
  for (char const* format : {"d:9,2,32", "d:18,2,64", "d:38,2", "d:38,9,128", "d:18,12,64"})
    EXPECT_EQ(ask("by_count", {"count", format, counts, 1}).texts, expected) << format;
  auto const wide = ask("by_count", {"count", "d:76,2,256", {}});
  ASSERT_EQ(wide.wrong.size(), 1U);
  EXPECT_NE(wide.wrong[0].what.find("256"), std::string::npos);
}

TEST(ArrowEdges, DecimalsBeyondSixtyFourBits)
{
  auto const made = make_table({{"count", "d:38,2", {number(1), number(1), number(1)}}});
  auto* values = made->children[0]->buffers[1].data();
  std::int64_t const high[3] = {5, -5, 0x7FFF'FFFF'FFFF'FFFF};
  for (std::size_t i = 0; i < 3; ++i) std::memcpy(values + 16 * i + 8, &high[i], 8);
  made->array.length = 2;
  EXPECT_EQ(ask(*made, only("by_count")).texts, (Texts{"high", "low"}));
  made->array.length = 3;  // more than 34 digits: no number of the language
  EXPECT_EQ(ask(*made, only("by_count")).wrong.size(), 1U);
}

TEST(ArrowEdges, DatesAsDaysMillisecondsAndNaiveTimestamps)
{
  std::vector<std::optional<Value>> const born{date(2008, 2, 29), date(2008, 3, 1), std::nullopt, date(1950, 1, 1),
                                               date(2026, 3, 2)};
  Texts const expected{"adult", "child", "unknown", "adult", "child"};
  for (char const* format : {"tdD", "tdm", "tss:", "tsm:", "tsu:", "tsn:"})
    EXPECT_EQ(ask("by_born", {"born", format, born, 1}).texts, expected) << format;
}

TEST(ArrowEdges, MomentsInAZoneAreRefused)
{
  auto const answered = ask("by_born", {"born", "tsu:Europe/Chisinau", {}});
  ASSERT_EQ(answered.wrong.size(), 1U);
  EXPECT_NE(answered.wrong[0].what.find("time zone"), std::string::npos);
}

TEST(ArrowEdges, MomentsInsideOfADayAreRefused)
{
  for (char const* format : {"tdm", "tss:"}) {
    auto const made = make_table({{"born", format, {date(2008, 2, 29)}}});
    made->children[0]->buffers[1][0] ^= 1U;
    EXPECT_EQ(ask(*made, only("by_born")).wrong.size(), 1U) << format;
  }
}

TEST(ArrowEdges, DoublesAreRefusedUnlessTheyAreWholeNumbers)
{
  GivenColumn const column{"count", "g", {number(1), number(9)}};
  EXPECT_EQ(ask("by_count", column).wrong.size(), 1U);
  auto options = only("by_count");
  ColumnRule rule;
  rule.fact = "count";
  rule.doubles = DoubleMeaning::whole_numbers;
  options.columns = {rule};
  auto const made = make_table({column});
  EXPECT_EQ(ask(*made, options).texts, (Texts{"low", "high"}));
  double const half = 2.5;
  std::memcpy(made->children[0]->buffers[1].data(), &half, 8);
  EXPECT_EQ(ask(*made, options).wrong.size(), 1U);
}

TEST(ArrowEdges, NanIsNoNullUnlessSaid)
{
  auto options = only("by_count");
  ColumnRule rule;
  rule.fact = "count";
  rule.doubles = DoubleMeaning::whole_numbers;
  options.columns = {rule};
  auto const made = make_table({{"count", "g", {number(1), number(9)}}});
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::memcpy(made->children[0]->buffers[1].data(), &nan, 8);
  EXPECT_EQ(ask(*made, options).wrong.size(), 1U);
  options.columns[0].nans = NanMeaning::null;
  EXPECT_EQ(ask(*made, options).texts, (Texts{"unknown", "high"}));
}

TEST(ArrowEdges, RunEndsUnionsAndListsAreRefusedByName)
{
  for (char const* format : {"+r", "+ud:0,1", "+l", "+L", "z", "tDs", "?"}) {
    auto made = make_column({"count", "n", {}});
    made->format = format;
    made->schema.format = made->format.c_str();
    std::vector<std::unique_ptr<MadeArray>> columns;
    columns.push_back(std::move(made));
    auto const answered = ask(*make_struct("", std::move(columns), 0), only("by_count"));
    ASSERT_EQ(answered.wrong.size(), 1U) << format;
    EXPECT_NE(answered.wrong[0].what.find("'count'"), std::string::npos);
  }
}

TEST(ArrowEdges, AColumnOfNothingButNulls)
{
  EXPECT_EQ(ask("by_count", {"count", "n", {std::nullopt, std::nullopt}}).texts, (Texts{"unknown", "unknown"}));
}

TEST(ArrowEdges, WhatIsReleasedCannotBeRead)
{
  auto const made = make_table({{"flag", "b", {Value(true)}}});
  auto const program = BatchProgram::compile(kinds(), made->schema, std::nullopt, only("by_flag"));
  BatchRun run(*program);
  made->array.release(&made->array);
  EXPECT_THROW(static_cast<void>(run.decide(made->array)), ContractViolation);
  made->schema.release(&made->schema);
  EXPECT_THROW(static_cast<void>(BatchProgram::compile(kinds(), made->schema, std::nullopt)), ContractViolation);
}

TEST(ArrowEdges, ArraysThatCannotBeAreRefused)
{
  auto const spoilt = [](auto spoil) {
    auto made = make_table({{"count", "i", {number(1), number(2)}}});
    spoil(*made, *made->children[0]);
    return ask(*made, only("by_count")).wrong.size();
  };
  EXPECT_EQ(spoilt([](MadeArray&, MadeArray&) {}), 0U);
  EXPECT_EQ(spoilt([](MadeArray& table, MadeArray&) { table.array.length = -1; }), 1U);
  EXPECT_EQ(spoilt([](MadeArray& table, MadeArray&) { table.array.n_children = 0; }), 1U);
  EXPECT_EQ(spoilt([](MadeArray& table, MadeArray&) { table.array.length = 3; }), 1U);
  EXPECT_EQ(spoilt([](MadeArray&, MadeArray& column) { column.array.length = 1; }), 1U);
  EXPECT_EQ(spoilt([](MadeArray&, MadeArray& column) { column.array.offset = -1; }), 1U);
  EXPECT_EQ(spoilt([](MadeArray&, MadeArray& column) { column.array.n_buffers = 1; }), 1U);
  EXPECT_EQ(spoilt([](MadeArray&, MadeArray& column) { column.pointers[1] = nullptr; }), 1U);
  EXPECT_EQ(spoilt([](MadeArray&, MadeArray& column) { column.array.release = nullptr; }), 1U);
}

TEST(ArrowEdges, EverythingThatDoesNotFitIsToldAtOnce)
{
  auto options = only("by_count");
  ColumnRule unknown;
  unknown.fact = "cuont";
  ColumnRule absent;
  absent.fact = "flag";
  absent.column = "flags";
  options.columns = {unknown, absent};
  auto const answered =
      ask(*make_table({{"count", "u", {}}, {"born", "i", {}}, {"status", "b", {}}, {"unread", "+l", {}}}), options);
  ASSERT_EQ(answered.wrong.size(), 5U);
  for (auto const& each : answered.wrong) EXPECT_FALSE(each.place.pointer.empty());
}

TEST(ArrowEdges, ATableOfOtherColumnsIsRefused)
{
  EXPECT_EQ(ask(*make_table({{"cuont", "i", {number(1)}}}), only("by_count")).wrong.size(), 1U);
  auto const twice = make_table({{"count", "i", {number(1)}}, {"count", "i", {number(1)}}});
  EXPECT_EQ(ask(*twice, only("by_count")).wrong.size(), 1U);
  auto const column = make_column({"count", "i", {number(1)}});
  EXPECT_EQ(ask(*column, only("by_count")).wrong.size(), 1U);
}

}  // namespace
}  // namespace tutela
