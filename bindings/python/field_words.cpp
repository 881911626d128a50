// SPDX-License-Identifier: Apache-2.0
/// \file
/// The words of the field in Python: what a thing is called in four languages.

#include <string>
#include <vector>

#include <tutela/io/field_words.hpp>

#include "conversion.hpp"
#include "mapping.hpp"

namespace tutela::python {
namespace {

py::object word_to_python(FieldWord const& word)
{
  py::dict forms;
  for (auto const language : all_languages) {
    py::list written;
    for (auto const& form : word.in(language))
      written.append(from_values("WordForm")(form.text, form.country, form.review));
    forms[py::str(std::string(to_string(language)))] = py::tuple(written);
  }
  return from_values("FieldWord")(word.id, forms);
}

py::tuple words_to_python(std::vector<FieldWord> const& words)
{
  py::list made;
  for (auto const& word : words) made.append(word_to_python(word));
  return py::tuple(made);
}

std::vector<FieldWord> read_words(std::string const& path, py::object const& limits)
{
  return required(load_field_words(path, to_limits(limits))).first;
}

}  // namespace

void bind_field_words(py::module_& module)
{
  module.def(
      "load_field_words",
      [](py::handle path, py::object const& limits) { return words_to_python(read_words(to_path(path), limits)); },
      "path"_a = "words", py::kw_only(), "limits"_a = py::none(),
      "The words of the field that ship with the library, or those of a file in the format `tutela-field-words/1`.");
  module.def(
      "parse_field_words",
      [](std::string const& text, std::string const& file, py::object const& limits) {
        return words_to_python(required(parse_field_words(text, file, to_limits(limits))).first);
      },
      "text"_a, py::kw_only(), "file"_a = "", "limits"_a = py::none(),
      "Reads words of the field from JSON text in the format `tutela-field-words/1`.");
  module.def(
      "find_field_word",
      [](std::string const& text, std::string const& lang, py::handle path, py::object const& limits) {
        auto const words = read_words(to_path(path), limits);
        auto const* found = find_field_word(words, text, to_language(lang));
        return found == nullptr ? py::object(py::none()) : word_to_python(*found);
      },
      "text"_a, "lang"_a, py::kw_only(), "path"_a = "words", "limits"_a = py::none(),
      "The first word of which some form in the language is this text, or None.\n\n"
      "Compared as people compare: capitals, and the ways in which Romanian letters are written, are alike. Linear in "
      "the\n"
      "words, which are read anew: keep what `load_field_words` gives where you look up many.");
}

}  // namespace tutela::python
