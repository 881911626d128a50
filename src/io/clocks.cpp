// SPDX-License-Identifier: Apache-2.0
#include <tutela/io/clocks.hpp>

#include <array>
#include <set>
#include <utility>

#include "io/json_reader.hpp"
#include "io/law_fields.hpp"
#include "packs/shipped.hpp"

namespace tutela::inline v0 {
namespace {

using detail::JsonName;
using detail::JsonObject;
using detail::optional_term;
using detail::word;

constexpr std::array<JsonName<Leapling>, 2> leaplings{
    {{"on_1_march", Leapling::on_1_march}, {"on_28_february", Leapling::on_28_february}}};
constexpr std::array<JsonName<AgeReached>, 2> reached_words{
    {{"on_birthday", AgeReached::on_birthday}, {"day_after_birthday", AgeReached::day_after_birthday}}};

/// A day of every year: `03-15`.
std::pair<std::uint8_t, std::uint8_t> day_of_year(JsonObject& object, std::string_view key, std::string const& text)
{
  auto const day = text.size() == 5 ? parse_date("2024-" + text) : std::nullopt;
  if (!day)
    object.error(Code::invalid_date, key, "the value of \"" + std::string(key) + "\" is not a day of the year",
                 "write `03-15`");
  return day ? std::pair(day->month, day->day) : std::pair<std::uint8_t, std::uint8_t>(1, 1);
}

DueYearly yearly(JsonObject& object)
{
  DueYearly due;
  std::tie(due.opens_month, due.opens_day) =
      day_of_year(object, "opens", object.optional_text("opens").value_or("01-01"));
  std::tie(due.month, due.day) = day_of_year(object, "due", object.text("due"));
  if (std::pair(due.month, due.day) < std::pair(due.opens_month, due.opens_day))
    object.error(Code::invalid_interval, "due", "the last day of the year is before the first",
                 "mend `opens` and `due`");
  return due;
}

void read_due(JsonObject& object, Clock& clock)
{
  int forms = 0;
  if (auto const within = optional_term(object, "within")) {
    ++forms;
    clock.due = DueWithin{*within, optional_term(object, "longest")};
  }
  if (auto const every = optional_term(object, "every")) {
    ++forms;
    clock.due = DueEvery{*every};
    if (every->count == 0 || every->unit == TermUnit::hours || every->unit == TermUnit::working_days) {
      object.error(Code::not_allowed, "every", "what is due again and again is counted in days, months or years",
                   "write `3 months`");
      clock.due = DueEvery{Term{1, TermUnit::days}};
    }
  }
  object.optional_object("yearly", [&](JsonObject& inner) {
    ++forms;
    clock.due = yearly(inner);
  });
  object.optional_object("at_age", [&](JsonObject& inner) {
    ++forms;
    auto const years = inner.integer("years", 0, 150);
    clock.due =
        DueAtAge{static_cast<std::uint8_t>(years),
                 {inner.optional_one_of<Leapling>("leapling", leaplings).value_or(Leapling::on_1_march),
                  inner.optional_one_of<AgeReached>("reached", reached_words).value_or(AgeReached::on_birthday)}};
  });
  if (forms != 1) {
    object.error(Code::missing_key, {}, "a clock says in one way when it is due",
                 "give one of `within`, `every`, `yearly`, `at_age`");
  }
  if (!std::holds_alternative<DueYearly>(clock.due)) clock.event = object.text("event");
}

Clock read_clock(JsonObject& object)
{
  Clock clock;
  clock.id = object.text("id");
  clock.name = object.localized("name");
  read_due(object, clock);
  clock.actor = object.text("actor");
  clock.receiver = object.optional_text("receiver").value_or("");
  clock.on_miss = word<OnMiss>(object, "on_miss", parse_on_miss,
                               "overdue, breach, measure_ends, child_is_returned, decision_needed, nothing");
  clock.regime = word<Regime>(object, "regime", parse_regime, "any, normal, martial_law", Regime::any);
  clock.law = object.period();
  clock.status = word<LawStatus>(object, "status", parse_law_status,
                                 "in_force_as_seen, recheck, partial, conflict, draft, historic");
  clock.citation = object.citation("citation");
  clock.note = object.optional_text("note").value_or("");
  return clock;
}

}  // namespace

Result<ClockSet> parse_clocks(std::string_view json, std::string const& file, Limits const& limits)
{
  return detail::read_document<ClockSet>(json, file, limits, "tutela-clocks/1", [](JsonObject& root, ClockSet& set) {
    set.jurisdiction = root.text("jurisdiction");
    std::set<std::string> seen;
    root.each("clocks", [&](JsonObject& inner) {
      auto clock = read_clock(inner);
      clock.jurisdiction = set.jurisdiction;
      if (!seen.insert(clock.id).second)
        inner.error(Code::duplicate_id, "id", "two clocks have the same identifier", "rename one");
      set.clocks.push_back(std::move(clock));
    });
  });
}

Result<ClockSet> load_clocks(std::string const& path_or_id, Limits const& limits)
{
  auto const shipped = path_or_id + "/law.clocks.json";
  if (auto const text = detail::shipped_file(shipped)) return parse_clocks(*text, shipped, limits);
  auto text = detail::read_file(path_or_id, limits);
  if (!text) return std::move(text).diagnostics();
  return parse_clocks(*text, path_or_id, limits);
}

Result<WorkCalendar> parse_work_calendar(std::string_view json, std::string const& file, Limits const& limits)
{
  auto read = detail::read_document<WorkCalendarContent>(
      json, file, limits, "tutela-work-calendar/1", [](JsonObject& root, WorkCalendarContent& content) {
        content.jurisdiction = root.text("jurisdiction");
        content.first = root.date("first");
        content.last = root.date("last");
        root.each("citations", [&](JsonObject& inner) { content.citations.push_back(inner.as_citation()); });
        root.each("exceptions", [&](JsonObject& inner) {
          content.exceptions.push_back(
              {inner.date("day"), inner.optional_boolean("working").value_or(false), inner.localized("name")});
        });
      });
  if (!read) return std::move(read).diagnostics();
  auto made = WorkCalendar::make(std::move(read).value());
  if (made) return made;
  auto found = std::move(made).diagnostics();
  for (auto& each : found) each.place.file = file;
  return found;
}

Result<WorkCalendar> load_work_calendar(std::string const& path, Limits const& limits)
{
  auto text = detail::read_file(path, limits);
  if (!text) return std::move(text).diagnostics();
  return parse_work_calendar(*text, path, limits);
}

}  // namespace tutela::inline v0
