// SPDX-License-Identifier: Apache-2.0
/// \file
/// Instruments scored in the run that answers the decisions: random instruments and tables against one score at a time.
#include <bit>
#include <cmath>
#include <cstdio>

#include <gtest/gtest.h>
#include <tutela/columns/batch.hpp>
#include <tutela/columns/compare_batch.hpp>
#include <tutela/io/instrument.hpp>

#include "unit/columns/tables.hpp"
#include "unit/risk/random_instruments.hpp"
#include "unit/rules/models.hpp"
#include "unit/rules/random.hpp"

namespace tutela {
namespace {

using namespace test;

/// A pack that reads one fact of the instruments, and one of its own.
Pack const& small_pack()
{
  static Pack const made = pack(dmn(
      input("case.count_0", "number") + input("age", "number") +
      decision("few", {"case.count_0"},
               table("hitPolicy=\"UNIQUE\"", {"case.count_0"}, {{{"< 3"}, "true"}, {{">= 3"}, "false"}}, "false"))));
  return made;
}

bool same_bits(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

/// A random instrument with everything that keeps people out, and rules for what is missing.
InstrumentDescription described(std::mt19937_64& random, std::string id)
{
  auto made = random_description(random);
  auto const chance = [&](unsigned among) { return random() % among == 0; };
  made.id = std::move(id);
  for (auto& fact : made.facts) {
    if (fact.declaration.type == Kind::boolean && chance(3)) fact.when_none = Value(false);
    if (fact.declaration.type == Kind::number && chance(3)) {
      fact.missing = MissingRule::assume;
      fact.assumed = Value(Decimal(2));
    }
  }
  InstrumentFact share;
  share.id = "share";
  share.declaration.name = "case.share";
  share.declaration.type = Kind::number;
  share.declaration.range = {Value(Decimal(0)), Value(Decimal(2)), true, true};
  share.decimals = 1;
  made.facts.push_back(share);
  ScoreQuantity item;
  item.id = "item_of_share";
  item.value = operation(ScoreExpression::Operation::linear, {reference("share")}, {"0.1", "1.7"});
  made.items.push_back(std::move(item));
  if (chance(2)) made.applicability.jurisdictions = {"MD"};
  if (chance(2)) made.applicability.recorded_act = {"act.on", "case.flag_1"};
  if (chance(2)) {
    ScoreCondition young;
    young.of = "age";
    young.below = "1";
    made.applicability.rules.push_back({"young", {young}, Text("too young for the scale"), false});
  }
  return made;
}

/// The column of a fact, with values that the instrument does not take among them.
GivenColumn column_of(std::string name, Kind type, int decimals, std::size_t rows, int missing, Random& random)
{
  GivenColumn column;
  column.name = std::move(name);
  std::vector<Value> values;
  switch (type) {
    case Kind::boolean:
      column.format = "b";
      values = {Value(true), Value(false)};
      break;
    case Kind::string:
      column.format = random.one_of(std::vector<std::string>{"u", "U", "vu", "c>u", "I>vu"});
      for (char const* text : {"a", "b", "c", "a", "b", "c", "a", "b", "d"}) values.emplace_back(text);
      break;
    case Kind::date:
      column.format = random.one_of(std::vector<std::string>{"tdD", "tdm", "tss:"});
      for (int day = 0; day < 40; ++day) values.emplace_back(*add_days(*make_date(2004, 2, 10), day * 19));
      values.emplace_back(*make_date(1999, 1, 1));
      break;
    default:
      column.format = decimals > 0
                          ? random.one_of(std::vector<std::string>{"d:9,2,32", "d:18,1,64", "d:38,3", "d:20,1"})
                          : random.one_of(std::vector<std::string>{"c", "S", "i", "l", "L", "d:9,2,32", "d:38,0", "g"});
      for (int i = 0; i <= 13; ++i)
        values.push_back(decimals > 0 ? Value(Decimal(i) / Decimal(10)) : Value(Decimal(i % 7)));
      values.push_back(Value(Decimal(99)));
      break;
  }
  column.offset = static_cast<std::size_t>(random.below(70));
  column.validity = random.below(2) == 0;
  column.reversed = random.below(2) == 0;
  column.misaligned = column.format == "b" ? 0 : static_cast<std::size_t>(random.below(2));
  for (std::size_t row = 0; row < rows; ++row)
    column.values.push_back(random.below(100) < missing ? std::nullopt : std::optional(random.one_of(values)));
  return column;
}

struct Seen {
  std::size_t rows = 0;
  std::map<std::size_t, std::size_t> by_nulls;  ///< Rows by how many of their values are null.
  std::map<ScoreState, std::size_t> states;
  int missing = 0, uncertain = 0, bands = 0, several_bands = 0;
};

Record record_of(std::vector<GivenColumn> const& columns, std::vector<ColumnRule> const& rules, std::size_t row)
{
  RecordBuilder builder;
  for (auto const& column : columns) {
    auto const rule =
        std::find_if(rules.begin(), rules.end(), [&](auto const& one) { return one.fact == column.name; });
    auto const nulls = rule == rules.end() ? NullMeaning::unknown : rule->nulls;
    if (column.values[row])
      builder.set(column.name, *column.values[row]);
    else if (nulls == NullMeaning::none)
      builder.set(column.name, Value());
    else if (nulls == NullMeaning::uncertain)
      builder.set(column.name, Value(Uncertain{{column.name}}));
  }
  return std::move(builder).build().value();
}

void compare_scores(BatchAnswers const& answers, std::size_t place, Instrument const& instrument,
                    std::vector<GivenColumn> const& columns, BatchOptions const& asked, Seen& seen)
{
  ScoreOptions options;
  options.on = make_date(2026, 3, 2);
  options.jurisdiction = asked.jurisdiction;
  options.purpose = asked.purpose;
  options.limits = asked.limits;
  for (std::size_t row = 0; row < answers.rows(); ++row) {
    auto const one = score(instrument, record_of(columns, asked.columns, row), options);
    ++seen.by_nulls[static_cast<std::size_t>(
        std::count_if(columns.begin(), columns.end(), [&](auto const& column) { return !column.values[row]; }))];
    auto const found = answers.score(place, row);
    ASSERT_EQ(found.state, one.state) << row;
    ++seen.rows;
    ++seen.states[one.state];
    ASSERT_EQ(found.missing, one.missing) << row;
    ASSERT_EQ(found.uncertain, one.uncertain) << row;
    seen.missing += one.missing.empty() ? 0 : 1;
    seen.uncertain += one.uncertain.empty() ? 0 : 1;
    bool const is_told = !one.diagnostics.empty() || !one.reason.empty() || !one.assumed.empty() || !one.exact;
    ASSERT_EQ(found.reason.empty(), !is_told) << row << ": " << found.reason;
    if (one.state == ScoreState::not_applicable) {
      ASSERT_EQ(found.reason.rfind(one.reason.in(Language::en), 0), 0U) << found.reason;
    }
    for (auto const& wrong : one.diagnostics) ASSERT_NE(found.reason.find(wrong.what), std::string::npos);
    for (auto const& fact : one.assumed) ASSERT_NE(found.reason.find(fact), std::string::npos);
    if (one.state != ScoreState::known && one.state != ScoreState::open) {
      ASSERT_TRUE(std::isnan(found.total.lowest));
      ASSERT_TRUE(found.band.empty());
      ASSERT_TRUE(found.possible_bands.empty());
      continue;
    }
    ASSERT_TRUE(same_bits(found.total.lowest, one.total.lowest) && same_bits(found.total.highest, one.total.highest));
    ASSERT_EQ(found.outputs.size(), one.outputs.size());
    for (std::size_t k = 0; k < one.outputs.size(); ++k) {
      ASSERT_TRUE(same_bits(found.outputs[k].lowest, one.outputs[k].value.lowest)) << row;
      ASSERT_TRUE(same_bits(found.outputs[k].highest, one.outputs[k].value.highest)) << row;
    }
    ASSERT_EQ(found.band, one.band);
    ASSERT_EQ(found.possible_bands, one.possible_bands) << row;
    seen.several_bands += one.possible_bands.size() > 1 ? 1 : 0;
    seen.bands += one.band.empty() ? 0 : 1;
  }
}

TEST(Scores, InColumnsAreThoseOfOnePersonAtATimeBitForBit)
{
  std::mt19937_64 drawn(11);
  Random random(12);
  Seen seen;
  std::size_t built = 0;
  for (int round = 0; round < 120; ++round) {
    std::vector<Instrument> instruments;
    for (char const* id : {"test/first", "test/second"})
      if (auto made = Instrument::build(described(drawn, id))) instruments.push_back(*std::move(made));
    built += instruments.size();
    std::size_t const rows = round % 20 == 0 ? 700 : 1 + static_cast<std::size_t>(random.below(40));
    int const missing = std::vector<int>{0, 5, 25}[static_cast<std::size_t>(round % 3)];
    std::vector<GivenColumn> columns;
    for (auto const& fact : described(drawn, "names").facts) {
      if (random.below(25) == 0) continue;  // no column at all
      columns.push_back(column_of(fact.declaration.name, fact.declaration.type, fact.decimals, rows, missing, random));
    }
    columns.push_back(column_of("act.on", random.below(2) == 0 ? Kind::boolean : Kind::date, 0, rows, missing, random));
    columns.push_back(column_of("not.read", Kind::string, 0, rows, missing, random));
    BatchOptions options;
    options.instruments = instruments;
    options.jurisdiction = random.below(4) == 0 ? "UA" : "MD";
    options.purpose = random.below(4) == 0 ? ScorePurpose::research : ScorePurpose::practice;
    if (round % 2 == 0) options.limits.evaluation_steps = 400;
    for (auto const& column : columns) {
      if (column.name == "act.on" || column.name == "not.read") continue;
      ColumnRule rule;
      rule.fact = column.name;
      rule.nulls = std::vector{NullMeaning::unknown, NullMeaning::unknown, NullMeaning::none,
                               NullMeaning::uncertain}[static_cast<std::size_t>(random.below(4))];
      rule.doubles = DoubleMeaning::whole_numbers;
      options.columns.push_back(rule);
    }
    if (instruments.empty()) continue;
    auto const made = make_table(columns);
    auto const program = BatchProgram::compile(small_pack(), made->schema, make_date(2026, 3, 2), options);
    if (std::none_of(columns.begin(), columns.end(), [](auto const& one) { return one.name == "case.count_0"; }))
      continue;
    ASSERT_TRUE(program) << to_string(program.diagnostics());
    BatchRun run(*program);
    auto const answers = run.decide(made->array);
    ASSERT_TRUE(answers) << to_string(answers.diagnostics());
    for (std::size_t i = 0; i < instruments.size(); ++i)
      ASSERT_NO_FATAL_FAILURE(compare_scores(*answers, i, instruments[i], columns, options, seen)) << "round " << round;
  }
  std::printf("%zu instruments, %zu scores: %zu known, %zu open, %zu not applicable, %zu errors; %d bands\n", built,
              seen.rows, seen.states[ScoreState::known], seen.states[ScoreState::open],
              seen.states[ScoreState::not_applicable], seen.states[ScoreState::error], seen.bands);
  EXPECT_GT(built, 100U);
  for (auto const state : {ScoreState::known, ScoreState::open, ScoreState::not_applicable, ScoreState::error})
    EXPECT_GT(seen.states[state], seen.rows / 100) << to_string(state);
  EXPECT_GT(seen.missing, 0);
  EXPECT_GT(seen.uncertain, 0);
  EXPECT_GT(seen.bands, 0);
  EXPECT_GT(seen.several_bands, 0);
  for (std::size_t nulls = 1; nulls <= 3; ++nulls) EXPECT_GT(seen.by_nulls[nulls], 300U) << nulls;
}

/// People of the shipped scale of reconviction: dates that follow each other or not, minors, offences of which no minor is
/// scored, choices and dates that the scale does not take, and of each one to four facts missing.
std::vector<GivenColumn> people_of_scale(Instrument const& scale, std::size_t rows, Random& random)
{
  auto const& facts = scale.description().facts;
  std::vector<GivenColumn> columns;
  for (auto const& fact : facts) {
    GivenColumn column;
    column.name = fact.declaration.name;
    column.format = fact.declaration.type == Kind::date ? "tdD" : fact.declaration.type == Kind::number ? "s" : "c>u";
    columns.push_back(std::move(column));
  }
  for (std::size_t row = 0; row < rows; ++row) {
    auto day = -9'000 + static_cast<std::int64_t>(random.below(12'000));
    std::vector<std::optional<Value>> person;
    int const previous = random.below(3) == 0 ? 0 : random.below(30);
    for (auto const& fact : facts) {
      auto const& declared = fact.declaration;
      if (declared.type == Kind::date) {
        person.emplace_back(Value(*from_days(day)));
        day += declared.name == "person.birth_date"                                ? 3'000 + random.below(9'000)
               : declared.name == "probation.first_sanction_date" && previous == 0 ? 0
                                                                                   : random.below(3'000) - 50;
      } else if (declared.type == Kind::number) {
        person.emplace_back(number(random.below(60) == 0 ? 300 : previous));
      } else {
        person.emplace_back(random.below(80) == 0 ? Value("none of the choices") : random.one_of(declared.allowed));
      }
    }
    for (int left = 1 + random.below(4); left > 0; --left)
      person[static_cast<std::size_t>(random.below(static_cast<int>(person.size())))].reset();
    for (std::size_t k = 0; k < columns.size(); ++k) columns[k].values.push_back(std::move(person[k]));
  }
  return columns;
}

TEST(Scores, OfAShippedScaleAreThoseOfOnePersonWhateverIsMissing)
{
  auto const scale = load_instrument(TUTELA_SOURCE_DIR "/src/packs/uk/ogrs3/ogrs3.instrument.json").value();
  Random random(71);
  Seen seen;
  for (int round = 0; round < 8; ++round) {
    auto columns = people_of_scale(scale, 300, random);
    columns.push_back({"case.count_0", "c", std::vector<std::optional<Value>>(300, number(2))});
    BatchOptions options;
    options.instruments = {scale};
    options.jurisdiction = round == 6 ? "MD" : "GB-EAW";
    options.purpose = round >= 5 ? ScorePurpose::research : ScorePurpose::practice;
    ColumnRule rule;
    rule.fact = columns[static_cast<std::size_t>(round) % 7].name;
    rule.nulls = round % 2 == 0 ? NullMeaning::uncertain : NullMeaning::none;
    options.columns = {rule};
    auto const made = make_table(columns);
    auto const program = BatchProgram::compile(small_pack(), made->schema, make_date(2026, 3, 2), options).value();
    auto const answers = BatchRun(program).decide(made->array).value();
    ASSERT_NO_FATAL_FAILURE(compare_scores(answers, 0, scale, columns, options, seen)) << "round " << round;
  }
  for (std::size_t nulls = 1; nulls <= 4; ++nulls) EXPECT_GT(seen.by_nulls[nulls], 100U) << nulls;
  EXPECT_GT(seen.states[ScoreState::open], seen.rows / 3);
  EXPECT_GT(seen.states[ScoreState::error], 50U);
  EXPECT_GT(seen.several_bands, 300);
  EXPECT_GT(seen.uncertain, 100);
}

/// The invented scale, whose facts are known.
Instrument plain_instrument()
{
  std::mt19937_64 drawn(3);
  for (;;) {
    auto description = random_description(drawn);
    description.id = "test/plain";
    if (auto made = Instrument::build(std::move(description))) return *std::move(made);
  }
}

BatchOptions with_plain_instrument()
{
  BatchOptions options;
  options.instruments = {plain_instrument()};
  return options;
}

TEST(Scores, FactsWithoutColumnAreNamed)
{
  auto const made = make_table({{"case.count_0", "i", {number(2)}}});
  auto const program =
      BatchProgram::compile(small_pack(), made->schema, make_date(2026, 3, 2), with_plain_instrument()).value();
  auto const& names = program.facts_without_column();
  EXPECT_NE(std::find(names.begin(), names.end(), "case.date_0"), names.end());
  EXPECT_EQ(std::count(names.begin(), names.end(), "case.count_0"), 0);
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
}

TEST(Scores, EveryColumnThatDoesNotFitIsTold)
{
  auto const made = make_table({{"case.count_0", "u", {Value("two")}}, {"case.flag_0", "i", {number(1)}}});
  auto const program =
      BatchProgram::compile(small_pack(), made->schema, make_date(2026, 3, 2), with_plain_instrument());
  ASSERT_FALSE(program);
  EXPECT_EQ(program.diagnostics().size(), 2U) << to_string(program.diagnostics());
}

TEST(Scores, AnInstrumentThatReadsNothingOfTheTableIsRefused)
{
  auto const made = make_table({{"age", "i", {number(2)}}});
  auto const program =
      BatchProgram::compile(small_pack(), made->schema, make_date(2026, 3, 2), with_plain_instrument());
  ASSERT_FALSE(program);
  EXPECT_NE(to_string(program.diagnostics()).find("test/plain"), std::string::npos);
}

TEST(Scores, TheSameInstrumentTwiceIsMisuse)
{
  auto const made = make_table({{"case.count_0", "i", {number(2)}}});
  auto options = with_plain_instrument();
  options.instruments.push_back(options.instruments.front());
  EXPECT_THROW(static_cast<void>(BatchProgram::compile(small_pack(), made->schema, make_date(2026, 3, 2), options)),
               ContractViolation);
}

TEST(Scores, AComparisonOfDecisionsTakesNoInstruments)
{
  auto const made = make_table({{"case.count_0", "i", {number(2)}}});
  Chunks chunks{{made.get()}};
  auto stream = chunks.stream();
  CompareBatchOptions options;
  options.batch = with_plain_instrument();
  BatchQuestion const asked{small_pack(), make_date(2026, 3, 2), {}};
  EXPECT_THROW(static_cast<void>(compare_batch(asked, asked, stream, options)), ContractViolation);
}

TEST(Scores, ABrokenArrayIsToldWithTheNameOfTheColumn)
{
  auto const good =
      make_table({{"case.count_0", "i", {number(2)}}, {"case.date_0", "tss:", {Value(*make_date(2005, 1, 1))}}});
  auto const program =
      BatchProgram::compile(small_pack(), good->schema, make_date(2026, 3, 2), with_plain_instrument()).value();
  auto broken = make_table({{"case.count_0", "i", {number(2)}}, {"case.date_0", "l", {number(12'345)}}});
  BatchRun run(program);
  auto const answers = run.decide(broken->array);
  ASSERT_FALSE(answers);
  EXPECT_NE(to_string(answers.diagnostics()).find("case.date_0"), std::string::npos);
  EXPECT_EQ(to_string(answers.diagnostics()).find("12345"), std::string::npos);
  EXPECT_TRUE(run.decide(good->array)) << "the run goes on";
}

TEST(Scores, AreHandedOutBesideTheAnswers)
{
  auto const made = make_table({{"case.count_0", "i", {number(2), std::nullopt}}});
  auto options = with_plain_instrument();
  options.missing = true;
  auto const program = BatchProgram::compile(small_pack(), made->schema, make_date(2026, 3, 2), options).value();
  BatchRun run(program);
  auto const answers = run.decide(made->array).value();
  ArrowSchema schema{};
  ArrowArray array{};
  program.export_schema(schema);
  answers.export_array(array);
  std::vector<std::string> names;
  for (std::int64_t i = 0; i < schema.n_children; ++i) names.emplace_back(schema.children[i]->name);
  EXPECT_EQ(names, (std::vector<std::string>{
                       "few", "few.outcome", "few.missing", "test/plain.state", "test/plain.reason", "test/plain.band",
                       "test/plain.total", "test/plain.total.lowest", "test/plain.total.highest",
                       "test/plain.probability", "test/plain.probability.lowest", "test/plain.probability.highest",
                       "test/plain.missing", "test/plain.possible_bands"}));
  ASSERT_EQ(array.n_children, schema.n_children);
  for (std::int64_t i = 0; i < array.n_children; ++i)
    EXPECT_EQ(array.children[i]->length, 2) << names[static_cast<std::size_t>(i)];
  EXPECT_EQ(array.children[6]->null_count, 2) << "nothing is settled";
  auto const* lowest = static_cast<double const*>(array.children[7]->buffers[1]);
  EXPECT_TRUE(same_bits(lowest[0], answers.score(0, 0).total.lowest));
  array.release(&array);
  schema.release(&schema);
  EXPECT_THROW(static_cast<void>(answers.score(1, 0)), ContractViolation);
  EXPECT_THROW(static_cast<void>(answers.score(0, 2)), ContractViolation);
}

}  // namespace
}  // namespace tutela
