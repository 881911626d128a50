// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <limits>
#include <random>
#include <set>

#include "random_instruments.hpp"
#include "risk/program.hpp"
#include "support.hpp"

namespace tutela {
namespace {

using test::day;
using test::Facts;
using test::number;
using test::random_description;
using test::record;

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

/// Whole years by the calendar, as a person would count them.
std::int64_t years_by_calendar(std::int64_t from, std::int64_t to, AgeRule rule)
{
  if (rule.reached == AgeReached::day_after_birthday && to > from) --to;
  Date const start = *from_days(from);
  Date const end = *from_days(to);
  Date birthday{end.year, start.month, start.day};
  bool const early = rule.leapling == Leapling::on_28_february && !is_leap_year(end.year);
  if (start.month == 2 && start.day == 29 && early) birthday.day = 28;
  return end.year - start.year - (birthday <= end ? 0 : 1);
}

TEST(Bounds, whole_years_are_those_of_the_calendar)
{
  std::mt19937 random(29);
  auto const leap_day = to_days(*parse_date("2004-02-29"));
  for (auto const leapling : {Leapling::on_28_february, Leapling::on_1_march}) {
    for (auto const reached : {AgeReached::on_birthday, AgeReached::day_after_birthday}) {
      AgeRule const rule{leapling, reached};
      for (int k = 0; k < 20'000; ++k) {
        std::int64_t const near =
            static_cast<std::int64_t>(random() % 200) * 365 + static_cast<std::int64_t>(random() % 60);
        std::int64_t const from = k % 3 == 0 ? leap_day - static_cast<std::int64_t>(random() % 3) + 1
                                             : static_cast<std::int64_t>(random() % 150'000) - 110'000;
        std::int64_t const to = k % 2 == 0 ? from + near - 30 : static_cast<std::int64_t>(random() % 150'000) - 110'000;
        ASSERT_EQ(detail::whole_years(from, to, rule), years_by_calendar(from, to, rule))
            << to_string(*from_days(from)) << " " << to_string(*from_days(to));
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
