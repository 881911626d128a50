// SPDX-License-Identifier: Apache-2.0
/// \file
/// Many rows at once against one row at a time: random packs, random tables, every layout.
///
/// `TUTELA_COLUMN_ROWS` is the number of rows, a million in every run, `TUTELA_COLUMN_SEED` the seed; both are printed. Of ten
/// rows nine are copies of others: the scalar engine, which would take minutes, is asked about each once.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <numeric>

#include <gtest/gtest.h>
#include <tutela/columns/batch.hpp>

#include "laws/random_packs.hpp"
#include "unit/columns/tables.hpp"
#include "unit/rules/models.hpp"
#include "unit/rules/random.hpp"

namespace tutela {
namespace {

using namespace test;

Value date(int year, int month, int day) { return Value(*make_date(year, month, day)); }

unsigned long setting(char const* name, unsigned long otherwise)
{
  auto const* const text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoul(text, nullptr, 10);
}

/// An input that is computed from a fact, written `?`, and what it is compared with.
struct Computed {
  std::string expression;
  std::vector<std::string> cells;
};

/// A fact that a random pack reads.
struct Fact {
  std::string name;
  std::string type;
  std::string note;
  std::vector<std::string> cells;
  std::vector<Value> values;  ///< Some of them are not allowed where values are listed.
  std::vector<std::string> formats;
  std::vector<Computed> computed = {};
  [[nodiscard]] bool is_list() const { return formats.front().front() == '+'; }
};

/// What is computed from numbers.
std::vector<Computed> of_numbers()
{
  std::vector<std::string> const cells{"< 3", "<= 3", ">= 7", "5", "[1..4)", "(3..7]", "not(> 6)", "1, null", "> 4.5"};
  std::vector<std::string> const truths{"true", "false", "not(true)", "true, null"};
  return {{"? + 2", cells},
          {"10 - ?", cells},
          {"? * 3 - 1", cells},
          {"? / 4", {"< 1", ">= 0.75", "[0.5..1]", "1", "not(0.25)"}},
          {"-?", {"< -3", "-4", "[-5..-2)", "> -1"}},
          {"floor(? / 2)", cells},
          {"? + ?", cells},
          {"if ? = null then 0 else ? - 1", cells},
          {"? > 3", truths},
          {"not(? >= 4) and ? != 2", truths},
          {"? between 2 and 5", truths},
          {"if ? = 3 then true else ? < 1 or 5 <= ?", truths}};
}

/// What is computed from dates and the day asked about.
std::vector<Computed> of_dates()
{
  std::vector<std::string> const truths{"true", "false", "not(true)", "true, null"};
  std::vector<std::string> const years{"< 18", ">= 18", "[1..4)", "not(17)", "0", "1, null", "<= -1", "> 17.5"};
  std::vector<std::string> const lengths{"< duration(\"P4M\")", "[duration(\"P4M\")..duration(\"P3Y\"))",
                                         ">= duration(\"P18Y\")", "duration(\"P17Y11M\")", "< duration(\"P0M\")"};
  std::vector<std::string> const spans{"[duration(\"P0D\")..duration(\"P30D\")]", "< duration(\"P0D\")",
                                       "> duration(\"P30D\")", "duration(\"P1D\")", "not(duration(\"P30D\"))"};
  return {{"years and months duration(?, today()).years", years},
          {"years and months duration(?, today())", lengths},
          {"age in years(?, today())", {"< 18", ">= 18", "[1..4)", "not(17)", "0"}},
          {"years and months duration(today(), ?).years", {"< 0", "0", ">= 1", "-18"}},
          {"today() - ?", spans},
          {"? - today()", spans},
          {"(today() - ?).days", {"< 0", "[0..30]", "> 30", "1"}},
          {"if ? = null then null else today() <= ? + duration(\"P45D\")", truths},
          {"? + duration(\"P1M\")", {"< date(\"2026-03-31\")", "date(\"2026-02-28\")", "> date(\"2026-04-01\")"}},
          {"?.year", {"< 2026", "2026", "> 2007"}},
          {"? >= date(\"2008-01-01\") and ? < today()", truths},
          {"? = today()", truths}};
}

std::vector<Fact> kinds()
{
  Fact whole{
      "", "number",
      "", {"< 3", "<= 3", ">= 7", "5", "[1..4)", "(3..7]", "not(> 6)", "not(1, 5)", "2, 4, [6..8]", "1, null", "> 4.5"},
      {}, {"c", "C", "s", "S", "i", "I", "l", "L", "d:9,2,32", "d:38,0", "g"}};
  for (int i = 0; i <= 9; ++i) whole.values.push_back(number(i));
  whole.computed = of_numbers();
  Fact parts = whole;
  parts.values.clear();
  for (int i = -2; i <= 19; ++i) parts.values.emplace_back(Decimal(i) / Decimal(2));
  parts.formats = {"d:9,2,32", "d:18,1,64", "d:38,5"};
  Fact bounded = whole;
  bounded.type = "tGrade";  // 0 to 5; larger ones are not allowed
  Fact choice{"", "tStatus",
              "", {"\"a\"", "\"b\", \"c\"", "not(\"a\")", "not(\"a\", \"d\")", "null, \"b\""},
              {}, {"u", "U", "vu", "c>u", "I>vu", "S>U", "L>u"}};
  for (char const* text : {"a", "b", "c", "d", "somebody else's status"}) choice.values.emplace_back(text);
  choice.computed = {{"if ? = \"a\" then 1 else 2", {"1", "2", "> 1"}},
                     {"? = \"b\" or ? > \"c\"", {"true", "false"}},
                     {"string length(?)", {"1", "> 1"}}};
  Fact text = choice;
  text.type = "string";
  text.cells.push_back("< \"c\"");
  Fact flag{"", "boolean", "", {"true", "false", "not(true)"}, {Value(true), Value(false)}, {"b"}};
  flag.computed = {{"not(?)", {"true", "false"}}, {"if ? then 1 else 2", {"1", "> 1"}}};
  Fact day{"",
           "date",
           "",
           {"< date(\"2026-01-01\")", "date(\"2026-01-01\")", "[date(\"2026-01-01\")..date(\"2026-01-02\")]",
            "> date(\"2026-01-02\")", "<= date(\"2026-01-01\"), >= date(\"2026-01-02\")"},
           {},
           {"tdD", "tdm", "tss:", "tsu:", "tsn:"}};
  for (int i = 1; i <= 4; ++i) day.values.push_back(date(2026, 1, i));
  day.values.push_back(date(2025, 12, 31));
  Fact moment = day;  // days around those on which ages and lengths are reached
  moment.computed = of_dates();
  for (int const year : {2004, 2007, 2008, 2022, 2023, 2025, 2026, 2027})
    for (int const step : {-32, -31, -30, -3, -2, -1, 0, 1, 2, 3})
      moment.values.push_back(Value(*add_days(*make_date(year, 3, 1), step)));
  for (int step = 20; step < 50; step += 4) moment.values.push_back(Value(*add_days(*make_date(2026, 1, 1), step)));
  return {whole, parts, bounded, choice, choice, text, flag, flag, day, moment, moment, moment};
}

/// Amounts to the cent, and such that little can be counted in 64 bits.
Fact amounts()
{
  auto made = kinds().front();
  made.values.clear();
  for (char const* text : {"0.01", "-3.5", "2.99", "3", "7.05", "90071992547409.91", "-90071992547409.92"})
    made.values.emplace_back(Decimal::parse(text).value());
  made.formats = {"d:18,2,64", "d:38,2"};
  return made;
}

/// Lists of values and of structs; an element that is null, and a component that is, are among them.
std::vector<Fact> lists()
{
  std::vector<std::string> const counts{"< 2", "2", ">= 1", "[1..2]", "not(0)"};
  std::vector<std::string> const truths{"true", "false", "not(true)"};
  auto const all_of = [](std::vector<Value> const& elements) {
    std::vector<Value> made{Value(List{})};
    for (auto const& one : elements) {
      made.emplace_back(List{{one}});
      for (auto const& other : elements) made.emplace_back(List{{one, other}});
    }
    made.emplace_back(List{{elements[0], elements[1], elements[0]}});
    return made;
  };
  Fact texts{"",
             "tWords",
             "",
             {},
             all_of({Value("a"), Value("b"), Value("a text that is longer"), null_element()}),
             {"+l:u", "+L:vu", "+l:c>u", "+L:S>U"}};
  texts.computed = {{"count(?)", counts},
                    {"list contains(?, \"a\")", truths},
                    {"\"b\" in ?", truths},
                    {"some x in ? satisfies x > \"a\"", truths},
                    {"every x in ? satisfies x = \"a\"", truths}};
  Fact numbers{"",
               "tNumbers",
               "",
               {},
               all_of({number(1), number(3), number(7), null_element()}),
               {"+l:c", "+L:d:38,2", "+l:d:9,0,32", "+L:L"}};
  numbers.computed = {{"count(?)", counts},
                      {"every x in ? satisfies x * 0.5 <= 1.5 or x = 7", truths},
                      {"sum(for x in ? return x * x)", {"< 10", "[9..60]", "> 60"}},
                      {"sum(?)", {"< 4", ">= 7", "4", "null, > 9"}},
                      {"max(?)", {"7", "< 3", "null"}},
                      {"some x in ? satisfies x >= 3", truths},
                      {"count(?[item > 2])", counts}};
  Fact pairs = numbers;
  pairs.formats = {"+w:2:s", "+w:2:l"};
  std::erase_if(pairs.values, [](Value const& value) { return value.as_list()->items.size() != 2; });
  auto const person = [](Value age, Value disabled) {
    return Value(Context{{{"age", std::move(age)}, {"disabled", std::move(disabled)}}});
  };
  Fact people{"",
              "tPeople",
              "",
              {},
              all_of({person(number(2), Value(true)), person(number(5), Value(false)),
                      person(null_element(), Value(false)), person(number(3), null_element()), null_element()}),
              {"+l:{age=s,disabled=b}", "+L:{disabled=b,age=l}"}};
  people.computed = {{"count(?)", counts},
                     {"some x in ? satisfies x.disabled", truths},
                     {"every x in ? satisfies x.age < 4", truths},
                     {"some x in ? satisfies x.age < 3 and not(x.disabled)", truths},
                     {"count(?[age > 2])", counts}};
  return {texts, numbers, pairs, people};
}

/// What is computed from two facts, written `?` and `!`.
std::vector<Computed> of_two(Fact const& one, Fact const& other)
{
  std::vector<std::string> const truths{"true", "false", "not(true)", "true, null"};
  std::vector<std::string> const cells{"< 3", "<= 3", ">= 7", "5", "[1..4)", "(3..7]", "not(> 6)", "1, null", "> 4.5"};
  auto const both = [&](char const* type) { return one.type == type && other.type == type; };
  if (both("number"))
    return {{"? + !", cells},
            {"? - !", cells},
            {"? * !", cells},
            {"? < !", truths},
            {"max(?, !)", cells},
            {"if ? > ! then ? - ! else ! * 2", cells},
            {"abs(? - !) * 0.05", {"< 0.1", "0.25", ">= 0.3", "not(0.05)"}},
            {"decimal(? * 0.35 - ! / 8, 1)", {"< 0.5", "0.9", "[0..1.2)", "> 1.5"}},
            {"min(?, !, 4) between 2 and ?", truths},
            {"? in (1, 3, [5..!])", truths},
            {"? * ! * 1000000000000 * 1000000 < 20", truths},
            {"if ? = null then ! else floor(? / 2) + round half up(!, 0)", cells}};
  if (both("date"))
    return {{"? < !", truths},
            {"years and months duration(?, !).years", {"< 1", "0", "> 2", "[-1..1]"}},
            {"? - !", {"< duration(\"P0D\")", "[duration(\"P0D\")..duration(\"P3D\")]", "duration(\"P1D\")"}},
            {"(? + duration(\"P1M\") - !).days", {"< 0", "[20..31]", "> 31"}},
            {"if ? < ! then age in years(?, !) else 0", {"0", "> 1", "< 18"}},
            {"max(?, !) <= today() or ?.year = !.year", truths}};
  if (both("boolean")) return {{"? and !", truths}, {"? or not(!)", truths}};
  if (one.type == "boolean" && other.type == "number") return {{"if ? then ! else 0", cells}};
  if (one.type == "tNumbers" && other.type == "number")
    return {{"count(?) < !", truths},
            {"sum(?) - !", cells},
            {"max(?) * 0.5 > ! and count(?[item > 2]) >= 1", truths},
            {"sum(for x in ? return if x > 2 then x * 0.25 else 1) + !", cells}};
  if (one.type == "tPeople" && other.type == "number")
    return {{"count(?) < !", truths},
            {"sum(?.age) - !", cells},
            {"count(?[age < 4 or disabled]) + !", cells},
            {"if some x in ? satisfies x.age * 2 > 7 then ! else -1", cells},
            {"min(?[not(disabled)].age) < !", truths}};
  if (one.is_list() && other.type == "number") return {{"count(?) < !", truths}};
  return {};
}

std::string one_policy(Random& random, bool planned)
{
  static std::vector<std::string> const usual{"hitPolicy=\"UNIQUE\"", "hitPolicy=\"ANY\"", "hitPolicy=\"FIRST\"",
                                              "hitPolicy=\"FIRST\"", "hitPolicy=\"PRIORITY\""};
  static std::vector<std::string> const lists{"hitPolicy=\"COLLECT\" aggregation=\"SUM\"", "hitPolicy=\"RULE ORDER\""};
  return random.one_of(planned ? usual : lists);
}

/// A pack of one to four tables, later ones over earlier ones too.
struct Drawn {
  std::string text;
  std::vector<Fact> facts;
};

/// Types of lists.
std::string list_types()
{
  auto const of = [](std::string const& name, std::string const& inside) {
    return "<itemDefinition name=\"" + name + "\" isCollection=\"true\">" + inside + "</itemDefinition>";
  };
  return of("tWords", "<typeRef>string</typeRef>") + of("tNumbers", "<typeRef>number</typeRef>") +
         of("tPeople",
            "<itemComponent name=\"age\"><typeRef>number</typeRef></itemComponent>"
            "<itemComponent name=\"disabled\"><typeRef>boolean</typeRef></itemComponent>");
}

/// Adds inputs of a table that are computed from two facts, some of them by a decision without a table.
void add_pairs(Random& random, std::vector<Fact> const& facts, std::string const& name,
               std::vector<std::string>& requires_, std::vector<std::string>& reads,
               std::vector<std::vector<std::string>>& cells, std::string& elements)
{
  auto const& one = random.one_of(facts);
  auto const& other = random.one_of(facts);
  auto const pairs = of_two(one, other);
  if (pairs.empty()) return;
  auto const& chosen = random.one_of(pairs);
  std::string text;
  for (char const each : chosen.expression)
    text += each == '?' ? one.name : each == '!' ? other.name : std::string(1, each);
  cells.push_back(chosen.cells);
  std::vector<std::string> own{one.name};
  if (other.name != one.name) own.push_back(other.name);
  if (random.below(2) == 0) {
    elements += decision(name, own, literal(text));
    requires_.push_back("d_" + name);
    reads.push_back(name);
    return;
  }
  for (auto const& fact : own)
    if (std::find(requires_.begin(), requires_.end(), fact) == requires_.end()) requires_.push_back(fact);
  reads.push_back(escaped(text));
}

/// \param computed Whether inputs may be computed: the scalar engine takes long for what such a pack leaves open.
/// \param joint    Whether facts may be lists, inputs may be computed from two facts, and answers from any.
Drawn draw(Random& random, bool computed, bool joint)
{
  static auto const plain = kinds();
  static auto const with_lists = [] {
    auto both = kinds();
    both.insert(both.end(), 2, amounts());
    auto const more = lists();
    for (int i = 0; i < 2; ++i) both.insert(both.end(), more.begin(), more.end());
    return both;
  }();
  auto const& all = joint ? with_lists : plain;
  Drawn drawn;
  std::string elements = item("tStatus", "string", "\"a\", \"b\", \"c\", \"d\"") + item("tGrade", "number", "[0..5]");
  if (joint) elements += list_types();
  int const width = 1 + random.below(5);
  for (int i = 0; i < width; ++i) {
    auto fact = random.one_of(all);
    fact.name = "x" + std::to_string(i);
    if (random.below(3) == 0) fact.note = "optional=\"true\"";
    elements += input(fact.name, fact.type, fact.note);
    drawn.facts.push_back(std::move(fact));
  }
  int const tables = 1 + random.below(4);
  for (int t = 0; t < tables; ++t) {
    std::vector<std::string> requires_;
    std::vector<std::string> reads;
    std::vector<std::vector<std::string>> cells;
    for (auto const& fact : drawn.facts) {
      if (random.below(3) == 0 && !reads.empty()) continue;
      requires_.push_back(fact.name);
      bool const may_compute = (computed || fact.is_list()) && !fact.computed.empty();
      int const times = may_compute ? 1 + random.below(2) : 1;
      for (int i = 0; i < times; ++i) {
        if (!may_compute || (!fact.is_list() && random.below(3) == 0)) {
          reads.push_back(fact.name);
          cells.push_back(fact.cells);
          continue;
        }
        auto const& chosen = random.one_of(fact.computed);
        std::string text;
        for (char const each : chosen.expression) text += each == '?' ? fact.name : std::string(1, each);
        reads.push_back(escaped(text));
        cells.push_back(chosen.cells);
      }
    }
    if (joint) add_pairs(random, drawn.facts, "n" + std::to_string(t), requires_, reads, cells, elements);
    for (int before = 0; before < t; ++before) {
      if (random.below(2) == 0) continue;
      requires_.push_back("d_t" + std::to_string(before));
      reads.push_back("t" + std::to_string(before));
      cells.push_back({"1", "> 1", "[1..2]", "not(2)", "3, null"});
    }
    std::vector<std::pair<std::vector<std::string>, std::string>> rules;
    int const height = random.below(12) == 0 ? 66 + random.below(20) : 1 + random.below(6);
    for (int r = 0; r < height; ++r) {
      std::vector<std::string> tests;
      for (auto const& column : cells) tests.push_back(random.below(5) < 2 ? "-" : random.one_of(column));
      auto const& read = random.one_of(drawn.facts);
      bool const computes = joint && random.below(4) == 0 && (read.type == "number" || read.is_list()) &&
                            std::find(requires_.begin(), requires_.end(), read.name) != requires_.end();
      auto const answer = std::to_string(1 + random.below(3));
      rules.emplace_back(std::move(tests), !computes        ? answer
                                           : read.is_list() ? "count(" + read.name + ") + " + answer
                                                            : read.name + " * " + answer);
    }
    elements += decision(
        "t" + std::to_string(t), requires_,
        table(one_policy(random, random.below(8) != 0), reads, rules, random.below(2) == 0 ? "2" : "", "3, 1, 2"));
  }
  drawn.text = dmn(elements);
  return drawn;
}

struct Counts {
  unsigned long rows = 0, answers = 0, planned = 0, open = 0, undeterminable = 0, errors = 0, exact = 0, by_model = 0,
                repeated = 0, evaluated = 0, packs = 0;
};

/// A value with what the column rule says in the place of nulls inside it.
Value with_nulls_read(Value const& value, GivenColumn const& column, ColumnRule const& rule)
{
  if (auto const* list = value.as_list()) {
    List read;
    for (auto const& item : list->items) read.items.push_back(with_nulls_read(item, column, rule));
    return Value(std::move(read));
  }
  if (auto const* context = value.as_context()) {
    Context read;
    for (auto const& [name, entry] : context->entries)
      read.entries.emplace_back(name, with_nulls_read(entry, column, rule));
    return Value(std::move(read));
  }
  if (!value.is(Kind::unknown)) return value;
  if (rule.nulls == NullMeaning::none) return Value();
  return rule.nulls == NullMeaning::uncertain ? Value(Uncertain{{column.name}}) : Value::unknown(column.name);
}

/// The record of one row, as the column rules read it.
Record record_of(std::vector<GivenColumn> const& columns, std::vector<ColumnRule> const& rules, std::size_t row)
{
  RecordBuilder builder;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    auto const& value = columns[i].values[row];
    if (value)
      builder.set(columns[i].name, with_nulls_read(*value, columns[i], rules[i]));
    else if (rules[i].nulls == NullMeaning::none)
      builder.set(columns[i].name, Value());
    else if (rules[i].nulls == NullMeaning::uncertain)
      builder.set(columns[i].name, Value(Uncertain{{columns[i].name}}));
  }
  return std::move(builder).build().value();
}

/// True when the scalar engine names that rule, as a certain one unless facts are missing: cell by cell it may know less.
bool names_rule(Verdict const& verdict, std::size_t rule, bool all_known)
{
  return std::any_of(verdict.reasons.begin(), verdict.reasons.end(), [&](Reason const& reason) {
    return reason.decision == verdict.decision && reason.rule == rule &&
           (reason.applies == Truth::yes || (!all_known && reason.output == verdict.value));
  });
}

std::string facts_text(Record const& facts)
{
  std::string text;
  for (auto const& fact : facts.facts()) text += fact.name + " = " + to_string(fact.value) + "; ";
  return text;
}

/// The answers to all decisions of a pack, which are those that each has by itself and among some others.
/// \param alone Whether that is tried.
std::vector<Verdict> verdicts_of(Pack const& asked, Record const& facts, std::optional<Date> on, bool alone)
{
  auto verdicts = asked.decide(facts, on);
  auto const expect_same = [&](Verdict const& one, Verdict const& other) {
    EXPECT_EQ(one.outcome, other.outcome) << one.decision << ": " << facts_text(facts);
    EXPECT_EQ(one.value, other.value) << one.decision << ": " << facts_text(facts);
    EXPECT_EQ(one.missing, other.missing) << one.decision << ": " << facts_text(facts);
    EXPECT_EQ(one.uncertain, other.uncertain) << one.decision << ": " << facts_text(facts);
  };
  DecideOptions some;
  for (std::size_t i = 0; alone && i < verdicts.size(); ++i) {
    expect_same(asked.decide(verdicts[i].decision, facts, on), verdicts[i]);
    if (i != 0) some.decisions.push_back(verdicts[i].decision);
  }
  if (some.decisions.empty()) return verdicts;
  auto const others = asked.decide(facts, on, some);
  for (std::size_t i = 0; i < others.size(); ++i) expect_same(others[i], verdicts[i + 1]);
  return verdicts;
}

/// \param like  For each row the first one with the same values; the scalar engine is asked about that one alone.
/// \param alone Whether it is also asked about one decision after the other.
void compare(Pack const& asked, std::vector<GivenColumn> const& columns, BatchOptions const& options,
             std::optional<Date> on, std::vector<std::size_t> const& like, bool alone, Counts& counts)
{
  auto const made = make_table(columns);
  auto const program = BatchProgram::compile(asked, made->schema, on, options);
  ASSERT_TRUE(program) << to_string(program.diagnostics());
  BatchRun run(*program);
  auto const answers = run.decide(made->array);
  ASSERT_TRUE(answers) << to_string(answers.diagnostics());
  auto const rows = columns.front().values.size();
  ASSERT_EQ(answers->rows(), rows);
  ++counts.packs;
  counts.rows += rows;
  for (std::size_t d = 0; d < answers->decisions().size(); ++d) {
    auto const& path = answers->decisions()[d];
    counts.planned += path.in_columns ? rows : 0;
    counts.exact += answers->shares(d).exact;
    counts.by_model += answers->shares(d).by_model;
    counts.repeated += answers->shares(d).repeated;
    counts.evaluated += answers->shares(d).evaluated;
    ASSERT_LE(answers->shares(d).exact + answers->shares(d).by_model + answers->shares(d).repeated, rows);
    ASSERT_EQ(path.in_columns, path.reason.empty());
  }
  std::vector<std::vector<Verdict>> asked_before(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    bool const all_known = std::all_of(columns.begin(), columns.end(),
                                       [&](GivenColumn const& column) { return column.values[row].has_value(); }) &&
                           program->facts_without_column().empty();
    auto& verdicts = asked_before[like[row]];
    if (verdicts.empty()) verdicts = verdicts_of(asked, record_of(columns, options.columns, row), on, alone);
    ASSERT_FALSE(testing::Test::HasFailure());
    ASSERT_EQ(verdicts.size(), answers->decisions().size());
    for (std::size_t d = 0; d < verdicts.size(); ++d) {
      auto const& path = answers->decisions()[d];
      auto const& verdict = verdicts[d];
      ASSERT_EQ(path.decision, verdict.decision);
      ++counts.answers;
      counts.open += verdict.outcome == Outcome::unknown ? 1 : 0;
      counts.undeterminable += verdict.outcome == Outcome::undeterminable ? 1 : 0;
      counts.errors += verdict.outcome == Outcome::error ? 1 : 0;
      ASSERT_EQ(answers->outcome(d, row), verdict.outcome)
          << path.decision << ", row " << row << ": " << facts_text(record_of(columns, options.columns, row));
      ASSERT_EQ(answers->value(d, row), verdict.value) << path.decision << ", row " << row;
      if (options.missing) {
        ASSERT_EQ(answers->missing(d, row), verdict.missing) << path.decision << ", row " << row;
        ASSERT_EQ(answers->uncertain(d, row), verdict.uncertain)
            << path.decision << ", row " << row << ": " << facts_text(record_of(columns, options.columns, row));
      }
      auto const rule = options.rules ? answers->rule(d, row) : std::nullopt;
      ASSERT_TRUE(!rule || names_rule(verdict, *rule, all_known))
          << path.decision << ", row " << row << ", rule " << rule.value_or(0);
    }
  }
}

/// A pack that counts ages in one way or another.
Pack pack_with_ages(std::string const& text, Random& random)
{
  PackInfo info;
  info.age_rule.leapling = random.below(2) == 0 ? Leapling::on_1_march : Leapling::on_28_february;
  info.age_rule.reached = random.below(2) == 0 ? AgeReached::on_birthday : AgeReached::day_after_birthday;
  return detail::make_pack(info, model(text).value());
}

/// Adds copies of the rows of a table, in any order. \return For each row the one that it is a copy of.
std::vector<std::size_t> repeat(Random& random, std::vector<GivenColumn>& columns, std::size_t rows, std::size_t copies)
{
  std::vector<std::size_t> like(rows);
  std::iota(like.begin(), like.end(), 0);
  for (auto row = rows; row < rows * copies; ++row)
    like.push_back(static_cast<std::size_t>(random.below(static_cast<int>(rows))));
  for (auto& column : columns)
    for (auto row = rows; row < like.size(); ++row) column.values.push_back(column.values[like[row]]);
  return like;
}

/// A table for a pack with values of every kind, nulls and garbage.
/// \param rows Rows that are drawn; each comes `copies` times.
void try_pack(Random& random, std::size_t rows, std::size_t copies, bool computed, bool joint, Counts& counts)
{
  auto const drawn = draw(random, computed, joint);
  auto const asked = pack_with_ages(drawn.text, random);
  std::vector<Date> const days{*make_date(2026, 3, 2), *make_date(2026, 2, 28), *make_date(2026, 3, 1),
                               *make_date(2024, 2, 29)};
  std::vector<GivenColumn> columns;
  BatchOptions options;
  options.missing = random.below(2) == 0;
  options.rules = random.below(2) == 0;
  int const missing = std::vector<int>{0, 10, 40}[static_cast<std::size_t>(random.below(3))];
  for (auto const& fact : drawn.facts) {
    if (!columns.empty() && random.below(12) == 0) continue;  // no column at all
    GivenColumn column;
    column.name = fact.name;
    column.format = random.one_of(fact.formats);
    column.offset = random.below(2) == 0 ? 0 : static_cast<std::size_t>(random.below(70));
    column.validity = random.below(2) == 0;
    column.count_nulls = random.below(2) == 0;
    column.reversed = random.below(2) == 0;
    column.misaligned = column.format == "b" ? 0 : static_cast<std::size_t>(random.below(2));
    bool const odd = random.below(6) == 0;  // values that are not allowed
    auto const usual = static_cast<int>(fact.values.size()) - (fact.type == "tStatus"  ? 1
                                                               : fact.type == "tGrade" ? 4
                                                                                       : 0);
    for (std::size_t row = 0; row < rows; ++row) {
      auto const pick = static_cast<std::size_t>(random.below(odd ? static_cast<int>(fact.values.size()) : usual));
      column.values.push_back(random.below(100) < missing ? std::nullopt : std::optional(fact.values[pick]));
    }
    ColumnRule rule;
    rule.fact = fact.name;
    rule.nulls = std::vector{NullMeaning::unknown, NullMeaning::unknown, NullMeaning::none,
                             NullMeaning::uncertain}[static_cast<std::size_t>(random.below(4))];
    rule.doubles = DoubleMeaning::whole_numbers;
    options.columns.push_back(rule);
    columns.push_back(std::move(column));
  }
  auto const like = repeat(random, columns, rows, copies);
  ASSERT_NO_FATAL_FAILURE(compare(asked, columns, options, random.one_of(days), like, joint, counts)) << drawn.text;
}

#if defined(__SANITIZE_ADDRESS__)
constexpr std::size_t usual_rows = 500'000;  // ten times slower
#else
constexpr std::size_t usual_rows = 1'000'000;
#endif
constexpr std::size_t copies = 10;

TEST(Columns, AnswerRowsAsTheScalarEngineDoes)
{
  auto const wanted = setting("TUTELA_COLUMN_ROWS", usual_rows);
  auto const seed = setting("TUTELA_COLUMN_SEED", 26);
  Random random(static_cast<unsigned>(seed));
  Counts counts;
  while (counts.rows < wanted) {
    // Few rows of many packs, and now and then more than one batch.
    bool const computed = random.below(4) == 0;
    auto const rows = computed                ? 1 + random.below(30)
                      : random.below(60) == 0 ? 8'000 + random.below(9'000)
                                              : 1 + random.below(200);
    ASSERT_NO_FATAL_FAILURE(try_pack(random, static_cast<std::size_t>(rows), copies, computed, false, counts))
        << "seed " << seed;
  }
  std::printf(
      "seed %lu: %lu packs, %lu rows, %lu answers, %lu of them in columns, %lu by the exact routine, %lu by the scalar "
      "engine; %lu unknown, %lu undeterminable, %lu errors\n",
      seed, counts.packs, counts.rows, counts.answers, counts.planned, counts.exact, counts.by_model, counts.open,
      counts.undeterminable, counts.errors);
  EXPECT_GT(counts.planned, counts.answers / 2);
  EXPECT_GT(counts.open, counts.answers / 50);
  EXPECT_GT(counts.undeterminable, 0U);
  EXPECT_GT(counts.errors, 0U);
  EXPECT_GT(counts.exact, 0U);
  EXPECT_LT(counts.exact, counts.planned / 2);
}

/// Lists, inputs of two facts, computed answers: `TUTELA_COLUMN_ROWS` counts a twentieth here, because the scalar engine
/// takes long for them.
TEST(Columns, AnswerListsPairsAndComputedAnswersAsTheScalarEngineDoes)
{
  auto const wanted = setting("TUTELA_COLUMN_ROWS", usual_rows) / 20;
  auto const seed = setting("TUTELA_COLUMN_SEED", 26);
  Random random(static_cast<unsigned>(seed));
  Counts counts;
  while (counts.rows < wanted)
    ASSERT_NO_FATAL_FAILURE(
        try_pack(random, static_cast<std::size_t>(1 + random.below(25)), copies, random.below(2) == 0, true, counts))
        << "seed " << seed;
  std::printf(
      "seed %lu: %lu packs, %lu rows, %lu answers, %lu of them in columns, %lu by the exact routine, %lu by the scalar "
      "engine, %lu as rows before, %lu with an input evaluated; %lu unknown, %lu undeterminable, %lu errors\n",
      seed, counts.packs, counts.rows, counts.answers, counts.planned, counts.exact, counts.by_model, counts.repeated,
      counts.evaluated, counts.open, counts.undeterminable, counts.errors);
  EXPECT_GT(counts.planned, counts.answers / 3);
  EXPECT_GT(counts.answers, counts.by_model * 3 / 2);
  EXPECT_GT(counts.repeated, 0U);
  EXPECT_GT(counts.open, counts.answers / 50);
}

/// Packs of the laws: expressions, lists, constraints. Most of them run row by row.
TEST(Columns, AnswerThePacksOfTheLaws)
{
  using Kind = laws::RandomFact::Kind;
  laws::Generator random(88);
  Counts counts;
  for (int round = 0; round < 400; ++round) {
    auto const drawn = random.pack();
    auto const asked = parse_pack(drawn.dmn);
    if (!asked) continue;
    std::vector<GivenColumn> columns;
    BatchOptions options;
    options.missing = true;
    for (auto const& fact : drawn.facts) {
      if (fact.is_list()) continue;
      GivenColumn column;
      column.name = fact.name;
      column.format = fact.kind == Kind::boolean                             ? "b"
                      : fact.kind == Kind::date                              ? "tdD"
                      : fact.kind == Kind::choice || fact.kind == Kind::text ? "c>u"
                                                                             : "d:38,2";
      columns.push_back(std::move(column));
      ColumnRule rule;
      rule.fact = fact.name;
      options.columns.push_back(rule);
    }
    if (columns.empty() || (*asked).schema().find(columns.front().name) == nullptr) continue;
    for (int row = 0; row < 15; ++row) {
      auto const states = random.partial_case(drawn, 100);
      std::size_t next = 0;
      for (std::size_t i = 0; i < drawn.facts.size(); ++i) {
        if (drawn.facts[i].is_list()) continue;
        auto const& value = states[i].value;
        bool const known = states[i].given && (value.is(tutela::Kind::boolean) || value.is(tutela::Kind::number) ||
                                               value.is(tutela::Kind::string) || value.is(tutela::Kind::date));
        columns[next++].values.push_back(known ? std::optional(value) : std::nullopt);
      }
    }
    std::vector<std::size_t> like(columns.front().values.size());
    std::iota(like.begin(), like.end(), 0);
    ASSERT_NO_FATAL_FAILURE(compare(*asked, columns, options, make_date(2026, 3, 2), like, false, counts)) << drawn.dmn;
  }
  std::printf("%lu packs, %lu answers, %lu of them in columns, %lu unknown\n", counts.packs, counts.answers,
              counts.planned, counts.open);
  EXPECT_GT(counts.packs, 200U);
  EXPECT_GT(counts.planned, 0U);
}

}  // namespace
}  // namespace tutela
