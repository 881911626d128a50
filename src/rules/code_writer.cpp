// SPDX-License-Identifier: Apache-2.0
/// \file
/// Writing decisions out as one line of operations.
#include "rules/code_writer.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "feel/deeper_call.hpp"
#include "feel/function_value.hpp"
#include "rules/possibilities.hpp"
#include "rules/run.hpp"

namespace tutela::detail {
namespace {

/// Calls inside calls; deeper ones are evaluated from their tree.
constexpr std::size_t most_calls = 16;

/// Instructions of one decision; one that needs more is evaluated from its tree.
constexpr std::size_t most_instructions = 20'000;

}  // namespace

bool CodeWriter::fits_always(CodeTerm const& term, Declared const& declared) const
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
  return is_scalar_type(declared.type) && term.type == declared.type.kind() &&
         (!declared.item || term.item == declared.item.get());
}

CodeTerm CodeWriter::fit(CodeTerm term, Declared const& declared, Place const& place, bool keeps_value)
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
  if (declared.stated && is_scalar_type(declared.type)) {
    term.type = declared.type.kind();
    term.item = declared.item.get();
  }
  return term;
}

CodeTerm CodeWriter::boxed(Boxed const& boxed, CodeScope& scope)
{
  CodeTerm term;
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
CodeTerm CodeWriter::entries(Boxed const& boxed, CodeScope& scope)
{
  auto const mark = scope.size();
  CodeTerm term;
  for (std::size_t i = 0; i < boxed.children.size(); ++i) {
    term = this->boxed(boxed.children[i], scope);
    if (boxed.names[i].empty()) break;
    term = fit(std::move(term), boxed.types[i], boxed.place);
    scope.push_back({CodeName::Kind::term, 0, term});
  }
  scope.resize(mark);
  return term;
}

/// The body of a knowledge model, written out where it is called.
CodeTerm CodeWriter::call(Boxed const& boxed, CodeScope& scope)
{
  auto const& called = model_.nodes[*boxed.callee].texts.front();
  auto const first = called.requirements.size();
  CodeScope inner(first + called.parameters.size());
  for (std::size_t i = 0; i < boxed.children.size(); ++i) {
    auto argument = fit(this->boxed(boxed.children[i], scope), boxed.types[i], boxed.place);
    inner[first + boxed.places[i]] = {CodeName::Kind::term, 0, std::move(argument)};
  }
  for (std::size_t i = 0; i < called.parameters.size(); ++i)
    // What does not fit a parameter lets the whole call fail, in conformance mode too.
    inner[first + i].term = fit(inner[first + i].term, called.parameter_types[i], called.body.place, true);
  depth_ += depth_of_call;
  nodes_.push_back(*boxed.callee);
  auto term = this->boxed(called.body, inner);
  nodes_.pop_back();
  depth_ -= depth_of_call;
  return fit(std::move(term), called.result, called.body.place);
}

/// A boxed expression that is evaluated from its tree, with everything in scope that may be read.
CodeTerm CodeWriter::boxed_tree(Boxed const& boxed, CodeScope const& scope)
{
  DecisionCode::BoxedTree made;
  made.boxed = &boxed;
  made.node = nodes_.back();
  made.frame_size = scope.size();
  for (std::size_t i = 0; i < scope.size(); ++i) {
    auto const& each = scope[i];
    if (each.kind == CodeName::Kind::absent) continue;
    if (each.kind == CodeName::Kind::requirement && !text_.needed[each.requirement]) continue;
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

std::optional<CodeTerm> CodeWriter::table(Boxed const& boxed, CodeScope const& scope)
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
    auto const& input = table.inputs[i];
    auto const& program = input.expression->program();
    auto term = expression(program, program.root, scope);
    if (input.converts) term = fit(std::move(term), input.type, input.place);
    made.columns.push_back({term.operand, &columns[i]});
  }
  code_->steps += table.rules.size();
  bool const computed = std::find(made.outputs.begin(), made.outputs.end(), nullptr) != made.outputs.end();
  auto& asked = emit(Kind::table);
  asked.second = static_cast<std::uint32_t>(code_->tables.size());
  CodeTerm term = emitted(asked);
  if (computed) blocks(made, here() - 1, scope);
  code_->tables.push_back(std::move(made));
  // A count or a sum is none of the outputs.
  if (!computed && table.policy != HitPolicy::collect) term.one_of = std::move(answers);
  return term;
}

/// Writes the outputs that have to be computed behind the table, each with a jump to the end.
void CodeWriter::blocks(DecisionCode::Table& made, std::uint32_t place, CodeScope const& scope)
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
  CodeScope scope;
  for (std::size_t i = 0; i < text_.requirements.size(); ++i) scope.push_back({CodeName::Kind::requirement, i, {}});
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

void write_code(Model& model)
{
  for (std::size_t node = 0; node < model.nodes.size(); ++node) {
    if (model.nodes[node].kind != GraphNode::Kind::decision) continue;
    for (auto& text : model.nodes[node].texts) text.code = CodeWriter(model, text, node).write();
  }
}

}  // namespace tutela::detail
