// SPDX-License-Identifier: Apache-2.0
/// \file
/// What is inside a function value.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tutela/feel/function.hpp>

#include "feel/builtins.hpp"
#include "feel/program.hpp"
#include "feel/site.hpp"

namespace tutela::detail {

/// What fits a type with restrictions, of a value that may be open.
struct Fitting {
  std::optional<Value> value;  ///< Nothing when no completion fits. Of finitely many possibilities those that fit.
  bool may_fail = false;       ///< True when some completion does not fit.
};

/// Fits a value to a type with restrictions; the same conversions as `fitted`.
[[nodiscard]] Fitting fitted_within(Site const& site, Value const& value, Type const& type);

/// Fits an argument to the type of its parameter, restricted or not.
[[nodiscard]] Fitting fitted_argument(Site const& site, Value const& value, Type const& type);

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
  /// \param known What the body certainly gives where no result type is stated: only `type` says it.
  FunctionValue(std::vector<Parameter> parameters, Type result, Callable callable, std::uint32_t depth = 1,
                Type known = {})
      : Function(depth),
        parameters_(std::move(parameters)),
        result_(std::move(result)),
        known_(std::move(known)),
        callable_(std::move(callable))
  {
  }

  FunctionValue(std::shared_ptr<Program const> program, Body const& body, Type known, std::vector<Value> captures)
      : Function(depth_around(captures)),
        parameters_(body.parameters),
        known_(std::move(known)),
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
  [[nodiscard]] Value run_body(Site const& site, std::span<Value const> arguments) const;

  Builtin const* builtin_ = nullptr;
  std::vector<Parameter> parameters_;
  Type result_;  ///< Results are fitted to it.
  Type known_;   ///< What results are without that.
  Callable callable_;
  std::shared_ptr<Program const> program_;
  Body const* body_ = nullptr;
  std::vector<Value> captures_;
};

/// What is certain of the results of a body: its inferred type where that has no parts, else any type.
[[nodiscard]] inline Type certain_result(Type const& inferred)
{
  bool const plain = inferred.kind() >= Type::Kind::boolean && inferred.kind() <= Type::Kind::months_duration;
  return plain ? inferred : Type{};
}

/// The function inside a value, or nothing.
[[nodiscard]] FunctionValue const* function_in(Value const& value) noexcept;

/// Calls a value; an error when it is no function.
[[nodiscard]] Value call_value(Site const& site, Value const& function, std::span<Value const> arguments,
                               std::span<std::string const> names = {});

/// The function that `external { java: { class: ..., method signature: ... } }` describes.
[[nodiscard]] Value external_function(Site const& site, std::vector<Parameter> parameters, Value const& description);

}  // namespace tutela::detail
