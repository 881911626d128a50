// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>

#include <tutela/casework/service_report.hpp>

namespace tutela {
namespace {

TEST(ServiceReport, ExactlySevenPartsAndEachOneIsMissedByName)
{
  ServiceReport report;
  EXPECT_EQ(missing_parts(report), std::vector(report_parts.begin(), report_parts.end()));
  std::string places;
  for (auto const& found : check_service_report(report, "/reports/0")) places += found.place.pointer.substr(10);
  EXPECT_EQ(places, "/service/purpose/objectives/action_plan/statistics/difficulties/proposals");
  report.service = report.purpose = Text("x");
  report.objectives = {Text("x")};
  report.action_plan.emplace_back();
  report.statistics.push_back({Text("posts"), "post", 271, false, {}});
  report.difficulties.emplace();
  EXPECT_EQ(missing_parts(report), std::vector{ReportPart::proposals}) << "no difficulties is an answer";
  report.proposals.emplace();
  EXPECT_EQ(check_service_report(report), std::vector<Diagnostic>());
}

TEST(ServiceReport, AMissingFigureIsNotZero)
{
  ServiceReport report;
  report.statistics = {{Text("a"), "child", {}, false, {}}, {Text("b"), "child", -1, false, {}}};
  std::vector<Diagnostic> figures;
  for (auto const& found : check_service_report(report))
    if (found.place.pointer.find("/statistics/") == 0) figures.push_back(found);
  ASSERT_EQ(figures.size(), 2U);
  EXPECT_EQ(figures[0].severity, Severity::warning);
  EXPECT_EQ(figures[1].code, Code::out_of_range);
}

TEST(ServiceReport, StaysThatCannotBeAreLocated)
{
  ServiceReport report;
  report.stays = {{CaseId("a"), {Date{2023, 1, 1}, Date{2023, 3, 1}}},
                  {CaseId("b"), {Date{2023, 1, 5}, Date{2023, 1, 5}}},
                  {CaseId("a"), {Date{2023, 2, 1}, {}}}};
  std::set<std::string> places;
  for (auto const& found : check_service_report(report)) places.insert(found.place.pointer);
  EXPECT_TRUE(places.count("/stays/1") == 1 && places.count("/stays/2") == 1 && places.count("/valid_until") == 1);
  EXPECT_EQ(places.count("/stays/0"), 0U);
  EXPECT_EQ(places.count("/statistics"), 0U) << "stays are statistics";
}

TEST(ServiceReport, FiguresAreWhatCountingDayByDayGives)
{
  std::mt19937 random(11);
  auto const number = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  auto const day = [](int offset) { return *add_days(Date{2023, 1, 1}, offset); };
  for (int round = 0; round < 2000; ++round) {
    int const first = number(5, 20);
    int const end = first + number(1, 20);
    std::vector<Stay> stays;
    for (int person = 0; person < 8; ++person) {
      int from = number(-5, 40);
      for (int times = number(0, 3); times > 0; --times) {
        int const until = from + number(1, 15);
        Stay stay{CaseId("p" + std::to_string(person)), {day(from), day(until)}};
        if (times == 1 && random() % 3 == 0) stay.days.until.reset();
        stays.push_back(stay);
        from = until + number(0, 5);
      }
    }
    auto const there = [&](Stay const& stay, int when) { return stay.days.contains(day(when)); };
    StayFigures counted;
    std::set<CaseId> people;
    for (auto const& stay : stays) {
      if (there(stay, first - 1) && there(stay, first)) ++counted.start;
      for (int when = first; when < end; ++when) {
        if (there(stay, when)) people.insert(stay.subject);
        if (there(stay, when) && stay.days.from == day(when)) ++counted.entered;
        if (there(stay, when) && !there(stay, when + 1)) ++counted.left;
      }
      if (there(stay, end - 1) && there(stay, end)) ++counted.end;
    }
    counted.served = static_cast<std::int64_t>(people.size());
    auto const figures = count_stays(stays, {day(first), day(end)});
    ASSERT_EQ(figures, counted) << round;
    EXPECT_EQ(figures.start + figures.entered - figures.left, figures.end);
  }
}

}  // namespace
}  // namespace tutela
