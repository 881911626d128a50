// SPDX-License-Identifier: Apache-2.0
/// \file
/// An input of a table that is computed from one fact and the day asked about.
#include "rules/computed_input.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "feel/evaluator.hpp"
#include "feel/function_value.hpp"
#include "rules/fact_regions.hpp"
#include "rules/run.hpp"

namespace tutela::detail {
namespace {

/// Steps of numbers are millionths, up to four million millions on both sides.
static_assert(ComputedInput::decimals == 6);
constexpr std::int64_t last_number = 4'000'000'000'000'000'000;

Decimal const& farthest()
{
  static Decimal const number = Decimal::parse("1E30").value();
  return number;
}

bool is_value(Value const& value) { return !is_open(value) && !value.is_none(); }

/// Adds the step of a number.
void add(std::set<std::int64_t>& steps, Decimal number)
{
  auto const step = (number * Decimal(1'000'000)).rounded(0, Rounding::floor).to_int64();
  if (step && *step > -last_number && *step < last_number) steps.insert(*step);
}

/// The first step in (low, high] at which a condition holds that does not hold at `low`, holds at `high` and never ceases.
/// \param likely Steps near which it is probable; ascending.
template <class Condition>
std::int64_t first_step(std::int64_t low, std::int64_t high, std::vector<std::int64_t> const& likely,
                        Condition const& holds)
{
  auto first = std::upper_bound(likely.begin(), likely.end(), low);
  for (auto last = std::lower_bound(first, likely.end(), high); first != last;) {
    auto const middle = first + (last - first) / 2;
    if (holds(*middle)) {
      high = *middle;
      last = middle;
    } else {
      low = *middle;
      first = middle + 1;
    }
  }
  while (high - low > 1) {
    auto const middle = low + (high - low) / 2;
    (holds(middle) ? high : low) = middle;
  }
  return high;
}

}  // namespace

std::optional<ComputedInput> ComputedInput::read(Model const& model, NodeText const& text,
                                                 DecisionTable::Input const& input, DayAsked const& day)
{
  ComputedInput made(text, input, day);
  auto const& program = made.program();
  if ((program.reads_today && !day.on) || !made.find_reads(model)) return std::nullopt;
  if (made.fact_.is_listed()) return made;  // each of its values is tried
  bool const in_order = made.fact_.type.is(Type::Kind::number) || made.fact_.type.is(Type::Kind::date);
  if (!in_order || !made.read_result(program.root)) return std::nullopt;
  return made;
}

/// Finds where facts are read; false unless it is one fact, read by its name.
bool ComputedInput::find_reads(Model const& model)
{
  auto const& nodes = program().nodes;
  std::vector<NodeId> open{program().root};
  while (!open.empty()) {
    auto const id = open.back();
    open.pop_back();
    auto const& node = nodes[id];
    if (node.op == Op::external) return false;
    if (node.op == Op::slot || node.op == Op::path) {
      if (auto source = plain_source(model, *text_, program(), id); source && source->is_fact) {
        if (!reads_.empty() && source->name != fact_.name) return false;
        reads_.insert(id);
        fact_ = *std::move(source);
        continue;
      }
      if (node.op == Op::slot) return false;
    }
    for (auto const child : program().children_of(node)) open.push_back(child);
  }
  return !reads_.empty();
}

Value const* ComputedInput::folded(NodeId id) const
{
  auto const& node = program().nodes[id];
  if (node.folded >= 0) return &program().constants[static_cast<std::size_t>(node.folded)];
  return node.op == Op::constant ? &program().constants[node.index] : nullptr;
}

bool ComputedInput::reads_fact(NodeId id) const
{
  if (reads_.count(id) != 0) return true;
  auto const children = program().children_of(program().nodes[id]);
  return std::any_of(children.begin(), children.end(), [&](NodeId child) { return reads_fact(child); });
}

/// Reads what the whole input comes to, case by case; false where it is not clear how it moves.
bool ComputedInput::read_result(NodeId id)
{
  auto const& node = program().nodes[id];
  if (node.op == Op::conditional && reads_fact(id)) {
    auto const condition = course(program().children[node.first]);
    return (condition == Course::constant || condition == Course::switching) &&
           read_result(program().children[node.first + 1]) && read_result(program().children[node.first + 2]);
  }
  auto const found = course(id);
  if (found == Course::rising || found == Course::falling) {
    watch(id, false, {});
    watched_.back().is_result = true;
  }
  return found != Course::unclear;
}

void ComputedInput::watch(NodeId id, bool is_condition, std::vector<Value> constants)
{
  watched_.push_back({id, false, is_condition, std::move(constants)});
}

namespace {

template <class Course>
Course opposite(Course course)
{
  return course == Course::rising ? Course::falling : course == Course::falling ? Course::rising : course;
}

/// Of a sum.
template <class Course>
Course together(Course lhs, Course rhs)
{
  bool const clear = lhs <= Course::falling && rhs <= Course::falling;
  if (!clear) return Course::unclear;
  if (lhs == Course::constant) return rhs;
  return rhs == Course::constant || lhs == rhs ? lhs : Course::unclear;
}

}  // namespace

ComputedInput::Course ComputedInput::course(NodeId id)
{
  if (!reads_fact(id)) return Course::constant;
  if (reads_.count(id) != 0) return Course::rising;
  auto const& node = program().nodes[id];
  auto const child = [&](std::uint32_t which) { return course(program().children[node.first + which]); };
  switch (node.op) {
    case Op::negate: return together(opposite(child(0)), Course::constant);
    case Op::add: return together(child(0), child(1));
    case Op::subtract: return together(child(0), opposite(child(1)));
    case Op::multiply:
    case Op::divide: return product_course(node);
    case Op::path: return part_course(node);
    case Op::call: return call_course(node);
    case Op::equal:
    case Op::unequal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
    case Op::between: return comparison_course(id);
    case Op::conjunction:
    case Op::disjunction: return junction_course(node);
    default: return Course::unclear;
  }
}

/// A product with a constant number, or a quotient by one.
ComputedInput::Course ComputedInput::product_course(Node const& node)
{
  auto const left = program().children[node.first];
  auto const right = program().children[node.first + 1];
  auto const* constant = folded(right);
  bool const swapped = constant == nullptr && node.op == Op::multiply;
  if (swapped) constant = folded(left);
  auto const* factor = constant == nullptr ? nullptr : constant->as_number();
  if (factor == nullptr || factor->is_zero()) return Course::unclear;
  auto const moving = together(course(swapped ? right : left), Course::constant);
  return factor->is_negative() ? opposite(moving) : moving;
}

/// The years of a length in months, the days of one in days, the year of a date: they never fall as the whole grows.
ComputedInput::Course ComputedInput::part_course(Node const& node)
{
  auto const whole = program().children[node.first];
  auto const& name = program().texts[node.index];
  auto const inside = step_inside(whole);
  if (!inside) return Course::unclear;
  auto const kind = evaluate(whole, *point(*inside)).kind();
  bool const grows = (name == "years" && kind == Kind::months_duration) ||
                     (name == "days" && kind == Kind::days_duration) || (name == "year" && kind == Kind::date);
  return grows ? together(course(whole), Course::constant) : Course::unclear;
}

ComputedInput::Course ComputedInput::call_course(Node const& node)
{
  auto const* callee = folded(program().children[node.first]);
  auto const* function = callee == nullptr ? nullptr : function_in(*callee);
  auto const* builtin = function == nullptr ? nullptr : function->builtin();
  if (builtin == nullptr || (node.flags & Flag::named) != 0) return Course::unclear;
  auto const argument = [&](std::uint32_t which) { return program().children[node.first + which]; };
  bool const length = builtin->name == "years and months duration" || builtin->name == "age in years";
  if (length && node.count == 3) return together(opposite(course(argument(1))), course(argument(2)));
  if (node.count != 2) return Course::unclear;
  if (builtin->name == "floor" || builtin->name == "ceiling") return together(course(argument(1)), Course::constant);
  if (builtin->name != "not") return Course::unclear;
  return course(argument(1)) == Course::switching ? Course::switching : Course::unclear;
}

ComputedInput::Course ComputedInput::junction_course(Node const& node)
{
  for (auto const child : program().children_of(node)) {
    auto const found = course(child);
    if (found != Course::constant && found != Course::switching) return Course::unclear;
  }
  return Course::switching;
}

ComputedInput::Course ComputedInput::comparison_course(NodeId id)
{
  auto const& node = program().nodes[id];
  auto const operand = [&](std::uint32_t which) { return program().children[node.first + which]; };
  auto const moves = [](Course course) { return course == Course::rising || course == Course::falling; };
  if (node.op == Op::between) {
    if (reads_fact(operand(1)) || reads_fact(operand(2)) || !moves(course(operand(0)))) return Course::unclear;
    watch(operand(0), false, {evaluate(operand(1), Value()), evaluate(operand(2), Value())});
    return Course::switching;
  }
  bool const equality = node.op == Op::equal || node.op == Op::unequal;
  for (std::uint32_t side = 0; equality && side < 2; ++side) {
    auto const* constant = folded(operand(side));
    if (constant == nullptr || !constant->is_none()) continue;
    // Whether there is a value does not depend on which one it is.
    return reads_.count(operand(1 - side)) != 0 ? Course::switching : Course::unclear;
  }
  if (!moves(together(course(operand(0)), opposite(course(operand(1)))))) return Course::unclear;
  if (!equality) {
    watch(id, true, {});
    return Course::switching;
  }
  std::uint32_t const moving = reads_fact(operand(0)) ? 0 : 1;
  if (reads_fact(operand(1 - moving))) return Course::unclear;
  watch(operand(moving), false, {evaluate(operand(1 - moving), Value())});
  return Course::switching;
}

/// The values of the requirements, with the fact among them.
std::vector<Value> ComputedInput::frame(Value const& fact) const
{
  std::vector<Value> frame(text_->requirements.size());
  Value inside = fact;
  for (auto step = fact_.path.rbegin(); step != fact_.path.rend(); ++step)
    inside = Value(Context{{{*step, std::move(inside)}}});
  frame[fact_.requirement] = std::move(inside);
  return frame;
}

Value ComputedInput::evaluate(NodeId id, Value const& fact) const
{
  Evaluation evaluation;
  evaluation.on = day_.on;
  evaluation.age_rule = day_.age_rule;
  auto const slots = frame(fact);
  std::vector<Value> locals(program().frame_size);
  return Evaluator(program(), slots, locals, {}, evaluation).value(id);
}

Value ComputedInput::value(Value const& fact) const
{
  Evaluation evaluation;
  evaluation.on = day_.on;
  evaluation.age_rule = day_.age_rule;
  return input_value(*input_, frame(fact), evaluation);
}

bool ComputedInput::is_told_apart(Decimal number)
{
  return number.abs() <= farthest() && number.rounded(decimals, Rounding::down) == number;
}

/// The fact's value at a step: a day, or a number of millionths.
std::optional<Value> ComputedInput::point(std::int64_t step) const
{
  if (fact_.type.is(Type::Kind::number)) return Value(Decimal(step) / Decimal(1'000'000));
  auto const day = from_days(step);
  return day ? std::optional(Value(*day)) : std::nullopt;
}

/// A step at which an expression has a value, among some.
std::optional<std::int64_t> ComputedInput::step_inside(NodeId id) const
{
  bool const number = fact_.type.is(Type::Kind::number);
  std::vector<std::int64_t> const tried{0,
                                        number    ? 1'000'000
                                        : day_.on ? to_days(*day_.on)
                                                  : 0,
                                        lowest_step(), highest_step()};
  auto const found =
      std::find_if(tried.begin(), tried.end(), [&](std::int64_t step) { return is_value(evaluate(id, *point(step))); });
  return found == tried.end() ? std::nullopt : std::optional(*found);
}

std::int64_t ComputedInput::lowest_step() const
{
  return fact_.type.is(Type::Kind::number) ? -last_number : to_days(Date{-max_year, 1, 1});
}

std::int64_t ComputedInput::highest_step() const
{
  return fact_.type.is(Type::Kind::number) ? last_number : to_days(Date{max_year, 12, 31});
}

bool ComputedInput::add_cuts(Cuts const& tested, std::vector<Value>& cuts) const
{
  std::set<std::int64_t> steps;
  for (auto const& watch : watched_)
    if (!add_steps(watch, watch.is_result ? tested.values() : watch.constants, steps)) return false;
  for (auto const step : steps) cuts.push_back(*point(step));
  return true;
}

/// Steps near which something may change, so that few must be looked at: a guess, on which nothing depends.
std::vector<std::int64_t> ComputedInput::likely_steps(Watch const& watch, std::vector<Value> const& constants) const
{
  std::set<std::int64_t> guesses;
  if (fact_.type.is(Type::Kind::date)) {
    auto said = program().constants;
    said.insert(said.end(), constants.begin(), constants.end());
    guesses = date_cuts(said, day_.on);
  } else {
    constexpr std::int64_t far = 1'000;  // so that rounding hardly matters
    auto const first = evaluate(watch.expression, Value(Decimal(0)));
    auto const second = evaluate(watch.expression, Value(Decimal(far)));
    bool const line = first.is(Kind::number) && second.is(Kind::number) && first != second;
    for (auto const& constant : constants) {
      if (!line || !constant.is(Kind::number)) continue;
      auto const slope = *second.as_number() - *first.as_number();
      add(guesses, (*constant.as_number() - *first.as_number()) / slope * Decimal(far));
    }
    for (auto const& constant : program().constants)
      if (auto const* number = constant.as_number()) add(guesses, *number);
  }
  std::set<std::int64_t> steps;
  for (auto const guess : guesses)
    for (int const near : {-1, 0, 1, 2}) steps.insert(guess + near);
  return {steps.begin(), steps.end()};
}

/// Adds the steps at which what is watched first has another truth, or lies at or behind a further constant.
bool ComputedInput::add_steps(Watch const& watch, std::vector<Value> const& constants,
                              std::set<std::int64_t>& steps) const
{
  auto const inside = step_inside(watch.expression);
  if (!inside) return false;
  auto low = lowest_step();
  auto high = highest_step();
  auto const likely = likely_steps(watch, constants);
  auto const at = [&](std::int64_t step) { return evaluate(watch.expression, *point(step)); };
  auto const computes = [&](std::int64_t step) { return is_value(at(step)); };
  // It may have no value from some step on, towards either end.
  if (!computes(low)) steps.insert(low = first_step(low, *inside, likely, computes));
  if (!computes(high)) {
    high = first_step(*inside, high, likely, [&](std::int64_t step) { return !computes(step); });
    steps.insert(high--);
  }
  auto const first = at(low);
  auto const last = at(high);
  auto const change = [&](auto const& holds) {
    if (low < high && !holds(first) && holds(last))
      steps.insert(first_step(low, high, likely, [&](std::int64_t step) { return holds(at(step)); }));
  };
  if (watch.is_condition) {
    if (first != last) change([&](Value const& value) { return value == last; });
  } else {
    for (auto const& constant : constants) {
      auto const from = order(first, constant);
      auto const to = order(last, constant);
      if (!from || !to) return false;
      int const way = *to >= *from ? 1 : -1;
      change([&](Value const& value) { return order(value, constant).value_or(0) * way >= 0; });
      change([&](Value const& value) { return order(value, constant).value_or(0) * way > 0; });
    }
  }
  return !fact_.type.is(Type::Kind::number) || is_same_beyond(watch, constants);
}

/// True when numbers beyond the last steps are as these.
bool ComputedInput::is_same_beyond(Watch const& watch, std::vector<Value> const& constants) const
{
  for (int const side : {-1, 1}) {
    auto const near = evaluate(watch.expression, *point(side * last_number));
    auto const far = evaluate(watch.expression, Value(farthest() * Decimal(side)));
    if (is_value(near) != is_value(far)) return false;
    if (watch.is_condition && is_value(near) && near != far) return false;
    for (auto const& constant : constants)
      if (is_value(near) && order(near, constant) != order(far, constant)) return false;
  }
  return true;
}

}  // namespace tutela::detail
