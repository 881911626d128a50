// SPDX-License-Identifier: Apache-2.0
#include <tutela/facts/value.hpp>

#include <algorithm>
#include <array>
#include <limits>

namespace tutela::inline v0 {
namespace {

/// So many bytes of a text count as one part of a value.
constexpr std::size_t bytes_of_a_part = 64;

constexpr std::array<std::string_view, 5> state_names{"known", "none", "unknown", "uncertain", "error"};

constexpr std::array<std::string_view, 16> kind_names{"none",
                                                      "boolean",
                                                      "number",
                                                      "string",
                                                      "date",
                                                      "time",
                                                      "date and time",
                                                      "days and time duration",
                                                      "years and months duration",
                                                      "list",
                                                      "context",
                                                      "range",
                                                      "function",
                                                      "unknown",
                                                      "uncertain",
                                                      "error"};

/// Content that knows how large it is. Every list, context, range and unknown of a `Value` is one.
template <class T>
struct Measured : T {
  Measured(T content, Extent size) : T(std::move(content)), extent(size) {}
  Extent extent;
};

void grow(Extent& total, Extent const& part, std::uint64_t more = 0) noexcept
{
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  for (std::uint64_t const parts : {part.parts, more})
    total.parts = total.parts > most - parts ? most : total.parts + parts;
  constexpr auto deepest = std::numeric_limits<std::uint32_t>::max();
  total.depth = std::max(total.depth, part.depth == deepest ? deepest : part.depth + 1);
  total.open = total.open || part.open;
}

Extent measured(List const& list) noexcept
{
  Extent extent;
  extent.open = !list.complete;
  for (auto const& item : list.items) grow(extent, item.extent());
  return extent;
}

Extent measured(Context const& context) noexcept
{
  Extent extent;
  for (auto const& [name, value] : context.entries) grow(extent, value.extent(), name.size() / bytes_of_a_part);
  return extent;
}

Extent measured(Range const& range) noexcept
{
  Extent extent;
  grow(extent, range.low.extent());
  grow(extent, range.high.extent());
  return extent;
}

Extent measured(Unknown const& unknown) noexcept
{
  Extent extent = measured(unknown.domain.range);
  for (auto const& value : unknown.domain.values) grow(extent, value.extent());
  extent.open = true;
  return extent;
}

template <class T>
std::shared_ptr<T const> measured_content(T content)
{
  auto const extent = measured(content);
  return std::make_shared<Measured<T> const>(std::move(content), extent);
}

template <class T>
Extent extent_of(T const& content) noexcept
{
  return static_cast<Measured<T> const&>(content).extent;
}

bool equal(Range const& lhs, Range const& rhs) noexcept
{
  return lhs.low == rhs.low && lhs.high == rhs.high && lhs.low_included == rhs.low_included &&
         lhs.high_included == rhs.high_included && lhs.test == rhs.test;
}

bool equal(Context const& lhs, Context const& rhs) noexcept
{
  if (&lhs == &rhs) return true;
  if (lhs.entries.size() != rhs.entries.size()) return false;
  return std::all_of(lhs.entries.begin(), lhs.entries.end(), [&](auto const& entry) {
    Value const* other = rhs.find(entry.first);
    return other != nullptr && *other == entry.second;
  });
}

bool equal(Domain const& lhs, Domain const& rhs) noexcept
{
  return lhs.kind == rhs.kind && lhs.values == rhs.values && equal(lhs.range, rhs.range) &&
         lhs.approximate == rhs.approximate;
}

std::string padded(std::uint32_t number, std::size_t width)
{
  std::string text = std::to_string(number);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::string zone_text(Zone const& zone)
{
  switch (zone.kind) {
    case Zone::Kind::local: return "";
    case Zone::Kind::named: return "@" + zone.name;
    case Zone::Kind::offset: break;
  }
  if (zone.offset_seconds == 0) return "Z";
  auto const distance =
      static_cast<std::uint32_t>(zone.offset_seconds < 0 ? -zone.offset_seconds : zone.offset_seconds);
  std::string text = zone.offset_seconds < 0 ? "-" : "+";
  text += padded(distance / 3600, 2) + ":" + padded(distance / 60 % 60, 2);
  if (distance % 60 != 0) text += ":" + padded(distance % 60, 2);
  return text;
}

std::string time_text(Time const& time)
{
  std::string text = padded(time.hour, 2) + ":" + padded(time.minute, 2) + ":" + padded(time.second, 2);
  if (time.nanosecond != 0) {
    std::string fraction = padded(time.nanosecond, 9);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    text += "." + fraction;
  }
  return text + zone_text(time.zone);
}

std::string duration_text(DaysDuration duration)
{
  bool const negative = duration.seconds < 0 || duration.nanoseconds < 0;
  // Negating the most negative number is undefined, so the distance is taken as unsigned.
  auto const seconds =
      negative ? 0 - static_cast<std::uint64_t>(duration.seconds) : static_cast<std::uint64_t>(duration.seconds);
  auto const nanoseconds = static_cast<std::uint32_t>(negative ? -duration.nanoseconds : duration.nanoseconds);
  std::string text = negative ? "-P" : "P";
  if (seconds == 0 && nanoseconds == 0) return text + "T0S";
  if (seconds / 86'400 != 0) text += std::to_string(seconds / 86'400) + "D";
  std::uint64_t const rest = seconds % 86'400;
  if (rest == 0 && nanoseconds == 0) return text;
  text += "T";
  if (rest / 3'600 != 0) text += std::to_string(rest / 3'600) + "H";
  if (rest / 60 % 60 != 0) text += std::to_string(rest / 60 % 60) + "M";
  if (rest % 60 != 0 || nanoseconds != 0) {
    text += std::to_string(rest % 60);
    if (nanoseconds != 0) {
      std::string fraction = padded(nanoseconds, 9);
      fraction.erase(fraction.find_last_not_of('0') + 1);
      text += "." + fraction;
    }
    text += "S";
  }
  return text;
}

std::string duration_text(MonthsDuration duration)
{
  auto const months = duration.months < 0 ? 0 - static_cast<std::uint64_t>(duration.months)
                                          : static_cast<std::uint64_t>(duration.months);
  std::string text = duration.months < 0 ? "-P" : "P";
  if (months == 0) return text + "0M";
  if (months / 12 != 0) text += std::to_string(months / 12) + "Y";
  if (months % 12 != 0) text += std::to_string(months % 12) + "M";
  return text;
}

std::string quoted(std::string const& text)
{
  std::string result = "\"";
  for (char const character : text) {
    if (character == '"' || character == '\\') result += '\\';
    if (character == '\n') {
      result += "\\n";
    } else {
      result += character;
    }
  }
  return result += '"';
}

std::string joined(std::vector<std::string> const& names)
{
  std::string text;
  for (auto const& name : names) (text += text.empty() ? "" : ", ") += name;
  return text;
}

std::string range_text(Range const& range)
{
  std::string text = range.low_included ? "[" : "(";
  if (!range.low.is_none()) text += to_string(range.low);
  text += "..";
  if (!range.high.is_none()) text += to_string(range.high);
  return text += range.high_included ? "]" : ")";
}

std::string list_text(List const& list)
{
  std::string text = "[";
  for (auto const& item : list.items) (text += text.size() == 1 ? "" : ", ") += to_string(item);
  if (!list.complete) text += text.size() == 1 ? "..." : ", ...";
  return text += "]";
}

std::string context_text(Context const& context)
{
  std::string text = "{";
  for (auto const& [name, value] : context.entries)
    (text += text.size() == 1 ? "" : ", ") += name + ": " + to_string(value);
  return text += "}";
}

}  // namespace

std::string_view to_string(State state) noexcept { return state_names[static_cast<std::size_t>(state)]; }

std::string_view to_string(Kind kind) noexcept { return kind_names[static_cast<std::size_t>(kind)]; }

Value::Value(std::string value) : Value(Kind::string, std::make_shared<std::string const>(std::move(value))) {}
Value::Value(Time value) : Value(Kind::time, std::make_shared<Time const>(std::move(value))) {}
Value::Value(DateTime value) : Value(Kind::date_time, std::make_shared<DateTime const>(std::move(value))) {}
Value::Value(List value) : Value(Kind::list, measured_content(std::move(value))) {}
Value::Value(Context value) : Value(Kind::context, measured_content(std::move(value))) {}
Value::Value(Range value) : Value(Kind::range, measured_content(std::move(value))) {}
Value::Value(std::shared_ptr<Function const> value) : Value(Kind::function, std::move(value)) {}
Value::Value(Unknown value) : Value(Kind::unknown, measured_content(std::move(value))) {}
Value::Value(Uncertain value) : Value(Kind::uncertain, std::make_shared<Uncertain const>(std::move(value))) {}
Value::Value(Fault value) : Value(Kind::error, std::make_shared<Fault const>(std::move(value))) {}

Value Value::unknown(std::string fact)
{
  Unknown unknown;
  unknown.facts.push_back(std::move(fact));
  return Value(std::move(unknown));
}

State Value::state() const noexcept
{
  switch (kind()) {
    case Kind::none: return State::none;
    case Kind::unknown: return State::unknown;
    case Kind::uncertain: return State::uncertain;
    case Kind::error: return State::error;
    default: return State::known;
  }
}

Extent Value::extent() const noexcept
{
  switch (kind()) {
    case Kind::string: return {1 + as_string()->size() / bytes_of_a_part, 1, false};
    case Kind::list: return extent_of(*as_list());
    case Kind::context: return extent_of(*as_context());
    case Kind::range: return extent_of(*as_range());
    case Kind::unknown: return extent_of(*as_unknown());
    case Kind::uncertain: return {1, 1, true};
    case Kind::function: return {1, as_function() == nullptr ? 1 : as_function()->depth(), false};
    default: return {};
  }
}

bool operator==(Value const& lhs, Value const& rhs) noexcept
{
  if (lhs.kind() != rhs.kind()) return false;
  switch (lhs.kind()) {
    case Kind::none: return true;
    case Kind::boolean: return *lhs.as_boolean() == *rhs.as_boolean();
    case Kind::number: return *lhs.as_number() == *rhs.as_number();
    case Kind::string: return *lhs.as_string() == *rhs.as_string();
    case Kind::date: return *lhs.as_date() == *rhs.as_date();
    case Kind::time: return *lhs.as_time() == *rhs.as_time();
    case Kind::date_time: return *lhs.as_date_time() == *rhs.as_date_time();
    case Kind::days_duration: return *lhs.as_days_duration() == *rhs.as_days_duration();
    case Kind::months_duration: return *lhs.as_months_duration() == *rhs.as_months_duration();
    case Kind::list: {
      auto const& left = *lhs.as_list();
      auto const& right = *rhs.as_list();
      if (&left == &right) return true;
      return left.items == right.items && left.complete == right.complete && left.facts == right.facts;
    }
    case Kind::context: return equal(*lhs.as_context(), *rhs.as_context());
    case Kind::range: return equal(*lhs.as_range(), *rhs.as_range());
    case Kind::function: return lhs.as_function() == rhs.as_function();
    case Kind::unknown: {
      auto const& left = *lhs.as_unknown();
      auto const& right = *rhs.as_unknown();
      return left.facts == right.facts && left.uncertain == right.uncertain && equal(left.domain, right.domain);
    }
    case Kind::uncertain: return lhs.as_uncertain()->facts == rhs.as_uncertain()->facts;
    case Kind::error:
      return lhs.as_fault()->what == rhs.as_fault()->what && lhs.as_fault()->place == rhs.as_fault()->place;
  }
  return false;
}

Value const* Context::find(std::string_view name) const noexcept
{
  for (auto const& [key, value] : entries)
    if (key == name) return &value;
  return nullptr;
}

std::string to_string(Value const& value)
{
  switch (value.kind()) {
    case Kind::none: return "null";
    case Kind::boolean: return *value.as_boolean() ? "true" : "false";
    case Kind::number: return value.as_number()->to_string();
    case Kind::string: return quoted(*value.as_string());
    case Kind::date: return "@\"" + to_string(*value.as_date()) + "\"";
    case Kind::time: return "@\"" + time_text(*value.as_time()) + "\"";
    case Kind::date_time:
      return "@\"" + to_string(value.as_date_time()->date) + "T" + time_text(value.as_date_time()->time) + "\"";
    case Kind::days_duration: return "@\"" + duration_text(*value.as_days_duration()) + "\"";
    case Kind::months_duration: return "@\"" + duration_text(*value.as_months_duration()) + "\"";
    case Kind::list: return list_text(*value.as_list());
    case Kind::context: return context_text(*value.as_context());
    case Kind::range: return range_text(*value.as_range());
    case Kind::function: return "function";
    case Kind::unknown: return "unknown(" + joined(value.as_unknown()->facts) + ")";
    case Kind::uncertain: return "uncertain(" + joined(value.as_uncertain()->facts) + ")";
    case Kind::error: return "error(" + quoted(value.as_fault()->what) + ")";
  }
  return "null";
}

}  // namespace tutela::inline v0
