// SPDX-License-Identifier: Apache-2.0
/// \file
/// What an input of a decision table reads.
#include "rules/table_input.hpp"

#include "feel/program.hpp"

namespace tutela::detail {

InputOrigin origin_of(PackImpl const& pack, NodeText const& text, DecisionTable::Input const& input)
{
  InputOrigin source;
  if (!input.expression) return source;
  auto const& program = input.expression->program();
  auto const* node = &program.nodes[program.root];
  while (node->op == Op::path) node = &program.child(*node, 0);
  if (node->op != Op::slot || input.expression->paths().size() != 1) return source;
  if (node->index >= text.requirements.size()) return source;
  auto const& required = pack.model->nodes[text.requirements[node->index]];
  auto const& path = input.expression->paths().front();
  auto const dot = path.find('.');
  source.required = &required;
  source.whole = dot == std::string::npos;
  source.name = fact_name(required.name) + (source.whole ? "" : fact_name(path.substr(dot)));
  if (required.kind == GraphNode::Kind::input) source.fact = pack.schema.find(source.name);
  return source;
}

}  // namespace tutela::detail
