// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/batch.hpp>

#include <bit>
#include <cmath>
#include <random>

#include "random_instruments.hpp"
#include "support.hpp"

namespace tutela {
namespace {

/// Random columns for an instrument without decimals; some values missing, out of range or contradicting each other.
struct Columns {
  std::vector<std::vector<std::int32_t>> whole;
  std::vector<std::vector<std::uint8_t>> present;
  std::vector<ScoreColumn> columns;

  Columns(Instrument const& instrument, std::size_t people, unsigned missing_in_100, unsigned seed)
  {
    std::mt19937 random(seed);
    auto const& facts = instrument.description().facts;
    whole.resize(facts.size());
    present.resize(facts.size());
    for (std::size_t k = 0; k < facts.size(); ++k) {
      auto const& declaration = facts[k].declaration;
      for (std::size_t i = 0; i < people; ++i) {
        std::int32_t value = 0;
        switch (declaration.type) {
          case Kind::date: {
            // Dates mostly in the order of their names in life, so that most people can be scored.
            int const first = facts[k].id == "birth_date"            ? -5'000
                              : facts[k].id == "first_sanction_date" ? 9'000
                              : facts[k].id == "conviction_date"     ? 14'000
                                                                     : 16'000;
            value = first + static_cast<std::int32_t>(random() % 3'000);
            if (random() % 50 == 0) value = static_cast<std::int32_t>(random() % 40'000);
            break;
          }
          case Kind::string: value = static_cast<std::int32_t>(random() % declaration.allowed.size()); break;
          case Kind::boolean: value = static_cast<std::int32_t>(random() % 2); break;
          default:
            value = static_cast<std::int32_t>(facts[k].id == "violent_sanctions" ? random() % 4 : random() % 30);
            break;
        }
        if (random() % 200 == 0) value = 1'000'000;
        whole[k].push_back(value);
        present[k].push_back(random() % 100 < missing_in_100 ? 0 : 1);
      }
      ScoreColumn column;
      column.fact = facts[k].id;
      column.whole = whole[k];
      column.present = present[k];
      columns.push_back(column);
    }
  }
};

Record record_of(Instrument const& instrument, Columns const& columns, std::size_t person)
{
  RecordBuilder builder;
  auto const& facts = instrument.description().facts;
  for (std::size_t k = 0; k < facts.size(); ++k) {
    if (columns.present[k][person] == 0) continue;
    auto const value = columns.whole[k][person];
    auto const& declaration = facts[k].declaration;
    Value fact{Decimal(value)};
    if (declaration.type == Kind::date) fact = Value(*from_days(value));
    if (declaration.type == Kind::boolean && value < 2) fact = Value(value == 1);
    if (declaration.type == Kind::string && value < static_cast<std::int32_t>(declaration.allowed.size()))
      fact = declaration.allowed[static_cast<std::size_t>(value)];
    builder.set(declaration.name, fact);
  }
  auto const& acts = instrument.description().applicability.recorded_act;
  if (!acts.empty() && instrument.schema().find(acts.front()) == nullptr) builder.set(acts.front(), Value(true));
  return std::move(builder).build().value();
}

bool same_bits(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

void compare(std::string const& path, std::size_t people, unsigned missing_in_100)
{
  auto const instrument = test::shipped(path);
  Columns const columns(instrument, people, missing_in_100, 7);
  ScoreBatchOptions options;
  options.jurisdiction = "GB-EAW";
  options.limits.evaluation_steps = 20'000;
  std::vector<std::uint8_t> const recorded(people, 1);
  auto const& acts = instrument.description().applicability.recorded_act;
  if (!acts.empty() && instrument.schema().find(acts.front()) == nullptr) options.recorded_act = recorded;
  auto const batch = score_batch(instrument, columns.columns, people, options);
  ASSERT_TRUE(batch) << to_string(batch.diagnostics());
  ScoreOptions one_options;
  one_options.jurisdiction = "GB-EAW";
  one_options.limits = options.limits;
  std::map<ScoreState, std::size_t> seen;
  for (std::size_t i = 0; i < people; ++i) {
    auto const one = score(instrument, record_of(instrument, columns, i), one_options);
    ASSERT_EQ(batch->states[i], one.state) << path << " " << i;
    ++seen[one.state];
    if (one.state != ScoreState::known && one.state != ScoreState::open) {
      ASSERT_TRUE(std::isnan(batch->lowest_total[i]));
      continue;
    }
    ASSERT_TRUE(same_bits(batch->lowest_total[i], one.total.lowest)) << path << " " << i;
    ASSERT_TRUE(same_bits(batch->highest_total[i], one.total.highest)) << path << " " << i;
    for (std::size_t k = 0; k < one.outputs.size(); ++k) {
      ASSERT_TRUE(same_bits(batch->lowest[k][i], one.outputs[k].value.lowest)) << path << " " << i;
      ASSERT_TRUE(same_bits(batch->highest[k][i], one.outputs[k].value.highest)) << path << " " << i;
    }
    auto const band = batch->bands[i];
    ASSERT_EQ(band < 0 ? "" : instrument.description().bands[static_cast<std::size_t>(band)].id, one.band);
  }
  EXPECT_GT(seen[ScoreState::known], people / 20) << path;
}

TEST(Batch, equals_single_scores_bit_for_bit)
{
  compare("uk/ogrs3/ogrs3.instrument.json", 3'000, 0);
  compare("uk/ogrs4/vrp_dynamic.instrument.json", 2'000, 0);
  compare("uk/ogrs4/arp_static.instrument.json", 2'000, 0);
  compare("uk/sexual/dc_srp.instrument.json", 1'000, 0);
  compare("uk/oasys/ovp.instrument.json", 2'000, 0);
  compare("uk/rsr/snsv_static.instrument.json", 2'000, 0);
}

TEST(Batch, a_batch_that_is_used_again_holds_the_new_people_only)
{
  auto const instrument = test::shipped("uk/ogrs3/ogrs3.instrument.json");
  ScoreBatchOptions options;
  options.jurisdiction = "GB-EAW";
  Columns const many(instrument, 700, 5, 1);
  Columns const few(instrument, 300, 5, 2);
  ScoreBatch again;
  ASSERT_TRUE(score_batch(instrument, many.columns, 700, again, options).empty());
  ASSERT_TRUE(score_batch(instrument, few.columns, 300, again, options).empty());
  auto const fresh = score_batch(instrument, few.columns, 300, options);
  ASSERT_TRUE(fresh);
  EXPECT_EQ(again.states, fresh->states);
  EXPECT_EQ(again.bands, fresh->bands);
  for (std::size_t k = 0; k < 300; ++k) ASSERT_TRUE(same_bits(again.lowest[1][k], fresh->lowest[1][k]));
}

TEST(Batch, equals_single_scores_where_facts_are_missing)
{
  compare("uk/ogrs3/ogrs3.instrument.json", 300, 8);
  compare("uk/needs/lds.instrument.json", 1'000, 30);
  compare("uk/oasys/ovp.instrument.json", 300, 20);
}

TEST(Batch, a_day_beyond_the_calendar_is_an_error_of_the_person)
{
  auto const instrument = test::shipped("uk/ogrs3/ogrs3.instrument.json");
  Columns people(instrument, 2, 0, 3);
  for (std::size_t k = 0; k < people.whole.size(); ++k)
    if (people.columns[k].fact == "birth_date") people.whole[k].assign({-2'147'483'647 - 1, 2'147'483'647});
  ScoreBatchOptions options;
  options.jurisdiction = "GB-EAW";
  auto const batch = score_batch(instrument, people.columns, 2, options);
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->states, (std::vector{ScoreState::error, ScoreState::error}));
}

/// A table over a number from 0 to 3 that cannot be computed for some people, alone or with a second one.
Instrument table_over_no_number(bool second)
{
  using Operation = ScoreExpression::Operation;
  using test::constant;
  using test::operation;
  using test::reference;
  std::mt19937_64 random(1);
  auto described = test::random_description(random);
  described.items.clear();
  described.constraints.clear();
  described.applicability = {};
  auto ratio =
      operation(Operation::round, {operation(Operation::log_ratio, {reference("count_0"), reference("count_1")})});
  described.quantities.push_back(
      {"level",
       {},
       {},
       operation(Operation::minimum, {operation(Operation::maximum, {ratio, constant("0")}), constant("3")}),
       {}});
  ScoreQuantity item;
  item.id = "points";
  item.value.operation = Operation::table;
  ScoreCondition high;
  high.of = "level";
  high.from = "1";
  ScoreCondition many;
  many.of = "count_0";
  many.from = "4";
  item.value.rows.push_back({second ? ScoreConditions{high, many} : ScoreConditions{high}, constant("2")});
  item.value.rows.push_back({{}, constant("7")});
  described.items.push_back(item);
  auto built = Instrument::build(described);
  if (!built) throw Error(built.diagnostics());
  return *std::move(built);
}

TEST(Batch, a_table_over_what_cannot_be_computed_gives_no_number)
{
  for (bool const second : {false, true}) {
    auto const instrument = table_over_no_number(second);
    Columns people(instrument, 49, 0, 5);
    auto const& facts = instrument.description().facts;
    for (std::size_t k = 0; k < facts.size(); ++k)
      for (int i = 0; i < 49; ++i) {
        auto const day = static_cast<std::int32_t>(to_days(*parse_date("2005-01-01")));
        auto& value = people.whole[k][static_cast<std::size_t>(i)];
        value = facts[k].id == "count_0"                  ? i / 7
                : facts[k].id == "count_1"                ? i % 7
                : facts[k].declaration.type == Kind::date ? day
                                                          : 0;
      }
    auto const batch = score_batch(instrument, people.columns, 49, {});
    ASSERT_TRUE(batch) << to_string(batch.diagnostics());
    std::size_t errors = 0;
    for (std::size_t i = 0; i < 49; ++i) {
      auto const one = score(instrument, record_of(instrument, people, i));
      ASSERT_EQ(batch->states[i], one.state) << i;
      errors += one.state == ScoreState::error ? 1 : 0;
      bool const known = one.state == ScoreState::known;
      ASSERT_TRUE(!known || same_bits(batch->lowest_total[i], one.total.lowest)) << i;
    }
    EXPECT_EQ(errors, 13U) << "one of the counts is zero";
  }
}

TEST(Batch, refuses_columns_that_do_not_fit)
{
  auto const instrument = test::shipped("uk/ogrs3/ogrs3.instrument.json");
  std::vector<std::int32_t> const two{0, 1};
  std::vector<double> const numbers{0.5, 1.5};
  ScoreColumn unknown;
  unknown.fact = "nothing";
  unknown.whole = two;
  ScoreColumn wrong_kind;
  wrong_kind.fact = "sex";
  wrong_kind.numbers = numbers;
  ScoreColumn short_one;
  short_one.fact = "offence_group";
  short_one.whole = std::span(two).first(1);
  auto const result = score_batch(instrument, std::vector{unknown, wrong_kind, short_one}, 2);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.diagnostics().size(), 3U);
}

}  // namespace
}  // namespace tutela
