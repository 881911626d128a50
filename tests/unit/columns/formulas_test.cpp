// SPDX-License-Identifier: Apache-2.0
/// \file
/// Formulas over columns against the interpreter of the language, row by row.
#include <cstdio>
#include <cstdlib>
#include <memory>

#include <gtest/gtest.h>
#include <tutela/columns/batch.hpp>

#include "columns/formula_reader.hpp"
#include "columns/formula_run.hpp"
#include "columns/program.hpp"
#include "unit/columns/tables.hpp"
#include "unit/rules/models.hpp"
#include "unit/rules/random.hpp"

namespace tutela {
namespace {

using namespace test;
using detail::Formula;
using detail::FormulaColumn;

Value date(int year, int month, int day) { return Value(*make_date(year, month, day)); }
Value decimal(std::string const& text) { return Value(Decimal::parse(text).value()); }

/// Expressions of each kind, drawn at random, over the facts of `people`.
class Expressions {
 public:
  /// \param in_list Whether they are about the elements of a list, called `c`.
  Expressions(Random& random, bool in_list) : random_(random), in_list_(in_list) {}

  std::string number(int depth)
  {
    if (depth == 0) return number_leaf();
    switch (random_.below(in_list_ ? 12 : 18)) {
      case 0: return "(" + number(depth - 1) + " + " + number(depth - 1) + ")";
      case 1: return "(" + number(depth - 1) + " - " + number(depth - 1) + ")";
      case 2: return "(" + number(depth - 1) + " * " + number(depth - 1) + ")";
      case 3: return "(" + number(depth - 1) + " / " + any_of(divisors_) + ")";
      case 4: return "-(" + number(depth - 1) + ")";
      case 5: return "abs(" + number(depth - 1) + ")";
      case 6: return "min(" + number(depth - 1) + ", " + number(depth - 1) + ")";
      case 7: return "max(" + number(depth - 1) + ", " + number(depth - 1) + ", 2)";
      case 8: return any_of(roundings_) + "(" + number(depth - 1) + ", " + std::to_string(random_.below(6) - 2) + ")";
      case 9: return any_of({"floor", "ceiling"}) + "(" + number(depth - 1) + ")";
      case 10: return "(if " + truth(depth - 1) + " then " + number(depth - 1) + " else " + number(depth - 1) + ")";
      case 11: return calendar(depth - 1);
      case 12: return "count(" + kids() + ")";
      case 13: return any_of({"sum", "min", "max"}) + "(" + kids() + ".pay)";
      case 14: return "sum(for c in " + kids() + " return " + Expressions(random_, true).number(depth - 1) + ")";
      case 15: return "sum(" + number(depth - 1) + ", " + number(depth - 1) + ")";
      case 16: return "max(" + any_of({"ages", "ages[item > 2]", "marks"}) + ")";
      default:
        return "count(" + any_of({"marks", "ages[item = 3]", "marks[item " + any_of(comparisons_) + " 3]"}) + ")";
    }
  }

  std::string truth(int depth)
  {
    if (depth == 0) return in_list_ ? "c.ok" : "flag";
    switch (random_.below(in_list_ ? 9 : 12)) {
      case 0: return "(" + number(depth - 1) + " " + any_of(comparisons_) + " " + number(depth - 1) + ")";
      case 1: return "(" + day(depth - 1) + " " + any_of(comparisons_) + " " + day(depth - 1) + ")";
      case 2: return "(" + truth(depth - 1) + " and " + truth(depth - 1) + ")";
      case 3: return "(" + truth(depth - 1) + " or " + truth(depth - 1) + ")";
      case 4: return "not(" + truth(depth - 1) + ")";
      case 5: return "(" + number(depth - 1) + " between " + number(depth - 1) + " and " + number(depth - 1) + ")";
      case 6:
        return "(" + number(depth - 1) + " in " +
               any_of({"[1..20)", "(0.5..3]", "(1, 2, [5..9])", "(> 4)", "[2.." + number(depth - 1) + "]",
                       "(" + number(depth - 1) + ", (-1.." + number(depth - 1) + "))"}) +
               ")";
      case 7: return in_list_ ? "(c.kind = \"a\")" : "(text " + any_of({"=", "!="}) + " \"b\")";
      case 8: return "(" + truth(depth - 1) + " = " + truth(depth - 1) + ")";
      case 9:
        return "(" + any_of({"some", "every"}) + " c in kids satisfies " + Expressions(random_, true).truth(depth - 1) +
               ")";
      case 10: return "(today() - " + day(depth - 1) + " > duration(\"P" + std::to_string(random_.below(900)) + "D\"))";
      default: return "(years and months duration(day, " + day(depth - 1) + ") < duration(\"P2Y\"))";
    }
  }

  std::string day(int depth)
  {
    if (depth == 0) return in_list_ ? "c.born" : any_of({"day", "other"});
    switch (random_.below(4)) {
      case 0:
        return "(" + day(depth - 1) + " + duration(\"P" + std::to_string(random_.below(60)) +
               any_of({"D", "M", "DT7H"}) + "\"))";
      case 1:
        return "(" + day(depth - 1) + " - duration(\"P" + std::to_string(random_.below(60)) +
               any_of({"D", "M", "DT7H"}) + "\"))";
      case 2: return "(if " + truth(depth - 1) + " then " + day(depth - 1) + " else " + day(depth - 1) + ")";
      default: return "max(" + day(depth - 1) + ", " + day(depth - 1) + ")";
    }
  }

 private:
  std::string any_of(std::vector<std::string> const& texts) { return random_.one_of(texts); }

  std::string number_leaf()
  {
    if (random_.below(3) == 0) return any_of(literals_);
    if (in_list_) return any_of({"c.age", "c.pay"});
    return any_of({"small", "whole", "cents", "fine", "huge", "tax", "band", "left"});
  }

  std::string calendar(int depth)
  {
    switch (random_.below(4)) {
      case 0: return "age in years(" + day(depth) + ", today())";
      case 1: return "years and months duration(" + day(depth) + ", today())." + any_of({"years", "months"});
      case 2: return "(today() - " + day(depth) + ").days";
      default: return day(depth) + "." + any_of({"year", "month", "day"});
    }
  }

  std::string kids()
  {
    if (random_.below(2) == 0) return "kids";
    return any_of({"kids[age > 2]", "kids[ok]", "kids[pay < 5 and not(ok)]", "kids[kind = \"b\" or born > today()]"});
  }

  Random& random_;
  bool in_list_;
  std::vector<std::string> literals_{"0", "1", "7", "0.05", "2.5", "-3", "1000000", "0.125"};
  std::vector<std::string> divisors_{"2", "4", "0.5", "8", "-10", "3", "small"};
  std::vector<std::string> roundings_{"decimal",    "floor",         "ceiling",        "round up",
                                      "round down", "round half up", "round half down"};
  std::vector<std::string> comparisons_{"<", "<=", ">", ">=", "=", "!="};
};

/// Decisions below the one that is asked about: two tables that compute, and what follows from both.
std::string below()
{
  return decision("tax", {"small", "cents", "flag"},
                  table("hitPolicy=\"FIRST\"", {"small + 1", "cents", "flag"},
                        {{{"< 10", "-", "-"}, "cents * 0.05"},
                         {{"-", ">= 5", "true"}, "12.5 + (cents - 5) * 0.125"},
                         {{"[20..40], 50, null", "not(< 0)", "-"}, "small"}},
                        "0")) +
         decision("band", {"text", "day", "whole"},
                  table("hitPolicy=\"UNIQUE\"", {"text", "day"},
                        {{{"\"a\"", "-"}, "1"},
                         {{"not(\"a\")", "> date(\"2008-02-28\")"}, "whole / 4"},
                         {{"\"b\"", "<= date(\"2020-01-01\")"}, "whole * 3"}})) +
         decision("left", {"d_tax", "d_band"}, literal("tax - band"));
}

/// A model with one decision, an expression over facts of every kind and over other decisions.
std::string model_of(std::string const& expression)
{
  std::vector<std::string> const facts{"small", "whole", "cents", "fine",  "huge",  "flag",   "text",  "day",
                                       "other", "kids",  "ages",  "marks", "d_tax", "d_band", "d_left"};
  return dmn(item("tSmall", "number", "[-5..90)") + item("tText", "string", "\"a\", \"b\", \"c\"") +
             "<itemDefinition name=\"tKids\" isCollection=\"true\">"
             "<itemComponent "
             "name=\"age\"><typeRef>number</typeRef><allowedValues><text>[0..17]</text></allowedValues></itemComponent>"
             "<itemComponent name=\"pay\"><typeRef>number</typeRef></itemComponent>"
             "<itemComponent name=\"born\"><typeRef>date</typeRef></itemComponent>"
             "<itemComponent name=\"ok\"><typeRef>boolean</typeRef></itemComponent>"
             "<itemComponent name=\"kind\"><typeRef>string</typeRef></itemComponent></itemDefinition>"
             "<itemDefinition name=\"tAges\" isCollection=\"true\"><typeRef>number</typeRef></itemDefinition>" +
             item("tMark", "number", "[0..5]") +
             "<itemDefinition name=\"tMarks\" isCollection=\"true\"><typeRef>tMark</typeRef></itemDefinition>" +
             input("small", "tSmall") + input("whole", "number") + input("cents", "number") + input("fine", "number") +
             input("huge", "number") + input("flag", "boolean") + input("text", "tText") + input("day", "date") +
             input("other", "date") + input("kids", "tKids") + input("ages", "tAges") + input("marks", "tMarks") +
             below() + decision("x", facts, literal(expression)));
}

/// Rows with values of every kind; some are null, not allowed, or so large that little can be done with them.
std::vector<GivenColumn> people(Random& random, std::size_t rows)
{
  std::vector<std::string> const amounts{"0", "0.01", "-12.34", "1999.99", "5", "88000000.07"};
  std::vector<std::string> const fractions{"0.00001", "-2.50000", "3.14159", "120", "0.5"};
  std::vector<std::string> const giants{"9223372036854775807", "-9223372036854775808", "4611686018427387904", "3",
                                        "-1"};
  std::vector<Value> const days{date(2004, 2, 29),  date(2008, 2, 28), date(2024, 2, 29), date(2026, 3, 2),
                                date(2026, 12, 31), date(1950, 6, 15), date(2031, 1, 31)};
  std::vector<std::string> const texts{"a", "b", "c", "d"};
  auto const some = [&](Value value) { return random.below(9) == 0 ? null_element() : std::move(value); };
  auto const kid = [&] {
    if (random.below(15) == 0) return null_element();
    return Value(Context{{{"age", some(number(random.below(random.below(9) == 0 ? 30 : 12)))},
                          {"pay", some(number(random.below(2'000) - 500))},
                          {"born", some(random.one_of(days))},
                          {"ok", some(Value(random.below(2) == 0))},
                          {"kind", some(Value(random.below(2) == 0 ? "a" : "b"))}}});
  };
  std::vector<GivenColumn> columns{{"small", "s", {}, 3},      {"whole", "l", {}},
                                   {"cents", "d:18,2,64", {}}, {"fine", "d:38,5", {}, 1},
                                   {"huge", "d:38,0", {}},     {"flag", "b", {}, 5},
                                   {"text", "c>u", {}},        {"day", "tdD", {}},
                                   {"other", "tss:", {}, 2},   {"kids", "+l:{age=c,pay=i,born=tdD,ok=b,kind=u}", {}},
                                   {"ages", "+L:i", {}},       {"marks", "+l:s", {}}};
  for (std::size_t row = 0; row < rows; ++row) {
    std::vector<Value> kids, ages, marks;
    for (int i = random.below(4); i > 0; --i) marks.push_back(some(number(random.below(7))));
    for (int i = random.below(4); i > 0; --i) kids.push_back(kid());
    for (int i = random.below(random.below(40) == 0 ? 150 : 4); i > 0; --i)
      ages.push_back(some(number(random.below(7))));
    std::vector<Value> const values{number(random.below(random.below(9) == 0 ? 200 : 80) - 5),
                                    number(random.below(2'000'000) - 1'000'000),
                                    decimal(random.one_of(amounts)),
                                    decimal(random.one_of(fractions)),
                                    decimal(random.one_of(giants)),
                                    Value(random.below(2) == 0),
                                    Value(random.one_of(texts)),
                                    random.one_of(days),
                                    random.one_of(days),
                                    Value(List{std::move(kids)}),
                                    Value(List{std::move(ages)}),
                                    Value(List{std::move(marks)})};
    for (std::size_t i = 0; i < values.size(); ++i)
      columns[i].values.push_back(random.below(12) == 0 ? std::nullopt : std::optional(values[i]));
  }
  return columns;
}

/// A formula over a table, and what it gives.
struct Ran {
  std::shared_ptr<Formula const> formula;
  FormulaColumn column;
};

/// Reads the decision that is asked about as a formula and runs it over an array.
Ran run_formula(BatchProgram const& program, ArrowArray const& array)
{
  auto const& columns = program.impl()->columns;
  auto const& pack = program.impl()->pack.impl();
  auto const& node = pack.model->nodes[pack.nodes[*pack.place_of("x")]];
  Ran ran{detail::formula_of(*program.impl(), node.texts.front()), {}};
  if (ran.formula == nullptr) return ran;
  std::vector<detail::ColumnReader> readers;
  for (auto const& column : columns) {
    std::string problem;
    readers.emplace_back(column, *detail::ColumnView::of(array, column.column, problem));
    EXPECT_FALSE(readers.back().start());
  }
  detail::FormulaRun(*ran.formula).run(readers, 0, static_cast<std::size_t>(array.length), ran.column);
  return ran;
}

bool bit(std::vector<std::uint64_t> const& bits, std::size_t row) { return (bits[row / 64] >> row % 64 & 1U) != 0; }

struct Counts {
  unsigned long expressions = 0, formulas = 0, rows = 0, answered = 0, left = 0;
};

/// Compares each row that a formula answers with the interpreter.
void compare(std::string const& expression, std::vector<GivenColumn> const& people, NullMeaning nulls, Counts& counts)
{
  auto const asked = pack(model_of(expression));
  auto const made = make_table(people);
  BatchOptions options;
  for (auto const& column : people) {
    options.columns.push_back({column.name});
    options.columns.back().nulls = nulls;
  }
  auto const on = *make_date(2026, 3, 1);
  auto const program = BatchProgram::compile(asked, made->schema, on, options).value();
  ++counts.expressions;
  auto const [formula, column] = run_formula(program, made->array);
  if (formula == nullptr) return;
  ++counts.formulas;
  for (std::size_t row = 0; row < people.front().values.size(); ++row) {
    auto const verdict = asked.decide("x", program.facts(made->array, row).value(), on);
    bool const has_value = verdict.outcome == Outcome::known && !verdict.value.is_none();
    ++counts.rows;
    if (!bit(column.known, row)) {
      counts.left += has_value ? 1 : 0;
      continue;
    }
    ++counts.answered;
    ASSERT_EQ(verdict.outcome, Outcome::known) << expression << ", row " << row;
    auto const value = formula->value_of(formula->kind == Kind::boolean ? bit(column.truths, row) : column.counts[row]);
    ASSERT_EQ(value, verdict.value) << expression << ", row " << row;
    ASSERT_EQ(to_string(value), to_string(verdict.value)) << expression << ", row " << row;
  }
}

TEST(Formulas, GiveWhatTheInterpreterGives)
{
  auto const* const text = std::getenv("TUTELA_COLUMN_SEED");
  auto const seed = text == nullptr ? 11UL : std::strtoul(text, nullptr, 10);
  Random random(static_cast<unsigned>(seed));
  Counts counts;
  for (int round = 0; round < 200; ++round) {
    Expressions expressions(random, false);
    int const depth = 1 + random.below(4);
    auto const expression = round % 3 == 0   ? expressions.truth(depth)
                            : round % 3 == 1 ? expressions.number(depth)
                                             : expressions.day(depth);
    auto const nulls = std::vector{NullMeaning::unknown, NullMeaning::none,
                                   NullMeaning::uncertain}[static_cast<std::size_t>(random.below(3))];
    auto const rows = round % 50 == 0 ? 1'500 : 1 + random.below(80);
    ASSERT_NO_FATAL_FAILURE(compare(expression, people(random, static_cast<std::size_t>(rows)), nulls, counts))
        << "seed " << seed;
  }
  std::printf("seed %lu: %lu expressions, %lu of them formulas; %lu rows, %lu answered, %lu left that have a value\n",
              seed, counts.expressions, counts.formulas, counts.rows, counts.answered, counts.left);
  EXPECT_GT(counts.formulas, counts.expressions * 3 / 4);
  EXPECT_GT(counts.answered, counts.rows / 3);
  EXPECT_LT(counts.left, counts.answered / 5);
}

/// What one expression gives for rows of one column: its counts, and -1 where the row is left.
std::vector<std::int64_t> counts_of(std::string const& expression, GivenColumn column)
{
  auto const made = make_table({std::move(column)});
  auto const program = BatchProgram::compile(pack(model_of(expression)), made->schema, make_date(2026, 3, 1)).value();
  auto const [formula, found] = run_formula(program, made->array);
  if (formula == nullptr) return {};
  std::vector<std::int64_t> counts;
  for (std::size_t row = 0; row < static_cast<std::size_t>(made->array.length); ++row)
    counts.push_back(!bit(found.known, row)           ? -1
                     : formula->kind == Kind::boolean ? bit(found.truths, row)
                                                      : found.counts[row]);
  return counts;
}

using Counted = std::vector<std::int64_t>;

TEST(Formulas, CountAtTheScaleThatColumnsAndConstantsHave)
{
  GivenColumn const cents{"cents", "d:18,2,64", {decimal("10.01"), decimal("0"), std::nullopt}};
  EXPECT_EQ(counts_of("cents * 0.05", cents), (Counted{5'005, 0, -1}));
  EXPECT_EQ(counts_of("decimal(cents * 0.05, 2)", cents), (Counted{50, 0, -1}));
  EXPECT_EQ(counts_of("cents + 1", cents), (Counted{1'101, 100, -1}));
  EXPECT_EQ(counts_of("cents / 8", cents), (Counted{125'125, 0, -1})) << "five decimals";
}

TEST(Formulas, LeaveWhatDoesNotFit)
{
  GivenColumn const whole{"whole", "l", {decimal("4000000000"), decimal("3"), decimal("-4000000000")}};
  EXPECT_EQ(counts_of("whole * whole", whole), (Counted{-1, 9, -1}));
  EXPECT_EQ(counts_of("whole * whole > 1", whole), (Counted{-1, 1, -1}));
  EXPECT_EQ(counts_of("if whole > 4 then 0 else whole * whole", whole), (Counted{0, 9, -1}));
  EXPECT_EQ(counts_of("small", {"small", "s", {number(89), number(90), number(-6)}}), (Counted{89, -1, -1}));
}

TEST(Formulas, DecideByWhatIsKnown)
{
  GivenColumn const flag{"flag", "b", {Value(true), Value(false), std::nullopt}};
  EXPECT_EQ(counts_of("flag or 1 < 2", flag), (Counted{1, 1, 1}));
  EXPECT_EQ(counts_of("flag and 2 < 1", flag), (Counted{0, 0, 0}));
  EXPECT_EQ(counts_of("flag and 1 < 2", flag), (Counted{1, 0, -1}));
  EXPECT_EQ(counts_of("not(flag)", flag), (Counted{0, 1, -1}));
}

TEST(Formulas, AskForBothEndsOfARange)
{
  GivenColumn const whole{"whole", "l", {number(1), number(7), std::nullopt}};
  EXPECT_EQ(counts_of("0 in [5..whole]", whole), (Counted{0, 0, -1})) << "without an end it is an error, not no";
  EXPECT_EQ(counts_of("6 in [5..whole]", whole), (Counted{0, 1, -1}));
}

TEST(Formulas, DoNotTakeWhatIsLeftForAValue)
{
  auto const law = pack(dmn(
      "<itemDefinition name=\"tNumbers\" isCollection=\"true\"><typeRef>number</typeRef></itemDefinition>" +
      input("ages", "tNumbers") +
      decision("oldest", {"ages"},
               table("hitPolicy=\"FIRST\"", {"max(ages)"}, {{{"null"}, "0"}, {{"-"}, "count(ages) + 1"}})) +
      decision("family", {"d_oldest"}, table("hitPolicy=\"FIRST\"", {"oldest"}, {{{"0"}, "\"none\""}}, "\"some\""))));
  GivenColumn const ages{"ages", "+l:i", {Value(List{{number(2), number(5)}}), Value(List{}), std::nullopt}};
  auto const made = make_table({ages});
  auto const program = BatchProgram::compile(law, made->schema, std::nullopt).value();
  auto const answers = BatchRun(program).decide(made->array).value();
  for (std::size_t row = 0; row < 3; ++row)
    for (std::size_t d = 0; d < 2; ++d) {
      auto const verdict = law.decide(program.decisions()[d].decision, program.facts(made->array, row).value(), {});
      EXPECT_EQ(answers.outcome(d, row), verdict.outcome) << verdict.decision << " " << row;
      EXPECT_EQ(answers.value(d, row), verdict.value) << verdict.decision << " " << row;
    }
}

TEST(Formulas, SumOverTheElementsOfLists)
{
  GivenColumn const ages{
      "ages",
      "+l:i",
      {Value(List{{number(2), number(5)}}), Value(List{}), std::nullopt, Value(List{{number(1), null_element()}})}};
  EXPECT_EQ(counts_of("sum(ages)", ages), (Counted{7, -1, -1, -1}));
  EXPECT_EQ(counts_of("count(ages)", ages), (Counted{2, 0, -1, 2}));
  EXPECT_EQ(counts_of("count(ages[item > 2]) + 1", ages), (Counted{2, 1, -1, -1}));
  EXPECT_EQ(counts_of("some a in ages satisfies a < 3", ages), (Counted{1, 0, -1, 1})) << "one element decides";
  EXPECT_EQ(counts_of("sum(for a in ages return a * 0.5)", ages), (Counted{35, -1, -1, -1}));
}

TEST(Formulas, AreNotMadeOfWhatTheyCannotSay)
{
  GivenColumn const whole{"whole", "l", {number(1)}};
  for (char const* expression :
       {"whole / 3", "whole ** 2", "string length(text)", "cents + 1", "whole + 0.1234567890123456789"})
    EXPECT_TRUE(counts_of(expression, whole).empty()) << expression;
}

}  // namespace
}  // namespace tutela
