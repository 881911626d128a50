// SPDX-License-Identifier: Apache-2.0
/// \file
/// The words of the field from JSON.
#include <tutela/io/field_words.hpp>

#include <algorithm>
#include <utility>

#include "io/json_reader.hpp"
#include "packs/shipped.hpp"

namespace tutela::inline v0 {
namespace {

using detail::JsonObject;

void read_forms(JsonObject& object, Language language, FieldWord& word)
{
  auto& forms = word.forms[static_cast<std::size_t>(language)];
  object.each(to_string(language), [&](JsonObject& inner) {
    WordForm form;
    form.text = inner.text("text");
    form.country = inner.optional_text("country").value_or("");
    form.review = inner.optional_boolean("review").value_or(false);
    if (std::any_of(forms.begin(), forms.end(),
                    [&](WordForm const& other) { return folded(other.text) == folded(form.text); }))
      inner.error(Code::duplicate_id, "text", "the form stands there twice", "leave one of them out");
    forms.push_back(std::move(form));
  });
}

}  // namespace

Result<std::vector<FieldWord>> parse_field_words(std::string_view json, std::string const& file, Limits const& limits)
{
  return detail::read_document<std::vector<FieldWord>>(
      json, file, limits, "tutela-field-words/1", [](JsonObject& root, std::vector<FieldWord>& words) {
        root.optional_text("source");
        root.each("words", [&](JsonObject& inner) {
          FieldWord word;
          word.id = inner.text("id");
          for (auto const language : all_languages) read_forms(inner, language, word);
          if (word.in(Language::en).empty()) inner.missing("en");
          for (auto const& other : words)
            if (other.id == word.id)
              inner.error(Code::duplicate_id, "id", "two words have the same id", "rename or join them");
          words.push_back(std::move(word));
        });
      });
}

Result<std::vector<FieldWord>> load_field_words(std::string const& path, Limits const& limits)
{
  auto const shipped = path + "/field.words.json";
  if (auto const text = detail::shipped_file(shipped)) return parse_field_words(*text, shipped, limits);
  auto text = detail::read_file(path, limits);
  if (!text) return std::move(text).diagnostics();
  return parse_field_words(*text, path, limits);
}

FieldWord const* find_field_word(std::span<FieldWord const> words, std::string_view text, Language language)
{
  auto const wanted = folded(text);
  auto const found = std::find_if(words.begin(), words.end(), [&](FieldWord const& word) {
    auto const& forms = word.in(language);
    return std::any_of(forms.begin(), forms.end(), [&](WordForm const& form) { return folded(form.text) == wanted; });
  });
  return found == words.end() ? nullptr : &*found;
}

}  // namespace tutela::inline v0
