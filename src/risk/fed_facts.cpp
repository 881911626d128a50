// SPDX-License-Identifier: Apache-2.0
#include "risk/fed_facts.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/digits.hpp"

namespace tutela::detail {

namespace {

constexpr std::array<std::string_view, 18> words_of_the_language{
    "if",  "then", "else", "for",     "in",   "return", "some", "every",    "satisfies",
    "and", "or",   "not",  "between", "true", "false",  "null", "function", "instance"};

bool is_letter(char sign)
{
  return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || sign == '_' ||
         static_cast<unsigned char>(sign) >= 0x80;
}

/// First parts of the dotted names in a text: words that are no part of a path, no call, no text and no word of FEEL.
std::vector<std::string> heads_of(std::string_view text)
{
  std::vector<std::string> result;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at)
        if (text[at] == '\\') ++at;
      ++at;
      continue;
    }
    if (!is_letter(text[at])) {
      ++at;
      continue;
    }
    auto const start = at;
    while (at < text.size() && (is_letter(text[at]) || is_digit(text[at]))) ++at;
    std::string word(text.substr(start, at - start));
    auto const next = text.find_first_not_of(" \t\r\n", at);
    bool const called = next != std::string_view::npos && text[next] == '(';
    bool const inside = start > 0 && (text[start - 1] == '.' || is_digit(text[start - 1]));
    bool const reserved =
        std::find(words_of_the_language.begin(), words_of_the_language.end(), word) != words_of_the_language.end();
    if (called || inside || reserved || std::find(result.begin(), result.end(), word) != result.end()) continue;
    result.push_back(std::move(word));
  }
  return result;
}

/// Puts a value at a dotted path into a context.
void put(Context& context, std::string_view path, Value const& value)
{
  auto const dot = path.find('.');
  std::string const head(path.substr(0, dot));
  auto const place = std::find_if(context.entries.begin(), context.entries.end(),
                                  [&](auto const& entry) { return entry.first == head; });
  if (dot == std::string_view::npos) {
    if (place == context.entries.end()) context.entries.emplace_back(head, value);
    return;
  }
  Context inner;
  if (place != context.entries.end() && place->second.as_context() != nullptr) inner = *place->second.as_context();
  put(inner, path.substr(dot + 1), value);
  if (place == context.entries.end())
    context.entries.emplace_back(head, Value(std::move(inner)));
  else
    place->second = Value(std::move(inner));
}

}  // namespace

Result<FedFact> parse_fed_fact(std::string_view text, Place const& place, Limits const& limits)
{
  auto heads = heads_of(text);
  Names names;
  for (auto const& head : heads) names.add(head, {}, head);
  auto expression = parse_expression(text, names, place, Mode::legal, limits);
  if (!expression) return expression.diagnostics();
  return FedFact{std::move(expression).value(), std::move(heads)};
}

Value value_of(FedFact const& fact, Record const& record, std::optional<Date> on, std::optional<Date> known_on,
               AgeRule age_rule, Limits const& limits)
{
  std::vector<Value> slots;
  for (auto const& head : fact.heads) {
    if (auto const* whole = record.find(head, on, known_on)) {
      slots.push_back(whole->value);
      continue;
    }
    Context context;
    for (auto const& one : record.facts()) {
      if (one.name.size() <= head.size() || one.name.compare(0, head.size(), head) != 0 || one.name[head.size()] != '.')
        continue;
      put(context, std::string_view(one.name).substr(head.size() + 1), record.value(one.name, on, known_on));
    }
    slots.push_back(context.entries.empty() ? Value::unknown(head) : Value(std::move(context)));
  }
  Evaluation evaluation;
  evaluation.on = on;
  evaluation.age_rule = age_rule;
  evaluation.limits = limits;
  return fact.expression.evaluate(slots, evaluation);
}

}  // namespace tutela::detail
