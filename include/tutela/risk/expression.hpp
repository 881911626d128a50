// SPDX-License-Identifier: Apache-2.0
/// \file
/// The small arithmetic that risk instruments are written in.
///
/// Every published scale that was looked at is a handful of steps: whole years between two dates, a table by class,
/// a weighted sum, a polynomial, the logarithm of a ratio, the higher of two, a rounding, a logistic curve. There is
/// one mechanism for all of them: a quantity with a name, computed from facts and from quantities named before it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tutela/base/decimal.hpp>

namespace tutela::inline v0 {

/// A set of values that one fact or quantity must lie in.
///
/// Choices and flags are compared with `words`; numbers with `equals`, or with the ends of a range. Exactly one of
/// the three ways is used.
struct ScoreCondition {
  std::string of;                    ///< The fact or quantity that is looked at.
  std::vector<std::string> words;    ///< Any of these choices; `true` or `false` for a flag.
  std::vector<std::string> equals;   ///< Any of these numbers, as decimal text.
  std::optional<std::string> from;   ///< At least this, as decimal text.
  std::optional<std::string> above;  ///< More than this, as decimal text.
  std::optional<std::string> to;     ///< At most this, as decimal text.
  std::optional<std::string> below;  ///< Less than this, as decimal text.

  friend bool operator==(ScoreCondition const&, ScoreCondition const&) = default;
};

/// Conditions that must hold together; an empty list always holds.
using ScoreConditions = std::vector<ScoreCondition>;

struct ScoreTableRow;

/// How one number is computed.
///
/// Constants are decimal text and become a double once, when the instrument is built. Arguments are evaluated from
/// left to right and every operation is done in the order given here, so that a score is the same bits everywhere.
struct ScoreExpression {
  /// The operation.
  enum class Operation : std::uint8_t {
    constant,    ///< `constants[0]`.
    reference,   ///< The fact or quantity `name`.
    years,       ///< Whole years from date `arguments[0]` to date `arguments[1]`; negative when it lies before.
    months,      ///< Whole months from date `arguments[0]` to date `arguments[1]`; negative when it lies before.
    linear,      ///< `constants[0]`, plus each argument times the constant behind it: `constants[1..n]`.
    product,     ///< The arguments multiplied.
    polynomial,  ///< `constants[0]` plus `constants[k]` times the k-th power of `arguments[0]`.
    log_ratio,   ///< Natural logarithm of `arguments[0]` divided by `arguments[1]`; both must be above zero.
    maximum,     ///< The largest argument.
    minimum,     ///< The smallest argument.
    round,       ///< `arguments[0]` rounded to `places` decimals.
    logistic,    ///< 1 / (1 + e^-x): the probability that belongs to log odds.
    table        ///< The value of the first row whose conditions hold; no such row is an error.
  };
  Operation operation = Operation::constant;  ///< The operation.
  std::string name;                           ///< Name of a reference.
  std::vector<std::string> constants;         ///< Decimal texts.
  std::vector<ScoreExpression> arguments;     ///< What it is computed from.
  std::vector<ScoreTableRow> rows;            ///< Rows of a table, in order.
  int places = 0;                             ///< Decimals kept by `round`, 0 to 12.
  Rounding rounding = Rounding::half_up;      ///< How `round` treats the rest.

  friend bool operator==(ScoreExpression const&, ScoreExpression const&) = default;
};

/// One row of a table: the value that holds where all conditions do.
struct ScoreTableRow {
  ScoreConditions when;   ///< Conditions; none for the row that takes all the rest.
  ScoreExpression value;  ///< The value.

  friend bool operator==(ScoreTableRow const&, ScoreTableRow const&) = default;
};

}  // namespace tutela::inline v0
