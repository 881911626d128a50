// SPDX-License-Identifier: Apache-2.0
/// \file
/// From the facts of a case to the inputs of a model.
#include "rules/case_facts.hpp"

#include <algorithm>
#include <utility>

namespace tutela::detail {

Kind kind_of_type(Type const& type)
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

namespace {

FactDeclaration declaration_of(std::string const& name, Type const& type, ItemType const* item, FactNote const* note)
{
  FactDeclaration declaration;
  if (note != nullptr && note->present) declaration = note->declaration;
  declaration.name = name;
  declaration.type = kind_of_type(type);
  if (item != nullptr && !type.is(Type::Kind::list)) {
    declaration.allowed = item->allowed_values;
    declaration.range = item->allowed_range;
  }
  return declaration;
}

}  // namespace

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
  if (components == nullptr && list && !type.element().is(Type::Kind::list)) {
    auto element = declaration_of(name, type.element(), element_of(item).get(), nullptr);
    declarations.back().element_type = element.type;
    declarations.back().allowed_elements = std::move(element.allowed);
    declarations.back().element_range = std::move(element.range);
  }
  if (components == nullptr) return;
  auto const first = declarations.size();
  for (auto const& component : *components)
    declare_facts(name + "." + fact_name(component->name), component->type, component, &component->fact, declarations);
  // What protects a structure or a list protects all that it is made of.
  if (note == nullptr || !note->declaration.is_protected) return;
  for (auto i = first; i < declarations.size(); ++i) {
    if (declarations[i].is_protected) continue;
    declarations[i].is_protected = true;
    declarations[i].ground = note->declaration.ground;
    declarations[i].is_proxy = note->declaration.is_proxy;
  }
}

namespace {

/// The tree below a fact. It ends at lists: how many elements there are is known with the case only.
FactTree tree_of(std::string name, std::string entry, Type const& type, std::shared_ptr<ItemType const> const& item,
                 FactNote const* note)
{
  FactTree tree;
  tree.declaration = declaration_of(name, type, item.get(), nullptr);
  if (note != nullptr) tree.declaration.maximum_elements = note->declaration.maximum_elements;
  tree.optional = note != nullptr && note->present && note->declaration.optional;
  auto const* components = components_of(item.get());
  if (components != nullptr && !type.is(Type::Kind::list)) {
    for (auto const& component : *components)
      tree.parts.push_back(tree_of(name + "." + fact_name(component->name), component->name, component->type, component,
                                   &component->fact));
  }
  tree.name = std::move(name);
  tree.entry = std::move(entry);
  tree.type = type;
  tree.item = item;
  return tree;
}

/// What a fact may be by its declaration.
Domain domain_of(FactTree const& tree)
{
  Domain domain;
  if (tree.type.is(Type::Kind::list)) {
    // Allowed values are those of the elements; the list itself may hold any of them, in any number. Where one value is
    // asked for it is an error, but for a list of one.
    domain.approximate = true;
    return domain;
  }
  auto const* item = tree.item.get();
  bool const bounded = item != nullptr && (!item->allowed_range.low.is_none() || !item->allowed_range.high.is_none());
  bool const listed = item != nullptr && !item->allowed_values.empty();
  if (listed || tree.type.is(Type::Kind::boolean)) {
    domain.kind = Domain::Kind::set;
    if (listed)
      domain.values = item->allowed_values;
    else
      domain.values = {Value(false), Value(true)};
    if (tree.optional) domain.values.emplace_back();
  } else if (bounded && !tree.optional) {
    domain.kind = Domain::Kind::range;
    domain.range = item->allowed_range;
  }
  // A fact that may be none, or of any kind, without a list of its values: rules may then fail on it.
  if (domain.kind == Domain::Kind::any) domain.approximate = tree.optional || tree.type.is(Type::Kind::any);
  return domain;
}

/// The value of a domain that holds no other.
std::optional<Value> only_value(Domain const& domain)
{
  if (domain.kind == Domain::Kind::set && domain.values.size() == 1) return domain.values.front();
  if (domain.kind != Domain::Kind::range || domain.range.low.is_none()) return std::nullopt;
  auto const& range = domain.range;
  auto const *low = range.low.as_date(), *high = range.high.as_date();
  if (low != nullptr && high != nullptr) {
    auto const first = add_days(*low, range.low_included ? 0 : 1);
    return first && first == add_days(*high, range.high_included ? 0 : -1) ? std::optional<Value>(*first)
                                                                           : std::nullopt;
  }
  auto const *fewest = range.low.as_months_duration(), *most = range.high.as_months_duration();
  if (fewest != nullptr && most != nullptr && fewest->months < most->months) {
    // From one month to the next but one, ends left out, there is one in between.
    auto const between = most->months - fewest->months - (range.low_included ? 0 : 1) - (range.high_included ? 0 : 1);
    return between == 0 ? std::optional<Value>(MonthsDuration{fewest->months + (range.low_included ? 0 : 1)})
                        : std::nullopt;
  }
  return range.low_included && range.high_included && range.low == range.high ? std::optional(range.low) : std::nullopt;
}

}  // namespace

namespace {

/// Lists the facts without parts below a fact, and the names of those that have parts.
void list_leaves(Model& model, std::vector<FactTree*>& found, std::size_t input, FactTree& tree,
                 std::vector<std::string> const& entries)
{
  if (tree.parts.empty()) {
    found.push_back(&tree);
    model.leaves.push_back({&tree, &tree.name, input, entries});
    return;
  }
  model.structures.push_back(tree.name);
  for (auto& part : tree.parts) {
    auto inner = entries;
    inner.push_back(part.entry);
    list_leaves(model, found, input, part, inner);
  }
}

bool is_scalar(Value const& value)
{
  auto const kind = value.kind();
  return kind < Kind::list;
}

}  // namespace

void lay_out_facts(Model& model)
{
  std::vector<FactTree*> found;
  for (auto& node : model.nodes) {
    if (node.kind != GraphNode::Kind::input) continue;
    auto const& declared = node.texts.front().type;
    node.facts = tree_of(fact_name(node.name), node.variable, declared.type, declared.item, &node.fact);
    list_leaves(model, found, static_cast<std::size_t>(&node - model.nodes.data()), node.facts, {});
  }
  auto const by_name = [](auto const& lhs, auto const& rhs) { return *lhs.name < *rhs.name; };
  std::stable_sort(model.leaves.begin(), model.leaves.end(), by_name);
  std::stable_sort(found.begin(), found.end(), [](auto const* lhs, auto const* rhs) { return lhs->name < rhs->name; });
  for (std::size_t i = 0; i < found.size(); ++i) found[i]->leaf = i;
  std::sort(model.structures.begin(), model.structures.end());
}

std::optional<std::size_t> Model::leaf(std::string_view name) const noexcept
{
  auto const before = [](FactLeaf const& leaf, std::string_view wanted) { return *leaf.name < wanted; };
  auto const found = std::lower_bound(leaves.begin(), leaves.end(), name, before);
  if (found == leaves.end() || *found->name != name) return std::nullopt;
  bool const again = found + 1 != leaves.end() && *(found + 1)->name == name;
  return again ? std::nullopt : std::optional(static_cast<std::size_t>(found - leaves.begin()));
}

std::string owner_of(std::string const& name, std::vector<OpenFact> const& open)
{
  if (name.find('.') == std::string::npos) return name;
  for (auto const& fact : open) {
    bool const has_parts =
        fact.type.is(Type::Kind::context) || fact.type.is(Type::Kind::list) || fact.type.is(Type::Kind::any);
    if (!has_parts && name.size() > fact.name.size() && name[fact.name.size()] == '.' &&
        name.compare(0, fact.name.size(), fact.name) == 0)
      return fact.name;
  }
  return name;
}

std::string without_places(std::string const& name)
{
  std::string plain;
  bool inside = false;
  for (char const c : name) {
    if (c == '[') inside = true;
    if (!inside) plain += c;
    if (c == ']') inside = false;
  }
  return plain;
}

Fact const* CaseFacts::fact(std::string const& name) const
{
  if (hides(name)) return nullptr;
  auto const* found = record_.find(name, on_, known_on_);
  if (found == nullptr) return nullptr;
  auto open = record_.disputed(name, on_, known_on_);
  if (!open) return found;
  // Of a structure or a list each source may leave out parts, which are missing facts: nothing of it counts as known.
  auto const& values = open->as_unknown()->domain.values;
  if (!std::all_of(values.begin(), values.end(), is_scalar)) return nullptr;
  return &(disputed_[name] = Fact{name, *std::move(open), found->source});
}

bool CaseFacts::hides(std::string const& name) const
{
  if (hidden_.empty()) return false;
  auto const plain = without_places(name);
  return std::any_of(hidden_.begin(), hidden_.end(), [&](auto const& each) { return each == name || each == plain; });
}

void CaseFacts::move_to(Date on)
{
  if (!always_) {
    auto const& facts = record_.facts();
    always_ = std::none_of(facts.begin(), facts.end(),
                           [](Fact const& fact) { return fact.source.valid.from || fact.source.valid.until; });
  }
  on_ = on;
  if (*always_) return;
  known_.clear();
  inputs_.clear();
  open_.clear();
}

/// True for the only version of a fact when it is the one that `fact` finds.
bool CaseFacts::counts(Fact const& only) const
{
  if (on_ && !only.source.valid.contains(*on_)) return false;
  if (known_on_ && only.source.recorded && *known_on_ < *only.source.recorded) return false;
  return !hides(only.name);
}

/// Walks the facts of the record in the order of their names, and those of the model beside them.
void CaseFacts::find_known()
{
  known_.assign(model_.leaves.size(), {});
  auto leaf = model_.leaves.begin();
  auto structure = model_.structures.begin();
  std::string const* before = nullptr;
  auto const& facts = record_.facts();
  for (auto const& each : facts) {
    if (before != nullptr && each.name == *before) continue;  // another version of it
    before = &each.name;
    structure = std::lower_bound(structure, model_.structures.end(), each.name);
    leaf = std::lower_bound(leaf, model_.leaves.end(), each.name,
                            [](FactLeaf const& one, std::string const& name) { return *one.name < name; });
    if (structure != model_.structures.end() && *structure == each.name && fact(each.name) != nullptr) {
      known_.assign(known_.size(), {});  // a structure as one fact: its parts are not facts by themselves
      return;
    }
    for (; leaf != model_.leaves.end() && *leaf->name == each.name; ++leaf) {
      bool const alone = &each == &facts.back() || (&each + 1)->name != each.name;
      auto const* given = alone && counts(each) ? &each : alone ? nullptr : fact(each.name);
      if (given != nullptr) known_[static_cast<std::size_t>(leaf - model_.leaves.begin())].fact = given;
    }
  }
}

Fact const* CaseFacts::known_fact(std::size_t leaf)
{
  if (known_.size() != model_.leaves.size()) find_known();
  auto& known = known_[leaf];
  if (known.fact != nullptr && !known.checked) {
    known.checked = true;
    auto const& value = known.fact->value;
    bool const usable = is_scalar(value) && (value.is_none() || !check(model_.leaves[leaf].tree->declaration, value));
    if (!usable) known.fact = nullptr;
  }
  return known.fact;
}

Value const* CaseFacts::known(std::size_t leaf)
{
  auto const* fact = known_fact(leaf);
  return fact == nullptr ? nullptr : &fact->value;
}

Value const* CaseFacts::known(std::size_t leaf, std::map<std::string, Value> const& replaced)
{
  auto const found = replaced.find(model_.leaves[leaf].tree->name);
  if (found == replaced.end()) return known(leaf);
  return is_scalar(found->second) ? &found->second : nullptr;
}

Value CaseFacts::input(std::size_t node)
{
  auto const& tree = model_.nodes[node].facts;
  auto const* plain = tree.leaf ? known(*tree.leaf) : nullptr;
  if (plain != nullptr) return *plain;
  if (auto const ready = inputs_.find(node); ready != inputs_.end()) return ready->second;
  node_ = node;
  auto const noted = open_.size();
  auto value = build(tree);
  place_in_order(noted);
  inputs_.emplace(node, value);
  return value;
}

/// Puts what was noted last where the model has it: what is found out first must not rest on what else was asked.
void CaseFacts::place_in_order(std::size_t first)
{
  auto const fresh = open_.begin() + static_cast<std::ptrdiff_t>(first);
  auto const later = std::find_if(open_.begin(), fresh, [&](OpenFact const& fact) { return fact.node > node_; });
  std::rotate(later, fresh, open_.end());
}

Value CaseFacts::input(std::size_t node, std::map<std::string, Value> const& replaced)
{
  auto const& tree = model_.nodes[node].facts;
  auto const first = replaced.lower_bound(tree.name);
  if (first == replaced.end() || first->first.compare(0, tree.name.size(), tree.name) != 0) return this->input(node);
  node_ = node;
  replaced_ = &replaced;
  collect_ = false;
  auto value = build(tree);
  collect_ = true;
  replaced_ = nullptr;
  return value;
}

void CaseFacts::note_open(FactTree const& tree, bool uncertain, Value const& value)
{
  if (!collect_) return;
  auto const place = open_.size();
  open_.push_back({tree.name, node_, tree.type, tree.item, tree.optional, uncertain, value});
  if (!tree.type.is(Type::Kind::list)) return;
  auto const* list = value.as_list();
  auto further = further_elements(tree, list == nullptr ? 0 : list->items.size(), uncertain);
  open_[place].further = std::move(further);
}

Value CaseFacts::missing(FactTree const& tree)
{
  if (others_none_ && !hides(tree.name)) return Value();
  auto domain = domain_of(tree);
  if (auto only = only_value(domain)) return *only;
  Value value(Unknown{{tree.name}, {}, std::move(domain)});
  note_open(tree, false, value);
  return value;
}

namespace {

/// The one fact that a value waits for, or that cannot be known; nothing when there are several or none.
std::string const* only_fact(Value const& value)
{
  auto const only = [](std::vector<std::string> const& names) { return names.size() == 1 ? &names.front() : nullptr; };
  if (auto const* uncertain = value.as_uncertain()) return only(uncertain->facts);
  auto const* unknown = value.as_unknown();
  if (unknown == nullptr || unknown->facts.size() + unknown->uncertain.size() != 1) return nullptr;
  return only(unknown->facts.empty() ? unknown->uncertain : unknown->facts);
}

}  // namespace

/// A value put in the place of a fact, with what is put in the place of the facts inside it.
Value CaseFacts::replaced(Value const& value) const
{
  if (auto const* name = only_fact(value)) {
    auto const found = replaced_->find(*name);
    return found == replaced_->end() ? value : found->second;
  }
  if (auto const* list = value.as_list()) {
    List inner = *list;
    for (auto& item : inner.items) item = replaced(item);
    return Value(std::move(inner));
  }
  if (auto const* context = value.as_context()) {
    Context inner = *context;
    for (auto& [name, entry] : inner.entries) entry = replaced(entry);
    return Value(std::move(inner));
  }
  return value;
}

/// The elements that a list may have beyond those that are known; none where their number is not bounded.
std::vector<Value> CaseFacts::further_elements(FactTree const& tree, std::size_t known, bool uncertain)
{
  constexpr std::size_t most = 16;  // longer lists have too many completions to be told apart
  // Without a declared maximum there is no last completion, and nothing to tell apart.
  auto const maximum = tree.declaration.maximum_elements.value_or(0);
  std::vector<Value> further;
  if (maximum < known || maximum - known > most) return further;
  auto const element = element_of(tree.item);
  for (auto i = known; i < maximum; ++i) {
    auto const part = tree_of(tree.name + "[" + std::to_string(i + 1) + "]", {}, tree.type.element(), element, nullptr);
    further.push_back(uncertain ? build_uncertain(part) : build(part));
  }
  return further;
}

/// The element of a list that cannot be known: none of its parts can.
Value CaseFacts::build_uncertain(FactTree const& tree)
{
  if (tree.parts.empty()) return complete(Value(Uncertain{}), tree);
  Context context;
  for (auto const& part : tree.parts) context.entries.emplace_back(part.entry, build_uncertain(part));
  return Value(std::move(context));
}

Value CaseFacts::build(FactTree const& tree)
{
  if (replaced_ != nullptr) {
    if (auto const found = replaced_->find(tree.name); found != replaced_->end()) return replaced(found->second);
  }
  if (auto const* given = fact(tree.name)) return complete(given->value, tree);
  return build_parts(tree);
}

/// A fact of which nothing is recorded as a whole.
Value CaseFacts::build_parts(FactTree const& tree)
{
  if (tree.parts.empty()) return missing(tree);
  Context context;
  context.entries.reserve(tree.parts.size());
  for (auto const& part : tree.parts) context.entries.emplace_back(part.entry, build(part));
  return Value(std::move(context));
}

Value CaseFacts::complete(Value const& value, FactTree const& tree)
{
  if (replaced_ != nullptr) {
    if (auto const found = replaced_->find(tree.name); found != replaced_->end()) return replaced(found->second);
  }
  if (hides(tree.name)) return tree.parts.empty() ? missing(tree) : build(tree);
  if (auto const* unknown = value.as_unknown()) {
    if (unknown->domain.kind == Domain::Kind::any && unknown->uncertain.empty()) return build_parts(tree);
    if (auto only = only_value(unknown->domain)) return complete(*only, tree);
    if (others_none_) return Value();
    auto narrowed = *unknown;
    narrowed.facts = {tree.name};
    Value own(std::move(narrowed));
    note_open(tree, false, own);
    return own;
  }
  if (value.is(Kind::uncertain)) {
    if (others_none_) return Value();
    // What cannot be known is still one of the values that it may have.
    auto domain = domain_of(tree);
    if (auto only = only_value(domain)) return *only;
    bool const bounded = domain.kind != Domain::Kind::any || domain.approximate;
    Value own = bounded ? Value(Unknown{{}, {tree.name}, std::move(domain)}) : Value(Uncertain{{tree.name}});
    note_open(tree, true, own);
    return own;
  }
  if (auto const* list = value.as_list()) return complete_list(*list, tree);
  if (auto const* context = value.as_context(); context != nullptr && components_of(tree.item.get()) != nullptr) {
    // One structure where a list of them is declared stands for the list of it.
    if (!tree.type.is(Type::Kind::list)) return complete_context(*context, tree);
    return complete_context(*context,
                            tree_of(tree.name, tree.entry, tree.type.element(), element_of(tree.item), nullptr));
  }
  // There is none: fine where the schema allows it, and otherwise still what was said.
  if (value.is_none()) return value;
  if (auto const wrong = check(tree.declaration, value))
    return Value(Fault{"the fact " + tree.name + ": " + wrong->what, tree.name});
  return value;
}

namespace {

/// What an element of a list may be of which nothing is recorded. \param list Name of the list: it must be asked for.
Value further_element(FactTree const& tree, std::string const& list)
{
  if (tree.parts.empty()) {
    auto domain = domain_of(tree);
    if (auto only = only_value(domain)) return *only;
    // of a list inside it nothing is said, not even what its elements may lack
    if (tree.type.is(Type::Kind::list)) domain.approximate = true;
    return Value(Unknown{{list}, {}, std::move(domain)});
  }
  Context context;
  context.entries.reserve(tree.parts.size());
  for (auto const& part : tree.parts) context.entries.emplace_back(part.entry, further_element(part, list));
  return Value(std::move(context));
}

}  // namespace

Value CaseFacts::complete_list(List const& list, FactTree const& tree)
{
  auto const element = element_of(tree.item);
  auto const* components = components_of(element.get());
  std::optional<FactDeclaration> plain;  // of elements that have no parts
  if (components == nullptr && !tree.type.element().is(Type::Kind::list))
    plain = tree_of(tree.name, {}, tree.type.element(), element, nullptr).declaration;
  List completed = list;
  if (!completed.complete && completed.facts.empty()) completed.facts = {tree.name};
  for (std::size_t i = 0; i < completed.items.size(); ++i) {
    auto& member = completed.items[i];
    bool const as_it_is = plain && (member.is_none() || (member.state() == State::known && !check(*plain, member)));
    if (as_it_is) continue;
    auto const name = tree.name + "[" + std::to_string(i + 1) + "]";
    member = complete(Value(member), tree_of(name, {}, tree.type.element(), element, nullptr));
  }
  // A list that has as many elements as it may have is closed.
  auto const maximum = tree.declaration.maximum_elements;
  completed.complete = completed.complete || others_none_ || (maximum && completed.items.size() >= *maximum);
  if (completed.complete) completed.facts.clear();
  bool const open = !completed.complete && completed.facts == std::vector<std::string>{tree.name};
  if (open)
    completed.further = std::make_shared<Value const>(
        further_element(tree_of(tree.name, {}, tree.type.element(), element, nullptr), tree.name));
  Value value(std::move(completed));
  if (open) note_open(tree, false, value);
  return value;
}

/// A context given as a whole may lack components; each is then a missing fact of its own.
Value CaseFacts::complete_context(Context const& context, FactTree const& tree)
{
  Context completed;
  for (auto const& part : tree.parts) {
    auto const* entry = context.find(part.entry);
    if (entry == nullptr) entry = context.find(fact_name(part.entry));
    completed.entries.emplace_back(part.entry, entry != nullptr ? complete(*entry, part) : build(part));
  }
  return Value(std::move(completed));
}

}  // namespace tutela::detail
