// SPDX-License-Identifier: Apache-2.0
/// \file
/// From the facts of a case to the inputs of a model.
#include "rules/case_facts.hpp"

#include <algorithm>
#include <utility>

namespace tutela::detail {
namespace {

Kind kind_of(Type const& type)
{
  switch (type.kind()) {
    case Type::Kind::boolean: return Kind::boolean;
    case Type::Kind::number: return Kind::number;
    case Type::Kind::string: return Kind::string;
    case Type::Kind::date: return Kind::date;
    case Type::Kind::time: return Kind::time;
    case Type::Kind::date_time: return Kind::date_time;
    case Type::Kind::days_duration: return Kind::days_duration;
    case Type::Kind::months_duration: return Kind::months_duration;
    case Type::Kind::list: return Kind::list;
    case Type::Kind::context: return Kind::context;
    case Type::Kind::range: return Kind::range;
    case Type::Kind::function: return Kind::function;
    case Type::Kind::any:
    case Type::Kind::null: break;
  }
  return Kind::none;
}

FactDeclaration declaration_of(std::string const& name, Type const& type, ItemType const* item, FactNote const* note)
{
  FactDeclaration declaration;
  if (note != nullptr && note->present) declaration = note->declaration;
  declaration.name = name;
  declaration.type = kind_of(type);
  if (item != nullptr && !type.is(Type::Kind::list)) {
    declaration.allowed = item->allowed_values;
    declaration.range = item->allowed_range;
  }
  return declaration;
}

/// The type of the elements of a collection, with the constraints that hold for each.
std::shared_ptr<ItemType const> element_of(std::shared_ptr<ItemType const> const& item)
{
  if (!item) return nullptr;
  if (!item->collection) return item->base ? element_of(item->base) : nullptr;
  if (!item->components.empty() || !item->base) {
    auto element = std::make_shared<ItemType>(*item);
    element->collection = false;
    element->type = item->type.element();
    return element;
  }
  return item->base;
}

}  // namespace

std::vector<std::shared_ptr<ItemType const>> const* components_of(ItemType const* item)
{
  while (item != nullptr) {
    if (!item->components.empty()) return &item->components;
    item = item->base.get();
  }
  return nullptr;
}

void declare_facts(std::string const& name, Type const& type, std::shared_ptr<ItemType const> const& item,
                   FactNote const* note, std::vector<FactDeclaration>& declarations)
{
  auto const* components = components_of(item.get());
  bool const list = type.is(Type::Kind::list);
  if (components == nullptr || list) declarations.push_back(declaration_of(name, type, item.get(), note));
  if (components == nullptr) return;
  for (auto const& component : *components)
    declare_facts(name + "." + fact_name(component->name), component->type, component, &component->fact, declarations);
}

Value CaseFacts::input(std::size_t node)
{
  if (auto const ready = inputs_.find(node); ready != inputs_.end()) return ready->second;
  auto const& input = model_.nodes[node];
  node_ = node;
  auto const& declared = input.texts.front().type;
  auto value = build(fact_name(input.name), declared.type, declared.item, &input.fact);
  inputs_.emplace(node, value);
  return value;
}

Value CaseFacts::input(std::size_t node, std::map<std::string, Value> const& replaced)
{
  auto const& input = model_.nodes[node];
  auto const name = fact_name(input.name);
  auto const first = replaced.lower_bound(name);
  if (first == replaced.end() || first->first.compare(0, name.size(), name) != 0) return this->input(node);
  node_ = node;
  replaced_ = &replaced;
  collect_ = false;
  auto const& declared = input.texts.front().type;
  auto value = build(name, declared.type, declared.item, &input.fact);
  collect_ = true;
  replaced_ = nullptr;
  return value;
}

Value CaseFacts::missing(std::string const& name, Type const& type, std::shared_ptr<ItemType const> const& item,
                         FactNote const* note)
{
  bool const optional = note != nullptr && note->present && note->declaration.optional;
  Domain domain;
  bool const bounded = item && (!item->allowed_range.low.is_none() || !item->allowed_range.high.is_none());
  bool const listed = item && !item->allowed_values.empty();
  if (listed || type.is(Type::Kind::boolean)) {
    domain.kind = Domain::Kind::set;
    if (listed)
      domain.values = item->allowed_values;
    else
      domain.values = {Value(false), Value(true)};
    if (optional) domain.values.emplace_back();
  } else if (bounded && !optional) {
    domain.kind = Domain::Kind::range;
    domain.range = item->allowed_range;
  }
  Value value(Unknown{{name}, {}, std::move(domain)});
  if (collect_) open_.push_back({name, node_, type, item, optional, false, value});
  return value;
}

Value CaseFacts::build(std::string const& name, Type const& type, std::shared_ptr<ItemType const> const& item,
                       FactNote const* note)
{
  if (replaced_ != nullptr) {
    if (auto const found = replaced_->find(name); found != replaced_->end()) return found->second;
  }
  bool const hidden = std::find(hidden_.begin(), hidden_.end(), name) != hidden_.end();
  auto const* fact = hidden ? nullptr : record_.find(name, on_, known_on_);
  if (fact != nullptr) return complete(fact->value, name, type, item, note);
  auto const* components = components_of(item.get());
  if (components == nullptr || type.is(Type::Kind::list)) return missing(name, type, item, note);
  Context context;
  for (auto const& component : *components) {
    context.entries.emplace_back(
        component->name, build(name + "." + fact_name(component->name), component->type, component, &component->fact));
  }
  return Value(std::move(context));
}

Value CaseFacts::complete(Value value, std::string const& name, Type const& type,
                          std::shared_ptr<ItemType const> const& item, FactNote const* note)
{
  if (replaced_ != nullptr) {
    if (auto const found = replaced_->find(name); found != replaced_->end()) return found->second;
  }
  bool const optional = note != nullptr && note->present && note->declaration.optional;
  if (auto const* unknown = value.as_unknown()) {
    auto narrowed = *unknown;
    narrowed.facts = {name};
    if (narrowed.domain.kind == Domain::Kind::any && narrowed.uncertain.empty()) return missing(name, type, item, note);
    value = Value(std::move(narrowed));
    if (collect_) open_.push_back({name, node_, type, item, optional, false, value});
    return value;
  }
  if (value.is(Kind::uncertain)) {
    value = Value(Uncertain{{name}});
    if (collect_) open_.push_back({name, node_, type, item, optional, true, value});
    return value;
  }
  if (auto const* list = value.as_list()) {
    auto const element = element_of(item);
    auto const* components = components_of(element.get());
    List completed = *list;
    if (!completed.complete && completed.facts.empty()) completed.facts = {name};
    for (std::size_t i = 0; i < completed.items.size(); ++i) {
      auto& member = completed.items[i];
      auto const part = name + "[" + std::to_string(i + 1) + "]";
      if (components != nullptr || member.is(Kind::unknown) || member.is(Kind::uncertain))
        member = complete(member, part, type.element(), element, nullptr);
    }
    return Value(std::move(completed));
  }
  auto const* context = value.as_context();
  auto const* components = components_of(item.get());
  if (context != nullptr && components != nullptr) {
    // A context given as a whole may lack components; each is then a missing fact of its own.
    Context completed;
    for (auto const& component : *components) {
      auto const part = name + "." + fact_name(component->name);
      auto const* entry = context->find(component->name);
      if (entry == nullptr) entry = context->find(fact_name(component->name));
      if (entry != nullptr) {
        completed.entries.emplace_back(component->name,
                                       complete(*entry, part, component->type, component, &component->fact));
      } else {
        completed.entries.emplace_back(component->name, build(part, component->type, component, &component->fact));
      }
    }
    return Value(std::move(completed));
  }
  if (value.is_none()) {
    // There is none: fine where the schema allows it, and otherwise still what was said.
    return value;
  }
  auto declaration = declaration_of(name, type, item.get(), nullptr);
  if (note != nullptr) declaration.maximum_elements = note->declaration.maximum_elements;
  if (auto const wrong = check(declaration, value)) return Value(Fault{"the fact " + name + ": " + wrong->what, name});
  return value;
}

}  // namespace tutela::detail
