// SPDX-License-Identifier: Apache-2.0
/// \file
/// The executor of one expression on one case.
#include "feel/evaluator.hpp"

#include <algorithm>
#include <array>

#include <tutela/base/result.hpp>

#include "feel/function_value.hpp"

namespace tutela::detail {

namespace {

// Counts how deep evaluation is, so that recursive functions end in an error and not in the loss of the stack.
class Depth {
 public:
  explicit Depth(Evaluation& evaluation) : evaluation_(evaluation) { ++evaluation_.depth; }
  Depth(Depth const&) = delete;
  Depth& operator=(Depth const&) = delete;
  ~Depth() { --evaluation_.depth; }

 private:
  Evaluation& evaluation_;
};

std::size_t largest_depth(Evaluation const& evaluation) { return evaluation.limits.nesting * 16; }

// What a filter goes through: a single value is a list of one. The standard takes null for such a value, too; in legal
// mode null says that there is none.
List elements_of(Site const& site, Value const& value)
{
  return value.is_none() && !site.legal() ? List{{value}} : as_elements(value);
}

// True when what is not known yet may be a position instead of a condition.
bool may_be_number(Value const& condition)
{
  auto const* unknown = condition.as_unknown();
  if (unknown == nullptr) return false;
  if (unknown->domain.kind == Domain::Kind::range) return true;
  return std::any_of(unknown->domain.values.begin(), unknown->domain.values.end(),
                     [](Value const& each) { return each.is(Kind::number); });
}

}  // namespace

Value const& Evaluator::view(NodeId id, Value& scratch)
{
  Node const& node = program_.nodes[id];
  if (node.folded >= 0) return program_.constants[static_cast<std::size_t>(node.folded)];
  if (node.op == Op::local && !is_open(frame_[node.index])) return frame_[node.index];
  if (node.op == Op::slot && !is_open(slots_[node.index])) return slots_[node.index];
  scratch = value(id);
  return scratch;
}

Value Evaluator::value(NodeId id)
{
  Node const& node = program_.nodes[id];
  if (node.folded >= 0) return program_.constants[static_cast<std::size_t>(node.folded)];
  Depth const depth(evaluation_);
  if (evaluation_.depth > largest_depth(evaluation_)) return site(node).fail_limit("nesting");
  if (++evaluation_.steps > evaluation_.limits.evaluation_steps) return site(node).fail_limit("evaluation_steps");
  Value result = compute(node);
  // The null in the place of a limit's error is no value to go on with.
  if (evaluation_.mode == Mode::conformance && evaluation_.steps > evaluation_.limits.evaluation_steps) return {};
  if (result.is(Kind::string) && !site(node).spend_on(result)) return site(node).fail_limit("evaluation_steps");
  return result.kind() < Kind::list ? result : site(node).bounded(std::move(result));
}

Value Evaluator::compute(Node const& node)
{
  switch (node.op) {
    case Op::constant: return program_.constants[node.index];
    case Op::slot: return kept(node, slots_[node.index]);
    case Op::local: return kept(node, frame_[node.index]);
    case Op::capture: return kept(node, captures_[node.index]);
    case Op::missing: return site(node).fail("the name `" + program_.texts[node.index] + "` is not in scope");
    case Op::item_entry: return item_entry(node);
    case Op::list: return list(node);
    case Op::context: return context(node);
    case Op::range: return range(node);
    case Op::range_test: return range_test(node);
    case Op::negate: {
      Value scratch;
      return negation(site(node), view(program_.children[node.first], scratch));
    }
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
    case Op::greater_equal: return binary(node);
    case Op::conjunction:
    case Op::disjunction: return junction(node);
    case Op::between: return between(node);
    case Op::in: return in(node);
    case Op::tests: return test(frame_[node.index]);
    case Op::test_compare:
    case Op::test_value: return {};  // only below `in` and `tests`
    case Op::instance_of: return instance_of(node);
    case Op::conditional: return conditional(node);
    case Op::iterate:
    case Op::some:
    case Op::every: return loop(node);
    case Op::filter: return filter(node);
    case Op::path: return path(node);
    case Op::call: return call(node);
    case Op::function: return function(node);
    case Op::external: return external(node);
  }
  return {};
}

// In conformance mode whatever is not known is null. A Boolean that is not known is one of two.
Value Evaluator::kept(Node const& node, Value const& value) const
{
  if (!is_open(value)) return value;
  if (evaluation_.mode == Mode::conformance) return {};
  if (auto const* unknown = value.as_unknown(); unknown != nullptr && unknown->domain.kind == Domain::Kind::any &&
                                                !unknown->domain.approximate && node.type.is(Type::Kind::boolean)) {
    Causes causes;
    causes.add(value);
    return open_boolean(std::move(causes));
  }
  return value;
}

Value Evaluator::item_entry(Node const& node)
{
  Value scratch;
  Value const& item = view(program_.children[node.first], scratch);
  std::string const& name = program_.texts[node.index];
  if (auto const* context = item.as_context()) {
    if (auto const* found = context->find(name)) return kept(node, *found);
  }
  if (node.count < 2) {
    if (!item.is(Kind::context) && !is_open(item)) return site(node).fail("the name `" + name + "` is not in scope");
    return member(site(node), item, name, fact_of(program_.children[node.first]));
  }
  if (!is_open(item)) return value(program_.children[node.first + 1]);
  Causes causes;
  causes.add(item);
  return open_value(std::move(causes), any_domain(true));
}

Value Evaluator::list(Node const& node)
{
  List result;
  result.items.reserve(node.count);
  for (NodeId const child : program_.children_of(node)) result.items.push_back(value(child));
  return Value(std::move(result));
}

Value Evaluator::context(Node const& node)
{
  Context result;
  result.entries.reserve(node.count);
  for (std::uint32_t index = 0; index < node.count; ++index) {
    Value entry = value(program_.children[node.first + index]);
    frame_[program_.frame_places[node.local + index]] = entry;
    result.entries.emplace_back(program_.texts[node.index + index], std::move(entry));
  }
  return Value(std::move(result));
}

Value Evaluator::range(Node const& node, bool may_descend)
{
  Range result;
  result.low = value(program_.children[node.first]);
  result.high = value(program_.children[node.first + 1]);
  result.low_included = (node.flags & low_included) != 0;
  result.high_included = (node.flags & high_included) != 0;
  if (result.low.is(Kind::error)) return result.low;
  if (result.high.is(Kind::error)) return result.high;
  if (result.low.is_none() || result.high.is_none()) return site(node).fail("an end of the range is null");
  if (!is_open(result.low) && !is_open(result.high)) {
    auto const ordering = order(result.low, result.high);
    if (!ordering) return site(node).fail("the ends of the range have no order");
    if (*ordering > 0 && !may_descend) return site(node).fail("the range ends before it begins");
  } else if (!may_descend && site(node).legal()) {
    auto const ordered = comparison(site(node), Op::less_equal, result.low, result.high);
    if (auto const* known = ordered.as_boolean(); known != nullptr && !*known)
      return site(node).fail("the range ends before it begins");
    if (!ordered.is(Kind::boolean)) {
      Causes causes;
      causes.add(result.low);
      causes.add(result.high);
      return open_value(std::move(causes), any_domain(true));
    }
  }
  return Value(std::move(result));
}

Value Evaluator::range_test(Node const& node)
{
  Value end = value(program_.children[node.first]);
  if (end.is(Kind::error)) return end;
  if (end.is_none()) return site(node).fail("the end of the range is null");
  Range result;
  result.low_included = result.high_included = false;
  switch (node.comparison) {
    case Op::less:
    case Op::less_equal:
      result.high = std::move(end);
      result.high_included = node.comparison == Op::less_equal;
      break;
    case Op::greater:
    case Op::greater_equal:
      result.low = std::move(end);
      result.low_included = node.comparison == Op::greater_equal;
      break;
    default: {
      bool const is_equal = node.comparison == Op::equal;
      result.low = end;
      result.high = std::move(end);
      result.low_included = result.high_included = is_equal;
      result.test = is_equal ? Range::Test::equal : Range::Test::unequal;
    }
  }
  return Value(std::move(result));
}

Value Evaluator::binary(Node const& node)
{
  Value left_scratch;
  Value right_scratch;
  NodeId const left_id = program_.children[node.first];
  NodeId const right_id = program_.children[node.first + 1];
  Value const& left = view(left_id, left_scratch);
  Value const& right = view(right_id, right_scratch);
  if (node.op <= Op::power) return arithmetic(site(node), node.op, left, right);
  auto const is_null = [&](NodeId id) {
    auto const& child = program_.nodes[id];
    return child.op == Op::constant && program_.constants[child.index].is_none();
  };
  Value result = comparison(site(node), node.op, left, right, is_null(left_id) || is_null(right_id));
  if (!is_open(result) || !is_open(left) || left.is(Kind::error) || !is_same(left_id, right_id)) return result;
  return compared_with_itself(node, left);
}

// True when both nodes compute the same from the same facts and local values, so that they are equal whatever these are.
bool Evaluator::is_same(NodeId left, NodeId right) const
{
  Node const& one = program_.nodes[left];
  Node const& other = program_.nodes[right];
  if (one.op != other.op || one.count != other.count) return false;
  switch (one.op) {
    case Op::constant: return program_.constants[one.index] == program_.constants[other.index];
    case Op::slot:
    case Op::local:
    case Op::capture: return one.index == other.index;
    case Op::path:
      if (program_.texts[one.index] != program_.texts[other.index]) return false;
      break;
    case Op::call:
      if (((one.flags | other.flags) & named) != 0) return false;
      break;
    case Op::negate:
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide: break;
    default: return false;
  }
  for (std::uint32_t index = 0; index < one.count; ++index) {
    if (!is_same(program_.children[one.first + index], program_.children[other.first + index])) return false;
  }
  return true;
}

Value Evaluator::compared_with_itself(Node const& node, Value const& open)
{
  Site const here = site(node);
  if (possibilities_of(open)) {
    return lifted(here, {&open, 1}, [&](auto values) { return comparison(here, node.op, values[0], values[0]); });
  }
  bool const is_true = node.op == Op::equal || node.op == Op::less_equal || node.op == Op::greater_equal;
  bool const has_order = node.op == Op::equal || node.op == Op::unequal || bounds_of(here, open).has_value();
  auto fault = possible_fault(here, open);
  Causes causes;
  causes.add(open);
  if (!has_order) return open_boolean(std::move(causes), std::move(fault));
  if (!fault) return Value(is_true);
  std::array<Value, 2> const both{Value(is_true), std::move(*fault)};
  return join(here, both, std::move(causes));
}

Value Evaluator::junction(Node const& node)
{
  Site const here = site(node);
  Junction all(here, node.op == Op::disjunction);
  for (NodeId const child : program_.children_of(node)) {
    Value scratch;
    if (all.add(view(child, scratch))) break;
  }
  return all.result();
}

Value Evaluator::between(Node const& node)
{
  std::array<Value, 3> scratch;
  Value const& tested = view(program_.children[node.first], scratch[0]);
  Value const& low = view(program_.children[node.first + 1], scratch[1]);
  Value const& high = view(program_.children[node.first + 2], scratch[2]);
  Site const here = site(node);
  Junction both(here, false);
  both.add(comparison(here, Op::greater_equal, tested, low));
  both.add(comparison(here, Op::less_equal, tested, high));
  return both.result();
}

Value Evaluator::in(Node const& node)
{
  Value const input = value(program_.children[node.first]);
  frame_[node.index] = input;
  Site const here = site(node);
  auto const& type = program_.child(node, 0).type;
  bool const scalar = !type.is(Type::Kind::any) && !type.is(Type::Kind::list);
  Junction any(here, true);
  for (std::uint32_t index = 1; index < node.count; ++index) {
    if (any.add(run_test(program_.child(node, index), input, false, scalar))) break;
  }
  return any.result();
}

Value Evaluator::test(Value const& input)
{
  Node const& node = program_.nodes[program_.root];
  if (node.count == 0) return Value(true);
  Site const here = site(node);
  if (here.legal() && may_be_none(input)) return test_members(here, input);
  Value const given = !here.legal() && is_open(input) ? Value() : input;
  frame_[node.index] = given;
  bool const is_negated = (node.flags & negated) != 0;
  Junction any(here, true);
  bool asks_for_none = false;
  for (NodeId const child : program_.children_of(node)) {
    Node const& each = program_.nodes[child];
    Value result = run_test(each, given, true);
    if (here.legal() && given.is_none() && (each.flags & reads_input) == 0) {
      // what is known not to be there matches `null` and nothing else
      asks_for_none = asks_for_none || (result.as_boolean() != nullptr && *result.as_boolean());
      if (result.is(Kind::error)) result = Value(false);
    }
    if (any.add(result)) break;
  }
  if (!is_negated) return any.result();
  if (here.legal() && given.is_none() && !asks_for_none) {
    Value const result = any.result();
    if (result.as_boolean() != nullptr && !*result.as_boolean()) return Value(false);
  }
  return complement(here, any.result());
}

// A cell takes *none* for itself, so a set that holds it is tested member by member.
Value Evaluator::test_members(Site const& here, Value const& input)
{
  std::vector<Value> results;
  for (auto const& member : input.as_unknown()->domain.values) {
    if (!here.spend()) return here.fail_limit("evaluation_steps");
    results.push_back(test(member));
  }
  Causes causes;
  causes.add(input);
  return join(here, results, std::move(causes));
}

Value Evaluator::run_test(Node const& test, Value const& input, bool in_cell, bool scalar)
{
  if (++evaluation_.steps > evaluation_.limits.evaluation_steps) return site(test).fail_limit("evaluation_steps");
  Value scratch;
  Node const& tested = program_.child(test, 0);
  // nothing lies between ends that descend
  bool const is_range = tested.op == Op::range && tested.folded < 0;
  if (is_range) scratch = range(tested, true);
  Value const& operand = is_range ? scratch : view(program_.children[test.first], scratch);
  Site const here = site(test);
  if (test.op == Op::test_compare) return comparison(here, test.comparison, input, operand, operand.is_none());
  if ((test.flags & reads_input) != 0 && (operand.is(Kind::boolean) || is_open(operand) || operand.is_none())) {
    return operand;  // a condition on `?`
  }
  if (operand.is(Kind::boolean) && tested.op != Op::constant && in_cell && !input.is(Kind::boolean) &&
      !is_open(input) && !input.is_none()) {
    return operand;  // a condition that does not name the input
  }
  if (operand.is(Kind::error) && here.legal()) return operand;
  if (operand.is_none() && tested.op == Op::range) return here.fail("the range has no such end");
  return passes(here, input, operand, scalar);
}

Value Evaluator::instance_of(Node const& node)
{
  Value scratch;
  Value const& tested = view(program_.children[node.first], scratch);
  Site const here = site(node);
  if (!program_.type_known[node.index]) return here.fail("the type is not known");
  Type const& type = program_.types[node.index];
  if (!here.spend_on(tested)) return here.fail_limit("evaluation_steps");
  if (type.is_restricted()) return instance_of_restricted(here, tested, type);
  auto const check = [&](Value const& each) {
    if (each.is_none()) return type.is(Type::Kind::null);
    return !type.is(Type::Kind::null) && value_conforms(each, type);
  };
  if (here.legal() && !is_open(tested) && has_holes(tested) && !type.is(Type::Kind::null)) {
    auto const truth = will_conform(tested, type);
    if (truth != Truth::unknown) return Value(truth == Truth::yes);
    Causes causes;
    causes.add(tested);
    return open_boolean(std::move(causes));
  }
  if (!is_open(tested)) return Value(check(tested));
  if (tested.is(Kind::error)) return tested;
  if (possibilities_of(tested)) {
    return lifted(here, {&tested, 1}, [&](auto values) { return Value(check(values[0])); });
  }
  Causes causes;
  causes.add(tested);
  return open_boolean(std::move(causes), possible_fault(here, tested));
}

// A restricted type is asked once and says itself where the answer hangs on what is missing. A test that ends at a limit
// spends the steps of whoever asks.
Value Evaluator::instance_of_restricted(Site const& here, Value const& tested, Type const& type)
{
  if (tested.is(Kind::error)) return tested;
  if (possibilities_of(tested) && is_open(tested)) {
    return lifted(here, {&tested, 1}, [&](auto values) { return instance_of_restricted(here, values[0], type); });
  }
  if (tested.is_none() || (is_open(tested) && !here.legal())) return Value(false);
  auto const truth = belongs(tested, type, evaluation_);
  if (!here.within_steps()) return here.fail_limit("evaluation_steps");
  auto const* unknown = tested.as_unknown();
  // what may be any value may be null, which is an instance of no such type
  bool const is_value = !is_open(tested) || (unknown != nullptr && unknown->domain.kind == Domain::Kind::range);
  if (truth == Truth::no || (truth == Truth::yes && is_value && !may_fail(tested))) return Value(truth == Truth::yes);
  Causes causes;
  causes.add(tested);
  return open_boolean(std::move(causes), possible_fault(here, tested));
}

Value Evaluator::conditional(Node const& node)
{
  Value scratch;
  Value const& condition = view(program_.children[node.first], scratch);
  NodeId const yes = program_.children[node.first + 1];
  NodeId const no = program_.children[node.first + 2];
  if (auto const* boolean = condition.as_boolean()) return value(*boolean ? yes : no);
  Site const here = site(node);
  if (!here.legal()) return value(no);
  if (condition.is(Kind::error)) return condition;
  if (!is_open(condition)) return here.fail("the condition is neither true nor false");
  bool may_be_true = true;
  bool may_be_false = true;
  std::vector<Value> results;
  if (auto const values = possibilities_of(condition)) {
    may_be_true = may_be_false = false;
    for (auto const& each : *values) {
      if (auto const* boolean = each.as_boolean()) {
        (*boolean ? may_be_true : may_be_false) = true;
      } else {
        results.push_back(each.is(Kind::error) ? each : here.fail("the condition is neither true nor false"));
      }
    }
  }
  if (auto fault = possible_fault(here, condition); fault && results.empty()) results.push_back(std::move(*fault));
  if (may_be_true) results.push_back(value(yes));
  if (may_be_false) results.push_back(value(no));
  Causes causes;
  causes.add(condition);
  return join(here, results, std::move(causes));
}

Value Evaluator::filter(Node const& node)
{
  Value const list = value(program_.children[node.first]);
  Site const here = site(node);
  if (is_open(list)) {
    if (!here.legal()) return {};
    if (list.is(Kind::error)) return list;
    if (auto const values = possibilities_of(list)) {
      std::vector<Value> results;
      for (auto const& each : *values) results.push_back(is_open(each) ? each : filter_value(node, each));
      Causes causes;
      causes.add(list);
      return join(here, results, std::move(causes));
    }
    Causes causes;
    causes.add(list);
    return open_value(std::move(causes), any_domain(true));
  }
  return filter_value(node, list);
}

Value Evaluator::filter_value(Node const& node, Value const& list)
{
  NodeId const condition_id = program_.children[node.first + 1];
  Site const here = site(node);
  if ((node.flags & reads_item) != 0) return filter_items(node, list);
  Value const condition = value(condition_id);
  auto const apply = [&](Value const& each) -> Value {
    if (each.is(Kind::number)) return element_at(here, list, each);
    if (auto const* boolean = each.as_boolean()) {
      if (!*boolean) return Value(List{});
      return list.is(Kind::list) ? list : Value(elements_of(here, list));
    }
    if (each.is(Kind::error)) return each;
    if (each.is_none() && program_.nodes[condition_id].type.is(Type::Kind::boolean) && !here.legal()) {
      return Value(List{});
    }
    return here.fail("a filter must be a condition or a position");
  };
  if (!is_open(condition)) return apply(condition);
  if (condition.is(Kind::error)) return condition;
  Causes causes;
  causes.add(condition);
  if (auto const values = possibilities_of(condition)) {
    std::vector<Value> results;
    for (auto const& each : *values) results.push_back(apply(each));
    return join(here, results, std::move(causes));
  }
  causes.add(list);
  return open_value(std::move(causes), any_domain(true));
}

/// What a filter makes of the elements of a list, one by one.
struct Evaluator::Sifted {
  std::vector<std::pair<Value, bool>> kept;  ///< Elements that pass, each with whether it certainly does.
  std::size_t possible = 0;                  ///< How many of these may pass or not.
  Causes causes;                             ///< Why they may.
  std::optional<Value> fault;                ///< What may make the filter impossible to compute.
  std::optional<Value> result;               ///< The result of the filter, where one element settles it.
};

Value Evaluator::filter_items(Node const& node, Value const& value_or_list)
{
  Site const here = site(node);
  if (!here.spend_on(value_or_list)) return here.fail_limit("evaluation_steps");
  List source = elements_of(here, value_or_list);
  auto sifted = sift(node, value_or_list, source);
  if (sifted.result) return *std::move(sifted.result);
  bool const open = !source.complete && here.legal();
  if (auto const obstacle = open ? further_obstacle(node, source) : std::nullopt) {
    sifted.causes.add(Value(List{{}, false, source.facts}));
    sifted.causes.add(*obstacle);
    return open_value(std::move(sifted.causes), any_domain(true));
  }
  if (sifted.possible == 0) {
    source.items.clear();
    for (auto& each : sifted.kept) source.items.push_back(std::move(each.first));
    return Value(std::move(source));
  }
  bool const enumerable = source.complete && sifted.possible < 16 &&
                          (std::size_t{1} << sifted.possible) <= evaluation_.limits.possible_values &&
                          std::none_of(sifted.kept.begin(), sifted.kept.end(),
                                       [](auto const& each) { return is_open(each.first) || has_holes(each.first); });
  return enumerable ? every_choice(here, std::move(sifted)) : certain_ones_and_more(here, source, std::move(sifted));
}

// Asks the condition of each element that is known to be there.
Evaluator::Sifted Evaluator::sift(Node const& node, Value const& value_or_list, List const& source)
{
  NodeId const condition_id = program_.children[node.first + 1];
  bool const counts = program_.nodes[condition_id].type.is(Type::Kind::number);
  Site const here = site(node);
  Sifted sifted;
  for (auto const& item : source.items) {
    frame_[node.index] = item;
    Value const condition = value(condition_id);
    if (auto const* boolean = condition.as_boolean()) {
      if (*boolean) sifted.kept.emplace_back(item, true);
      continue;
    }
    if (condition.is(Kind::number)) {
      sifted.result = element_at(here, value_or_list, condition);
    } else if (!here.legal()) {
      continue;
    } else if (condition.is(Kind::error)) {
      sifted.result = condition;
    } else if (!is_open(condition)) {
      sifted.result = here.fail("the condition of a filter is neither true nor false");
    } else if (counts || may_be_number(condition)) {
      // a position that is not known
      sifted.causes.add(condition);
      sifted.causes.add(value_or_list);
      sifted.result = open_value(std::move(sifted.causes), any_domain(true));
    }
    if (sifted.result) return sifted;
    sifted.causes.add(condition);
    if (!sifted.fault) sifted.fault = possible_fault(here, condition);
    if (!sifted.fault && may_be_none(condition))
      sifted.fault = here.fail("the condition of a filter is neither true nor false");
    sifted.kept.emplace_back(item, false);
    ++sifted.possible;
  }
  return sifted;
}

// The condition of a further element, if there is one, where it may be neither true nor false.
std::optional<Value> Evaluator::further_obstacle(Node const& node, List const& source)
{
  frame_[node.index] = further_of(source);
  Value condition = value(program_.children[node.first + 1]);
  bool const is_truth = is_open(condition) ? !may_be_number(condition) : condition.is(Kind::boolean);
  if (is_truth && !may_fail(condition) && !may_be_none(condition)) return std::nullopt;
  return condition;
}

// The elements that certainly pass, and those that may as its further ones.
Value Evaluator::certain_ones_and_more(Site const& here, List const& source, Sifted sifted) const
{
  if (sifted.causes.facts.empty() || sifted.fault) return open_value(std::move(sifted.causes), any_domain(true));
  List result;
  result.complete = false;
  if (!source.complete) {
    sifted.causes.add(Value(List{{}, false, source.facts}));
    result.further = std::make_shared<Value const>(further_of(source));
  }
  for (auto& [item, is_certain] : sifted.kept) {
    if (is_certain)
      result.items.push_back(std::move(item));
    else
      result.further = either_further(here, result.further, std::make_shared<Value const>(std::move(item)));
  }
  result.facts = std::move(sifted.causes.facts);
  return Value(std::move(result));
}

// Each list that is left when some of the elements that may pass do.
Value Evaluator::every_choice(Site const& here, Sifted sifted)
{
  std::vector<Value> results;
  for (std::size_t choice = 0; choice < (std::size_t{1} << sifted.possible); ++choice) {
    List result;
    std::size_t bit = 0;
    for (auto const& [item, is_certain] : sifted.kept) {
      if (is_certain || ((choice >> bit++) & 1U) != 0) result.items.push_back(item);
    }
    results.emplace_back(std::move(result));
  }
  if (sifted.fault) results.push_back(std::move(*sifted.fault));
  return join(here, results, std::move(sifted.causes));
}

Value Evaluator::path(Node const& node)
{
  Value scratch;
  NodeId const child = program_.children[node.first];
  Value const& owner = view(child, scratch);
  std::string const& name = program_.texts[node.index];
  if (auto const* context = owner.as_context()) {
    if (auto const* found = context->find(name)) return kept(node, *found);
  }
  return member(site(node), owner, name, evaluation_.mode == Mode::legal ? fact_of(child) : std::string());
}

std::string Evaluator::fact_of(NodeId id) const
{
  std::string path;
  while (true) {
    Node const& at = program_.nodes[id];
    if (at.op == Op::slot || at.op == Op::local || at.op == Op::capture) {
      std::string const& fact = program_.texts[at.local + 1];
      return fact.empty() ? fact : fact + path;
    }
    if (at.op == Op::path) {
      path.insert(0, "." + program_.texts[at.index]);
    } else if (at.op != Op::filter) {
      return {};
    }
    id = program_.children[at.first];
  }
}

Value Evaluator::call(Node const& node)
{
  Value scratch;
  Value const& callee = view(program_.children[node.first], scratch);
  Site const here = site(node);
  std::span<std::string const> names;
  if ((node.flags & named) != 0) names = {program_.texts.data() + node.index, node.count - 1};
  constexpr std::uint32_t few = 4;
  if (node.count <= few + 1) {
    std::array<Value, few> arguments;
    for (std::uint32_t index = 1; index < node.count; ++index) {
      arguments[index - 1] = value(program_.children[node.first + index]);
    }
    return call_value(here, callee, {arguments.data(), node.count - 1}, names);
  }
  std::vector<Value> arguments;
  arguments.reserve(node.count - 1);
  for (std::uint32_t index = 1; index < node.count; ++index) {
    arguments.push_back(value(program_.children[node.first + index]));
  }
  return call_value(here, callee, arguments, names);
}

Value Evaluator::function(Node const& node)
{
  std::vector<Value> captures;
  captures.reserve(node.count);
  for (NodeId const child : program_.children_of(node)) captures.push_back(value(child));
  // the inferred result type converts nothing; only declared results do
  Body const& body = program_.bodies[node.index];
  return Value(std::make_shared<FunctionValue const>(
      program_.shared_from_this(), body, certain_result(program_.nodes[body.root].type), std::move(captures)));
}

Value Evaluator::external(Node const& node)
{
  Body const& body = program_.bodies[node.index];
  std::vector<Value> captures;
  captures.reserve(node.count - 1);
  for (std::uint32_t index = 1; index < node.count; ++index)
    captures.push_back(value(program_.children[node.first + index]));
  std::vector<Value> frame(body.frame_size);
  Value const description = Evaluator(program_, {}, frame, captures, evaluation_).value(program_.children[node.first]);
  return external_function(site(node), body.parameters, description);
}

Value run(Program const& program, std::span<Value const> slots, Evaluation& evaluation)
{
  if (!program.reads.empty() && program.reads.back() >= slots.size()) {
    throw ContractViolation("an expression reads a slot that was not given");
  }
  if (program.frame_size == 0) return Evaluator(program, slots, {}, {}, evaluation).value(program.root);
  constexpr std::size_t few = 8;
  if (program.frame_size <= few) {
    std::array<Value, few> frame;
    return Evaluator(program, slots, frame, {}, evaluation).value(program.root);
  }
  std::vector<Value> frame(program.frame_size);
  Evaluator evaluator(program, slots, frame, {}, evaluation);
  return evaluator.value(program.root);
}

}  // namespace tutela::detail
