// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading the nouns that network_fields.hpp describes (internal).
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "io/json_reader.hpp"
#include "io/network_fields.hpp"

namespace tutela::detail {

/// The words of an enumeration from its first enumerator to `last`.
template <class E>
std::vector<JsonName<E>> words_to(E last)
{
  std::vector<JsonName<E>> words;
  for (std::uint8_t i = 0; i <= static_cast<std::uint8_t>(last); ++i)
    words.emplace_back(to_string(static_cast<E>(i)), static_cast<E>(i));
  return words;
}

/// Reads the members of one noun. Whether they fit together is checked when what holds it is built.
class NounReader {
 public:
  explicit NounReader(JsonObject& object) : object_(object) {}

  void required(char const* key, std::string& into) { into = object_.text(key); }
  void required(char const* key, Text& into) { into = object_.localized(key); }
  void required(char const* key, Decimal& into) { into = object_.decimal(key); }
  void required(char const* key, Date& into) { into = object_.date(key); }
  void required(char const* key, bool& into) { into = object_.boolean(key); }

  void required(char const* key, PartialDate& into)
  {
    if (object_.find(key) == nullptr) object_.missing(key);
    into = partial_date(key).value_or(PartialDate{});
  }

  template <class Tag>
  void required(char const* key, Id<Tag>& into)
  {
    into = Id<Tag>(object_.text(key));
  }

  void required(char const* key, std::int64_t& into, std::int64_t high) { into = object_.integer(key, 0, high); }

  template <class E>
  requires std::is_enum_v<E>
  void required(char const* key, E& into, E last) { into = object_.one_of<E>(key, words_to(last)); }

  void optional(char const* key, std::string& into) { into = object_.optional_text(key).value_or(""); }
  void optional(char const* key, Text& into) { into = object_.optional_localized(key); }
  void optional(char const* key, std::vector<std::string>& into) { into = object_.optional_texts(key); }
  void optional(char const* key, std::optional<Date>& into) { into = object_.optional_date(key); }
  void optional(char const* key, std::optional<PartialDate>& into) { into = partial_date(key); }
  void optional(char const* key, std::optional<bool>& into) { into = object_.optional_boolean(key); }
  void optional(char const* key, std::optional<Citation>& into) { into = object_.optional_citation(key); }

  template <class Tag>
  void optional(char const* key, Id<Tag>& into)
  {
    into = Id<Tag>(object_.optional_text(key).value_or(""));
  }

  template <class Tag>
  void optional(char const* key, std::vector<Id<Tag>>& into)
  {
    for (std::string& text : object_.optional_texts(key)) into.emplace_back(std::move(text));
  }

  template <class T>
  void optional(char const* key, std::optional<std::vector<T>>& into)
  {
    if (object_.find(key) != nullptr) optional(key, into.emplace());
  }

  template <std::integral T>
  void optional(char const* key, std::optional<T>& into, std::int64_t high, std::int64_t low = 0)
  {
    if (auto const number = object_.optional_integer(key, low, high)) into = static_cast<T>(*number);
  }

  template <class E>
  requires std::is_enum_v<E>
  void optional(char const* key, std::optional<E>& into, E last)
  {
    into = object_.optional_one_of<E>(key, words_to(last));
  }

  void flag(char const* key, bool& into) { into = object_.optional_boolean(key).value_or(false); }

  void period(char const* from_key, char const* until_key, Period& into)
  {
    into = {object_.optional_date(from_key), object_.optional_date(until_key)};
  }

  template <class T>
  void list(char const* key, std::vector<T>& into)
  {
    object_.optional_each(key, reader_into(into));
  }

  template <class T>
  void required_list(char const* key, std::vector<T>& into)
  {
    object_.each(key, reader_into(into));
  }

  template <class T>
  void object(char const* key, std::optional<T>& into)
  {
    object_.optional_object(key, [&](JsonObject& member) {
      NounReader reader(member);
      fields(reader, into.emplace());
    });
  }

  void grade(char const* key, Grade& into)
  {
    static constexpr JsonName<Grade> grades[] = {
        {"A", Grade::a}, {"B", Grade::b}, {"C", Grade::c}, {"D", Grade::d}, {"unverified", Grade::unverified}};
    into = object_.optional_one_of<Grade>(key, grades).value_or(Grade::unverified);
  }

  void truth(char const* key, Truth& into)
  {
    static constexpr JsonName<Truth> answers[] = {{"yes", Truth::yes}, {"no", Truth::no}};
    into = object_.optional_one_of<Truth>(key, answers).value_or(Truth::unknown);
  }

  void sexes(char const* key, std::vector<Sex>& into)
  {
    std::size_t position = 0;
    for (std::string const& word : object_.optional_texts(key)) {
      if (word == "female" || word == "male") {
        into.push_back(word == "female" ? Sex::female : Sex::male);
      } else {
        Place place = object_.place(key);
        place.pointer += "/" + std::to_string(position);
        object_.context().diagnostics.error(Code::not_allowed, std::move(place), "this is not a sex of the format",
                                            "use one of: female, male");
      }
      ++position;
    }
  }

  void position(std::optional<Position>& into)
  {
    auto const latitude = object_.optional_decimal("latitude");
    auto const longitude = object_.optional_decimal("longitude");
    if (latitude && longitude) {
      into = Position{*latitude, *longitude};
    } else if (latitude || longitude) {
      object_.missing(latitude ? "longitude" : "latitude");
    }
  }

  void context(char const* key, Context& into)
  {
    JsonNode const* node = object_.find(key);
    if (node == nullptr) return;
    if (node->kind != JsonNode::Kind::object) {
      object_.error(Code::wrong_type, key, "an object is expected here");
      return;
    }
    Value const value = object_.value(key);
    if (auto const* context = value.as_context()) into = *context;
  }

 private:
  std::optional<PartialDate> partial_date(char const* key)
  {
    auto const text = object_.optional_text(key);
    if (!text) return std::nullopt;
    auto const date = parse_partial_date(*text);
    if (!date)
      object_.error(Code::invalid_date, key, "this is not a date of the calendar",
                    "write it as 2026, 2026-03 or 2026-03-01");
    return date;
  }

  template <class T>
  static auto reader_into(std::vector<T>& into)
  {
    return [&into](JsonObject& element) {
      NounReader reader(element);
      fields(reader, into.emplace_back());
    };
  }

  JsonObject& object_;
};

}  // namespace tutela::detail
