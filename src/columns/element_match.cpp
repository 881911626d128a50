// SPDX-License-Identifier: Apache-2.0
/// \file
/// The fields that the elements of a list are read from.
#include "columns/element_match.hpp"

#include <algorithm>
#include <memory>

#include "rules/case_facts.hpp"

namespace tutela::detail {
namespace {

class ElementMatch {
 public:
  explicit ElementMatch(FactColumn& list) : list_(list), format_(*list.column.format->elements) {}

  std::vector<ElementMismatch> run(Type const& type, std::shared_ptr<ItemType const> const& item)
  {
    auto const element = element_of(item);
    auto const* components = components_of(element.get());
    bool const structured = format_.element.format->layout == Layout::structure;
    if (structured != (components != nullptr)) {
      wrong_.emplace_back(list_.column.name, structured ? "the elements of its fact have no components"
                                                        : "the elements of its fact are structures");
      return std::move(wrong_);
    }
    add(format_.element, list_.column.name, structured ? Type() : type.element(), element);
    if (structured) add_components(*components, {});
    return std::move(wrong_);
  }

 private:
  void add_components(std::vector<std::shared_ptr<ItemType const>> const& components, std::string const& above)
  {
    for (auto const& component : components) {
      auto const name = above + fact_name(component->name);
      auto const* inner = components_of(component.get());
      if (inner != nullptr && !component->type.is(Type::Kind::list)) {
        add_components(*inner, name + ".");
        continue;
      }
      auto const is_it = [&](TableColumn const& field) { return fact_name(field.name) == name; };
      auto const found = std::find_if(format_.fields.begin(), format_.fields.end(), is_it);
      if (found == format_.fields.end()) continue;
      auto const full = list_.column.name + "." + found->name;
      if (std::any_of(found + 1, format_.fields.end(), is_it))
        wrong_.emplace_back(full, "the elements have more than one field of that name");
      else
        add(*found, full, component->type, component);
    }
  }

  void add(TableColumn const& field, std::string const& name, Type const& type,
           std::shared_ptr<ItemType const> const& item)
  {
    FactColumn made;
    made.column = field;
    made.rule = list_.rule;
    made.declaration = list_.declaration;
    auto why = field.refused;
    bool const any = field.format && (field.format->layout == Layout::structure || type.is(Type::Kind::any));
    if (why.empty() && !any) why = mismatch(kind_of_type(type), *field.format);
    if (why.empty()) why = refused_doubles(made);
    if (!why.empty()) {
      wrong_.emplace_back(name, std::move(why));
      return;
    }
    if (is_list(field.format->layout)) {
      made.column.name = name;
      auto inner = match_elements(made, type, item);
      made.column.name = field.name;
      wrong_.insert(wrong_.end(), inner.begin(), inner.end());
    }
    list_.fields.push_back(std::move(made));
  }

  FactColumn& list_;
  ListFormat const& format_;
  std::vector<ElementMismatch> wrong_;
};

}  // namespace

std::vector<ElementMismatch> match_elements(FactColumn& column, Type const& type,
                                            std::shared_ptr<ItemType const> const& item)
{
  return ElementMatch(column).run(type, item);
}

std::string refused_doubles(FactColumn const& column)
{
  auto const layout = column.column.format->layout;
  bool const doubles = layout == Layout::float32 || layout == Layout::float64;
  return doubles && column.rule.doubles == DoubleMeaning::refused
             ? "it holds doubles, which stand for no decimal fraction: give decimals, or say that they are whole "
               "numbers"
             : "";
}

bool holds_component(FactColumn const& column, std::string const& fact)
{
  auto const& list = column.rule.fact;
  if (fact.size() <= list.size() || fact.compare(0, list.size(), list) != 0 || fact[list.size()] != '.') return false;
  auto const name = fact.substr(list.size() + 1);
  return std::any_of(column.fields.begin(), column.fields.end(), [&](FactColumn const& field) {
    auto const own = fact_name(field.column.name);
    bool const inside = !own.empty() && !field.fields.empty() && name.compare(0, own.size() + 1, own + ".") == 0;
    return own == name || inside;
  });
}

}  // namespace tutela::detail
