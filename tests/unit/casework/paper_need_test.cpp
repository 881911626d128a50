// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>

#include <nlohmann/json.hpp>

#include <tutela/io/documents.hpp>

namespace tutela {
namespace {

NeededPapers papers(std::vector<Document> const& documents, char const* decision, Date on, char const* country = "md")
{
  return needed_papers(documents, load_paper_law(country).value().needs,
                       {decision, {"child.disability"}, on, 30, false});
}

std::string state(NeededPapers const& found, std::string_view kind)
{
  for (auto const& each : found.review.papers)
    if (each.kind == kind) return std::string(to_string(each.state));
  return "not asked for";
}

TEST(NeededPapers, TheLawSaysWhichAndForHowLong)
{
  Document certificate{"medical_certificate", "", "family_doctor", Date{2026, 2, 1}, {}, false, {}};
  Document disability{"disability_certificate", "", "board", Date{2025, 1, 1}, {}, true, {"child.disability"}};
  auto const found = papers({certificate, disability}, "disability_day_section", {2026, 3, 3});
  EXPECT_EQ(state(found, "medical_certificate"), "expiring") << "it counts for 30 days";
  EXPECT_EQ(state(found, "disability_certificate"), "valid");
  EXPECT_EQ(state(found, "written_consent"), "missing");
  EXPECT_TRUE(found.complete);
  EXPECT_FALSE(found.rule_not_available);
  EXPECT_EQ(found.texts, std::vector<std::string>{"MD-026"});
  EXPECT_TRUE(found.review.unproved.empty());
  EXPECT_EQ(state(papers({certificate}, "disability_day_section", {2026, 3, 4}), "medical_certificate"), "expired");
  certificate.valid_until = Date{2026, 2, 10};
  EXPECT_EQ(state(papers({certificate}, "disability_day_section", {2026, 2, 11}), "medical_certificate"), "expired")
      << "an earlier recorded end stays";
  EXPECT_EQ(papers({certificate}, "disability_day_section", {2026, 2, 11}).review.unproved.size(), 1U);
}

TEST(NeededPapers, APartialListIsSaidAndNoListIsNoYes)
{
  EXPECT_FALSE(papers({}, "cash_help_next_step", {2026, 3, 3}).complete);
  auto const none = papers({}, "maternal_section", {2026, 3, 3});
  EXPECT_TRUE(none.rule_not_available);
  EXPECT_FALSE(none.complete);
  EXPECT_TRUE(none.review.papers.empty());
  EXPECT_TRUE(papers({}, "crisis_placement_section", {2026, 3, 3}, "ua").rule_not_available);
}

TEST(DocumentFiles, AreReadWrittenAndReadAgain)
{
  auto const cases = load_documents(TUTELA_SOURCE_DIR "/examples/data/demo/documents.json").value();
  EXPECT_EQ(parse_documents(write_documents(cases)).value(), cases);
  EXPECT_EQ(parse_documents(write_documents(cases, 2)).value(), cases);
  auto const law = load_paper_law("md").value();
  auto const found =
      needed_papers(cases.at(0).documents, law.needs, {"crisis_placement_section", {}, {2026, 3, 2}, 30, false});
  auto const json = nlohmann::json::parse(write_needed_papers(found, law));
  EXPECT_EQ(json.at("papers").at(0).at("state"), "valid");
  EXPECT_EQ(json.at("papers").at(2).at("state"), "missing");
  EXPECT_EQ(json.at("texts").at(0).at("citation").at("grade"), "B");
}

TEST(DocumentFiles, EverythingWrongIsSaidWithItsPlace)
{
  auto const read = parse_documents(R"({"format": "tutela-documents/1", "cases": [{"case": "c", "documents": [
    {"kind": "a", "issued": "2026-03-02", "valid_until": "2026-03-01"},
    {"kind": "b", "valid_until": "2026-03-01", "without_end": true, "holder": "?"}]}, {"case": "c", "documents": []}]})",
                                    "x.json");
  ASSERT_FALSE(read);
  std::set<std::string> places;
  for (auto const& each : read.diagnostics()) places.insert(each.place.pointer);
  EXPECT_EQ(places, (std::set<std::string>{"/cases/0/documents/0/valid_until", "/cases/0/documents/1/without_end",
                                           "/cases/0/documents/1/holder", "/cases/1/case"}));
  auto const law = parse_paper_law(R"({"format": "tutela-paper-law/1", "jurisdiction": "XX", "needs": [{"id": "a",
    "name": "a", "decision": "d", "kinds": ["x"], "complete": true, "count_for": {"y": "30 days", "x": "2 hours"},
    "status": "draft", "citation": {"act": "A", "source": "s", "grade": "A"}}]})");
  ASSERT_FALSE(law);
  places.clear();
  for (auto const& each : law.diagnostics()) places.insert(each.place.pointer);
  EXPECT_EQ(places, (std::set<std::string>{"/needs/0/count_for/x", "/needs/0/count_for/y"}));
}

}  // namespace
}  // namespace tutela
