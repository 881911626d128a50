// SPDX-License-Identifier: Apache-2.0
/// \file
/// The operators of FEEL on values, in both modes.
#pragma once

#include <optional>
#include <string_view>

#include "feel/partial.hpp"
#include "feel/program.hpp"
#include "feel/site.hpp"

namespace tutela::detail {

/// Negative, zero or positive as `lhs` is before, equal to or after `rhs`; nothing when the two have no order.
[[nodiscard]] std::optional<int> order(Value const& lhs, Value const& rhs);

/// Equality of known values and null; nothing when FEEL does not compare values of these kinds.
[[nodiscard]] std::optional<bool> equal_values(Site const& site, Value const& lhs, Value const& rhs);

[[nodiscard]] Value arithmetic(Site const& site, Op op, Value const& lhs, Value const& rhs);
[[nodiscard]] Value negation(Site const& site, Value const& value);

/// `= != < <= > >=`. \param null_literal True when one side is written as `null`.
[[nodiscard]] Value comparison(Site const& site, Op op, Value const& lhs, Value const& rhs, bool null_literal = false);

/// An operator as FEEL writes it: `<=`.
[[nodiscard]] std::string_view operator_text(Op op);

/// Whether two elements are the same value; values of different kinds are different, not an error.
[[nodiscard]] Value same_value(Site const& site, Value const& lhs, Value const& rhs);

/// The opposite of a truth value.
[[nodiscard]] Value complement(Site const& site, Value const& value);

/// Collects the operands of a conjunction, or of a disjunction, of three values.
class Junction {
 public:
  /// \param dominant The truth value that decides alone: false for `and`, true for `or`.
  Junction(Site const& site, bool dominant) : site_(site), dominant_(dominant) {}

  /// Adds an operand; true when it decides.
  bool add(Value const& operand);

  [[nodiscard]] Value result() const;

 private:
  Site const& site_;
  bool dominant_;
  bool decided_ = false;
  bool has_null_ = false;       // conformance: null or no Boolean
  bool may_dominate_ = false;   // some operand may still decide
  bool may_be_neutral_ = true;  // all operands may be neutral
  std::optional<Value> fault_;  // a certain or possible error
  Causes causes_;
};

/// Whether the range holds the value.
[[nodiscard]] Value included(Site const& site, Range const& range, Value const& value);

/// Whether `value` passes a test that is written as a value: equal to it, inside it, or one of it.
/// \param scalar Whether the value is certainly no list, although it is not known.
[[nodiscard]] Value passes(Site const& site, Value const& value, Value const& test, bool scalar = false);

/// The entry or property of that name. \param fact Dotted fact name of `value`, or empty.
[[nodiscard]] Value member(Site const& site, Value const& value, std::string_view name, std::string_view fact = {});

/// The element at a position counted from 1, or from -1 at the end.
[[nodiscard]] Value element_at(Site const& site, Value const& list, Value const& position);

/// A single value as a list of one; none as an empty list.
[[nodiscard]] List as_elements(Value const& value);

}  // namespace tutela::detail
