// SPDX-License-Identifier: Apache-2.0
/// \file
/// SHOWS: four services report in seven parts, with the missing parts named; last week's promises, done and not done; the
/// priorities of the month (Moldova, a coordination meeting of 7 July 2023; what was not published is synthetic).
/// EASIER FIRST: story_joint_plan.cpp.
/// RUN: story_reports examples/data/chisinau/service_reports.json examples/data/chisinau/agenda.json

#include <iostream>

#include <tutela/io/agenda.hpp>
#include <tutela/io/clocks.hpp>
#include <tutela/io/service_report.hpp>

using namespace tutela;

int main(int argc, char** argv)
{
  if (argc != 3) return 2;
  for (auto const& report : load_service_reports(argv[1]).value()) {
    auto const missing = missing_parts(report);
    std::cout << report.service.in(Language::en) << ": " << report_parts.size() - missing.size() << " of "
              << report_parts.size() << " parts";
    for (auto const part : missing) std::cout << (part == missing.front() ? "; missing: " : ", ") << to_string(part);
    std::cout << '\n';
  }

  auto const records = load_agenda_records(argv[2]).value();
  auto const clocks = load_clocks("md").value();
  auto const week = agenda(records, clocks.clocks, WorkCalendar(), {Date{2023, 7, 7}, 7, false}).value();
  for (auto const& promise : week.review)
    std::cout << to_string(promise.outcome) << ": " << promise.what.in(Language::en) << '\n';
  for (auto const& priority : week.priorities)
    std::cout << "in July: " << priority.what.in(Language::en) << (priority.done ? " (done)" : "") << '\n';
}
