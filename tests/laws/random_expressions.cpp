// SPDX-License-Identifier: Apache-2.0
/// \file
/// Random FEEL expressions.
#include "laws/random_expressions.hpp"

#include <utility>

namespace tutela::laws {
namespace {

/// The texts one after the other; they are made in this order.
std::string joined(std::initializer_list<std::string> texts)
{
  std::string all;
  for (auto const& text : texts) all += text;
  return all;
}

}  // namespace

Scope ExpressionWriter::with_number(Scope scope, std::string const& name)
{
  scope.numbers.insert(scope.numbers.end(), 2, name);
  return scope;
}

Scope ExpressionWriter::with_structure(Scope scope, std::string const& name, bool bare) const
{
  for (auto const& before : bare ? Texts{name + ".", ""} : Texts{name + "."}) {
    scope.numbers.push_back(before + "a");
    scope.truths.push_back(before + "b");
    if (nested_) scope.lists.push_back(before + "c");
  }
  return scope;
}

std::string ExpressionWriter::expression(int depth)
{
  auto const kind = dice_.below(10);
  if (kind < 6) return truth(depth, {});
  return kind < 9 ? number(depth, {}) : list(depth, {});
}

std::string ExpressionWriter::position(Scope const& scope)
{
  if (dice_.chance(70)) return pick({"1", "2", "-1", "3", "-2"});
  return dice_.chance(60) ? "n" : simple_number(scope);
}

std::string ExpressionWriter::simple_number(Scope const& scope)
{
  Texts names{"n", "m", "q.a", "0", "1", "2", "3"};
  for (int twice = 0; twice < 2; ++twice) names.insert(names.end(), scope.numbers.begin(), scope.numbers.end());
  return pick(names);
}

std::string ExpressionWriter::number(int depth, Scope const& scope)
{
  if (depth <= 0) return simple_number(scope);
  auto const inner = depth - 1;
  switch (dice_.below(13)) {
    case 0: return simple_number(scope);
    case 1: return joined({"(", number(inner, scope), " ", pick({"+", "-", "*"}), " ", number(inner, scope), ")"});
    case 2: return joined({"(", number(inner, scope), " - ", number(inner, scope), ")"});
    case 3:
      return joined({"(if ", truth(inner, scope), " then ", number(inner, scope), " else ", number(inner, scope), ")"});
    case 4: return joined({pick({"max(", "min(", "sum("}), number(inner, scope), ", ", number(inner, scope), ")"});
    case 5: return joined({"(", structures(inner, scope), ")[", position(scope), "].a"});
    case 6: return joined({"(", structures(inner, scope), ").a[", position(scope), "]"});
    case 7: {
      auto const each = fresh();
      return joined({"sum(for ", each, " in ", structures(inner, scope), " return ",
                     number(inner, with_structure(scope, each)), ")"});
    }
    case 8: return number_of_rare_form(inner, scope);
    default: return number_of_list(inner, scope);
  }
}

std::string ExpressionWriter::number_of_list(int depth, Scope const& scope)
{
  switch (dice_.below(8)) {
    case 0: return joined({"count(", structures(depth, scope), ")"});
    case 1: return joined({"(", list(depth, scope), ")[", position(scope), "]"});
    case 2: return joined({"(", list(depth, scope), ")[item > ", simple_number(scope), "][", position(scope), "]"});
    case 3: return joined({"count(", list(depth, scope), ")"});
    case 4: return joined({pick({"product(", "median("}), list(depth, scope), ")"});
    default: return joined({pick({"sum(", "min(", "max(", "mean(", "count("}), list(depth, scope), ")"});
  }
}

std::string ExpressionWriter::number_of_rare_form(int depth, Scope const& scope)
{
  switch (dice_.below(8)) {
    case 0: return joined({"abs(", list(depth, scope), ")"});
    case 1: return joined({"{f: function(x: number) 5, r: f(", list(depth, scope), ")}.r"});
    case 2: return joined({"{f: function(x: number) 5, r: f(if ", truth(depth, scope), " then 1 else \"x\")}.r"});
    case 3: return joined({"{f: function(x: number) x + 1, r: f(", list(depth, scope), ")}.r"});
    case 4: return joined({"{f: function(x: number) x + 1, r: f(", number(depth, scope), ")}.r"});
    case 5: return "get value(q, \"a\")";
    case 6: return "count(get entries(q))";
    default: return joined({"context put(q, \"b\", ", number(depth, scope), ").b"});
  }
}

std::string ExpressionWriter::simple_truth(Scope const& scope)
{
  Texts names{"b", "ob", "q.b"};
  for (int twice = 0; twice < 2; ++twice) names.insert(names.end(), scope.truths.begin(), scope.truths.end());
  if (dice_.chance(50)) return pick(names);
  return joined({"(", simple_number(scope), " ", pick({"<", "<=", "=", "!=", ">"}), " ", simple_number(scope), ")"});
}

std::string ExpressionWriter::truth(int depth, Scope const& scope)
{
  if (depth <= 0) return simple_truth(scope);
  auto const inner = depth - 1;
  switch (dice_.below(22)) {
    case 0: return simple_truth(scope);
    case 1:
    case 2:
    case 3:
      return joined(
          {"(", number(inner, scope), " ", pick({"<", "<=", "=", "!=", ">", ">="}), " ", number(inner, scope), ")"});
    case 4: return joined({"list contains(", list(inner, scope), ", ", number(inner, scope), ")"});
    case 5: return joined({"not(", truth(inner, scope), ")"});
    case 6: return joined({"(", truth(inner, scope), " and ", truth(inner, scope), ")"});
    case 7: return joined({"(", truth(inner, scope), " or ", truth(inner, scope), ")"});
    case 8: return joined({"(", list(inner, scope), " ", pick({"=", "!="}), " ", list(inner, scope), ")"});
    case 9: return joined({"(", number(inner, scope), " ", pick({"=", "!="}), " null)"});
    case 10: return joined({pick({"all((", "any(("}), structures(inner, scope), ").b)"});
    case 11:
      return joined({"(", number(inner, scope), " in [", number(inner, scope), "..", number(inner, scope), "])"});
    case 12: return joined({"(", number(inner, scope), " in ", list(inner, scope), ")"});
    case 13: return joined({"(", structures(inner, scope), ")[", position(scope), "].b"});
    case 14:
      return joined({"(if ", truth(inner, scope), " then ", truth(inner, scope), " else ", truth(inner, scope), ")"});
    case 15: return truth_of_type(inner, scope);
    default: return truth_of_loop(inner, scope);
  }
}

std::string ExpressionWriter::truth_of_loop(int depth, Scope const& scope)
{
  auto const some = pick({"some ", "every "});
  auto const each = fresh();
  switch (dice_.below(4)) {
    case 0: {
      auto const other = fresh();
      return joined({"(", some, each, " in ", list(depth, scope), " satisfies ", pick({"some ", "every "}), other,
                     " in ", list(depth, with_number(scope, each)), " satisfies ",
                     truth(depth, with_number(with_number(scope, each), other)), ")"});
    }
    case 1:
      return joined({pick({"all(", "any("}), "for ", each, " in ", structures(depth, scope), " return ",
                     truth(depth, with_structure(scope, each)), ")"});
    case 2:
      return joined({"(", some, each, " in ", structures(depth, scope), " satisfies ",
                     truth(depth, with_structure(scope, each)), ")"});
    default:
      return joined(
          {"(", some, each, " in ", list(depth, scope), " satisfies ", truth(depth, with_number(scope, each)), ")"});
  }
}

std::string ExpressionWriter::truth_of_type(int depth, Scope const& scope)
{
  switch (dice_.below(4)) {
    case 0: return joined({"not((", structures(depth, scope), ").b)"});
    case 1: return joined({"(", list(depth, scope), " instance of list<", pick({"number", "string", "Any"}), ">)"});
    case 2: return joined({"(", number(depth, scope), " instance of ", pick({"number", "string", "Any"}), ")"});
    default: return joined({"(q instance of context<a: ", pick({"number", "string"}), ">)"});
  }
}

std::string ExpressionWriter::simple_list(Scope const& scope)
{
  Texts names{"xs", "ys", "q.l", "ps.a", "us", "vs"};
  names.insert(names.end(), scope.lists.begin(), scope.lists.end());
  return pick(names);
}

std::string ExpressionWriter::list(int depth, Scope const& scope)
{
  if (depth <= 0 && dice_.chance(90)) return simple_list(scope);
  if (depth <= 0) return joined({"[", simple_number(scope), ", ", simple_number(scope), "]"});
  auto const inner = depth - 1;
  switch (dice_.below(12)) {
    case 0: return simple_list(scope);
    case 1: return joined({"(", list(inner, scope), ")[", truth(inner, with_number(scope, "item")), "]"});
    case 2: return joined({"(", structures(inner, scope), ").a"});
    case 3: return nested_ ? joined({"flatten((", structures(inner, scope), ").c)"}) : simple_list(scope);
    case 4: return joined({"[", number(inner, scope), ", ", number(inner, scope), "]"});
    case 5:
      return joined({"(if ", truth(inner, scope), " then ", list(inner, scope), " else ", list(inner, scope), ")"});
    case 6:
    case 7: return list_of_loop(inner, scope);
    default: return edited_list(inner, scope);
  }
}

std::string ExpressionWriter::edited_list(int depth, Scope const& scope)
{
  auto const first = list(depth, scope);
  switch (dice_.below(12)) {
    case 0: return joined({"concatenate(", first, ", ", list(depth, scope), ")"});
    case 1: return joined({"union(", first, ", ", list(depth, scope), ")"});
    case 2: return joined({"flatten([", first, ", ", list(depth, scope), "])"});
    case 3: return joined({"append(", first, ", ", number(depth, scope), ")"});
    case 4: return joined({"insert before(", first, ", ", position(scope), ", ", number(depth, scope), ")"});
    case 5: return joined({"list replace(", first, ", ", position(scope), ", ", number(depth, scope), ")"});
    case 6: return joined({"remove(", first, ", ", position(scope), ")"});
    case 7: return joined({"sublist(", first, ", ", position(scope), pick({"", "", ", 1"}), ")"});
    case 8: return joined({"reverse(", first, ")"});
    case 9: return joined({"distinct values(", first, ")"});
    case 10: return joined({"sort(", first, ", function(x, y) x ", pick({"<", ">"}), " y)"});
    default: return joined({"index of(", first, ", ", number(depth, scope), ")"});
  }
}

std::string ExpressionWriter::list_of_loop(int depth, Scope const& scope)
{
  auto const each = fresh();
  auto const inside = with_number(scope, each);
  switch (dice_.below(4)) {
    case 0:
      return joined({"(for ", each, " in ", structures(depth, scope), " return ",
                     number(depth, with_structure(scope, each)), ")"});
    case 1: {
      auto const other = fresh();
      return joined({"(for ", each, " in ", list(depth, scope), ", ", other, " in ", list(depth, inside), " return ",
                     number(depth, with_number(inside, other)), ")"});
    }
    case 2:
      return joined({"(for ", each, " in 1..", pick({"n", "2", "count(xs)"}), " return ", number(depth, inside), ")"});
    default: return joined({"(for ", each, " in ", list(depth, scope), " return ", number(depth, inside), ")"});
  }
}

std::string ExpressionWriter::structures(int depth, Scope const& scope)
{
  if (depth <= 0) return "ps";
  auto const inner = depth - 1;
  switch (dice_.below(9)) {
    case 0:
    case 1: return "ps";
    case 2:
    case 3:
      return joined({"(", structures(inner, scope), ")[", truth(inner, with_structure(scope, "item", true)), "]"});
    case 4: return joined({"concatenate(", structures(inner, scope), ", ", structures(inner, scope), ")"});
    case 5: return joined({"reverse(", structures(inner, scope), ")"});
    case 6:
      return joined({"append(", structures(inner, scope), ", {a: ", number(inner, scope), ", b: ", truth(inner, scope),
                     nested_ ? ", c: " + list(inner, scope) : "", "})"});
    case 7: {
      auto const each = fresh();
      return joined({"(for ", each, " in ", structures(inner, scope), " return ", each, ")"});
    }
    default: return joined({"(if ", truth(inner, scope), " then ", structures(inner, scope), " else ps)"});
  }
}

}  // namespace tutela::laws
