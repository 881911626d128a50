// SPDX-License-Identifier: Apache-2.0
/// \file
/// An expression over the columns of a table as a short list of operations on whole columns (internal).
///
/// A *formula* gives for each row the value that the scalar engine gives, or leaves the row: where something that it
/// reads is null or not allowed, where a result does not fit into 64 bits, where the expression is an error. Whoever uses
/// one asks the scalar engine about the rows that are left, so the answers are those of the scalar engine.
///
/// Values are whole numbers: numbers are counted at a scale that each place of the formula has for all rows (two decimals:
/// hundredths), dates are days since 1970, lengths seconds or months. Nothing is rounded but where the expression says so.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tutela/base/date.hpp>
#include <tutela/base/decimal.hpp>
#include <tutela/facts/value.hpp>

namespace tutela::detail {

/// What a formula does to the columns of its earlier steps, which the comments call a, b and c.
enum class FormulaOp : std::uint8_t {
  constant,       ///< `count`, or as a Boolean whether it is 1.
  operand,        ///< a: a place among the operands.
  fold,           ///< a: a place among the folds.
  never,          ///< No value: every row that comes here is left.
  add,            ///< a + b.
  subtract,       ///< a - b.
  multiply,       ///< a * b.
  absolute,       ///< |a|
  round,          ///< a / `count`, as `rounding` says.
  lower,          ///< The lower one of a and b.
  higher,         ///< The higher one.
  day,            ///< a, where it is a day of the calendar.
  add_months,     ///< The date a, `count` months later.
  age,            ///< Completed years on the day b of somebody born on a.
  months,         ///< Completed months from a to b.
  part_of_date,   ///< Of a: its year (`count` 0), month (1) or day (2).
  less,           ///< a < b.
  less_or_equal,  ///< a <= b.
  equal,          ///< a = b.
  same,           ///< The same of Booleans.
  opposite,       ///< not(a)
  both,           ///< a and b: false where one of them is, whatever the other one is.
  either,         ///< a or b: true where one of them is.
  choose          ///< b where a is true, c where it is false.
};

/// One operation.
struct FormulaStep {
  FormulaOp op = FormulaOp::never;
  bool boolean = false;  ///< Whether it gives Booleans instead of counts.
  Rounding rounding = Rounding::half_even;
  std::uint32_t first = 0;  ///< a, b and c: earlier steps.
  std::uint32_t second = 0;
  std::uint32_t third = 0;
  std::int64_t count = 0;
  auto operator<=>(FormulaStep const&) const = default;
};

/// A column that is read, row by row or element by element.
struct FormulaOperand {
  std::size_t place = 0;                           ///< Of its reader.
  bool boolean = false;                            ///< Whether it gives Booleans instead of counts.
  std::int64_t factor = 1;                         ///< By which counts are multiplied.
  std::int64_t lowest = 0;                         ///< Counts that the declaration allows, after that;
  std::int64_t highest = 0;                        ///< others are left.
  std::optional<std::string> text = std::nullopt;  ///< Of texts: whether it is this one.
  std::vector<std::string> allowed = {};           ///< Texts that the declaration allows; all when empty.
  auto operator<=>(FormulaOperand const&) const = default;
};

struct FormulaFold;

/// See the file comment. Immutable.
struct Formula {
  Kind kind = Kind::none;  ///< A number, a date, a Boolean, or a length of days (seconds) or months.
  int scale = 0;           ///< Of numbers: decimals of the counts, 0 to `most_decimals`.
  AgeRule age_rule;
  std::vector<FormulaOperand> operands;
  std::vector<FormulaFold> folds;
  std::vector<FormulaStep> steps;  ///< The last one is the whole.

  /// Decimals that counts may have.
  static constexpr int most_decimals = 18;

  /// The value behind a count, or a Boolean behind 0 and 1.
  [[nodiscard]] Value value_of(std::int64_t count) const;
};

/// What is said of the elements of a list, put together for each row.
struct FormulaFold {
  enum class Joined : std::uint8_t {
    some,    ///< Whether the condition is true of an element.
    every,   ///< Whether it is true of all.
    count,   ///< Of how many.
    sum,     ///< Of the values of those of which it is true,
    lowest,  ///< the lowest of them,
    highest  ///< the highest.
  };
  Joined joined = Joined::some;
  std::size_t place = 0;                               ///< Of the reader of the list.
  std::size_t longest = 0;                             ///< Rows with more elements are left.
  std::shared_ptr<Formula const> condition = nullptr;  ///< Nothing: true of all elements.
  std::shared_ptr<Formula const> value = nullptr;      ///< Of sums and extremes.
};

/// A column of what formulas give.
struct FormulaColumn {
  std::vector<std::int64_t> counts;   ///< Of each row; of Booleans nothing.
  std::vector<std::uint64_t> truths;  ///< Of Booleans, a bit for each row.
  std::vector<std::uint64_t> known;   ///< Rows that have a value; the others are left.
  std::vector<std::uint64_t> spoilt;  ///< Rows with a value that cannot be read; none of them is known.
};

}  // namespace tutela::detail
