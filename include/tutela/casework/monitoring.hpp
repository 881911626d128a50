// SPDX-License-Identifier: Apache-2.0
/// \file
/// Electronic monitoring: conditions that a court set, checked on a stream of positions and times.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/truth.hpp>
#include <tutela/calendar/term.hpp>
#include <tutela/casework/monitoring_area.hpp>
#include <tutela/model/case.hpp>

namespace tutela::inline v0 {

/// What a court may set.
enum class ConditionKind : std::uint8_t {
  zone,        ///< Stay in a zone.
  exclusion,   ///< Stay out of a zone.
  curfew,      ///< Be in a zone, most often the home, at certain hours.
  no_approach  ///< Keep away from a person who must be protected.
};

/// The word used in files: `no_approach`.
[[nodiscard]] TUTELA_API std::string_view to_string(ConditionKind kind) noexcept;

/// How pressing an alert is, in rising order. Set by people with the condition.
enum class AlertSeverity : std::uint8_t {
  notice,   ///< To be looked at in working hours.
  warning,  ///< To be looked at on the same day.
  alarm     ///< Somebody may be in danger: at once.
};

/// `notice`, `warning` or `alarm`.
[[nodiscard]] TUTELA_API std::string_view to_string(AlertSeverity severity) noexcept;

/// Hours of a day. When they end before they begin, they pass midnight.
struct DailyHours {
  std::uint16_t from = 0;         ///< Minute of the day, 0 to 1439.
  std::uint16_t until = 0;        ///< First minute after, 0 to 1440.
  std::uint8_t weekdays = 0x7FU;  ///< Days on which they begin: bit 0 is Monday.

  friend constexpr bool operator==(DailyHours const&, DailyHours const&) = default;
};

/// One condition. It never holds the place of a protected person, only the name of that place in `ProtectedPlaces`.
struct MonitoringCondition {
  std::string id;                                   ///< Identifier, unique in the order.
  ConditionKind kind = ConditionKind::zone;         ///< What it asks.
  std::optional<MonitoringZone> zone;               ///< For all but `no_approach`.
  std::int32_t distance = 0;                        ///< For `no_approach`: how far to keep away, 10 to 100,000 metres.
  std::vector<std::string> protected_places;        ///< For `no_approach`: names of places; at least one.
  std::vector<DailyHours> hours;                    ///< Hours in which it holds; always when empty.
  Period valid;                                     ///< Days on which it holds.
  AlertSeverity severity = AlertSeverity::warning;  ///< How pressing a violation is.
  /// Whether the monitored side is told; nothing means: of every condition but `no_approach`.
  std::optional<bool> tell_monitored;

  friend bool operator==(MonitoringCondition const&, MonitoringCondition const&) = default;
};

/// The place of a person who must be protected.
struct ProtectedPlace {
  std::string name;   ///< Opaque name; says nothing about the person or the place.
  GroundPoint point;  ///< Where it is.

  friend bool operator==(ProtectedPlace const&, ProtectedPlace const&) = default;
};

/// Places of protected persons. Kept in a file of their own, apart from orders, and never written into any result.
struct ProtectedPlaces {
  std::vector<ProtectedPlace> places;  ///< Each name once.

  friend bool operator==(ProtectedPlaces const&, ProtectedPlaces const&) = default;
};

/// From a moment on, how far the clock on the wall is ahead of UTC.
struct UtcOffset {
  std::int64_t from = 0;     ///< Seconds since 1970 in UTC.
  std::int32_t minutes = 0;  ///< -840 to 840.

  friend constexpr bool operator==(UtcOffset const&, UtcOffset const&) = default;
};

/// An order of electronic monitoring.
struct MonitoringOrder {
  std::string id;                               ///< Identifier.
  CaseId subject;                               ///< Pseudonym of the case.
  std::vector<MonitoringCondition> conditions;  ///< What was set.
  std::vector<UtcOffset> offsets;               ///< In rising order; UTC before the first one.
  std::int32_t gap_after = 600;                 ///< Seconds without a usable position after which nothing can be said.
  std::int32_t stale_after = 300;               ///< Seconds after which a position no longer says where the person is.
  std::optional<Term> retention;  ///< How long positions are kept: days, months or years. Not set is reported.
  Truth child_in_household = Truth::unknown;  ///< Whether a child lives in the household.

  friend bool operator==(MonitoringOrder const&, MonitoringOrder const&) = default;
};

/// What a device reports.
struct PositionEvent {
  std::int64_t at = 0;         ///< When it reports, seconds since 1970 in UTC.
  std::int64_t fixed_at = 0;   ///< When the position was found; a device may repeat an old one.
  GroundPoint point;           ///< Where.
  std::uint32_t accuracy = 0;  ///< Metres within which the person is; 0 is not known.

  friend constexpr bool operator==(PositionEvent const&, PositionEvent const&) = default;
};

/// A violation that is certain, for those who supervise. It names no place.
struct MonitoringAlert {
  std::string condition;                            ///< Identifier of the condition.
  ConditionKind kind = ConditionKind::zone;         ///< What it asks.
  AlertSeverity severity = AlertSeverity::warning;  ///< How pressing.
  std::int64_t from = 0;                            ///< First report that shows it.
  std::int64_t until = 0;                           ///< Last report in a row that shows it.
  std::size_t reports = 0;                          ///< How many show it.

  friend bool operator==(MonitoringAlert const&, MonitoringAlert const&) = default;
};

/// Why nothing can be said about a stretch of time.
enum class UnsaidReason : std::uint8_t {
  gap,             ///< No report.
  stale,           ///< Only old positions were repeated.
  imprecise,       ///< The positions are too close to a border for how precise they are.
  place_not_there  ///< The protected place of the condition is not among those that were given.
};

/// `gap`, `place_not_there`.
[[nodiscard]] TUTELA_API std::string_view to_string(UnsaidReason reason) noexcept;

/// A stretch of time about which nothing can be said. Never a violation.
struct UnsaidStretch {
  std::string condition;                    ///< Identifier; empty for all conditions.
  UnsaidReason reason = UnsaidReason::gap;  ///< Why.
  std::int64_t from = 0;                    ///< From the last report before it.
  std::int64_t until = 0;                   ///< To the first report after it.

  friend bool operator==(UnsaidStretch const&, UnsaidStretch const&) = default;
};

/// What people must do besides looking at alerts.
enum class MonitoringTask : std::uint8_t {
  tell_childrens_service,  ///< A child lives in the household: tell the children's service, as the rules of disclosure
                           ///< allow (`household_child_task`).
  ask_about_children,      ///< It is not known whether a child lives there: ask.
  set_retention            ///< No period is set after which positions are erased: set one.
};

/// `tell_childrens_service`.
[[nodiscard]] TUTELA_API std::string_view to_string(MonitoringTask task) noexcept;

/// What a stream of positions says. Findings: what follows from them is for people to decide.
struct MonitoringReview {
  std::string order;                    ///< Identifier.
  std::int64_t from = 0;                ///< First second looked at.
  std::int64_t until = 0;               ///< First second after.
  std::vector<MonitoringAlert> alerts;  ///< By begin.
  std::vector<UnsaidStretch> unsaid;    ///< By begin.
  std::vector<MonitoringTask> tasks;    ///< In the order of the enumeration.
  std::size_t events = 0;               ///< Reports in the stretch.
  std::size_t stale = 0;                ///< Reports that repeat an old position.

  friend bool operator==(MonitoringReview const&, MonitoringReview const&) = default;
};

/// Checks the conditions of an order on a stream of positions.
///
/// \param order  The order.
/// \param places Places of protected persons, kept apart.
/// \param events Reports of the one device of the order, in rising order of `at`; those outside of the stretch are skipped.
/// \param from   First second to look at.
/// \param until  First second after.
/// \return The findings; or what is wrong: reports that go back in time, an order that breaks its own declarations, more
///         events than `limits.elements`.
///
/// A condition is judged at each report, and between reports nothing is said. Only what is certain, given how precise a
/// position is, is an alert; reports in a row are one alert. Old, missing and imprecise positions are never a violation.
/// Linear in events times conditions.
[[nodiscard]] TUTELA_API Result<MonitoringReview> check_positions(MonitoringOrder const& order,
                                                                  ProtectedPlaces const& places,
                                                                  std::span<PositionEvent const> events,
                                                                  std::int64_t from, std::int64_t until,
                                                                  Limits const& limits = {});

/// What the monitored person is told to do.
enum class MonitoredInstruction : std::uint8_t {
  return_to_zone,     ///< Go back into the zone.
  leave_zone,         ///< Leave the zone.
  go_home,            ///< Be at home.
  contact_the_centre  ///< Call the monitoring centre.
};

/// `contact_the_centre`.
[[nodiscard]] TUTELA_API std::string_view to_string(MonitoredInstruction instruction) noexcept;

/// What the monitored side is told: when, and what to do. Nothing of a protected person is in it: no name of the place, no
/// distance, no direction, no condition.
struct MonitoredNotice {
  std::int64_t at = 0;                                                          ///< When.
  MonitoredInstruction instruction = MonitoredInstruction::contact_the_centre;  ///< What to do.

  friend bool operator==(MonitoredNotice const&, MonitoredNotice const&) = default;
};

/// The notices to the monitored side for the alerts of a review. Of conditions that are not to be told there is none. That a
/// notice of `no_approach` comes at all says that a protected place may be near: by default none is given.
[[nodiscard]] TUTELA_API std::vector<MonitoredNotice> notices_for(MonitoringOrder const& order,
                                                                  MonitoringReview const& review);

/// How many reports from the begin of the stream are to be erased on a day because their retention is over; nothing when no
/// retention is set. The day of the report counts from the day after, the last day counts whole. Logarithmic.
[[nodiscard]] TUTELA_API std::optional<std::size_t> positions_to_erase(MonitoringOrder const& order,
                                                                       std::span<PositionEvent const> events, Date on);

}  // namespace tutela::inline v0
