// SPDX-License-Identifier: Apache-2.0
/// \file
/// What files of law and of casework have in common: terms, words, texts of law, days (internal).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/calendar/clock.hpp>
#include <tutela/casework/law_text.hpp>

#include "io/json_reader.hpp"

namespace tutela::detail {

/// The value that `parse` finds in the word of a key; the key may be missing when `fallback` is given.
template <class T, class Parse>
T word(JsonObject& object, std::string_view key, Parse const& parse, std::string_view allowed,
       std::optional<T> fallback = {})
{
  auto const text = fallback ? object.optional_text(key) : std::optional(object.text(key));
  if (!text || (text->empty() && !fallback)) return fallback.value_or(T());
  auto const found = parse(*text);
  if (!found) {
    object.error(Code::not_allowed, key, "the value of \"" + std::string(key) + "\" is not one of the allowed words",
                 "use one of: " + std::string(allowed));
  }
  return found.value_or(T());
}

/// A term such as `3 working days`, or nothing.
std::optional<Term> optional_term(JsonObject& object, std::string_view key);

/// The same, of days, months or years and not 0.
std::optional<Term> optional_length(JsonObject& object, std::string_view key);

/// What is known about a text of law.
LawText read_law_text(JsonObject& object);

/// The object of `key` with `from` and `until`, in completed years; any age without one.
AgeBand read_ages(JsonObject& object, std::string_view key);

/// A day of the years 1 to 9999, in which clocks count.
Date read_day(JsonObject& object, std::string_view key);

/// The same, or nothing.
std::optional<Date> read_optional_day(JsonObject& object, std::string_view key);

/// A moment such as `2026-03-02T14:05`, or a day.
Moment read_moment(JsonObject& object, std::string_view key);

/// Moments in rising order; none without the key.
std::vector<Moment> read_moments(JsonObject& object, std::string_view key);

/// Reports an identifier that is there twice.
template <class Items>
void refuse_twice(JsonObject& object, Items const& items, std::string const& id, std::string_view of_what)
{
  for (auto const& each : items) {
    if (each.id != id) continue;
    object.error(Code::duplicate_id, "id", "two " + std::string(of_what) + " have the same identifier", "rename one");
    return;
  }
}

}  // namespace tutela::detail
