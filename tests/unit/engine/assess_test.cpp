// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tests of the assessment of one case and of many.
#include <algorithm>
#include <set>

#include <tutela/base/result.hpp>
#include <tutela/io/assessment.hpp>

#include "unit/engine/fixture.hpp"

namespace tutela::test {
namespace {

TEST(Assess, answers_what_the_facts_settle_and_asks_for_the_rest)
{
  auto const known = assess(
      knowledge(),
      one_case(R"("id":"a","kind":"child_protection","held_by":"dgpdc","facts":{"person.birth_date":"2016-05-01"})"),
      day);
  ASSERT_NE(find(known, "is_child"), nullptr);
  EXPECT_EQ(answer_of(find(known, "is_child")->verdict), Answer::yes);
  EXPECT_EQ(question_on(known, "person.birth_date"), nullptr);
  EXPECT_NE(question_on(known, "person.protection_status"), nullptr);

  auto const empty =
      assess(knowledge(), one_case(R"("id":"b","kind":"child_protection","held_by":"dgpdc","facts":{})"), day);
  EXPECT_EQ(answer_of(find(empty, "is_child")->verdict), Answer::unknown);
  auto const* birth_date = question_on(empty, "person.birth_date");
  ASSERT_NE(birth_date, nullptr);
  EXPECT_FALSE(birth_date->question.in(Language::ro).empty());
  EXPECT_NE(std::find(birth_date->decisions.begin(), birth_date->decisions.end(), "is_child"),
            birth_date->decisions.end());
  EXPECT_TRUE(std::is_sorted(birth_date->decisions.begin(), birth_date->decisions.end()));
}

TEST(Assess, asks_each_fact_once_and_what_a_path_needs_first)
{
  auto const found = assess(
      knowledge(),
      one_case(
          R"("id":"a","kind":"child_protection","held_by":"demo-directorate","needs":["day_service"],"purposes":["protection"],"facts":{})"),
      day);
  std::set<std::string> seen;
  std::size_t before = SIZE_MAX;
  bool needed = true;
  for (auto const& question : found.questions) {
    EXPECT_TRUE(seen.insert(question.fact).second) << question.fact;
    auto const waiting = question.decisions.size() + question.needs.size();
    if (needed && question.needs.empty()) {
      needed = false;
      before = SIZE_MAX;
    }
    EXPECT_EQ(question.needs.empty(), !needed) << question.fact;
    EXPECT_LE(waiting, before);
    EXPECT_GT(waiting, 0U);
    before = waiting;
  }
  EXPECT_FALSE(seen.empty());
}

TEST(Assess, never_asks_what_cannot_be_known)
{
  auto const found = assess(
      knowledge(),
      one_case(
          R"("id":"a","kind":"child_protection","held_by":"dgpdc","facts":{"person.birth_date":{"state":"uncertain"}})"),
      day);
  EXPECT_EQ(question_on(found, "person.birth_date"), nullptr);
  EXPECT_TRUE(std::binary_search(found.uncertain.begin(), found.uncertain.end(), "person.birth_date"));
  EXPECT_EQ(answer_of(find(found, "is_child")->verdict), Answer::undeterminable);
}

TEST(Assess, never_asks_a_child_about_violence)
{
  auto const found =
      assess(knowledge(), one_case(R"("id":"a","kind":"child_protection","held_by":"dgpdc","facts":{})"), day);
  auto const* violence = question_on(found, "person.victim_of_violence");
  ASSERT_NE(violence, nullptr);
  EXPECT_EQ(violence->asked_of, AskedOf::trained_interviewer);
  for (auto const& question : found.questions) {
    auto const* declaration = knowledge().packs.front().schema().find(question.fact);
    if (declaration == nullptr || declaration->category != "violence") continue;
    EXPECT_NE(question.asked_of, AskedOf::child) << question.fact;
  }
}

TEST(Assess, reads_no_offence_and_scores_no_risk_in_child_protection)
{
  auto const members =
      std::string(R"("held_by":"probation-office","facts":{"person.birth_date":"2009-05-01","person.sex":"male"})");
  auto const child = assess(knowledge(), one_case(R"("id":"a","kind":"child_protection",)" + members), day);
  EXPECT_TRUE(child.scores.empty());
  EXPECT_FALSE(std::binary_search(child.categories.begin(), child.categories.end(), "offence"));
  for (auto const& question : child.questions) EXPECT_NE(question.fact.rfind("probation.", 0), 0U) << question.fact;

  auto const probation = assess(knowledge(), one_case(R"("id":"a","kind":"probation",)" + members), day);
  EXPECT_EQ(probation.scores.size(), 1U);
  EXPECT_NE(find(probation, "probation_regime"), nullptr);
  EXPECT_EQ(find(child, "electronic_monitoring_possible"), nullptr);
}

TEST(Assess, judges_by_the_law_of_the_case_only)
{
  auto foreign =
      one_case(R"("id":"a","kind":"child_protection","held_by":"dgpdc","facts":{"person.birth_date":"2016-05-01"})");
  foreign.jurisdiction = "UA";
  auto const found = assess(knowledge(), foreign, day);
  EXPECT_FALSE(found.has_pack);
  EXPECT_TRUE(found.findings.empty());
}

TEST(Assess, is_served_by_the_network_that_holds_the_case)
{
  auto const chisinau = assess(
      knowledge(),
      one_case(R"("id":"a","kind":"child_protection","held_by":"dgpdc","needs":["counselling"],"facts":{})"), day);
  EXPECT_EQ(chisinau.network, "md/chisinau");
  ASSERT_EQ(chisinau.routes.size(), 1U);
  EXPECT_FALSE(chisinau.duties_to_report.empty());

  auto const nobody = assess(
      knowledge(),
      one_case(R"("id":"a","kind":"child_protection","held_by":"elsewhere","needs":["counselling"],"facts":{})"), day);
  EXPECT_TRUE(nobody.network.empty());
  EXPECT_TRUE(nobody.routes.empty());
}

TEST(Assess, names_an_agreement_that_does_not_open_a_path)
{
  auto const found = assess(
      knowledge(),
      one_case(R"("id":"a","kind":"probation","held_by":"demo-probation","needs":["no_such_service"],"facts":{})"),
      day);
  ASSERT_EQ(found.routes.size(), 1U);
  EXPECT_FALSE(found.routes.front().answer.goal_exists);
  EXPECT_EQ(found.routes.front().answer.state(), HopState::blocked);
}

TEST(Assess, collects_duties_and_dates_of_certain_rules)
{
  auto const found = assess(
      knowledge(),
      one_case(
          R"("id":"a","kind":"child_protection","held_by":"dgpdc","acts":[{"issuer":"court","valid_until":"2026-06-01"}],)"
          R"("facts":{"person.birth_date":"2016-05-01","need.imminent_danger":true,"need.emergency_removal_decided":true})"),
      day);
  auto const is_prosecutor = [](DutyToAct const& duty) {
    return duty.duty.to == "prosecutor" && duty.duty.clock == "24 hours";
  };
  EXPECT_TRUE(std::any_of(found.duties.begin(), found.duties.end(), is_prosecutor));
  auto const is_act = [](NextDate const& next) { return next.is_act && next.date == *parse_date("2026-06-01"); };
  EXPECT_TRUE(std::any_of(found.dates.begin(), found.dates.end(), is_act));
}

TEST(Assess, gives_the_same_bytes_on_one_thread_and_on_many)
{
  auto const cases = parse_cases(file_text(data_file("cases/synthetic-300.ndjson")), "cases").value();
  ASSERT_GE(cases.size(), 300U);
  std::vector<Case> const some(cases.begin(), cases.begin() + 40);
  AssessOptions several;
  several.threads = 4;
  std::size_t last = 0;
  several.progress = [&last](std::size_t done) { last = done; };
  auto const alone = write_assessments(assess(knowledge(), some, day));
  EXPECT_EQ(alone, write_assessments(assess(knowledge(), some, day, several)));
  EXPECT_EQ(last, some.size());
  EXPECT_EQ(alone.rfind(write_assessment(assess(knowledge(), some.front(), day)), 0), 0U);
}

TEST(Assess, refuses_a_negative_age_of_free_places)
{
  AssessOptions options;
  options.fresh_days = -1;
  EXPECT_THROW((void)assess(knowledge(), std::vector<Case>{}, day, options), ContractViolation);
}

TEST(Assess, writes_ill_formed_text_as_well_formed_json)
{
  auto item = one_case(R"("id":"a","kind":"child_protection","held_by":"dgpdc","facts":{})");
  item.id = CaseId("broken \xFF \"text\"");
  auto const line = write_assessment(assess(knowledge(), item, day));
  EXPECT_NE(line.find("broken \xEF\xBF\xBD \\\"text\\\""), std::string::npos);
}

}  // namespace
}  // namespace tutela::test
