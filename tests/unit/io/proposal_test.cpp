// SPDX-License-Identifier: Apache-2.0
/// \file
/// Proposals in words for parents: complete in every language, and silent about others and about protected places.
#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include <tutela/io/proposal.hpp>
#include "unit/referral/chance.hpp"
#include "unit/referral/small_network.hpp"

using namespace tutela;
using namespace tutela::test;

namespace {

/// Two homes on one line, `near` with one place, `far` with five.
NetworkContent homes()
{
  NetworkContent content = small_content();
  content.services.clear();
  content.capacities.clear();
  for (auto const& [id, free, east] : {std::tuple("near", 1, 28), std::tuple("far", 5, 29)}) {
    Location place;
    place.id = LocationId(std::string("at-") + id);
    place.name = Text("place");
    place.position = Position{Decimal(47), Decimal(east)};
    place.area_codes = {std::string("town-") + id, "county"};
    Service one = service(id, "house", "home");
    one.name = Text(std::string("House ") + id);
    one.form = ServiceForm::family_based;
    one.locations = {place.id};
    content.locations.push_back(place);
    content.services.push_back(one);
    content.capacities.push_back(free_places(id, free, today));
  }
  return content;
}

WaitingChild child(std::string id, int west)
{
  WaitingChild result;
  result.id = CaseId(std::move(id));
  result.needs = {ServiceKind("home")};
  result.home = Position{Decimal(47), Decimal(28 - west)};
  result.family_care = Truth::no;
  return result;
}

constexpr Language languages[] = {Language::en, Language::ro, Language::uk, Language::ru};

}  // namespace

TEST(ProposalWords, AnotherChildWasPlacedFirstBecause)
{
  AllocationRequest request;
  request.on = today;
  request.children = {child("a", 2), child("b", 1)};
  request.order = {Criterion::distance};
  auto content = homes();
  content.locations[1].position = Position{Decimal(40), Decimal(20)};
  request.children[0].home = Position{Decimal(46), Decimal(28)};
  auto const network = Network::build(content).value();
  auto const proposal = allocate(network, request).value();
  auto const& moved = proposal.children[0].service == ServiceId("far") ? proposal.children[0] : proposal.children[1];
  ASSERT_EQ(moved.reason, PlacementReason::another_first);
  EXPECT_EQ(explain(moved, network, today),
            "This is a proposal. A person decides, and you can say what you think of it.\n"
            "Proposed: House far.\n"
            "House near would be better: it is nearer to your home.\n"
            "But it is full. Another child was placed there first, because otherwise the children together would live "
            "further from their homes.\n");
  EXPECT_EQ(
      explain(moved, network, today, Language::ro),
      "Aceasta este o propunere. Decide o persoană, iar dumneavoastră puteți spune ce părere aveți.\n"
      "Se propune: House far.\n"
      "House near ar fi mai potrivit: este mai aproape de casa dumneavoastră.\n"
      "Dar este plin. Un alt copil a fost plasat acolo înainte, fiindcă altfel copiii, luați împreună, ar locui mai "
      "departe de casele lor.\n");
}

TEST(ProposalWords, EveryReasonAndCriterionHasWordsInEveryLanguage)
{
  auto const network = Network::build(homes()).value();
  std::set<std::string> seen;
  std::size_t written = 0;
  for (Language const language : languages)
    for (auto reason = PlacementReason::suits_best; reason <= PlacementReason::no_service;
         reason = static_cast<PlacementReason>(static_cast<int>(reason) + 1))
      for (auto criterion = Criterion::placed; criterion <= Criterion::waiting;
           criterion = static_cast<Criterion>(static_cast<int>(criterion) + 1)) {
        ChildProposal one;
        one.child = CaseId("a");
        one.reason = reason;
        one.service = ServiceId("far");
        one.better = ServiceId("near");
        one.better_by = criterion;
        one.decided_by = criterion;
        one.state = HopState::possible;
        one.ask = {"child.birth_date", "child.family_care", "service.near.free_places", "decision.rule"};
        auto const words = explain(one, network, today, language);
        for (char const* code : {"alloc_", "another_first", "care_form", "family_contact", "birth_date", "free_places"})
          EXPECT_EQ(words.find(code), std::string::npos) << words;
        EXPECT_NE(words.find("House near"), std::string::npos) << words;
        seen.insert(words);
        ++written;
      }
  EXPECT_EQ(written, 4U * 10 * 9);
  // A criterion shows where it decides; `placed` and `waiting` speak for no service, so they share words elsewhere.
  EXPECT_EQ(seen.size(), 4U * (9 * 8 + 9));
}

TEST(ProposalWords, NothingIsSaidOfAnyOtherChild)
{
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Chance chance(seed);
    AllocationRequest request;
    request.on = today;
    for (int i = 0; i < 5; ++i) {
      auto one = child("case-" + std::to_string(i), chance.below(4));
      if (chance.one_in(3)) one.wished = {ServiceId("near")};
      if (chance.one_in(3)) one.siblings_at = {ServiceId("near")};
      if (i > 0 && chance.one_in(3)) one.apart_from = {CaseId("case-0")};
      if (chance.one_in(3)) one.group = "family-" + std::to_string(chance.below(2));
      request.children.push_back(one);
    }
    auto const network = Network::build(homes()).value();
    auto const proposal = allocate(network, request);
    if (!proposal) continue;  // siblings who must live apart
    for (ChildProposal const& one : proposal->children)
      for (Language const language : languages) {
        auto const words = explain(one, network, today, language);
        EXPECT_EQ(words.find("case-"), std::string::npos) << words;
        EXPECT_EQ(words.find("family-"), std::string::npos) << words;
      }
    // The words hang on what is proposed for the child alone.
    auto copy = proposal->children[0];
    copy.child = CaseId("somebody");
    EXPECT_EQ(explain(copy, network, today), explain(proposal->children[0], network, today));
  }
}

TEST(ProposalWords, NothingTellsWhereAProtectedPlaceLies)
{
  auto content = homes();
  for (Service& one : content.services) one.receives_victims_of_violence = true;
  auto const network = Network::build(content).value();
  for (Language const language : languages)
    for (Criterion const criterion : {Criterion::family_contact, Criterion::school, Criterion::distance}) {
      ChildProposal one;
      one.service = ServiceId("far");
      one.better = ServiceId("near");
      one.reason = PlacementReason::another_first;
      one.better_by = criterion;
      auto other = one;
      other.better_by = Criterion::placed;  // which speaks for no service
      EXPECT_EQ(explain(one, network, today, language), explain(other, network, today, language));
      one.runner_up = ServiceId("near");
      one.better.reset();
      one.reason = PlacementReason::suits_best;
      one.behind_by = criterion;
      other = one;
      other.behind_by = Criterion::waiting;
      EXPECT_EQ(explain(one, network, today, language), explain(other, network, today, language));
    }
}
