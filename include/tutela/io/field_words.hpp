// SPDX-License-Identifier: Apache-2.0
/// \file
/// The words of the field in four languages: what a thing is called, and which forms somebody has to look at.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/text.hpp>

namespace tutela::inline v0 {

/// One form of a word in one language.
struct WordForm {
  std::string text;     ///< As it is written.
  std::string country;  ///< ISO 3166 code where only one country says it so; empty otherwise.
  bool review = false;  ///< True when it was seen in no source: a native speaker has to look before it is relied on.

  friend bool operator==(WordForm const&, WordForm const&) = default;
};

/// One thing of the field and what it is called.
struct FieldWord {
  std::string id;  ///< The word used in code: `child_at_risk`.
  /// Its forms by language, the usual one first; none where a language has no such thing.
  std::array<std::vector<WordForm>, all_languages.size()> forms;

  /// Its forms in one language.
  [[nodiscard]] std::vector<WordForm> const& in(Language language) const& noexcept
  {
    return forms[static_cast<std::size_t>(language)];
  }

  friend bool operator==(FieldWord const&, FieldWord const&) = default;
};

/// Reads words from JSON text in the format `tutela-field-words/1`.
/// \param file Name for the diagnostics.
[[nodiscard]] TUTELA_API Result<std::vector<FieldWord>> parse_field_words(std::string_view json,
                                                                          std::string const& file = {},
                                                                          Limits const& limits = {});

/// The words that ship with the library, or those of a file.
/// \param path `words` for the shipped ones; otherwise a path, `-` is standard input.
[[nodiscard]] TUTELA_API Result<std::vector<FieldWord>> load_field_words(std::string const& path = "words",
                                                                         Limits const& limits = {});

/// The first word of which some form in the language is this text, or nothing. Compared as people compare
/// (`folded`): capitals, `ş` and `ș`, `ţ` and `ț`, `î` and `â` are alike. Linear.
[[nodiscard]] TUTELA_API FieldWord const* find_field_word(std::span<FieldWord const> words, std::string_view text,
                                                          Language language);

}  // namespace tutela::inline v0
