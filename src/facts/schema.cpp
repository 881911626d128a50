// SPDX-License-Identifier: Apache-2.0
#include <tutela/facts/schema.hpp>

#include <algorithm>
#include <compare>
#include <utility>

namespace tutela::detail {

FactDeclaration const* list_around(Schema const& schema, std::string_view name)
{
  for (auto dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.', dot + 1)) {
    auto const* outer = schema.find(name.substr(0, dot));
    if (outer != nullptr && outer->type == Kind::list) return outer;
  }
  return nullptr;
}

}  // namespace tutela::detail

namespace tutela::inline v0 {
namespace {

/// Order of two times of a day, `days` apart, by whole seconds as rules compare them: both without a zone or both with an
/// offset. Named zones have no order here.
std::partial_ordering order(Time const& lhs, Time const& rhs, std::int64_t days) noexcept
{
  if (lhs.zone.kind != rhs.zone.kind || lhs.zone.kind == Zone::Kind::named) return std::partial_ordering::unordered;
  auto const seconds = [](Time const& time) {
    return time.hour * 3'600 + time.minute * 60 + time.second - time.zone.offset_seconds;
  };
  return days * 86'400 + seconds(lhs) - seconds(rhs) <=> 0;
}

/// Order of two values of one ordered kind; unordered when they have none.
std::partial_ordering order(Value const& lhs, Value const& rhs) noexcept
{
  if (lhs.kind() != rhs.kind()) return std::partial_ordering::unordered;
  if (auto const* number = lhs.as_number()) return *number <=> *rhs.as_number();
  if (auto const* date = lhs.as_date()) return *date <=> *rhs.as_date();
  if (auto const* text = lhs.as_string()) return *text <=> *rhs.as_string();
  if (auto const* days = lhs.as_days_duration()) return *days <=> *rhs.as_days_duration();
  if (auto const* months = lhs.as_months_duration()) return *months <=> *rhs.as_months_duration();
  if (auto const* time = lhs.as_time()) return order(*time, *rhs.as_time(), 0);
  if (auto const* moment = lhs.as_date_time()) {
    auto const& other = *rhs.as_date_time();
    return order(moment->time, other.time, to_days(moment->date) - to_days(other.date));
  }
  return std::partial_ordering::unordered;
}

bool inside(Range const& range, Value const& value) noexcept
{
  if (!range.low.is_none()) {
    auto const low = order(value, range.low);
    if (!(std::is_gt(low) || (range.low_included && std::is_eq(low)))) return false;
  }
  if (!range.high.is_none()) {
    auto const high = order(value, range.high);
    if (!(std::is_lt(high) || (range.high_included && std::is_eq(high)))) return false;
  }
  return true;
}

Diagnostic finding(Code code, std::string what, std::string mend)
{
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.what = std::move(what);
  diagnostic.mend = std::move(mend);
  return diagnostic;
}

/// The form of a value of that kind.
std::string how_to_give(Kind kind)
{
  std::string const what = "give a " + std::string(to_string(kind));
  if (kind == Kind::boolean) return what + ": true or false";
  if (kind == Kind::number) return what + ": digits and a point, without blanks and units";
  return kind == Kind::date ? what + ": 2026-03-01" : what;
}

std::string allowed_text(std::vector<Value> const& allowed)
{
  std::string text;
  for (auto const& value : allowed) (text += text.empty() ? "" : ", ") += to_string(value);
  return text;
}

/// What an element may be, as a fact of its own.
FactDeclaration element_declaration(FactDeclaration const& list)
{
  FactDeclaration element;
  element.type = list.element_type;
  element.allowed = list.allowed_elements;
  element.range = list.element_range;
  return element;
}

/// What is wrong with the elements of a list; the place is the position, from 1. An element that is none, or that is not
/// known, has no value that could be wrong.
std::vector<Diagnostic> check_elements(FactDeclaration const& declaration, List const& list)
{
  std::vector<Diagnostic> findings;
  auto const element = element_declaration(declaration);
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    if (list.items[i].state() != State::known) continue;
    auto found = check(element, list.items[i]);
    if (!found) continue;
    found->place.pointer = "[" + std::to_string(i + 1) + "]";
    findings.push_back(*std::move(found));
  }
  return findings;
}

std::optional<Diagnostic> check_known(FactDeclaration const& declaration, Value const& value)
{
  if (declaration.type != Kind::none && value.kind() != declaration.type)
    return finding(Code::wrong_type,
                   "the fact is a " + std::string(to_string(value.kind())) + " but is declared as a " +
                       std::string(to_string(declaration.type)),
                   how_to_give(declaration.type));
  if (auto const* list = value.as_list()) {
    if (declaration.maximum_elements && list->items.size() > *declaration.maximum_elements)
      return finding(Code::out_of_range, "the list has more elements than declared",
                     "at most " + std::to_string(*declaration.maximum_elements));
    for (auto const& item : list->items)
      if (!declaration.allowed.empty() && item.state() == State::known &&
          std::find(declaration.allowed.begin(), declaration.allowed.end(), item) == declaration.allowed.end())
        return finding(Code::not_allowed, "an element of the list is not among the allowed values",
                       "use one of: " + allowed_text(declaration.allowed));
    auto wrong = check_elements(declaration, *list);
    if (wrong.empty()) return std::nullopt;
    wrong.front().what = "an element of the list: " + wrong.front().what;
    wrong.front().place = {};
    return std::move(wrong.front());
  }
  if (!declaration.allowed.empty() &&
      std::find(declaration.allowed.begin(), declaration.allowed.end(), value) == declaration.allowed.end())
    return finding(Code::not_allowed, "the value is not among the allowed ones",
                   "use one of: " + allowed_text(declaration.allowed));
  if (!inside(declaration.range, value))
    return finding(Code::out_of_range, "the value is outside its declared range",
                   "the range is " + to_string(Value(declaration.range)));
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Sensitivity sensitivity) noexcept
{
  switch (sensitivity) {
    case Sensitivity::ordinary: return "ordinary";
    case Sensitivity::personal: return "personal";
    case Sensitivity::sensitive: break;
  }
  return "sensitive";
}

std::string_view to_string(AskedOf asked_of) noexcept
{
  switch (asked_of) {
    case AskedOf::registry: return "registry";
    case AskedOf::file: return "file";
    case AskedOf::adult: return "adult";
    case AskedOf::child: return "child";
    case AskedOf::trained_interviewer: break;
  }
  return "trained_interviewer";
}

std::string_view to_string(Subject subject) noexcept
{
  switch (subject) {
    case Subject::person: return "person";
    case Subject::family: return "family";
    case Subject::others: return "others";
    case Subject::unstated: break;
  }
  return "unstated";
}

std::string_view to_string(Ground ground) noexcept
{
  switch (ground) {
    case Ground::unstated: return "unstated";
    case Ground::poverty: return "poverty";
    case Ground::disability: return "disability";
    case Ground::ethnicity: return "ethnicity";
    case Ground::none: break;
  }
  return "none";
}

Schema::Schema(std::vector<FactDeclaration> declarations)
{
  std::stable_sort(declarations.begin(), declarations.end(),
                   [](auto const& lhs, auto const& rhs) { return lhs.name < rhs.name; });
  for (auto& declaration : declarations) {
    if (!declarations_.empty() && declarations_.back().name == declaration.name) {
      declarations_.back() = std::move(declaration);
    } else {
      declarations_.push_back(std::move(declaration));
    }
  }
}

FactDeclaration const* Schema::find(std::string_view name) const noexcept
{
  auto const found = std::lower_bound(declarations_.begin(), declarations_.end(), name,
                                      [](auto const& declaration, auto wanted) { return declaration.name < wanted; });
  return found != declarations_.end() && found->name == name ? &*found : nullptr;
}

std::vector<Diagnostic> Schema::check(Record const& record) const
{
  std::vector<Diagnostic> findings;
  for (auto const& fact : record.facts()) {
    if (auto const* list = detail::list_around(*this, fact.name)) {
      findings.push_back(finding(Code::wrong_type, "the fact is part of the elements of the list " + list->name,
                                 "give the list, or name the element: " + list->name + "[1]"));
      findings.back().place.pointer = fact.name;
      continue;
    }
    auto const* declaration = find(fact.name);
    if (declaration == nullptr) continue;
    if (auto const* list = fact.value.as_list(); list != nullptr && declaration->type == Kind::list) {
      auto wrong = check_elements(*declaration, *list);
      for (auto& one : wrong) {
        one.place.pointer = fact.name + one.place.pointer;
        findings.push_back(std::move(one));
      }
      if (!wrong.empty()) continue;
    }
    if (auto found = tutela::check(*declaration, fact.value)) {
      found->place.pointer = fact.name;
      findings.push_back(std::move(*found));
    }
  }
  return findings;
}

std::optional<Diagnostic> check(FactDeclaration const& declaration, Value const& value)
{
  switch (value.state()) {
    case State::known: return check_known(declaration, value);
    case State::none:
      if (declaration.optional) return std::nullopt;
      return finding(Code::not_allowed, "\"none\" is no possible answer for this fact",
                     "give the value, or leave the fact out while it is not known");
    case State::unknown: {
      auto const& domain = value.as_unknown()->domain;
      if (domain.kind != Domain::Kind::set) return std::nullopt;
      for (auto const& possible : domain.values)
        if (auto found = check(declaration, possible)) return found;
      return std::nullopt;
    }
    case State::uncertain: return std::nullopt;
    case State::error: break;
  }
  return finding(Code::wrong_type, "an error cannot be a fact", "leave the fact out");
}

Kind unbounded_kind(FactDeclaration const& declaration) noexcept
{
  bool const is_bounded = !declaration.allowed.empty() || !declaration.range.low.is_none() ||
                          !declaration.range.high.is_none() || declaration.element_type != Kind::none;
  return is_bounded ? Kind::error : declaration.type;
}

bool lists_text(FactDeclaration const& declaration, std::string_view text) noexcept
{
  if (declaration.type != Kind::string || !declaration.range.low.is_none() || !declaration.range.high.is_none())
    return false;
  return std::any_of(declaration.allowed.begin(), declaration.allowed.end(), [&](Value const& allowed) {
    std::string const* listed = allowed.as_string();
    return listed != nullptr && *listed == text;
  });
}

}  // namespace tutela::inline v0
