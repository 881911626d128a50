// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <tutela/casework/document.hpp>

namespace tutela {
namespace {

Document paper(char const* kind, std::optional<Date> issued, std::optional<Date> until, bool without_end = false)
{
  return {kind, "", "family_doctor", issued, until, without_end, {std::string("fact.") + kind}};
}

std::string state(std::vector<Document> const& documents, Date on)
{
  std::vector<std::string> const needed{"certificate"};
  return std::string(to_string(review_papers(documents, needed, {}, on).papers.at(0).state));
}

TEST(Document, AMedicalCertificateRunsOut)
{
  auto const certificate = std::vector{paper("certificate", Date{2026, 3, 1}, Date{2026, 5, 30})};
  EXPECT_EQ(state({}, {2026, 3, 1}), "missing");
  EXPECT_EQ(state(certificate, {2026, 2, 28}), "missing") << "not issued yet";
  EXPECT_EQ(state(certificate, {2026, 3, 1}), "valid");
  EXPECT_EQ(state(certificate, {2026, 4, 29}), "valid");
  EXPECT_EQ(state(certificate, {2026, 4, 30}), "expiring");
  EXPECT_EQ(state(certificate, {2026, 5, 30}), "expiring") << "the last day counts";
  EXPECT_EQ(state(certificate, {2026, 5, 31}), "expired");
}

TEST(Document, WhatIsNotRecordedIsNotGuessed)
{
  EXPECT_EQ(state({paper("certificate", Date{2026, 3, 1}, {})}, {2026, 3, 2}), "validity_unknown");
  EXPECT_EQ(state({paper("certificate", {}, Date{2026, 5, 30})}, {2026, 3, 2}), "validity_unknown");
  EXPECT_EQ(state({paper("certificate", {}, Date{2026, 5, 30})}, {2026, 6, 2}), "expired");
  EXPECT_EQ(state({paper("certificate", Date{2026, 3, 1}, {}, true)}, {2090, 3, 2}), "valid");
}

TEST(Document, TheBestOfSeveralCountsInAnyOrder)
{
  std::vector documents{paper("certificate", Date{2025, 1, 1}, Date{2025, 2, 1}), paper("certificate", {}, {}),
                        paper("certificate", Date{2026, 1, 1}, Date{2026, 3, 10}),
                        paper("certificate", Date{2026, 2, 1}, Date{2026, 9, 1})};
  std::vector<std::string> const needed{"certificate", "opinion"};
  std::sort(documents.begin(), documents.end(), [](auto const& a, auto const& b) { return a.issued < b.issued; });
  do {
    auto const review = review_papers(documents, needed, {}, {2026, 3, 2});
    EXPECT_EQ(review.papers[0], (PaperStatus{"certificate", PaperState::valid, Date{2026, 9, 1}}));
    EXPECT_EQ(review.papers[1], (PaperStatus{"opinion", PaperState::missing, {}}));
  } while (std::next_permutation(documents.begin(), documents.end(),
                                 [](auto const& a, auto const& b) { return a.issued < b.issued; }));
}

TEST(Document, FactsWithoutAPaperStandApartFromMissingPapers)
{
  std::vector const documents{paper("certificate", Date{2026, 3, 1}, Date{2026, 3, 30}),
                              paper("birth", Date{2020, 1, 1}, {}, true)};
  std::vector<std::string> const needed{"certificate"};
  std::vector<std::string> const facts{"fact.birth", "fact.certificate", "household.income"};
  EXPECT_EQ(review_papers(documents, needed, facts, {2026, 3, 30}).unproved,
            std::vector<std::string>{"household.income"});
  auto const later = review_papers(documents, needed, facts, {2026, 3, 31});
  EXPECT_EQ(later.unproved, (std::vector<std::string>{"fact.certificate", "household.income"}));
  EXPECT_EQ(later.papers[0].state, PaperState::expired);
}

}  // namespace
}  // namespace tutela
