// SPDX-License-Identifier: Apache-2.0
/// \file
/// Writing one decision out as code (internal): expressions in code_expressions.cpp, everything around them in
/// code_writer.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tutela/feel/type.hpp>

#include "rules/code.hpp"
#include "rules/model.hpp"

namespace tutela::detail {

/// True for a type whose values have no parts.
inline bool is_scalar_type(Type const& type)
{
  auto const kind = type.kind();
  return kind != Type::Kind::any && kind != Type::Kind::null && kind < Type::Kind::list;
}

/// A value while code is written: where it will be, and what is known of it already.
struct CodeTerm {
  Operand operand = 0;
  Type::Kind type = Type::Kind::any;      ///< Kind of values, when it was fitted to one.
  ItemType const* item = nullptr;         ///< Whose constraints hold for it.
  std::vector<Value const*> one_of = {};  ///< All that it can be; empty when that is not known.
};

/// A name in scope.
struct CodeName {
  enum class Kind : std::uint8_t { absent, requirement, term };
  Kind kind = Kind::absent;
  std::size_t requirement = 0;
  CodeTerm term;
};
using CodeScope = std::vector<CodeName>;

/// Writes the code of one text of a decision.
class CodeWriter {
 public:
  CodeWriter(Model const& model, NodeText const& text, std::size_t node)
      : model_(model), text_(text), nodes_{node}, code_(std::make_shared<DecisionCode>())
  {
  }

  /// Nothing when the text is no better as code.
  std::shared_ptr<DecisionCode const> write();

 private:
  using Kind = Instruction::Kind;

  Instruction& emit(Kind kind, Op op = Op::constant);
  CodeTerm emitted(Instruction const& instruction) { return {instruction.target}; }
  std::uint32_t here() const { return static_cast<std::uint32_t>(code_->instructions.size()); }
  Instruction& at(std::uint32_t place) { return code_->instructions[place]; }
  CodeTerm constant(Value const& value);
  Value const& made(Value value);
  void copy_into(std::uint32_t target, Operand from);

  CodeTerm name(CodeName const& name);
  void known_type(CodeTerm& term, Declared const& declared, bool with_constraints) const;
  CodeTerm path(Program const& program, NodeId id, CodeScope const& scope);
  CodeTerm expression(Program const& program, NodeId id, CodeScope const& scope);
  CodeTerm binary(Program const& program, Node const& node, CodeScope const& scope);
  CodeTerm between(Program const& program, Node const& node, CodeScope const& scope);
  CodeTerm junction(Program const& program, Node const& node, CodeScope const& scope);
  CodeTerm conditional(Program const& program, Node const& node, CodeScope const& scope);
  CodeTerm function_call(Program const& program, NodeId id, CodeScope const& scope);
  CodeTerm tree(Program const& program, NodeId id, CodeScope const& scope);

  CodeTerm boxed(Boxed const& boxed, CodeScope& scope);
  CodeTerm entries(Boxed const& boxed, CodeScope& scope);
  CodeTerm call(Boxed const& boxed, CodeScope& scope);
  CodeTerm boxed_tree(Boxed const& boxed, CodeScope const& scope);
  std::optional<CodeTerm> table(Boxed const& boxed, CodeScope const& scope);
  bool outputs(DecisionCode::Table& made, DecisionTable const& table, std::vector<Value const*>& answers);
  void blocks(DecisionCode::Table& made, std::uint32_t place, CodeScope const& scope);
  CodeTerm fit(CodeTerm term, Declared const& declared, Place const& place, bool keeps_value = false);
  bool fits_always(CodeTerm const& term, Declared const& declared) const;

  Model const& model_;
  NodeText const& text_;
  std::vector<std::size_t> nodes_;  ///< The decision, and the knowledge models being called.
  std::shared_ptr<DecisionCode> code_;
  std::size_t depth_ = 0;
};

}  // namespace tutela::detail
