// SPDX-License-Identifier: Apache-2.0
/// \file
/// Regular expressions of XQuery 1.0 and XPath 2.0 rewritten for PCRE2.
#include <algorithm>
#include <array>
#include <vector>

#include "feel/lexer.hpp"
#include "feel/regex.hpp"
#include "feel/unicode_blocks.hpp"

namespace tutela::detail {

namespace {

using Ranges = std::vector<std::pair<char32_t, char32_t>>;

constexpr char32_t last_character = 0x10FFFF;

Ranges const& name_start_ranges()
{
  static Ranges const ranges{{':', ':'},       {'A', 'Z'},       {'_', '_'},       {'a', 'z'},
                             {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
                             {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
                             {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
  return ranges;
}

Ranges const& name_ranges()
{
  static Ranges const ranges = [] {
    Ranges all = name_start_ranges();
    all.insert(all.end(), {{'-', '.'}, {'0', '9'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}});
    std::sort(all.begin(), all.end());
    return all;
  }();
  return ranges;
}

Ranges opposite(Ranges const& ranges)
{
  Ranges result;
  char32_t next = 0;
  for (auto const& [first, last] : ranges) {
    if (first > next) result.emplace_back(next, first - 1);
    next = last + 1;
  }
  if (next <= last_character) result.emplace_back(next, last_character);
  return result;
}

void append_code(std::string& text, char32_t code)
{
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string number;
  do {
    number.insert(number.begin(), digits[code & 15U]);
    code >>= 4U;
  } while (code != 0);
  text += "\\x{" + number + "}";
}

void append_ranges(std::string& text, Ranges const& ranges)
{
  for (auto [first, last] : ranges) {
    // surrogates are no characters
    if (first >= 0xD800 && first <= 0xDFFF) first = 0xE000;
    if (last >= 0xD800 && last <= 0xDFFF) last = 0xD7FF;
    if (first > last) continue;
    append_code(text, first);
    if (last > first) {
      text.push_back('-');
      append_code(text, last);
    }
  }
}

bool is_category(std::string_view name)
{
  static constexpr std::array<std::string_view, 37> names{
      "L",  "Lu", "Ll", "Lt", "Lm", "Lo", "M",  "Mn", "Mc", "Me", "N",  "Nd", "Nl", "No", "P",  "Pc", "Pd", "Ps", "Pe",
      "Pi", "Pf", "Po", "Z",  "Zs", "Zl", "Zp", "S",  "Sm", "Sc", "Sk", "So", "C",  "Cc", "Cf", "Co", "Cn", "Cs"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

class Translator {
 public:
  Translator(std::string_view pattern, bool dot_all) : pattern_(pattern), dot_all_(dot_all) {}

  std::optional<std::string> translate()
  {
    while (at_ < pattern_.size()) {
      if (!piece()) return std::nullopt;
    }
    if (!open_.empty()) return std::nullopt;
    return std::move(result_);
  }

 private:
  // What may be repeated, or an operator.
  bool piece()
  {
    auto const character = character_at(pattern_, at_);
    switch (character.code) {
      case '(': {
        ++at_;
        if (pattern_.compare(at_, 2, "?:") == 0) {
          at_ += 2;
          open_.push_back(0);
          result_ += "(?:";
        } else {
          if (at_ < pattern_.size() && pattern_[at_] == '?') return false;
          open_.push_back(++groups_);
          closed_.resize(groups_ + 1, false);
          result_ += "(";
        }
        if (open_.size() > 64) return false;
        return true;
      }
      case ')':
        if (open_.empty()) return false;
        closed_[open_.back()] = true;
        open_.pop_back();
        ++at_;
        result_ += ")";
        return quantifier();
      case '|':
      case '^':
      case '$':
        ++at_;
        result_.push_back(static_cast<char>(character.code));
        return true;
      case '.':
        ++at_;
        result_ += dot_all_ ? "(?s:.)" : "[^\\n\\r]";
        return quantifier();
      case '[': {
        std::string set;
        if (!character_class(set, 0)) return false;
        result_ += set;
        return quantifier();
      }
      case '\\': return escape() && quantifier();
      case '*':
      case '+':
      case '?':
      case '{':
      case '}':
      case ']': return false;
      default:
        at_ += character.length;
        append_code(result_, character.code);
        return quantifier();
    }
  }

  bool quantifier()
  {
    if (at_ >= pattern_.size()) return true;
    char const byte = pattern_[at_];
    if (byte == '*' || byte == '+' || byte == '?') {
      ++at_;
      result_.push_back(byte);
    } else if (byte == '{') {
      ++at_;
      auto const low = count();
      if (!low) return false;
      std::string text = "{" + std::to_string(*low);
      if (at_ < pattern_.size() && pattern_[at_] == ',') {
        ++at_;
        text += ",";
        if (at_ < pattern_.size() && pattern_[at_] != '}') {
          auto const high = count();
          if (!high || *high < *low) return false;
          text += std::to_string(*high);
        }
      }
      if (at_ >= pattern_.size() || pattern_[at_] != '}') return false;
      ++at_;
      result_ += text + "}";
    } else {
      return true;
    }
    if (at_ < pattern_.size() && pattern_[at_] == '?') {
      ++at_;
      result_.push_back('?');
    }
    // a second quantifier is no part of the syntax
    return at_ >= pattern_.size() || std::string_view("*+?{").find(pattern_[at_]) == std::string_view::npos;
  }

  std::optional<std::size_t> count()
  {
    std::size_t value = 0;
    std::size_t const start = at_;
    while (at_ < pattern_.size() && pattern_[at_] >= '0' && pattern_[at_] <= '9') {
      value = value * 10 + static_cast<std::size_t>(pattern_[at_] - '0');
      if (value > 65'535) return std::nullopt;
      ++at_;
    }
    if (at_ == start) return std::nullopt;
    return value;
  }

  bool escape()
  {
    ++at_;
    if (at_ >= pattern_.size()) return false;
    char const byte = pattern_[at_];
    if (byte >= '1' && byte <= '9') {
      // the longest number of a group that is closed already
      std::size_t group = 0;
      std::size_t end = at_;
      std::size_t number = 0;
      for (std::size_t at = at_; at < pattern_.size() && pattern_[at] >= '0' && pattern_[at] <= '9' && at < at_ + 4;
           ++at) {
        number = number * 10 + static_cast<std::size_t>(pattern_[at] - '0');
        if (number <= groups_) {
          group = number;
          end = at + 1;
        }
      }
      if (group == 0 || !closed_[group]) return false;
      at_ = end;
      result_ += "\\g{" + std::to_string(group) + "}";
      return true;
    }
    std::string set;
    bool is_category_escape = false;
    if (!class_escape(set, is_category_escape)) {
      auto const literal = literal_escape();
      if (!literal) return false;
      append_code(result_, *literal);
      return true;
    }
    // the flag `i` does not concern categories
    result_ += is_category_escape ? "(?-i:[" + set + "])" : "[" + set + "]";
    return true;
  }

  // After the backslash: the character that the escape stands for.
  std::optional<char32_t> literal_escape()
  {
    char const byte = pattern_[at_];
    char32_t code = 0;
    switch (byte) {
      case 'n': code = '\n'; break;
      case 'r': code = '\r'; break;
      case 't': code = '\t'; break;
      default:
        if (std::string_view("\\|.?*+(){}-[]^$").find(byte) == std::string_view::npos) return std::nullopt;
        code = static_cast<unsigned char>(byte);
    }
    ++at_;
    return code;
  }

  // After the backslash: the inside of a PCRE2 class; false when the escape is no class.
  bool class_escape(std::string& set, bool& is_category_escape)
  {
    char const byte = pattern_[at_];
    Ranges const blanks{{'\t', '\n'}, {'\r', '\r'}, {' ', ' '}};
    switch (byte) {
      case 's': append_ranges(set, blanks); break;
      case 'S': append_ranges(set, opposite(blanks)); break;
      case 'd': set += "\\p{Nd}"; break;
      case 'D': set += "\\P{Nd}"; break;
      case 'w': set += "\\p{L}\\p{M}\\p{N}\\p{S}"; break;
      case 'W': set += "\\p{P}\\p{Z}\\p{C}"; break;
      case 'i': append_ranges(set, name_start_ranges()); break;
      case 'I': append_ranges(set, opposite(name_start_ranges())); break;
      case 'c': append_ranges(set, name_ranges()); break;
      case 'C': append_ranges(set, opposite(name_ranges())); break;
      case 'p':
      case 'P': {
        std::size_t const close = pattern_.find('}', at_);
        if (at_ + 1 >= pattern_.size() || pattern_[at_ + 1] != '{' || close == std::string_view::npos) return false;
        auto const name = pattern_.substr(at_ + 2, close - at_ - 2);
        if (name.starts_with("Is")) {
          auto const* const block = find_unicode_block(name.substr(2));
          if (block == nullptr) return false;
          Ranges const ranges{{block->first, block->last}};
          append_ranges(set, byte == 'p' ? ranges : opposite(ranges));
        } else if (is_category(name)) {
          is_category_escape = true;
          set += std::string("\\") + byte + "{" + std::string(name) + "}";
        } else {
          return false;
        }
        at_ = close;
        break;
      }
      default: return false;
    }
    ++at_;
    return true;
  }

  // At the opening bracket; writes a group that matches one character.
  bool character_class(std::string& out, int depth)
  {
    if (depth > 16) return false;
    ++at_;
    bool is_negated = false;
    if (at_ < pattern_.size() && pattern_[at_] == '^') {
      is_negated = true;
      ++at_;
    }
    std::string set;
    std::string subtracted;
    bool any = false;
    while (true) {
      if (at_ >= pattern_.size()) return false;
      if (pattern_[at_] == ']' && any) break;
      if (any && pattern_.compare(at_, 2, "-[") == 0) {
        ++at_;
        if (!character_class(subtracted, depth + 1)) return false;
        if (at_ >= pattern_.size() || pattern_[at_] != ']') return false;
        break;
      }
      bool is_class = false;
      auto const low = class_character(set, is_class, !any);
      if (!low && !is_class) return false;
      any = true;
      if (is_class) continue;
      bool const is_range =
          at_ + 1 < pattern_.size() && pattern_[at_] == '-' && pattern_[at_ + 1] != ']' && pattern_[at_ + 1] != '[';
      if (!is_range) {
        append_code(set, *low);
        continue;
      }
      ++at_;
      std::string unused;
      bool high_is_class = false;
      auto const high = class_character(unused, high_is_class, false);
      if (!high || *high < *low) return false;
      append_code(set, *low);
      set.push_back('-');
      append_code(set, *high);
    }
    ++at_;
    std::string const one = (is_negated ? "[^" : "[") + set + "]";
    out += subtracted.empty() ? one : "(?:(?!" + subtracted + ")" + one + ")";
    return true;
  }

  // One member of a class: its character, or a class escape that was written to `set`.
  std::optional<char32_t> class_character(std::string& set, bool& is_class, bool is_first)
  {
    auto const character = character_at(pattern_, at_);
    if (character.length == 0 || character.code == '[' || character.code == ']') return std::nullopt;
    if (character.code == '-') {
      // a hyphen stands for itself only at either end
      if (!is_first && at_ + 1 < pattern_.size() && pattern_[at_ + 1] != ']' && pattern_.compare(at_, 2, "-[") != 0) {
        return std::nullopt;
      }
      ++at_;
      return U'-';
    }
    if (character.code != '\\') {
      at_ += character.length;
      return character.code;
    }
    ++at_;
    if (at_ >= pattern_.size()) return std::nullopt;
    bool is_category_escape = false;
    if (class_escape(set, is_category_escape)) {
      is_class = true;
      return std::nullopt;
    }
    return literal_escape();
  }

  std::string_view pattern_;
  bool dot_all_;
  std::size_t at_ = 0;
  std::string result_;
  std::size_t groups_ = 0;
  std::vector<std::size_t> open_;
  std::vector<bool> closed_ = {true};
};

// The pattern without the white space that the flag `x` lets authors put in.
std::string without_blanks(std::string_view pattern)
{
  std::string result;
  int depth = 0;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    char const byte = pattern[at];
    bool const blank = byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
    if (blank && depth == 0) continue;
    if (byte == '\\') {
      result.push_back(byte);
      while (
          depth == 0 && at + 1 < pattern.size() &&
          (pattern[at + 1] == ' ' || pattern[at + 1] == '\t' || pattern[at + 1] == '\n' || pattern[at + 1] == '\r')) {
        ++at;
      }
      if (at + 1 < pattern.size()) result.push_back(pattern[++at]);
      continue;
    }
    if (byte == '[') ++depth;
    if (byte == ']' && depth > 0) --depth;
    result.push_back(byte);
  }
  return result;
}

}  // namespace

std::optional<std::string> translated(std::string_view pattern, bool ignore_blanks, bool dot_all)
{
  std::string const held = ignore_blanks ? without_blanks(pattern) : std::string(pattern);
  return Translator(held, dot_all).translate();
}

}  // namespace tutela::detail
