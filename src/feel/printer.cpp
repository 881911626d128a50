// SPDX-License-Identifier: Apache-2.0
/// \file
/// A tree written back as FEEL text.
#include <algorithm>

#include "feel/function_value.hpp"
#include "feel/lexer.hpp"
#include "feel/operations.hpp"
#include "feel/program.hpp"
#include "feel/temporal.hpp"

namespace tutela::detail {

namespace {

class Printer {
 public:
  explicit Printer(Program const& program) : program_(program) {}

  // Recursion is bounded: the parser limits the height of a tree.
  std::string text(NodeId id)
  {
    Node const& node = program_.nodes[id];
    switch (node.op) {
      case Op::constant: return literal(program_.constants[node.index]);
      case Op::slot:
      case Op::local:
      case Op::capture: return written(program_.texts[node.local]);
      case Op::missing:
      case Op::item_entry: return written(program_.texts[node.index]);
      case Op::list: return "[" + joined(node, 0, ", ") + "]";
      case Op::context: return context(node);
      case Op::range:
        return std::string((node.flags & low_included) != 0 ? "[" : "(") + operand(node, 0) + ".." + operand(node, 1) +
               ((node.flags & high_included) != 0 ? "]" : ")");
      case Op::range_test: return "(" + std::string(operator_text(node.comparison)) + " " + operand(node, 0) + ")";
      case Op::negate: return "-" + chained(node);
      case Op::conjunction: return joined(node, 0, " and ", true);
      case Op::disjunction: return joined(node, 0, " or ", true);
      case Op::between: return operand(node, 0) + " between " + operand(node, 1) + " and " + operand(node, 2);
      case Op::in: return operand(node, 0) + " in (" + joined(node, 1, ", ") + ")";
      case Op::tests: return tests(node);
      case Op::test_compare: return std::string(operator_text(node.comparison)) + " " + operand(node, 0);
      case Op::test_value: return text(program_.children[node.first]);
      case Op::instance_of: return operand(node, 0) + " instance of " + type(node.index);
      case Op::conditional:
        return "if " + text(child(node, 0)) + " then " + text(child(node, 1)) + " else " + text(child(node, 2));
      case Op::iterate:
      case Op::some:
      case Op::every: return loop(node);
      case Op::filter: return operand(node, 0) + "[" + text(child(node, 1)) + "]";
      case Op::path: return path(node);
      case Op::call: return call(node);
      case Op::function:
      case Op::external: return function(node);
      default: return chained(node) + " " + std::string(operator_text(node.op)) + " " + operand(node, 1);
    }
  }

 private:
  // In parentheses where it could be read on: with `a - b` in scope, `(a) - b` is a difference.
  [[nodiscard]] std::string written(std::string const& text) const
  {
    return program_.names_look_like_text ? "(" + text + ")" : text;
  }

  [[nodiscard]] NodeId child(Node const& node, std::uint32_t which) const
  {
    return program_.children[node.first + which];
  }

  // A part that is not one word is put in parentheses, whether it needs them or not.
  std::string operand(Node const& node, std::uint32_t which)
  {
    NodeId const id = child(node, which);
    switch (program_.nodes[id].op) {
      case Op::constant: {
        auto const* number = program_.constants[program_.nodes[id].index].as_number();
        return number != nullptr && number->is_negative() ? "(" + text(id) + ")" : text(id);
      }
      case Op::slot:
      case Op::local:
      case Op::capture:
      case Op::missing:
      case Op::list:
      case Op::context:
      case Op::range:
      case Op::range_test:
      case Op::path:
      case Op::filter:
      case Op::call: return text(id);
      default: return "(" + text(id) + ")";
    }
  }

  // The first operand. The parser reads `a + b - c` and `--a` at any length without nesting, so they are printed so.
  std::string chained(Node const& node)
  {
    auto const sum = [](Op op) { return op == Op::add || op == Op::subtract; };
    auto const product = [](Op op) { return op == Op::multiply || op == Op::divide; };
    NodeId const id = child(node, 0);
    Op const first = program_.nodes[id].op;
    bool const same = (sum(node.op) && sum(first)) || (product(node.op) && product(first)) ||
                      (node.op == first && (first == Op::negate || first == Op::power));
    return same ? text(id) : operand(node, 0);
  }

  std::string joined(Node const& node, std::uint32_t from, std::string_view separator, bool as_operands = false)
  {
    std::string result;
    for (std::uint32_t index = from; index < node.count; ++index) {
      if (index > from) result += separator;
      result += as_operands ? operand(node, index) : text(child(node, index));
    }
    return result;
  }

  static std::string literal(Value const& value)
  {
    if (auto const* text = value.as_string()) return quoted(*text);
    if (auto const* date = value.as_date()) return "@\"" + temporal_text(*date) + "\"";
    if (auto const* time = value.as_time()) return "@\"" + temporal_text(*time) + "\"";
    if (auto const* moment = value.as_date_time()) return "@\"" + temporal_text(*moment) + "\"";
    if (auto const* days = value.as_days_duration()) return "@\"" + temporal_text(*days) + "\"";
    if (auto const* months = value.as_months_duration()) return "@\"" + temporal_text(*months) + "\"";
    if (auto const* const function = function_in(value)) {
      return function->builtin() == nullptr ? "null" : function->builtin()->name;
    }
    return to_string(value);
  }

  static std::string key(std::string const& name)
  {
    bool const plain = !name.empty() && is_name_start(character_at(name, 0).code) &&
                       identifier_end(name, 0) == name.size() && !is_keyword(name);
    return plain ? name : quoted(name);
  }

  std::string context(Node const& node)
  {
    std::string result = "{";
    for (std::uint32_t index = 0; index < node.count; ++index) {
      if (index > 0) result += ", ";
      result += key(program_.texts[node.index + index]) + ": " + text(child(node, index));
    }
    return result + "}";
  }

  std::string tests(Node const& node)
  {
    if (node.count == 0) return "-";
    std::string const list = joined(node, 0, ", ");
    return (node.flags & negated) != 0 ? "not(" + list + ")" : list;
  }

  std::string loop(Node const& node)
  {
    auto const& made = program_.loops[node.index];
    std::string result = node.op == Op::iterate ? "for " : (node.op == Op::some ? "some " : "every ");
    std::uint32_t which = 0;
    for (std::size_t index = 0; index < made.iterators.size(); ++index) {
      auto const& iterator = made.iterators[index];
      if (index > 0) result += ", ";
      result += iterator.name + " in ";
      if (iterator.bounds) {
        result += operand(node, which) + ".." + operand(node, which + 1);
        which += 2;
      } else {
        result += text(child(node, which++));
      }
    }
    result += node.op == Op::iterate ? " return " : " satisfies ";
    return result + text(child(node, which));
  }

  std::string path(Node const& node)
  {
    NodeId const owner = child(node, 0);
    std::string const& name = program_.texts[node.index];
    // an entry of `item` that was written by its name alone
    auto const& of = program_.nodes[owner];
    if ((of.op == Op::local || of.op == Op::slot || of.op == Op::capture) && program_.texts[of.local] == "item" &&
        of.offset == node.offset) {
      return name;
    }
    std::string left = operand(node, 0);
    if (of.op == Op::constant && program_.constants[of.index].is(Kind::number)) left = "(" + left + ")";
    return left + "." + name;
  }

  std::string call(Node const& node)
  {
    std::string result = operand(node, 0) + "(";
    for (std::uint32_t index = 1; index < node.count; ++index) {
      if (index > 1) result += ", ";
      if ((node.flags & named) != 0) result += program_.texts[node.index + index - 1] + ": ";
      result += text(child(node, index));
    }
    return result + ")";
  }

  std::string function(Node const& node)
  {
    auto const& body = program_.bodies[node.index];
    std::string result = "function(";
    for (std::size_t index = 0; index < body.parameters.size(); ++index) {
      if (index > 0) result += ", ";
      result += body.parameters[index].name;
      if (!body.types[index].empty()) result += ": " + body.types[index];
    }
    result += node.op == Op::external ? ") external " : ") ";
    return result + text(node.op == Op::external ? child(node, 0) : body.root);
  }

  [[nodiscard]] std::string type(std::uint32_t index) const { return program_.type_names[index]; }

  Program const& program_;
};

bool same_value(Value const& lhs, Value const& rhs)
{
  auto const* const left = function_in(lhs);
  auto const* const right = function_in(rhs);
  if (left != nullptr && right != nullptr) return left->builtin() == right->builtin();
  return lhs == rhs;
}

bool same_node(Program const& lhs, NodeId left_id, Program const& rhs, NodeId right_id)
{
  Node const& left = lhs.nodes[left_id];
  Node const& right = rhs.nodes[right_id];
  if (left.op != right.op || left.flags != right.flags || left.comparison != right.comparison ||
      left.count != right.count) {
    return false;
  }
  auto const same_text = [&](std::uint32_t offset) {
    return lhs.texts[left.index + offset] == rhs.texts[right.index + offset];
  };
  switch (left.op) {
    case Op::constant:
      if (!same_value(lhs.constants[left.index], rhs.constants[right.index])) return false;
      break;
    case Op::slot:
    case Op::local:
    case Op::capture:
      if (left.index != right.index || lhs.texts[left.local] != rhs.texts[right.local]) return false;
      break;
    case Op::missing:
    case Op::item_entry:
    case Op::path:
      if (!same_text(0)) return false;
      break;
    case Op::context:
      for (std::uint32_t index = 0; index < left.count; ++index) {
        if (!same_text(index)) return false;
      }
      break;
    case Op::call:
      for (std::uint32_t index = 0; (left.flags & named) != 0 && index + 1 < left.count; ++index) {
        if (!same_text(index)) return false;
      }
      break;
    case Op::instance_of:
      if (lhs.types[left.index] != rhs.types[right.index]) return false;
      break;
    case Op::iterate:
    case Op::some:
    case Op::every: {
      auto const& first = lhs.loops[left.index].iterators;
      auto const& second = rhs.loops[right.index].iterators;
      bool const same =
          std::equal(first.begin(), first.end(), second.begin(), second.end(),
                     [](auto const& a, auto const& b) { return a.name == b.name && a.bounds == b.bounds; });
      if (!same) return false;
      break;
    }
    case Op::function: {
      auto const& first = lhs.bodies[left.index];
      auto const& second = rhs.bodies[right.index];
      bool const same = std::equal(first.parameters.begin(), first.parameters.end(), second.parameters.begin(),
                                   second.parameters.end(),
                                   [](auto const& a, auto const& b) { return a.name == b.name && a.type == b.type; });
      if (!same || !same_node(lhs, first.root, rhs, second.root)) return false;
      break;
    }
    default: break;
  }
  for (std::uint32_t index = 0; index < left.count; ++index) {
    if (!same_node(lhs, lhs.children[left.first + index], rhs, rhs.children[right.first + index])) return false;
  }
  return true;
}

}  // namespace

std::string print(Program const& program)
{
  return program.root == no_node ? std::string() : Printer(program).text(program.root);
}

bool same_tree(Program const& lhs, Program const& rhs)
{
  if (lhs.root == no_node || rhs.root == no_node) return lhs.root == rhs.root;
  return same_node(lhs, lhs.root, rhs, rhs.root);
}

}  // namespace tutela::detail
