// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the tests of the language share: evaluating a text in one line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <tutela/feel/expression.hpp>
#include <tutela/feel/function.hpp>

namespace tutela::testing_feel {

/// The value of an expression in conformance mode, as text; `syntax` when it cannot be parsed.
inline std::string conformance(std::string_view text, Names const& names = {}, std::vector<Value> const& slots = {})
{
  auto const expression = parse_expression(text, names, {}, Mode::conformance);
  if (!expression) return "syntax";
  Evaluation evaluation;
  evaluation.mode = Mode::conformance;
  evaluation.on = Date{2026, 3, 1};
  return to_string(expression->evaluate(slots, evaluation));
}

/// The value of an expression in legal mode.
inline Value legal(std::string_view text, Names const& names = {}, std::vector<Value> const& slots = {})
{
  auto const expression = parse_expression(text, names);
  if (!expression) {
    ADD_FAILURE() << text << "\n" << to_string(expression.diagnostics());
    return {};
  }
  Evaluation evaluation;
  evaluation.on = Date{2026, 3, 1};
  return expression->evaluate(slots, evaluation);
}

/// An unknown fact that has one of these values.
inline Value one_of(std::string fact, std::vector<Value> values)
{
  Unknown unknown;
  unknown.facts = {std::move(fact)};
  unknown.domain.kind = Domain::Kind::set;
  unknown.domain.values = std::move(values);
  return Value(std::move(unknown));
}

/// An unknown number between two ends, both included.
inline Value between(std::string fact, std::int64_t low, std::int64_t high)
{
  Unknown unknown;
  unknown.facts = {std::move(fact)};
  unknown.domain.kind = Domain::Kind::range;
  unknown.domain.range = Range{Value(Decimal(low)), Value(Decimal(high))};
  return Value(std::move(unknown));
}

inline Value number(std::int64_t value) { return Value(Decimal(value)); }

struct Row {
  std::string_view text;
  std::string_view expected;
};

inline void expect_all(std::initializer_list<Row> rows)
{
  for (auto const& row : rows) EXPECT_EQ(conformance(row.text), row.expected) << row.text;
}

}  // namespace tutela::testing_feel
