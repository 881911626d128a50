// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>

#include <tutela/casework/agenda.hpp>

namespace tutela {
namespace {

Clock clock_of(char const* id, char const* term, Grade grade = Grade::a)
{
  Clock clock;
  clock.id = id;
  clock.name = Text(id);
  clock.due = DueWithin{*parse_term(term), {}};
  clock.status = LawStatus::in_force_as_seen;
  clock.citation.act = "Law";
  clock.citation.grade = grade;
  return clock;
}

AgendaRecords office()
{
  AgendaRecords records;
  records.id = "office";
  records.jurisdiction = "UA";
  records.agencies = {{AgencyId("a"), Text("A")}, {AgencyId("b"), Text("B")}};
  return records;
}

CaseClock runs(char const* clock, char const* subject, char const* event)
{
  CaseClock record;
  record.clock = clock;
  record.subject = CaseId(subject);
  record.owner = {AgencyId("a"), "coordinator"};
  record.record.event = parse_moment(event);
  return record;
}

Commitment promise(char const* id, Date promised, std::optional<Date> due = {})
{
  Commitment item;
  item.id = id;
  item.what = Text(id);
  item.owner = {AgencyId("b"), "specialist"};
  item.promised = promised;
  item.due = due;
  return item;
}

AgendaItem const* find(Agenda const& agenda, std::string_view reference)
{
  for (auto const& item : agenda.items)
    if (item.reference == reference) return &item;
  return nullptr;
}

std::string part(Agenda const& agenda, std::string_view reference)
{
  auto const* item = find(agenda, reference);
  return item == nullptr ? "" : std::string(to_string(item->part));
}

WorkCalendar const no_holidays;

Agenda made(AgendaRecords const& records, std::vector<Clock> const& clocks, Date on, bool unverified = false)
{
  return agenda(records, clocks, no_holidays, {on, 7, unverified}).value();
}

TEST(Agenda, AClockPassesThroughTheParts)
{
  auto const clocks = std::vector{clock_of("X-1", "14 days")};
  auto records = office();
  records.clocks = {runs("X-1", "case-1", "2025-06-04")};  // the last day is Wednesday 18 June
  EXPECT_EQ(made(records, clocks, {2025, 6, 10}).items.size(), 0U);
  EXPECT_EQ(made(records, clocks, {2025, 6, 10}).later, 1U);
  EXPECT_EQ(part(made(records, clocks, {2025, 6, 11}), "X-1"), "coming");
  EXPECT_EQ(part(made(records, clocks, {2025, 6, 18}), "X-1"), "due_today");
  auto const late = made(records, clocks, {2025, 6, 20});
  EXPECT_EQ(part(late, "X-1"), "overdue");
  EXPECT_EQ(find(late, "X-1")->days_left, -2);
  EXPECT_EQ(find(late, "X-1")->citation->act, "Law");
  EXPECT_EQ(find(late, "X-1")->subject.text(), "case-1");
  records.clocks[0].record.done = {*parse_moment("2025-06-19")};
  auto const done = made(records, clocks, {2025, 6, 25});
  EXPECT_EQ(part(done, "X-1"), "done");
  EXPECT_EQ(find(done, "X-1")->marks, std::vector{AgendaMark::late});
  EXPECT_TRUE(made(records, clocks, {2025, 6, 26}).items.empty()) << "seven days with the day itself";
  EXPECT_EQ(part(made(records, clocks, {2025, 6, 18}), "X-1"), "due_today") << "what came later is not known";
}

TEST(Agenda, OverdueIsSaidOnlyOfWhatIsCertain)
{
  auto const clocks = std::vector{clock_of("WORK", "3 working days"), clock_of("HOUR", "36 hours"),
                                  clock_of("REST", "2 days"), clock_of("NONE", "2 days")};
  auto records = office();
  records.clocks = {runs("WORK", "c", "2025-06-02"), runs("HOUR", "c", "2025-06-02"), runs("REST", "c", "2025-06-05"),
                    runs("NONE", "c", "2025-06-05")};
  records.clocks[3].record.event.reset();
  auto const on = [&](int day) { return made(records, clocks, {2025, 6, static_cast<std::uint8_t>(day)}); };
  EXPECT_EQ(part(on(5), "WORK"), "due_today") << "who keeps to the earliest day is in time";
  EXPECT_EQ(part(on(30), "WORK"), "cannot_be_said");
  EXPECT_EQ(find(on(30), "WORK")->marks, std::vector{AgendaMark::holidays_unknown});
  EXPECT_EQ(part(on(4), "HOUR"), "cannot_be_said") << "ends between noon of the 3rd and noon of the 4th";
  EXPECT_EQ(part(on(5), "HOUR"), "overdue");
  EXPECT_EQ(part(on(7), "REST"), "due_today");  // a Saturday
  EXPECT_EQ(part(on(9), "REST"), "cannot_be_said") << "Monday, to which it may have moved";
  EXPECT_EQ(part(on(10), "REST"), "overdue");
  EXPECT_EQ(find(on(10), "NONE")->marks, std::vector{AgendaMark::event_not_recorded});
  EXPECT_EQ(part(on(10), "NONE"), "cannot_be_said");
}

TEST(Agenda, WhatIsNotKnownWellEnoughIsLeftOutUnlessAskedFor)
{
  auto unsure = clock_of("C-1", "14 days", Grade::c);
  auto wartime = clock_of("W-1", "14 days");
  wartime.regime = Regime::martial_law;
  auto const clocks = std::vector{unsure, wartime};
  auto records = office();
  records.clocks = {runs("C-1", "c", "2025-06-10"), runs("W-1", "c", "2025-06-10")};
  auto const usual = made(records, clocks, {2025, 6, 18});
  EXPECT_TRUE(usual.items.empty());
  EXPECT_EQ(usual.left_out, (std::vector<LeftOutClock>{{"C-1", CaseId("c"), false}, {"W-1", CaseId("c"), true}}));
  records.martial_law = Period{Date{2022, 2, 24}, {}};
  auto const asked = made(records, clocks, {2025, 6, 18}, true);
  EXPECT_EQ(asked.regime, Regime::martial_law);
  EXPECT_EQ(find(asked, "C-1")->marks, std::vector{AgendaMark::not_by_default});
  EXPECT_EQ(part(asked, "W-1"), "coming");
  EXPECT_TRUE(asked.left_out.empty());
}

TEST(Agenda, PromisesAndTheReviewOfTheWeek)
{
  auto records = office();
  auto const meeting = Date{2025, 6, 11};
  records.commitments = {promise("open", meeting),
                         promise("missed", meeting, Date{2025, 6, 16}),
                         promise("ahead", meeting, Date{2025, 6, 20}),
                         promise("far", meeting, Date{2025, 8, 1}),
                         promise("kept", meeting, Date{2025, 6, 16}),
                         promise("kept-late", meeting, Date{2025, 6, 13}),
                         promise("dropped", meeting, Date{2025, 6, 16}),
                         promise("old", Date{2025, 5, 1}),
                         promise("today", Date{2025, 6, 18})};
  records.commitments[4].done = Date{2025, 6, 16};
  records.commitments[5].done = Date{2025, 6, 17};
  records.commitments[6].withdrawn = Date{2025, 6, 12};
  records.commitments[6].reason = "the family moved";
  auto const week = made(records, {}, {2025, 6, 18});
  EXPECT_EQ(part(week, "missed"), "overdue");
  EXPECT_EQ(part(week, "ahead"), "coming");
  EXPECT_EQ(part(week, "open"), "promised");
  EXPECT_EQ(part(week, "far"), "promised");
  EXPECT_EQ(part(week, "old"), "promised") << "what was never done stays on the list";
  EXPECT_EQ(part(week, "kept"), "done");
  EXPECT_EQ(part(week, "dropped"), "");
  std::map<std::string, ReviewOutcome> outcomes;
  for (auto const& item : week.review) outcomes[item.commitment] = item.outcome;
  EXPECT_EQ(outcomes, (std::map<std::string, ReviewOutcome>{{"open", ReviewOutcome::not_done},
                                                            {"missed", ReviewOutcome::not_done},
                                                            {"ahead", ReviewOutcome::not_done_yet},
                                                            {"far", ReviewOutcome::not_done_yet},
                                                            {"kept", ReviewOutcome::done},
                                                            {"kept-late", ReviewOutcome::done_late},
                                                            {"dropped", ReviewOutcome::withdrawn}}));
  auto const earlier = made(records, {}, {2025, 6, 12});
  EXPECT_EQ(part(earlier, "kept"), "coming") << "replayed: not done yet on that day";
  EXPECT_EQ(part(earlier, "today"), "") << "not promised yet on that day";
}

TEST(Agenda, TheNextExchangeAndThePrioritiesOfTheMonth)
{
  auto records = office();
  Exchange exchange;
  exchange.id = "exchange";
  exchange.owner = {AgencyId("a"), "coordinator"};
  exchange.with = {AgencyId("b")};
  exchange.purposes = {Purpose("protection")};
  exchange.every = {14, TermUnit::days};
  exchange.agreed = {2025, 6, 4};
  records.exchanges = {exchange};
  EXPECT_EQ(part(made(records, {}, {2025, 6, 18}), "exchange"), "due_today");
  EXPECT_EQ(part(made(records, {}, {2025, 6, 19}), "exchange"), "overdue");
  records.exchanges[0].held = {{2025, 6, 18}};
  auto const after = made(records, {}, {2025, 6, 25});
  EXPECT_EQ(find(after, "exchange")->due, parse_moment("2025-07-02"));
  EXPECT_EQ(part(after, "exchange"), "coming");
  EXPECT_EQ(part(made(records, {}, {2025, 6, 24}), "exchange"), "done");
  records.priorities = {{"june", Text("June"), {}, 2025, 6, {}, {}}, {"july", Text("July"), {}, 2025, 7, {}, {}}};
  records.priorities[1].done = Date{2025, 7, 9};
  auto const july = made(records, {}, {2025, 7, 8});
  ASSERT_EQ(july.priorities.size(), 1U);
  EXPECT_EQ(july.priorities[0].id, "july");
  EXPECT_FALSE(july.priorities[0].done) << "not reached yet on that day";
}

TEST(Agenda, RecordsThatCannotBeUsedAreLocated)
{
  auto records = office();
  records.clocks = {runs("NO-1", "c", "2025-06-10")};
  records.clocks[0].owner.agency = AgencyId("nobody");
  records.clocks[0].record.pauses = {Period{}};
  records.clocks[0].record.done = {*parse_moment("2025-06-12"), *parse_moment("2025-06-11")};
  records.commitments = {promise("p", Date{2025, 6, 11}, Date{2025, 6, 1}), promise("p", Date{2025, 6, 11})};
  records.commitments[1].done = Date{2025, 6, 12};
  records.commitments[1].withdrawn = Date{2025, 6, 12};
  records.exchanges.emplace_back();
  records.exchanges[0].every = {3, TermUnit::hours};
  auto const refused = agenda(records, {}, no_holidays, {Date{2025, 6, 18}, 400, false});
  ASSERT_FALSE(refused);
  std::set<std::string> places;
  for (auto const& found : refused.diagnostics()) places.insert(found.place.pointer);
  EXPECT_EQ(places, (std::set<std::string>{"", "/clocks/0/agency", "/clocks/0/clock", "/clocks/0/done",
                                           "/clocks/0/pauses/0", "/commitments/0/due", "/commitments/1/id",
                                           "/commitments/1/reason", "/commitments/1/withdrawn", "/exchanges/0/agency",
                                           "/exchanges/0/every", "/exchanges/0/purposes"}));
}

/// The part of a promise, said in another way: by walking from the day on.
std::string walked(Commitment const& item, Date on)
{
  if (on < item.promised || (item.withdrawn && *item.withdrawn <= on)) return "";
  if (item.done && *item.done <= on) {
    for (int back = 0; back < 7; ++back)
      if (add_days(on, -back) == item.done) return "done";
    return "";
  }
  if (!item.due) return "promised";
  if (*item.due < on) return "overdue";
  for (int ahead = 0; ahead <= 7; ++ahead)
    if (add_days(on, ahead) == item.due) return ahead == 0 ? "due_today" : "coming";
  return "promised";
}

TEST(Agenda, IsWhatAWalkFromDayToDayFindsAndDoesNotDependOnTheOrderOfRecords)
{
  std::mt19937 random(7);
  auto const day = [&](int low, int high) {
    return *add_days(Date{2025, 6, 1}, std::uniform_int_distribution<int>(low, high)(random));
  };
  for (int round = 0; round < 500; ++round) {
    auto records = office();
    for (int i = 0; i < 12; ++i) {
      auto item = promise(("p" + std::to_string(i)).c_str(), day(0, 20));
      auto const later = [&](int most) {
        return *add_days(item.promised, std::uniform_int_distribution<int>(0, most)(random));
      };
      if (random() % 3 != 0) item.due = later(25);
      if (random() % 2 == 0) {
        item.done = later(25);
      } else if (random() % 4 == 0) {
        item.withdrawn = later(25);
        item.reason = "r";
      }
      item.owner = {AgencyId(random() % 2 == 0 ? "a" : "b"), random() % 2 == 0 ? "x" : "y"};
      records.commitments.push_back(std::move(item));
    }
    auto const on = day(0, 45);
    auto const first = made(records, {}, on);
    for (auto const& item : records.commitments) EXPECT_EQ(part(first, item.id), walked(item, on)) << item.id;
    std::size_t lines = 0;
    for (auto const& count : first.counts)
      for (auto const number : count.lines) lines += number;
    EXPECT_EQ(lines, first.items.size());
    std::shuffle(records.commitments.begin(), records.commitments.end(), random);
    EXPECT_EQ(made(records, {}, on), first);
  }
}

}  // namespace
}  // namespace tutela
