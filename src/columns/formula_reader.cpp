// SPDX-License-Identifier: Apache-2.0
/// \file
/// From expressions to formulas.
#include "columns/formula_reader.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "columns/expression_reader.hpp"

namespace tutela::detail {
namespace {

/// False where the scalar engine may reach a limit that formulas know nothing of.
bool is_within(Limits const& limits)
{
  constexpr std::uint64_t steps = 100'000;
  constexpr std::size_t values = 100'000;
  return limits.evaluation_steps >= steps && limits.nesting * 16 > ExpressionReader::deepest &&
         limits.elements >= ExpressionReader::longest_list && limits.value_parts >= values;
}

/// The formula of an expression, unless the scalar engine may reach a limit on it.
std::shared_ptr<Formula const> read_formula(ColumnProgram const& program, NodeText const& text,
                                            Expression const& expression, std::initializer_list<Declared const*> fitted)
{
  FormulaWork work{program, FormulaWriter(program.pack.impl().info.age_rule)};
  auto const& tree = expression.program();
  auto const found = ExpressionReader(work, text, tree).read(tree.root);
  bool const kept =
      found && std::all_of(fitted.begin(), fitted.end(), [&](auto const* each) { return keeps(*each, found->kind); });
  if (!kept || !is_within(program.options.limits)) return nullptr;
  return std::move(work.writer).finish(*found);
}

}  // namespace

std::shared_ptr<Formula const> formula_of(ColumnProgram const& program, JointInput const& joint)
{
  static Declared const any;
  auto const& input = *joint.input;
  return read_formula(program, *joint.text, *input.expression, {input.converts ? &input.type : &any});
}

std::shared_ptr<Formula const> formula_of(ColumnProgram const& program, NodeText const& text, std::size_t rule)
{
  auto const& table = *text.body.table;
  if (table.outputs.size() != 1) return nullptr;
  auto const& output = table.outputs.front();
  bool const fallback = rule == table.rules.size();
  auto const& answer = fallback ? output.fallback : table.rules[rule].outputs.front();
  if (!answer) return nullptr;
  // What a table answers by default is not fitted to the type of its output.
  return read_formula(program, text, *answer, {fallback ? &text.type : &output.type, &text.body.type, &text.type});
}

std::shared_ptr<Formula const> formula_of(ColumnProgram const& program, NodeText const& text)
{
  if (text.body.kind != Boxed::Kind::literal) return nullptr;
  return read_formula(program, text, *text.body.expression, {&text.body.type, &text.type});
}

}  // namespace tutela::detail
