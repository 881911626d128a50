// SPDX-License-Identifier: Apache-2.0
/// \file
/// A scan of an expression's text for literals.
#include "rules/constants.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <unordered_set>

#include "base/digits.hpp"
#include "feel/temporal.hpp"

namespace tutela::detail {
namespace {

bool is_word(char c)
{
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0;
}

/// Equal values have equal hashes; kinds that are rare as constants share one.
struct ConstantHash {
  std::size_t operator()(Value const& value) const noexcept
  {
    if (auto const* number = value.as_number()) return std::hash<double>{}(number->to_double());
    if (auto const* text = value.as_string()) return std::hash<std::string>{}(*text);
    if (auto const* date = value.as_date()) return std::hash<std::int64_t>{}(to_days(*date));
    return static_cast<std::size_t>(value.kind());
  }
};

}  // namespace

void remove_repetitions(std::vector<Value>& values)
{
  std::unordered_set<Value, ConstantHash> seen;
  seen.reserve(values.size());
  auto const repeated = [&seen](Value const& value) { return !seen.insert(value).second; };
  values.erase(std::remove_if(values.begin(), values.end(), repeated), values.end());
}

std::vector<Value> constants_of(std::string_view expression)
{
  std::vector<Value> found;
  std::size_t i = 0;
  while (i < expression.size()) {
    char const c = expression[i];
    if (c == '"') {
      std::string text;
      for (++i; i < expression.size() && expression[i] != '"'; ++i) {
        if (expression[i] == '\\' && i + 1 < expression.size()) ++i;
        text += expression[i];
      }
      ++i;
      if (auto temporal = parse_temporal(text); !temporal.is_none()) found.push_back(std::move(temporal));
      found.emplace_back(std::move(text));
    } else if (c == '.' && i + 1 < expression.size() && expression[i + 1] == '.') {
      i += 2;  // the dots of a range
    } else if (is_digit(c) || (c == '.' && i + 1 < expression.size() && is_digit(expression[i + 1]))) {
      auto end = i;
      while (end < expression.size() &&
             (is_digit(expression[end]) ||
              (expression[end] == '.' && end + 1 < expression.size() && is_digit(expression[end + 1]))))
        ++end;
      if (auto const number = Decimal::parse(expression.substr(i, end - i))) {
        auto back = i;
        while (back > 0 && expression[back - 1] == ' ') --back;
        found.emplace_back(back > 0 && expression[back - 1] == '-' ? -*number : *number);
      }
      i = end;
    } else if (is_word(c)) {
      while (i < expression.size() && is_word(expression[i])) ++i;
    } else {
      ++i;
    }
  }
  return found;
}

}  // namespace tutela::detail
