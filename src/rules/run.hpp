// SPDX-License-Identifier: Apache-2.0
/// \file
/// Evaluation of a model for one set of inputs (internal).
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <tutela/base/truth.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/feel/evaluation.hpp>

#include "rules/code.hpp"
#include "rules/model.hpp"

namespace tutela::detail {

/// A rule that applied or may apply.
struct TraceRow {
  std::size_t node = 0;
  DecisionTable const* table = nullptr;  ///< Nothing for a decision without a table.
  std::size_t rule = 0;                  ///< Index; the number of rules for the default output.
  Truth applies = Truth::yes;
  Value output;
};

/// What happened during an evaluation.
struct RunNotes {
  bool tracing = false;
  std::vector<TraceRow> trace;
  bool no_law_in_force = false;                  ///< A table had rules, but none of them in force.
  bool not_available = false;                    ///< An unverified rule applies or may apply.
  std::vector<std::vector<Value>> spare_frames;  ///< Frames that are not in use, so that most need no allocation.
};

/// Which law is applied, and where it is noted what happened.
struct RunContext {
  std::shared_ptr<Model const> model;
  std::shared_ptr<RunNotes> notes;
  std::optional<Date> law_on;  ///< Nothing: texts are not chosen by date (an undated model).
  bool include_unverified = true;
  std::size_t node = 0;  ///< The node whose rules are traced.
};

/// Where a run finds its inputs.
class InputSource {
 public:
  InputSource() = default;
  InputSource(InputSource const&) = delete;
  InputSource& operator=(InputSource const&) = delete;

  /// The value of a leaf of the model's facts when it is known; otherwise nothing.
  virtual Value const* known(std::size_t leaf) = 0;

  /// The value of an input, known or not.
  virtual Value input(std::size_t node) = 0;

 protected:
  ~InputSource() = default;
};

/// Evaluates the nodes of one model for one set of inputs; every node at most once.
class ModelRun final : private CodeInputs {
 public:
  /// \param inputs Asked for the inputs that are not set; without it they are none. Must outlive the run.
  ModelRun(RunContext context, Evaluation& evaluation, InputSource* inputs = nullptr);
  ~ModelRun() = default;

  /// Forgets all values, for other inputs.
  void restart(std::optional<Date> law_on);

  /// Gives a node its value from outside: an input, or a decision that a service receives.
  void set(std::size_t node, Value value);

  /// The value of a node. Iterative along requirements, so a long chain of decisions needs no stack.
  Value const& value(std::size_t node);

  /// How the value of a decision came to be missing.
  [[nodiscard]] bool no_law_in_force(std::size_t node) const { return marks_[node].no_law; }
  [[nodiscard]] bool not_available(std::size_t node) const { return marks_[node].not_available; }

  /// The text of a decision in force, or nothing.
  [[nodiscard]] NodeText const* text_in_force(std::size_t node) const;

  /// What a node rests on and then itself, in the order in which they are evaluated for it alone.
  [[nodiscard]] std::vector<std::size_t> order(std::size_t node) const;

  /// Steps that the evaluation of a node itself took, without those of its requirements.
  [[nodiscard]] std::uint64_t steps(std::size_t node) const { return marks_[node].steps; }

  /// The rules that the evaluation of a node itself traced: first and end in `RunNotes::trace`.
  [[nodiscard]] std::pair<std::size_t, std::size_t> trace(std::size_t node) const { return marks_[node].trace; }

 private:
  struct Marks {
    bool no_law = false;
    bool not_available = false;
    std::uint64_t steps = 0;
    std::pair<std::size_t, std::size_t> trace;
  };
  void evaluate(std::size_t node);
  void compute(std::size_t node);
  void set_decision(std::size_t node, Value value);
  Value const& input(std::size_t node);
  Value const* leaf(std::size_t leaf) override;
  Value const* requirement(std::size_t requirement) override;
  /// \param self Its own place in the frame, when it calls itself.
  [[nodiscard]] Value function_of(std::size_t node, NodeText const& text, std::vector<Value> frame,
                                  std::optional<std::size_t> self);
  [[nodiscard]] Value service_of(std::size_t node, NodeText const& text);
  [[nodiscard]] bool wanted(NodeText const& text, std::size_t requirement) const;

  RunContext context_;
  Evaluation& evaluation_;
  std::vector<std::optional<Value>> values_;
  std::vector<Marks> marks_;
  std::vector<std::size_t> open_;     ///< Work space of `value`.
  std::vector<std::size_t> touched_;  ///< Nodes that have values.
  InputSource* inputs_;
  CodeRun code_;
  NodeText const* text_ = nullptr;  ///< Whose code is run.
};

/// Evaluates a boxed expression on a frame. The frame is as before afterwards.
Value evaluate_boxed(Boxed const& boxed, std::vector<Value>& frame, Evaluation& evaluation, RunContext& context);

/// Evaluates a decision table on a frame: the one output, or in legal mode everything that is possible.
Value evaluate_table(DecisionTable const& table, std::vector<Value> const& frame, Evaluation& evaluation,
                     RunContext& context);

/// What a column of a table tests: the value of its compiled expression, fitted to the type that is declared for it.
Value input_value(DecisionTable::Input const& input, std::vector<Value> const& frame, Evaluation& evaluation);

/// What a rule of a table answers; its cells are evaluated on the frame.
Value rule_output(DecisionTable const& table, std::size_t rule, std::vector<Value> const& frame,
                  Evaluation& evaluation);

/// What a table answers when no rule applies.
Value fallback_output(DecisionTable const& table, std::vector<Value> const& frame, Evaluation& evaluation);

/// The error of rules that the hit policy does not let apply together.
Value hit_policy_error(DecisionTable const& table, Evaluation const& evaluation);

/// Places of the outputs of an answer in their rankings; what is not ranked comes last.
std::vector<std::size_t> output_rank(DecisionTable const& table, Value const& value);

/// Fits a value to a declared type and its constraints; null (conformance) or an error (legal) when it does not fit.
Value fit(Value value, Declared const& declared, Evaluation& evaluation, Place const& place);

/// True when `fit` gives the value back as it is.
bool fits_as_it_is(Value const& value, Declared const& declared, Evaluation& evaluation);

/// Null in conformance mode, an error in legal mode.
Value failure(Evaluation const& evaluation, std::string what, Place const& place);

}  // namespace tutela::detail
