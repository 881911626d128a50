// SPDX-License-Identifier: Apache-2.0
/// \file
/// Orders of monitoring, equipment and protected places from JSON.
#include <tutela/io/monitoring.hpp>

#include <array>
#include <charconv>
#include <utility>

#include "io/json_reader.hpp"
#include "io/law_fields.hpp"

namespace tutela::inline v0 {
namespace {

using detail::JsonName;
using detail::JsonObject;
using detail::read_day;
using detail::refuse_twice;

constexpr std::array<JsonName<ConditionKind>, 4> kinds{{{"zone", ConditionKind::zone},
                                                        {"exclusion", ConditionKind::exclusion},
                                                        {"curfew", ConditionKind::curfew},
                                                        {"no_approach", ConditionKind::no_approach}}};
constexpr std::array<JsonName<AlertSeverity>, 3> severities{
    {{"notice", AlertSeverity::notice}, {"warning", AlertSeverity::warning}, {"alarm", AlertSeverity::alarm}}};
constexpr std::array<std::string_view, 7> weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/// Degrees of a position in steps of 1e-7; finer digits are rounded.
std::int32_t degrees(JsonObject& object, std::string_view key, int most)
{
  auto const given = object.decimal(key);
  auto const steps = (given * Decimal(10'000'000)).rounded(0, Rounding::half_even).to_int64();
  auto const bound = std::int64_t{most} * 10'000'000;
  if (steps && *steps >= -bound && *steps <= bound) return static_cast<std::int32_t>(*steps);
  object.error(Code::out_of_range, key, "the value of \"" + std::string(key) + "\" is no position in degrees",
               "use -" + std::to_string(most) + " to " + std::to_string(most));
  return 0;
}

GroundPoint point(JsonObject& object) { return {degrees(object, "latitude", 90), degrees(object, "longitude", 180)}; }

void take_zone(JsonObject& object, std::string_view key, MonitoringCondition& condition, Result<MonitoringZone> zone)
{
  if (zone) {
    condition.zone = std::move(zone).value();
    return;
  }
  for (auto const& each : zone.diagnostics()) object.error(each.code, key, each.what, each.mend);
}

void read_zone(JsonObject& object, MonitoringCondition& condition)
{
  object.optional_object("zone", [&](JsonObject& inner) {
    bool const round = inner.has("circle");
    if (round == inner.has("polygon")) {
      inner.all_keys();
      inner.error(Code::missing_key, {}, "a zone is a circle or a polygon", "give one of `circle`, `polygon`");
      return;
    }
    inner.optional_object("circle", [&](JsonObject& circle) {
      auto const centre = point(circle);
      auto const radius = static_cast<std::int32_t>(circle.integer("radius", 10, 100'000));
      if (radius >= 10) take_zone(circle, {}, condition, MonitoringZone::circle(centre, radius));
    });
    std::vector<GroundPoint> corners;
    inner.optional_each("polygon", [&](JsonObject& corner) { corners.push_back(point(corner)); });
    if (!round) take_zone(inner, "polygon", condition, MonitoringZone::polygon(std::move(corners)));
  });
}

/// `22:00`; `24:00` where it ends a day.
std::uint16_t minute(JsonObject& object, std::string_view key, int most)
{
  auto const text = object.text(key);
  if (text.empty()) return 0;
  auto const number = [&](std::size_t at) {
    int found = -1;
    auto const* const begin = text.data() + at;
    auto const [end, fault] = std::from_chars(begin, begin + 2, found);
    return fault == std::errc() && end == begin + 2 ? found : -1;
  };
  if (text.size() == 5 && text[2] == ':') {
    int const hour = number(0);
    int const rest = number(3);
    if (hour >= 0 && rest >= 0 && rest < 60 && hour * 60 + rest <= most)
      return static_cast<std::uint16_t>(hour * 60 + rest);
  }
  object.error(Code::not_allowed, key, "the value of \"" + std::string(key) + "\" is not a time of day",
               "write `22:00`");
  return 0;
}

DailyHours read_hours(JsonObject& object)
{
  DailyHours hours{minute(object, "from", 1'439), minute(object, "until", 1'440), 0x7FU};
  auto const named = object.optional_texts("weekdays");
  if (named.empty()) return hours;
  unsigned bits = 0;
  for (auto const& word : named) {
    auto const found = std::find(weekdays.begin(), weekdays.end(), word);
    if (found == weekdays.end())
      object.error(Code::not_allowed, "weekdays", "a value of \"weekdays\" is not a day of the week",
                   "use one of: mon, tue, wed, thu, fri, sat, sun");
    else
      bits |= 1U << static_cast<unsigned>(found - weekdays.begin());
  }
  hours.weekdays = static_cast<std::uint8_t>(bits);
  return hours;
}

MonitoringCondition read_condition(JsonObject& object)
{
  MonitoringCondition condition;
  condition.id = object.text("id");
  condition.kind = object.one_of<ConditionKind>("kind", kinds);
  read_zone(object, condition);
  bool const keeps_away = condition.kind == ConditionKind::no_approach;
  if (keeps_away) {
    condition.distance = static_cast<std::int32_t>(object.integer("distance", 10, 100'000));
    condition.protected_places = object.optional_texts("protected_places");
    if (condition.protected_places.empty()) object.missing("protected_places");
    if (object.has("zone"))
      object.error(Code::not_allowed, "zone", "to keep away from a person has no zone", "name protected places");
  } else if (!object.has("zone")) {
    object.missing("zone");
  }
  object.optional_each("hours", [&](JsonObject& inner) { condition.hours.push_back(read_hours(inner)); });
  if (condition.kind == ConditionKind::curfew && condition.hours.empty()) object.missing("hours");
  condition.valid = object.period();
  condition.severity = object.one_of<AlertSeverity>("severity", severities);
  condition.tell_monitored = object.optional_boolean("tell_monitored");
  return condition;
}

/// `2026-03-29T01:00Z`
std::int64_t utc(JsonObject& object, std::string_view key)
{
  auto const text = object.text(key);
  if (text.empty()) return 0;
  auto const moment =
      text.back() == 'Z' ? parse_moment(std::string_view(text).substr(0, text.size() - 1)) : std::nullopt;
  if (moment && moment->minute && moment->day.year >= 1 && moment->day.year <= 9999)
    return to_days(moment->day) * 86'400 + std::int64_t{*moment->minute} * 60;
  object.error(Code::invalid_date, key, "the value of \"" + std::string(key) + "\" is not a moment in UTC",
               "write `2026-03-29T01:00Z`");
  return 0;
}

MonitoringOrder read_order(JsonObject& object)
{
  MonitoringOrder order;
  order.id = object.text("id");
  order.subject = CaseId(object.optional_text("case").value_or(""));
  object.each("conditions", [&](JsonObject& inner) {
    auto condition = read_condition(inner);
    refuse_twice(inner, order.conditions, condition.id, "conditions");
    order.conditions.push_back(std::move(condition));
  });
  object.optional_each("offsets", [&](JsonObject& inner) {
    order.offsets.push_back({utc(inner, "from"), static_cast<std::int32_t>(inner.integer("minutes", -840, 840))});
    auto const& all = order.offsets;
    if (all.size() > 1 && all.back().from <= all[all.size() - 2].from)
      inner.error(Code::invalid_interval, "from", "the offsets go back in time", "write them in rising order");
  });
  auto const seconds = [&](std::string_view key, std::int32_t usual) {
    return static_cast<std::int32_t>(object.optional_integer(key, 1, 86'400).value_or(usual));
  };
  order.gap_after = seconds("gap_after", order.gap_after);
  order.stale_after = seconds("stale_after", order.stale_after);
  order.retention = detail::optional_length(object, "retention");
  if (auto const child = object.optional_boolean("child_in_household")) order.child_in_household = to_truth(*child);
  return order;
}

EquipmentPiece read_piece(JsonObject& object)
{
  EquipmentPiece piece;
  piece.id = object.text("id");
  object.each("steps", [&](JsonObject& inner) {
    auto const state =
        detail::word<EquipmentState>(inner, "state", parse_equipment_state, "available, applied, in_repair, lost");
    piece.steps.push_back({state, read_day(inner, "on"), inner.optional_text("order").value_or("")});
  });
  return piece;
}

}  // namespace

Result<MonitoringRecords> parse_monitoring_records(std::string_view json, std::string const& file, Limits const& limits)
{
  return detail::read_document<MonitoringRecords>(
      json, file, limits, "tutela-monitoring/1", [&](JsonObject& root, MonitoringRecords& records) {
        records.synthetic = root.optional_boolean("synthetic").value_or(false);
        root.optional_each("orders", [&](JsonObject& inner) {
          auto order = read_order(inner);
          refuse_twice(inner, records.orders, order.id, "orders");
          records.orders.push_back(std::move(order));
        });
        root.optional_each("equipment", [&](JsonObject& inner) { records.equipment.push_back(read_piece(inner)); });
        root.context().diagnostics.append(check_equipment(records.equipment, file));
      });
}

Result<MonitoringRecords> load_monitoring_records(std::string const& path, Limits const& limits)
{
  auto text = detail::read_file(path, limits);
  if (!text) return std::move(text).diagnostics();
  return parse_monitoring_records(*text, path, limits);
}

Result<ProtectedPlaces> parse_protected_places(std::string_view json, std::string const& file, Limits const& limits)
{
  return detail::read_document<ProtectedPlaces>(
      json, file, limits, "tutela-protected-places/1", [](JsonObject& root, ProtectedPlaces& places) {
        root.each("places", [&](JsonObject& inner) {
          ProtectedPlace place{inner.text("name"), point(inner)};
          for (auto const& each : places.places)
            if (each.name == place.name)
              inner.error(Code::duplicate_id, "name", "two places have the same name", "rename one");
          places.places.push_back(std::move(place));
        });
      });
}

Result<ProtectedPlaces> load_protected_places(std::string const& path, Limits const& limits)
{
  auto text = detail::read_file(path, limits);
  if (!text) return std::move(text).diagnostics();
  return parse_protected_places(*text, path, limits);
}

}  // namespace tutela::inline v0
