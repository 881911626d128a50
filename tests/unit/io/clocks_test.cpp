// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>

#include <tutela/io/clocks.hpp>

namespace tutela {
namespace {

ClockSet shipped(char const* folder) { return load_clocks(folder).value(); }

Clock const& find(ClockSet const& set, std::string_view id)
{
  for (auto const& clock : set.clocks)
    if (clock.id == id) return clock;
  throw std::runtime_error("no such clock");
}

TEST(Clocks, ThoseThatShipCarryTheirSource)
{
  std::size_t by_default = 0;
  for (auto const& [folder, jurisdiction] : {std::pair{"md", "MD"}, {"ro", "RO"}, {"ua", "UA"}}) {
    auto const set = shipped(folder);
    EXPECT_EQ(set.jurisdiction, jurisdiction);
    EXPECT_FALSE(set.clocks.empty());
    for (auto const& clock : set.clocks) {
      EXPECT_FALSE(clock.citation.act.empty()) << clock.id;
      EXPECT_FALSE(clock.citation.source.empty()) << clock.id;
      EXPECT_FALSE(clock.name.exactly(Language::en).empty()) << clock.id;
      EXPECT_FALSE(clock.name.exactly(jurisdiction == std::string_view("UA") ? Language::uk : Language::ro).empty())
          << clock.id;
      EXPECT_EQ(clock.jurisdiction, jurisdiction);
      if (clock.may_be_default()) ++by_default;
      EXPECT_FALSE(clock.citation.grade > Grade::b && clock.may_be_default()) << clock.id;
    }
  }
  EXPECT_EQ(by_default, 18U);
}

TEST(Clocks, TheSameDutyHasAnotherTermInAnotherCountry)
{
  EXPECT_EQ(std::get<DueWithin>(find(shipped("md"), "MD-007").due).term, (Term{3, TermUnit::working_days}));
  EXPECT_EQ(std::get<DueWithin>(find(shipped("ua"), "UA-003").due).term, (Term{7, TermUnit::days}));
  EXPECT_EQ(find(shipped("md"), "MD-007").on_miss, OnMiss::child_is_returned);
  auto const patron = std::get<DueWithin>(find(shipped("ua"), "UA-011").due);
  EXPECT_EQ(patron.longest, (Term{6, TermUnit::months}));
  EXPECT_EQ(std::get<DueYearly>(find(shipped("ro"), "RO-012").due), (DueYearly{10, 1, 12, 31}));
  EXPECT_FALSE(find(shipped("md"), "MD-021").may_be_default()) << "its source contradicts itself";
}

TEST(Clocks, AreReadOnADay)
{
  //! [a clock of Moldova is read on a day]
  auto const clocks = load_clocks("md").value();
  ClockRecord record;
  record.event = parse_moment("2026-03-05T16:20");  // the decision to remove the child
  auto const& court_action = clocks.clocks[1];      // MD-007, within 3 working days
  auto const reading = read(court_action, record, WorkCalendar(), Date{2026, 3, 9});
  // running; the last day is 2026-03-10, one day is left; holidays are not known
  //! [a clock of Moldova is read on a day]
  EXPECT_EQ(court_action.id, "MD-007");
  EXPECT_EQ(reading.state, ClockState::running);
  EXPECT_EQ(reading.last, parse_moment("2026-03-10"));
  EXPECT_EQ(reading.days_left, 1);
  EXPECT_TRUE(reading.holidays_unknown);
}

TEST(Clocks, EverythingWrongIsSaidWithItsPlace)
{
  auto const read = parse_clocks(R"({"format": "tutela-clocks/1", "jurisdiction": "XX", "clocks": [
    {"id": "a", "name": "a", "event": "e", "actor": "x", "within": "3 weeks", "on_miss": "late", "status": "draft",
     "citation": {"act": "Act", "source": "s", "grade": "A"}},
    {"id": "a", "name": "a", "actor": "x", "within": "3 days", "yearly": {"due": "02-30"}, "on_miss": "breach", "status": "draft",
     "citation": {"act": "Act", "source": "s", "grade": "A"}},
    {"id": "b", "name": "b", "event": "e", "actor": "x", "every": "0 days", "on_miss": "breach", "status": "draft", "colour": 1,
     "citation": {"act": "Act", "source": "s", "grade": "A"}},
    {"id": "c", "name": "c", "actor": "x", "yearly": {"opens": "05-01", "due": "04-01"}, "on_miss": "breach", "status": "draft",
     "citation": {"act": "Act", "source": "s", "grade": "A"}}]})",
                                 "x.json");
  ASSERT_FALSE(read);
  std::set<std::string> places;
  for (auto const& each : read.diagnostics()) {
    EXPECT_EQ(each.place.file, "x.json");
    places.insert(each.place.pointer);
  }
  for (char const* const place : {"/clocks/0/within", "/clocks/0/on_miss", "/clocks/1/yearly/due", "/clocks/1/id",
                                  "/clocks/2/every", "/clocks/2/colour", "/clocks/3/yearly/due"})
    EXPECT_EQ(places.count(place), 1U) << place << "\n" << to_string(read.diagnostics());
}

TEST(WorkCalendars, AreReadWithTheirSource)
{
  auto const calendar =
      parse_work_calendar(R"({"format": "tutela-work-calendar/1", "jurisdiction": "XX", "first": "2026-01-01",
    "last": "2026-12-31", "citations": [{"act": "Labour Act", "source": "made up for this test", "grade": "unverified"}],
    "exceptions": [{"day": "2026-03-09", "name": "a holiday"}, {"day": "2026-03-14", "working": true, "name": "worked instead"}]})")
          .value();
  EXPECT_FALSE(calendar.is_working({2026, 3, 9}));
  EXPECT_TRUE(calendar.is_working({2026, 3, 14}));
  auto const wrong =
      parse_work_calendar(R"({"format": "tutela-work-calendar/1", "jurisdiction": "XX", "first": "2026-01-01",
    "last": "2026-12-31", "citations": [], "exceptions": [{"day": "2027-03-09", "name": "a holiday"}]})",
                          "y.json");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.diagnostics().front().place.file, "y.json");
  EXPECT_EQ(wrong.diagnostics().front().place.pointer, "/exceptions/0");
}

}  // namespace
}  // namespace tutela
