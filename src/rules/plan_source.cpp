// SPDX-License-Identifier: Apache-2.0
/// \file
/// What an input of a table reads when it reads no more than a name.
#include "rules/plan_source.hpp"

#include <algorithm>
#include <utility>

#include "rules/case_facts.hpp"

namespace tutela::detail {
namespace {

bool is_plain(Type const& type)
{
  return type.is(Type::Kind::boolean) || type.is(Type::Kind::number) || type.is(Type::Kind::string) ||
         type.is(Type::Kind::date);
}

}  // namespace

std::optional<PlainSource> plain_source(Model const& model, NodeText const& text, Program const& program,
                                        NodeId expression)
{
  PlainSource source;
  Node const* at = &program.nodes[expression];
  for (; at->op == Op::path && at->folded < 0; at = &program.child(*at, 0))
    source.path.push_back(program.texts[at->index]);
  if (at->op != Op::slot || at->folded >= 0 || at->index >= text.requirements.size()) return std::nullopt;
  std::reverse(source.path.begin(), source.path.end());
  source.requirement = at->index;
  source.node = text.requirements[at->index];
  auto const& node = model.nodes[source.node];
  if (node.kind == GraphNode::Kind::decision)
    return source.path.empty() ? std::optional(std::move(source)) : std::nullopt;
  if (node.kind != GraphNode::Kind::input) return std::nullopt;
  source.is_fact = true;
  source.name = fact_name(node.name);
  source.type = node.texts.front().type.type;
  source.item = node.texts.front().type.item;
  FactNote const* note = &node.fact;
  for (auto const& step : source.path) {
    auto const* components = source.type.is(Type::Kind::list) ? nullptr : components_of(source.item.get());
    if (components == nullptr) return std::nullopt;
    auto const found =
        std::find_if(components->begin(), components->end(), [&](auto const& part) { return part->name == step; });
    if (found == components->end()) return std::nullopt;
    source.name += "." + fact_name((*found)->name);
    source.type = (*found)->type;
    source.item = *found;
    note = &(*found)->fact;
  }
  source.optional = note->present && note->declaration.optional;
  if (!is_plain(source.type) || components_of(source.item.get()) != nullptr) return std::nullopt;
  return source;
}

void add_declared(PlainSource const& source, std::vector<Value>& constants)
{
  if (source.type.is(Type::Kind::boolean)) constants.emplace_back(false);
  if (!source.item) return;
  constants.insert(constants.end(), source.item->allowed_values.begin(), source.item->allowed_values.end());
  for (auto const* end : {&source.item->allowed_range.low, &source.item->allowed_range.high})
    if (!end->is_none()) constants.push_back(*end);
}

}  // namespace tutela::detail
