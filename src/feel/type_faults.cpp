// SPDX-License-Identifier: Apache-2.0
/// \file
/// Which operand types an operation can work with.
#include "feel/type_faults.hpp"

#include "feel/builtins.hpp"
#include "feel/function_value.hpp"
#include "feel/operations.hpp"
#include "feel/parser.hpp"

namespace tutela::detail {
namespace {

using Kind = Type::Kind;

/// A type whose values are of one kind and are not converted. A list of one element may stand for the element, and a
/// date for a date and time; those are left to the evaluation.
bool is_certain(Type const& type)
{
  switch (type.kind()) {
    case Kind::boolean:
    case Kind::number:
    case Kind::string:
    case Kind::date:
    case Kind::time:
    case Kind::date_time:
    case Kind::days_duration:
    case Kind::months_duration: return true;
    default: return false;
  }
}

bool is_duration(Kind kind) { return kind == Kind::days_duration || kind == Kind::months_duration; }

bool is_day(Kind kind) { return kind == Kind::date || kind == Kind::date_time; }

/// A duration that can be added to the other value.
bool moves(Kind moment, Kind duration)
{
  return (is_day(moment) && is_duration(duration)) || (moment == Kind::time && duration == Kind::days_duration);
}

bool comparable(Kind one, Kind other) { return one == other || (is_day(one) && is_day(other)); }

bool works(Op op, Kind left, Kind right)
{
  bool const numbers = left == Kind::number && right == Kind::number;
  bool const durations = left == right && is_duration(left);
  switch (op) {
    case Op::add:
      return numbers || durations || (left == Kind::string && right == Kind::string) || moves(left, right) ||
             moves(right, left);
    case Op::subtract:
      return numbers || durations || moves(left, right) || (is_day(left) && is_day(right)) ||
             (left == Kind::time && right == Kind::time);
    case Op::multiply:
      return numbers || (is_duration(left) && right == Kind::number) || (left == Kind::number && is_duration(right));
    case Op::divide: return numbers || durations || (is_duration(left) && right == Kind::number);
    case Op::power: return numbers;
    default: return comparable(left, right);
  }
}

class TypeCheck {
 public:
  TypeCheck(Program const& program, Diagnostics& diagnostics) : program_(program), diagnostics_(diagnostics) {}

  void check(Node const& node, Type const* input)
  {
    switch (node.op) {
      case Op::add:
      case Op::subtract:
      case Op::multiply:
      case Op::divide:
      case Op::power:
      case Op::equal:
      case Op::unequal:
      case Op::less:
      case Op::less_equal:
      case Op::greater:
      case Op::greater_equal: pair(node, node.op, type(node, 0), type(node, 1)); break;
      case Op::between:
        pair(node, node.op, type(node, 0), type(node, 1));
        pair(node, node.op, type(node, 0), type(node, 2));
        break;
      case Op::conjunction:
      case Op::disjunction:
        for (std::uint32_t i = 0; i < node.count; ++i) condition(program_.child(node, i));
        break;
      case Op::conditional: condition(program_.child(node, 0)); break;
      case Op::in:
        for (std::uint32_t i = 1; i < node.count; ++i) test(program_.child(node, i), type(node, 0));
        break;
      case Op::tests:
        for (std::uint32_t i = 0; input != nullptr && i < node.count; ++i) test(program_.child(node, i), *input);
        break;
      case Op::constant: constant(node); break;
      case Op::path: entry(node); break;
      default: break;
    }
  }

 private:
  /// An answer that depends on what was recorded so far would change with every further fact.
  void constant(Node const& node)
  {
    auto const* function = function_in(program_.constants[node.index]);
    if (function == nullptr || function->builtin() == nullptr || function->builtin()->name != "is known") return;
    diagnostics_.warning(Code::unsupported, program_.place(node.offset),
                         "`is known` asks what was recorded so far; no answer may depend on that",
                         "compare with `null` where there may be none, or leave it to the interview");
  }

  /// A value of a type that states its entries has no others, so this one would be missing in every case.
  void entry(Node const& node)
  {
    Type held;
    Type const* const entries = entries_of(type(node, 0), held);
    auto const& name = program_.texts[node.index];
    if (entries == nullptr || entries->find(name) != nullptr) return;
    std::string names;
    for (auto const& one : entries->entries()) (names += names.empty() ? "" : ", ") += one.name;
    diagnostics_.warning(Code::unknown_name, program_.place(node.offset),
                         "the type of what stands before the point has no component `" + name + "`",
                         "use one of: " + names + "; or add it to the item definition");
  }

  Type const& type(Node const& node, std::uint32_t child) const { return program_.child(node, child).type; }

  void pair(Node const& node, Op op, Type const& left, Type const& right)
  {
    if (!is_certain(left) || !is_certain(right) || works(op, left.kind(), right.kind())) return;
    warn(node, "`" + std::string(operator_text(op)) + "` between a " + to_string(left) + " and a " + to_string(right) +
                   " has no value");
  }

  void condition(Node const& node)
  {
    if (is_certain(node.type) && !node.type.is(Kind::boolean))
      warn(node, "a condition is a " + to_string(node.type) + " and never true or false");
  }

  void test(Node const& node, Type const& input)
  {
    if (!is_certain(input) || node.count == 0) return;
    auto const& value = program_.child(node, 0);
    bool const compares = node.op == Op::test_compare;
    if (!compares && (node.op != Op::test_value || (node.flags & reads_input) != 0)) return;
    auto const tested = value.type.is(Kind::range) ? value.type.element() : value.type;
    // A test that is a condition by itself decides; it is not compared with the input.
    if (!is_certain(tested) || comparable(tested.kind(), input.kind()) || (!compares && tested.is(Kind::boolean)))
      return;
    warn(value, "a " + to_string(input) + " is tested against a " + to_string(tested) + ", which it never is");
  }

  void warn(Node const& node, std::string what)
  {
    diagnostics_.warning(Code::type_mismatch, program_.place(node.offset), std::move(what),
                         "correct the expression, or the type of what it reads");
  }

  Program const& program_;
  Diagnostics& diagnostics_;
};

}  // namespace

void report_type_faults(Program const& program, Type const* input, Diagnostics& diagnostics)
{
  TypeCheck check(program, diagnostics);
  for (auto const& node : program.nodes) check.check(node, input);
}

}  // namespace tutela::detail
