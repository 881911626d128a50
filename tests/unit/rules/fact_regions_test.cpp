// SPDX-License-Identifier: Apache-2.0
/// \file
/// Missing facts of every ordered kind, bounded in every way, against the values of a grid tried out one by one.
#include <tutela/rules/ask.hpp>

#include <cstdio>
#include <functional>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "unit/rules/models.hpp"

namespace tutela {
namespace {

using namespace test;

/// A kind with the values of a grid, as they are and as FEEL writes them.
struct OrderedKind {
  std::string type;
  std::function<Value(int)> value;
  bool steps = false;  ///< True where neighbours on the grid have no value between them.
};

std::vector<OrderedKind> const kinds{
    {"number", [](int i) { return Value(Decimal(i) / Decimal(2)); }, false},
    {"date",
     [](int i) {
       return Value(*add_days(Date{2020, 2, 24}, i));
     },
     true},
    {"dateTime",
     [](int i) {
       return Value(
           DateTime{*add_days(Date{2020, 2, 27}, i / 3), Time{static_cast<std::uint8_t>(8 * (i % 3)), 0, 0, 0, {}}});
     },
     false},
    {"time",
     [](int i) {
       return Value(Time{static_cast<std::uint8_t>(8 + i / 2), static_cast<std::uint8_t>(i % 2 * 30), 0, 0, {}});
     },
     false},
    {"dayTimeDuration",
     [](int i) {
       return Value(DaysDuration{(i - 4) * 43'200, 0});
     },
     false},
    {"yearMonthDuration", [](int i) { return Value(MonthsDuration{i - 4}); }, true},
    {"string", [](int i) { return Value(std::string(1, static_cast<char>('a' + i / 2)) + (i % 2 == 0 ? "" : "k")); },
     false}};

constexpr int most = 12;

std::string sign_of(bool included, bool low) { return low ? (included ? "[" : "(") : (included ? "]" : ")"); }

/// What a table answers for a missing fact, as texts, and what the values of the grid within its bounds lead to.
class OneBound {
 public:
  OneBound(OrderedKind const& kind, std::mt19937& random) : kind_(kind), random_(random)
  {
    low_ = below(3);
    high_ = below(3);
    first_ = kind.steps ? 1 + below(4) : 2 + 2 * below(2);
    last_ = kind.steps ? 8 + below(3) : 8 + 2 * below(2);
    range_ = {low_ == 0 ? Value() : kind.value(first_), high_ == 0 ? Value() : kind.value(last_), low_ == 1,
              high_ == 1};
    int const one = constant();
    int const other = std::max(one, constant());
    auto const text = [&](int i) { return to_string(kind_.value(i)); };
    rules_ = {{{text(one)}, "1"},
              {{"< " + text(one)}, below(2) == 0 ? "2" : "1"},
              {{"(" + text(one) + ".." + text(other) + "]"}, "3"}};
    if (below(2) == 0) std::swap(rules_[0], rules_[2]);
  }

  void judge(bool declared)
  {
    bool const bounded = low_ != 0 || high_ != 0;
    auto const end = [](Value const& value) { return to_string(value); };
    std::string const allowed = low_ == 0    ? (high_ == 1 ? "<= " : "< ") + end(range_.high)
                                : high_ == 0 ? (low_ == 1 ? ">= " : "> ") + end(range_.low)
                                             : sign_of(low_ == 1, true) + end(range_.low) + ".." + end(range_.high) +
                                                   sign_of(high_ == 1, false);
    bool const narrowed = bounded && !declared;
    auto const law = pack(
        dmn((bounded && declared ? item("t", kind_.type, escaped(allowed)) + input("x", "t") : input("x", kind_.type)) +
            decision("d", {"x"}, table("hitPolicy=\"FIRST\"", {"x"}, rules_, "4"))));
    Domain domain;
    domain.kind = Domain::Kind::range;
    domain.range = range_;
    auto const facts = narrowed ? record({{"x", Value(Unknown{{}, {}, domain})}}) : record({});
    std::set<std::string> expected;
    std::vector<Value> within;
    for (int i = 0; i <= most; ++i) {
      bool const above = low_ == 0 || i > first_ || (i == first_ && low_ == 1);
      bool const below = high_ == 0 || i < last_ || (i == last_ && high_ == 1);
      if (!above || !below) continue;
      within.push_back(kind_.value(i));
      expected.insert(to_string(law.decide("d", record({{"x", kind_.value(i)}}), {}).value));
    }
    auto const verdict = law.decide("d", facts, {});
    // A time or a moment without bounds may have a zone or none, which cannot be told apart by cuts.
    if (!bounded && (kind_.type == "time" || kind_.type == "dateTime")) return;
    std::set<std::string> found;
    for (auto const& value : verdict.possible.values) found.insert(to_string(value));
    auto const what = kind_.type + " " + allowed + (declared ? " declared" : " recorded") + " " +
                      rules_[0].first.front() + " " + rules_[1].first.front() + " " + rules_[2].first.front();
    ASSERT_EQ(found, expected) << what;
    ASSERT_FALSE(verdict.possible.approximate) << what;
    Interview const begin(law, facts, {});
    ASSERT_EQ(begin.finished(), expected.size() == 1) << what;
    if (begin.finished()) return;
    ASSERT_TRUE(begin.questions().exact) << what;
    ASSERT_GE(begin.questions().ask.front().prior.size(), expected.size()) << what;
    for (auto const& value : within) {
      auto const next = begin.answer("x", value);
      ASSERT_TRUE(next) << what << " " << to_string(value);
      ASSERT_TRUE(next->finished()) << what << " " << to_string(value);
    }
  }

 private:
  int below(int count) { return std::uniform_int_distribution<int>(0, count - 1)(random_); }
  /// Between two constants of a dense kind, and between them and the bounds, the grid has a value.
  int constant() { return kind_.steps ? 1 + below(10) : 2 + 2 * below(5); }

  OrderedKind const& kind_;
  std::mt19937& random_;
  int low_, high_, first_, last_;  ///< 0 no bound, 1 closed, 2 open; where on the grid.
  Range range_;
  std::vector<std::pair<std::vector<std::string>, std::string>> rules_;
};

TEST(FactRegions, EveryKindIsCutExactlyHoweverItIsBounded)
{
  std::mt19937 random(20'261'125);
  for (auto const& kind : kinds)
    for (int round = 0; round < 150; ++round) {
      OneBound(kind, random).judge(round % 2 == 0);
      if (HasFatalFailure()) return;
    }
}

// Bounds that leave one value leave no question.
TEST(FactRegions, ADomainOfOneValueIsThatValue)
{
  for (auto const& [type, allowed, only] :
       {std::tuple("date", R"((date("2024-02-28")..date("2024-03-01")))", R"(date("2024-02-29"))"),
        std::tuple("yearMonthDuration", R"((duration("P1M")..duration("P3M")))", R"(duration("P2M"))"),
        std::tuple("number", "[3..3]", "3"), std::tuple("string", R"("a")", R"("a")")}) {
    auto const law = pack(dmn(item("t", type, escaped(allowed)) + input("x", "t") +
                              decision("d", {"x"}, table("hitPolicy=\"FIRST\"", {"x"}, {{{only}, "1"}}, "2"))));
    Interview const begin(law, record({}), {});
    EXPECT_TRUE(begin.finished()) << type;
    EXPECT_EQ(begin.verdicts().front().value, number(1)) << type;
    Interview const uncertain(law, record({{"x", Value(Uncertain{})}}), {});
    EXPECT_EQ(uncertain.verdicts().front().value, number(1)) << type;
  }
}

// Before, after, during and their like change at the days they mention only: cutting there decides them.
TEST(FactRegions, RelationsOfDaysAndRangesAreDecidedByCuts)
{
  std::mt19937 random(20'261'126);
  auto const below = [&](int count) { return std::uniform_int_distribution<int>(0, count - 1)(random); };
  auto const day = [](int i) { return to_string(Value(*add_days(Date{2020, 2, 24}, i))); };
  int decidable = 0;
  int decided = 0;
  int exact = 0;
  for (int round = 0; round < 400; ++round) {
    int const first = 1 + below(8);
    int const last = first + below(4);
    auto const range = (below(2) == 0 ? "[" : "(") + day(first) + ".." + day(last + 1) + (below(2) == 0 ? "]" : ")");
    auto const open =
        below(2) == 0 ? "[d.." + day(8 + below(4)) + "]" : "[" + day(below(3)) + "..d" + (below(2) == 0 ? "]" : ")");
    std::vector<std::string> const relations{"before(d, " + day(first) + ")",
                                             "after(d, " + range + ")",
                                             "before(" + range + ", d)",
                                             "during(d, " + range + ")",
                                             "includes(" + range + ", d)",
                                             "starts(d, " + range + ")",
                                             "finishes(d, " + range + ")",
                                             "coincides(d, " + day(first) + ")",
                                             "before(" + open + ", " + range + ")",
                                             "meets(" + open + ", " + range + ")",
                                             "met by(" + open + ", " + range + ")",
                                             "overlaps(" + open + ", " + range + ")",
                                             "overlaps before(" + open + ", " + range + ")",
                                             "includes(" + open + ", " + range + ")",
                                             "during(" + open + ", " + range + ")",
                                             "starts(" + open + ", " + range + ")",
                                             "coincides(" + open + ", " + range + ")",
                                             "finished by(" + open + ", " + day(first) + ")"};
    auto const text = relations[static_cast<std::size_t>(below(static_cast<int>(relations.size())))];
    auto const law = pack(dmn(input("d", "date") + decision("r", {"d"}, literal(text))));
    int const low = below(10);
    int const high = low + below(5);
    Domain domain;
    domain.kind = Domain::Kind::range;
    domain.range = {Value(*add_days(Date{2020, 2, 24}, low)), Value(*add_days(Date{2020, 2, 24}, high)), true, true};
    bool const bounded = below(3) != 0;
    auto const verdict =
        law.decide("r", bounded ? record({{"d", Value(Unknown{{}, {}, domain})}}) : record({}), Date{2026, 3, 2});
    std::set<std::string> expected;
    for (int i = bounded ? low : -3; i <= (bounded ? high : 15); ++i) {
      auto const one = law.decide("r", record({{"d", Value(*add_days(Date{2020, 2, 24}, i))}}), Date{2026, 3, 2});
      expected.insert(one.outcome == Outcome::known ? to_string(one.value) : "error");
    }
    std::set<std::string> found;
    for (auto const& value : verdict.possible.values) found.insert(value.is(Kind::error) ? "error" : to_string(value));
    for (auto const& each : expected) {
      bool const there = verdict.possible.kind != Domain::Kind::set || found.count(each) != 0;
      ASSERT_TRUE(there) << text << " lacks " << each;
    }
    bool const all = verdict.possible.kind == Domain::Kind::set && !verdict.possible.approximate;
    if (all) {
      ASSERT_EQ(found, expected) << text;
    }
    exact += all ? 1 : 0;
    decidable += expected.size() == 1 ? 1 : 0;
    decided += expected.size() == 1 && found == expected && all ? 1 : 0;
  }
  std::printf("relations of days: %d of 400 exact, %d of %d decidable ones decided\n", exact, decided, decidable);
  EXPECT_EQ(decided, decidable);
  EXPECT_GE(exact, 396);
}

// The month of a date is no fact: what is missing is the date, and within few days each is tried.
TEST(FactRegions, PartsOfDatesAndDurationsBelongToTheirFact)
{
  auto const law =
      pack(dmn(input("d", "date") + input("l", "yearMonthDuration") + input("s", "dayTimeDuration") +
               decision("month", {"d"}, literal("d.month = 6")) +
               decision("day", {"d"}, literal("day of week(d) = \"Monday\" or d.day > 40")) +
               decision("months", {"l"}, literal("l.months < 6")) + decision("hours", {"s"}, literal("s.hours < 24"))));
  Date const on{2026, 3, 2};
  auto const between = [](Value low, Value high) {
    Domain domain;
    domain.kind = Domain::Kind::range;
    domain.range = {std::move(low), std::move(high), true, true};
    return Value(Unknown{{}, {}, std::move(domain)});
  };
  for (char const* const name : {"month", "months", "hours"}) {
    auto const open = law.decide(name, record({}), on);
    EXPECT_EQ(open.outcome, Outcome::unknown) << name;
    EXPECT_EQ(open.missing, std::vector<std::string>{std::string(name) == "month"   ? "d"
                                                     : std::string(name) == "hours" ? "s"
                                                                                    : "l"});
  }
  auto const june = record({{"d", between(Value(Date{2011, 6, 1}), Value(Date{2011, 6, 30}))}});
  EXPECT_EQ(law.decide("month", june, on).value, Value(true));
  auto const summer =
      law.decide("month", record({{"d", between(Value(Date{2011, 6, 20}), Value(Date{2011, 7, 3}))}}), on);
  EXPECT_EQ(summer.possible.values.size(), 2U);
  EXPECT_FALSE(summer.possible.approximate);
  auto const weekdays = record({{"d", between(Value(Date{2026, 3, 3}), Value(Date{2026, 3, 8}))}});
  EXPECT_EQ(law.decide("day", weekdays, on).value, Value(false));
  auto const short_time = record({{"l", between(Value(MonthsDuration{12}), Value(MonthsDuration{17}))}});
  EXPECT_EQ(law.decide("months", short_time, on).value, Value(true));
  // over a childhood the first days of months are cuts
  for (auto const& [low, high, expected] :
       {std::tuple(Date{2011, 1, 20}, Date{2020, 7, 3}, 2U), {Date{2011, 7, 20}, Date{2012, 5, 3}, 1U}}) {
    auto const years = law.decide("month", record({{"d", between(Value(low), Value(high))}}), on);
    EXPECT_EQ(years.possible.values.size(), expected);
    EXPECT_FALSE(years.possible.approximate);
  }
  auto const long_time =
      law.decide("months", record({{"l", between(Value(MonthsDuration{6}), Value(MonthsDuration{200}))}}), on);
  EXPECT_EQ(long_time.possible.values.size(), 2U);
  EXPECT_FALSE(long_time.possible.approximate);
  Interview const begin(law, record({}), on, {});
  for (auto const& question : begin.questions().ask)
    EXPECT_EQ(question.fact.find('.'), std::string::npos) << question.fact;
}

}  // namespace
}  // namespace tutela
