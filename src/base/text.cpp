// SPDX-License-Identifier: Apache-2.0
#include <tutela/base/text.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace tutela::inline v0 {
namespace {

constexpr std::array<std::string_view, all_languages.size()> codes{"en", "ro", "uk", "ru"};

/// Length of the well-formed sequence at the start of `bytes` and its code point, or 0.
std::size_t decode(std::string_view bytes, char32_t& point) noexcept
{
  auto const at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  auto const follows = [&](std::size_t i) { return i < bytes.size() && (at(i) & 0xC0U) == 0x80U; };
  unsigned const first = at(0);
  if (first < 0x80U) {
    point = first;
    return 1;
  }
  if (first >= 0xC2U && first <= 0xDFU && follows(1)) {
    point = ((first & 0x1FU) << 6U) | (at(1) & 0x3FU);
    return 2;
  }
  if ((first & 0xF0U) == 0xE0U && follows(1) && follows(2)) {
    point = ((first & 0x0FU) << 12U) | ((at(1) & 0x3FU) << 6U) | (at(2) & 0x3FU);
    return point >= 0x800U && (point < 0xD800U || point > 0xDFFFU) ? 3 : 0;
  }
  if (first >= 0xF0U && first <= 0xF4U && follows(1) && follows(2) && follows(3)) {
    point = ((first & 0x07U) << 18U) | ((at(1) & 0x3FU) << 12U) | ((at(2) & 0x3FU) << 6U) | (at(3) & 0x3FU);
    return point >= 0x10000U && point <= 0x10FFFFU ? 4 : 0;
  }
  return 0;
}

/// How many whole words of ASCII a text begins with, in bytes.
std::size_t ascii_begin(std::string_view bytes) noexcept
{
  constexpr std::uint64_t beyond = 0x8080808080808080U;
  std::size_t at = 0;
  for (std::uint64_t word = 0; at + sizeof word <= bytes.size(); at += sizeof word) {
    std::memcpy(&word, bytes.data() + at, sizeof word);
    if ((word & beyond) != 0) break;
  }
  return at;
}

void append(std::string& text, char32_t point)
{
  auto const put = [&](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (point < 0x80U) {
    put(point);
  } else if (point < 0x800U) {
    put(0xC0U | (point >> 6U));
    put(0x80U | (point & 0x3FU));
  } else if (point < 0x10000U) {
    put(0xE0U | (point >> 12U));
    put(0x80U | ((point >> 6U) & 0x3FU));
    put(0x80U | (point & 0x3FU));
  } else {
    put(0xF0U | (point >> 18U));
    put(0x80U | ((point >> 12U) & 0x3FU));
    put(0x80U | ((point >> 6U) & 0x3FU));
    put(0x80U | (point & 0x3FU));
  }
}

/// Lower case, and one spelling for the letters that Romanian has written in two ways.
char32_t folded_point(char32_t point) noexcept
{
  if (point >= U'A' && point <= U'Z') return point + 32;
  if (point >= 0x0410U && point <= 0x042FU) return point + 32;  // А..Я
  if (point >= 0x0400U && point <= 0x040FU) return point + 80;  // Ѐ..Џ, among them Ё Є І Ї
  switch (point) {
    case 0x0490U: return 0x0491U;  // Ґ
    case 0x0102U: return 0x0103U;  // Ă
    case 0x00C2U:
    case 0x00CEU:
    case 0x00EEU: return 0x00E2U;  // Â Î î
    case 0x015EU:
    case 0x015FU:
    case 0x0218U: return 0x0219U;  // Ş ş Ș
    case 0x0162U:
    case 0x0163U:
    case 0x021AU: return 0x021BU;  // Ţ ţ Ț
    default: return point;
  }
}

bool is_blank(char32_t point) noexcept { return point == U' ' || (point >= 0x09U && point <= 0x0DU) || point == 0xA0U; }

}  // namespace

std::string_view to_string(Language language) noexcept { return codes[static_cast<std::size_t>(language)]; }

std::optional<Language> parse_language(std::string_view code) noexcept
{
  auto const found = std::find(codes.begin(), codes.end(), code);
  if (found == codes.end()) return std::nullopt;
  return static_cast<Language>(found - codes.begin());
}

std::string const& Text::in(Language language) const& noexcept
{
  if (!exactly(language).empty()) return exactly(language);
  for (auto const& text : texts_)  // English is the first
    if (!text.empty()) return text;
  return texts_.front();
}

bool Text::empty() const noexcept
{
  return std::all_of(texts_.begin(), texts_.end(), [](auto const& text) { return text.empty(); });
}

bool is_utf8(std::string_view bytes) noexcept
{
  char32_t point = 0;
  while (!bytes.empty()) {
    bytes.remove_prefix(ascii_begin(bytes));
    if (bytes.empty()) return true;
    std::size_t const length = decode(bytes, point);
    if (length == 0) return false;
    bytes.remove_prefix(length);
  }
  return true;
}

std::string folded(std::string_view text)
{
  std::string result;
  result.reserve(text.size());
  bool blank = false;
  while (!text.empty()) {
    char32_t point = 0;
    std::size_t const length = decode(text, point);
    if (length == 0) {  // ill-formed bytes stay as they are
      result += text.front();
      text.remove_prefix(1);
      continue;
    }
    text.remove_prefix(length);
    if (is_blank(point)) {
      blank = !result.empty();
      continue;
    }
    if (blank) result += ' ';
    blank = false;
    append(result, folded_point(point));
  }
  return result;
}

}  // namespace tutela::inline v0
