// SPDX-License-Identifier: Apache-2.0
/// \file
/// Records and findings of monitoring as JSON. No function here takes protected places.
#include <array>
#include <string>

#include <tutela/io/monitoring.hpp>

#include "io/json_fields.hpp"

namespace tutela::inline v0 {
namespace {

using detail::fields::put;
using Json = detail::fields::OrderedJson;

constexpr std::array<char const*, 7> weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::int64_t seconds_of_day = 86'400;

std::string two_digits(std::int64_t number)
{
  auto text = std::to_string(number);
  return text.size() < 2 ? "0" + text : text;
}

std::string clock_time(int minute) { return two_digits(minute / 60) + ":" + two_digits(minute % 60); }

/// A moment in UTC. \param seconds With the seconds, or `2026-03-29T01:00Z`.
std::string utc(std::int64_t at, bool seconds = true)
{
  auto const day = at >= 0 ? at / seconds_of_day : (at - seconds_of_day + 1) / seconds_of_day;
  auto const rest = static_cast<int>(at - day * seconds_of_day);
  auto text = to_string(from_days(day).value_or(Date{})) + "T" + clock_time(rest / 60);
  if (seconds) text += ":" + two_digits(rest % 60);
  return text + "Z";
}

/// Degrees: seven decimals are exactly what a step is, and a double holds them.
Json degrees(std::int32_t steps) { return static_cast<double>(steps) / 1e7; }

Json json_of(GroundPoint point)
{
  return {{"latitude", degrees(point.latitude)}, {"longitude", degrees(point.longitude)}};
}

Json json_of(MonitoringZone const& zone)
{
  if (zone.radius() > 0) {
    auto circle = json_of(zone.points().front());
    circle["radius"] = zone.radius();
    return {{"circle", std::move(circle)}};
  }
  auto corners = Json::array();
  for (auto const& corner : zone.points()) corners.push_back(json_of(corner));
  return {{"polygon", std::move(corners)}};
}

Json json_of(DailyHours const& hours)
{
  Json json{{"from", clock_time(hours.from)}, {"until", clock_time(hours.until)}};
  if (hours.weekdays == 0x7FU) return json;
  json["weekdays"] = Json::array();
  for (std::size_t day = 0; day < weekdays.size(); ++day)
    if (((static_cast<unsigned>(hours.weekdays) >> day) & 1U) != 0) json["weekdays"].push_back(weekdays[day]);
  return json;
}

Json json_of(MonitoringCondition const& condition)
{
  Json json{{"id", condition.id}, {"kind", to_string(condition.kind)}};
  if (condition.zone) json["zone"] = json_of(*condition.zone);
  if (condition.kind == ConditionKind::no_approach) {
    json["distance"] = condition.distance;
    json["protected_places"] = condition.protected_places;
  }
  for (auto const& each : condition.hours) json["hours"].push_back(json_of(each));
  put(json, condition.valid);
  json["severity"] = to_string(condition.severity);
  if (condition.tell_monitored) json["tell_monitored"] = *condition.tell_monitored;
  return json;
}

Json json_of(MonitoringOrder const& order)
{
  Json json{{"id", order.id}};
  put(json, "case", order.subject.text());
  json["conditions"] = Json::array();
  for (auto const& each : order.conditions) json["conditions"].push_back(json_of(each));
  for (auto const& each : order.offsets)
    json["offsets"].push_back({{"from", utc(each.from, false)}, {"minutes", each.minutes}});
  json["gap_after"] = order.gap_after;
  json["stale_after"] = order.stale_after;
  put(json, "retention", order.retention);
  put(json, "child_in_household", order.child_in_household);
  return json;
}

}  // namespace

std::string write_monitoring_records(MonitoringRecords const& records, int indent)
{
  Json json{{"format", "tutela-monitoring/1"}, {"synthetic", records.synthetic}};
  json["orders"] = Json::array();
  for (auto const& order : records.orders) json["orders"].push_back(json_of(order));
  json["equipment"] = Json::array();
  for (auto const& piece : records.equipment) {
    Json one{{"id", piece.id}, {"steps", Json::array()}};
    for (auto const& step : piece.steps) {
      Json life{{"state", to_string(step.state)}, {"on", to_string(step.on)}};
      put(life, "order", step.order);
      one["steps"].push_back(std::move(life));
    }
    json["equipment"].push_back(std::move(one));
  }
  return detail::fields::written(json, indent);
}

std::string write_monitoring_review(MonitoringReview const& review, int indent)
{
  Json json{{"order", review.order}, {"from", utc(review.from)}, {"until", utc(review.until)}};
  json["alerts"] = Json::array();
  for (auto const& alert : review.alerts)
    json["alerts"].push_back({{"condition", alert.condition},
                              {"kind", to_string(alert.kind)},
                              {"severity", to_string(alert.severity)},
                              {"from", utc(alert.from)},
                              {"until", utc(alert.until)},
                              {"reports", alert.reports}});
  json["unsaid"] = Json::array();
  for (auto const& each : review.unsaid) {
    Json one = Json::object();
    put(one, "condition", each.condition);
    one["reason"] = to_string(each.reason);
    one["from"] = utc(each.from);
    one["until"] = utc(each.until);
    json["unsaid"].push_back(std::move(one));
  }
  json["tasks"] = Json::array();
  for (auto const task : review.tasks) json["tasks"].push_back(to_string(task));
  json["events"] = review.events;
  json["stale"] = review.stale;
  return detail::fields::written(json, indent);
}

std::string write_monitored_notices(std::span<MonitoredNotice const> notices, int indent)
{
  auto json = Json::array();
  for (auto const& each : notices) json.push_back({{"at", utc(each.at)}, {"instruction", to_string(each.instruction)}});
  return detail::fields::written(json, indent);
}

}  // namespace tutela::inline v0
