// SPDX-License-Identifier: Apache-2.0
#include <tutela/casework/service_report.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace tutela::inline v0 {
namespace {

constexpr std::array<std::string_view, report_parts.size()> part_words{
    "service", "purpose", "objectives", "action_plan", "statistics", "difficulties", "proposals"};

bool before(std::optional<Date> const& left, Date right) { return !left || *left < right; }

bool has_ends(Period const& period) { return period.from && period.until && *period.from < *period.until; }

/// Stays that end before they begin, or overlap with another of the same person.
std::vector<std::size_t> unsound(std::vector<Stay> const& stays)
{
  std::vector<std::size_t> found;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < stays.size(); ++i) {
    auto const& days = stays[i].days;
    if (days.from && days.until && *days.until <= *days.from) {
      found.push_back(i);
    } else {
      order.push_back(i);
    }
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return std::pair(stays[left].subject, stays[left].days.from) <
           std::pair(stays[right].subject, stays[right].days.from);
  });
  for (std::size_t k = 1; k < order.size(); ++k) {
    auto const& earlier = stays[order[k - 1]];
    auto const& later = stays[order[k]];
    if (earlier.subject == later.subject && earlier.days.overlaps(later.days)) found.push_back(order[k]);
  }
  return found;
}

}  // namespace

std::string_view to_string(ReportPart part) noexcept { return part_words[static_cast<std::size_t>(part)]; }

StayFigures count_stays(std::vector<Stay> const& stays, Period const& period)
{
  StayFigures figures;
  auto const first = *period.from;
  auto const end = *period.until;
  std::set<CaseId> people;
  for (auto const& [subject, days] : stays) {
    bool const began_before = before(days.from, first);
    bool const over_before = days.until && *days.until <= first;
    bool const begins_inside = !began_before && before(days.from, end);
    bool const was_there = (began_before && !over_before) || begins_inside;
    bool const over_by_end = days.until && *days.until <= end;
    if (began_before && !over_before) ++figures.start;
    if (begins_inside) ++figures.entered;
    if (was_there && over_by_end) ++figures.left;
    if (was_there && !over_by_end) ++figures.end;
    if (was_there) people.insert(subject);
  }
  figures.served = static_cast<std::int64_t>(people.size());
  return figures;
}

std::vector<ReportPart> missing_parts(ServiceReport const& report)
{
  std::vector<ReportPart> missing;
  auto const lacks = [&](bool empty, ReportPart part) {
    if (empty) missing.push_back(part);
  };
  lacks(report.service.empty(), ReportPart::service);
  lacks(report.purpose.empty(), ReportPart::purpose);
  lacks(report.objectives.empty(), ReportPart::objectives);
  lacks(report.action_plan.empty(), ReportPart::action_plan);
  lacks(report.statistics.empty() && !report.stays, ReportPart::statistics);
  lacks(!report.difficulties, ReportPart::difficulties);
  lacks(!report.proposals, ReportPart::proposals);
  return missing;
}

std::vector<Diagnostic> check_service_report(ServiceReport const& report, std::string const& pointer)
{
  Diagnostics found;
  auto const at = [&](std::string const& rest) { return Place{"", 0, 0, pointer + "/" + rest}; };
  for (auto const part : missing_parts(report)) {
    auto const word = std::string(to_string(part));
    bool const may_be_empty = part == ReportPart::difficulties || part == ReportPart::proposals;
    found.error(Code::missing_key, at(word), "the report lacks the part \"" + word + "\"",
                may_be_empty ? "write it, or an empty list when there are none" : "write it");
  }
  for (std::size_t i = 0; i < report.statistics.size(); ++i) {
    auto const& value = report.statistics[i].value;
    auto const place = at("statistics/" + std::to_string(i) + "/value");
    if (!value)
      found.warning(Code::missing_key, place, "a figure is not recorded", "count it; what is missing is not zero");
    if (value && *value < 0) found.error(Code::out_of_range, place, "a figure is negative", "mend it");
  }
  if (!report.stays) return std::move(found).take();
  if (!has_ends(report.period))
    found.error(Code::invalid_interval, at("valid_until"), "stays are counted in a period with both ends",
                "give `valid_from` and `valid_until`");
  for (auto const i : unsound(*report.stays))
    found.error(Code::invalid_interval, at("stays/" + std::to_string(i)),
                "a stay ends before it begins, or overlaps with another one of the same person", "mend its days");
  return std::move(found).take();
}

}  // namespace tutela::inline v0
