// SPDX-License-Identifier: Apache-2.0
/// \file
/// Function values and calls.
#include <algorithm>
#include <array>

#include "feel/deeper_call.hpp"
#include "feel/evaluator.hpp"
#include "feel/function_value.hpp"
#include "feel/partial.hpp"

namespace tutela::inline v0 {

Value make_function(std::vector<Parameter> parameters, Type result, Callable body, std::span<Value const> held)
{
  return Value(std::shared_ptr<Function const>(std::make_shared<detail::FunctionValue const>(
      std::move(parameters), std::move(result), std::move(body), detail::depth_around(held))));
}

std::optional<Value> builtin_function(std::string_view name)
{
  auto const* const builtin = detail::find_builtin(name);
  if (builtin == nullptr) return std::nullopt;
  return detail::builtin_value(*builtin);
}

std::vector<Parameter> parameters_of(Value const& function)
{
  auto const* const found = detail::function_in(function);
  return found == nullptr ? std::vector<Parameter>{} : found->parameters();
}

Value call(Value const& function, std::span<Value const> arguments, Evaluation& evaluation, std::string_view place)
{
  return detail::call_value(detail::Site{evaluation, nullptr, 0, place}, function, arguments);
}

Value call(Value const& function, std::span<std::pair<std::string, Value> const> arguments, Evaluation& evaluation,
           std::string_view place)
{
  std::vector<Value> values;
  std::vector<std::string> names;
  for (auto const& [name, value] : arguments) {
    names.push_back(name);
    values.push_back(value);
  }
  return detail::call_value(detail::Site{evaluation, nullptr, 0, place}, function, values, names);
}

}  // namespace tutela::inline v0

namespace tutela::detail {

FunctionValue const* function_in(Value const& value) noexcept
{
  return dynamic_cast<FunctionValue const*>(value.as_function());
}

Value call_value(Site const& site, Value const& function, std::span<Value const> arguments,
                 std::span<std::string const> names)
{
  auto const* const found = function_in(function);
  for (auto const& argument : arguments)
    if (!site.spend_on(argument)) return site.fail_limit("evaluation_steps");
  if (found != nullptr) return found->call(site, arguments, names);
  if (site.legal() && is_open(function)) return function;
  return site.fail("what is called is no function");
}

namespace {

/// What a built-in gives under all its signatures; any type for one that gives several kinds, or values with parts.
Type result_of_builtin(std::string_view name)
{
  constexpr std::array<std::string_view, 12> numbers{"count",         "floor",  "ceiling",     "decimal",
                                                     "string length", "sqrt",   "exp",         "log",
                                                     "median",        "number", "day of year", "week of year"};
  constexpr std::array<std::string_view, 9> texts{"substring",       "upper case",  "lower case",
                                                  "replace",         "string join", "substring before",
                                                  "substring after", "day of week", "month of year"};
  constexpr std::array<std::string_view, 10> truths{"not", "contains", "starts with", "ends with", "matches",
                                                    "all", "any",      "even",        "odd",       "list contains"};
  auto const in = [&](auto const& list) { return std::find(list.begin(), list.end(), name) != list.end(); };
  return in(numbers) ? Type::Kind::number : in(texts) ? Type::Kind::string : in(truths) ? Type::Kind::boolean : Type{};
}

}  // namespace

Type FunctionValue::type() const
{
  std::vector<Type> parameters;
  if (builtin_ != nullptr) {
    for (auto const& parameter : builtin_->overloads.front().parameters) {
      parameters.push_back(named_type(parameter.kind).value_or(Type{}));
    }
    return Type::function(std::move(parameters), result_of_builtin(builtin_->name));
  }
  for (auto const& parameter : parameters_) parameters.push_back(parameter.type);
  return Type::function(std::move(parameters), result_.is(Type::Kind::any) ? known_ : result_);
}

Value FunctionValue::call(Site const& site, std::span<Value const> arguments, std::span<std::string const> names) const
{
  if (builtin_ != nullptr) return call_builtin(site, *builtin_, arguments, names);
  if (arguments.size() != parameters_.size()) {
    return site.fail("the function takes " + std::to_string(parameters_.size()) + " arguments, not " +
                     std::to_string(arguments.size()));
  }
  std::vector<Value> values(parameters_.size());
  bool may_fail = false;
  Causes causes;
  for (std::size_t index = 0; index < arguments.size(); ++index) {
    std::size_t place = index;
    if (!names.empty()) {
      auto const found = std::find_if(parameters_.begin(), parameters_.end(),
                                      [&](Parameter const& parameter) { return parameter.name == names[index]; });
      if (found == parameters_.end()) return site.fail("the function has no parameter `" + names[index] + "`");
      place = static_cast<std::size_t>(found - parameters_.begin());
    }
    if (arguments[index].is(Kind::error)) {
      values[place] = arguments[index];
      continue;
    }
    auto const& type = parameters_[place].type;
    auto fitting = fitted_argument(site, arguments[index], type);
    if (!fitting.value) return site.fail("the argument `" + parameters_[place].name + "` is no " + to_string(type));
    if (fitting.may_fail) {
      may_fail = true;
      causes.add(arguments[index]);
    }
    values[place] = *std::move(fitting.value);
  }
  Value result = run(site, values);
  if (!result.is(Kind::error) && !result_.is(Type::Kind::any)) {
    auto fitting = fitted(result, result_);
    result = fitting ? *std::move(fitting) : site.fail("the result of the function is no " + to_string(result_));
  }
  if (!may_fail) return result;
  std::array<Value, 2> const either{std::move(result),
                                    site.fail("an argument may not be of the type of its parameter")};
  return join(site, either, std::move(causes));
}

Value FunctionValue::run(Site const& site, std::span<Value const> arguments) const
{
  return deeper_call(site, [&] { return run_body(site, arguments); });
}

Value FunctionValue::run_body(Site const& site, std::span<Value const> arguments) const
{
  Evaluation& evaluation = site.evaluation;
  if (callable_) return callable_(arguments, evaluation);
  std::vector<Value> frame(body_->frame_size);
  std::copy(arguments.begin(), arguments.end(), frame.begin());
  Evaluator evaluator(*program_, {}, frame, captures_, evaluation);
  return evaluator.value(body_->root);
}

namespace {

/// True for an open list that may be taken for its only element.
bool may_have_one_element(Site const& site, List const& list)
{
  return site.legal() && !list.complete && list.items.size() < 2;
}

/// The only element of a list, where the list is taken for it and it may turn out to be of another type than asked for.
bool only_element_may_misfit(Value const& list, Type const& type)
{
  auto const* elements = list.as_list();
  if (elements == nullptr || elements->items.size() != 1 || type.is(Type::Kind::any) || type.is(Type::Kind::list))
    return false;
  auto const& element = elements->items.front();
  auto const members = possibilities_of(element);
  if (!members) return may_fail(element);
  return is_open(element) && std::any_of(members->begin(), members->end(),
                                         [&](Value const& each) { return !fitted(Value(List{{each}}), type); });
}

}  // namespace

Fitting fitted_argument(Site const& site, Value const& value, Type const& type)
{
  bool const several = site.legal() && is_open(value) && possibilities_of(value);
  if (type.is_restricted() || several) return fitted_within(site, value, type);
  auto found = fitted(value, type);
  if (auto const* list = value.as_list(); !found && list != nullptr && may_have_one_element(site, *list))
    return {perhaps_one_element(value), true};
  if (site.legal() && found && only_element_may_misfit(value, type)) return {std::move(found), true};
  // what may be anything may be of another type
  return {std::move(found), site.legal() && !type.is(Type::Kind::any) && is_open(value) && may_fail(value)};
}

Fitting fitted_within(Site const& site, Value const& value, Type const& type)
{
  if (value.is(Kind::error)) return {};
  if (auto const members = possibilities_of(value); members && is_open(value)) {
    std::vector<Value> fitting;
    bool may_fail = false;
    for (auto const& member : *members) {
      if (member.is(Kind::error)) {
        fitting.push_back(member);  // it stays what it is
        continue;
      }
      auto one = fitted_within(site, member, type);
      may_fail = may_fail || one.may_fail || !one.value;
      if (one.value) fitting.push_back(*std::move(one.value));
    }
    if (fitting.empty()) return {};
    Causes causes;
    causes.add(value);
    return {join(site, fitting, std::move(causes)), may_fail};
  }
  auto const belonging = [&](Value const& each, Type const& asked) { return belongs(each, asked, site.evaluation); };
  auto const found = [](Value each, Truth truth) { return Fitting{std::move(each), truth == Truth::unknown}; };
  auto const as_it_is = belonging(value, type);
  if (as_it_is != Truth::no) return found(value, as_it_is);
  if (is_open(value)) return {};
  if (type.is(Type::Kind::list)) {
    Value single(List{{value}});
    if (auto const truth = belonging(single, type); truth != Truth::no) return found(std::move(single), truth);
  }
  if (auto const* list = value.as_list()) {
    if (may_have_one_element(site, *list)) return {perhaps_one_element(value), true};
    if (list->items.size() != 1 || !list->complete) return {};
    auto const truth = belonging(list->items.front(), type);
    return truth == Truth::no ? Fitting{} : found(list->items.front(), truth);
  }
  if (auto midnight = fitted(value, Type(type.kind())); midnight && type.is(Type::Kind::date_time)) {
    if (auto const truth = belonging(*midnight, type); truth != Truth::no) return found(*std::move(midnight), truth);
  }
  return {};
}

}  // namespace tutela::detail
