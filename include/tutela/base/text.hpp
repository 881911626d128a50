// SPDX-License-Identifier: Apache-2.0
/// \file
/// Texts in the languages of the people concerned, and how texts are compared.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <tutela/base/config.hpp>

namespace tutela::inline v0 {

/// A language that Tutela speaks to people in.
enum class Language : std::uint8_t { en, ro, uk, ru };

/// All languages, in the order of the enumeration.
inline constexpr std::array<Language, 4> all_languages{Language::en, Language::ro, Language::uk, Language::ru};

/// The ISO 639-1 code, for example `ro`.
[[nodiscard]] TUTELA_API std::string_view to_string(Language language) noexcept;

/// The language of an ISO 639-1 code, or nothing.
[[nodiscard]] TUTELA_API std::optional<Language> parse_language(std::string_view code) noexcept;

/// One text in several languages; a missing one falls back to English, then to whatever there is.
class Text {
 public:
  Text() = default;

  /// The same text in English only.
  explicit Text(std::string english) { set(Language::en, std::move(english)); }

  /// Sets the text in one language.
  void set(Language language, std::string text) { texts_[static_cast<std::size_t>(language)] = std::move(text); }

  /// The text in exactly this language; empty when there is none.
  [[nodiscard]] std::string const& exactly(Language language) const& noexcept
  {
    return texts_[static_cast<std::size_t>(language)];
  }

  /// The text in this language, else in English, else in the first language that has one; empty when none has.
  [[nodiscard]] TUTELA_API std::string const& in(Language language) const& noexcept;

  /// True when no language has a text.
  [[nodiscard]] TUTELA_API bool empty() const noexcept;

  friend bool operator==(Text const&, Text const&) = default;

 private:
  std::array<std::string, all_languages.size()> texts_;
};

/// True when `bytes` is well-formed UTF-8 without surrogates. Linear time.
[[nodiscard]] TUTELA_API bool is_utf8(std::string_view bytes) noexcept;

/// The text as people compare it: lower case, `ş` as `ș`, `ţ` as `ț`, `î` as `â`, runs of white space as one blank.
///
/// Moldovan texts before about 2016 write `î` inside words and use cedillas; newer ones use `â` and commas. Covers
/// the Latin letters of Romanian and the Cyrillic letters of Ukrainian and Russian. Linear time.
[[nodiscard]] TUTELA_API std::string folded(std::string_view text);

}  // namespace tutela::inline v0
