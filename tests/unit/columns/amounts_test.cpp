// SPDX-License-Identifier: Apache-2.0
/// \file
/// Answers that are computed for each row: kept as counts, handed out as decimals and days, compared with a reform.
///
/// Random laws and tables against the scalar engine, row by row, in the values and in the buffers that are handed out.
#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <tuple>

#include <gtest/gtest.h>
#include <tutela/columns/batch.hpp>
#include <tutela/columns/compare_batch.hpp>
#include <tutela/columns/stream.hpp>

#include "columns/amount_form.hpp"
#include "unit/columns/tables.hpp"
#include "unit/rules/models.hpp"
#include "unit/rules/random.hpp"

namespace tutela {
namespace {

using namespace test;
using detail::AmountCount;
using detail::AmountForm;

Value amount(char const* text) { return Value(Decimal::parse(text).value()); }
Value date(int year, int month, int day) { return Value(*make_date(year, month, day)); }

/// A decision whose answers have a declared type.
std::string typed(std::string const& name, std::vector<std::string> const& reads, std::string const& type,
                  std::string const& body)
{
  auto text = decision(name, reads, body);
  auto const variable = "<variable name=\"" + name + "\"";
  return text.insert(text.find(variable) + variable.size(), " typeRef=\"" + type + "\"");
}

TEST(AmountForm, CountsWhatADecimalHolds)
{
  AmountForm const cents(Kind::number, 2);
  std::vector<std::pair<char const*, char const*>> const held{
      {"0", "0"},
      {"-0", "0"},
      {"12.5", "1250"},
      {"-0.01", "-1"},
      {"92233720368547758.07", "9223372036854775807"},
      {"92233720368547758.08", "9223372036854775808"},
      {"-92233720368547758.09", "-9223372036854775809"},
      {"123456789012345678901234567890123400", "12345678901234567890123456789012340000"},
      {"-99999999999999999999999999999999.99", "-9999999999999999999999999999999999"}};
  for (auto const& [number, count] : held) {
    auto const found = cents.count(amount(number));
    ASSERT_TRUE(found) << number;
    std::string digits;
    for (auto left = *found < 0 ? -*found : *found; left != 0; left /= 10)
      digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(left % 10)));
    EXPECT_EQ((*found < 0 ? "-" : "") + (digits.empty() ? "0" : digits), count);
    EXPECT_EQ(cents.value(*found), amount(number));
  }
  for (char const* number : {"0.001", "1000000000000000000000000000000000000", "-1e36", "1e6000"})
    EXPECT_FALSE(cents.count(amount(number))) << number;
  EXPECT_FALSE(cents.count(Value()));
  EXPECT_FALSE(cents.count(Value("1")));
  EXPECT_FALSE(cents.count(date(2026, 1, 1)));
  AmountForm const days(Kind::date, 0);
  EXPECT_EQ(days.count(date(1970, 1, 2)), AmountCount{1});
  EXPECT_EQ(days.value(-1), date(1969, 12, 31));
  EXPECT_FALSE(days.count(amount("1")));
  EXPECT_THROW(AmountForm(Kind::number, 39), ContractViolation);
  EXPECT_THROW(AmountForm(Kind::string, 0), ContractViolation);
}

/// The type in which a program hands out its first decision.
std::string format_of(Pack const& law, std::vector<GivenColumn> const& columns)
{
  auto const made = make_table(columns);
  BatchOptions options;
  options.decisions = {"answer"};
  auto const program = BatchProgram::compile(law, made->schema, make_date(2026, 3, 2), options).value();
  ArrowSchema schema;
  program.export_schema(schema);
  std::string format = schema.children[0]->format;
  schema.release(&schema);
  return format;
}

TEST(Amounts, HaveATypeThatFollowsFromTheLawAndTheColumns)
{
  auto const format = [&](std::string const& expression) {
    auto const law = pack(dmn(
        "<itemDefinition name=\"tMembers\" isCollection=\"true\">"
        "<itemComponent name=\"pay\"><typeRef>number</typeRef></itemComponent>"
        "</itemDefinition><itemDefinition name=\"tExtras\" isCollection=\"true\">"
        "<typeRef>number</typeRef></itemDefinition>" +
        input("salary", "number") + input("rent", "number") + input("number_of_children", "number") +
        input("place", "string") + input("members", "tMembers") + input("extras", "tExtras") +
        decision("net", {"salary"}, literal("salary * 0.8")) +
        decision("half", {"salary"}, literal("{of_salary: salary / 8}")) +
        decision("answer", {"salary", "rent", "number_of_children", "place", "members", "extras", "d_net", "d_half"},
                 literal(expression))));
    return format_of(law, {{"salary", "d:18,2,64", {}},
                           {"rent", "d:38,3", {}},
                           {"number_of_children", "c", {}},
                           {"place", "u", {}},
                           {"members", "+l:{pay=l}", {}},
                           {"extras", "+l:d:9,1,32", {}}});
  };
  EXPECT_EQ(format("salary * 0.05"), "d:38,4");
  EXPECT_EQ(format("salary * number_of_children"), "d:38,2");
  EXPECT_EQ(format("salary - rent"), "d:38,3");
  EXPECT_EQ(format("-number_of_children"), "d:38,0");
  EXPECT_EQ(format("salary / 8"), "d:38,5");
  EXPECT_EQ(format("salary / 0.5"), "d:38,2");
  EXPECT_EQ(format("salary / 12"), "i") << "a twelfth may never end";
  EXPECT_EQ(format("decimal(salary / 12, 2)"), "d:38,2");
  EXPECT_EQ(format("round half up(rent * rent, -2)"), "d:38,0");
  EXPECT_EQ(format("floor(rent)"), "d:38,0");
  EXPECT_EQ(format("max(salary, rent, 1.2345)"), "d:38,4");
  EXPECT_EQ(format("if salary > 3 then salary else null"), "d:38,2");
  EXPECT_EQ(format("if salary > 3 then salary else \"none\""), "i");
  EXPECT_EQ(format("net + 1"), "d:38,3");
  EXPECT_EQ(format("sum(extras)"), "d:38,1");
  EXPECT_EQ(format("sum(members.pay)"), "d:38,0");
  EXPECT_EQ(format("count(members)"), "d:38,0");
  EXPECT_EQ(format("place"), "i");
  EXPECT_EQ(format("salary * 1e-37"), "i") << "39 digits after the point";
  EXPECT_EQ(format("sum(for x in [0.125, 0.5] return x * salary)"), "d:38,5")
      << "an element may have more digits than columns";
  EXPECT_EQ(format("sum(for x in extras, i in 1..3 return x * i / 2)"), "d:38,2");
  EXPECT_EQ(format("sum(for m in members[pay > 1] return m.pay * 0.5)"), "d:38,1");
  EXPECT_EQ(format("half.of_salary * 2"), "i") << "what a decision puts together is not looked into";
  EXPECT_EQ(format("(date(\"2026-03-02\") - date(\"2026-03-01\")).days * salary"), "d:38,2");
  for (char const* several : {"extras", "extras[item > 1]", "for x in extras return x * 2",
                              "if salary > 3 then extras else 1", "[salary, rent]", "members.pay", "min(place, \"b\")"})
    EXPECT_EQ(format(several), "i") << several;
}

/// What is drawn of a law, beside its text.
struct DrawnLaw {
  std::string text;
  std::vector<std::string> decisions;
};

std::string number_expression(Random& random)
{
  static std::vector<std::string> const all{"pay * 0.05",
                                            "pay + rent",
                                            "pay - 1234.56",
                                            "pay * rent",
                                            "pay / 4",
                                            "pay / 3",
                                            "-rent",
                                            "max(pay, rent) - 0.005",
                                            "decimal(pay / 7, 2)",
                                            "floor(rent * 1.5)",
                                            "if rent > 4 then pay * 0.125 else null",
                                            "if rent > 4 then pay else rent / 0.5",
                                            "pay * pay * 1000000000000000",
                                            "abs(rent - pay)"};
  return random.one_of(all);
}

std::string date_expression(Random& random)
{
  static std::vector<std::string> const all{"born + duration(\"P18Y\")", "born + duration(\"P30D\")", "born",
                                            "if pay > 100 then born else null", "date(\"2026-03-02\")"};
  return random.one_of(all);
}

/// Two tables and two expressions; a table has constants among what it computes.
DrawnLaw draw_law(Random& random)
{
  DrawnLaw law;
  law.decisions = {"payment", "day", "sum", "until", "poor", "rich"};
  std::vector<std::string> const facts{"pay", "rent", "born"};
  std::vector<std::string> const policies{"hitPolicy=\"UNIQUE\"", "hitPolicy=\"FIRST\"", "hitPolicy=\"FIRST\"",
                                          "hitPolicy=\"COLLECT\" aggregation=\"SUM\""};
  std::vector<std::string> const tests{"< 3", ">= 100", "[3..100)", "-", "-", "not(0)"};
  std::vector<std::string> const constants{"0", "12.5", "-0.001", "null"};
  auto const rules = [&](auto const& expression, std::vector<std::string> const& others) {
    std::vector<std::pair<std::vector<std::string>, std::string>> made;
    for (int i = 0; i < 1 + random.below(4); ++i)
      made.push_back({{random.one_of(tests), random.one_of(tests)},
                      random.below(3) == 0 ? random.one_of(others) : expression(random)});
    return made;
  };
  auto const fallback = random.below(2) == 0 ? "" : number_expression(random);
  law.text =
      item("tRent", "number", "[0..105]") + input("pay", "number") +
      input("rent", random.below(3) == 0 ? "tRent" : "number") + input("born", "date") +
      decision("payment", facts,
               table(random.one_of(policies), {"pay", "rent"}, rules(number_expression, constants), fallback)) +
      typed("day", facts, "date",
            table("hitPolicy=\"FIRST\"", {"pay", "rent"}, rules(date_expression, {"date(\"2030-01-01\")", "null"}),
                  random.below(2) == 0 ? "" : "born")) +
      decision("sum", {"pay", "rent", "d_payment"},
               literal(random.below(3) == 0 ? "payment * 2" : number_expression(random))) +
      typed("until", facts, "date", literal(date_expression(random)));
  law.text += decision("poor", {"pay", "rent"}, literal("pay < 100 or rent * 0.5 > pay")) +
              decision("rich", {"pay", "rent"},
                       table("hitPolicy=\"FIRST\"", {"rent"}, {{{random.one_of(tests)}, "pay > rent"}}, "false"));
  law.text = dmn(law.text);
  return law;
}

std::vector<GivenColumn> draw_people(Random& random, std::size_t rows)
{
  static std::vector<std::string> const money{"d:18,2,64", "d:38,2", "d:38,4"};
  static std::vector<std::string> const whole{"c", "i", "l", "d:9,1,32"};
  std::vector<GivenColumn> columns{
      {"pay", random.one_of(money), {}}, {"rent", random.one_of(whole), {}}, {"born", "tdD", {}}, {"place", "u", {}}};
  int const missing = random.below(3) * 10;
  auto const maybe = [&](Value value) { return random.below(100) < missing ? std::nullopt : std::optional(value); };
  for (std::size_t row = 0; row < rows; ++row) {
    auto const cents = random.below(40) == 0 ? std::int64_t{90'000'000'000'000} : random.below(100'000) - 5'000;
    columns[0].values.push_back(maybe(Value(Decimal(cents) / Decimal(100))));
    columns[1].values.push_back(maybe(number(random.below(120) - 10)));
    columns[2].values.push_back(maybe(Value(*add_days(*make_date(2026, 3, 2), -random.below(30'000)))));
    columns[3].values.push_back(maybe(Value(random.below(2) == 0 ? "north" : "south")));
  }
  for (auto& column : columns) column.offset = static_cast<std::size_t>(random.below(3));
  return columns;
}

/// The facts of a row as a record; places are no facts.
Record facts_of(std::vector<GivenColumn> const& columns, std::size_t row)
{
  RecordBuilder builder;
  for (auto const& column : columns)
    if (column.values[row] && column.name != "place") builder.set(column.name, *column.values[row]);
  return std::move(builder).build().value();
}

/// What stands in a column that was handed out, read by the specification; nothing for null.
std::optional<Value> handed_out(ArrowArray const& array, std::string const& format, std::size_t row)
{
  auto const* valid = static_cast<unsigned char const*>(array.buffers[0]);
  if (valid != nullptr && (valid[row / 8] >> row % 8 & 1U) == 0) return std::nullopt;
  if (format == "b") return Value((static_cast<unsigned char const*>(array.buffers[1])[row / 8] >> row % 8 & 1U) != 0);
  if (format == "tdD") return Value(from_days(static_cast<std::int32_t const*>(array.buffers[1])[row]).value());
  if (format.rfind("d:38,", 0) == 0) {
    AmountCount count = 0;
    std::memcpy(&count, static_cast<char const*>(array.buffers[1]) + row * sizeof(count), sizeof(count));
    return Value(detail::amount_of_count(count, std::stoi(format.substr(5))));
  }
  auto const code = static_cast<std::int32_t const*>(array.buffers[1])[row];
  auto const* ends = static_cast<std::int32_t const*>(array.dictionary->buffers[1]);
  auto const* text = static_cast<char const*>(array.dictionary->buffers[2]);
  return Value(std::string(text + ends[code], text + ends[code + 1]));
}

/// A decision over `pay` and `born`, handed out for some rows.
struct HandedOut {
  Pack law;
  std::unique_ptr<MadeArray> made;
  BatchProgram program;
  BatchAnswers answers;
  std::string format;

  HandedOut(std::string const& answer, std::vector<std::optional<Value>> pay, std::vector<std::optional<Value>> born)
      : law(pack(dmn(input("pay", "number") + input("born", "date") + answer))),
        made(make_table({{"pay", "d:18,2,64", std::move(pay)}, {"born", "tdD", std::move(born)}})),
        program(BatchProgram::compile(law, made->schema, make_date(2026, 3, 2)).value()),
        answers(BatchRun(program).decide(made->array).value()),
        format(format_of(law, {{"pay", "d:18,2,64", {}}, {"born", "tdD", {}}}))
  {
  }

  /// The outcome and the value of each row, which are those that are handed out.
  [[nodiscard]] std::vector<std::string> texts() const
  {
    ArrowArray array{};
    answers.export_array(array);
    std::vector<std::string> found;
    for (std::size_t row = 0; row < answers.rows(); ++row) {
      auto const value = handed_out(*array.children[0], format, row);
      bool const none = answers.value(0, row).is_none();
      EXPECT_EQ(value.has_value(), !none);
      EXPECT_TRUE(!value || format == "i" || *value == answers.value(0, row));
      found.push_back(std::string(to_string(answers.outcome(0, row))) + " " + to_string(answers.value(0, row)));
    }
    array.release(&array);
    return found;
  }
};

TEST(Amounts, BeyondTheirColumnEndTheirRowWithAnError)
{
  auto const tiny = "0." + std::string(37, '0') + "1";
  HandedOut const numbers(
      decision("answer", {"pay"}, table("hitPolicy=\"FIRST\"", {"pay"}, {{{"< 0"}, tiny}, {{"-"}, "pay * 2"}})),
      {amount("0.25"), amount("0.50"), amount("20"), amount("90000000000000"), amount("-1"), std::nullopt},
      std::vector<std::optional<Value>>(6));
  EXPECT_EQ(numbers.format, "d:38,38");
  EXPECT_EQ(numbers.texts(), (std::vector<std::string>{"known 0.5", "error null", "error null", "error null",
                                                       "known " + tiny, "unknown null"}));
  EXPECT_EQ(numbers.answers.shares(0).beyond, 3U);
  HandedOut const days(
      typed("answer", {"born", "pay"}, "date",
            table("hitPolicy=\"FIRST\"", {"pay"}, {{{"< 0"}, "born"}, {{"-"}, "born + duration(\"P6000000Y\")"}})),
      {amount("-1"), amount("1")}, std::vector<std::optional<Value>>(2, date(2000, 1, 1)));
  EXPECT_EQ(days.texts(), (std::vector<std::string>{"known " + to_string(date(2000, 1, 1)), "error null"}));
  EXPECT_EQ(days.answers.shares(0).beyond, 1U);
}

TEST(Amounts, AreTextsWhereAConstantAmongThemDoesNotFit)
{
  std::vector<std::optional<Value>> const pay{amount("-1"), amount("1")};
  std::vector<std::optional<Value>> const born(2, date(2000, 1, 1));
  auto const large = "1" + std::string(37, '0');
  auto const rules = [&](std::string const& first, std::string const& second) {
    return table("hitPolicy=\"FIRST\"", {"pay"}, {{{"< 0"}, first}, {{"-"}, second}});
  };
  HandedOut const numbers(decision("answer", {"pay"}, rules(large, "pay * 2")), pay, born);
  EXPECT_EQ(numbers.format, "i");
  EXPECT_EQ(numbers.texts(), (std::vector<std::string>{"known " + large, "known 2"}));
  for (auto const& second : {std::string("born"), std::string("date(\"2026-01-01\")")}) {
    HandedOut const days(typed("answer", {"pay", "born"}, "date", rules("date(\"9999999-01-01\")", second)), pay, born);
    EXPECT_EQ(days.format, "i");
    EXPECT_EQ(days.texts().front(), "known " + to_string(date(9'999'999, 1, 1)));
  }
}

struct AmountCounts {
  std::size_t answers = 0, amounts = 0, days = 0, truths = 0, texts = 0, beyond = 0, asked = 0;
};

/// The types in which the decisions of a program are handed out, with the outcomes left out.
std::vector<std::string> formats_of(BatchProgram const& program)
{
  ArrowSchema schema;
  program.export_schema(schema);
  std::vector<std::string> formats;
  for (std::size_t d = 0; d < program.decisions().size(); ++d) {
    auto const& name = program.decisions()[d].decision;
    auto* const* const found = std::find_if(schema.children, schema.children + schema.n_children,
                                            [&](ArrowSchema const* child) { return child->name == name; });
    formats.emplace_back((*found)->format);
  }
  schema.release(&schema);
  return formats;
}

/// What a verdict comes to in a column of a type: an error where that cannot hold its value.
Verdict in_column(Verdict verdict, std::string const& format)
{
  bool const number = format.rfind("d:38,", 0) == 0;
  if (verdict.outcome != Outcome::known || verdict.value.is_none() || (!number && format != "tdD")) return verdict;
  AmountForm const form = number ? AmountForm(Kind::number, std::stoi(format.substr(5))) : AmountForm(Kind::date, 0);
  if (form.count(verdict.value)) return verdict;
  verdict.outcome = Outcome::error;
  verdict.value = Value();
  return verdict;
}

/// Compares what is handed out with the answers of the scalar engine.
void compare_handed_out(BatchProgram const& program, BatchAnswers const& answers,
                        std::vector<std::vector<Verdict>> const& expected, AmountCounts& counts)
{
  auto const formats = formats_of(program);
  ArrowArray array{};
  answers.export_array(array);
  for (std::size_t d = 0; d < formats.size(); ++d) {
    std::int64_t nulls = 0;
    for (std::size_t row = 0; row < expected.size(); ++row) {
      auto const& verdict = expected[row][d];
      auto const found = handed_out(*array.children[d], formats[d], row);
      bool const answered = verdict.outcome == Outcome::known && !verdict.value.is_none();
      ASSERT_EQ(found.has_value(), answered) << verdict.decision << " " << row;
      nulls += answered ? 0 : 1;
      if (!answered) continue;
      bool const text = formats[d] == "i";
      ASSERT_EQ(*found, text ? Value(to_string(verdict.value)) : verdict.value) << verdict.decision << " " << row;
      auto& kind = formats[d] == "b" ? counts.truths : formats[d] == "tdD" ? counts.days : counts.amounts;
      ++(text ? counts.texts : kind);
    }
    ASSERT_EQ(array.children[d]->null_count, nulls);
  }
  array.release(&array);
}

/// The answers of the scalar engine to each row.
std::vector<std::vector<Verdict>> verdicts_of(Pack const& law, std::vector<std::string> const& decisions,
                                              std::vector<GivenColumn> const& columns)
{
  std::vector<std::vector<Verdict>> verdicts;
  for (std::size_t row = 0; row < columns.front().values.size(); ++row) {
    auto& here = verdicts.emplace_back();
    for (auto const& name : decisions) here.push_back(law.decide(name, facts_of(columns, row), make_date(2026, 3, 2)));
  }
  return verdicts;
}

/// The same columns with the values of others.
std::vector<GivenColumn> with_values_of(std::vector<GivenColumn> columns, std::vector<GivenColumn> const& others)
{
  for (std::size_t i = 0; i < columns.size(); ++i) columns[i].values = others[i].values;
  return columns;
}

TEST(Amounts, AreThoseOfTheScalarEngineInEveryRow)
{
  Random random(41);
  AmountCounts counts;
  for (int round = 0; round < 50; ++round) {
    auto const drawn = draw_law(random);
    auto const law = pack(drawn.text);
    BatchOptions options;
    options.decisions = drawn.decisions;
    options.outcomes = false;
    options.rules = random.below(3) == 0;
    options.missing = random.below(3) == 0;
    options.limits.region_codes = random.below(4) == 0 ? 3 : 100'000;
    auto people = draw_people(random, static_cast<std::size_t>(random.below(90)));
    auto const program = BatchProgram::compile(law, make_table(people)->schema, make_date(2026, 3, 2), options).value();
    auto const formats = formats_of(program);
    BatchRun run(program);
    std::vector<BatchAnswers> held;  // what an earlier array was answered stays as it is
    std::vector<std::vector<std::vector<Verdict>>> expected;
    for (int part = 0; part < 3; ++part) {
      auto const made = make_table(people);
      held.push_back(run.decide(made->array).value());
      expected.push_back(verdicts_of(law, drawn.decisions, people));
      for (auto& verdicts : expected.back())
        for (std::size_t d = 0; d < verdicts.size(); ++d) verdicts[d] = in_column(verdicts[d], formats[d]);
      people = with_values_of(people, draw_people(random, static_cast<std::size_t>(random.below(90))));
    }
    for (std::size_t part = 0; part < held.size(); ++part) {
      auto const& verdicts = expected[part];
      ASSERT_EQ(held[part].rows(), verdicts.size());
      for (std::size_t d = 0; d < drawn.decisions.size(); ++d) {
        counts.asked += held[part].shares(d).by_model + held[part].shares(d).repeated;
        counts.beyond += held[part].shares(d).beyond;
      }
      for (std::size_t row = 0; row < verdicts.size(); ++row) {
        for (std::size_t d = 0; d < drawn.decisions.size(); ++d) {
          ASSERT_EQ(held[part].outcome(d, row), verdicts[row][d].outcome) << drawn.text;
          ASSERT_EQ(held[part].value(d, row), verdicts[row][d].value) << drawn.text << row;
          ++counts.answers;
        }
      }
      if (options.rules || options.missing) continue;
      ASSERT_NO_FATAL_FAILURE(compare_handed_out(program, held[part], verdicts, counts)) << drawn.text;
    }
  }
  std::printf(
      "%zu answers, %zu by the scalar engine; %zu amounts, %zu days, %zu truths, %zu texts handed out; %zu too large\n",
      counts.answers, counts.asked, counts.amounts, counts.days, counts.truths, counts.texts, counts.beyond);
  EXPECT_GT(counts.amounts, 2000U);
  EXPECT_GT(counts.days, 1000U);
  EXPECT_GT(counts.texts, 50U);
  EXPECT_GT(counts.truths, 1000U);
  EXPECT_GT(counts.beyond, 0U);
  EXPECT_LT(counts.asked, counts.answers / 2) << "the others are calculated over columns, or follow from tables";
}

/// What a comparison says of some rows.
struct ExpectedLine {
  std::size_t rows = 0;
  std::size_t first = 0;
  std::optional<Decimal> before, after, difference, least, most;
};

using LineKey = std::tuple<std::string, std::string, std::string, std::string, std::string, std::string, std::string>;

void add_to(std::optional<Decimal>& sum, Decimal more) { sum = sum ? *sum + more : more; }

/// The slow way: row by row, in decimals. \param merged Decisions whose amounts are one answer.
std::map<LineKey, ExpectedLine> compared_row_by_row(std::vector<GivenColumn> const& people,
                                                    std::vector<std::vector<Verdict>> const& before,
                                                    std::vector<std::vector<Verdict>> const& after,
                                                    std::vector<bool> const& merged)
{
  std::map<LineKey, ExpectedLine> lines;
  auto const is_amount = [](Value const& value) { return value.is(Kind::number) || value.is(Kind::date); };
  for (std::size_t row = 0; row < before.size(); ++row) {
    for (std::size_t d = 0; d < merged.size(); ++d) {
      auto const& was = before[row][d];
      auto const& is = after[row][d];
      std::string change = "differs";
      if ((was.outcome == Outcome::known) != (is.outcome == Outcome::known))
        change = was.outcome == Outcome::known ? "becomes_unknown" : "becomes_known";
      else if (was.outcome == is.outcome && was.value == is.value)
        change = "same";
      else if (was.value.is(Kind::number) && is.value.is(Kind::number))
        change = *was.value.as_number() < *is.value.as_number() ? "gains" : "loses";
      else if (was.value.is_none() && is.value.is(Kind::number) && was.outcome == Outcome::known)
        change = "gains";
      else if (is.value.is_none() && was.value.is(Kind::number) && is.outcome == Outcome::known)
        change = "loses";
      auto const text = [&](Value const& value) {
        return merged[d] && is_amount(value) ? "an amount" : to_string(value);
      };
      auto const& place = people.back().values[row];
      auto& line =
          lines[{was.decision, place ? *place->as_string() : "(none)", change, std::string(to_string(was.outcome)),
                 text(was.value), std::string(to_string(is.outcome)), text(is.value)}];
      if (line.rows++ == 0) line.first = row;
      auto const* had = was.value.as_number();
      auto const* has = is.value.as_number();
      if (had != nullptr) add_to(line.before, *had);
      if (has != nullptr) add_to(line.after, *has);
      std::optional<Decimal> more;
      if (had != nullptr && has != nullptr) more = *has - *had;
      if (was.value.is(Kind::date) && is.value.is(Kind::date))
        more = Decimal(to_days(*is.value.as_date()) - to_days(*was.value.as_date()));
      if (!more) continue;
      add_to(line.difference, *more);
      line.least = line.least && *line.least < *more ? line.least : more;
      line.most = line.most && *line.most > *more ? line.most : more;
    }
  }
  return lines;
}

/// A law whose amounts a reform changes: computed ones, constants, some with more digits, ages and days.
std::string law_with(std::string const& share, std::string const& base, std::string const& wait)
{
  return dmn(input("pay", "number") + input("rent", "number") + input("born", "date") +
             decision("payment", {"pay", "rent"},
                      table("hitPolicy=\"FIRST\"", {"pay", "rent"},
                            {{{"< 100", "-"}, base}, {{"< 500", "> 0"}, "pay * " + share}, {{"> 900", "-"}, "null"}},
                            "rent")) +
             decision("bonus", {"rent"}, table("hitPolicy=\"UNIQUE\"", {"rent"}, {{{"> 20"}, base}}, "null")) +
             decision("sum", {"pay", "rent"}, literal("pay - rent * " + share)) +
             typed("until", {"born"}, "date", literal("born + duration(\"" + wait + "\")")) +
             decision("poor", {"pay"}, table("hitPolicy=\"UNIQUE\"", {"pay"}, {{{"< 300"}, "true"}}, "false")));
}

TEST(Amounts, AreComparedAsRowByRow)
{
  Random random(77);
  std::vector<std::string> const decisions{"bonus", "payment", "poor", "sum", "until"};
  std::vector<bool> const merged{false, true, false, true, true};
  std::vector<std::string> const shares{"0.05", "0.055", "0.0625", "2", "-1"};
  std::vector<std::string> const bases{"0", "10", "12.505", "null"};
  std::vector<std::string> const waits{"P18Y", "P30D", "P0D"};
  std::size_t gains = 0;
  for (int round = 0; round < 40; ++round) {
    auto const drawn = [&] {
      return pack(law_with(random.one_of(shares), random.one_of(bases), random.one_of(waits)));
    };
    BatchQuestion const before{drawn(), make_date(2026, 3, 2)};
    BatchQuestion const after{drawn(), make_date(2026, 3, 2)};
    auto const people = draw_people(random, static_cast<std::size_t>(1 + random.below(300)));
    auto const made = make_table(people);
    CompareBatchOptions options;
    options.by = {"place"};
    options.batch.decisions = decisions;
    options.examples = 2;
    Chunks chunks{{made.get()}};
    auto stream = chunks.stream();
    auto const found = compare_batch(before, after, stream, options).value();
    auto const expected = compared_row_by_row(people, verdicts_of(before.pack, decisions, people),
                                              verdicts_of(after.pack, decisions, people), merged);
    ASSERT_EQ(found.lines.size(), expected.size());
    for (auto const& line : found.lines) {
      auto const text = [&](Value const& value, Outcome outcome, bool amounts) {
        return merged[line.decision] && outcome == Outcome::known && value.is_none() && amounts ? "an amount"
                                                                                                : to_string(value);
      };
      bool const days = decisions[line.decision] == "until";  // an answer of its own is never none
      auto const at = expected.find({decisions[line.decision], line.group.front().value_or("(none)"),
                                     std::string(to_string(line.change)), std::string(to_string(line.before_outcome)),
                                     text(line.before, line.before_outcome, days || line.before_total),
                                     std::string(to_string(line.after_outcome)),
                                     text(line.after, line.after_outcome, days || line.after_total)});
      ASSERT_NE(at, expected.end()) << decisions[line.decision] << " " << to_string(line.change);
      EXPECT_EQ(line.rows, at->second.rows);
      EXPECT_EQ(line.examples.front(), at->second.first);
      EXPECT_EQ(line.examples.size(), std::min<std::size_t>(2, line.rows));
      EXPECT_EQ(line.before_total, at->second.before);
      EXPECT_EQ(line.after_total, at->second.after);
      EXPECT_EQ(line.difference, at->second.difference);
      EXPECT_EQ(line.least, at->second.least);
      EXPECT_EQ(line.most, at->second.most);
      gains += line.change == AnswerChange::gains ? line.rows : 0;
    }
    // As many lines as there are groups, changes and outcomes, whatever the amounts are.
    EXPECT_LE(found.lines.size(), 250U);
  }
  EXPECT_GT(gains, 1000U);
}

TEST(Amounts, AreSummedExactlyOrNotAtAll)
{
  // Numbers have 34 digits; a sum of numbers of different sizes may have more.
  auto const law = pack(
      dmn(input("pay", "number") + decision("answer", {"pay"}, literal("pay * 1.0000000000000000000000000000001"))));
  auto const sum_of = [&](std::vector<std::optional<Value>> pay) {
    auto const made = make_table({{"pay", "d:18,2,64", std::move(pay)}});
    Chunks chunks{{made.get()}};
    auto stream = chunks.stream();
    BatchQuestion const side{law};
    return compare_batch(side, side, stream).value().lines.front().before_total;
  };
  EXPECT_EQ(sum_of({amount("0.01"), amount("0.02")}), Decimal::parse("0.030000000000000000000000000000003"));
  EXPECT_EQ(sum_of({amount("900.01"), amount("0.01")}), std::nullopt);
}

TEST(Amounts, AComparisonTellsEverythingThatIsWrongAtOnce)
{
  auto const law = [](std::string const& fact) {
    return pack(dmn(input(fact, "number") + decision("answer", {fact}, literal(fact + " * 2"))));
  };
  auto const made = make_table({{"pay", "u", {Value("1")}}, {"rent", "u", {Value("1")}}});
  Chunks chunks{{made.get()}};
  auto stream = chunks.stream();
  CompareBatchOptions options;
  options.by = {"place"};
  auto const found = compare_batch({law("pay")}, {law("rent")}, stream, options);
  ASSERT_FALSE(found);
  std::vector<std::string> places;
  for (auto const& one : found.diagnostics()) places.push_back(one.place.pointer);
  EXPECT_EQ(places, (std::vector<std::string>{"/pay", "/rent", "/place"}));
  EXPECT_EQ(chunks.released, 1);
}

}  // namespace
}  // namespace tutela
