// SPDX-License-Identifier: Apache-2.0
/// \file
/// Built-in functions on texts, and conversions from and to text.
#include <algorithm>
#include <array>

#include "base/decimal_scale.hpp"
#include "feel/builtins.hpp"
#include "feel/function_value.hpp"
#include "feel/letter_case.hpp"
#include "feel/lexer.hpp"
#include "feel/regex.hpp"
#include "feel/temporal.hpp"

namespace tutela::detail {

namespace {

// Where each character begins, and the end of the text.
std::vector<std::size_t> character_starts(std::string_view text)
{
  std::vector<std::size_t> starts;
  starts.reserve(text.size() + 1);
  for (std::size_t at = 0; at < text.size(); at += character_at(text, at).length) starts.push_back(at);
  starts.push_back(text.size());
  return starts;
}

Value substring(Site const& site, std::span<Value const> arguments)
{
  auto const& text = string_in(arguments[0]);
  auto const starts = character_starts(text);
  auto const size = static_cast<std::int64_t>(starts.size()) - 1;
  auto const start = number_in(arguments[1]).rounded(0, Rounding::down).to_int64();
  if (!start || *start == 0 || *start > size || *start < -size) return site.fail("the start lies outside the text");
  std::int64_t const first = *start > 0 ? *start - 1 : size + *start;
  std::int64_t last = size;
  if (arguments.size() > 2) {
    auto const length = number_in(arguments[2]).rounded(0, Rounding::down);
    if (length.is_negative() || length.is_zero()) return site.fail("the length must be at least 1");
    last = std::min(size, first + length.to_int64().value_or(size));
  }
  auto const from = starts[static_cast<std::size_t>(first)];
  return Value(text.substr(from, starts[static_cast<std::size_t>(last)] - from));
}

Value string_length(Site const&, std::span<Value const> arguments)
{
  return Value(Decimal(static_cast<std::int64_t>(character_starts(string_in(arguments[0])).size()) - 1));
}

Value upper_case(Site const&, std::span<Value const> arguments)
{
  return Value(changed_case(string_in(arguments[0]), true));
}

Value lower_case(Site const&, std::span<Value const> arguments)
{
  return Value(changed_case(string_in(arguments[0]), false));
}

Value substring_before(Site const&, std::span<Value const> arguments)
{
  auto const& text = string_in(arguments[0]);
  std::size_t const found = text.find(string_in(arguments[1]));
  return Value(found == std::string::npos ? std::string() : text.substr(0, found));
}

Value substring_after(Site const&, std::span<Value const> arguments)
{
  auto const& text = string_in(arguments[0]);
  std::size_t const found = text.find(string_in(arguments[1]));
  return Value(found == std::string::npos ? std::string() : text.substr(found + string_in(arguments[1]).size()));
}

Value contains(Site const&, std::span<Value const> arguments)
{
  return Value(string_in(arguments[0]).find(string_in(arguments[1])) != std::string::npos);
}

Value starts_with(Site const&, std::span<Value const> arguments)
{
  return Value(string_in(arguments[0]).starts_with(string_in(arguments[1])));
}

Value ends_with(Site const&, std::span<Value const> arguments)
{
  return Value(string_in(arguments[0]).ends_with(string_in(arguments[1])));
}

std::string_view flags_in(std::span<Value const> arguments, std::size_t index)
{
  return arguments.size() > index && !arguments[index].is_none() ? std::string_view(string_in(arguments[index]))
                                                                 : std::string_view();
}

// The steps of a pattern are small: ten of them count as one.
[[nodiscard]] bool spend_on(Site const& site, Pattern const& pattern) { return site.spend(pattern.steps() / 10); }

Value matches(Site const& site, std::span<Value const> arguments)
{
  auto const pattern = Pattern::compile(string_in(arguments[1]), flags_in(arguments, 2));
  if (!pattern) return site.fail("the pattern or its flags are not valid");
  auto const found = pattern->matches(string_in(arguments[0]));
  if (!spend_on(site, *pattern)) return site.fail_limit("evaluation_steps");
  return found ? Value(*found) : site.fail("the pattern takes too many steps on this text");
}

Value replace(Site const& site, std::span<Value const> arguments)
{
  auto const pattern = Pattern::compile(string_in(arguments[1]), flags_in(arguments, 3));
  if (!pattern) return site.fail("the pattern or its flags are not valid");
  auto result =
      pattern->replaced(string_in(arguments[0]), string_in(arguments[2]), site.evaluation.limits.document_bytes);
  if (!spend_on(site, *pattern)) return site.fail_limit("evaluation_steps");
  return result ? Value(std::move(*result)) : site.fail("the replacement is not valid, or takes too many steps");
}

Value split(Site const& site, std::span<Value const> arguments)
{
  auto const pattern = Pattern::compile(string_in(arguments[1]), {});
  if (!pattern) return site.fail("the delimiter is no valid pattern");
  auto const parts = pattern->split(string_in(arguments[0]));
  if (!spend_on(site, *pattern)) return site.fail_limit("evaluation_steps");
  if (!parts) return site.fail("the delimiter takes too many steps on this text");
  if (parts->size() > site.evaluation.limits.elements) return site.fail_limit("elements");
  List list;
  for (auto const& part : *parts) list.items.emplace_back(part);
  return Value(std::move(list));
}

Value string_join(Site const& site, std::span<Value const> arguments)
{
  std::string const delimiter =
      arguments.size() > 1 && !arguments[1].is_none() ? string_in(arguments[1]) : std::string();
  std::string result;
  bool first = true;
  for (auto const& item : list_in(arguments[0]).items) {
    if (item.is_none()) continue;
    auto const* text = item.as_string();
    if (text == nullptr) return site.fail("only texts can be joined");
    if (result.size() + text->size() > site.evaluation.limits.document_bytes) return site.fail_limit("document_bytes");
    if (!first) result += delimiter;
    result += *text;
    first = false;
  }
  return Value(std::move(result));
}

// A number with the digits after the point that it was written or computed with: 1.10 and 1.1 are one number and two
// texts to the standard. In legal mode equal numbers have equal texts.
std::string number_text(Site const& site, Decimal number)
{
  std::string text = number.to_string();
  if (site.legal()) return text;
  std::size_t const point = text.find('.');
  auto const places = static_cast<int>(point == std::string::npos ? 0 : text.size() - point - 1);
  if (scale_of(number) <= places) return text;
  if (point == std::string::npos) text += '.';
  return text.append(static_cast<std::size_t>(scale_of(number) - places), '0');
}

void append_text(Site const& site, std::string& text, Value const& value, bool inside)
{
  if (text.size() > site.evaluation.limits.document_bytes) return;
  switch (value.kind()) {
    case Kind::number: text += number_text(site, *value.as_number()); break;
    case Kind::string: text += inside ? quoted(*value.as_string()) : *value.as_string(); break;
    case Kind::date: text += temporal_text(*value.as_date()); break;
    case Kind::time: text += temporal_text(*value.as_time()); break;
    case Kind::date_time: text += temporal_text(*value.as_date_time()); break;
    case Kind::days_duration: text += temporal_text(*value.as_days_duration()); break;
    case Kind::months_duration: text += temporal_text(*value.as_months_duration()); break;
    case Kind::list: {
      text += "[";
      bool first = true;
      for (auto const& item : value.as_list()->items) {
        if (!first) text += ", ";
        first = false;
        append_text(site, text, item, true);
      }
      text += "]";
      break;
    }
    case Kind::context: {
      text += "{";
      bool first = true;
      for (auto const& [name, entry] : value.as_context()->entries) {
        if (!first) text += ", ";
        first = false;
        bool const plain = identifier_end(name, 0) == name.size() && !name.empty();
        text += (plain ? name : quoted(name)) + ": ";
        append_text(site, text, entry, true);
      }
      text += "}";
      break;
    }
    case Kind::range: {
      auto const& range = *value.as_range();
      if (range.test != Range::Test::none) {
        text += range.test == Range::Test::equal ? "(=" : "(!=";
        append_text(site, text, range.low, true);
        text += ")";
      } else if (range.low.is_none()) {
        text += range.high_included ? "(<=" : "(<";
        append_text(site, text, range.high, true);
        text += ")";
      } else if (range.high.is_none()) {
        text += range.low_included ? "(>=" : "(>";
        append_text(site, text, range.low, true);
        text += ")";
      } else {
        text += range.low_included ? "[" : "(";
        append_text(site, text, range.low, true);
        text += "..";
        append_text(site, text, range.high, true);
        text += range.high_included ? "]" : ")";
      }
      break;
    }
    default: text += to_string(value);
  }
}

Value to_text(Site const& site, std::span<Value const> arguments)
{
  Value const& value = arguments[0];
  if (value.is_none()) return {};
  if (value.is(Kind::function)) return site.fail("a function has no text");
  std::string text;
  append_text(site, text, value, false);
  if (text.size() > site.evaluation.limits.document_bytes) return site.fail_limit("document_bytes");
  return Value(std::move(text));
}

Value to_number(Site const& site, std::span<Value const> arguments)
{
  std::string text = string_in(arguments[0]);
  std::string const grouping(flags_in(arguments, 1));
  std::string const decimal(flags_in(arguments, 2));
  bool const has_grouping = arguments.size() > 1 && !arguments[1].is_none();
  bool const has_decimal = arguments.size() > 2 && !arguments[2].is_none();
  if (has_grouping && grouping != " " && grouping != "," && grouping != ".") {
    return site.fail("the grouping separator must be a blank, a comma or a point");
  }
  if (has_decimal && decimal != "." && decimal != ",")
    return site.fail("the decimal separator must be a point or a comma");
  if (has_grouping && has_decimal && grouping == decimal) return site.fail("both separators are the same");
  if (has_grouping) std::erase(text, grouping.front());
  if (has_decimal && decimal == ",") {
    if (text.find('.') != std::string::npos) return site.fail("the text is no number");
    std::replace(text.begin(), text.end(), ',', '.');
  }
  auto const number = Decimal::parse(text);
  return number && number->is_finite() ? Value(*number) : site.fail("the text is no number");
}

constexpr std::array signatures{
    Signature{"substring", "string: string, start position: number, length: number?", substring},
    Signature{"string length", "string: string", string_length, Strictness::total},
    Signature{"upper case", "string: string", upper_case, Strictness::total},
    Signature{"lower case", "string: string", lower_case, Strictness::total},
    Signature{"substring before", "string: string, match: string", substring_before, Strictness::total},
    Signature{"substring after", "string: string, match: string", substring_after, Strictness::total},
    Signature{"contains", "string: string, match: string", contains, Strictness::total},
    Signature{"starts with", "string: string, match: string", starts_with, Strictness::total},
    Signature{"ends with", "string: string, match: string", ends_with, Strictness::total},
    Signature{"matches", "input: string, pattern: string, flags: string|null?", matches},
    Signature{"replace", "input: string, pattern: string, replacement: string, flags: string|null?", replace},
    Signature{"split", "string: string, delimiter: string", split},
    Signature{"string join", "list: list, delimiter: string|null?", string_join},
    Signature{"string", "from: any", to_text, Strictness::total},
    Signature{"number", "from: string", to_number},
    Signature{"number", "from: string, grouping separator: string|null, decimal separator: string|null", to_number},
};

}  // namespace

std::span<Signature const> string_signatures() { return signatures; }

}  // namespace tutela::detail
