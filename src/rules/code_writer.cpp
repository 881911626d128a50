// SPDX-License-Identifier: Apache-2.0
/// \file
/// Writing decisions out as one line of operations.
#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "rules/code.hpp"
#include "rules/model.hpp"
#include "rules/possibilities.hpp"
#include "rules/run.hpp"

namespace tutela::detail {
namespace {

/// Calls inside calls; deeper ones are evaluated from their tree.
constexpr std::size_t most_calls = 16;

/// Instructions of one decision; one that needs more is evaluated from its tree.
constexpr std::size_t most_instructions = 20'000;

bool is_scalar(Type const& type)
{
  auto const kind = type.kind();
  return kind != Type::Kind::any && kind != Type::Kind::null && kind < Type::Kind::list;
}

/// A value while code is written: where it will be, and what is known of it already.
struct Term {
  Operand operand = 0;
  Type::Kind type = Type::Kind::any;      ///< Kind of values, when it was fitted to one.
  ItemType const* item = nullptr;         ///< Whose constraints hold for it.
  std::vector<Value const*> one_of = {};  ///< All that it can be; empty when that is not known.
};

/// A name in scope.
struct Name {
  enum class Kind : std::uint8_t { absent, requirement, term };
  Kind kind = Kind::absent;
  std::size_t requirement = 0;
  Term term;
};
using Scope = std::vector<Name>;

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
  Term emitted(Instruction const& instruction) { return {instruction.target}; }
  std::uint32_t here() const { return static_cast<std::uint32_t>(code_->instructions.size()); }
  Instruction& at(std::uint32_t place) { return code_->instructions[place]; }
  Term constant(Value const& value);
  Value const& made(Value value);
  void copy_into(std::uint32_t target, Operand from);

  Term name(Name const& name);
  void known_type(Term& term, Declared const& declared, bool with_constraints) const;
  Term path(Program const& program, NodeId id, Scope const& scope);
  Term expression(Program const& program, NodeId id, Scope const& scope);
  Term binary(Program const& program, Node const& node, Scope const& scope);
  Term between(Program const& program, Node const& node, Scope const& scope);
  Term junction(Program const& program, Node const& node, Scope const& scope);
  Term conditional(Program const& program, Node const& node, Scope const& scope);
  Term function_call(Program const& program, NodeId id, Scope const& scope);
  Term tree(Program const& program, NodeId id, Scope const& scope);

  Term boxed(Boxed const& boxed, Scope& scope);
  Term entries(Boxed const& boxed, Scope& scope);
  Term call(Boxed const& boxed, Scope& scope);
  Term boxed_tree(Boxed const& boxed, Scope const& scope);
  std::optional<Term> table(Boxed const& boxed, Scope const& scope);
  bool outputs(DecisionCode::Table& made, DecisionTable const& table, std::vector<Value const*>& answers);
  void blocks(DecisionCode::Table& made, std::uint32_t place, Scope const& scope);
  Term fit(Term term, Declared const& declared, Place const& place, bool keeps_value = false);
  bool fits_always(Term const& term, Declared const& declared) const;

  Model const& model_;
  NodeText const& text_;
  std::vector<std::size_t> nodes_;  ///< The decision, and the knowledge models being called.
  std::shared_ptr<DecisionCode> code_;
  std::size_t depth_ = 0;
};

Instruction& CodeWriter::emit(Kind kind, Op op)
{
  Instruction instruction;
  instruction.kind = kind;
  instruction.op = op;
  instruction.target = code_->registers++;
  code_->instructions.push_back(instruction);
  return code_->instructions.back();
}

Term CodeWriter::constant(Value const& value)
{
  code_->constants.push_back(&value);
  Term term{static_cast<Operand>(code_->constants.size() - 1) | constant_bit};
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

Term CodeWriter::name(Name const& name)
{
  if (name.kind == Name::Kind::absent) return constant(made(Value()));
  if (name.kind == Name::Kind::term) return name.term;
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
void CodeWriter::known_type(Term& term, Declared const& declared, bool with_constraints) const
{
  if (!declared.stated || !is_scalar(declared.type)) return;
  term.type = declared.type.kind();
  if (with_constraints) term.item = declared.item.get();
}

/// A part of an input that is a fact of its own, or an entry of any other value.
Term CodeWriter::path(Program const& program, NodeId id, Scope const& scope)
{
  std::vector<std::string const*> names;
  NodeId at = id;
  for (; program.nodes[at].op == Op::path && program.nodes[at].folded < 0;
       at = program.children[program.nodes[at].first])
    names.push_back(&program.texts[program.nodes[at].index]);
  auto const& root = program.nodes[at];
  if (root.op == Op::slot && root.index < scope.size() && scope[root.index].kind == Name::Kind::requirement) {
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

Term CodeWriter::expression(Program const& program, NodeId id, Scope const& scope)
{
  auto const& node = program.nodes[id];
  if (node.folded >= 0) return constant(program.constants[static_cast<std::size_t>(node.folded)]);
  ++depth_;
  code_->depth = std::max(code_->depth, depth_);
  auto const made = [&]() -> Term {
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

Term CodeWriter::binary(Program const& program, Node const& node, Scope const& scope)
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

Term CodeWriter::between(Program const& program, Node const& node, Scope const& scope)
{
  std::array<Term, 3> terms;
  for (std::uint32_t i = 0; i < 3; ++i) terms[i] = expression(program, program.children[node.first + i], scope);
  auto const compare = [&](Op op, Term const& end) {
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

Term CodeWriter::junction(Program const& program, Node const& node, Scope const& scope)
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

Term CodeWriter::conditional(Program const& program, Node const& node, Scope const& scope)
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
  Term term{target};
  if (!yes.one_of.empty() && !no.one_of.empty()) {
    term.one_of = yes.one_of;
    term.one_of.insert(term.one_of.end(), no.one_of.begin(), no.one_of.end());
  }
  return term;
}

/// The call of a function of the language.
Term CodeWriter::function_call(Program const& program, NodeId id, Scope const& scope)
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
Term CodeWriter::tree(Program const& program, NodeId id, Scope const& scope)
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

bool CodeWriter::fits_always(Term const& term, Declared const& declared) const
{
  if (!declared.stated || (declared.type.is(Type::Kind::any) && !declared.item)) return true;
  if (!term.one_of.empty()) {
    Evaluation legal;
    Evaluation conformance;
    conformance.mode = Mode::conformance;
    return std::all_of(term.one_of.begin(), term.one_of.end(), [&](Value const* value) {
      return fits_as_it_is(*value, declared, legal) && fits_as_it_is(*value, declared, conformance);
    });
  }
  return is_scalar(declared.type) && term.type == declared.type.kind() &&
         (!declared.item || term.item == declared.item.get());
}

Term CodeWriter::fit(Term term, Declared const& declared, Place const& place, bool keeps_value)
{
  if (!fits_always(term, declared)) {
    auto const given = term.operand;
    auto& made = emit(Kind::fit);
    made.first = given;
    made.second = static_cast<std::uint32_t>(code_->fits.size());
    made.flag = keeps_value ? 1 : 0;
    code_->fits.push_back({&declared, &place});
    term = emitted(made);
  }
  if (declared.stated && is_scalar(declared.type)) {
    term.type = declared.type.kind();
    term.item = declared.item.get();
  }
  return term;
}

Term CodeWriter::boxed(Boxed const& boxed, Scope& scope)
{
  Term term;
  switch (boxed.kind) {
    case Boxed::Kind::missing: return constant(made(Value()));
    case Boxed::Kind::literal: {
      auto const& program = boxed.expression->program();
      term = expression(program, program.root, scope);
      break;
    }
    case Boxed::Kind::context:
      if (std::find(boxed.names.begin(), boxed.names.end(), "") == boxed.names.end()) return boxed_tree(boxed, scope);
      term = entries(boxed, scope);
      break;
    case Boxed::Kind::invocation: {
      bool const again =
          boxed.callee && std::find(nodes_.begin(), nodes_.end(), *boxed.callee) != nodes_.end();  // calls itself
      if (!boxed.callee || again || nodes_.size() > most_calls || here() > most_instructions)
        return boxed_tree(boxed, scope);
      term = call(boxed, scope);
      break;
    }
    case Boxed::Kind::table: {
      auto made = table(boxed, scope);
      if (!made) return boxed_tree(boxed, scope);
      term = *std::move(made);
      break;
    }
    default: return boxed_tree(boxed, scope);
  }
  return fit(std::move(term), boxed.type, boxed.place);
}

/// A context that has a result: its entries are names, and nothing else of it is ever seen.
Term CodeWriter::entries(Boxed const& boxed, Scope& scope)
{
  auto const mark = scope.size();
  Term term;
  for (std::size_t i = 0; i < boxed.children.size(); ++i) {
    term = this->boxed(boxed.children[i], scope);
    if (boxed.names[i].empty()) break;
    term = fit(std::move(term), boxed.types[i], boxed.place, true);
    scope.push_back({Name::Kind::term, 0, term});
  }
  scope.resize(mark);
  return term;
}

/// The body of a knowledge model, written out where it is called.
Term CodeWriter::call(Boxed const& boxed, Scope& scope)
{
  auto const& called = model_.nodes[*boxed.callee].texts.front();
  auto const first = called.requirements.size();
  Scope inner(first + called.parameters.size());
  for (std::size_t i = 0; i < boxed.children.size(); ++i) {
    auto argument = fit(this->boxed(boxed.children[i], scope), boxed.types[i], boxed.place);
    inner[first + boxed.places[i]] = {Name::Kind::term, 0, std::move(argument)};
  }
  for (std::size_t i = 0; i < called.parameters.size(); ++i)
    // What does not fit a parameter lets the whole call fail, in conformance mode too.
    inner[first + i].term = fit(inner[first + i].term, called.parameter_types[i], called.body.place, true);
  constexpr std::size_t depth = 8;  // what a call counts as
  depth_ += depth;
  nodes_.push_back(*boxed.callee);
  auto term = this->boxed(called.body, inner);
  nodes_.pop_back();
  depth_ -= depth;
  return fit(std::move(term), called.result, called.body.place);
}

/// A boxed expression that is evaluated from its tree, with everything in scope that may be read.
Term CodeWriter::boxed_tree(Boxed const& boxed, Scope const& scope)
{
  DecisionCode::BoxedTree made;
  made.boxed = &boxed;
  made.node = nodes_.back();
  made.frame_size = scope.size();
  for (std::size_t i = 0; i < scope.size(); ++i) {
    auto const& each = scope[i];
    if (each.kind == Name::Kind::absent) continue;
    if (each.kind == Name::Kind::requirement && !text_.needed[each.requirement]) continue;
    made.frame.push_back({i, name(each).operand});
  }
  auto& evaluated = emit(Kind::boxed);
  evaluated.second = static_cast<std::uint32_t>(code_->boxed.size());
  code_->boxed.push_back(std::move(made));
  return emitted(evaluated);
}

/// Fills in what the rules answer; false when the table is better evaluated from its cells.
bool CodeWriter::outputs(DecisionCode::Table& made, DecisionTable const& table, std::vector<Value const*>& answers)
{
  auto const is_constant = [](std::optional<Expression> const& cell) { return !cell || cell->constant() != nullptr; };
  bool const one =
      table.policy == HitPolicy::unique || table.policy == HitPolicy::any || table.policy == HitPolicy::first;
  bool const adds = table.policy == HitPolicy::collect &&
                    (table.aggregation == Aggregation::sum || table.aggregation == Aggregation::count);
  if (!one && !adds && table.policy != HitPolicy::priority) return false;
  for (auto const& output : table.outputs)
    if (!is_constant(output.fallback)) return false;
  Evaluation evaluation;
  Evaluation conformance;
  conformance.mode = Mode::conformance;
  auto const add = [&](Value value, Value const& in_conformance) {
    if (!is_definite(value) || value.is(tutela::Kind::function) || !(value == in_conformance)) return false;
    answers.push_back(&this->made(std::move(value)));
    return true;
  };
  for (std::size_t i = 0; i < table.rules.size(); ++i) {
    auto const& rule = table.rules[i];
    made.dated = made.dated || rule.note.law.from || rule.note.law.until;
    made.verified = made.verified && rule.note.verified();
    if (!std::all_of(rule.outputs.begin(), rule.outputs.end(), is_constant)) {
      if (!one || table.outputs.size() != 1) return false;
      made.outputs.push_back(nullptr);
      continue;
    }
    if (!add(rule_output(table, i, {}, evaluation), rule_output(table, i, {}, conformance))) return false;
    made.outputs.push_back(answers.back());
  }
  if (!add(fallback_output(table, {}, evaluation), fallback_output(table, {}, conformance))) return false;
  made.fallback = answers.back();
  if (table.policy != HitPolicy::priority) return true;
  std::set<std::vector<std::size_t>> ranks;
  for (auto const* output : made.outputs) ranks.insert(output_rank(table, *output));
  for (auto const* output : made.outputs)
    made.ranks.push_back(
        static_cast<std::uint32_t>(std::distance(ranks.begin(), ranks.find(output_rank(table, *output)))));
  return true;
}

std::optional<Term> CodeWriter::table(Boxed const& boxed, Scope const& scope)
{
  auto const& table = *boxed.table;
  DecisionCode::Table made;
  made.table = &table;
  made.node = nodes_.back();
  std::vector<Value const*> answers;
  if (!table.index || table.rules.empty() || !outputs(made, table, answers)) return std::nullopt;
  auto const& columns = table.index->columns();
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].tested && !table.inputs[i].expression) return std::nullopt;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!columns[i].tested) continue;
    auto const& program = table.inputs[i].expression->program();
    made.columns.push_back({expression(program, program.root, scope).operand, &columns[i]});
  }
  code_->steps += table.rules.size();
  bool const computed = std::find(made.outputs.begin(), made.outputs.end(), nullptr) != made.outputs.end();
  auto& asked = emit(Kind::table);
  asked.second = static_cast<std::uint32_t>(code_->tables.size());
  Term term = emitted(asked);
  if (computed) blocks(made, here() - 1, scope);
  code_->tables.push_back(std::move(made));
  // A count or a sum is none of the outputs.
  if (!computed && table.policy != HitPolicy::collect) term.one_of = std::move(answers);
  return term;
}

/// Writes the outputs that have to be computed behind the table, each with a jump to the end.
void CodeWriter::blocks(DecisionCode::Table& made, std::uint32_t place, Scope const& scope)
{
  auto const& table = *made.table;
  auto const number = at(place).second;
  std::vector<std::uint32_t> jumps;
  for (std::size_t i = 0; i < table.rules.size(); ++i) {
    made.blocks.push_back(here());
    if (made.outputs[i] != nullptr) continue;
    auto const& program = table.rules[i].outputs.front()->program();
    static Place const nowhere;
    auto const output = fit(expression(program, program.root, scope), table.outputs.front().type, nowhere);
    auto& answer = emit(Kind::answer);
    answer.first = output.operand;
    answer.second = number;
    answer.flag = static_cast<std::uint32_t>(i);
    answer.target = at(place).target;
    jumps.push_back(here());
    emit(Kind::jump);
  }
  for (auto const jump : jumps) at(jump).second = here();
  made.blocks.push_back(here());
}

std::shared_ptr<DecisionCode const> CodeWriter::write()
{
  Scope scope;
  for (std::size_t i = 0; i < text_.requirements.size(); ++i) scope.push_back({Name::Kind::requirement, i, {}});
  auto const term = fit(boxed(text_.body, scope), text_.type, text_.place);
  auto const& instructions = code_->instructions;
  if (instructions.size() > most_instructions || code_->registers >= constant_bit) return nullptr;
  auto const is_tree = [](Instruction const& each) {
    return each.kind == Kind::boxed || each.kind == Kind::expression;
  };
  auto const works = [](Instruction const& each) {
    return each.kind != Kind::fact && each.kind != Kind::requirement && each.kind != Kind::fit;
  };
  // Nothing but one tree is evaluated as such.
  if (std::count_if(instructions.begin(), instructions.end(), works) == 1 &&
      std::any_of(instructions.begin(), instructions.end(), is_tree))
    return nullptr;
  code_->result = term.operand;
  code_->steps += instructions.size();
  return std::move(code_);
}

}  // namespace

void write_code(Model& model)
{
  for (std::size_t node = 0; node < model.nodes.size(); ++node) {
    if (model.nodes[node].kind != GraphNode::Kind::decision) continue;
    for (auto& text : model.nodes[node].texts) text.code = CodeWriter(model, text, node).write();
  }
}

}  // namespace tutela::detail
