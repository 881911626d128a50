// SPDX-License-Identifier: Apache-2.0
/// \file
/// Functions and parts of dates in expressions as formulas.
#include "columns/expression_reader.hpp"
#include "feel/builtins.hpp"
#include "feel/function_value.hpp"

namespace tutela::detail {

Builtin const* ExpressionReader::callee(Node const& at) const
{
  auto const* value = constant(child(at, 0));
  auto const* function = value == nullptr || (at.flags & Flag::named) != 0 ? nullptr : function_in(*value);
  return function == nullptr ? nullptr : function->builtin();
}

MaybeTerm ExpressionReader::call(Node const& at)
{
  auto const* builtin = callee(at);
  if (builtin == nullptr) return std::nullopt;
  std::string_view const name = builtin->name;
  if (name == "today" && at.count == 1)
    return work_.program.on ? writer_.constant(Value(*work_.program.on)) : std::nullopt;
  if (at.count == 2 && (name == "count" || name == "sum" || name == "min" || name == "max"))
    return folded(name, child(at, 1));
  std::vector<FormulaTerm> arguments;
  for (std::uint32_t i = 1; i < at.count; ++i) {
    auto const argument = read(child(at, i));
    if (!argument) return std::nullopt;
    arguments.push_back(*argument);
  }
  if (arguments.empty()) return std::nullopt;
  if (name == "sum" || name == "min" || name == "max") return together(name, arguments);
  if (arguments.size() == 1) return of_one(name, arguments.front());
  return arguments.size() == 2 ? of_two(name, arguments[0], arguments[1]) : std::nullopt;
}

MaybeTerm ExpressionReader::of_one(std::string_view name, FormulaTerm value)
{
  if (name == "not" && value.kind == Kind::boolean) return writer_.opposite(value);
  if (name == "date" && value.kind == Kind::date) return value;
  if (value.kind != Kind::number) return std::nullopt;
  if (name == "abs") return writer_.absolute(value);
  if (name == "floor") return writer_.rounded(value, 0, Rounding::floor);
  return name == "ceiling" ? writer_.rounded(value, 0, Rounding::ceiling) : std::nullopt;
}

MaybeTerm ExpressionReader::of_two(std::string_view name, FormulaTerm one, FormulaTerm other)
{
  bool const dates = one.kind == Kind::date && other.kind == Kind::date;
  if (dates && name == "age in years") return writer_.between_dates(FormulaOp::age, Kind::number, one, other);
  if (dates && name == "years and months duration")
    return writer_.between_dates(FormulaOp::months, Kind::months_duration, one, other);
  static std::map<std::string_view, Rounding> const roundings{
      {"decimal", Rounding::half_even},         {"floor", Rounding::floor},
      {"ceiling", Rounding::ceiling},           {"round up", Rounding::up},
      {"round down", Rounding::down},           {"round half up", Rounding::half_up},
      {"round half down", Rounding::half_down},
  };
  auto const rounding = roundings.find(name);
  auto const places = writer_.constant_count(other);
  bool const numbers = one.kind == Kind::number && other.kind == Kind::number && other.scale == 0;
  if (rounding == roundings.end() || !places || !numbers) return std::nullopt;
  constexpr std::int64_t most = Formula::most_decimals;
  if (*places < -most || *places > most) return std::nullopt;
  return writer_.rounded(one, static_cast<int>(*places), rounding->second);
}

/// A function of several numbers or dates.
MaybeTerm ExpressionReader::together(std::string_view name, std::vector<FormulaTerm> const& arguments)
{
  MaybeTerm all = arguments.front();
  for (std::size_t i = 1; all && i < arguments.size(); ++i) {
    auto next = arguments[i];
    bool const fit =
        all->kind == next.kind && (next.kind == Kind::number || (next.kind == Kind::date && name != "sum"));
    if (!fit || !writer_.align(*all, next)) return std::nullopt;
    auto const op = name == "sum" ? FormulaOp::add : name == "min" ? FormulaOp::lower : FormulaOp::higher;
    all = writer_.calculated(op, *all, next);
  }
  return all;
}

MaybeTerm ExpressionReader::part(Node const& at)
{
  auto const& name = tree_.texts[at.index];
  auto const whole = read(child(at, 0));
  if (!whole) return std::nullopt;
  if (whole->kind == Kind::date) return writer_.part_of_date(*whole, name);
  return writer_.part_of_length(*whole, name);
}

}  // namespace tutela::detail
