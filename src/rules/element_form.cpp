// SPDX-License-Identifier: Apache-2.0
/// \file
/// Inputs of tables that say something about each element of a list.
#include "rules/element_form.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "feel/builtins.hpp"
#include "feel/function_value.hpp"
#include "rules/pack_impl.hpp"

namespace tutela::detail {

FactTree const* list_named(PackImpl const& pack, NodeText const& text, Program const& program, NodeId id)
{
  std::vector<std::string> path;
  auto const* at = &program.nodes[id];
  for (; at->op == Op::path && at->folded < 0; at = &program.child(*at, 0)) path.push_back(program.texts[at->index]);
  if (at->op != Op::slot || at->folded >= 0 || at->index >= text.requirements.size()) return nullptr;
  auto const& node = pack.model->nodes[text.requirements[at->index]];
  if (node.kind != GraphNode::Kind::input) return nullptr;
  auto const* tree = &node.facts;
  for (; !path.empty(); path.pop_back()) {
    auto const part = std::find_if(tree->parts.begin(), tree->parts.end(),
                                   [&](FactTree const& each) { return each.entry == path.back(); });
    if (part == tree->parts.end()) return nullptr;
    tree = &*part;
  }
  return tree->leaf && tree->type.is(Type::Kind::list) ? tree : nullptr;
}

namespace {

/// True when an expression reads no slot.
bool reads_no_slot(Program const& program, NodeId id)
{
  auto const& node = program.nodes[id];
  if (node.op == Op::slot || node.op == Op::function || node.op == Op::external || node.op == Op::capture) return false;
  auto const children = program.children_of(node);
  return std::all_of(children.begin(), children.end(), [&](NodeId child) { return reads_no_slot(program, child); });
}

/// The argument of `count`; nothing for another expression.
std::optional<NodeId> counted(Program const& program, Node const& node)
{
  if (node.op != Op::call || node.count != 2 || (node.flags & Flag::named) != 0) return std::nullopt;
  auto const& callee = program.child(node, 0);
  auto const constant = callee.folded >= 0 ? static_cast<std::size_t>(callee.folded) : std::size_t{callee.index};
  if (callee.folded < 0 && callee.op != Op::constant) return std::nullopt;
  auto const* function = function_in(program.constants[constant]);
  auto const* builtin = function == nullptr ? nullptr : function->builtin();
  if (builtin == nullptr || builtin->name != "count") return std::nullopt;
  return program.children[node.first + 1];
}

}  // namespace

std::optional<ElementForm> element_form(PackImpl const& pack, JointInput const& joint)
{
  auto const& program = joint.input->expression->program();
  auto const& root = program.nodes[program.root];
  ElementForm form;
  form.nodes = program.nodes.size();
  std::optional<NodeId> list;
  auto& condition = form.condition;
  // A type may allow what the input is for one element, and not what it is for several.
  bool const fits = !joint.input->converts && joint.input->type.item == nullptr;
  if (root.folded >= 0 || !fits) return std::nullopt;
  if (root.op == Op::some || root.op == Op::every) {
    auto const& iterators = program.loops[root.index].iterators;
    if (iterators.size() != 1 || iterators.front().bounds || root.count != 2) return std::nullopt;
    form.joined = root.op == Op::some ? ElementForm::Joined::some : ElementForm::Joined::every;
    list = program.children[root.first];
    condition = program.children[root.first + 1];
    form.place = iterators.front().local;
  } else {
    form.joined = ElementForm::Joined::count;
    list = counted(program, root);
    if (!list) return std::nullopt;
    auto const& argument = program.nodes[*list];
    if (argument.op == Op::filter && argument.folded < 0) {
      condition = program.children[argument.first + 1];
      form.place = argument.index;
      // A number would be a place in the list.
      if (!program.nodes[*condition].type.is(Type::Kind::boolean)) return std::nullopt;
      list = program.children[argument.first];
    }
  }
  auto const* found = list_named(pack, *joint.text, program, *list);
  if (found == nullptr || (condition && !reads_no_slot(program, *condition))) return std::nullopt;
  auto const* declaration = pack.schema.find(found->name);
  if (declaration == nullptr) return std::nullopt;
  form.list = found;
  form.fact = static_cast<std::size_t>(declaration - pack.schema.declarations().data());
  return form;
}

}  // namespace tutela::detail
