// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading single tokens of FEEL out of a text.
///
/// FEEL cannot be split into tokens beforehand: whether `a-b` is one name or a difference depends on the names in
/// scope. The parser therefore asks for what it expects at a position.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tutela::detail {

inline constexpr std::size_t no_position = static_cast<std::size_t>(-1);

/// A character and its length in bytes; the length is 0 at the end of the text.
struct Character {
  char32_t code = 0;
  std::size_t length = 0;
};

/// The UTF-8 character at `position`; a malformed byte counts as one character U+FFFD.
[[nodiscard]] Character character_at(std::string_view text, std::size_t position) noexcept;

/// Appends the character in UTF-8.
void append_utf8(std::string& text, char32_t code);

[[nodiscard]] bool is_white_space(char32_t code) noexcept;
[[nodiscard]] bool is_name_start(char32_t code) noexcept;
[[nodiscard]] bool is_name_part(char32_t code) noexcept;

/// First position at or after `position` that is neither white space nor comment. An unclosed comment ends the text.
[[nodiscard]] std::size_t skip_blanks(std::string_view text, std::size_t position) noexcept;

/// Where `name` ends when the text has it at `position` (white space counts as one blank), else `no_position`.
[[nodiscard]] std::size_t match_name(std::string_view text, std::size_t position, std::string_view name) noexcept;

/// Where the identifier (one word) at `position` ends; `position` when there is none.
[[nodiscard]] std::size_t identifier_end(std::string_view text, std::size_t position) noexcept;

/// True when the word stands at `position` and ends there.
[[nodiscard]] bool is_word(std::string_view text, std::size_t position, std::string_view word) noexcept;

/// True when a name could be read as an expression: `income - costs`, `x and y`, `law.age`.
[[nodiscard]] bool looks_like_text(std::string_view name) noexcept;

/// True for a word that FEEL keeps for itself.
[[nodiscard]] bool is_keyword(std::string_view word) noexcept;

/// Where the number at `position` ends; `position` when there is none.
[[nodiscard]] std::size_t number_end(std::string_view text, std::size_t position) noexcept;

/// A string literal: its content and the position after the closing quote.
struct StringLiteral {
  std::string content;
  std::size_t end = 0;
};

/// The string literal whose opening quote stands at `position`; nothing when it is not closed or an escape is wrong.
[[nodiscard]] std::optional<StringLiteral> read_string(std::string_view text, std::size_t position);

/// The text as a FEEL string literal with quotes.
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace tutela::detail
