// SPDX-License-Identifier: Apache-2.0
/// \file
/// Explanations of shipped law for officer, family and child: golden pages, and what must never be on them.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>

#include <tutela/io/explanation.hpp>

#include "io/words.hpp"
#include "unit/engine/fixture.hpp"

namespace tutela::test {
namespace {

std::string const golden = TUTELA_SOURCE_DIR "/tests/golden/explanations/";

struct Page {
  View view;
  std::optional<int> age = {};
};

/// What is asked of each golden case, and who reads the answer.
struct Sample {
  std::string id;
  std::string decision;
  std::vector<Page> pages;
};

std::vector<Sample> const samples{
    {"day-service-granted", "day_service", {{View::officer}, {View::family}}},
    {"day-service-open", "day_service", {{View::officer}, {View::family}}},
    {"guardianship-of-a-teenager", "guardianship_form", {{View::officer}, {View::family}, {View::child, 14}}},
    {"visit-waits-for-the-child", "quarterly_parent_visit", {{View::officer}, {View::family}, {View::child, 12}}},
    {"visit-barred-by-a-court-action", "quarterly_parent_visit", {{View::officer}, {View::family}, {View::child, 8}}},
    {"immediate-removal", "emergency_removal_possible", {{View::officer}, {View::family}, {View::child, 9}}},
    {"prosecutor-is-told", "prosecutor_notification_required", {{View::officer}, {View::family}}},
    {"maternal-section-open", "maternal_section", {{View::officer}, {View::family}}},
    {"community-house-refused",
     "community_house_severe_disability",
     {{View::officer}, {View::family}, {View::child, 9}}},
    {"daily-hours-of-work", "community_work_daily_hours", {{View::officer}, {View::child, 16}}}};

Case const& sample_case(std::string const& id)
{
  static std::vector<Case> const cases = cases_from(file_text(golden + "cases.ndjson"));
  for (auto const& item : cases)
    if (item.id.text() == id) return item;
  throw ContractViolation("there is no case " + id);
}

Pack const& law() { return knowledge().packs.front(); }

Proof proof_of(Sample const& sample)
{
  DecideOptions options;
  options.include_unverified = true;  // two of the texts are old or a draft
  return law().prove(sample.decision, sample_case(sample.id).facts, day, options, {true, Value(true)});
}

std::string page_of(Proof const& proof, Page const& page, Language language,
                    ExplanationFormat format = ExplanationFormat::text)
{
  ExplanationOptions options;
  options.language = language;
  options.view = page.view;
  options.age = page.age;
  options.format = format;
  return explain(proof, options);
}

TEST(Explanation, is_the_golden_one)
{
  // Written anew with TUTELA_WRITE_GOLDEN=1, for whoever changes words on purpose and reads the difference.
  bool const write = std::getenv("TUTELA_WRITE_GOLDEN") != nullptr;
  for (auto const& sample : samples) {
    auto const proof = proof_of(sample);
    for (auto const language : all_languages) {
      std::string text;
      for (auto const& page : sample.pages) {
        text += "== " + std::string(to_string(page.view)) + (page.age ? ", " + std::to_string(*page.age) : "") + "\n";
        text += page_of(proof, page, language);
      }
      auto const path = golden + sample.id + "." + std::string(to_string(language)) + ".txt";
      if (write) std::ofstream(path, std::ios::binary) << text;
      EXPECT_EQ(file_text(path), text) << path;
    }
  }
}

/// One of the values that a fact may have, chosen at random.
Value random_value(FactDeclaration const& fact, std::mt19937& random)
{
  auto const below = [&](std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
  };
  if (!fact.allowed.empty()) return fact.allowed[below(fact.allowed.size())];
  if (fact.type == Kind::boolean) return Value(below(2) == 0);
  if (fact.type == Kind::date) return Value(*add_days(day, -static_cast<std::int64_t>(below(7'000))));
  return Value(Decimal(static_cast<std::int64_t>(below(50))));
}

bool for_officers_only(FactDeclaration const& fact, View view)
{
  if (fact.category == "violence" || fact.asked_of == AskedOf::trained_interviewer) return true;
  if (view == View::child) return fact.about != Subject::person || fact.sensitivity == Sensitivity::sensitive;
  return fact.asked_of == AskedOf::child || fact.about == Subject::others || fact.about == Subject::unstated;
}

Record record_of(std::map<std::string, Value> const& values)
{
  RecordBuilder builder;
  for (auto const& [name, value] : values)
    builder.set(name, value, Source{"source-of-" + name, parse_date("2026-02-01"), {}});
  return std::move(builder).build().value();
}

/// Pages for family and child that change with facts that are not for their reader, by decision.
struct Leaks {
  std::size_t compared = 0;
  std::vector<std::string> decisions;
};

/// Asks a pack about random facts, changes what is not for the reader, and compares the pages.
/// \param declared Says which facts are for whom; the pack asked may say otherwise.
/// \param enough   Leaks after which nobody need look further.
Leaks leaks_of(Pack const& asked, Schema const& declared, std::size_t enough)
{
  std::mt19937 random(20'261'122);
  Leaks leaks;
  for (auto const& decision : asked.decisions()) {
    for (int round = 0; round < 8 && leaks.decisions.size() < enough; ++round) {
      std::map<std::string, Value> values;
      for (auto const& name : decision.facts)
        if (random() % 10 != 0) values[name] = random_value(*declared.find(name), random);
      for (auto const& page :
           {Page{View::family}, Page{View::child, 8}, Page{View::child, 12}, Page{View::child, 16}}) {
        auto changed = values;
        for (auto& [name, value] : changed) {
          auto const& fact = *declared.find(name);
          if (for_officers_only(fact, page.view)) value = random_value(fact, random);
        }
        if (changed == values) continue;
        auto const one = asked.prove(decision.name, record_of(values), day, {}, {true, Value(true)});
        auto const other = asked.prove(decision.name, record_of(changed), day, {}, {true, Value(true)});
        auto const& was = one.verdict;
        auto const& is = other.verdict;
        if (was.outcome != is.outcome || !(was.value == is.value) || was.missing != is.missing) continue;
        ++leaks.compared;
        if (page_of(one, page, Language::en) != page_of(other, page, Language::en) ||
            page_of(one, page, Language::uk, ExplanationFormat::json) !=
                page_of(other, page, Language::uk, ExplanationFormat::json))
          leaks.decisions.push_back(decision.name);
      }
    }
  }
  return leaks;
}

// The strongest promise there is: as long as the verdict is the same, a page for family or child is the same to the
// letter whatever the facts are that are not for its reader.
TEST(Explanation, for_family_and_child_does_not_depend_on_what_is_not_for_them)
{
  auto const leaks = leaks_of(law(), law().schema(), 100);
  EXPECT_EQ(leaks.decisions, std::vector<std::string>());
  EXPECT_GT(leaks.compared, 100U);
}

/// The law with one text replaced by another wherever its models have it.
Pack mutated_law(std::string const& folder, std::string const& from, std::string const& to)
{
  auto const path = std::filesystem::path(testing::TempDir()) / folder;
  std::filesystem::remove_all(path);
  std::filesystem::create_directories(path);
  for (auto file : law().files()) {
    if (file.name == "manifest.json") continue;
    for (auto at = file.text.find(from); at != std::string::npos; at = file.text.find(from, at + to.size()))
      file.text.replace(at, from.size(), to);
    std::ofstream(path / file.name, std::ios::binary) << file.text;
  }
  return load_pack(path.string()).value();
}

// The promise is one that can be broken: where the table of facts says the wrong person, pages do depend on what is not
// for their reader, and the comparison sees it.
TEST(Explanation, a_wrong_mark_of_whose_data_a_fact_is_breaks_the_promise)
{
  std::pair<std::string, std::string> const mutations[] = {
      {R"(about="others")", R"(about="family")"},
      {R"(sensitivity="sensitive")", R"(sensitivity="ordinary")"},
      {R"(askedOf="child")", R"(askedOf="adult")"},
  };
  int number = 0;
  for (auto const& [from, to] : mutations) {
    auto const mutated = mutated_law("tutela-mutated-law-" + std::to_string(number++), from, to);
    EXPECT_FALSE(leaks_of(mutated, law().schema(), 1).decisions.empty()) << from << " -> " << to;
  }
}

TEST(Explanation, keeps_sources_rule_numbers_and_violence_from_family_and_child)
{
  std::mt19937 random(20'261'123);
  for (auto const& decision : law().decisions()) {
    std::map<std::string, Value> values;
    for (auto const& name : decision.facts) values[name] = random_value(*law().schema().find(name), random);
    auto const proof = law().prove(decision.name, record_of(values), day, {}, {true, Value(true)});
    EXPECT_NE(page_of(proof, {View::officer}, Language::en).find("source-of-"), std::string::npos) << decision.name;
    bool const in_person = decision.separation || std::count(decision.categories.begin(), decision.categories.end(),
                                                             std::string("violence")) > 0;
    for (auto const language : all_languages) {
      for (auto const& page :
           {Page{View::family}, Page{View::child, 3}, Page{View::child, 10}, Page{View::child, 17}}) {
        auto const text = page_of(proof, page, language, ExplanationFormat::json);
        EXPECT_EQ(text.find("source-of-"), std::string::npos) << decision.name;
        EXPECT_EQ(text.find("\"proof\""), std::string::npos) << decision.name;
        EXPECT_EQ(text.find("\"rule\""), std::string::npos) << decision.name;
        if (page.view != View::child) continue;
        for (auto const& fact : law().schema().declarations()) {
          if (fact.category == "violence") {
            EXPECT_EQ(text.find(fact.label.in(language)), std::string::npos) << decision.name << " " << fact.name;
          }
        }
        if (in_person) {
          EXPECT_EQ(text.find(decision.label.in(language)), std::string::npos) << decision.name;
        }
      }
    }
  }
}

TEST(Explanation, is_written_for_the_age)
{
  auto const proof = proof_of(samples[2]);
  auto const lines = [&](int age) {
    auto const text = page_of(proof, {View::child, age}, Language::en);
    return std::count(text.begin(), text.end(), '\n');
  };
  EXPECT_LT(lines(9), lines(10) + 1);
  EXPECT_LT(lines(13), lines(14));
  EXPECT_EQ(lines(14), lines(17));
  for (auto const& age : {std::optional<int>(), std::optional<int>(-1), std::optional<int>(18)})
    EXPECT_THROW((void)page_of(proof, {View::child, age}, Language::en), ContractViolation);
  EXPECT_EQ(parse_view("family"), View::family);
  EXPECT_EQ(parse_view("judge"), std::nullopt);
}

TEST(Explanation, names_the_contact_that_it_is_given)
{
  auto const proof = proof_of(samples[1]);
  ExplanationOptions options;
  options.contact = "Ana <social worker>, room 5";
  options.view = View::family;
  EXPECT_NE(explain(proof, options).find("Ana <social worker>, room 5"), std::string::npos);
  options.format = ExplanationFormat::html;
  EXPECT_EQ(explain(proof, options).find("<social"), std::string::npos);
  EXPECT_NE(explain(proof, options).find("Ana &lt;social worker&gt;"), std::string::npos);
}

TEST(Explanation, says_conditions_in_words)
{
  detail::Words const english(Language::en);
  EXPECT_EQ(english.test("< 18"), "under 18");
  EXPECT_EQ(english.test("[duration(\"P4M\")..duration(\"P3Y\"))"), "at least 4 months and under 3 years");
  EXPECT_EQ(english.test("(4..8]"), "over 4 and at most 8");
  EXPECT_EQ(english.test("not(\"court\", \"mayor\")"), "not: court or mayor");
  EXPECT_EQ(english.test("\"a\", \"b, c\", true"), "a, b, c or yes");
  EXPECT_EQ(english.test("date(\"2026-03-02\")"), "2 March 2026");
  EXPECT_EQ(english.test("? * 2 > 5"), "? * 2 > 5");
  EXPECT_EQ(english.test("null"), "none");
  for (auto const* broken : {"", "(", "[", "[..", "..]", "not()", "not(", "\"", "<", ",", "]..["})
    EXPECT_NO_THROW((void)english.test(broken)) << broken;
  detail::Words const ukrainian(Language::uk);
  EXPECT_EQ(ukrainian.test(">= duration(\"P5M\")"), "не менше ніж 5 місяців");
  EXPECT_EQ(ukrainian.test("duration(\"P21D\")"), "21 день");
  EXPECT_EQ(detail::Words(Language::ro).test("duration(\"P30D\")"), "30 de zile");
  auto const label = [](std::string_view name) { return std::string(name == "p.birth" ? "date of birth" : ""); };
  EXPECT_EQ(english.subject("years and months duration(p.birth, today()).years", label),
            "age in years (date of birth)");
  EXPECT_EQ(english.subject("p.birth + 1", label), "");
}

}  // namespace
}  // namespace tutela::test
