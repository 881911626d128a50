// SPDX-License-Identifier: Apache-2.0
/// \file
/// What may be told of a case, with the shipped law and the fictional network.
#include <algorithm>
#include <set>

#include <tutela/disclosure/pseudonym.hpp>
#include <tutela/disclosure/redacted_case.hpp>
#include <tutela/engine/telling.hpp>
#include <tutela/io/disclosure.hpp>

#include "unit/engine/fixture.hpp"

namespace tutela::test {
namespace {

FactDeclaration declared(std::string name, std::string category, Subject about)
{
  FactDeclaration declaration;
  declaration.name = std::move(name);
  declaration.category = std::move(category);
  declaration.about = about;
  return declaration;
}

TEST(Telling, WhatTwoSchemasSayOtherwiseIsNotKnown)
{
  Schema const one({declared("a", "identity", Subject::person), declared("b", "health", Subject::person)});
  Schema const other({declared("a", "health", Subject::person), declared("b", "health", Subject::others)});
  auto const both = joined_schema({&one, &other, &one});
  EXPECT_EQ(both.find("a")->category, "");
  EXPECT_EQ(both.find("a")->about, Subject::person);
  EXPECT_EQ(both.find("b")->category, "health");
  EXPECT_EQ(both.find("b")->about, Subject::unstated);
}

/// Every neighbour of the holder of a case, with every purpose of the network.
std::vector<TellingRequest> questions_about(Network const& network, Case const& item)
{
  std::set<std::pair<NodeId, Purpose>> ends;
  for (auto const& hop : network.hops_from(*network.node_number(node_of(item.held_by))))
    for (char const* purpose : {"protection", "reintegration"}) ends.emplace(network.nodes()[hop.to], Purpose(purpose));
  std::vector<TellingRequest> questions;
  for (auto const& [to, purpose] : ends) questions.push_back({to, "", purpose, {}, {}, {}, {}, {}});
  return questions;
}

TEST(Telling, OfSyntheticCasesNothingGoesThatNoGroundLetsGo)
{
  auto const& network = knowledge().networks.front();
  auto const cases = load_cases(data_file("cases/synthetic-300.ndjson")).value();
  std::size_t told = 0;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < cases.size(); i += 10) {
    auto const& item = cases[i];
    if (!network.node_number(node_of(item.held_by))) continue;
    for (auto const& question : questions_about(network, item)) {
      auto const finding = what_may_be_told(knowledge(), item, question, day).value();
      auto const redacted = redact(item, finding, CaseId("pseudonym"));
      auto const text = write_case(redacted);
      EXPECT_EQ(parse_cases(text, "told").value(), std::vector{redacted}) << "it is read as it was written";
      EXPECT_EQ(text.find(item.id.text()), std::string::npos);
      for (auto const& fact : item.facts.facts()) {
        auto const* found = finding.find(fact.name);
        bool const goes = found != nullptr && found->telling == Telling::tell;
        EXPECT_EQ(text.find('"' + fact.name + '"') != std::string::npos, goes && fact.value.state() != State::unknown);
        ++(goes ? told : kept);
        if (!goes) continue;
        auto const& ground = found->grounds.front();
        EXPECT_EQ(ground.open, Truth::yes);
        if (ground.kind != BasisKind::agreement) continue;
        auto const& categories = network.find(ground.agreement)->categories;
        EXPECT_TRUE(categories &&
                    std::find(categories->begin(), categories->end(), found->category) != categories->end());
        EXPECT_EQ(item.consent_for(found->category), ConsentAnswer::given);
      }
    }
  }
  EXPECT_GT(told, 100U);
  EXPECT_GT(kept, 1000U);
}

TEST(Telling, WhatADecisionReadsIsNeededAndNothingElse)
{
  auto item = one_case(R"("id":"a","kind":"child_protection","held_by":"demo-directorate","facts":{})");
  auto question = questions_about(knowledge().networks.front(), item).front();
  question.decisions = {"is_child"};
  auto const finding = what_may_be_told(knowledge(), item, question, day).value();
  EXPECT_TRUE(finding.minimum_known);
  auto const& needed = knowledge().packs.front().find("is_child")->facts;
  for (auto const& fact : finding.facts) {
    bool const is_needed = std::find(needed.begin(), needed.end(), fact.fact) != needed.end();
    EXPECT_EQ(fact.reason == TellingReason::not_needed, !is_needed) << fact.fact;
  }
  auto const& other = knowledge().packs.front().find("community_work_hours_lawful")->facts;
  EXPECT_EQ(finding.of_result(other), Telling::withhold) << "it reads what is not needed";
}

TEST(Telling, RefusesWhoOrWhatIsNotThere)
{
  auto item = one_case(R"("id":"a","kind":"child_protection","held_by":"demo-directorate","facts":{})");
  auto question = questions_about(knowledge().networks.front(), item).front();
  question.decisions = {"no_such_decision"};
  EXPECT_FALSE(what_may_be_told(knowledge(), item, question, day));
  question.decisions.clear();
  question.to = NodeId("nobody");
  EXPECT_FALSE(what_may_be_told(knowledge(), item, question, day));
  item.held_by = AgencyId("nobody");
  EXPECT_FALSE(what_may_be_told(knowledge(), item, question, day));
}

TEST(Telling, TheLogHoldsNoValue)
{
  auto const item = one_case(
      R"("id":"a","kind":"child_protection","held_by":"demo-directorate","facts":{"person.birth_date":"2016-05-01"})");
  DisclosureFinding finding{item.held_by, NodeId("x"), "case_manager", Purpose("a,b"), day, true, {}};
  finding.facts.push_back({"person.birth_date", DataCategory("identity"), Telling::tell, TellingReason::ground, {}});
  finding.facts.back().grounds.push_back({BasisKind::statutory_duty, BasisId("duty"), {}, {}, Truth::yes, {}, {}});
  auto const told = redact(item, finding, CaseId("p"));
  auto const key = SecretKey::build("k", std::vector<std::byte>(32, std::byte{1})).value();
  auto const entry = entry_for(told, finding, "inspector", write_case(told), key);
  auto const csv = write_disclosure_log({entry});
  EXPECT_EQ(csv,
            "on,by,from,to,role,purpose,person,categories,grounds,key,digest\r\n"
            "2026-03-02,inspector,demo-directorate,x,case_manager,\"a,b\",p,identity,duty,k," +
                entry.digest + "\r\n");
  for (auto const& text : {csv, write_disclosure_entry(entry), write_disclosure(finding)})
    EXPECT_EQ(text.find("2016-05-01"), std::string::npos);
}

}  // namespace
}  // namespace tutela::test
