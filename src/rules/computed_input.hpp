// SPDX-License-Identifier: Apache-2.0
/// \file
/// An input of a table that is computed from one fact and the day asked about (internal).
///
/// An age, the days since a date, an amount plus a constant: as the fact grows, such an input grows or falls all the way,
/// or switches where something in it does. So for a table it is constant between certain values of the fact. Only
/// whether it moves one way is read from the expression; where it crosses a constant is found by evaluating it, so
/// there is no second reading of the calendar, of ages or of rounding.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include <tutela/base/date.hpp>
#include <tutela/facts/value.hpp>

#include "rules/cuts.hpp"
#include "rules/model.hpp"
#include "rules/plan_source.hpp"

namespace tutela::detail {

/// What an evaluation knows beside the facts.
struct DayAsked {
  std::optional<Date> on;
  AgeRule age_rule;
};

/// See the file comment. It refers to the model's table, which must outlive it.
class ComputedInput {
 public:
  /// Decimals of the numbers that are told apart.
  static constexpr int decimals = 6;

  /// \param input An input with an expression.
  /// \return Nothing where it is computed from anything but one fact and the day, where the day is missing, or where it
  ///         may rise and fall as the fact grows.
  [[nodiscard]] static std::optional<ComputedInput> read(Model const& model, NodeText const& text,
                                                         DecisionTable::Input const& input, DayAsked const& day);

  [[nodiscard]] PlainSource const& fact() const { return fact_; }

  /// The value of the input for a known value of the fact, or none, as the evaluation of the table computes it.
  [[nodiscard]] Value value(Value const& fact) const;

  /// Adds the values of the fact at which the input may pass from one region to another one, for values of the fact that
  /// `is_told_apart`. \param tested The constants that the column compares with.
  /// \return False where they cannot be found.
  [[nodiscard]] bool add_cuts(Cuts const& tested, std::vector<Value>& cuts) const;

  /// False for numbers that lie between or beyond the steps in which cuts were looked for: those with more decimals,
  /// and those beyond 10^30.
  [[nodiscard]] static bool is_told_apart(Decimal number);

 private:
  /// How a value moves as the fact grows.
  enum class Course : std::uint8_t { constant, rising, falling, switching, unclear };

  /// An expression whose value crosses constants, or (a condition) switches from one truth to the other.
  struct Watch {
    NodeId expression = no_node;
    bool is_result = false;  ///< The input itself, which crosses the constants of its column.
    bool is_condition = false;
    std::vector<Value> constants;
  };

  ComputedInput(NodeText const& text, DecisionTable::Input const& input, DayAsked const& day)
      : text_(&text), input_(&input), day_(day)
  {
  }

  [[nodiscard]] Program const& program() const { return input_->expression->program(); }
  bool find_reads(Model const& model);
  [[nodiscard]] bool reads_fact(NodeId id) const;
  bool read_result(NodeId id);
  Course course(NodeId id);
  Course product_course(Node const& node);
  Course call_course(Node const& node);
  Course comparison_course(NodeId id);
  Course junction_course(Node const& node);
  Course part_course(Node const& node);
  void watch(NodeId id, bool is_condition, std::vector<Value> constants);
  [[nodiscard]] Value const* folded(NodeId id) const;
  [[nodiscard]] std::vector<Value> frame(Value const& fact) const;
  [[nodiscard]] Value evaluate(NodeId id, Value const& fact) const;
  [[nodiscard]] std::optional<Value> point(std::int64_t step) const;
  [[nodiscard]] std::int64_t lowest_step() const;
  [[nodiscard]] std::int64_t highest_step() const;
  [[nodiscard]] std::optional<std::int64_t> step_inside(NodeId id) const;
  [[nodiscard]] std::vector<std::int64_t> likely_steps(Watch const& watch, std::vector<Value> const& constants) const;
  [[nodiscard]] bool add_steps(Watch const& watch, std::vector<Value> const& constants,
                               std::set<std::int64_t>& steps) const;
  [[nodiscard]] bool is_same_beyond(Watch const& watch, std::vector<Value> const& constants) const;

  NodeText const* text_;
  DecisionTable::Input const* input_;
  DayAsked day_;
  PlainSource fact_;
  std::set<NodeId> reads_;  ///< Where the fact is read.
  std::vector<Watch> watched_;
};

}  // namespace tutela::detail
