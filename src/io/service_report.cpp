// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reports of services from JSON and to JSON.
#include <tutela/io/service_report.hpp>

#include <limits>
#include <utility>

#include <nlohmann/json.hpp>

#include "io/json_reader.hpp"

namespace tutela::inline v0 {
namespace {

using detail::JsonObject;
using Json = nlohmann::ordered_json;

/// A list of `{"text": ...}`, or nothing where the key is not there.
std::optional<std::vector<Text>> texts(JsonObject& object, std::string_view key)
{
  if (object.find(key) == nullptr) return std::nullopt;
  std::vector<Text> found;
  object.optional_each(key, [&](JsonObject& inner) { found.push_back(inner.localized("text")); });
  return found;
}

StatedFigure read_figure(JsonObject& object)
{
  StatedFigure figure;
  figure.label = object.localized("label");
  figure.unit = object.text("unit");
  figure.value = object.optional_integer("value", 0, std::numeric_limits<std::int64_t>::max());
  figure.approximate = object.optional_boolean("approximate").value_or(false);
  figure.source = SourceId(object.optional_text("source_id").value_or(""));
  return figure;
}

ServiceReport read_report(JsonObject& object)
{
  ServiceReport report;
  report.id = object.text("id");
  report.service_id = ServiceId(object.text("service_id"));
  report.synthetic = object.optional_boolean("synthetic").value_or(false);
  report.period = object.period();
  report.service = object.optional_localized("service");
  report.purpose = object.optional_localized("purpose");
  report.objectives = texts(object, "objectives").value_or(std::vector<Text>());
  object.optional_each("action_plan", [&](JsonObject& inner) {
    report.action_plan.push_back({inner.localized("what"), inner.optional_text("role").value_or(""),
                                  inner.optional_date("due"), inner.optional_date("done")});
  });
  object.optional_each("statistics", [&](JsonObject& inner) { report.statistics.push_back(read_figure(inner)); });
  if (object.find("stays") != nullptr) {
    report.stays.emplace();
    object.optional_each("stays", [&](JsonObject& inner) {
      report.stays->push_back({CaseId(inner.text("case")), inner.period()});
    });
  }
  report.difficulties = texts(object, "difficulties");
  report.proposals = texts(object, "proposals");
  report.source = SourceId(object.optional_text("source_id").value_or(""));
  // Stays that cannot be counted are wrong input; a missing part is a finding.
  for (auto& found : check_service_report(report, object.pointer()))
    if (found.code == Code::invalid_interval) {
      found.place.file = object.context().file;
      object.context().diagnostics.append({found});
    }
  return report;
}

Json json_of(Text const& text)
{
  Json json = Json::object();
  for (auto const language : all_languages)
    if (!text.exactly(language).empty()) json[std::string(to_string(language))] = text.exactly(language);
  return json;
}

Json json_of(std::vector<Text> const& items)
{
  Json json = Json::array();
  for (auto const& item : items) json.push_back({{"text", json_of(item)}});
  return json;
}

void put(Json& json, char const* key, std::string const& text)
{
  if (!text.empty()) json[key] = text;
}

void put(Json& json, char const* key, std::optional<Date> const& day)
{
  if (day) json[key] = to_string(*day);
}

void put_period(Json& json, Period const& period)
{
  put(json, "valid_from", period.from);
  put(json, "valid_until", period.until);
}

Json json_of(PlannedAction const& action)
{
  Json json{{"what", json_of(action.what)}};
  put(json, "role", action.role);
  put(json, "due", action.due);
  put(json, "done", action.done);
  return json;
}

Json json_of(StatedFigure const& figure)
{
  Json json{{"label", json_of(figure.label)}, {"unit", figure.unit}};
  if (figure.value) json["value"] = *figure.value;
  if (figure.approximate) json["approximate"] = true;
  put(json, "source_id", figure.source.text());
  return json;
}

Json json_of(ServiceReport const& report, bool with_stays)
{
  Json json{{"id", report.id}, {"service_id", report.service_id.text()}, {"synthetic", report.synthetic}};
  put_period(json, report.period);
  if (!report.service.empty()) json["service"] = json_of(report.service);
  if (!report.purpose.empty()) json["purpose"] = json_of(report.purpose);
  if (!report.objectives.empty()) json["objectives"] = json_of(report.objectives);
  for (auto const& action : report.action_plan) json["action_plan"].push_back(json_of(action));
  for (auto const& figure : report.statistics) json["statistics"].push_back(json_of(figure));
  if (report.stays && with_stays) {
    json["stays"] = Json::array();
    for (auto const& stay : *report.stays) {
      Json inner{{"case", stay.subject.text()}};
      put_period(inner, stay.days);
      json["stays"].push_back(std::move(inner));
    }
  }
  if (report.difficulties) json["difficulties"] = json_of(*report.difficulties);
  if (report.proposals) json["proposals"] = json_of(*report.proposals);
  put(json, "source_id", report.source.text());
  return json;
}

std::string written(Json const& json, int indent) { return indent > 0 ? json.dump(indent) : json.dump(); }

}  // namespace

Result<std::vector<ServiceReport>> parse_service_reports(std::string_view json, std::string const& file,
                                                         Limits const& limits)
{
  return detail::read_document<std::vector<ServiceReport>>(
      json, file, limits, "tutela-service-report/1", [](JsonObject& root, std::vector<ServiceReport>& reports) {
        root.each("reports", [&](JsonObject& inner) { reports.push_back(read_report(inner)); });
      });
}

Result<std::vector<ServiceReport>> load_service_reports(std::string const& path, Limits const& limits)
{
  auto text = detail::read_file(path, limits);
  if (!text) return std::move(text).diagnostics();
  return parse_service_reports(*text, path, limits);
}

std::string write_service_reports(std::vector<ServiceReport> const& reports, int indent)
{
  Json json{{"format", "tutela-service-report/1"}, {"reports", Json::array()}};
  for (auto const& report : reports) json["reports"].push_back(json_of(report, true));
  return written(json, indent);
}

std::string service_report_json(ServiceReport const& report, int indent)
{
  auto json = json_of(report, false);
  if (report.stays && report.period.from && report.period.until) {
    auto const figures = count_stays(*report.stays, report.period);
    json["computed"] = {{"start", figures.start},
                        {"entered", figures.entered},
                        {"left", figures.left},
                        {"end", figures.end},
                        {"served", figures.served}};
  }
  json["missing"] = Json::array();
  for (auto const part : missing_parts(report)) json["missing"].push_back(to_string(part));
  return written(json, indent);
}

}  // namespace tutela::inline v0
