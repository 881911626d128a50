// SPDX-License-Identifier: Apache-2.0
/// \file
/// Compiled FEEL expressions and unary tests.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/truth.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/feel/evaluation.hpp>
#include <tutela/feel/names.hpp>
#include <tutela/feel/type.hpp>

namespace tutela::detail {
struct Program;
}

namespace tutela::inline v0 {

/// A FEEL expression with its names resolved: immutable, cheap to copy, usable by many threads at once.
class Expression {
 public:
  /// The value under the given bindings.
  ///
  /// \param slots      A value for each slot of the `Names` it was parsed with; further ones are ignored.
  /// \param evaluation Mode, day, limits; its counters advance.
  /// \throws ContractViolation when a slot that the expression reads is missing.
  [[nodiscard]] TUTELA_API Value evaluate(std::span<Value const> slots, Evaluation& evaluation) const;

  /// The slots it reads, ascending, without repetition.
  [[nodiscard]] TUTELA_API std::vector<std::size_t> const& reads() const& noexcept;

  /// The dotted paths from names in scope that it reads, sorted: `child.birth_date`, `income`. A path that is read
  /// both whole and in part is listed whole.
  [[nodiscard]] TUTELA_API std::vector<std::string> const& paths() const& noexcept;

  /// True when it uses `today()` or `now()`.
  [[nodiscard]] TUTELA_API bool reads_today() const noexcept;

  /// What is known about its value before it is evaluated.
  [[nodiscard]] TUTELA_API Type type() const;

  /// The constant that it is, or nothing when it must be evaluated.
  [[nodiscard]] TUTELA_API Value const* constant() const noexcept;

  /// The expression printed from its tree; parsing it in the same scope gives an equal tree.
  [[nodiscard]] TUTELA_API std::string to_string() const;

  /// The compiled form, for the executors of this library.
  [[nodiscard]] detail::Program const& program() const noexcept { return *program_; }

 private:
  friend struct detail::Program;
  explicit Expression(std::shared_ptr<detail::Program const> program) : program_(std::move(program)) {}

  std::shared_ptr<detail::Program const> program_;
};

/// The cell of a decision table or a list of allowed values: tests of one input value.
class UnaryTests {
 public:
  /// Whether the input passes: a Boolean, an unknown or uncertain Boolean, or an error; in conformance mode true,
  /// false or null.
  ///
  /// \param input The tested value, `?` in the text.
  /// \param slots A value for each slot of the `Names` it was parsed with.
  [[nodiscard]] TUTELA_API Value test(Value const& input, std::span<Value const> slots, Evaluation& evaluation) const;

  /// True for `-`, which every input passes.
  [[nodiscard]] TUTELA_API bool passes_all() const noexcept;

  /// The slots it reads beside the input, ascending, without repetition.
  [[nodiscard]] TUTELA_API std::vector<std::size_t> const& reads() const& noexcept;

  /// The dotted paths that it reads beside the input, sorted.
  [[nodiscard]] TUTELA_API std::vector<std::string> const& paths() const& noexcept;

  /// True when it uses `today()` or `now()`.
  [[nodiscard]] TUTELA_API bool reads_today() const noexcept;

  /// The tests printed from their tree.
  [[nodiscard]] TUTELA_API std::string to_string() const;

  /// The compiled form, for the executors of this library.
  [[nodiscard]] detail::Program const& program() const noexcept { return *program_; }

 private:
  friend struct detail::Program;
  explicit UnaryTests(std::shared_ptr<detail::Program const> program) : program_(std::move(program)) {}

  std::shared_ptr<detail::Program const> program_;
};

/// The truth of a condition's value: `unknown` for an unknown or uncertain one, `no` for anything but a Boolean.
[[nodiscard]] inline Truth truth_of(Value const& value) noexcept
{
  if (auto const* boolean = value.as_boolean()) return to_truth(*boolean);
  return value.is(Kind::unknown) || value.is(Kind::uncertain) ? Truth::unknown : Truth::no;
}

/// Parses and compiles an expression.
///
/// \param text   The expression.
/// \param names  The names in scope.
/// \param origin Where the text stands; lines and columns of the diagnostics count from here.
/// \param mode   In legal mode a name that is not in scope is an error; in conformance mode it is a warning and null.
/// \param limits `document_bytes` and `nesting` bound the text.
/// \return The expression with warnings, or everything that is wrong with the text.
[[nodiscard]] TUTELA_API Result<Expression> parse_expression(std::string_view text, Names const& names = {},
                                                             Place const& origin = {}, Mode mode = Mode::legal,
                                                             Limits const& limits = {});

/// Parses and compiles unary tests: `-`, `< 18, > 65`, `not("a", "b")`, `[1..5]`, or conditions on `?`.
///
/// \param input What is known about the tested value.
[[nodiscard]] TUTELA_API Result<UnaryTests> parse_unary_tests(std::string_view text, Names const& names = {},
                                                              Type const& input = {}, Place const& origin = {},
                                                              Mode mode = Mode::legal, Limits const& limits = {});

}  // namespace tutela::inline v0
