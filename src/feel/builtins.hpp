// SPDX-License-Identifier: Apache-2.0
/// \file
/// The built-in functions of FEEL: their names, signatures and how a call finds the right one.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/facts/value.hpp>

#include "feel/site.hpp"

namespace tutela::detail {

using BuiltinFunction = Value (*)(Site const& site, std::span<Value const> arguments);

/// How a signature treats arguments that are not fully known.
enum class Strictness : std::uint8_t {
  strict,   ///< Every combination of possibilities is tried, else the result is unknown.
  total,    ///< Strict, and every argument of the right kinds has a result.
  bounded,  ///< Strict, where the function itself cannot say it from the bounds of its arguments and gives none.
  lenient,  ///< The function handles unknown values itself.
  policy,   ///< Strict, and depends on the evaluation's rules.
  clock     ///< Strict, and reads the day of the evaluation.
};

/// One signature, written as `name: kind, name: kind?`.
///
/// Kinds: `any number string boolean list context function range duration point date time moment`; `?` after a kind
/// marks a parameter that may be left out, `|null` one that may be null, `...` one that takes all further arguments.
struct Signature {
  std::string_view name;
  std::string_view parameters;
  BuiltinFunction function;
  Strictness strictness = Strictness::strict;
};

/// A parameter of a built-in.
struct BuiltinParameter {
  std::string name;
  std::string kind;
  bool optional = false;
  bool nullable = false;
  bool variadic = false;
};

/// One signature, read.
struct BuiltinOverload {
  std::vector<BuiltinParameter> parameters;
  BuiltinFunction function = nullptr;
  Strictness strictness = Strictness::strict;
};

/// All signatures of one name.
struct Builtin {
  std::string name;
  std::vector<BuiltinOverload> overloads;
  std::shared_ptr<Function const> value;
};

// The families, each in its own file.
[[nodiscard]] std::span<Signature const> number_signatures();
[[nodiscard]] std::span<Signature const> string_signatures();
[[nodiscard]] std::span<Signature const> list_signatures();
[[nodiscard]] std::span<Signature const> context_signatures();
[[nodiscard]] std::span<Signature const> temporal_signatures();
[[nodiscard]] std::span<Signature const> range_signatures();
[[nodiscard]] std::span<Signature const> logic_signatures();

/// The built-in whose name is the longest one at `at`, and where it ends; nothing when there is none.
[[nodiscard]] Builtin const* longest_builtin(std::string_view text, std::size_t at, std::size_t& end);
[[nodiscard]] Builtin const* find_builtin(std::string_view name);
[[nodiscard]] Value builtin_value(Builtin const& builtin);

/// Calls a built-in: finds the signature that fits, converts single values and lists of one, carries unknowns along.
[[nodiscard]] Value call_builtin(Site const& site, Builtin const& builtin, std::span<Value const> arguments,
                                 std::span<std::string const> names);

// What the families share to read checked arguments.
[[nodiscard]] inline Decimal number_in(Value const& value) { return *value.as_number(); }
[[nodiscard]] inline std::string const& string_in(Value const& value) { return *value.as_string(); }
[[nodiscard]] inline List const& list_in(Value const& value) { return *value.as_list(); }
[[nodiscard]] Value finite(Site const& site, Decimal number);

}  // namespace tutela::detail
