// SPDX-License-Identifier: Apache-2.0
/// \file
/// Lists in expressions as formulas over their elements.
#include "columns/expression_reader.hpp"

#include <algorithm>
#include <utility>

#include "rules/element_form.hpp"

namespace tutela::detail {
namespace {

/// Steps that the scalar engine may take for one operation on one element.
constexpr std::size_t steps_of_operation = 8;

}  // namespace

std::optional<ExpressionReader::Sifted> ExpressionReader::sifted(NodeId id) const
{
  auto const& at = node(id);
  auto const& pack = work_.program.pack.impl();
  if (at.op != Op::filter || at.folded >= 0) {
    auto const* list = list_named(pack, text_, tree_, id);
    return list == nullptr ? std::nullopt : std::optional(Sifted{list, std::nullopt});
  }
  auto const* list = list_named(pack, text_, tree_, child(at, 0));
  if (list == nullptr || (at.flags & reads_item) == 0) return std::nullopt;
  return Sifted{list, child(at, 1), at.index};
}

ExpressionReader::Worth ExpressionReader::expression(NodeId id)
{
  return [id](ExpressionReader& reader) { return reader.read(id); };
}

/// A component of the element, or where no name is given the element itself.
ExpressionReader::Worth ExpressionReader::entry(std::vector<std::string> const& path)
{
  return [path](ExpressionReader& reader) { return reader.operand(path, nullptr); };
}

MaybeTerm ExpressionReader::loop(Node const& at)
{
  auto const& iterators = tree_.loops[at.index].iterators;
  if (iterators.size() != 1 || iterators.front().bounds || at.count != 2) return std::nullopt;
  auto const list = sifted(child(at, 0));
  if (!list || list->condition) return std::nullopt;
  auto const joined = at.op == Op::some ? Joined::some : Joined::every;
  return fold(joined, {list->list, child(at, 1), iterators.front().local});
}

/// `count`, `sum`, `min` or `max` of a list.
MaybeTerm ExpressionReader::folded(std::string_view name, NodeId argument)
{
  auto const list = sifted(argument);
  if (name == "count") return list ? fold(Joined::count, *list) : std::nullopt;
  auto const joined = name == "sum" ? Joined::sum : name == "min" ? Joined::lowest : Joined::highest;
  if (list) return fold(joined, *list, entry({}), list->place);
  auto const& at = node(argument);
  if (at.folded >= 0) return std::nullopt;
  if (at.op == Op::path) {
    auto const of = sifted(child(at, 0));
    return of ? fold(joined, *of, entry({tree_.texts[at.index]}), of->place) : std::nullopt;
  }
  if (at.op != Op::iterate || at.count != 2) return std::nullopt;
  auto const& loop = tree_.loops[at.index];
  auto const& variable = loop.iterators.front();
  auto const of = variable.bounds || loop.uses_partial ? std::nullopt : sifted(child(at, 0));
  return of ? fold(joined, *of, expression(child(at, 1)), variable.local) : std::nullopt;
}

/// The column of a list; nothing where it has none.
FactColumn const* ExpressionReader::column_of(FactTree const& list) const
{
  auto const& declarations = work_.program.pack.impl().schema.declarations();
  auto const& columns = work_.program.columns;
  auto const found = std::find_if(columns.begin(), columns.end(), [&](FactColumn const& each) {
    return declarations[each.declaration].name == list.name;
  });
  return found == columns.end() || found->fields.empty() ? nullptr : &*found;
}

/// A formula over the elements of a list. \param place Of the element in the frame.
std::shared_ptr<Formula const> ExpressionReader::over_elements(FactColumn const& column, FactTree const& list,
                                                               std::uint32_t place, Worth const& worth) const
{
  FormulaWork inner{work_.program, FormulaWriter(work_.program.pack.impl().info.age_rule)};
  inner.depth = work_.depth;
  ElementScope const scope{column, list.type.element(), element_of(list.item), place};
  ExpressionReader reader(inner, text_, tree_, &scope);
  auto const found = worth(reader);
  return found ? std::move(inner.writer).finish(*found) : nullptr;
}

/// \param worth What each element is worth in a sum or an extreme. \param place Of the element in its frame.
MaybeTerm ExpressionReader::fold(Joined joined, Sifted const& sifted, Worth const& worth, std::uint32_t place)
{
  auto const* column = element_ == nullptr ? column_of(*sifted.list) : nullptr;
  if (column == nullptr) return std::nullopt;
  FormulaFold made;
  made.joined = joined;
  made.place = static_cast<std::size_t>(column - work_.program.columns.data());
  made.longest = std::min<std::size_t>(
      work_.program.options.limits.evaluation_steps / (steps_of_operation * (tree_.nodes.size() + 1)), longest_list);
  if (sifted.condition) {
    made.condition = over_elements(*column, *sifted.list, sifted.place, expression(*sifted.condition));
    if (made.condition == nullptr || made.condition->kind != Kind::boolean) return std::nullopt;
  }
  if (!worth) return writer_.folded(std::move(made), joined == Joined::count ? Kind::number : Kind::boolean, 0);
  made.value = over_elements(*column, *sifted.list, place, worth);
  if (made.value == nullptr) return std::nullopt;
  auto const kind = made.value->kind;
  auto const scale = made.value->scale;
  if (kind != Kind::number && (kind != Kind::date || joined == Joined::sum)) return std::nullopt;
  return writer_.folded(std::move(made), kind, scale);
}

}  // namespace tutela::detail
