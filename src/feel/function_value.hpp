// SPDX-License-Identifier: Apache-2.0
/// \file
/// What is inside a function value.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <tutela/feel/function.hpp>

#include "feel/builtins.hpp"
#include "feel/program.hpp"
#include "feel/site.hpp"

namespace tutela::detail {

/// Values one inside the other of a function that holds these, itself included.
[[nodiscard]] inline std::uint32_t depth_around(std::span<Value const> captures) noexcept
{
  std::uint32_t deepest = 0;
  for (auto const& value : captures) deepest = std::max(deepest, value.extent().depth);
  return deepest + 1;
}

/// A built-in, a literal of FEEL with what it captured, or a callable of the embedding code.
class FunctionValue : public Function {
 public:
  explicit FunctionValue(Builtin const& builtin) : builtin_(&builtin) {}

  /// \param depth Values one inside the other that the callable holds, itself included.
  FunctionValue(std::vector<Parameter> parameters, Type result, Callable callable, std::uint32_t depth = 1)
      : Function(depth), parameters_(std::move(parameters)), result_(std::move(result)), callable_(std::move(callable))
  {
  }

  FunctionValue(std::shared_ptr<Program const> program, Body const& body, Type result, std::vector<Value> captures)
      : Function(depth_around(captures)),
        parameters_(body.parameters),
        result_(std::move(result)),
        program_(std::move(program)),
        body_(&body),
        captures_(std::move(captures))
  {
  }

  [[nodiscard]] Builtin const* builtin() const noexcept { return builtin_; }

  [[nodiscard]] std::vector<Parameter> const& parameters() const noexcept { return parameters_; }

  [[nodiscard]] Type type() const;

  /// Calls it. \param names One name for each argument, or none for arguments by position.
  [[nodiscard]] Value call(Site const& site, std::span<Value const> arguments,
                           std::span<std::string const> names) const;

 private:
  [[nodiscard]] Value run(Site const& site, std::span<Value const> arguments) const;

  Builtin const* builtin_ = nullptr;
  std::vector<Parameter> parameters_;
  Type result_;
  Callable callable_;
  std::shared_ptr<Program const> program_;
  Body const* body_ = nullptr;
  std::vector<Value> captures_;
};

/// The function inside a value, or nothing.
[[nodiscard]] FunctionValue const* function_in(Value const& value) noexcept;

/// Calls a value; an error when it is no function.
[[nodiscard]] Value call_value(Site const& site, Value const& function, std::span<Value const> arguments,
                               std::span<std::string const> names = {});

/// The function that `external { java: { class: ..., method signature: ... } }` describes.
[[nodiscard]] Value external_function(Site const& site, std::vector<Parameter> parameters, Value const& description);

}  // namespace tutela::detail
