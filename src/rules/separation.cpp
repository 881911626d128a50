// SPDX-License-Identifier: Apache-2.0
/// \file
/// On what no decision may rest that can separate a child from the family.
#include "rules/separation.hpp"

#include <algorithm>
#include <map>

#include <tutela/feel/expression.hpp>

namespace tutela::detail {
namespace {

template <class F>
std::vector<std::string> facts_of_kind(PackImpl const& pack, std::size_t decision, F const& wanted)
{
  std::vector<std::string> names;
  for (auto const& name : pack.decisions[decision].facts) {
    auto const* fact = pack.schema.find(name);
    if (fact != nullptr && wanted(*fact)) names.push_back(name);
  }
  return names;
}

/// Adds every value that a fact has inside a value, in all elements of the lists on the way.
void add_values(Value const& value, std::string const& name, std::string const& wanted, std::vector<Value>& values)
{
  if (auto const* list = value.as_list()) {
    for (auto const& item : list->items) add_values(item, name, wanted, values);
    return;
  }
  if (name == wanted) {
    values.push_back(value);
    return;
  }
  auto const* context = value.as_context();
  if (context == nullptr) return;
  for (auto const& [entry, part] : context->entries) {
    auto const inner = name + "." + fact_name(entry);
    if (inner == wanted || (wanted.compare(0, inner.size(), inner) == 0 && wanted[inner.size()] == '.'))
      add_values(part, inner, wanted, values);
  }
}

std::vector<Value> values_of(PackImpl const& pack, std::string const& name, CaseFacts& facts)
{
  std::vector<Value> values;
  for (std::size_t node = 0; node < pack.model->nodes.size(); ++node) {
    auto const& input = pack.model->nodes[node];
    if (input.kind != GraphNode::Kind::input || !touches(input.facts.name, name)) continue;
    if (input.facts.name.size() <= name.size()) add_values(facts.input(node), input.facts.name, name, values);
  }
  return values;
}

}  // namespace

std::vector<std::string> protected_facts(PackImpl const& pack, std::size_t decision)
{
  return facts_of_kind(pack, decision, [](FactDeclaration const& fact) { return fact.is_protected; });
}

std::vector<std::string> neglect_facts(PackImpl const& pack, std::size_t decision)
{
  return facts_of_kind(pack, decision, [](FactDeclaration const& fact) { return !fact.neglect.empty(); });
}

std::vector<std::string> help_facts(PackImpl const& pack)
{
  std::vector<std::string> names;
  for (auto const& fact : pack.schema.declarations())
    if (!fact.help_failed.empty()) names.push_back(fact.name);
  return names;
}

Truth passes(std::string const& tests, Value const& value, std::optional<Date> on)
{
  auto const parsed = parse_unary_tests(tests);
  if (!parsed || value.is(Kind::error)) return Truth::unknown;
  Evaluation evaluation;
  evaluation.on = on;
  return truth_of(parsed->test(value, {}, evaluation));
}

bool neglect_without_help(PackImpl const& pack, std::size_t decision, CaseFacts& facts)
{
  auto const some = [&](std::vector<std::string> const& names, std::string FactDeclaration::*tests) {
    return std::any_of(names.begin(), names.end(), [&](std::string const& name) {
      auto const values = values_of(pack, name, facts);
      return std::any_of(values.begin(), values.end(), [&](Value const& value) {
        return passes(pack.schema.find(name)->*tests, value, std::nullopt) == Truth::yes;
      });
    });
  };
  return some(neglect_facts(pack, decision), &FactDeclaration::neglect) &&
         !some(help_facts(pack), &FactDeclaration::help_failed);
}

std::vector<std::vector<std::size_t>> guarded_separations(PackImpl const& pack)
{
  std::map<std::size_t, std::size_t> guarded;  // decisions by their nodes
  for (std::size_t i = 0; i < pack.decisions.size(); ++i)
    if (pack.decisions[i].separation && (!protected_facts(pack, i).empty() || !neglect_facts(pack, i).empty()))
      guarded.emplace(pack.nodes[i], i);
  std::vector<std::vector<std::size_t>> below(pack.decisions.size());
  for (std::size_t i = 0; i < below.size() && !guarded.empty(); ++i)
    for (auto const node : pack.cones[i].nodes)
      if (auto const found = guarded.find(node); found != guarded.end()) below[i].push_back(found->second);
  return below;
}

}  // namespace tutela::detail
