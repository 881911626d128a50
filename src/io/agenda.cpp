// SPDX-License-Identifier: Apache-2.0
/// \file
/// The records of an agenda from JSON.
#include <tutela/io/agenda.hpp>

#include <utility>

#include "io/json_reader.hpp"

namespace tutela::inline v0 {
namespace {

using detail::JsonObject;

Term term(JsonObject& object, std::string_view key)
{
  auto const text = object.text(key);
  auto const found = parse_term(text);
  if (!found && !text.empty()) {
    object.error(Code::not_allowed, key, "the value of \"" + std::string(key) + "\" is not a term",
                 "write `14 days`, `1 month` or `1 year`");
  }
  return found.value_or(Term{1, TermUnit::days});
}

std::optional<Moment> moment(JsonObject& object, std::string_view key, std::string const& text)
{
  auto const found = parse_moment(text);
  if (!found)
    object.error(Code::invalid_date, key, "the value of \"" + std::string(key) + "\" is not a day or a minute",
                 "write `2026-03-05` or `2026-03-05T16:20`");
  return found;
}

/// Years in which clocks and terms can be counted.
Date usable(JsonObject& object, std::string_view key, Date day)
{
  if (day.year >= 1 && day.year <= 9000) return day;
  object.error(Code::out_of_range, key, "the day is not between the years 1 and 9000", "mend the year");
  return {};
}

Date day(JsonObject& object, std::string_view key) { return usable(object, key, object.date(key)); }

std::optional<Date> optional_day(JsonObject& object, std::string_view key)
{
  auto const found = object.optional_date(key);
  if (!found) return std::nullopt;
  return usable(object, key, *found);
}

Owner owner(JsonObject& object, bool required = true)
{
  return {AgencyId(required ? object.text("agency") : object.optional_text("agency").value_or("")),
          object.optional_text("role").value_or("")};
}

SourceId source(JsonObject& object) { return SourceId(object.optional_text("source_id").value_or("")); }

CaseClock read_clock(JsonObject& object)
{
  CaseClock clock;
  clock.clock = object.text("clock");
  clock.subject = CaseId(object.optional_text("case").value_or(""));
  clock.owner = owner(object);
  if (auto const text = object.optional_text("event")) {
    clock.record.event = moment(object, "event", *text);
    if (clock.record.event) (void)usable(object, "event", clock.record.event->day);
  }
  for (auto const& text : object.optional_texts("done"))
    if (auto const found = moment(object, "done", text)) {
      (void)usable(object, "done", found->day);
      clock.record.done.push_back(*found);
    }
  object.optional_each("pauses", [&](JsonObject& inner) {
    clock.record.pauses.push_back({day(inner, "valid_from"), optional_day(inner, "valid_until")});
  });
  object.optional_each("prolongations", [&](JsonObject& inner) {
    auto const granted = moment(inner, "granted", inner.text("granted"));
    clock.record.prolongations.push_back({term(inner, "term"), granted.value_or(Moment{})});
  });
  return clock;
}

Commitment read_commitment(JsonObject& object)
{
  Commitment item;
  item.id = object.text("id");
  item.what = object.localized("what");
  item.owner = owner(object);
  item.meeting = object.optional_text("meeting").value_or("");
  item.promised = day(object, "promised");
  item.due = optional_day(object, "due");
  item.done = optional_day(object, "done");
  item.withdrawn = optional_day(object, "withdrawn");
  item.reason = object.optional_text("reason").value_or("");
  item.source = source(object);
  return item;
}

/// `valid_from` and `valid_until`.
Period days(JsonObject& object) { return {optional_day(object, "valid_from"), optional_day(object, "valid_until")}; }

PlanMeasure read_measure(JsonObject& object)
{
  PlanMeasure measure;
  measure.id = object.text("id");
  measure.what = object.localized("what");
  measure.kind = object.text("kind");
  measure.about = MemberId(object.optional_text("about").value_or(""));
  measure.owner = owner(object);
  measure.due = optional_day(object, "due");
  measure.done = optional_day(object, "done");
  measure.voluntary = object.optional_boolean("voluntary").value_or(false);
  measure.condition = object.optional_boolean("condition").value_or(false);
  return measure;
}

JointPlan read_plan(JsonObject& object)
{
  JointPlan plan;
  plan.id = object.text("id");
  plan.subject = CaseId(object.text("case"));
  for (auto const& agency : object.optional_texts("agencies")) plan.agencies.emplace_back(agency);
  plan.agreed = day(object, "agreed");
  plan.ended = optional_day(object, "ended");
  object.each("members", [&](JsonObject& inner) {
    plan.members.push_back(
        {MemberId(inner.text("id")), inner.text("relation"), inner.optional_boolean("is_child").value_or(true)});
  });
  object.optional_each("statuses", [&](JsonObject& inner) {
    plan.statuses.push_back({MemberId(inner.text("member")), inner.text("status"), days(inner),
                             AgencyId(inner.optional_text("agency").value_or(""))});
  });
  object.each("team", [&](JsonObject& inner) {
    plan.team.push_back(
        {owner(inner), inner.text("profile"), inner.optional_boolean("coordinator").value_or(false), days(inner)});
  });
  object.each("measures", [&](JsonObject& inner) { plan.measures.push_back(read_measure(inner)); });
  plan.source = source(object);
  return plan;
}

Exchange read_exchange(JsonObject& object)
{
  Exchange item;
  item.id = object.text("id");
  item.what = object.localized("what");
  item.owner = owner(object);
  for (auto const& agency : object.optional_texts("with")) item.with.emplace_back(agency);
  for (auto const& purpose : object.optional_texts("purposes")) item.purposes.emplace_back(purpose);
  item.every = term(object, "every");
  item.agreed = day(object, "agreed");
  for (auto const& text : object.optional_texts("held")) {
    auto const found = parse_date(text);
    if (!found) object.error(Code::invalid_date, "held", "a value of \"held\" is not a day", "write `2026-03-05`");
    if (found) item.held.push_back(usable(object, "held", *found));
  }
  item.source = source(object);
  return item;
}

Priority read_priority(JsonObject& object)
{
  Priority item;
  item.id = object.text("id");
  item.what = object.localized("what");
  item.owner = owner(object, false);
  auto const text = object.text("month");
  auto const month = parse_partial_date(text);
  if (month && month->month != 0 && month->day == 0) {
    item.year = month->year;
    item.month = month->month;
  } else if (!text.empty()) {
    object.error(Code::invalid_date, "month", "the value of \"month\" is not a month", "write `2023-07`");
  }
  item.done = optional_day(object, "done");
  item.source = source(object);
  return item;
}

Publication read_publication(JsonObject& object)
{
  auto const day_or_part = [&](std::string_view key) -> std::optional<PartialDate> {
    auto const text = object.optional_text(key);
    if (!text) return std::nullopt;
    auto const found = parse_partial_date(*text);
    if (!found)
      object.error(Code::invalid_date, key, "the value of \"" + std::string(key) + "\" is not a date",
                   "write `2025`, `2025-06` or `2025-06-19`");
    return found;
  };
  Publication item;
  item.id = SourceId(object.text("id"));
  item.title = object.text("title");
  item.address = object.optional_text("url").value_or("");
  item.published = day_or_part("published");
  item.seen = day_or_part("seen");
  auto const grade = object.text("grade");
  if (auto const found = parse_grade(grade)) {
    item.grade = *found;
  } else if (!grade.empty()) {
    object.error(Code::not_allowed, "grade", "the value of \"grade\" is not a grade", "use A, B, C, D or unverified");
  }
  item.note = object.optional_text("note").value_or("");
  return item;
}

AgendaRecords read_records(JsonObject& object)
{
  AgendaRecords records;
  records.id = object.text("id");
  records.name = object.localized("name");
  records.jurisdiction = object.text("jurisdiction");
  records.synthetic = object.optional_boolean("synthetic").value_or(false);
  object.optional_object("martial_law", [&](JsonObject& inner) { records.martial_law = inner.period(); });
  object.each("agencies", [&](JsonObject& inner) {
    records.agencies.push_back({AgencyId(inner.text("id")), inner.localized("name")});
  });
  object.optional_each("clocks", [&](JsonObject& inner) { records.clocks.push_back(read_clock(inner)); });
  object.optional_each("commitments",
                       [&](JsonObject& inner) { records.commitments.push_back(read_commitment(inner)); });
  object.optional_each("plans", [&](JsonObject& inner) { records.plans.push_back(read_plan(inner)); });
  object.optional_each("exchanges", [&](JsonObject& inner) { records.exchanges.push_back(read_exchange(inner)); });
  object.optional_each("priorities", [&](JsonObject& inner) { records.priorities.push_back(read_priority(inner)); });
  object.optional_each("sources", [&](JsonObject& inner) { records.publications.push_back(read_publication(inner)); });
  return records;
}

}  // namespace

Result<AgendaRecords> parse_agenda_records(std::string_view json, std::string const& file, Limits const& limits)
{
  return detail::read_document<AgendaRecords>(
      json, file, limits, "tutela-agenda/1",
      [](JsonObject& root, AgendaRecords& records) { records = read_records(root); });
}

Result<AgendaRecords> load_agenda_records(std::string const& path, Limits const& limits)
{
  auto text = detail::read_file(path, limits);
  if (!text) return std::move(text).diagnostics();
  return parse_agenda_records(*text, path, limits);
}

}  // namespace tutela::inline v0
