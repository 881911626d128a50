// SPDX-License-Identifier: Apache-2.0
/// \file
/// Names and arithmetic of expressions as formulas.
#include "columns/expression_reader.hpp"

#include <algorithm>
#include <utility>

#include "columns/table_reader.hpp"

namespace tutela::detail {
namespace {

/// Divisors whose inverse has at most so many decimals divide exactly.
constexpr int decimals_of_inverse = 9;

}  // namespace

bool keeps(Declared const& declared, Kind kind)
{
  if (!declared.stated || declared.type.is(Type::Kind::any)) return declared.item == nullptr;
  return declared.item == nullptr && kind_of_type(declared.type) == kind;
}

MaybeTerm ExpressionReader::read(NodeId id)
{
  if (work_.depth >= deepest) return std::nullopt;
  ++work_.depth;
  auto found = read_node(id);
  --work_.depth;
  return found;
}

Value const* ExpressionReader::constant(NodeId id) const
{
  auto const& at = node(id);
  if (at.folded >= 0) return &tree_.constants[static_cast<std::size_t>(at.folded)];
  return at.op == Op::constant ? &tree_.constants[at.index] : nullptr;
}

MaybeTerm ExpressionReader::read_node(NodeId id)
{
  auto const& at = node(id);
  if (auto const* value = constant(id)) return writer_.constant(*value);
  switch (at.op) {
    case Op::slot:
    case Op::local:
    case Op::item_entry: return named(id);
    case Op::path: {
      auto found = named(id);
      return found ? found : part(at);
    }
    case Op::negate: return negated(child(at, 0));
    case Op::add:
    case Op::subtract:
    case Op::multiply: return arithmetic(at.op, read(child(at, 0)), read(child(at, 1)));
    case Op::divide: return quotient(at);
    case Op::equal:
    case Op::unequal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal: return comparison(at.op, child(at, 0), child(at, 1));
    case Op::conjunction:
    case Op::disjunction: return junction(at);
    case Op::between: return between(at);
    case Op::in: return in(at);
    case Op::conditional: return conditional(at);
    case Op::call: return call(at);
    case Op::some:
    case Op::every: return loop(at);
    default: return std::nullopt;
  }
}

MaybeTerm ExpressionReader::named(NodeId id)
{
  if (element_ != nullptr) return operand(path_in_element(id), nullptr);
  auto const source = plain_source(*work_.program.pack.impl().model, text_, tree_, id);
  if (!source) return std::nullopt;
  return source->is_fact ? fact(*source, nullptr) : decision(source->node);
}

/// The column of a fact. \param text Of a fact that is a text: with which it is compared.
MaybeTerm ExpressionReader::fact(PlainSource const& source, std::string const* text)
{
  auto const& schema = work_.program.pack.impl().schema;
  auto const* declaration = schema.find(source.name);
  if (declaration == nullptr) return std::nullopt;
  auto const place = static_cast<std::size_t>(declaration - schema.declarations().data());
  auto const& columns = work_.program.columns;
  auto const column =
      std::find_if(columns.begin(), columns.end(), [&](FactColumn const& each) { return each.declaration == place; });
  if (column == columns.end()) return std::nullopt;
  return operand(*column, static_cast<std::size_t>(column - columns.begin()), declaration->type, declaration->allowed,
                 declaration->range, text);
}

/// The names that lead from an element to what an expression names; nothing where it names anything else.
std::optional<std::vector<std::string>> ExpressionReader::path_in_element(NodeId id) const
{
  std::vector<std::string> path;
  auto const* at = &node(id);
  for (; at->op == Op::path && at->folded < 0; at = &tree_.child(*at, 0)) path.push_back(tree_.texts[at->index]);
  if (at->op == Op::item_entry && at->folded < 0) {
    path.push_back(tree_.texts[at->index]);
    at = &tree_.child(*at, 0);
  }
  bool const in_element = at->op == Op::local && at->folded < 0 && at->index == element_->place;
  return in_element ? std::optional(std::move(path)) : std::nullopt;
}

std::optional<ExpressionReader::Component> ExpressionReader::component(std::vector<std::string> const& path) const
{
  static std::vector<Value> const any;
  static Range const unbounded;
  auto const& fields = element_->list.fields;
  auto const* item = element_->item.get();
  auto const* components = components_of(item);
  if (path.empty() && components == nullptr)
    return Component{fields.front(), 0, kind_of_type(element_->element), item == nullptr ? any : item->allowed_values,
                     item == nullptr ? unbounded : item->allowed_range};
  if (path.size() != 1 || components == nullptr) return std::nullopt;
  auto const found =
      std::find_if(components->begin(), components->end(), [&](auto const& each) { return each->name == path[0]; });
  if (found == components->end() || components_of(found->get()) != nullptr) return std::nullopt;
  auto const field = std::find_if(fields.begin() + 1, fields.end(), [&](FactColumn const& each) {
    return fact_name(each.column.name) == fact_name(path[0]);
  });
  if (field == fields.end()) return std::nullopt;
  return Component{*field, static_cast<std::size_t>(field - fields.begin()), kind_of_type((*found)->type),
                   (*found)->allowed_values, (*found)->allowed_range};
}

MaybeTerm ExpressionReader::operand(std::optional<std::vector<std::string>> const& path, std::string const* text)
{
  auto const found = path ? component(*path) : std::nullopt;
  return found ? operand(found->column, found->place, found->kind, found->allowed, found->range, text) : std::nullopt;
}

MaybeTerm ExpressionReader::operand(FactColumn const& column, std::size_t place, Kind kind,
                                    std::vector<Value> const& allowed, Range const& range, std::string const* text)
{
  if ((kind == Kind::string) != (text != nullptr)) return std::nullopt;
  return writer_.operand(*column.column.format, place, kind, allowed, range, text);
}

/// The answer of a decision that is an expression.
MaybeTerm ExpressionReader::decision(std::size_t at)
{
  auto const [known, fresh] = work_.decisions.emplace(at, std::nullopt);
  if (fresh) {
    auto const found = read_decision(at);
    work_.decisions[at] = found;
    return found;
  }
  return known->second;
}

MaybeTerm ExpressionReader::read_decision(std::size_t at)
{
  auto const& options = work_.program.decide_options;
  auto const law_on = options.law_on ? options.law_on : work_.program.on;
  auto const* text = text_on(work_.program.pack.impl().model->nodes[at], law_on);
  if (text == nullptr || (!options.include_unverified && !text->note.verified())) return std::nullopt;
  MaybeTerm found;
  if (text->body.kind == Boxed::Kind::literal) {
    auto const& tree = text->body.expression->program();
    found = ExpressionReader(work_, *text, tree).read(tree.root);
  } else if (text->body.kind == Boxed::Kind::table) {
    found = read_table(work_, *text, law_on);
  }
  return found && keeps(text->body.type, found->kind) && keeps(text->type, found->kind) ? found : std::nullopt;
}

MaybeTerm ExpressionReader::negated(NodeId id)
{
  auto const value = read(id);
  if (!value || (value->kind != Kind::number && value->kind != Kind::days_duration)) return std::nullopt;
  return writer_.calculated(FormulaOp::subtract, writer_.whole(0, value->kind, value->scale), *value);
}

MaybeTerm ExpressionReader::arithmetic(Op op, MaybeTerm lhs, MaybeTerm rhs)
{
  if (!lhs || !rhs) return std::nullopt;
  if (op == Op::multiply) return writer_.product(*lhs, *rhs);
  bool const back = op == Op::subtract;
  if (lhs->kind == Kind::date && rhs->kind == Kind::date && back) {
    auto const days = writer_.calculated(FormulaOp::subtract, *lhs, *rhs);
    return writer_.days_as_length(days);
  }
  if (lhs->kind == Kind::date) return writer_.moved(*lhs, *rhs, back);
  if (rhs->kind == Kind::date && !back) return writer_.moved(*rhs, *lhs, false);
  if (lhs->kind != rhs->kind || lhs->kind == Kind::boolean) return std::nullopt;
  if (!writer_.align(*lhs, *rhs)) return std::nullopt;
  return writer_.calculated(back ? FormulaOp::subtract : FormulaOp::add, *lhs, *rhs);
}

/// A quotient by a constant whose inverse has few decimals.
MaybeTerm ExpressionReader::quotient(Node const& at)
{
  auto const* divisor = constant(child(at, 1));
  auto const* number = divisor == nullptr ? nullptr : divisor->as_number();
  if (number == nullptr || number->is_zero()) return std::nullopt;
  auto const inverse = Decimal(1) / *number;
  if (inverse.rounded(decimals_of_inverse, Rounding::down) != inverse || inverse * *number != Decimal(1))
    return std::nullopt;
  return arithmetic(Op::multiply, read(child(at, 0)), writer_.constant(Value(inverse)));
}

MaybeTerm ExpressionReader::conditional(Node const& at)
{
  auto const condition = read(child(at, 0));
  if (!condition || condition->kind != Kind::boolean) return std::nullopt;
  auto const is_null = [&](NodeId id) { return constant(id) != nullptr && constant(id)->is_none(); };
  auto yes = is_null(child(at, 1)) ? std::nullopt : read(child(at, 1));
  auto no = is_null(child(at, 2)) ? std::nullopt : read(child(at, 2));
  // A row whose answer is none is left.
  if (is_null(child(at, 1)) && no) yes = writer_.never(*no);
  if (is_null(child(at, 2)) && yes) no = writer_.never(*yes);
  if (!yes || !no || yes->kind != no->kind || !writer_.align(*yes, *no)) return std::nullopt;
  return writer_.chosen(*condition, *yes, *no);
}

}  // namespace tutela::detail
