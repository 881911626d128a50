// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading what the missing facts can make of an input.
#include "rules/open_form.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "feel/builtins.hpp"
#include "feel/function_value.hpp"
#include "feel/program.hpp"
#include "rules/element_form.hpp"
#include "rules/pack_impl.hpp"
#include "rules/plan_source.hpp"
#include "rules/possibilities.hpp"

namespace tutela::detail {
namespace {

/// Decisions and operations one inside the other.
constexpr std::size_t deepest = 100;

/// The elements that a condition is about.
struct Elements {
  std::vector<std::shared_ptr<ItemType const>> const* components = nullptr;  ///< Nothing where they have none.
  Type type;
  std::shared_ptr<ItemType const> item;  ///< Of an element.
  std::uint32_t place = 0;               ///< In the frame.
};

/// A fact, or a component of an element.
struct Read {
  std::string name;
  Type type;
  std::shared_ptr<ItemType const> item;
  bool optional = false;

  [[nodiscard]] bool is_listed() const { return item != nullptr && !item->allowed_values.empty(); }
  [[nodiscard]] bool is_bounded() const
  {
    return item != nullptr && (!item->allowed_range.low.is_none() || !item->allowed_range.high.is_none());
  }
  /// True where a bound is no value itself, so that sums do not reach theirs.
  [[nodiscard]] bool has_open_end() const
  {
    if (!is_bounded()) return false;
    auto const& range = item->allowed_range;
    return (!range.low.is_none() && !range.low_included) || (!range.high.is_none() && !range.high_included);
  }
  /// True where a constraint may be more than a list or bounds.
  [[nodiscard]] bool is_constrained() const
  {
    if (item == nullptr) return false;
    bool const told = is_listed() || is_bounded();
    return (item->allowed && !told) || item->constraint.has_value() ||
           (item->base != nullptr && Read{name, type, item->base, optional}.is_restricted());
  }
  [[nodiscard]] bool is_restricted() const { return is_listed() || is_bounded() || is_constrained(); }
};

/// Follows an expression down to what it reads, and notes each.
class FormReader {
 public:
  FormReader(Model const& model, Elements const* elements) : model_(model), elements_(elements) {}

  /// A sum of numbers, each with a factor that is not zero.
  bool number(NodeText const& text, Program const& tree, NodeId id)
  {
    return within([&] { return read_number(text, tree, id); });
  }

  /// A condition that some values make true and others false.
  bool truth(NodeText const& text, Program const& tree, NodeId id)
  {
    return within([&] { return read_truth(text, tree, id); });
  }

  /// What was read; nothing where something was read twice.
  std::optional<std::vector<std::string>> facts() &&
  {
    auto const before = facts_.size();
    sort_unique(facts_);
    return facts_.size() == before ? std::optional(std::move(facts_)) : std::nullopt;
  }

  std::vector<std::string> bounded() &&
  {
    sort_unique(bounded_);
    return std::move(bounded_);
  }

 private:
  template <class F>
  bool within(F const& read)
  {
    if (depth_ == deepest) return false;
    ++depth_;
    bool const found = read();
    --depth_;
    return found;
  }

  static Value const* constant(Program const& tree, NodeId id)
  {
    auto const& node = tree.nodes[id];
    if (node.folded >= 0) return &tree.constants[static_cast<std::size_t>(node.folded)];
    return node.op == Op::constant ? &tree.constants[node.index] : nullptr;
  }

  static bool is_factor(Program const& tree, NodeId id)
  {
    auto const* value = constant(tree, id);
    auto const* number = value == nullptr ? nullptr : value->as_number();
    return number != nullptr && !number->is_zero();
  }

  bool read_number(NodeText const& text, Program const& tree, NodeId id)
  {
    if (auto const* value = constant(tree, id)) return value->is(Kind::number);
    auto const& node = tree.nodes[id];
    auto const at = [&](std::uint32_t which) { return tree.children[node.first + which]; };
    switch (node.op) {
      case Op::negate: return number(text, tree, at(0));
      case Op::add:
      case Op::subtract: return number(text, tree, at(0)) && number(text, tree, at(1));
      case Op::multiply:
        return (is_factor(tree, at(0)) && number(text, tree, at(1))) ||
               (is_factor(tree, at(1)) && number(text, tree, at(0)));
      case Op::divide: return is_factor(tree, at(1)) && number(text, tree, at(0));
      default: break;
    }
    if (auto const below = decision(text, tree, id)) {
      auto const& inner = below->body.expression->program();
      return fits(*below, Type::Kind::number) && number(*below, inner, inner.root);
    }
    auto const fact = named(text, tree, id);
    if (!fact || !fact->type.is(Type::Kind::number)) return false;
    if (fact->is_listed() || fact->is_constrained() || fact->has_open_end()) return false;
    note(*fact);
    return true;
  }

  bool read_truth(NodeText const& text, Program const& tree, NodeId id)
  {
    auto const& node = tree.nodes[id];
    if (node.folded >= 0) return false;
    switch (node.op) {
      case Op::conjunction:
      case Op::disjunction:
        for (auto const each : tree.children_of(node))
          if (!truth(text, tree, each)) return false;
        return true;
      case Op::equal:
      case Op::unequal:
      case Op::less:
      case Op::less_equal:
      case Op::greater:
      case Op::greater_equal: return comparison(text, tree, node);
      case Op::call: return is_not(tree, node) && truth(text, tree, tree.children[node.first + 1]);
      default: break;
    }
    if (auto const below = decision(text, tree, id)) {
      auto const& inner = below->body.expression->program();
      return fits(*below, Type::Kind::boolean) && truth(*below, inner, inner.root);
    }
    auto const fact = named(text, tree, id);
    if (!fact || !fact->type.is(Type::Kind::boolean) || fact->is_restricted()) return false;
    note(*fact);
    return true;
  }

  static bool is_not(Program const& tree, Node const& call)
  {
    auto const* callee =
        call.count == 2 && (call.flags & Flag::named) == 0 ? constant(tree, tree.children[call.first]) : nullptr;
    auto const* function = callee == nullptr ? nullptr : function_in(*callee);
    auto const* builtin = function == nullptr ? nullptr : function->builtin();
    return builtin != nullptr && builtin->name == "not";
  }

  /// Sums of numbers, dates and texts, of which one at least may be any value of its type.
  bool comparison(NodeText const& text, Program const& tree, Node const& node)
  {
    auto const left = tree.children[node.first];
    auto const right = tree.children[node.first + 1];
    bool const equality = node.op == Op::equal || node.op == Op::unequal;
    auto const before = facts_.size();
    auto const bounds = bounded_.size();
    if (number(text, tree, left) && number(text, tree, right))
      return facts_.size() > before && bounded_.size() == bounds;
    facts_.resize(before);
    bounded_.resize(bounds);
    for (bool const swapped : {false, true}) {
      auto const fact = named(text, tree, swapped ? right : left);
      auto const* value = constant(tree, swapped ? left : right);
      if (!fact || value == nullptr) continue;
      bool const date = fact->type.is(Type::Kind::date) && value->is(Kind::date) && !fact->is_restricted();
      bool const string =
          fact->type.is(Type::Kind::string) && value->is(Kind::string) && equality && may_differ(*fact, *value);
      if (!date && !string) return false;
      note(*fact);
      return true;
    }
    return false;
  }

  /// True where a text may be a certain one, and may be another one.
  static bool may_differ(Read const& fact, Value const& value)
  {
    if (!fact.is_restricted()) return true;
    auto const& allowed = fact.item->allowed_values;
    return !fact.is_constrained() && allowed.size() > 1 &&
           std::find(allowed.begin(), allowed.end(), value) != allowed.end();
  }

  void note(Read const& fact)
  {
    facts_.push_back(fact.name);
    if (fact.is_bounded()) bounded_.push_back(fact.name);
  }

  /// The text of a decision that is an expression, in force on every day.
  [[nodiscard]] NodeText const* decision(NodeText const& text, Program const& tree, NodeId id) const
  {
    auto const source = elements_ == nullptr ? plain_source(model_, text, tree, id) : std::nullopt;
    if (!source || source->is_fact) return nullptr;
    auto const& texts = model_.nodes[source->node].texts;
    bool const one = texts.size() == 1 && !texts.front().note.law.from && !texts.front().note.law.until;
    return one && texts.front().body.kind == Boxed::Kind::literal && texts.front().note.verified() ? &texts.front()
                                                                                                   : nullptr;
  }

  /// True where an answer of a type is handed on as it is.
  static bool fits(NodeText const& text, Type::Kind kind)
  {
    auto const keeps = [kind](Declared const& declared) {
      return declared.item == nullptr &&
             (!declared.stated || declared.type.is(Type::Kind::any) || declared.type.is(kind));
    };
    return keeps(text.type) && keeps(text.body.type);
  }

  /// What a name is, where it is there for everybody.
  [[nodiscard]] std::optional<Read> named(NodeText const& text, Program const& tree, NodeId id) const
  {
    std::optional<Read> found;
    if (elements_ != nullptr) {
      found = component(tree, id);
    } else if (auto source = plain_source(model_, text, tree, id); source && source->is_fact) {
      found = Read{std::move(source->name), source->type, std::move(source->item), source->optional};
    }
    return found && !found->optional ? found : std::nullopt;
  }

  [[nodiscard]] std::optional<Read> component(Program const& tree, NodeId id) const
  {
    auto const* at = &tree.nodes[id];
    std::optional<std::string> name;
    if ((at->op == Op::path || at->op == Op::item_entry) && at->folded < 0) {
      name = tree.texts[at->index];
      at = &tree.child(*at, 0);
    }
    if (at->op != Op::local || at->folded >= 0 || at->index != elements_->place) return std::nullopt;
    auto const* components = elements_->components;
    if (!name)
      return components == nullptr ? std::optional(Read{"", elements_->type, elements_->item, false}) : std::nullopt;
    if (components == nullptr) return std::nullopt;
    auto const part =
        std::find_if(components->begin(), components->end(), [&](auto const& each) { return each->name == *name; });
    if (part == components->end() || components_of(part->get()) != nullptr) return std::nullopt;
    auto const& declared = (*part)->fact;
    return Read{fact_name(*name), (*part)->type, *part, declared.present && declared.declaration.optional};
  }

  Model const& model_;
  Elements const* elements_;
  std::size_t depth_ = 0;
  std::vector<std::string> facts_;
  std::vector<std::string> bounded_;
};

/// True where what a table tests is the value of its expression.
bool is_kept(DecisionTable::Input const& input, Kind kind)
{
  return !input.converts || (input.type.item == nullptr && kind_of_type(input.type.type) == kind);
}

OpenForm of_list(PackImpl const& pack, JointInput const& joint, ElementForm const& form)
{
  auto const& declaration = pack.schema.declarations()[form.fact];
  OpenForm made;
  made.list = declaration.name;
  made.most = declaration.maximum_elements;
  if (declaration.optional || made.most == std::size_t{0}) return {};
  bool const counted = form.joined == ElementForm::Joined::count;
  made.says = counted ? OpenForm::Says::count : OpenForm::Says::some;
  if (!form.condition) return counted ? made : OpenForm{};
  Elements elements;
  elements.item = element_of(form.list->item);
  elements.type = form.list->type.element();
  elements.components = components_of(elements.item.get());
  elements.place = form.place;
  FormReader reader(*pack.model, &elements);
  if (!reader.truth(*joint.text, joint.input->expression->program(), *form.condition)) return {};
  auto components = std::move(reader).facts();
  if (!components) return {};
  made.components = *std::move(components);
  return made;
}

}  // namespace

bool OpenForm::is_apart_from(OpenForm const& other) const
{
  if (!is_of_list() || !other.is_of_list() || list != other.list) return false;
  if (components.empty() || other.components.empty()) return false;
  return std::none_of(components.begin(), components.end(), [&](std::string const& name) {
    return std::binary_search(other.components.begin(), other.components.end(), name);
  });
}

OpenForm open_form(PackImpl const& pack, JointInput const& joint)
{
  if (auto const elements = element_form(pack, joint)) return of_list(pack, joint, *elements);
  auto const& tree = joint.input->expression->program();
  FormReader numbers(*pack.model, nullptr);
  FormReader truths(*pack.model, nullptr);
  OpenForm made;
  if (is_kept(*joint.input, Kind::number) && numbers.number(*joint.text, tree, tree.root))
    made.says = OpenForm::Says::number;
  else if (is_kept(*joint.input, Kind::boolean) && truths.truth(*joint.text, tree, tree.root))
    made.says = OpenForm::Says::truth;
  else
    return {};
  auto& reader = made.says == OpenForm::Says::number ? numbers : truths;
  made.bounded = std::move(reader).bounded();
  auto facts = std::move(reader).facts();
  if (!facts || facts->empty()) return {};
  made.facts = *std::move(facts);
  return made;
}

}  // namespace tutela::detail
