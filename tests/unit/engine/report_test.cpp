// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tests of the HTML report.
#include <algorithm>
#include <array>

#include <tutela/base/result.hpp>
#include <tutela/io/report.hpp>

#include "unit/engine/fixture.hpp"

namespace tutela::test {
namespace {

// Walks all tags and names the first that is not closed in turn; empty when all are.
std::string first_unbalanced(std::string const& html)
{
  constexpr std::array<std::string_view, 3> void_tags{"meta", "br", "input"};
  std::vector<std::string> open;
  for (auto at = html.find('<'); at != std::string::npos; at = html.find('<', at)) {
    if (html.compare(at, 2, "<!") == 0) {
      at = html.find('>', at);
      continue;
    }
    bool const closing = html[at + 1] == '/';
    auto const begin = at + (closing ? 2 : 1);
    auto const name = html.substr(begin, html.find_first_of(" >", begin) - begin);
    // Attribute values are escaped, so the next `>` ends the tag.
    at = html.find('>', at);
    if (at == std::string::npos) return name;
    if (closing) {
      if (open.empty() || open.back() != name) return "/" + name;
      open.pop_back();
    } else if (std::find(void_tags.begin(), void_tags.end(), name) == void_tags.end()) {
      open.push_back(name);
    }
    // The content of style and script is not HTML.
    if (!closing && (name == "style" || name == "script")) at = html.find("</" + name, at);
  }
  return open.empty() ? std::string() : open.back();
}

std::string report_of(std::vector<Case> const& cases, Language language = Language::en)
{
  ReportOptions options;
  options.language = language;
  options.networks = {"a \"quoted\" name.json"};
  return write_report(knowledge(), cases, assess(knowledge(), cases, day), options);
}

std::vector<Case> some_cases()
{
  return {
      one_case(
          R"("id":"child-1","kind":"child_protection","held_by":"demo-directorate","needs":["day_service","counselling"],"purposes":["protection"],"group":"s","facts":{"person.birth_date":"2024-05-01"})"),
      one_case(R"("id":"child-2","kind":"child_protection","held_by":"demo-directorate","group":"s","facts":{})"),
      one_case(
          R"("id":"young-1","kind":"probation","held_by":"probation-juvenile-unit","needs":["community_work"],"purposes":["reintegration"],)"
          R"("facts":{"person.birth_date":"2009-05-01","probation.measure":"community_work","probation.community_work_hours":60,"probation.community_work_hours_done":15,"probation.offence_group":"x"})")};
}

TEST(Report, is_well_formed_in_every_language)
{
  for (auto const language : all_languages)
    EXPECT_EQ(first_unbalanced(report_of(some_cases(), language)), "") << to_string(language);
  EXPECT_EQ(first_unbalanced(report_of({})), "");
}

TEST(Report, escapes_what_comes_from_files)
{
  auto cases = some_cases();
  cases[0].id = CaseId("<script>alert(1)</script>");
  cases[2].id = CaseId("</script><img src=x onerror=alert(1)>");
  auto const html = report_of(cases);
  EXPECT_EQ(first_unbalanced(html), "");
  EXPECT_EQ(html.find("<script>alert"), std::string::npos);
  EXPECT_EQ(html.find("<img"), std::string::npos);
  EXPECT_NE(html.find("&lt;script&gt;alert(1)&lt;/script&gt;"), std::string::npos);
}

TEST(Report, takes_code_words_that_look_like_messages)
{
  auto cases = some_cases();
  cases[0].needs = {ServiceKind("s_caption"), ServiceKind("<b>")};
  cases[2].acts.push_back({ActIssuer::court, "", {}, {std::nullopt, parse_date("2026-04-01")}});
  EXPECT_EQ(first_unbalanced(report_of(cases)), "");
}

TEST(Report, needs_nothing_from_elsewhere)
{
  auto const html = report_of(some_cases());
  for (auto const* forbidden : {"http://", "https://", "@import", "url(", "src=", "<link"}) {
    auto at = html.find(forbidden);
    while (at != std::string::npos &&
           (html.compare(at, 5, "url(#") == 0 ||
            html.compare(at, 26, "http://www.w3.org/2000/svg") == 0))  // names, not addresses to load
      at = html.find(forbidden, at + 1);
    EXPECT_EQ(at, std::string::npos) << html.substr(at, 80);
  }
  EXPECT_NE(html.find("Content-Security-Policy"), std::string::npos);
}

TEST(Report, says_that_data_are_made_up_on_every_page)
{
  EXPECT_NE(report_of(some_cases()).find("class=\"watermark\""), std::string::npos);
  EXPECT_EQ(report_of({}).find("class=\"watermark\""), std::string::npos);
}

TEST(Report, shows_hours_and_the_partner_whose_agreement_is_debated)
{
  auto const html = report_of(some_cases());
  EXPECT_NE(html.find("15 of 60 hours done"), std::string::npos);
  auto const lumos = html.find("Association Lumos</strong> <span class=\"chip is-stop\">blocked");
  ASSERT_NE(lumos, std::string::npos);
  EXPECT_NE(html.find("debated (as recorded: 10 July 2015)", lumos), std::string::npos);
}

TEST(Report, labels_scores_and_says_when_there_is_none)
{
  auto const html = report_of(some_cases());
  EXPECT_NE(html.find("England and Wales norm, not validated here, research only"), std::string::npos);
  auto cases = some_cases();
  cases.pop_back();
  auto const children = report_of(cases);
  EXPECT_EQ(children.find("England and Wales norm"), std::string::npos);
}

TEST(Report, shows_missing_figures_as_missing)
{
  auto const html = report_of(some_cases());
  EXPECT_NE(html.find("unknown, ask the service"), std::string::npos);
  EXPECT_NE(html.find("<b>7</b> mother-child pairs<p class=\"source\">capacity"), std::string::npos);
}

TEST(Report, stays_light)
{
  auto const cases = parse_cases(file_text(data_file("cases/synthetic-300.ndjson")), "cases").value();
  auto const html = report_of(cases, Language::uk);
  EXPECT_LT(html.size(), 3'000'000U);
  EXPECT_EQ(first_unbalanced(html), "");
  EXPECT_EQ(html, report_of(cases, Language::uk));
}

TEST(Report, wants_cases_and_assessments_that_belong_together)
{
  auto const cases = some_cases();
  auto found = assess(knowledge(), cases, day);
  std::swap(found[0], found[1]);
  EXPECT_THROW((void)write_report(knowledge(), cases, found, {}), ContractViolation);
}

TEST(Report, speaks_the_language_of_the_legal_order)
{
  EXPECT_EQ(report_language({"MD"}), Language::ro);
  EXPECT_EQ(report_language({"XX", "UA", "MD"}), Language::uk);
  EXPECT_EQ(report_language({"RO"}), Language::ro);
  EXPECT_EQ(report_language({}), Language::en);
}

}  // namespace
}  // namespace tutela::test
