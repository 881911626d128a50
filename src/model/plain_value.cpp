// SPDX-License-Identifier: Apache-2.0
#include "model/plain_value.hpp"

#include <algorithm>
#include <utility>

namespace tutela::detail {
namespace {

std::optional<Diagnostic> wrong(Code code, std::string const& pointer, std::string what)
{
  return Diagnostic{code, Severity::error, {"", 0, 0, pointer}, std::move(what), {}};
}

std::optional<Diagnostic> not_plain(Value const& value, std::string const& pointer, std::size_t depth)
{
  if (depth == 0) return wrong(Code::limit_reached, pointer, "the limit \"nesting\" is reached");
  if (auto const* decimal = value.as_number()) {
    if (is_short(*decimal)) return std::nullopt;
    return wrong(Code::out_of_range, pointer, "a number of at most 15 digits is expected");
  }
  if (auto const* list = value.as_list()) {
    for (std::size_t i = 0; i < list->items.size(); ++i)
      if (auto found = not_plain(list->items[i], pointer + "/" + std::to_string(i), depth - 1)) return found;
    return std::nullopt;
  }
  if (auto const* context = value.as_context()) {
    for (auto const& [name, entry] : context->entries)
      if (auto found = not_plain(entry, pointer + "/" + escaped(name), depth - 1)) return found;
    return std::nullopt;
  }
  if (value.is_none() || value.as_boolean() != nullptr || value.as_string() != nullptr) return std::nullopt;
  return wrong(Code::wrong_type, pointer, "only texts, numbers, true, false, lists and objects are allowed here");
}

}  // namespace

bool is_code_word(std::string_view text)
{
  if (text.empty() || text.front() < 'a' || text.front() > 'z') return false;
  return std::all_of(text.begin(), text.end(), [](char character) {
    return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') || character == '_';
  });
}

bool is_short(Decimal number)
{
  Decimal const scale = Decimal(1'000'000'000'000'000);
  if (!number.is_finite() || number.abs() >= scale) return false;
  for (int places = 0; places <= 15; ++places)
    if (number.rounded(places, Rounding::down) == number)
      return (number.abs() * Decimal(10).power(Decimal(places))) < scale;
  return false;
}

std::string escaped(std::string_view token)
{
  std::string text;
  for (char const character : token) {
    if (character == '~') {
      text += "~0";
    } else if (character == '/') {
      text += "~1";
    } else {
      text += character;
    }
  }
  return text;
}

std::optional<Diagnostic> not_plain(Value const& value, Limits const& limits)
{
  return not_plain(value, "", limits.nesting + 1);
}

}  // namespace tutela::detail
