// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>

#include <nlohmann/json.hpp>

#include <tutela/io/child_protection.hpp>
#include <tutela/io/clocks.hpp>
#include <tutela/io/monitoring.hpp>
#include <tutela/io/probation.hpp>

namespace tutela {
namespace {

std::string const data = TUTELA_SOURCE_DIR "/examples/data/";

std::set<std::string> places_of(std::vector<Diagnostic> const& found)
{
  std::set<std::string> places;
  for (auto const& each : found) {
    EXPECT_EQ(each.place.file, "x.json") << to_string(each);
    places.insert(each.place.pointer);
  }
  return places;
}

template <class Law>
void check_texts(Law const& law, std::string const& jurisdiction)
{
  for (auto const& each : law) {
    EXPECT_EQ(each.text.id.substr(0, 3), jurisdiction + "-");
    EXPECT_FALSE(each.text.citation.source.empty()) << each.text.id;
    EXPECT_FALSE(each.text.name.exactly(Language::en).empty()) << each.text.id;
    EXPECT_FALSE(each.text.name.exactly(jurisdiction == "UA" ? Language::uk : Language::ro).empty()) << each.text.id;
    EXPECT_FALSE(each.text.citation.grade > Grade::b && each.text.may_be_default()) << each.text.id;
  }
}

TEST(CaseworkLaw, TextsThatShipCarryTheirSource)
{
  for (auto const& [folder, jurisdiction] : {std::pair{"md", "MD"}, {"ro", "RO"}, {"ua", "UA"}}) {
    auto const probation = load_probation_law(folder).value();
    EXPECT_EQ(probation.jurisdiction, jurisdiction);
    check_texts(probation.work, jurisdiction);
    check_texts(probation.measures, jurisdiction);
    check_texts(probation.programmes, jurisdiction);
    check_texts(probation.mandatory, jurisdiction);
    auto const protection = load_protection_law(folder).value();
    EXPECT_EQ(protection.jurisdiction, jurisdiction);
    check_texts(protection.preference, jurisdiction);
    check_texts(protection.hearings, jurisdiction);
    check_texts(protection.leaving, jurisdiction);
  }
}

TEST(CaseworkLaw, TwoTextsInForceForTheSameAreRefused)
{
  auto const norm = [](char const* id, char const* ages) {
    return std::string(R"({"id": ")") + id + R"(", "name": "n", "matter": "criminal", "ages": )" + ages +
           R"(, "day": {"most": 4}, "status": "in_force_as_seen", "citation": {"act": "A", "source": "s", "grade": "A"}})";
  };
  auto const law = [&](std::string const& other) {
    return parse_probation_law(R"({"format": "tutela-probation-law/1", "jurisdiction": "XX", "community_work": [)" +
                                   norm("a", R"({"from": 14, "until": 18})") + "," + other + "]}",
                               "x.json");
  };
  EXPECT_TRUE(law(norm("b", R"({"from": 18})")));
  auto const overlapping = law(norm("b", R"({"from": 17})"));
  ASSERT_FALSE(overlapping);
  EXPECT_EQ(overlapping.diagnostics().front().code, Code::overlapping_law);
  EXPECT_EQ(places_of(law(norm("a", R"({"from": 19, "until": 18})")).diagnostics()),
            (std::set<std::string>{"/community_work/1/ages/until", "/community_work/1/id"}));
}

TEST(ProbationFiles, AreReadWrittenAndReadAgain)
{
  auto const records = load_probation_records(data + "demo/supervision.json").value();
  EXPECT_TRUE(records.synthetic);
  EXPECT_GE(records.supervisions.size(), 2U);
  EXPECT_EQ(parse_probation_records(write_probation_records(records)).value(), records);
  EXPECT_EQ(parse_probation_records(write_probation_records(records, 2)).value(), records);
}

TEST(ProbationFiles, AReviewNamesEveryTextItRestsOn)
{
  //! [a supervision is reviewed on a day]
  auto const records = load_probation_records(data + "demo/supervision.json").value();
  auto const law = load_probation_law("md").value();
  auto const clocks = load_clocks("md").value().clocks;
  std::vector<SupervisionReview> reviews;
  for (auto const& each : records.supervisions)
    reviews.push_back(review_supervision(each, law, clocks, WorkCalendar(), {Date{2026, 3, 31}, false}));
  auto const text = write_supervision_reviews(reviews, law, clocks, 2);
  //! [a supervision is reviewed on a day]
  auto const json = nlohmann::json::parse(text);
  std::set<std::string> texts;
  for (auto const& each : json.at("texts")) texts.insert(each.at("id"));
  EXPECT_EQ(texts, (std::set<std::string>{"MD-046", "MD-058", "MD-060", "MD-062"}));
  auto const& account = json.at("reviews").at(0).at("community_work").at(0);
  EXPECT_EQ(account.at("counted"), 660);
  EXPECT_EQ(account.at("over"), 60);
  EXPECT_EQ(account.at("undecided"), 0);
  EXPECT_EQ(account.at("remaining").at("most"), 3600 - 660);
  EXPECT_EQ(json.at("reviews").at(1).at("regime").at("state"), "adult");
  EXPECT_EQ(json.at("reviews").at(1).at("programmes").at(0).at("state"), "rule_not_available");
}

TEST(ProbationFiles, EverythingWrongIsSaidWithItsPlace)
{
  auto const read = parse_probation_records(R"({"format": "tutela-probation/1", "jurisdiction": "MD", "supervisions": [
    {"id": "s", "kind": "parole", "opened": "2026-02-01", "closed": "2026-01-01", "born": "2027-01-01",
     "obligations": [{"id": "o", "kind": "registration", "valid_from": "2026-01-01", "valid_until": "2026-01-01",
                      "within": "3 days", "every": "1 month", "done": ["2026-02-01", "2026-01-01", "soon"]}],
     "measures": [{"id": "m", "kind": "test_period", "began": "2026-01-01", "lifted": "2025-01-01", "length": "3 working days"}],
     "community_work": [{"id": "w", "matter": "criminal", "ordered": "2026-01-05", "began": "2026-01-01", "hours": 0,
                         "worked": [{"day": "2026-01-01", "minutes": 1441}]}],
     "programmes": [{"id": "p", "programme": "x", "enrolled": "2026-01-05", "ended": "2026-01-06",
                     "sessions": [{"day": "12026-01-01", "kind": "group"}, {"day": "2026-01-01", "kind": "group"}]}]},
    {"id": "s", "kind": "community", "opened": "2026-02-01", "name": "?"}]})",
                                            "x.json");
  ASSERT_FALSE(read);
  auto const places = places_of(read.diagnostics());
  for (std::string const place :
       {"/kind", "/closed", "/born", "/obligations/0/valid_until", "/obligations/0/every", "/obligations/0/done",
        "/measures/0/lifted", "/measures/0/length", "/community_work/0/began", "/community_work/0/hours",
        "/community_work/0/worked/0/day", "/community_work/0/worked/0/minutes", "/programmes/0",
        "/programmes/0/sessions/1/day"})
    EXPECT_EQ(places.count("/supervisions/0" + place), 1U) << place << "\n" << to_string(read.diagnostics());
  EXPECT_EQ(places.count("/supervisions/1/name"), 1U);
  EXPECT_EQ(places.count("/supervisions/1/id"), 1U);
}

TEST(MonitoringFiles, AreReadWrittenAndReadAgain)
{
  auto const records = load_monitoring_records(data + "demo/monitoring.json").value();
  EXPECT_TRUE(records.synthetic);
  EXPECT_EQ(records.orders.at(0).conditions.size(), 4U);
  EXPECT_EQ(parse_monitoring_records(write_monitoring_records(records)).value(), records);
  auto const places = load_protected_places(data + "demo/protected_places.json").value();
  EXPECT_EQ(places.places.size(), 1U);
  EXPECT_EQ(write_monitoring_records(records).find(std::to_string(places.places[0].point.latitude).substr(0, 5)),
            std::string::npos);
}

TEST(MonitoringFiles, EverythingWrongIsSaidWithItsPlace)
{
  auto const read = parse_monitoring_records(R"({"format": "tutela-monitoring/1", "orders": [{"id": "o", "conditions": [
      {"id": "a", "kind": "zone", "severity": "alarm"},
      {"id": "a", "kind": "no_approach", "distance": 300, "zone": {"circle": {"latitude": 91, "longitude": 0, "radius": 50}},
       "severity": "loud"},
      {"id": "c", "kind": "curfew", "severity": "notice", "zone": {"circle": {"latitude": 47, "longitude": 28, "radius": 50}},
       "hours": [{"from": "24:00", "until": "6:00", "weekdays": ["monday"]}]},
      {"id": "d", "kind": "zone", "severity": "notice", "zone": {"polygon": [{"latitude": 47, "longitude": 28}]}},
      {"id": "e", "kind": "zone", "severity": "notice", "zone": {"circle": {"latitude": 47, "longitude": 28, "radius": 50}, "polygon": []}}],
      "offsets": [{"from": "2026-03-29T01:00Z", "minutes": 180}, {"from": "2026-03-29T01:00Z", "minutes": 900}, {"from": "now", "minutes": 0}],
      "retention": "0 days"}],
    "equipment": [{"id": "e", "steps": [{"state": "applied", "on": "2026-01-01", "order": "o"}]}]})",
                                             "x.json");
  ASSERT_FALSE(read);
  auto const places = places_of(read.diagnostics());
  for (std::string const place :
       {"/orders/0/conditions/0", "/orders/0/conditions/1/id", "/orders/0/conditions/1/zone",
        "/orders/0/conditions/1/zone/circle/latitude", "/orders/0/conditions/1/severity", "/orders/0/conditions/1",
        "/orders/0/conditions/2/hours/0/from", "/orders/0/conditions/2/hours/0/until",
        "/orders/0/conditions/2/hours/0/weekdays", "/orders/0/conditions/3/zone/polygon", "/orders/0/conditions/4/zone",
        "/orders/0/offsets/1/from", "/orders/0/offsets/1/minutes", "/orders/0/offsets/2/from", "/orders/0/retention",
        "/equipment/0/steps/0/state"})
    EXPECT_EQ(places.count(place), 1U) << place << "\n" << to_string(read.diagnostics());
}

TEST(ProtectionFiles, AreReadWrittenAndReadAgain)
{
  auto const records = load_protection_records(data + "demo/child_protection.json").value();
  EXPECT_TRUE(records.synthetic);
  EXPECT_EQ(parse_protection_records(write_protection_records(records)).value(), records);
  auto const law = load_protection_law("ro").value();
  auto const clocks = load_clocks("ro").value().clocks;
  auto const reviews = review_child_protection(records, law, clocks, WorkCalendar(), {Date{2026, 3, 31}, false});
  auto const json = nlohmann::json::parse(write_child_reviews(reviews, law, clocks));
  std::set<std::string> texts;
  for (auto const& each : json.at("texts")) texts.insert(each.at("id"));
  EXPECT_EQ(texts, (std::set<std::string>{"RO-002", "RO-003", "RO-004", "RO-005", "RO-007"}));
}

TEST(ProtectionFiles, EverythingWrongIsSaidWithItsPlace)
{
  auto const read =
      parse_protection_records(R"({"format": "tutela-child-protection/1", "jurisdiction": "MD", "children": [
    {"case": "c", "removals": [{"id": "r", "steps": [{"state": "court_decided", "at": "2026-01-01"}, {"state": "gone", "at": "x"}]}],
     "placements": [{"id": "p", "option": "x", "valid_from": "2026-01-02", "valid_until": "2026-01-01",
                     "considered": [{"option": "y", "possible": false}], "review_every": "2 hours",
                     "prolongations": [{"granted": "2026-01-01"}]}],
     "leaving": {"born": "2026-01-01", "left": "2025-01-01", "facts": {"studying": "yes"}}},
    {"case": "c"}]})",
                               "x.json");
  ASSERT_FALSE(read);
  auto const places = places_of(read.diagnostics());
  for (std::string const place : {"/children/0/removals/0/steps/0/state", "/children/0/removals/0/steps/0/outcome",
                                  "/children/0/removals/0/steps/1/state", "/children/0/removals/0/steps/1/at",
                                  "/children/0/placements/0/valid_until", "/children/0/placements/0/considered/0",
                                  "/children/0/placements/0/review_every", "/children/0/placements/0/prolongations/0",
                                  "/children/0/leaving/left", "/children/0/leaving/facts/studying", "/children/1/case"})
    EXPECT_EQ(places.count(place), 1U) << place << "\n" << to_string(read.diagnostics());
}

}  // namespace
}  // namespace tutela
