// SPDX-License-Identifier: Apache-2.0
/// \file
/// Functions as values: business knowledge models and decision services are made here, and any function is called.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/feel/evaluation.hpp>
#include <tutela/feel/type.hpp>

namespace tutela::inline v0 {

/// A parameter of a function.
struct Parameter {
  std::string name;  ///< Name; named arguments use it.
  Type type;         ///< Arguments are fitted to it; what does not fit is null (conformance) or an error (legal).
};

/// The body of a function that is not written in FEEL. Gets one argument for each parameter, in their order.
using Callable = std::function<Value(std::span<Value const> arguments, Evaluation& evaluation)>;

/// A function value. \param result Results are fitted to it. \param held Values that the body holds; functions that hold
/// each other count as nested (`exceeded_limit`).
[[nodiscard]] TUTELA_API Value make_function(std::vector<Parameter> parameters, Type result, Callable body,
                                             std::span<Value const> held = {});

/// The built-in function of that name as a value, or nothing.
[[nodiscard]] TUTELA_API std::optional<Value> builtin_function(std::string_view name);

/// The parameters of a function value; empty for a built-in with several signatures and for other values.
[[nodiscard]] TUTELA_API std::vector<Parameter> parameters_of(Value const& function);

/// Calls a function value with arguments by position; an error (null in conformance mode) when it is no function or
/// the arguments do not fit. \param place Named in errors.
[[nodiscard]] TUTELA_API Value call(Value const& function, std::span<Value const> arguments, Evaluation& evaluation,
                                    std::string_view place = {});

/// Calls a function value with arguments by name.
[[nodiscard]] TUTELA_API Value call(Value const& function, std::span<std::pair<std::string, Value> const> arguments,
                                    Evaluation& evaluation, std::string_view place = {});

}  // namespace tutela::inline v0
