// SPDX-License-Identifier: Apache-2.0
/// \file
/// Invocations whose callee is known before anything is evaluated.
///
/// Knowledge models are function values, because expressions may pass them on. Most are only called by name from a
/// boxed invocation with one argument for each parameter; such a call runs the body at once, and no function value is
/// made for it.
#include <algorithm>

#include <tutela/feel/type.hpp>

#include "feel/program.hpp"
#include "rules/model.hpp"

namespace tutela::detail {
namespace {

/// Calls `visit` with a boxed expression and everything inside it. Depth is bounded by `Limits::nesting` of the file.
template <class Visit>
void for_each_boxed(Boxed& boxed, Visit const& visit)
{
  visit(boxed);
  for (auto& child : boxed.children) for_each_boxed(child, visit);
}

/// The requirement that an expression is, when it is a name and nothing else.
std::optional<std::size_t> requirement_named(Expression const& expression, NodeText const& text)
{
  auto const& root = expression.program().nodes[expression.program().root];
  if (root.op != Op::slot || root.index >= text.requirements.size()) return std::nullopt;
  return text.requirements[root.index];
}

void link(Model const& model, NodeText const& text, Boxed& boxed)
{
  if (boxed.kind != Boxed::Kind::invocation || !boxed.expression) return;
  auto const callee = requirement_named(*boxed.expression, text);
  if (!callee || model.nodes[*callee].kind != GraphNode::Kind::knowledge) return;
  auto const& called = model.nodes[*callee].texts.front();
  if (called.is_function || boxed.names.size() != called.parameters.size()) return;
  std::vector<std::size_t> places;
  for (auto const& name : boxed.names) {
    auto const found = std::find(called.parameters.begin(), called.parameters.end(), name);
    auto const place = static_cast<std::size_t>(found - called.parameters.begin());
    if (found == called.parameters.end() || std::find(places.begin(), places.end(), place) != places.end()) return;
    places.push_back(place);
  }
  boxed.callee = callee;
  boxed.places = std::move(places);
}

/// Marks the requirements whose values the text reads.
void find_needed(NodeText& text)
{
  text.needed.assign(text.requirements.size(), false);
  auto read = [&text](auto const& compiled) {
    if (!compiled) return;
    for (auto const slot : compiled->reads())
      if (slot < text.needed.size()) text.needed[slot] = true;
  };
  for_each_boxed(text.body, [&read](Boxed const& boxed) {
    // The names in a delegated expression are its children, which are looked at by themselves.
    if (!boxed.callee && boxed.kind != Boxed::Kind::delegated) read(boxed.expression);
    if (boxed.table == nullptr) return;
    for (auto const& input : boxed.table->inputs) {
      read(input.expression);
      read(input.allowed);
    }
    for (auto const& output : boxed.table->outputs) read(output.fallback);
    for (auto const& rule : boxed.table->rules) {
      for (auto const& test : rule.tests) read(test);
      for (auto const& output : rule.outputs) read(output);
    }
  });
}

/// Inputs are taken when they are read, and a knowledge model that is only called by name needs no value.
void find_what_it_rests_on(Model const& model, std::size_t node, NodeText& text)
{
  for (std::size_t i = 0; i < text.requirements.size(); ++i) {
    auto const required = text.requirements[i];
    auto const kind = model.nodes[required].kind;
    bool const only_called = kind == GraphNode::Kind::knowledge && !text.needed[i];
    if (required != node && kind != GraphNode::Kind::input && !only_called) text.rests_on.push_back(required);
  }
}

}  // namespace

Declared result_of_function(Declared const& declared)
{
  if (!declared.stated || !declared.type.is(Type::Kind::function)) return declared;
  return {declared.type.result(), nullptr, true};
}

void link_calls(Model& model)
{
  for (auto& node : model.nodes) {
    for (auto& text : node.texts) {
      // Some models declare the function as the type of its variable, others what it gives.
      text.result = result_of_function(text.type);
      for_each_boxed(text.body, [&](Boxed& boxed) { link(model, text, boxed); });
      find_needed(text);
    }
  }
  // A body that reads a requirement itself gets it from its function value, so it is called through that.
  auto const reads_requirement = [&model](std::size_t callee) {
    auto const& needed = model.nodes[callee].texts.front().needed;
    return std::find(needed.begin(), needed.end(), true) != needed.end();
  };
  bool changed = true;
  while (changed) {
    changed = false;
    for (auto& node : model.nodes) {
      for (auto& text : node.texts) {
        bool dropped = false;
        for_each_boxed(text.body, [&](Boxed& boxed) {
          if (!boxed.callee || !reads_requirement(*boxed.callee)) return;
          boxed.callee.reset();
          dropped = true;
        });
        if (dropped) find_needed(text);
        changed = changed || dropped;
      }
    }
  }
  for (std::size_t node = 0; node < model.nodes.size(); ++node)
    for (auto& text : model.nodes[node].texts) find_what_it_rests_on(model, node, text);
}

}  // namespace tutela::detail
