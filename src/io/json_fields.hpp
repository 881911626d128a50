// SPDX-License-Identifier: Apache-2.0
/// \file
/// Members of JSON that files of casework write alike (internal).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <tutela/base/citation.hpp>
#include <tutela/base/text.hpp>
#include <tutela/base/truth.hpp>
#include <tutela/calendar/clock.hpp>
#include <tutela/casework/commitment.hpp>
#include <tutela/casework/law_text.hpp>

/// A namespace of its own: other files write members of the same names otherwise.
namespace tutela::detail::fields {

using OrderedJson = nlohmann::ordered_json;

inline std::string written(OrderedJson const& json, int indent) { return indent > 0 ? json.dump(indent) : json.dump(); }

inline OrderedJson json_of(Text const& text)
{
  auto json = OrderedJson::object();
  for (auto const language : all_languages)
    if (!text.exactly(language).empty()) json[std::string(to_string(language))] = text.exactly(language);
  return json;
}

/// A text that is there.
inline void put(OrderedJson& json, char const* key, std::string const& text)
{
  if (!text.empty()) json[key] = text;
}

/// A value that is there, in the words of `to_string`.
template <class T>
void put(OrderedJson& json, char const* key, std::optional<T> const& value)
{
  if (value) json[key] = to_string(*value);
}

inline void put(OrderedJson& json, Owner const& owner)
{
  put(json, "agency", owner.agency.text());
  put(json, "role", owner.role);
}

inline void put(OrderedJson& json, Period const& period)
{
  put(json, "valid_from", period.from);
  put(json, "valid_until", period.until);
}

/// True and false; nothing for what is not known.
inline void put(OrderedJson& json, char const* key, Truth truth)
{
  if (truth != Truth::unknown) json[key] = truth == Truth::yes;
}

/// True and false; null for what is not known.
inline OrderedJson json_of(Truth truth)
{
  return truth == Truth::unknown ? OrderedJson() : OrderedJson(truth == Truth::yes);
}

inline OrderedJson json_of(Citation const& citation)
{
  OrderedJson json{{"act", citation.act}, {"article", citation.article}, {"source", citation.source}};
  json["grade"] = to_string(citation.grade);
  put(json, "status", citation.status);
  put(json, "text_date", citation.text_date);
  return json;
}

/// A text of law as findings name it.
inline OrderedJson json_of(LawText const& text)
{
  OrderedJson json{{"id", text.id}, {"name", json_of(text.name)}, {"status", to_string(text.status)}};
  json["by_default"] = text.may_be_default();
  json["citation"] = json_of(text.citation);
  put(json, "note", text.note);
  return json;
}

/// What a clock says.
inline OrderedJson json_of(ClockReading const& reading)
{
  OrderedJson json{{"state", to_string(reading.state)}};
  put(json, "last", reading.last);
  if (reading.last) json["days_left"] = reading.days_left;
  auto marks = OrderedJson::array();
  auto const mark = [&](bool set, char const* name) {
    if (set) marks.push_back(name);
  };
  mark(reading.holidays_unknown, "holidays_unknown");
  mark(reading.minute_unknown, "minute_unknown");
  mark(reading.ends_on_rest_day, "ends_on_rest_day");
  mark(reading.prolonged_too_far, "prolonged_too_far");
  mark(reading.prolonged_too_late, "prolonged_too_late");
  json["marks"] = std::move(marks);
  return json;
}

}  // namespace tutela::detail::fields
