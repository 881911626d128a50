// SPDX-License-Identifier: Apache-2.0
/// \file
/// Writing expressions out as one line of operations.
#include <algorithm>
#include <array>
#include <set>

#include "rules/code_writer.hpp"

namespace tutela::detail {

Instruction& CodeWriter::emit(Kind kind, Op op)
{
  Instruction instruction;
  instruction.kind = kind;
  instruction.op = op;
  instruction.target = code_->registers++;
  code_->instructions.push_back(instruction);
  return code_->instructions.back();
}

CodeTerm CodeWriter::constant(Value const& value)
{
  code_->constants.push_back(&value);
  CodeTerm term{static_cast<Operand>(code_->constants.size() - 1) | constant_bit};
  term.one_of = {&value};
  return term;
}

Value const& CodeWriter::made(Value value)
{
  code_->made.push_back(std::make_unique<Value const>(std::move(value)));
  return *code_->made.back();
}

void CodeWriter::copy_into(std::uint32_t target, Operand from)
{
  auto& copy = emit(Kind::copy);
  copy.first = from;
  copy.target = target;
}

CodeTerm CodeWriter::name(CodeName const& name)
{
  if (name.kind == CodeName::Kind::absent) return constant(made(Value()));
  if (name.kind == CodeName::Kind::term) return name.term;
  auto const& node = model_.nodes[text_.requirements[name.requirement]];
  bool const leaf = node.kind == GraphNode::Kind::input && node.facts.leaf;
  auto& load = emit(leaf ? Kind::fact : Kind::requirement);
  load.first = static_cast<Operand>(leaf ? *node.facts.leaf : name.requirement);
  auto term = emitted(load);
  bool const fitted = leaf || (node.kind == GraphNode::Kind::decision && node.texts.size() == 1);
  if (fitted) known_type(term, node.texts.front().type, !leaf);
  return term;
}

/// Notes the type of a value that was fitted to it: what a decision answers, or a known fact.
void CodeWriter::known_type(CodeTerm& term, Declared const& declared, bool with_constraints) const
{
  if (!declared.stated || !is_scalar_type(declared.type)) return;
  term.type = declared.type.kind();
  if (with_constraints) term.item = declared.item.get();
}

/// A part of an input that is a fact of its own, or an entry of any other value.
CodeTerm CodeWriter::path(Program const& program, NodeId id, CodeScope const& scope)
{
  std::vector<std::string const*> names;
  NodeId at = id;
  for (; program.nodes[at].op == Op::path && program.nodes[at].folded < 0;
       at = program.children[program.nodes[at].first])
    names.push_back(&program.texts[program.nodes[at].index]);
  auto const& root = program.nodes[at];
  if (root.op == Op::slot && root.index < scope.size() && scope[root.index].kind == CodeName::Kind::requirement) {
    auto const& node = model_.nodes[text_.requirements[scope[root.index].requirement]];
    FactTree const* fact = node.kind == GraphNode::Kind::input ? &node.facts : nullptr;
    for (auto step = names.rbegin(); fact != nullptr && step != names.rend(); ++step) {
      auto const found = std::find_if(fact->parts.begin(), fact->parts.end(),
                                      [&](FactTree const& part) { return part.entry == **step; });
      fact = found == fact->parts.end() ? nullptr : &*found;
    }
    if (fact != nullptr && fact->leaf) {
      auto& load = emit(Kind::fact);
      load.first = static_cast<Operand>(*fact->leaf);
      auto term = emitted(load);
      known_type(term, {fact->type, nullptr, true}, false);
      return term;
    }
  }
  auto const owner = expression(program, program.children[program.nodes[id].first], scope);
  auto& member = emit(Kind::member);
  member.first = owner.operand;
  member.second = static_cast<std::uint32_t>(code_->members.size());
  code_->members.push_back(names.front());
  return emitted(member);
}

CodeTerm CodeWriter::expression(Program const& program, NodeId id, CodeScope const& scope)
{
  auto const& node = program.nodes[id];
  if (node.folded >= 0) return constant(program.constants[static_cast<std::size_t>(node.folded)]);
  ++depth_;
  code_->depth = std::max(code_->depth, depth_);
  auto const made = [&]() -> CodeTerm {
    switch (node.op) {
      case Op::constant: return constant(program.constants[node.index]);
      case Op::slot: return node.index < scope.size() ? name(scope[node.index]) : tree(program, id, scope);
      case Op::path: return path(program, id, scope);
      case Op::negate: {
        auto const operand = expression(program, program.children[node.first], scope);
        auto& negate = emit(Kind::negate);
        negate.first = operand.operand;
        return emitted(negate);
      }
      case Op::add:
      case Op::subtract:
      case Op::multiply:
      case Op::divide:
      case Op::power:
      case Op::equal:
      case Op::unequal:
      case Op::less:
      case Op::less_equal:
      case Op::greater:
      case Op::greater_equal: return binary(program, node, scope);
      case Op::conjunction:
      case Op::disjunction: return junction(program, node, scope);
      case Op::between: return between(program, node, scope);
      case Op::conditional: return conditional(program, node, scope);
      case Op::call: return function_call(program, id, scope);
      default: return tree(program, id, scope);
    }
  };
  auto const term = made();
  --depth_;
  return term;
}

CodeTerm CodeWriter::binary(Program const& program, Node const& node, CodeScope const& scope)
{
  auto const is_null = [&](std::uint32_t which) {
    auto const& child = program.child(node, which);
    return child.op == Op::constant && program.constants[child.index].is_none();
  };
  auto const left = expression(program, program.children[node.first], scope);
  auto const right = expression(program, program.children[node.first + 1], scope);
  auto& made = emit(node.op <= Op::power ? Kind::operation : Kind::comparison, node.op);
  made.first = left.operand;
  made.second = right.operand;
  made.flag = is_null(0) || is_null(1) ? 1 : 0;
  return emitted(made);
}

CodeTerm CodeWriter::between(Program const& program, Node const& node, CodeScope const& scope)
{
  std::array<CodeTerm, 3> terms;
  for (std::uint32_t i = 0; i < 3; ++i) terms[i] = expression(program, program.children[node.first + i], scope);
  auto const compare = [&](Op op, CodeTerm const& end) {
    auto& made = emit(Kind::comparison, op);
    made.first = terms[0].operand;
    made.second = end.operand;
    return made.target;
  };
  auto const above = compare(Op::greater_equal, terms[1]);
  auto const first = here();
  emit(Kind::junction, Op::conjunction).first = above;
  auto const target = at(first).target;
  auto const below = compare(Op::less_equal, terms[2]);
  auto& last = emit(Kind::junction, Op::conjunction);
  last.first = below;
  last.target = target;
  last.second = here();
  at(first).second = here();
  return {target};
}

CodeTerm CodeWriter::junction(Program const& program, Node const& node, CodeScope const& scope)
{
  auto const target = code_->registers++;
  std::vector<std::uint32_t> places;
  for (NodeId const child : program.children_of(node)) {
    auto const operand = expression(program, child, scope);
    places.push_back(here());
    auto& made = emit(Kind::junction, node.op);
    made.first = operand.operand;
    made.target = target;
  }
  for (auto const place : places) at(place).second = here();
  return {target};
}

CodeTerm CodeWriter::conditional(Program const& program, Node const& node, CodeScope const& scope)
{
  auto const condition = expression(program, program.children[node.first], scope);
  auto const target = code_->registers++;
  auto const branch = here();
  emit(Kind::branch).first = condition.operand;
  auto const yes = expression(program, program.children[node.first + 1], scope);
  copy_into(target, yes.operand);
  auto const jump = here();
  emit(Kind::jump);
  at(branch).second = here();
  auto const no = expression(program, program.children[node.first + 2], scope);
  copy_into(target, no.operand);
  at(jump).second = here();
  CodeTerm term{target};
  if (!yes.one_of.empty() && !no.one_of.empty()) {
    term.one_of = yes.one_of;
    term.one_of.insert(term.one_of.end(), no.one_of.begin(), no.one_of.end());
  }
  return term;
}

/// The call of a function of the language.
CodeTerm CodeWriter::function_call(Program const& program, NodeId id, CodeScope const& scope)
{
  constexpr std::uint32_t few = 4;
  auto const& node = program.nodes[id];
  auto const& callee = program.child(node, 0);
  if (callee.op != Op::constant || node.count > few + 1) return tree(program, id, scope);
  DecisionCode::Call made;
  made.function = &program.constants[callee.index];
  for (std::uint32_t i = 1; i < node.count; ++i)
    made.arguments.push_back(expression(program, program.children[node.first + i], scope).operand);
  if ((node.flags & named) != 0) made.names = {program.texts.data() + node.index, node.count - 1};
  auto& call = emit(Kind::call);
  call.second = static_cast<std::uint32_t>(code_->calls.size());
  code_->calls.push_back(std::move(made));
  return emitted(call);
}

/// An expression that is evaluated from its tree, with the names that it reads.
CodeTerm CodeWriter::tree(Program const& program, NodeId id, CodeScope const& scope)
{
  DecisionCode::Tree made;
  made.program = &program;
  made.node = id;
  made.frame_size = scope.size();
  std::set<std::size_t> slots;
  std::vector<NodeId> open{id};
  while (!open.empty()) {
    auto const& node = program.nodes[open.back()];
    open.pop_back();
    if (node.folded >= 0) continue;
    if (node.op == Op::slot) slots.insert(node.index);
    for (NodeId const child : program.children_of(node)) open.push_back(child);
  }
  for (auto const slot : slots)
    if (slot < scope.size()) made.frame.push_back({slot, name(scope[slot]).operand});
  auto& evaluated = emit(Kind::expression);
  evaluated.second = static_cast<std::uint32_t>(code_->expressions.size());
  code_->expressions.push_back(std::move(made));
  return emitted(evaluated);
}

}  // namespace tutela::detail
