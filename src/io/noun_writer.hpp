// SPDX-License-Identifier: Apache-2.0
/// \file
/// Writing the nouns that network_fields.hpp describes (internal).
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "io/network_fields.hpp"

namespace tutela::detail {

using Json = nlohmann::ordered_json;

inline Json json_of(Decimal number)
{
  if (auto const integer = number.to_int64()) return *integer;
  return number.to_double();  // exact, since records hold only numbers of at most 15 digits
}

inline Json json_of(Value const& value)
{
  if (auto const* boolean = value.as_boolean()) return *boolean;
  if (auto const* number = value.as_number()) return json_of(*number);
  if (auto const* text = value.as_string()) return *text;
  Json json;
  if (auto const* list = value.as_list()) {
    json = Json::array();
    for (Value const& item : list->items) json.push_back(json_of(item));
  } else if (auto const* context = value.as_context()) {
    json = Json::object();
    for (auto const& [name, entry] : context->entries) json[name] = json_of(entry);
  }
  return json;
}

inline Json json_of(Text const& text)
{
  Json languages = Json::object();
  for (Language const language : all_languages)
    if (!text.exactly(language).empty()) languages[std::string(to_string(language))] = text.exactly(language);
  return languages.size() == 1 && languages.contains("en") ? languages["en"] : languages;
}

inline Json json_of(Citation const& citation)
{
  Json json{{"act", citation.act}};
  if (!citation.article.empty()) json["article"] = citation.article;
  if (!citation.source.empty()) json["source"] = citation.source;
  json["grade"] = to_string(citation.grade);
  if (!citation.status.empty()) json["status"] = citation.status;
  if (citation.text_date) json["text_date"] = to_string(*citation.text_date);
  return json;
}

/// Writes the members of one noun and leaves out what is not known.
class NounWriter {
 public:
  void required(char const* key, std::string const& text) { optional(key, text); }
  void required(char const* key, Text const& text) { optional(key, text); }
  void required(char const* key, Decimal number) { json_[key] = json_of(number); }
  void required(char const* key, Date date) { json_[key] = to_string(date); }
  void required(char const* key, PartialDate date) { json_[key] = to_string(date); }
  void required(char const* key, bool value) { json_[key] = value; }

  template <class Tag>
  void required(char const* key, Id<Tag> const& id)
  {
    optional(key, id);
  }

  void required(char const* key, std::int64_t number, std::int64_t /*high*/) { json_[key] = number; }

  template <class E>
  requires std::is_enum_v<E>
  void required(char const* key, E word, E /*last*/) { json_[key] = to_string(word); }

  void optional(char const* key, std::string const& text)
  {
    if (!text.empty()) json_[key] = text;
  }

  void optional(char const* key, Text const& text)
  {
    if (!text.empty()) json_[key] = json_of(text);
  }

  template <class Tag>
  void optional(char const* key, Id<Tag> const& id)
  {
    optional(key, id.text());
  }

  template <class T>
  void optional(char const* key, std::vector<T> const& values)
  {
    if (!values.empty()) json_[key] = texts(values);
  }

  template <class T>
  void optional(char const* key, std::optional<std::vector<T>> const& values)
  {
    if (values) json_[key] = texts(*values);
  }

  void optional(char const* key, std::optional<Date> const& date)
  {
    if (date) json_[key] = to_string(*date);
  }

  void optional(char const* key, std::optional<PartialDate> const& date)
  {
    if (date) json_[key] = to_string(*date);
  }

  void optional(char const* key, std::optional<bool> const& value)
  {
    if (value) json_[key] = *value;
  }

  void optional(char const* key, std::optional<Citation> const& citation)
  {
    if (citation) json_[key] = json_of(*citation);
  }

  template <std::integral T>
  void optional(char const* key, std::optional<T> const& number, std::int64_t /*high*/, std::int64_t /*low*/ = 0)
  {
    if (number) json_[key] = *number;
  }

  template <class E>
  requires std::is_enum_v<E>
  void optional(char const* key, std::optional<E> const& word, E /*last*/)
  {
    if (word) json_[key] = to_string(*word);
  }

  void flag(char const* key, bool value)
  {
    if (value) json_[key] = true;
  }

  void period(char const* from_key, char const* until_key, Period const& period)
  {
    optional(from_key, period.from);
    optional(until_key, period.until);
  }

  template <class T>
  void list(char const* key, std::vector<T> const& elements)
  {
    if (!elements.empty()) required_list(key, elements);
  }

  template <class T>
  void required_list(char const* key, std::vector<T> const& elements)
  {
    Json array = Json::array();
    for (T const& element : elements) array.push_back(written(element));
    json_[key] = std::move(array);
  }

  template <class T>
  void object(char const* key, std::optional<T> const& noun)
  {
    if (noun) json_[key] = written(*noun);
  }

  void grade(char const* key, Grade grade) { json_[key] = to_string(grade); }

  void truth(char const* key, Truth answer)
  {
    if (answer != Truth::unknown) json_[key] = answer == Truth::yes ? "yes" : "no";
  }

  void sexes(char const* key, std::vector<Sex> const& sexes)
  {
    for (Sex const sex : sexes) json_[key].push_back(to_string(sex));
  }

  void position(std::optional<Position> const& position)
  {
    if (!position) return;
    json_["latitude"] = json_of(position->latitude);
    json_["longitude"] = json_of(position->longitude);
  }

  void context(char const* key, Context const& context)
  {
    if (!context.entries.empty()) json_[key] = json_of(Value(context));
  }

  /// The members written so far, behind those of `head`.
  Json take(Json head)
  {
    head.update(json_);
    return head;
  }

 private:
  template <class T>
  [[nodiscard]] static Json written(T const& noun)
  {
    NounWriter writer;
    fields(writer, noun);
    return std::move(writer.json_);
  }

  template <class T>
  static Json texts(std::vector<T> const& values)
  {
    Json array = Json::array();
    for (T const& value : values) {
      if constexpr (std::same_as<T, std::string>) {
        array.push_back(value);
      } else {
        array.push_back(value.text());
      }
    }
    return array;
  }

  Json json_ = Json::object();
};

}  // namespace tutela::detail
