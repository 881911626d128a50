// SPDX-License-Identifier: Apache-2.0
/// \file
/// The report of a service in its seven parts.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/base/text.hpp>
#include <tutela/casework/commitment.hpp>
#include <tutela/model/case.hpp>
#include <tutela/model/identity.hpp>

namespace tutela::inline v0 {

/// The parts of a report, in their order.
enum class ReportPart : std::uint8_t {
  service,       ///< Which service is coordinated.
  purpose,       ///< Its purpose.
  objectives,    ///< Its objectives.
  action_plan,   ///< What is planned.
  statistics,    ///< Up-to-date figures.
  difficulties,  ///< Difficulties met.
  proposals      ///< Proposals to raise quality.
};

/// All parts, in their order.
inline constexpr std::array<ReportPart, 7> report_parts{
    ReportPart::service,    ReportPart::purpose,      ReportPart::objectives, ReportPart::action_plan,
    ReportPart::statistics, ReportPart::difficulties, ReportPart::proposals};

/// `service`, `action_plan`.
[[nodiscard]] TUTELA_API std::string_view to_string(ReportPart part) noexcept;

/// A step of the action plan of a service.
struct PlannedAction {
  Text what;                 ///< What is to be done.
  std::string role;          ///< Who answers for it, as a code word; may be empty.
  std::optional<Date> due;   ///< Last day.
  std::optional<Date> done;  ///< When it was done.

  friend bool operator==(PlannedAction const&, PlannedAction const&) = default;
};

/// A figure that the service states itself.
struct StatedFigure {
  Text label;                         ///< What it counts.
  std::string unit;                   ///< What one is: `child`, `pair`, `family`, `post`.
  std::optional<std::int64_t> value;  ///< The figure; nothing when it is not recorded, which is not zero.
  bool approximate = false;           ///< True when it is said to be about so many.
  SourceId source;                    ///< Where it was published; may be empty.

  friend bool operator==(StatedFigure const&, StatedFigure const&) = default;
};

/// The time that one beneficiary is with the service.
struct Stay {
  CaseId subject;  ///< Pseudonym. Somebody who comes back has several stays.
  Period
      days;  ///< First day, and first day after the last; the first day may be left out for one who was there before.

  friend bool operator==(Stay const&, Stay const&) = default;
};

/// Figures computed from stays: on record at the start, entered, left, on record at the end. `start + entered - left = end`.
struct StayFigures {
  std::int64_t start = 0;    ///< There when the period begins, from an earlier day on.
  std::int64_t entered = 0;  ///< Stays that begin in the period.
  std::int64_t left = 0;  ///< Stays that end in the period: the first day after them lies in it or is the day after it.
  std::int64_t end = 0;   ///< There when the period is over.
  std::int64_t served = 0;  ///< Different people who were there on some day of the period.

  friend bool operator==(StayFigures const&, StayFigures const&) = default;
};

/// Counts stays over a period.
/// \param stays  Each ends after it began, and stays of one person do not overlap.
/// \param period With both ends.
/// n log n in the stays.
[[nodiscard]] TUTELA_API StayFigures count_stays(std::vector<Stay> const& stays, Period const& period);

/// A report of a service. Difficulties and proposals may be an empty list, which says that there are none; where the list is
/// not there at all, the part is missing.
struct ServiceReport {
  std::string id;                                 ///< Identifier.
  ServiceId service_id;                           ///< The service.
  bool synthetic = false;                         ///< True when its figures and words are made up for a demonstration.
  Period period;                                  ///< Days that it reports on, with both ends where stays are counted.
  Text service;                                   ///< Part 1: the service coordinated.
  Text purpose;                                   ///< Part 2.
  std::vector<Text> objectives;                   ///< Part 3.
  std::vector<PlannedAction> action_plan;         ///< Part 4.
  std::vector<StatedFigure> statistics;           ///< Part 5: stated figures.
  std::optional<std::vector<Stay>> stays;         ///< Part 5: from which figures are computed.
  std::optional<std::vector<Text>> difficulties;  ///< Part 6.
  std::optional<std::vector<Text>> proposals;     ///< Part 7.
  SourceId source;                                ///< Where it was published; may be empty.

  friend bool operator==(ServiceReport const&, ServiceReport const&) = default;
};

/// The parts that a report lacks, in their order.
[[nodiscard]] TUTELA_API std::vector<ReportPart> missing_parts(ServiceReport const& report);

/// What is wrong with a report, with the place: each missing part, stays without a period to count them in, stays that end
/// before they begin or overlap for one person, a negative figure. A figure that is not recorded is a warning.
/// \param pointer JSON pointer of the report, for the places.
[[nodiscard]] TUTELA_API std::vector<Diagnostic> check_service_report(ServiceReport const& report,
                                                                      std::string const& pointer = {});

}  // namespace tutela::inline v0
