// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading single tokens of FEEL out of a text.
#include "feel/lexer.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace tutela::detail {

Character character_at(std::string_view text, std::size_t position) noexcept
{
  if (position >= text.size()) return {};
  auto const byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  unsigned char const lead = byte(position);
  if (lead < 0x80) return {lead, 1};
  std::size_t const length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
  if (length == 0 || position + length > text.size()) return {0xFFFD, 1};
  char32_t code = lead & (0xFFU >> (length + 1));
  for (std::size_t index = 1; index < length; ++index) {
    unsigned char const next = byte(position + index);
    if ((next & 0xC0U) != 0x80U) return {0xFFFD, 1};
    code = (code << 6U) | (next & 0x3FU);
  }
  return {code, length};
}

void append_utf8(std::string& text, char32_t code)
{
  auto const put = [&](char32_t byte) { text.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0U | (code >> 6U));
    put(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    put(0xE0U | (code >> 12U));
    put(0x80U | ((code >> 6U) & 0x3FU));
    put(0x80U | (code & 0x3FU));
  } else {
    put(0xF0U | (code >> 18U));
    put(0x80U | ((code >> 12U) & 0x3FU));
    put(0x80U | ((code >> 6U) & 0x3FU));
    put(0x80U | (code & 0x3FU));
  }
}

bool is_white_space(char32_t code) noexcept
{
  return (code >= 0x09 && code <= 0x0D) || code == 0x20 || code == 0x85 || code == 0xA0 || code == 0x1680 ||
         code == 0x180E || (code >= 0x2000 && code <= 0x200B) || code == 0x2028 || code == 0x2029 || code == 0x202F ||
         code == 0x205F || code == 0x3000 || code == 0xFEFF;
}

bool is_name_start(char32_t code) noexcept
{
  if (code < 0x80) {
    return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z') || code == '_' || code == '?';
  }
  struct Block {
    char32_t first;
    char32_t last;
  };
  static constexpr Block blocks[] = {{0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
                                     {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
                                     {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
  if (is_white_space(code)) return false;
  return std::any_of(std::begin(blocks), std::end(blocks),
                     [code](Block const& block) { return code >= block.first && code <= block.last; });
}

bool is_name_part(char32_t code) noexcept
{
  return is_name_start(code) || (code >= '0' && code <= '9') || code == 0xB7 || (code >= 0x300 && code <= 0x36F) ||
         (code >= 0x203F && code <= 0x2040);
}

std::size_t skip_blanks(std::string_view text, std::size_t position) noexcept
{
  while (position < text.size()) {
    auto const byte = static_cast<unsigned char>(text[position]);
    if (byte > ' ' && byte < 0x7F && byte != '/') break;
    auto const character = character_at(text, position);
    if (is_white_space(character.code)) {
      position += character.length;
    } else if (text.compare(position, 2, "//") == 0) {
      while (position < text.size() && text[position] != '\n' && text[position] != '\r') ++position;
    } else if (text.compare(position, 2, "/*") == 0) {
      std::size_t const end = text.find("*/", position + 2);
      if (end == std::string_view::npos) return position;  // the parser reports it where it stands
      position = end + 2;
    } else {
      break;
    }
  }
  return position;
}

std::size_t match_name(std::string_view text, std::size_t position, std::string_view name) noexcept
{
  if (name.empty()) return no_position;
  std::size_t at = position;
  for (std::size_t index = 0; index < name.size(); ++index) {
    if (name[index] == ' ') {
      std::size_t const next = skip_blanks(text, at);
      if (next == at) return no_position;
      at = next;
    } else {
      if (at >= text.size() || text[at] != name[index]) return no_position;
      ++at;
    }
  }
  std::size_t last = name.size() - 1;
  while (last > 0 && (static_cast<unsigned char>(name[last]) & 0xC0U) == 0x80U) --last;
  if (is_name_part(character_at(name, last).code) && is_name_part(character_at(text, at).code)) {
    return no_position;
  }
  return at;
}

std::size_t identifier_end(std::string_view text, std::size_t position) noexcept
{
  auto character = character_at(text, position);
  if (character.length == 0 || !is_name_start(character.code)) return position;
  while (character.length > 0 && is_name_part(character.code)) {
    position += character.length;
    character = character_at(text, position);
  }
  return position;
}

bool is_word(std::string_view text, std::size_t position, std::string_view word) noexcept
{
  return text.compare(position < text.size() ? position : text.size(), word.size(), word) == 0 &&
         !is_name_part(character_at(text, position + word.size()).code);
}

bool looks_like_text(std::string_view name) noexcept
{
  for (std::size_t from = 0, end = 0; end < name.size(); from = end + 1) {
    end = std::min(name.find(' ', from), name.size());
    std::string_view const word = name.substr(from, end - from);
    if (word.empty()) continue;
    if (word.find('.') != std::string_view::npos) return true;
    bool const joins = is_keyword(word) && word != "of";  // `date of birth` is none
    if (end - from < name.size() && (joins || std::string_view("+-*/").find(word.front()) != std::string_view::npos))
      return true;
  }
  return false;
}

bool is_keyword(std::string_view word) noexcept
{
  static constexpr std::array<std::string_view, 19> words{
      "if", "then",    "else",     "for", "in",   "return", "some",  "every",    "satisfies", "and",
      "or", "between", "instance", "of",  "null", "true",   "false", "function", "external"};
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::size_t number_end(std::string_view text, std::size_t position) noexcept
{
  auto const digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
  std::size_t at = position;
  while (digit(at)) ++at;
  bool const whole = at > position;
  if (at < text.size() && text[at] == '.' && digit(at + 1)) {
    ++at;
    while (digit(at)) ++at;
  } else if (!whole) {
    return position;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    std::size_t exponent = at + 1;
    if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
    if (digit(exponent)) {
      at = exponent;
      while (digit(at)) ++at;
    }
  }
  return at;
}

namespace {

// The value of `count` hexadecimal digits at `at`, or nothing.
std::optional<char32_t> hexadecimal(std::string_view text, std::size_t at, std::size_t count)
{
  if (at + count > text.size()) return std::nullopt;
  char32_t code = 0;
  for (std::size_t index = at; index < at + count; ++index) {
    char const digit = text[index];
    char32_t value = 0;
    if (digit >= '0' && digit <= '9') {
      value = static_cast<char32_t>(digit - '0');
    } else if (digit >= 'a' && digit <= 'f') {
      value = static_cast<char32_t>(digit - 'a' + 10);
    } else if (digit >= 'A' && digit <= 'F') {
      value = static_cast<char32_t>(digit - 'A' + 10);
    } else {
      return std::nullopt;
    }
    code = code * 16 + value;
  }
  return code;
}

}  // namespace

std::optional<StringLiteral> read_string(std::string_view text, std::size_t position)
{
  StringLiteral literal;
  std::size_t at = position + 1;
  while (at < text.size()) {
    char const byte = text[at];
    if (byte == '"') {
      literal.end = at + 1;
      return literal;
    }
    if (byte != '\\' || at + 1 >= text.size()) {
      literal.content.push_back(byte);
      ++at;
      continue;
    }
    char const escape = text[at + 1];
    at += 2;
    switch (escape) {
      case 'n': literal.content.push_back('\n'); break;
      case 'r': literal.content.push_back('\r'); break;
      case 't': literal.content.push_back('\t'); break;
      case '"': literal.content.push_back('"'); break;
      case '\'': literal.content.push_back('\''); break;
      case '\\': literal.content.push_back('\\'); break;
      case 'u':
      case 'U': {
        std::size_t const digits = escape == 'u' ? 4 : 6;
        auto code = hexadecimal(text, at, digits);
        if (!code || *code > 0x10FFFF) return std::nullopt;
        at += digits;
        if (*code >= 0xD800 && *code <= 0xDBFF && text.compare(at, 2, "\\u") == 0) {
          auto const low = hexadecimal(text, at + 2, 4);
          if (low && *low >= 0xDC00 && *low <= 0xDFFF) {
            code = 0x10000 + ((*code - 0xD800) << 10U) + (*low - 0xDC00);
            at += 6;
          }
        }
        if (*code >= 0xD800 && *code <= 0xDFFF) return std::nullopt;
        append_utf8(literal.content, *code);
        break;
      }
      default:  // regular expressions are written with single backslashes: "\d+"
        literal.content.push_back('\\');
        literal.content.push_back(escape);
    }
  }
  return std::nullopt;
}

std::string quoted(std::string_view text)
{
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string result = "\"";
  for (char const byte : text) {
    auto const code = static_cast<unsigned char>(byte);
    switch (byte) {
      case '"': result += "\\\""; break;
      case '\\': result += "\\\\"; break;
      case '\n': result += "\\n"; break;
      case '\r': result += "\\r"; break;
      case '\t': result += "\\t"; break;
      default:
        if (code < 0x20 || code == 0x7F) {
          result += "\\u00";
          result.push_back(digits[code >> 4U]);
          result.push_back(digits[code & 15U]);
        } else {
          result.push_back(byte);
        }
    }
  }
  result.push_back('"');
  return result;
}

}  // namespace tutela::detail
