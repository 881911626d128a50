// SPDX-License-Identifier: Apache-2.0
/// \file
/// A decision as one line of operations, for facts that are known (internal).
///
/// Most facts of most cases are known, and then most of what evaluation keeps track of is idle: states, frames, causes
/// of what is missing. *Code* is a text of a decision with its expressions, tables and the knowledge models that it
/// calls by name, written out in the order in which they are evaluated. Names are places, constants are in place, and a
/// value is not copied but pointed at.
///
/// Code has no meaning of its own. Each instruction does what the tree does, by the same functions (`arithmetic`,
/// `comparison`, `fit`, the masks of a table's index), and what has no instruction is evaluated from its tree. As soon as
/// something is not known or cannot be computed, code gives up, and the whole decision is evaluated from its tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tutela/base/diagnostic.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/feel/evaluation.hpp>

#include "feel/program.hpp"
#include "rules/region_index.hpp"

namespace tutela::detail {

struct Boxed;
struct Declared;
struct Model;
struct RunContext;

/// Where an instruction finds a value: a register, or a constant when the highest bit is set.
using Operand = std::uint32_t;
inline constexpr Operand constant_bit = Operand{1} << 31U;

/// One operation. `target` is the register that it fills.
struct Instruction {
  enum class Kind : std::uint8_t {
    fact,         ///< Of the leaf `first`.
    requirement,  ///< Value of the requirement `first`.
    member,       ///< Entry of the context, or part of the value `first`; second: path in `DecisionCode::members`.
    copy,         ///< `first`.
    jump,         ///< To `second`.
    branch,       ///< To `second` unless `first` is true.
    junction,     ///< `first`; to `second` when it decides `op`.
    operation,    ///< `op` on `first` and `second`.
    comparison,   ///< The same for comparisons; `flag`: one side is written as `null`.
    negate,       ///< Minus `first`.
    fit,          ///< `first` fitted to `DecisionCode::fits[second]`; `flag`: must not become none.
    table,        ///< `DecisionCode::tables[second]`, which jumps where a rule has to be computed.
    answer,       ///< `first` is what rule `flag` of `DecisionCode::tables[second]` answers.
    call,         ///< `DecisionCode::calls[second]`.
    expression,   ///< `DecisionCode::expressions[second]`, from its tree.
    boxed         ///< `DecisionCode::boxed[second]`, from its tree.
  };
  Kind kind = Kind::copy;
  Op op = Op::constant;
  std::uint32_t flag = 0;
  std::uint32_t target = 0;
  Operand first = 0;
  std::uint32_t second = 0;
};

/// A value at its place in a frame.
struct FramePlace {
  std::size_t place = 0;
  Operand operand = 0;
};

/// See the file comment. Points into the model that it is part of. Immutable.
struct DecisionCode {
  struct Fit {
    Declared const* declared;
    Place const* place;
  };
  struct Table {
    struct Column {
      Operand input = 0;
      RegionIndex::Column const* column = nullptr;
    };
    DecisionTable const* table = nullptr;
    std::size_t node = 0;  ///< Whose rules it holds.
    bool dated = false;    ///< Whether some rule is not always in force,
    bool verified = true;  ///< and all of them rest on verified sources.
    std::vector<Column> columns;
    std::vector<Value const*> outputs;  ///< What each rule answers; nothing where it must be computed.
    std::vector<std::uint32_t> blocks;  ///< Where that is computed; empty when nothing is.
    Value const* fallback = nullptr;
    std::vector<std::uint32_t> ranks;  ///< Of each rule's output; for PRIORITY only.
  };
  struct Call {
    Value const* function = nullptr;
    std::vector<Operand> arguments;
    std::span<std::string const> names;  ///< Of the arguments; empty when they are given by position.
  };
  struct Tree {
    Program const* program = nullptr;
    NodeId node = 0;
    std::size_t frame_size = 0;
    std::vector<FramePlace> frame;
  };
  struct BoxedTree {
    Boxed const* boxed = nullptr;
    std::size_t node = 0;  ///< Whose rules it may hold.
    std::size_t frame_size = 0;
    std::vector<FramePlace> frame;
  };

  std::vector<Instruction> instructions;
  std::vector<Value const*> constants;
  std::vector<std::unique_ptr<Value const>> made;  ///< Constants that stand in no program.
  std::vector<std::string const*> members;
  std::vector<Fit> fits;
  std::vector<Table> tables;
  std::vector<Call> calls;
  std::vector<Tree> expressions;
  std::vector<BoxedTree> boxed;
  std::uint32_t registers = 0;
  Operand result = 0;
  std::uint64_t steps = 0;  ///< What a run counts as.
  std::size_t depth = 0;    ///< Calls and expressions inside each other, counted as evaluation counts them.
};

/// Fills in the code of every text of a decision that can have one. \param model Whole, and not moved afterwards.
void write_code(Model& model);

/// What code reads from outside.
class CodeInputs {
 public:
  CodeInputs() = default;
  CodeInputs(CodeInputs const&) = delete;
  CodeInputs& operator=(CodeInputs const&) = delete;

  /// The known value of a leaf of the model's facts; nothing when it is not known.
  virtual Value const* leaf(std::size_t leaf) = 0;

  /// The value of a requirement of the text; nothing when it is not known.
  virtual Value const* requirement(std::size_t requirement) = 0;

 protected:
  ~CodeInputs() = default;
};

/// Runs code; keeps its work space for the next run.
class CodeRun {
 public:
  /// The value; nothing when the code gave up, and then the trace is as it was before.
  /// It lives as long as nothing else is run and what the code read stays.
  Value const* run(DecisionCode const& code, CodeInputs& inputs, Evaluation& evaluation, RunContext& context);

 private:
  struct Current;

  Value const* execute(Current const& current);
  Value const* keep(std::uint32_t target, Value value);
  Value const* call(Current const& current, Instruction const& instruction);
  Value const* fitted_value(Current const& current, Instruction const& instruction);
  bool table(Current const& current, Instruction const& instruction, std::size_t& next);
  bool hits(Current const& current, DecisionCode::Table const& table);
  Value const* single(Current const& current, DecisionCode::Table const& table, std::optional<std::size_t>& rule) const;
  Value const* total(Current const& current, DecisionCode::Table const& table, std::uint32_t target);
  std::vector<Value>& frame(Current const& current, std::size_t size, std::vector<FramePlace> const& places);

  std::vector<Value const*> registers_;
  std::vector<Value> values_;  ///< What was computed, by register.
  std::vector<RuleWord> hits_;
  std::vector<Value> frame_;  ///< Work space of what is evaluated from its tree.
  std::vector<Value> locals_;
};

}  // namespace tutela::detail
