// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a pack has written about its decisions, as proofs show it.
#include "rules/written.hpp"

#include <algorithm>
#include <utility>

#include "rules/pack_impl.hpp"
#include "rules/possibilities.hpp"

namespace tutela::detail {
namespace {

/// The name of a hit policy as DMN writes it.
std::string policy_name(DecisionTable const& table)
{
  switch (table.policy) {
    case HitPolicy::unique: return "UNIQUE";
    case HitPolicy::any: return "ANY";
    case HitPolicy::first: return "FIRST";
    case HitPolicy::priority: return "PRIORITY";
    case HitPolicy::rule_order: return "RULE ORDER";
    case HitPolicy::output_order: return "OUTPUT ORDER";
    case HitPolicy::collect: break;
  }
  switch (table.aggregation) {
    case Aggregation::sum: return "COLLECT SUM";
    case Aggregation::count: return "COLLECT COUNT";
    case Aggregation::minimum: return "COLLECT MIN";
    case Aggregation::maximum: return "COLLECT MAX";
    case Aggregation::none: break;
  }
  return "COLLECT";
}

/// The answer of a rule where it is written as a constant.
std::optional<Value> constant_output(DecisionTable const& table, DecisionTable::Rule const& rule)
{
  Context context;
  for (std::size_t i = 0; i < rule.outputs.size(); ++i) {
    auto const* constant = rule.outputs[i] ? rule.outputs[i]->constant() : nullptr;
    if (constant == nullptr) return std::nullopt;
    if (rule.outputs.size() == 1) return *constant;
    context.entries.emplace_back(table.outputs[i].name, *constant);
  }
  return Value(std::move(context));
}

/// Facts and decisions that some paths of a text's expressions lead to.
struct Sources {
  std::vector<std::string> facts;      ///< Sorted, without repetition.
  std::vector<std::string> decisions;  ///< Sorted, without repetition.
};

/// The declared facts that a fact lies in, is, or holds.
void add_declared(Schema const& schema, std::string const& fact, std::vector<std::string>& facts)
{
  auto const& all = schema.declarations();
  for (auto dot = fact.find('.'); dot != std::string::npos; dot = fact.find('.', dot + 1))
    if (schema.find(std::string_view(fact).substr(0, dot)) != nullptr) facts.push_back(fact.substr(0, dot));
  auto const by_name = [](FactDeclaration const& declaration, std::string const& name) {
    return declaration.name < name;
  };
  auto each = std::lower_bound(all.begin(), all.end(), fact, by_name);
  for (; each != all.end() && each->name.compare(0, fact.size(), fact) == 0; ++each)
    if (touches(fact, each->name)) facts.push_back(each->name);
}

/// Resolves dotted paths below the requirements of a text.
Sources sources_of(PackImpl const& pack, NodeText const& text, std::vector<std::string> const& paths)
{
  Sources sources;
  for (auto const& path : paths) {
    auto const name = fact_name(path);
    GraphNode const* read = nullptr;
    std::size_t length = 0;
    for (auto const required : text.requirements) {
      auto const& node = pack.model->nodes[required];
      auto const variable = fact_name(node.variable);
      bool const fits = name.compare(0, variable.size(), variable) == 0 &&
                        (name.size() == variable.size() || name[variable.size()] == '.');
      if (!fits || (read != nullptr && variable.size() < length)) continue;
      read = &node;
      length = variable.size();
    }
    if (read == nullptr) continue;
    if (read->kind != GraphNode::Kind::input) {
      sources.decisions.push_back(read->name);
      continue;
    }
    auto const fact = fact_name(read->name) + name.substr(length);
    add_declared(pack.schema, fact, sources.facts);
  }
  sort_unique(sources.facts);
  sort_unique(sources.decisions);
  return sources;
}

/// The tables inside a text, in the order in which they are written.
std::vector<DecisionTable const*> tables_of(Boxed const& body)
{
  std::vector<DecisionTable const*> tables;
  std::vector<Boxed const*> open{&body};
  while (!open.empty()) {
    auto const* boxed = open.back();
    open.pop_back();
    if (boxed->table) tables.push_back(boxed->table.get());
    for (auto child = boxed->children.rbegin(); child != boxed->children.rend(); ++child) open.push_back(&*child);
  }
  return tables;
}

WrittenTable written(PackImpl const& pack, NodeText const& text, DecisionTable const& table)
{
  WrittenTable made;
  made.table = &table;
  for (std::size_t number = 0; number < table.rules.size(); ++number) {
    auto const& rule = table.rules[number];
    auto const& note = rule.note;
    bool const dated = note.law.from || note.law.until;
    WrittenRule written{number + 1, note.label, dated ? note.law : text.note.law, note.citations, note.duties, {}};
    auto& columns = made.columns.emplace_back();
    for (std::size_t column = 0; column < rule.tests.size(); ++column) {
      auto const& test = rule.tests[column];
      if (test && test->passes_all()) continue;
      columns.push_back(column);
      written.conditions.push_back(
          condition_of(pack, text, table, column, rule.test_texts[column], test ? &*test : nullptr));
    }
    made.rules.push_back(std::move(written));
    made.constants.push_back(constant_output(table, rule));
  }
  WrittenRule fallback;
  fallback.law = text.note.law;
  made.rules.push_back(std::move(fallback));
  return made;
}

WrittenText written(PackImpl const& pack, GraphNode const& node, NodeText const& text)
{
  WrittenText made;
  made.step.decision = node.name;
  made.step.label = text.note.label.empty() ? Text(node.name) : text.note.label;
  made.step.law = text.note.law;
  made.step.citations = text.note.citations;
  made.step.separation = text.note.separation;
  for (auto const* table : tables_of(text.body)) made.tables.push_back(written(pack, text, *table));
  bool const is_decision = node.kind == GraphNode::Kind::decision;
  if (is_decision && text.body.table)
    made.step.policy = policy_name(*text.body.table);
  else
    made.step.expression = text.body.text;
  if (!is_decision) return made;
  auto sources = sources_of(pack, text, text.facts_read);
  made.step.facts = std::move(sources.facts);
  made.step.decisions = std::move(sources.decisions);
  for (auto const& fact : made.step.facts)
    made.facts.push_back(
        {static_cast<std::size_t>(pack.schema.find(fact) - pack.schema.declarations().data()), pack.model->leaf(fact)});
  return made;
}

}  // namespace

WrittenTable const& WrittenText::of(DecisionTable const& table) const
{
  return *std::find_if(tables.begin(), tables.end(), [&](WrittenTable const& each) { return each.table == &table; });
}

WrittenPack::WrittenPack(PackImpl const& pack) : model_(*pack.model)
{
  nodes_.reserve(model_.nodes.size());
  for (auto const& node : model_.nodes) {
    auto& texts = nodes_.emplace_back();
    if (node.kind == GraphNode::Kind::input) continue;
    for (auto const& text : node.texts) texts.push_back(written(pack, node, text));
    WrittenText none;
    none.step.decision = node.name;
    none.step.label = Text(node.name);
    texts.push_back(std::move(none));
  }
}

WrittenText const& WrittenPack::of(std::size_t node, NodeText const* text) const
{
  auto const& texts = nodes_[node];
  return text == nullptr ? texts.back() : texts[static_cast<std::size_t>(text - model_.nodes[node].texts.data())];
}

WrittenCondition condition_of(PackImpl const& pack, NodeText const& text, DecisionTable const& table,
                              std::size_t column, std::string test, UnaryTests const* compiled)
{
  auto const& input = table.inputs[column];
  std::vector<std::string> paths;
  if (input.expression) paths = input.expression->paths();
  if (compiled != nullptr) paths.insert(paths.end(), compiled->paths().begin(), compiled->paths().end());
  auto sources = sources_of(pack, text, paths);
  return {input.text, std::move(test), std::move(sources.facts), std::move(sources.decisions)};
}

}  // namespace tutela::detail
