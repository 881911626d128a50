// SPDX-License-Identifier: Apache-2.0
/// \file
/// Values, code words and conditions in the words of a language.
#include "io/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <tutela/feel/expression.hpp>

namespace tutela::detail {

std::string Words::code_word(std::string_view group, std::string_view code) const
{
  auto const key = std::string(group) + "_" + std::string(code);
  if (auto word = catalogue.plain(key)) return *word;
  std::string word(code);
  std::replace(word.begin(), word.end(), '_', ' ');
  return word;
}

std::string Words::phrase(std::string_view group, std::string const& words) const
{
  auto key = std::string(group) + "_" + words;
  std::replace(key.begin(), key.end(), ' ', '_');
  return catalogue.plain(key).value_or(words);
}

std::string Words::partial_date(PartialDate date) const
{
  if (date.is_exact()) return catalogue.date(date.earliest());
  if (date.month == 0) return std::to_string(date.year);
  return say("month_of_year", {{"month", say("month_alone_" + std::to_string(static_cast<int>(date.month)))},
                               {"year", std::int64_t{date.year}}});
}

std::string Words::value(Value const& value) const
{
  if (value.is_none()) return say("value_none");
  if (auto const* truth = value.as_boolean()) return say(*truth ? "value_true" : "value_false");
  if (auto const* number = value.as_number()) return catalogue.number(number->to_string());
  if (auto const* date = value.as_date()) return catalogue.date(*date);
  if (auto const* word = value.as_string()) return code_word("value", *word);
  if (auto const* months = value.as_months_duration()) {
    bool const whole_years = months->months % 12 == 0 && months->months != 0;
    return whole_years ? say("length_years", {{"count", months->months / 12}})
                       : say("length_months", {{"count", months->months}});
  }
  if (auto const* length = value.as_days_duration(); length != nullptr && length->seconds % 86'400 == 0)
    return say("length_days", {{"count", length->seconds / 86'400}});
  if (value.as_uncertain() != nullptr) return say("value_uncertain");
  if (value.as_unknown() != nullptr) return say("value_unknown");
  if (auto const* list = value.as_list()) {
    std::vector<std::string> items;
    for (auto const& item : list->items) items.push_back(this->value(item));
    return items.empty() ? say("value_none") : listed(items);
  }
  if (auto const* context = value.as_context()) {
    std::vector<std::string> items;
    for (auto const& [name, entry] : context->entries)
      items.push_back(code_word("value", name) + ": " + this->value(entry));
    return listed(items);
  }
  return to_string(value);
}

std::string Words::with_unit(std::string const& words, Decimal number, std::string const& unit) const
{
  if (unit.empty()) return words;
  auto const key = "unit_" + unit;
  auto const whole = number.to_int64();
  auto const name = whole && catalogue.has(key) ? say(key, {{"count", *whole}}) : unit;
  return say("value_with_unit", {{"value", words}, {"unit", name}});
}

std::string Words::law(Citation const& citation) const
{
  auto const act = phrase("law", citation.act);
  if (citation.article.empty()) return act;
  auto article = phrase("article", citation.article);
  for (auto const& [sign, key] : {std::pair{std::string("art. "), "article_short"}, {"arts. ", "articles_short"}})
    if (article == citation.article && article.starts_with(sign))
      return say("law_article", {{"act", act}, {"article", say(key, {{"number", article.substr(sign.size())}})}});
  return say("law_article", {{"act", act}, {"article", article}});
}

std::string Words::length(std::string const& words) const
{
  std::int64_t count = 0;
  auto const* end = words.data() + words.size();
  auto const [unit, failed] = std::from_chars(words.data(), end, count);
  if (failed != std::errc() || count < 0 || unit == end || *unit != ' ') return words;
  auto key = "length_" + std::string(unit + 1, end);
  if (key.back() != 's') key += 's';
  std::replace(key.begin(), key.end(), ' ', '_');
  return catalogue.has(key) ? say(key, {{"count", count}}) : words;
}

std::string Words::duty(Duty const& duty) const
{
  auto const clock =
      duty.clock.empty() ? say("duty_without_clock") : say("duty_clock", {{"clock", length(duty.clock)}});
  return duty.to.empty() ? clock : clock + ", " + say("duty_to", {{"to", phrase("to", duty.to)}});
}

std::vector<std::string> Words::cautions(Caution caution, std::vector<Duty> const& duties) const
{
  if (caution == Caution::none) return {};
  std::vector<std::string> sentences{say("caution_" + std::string(to_string(caution)))};
  for (auto const& safety : duties) sentences.push_back(say("safety_clock", {{"duty", duty(safety)}}));
  return sentences;
}

std::string Words::fault(std::string const& what) const
{
  if (language == Language::en) return what;
  auto const known = Catalogue(Language::en).recognise("fault_", what);
  if (!known) return what;
  std::vector<std::pair<std::string, std::string>> said;
  // what is wrong with a fact is a fault of its own
  for (auto const& [name, words] : known->arguments) said.emplace_back(name, name == "what" ? fault(words) : words);
  std::vector<Argument> arguments;
  for (auto const& [name, words] : said) arguments.emplace_back(name, words);
  return say(known->key, arguments);
}

std::string Words::listed(std::vector<std::string> const& items) const
{
  std::string list;
  for (auto const& item : items) (list += list.empty() ? "" : ", ") += item;
  return list;
}

std::string Words::subject(std::string_view input, std::function<std::string(std::string_view)> const& label) const
{
  constexpr std::string_view begin = "years and months duration(";
  constexpr std::string_view end = ", today())";
  constexpr std::string_view years = ".years";
  if (auto plain = label(input); !plain.empty()) return plain;
  auto name = input;
  bool const in_years = name.ends_with(years);
  if (in_years) name.remove_suffix(years.size());
  if (name.substr(0, begin.size()) != begin || !name.ends_with(end)) return {};
  name = name.substr(begin.size(), name.size() - begin.size() - end.size());
  auto const of = label(name);
  return of.empty() ? std::string() : say(in_years ? "age_from" : "age_exactly", {{"birth_date", of}});
}

/// A constant for people; empty when it is none.
std::string Words::constant(std::string_view text) const
{
  auto const parsed = parse_expression(text);
  if (!parsed) return {};
  Evaluation evaluation;
  auto const result = parsed->evaluate({}, evaluation);
  bool const shown = result.state() == State::known && !result.is(Kind::function) && !result.is(Kind::range);
  return shown || result.is_none() ? value(result) : std::string();
}

/// One comparison for people; empty when it is something else.
std::string Words::one_test(std::string_view test) const
{
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> comparisons{
      {{"<=", "test_at_most"}, {">=", "test_at_least"}, {"<", "test_below"}, {">", "test_above"}}};
  auto compared = [&](std::string_view key, std::string_view text) {
    auto const words = constant(text);
    return words.empty() ? std::string() : say(key, {{"value", words}});
  };
  for (auto const& [sign, key] : comparisons)
    if (test.substr(0, sign.size()) == sign) return compared(key, test.substr(sign.size()));
  bool const opens = !test.empty() && (test.front() == '[' || test.front() == '(' || test.front() == ']');
  if (auto const dots = test.find(".."); opens && dots != std::string_view::npos) {
    auto const low = compared(test.front() == '[' ? "test_at_least" : "test_above", test.substr(1, dots - 1));
    auto const high =
        compared(test.back() == ']' ? "test_at_most" : "test_below", test.substr(dots + 2, test.size() - dots - 3));
    return low.empty() || high.empty() ? std::string() : say("test_both", {{"one", low}, {"other", high}});
  }
  if (test.substr(0, 4) == "not(" && test.back() == ')') {
    auto const inner = test.substr(4, test.size() - 5);
    auto const words = this->test(inner);
    return words == inner ? std::string() : say("test_not", {{"test", words}});
  }
  return constant(test);
}

std::string Words::test(std::string_view test) const
{
  std::vector<std::string> parts;
  int depth = 0;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= test.size(); ++i) {
    char const sign = i < test.size() ? test[i] : ',';
    if (sign == '"') quoted = !quoted;
    if (!quoted && (sign == '(' || sign == '[')) ++depth;
    if (!quoted && (sign == ')' || sign == ']')) --depth;
    if (sign != ',' || (i < test.size() && (quoted || depth != 0))) continue;
    auto part = test.substr(begin, i - begin);
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    auto words = one_test(part);
    if (words.empty()) return std::string(test);
    parts.push_back(std::move(words));
    begin = i + 1;
  }
  auto const last = std::move(parts.back());
  parts.pop_back();
  return parts.empty() ? last : say("test_or", {{"first", listed(parts)}, {"last", last}});
}

}  // namespace tutela::detail
