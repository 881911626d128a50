// SPDX-License-Identifier: Apache-2.0
/// \file
/// The registry of built-in functions and the rules of calling them.
#include "feel/builtins.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "feel/function_value.hpp"
#include "feel/lexer.hpp"
#include "feel/partial.hpp"

namespace tutela::detail {

namespace {

std::vector<BuiltinParameter> read_parameters(std::string_view text)
{
  std::vector<BuiltinParameter> parameters;
  while (!text.empty()) {
    std::size_t const comma = std::min(text.find(','), text.size());
    std::string_view part = text.substr(0, comma);
    text.remove_prefix(std::min(comma + 1, text.size()));
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    std::size_t const colon = part.find(':');
    BuiltinParameter parameter;
    parameter.name = part.substr(0, colon);
    std::string_view kind = part.substr(colon + 2);
    auto const take = [&kind](std::string_view suffix) {
      if (kind.size() < suffix.size() || kind.substr(kind.size() - suffix.size()) != suffix) return false;
      kind.remove_suffix(suffix.size());
      return true;
    };
    parameter.variadic = take("...");
    parameter.optional = take("?");
    parameter.nullable = take("|null") || kind == "any";
    parameter.kind = kind;
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

class Registry {
 public:
  Registry()
  {
    for (auto const signatures : {number_signatures(), string_signatures(), list_signatures(), context_signatures(),
                                  temporal_signatures(), range_signatures(), logic_signatures()}) {
      for (auto const& signature : signatures) {
        auto& builtin = builtins_[std::string(signature.name)];
        builtin.name = signature.name;
        builtin.overloads.push_back({read_parameters(signature.parameters), signature.function, signature.strictness});
      }
    }
    for (auto& [name, builtin] : builtins_) {
      builtin.value = std::make_shared<FunctionValue const>(builtin);
      by_first_[static_cast<unsigned char>(name.front())].push_back(&builtin);
    }
  }

  [[nodiscard]] Builtin const* find(std::string_view name) const
  {
    auto const found = builtins_.find(name);
    return found == builtins_.end() ? nullptr : &found->second;
  }

  [[nodiscard]] Builtin const* longest(std::string_view text, std::size_t at, std::size_t& end) const
  {
    end = no_position;
    if (at >= text.size()) return nullptr;
    Builtin const* best = nullptr;
    for (auto const* builtin : by_first_[static_cast<unsigned char>(text[at])]) {
      std::size_t const match = match_name(text, at, builtin->name);
      if (match != no_position && (best == nullptr || match > end)) {
        best = builtin;
        end = match;
      }
    }
    return best;
  }

 private:
  std::map<std::string, Builtin, std::less<>> builtins_;
  std::array<std::vector<Builtin const*>, 256> by_first_;
};

Registry const& registry()
{
  static Registry const instance;
  return instance;
}

bool is_kind(Value const& value, std::string_view kind)
{
  switch (value.kind()) {
    case Kind::boolean: return kind == "boolean";
    case Kind::number: return kind == "number" || kind == "point";
    case Kind::string: return kind == "string" || kind == "point";
    case Kind::date: return kind == "date" || kind == "moment" || kind == "point";
    case Kind::date_time: return kind == "moment" || kind == "point";
    case Kind::time: return kind == "time" || kind == "point";
    case Kind::days_duration: return kind == "duration" || kind == "days duration" || kind == "point";
    case Kind::months_duration: return kind == "duration" || kind == "point";
    case Kind::list: return kind == "list";
    case Kind::context: return kind == "context";
    case Kind::range: return kind == "range";
    case Kind::function: return kind == "function";
    default: return false;
  }
}

// The argument as the parameter takes it; nothing when it does not fit.
//
// In legal mode an open list may turn out to hold the one element that is taken for it.
std::optional<Value> converted(Value const& value, BuiltinParameter const& parameter, bool legal)
{
  if (is_open(value) || parameter.kind == "any") return value;
  if (value.is_none()) return parameter.nullable ? std::optional<Value>(value) : std::nullopt;
  if (is_kind(value, parameter.kind)) return value;
  if (parameter.kind == "list") return Value(List{{value}});
  auto const* list = value.as_list();
  if (list == nullptr || list->items.size() > 1) return std::nullopt;
  if (legal && !list->complete) return perhaps_one_element(value);
  if (list->items.empty() || !list->complete) return std::nullopt;
  auto const& item = list->items.front();
  return is_open(item) || is_kind(item, parameter.kind) ? std::optional(item) : std::nullopt;
}

// The arguments in the order of the parameters, or nothing when the signature does not take them.
std::optional<std::vector<Value>> bound(BuiltinOverload const& overload, std::span<Value const> arguments,
                                        std::span<std::string const> names, bool legal)
{
  auto const& parameters = overload.parameters;
  std::vector<Value> result;
  if (!names.empty()) {
    std::vector<bool> used(arguments.size(), false);
    std::size_t last = 0;
    for (std::size_t index = 0; index < parameters.size(); ++index) {
      auto const& parameter = parameters[index];
      if (parameter.variadic) return std::nullopt;
      auto const found = std::find(names.begin(), names.end(), parameter.name);
      if (found == names.end()) {
        if (!parameter.optional) return std::nullopt;
        result.emplace_back();
        continue;
      }
      auto const place = static_cast<std::size_t>(found - names.begin());
      used[place] = true;
      auto value = converted(arguments[place], parameter, legal);
      if (!value) return std::nullopt;
      result.push_back(std::move(*value));
      last = index + 1;
    }
    if (std::find(used.begin(), used.end(), false) != used.end()) return std::nullopt;
    result.resize(last);  // left out at the end is left out
    return result;
  }
  std::size_t index = 0;
  for (auto const& parameter : parameters) {
    if (parameter.variadic) {
      if (index == arguments.size() && !parameter.optional) return std::nullopt;
      for (; index < arguments.size(); ++index) {
        auto value = converted(arguments[index], parameter, legal);
        if (!value) return std::nullopt;
        result.push_back(std::move(*value));
      }
      return result;
    }
    if (index == arguments.size()) {
      if (!parameter.optional) return std::nullopt;
      continue;
    }
    auto value = converted(arguments[index++], parameter, legal);
    if (!value) return std::nullopt;
    result.push_back(std::move(*value));
  }
  if (index != arguments.size()) return std::nullopt;
  return result;
}

}  // namespace

Builtin const* longest_builtin(std::string_view text, std::size_t at, std::size_t& end)
{
  return registry().longest(text, at, end);
}

Builtin const* find_builtin(std::string_view name) { return registry().find(name); }

Value builtin_value(Builtin const& builtin) { return Value(builtin.value); }

Value finite(Site const& site, Decimal number)
{
  return number.is_finite() ? Value(number) : site.fail("the result is not a finite number");
}

namespace {

/// The length between two dates of which only bounds are known: it falls as the first grows and grows with the second.
/// \param ordered True when there is no length where the second date lies before the first.
std::optional<Value> length_between_bounds(Site const& site, BuiltinOverload const& overload,
                                           std::span<Value const> values, bool ordered)
{
  if (values.size() != 2 || (possibilities_of(values[0]) && possibilities_of(values[1]))) return std::nullopt;
  auto const from = bounds_of(site, values[0]);
  auto const to = bounds_of(site, values[1]);
  if (!from || !to) return std::nullopt;
  for (auto const* end : {&from->low, &from->high, &to->low, &to->high})
    if (!end->is_none() && !end->is(Kind::date)) return std::nullopt;
  auto const length = [&](Value const& first, Value const& second) {
    if (first.is_none() || second.is_none()) return Value();
    std::array<Value, 2> const ends{first, second};
    return overload.function(site, ends);
  };
  Domain domain;
  domain.kind = Domain::Kind::range;
  domain.approximate = true;
  domain.range.low = length(from->high, to->low);
  domain.range.high = length(from->low, to->high);
  if (domain.range.high.is(Kind::error)) return domain.range.high;  // not even the longest can be computed
  if (ordered && !domain.range.low.is(Kind::number)) return std::nullopt;
  if (domain.range.low == domain.range.high && !domain.range.low.is_none()) return domain.range.low;
  if (domain.range.low.is_none() && domain.range.high.is_none()) return std::nullopt;
  Causes causes;
  for (auto const& value : values) causes.add(value);
  return open_value(std::move(causes), std::move(domain));
}

/// A call with a list that is one of several: the function is called for each, by the signature that takes it.
std::optional<Value> for_each_possible_list(Site const& site, Builtin const& builtin, BuiltinOverload const& overload,
                                            std::span<Value const> values)
{
  for (std::size_t index = 0; index < values.size() && !overload.parameters.empty(); ++index) {
    auto const& parameter = overload.parameters[std::min(index, overload.parameters.size() - 1)];
    auto const* unknown = values[index].as_unknown();
    if (parameter.kind != "list" || unknown == nullptr || unknown->domain.kind != Domain::Kind::set) continue;
    std::vector<Value> arguments(values.begin(), values.end());
    std::vector<Value> results;
    for (auto const& possibility : unknown->domain.values) {
      if (!site.spend()) return site.fail_limit("evaluation_steps");
      arguments[index] = possibility;
      results.push_back(call_builtin(site, builtin, arguments, {}));
    }
    Causes causes;
    causes.add(values[index]);
    return join(site, results, std::move(causes));
  }
  return std::nullopt;
}

}  // namespace

Value call_builtin(Site const& site, Builtin const& builtin, std::span<Value const> arguments,
                   std::span<std::string const> names)
{
  for (auto const& overload : builtin.overloads) {
    auto const values = bound(overload, arguments, names, site.legal());
    if (!values) continue;
    if (!site.legal()) return overload.function(site, *values);
    if (overload.strictness == Strictness::lenient) {
      if (auto result = for_each_possible_list(site, builtin, overload, *values)) return *std::move(result);
      return overload.function(site, *values);
    }
    bool const is_partial = std::any_of(values->begin(), values->end(),
                                        [](Value const& value) { return is_open(value) || has_holes(value); });
    if (!is_partial) return overload.function(site, *values);
    if (overload.strictness == Strictness::bounded) {
      if (auto settled = overload.function(site, *values); !settled.is_none()) return settled;
    }
    bool const is_age = builtin.name == "age in years";
    if (is_age || builtin.name == "years and months duration") {
      if (auto length = length_between_bounds(site, overload, *values, is_age)) return *std::move(length);
    }
    // possibilities may be of kinds that the signature does not take: look it up again for each
    return lifted(
        site, *values,
        [&](std::span<Value const> completion) {
          if (!names.empty()) {
            std::vector<Value> fitting;
            for (std::size_t index = 0; index < completion.size(); ++index) {
              auto const& parameter = overload.parameters[index];
              bool const left_out = parameter.optional && completion[index].is_none();
              auto value = left_out ? completion[index] : converted(completion[index], parameter, true);
              if (!value) return site.fail("the arguments do not fit `" + builtin.name + "`");
              fitting.push_back(std::move(*value));
            }
            return overload.function(site, fitting);
          }
          for (auto const& candidate : builtin.overloads) {
            if (auto const fitting = bound(candidate, completion, {}, true)) return candidate.function(site, *fitting);
          }
          return site.fail("the arguments do not fit `" + builtin.name + "`");
        },
        overload.strictness == Strictness::total || overload.strictness == Strictness::policy);
  }
  for (auto const& argument : arguments) {
    if (site.legal() && argument.is(Kind::error)) return argument;
  }
  return site.fail("the arguments do not fit `" + builtin.name + "`");
}

}  // namespace tutela::detail
