// SPDX-License-Identifier: Apache-2.0
/// \file
/// The records of an agenda, and agendas, as JSON.
#include <nlohmann/json.hpp>
#include <tutela/io/agenda.hpp>

#include "io/json_fields.hpp"

namespace tutela::inline v0 {
namespace {

using Json = detail::fields::OrderedJson;
using detail::fields::json_of;
using detail::fields::put;
using detail::fields::written;

Json json_of(Period const& period)
{
  auto json = Json::object();
  put(json, period);
  return json;
}

Json json_of(CaseClock const& clock)
{
  Json json{{"clock", clock.clock}};
  put(json, "case", clock.subject.text());
  put(json, clock.owner);
  put(json, "event", clock.record.event);
  for (auto const& each : clock.record.done) json["done"].push_back(to_string(each));
  for (auto const& each : clock.record.pauses) json["pauses"].push_back(json_of(each));
  for (auto const& each : clock.record.prolongations)
    json["prolongations"].push_back({{"term", to_string(each.term)}, {"granted", to_string(each.granted)}});
  return json;
}

Json json_of(Commitment const& item)
{
  Json json{{"id", item.id}, {"what", json_of(item.what)}};
  put(json, item.owner);
  put(json, "meeting", item.meeting);
  json["promised"] = to_string(item.promised);
  put(json, "due", item.due);
  put(json, "done", item.done);
  put(json, "withdrawn", item.withdrawn);
  put(json, "reason", item.reason);
  put(json, "source_id", item.source.text());
  return json;
}

Json json_of(PlanMeasure const& item)
{
  Json json{{"id", item.id}, {"what", json_of(item.what)}, {"kind", item.kind}};
  put(json, "about", item.about.text());
  put(json, item.owner);
  put(json, "due", item.due);
  put(json, "done", item.done);
  if (item.voluntary) json["voluntary"] = true;
  if (item.condition) json["condition"] = true;
  return json;
}

Json json_of(JointPlan const& plan)
{
  Json json{{"id", plan.id}, {"case", plan.subject.text()}};
  for (auto const& agency : plan.agencies) json["agencies"].push_back(agency.text());
  json["agreed"] = to_string(plan.agreed);
  put(json, "ended", plan.ended);
  json["members"] = Json::array();
  for (auto const& one : plan.members)
    json["members"].push_back({{"id", one.id.text()}, {"relation", one.relation}, {"is_child", one.is_child}});
  for (auto const& one : plan.statuses) {
    Json inner{{"member", one.member.text()}, {"status", one.status}};
    inner.update(json_of(one.valid));
    put(inner, "agency", one.given_by.text());
    json["statuses"].push_back(std::move(inner));
  }
  json["team"] = Json::array();
  for (auto const& one : plan.team) {
    Json inner = Json::object();
    put(inner, one.owner);
    inner["profile"] = one.profile;
    if (one.coordinator) inner["coordinator"] = true;
    inner.update(json_of(one.valid));
    json["team"].push_back(std::move(inner));
  }
  json["measures"] = Json::array();
  for (auto const& one : plan.measures) json["measures"].push_back(json_of(one));
  put(json, "source_id", plan.source.text());
  return json;
}

Json json_of(Exchange const& item)
{
  Json json{{"id", item.id}, {"what", json_of(item.what)}};
  put(json, item.owner);
  for (auto const& agency : item.with) json["with"].push_back(agency.text());
  for (auto const& purpose : item.purposes) json["purposes"].push_back(purpose.text());
  json["every"] = to_string(item.every);
  json["agreed"] = to_string(item.agreed);
  for (auto const held : item.held) json["held"].push_back(to_string(held));
  put(json, "source_id", item.source.text());
  return json;
}

Json json_of(Priority const& item)
{
  Json json{{"id", item.id}, {"what", json_of(item.what)}};
  put(json, item.owner);
  json["month"] = to_string(PartialDate{item.year, item.month, 0});
  put(json, "done", item.done);
  put(json, "source_id", item.source.text());
  return json;
}

Json json_of(Publication const& item)
{
  Json json{{"id", item.id.text()}, {"title", item.title}};
  put(json, "url", item.address);
  put(json, "published", item.published);
  put(json, "seen", item.seen);
  json["grade"] = to_string(item.grade);
  put(json, "note", item.note);
  return json;
}

Json json_of(AgendaAgency const& agency) { return {{"id", agency.id.text()}, {"name", json_of(agency.name)}}; }

Json json_of(AgendaItem const& item)
{
  Json json{{"part", to_string(item.part)}, {"kind", to_string(item.kind)}, {"reference", item.reference}};
  put(json, "case", item.subject.text());
  put(json, item.owner);
  json["what"] = json_of(item.what);
  put(json, "due", item.due);
  if (item.days_left) json["days_left"] = *item.days_left;
  put(json, "promised", item.promised);
  put(json, "done", item.done);
  put(json, "on_miss", item.on_miss);
  json["marks"] = Json::array();
  for (auto const mark : item.marks) json["marks"].push_back(to_string(mark));
  if (item.citation) json["citation"] = json_of(*item.citation);
  put(json, "source_id", item.source.text());
  return json;
}

Json json_of(AgendaCount const& count)
{
  Json json = Json::object();
  put(json, count.owner);
  for (std::size_t i = 0; i < agenda_parts; ++i)
    json[std::string(to_string(static_cast<AgendaPart>(i)))] = count.lines[i];
  return json;
}

Json json_of(ReviewedCommitment const& item)
{
  Json json{{"commitment", item.commitment}};
  put(json, item.owner);
  json["what"] = json_of(item.what);
  json["outcome"] = to_string(item.outcome);
  put(json, "reason", item.reason);
  put(json, "source_id", item.source.text());
  return json;
}

Json json_of(LeftOutClock const& item)
{
  Json json{{"clock", item.clock}};
  put(json, "case", item.subject.text());
  json["why"] = item.not_in_force ? "not_in_force" : "not_by_default";
  return json;
}

template <class T>
Json list(std::vector<T> const& items)
{
  Json json = Json::array();
  for (auto const& item : items) json.push_back(json_of(item));
  return json;
}

}  // namespace

std::string write_agenda_records(AgendaRecords const& records, int indent)
{
  Json json{{"format", "tutela-agenda/1"}, {"id", records.id}, {"name", json_of(records.name)}};
  json["jurisdiction"] = records.jurisdiction;
  json["synthetic"] = records.synthetic;
  if (records.martial_law) json["martial_law"] = json_of(*records.martial_law);
  json["agencies"] = list(records.agencies);
  json["clocks"] = list(records.clocks);
  json["commitments"] = list(records.commitments);
  if (!records.plans.empty()) json["plans"] = list(records.plans);
  json["exchanges"] = list(records.exchanges);
  json["priorities"] = list(records.priorities);
  json["sources"] = list(records.publications);
  return written(json, indent);
}

std::string write_joint_plan(JointPlan const& plan, Date on, int indent)
{
  Json json{{"id", plan.id}, {"case", plan.subject.text()}, {"on", to_string(on)}};
  json["agreed"] = to_string(plan.agreed);
  put(json, "ended", plan.ended);
  json["members"] = Json::array();
  for (auto const& one : plan.members) {
    Json statuses = Json::array();
    for (auto const& status : statuses_on(plan.statuses, one.id, on)) statuses.push_back(status.status);
    json["members"].push_back(
        {{"id", one.id.text()}, {"relation", one.relation}, {"is_child", one.is_child}, {"statuses", statuses}});
  }
  json["team"] = Json::array();
  for (auto const& one : plan.team) {
    if (!one.valid.contains(on)) continue;
    Json inner = Json::object();
    put(inner, one.owner);
    inner["profile"] = one.profile;
    if (one.coordinator) json["coordinator"] = inner;
    json["team"].push_back(std::move(inner));
  }
  json["measures"] = Json::array();
  for (auto const& one : plan.measures) {
    auto inner = json_of(one);
    bool const done = one.done && *one.done <= on;
    if (!done) inner.erase("done");
    inner["state"] = done ? "done" : one.due && *one.due < on ? "overdue" : "promised";
    json["measures"].push_back(std::move(inner));
  }
  json["kinds"] = Json::object();
  for (auto const& [kind, count] : measures_by_kind(plan, on))
    json["kinds"][kind] = {{"all", count.all}, {"done", count.done}};
  return written(json, indent);
}

std::string write_agenda(Agenda const& agenda, int indent)
{
  Json json{{"on", to_string(agenda.on)}, {"days", agenda.days}, {"regime", to_string(agenda.regime)}};
  json["name"] = json_of(agenda.name);
  json["synthetic"] = agenda.synthetic;
  json["agencies"] = list(agenda.agencies);
  json["items"] = list(agenda.items);
  json["counts"] = list(agenda.counts);
  json["review"] = list(agenda.review);
  json["priorities"] = list(agenda.priorities);
  json["left_out"] = list(agenda.left_out);
  json["later"] = agenda.later;
  return written(json, indent);
}

}  // namespace tutela::inline v0
