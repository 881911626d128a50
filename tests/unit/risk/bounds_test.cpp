// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <limits>
#include <random>
#include <set>

#include "risk/program.hpp"
#include "support.hpp"

namespace tutela {
namespace {

using test::day;
using test::Facts;
using test::number;
using test::record;

ScoreExpression reference(std::string name)
{
  ScoreExpression result;
  result.operation = ScoreExpression::Operation::reference;
  result.name = std::move(name);
  return result;
}

ScoreExpression constant(std::string text)
{
  ScoreExpression result;
  result.constants.push_back(std::move(text));
  return result;
}

ScoreExpression operation(ScoreExpression::Operation kind, std::vector<ScoreExpression> arguments,
                          std::vector<std::string> constants = {})
{
  ScoreExpression result;
  result.operation = kind;
  result.arguments = std::move(arguments);
  result.constants = std::move(constants);
  return result;
}

/// A small random instrument over choices, flags, numbers and two dates, with shared facts and constraints.
InstrumentDescription random_description(std::mt19937_64& random)
{
  using Operation = ScoreExpression::Operation;
  auto const pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  auto const coefficient = [&] { return std::to_string(pick(-300, 300)) + "e-2"; };
  InstrumentDescription result;
  result.id = "test.random";
  result.version = "1";
  result.title = Text("random instrument");
  result.status = InstrumentStatus::demo;
  result.outcome = InstrumentOutcome::need;
  result.rights = {"nobody", "none", {}, false};
  result.sources.push_back({"invented", {}, "this test", Grade::a, {}, {}});
  result.total_unit = "points";
  auto const add_fact = [&](std::string id, FactDeclaration declaration) {
    declaration.name = "case." + id;
    InstrumentFact fact;
    fact.id = std::move(id);
    fact.declaration = std::move(declaration);
    result.facts.push_back(std::move(fact));
  };
  for (int k = 0; k < 2; ++k) {
    FactDeclaration flag;
    flag.type = Kind::boolean;
    add_fact("flag_" + std::to_string(k), flag);
    FactDeclaration choice;
    choice.type = Kind::string;
    choice.allowed = {Value("a"), Value("b"), Value("c")};
    add_fact("choice_" + std::to_string(k), choice);
    FactDeclaration count;
    count.type = Kind::number;
    count.range = {number(0), number(6), true, true};
    add_fact("count_" + std::to_string(k), count);
    FactDeclaration date;
    date.type = Kind::date;
    date.range = {day("2004-02-10"), day("2006-03-20"), true, true};
    add_fact("date_" + std::to_string(k), date);
  }
  result.quantities.push_back(
      {"age", {}, {}, operation(Operation::years, {reference("date_0"), reference("date_1")}), {}});
  result.quantities.push_back(
      {"months", {}, {}, operation(Operation::months, {reference("date_0"), reference("date_1")}), {}});
  std::vector<std::string> const numbers{"count_0", "count_1", "age", "months", "flag_0", "flag_1"};
  auto const condition = [&]() -> ScoreCondition {
    ScoreCondition one;
    switch (pick(0, 3)) {
      case 0:
        one.of = "choice_" + std::to_string(pick(0, 1));
        one.words = pick(0, 1) == 0 ? std::vector<std::string>{"a", "c"} : std::vector<std::string>{"b"};
        break;
      case 1:
        one.of = "flag_" + std::to_string(pick(0, 1));
        one.words = {pick(0, 1) == 0 ? "true" : "false"};
        break;
      case 2:
        one.of = "count_" + std::to_string(pick(0, 1));
        one.from = std::to_string(pick(1, 4));
        break;
      default:
        one.of = "age";
        one.below = std::to_string(pick(0, 2));
        break;
    }
    return one;
  };
  for (int k = 0; k < 5; ++k) {
    ScoreQuantity item;
    item.id = "item_" + std::to_string(k);
    auto const name = [&] {
      return reference(numbers[static_cast<std::size_t>(pick(0, static_cast<int>(numbers.size()) - 1))]);
    };
    switch (pick(0, 4)) {
      case 0:
        item.value = operation(Operation::linear, {name(), name()}, {coefficient(), coefficient(), coefficient()});
        break;
      case 1:
        item.value = operation(Operation::polynomial, {name()}, {coefficient(), coefficient(), coefficient()});
        break;
      case 2:
        item.value = operation(Operation::log_ratio, {operation(Operation::linear, {reference("count_0")}, {"1", "1"}),
                                                      operation(Operation::linear, {name()}, {"40", "1"})});
        break;
      case 3:
        item.value = operation(Operation::maximum, {name(), operation(Operation::product, {name(), name()})});
        break;
      default: {
        item.value.operation = Operation::table;
        item.value.rows.push_back({{condition()}, constant(coefficient())});
        item.value.rows.push_back({{}, constant(coefficient())});
        break;
      }
    }
    if (pick(0, 2) == 0) item.when.push_back(condition());
    result.items.push_back(std::move(item));
  }
  result.constraints.push_back({{"date_0", "date_1"}, {}, Text("in order")});
  if (pick(0, 1) == 0) {
    auto first = condition();
    auto second = condition();
    if (first.of != second.of) result.constraints.push_back({{}, {first, second}, Text("not together")});
  }
  ScoreOutputDescription output;
  output.quantity.id = "probability";
  output.quantity.value =
      operation(Operation::logistic, {operation(Operation::linear, {reference("total")}, {"0", "0.3"})});
  output.unit = "probability";
  result.outputs.push_back(std::move(output));
  result.band_of = "total";
  result.bands = {{"low", {}, {}, "-5"}, {"middle", {}, "-5", "2.5"}, {"high", {}, "2.5", {}}};
  return result;
}

/// Days that stand for all others: two dates act on a score through years and months only.
std::vector<Value> some_days(std::vector<Value> const& known)
{
  std::set<std::int64_t> days;
  auto const first = to_days(*parse_date("2004-02-10"));
  auto const last = to_days(*parse_date("2006-03-20"));
  if (known.empty()) {
    for (auto k = first; k <= last; ++k) days.insert(k);
  }
  for (auto const& value : known) {
    auto const base = *value.as_date();
    for (int month = -30; month <= 30; ++month) {
      auto const near = to_days(*add_months(base, month, MonthRounding::down));
      for (auto k = near - 3; k <= near + 3; ++k) days.insert(k);
    }
  }
  days.insert(first);
  days.insert(last);
  std::vector<Value> result;
  for (auto const k : days)
    if (k >= first && k <= last) result.emplace_back(*from_days(k));
  return result;
}

/// Checks one open score against every completion, one by one.
void compare(Instrument const& instrument, Facts const& known,
             std::vector<std::pair<std::string, std::vector<Value>>> const& open)
{
  auto const bounds = score(instrument, record(known));
  double lowest = std::numeric_limits<double>::infinity();
  double highest = -lowest;
  double lowest_probability = 1;
  double highest_probability = 0;
  std::set<std::string> bands;
  std::size_t possible = 0;
  std::vector<std::size_t> position(open.size(), 0);
  bool more = true;
  while (more) {
    auto facts = known;
    for (std::size_t k = 0; k < open.size(); ++k) facts.emplace_back(open[k].first, open[k].second[position[k]]);
    auto const one = score(instrument, record(facts));
    if (one.state == ScoreState::known) {
      ++possible;
      lowest = std::min(lowest, one.total.lowest);
      highest = std::max(highest, one.total.lowest);
      lowest_probability = std::min(lowest_probability, one.outputs[0].value.lowest);
      highest_probability = std::max(highest_probability, one.outputs[0].value.lowest);
      bands.insert(one.band);
    }
    more = false;
    for (std::size_t k = 0; k < open.size() && !more; ++k) {
      more = ++position[k] < open[k].second.size();
      if (!more) position[k] = 0;
    }
  }
  if (possible == 0) {
    EXPECT_EQ(bounds.state, ScoreState::error) << to_json(instrument.description());
    return;
  }
  ASSERT_TRUE(bounds.state == ScoreState::open || bounds.state == ScoreState::known) << to_json(bounds);
  EXPECT_TRUE(bounds.exact);
  EXPECT_EQ(bounds.total.lowest, lowest) << to_json(instrument.description());
  EXPECT_EQ(bounds.total.highest, highest) << to_json(instrument.description());
  EXPECT_EQ(bounds.outputs[0].value.lowest, lowest_probability);
  EXPECT_EQ(bounds.outputs[0].value.highest, highest_probability);
  EXPECT_EQ(std::set<std::string>(bounds.possible_bands.begin(), bounds.possible_bands.end()), bands);
}

TEST(Bounds, equal_brute_force_on_random_instruments)
{
  std::mt19937_64 random(20260301);
  auto const pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  int built = 0;
  for (int round = 0; round < 150; ++round) {
    auto const instrument = Instrument::build(random_description(random));
    if (!instrument) continue;  // a random table may have a row that nothing reaches
    ++built;
    Facts known;
    std::vector<std::pair<std::string, std::vector<Value>>> open;
    std::vector<Value> known_days;
    bool const dates_first = pick(0, 1) == 0;
    for (auto const& fact : instrument->description().facts) {
      auto const& name = fact.declaration.name;
      std::vector<Value> all;
      if (fact.declaration.type == Kind::boolean) all = {Value(false), Value(true)};
      if (fact.declaration.type == Kind::string) all = fact.declaration.allowed;
      if (fact.declaration.type == Kind::number)
        for (int k = 0; k <= 6; ++k) all.push_back(number(k));
      if (fact.declaration.type == Kind::date) {
        bool const is_first = fact.id == "date_0";
        if (is_first == dates_first) {
          all = {Value(*from_days(to_days(*parse_date("2004-02-10")) + pick(0, 768)))};
          known_days = all;
        } else {
          continue;  // below, when the other date is known
        }
      }
      if (all.size() == 1 || pick(0, 1) == 0)
        known.emplace_back(name, all[static_cast<std::size_t>(pick(0, static_cast<int>(all.size()) - 1))]);
      else
        open.emplace_back(name, all);
    }
    open.emplace_back(dates_first ? "case.date_1" : "case.date_0", some_days(known_days));
    std::size_t combinations = 1;
    for (auto const& [name, all] : open) combinations *= all.size();
    if (combinations > 20'000) {
      // Settle facts until every completion can be tried.
      while (combinations > 20'000 && open.size() > 1) {
        combinations /= open.front().second.size();
        known.emplace_back(open.front().first, open.front().second.back());
        open.erase(open.begin());
      }
    }
    compare(*instrument, known, open);
    if (HasFailure()) FAIL() << "round " << round;
  }
  EXPECT_GT(built, 60);
}

TEST(Bounds, of_ogrs3_equal_brute_force_over_every_birth_date)
{
  auto const instrument = test::shipped("uk/ogrs3/ogrs3.instrument.json");
  ScoreOptions options;
  options.jurisdiction = "GB-EAW";
  Facts const known{{"person.sex", Value("female")},
                    {"probation.first_sanction_date", day("2008-02-29")},
                    {"probation.conviction_date", day("2013-02-20")},
                    {"probation.risk_start_date", day("2013-03-31")},
                    {"probation.previous_sanctions", number(3)},
                    {"probation.offence_group", Value("criminal_damage")}};
  auto const bounds = score(instrument, record(known), options);
  double lowest = 1;
  double highest = 0;
  for (auto k = to_days(*parse_date("1900-01-01")); k <= to_days(*parse_date("2008-02-29")); ++k) {
    auto facts = known;
    facts.emplace_back("person.birth_date", Value(*from_days(k)));
    auto const one = score(instrument, record(facts), options);
    if (one.state != ScoreState::known) continue;
    lowest = std::min(lowest, one.outputs[1].value.lowest);
    highest = std::max(highest, one.outputs[1].value.lowest);
  }
  ASSERT_EQ(bounds.state, ScoreState::open);
  EXPECT_TRUE(bounds.exact);
  EXPECT_EQ(bounds.outputs[1].value.lowest, lowest);
  EXPECT_EQ(bounds.outputs[1].value.highest, highest);
}

// The bounds of a difference of two ages rest on this: between two days lie as many birthdays as whole years, or one more.
TEST(Bounds, birthdays_between_two_days)
{
  auto const start = to_days(*parse_date("2003-01-15"));
  for (auto const leapling : {Leapling::on_28_february, Leapling::on_1_march}) {
    for (auto const reached : {AgeReached::on_birthday, AgeReached::day_after_birthday}) {
      AgeRule const rule{leapling, reached};
      for (std::int64_t first = start; first < start + 800; first += 1 + (first % 5 == 0 ? 3 : 0)) {
        for (std::int64_t second = first; second < first + 1200; second += 7 - (second % 3)) {
          auto const between = detail::whole_years(first, second, rule);
          for (auto const* born :
               {"1990-02-27", "1990-02-28", "1992-02-28", "1992-02-29", "1990-03-01", "1990-03-02", "1990-12-31"}) {
            auto const birth = to_days(*parse_date(born));
            auto const difference = detail::whole_years(birth, second, rule) - detail::whole_years(birth, first, rule);
            ASSERT_TRUE(difference == between || difference == between + 1)
                << born << " " << to_string(*from_days(first)) << " " << to_string(*from_days(second));
          }
        }
      }
    }
  }
}

TEST(Bounds, of_ogrs3_with_every_second_fact_missing_are_found_within_the_limit)
{
  auto const instrument = test::shipped("uk/ogrs3/ogrs3.instrument.json");
  ScoreOptions options;
  options.jurisdiction = "GB-EAW";
  Facts const all{{"person.sex", Value("female")},
                  {"person.birth_date", day("1990-05-01")},
                  {"probation.first_sanction_date", day("2008-02-29")},
                  {"probation.risk_start_date", day("2013-03-31")},
                  {"probation.previous_sanctions", number(3)},
                  {"probation.offence_group", Value("criminal_damage")}};
  for (unsigned mask = 0; mask < 1U << all.size(); ++mask) {
    Facts facts{{"probation.conviction_date", day("2013-02-20")}};
    for (std::size_t k = 0; k < all.size(); ++k)
      if ((mask >> k & 1U) != 0) facts.push_back(all[k]);
    auto const started = std::chrono::steady_clock::now();
    auto const result = score(instrument, record(facts), options);
    auto const seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    EXPECT_TRUE(result.exact) << "mask " << mask;
    EXPECT_LT(seconds, 2) << "mask " << mask;
    EXPECT_EQ(result.state, mask + 1 == 1U << all.size() ? ScoreState::known : ScoreState::open);
  }
}

/// A point scale over a count, a number with one decimal and a flag, cut at random places of its ranges.
std::string cut_at_random(std::mt19937& random)
{
  auto const whole = [&] { return "\"" + std::to_string(random() % 26) + "\""; };
  auto const tenth = [&] { return "\"" + std::to_string(random() % 5) + "." + std::to_string(random() % 10) + "\""; };
  auto const points = [&] { return ", \"value\": \"" + std::to_string(random() % 9) + "\"}"; };
  auto const ends = std::vector<std::string>{"from", "above", "to", "below"};
  auto const row = [&](std::string const& fact, auto const& cut) {
    auto const end = random() % 5;
    auto const test = end == 4 ? cut() : "{\"" + ends[end] + "\": " + cut() + "}";
    return "{\"when\": {\"" + fact + "\": " + test + (random() % 3 == 0 ? ", \"flag\": true}" : "}") + points();
  };
  auto const item = [&](std::string const& id, std::string const& fact, auto const& cut) {
    return R"({"id": ")" + id + R"(", "label": {"en": "x"}, "value": {"table": [)" + row(fact, cut) + ", " +
           row(fact, cut) + R"(, {"value": "1"}]}})";
  };
  return R"({"format": "tutela-instrument/1", "id": "test/cut", "version": "1.0.0", "title": {"en": "cut"}, "status": "demo",
    "outcome": "need", "rights": {"holder": "nobody", "licence": "none", "consent_needed": false},
    "sources": [{"act": "invented", "source": "nowhere", "grade": "unverified"}], "norm": {"en": "none"},
    "age_rule": {"leapling": "on_1_march", "reached": "on_birthday"},
    "applicability": {"population": {"en": "nobody"}, "jurisdictions": [], "recorded_act": [], "rules": []},
    "facts": [
      {"id": "count", "fact": "count", "type": "number", "from": "0", "to": "25", "missing": "bounds", "label": {"en": "x"}, "category": "x"},
      {"id": "rate", "fact": "rate", "type": "number", "from": "0", "to": "4.9", "decimals": 1, "missing": "bounds", "label": {"en": "x"}, "category": "x"},
      {"id": "flag", "fact": "flag", "type": "flag", "missing": "bounds", "label": {"en": "x"}, "category": "x"}],
    "constraints": [{"never": {"count": {"above": )" +
         whole() + R"(}, "flag": true}, "reason": {"en": "never"}}],
    "items": [)" +
         item("a", "count", whole) + ", " + item("b", "rate", tenth) + ", " + item("c", "count", whole) +
         R"(], "total_unit": "points"})";
}

TEST(Bounds, of_counts_cut_at_random_places_equal_every_completion)
{
  std::mt19937 random(23);
  int tried = 0;
  for (int k = 0; k < 300 && tried < 12; ++k) {
    auto const scale = parse_instrument(cut_at_random(random));
    if (!scale) continue;  // a row that no case reaches
    ++tried;
    ScoreRange all{1e9, -1e9};
    for (int count = 0; count <= 25; ++count)
      for (int tenths = 0; tenths < 50; ++tenths)
        for (bool const flag : {false, true}) {
          auto const one = score(*scale, test::record({{"count", test::number(count)},
                                                       {"rate", Value(Decimal(tenths) / Decimal(10))},
                                                       {"flag", Value(flag)}}));
          if (one.state == ScoreState::error) continue;  // the constraint
          ASSERT_EQ(one.state, ScoreState::known);
          all = {std::min(all.lowest, one.total.lowest), std::max(all.highest, one.total.highest)};
        }
    auto const open = score(*scale, {});
    ASSERT_TRUE(open.exact);
    EXPECT_EQ(open.total, all) << k;
  }
  EXPECT_EQ(tried, 12);
}

}  // namespace
}  // namespace tutela
