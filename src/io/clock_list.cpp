// SPDX-License-Identifier: Apache-2.0
/// \file
/// What is recorded for clocks from JSON, and lists of clocks as JSON.
#include <tutela/io/clocks.hpp>

#include <utility>

#include "io/json_fields.hpp"
#include "io/json_reader.hpp"
#include "io/law_fields.hpp"

namespace tutela::inline v0 {
namespace {

using detail::JsonObject;
using detail::fields::put;
using Json = detail::fields::OrderedJson;

ClockRecord read_record(JsonObject& object)
{
  ClockRecord record;
  if (object.has("event")) record.event = detail::read_moment(object, "event");
  record.done = detail::read_moments(object, "done");
  object.optional_each("pauses", [&](JsonObject& inner) {
    Period const pause{detail::read_day(inner, "valid_from"), detail::read_optional_day(inner, "valid_until")};
    auto const& last = record.pauses.empty() ? Period{} : record.pauses.back();
    bool const late = record.pauses.empty() || (last.until && *last.until <= *pause.from);
    if (!late || (pause.until && *pause.until <= *pause.from))
      inner.error(Code::invalid_interval, "valid_from", "the pauses do not rise, or one ends before it begins",
                  "write them in rising order, apart from each other");
    record.pauses.push_back(pause);
  });
  object.optional_each("prolongations", [&](JsonObject& inner) {
    auto const term = detail::optional_term(inner, "term");
    if (!term) inner.missing("term");
    record.prolongations.push_back({term.value_or(Term{1, TermUnit::days}), detail::read_moment(inner, "granted")});
  });
  return record;
}

}  // namespace

Result<ClockEvents> parse_clock_events(std::string_view json, std::string const& file, Limits const& limits)
{
  return detail::read_document<ClockEvents>(
      json, file, limits, "tutela-clock-events/1", [](JsonObject& root, ClockEvents& events) {
        root.optional_object("events", [&](JsonObject& inner) {
          for (auto const& key : std::vector<std::string>(inner.all_keys()))
            if (inner.find(key) != nullptr) events.events[key] = detail::read_moment(inner, key);
        });
        root.optional_object("records", [&](JsonObject& inner) {
          for (auto const& key : std::vector<std::string>(inner.all_keys()))
            inner.optional_object(key, [&](JsonObject& record) { events.records[key] = read_record(record); });
        });
      });
}

std::string write_clock_list(ClockList const& list, int indent)
{
  Json json{{"clocks", Json::array()}};
  for (auto const& [clock, reading] : list.lines) {
    Json one{{"id", clock.id}, {"name", detail::fields::json_of(clock.name)}};
    put(one, "event", clock.event);
    put(one, "actor", clock.actor);
    put(one, "receiver", clock.receiver);
    one.update(detail::fields::json_of(reading));
    one["on_miss"] = to_string(clock.on_miss);
    one["status"] = to_string(clock.status);
    one["by_default"] = clock.may_be_default();
    one["citation"] = detail::fields::json_of(clock.citation);
    put(one, "note", clock.note);
    json["clocks"].push_back(std::move(one));
  }
  json["left_out"] = list.left_out;
  return detail::fields::written(json, indent);
}

}  // namespace tutela::inline v0
