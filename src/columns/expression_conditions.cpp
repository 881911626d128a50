// SPDX-License-Identifier: Apache-2.0
/// \file
/// Conditions of expressions, and cells of tables, as formulas.
#include "columns/expression_reader.hpp"

namespace tutela::detail {

ExpressionReader::Tested ExpressionReader::tested(NodeId id)
{
  return {read(id), [this, id](std::string const& text) { return is_text(id, text); }};
}

/// Whether an input passes the tests of a cell, which is the whole tree.
MaybeTerm ExpressionReader::cell(Tested const& input)
{
  auto const& root = node(tree_.root);
  MaybeTerm any;
  for (std::uint32_t i = 0; i < root.count; ++i) {
    auto const one = test(input, tree_.child(root, i));
    any = i == 0 ? one : both(FormulaOp::either, any, one);
    if (!any) return std::nullopt;
  }
  return (root.flags & Flag::negated) != 0 ? writer_.opposite(any) : any;
}

MaybeTerm ExpressionReader::comparison(Op op, NodeId left, NodeId right)
{
  bool const equality = op == Op::equal || op == Op::unequal;
  if (op == Op::unequal) return writer_.opposite(comparison(Op::equal, left, right));
  for (bool const swapped : {false, true}) {
    auto const* value = constant(swapped ? left : right);
    if (value == nullptr || !equality) continue;
    auto const other = swapped ? right : left;
    if (auto const* text = value->as_string()) return is_text(other, *text);
    if (value->is_none()) {
      // A value that is there is not none; where none is there the row is left.
      auto const there = read(other);
      if (!there || there->kind == Kind::boolean) return std::nullopt;
      return writer_.compared(FormulaOp::less, *there, *there);
    }
  }
  return compared(op, read(left), read(right));
}

MaybeTerm ExpressionReader::compared(Op op, MaybeTerm lhs, MaybeTerm rhs)
{
  if (!lhs || !rhs || lhs->kind != rhs->kind) return std::nullopt;
  if (lhs->kind == Kind::boolean)
    return op == Op::equal ? MaybeTerm(writer_.joined(FormulaOp::same, *lhs, *rhs)) : std::nullopt;
  if (!writer_.align(*lhs, *rhs)) return std::nullopt;
  switch (op) {
    case Op::equal: return writer_.compared(FormulaOp::equal, *lhs, *rhs);
    case Op::less: return writer_.compared(FormulaOp::less, *lhs, *rhs);
    case Op::less_equal: return writer_.compared(FormulaOp::less_or_equal, *lhs, *rhs);
    case Op::greater: return writer_.compared(FormulaOp::less, *rhs, *lhs);
    case Op::greater_equal: return writer_.compared(FormulaOp::less_or_equal, *rhs, *lhs);
    default: return std::nullopt;
  }
}

MaybeTerm ExpressionReader::is_text(NodeId id, std::string const& text)
{
  if (element_ != nullptr) return operand(path_in_element(id), &text);
  auto const source = plain_source(*work_.program.pack.impl().model, text_, tree_, id);
  return source && source->is_fact ? fact(*source, &text) : std::nullopt;
}

MaybeTerm ExpressionReader::both(FormulaOp op, MaybeTerm lhs, MaybeTerm rhs)
{
  if (!lhs || !rhs || lhs->kind != Kind::boolean || rhs->kind != Kind::boolean) return std::nullopt;
  return writer_.joined(op, *lhs, *rhs);
}

MaybeTerm ExpressionReader::junction(Node const& at)
{
  auto const op = at.op == Op::conjunction ? FormulaOp::both : FormulaOp::either;
  auto all = read(child(at, 0));
  for (std::uint32_t i = 1; all && i < at.count; ++i) all = both(op, all, read(child(at, i)));
  return all;
}

MaybeTerm ExpressionReader::between(Node const& at)
{
  auto const value = read(child(at, 0));
  return both(FormulaOp::both, compared(Op::greater_equal, value, read(child(at, 1))),
              compared(Op::less_equal, value, read(child(at, 2))));
}

/// Whether a value is inside of a range: neither end says anything alone, because without the other there is none.
MaybeTerm ExpressionReader::inside(MaybeTerm low, MaybeTerm high)
{
  auto const alike = both(FormulaOp::same, low, high);
  return alike ? MaybeTerm(writer_.chosen(*alike, *low, writer_.whole(0, Kind::boolean))) : std::nullopt;
}

/// False where there is a value; a row without one is left.
MaybeTerm ExpressionReader::never_none(MaybeTerm value) { return writer_.opposite(compared(Op::equal, value, value)); }

MaybeTerm ExpressionReader::in(Node const& at)
{
  auto const input = tested(child(at, 0));
  MaybeTerm any;
  for (std::uint32_t i = 1; i < at.count; ++i) {
    auto const& test_of = tree_.child(at, i);
    auto const* passing = constant(child(test_of, 0));
    bool const asks_for_none = passing != nullptr && passing->is_none();
    auto const one = asks_for_none ? std::nullopt : test(input, test_of);
    any = i == 1 ? one : both(FormulaOp::either, any, one);
    if (!any) return std::nullopt;
  }
  return any;
}

/// Whether an input passes one of several tests.
MaybeTerm ExpressionReader::test(Tested const& input, Node const& test)
{
  auto const id = child(test, 0);
  auto const* passing = constant(id);
  if (test.op == Op::test_compare) {
    if (passing != nullptr && (passing->is_none() || passing->is(Kind::string))) return std::nullopt;
    if (test.comparison == Op::unequal) return writer_.opposite(compared(Op::equal, input.value, read(id)));
    return compared(test.comparison, input.value, read(id));
  }
  if (test.op != Op::test_value || (test.flags & reads_input) != 0) return std::nullopt;
  if (passing != nullptr) return passes(input, *passing);
  auto const& range = node(id);
  if (range.op != Op::range) return std::nullopt;
  bool const from = (range.flags & low_included) != 0;
  bool const to = (range.flags & high_included) != 0;
  return inside(compared(from ? Op::greater_equal : Op::greater, input.value, read(child(range, 0))),
                compared(to ? Op::less_equal : Op::less, input.value, read(child(range, 1))));
}

/// Whether an input is a constant, or inside of one.
MaybeTerm ExpressionReader::passes(Tested const& input, Value const& constant)
{
  if (auto const* text = constant.as_string()) return input.is_text(*text);
  if (constant.is_none()) return never_none(input.value);
  auto const* range = constant.as_range();
  if (range == nullptr) return compared(Op::equal, input.value, writer_.constant(constant));
  if (range->test != Range::Test::none) return std::nullopt;
  MaybeTerm low;
  MaybeTerm high;
  if (!range->low.is_none())
    low = compared(range->low_included ? Op::greater_equal : Op::greater, input.value, writer_.constant(range->low));
  if (!range->high.is_none())
    high = compared(range->high_included ? Op::less_equal : Op::less, input.value, writer_.constant(range->high));
  if (range->low.is_none()) return high;
  return range->high.is_none() ? low : both(FormulaOp::both, low, high);
}

}  // namespace tutela::detail
