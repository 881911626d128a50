// SPDX-License-Identifier: Apache-2.0
/// \file
/// An input of a table that no plan of single facts can read.
#include "rules/joint_input.hpp"

#include <algorithm>

#include "rules/pack_impl.hpp"

namespace tutela::detail {

bool JointInput::is_same_as(JointInput const& other) const
{
  if (input->text != other.input->text) return false;
  auto const& here = input->type;
  auto const& there = other.input->type;
  if (here.stated != there.stated || here.item != there.item || !(here.type == there.type)) return false;
  auto const& reads = input->expression->reads();
  auto const& others = other.input->expression->reads();
  return std::equal(reads.begin(), reads.end(), others.begin(), others.end(), [&](std::size_t lhs, std::size_t rhs) {
    return text->requirements[lhs] == other.text->requirements[rhs];
  });
}

std::vector<std::size_t> facts_below(PackImpl const& pack, NodeText const& text, Expression const& expression)
{
  auto const& declarations = pack.schema.declarations();
  std::vector<std::size_t> found;
  auto const add = [&](std::string const& name) {
    if (auto const* declaration = pack.schema.find(name))
      found.push_back(static_cast<std::size_t>(declaration - declarations.data()));
  };
  for (auto const slot : expression.reads()) {
    auto const required = text.requirements[slot];
    auto const& node = pack.model->nodes[required];
    if (node.kind != GraphNode::Kind::input) {
      for (auto const& name : facts_below(*pack.model, required)) add(name);
      continue;
    }
    for (auto const& declaration : declarations)
      if (reads_fact(node, expression.paths(), declaration.name)) add(declaration.name);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace tutela::detail
