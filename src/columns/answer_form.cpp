// SPDX-License-Identifier: Apache-2.0
/// \file
/// How the computed answers of a decision are counted.
#include "columns/answer_form.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "columns/program.hpp"
#include "feel/function_value.hpp"
#include "feel/program.hpp"
#include "rules/model.hpp"
#include "rules/plan_source.hpp"

namespace tutela::detail {
namespace {

/// Digits after the point that suffice for all numbers something may be; nothing where they cannot be told, or where it may
/// be anything but a number or null.
using Digits = std::optional<int>;

/// Decisions one above the other that are looked through.
constexpr std::size_t most_decisions_deep = 64;

Digits more(Digits one, Digits other) { return one && other ? Digits(std::max(*one, *other)) : std::nullopt; }
Digits sum(Digits one, Digits other) { return one && other ? Digits(*one + *other) : std::nullopt; }

/// Of a number, or of all in a list.
Digits digits_of(Value const& value)
{
  if (value.is_none()) return 0;
  if (auto const* list = value.as_list()) {
    Digits digits = 0;
    for (auto const& item : list->items) digits = more(digits, digits_of(item));
    return digits;
  }
  auto const* number = value.as_number();
  return number != nullptr ? digits_after_point(*number) : std::nullopt;
}

/// Digits of the numbers in a column, in its elements and in their fields.
int digits_in(FactColumn const& column)
{
  int most = column.column.format ? std::max(0, column.column.format->scale) : 0;
  for (auto const& field : column.fields) most = std::max(most, digits_in(field));
  return most;
}

class DigitsReader {
 public:
  explicit DigitsReader(ColumnProgram const& program) : program_(program), pack_(program.pack.impl())
  {
    law_on_ = program.options.law_on ? program.options.law_on : program.on;
    for (auto const& column : program.columns) all_ = std::max(all_, digits_in(column));
  }

  /// Digits of a decision's answers.
  Digits of_decision(std::size_t node)
  {
    if (auto const known = of_node_.find(node); known != of_node_.end()) return known->second;
    if (deep_ == most_decisions_deep) return std::nullopt;
    ++deep_;
    std::optional<Digits> digits;
    for (auto const& text : pack_.model->nodes[node].texts) {
      if (law_on_ && !text.note.law.contains(*law_on_)) continue;
      auto const here = of_text(text);
      digits = digits ? more(*digits, here) : here;
    }
    --deep_;
    return of_node_.emplace(node, digits.value_or(std::nullopt)).first->second;
  }

 private:
  Digits of_text(NodeText const& text)
  {
    bool const is_number = text.type.type.is(Type::Kind::number) || text.type.type.is(Type::Kind::any);
    if (!is_number) return std::nullopt;
    auto const& body = text.body;
    if (body.kind == Boxed::Kind::literal && body.expression) return of_expression(text, *body.expression);
    return body.kind == Boxed::Kind::table ? of_table(text, *body.table) : std::nullopt;
  }

  Digits of_table(NodeText const& text, DecisionTable const& table)
  {
    bool const collects = table.policy == HitPolicy::collect;
    bool const lists = table.policy == HitPolicy::rule_order || table.policy == HitPolicy::output_order ||
                       (collects && table.aggregation == Aggregation::none);
    if (lists || table.outputs.size() != 1) return std::nullopt;
    if (collects && table.aggregation == Aggregation::count) return 0;
    Digits digits = 0;
    auto const& fallback = table.outputs.front().fallback;
    if (fallback) digits = of_expression(text, *fallback);
    for (auto const& rule : table.rules)
      if (rule.outputs.front()) digits = more(digits, of_expression(text, *rule.outputs.front()));
    return digits;
  }

  Digits of_expression(NodeText const& text, Expression const& expression)
  {
    auto const& program = expression.program();
    if (!is_single(program, program.root)) return std::nullopt;
    auto const outer = std::exchange(of_local_, {});
    auto const digits = of(text, program, program.root);
    of_local_ = outer;
    return digits;
  }

  /// False where it may be a list: the digits of that are those of its elements.
  static bool is_single(Program const& program, NodeId id)
  {
    auto const& node = program.nodes[id];
    if (node.type.is(Type::Kind::number) || node.type.is(Type::Kind::null)) return true;
    if (!node.type.is(Type::Kind::any)) return false;
    auto const child = [&](std::uint32_t which) { return program.children[node.first + which]; };
    switch (node.op) {
      case Op::conditional: return is_single(program, child(1)) && is_single(program, child(2));
      case Op::filter: return program.nodes[child(1)].type.is(Type::Kind::number);
      case Op::iterate:
      case Op::path:
      case Op::list: return false;
      default: return true;
    }
  }

  Digits of(NodeText const& text, Program const& program, NodeId id)
  {
    auto const& node = program.nodes[id];
    if (node.folded >= 0) return digits_of(program.constants[static_cast<std::size_t>(node.folded)]);
    auto const child = [&](std::uint32_t which) { return of(text, program, program.children[node.first + which]); };
    switch (node.op) {
      case Op::constant: return digits_of(program.constants[node.index]);
      case Op::slot:
      case Op::path: return of_name(text, program, id);
      case Op::local: return of_local(node.index);
      case Op::negate:
      case Op::filter: return child(0);
      case Op::add:
      case Op::subtract: return more(child(0), child(1));
      case Op::multiply: return sum(child(0), child(1));
      case Op::divide: return sum(child(0), of_reciprocal(program, program.child(node, 1)));
      case Op::conditional: return more(child(1), child(2));
      case Op::list: return of_children(text, program, node, 0);
      case Op::iterate: return of_loop(text, program, node);
      case Op::call: return of_call(text, program, node);
      default: return std::nullopt;
    }
  }

  Digits of_children(NodeText const& text, Program const& program, Node const& node, std::uint32_t first)
  {
    Digits digits = 0;
    for (std::uint32_t i = first; i < node.count; ++i)
      digits = more(digits, of(text, program, program.children[node.first + i]));
    return digits;
  }

  /// What is made of each element of some lists, or of each whole number between two.
  Digits of_loop(NodeText const& text, Program const& program, Node const& node)
  {
    std::uint32_t next = 0;
    auto const child = [&] { return of(text, program, program.children[node.first + next++]); };
    for (auto const& iterator : program.loops[node.index].iterators) {
      auto const low = child();
      of_local_[iterator.local] = iterator.bounds ? more(low, child()) : low;
    }
    return child();
  }

  /// Of an element of a list, or of what it has in it.
  [[nodiscard]] Digits of_local(std::uint32_t place) const
  {
    auto const found = of_local_.find(place);
    return found != of_local_.end() ? found->second : std::nullopt;
  }

  /// A fact, a part of something, or what a decision answers.
  Digits of_name(NodeText const& text, Program const& program, NodeId id)
  {
    auto const& node = program.nodes[id];
    if (auto const source = plain_source(*pack_.model, text, program, id)) {
      if (!source->is_fact) return of_decision(source->node);
      return source->type.is(Type::Kind::number) ? Digits(of_column(source->name, 0)) : std::nullopt;
    }
    auto const& type = node.type.is(Type::Kind::list) ? node.type.element() : node.type;
    if (!type.is(Type::Kind::number) && !type.is(Type::Kind::context) && !type.is(Type::Kind::any)) return std::nullopt;
    if (auto const* list = list_of(text, program, id)) return of_column(list->name, all_);
    if (node.op == Op::path) {
      auto const& whole = program.child(node, 0);
      bool const of_days = whole.type.is(Type::Kind::date) || whole.type.is(Type::Kind::months_duration);
      bool const of_length = whole.type.is(Type::Kind::days_duration) && program.texts[node.index] != "seconds";
      return of_days || of_length ? Digits(0) : of(text, program, program.children[node.first]);
    }
    // Every part of a fact stands in some column; what a decision puts together is not looked into.
    bool const is_input = node.index < text.requirements.size() &&
                          pack_.model->nodes[text.requirements[node.index]].kind == GraphNode::Kind::input;
    return is_input ? Digits(all_) : std::nullopt;
  }

  /// Of all numbers in the column of a fact.
  [[nodiscard]] int of_column(std::string const& fact, int without) const
  {
    for (auto const& column : program_.columns)
      if (column.rule.fact == fact) return digits_in(column);
    return without;
  }

  /// The list that a name means, or the one that it means a part of each element of; nothing where it means neither.
  FactTree const* list_of(NodeText const& text, Program const& program, NodeId id) const
  {
    std::vector<std::string> path;
    auto const* at = &program.nodes[id];
    for (; at->op == Op::path && at->folded < 0; at = &program.child(*at, 0)) path.push_back(program.texts[at->index]);
    if (at->op != Op::slot || at->folded >= 0 || at->index >= text.requirements.size()) return nullptr;
    auto const* tree = &pack_.model->nodes[text.requirements[at->index]].facts;
    for (auto step = path.rbegin(); step != path.rend() && !tree->type.is(Type::Kind::list); ++step) {
      auto const part = std::find_if(tree->parts.begin(), tree->parts.end(),
                                     [&](FactTree const& each) { return each.entry == *step; });
      if (part == tree->parts.end()) return nullptr;
      tree = &*part;
    }
    return tree->type.is(Type::Kind::list) ? tree : nullptr;
  }

  /// What dividing by a constant adds; nothing where a quotient may go on for ever.
  static Digits of_reciprocal(Program const& program, Node const& divisor)
  {
    auto const constant = divisor.folded >= 0          ? std::optional<std::size_t>(divisor.folded)
                          : divisor.op == Op::constant ? std::optional<std::size_t>(divisor.index)
                                                       : std::nullopt;
    auto const* number = constant ? program.constants[*constant].as_number() : nullptr;
    if (number == nullptr || number->is_zero()) return std::nullopt;
    auto const digits = digits_after_point(*number);
    if (!digits) return std::nullopt;
    auto left = AmountForm(Kind::number, *digits).count(Value(number->abs())).value_or(0);
    for (int const factor : {2, 5})
      while (left != 0 && left % factor == 0) left /= factor;
    return left == 1 ? digits_after_point(Decimal(1) / *number) : std::nullopt;
  }

  Digits of_call(NodeText const& text, Program const& program, Node const& node)
  {
    auto const& callee = program.child(node, 0);
    bool const fixed = callee.folded >= 0 || callee.op == Op::constant;
    auto const place = callee.folded >= 0 ? static_cast<std::size_t>(callee.folded) : std::size_t{callee.index};
    auto const* function = fixed ? function_in(program.constants[place]) : nullptr;
    auto const* builtin = function == nullptr ? nullptr : function->builtin();
    if (builtin == nullptr || (node.flags & Flag::named) != 0) return std::nullopt;
    std::string_view const name = builtin->name;
    auto const is_one_of = [&](std::initializer_list<std::string_view> names) {
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (is_one_of({"count", "string length", "age in years", "day of year", "week of year"})) return 0;
    if (is_one_of({"sum", "min", "max", "abs", "modulo"})) return of_children(text, program, node, 1);
    if (is_one_of({"floor", "ceiling"}) && node.count == 2) return 0;
    bool const rounds =
        is_one_of({"floor", "ceiling", "decimal", "round up", "round down", "round half up", "round half down"});
    if (!rounds || node.count != 3) return std::nullopt;
    auto const& digits = program.child(node, 2);
    if (digits.folded < 0 && digits.op != Op::constant) return std::nullopt;
    auto const& to = program.constants[digits.folded >= 0 ? static_cast<std::size_t>(digits.folded) : digits.index];
    auto const* number = to.as_number();
    auto const whole = number != nullptr ? number->to_int64() : std::nullopt;
    if (!whole || *whole > most_amount_digits) return std::nullopt;
    return static_cast<int>(std::max<std::int64_t>(0, *whole));
  }

  ColumnProgram const& program_;
  PackImpl const& pack_;
  std::optional<Date> law_on_;
  int all_ = 0;                               ///< Of all columns.
  std::map<std::uint32_t, Digits> of_local_;  ///< Of the elements that a loop goes through, by their places.
  std::map<std::size_t, Digits> of_node_;
  std::size_t deep_ = 0;
};

/// A form; nothing where it does not hold all constants among the answers, because the type is settled before any row.
std::optional<AmountForm> form_of_all(ColumnDecision const& decision, AmountForm form)
{
  auto const constants = std::span(decision.answers).first(decision.plan != nullptr ? decision.first_computed : 0);
  bool const fit = std::all_of(constants.begin(), constants.end(),
                               [&](Value const& answer) { return answer.is_none() || form.count(answer); });
  return fit ? std::optional(form) : std::nullopt;
}

}  // namespace

std::optional<AmountForm> answer_form(ColumnProgram const& program, ColumnDecision const& decision)
{
  auto const& pack = program.pack.impl();
  if (decision.index >= pack.nodes.size()) return std::nullopt;
  auto const node = pack.nodes[decision.index];
  auto const& texts = pack.model->nodes[node].texts;
  bool const dates =
      std::all_of(texts.begin(), texts.end(), [](NodeText const& text) { return text.type.type.is(Type::Kind::date); });
  if (dates) return form_of_all(decision, AmountForm(Kind::date, 0));
  auto digits = DigitsReader(program).of_decision(node);
  // The counts of a formula may have zeros at their end.
  for (auto const& answer : decision.computed)
    if (digits && answer.formula != nullptr) digits = std::max(*digits, answer.formula->scale);
  if (!digits || *digits > most_amount_digits) return std::nullopt;
  return form_of_all(decision, AmountForm(Kind::number, *digits));
}

}  // namespace tutela::detail
