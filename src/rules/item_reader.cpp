// SPDX-License-Identifier: Apache-2.0
/// \file
/// Item definitions: the types and constraints of a model.
#include "rules/model_reader.hpp"

#include <algorithm>
#include <utility>

#include "rules/constants.hpp"
#include "rules/law_note.hpp"

namespace tutela::detail {
namespace {

std::shared_ptr<ItemType const> read_item(ReadState& state, std::size_t document, XmlElement const& element);

std::shared_ptr<ItemType const> find_item(ReadState& state, std::size_t document, std::string const& name,
                                          Place const& place)
{
  auto& from = state.documents[document];
  if (auto const ready = from.items.find(name); ready != from.items.end()) return ready->second;
  auto const element = from.item_elements.find(name);
  if (element == from.item_elements.end()) return nullptr;
  if (from.items_in_progress[name]) {
    state.diagnostics.error(Code::cyclic_reference, place, "the type \"" + name + "\" contains itself",
                            "break the circle of item definitions");
    return nullptr;
  }
  from.items_in_progress[name] = true;
  auto item = read_item(state, document, *element->second);
  from.items_in_progress[name] = false;
  from.items.emplace(name, item);
  return item;
}

Type function_type(ReadState& state, std::size_t document, XmlElement const& element)
{
  std::vector<Type> parameters;
  for (auto const& child : element.children) {
    if (child.name != "parameters" && child.name != "parameter") continue;
    parameters.push_back(
        resolve_type(state, document, child.attribute("typeRef"), place_of(state.documents[document], child)).within());
  }
  auto const result =
      resolve_type(state, document, element.attribute("outputTypeRef"), place_of(state.documents[document], element));
  return Type::function(std::move(parameters), result.type);
}

/// What a constraint says in the form of a list of values or of one range, so that missing facts can be enumerated.
void read_domain(ItemType& item, std::string const& text, Limits const& limits)
{
  auto constant = [&](std::string const& source) -> std::optional<Value> {
    auto const parsed = parse_expression(source, {}, {}, Mode::legal, limits);
    if (!parsed || parsed->constant() == nullptr) return std::nullopt;
    return *parsed->constant();
  };
  std::string_view rest = text;
  for (std::string_view sign : {"<=", ">=", "<", ">"}) {
    if (rest.substr(0, sign.size()) != sign) continue;
    if (auto bound = constant(std::string(rest.substr(sign.size())))) {
      if (sign[0] == '<') item.allowed_range.high = std::move(*bound);
      if (sign[0] == '<') item.allowed_range.high_included = sign.size() == 2;
      if (sign[0] == '>') item.allowed_range.low = std::move(*bound);
      if (sign[0] == '>') item.allowed_range.low_included = sign.size() == 2;
    }
    return;
  }
  auto const value = constant("[" + text + "]");
  auto const* list = value ? value->as_list() : nullptr;
  if (list == nullptr) return;
  std::vector<Value> values;
  for (auto const& member : list->items) {
    if (auto const* range = member.as_range()) {
      if (list->items.size() == 1) item.allowed_range = *range;
      return;
    }
    if (!member.is_none()) values.push_back(member);
  }
  item.allowed_values = std::move(values);
}

std::optional<UnaryTests> read_constraint(ReadState& state, std::size_t document, XmlElement const& owner,
                                          std::string_view name, Type const& input, std::string* source)
{
  auto const* element = owner.child(name);
  if (element == nullptr) return std::nullopt;
  auto const* text_element = element->child("text");
  if (text_element == nullptr) return std::nullopt;
  auto const text = trimmed_text(*text_element);
  if (text.text.empty()) return std::nullopt;
  if (source != nullptr) *source = text.text;
  auto parsed = parse_unary_tests(text.text, state.documents[document].names, input,
                                  place_of(state.documents[document], text), state.mode, state.limits);
  state.diagnostics.append(parsed.diagnostics());
  if (!parsed) return std::nullopt;
  for (auto& constant : constants_of(text.text)) state.restriction_constants.push_back(std::move(constant));
  state.restrictions_read_today = state.restrictions_read_today || parsed->reads_today();
  return *std::move(parsed);
}

/// What a constraint says of a value. A value that it lists is allowed whatever its tests make of it.
Type::Admits admits(UnaryTests const& tests, std::vector<Value> listed)
{
  return [tests, listed = std::move(listed)](Value const& value, Evaluation& evaluation) {
    if (std::find(listed.begin(), listed.end(), value) != listed.end()) return Truth::yes;
    return truth_of(tests.test(value, {}, evaluation));
  };
}

/// The type with its constraints; `element` is what the reference or the components say, constraints included.
Type within(ItemType const& item, Type element)
{
  auto const allowed = item.allowed ? admits(*item.allowed, item.allowed_values) : Type::Admits();
  auto const constraint = item.constraint ? admits(*item.constraint, {}) : Type::Admits();
  if (!allowed && !constraint && !element.is_restricted()) return item.type;
  if (!item.collection) {
    element = Type::restricted(std::move(element), item.name, allowed);
    return constraint ? Type::restricted(std::move(element), item.name, constraint) : element;
  }
  if (allowed) element = Type::restricted(std::move(element), {}, allowed);
  return Type::restricted(Type::list(std::move(element)), item.name, constraint);
}

std::shared_ptr<ItemType const> read_item(ReadState& state, std::size_t document, XmlElement const& element)
{
  auto& from = state.documents[document];
  auto item = std::make_shared<ItemType>();
  if (auto const* name = element.attribute("name")) item->name = *name;
  item->fact = read_fact_note(element, from.file, state.diagnostics);
  Type type;
  Type restricted;
  std::vector<Type::Entry> entries;
  std::vector<Type::Entry> restricted_entries;
  for (auto const& child : element.children) {
    if (child.name == "itemComponent") {
      auto component = read_item(state, document, child);
      for (auto const& earlier : entries) {
        if (earlier.name == component->name)
          state.diagnostics.error(Code::duplicate_id, place_of(from, child),
                                  "the component \"" + component->name + "\" is there twice", "rename one of them");
      }
      entries.push_back({component->name, component->type});
      restricted_entries.push_back({component->name, component->within});
      item->components.push_back(std::move(component));
    } else if (child.name == "functionItem") {
      restricted = type = function_type(state, document, child);
    } else if (child.name == "typeRef") {
      auto const reference = trimmed_text(child).text;
      auto const declared = resolve_type(state, document, &reference, place_of(from, child));
      type = declared.type;
      restricted = declared.within();
      item->base = declared.item;
    }
  }
  if (!entries.empty()) {
    for (std::size_t i = 0; i + 1 < entries.size(); ++i) {
      for (std::size_t j = entries.size() - 1; j > i; --j)
        if (entries[j].name == entries[i].name) {
          entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(j));
          restricted_entries.erase(restricted_entries.begin() + static_cast<std::ptrdiff_t>(j));
        }
    }
    type = Type::context(std::move(entries));
    restricted = Type::context(std::move(restricted_entries));
    if (!type.has_parts()) {
      state.diagnostics.error(Code::limit_reached, place_of(from, element),
                              "the type \"" + item->name + "\" has more than " + std::to_string(Type::most_parts) +
                                  " parts, those of the types inside it counted each time they occur",
                              "leave out components that no rule reads");
      item->components.clear();
    }
  }
  auto const* collection = element.attribute("isCollection");
  item->collection = collection != nullptr && *collection == "true";
  item->allowed = read_constraint(state, document, element, "allowedValues", type, &item->allowed_text);
  if (!item->allowed_text.empty()) read_domain(*item, item->allowed_text, state.limits);
  item->type = item->collection ? Type::list(type) : type;
  std::string constraint_text;
  item->constraint = read_constraint(state, document, element, "typeConstraint", item->type, &constraint_text);
  if (!item->collection && item->allowed_values.empty() && !constraint_text.empty())
    read_domain(*item, constraint_text, state.limits);
  item->within = within(*item, std::move(restricted));
  if (item->base && !item->collection) {
    if (item->allowed_values.empty()) item->allowed_values = item->base->allowed_values;
    if (item->allowed_range.low.is_none() && item->allowed_range.high.is_none())
      item->allowed_range = item->base->allowed_range;
  }
  return item;
}

}  // namespace

Place place_of(ModelDocument const& document, XmlElement const& element, std::string pointer)
{
  return {document.file, element.line, element.column, std::move(pointer)};
}

Place place_of(ModelDocument const& document, PlacedText const& text, std::string pointer)
{
  return {document.file, text.line, text.column, std::move(pointer)};
}

void ReadState::broken(Code code, Place place, std::string what, std::string mend)
{
  if (mode == Mode::conformance) {
    diagnostics.warning(code, std::move(place), std::move(what), std::move(mend));
  } else {
    diagnostics.error(code, std::move(place), std::move(what), std::move(mend));
  }
}

namespace {

/// Reports a type that further models without a prefix define beside the one that is taken: a reference of DMN 1.1 may
/// have meant theirs.
void report_second_type(ReadState& state, std::size_t document, std::string const& name, Place const& place,
                        std::size_t taken)
{
  for (auto const& [import, target] : state.documents[document].imports) {
    if (!import.empty() || target == taken || state.documents[target].item_elements.count(name) == 0) continue;
    state.broken(Code::invalid_model, place, "the type \"" + name + "\" is defined by two models",
                 "give one of the imports a name");
    return;
  }
}

}  // namespace

namespace {

/// The component that a dotted name means: `tPerson.address.town`.
std::shared_ptr<ItemType const> find_component(ReadState& state, std::size_t document, std::string_view name,
                                               Place const& place)
{
  constexpr std::size_t longest_name = 1'024;
  if (name.size() > longest_name) return nullptr;
  for (auto dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.', dot + 1)) {
    auto item = find_item(state, document, std::string(name.substr(0, dot)), place);
    auto rest = name.substr(dot);
    while (item != nullptr && !rest.empty()) {
      auto const* owner = item.get();
      while (owner->components.empty() && owner->base != nullptr && !owner->collection) owner = owner->base.get();
      rest.remove_prefix(1);
      auto const part = rest.substr(0, rest.find('.'));
      rest.remove_prefix(part.size());
      auto const found = std::find_if(owner->components.begin(), owner->components.end(),
                                      [&](auto const& component) { return component->name == part; });
      item = owner->collection || found == owner->components.end() ? nullptr : *found;
    }
    if (item != nullptr) return item;
  }
  return nullptr;
}

/// The same in the document or, behind the name of an import, in another one.
std::shared_ptr<ItemType const> find_component_anywhere(ReadState& state, std::size_t document, std::string_view name,
                                                        Place const& place)
{
  if (auto item = find_component(state, document, name, place)) return item;
  for (auto const& [import, target] : state.documents[document].imports) {
    auto rest = name;
    if (!import.empty()) {
      if (name.size() <= import.size() || name.substr(0, import.size()) != import || name[import.size()] != '.')
        continue;
      rest.remove_prefix(import.size() + 1);
    }
    if (auto item = find_component(state, target, rest, place)) return item;
  }
  return nullptr;
}

}  // namespace

Declared resolve_type(ReadState& state, std::size_t document, std::string const* reference, Place const& place)
{
  Declared declared;
  if (reference == nullptr || reference->empty()) return declared;
  declared.stated = true;
  auto const& name = *reference;
  auto& from = state.documents[document];
  // A definition of the model wins over a built-in name, so that a model may define its own `tPerson` or `date`.
  if (auto item = find_item(state, document, name, place)) {
    report_second_type(state, document, name, place, document);
    declared.type = item->type;
    declared.item = std::move(item);
    return declared;
  }
  if (auto const type = named_type(name)) {
    declared.type = *type;
    return declared;
  }
  for (auto const& [import, target] : from.imports) {
    if (import.empty() || name.compare(0, import.size() + 1, import + ".") != 0) continue;
    if (auto item = find_item(state, target, name.substr(import.size() + 1), place)) {
      declared.type = item->type;
      declared.item = std::move(item);
      return declared;
    }
  }
  for (auto const& [import, target] : from.imports) {
    if (!import.empty()) continue;
    if (auto item = find_item(state, target, name, place)) {
      report_second_type(state, document, name, place, target);
      declared.type = item->type;
      declared.item = std::move(item);
      return declared;
    }
  }
  if (auto item = find_component_anywhere(state, document, name, place)) {
    declared.type = item->type;
    declared.item = std::move(item);
    return declared;
  }
  declared.stated = false;
  if (!from.items_in_progress[name]) {
    bool const inline_type = name.find('<') != std::string::npos;
    state.broken(Code::unknown_reference, place, "there is no type \"" + name + "\"",
                 inline_type ? "types are named, not written here: name an item definition (isCollection for a list, "
                               "functionItem for a function)"
                             : "define it as an item definition or use a type of FEEL");
  }
  return declared;
}

namespace {

void add_imported_type(Names& names, std::string const& import, std::string const& name, Type const& type)
{
  auto const known_as = import.empty() ? name : import + "." + name;
  names.add_type(known_as, type.is_restricted() ? Type::restricted(type, known_as, {}) : type);
}

}  // namespace

void read_items(ReadState& state)
{
  for (std::size_t i = 0; i < state.documents.size(); ++i) {
    auto& document = state.documents[i];
    for (auto const& child : document.root.children) {
      if (child.name != "itemDefinition" || child.space != document.root.space) continue;
      auto const* name = child.attribute("name");
      if (name == nullptr) continue;
      if (!document.item_elements.emplace(*name, &child).second) {
        state.diagnostics.error(Code::duplicate_id, place_of(document, child),
                                "the type \"" + *name + "\" is defined twice", "rename one of them");
      }
    }
  }
  for (std::size_t i = 0; i < state.documents.size(); ++i) {
    for (auto const& [name, element] : state.documents[i].item_elements)
      find_item(state, i, name, place_of(state.documents[i], *element));
  }
  for (auto& document : state.documents) {
    for (auto const& [name, item] : document.items)
      if (item) document.names.add_type(name, item->within);
    for (auto const& [import, target] : document.imports) {
      for (auto const& [name, item] : state.documents[target].items)
        if (item) add_imported_type(document.names, import, name, item->within);
    }
  }
}

}  // namespace tutela::detail
