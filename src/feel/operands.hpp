// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the operators of FEEL share (internal).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "feel/operations.hpp"

namespace tutela::detail {

/// The kind of a value as messages name it: `null` for none.
[[nodiscard]] std::string kind_name(Value const& value);

/// The error that an operator does not work on values of these kinds.
[[nodiscard]] Value fail_operands(Site const& site, Op op, Value const& lhs, Value const& rhs);

/// Whether a value is known, or one of several that can be told.
[[nodiscard]] bool is_finite(Value const& value);

/// An operation on one of several values and one of infinitely many: each of the several by itself. Nothing where neither
/// operand is such a set.
template <class F>
std::optional<Value> for_each_member(Site const& site, Value const& lhs, Value const& rhs, F const& operation)
{
  bool const left = is_open(lhs) && possibilities_of(lhs).has_value();
  bool const right = is_open(rhs) && possibilities_of(rhs).has_value();
  if (left == right) return std::nullopt;
  auto const members = possibilities_of(left ? lhs : rhs);
  std::vector<Value> results;
  for (auto const& member : *members) {
    if (!site.spend()) return site.fail_limit("evaluation_steps");
    results.push_back(left ? operation(member, rhs) : operation(lhs, member));
  }
  Causes causes;
  causes.add(lhs);
  causes.add(rhs);
  return join(site, results, std::move(causes));
}

}  // namespace tutela::detail
