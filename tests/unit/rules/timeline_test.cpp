// SPDX-License-Identifier: Apache-2.0
/// \file
/// Timelines: equal to every day evaluated by itself, and what each change is called.
#include <tutela/rules/timeline.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>

#include <gtest/gtest.h>

#include "unit/rules/models.hpp"

namespace tutela {
namespace {

using namespace test;

std::string causes(TimelineSpan const& span)
{
  std::string text;
  for (auto const& turn : span.began_with) text += (text.empty() ? "" : "; ") + to_string(turn);
  return text;
}

std::string shown(TimelineSpan const& span)
{
  std::string text =
      to_string(span.from) + " to " + to_string(span.until) + ": " + std::string(to_string(span.outcome));
  if (span.outcome == Outcome::known) text += " " + to_string(span.value);
  for (auto const& fact : span.missing) text += " ?" + fact;
  return text;
}

Fact held(std::string name, Value value, std::optional<Date> from, std::optional<Date> until,
          std::optional<Date> recorded = {})
{
  Source source;
  source.valid = {from, until};
  source.recorded = recorded;
  return {std::move(name), std::move(value), source};
}

Record of(std::vector<Fact> const& facts)
{
  RecordBuilder builder;
  for (auto const& fact : facts) builder.set(fact.name, fact.value, fact.source);
  return std::move(builder).build().value();
}

TEST(Timeline, SaysWhenItBeginsWhenItEndsAndWhatEndsIt)
{
  auto const law = load_pack("md/child-protection").value();
  auto const facts = record({{"person.birth_date", Value(Date{2008, 2, 29})}});
  auto const found = timeline(law, facts, "is_child", {2020, 1, 1}, {2030, 1, 1});
  ASSERT_EQ(found.spans.size(), 2U);
  EXPECT_FALSE(found.day_by_day) << found.why_day_by_day;
  EXPECT_EQ(found.spans[0].value, Value(true));
  EXPECT_EQ(found.spans[1].from, (Date{2026, 3, 1})) << "born on 29 February: the pack says 1 March";
  EXPECT_EQ(found.spans[1].value, Value(false));
  EXPECT_EQ(causes(found.spans[1]), "person.birth_date: 18 years");
  EXPECT_LT(found.evaluations, 40U);
}

TEST(Timeline, TextsOfTheLawBeginAndEnd)
{
  auto const law = pack(dmn(input("a", "boolean") +
                            decision("d", {"a"}, literal("a"), "<tutela:law validUntil=\"2026-05-01\"/>", "one") +
                            decision("d", {"a"}, literal("not(a)"), "<tutela:law validFrom=\"2026-07-01\"/>", "two")));
  auto const found = timeline(law, record({{"a", Value(true)}}), "d", {2026, 1, 1}, {2027, 1, 1});
  ASSERT_EQ(found.spans.size(), 3U);
  EXPECT_EQ(shown(found.spans[0]), "2026-01-01 to 2026-05-01: known true");
  EXPECT_EQ(shown(found.spans[1]), "2026-05-01 to 2026-07-01: no_law_in_force");
  EXPECT_EQ(causes(found.spans[1]), "d: a text goes out of force");
  EXPECT_EQ(shown(found.spans[2]), "2026-07-01 to 2027-01-01: known false");
  EXPECT_EQ(causes(found.spans[2]), "d: a text comes into force");
}

TEST(Timeline, FactsBeginEndAndBecomeKnownLater)
{
  auto const law = pack(dmn(input("placed", "boolean") + decision("d", {"placed"}, literal("placed"))));
  // Recorded in June: the child had been placed since March.
  auto const facts = of({held("placed", Value(false), {}, Date{2026, 3, 1}, Date{2026, 1, 5}),
                         held("placed", Value(true), Date{2026, 3, 1}, Date{2026, 9, 1}, Date{2026, 6, 1})});
  auto const now = timeline(law, facts, "d", {2026, 1, 1}, {2027, 1, 1});
  ASSERT_EQ(now.spans.size(), 3U);
  EXPECT_EQ(shown(now.spans[1]), "2026-03-01 to 2026-09-01: known true");
  EXPECT_EQ(causes(now.spans[1]), "placed: the fact no longer holds; placed: the fact begins to hold");
  EXPECT_EQ(shown(now.spans[2]), "2026-09-01 to 2027-01-01: unknown ?placed");
  DecideOptions then;
  then.known_on = Date{2026, 4, 1};
  auto const replay = timeline(law, facts, "d", {2026, 1, 1}, {2027, 1, 1}, then);
  ASSERT_EQ(replay.spans.size(), 2U);
  EXPECT_EQ(shown(replay.spans[1]), "2026-03-01 to 2027-01-01: unknown ?placed");
}

TEST(Timeline, OtherUsesOfTheDayAreEvaluatedDayByDay)
{
  auto const law = pack(dmn(input("a", "boolean") + decision("d", {"a"}, literal("a and today().day = 13"))));
  auto const found = timeline(law, record({{"a", Value(true)}}), "d", {2026, 1, 1}, {2026, 3, 1});
  EXPECT_TRUE(found.day_by_day);
  EXPECT_EQ(found.why_day_by_day, "a and today().day = 13");
  EXPECT_EQ(found.evaluations, 59U);
  ASSERT_EQ(found.spans.size(), 5U);
  EXPECT_EQ(shown(found.spans[1]), "2026-01-13 to 2026-01-14: known true");
  EXPECT_EQ(causes(found.spans[1]), "the day itself");
}

// The months since one of a range of days are found out more or less well from day to day.
TEST(Timeline, RangesOfDaysAndMonthsAreEvaluatedDayByDay)
{
  Domain domain;
  domain.kind = Domain::Kind::range;
  for (auto const& [low, high] :
       {std::pair{Date{2023, 8, 31}, Date{2023, 9, 20}}, {Date{2020, 2, 20}, Date{2020, 3, 10}}}) {
    domain.range = {Value(low), Value(high), true, true};
    auto const facts = record({{"b", Value(Unknown{{"b"}, {}, domain})}});
    for (auto const* text :
         {"years and months duration(b, today()).months = 6", "years and months duration(b, today()).years = 3",
          "age in years(b, today()) = 3", "years and months duration(b, today()) = duration(\"P6M\")"}) {
      auto const law = pack(dmn(input("b", "date") + decision("d", {"b"}, literal(text))));
      auto const found = timeline(law, facts, "d", {2023, 12, 1}, {2025, 1, 4});
      for (auto const& span : found.spans)
        for (auto day = to_days(span.from); day < to_days(span.until); ++day)
          ASSERT_EQ(law.decide("d", facts, from_days(day)).outcome, span.outcome)
              << text << " " << to_string(*from_days(day));
    }
  }
}

TEST(Timeline, AnotherLegalOrderHasNoAnswerOnAnyDay)
{
  PackInfo info;
  info.id = "md/test";
  info.jurisdiction = "MD";
  auto const law = detail::make_pack(info, *model(dmn(input("a", "boolean") + decision("d", {"a"}, literal("a")))));
  DecideOptions options;
  options.jurisdiction = "UA";
  auto const found = timeline(law, record({{"a", Value(true)}}), "d", {2026, 1, 1}, {2027, 1, 1}, options);
  ASSERT_EQ(found.spans.size(), 1U);
  EXPECT_EQ(found.spans.front().outcome, Outcome::rule_not_available);
}

TEST(Timeline, IntervalsThatCannotBeAreMisuse)
{
  auto const law = pack(dmn(input("a", "boolean") + decision("d", {"a"}, literal("a"))));
  EXPECT_THROW(static_cast<void>(timeline(law, record({}), "d", {2026, 1, 1}, {2026, 1, 1})), ContractViolation);
  EXPECT_THROW(static_cast<void>(timeline(law, record({}), "d", {1026, 1, 1}, {2026, 1, 1})), ContractViolation);
  auto const none = timeline(law, record({}), "flying", {2026, 1, 1}, {2027, 1, 1});
  ASSERT_EQ(none.spans.size(), 1U);
  EXPECT_EQ(none.spans.front().outcome, Outcome::rule_not_available);
}

/// Random decisions about dates, with random facts that begin, end, are missing or partly known.
class Cases {
 public:
  explicit Cases(unsigned seed) : random_(seed) {}

  int below(int count) { return std::uniform_int_distribution<int>(0, count - 1)(random_); }
  std::string number(int low, int high) { return std::to_string(low + below(high - low + 1)); }

  Date day(int first_year, int last_year)
  {
    int const year = first_year + below(last_year - first_year + 1);
    int const month = below(3) == 0 ? 2 : 1 + below(12);
    int const last = days_in_month(year, month);
    int const which = below(4);
    return *make_date(year, month, which == 0 ? last : which == 1 ? 1 : 1 + below(last));
  }

  std::string date_text(int first_year, int last_year) { return "@\"" + to_string(day(first_year, last_year)) + "\""; }

  std::string condition()
  {
    switch (below(17)) {
      case 0: return "years and months duration(born, today()).years < " + number(15, 19);
      case 1: return "years and months duration(born, today()) >= duration(\"P" + number(190, 220) + "M\")";
      case 2: return "age in years(born, today()) >= " + number(15, 19);
      case 3: return "today() <= until + duration(\"P" + number(1, 7) + "M\")";
      case 4: return "today() < until + duration(\"P" + number(1, 60) + "D\")";
      case 5: return "today() - until <= duration(\"P" + number(0, 40) + "D\")";
      case 6: return "until - today() > duration(\"P" + number(0, 40) + "D\")";
      case 7: return "until < today() - duration(\"P" + number(1, 3) + "M\")";
      case 8: return "today() in [" + date_text(2025, 2025) + ".." + date_text(2026, 2026) + "]";
      case 9: return "today() >= until";
      case 10: return "until between today() and " + date_text(2026, 2026);
      case 11: return "until in (> today())";
      case 12: return "until < " + date_text(2025, 2026);
      case 13: return "today() = until";
      case 14: return "(if until = null then null else today() - until) > duration(\"P" + number(5, 30) + "D\")";
      case 15: return "today() + duration(\"P1M\") > until";
      default: return "flag";
    }
  }

  std::string body()
  {
    if (below(3) == 0) {
      std::string text =
          "<decisionTable hitPolicy=\"FIRST\"><input><inputExpression><text>years and months duration(born, "
          "today()).years</text></inputExpression></input><input><inputExpression><text>" +
          std::string(below(2) == 0 ? "today() - until" : "today() + duration(\"P2M\")") +
          "</text></inputExpression></input><output/>";
      bool const difference = text.find("today() - until") != std::string::npos;
      for (int rule = 0; rule < 3; ++rule) {
        std::string const limit = difference      ? "duration(\"P" + number(1, 90) + "D\")"
                                  : below(2) == 0 ? "until"
                                                  : date_text(2025, 2026);
        std::string const law = below(3) == 0 ? "<extensionElements><tutela:law validFrom=\"" +
                                                    to_string(day(2025, 2026)) + "\"/></extensionElements>"
                                              : "";
        text += "<rule>" + law + "<inputEntry><text>" + escaped(below(3) == 0 ? "-" : "< " + number(15, 19)) +
                "</text></inputEntry><inputEntry><text>" + escaped(below(3) == 0 ? "-" : "<= " + limit) +
                "</text></inputEntry><outputEntry><text>" + std::to_string(rule) + "</text></outputEntry></rule>";
      }
      return text + "</decisionTable>";
    }
    std::string text = condition();
    for (int i = below(3); i > 0; --i) text = "(" + text + (below(2) == 0 ? ") and (" : ") or (") + condition() + ")";
    return literal(text);
  }

  std::vector<Fact> facts()
  {
    std::vector<Fact> all;
    for (std::string const name : {"born", "until", "flag"}) {
      auto value = [&] {
        return name == "born"    ? Value(day(2007, 2010))
               : name == "until" ? Value(day(2025, 2026))
                                 : Value(below(2) == 0);
      };
      switch (below(8)) {
        case 0: break;
        case 1: all.push_back(held(name, Value(Uncertain{}), {}, {})); break;
        case 2: {
          auto const split = day(2025, 2026);
          all.push_back(held(name, value(), {}, split));
          all.push_back(held(name, value(), split, {}));
          break;
        }
        case 3: all.push_back(held(name, value(), day(2025, 2025), {})); break;
        case 4: {
          Domain domain;
          domain.kind = Domain::Kind::set;
          auto const one = value();
          auto const other = value();
          domain.values = {one};
          if (!(one == other)) domain.values.push_back(other);
          all.push_back(held(name, domain.values.size() == 1 ? one : Value(Unknown{{name}, {}, domain}), {}, {}));
          break;
        }
        default: all.push_back(held(name, value(), {}, {}));
      }
    }
    return all;
  }

 private:
  std::mt19937 random_;
};

TEST(Timeline, EqualsEveryDayByItself)
{
  int const rounds = std::getenv("TUTELA_LONG") != nullptr ? 10'000 : 150;
  Cases random(20'261'125);
  std::size_t spans = 0;
  std::size_t evaluations = 0;
  int by_day = 0;
  for (int round = 0; round < rounds; ++round) {
    std::string text = input("born", "date") + input("until", "date") + input("flag", "boolean");
    std::vector<std::string> const inputs{"born", "until", "flag"};
    if (random.below(4) == 0) {
      auto const split = to_string(random.day(2025, 2026));
      text += decision("d", inputs, random.body(), "<tutela:law validUntil=\"" + split + "\"/>", "one");
      text += decision("d", inputs, random.body(), "<tutela:law validFrom=\"" + split + "\"/>", "two");
    } else if (random.below(4) == 0) {
      text += decision("limit", {"until"}, literal("until + duration(\"P2M\")"));
      text += decision(
          "d", {"born", "d_limit"},
          literal("today() <= limit and years and months duration(born, today()).years < " + random.number(15, 19)));
    } else {
      text += decision("d", inputs, random.body());
    }
    auto const law = pack(dmn(text));
    auto const facts = of(random.facts());
    Date const start = random.day(2025, 2025);
    Date const end = *add_days(start, 100 + random.below(300));
    auto const found = timeline(law, facts, "d", start, end);
    by_day += found.day_by_day ? 1 : 0;
    evaluations += found.evaluations;
    spans += found.spans.size();
    ASSERT_EQ(found.spans.front().from, start);
    ASSERT_EQ(found.spans.back().until, end);
    std::size_t at = 0;
    for (auto day = to_days(start); day < to_days(end); ++day) {
      auto const on = *from_days(day);
      if (on == found.spans[at].until) ++at;
      auto const& span = found.spans[at];
      auto const verdict = law.decide("d", facts, on);
      bool const same = verdict.outcome == span.outcome && verdict.value == span.value &&
                        verdict.missing == span.missing && verdict.uncertain == span.uncertain &&
                        verdict.possible.values == span.possible.values;
      ASSERT_TRUE(same) << "round " << round << ", " << to_string(on) << " is not as " << shown(span) << "\n" << text;
    }
    for (std::size_t i = 1; i < found.spans.size(); ++i) ASSERT_FALSE(found.spans[i].began_with.empty()) << text;
  }
  std::printf("timeline (seed 20261125): %d cases, %zu spans, %zu days evaluated, %d cases day by day, no difference\n",
              rounds, spans, evaluations, by_day);
}

TEST(Timeline, FortyYearsOfOneChild)
{
  auto const law = load_pack("md/child-protection").value();
  auto const facts = record({{"person.birth_date", Value(Date{2010, 5, 17})}});
  DecideOptions options;
  options.include_unverified = true;  // its text is old
  auto const start = std::chrono::steady_clock::now();
  std::size_t evaluations = 0;
  int runs = 0;
  for (; runs < 5; ++runs)
    evaluations += timeline(law, facts, "guardianship_form", {2000, 1, 1}, {2040, 1, 1}, options).evaluations;
  auto const micro = std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
  std::printf("40 years of guardianship_form: %zu days evaluated, %.0f us, %.1f us a day evaluated\n",
              evaluations / static_cast<std::size_t>(runs), micro / runs, micro / static_cast<double>(evaluations));
}

}  // namespace
}  // namespace tutela
