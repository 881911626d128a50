// SPDX-License-Identifier: Apache-2.0
/// \file
/// Matching through PCRE2. The only file that includes it.
#include "feel/regex.hpp"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace tutela::detail {

namespace {

// Steps of one pattern. One that needs more on a text of a few lines is a mistake or an attack. PCRE2 itself limits only
// the work from one start, so that a text of a million letters could take a million times as much.
constexpr std::uint64_t step_limit = 1'000'000;
constexpr std::uint64_t steps_of_a_byte = 16;
constexpr std::uint32_t depth_limit = 10'000;
constexpr std::uint32_t heap_limit_kib = 16'384;
constexpr std::size_t longest_pattern = 10'000;

PCRE2_SPTR8 bytes(std::string_view text) { return reinterpret_cast<PCRE2_SPTR8>(text.data()); }

struct CodeDeleter {
  void operator()(pcre2_code_8* code) const { pcre2_code_free_8(code); }
};
struct DataDeleter {
  void operator()(pcre2_match_data_8* data) const { pcre2_match_data_free_8(data); }
};
struct ContextDeleter {
  void operator()(pcre2_match_context_8* context) const { pcre2_match_context_free_8(context); }
};

struct Budget {
  std::uint64_t* steps;
  std::uint64_t limit;
  std::size_t before;  // where in the text the last step was
};

// Called by PCRE2 before each part of the pattern that it tries. A part such as `a*` runs over any length of text at once,
// and pays for it here.
int count_step(pcre2_callout_block_8* block, void* data)
{
  auto& budget = *static_cast<Budget*>(data);
  auto const at = block->current_position;
  *budget.steps += 1 + (at > budget.before ? at - budget.before : budget.before - at) / steps_of_a_byte;
  budget.before = at;
  return *budget.steps > budget.limit ? PCRE2_ERROR_MATCHLIMIT : 0;
}

std::unique_ptr<pcre2_code_8, CodeDeleter> compiled(std::string_view pattern, std::uint32_t options)
{
  int error = 0;
  PCRE2_SIZE offset = 0;
  return std::unique_ptr<pcre2_code_8, CodeDeleter>(
      pcre2_compile_8(bytes(pattern), pattern.size(), options, &error, &offset, nullptr));
}

}  // namespace

struct Pattern::Code {
  std::unique_ptr<pcre2_code_8, CodeDeleter> code;
};

std::optional<Pattern> Pattern::compile(std::string_view pattern, std::string_view flags)
{
  bool ignore_blanks = false;
  bool dot_all = false;
  std::uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_MATCH_UNSET_BACKREF |
                          PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT;
  for (char const flag : flags) {
    switch (flag) {
      case 's': dot_all = true; break;
      case 'm': options |= PCRE2_MULTILINE; break;
      case 'i': options |= PCRE2_CASELESS; break;
      case 'x': ignore_blanks = true; break;
      default: return std::nullopt;
    }
  }
  if (pattern.size() > longest_pattern) return std::nullopt;
  auto const text = translated(pattern, ignore_blanks, dot_all);
  if (!text) return std::nullopt;
  auto code = std::make_shared<Code>();
  code->code = compiled(*text, options);
  if (code->code == nullptr) return std::nullopt;
  Pattern result;
  result.code_ = std::move(code);
  return result;
}

Pattern::Match Pattern::next(std::string_view text, std::size_t from) const
{
  std::unique_ptr<pcre2_match_data_8, DataDeleter> const data(
      pcre2_match_data_create_from_pattern_8(code_->code.get(), nullptr));
  std::unique_ptr<pcre2_match_context_8, ContextDeleter> const context(pcre2_match_context_create_8(nullptr));
  Match match;
  if (data == nullptr || context == nullptr) {
    match.failed = true;
    return match;
  }
  Budget budget{&steps_, step_limit + steps_of_a_byte * text.size(), from};
  pcre2_set_callout_8(context.get(), count_step, &budget);
  pcre2_set_match_limit_8(context.get(), static_cast<std::uint32_t>(step_limit));
  pcre2_set_depth_limit_8(context.get(), depth_limit);
  pcre2_set_heap_limit_8(context.get(), heap_limit_kib);
  // the first match checks the whole text; to check it again for each further one would be quadratic
  std::uint32_t const options = from == 0 ? 0 : PCRE2_NO_UTF_CHECK;
  int const count =
      pcre2_match_8(code_->code.get(), bytes(text), text.size(), from, options, data.get(), context.get());
  if (count == PCRE2_ERROR_NOMATCH) return match;
  if (count < 0) {
    match.failed = true;
    return match;
  }
  auto const* const ends = pcre2_get_ovector_pointer_8(data.get());
  std::uint32_t const groups = pcre2_get_ovector_count_8(data.get());
  for (std::uint32_t group = 0; group < groups; ++group) {
    bool const is_set = static_cast<int>(group) < count && ends[2 * group] != PCRE2_UNSET;
    match.groups.emplace_back(is_set ? ends[2 * group] : 0, is_set ? ends[2 * group + 1] : 0);
  }
  return match;
}

std::optional<bool> Pattern::matches(std::string_view text) const
{
  auto const match = next(text, 0);
  if (match.failed) return std::nullopt;
  return !match.groups.empty();
}

std::optional<std::string> Pattern::replaced(std::string_view text, std::string_view replacement,
                                             std::size_t largest) const
{
  auto const empty = matches("");
  if (!empty || *empty) return std::nullopt;
  std::uint32_t groups = 0;
  pcre2_pattern_info_8(code_->code.get(), PCRE2_INFO_CAPTURECOUNT, &groups);
  // the replacement as pieces of text and numbers of groups
  std::vector<std::pair<std::string, std::optional<std::size_t>>> pieces;
  std::string literal;
  for (std::size_t at = 0; at < replacement.size(); ++at) {
    char const byte = replacement[at];
    if (byte == '\\') {
      if (at + 1 >= replacement.size() || (replacement[at + 1] != '\\' && replacement[at + 1] != '$'))
        return std::nullopt;
      literal.push_back(replacement[++at]);
    } else if (byte == '$') {
      auto const is_digit = [&](std::size_t place) {
        return place < replacement.size() && replacement[place] >= '0' && replacement[place] <= '9';
      };
      if (!is_digit(at + 1)) return std::nullopt;
      std::size_t number = static_cast<std::size_t>(replacement[++at] - '0');
      bool const exists = number <= groups;
      while (is_digit(at + 1)) {
        std::size_t const longer = number * 10 + static_cast<std::size_t>(replacement[at + 1] - '0');
        if (longer > groups) break;
        number = longer;
        ++at;
      }
      pieces.emplace_back(std::exchange(literal, {}), exists ? std::optional<std::size_t>(number) : std::nullopt);
    } else {
      literal.push_back(byte);
    }
  }
  std::string result;
  std::size_t from = 0;
  while (from <= text.size()) {
    auto const match = next(text, from);
    if (match.failed) return std::nullopt;
    if (match.groups.empty()) break;
    auto const [start, end] = match.groups.front();
    if (start == end) return std::nullopt;
    result.append(text.substr(from, start - from));
    for (auto const& [before, group] : pieces) {
      result += before;
      if (group)
        result.append(
            text.substr(match.groups[*group].first, match.groups[*group].second - match.groups[*group].first));
    }
    result += literal;
    if (result.size() > largest) return std::nullopt;
    from = end;
  }
  result.append(text.substr(from));
  return result;
}

std::optional<std::vector<std::string>> Pattern::split(std::string_view text) const
{
  auto const empty = matches("");
  if (!empty || *empty) return std::nullopt;
  std::vector<std::string> parts;
  std::size_t from = 0;
  while (true) {
    auto const match = next(text, from);
    if (match.failed) return std::nullopt;
    if (match.groups.empty()) break;
    auto const [start, end] = match.groups.front();
    if (start == end) return std::nullopt;
    parts.emplace_back(text.substr(from, start - from));
    from = end;
  }
  parts.emplace_back(text.substr(from));
  return parts;
}

}  // namespace tutela::detail
