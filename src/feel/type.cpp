// SPDX-License-Identifier: Apache-2.0
/// \file
/// The types of the FEEL language.
#include <tutela/feel/type.hpp>

#include <algorithm>
#include <array>

#include <tutela/feel/evaluation.hpp>

#include "feel/function_value.hpp"
#include "feel/partial.hpp"

namespace tutela::inline v0 {

/// What a type is made of.
struct Type::Parts {
  Type element;  // of lists and ranges; the result of functions
  std::vector<Entry> entries;
  std::vector<Type> parameters;
  std::vector<std::shared_ptr<Admits const>> restrictions{};  // of the type itself
  std::string name{};                                         // of a restricted type
  std::size_t count = 1;
  bool stated = true;       // false where there are only restrictions
  bool restricted = false;  // it or a part of it
};

Type Type::made(Kind kind, Parts parts)
{
  Type type(kind);
  auto const take_in = [&parts](Type const& part) {
    parts.count += part.parts();
    parts.restricted = parts.restricted || part.is_restricted();
  };
  take_in(parts.element);
  for (auto const& entry : parts.entries) take_in(entry.type);
  for (auto const& parameter : parts.parameters) take_in(parameter);
  if (parts.count <= most_parts) type.parts_ = std::make_shared<Parts const>(std::move(parts));
  return type;
}

Type Type::list(Type element) { return made(Kind::list, {std::move(element), {}, {}}); }

Type Type::range(Type element) { return made(Kind::range, {std::move(element), {}, {}}); }

Type Type::context(std::vector<Entry> entries) { return made(Kind::context, {{}, std::move(entries), {}}); }

Type Type::function(std::vector<Type> parameters, Type result)
{
  return made(Kind::function, {std::move(result), {}, std::move(parameters)});
}

Type Type::restricted(Type type, std::string name, Admits admits)
{
  Parts parts;
  parts.stated = false;
  if (type.parts_ != nullptr) parts = *type.parts_;
  if (!name.empty()) parts.name = std::move(name);
  if (admits) parts.restrictions.push_back(std::make_shared<Admits const>(std::move(admits)));
  parts.restricted = parts.restricted || !parts.restrictions.empty();
  type.parts_ = std::make_shared<Parts const>(std::move(parts));
  return type;
}

bool Type::is_restricted() const noexcept { return parts_ != nullptr && parts_->restricted; }

bool Type::has_parts() const noexcept { return parts_ != nullptr && parts_->stated; }

std::string_view Type::name() const noexcept
{
  return is_restricted() ? std::string_view(parts_->name) : std::string_view();
}

bool Type::is_restricted_as(Type const& target) const noexcept
{
  if (target.parts_ == nullptr || target.parts_ == parts_) return true;
  return std::all_of(target.parts_->restrictions.begin(), target.parts_->restrictions.end(), [this](auto const& each) {
    return parts_ != nullptr &&
           std::find(parts_->restrictions.begin(), parts_->restrictions.end(), each) != parts_->restrictions.end();
  });
}

Truth Type::admits(Value const& value, Evaluation& evaluation) const
{
  Truth result = Truth::yes;
  if (parts_ == nullptr) return result;
  for (auto const& restriction : parts_->restrictions) {
    result = result & (*restriction)(value, evaluation);
    if (result == Truth::no) break;
  }
  return result;
}

std::size_t Type::parts() const noexcept { return parts_ == nullptr ? 1 : parts_->count; }

Type Type::element() const
{
  return parts_ != nullptr && (is(Kind::list) || is(Kind::range)) ? parts_->element : Type{};
}

std::vector<Type::Entry> const& Type::entries() const& noexcept
{
  static std::vector<Entry> const none;
  return parts_ == nullptr ? none : parts_->entries;
}

Type const* Type::find(std::string_view name) const noexcept
{
  for (auto const& entry : entries()) {
    if (entry.name == name) return &entry.type;
  }
  return nullptr;
}

std::vector<Type> const& Type::parameters() const& noexcept
{
  static std::vector<Type> const none;
  return parts_ == nullptr ? none : parts_->parameters;
}

Type Type::result() const { return parts_ != nullptr && is(Kind::function) ? parts_->element : Type{}; }

bool operator==(Type const& lhs, Type const& rhs) noexcept
{
  if (lhs.kind_ != rhs.kind_) return false;
  if (lhs.parts_ == rhs.parts_) return true;
  if (!lhs.is_restricted_as(rhs) || !rhs.is_restricted_as(lhs)) return false;
  if (lhs.has_parts() != rhs.has_parts()) return false;
  if (!lhs.has_parts()) return true;
  switch (lhs.kind_) {
    case Type::Kind::list:
    case Type::Kind::range: return lhs.parts_->element == rhs.parts_->element;
    case Type::Kind::context: {
      auto const& entries = lhs.entries();
      return entries.size() == rhs.entries().size() &&
             std::all_of(entries.begin(), entries.end(), [&rhs](auto const& entry) {
               auto const* other = rhs.find(entry.name);
               return other != nullptr && *other == entry.type;
             });
    }
    case Type::Kind::function:
      return lhs.parameters() == rhs.parameters() && lhs.parts_->element == rhs.parts_->element;
    default: return true;
  }
}

bool conforms(Type const& type, Type const& target) noexcept
{
  if (type.is(Type::Kind::null)) return true;
  if (!type.is_restricted_as(target)) return false;
  if (target.is(Type::Kind::any)) return true;
  if (type.kind() != target.kind()) return false;
  if (!target.has_parts()) return true;
  switch (target.kind()) {
    case Type::Kind::list:
    case Type::Kind::range: return conforms(type.element(), target.element());
    case Type::Kind::context:
      return std::all_of(target.entries().begin(), target.entries().end(), [&type](auto const& entry) {
        auto const* own = type.find(entry.name);
        return own != nullptr && conforms(*own, entry.type);
      });
    case Type::Kind::function: {
      if (!type.has_parts() || type.parameters().size() != target.parameters().size()) return false;
      for (std::size_t index = 0; index < target.parameters().size(); ++index) {
        // a parameter may take more than is asked for, a result may be narrower
        if (!type.parameters()[index].is(Type::Kind::any) &&
            !conforms(target.parameters()[index], type.parameters()[index])) {
          return false;
        }
      }
      return type.result().is(Type::Kind::any) || conforms(type.result(), target.result());
    }
    default: return true;
  }
}

bool value_conforms(Value const& value, Type const& type) noexcept
{
  if (value.is(Kind::error)) return false;
  if (type.is(Type::Kind::any) || value.is_none() || value.is(Kind::unknown) || value.is(Kind::uncertain)) return true;
  switch (type.kind()) {
    case Type::Kind::boolean: return value.is(Kind::boolean);
    case Type::Kind::number: return value.is(Kind::number);
    case Type::Kind::string: return value.is(Kind::string);
    case Type::Kind::date: return value.is(Kind::date);
    case Type::Kind::time: return value.is(Kind::time);
    case Type::Kind::date_time: return value.is(Kind::date_time);
    case Type::Kind::days_duration: return value.is(Kind::days_duration);
    case Type::Kind::months_duration: return value.is(Kind::months_duration);
    case Type::Kind::list: {
      auto const* list = value.as_list();
      if (list == nullptr) return false;
      if (!type.has_parts()) return true;
      Type const element = type.element();
      return std::all_of(list->items.begin(), list->items.end(),
                         [&element](Value const& item) { return value_conforms(item, element); });
    }
    case Type::Kind::context: {
      auto const* context = value.as_context();
      return context != nullptr &&
             std::all_of(type.entries().begin(), type.entries().end(), [context](auto const& entry) {
               auto const* found = context->find(entry.name);
               return found != nullptr && value_conforms(*found, entry.type);
             });
    }
    case Type::Kind::range: {
      auto const* range = value.as_range();
      if (range == nullptr) return false;
      return !type.has_parts() ||
             (value_conforms(range->low, type.element()) && value_conforms(range->high, type.element()));
    }
    case Type::Kind::function: {
      auto const* function = detail::function_in(value);
      return function != nullptr && conforms(function->type(), type);
    }
    default: return false;
  }
}

namespace {

/// Whether an open value belongs to a restricted type. An error belongs to none.
Truth open_belongs(Value const& value, Type const& type, Evaluation& evaluation)
{
  if (value.is(Kind::error)) return Truth::no;
  if (evaluation.mode == Mode::conformance) return Truth::yes;  // it is null there
  if (auto const members = detail::possibilities_of(value)) {
    bool all = true;
    bool any = false;
    for (auto const& member : *members) {
      auto const truth = belongs(member, type, evaluation);
      all = all && truth == Truth::yes;
      any = any || truth != Truth::no;
    }
    return all ? Truth::yes : any ? Truth::unknown : Truth::no;
  }
  // of its parts nothing is known, and null would belong to the type
  return type.has_parts() || type.admits(value, evaluation) != Truth::yes ? Truth::unknown : Truth::yes;
}

Truth parts_belong(Value const& value, Type const& type, Evaluation& evaluation)
{
  Truth result = Truth::yes;
  if (auto const* list = value.as_list(); list != nullptr && type.is(Type::Kind::list)) {
    Type const element = type.element();
    for (auto const& item : list->items) {
      result = result & belongs(item, element, evaluation);
      if (result == Truth::no) return result;
    }
    return list->complete || !element.is_restricted() ? result : result & Truth::unknown;
  }
  if (auto const* context = value.as_context(); context != nullptr && type.is(Type::Kind::context)) {
    for (auto const& entry : type.entries()) {
      auto const* found = context->find(entry.name);
      result = result & (found == nullptr ? Truth::no : belongs(*found, entry.type, evaluation));
      if (result == Truth::no) return result;
    }
    return result;
  }
  if (auto const* range = value.as_range(); range != nullptr && type.is(Type::Kind::range)) {
    return belongs(range->low, type.element(), evaluation) & belongs(range->high, type.element(), evaluation);
  }
  return to_truth(value_conforms(value, type));
}

}  // namespace

Truth belongs(Value const& value, Type const& type, Evaluation& evaluation)
{
  if (!type.is_restricted()) return to_truth(value_conforms(value, type));
  if (value.is_none()) return Truth::yes;
  if (detail::is_open(value)) return open_belongs(value, type, evaluation);
  auto const parts = parts_belong(value, type, evaluation);
  return parts == Truth::no ? parts : parts & type.admits(value, evaluation);
}

Type type_of(Value const& value)
{
  switch (value.kind()) {
    case Kind::none: return Type::Kind::null;
    case Kind::boolean: return Type::Kind::boolean;
    case Kind::number: return Type::Kind::number;
    case Kind::string: return Type::Kind::string;
    case Kind::date: return Type::Kind::date;
    case Kind::time: return Type::Kind::time;
    case Kind::date_time: return Type::Kind::date_time;
    case Kind::days_duration: return Type::Kind::days_duration;
    case Kind::months_duration: return Type::Kind::months_duration;
    case Kind::list: {
      Type element(Type::Kind::null);
      for (auto const& item : value.as_list()->items) element = common_type(element, type_of(item));
      return Type::list(element);
    }
    case Kind::context: {
      std::vector<Type::Entry> entries;
      for (auto const& [name, entry] : value.as_context()->entries) entries.push_back({name, type_of(entry)});
      return Type::context(std::move(entries));
    }
    case Kind::range: return Type::range(common_type(type_of(value.as_range()->low), type_of(value.as_range()->high)));
    case Kind::function: {
      auto const* function = detail::function_in(value);
      return function == nullptr ? Type(Type::Kind::function) : function->type();
    }
    default: return {};
  }
}

Type common_type(Type const& lhs, Type const& rhs)
{
  if (lhs == rhs || rhs.is(Type::Kind::null)) return lhs;
  if (lhs.is(Type::Kind::null)) return rhs;
  if (lhs.kind() != rhs.kind()) return {};
  if (lhs.is(Type::Kind::list)) return Type::list(common_type(lhs.element(), rhs.element()));
  if (lhs.is(Type::Kind::range)) return Type::range(common_type(lhs.element(), rhs.element()));
  if (lhs.is(Type::Kind::context)) {
    // values with different entries have no list of entries in common: a value may have more than the shared ones
    if (!lhs.has_parts() || !rhs.has_parts() || lhs.entries().size() != rhs.entries().size()) return lhs.kind();
    std::vector<Type::Entry> shared;
    for (auto const& entry : lhs.entries()) {
      auto const* other = rhs.find(entry.name);
      if (other == nullptr) return lhs.kind();
      shared.push_back({entry.name, common_type(entry.type, *other)});
    }
    return Type::context(std::move(shared));
  }
  return conforms(lhs, rhs) ? rhs : (conforms(rhs, lhs) ? lhs : Type{});
}

namespace {

constexpr std::array<std::string_view, 14> names{"Any",
                                                 "Null",
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
                                                 "function"};

}  // namespace

std::string to_string(Type const& type)
{
  if (!type.name().empty()) return std::string(type.name());
  std::string text(names[static_cast<std::size_t>(type.kind())]);
  if (!type.has_parts()) return text;
  switch (type.kind()) {
    case Type::Kind::list:
    case Type::Kind::range: return text + "<" + to_string(type.element()) + ">";
    case Type::Kind::context: {
      text += "<";
      for (auto const& entry : type.entries()) {
        if (text.back() != '<') text += ", ";
        text += entry.name + ": " + to_string(entry.type);
      }
      return text + ">";
    }
    case Type::Kind::function: {
      text += "<";
      for (auto const& parameter : type.parameters()) {
        if (text.back() != '<') text += ", ";
        text += to_string(parameter);
      }
      return text + ">->" + to_string(type.result());
    }
    default: return text;
  }
}

std::optional<Type> named_type(std::string_view name) noexcept
{
  for (std::size_t index = 0; index < names.size(); ++index) {
    if (names[index] == name) return Type(static_cast<Type::Kind>(index));
  }
  if (name == "any") return Type(Type::Kind::any);
  if (name == "dateTime") return Type(Type::Kind::date_time);
  if (name == "dayTimeDuration") return Type(Type::Kind::days_duration);
  if (name == "yearMonthDuration") return Type(Type::Kind::months_duration);
  return std::nullopt;
}

std::optional<Value> fitted(Value const& value, Type const& type)
{
  if (value.is(Kind::unknown) || value.is(Kind::uncertain)) return value;
  if (value_conforms(value, type)) return value;
  if (value.is(Kind::error)) return std::nullopt;
  // one conversion is made, never one on top of another
  if (type.is(Type::Kind::list) && value_conforms(value, type.element())) return Value(List{{value}});
  if (auto const* list = value.as_list()) {
    if (list->items.size() != 1 || !list->complete || !value_conforms(list->items.front(), type)) return std::nullopt;
    return list->items.front();
  }
  if (type.is(Type::Kind::date_time) && value.is(Kind::date)) {
    Time midnight;
    midnight.zone.kind = Zone::Kind::offset;
    return Value(DateTime{*value.as_date(), midnight});
  }
  return std::nullopt;
}

}  // namespace tutela::inline v0
