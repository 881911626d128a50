// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>
#include <set>

#include <tutela/io/case.hpp>
#include <tutela/io/documents.hpp>
#include <tutela/io/draft.hpp>
#include <tutela/rules/pack.hpp>

namespace tutela {
namespace {

Pack const& pack()
{
  static auto const loaded = load_pack("md/child-protection").value();
  return loaded;
}

Case case_of(std::string const& facts)
{
  return parse_cases(
             R"({"format":"tutela-case/1","id":"C-0001","synthetic":true,"jurisdiction":"MD","kind":"child_protection","facts":{)" +
                 facts + "}}",
             "c.json")
      .value()
      .at(0);
}

TEST(Draft, ShowsWhatIsKnownAndABlankForAllThatIsNot)
{
  //! [a draft is made from a case and a verdict]
  auto const item = case_of(R"("person.birth_date":"2023-05-01")");
  auto const verdict = pack().decide("crisis_placement_section", item.facts, Date{2026, 3, 2});
  auto const papers =
      needed_papers({}, load_paper_law("md").value().needs, {verdict.decision, {}, {2026, 3, 2}, 30, false});
  DraftMaterial material{
      &item, &verdict, &pack().schema(), pack().find(verdict.decision)->facts, &papers, Date{2026, 3, 2}, {}};
  material.values["authority"] = "children's service";
  auto const draft = make_draft(DraftKind::request, material, Language::ro);
  //! [a draft is made from a case and a verdict]
  auto const page = draft_markdown(draft);
  EXPECT_EQ(draft.title, "Proiect de demers");
  EXPECT_NE(page.find("C-0001"), std::string::npos);
  EXPECT_NE(page.find("children's service"), std::string::npos);
  EXPECT_NE(page.find("1 mai 2023"), std::string::npos) << page;
  EXPECT_NE(page.find("demers: lipsește"), std::string::npos) << page;
  std::size_t marked = 0;
  for (auto at = page.find("de completat"); at != std::string::npos; at = page.find("de completat", at + 1)) ++marked;
  EXPECT_EQ(marked, draft.blanks());
  for (auto const& missing : verdict.missing) {
    bool blank = false;
    for (auto const& part : draft.parts)
      for (auto const& line : part.lines) blank = blank || (line.key == missing && line.value.empty());
    EXPECT_TRUE(blank) << missing;
  }
}

TEST(Draft, IsNeverSignedAndTakesNoLineThatIsNotThere)
{
  auto const item = case_of("");
  DraftMaterial material{&item, nullptr, nullptr, {}, nullptr, {}, {}};
  for (char const* const key : {"signature", "place_and_date", "case", "[facts]", "no_such_line"}) {
    material.values = {{key, "x"}};
    EXPECT_THROW((void)make_draft(DraftKind::application, material), ContractViolation) << key;
  }
  material.values = {{"conclusion", "by a person"}};
  EXPECT_THROW((void)make_draft(DraftKind::application, material), ContractViolation) << "a line of another draft";
  EXPECT_EQ(make_draft(DraftKind::presentence_outline, material).blanks(), 15U)
      << "all but the case and the line of a person";
  EXPECT_THROW((void)make_draft(DraftKind::application, {}), ContractViolation);
}

TEST(Draft, EveryKindIsThereInEveryLanguage)
{
  auto const item = case_of("");
  for (auto const kind : {DraftKind::application, DraftKind::request, DraftKind::opinion_request,
                          DraftKind::individual_plan, DraftKind::presentence_outline}) {
    EXPECT_EQ(parse_draft_kind(to_string(kind)), kind);
    std::set<std::string> titles;
    for (auto const language : all_languages) {
      auto const draft = make_draft(kind, {&item, nullptr, nullptr, {}, nullptr, {}, {}}, language);
      titles.insert(draft.title);
      EXPECT_NE(write_draft(draft).find("\"signed\":false"), std::string::npos);
      for (auto const& part : draft.parts)
        for (auto const& line : part.lines) {
          EXPECT_FALSE(line.label.empty());
          EXPECT_EQ(line.value.empty(), line.key != "case") << line.key << ": without material all is blank";
        }
    }
    EXPECT_EQ(titles.size(), all_languages.size());
  }
  EXPECT_FALSE(parse_draft_kind("letter"));
}

TEST(Draft, TextsOfACaseCannotChangeThePage)
{
  auto const item = case_of("");
  DraftMaterial material{&item, nullptr, nullptr, {}, nullptr, {}, {{"in_own_words", "<b>\n# heading\n| *x*"}}};
  auto const page = draft_markdown(make_draft(DraftKind::application, material));
  EXPECT_EQ(page.find("\n# heading"), std::string::npos);
  EXPECT_NE(page.find("\\<b\\>"), std::string::npos);
}

/// For random cases: what is written of a fact is what is known of it, and nothing else ever fills a blank.
TEST(Draft, NothingIsEverFilledIn)
{
  std::mt19937 random(20'261'142);
  auto const names = pack().find("crisis_placement_section")->facts;
  std::size_t blanks = 0;
  for (int round = 0; round < 500; ++round) {
    std::string facts;
    std::set<std::string> known;
    for (auto const& name : names) {
      auto const* const declared = pack().schema().find(name);
      if (random() % 2 == 0 || declared == nullptr) continue;
      std::string value;
      if (declared->type == Kind::boolean) value = random() % 2 == 0 ? "true" : "false";
      if (declared->type == Kind::date) value = "\"2020-0" + std::to_string(1 + random() % 9) + "-11\"";
      if (random() % 7 == 0) value = R"({"state":"uncertain"})";
      if (value.empty()) continue;
      known.insert(name);
      facts += (facts.empty() ? "\"" : ",\"") + name + "\":" + value;
    }
    auto const item = case_of(facts);
    auto const verdict = pack().decide("crisis_placement_section", item.facts, Date{2026, 3, 2});
    DraftMaterial const material{&item, &verdict, &pack().schema(), names, nullptr, Date{2026, 3, 2}, {}};
    auto const draft = make_draft(DraftKind::application, material, Language::uk);
    for (auto const& part : draft.parts)
      for (auto const& line : part.lines) {
        if (std::find(names.begin(), names.end(), line.key) == names.end()) continue;
        ASSERT_EQ(line.value.empty(), known.count(line.key) == 0) << line.key;
        blanks += line.value.empty() ? 1U : 0U;
      }
  }
  EXPECT_GT(blanks, 500U);
}

}  // namespace
}  // namespace tutela
