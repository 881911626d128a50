// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <tutela/io/agenda.hpp>
#include <tutela/io/clocks.hpp>

namespace tutela {
namespace {

AgendaRecords demo(std::string const& city)
{
  return load_agenda_records(std::string(TUTELA_SOURCE_DIR) + "/examples/data/" + city + "/agenda.json").value();
}

Agenda made(AgendaRecords const& records, Date on, bool unverified = false)
{
  auto const clocks = load_clocks(records.jurisdiction == "UA" ? "ua" : "md").value();
  return agenda(records, clocks.clocks, WorkCalendar(), {on, 7, unverified}).value();
}

std::string part(Agenda const& agenda, std::string_view reference)
{
  for (auto const& item : agenda.items)
    if (item.reference == reference) return std::string(to_string(item.part));
  return {};
}

TEST(AgendaFiles, StoryOfPokrovskAPromiseIsOverdueAndTheNextExchangeIsKnown)
{
  //! [the agenda of a coordination meeting]
  auto const records = load_agenda_records(TUTELA_SOURCE_DIR "/examples/data/pokrovsk/agenda.json").value();
  auto const clocks = load_clocks("ua").value();
  auto const week = agenda(records, clocks.clocks, WorkCalendar(), {Date{2025, 6, 18}, 7, false}).value();
  //! [the agenda of a coordination meeting]
  EXPECT_EQ(week.regime, Regime::martial_law);
  EXPECT_EQ(part(week, "synthetic-joint-plan"), "overdue");
  EXPECT_EQ(part(week, "synthetic-exchange"), "coming");
  EXPECT_EQ(part(week, "joint-initiatives"), "promised");
  EXPECT_EQ(part(week, "UA-003"), "coming");
  EXPECT_EQ(part(week, "UA-019"), "cannot_be_said");
  EXPECT_EQ(part(week, "synthetic-school"), "done");
  ASSERT_EQ(week.left_out.size(), 1U) << "the text of UA-009 is to be rechecked";
  EXPECT_EQ(week.left_out[0].clock, "UA-009");
  EXPECT_EQ(part(made(records, {2025, 6, 18}, true), "UA-009"), "coming");
  for (auto const& item : week.items) EXPECT_EQ(item.kind == AgendaKind::clock, item.citation.has_value());
}

TEST(AgendaFiles, StoryOfChisinauLastWeekAndThePrioritiesOfJuly)
{
  auto const week = made(demo("chisinau"), {2023, 7, 7});
  std::map<std::string, std::string> outcomes;
  for (auto const& item : week.review) outcomes[item.commitment] = to_string(item.outcome);
  EXPECT_EQ(outcomes, (std::map<std::string, std::string>{{"synthetic-records", "done"},
                                                          {"synthetic-report", "not_done"},
                                                          {"synthetic-partners", "not_done"},
                                                          {"synthetic-training", "not_done_yet"},
                                                          {"synthetic-visit", "withdrawn"}}));
  ASSERT_EQ(week.priorities.size(), 2U);
  EXPECT_EQ(week.priorities[0].source.text(), "coordination-meeting-2023");
  EXPECT_EQ(part(week, "MD-007"), "due_today");
  EXPECT_EQ(part(week, "MD-006"), "done");
}

TEST(AgendaFiles, AreReadBackAsTheyWereWritten)
{
  for (auto const* city : {"pokrovsk", "chisinau"}) {
    auto records = demo(city);
    records.clocks[0].record.pauses = {{Date{2025, 6, 1}, Date{2025, 6, 3}}};
    records.clocks[0].record.prolongations = {{Term{1, TermUnit::months}, *parse_moment("2025-06-02T08:00")}};
    auto const text = write_agenda_records(records, 2);
    EXPECT_EQ(parse_agenda_records(text).value(), records);
    EXPECT_EQ(write_agenda_records(parse_agenda_records(text).value(), 2), text);
  }
}

TEST(AgendaFiles, EverythingWrongIsLocated)
{
  auto const refused = parse_agenda_records(R"({
    "format": "tutela-agenda/1", "id": "x", "name": "x", "jurisdiction": "MD", "agencies": [{"id": "a", "name": "A"}],
    "clocks": [{"clock": "MD-007", "agency": "a", "event": "yesterday", "pauses": [{}], "child": "?"}],
    "commitments": [{"id": "c", "what": "w", "agency": "a", "promised": "0000-01-01"}],
    "exchanges": [{"id": "e", "what": "w", "agency": "a", "every": "often", "agreed": "2025-06-18", "held": ["x"]}],
    "priorities": [{"id": "p", "what": "w", "month": "2023-07-01"}],
    "sources": [{"id": "s", "title": "t", "grade": "E"}]})",
                                            "agenda.json");
  ASSERT_FALSE(refused);
  std::set<std::string> places;
  for (auto const& found : refused.diagnostics()) {
    EXPECT_EQ(found.place.file, "agenda.json");
    EXPECT_EQ(found.what.find("yesterday"), std::string::npos) << "values are not repeated";
    places.insert(found.place.pointer);
  }
  EXPECT_EQ(places, (std::set<std::string>{"/clocks/0/event", "/clocks/0/child", "/clocks/0/pauses/0",
                                           "/commitments/0/promised", "/exchanges/0/every", "/exchanges/0/held",
                                           "/priorities/0/month", "/sources/0/grade"}));
}

TEST(AgendaFiles, TheTextSpeaksFourLanguages)
{
  auto const week = made(demo("pokrovsk"), {2025, 6, 18}, true);
  std::set<std::string> pages;
  for (auto const language : all_languages) {
    auto const text = agenda_text(week, language);
    EXPECT_NE(text.find("UA-003"), std::string::npos);
    EXPECT_NE(text.find("2025-06-25"), std::string::npos) << "the next exchange";
    pages.insert(text);
  }
  EXPECT_EQ(pages.size(), 4U);
  auto const json = nlohmann::json::parse(write_agenda(week));
  EXPECT_EQ(json["items"].size(), week.items.size());
  EXPECT_EQ(json["on"], "2025-06-18");
}

}  // namespace
}  // namespace tutela
