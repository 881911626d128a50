// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <tutela/io/service_report.hpp>

namespace tutela {
namespace {

std::vector<ServiceReport> demo()
{
  //! [four services report at a coordination meeting]
  auto const reports = load_service_reports(TUTELA_SOURCE_DIR "/examples/data/chisinau/service_reports.json").value();
  //! [four services report at a coordination meeting]
  return reports;
}

std::string missing(ServiceReport const& report)
{
  std::string words;
  for (auto const part : missing_parts(report)) words += std::string(to_string(part)) + " ";
  return words;
}

TEST(ServiceReportFiles, StoryOfChisinauFourReportsWithTheirMissingPartsNamed)
{
  auto const reports = demo();
  ASSERT_EQ(reports.size(), 4U);
  EXPECT_EQ(missing(reports[0]), "");
  EXPECT_EQ(missing(reports[1]), "statistics proposals ");
  EXPECT_EQ(missing(reports[2]), "objectives action_plan ");
  EXPECT_EQ(missing(reports[3]), "purpose objectives action_plan statistics difficulties proposals ");
  EXPECT_EQ(reports[2].statistics[0].value, 271);
  EXPECT_EQ(reports[2].statistics[0].source.text(), "dgpdc-figures");
  EXPECT_FALSE(reports[2].statistics[1].value) << "not recorded is not zero";
}

TEST(ServiceReportFiles, FiguresAreComputedFromStays)
{
  auto const json = nlohmann::json::parse(service_report_json(demo()[0]));
  EXPECT_EQ(json["computed"], (nlohmann::json{{"start", 2}, {"entered", 3}, {"left", 2}, {"end", 3}, {"served", 4}}));
  EXPECT_EQ(json.count("stays"), 0U) << "pseudonyms do not leave";
  EXPECT_EQ(nlohmann::json::parse(service_report_json(demo()[1]))["missing"],
            (nlohmann::json{"statistics", "proposals"}));
}

TEST(ServiceReportFiles, AreReadBackAsTheyWereWritten)
{
  auto const text = write_service_reports(demo(), 2);
  EXPECT_EQ(parse_service_reports(text).value(), demo());
  EXPECT_EQ(write_service_reports(parse_service_reports(text).value(), 2), text);
}

TEST(ServiceReportFiles, NullIsNotAnEmptyList)
{
  auto const read = parse_service_reports(
      R"({"format": "tutela-service-report/1", "reports": [{"id": "r", "service_id": "s", "difficulties": null}]})");
  EXPECT_FALSE(read.value()[0].difficulties);
}

TEST(ServiceReportFiles, EverythingWrongIsLocated)
{
  auto const refused = parse_service_reports(R"({"format": "tutela-service-report/1", "reports": [
    {"id": "r", "service_id": "s", "valid_from": "2023-04-01", "valid_until": "2023-07-01", "cost": 1,
     "statistics": [{"label": "l", "unit": "child", "value": -1}], "objectives": ["plain"],
     "stays": [{"case": "a", "valid_from": "2023-05-01", "valid_until": "2023-05-09"},
               {"case": "a", "valid_from": "2023-05-02"}]}]})",
                                             "r.json");
  ASSERT_FALSE(refused);
  std::set<std::string> places;
  for (auto const& found : refused.diagnostics()) {
    EXPECT_EQ(found.place.file, "r.json");
    places.insert(found.place.pointer);
  }
  EXPECT_EQ(places, (std::set<std::string>{"/reports/0/cost", "/reports/0/statistics/0/value",
                                           "/reports/0/objectives/0", "/reports/0/stays/1"}));
}

TEST(ServiceReportFiles, MarkdownAndHtmlHaveSevenPartsInEveryLanguage)
{
  for (auto const language : all_languages) {
    for (auto const& report : demo()) {
      auto const markdown = service_report_markdown(report, language);
      auto const html = service_report_html(report, language);
      std::size_t headings = 0;
      for (auto at = markdown.find("\n## "); at != std::string::npos; at = markdown.find("\n## ", at + 1)) ++headings;
      EXPECT_EQ(headings, 7U);
      std::size_t parts = 0;
      for (auto at = html.find("<h3>"); at != std::string::npos; at = html.find("<h3>", at + 1)) ++parts;
      EXPECT_EQ(parts, 7U);
    }
  }
  auto const markdown = service_report_markdown(demo()[0]);
  EXPECT_NE(markdown.find("- families counselled: about 12\n"), std::string::npos);
  EXPECT_NE(markdown.find("- on record at the end: 3 (computed from stays)\n"), std::string::npos);
  EXPECT_NE(markdown.find("## 7. Proposals\n\nNone, as the report says."), std::string::npos);
  EXPECT_NE(service_report_markdown(demo()[1]).find("## 7. Proposals\n\nThis part is missing."), std::string::npos);
}

TEST(ServiceReportFiles, WordsOfAReportHaveNoMeaningInMarkup)
{
  auto report = demo()[0];
  report.purpose = Text("<script>a*b* [x](y)\n# z</script>");
  EXPECT_EQ(service_report_html(report).find("<script>"), std::string::npos);
  EXPECT_NE(service_report_markdown(report).find("\\<script\\>a\\*b\\* \\[x\\](y) \\# z\\</script\\>"),
            std::string::npos);
}

}  // namespace
}  // namespace tutela
