// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <tutela/casework/decision.hpp>

namespace tutela {
namespace {

Decision complete()
{
  //! [a decision says everything that it must]
  Decision decision;
  decision.id = "decision-1";
  decision.subject = CaseId("synthetic-a");
  decision.made_by = {AgencyId("dgpdc"), "head_of_directorate"};
  decision.made = Date{2026, 3, 2};
  decision.finding = FindingKind::verdict;
  decision.finding_reference = "day_service";
  decision.finding_on = Date{2026, 3, 2};
  decision.stance = Stance::departs;
  decision.reason = "the grandmother takes the child during the day";
  decision.best_interest = "the child knows her, lives nearby and keeps the same nursery friends";
  decision.child_opinion = ChildOpinion::not_possible;
  decision.child_opinion_note = "the child is eleven months old";
  decision.representative = "legal_representative";
  decision.contest_where = "the court of the sector";
  decision.contest_until = Date{2026, 4, 1};
  //! [a decision says everything that it must]
  return decision;
}

std::set<std::string> lacking(Decision const& decision)
{
  std::set<std::string> places;
  for (auto const& found : check_decision(decision, "/decisions/0")) places.insert(found.place.pointer.substr(13));
  return places;
}

using Places = std::set<std::string>;

TEST(Decision, ACompleteOneHasNoFindings) { EXPECT_EQ(check_decision(complete()), std::vector<Diagnostic>()); }

TEST(Decision, AnEmptyOneLacksEverythingAtOnce)
{
  EXPECT_EQ(lacking(Decision()), (Places{"agency", "role", "made", "finding_reference", "stance", "best_interest",
                                         "child_opinion", "representative", "contest_where", "contest_until"}));
}

TEST(Decision, EachThingIsAskedForByItself)
{
  auto const without = [](auto const& change) {
    auto decision = complete();
    change(decision);
    return lacking(decision);
  };
  EXPECT_EQ(without([](Decision& it) { it.reason = " \n"; }), Places{"reason"});
  EXPECT_EQ(without([](Decision& it) { it.reason = "", it.stance = Stance::follows; }), Places{});
  EXPECT_EQ(without([](Decision& it) { it.best_interest = "\t"; }), Places{"best_interest"});
  EXPECT_EQ(without([](Decision& it) { it.child_opinion_note = ""; }), Places{"child_opinion_note"});
  EXPECT_EQ(without([](Decision& it) { it.child_opinion_note = "", it.child_opinion = ChildOpinion::given; }),
            Places{"child_opinion_note"});
  EXPECT_EQ(without([](Decision& it) { it.child_opinion_note = "", it.child_opinion = ChildOpinion::declined; }),
            Places{})
      << "a child who does not want to say owes no reason";
  EXPECT_EQ(without([](Decision& it) { it.representative = "", it.no_representative_reason = "being appointed"; }),
            Places{});
  EXPECT_EQ(without([](Decision& it) { it.contest_until = Date{2026, 3, 1}; }), Places{"contest_until"});
  EXPECT_EQ(without([](Decision& it) { it.finding_on = Date{2026, 3, 3}; }), Places{"finding_on"});
  EXPECT_EQ(without([](Decision& it) {
              it.concerns_child = false, it.best_interest = "", it.child_opinion.reset(), it.child_opinion_note = "";
            }),
            Places{});
}

TEST(Decision, ABestInterestThatRepeatsTheReasonIsAWarning)
{
  auto decision = complete();
  decision.best_interest = "The grandmother takes  the child during the day";
  auto const found = check_decision(decision);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].severity, Severity::warning);
  EXPECT_EQ(found[0].what.find("grandmother"), std::string::npos) << "texts are never repeated";
}

TEST(Decision, WordsOfFiles)
{
  for (auto const* word : {"verdict", "route", "allocation", "score", "disclosure"})
    EXPECT_EQ(to_string(parse_finding_kind(word).value()), word);
  for (auto const* word : {"follows", "departs"}) EXPECT_EQ(to_string(parse_stance(word).value()), word);
  for (auto const* word : {"given", "declined", "not_possible"})
    EXPECT_EQ(to_string(parse_child_opinion(word).value()), word);
  EXPECT_FALSE(parse_finding_kind("order") || parse_stance("") || parse_child_opinion("maybe"));
}

}  // namespace
}  // namespace tutela
