// SPDX-License-Identifier: Apache-2.0
/// \file
/// A value, or everything that is wrong with the input it should have come from.
#pragma once

#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <tutela/base/diagnostic.hpp>

namespace tutela::inline v0 {

/// Bad input, thrown only where the caller asked for a value that is not there (`Result::value`).
class TUTELA_API Error : public std::runtime_error {
 public:
  /// \param diagnostics Everything that is wrong; the text of the exception lists all of it.
  explicit Error(std::vector<Diagnostic> diagnostics)
      : std::runtime_error(to_string(diagnostics)), diagnostics_(std::move(diagnostics))
  {
  }

  /// Everything that is wrong with the input.
  [[nodiscard]] std::vector<Diagnostic> const& diagnostics() const noexcept { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
};

/// Misuse of the library: a promise that the caller's code must keep was broken.
class TUTELA_API ContractViolation : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Either a value or all diagnostics of the input that should have given it.
///
/// Outcomes that the domain knows (unknown, not eligible, no route) are values, never failures. Warnings may
/// accompany a value. The members are named as in `std::expected`, which this library cannot use before C++23.
/// \tparam T The value; movable.
template <class T>
class [[nodiscard]] Result {
 public:
  /// A value, with the warnings found on the way.
  Result(T value, std::vector<Diagnostic> warnings = {})  // NOLINT: a value is a result
      : content_(std::in_place_index<0>, std::move(value)), diagnostics_(std::move(warnings))
  {
  }

  /// A failure. \param diagnostics At least one error.
  Result(std::vector<Diagnostic> diagnostics)  // NOLINT: diagnostics are a result
      requires(!std::is_same_v<T, std::vector<Diagnostic>>)
      : content_(std::in_place_index<1>), diagnostics_(std::move(diagnostics))
  {
  }

  /// A failure with one diagnostic.
  Result(Diagnostic diagnostic)  // NOLINT: a diagnostic is a result
      requires(!std::is_same_v<T, Diagnostic>)
      : content_(std::in_place_index<1>)
  {
    diagnostics_.push_back(std::move(diagnostic));
  }

  /// True when there is a value.
  [[nodiscard]] bool has_value() const noexcept { return content_.index() == 0; }

  /// True when there is a value.
  [[nodiscard]] explicit operator bool() const noexcept { return has_value(); }

  /// The value. \throws Error when there is none.
  [[nodiscard]] T const& value() const&
  {
    require();
    return *std::get_if<0>(&content_);
  }

  /// The value, moved out. \throws Error when there is none.
  [[nodiscard]] T value() &&
  {
    require();
    return std::move(*std::get_if<0>(&content_));
  }

  /// The value. \throws Error when there is none.
  [[nodiscard]] T const& operator*() const& { return value(); }

  /// The value, moved out. \throws Error when there is none.
  [[nodiscard]] T operator*() && { return std::move(*this).value(); }

  /// The value. \throws Error when there is none.
  [[nodiscard]] T const* operator->() const& { return &value(); }

  /// What was found: the errors of a failure, or the warnings beside a value.
  [[nodiscard]] std::vector<Diagnostic> const& diagnostics() const& noexcept { return diagnostics_; }

  /// What was found, moved out.
  [[nodiscard]] std::vector<Diagnostic> diagnostics() && noexcept { return std::move(diagnostics_); }

 private:
  void require() const
  {
    if (!has_value()) throw Error(diagnostics_);
  }

  std::variant<T, std::monostate> content_;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace tutela::inline v0
