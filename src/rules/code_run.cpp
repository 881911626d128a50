// SPDX-License-Identifier: Apache-2.0
/// \file
/// Running a decision as one line of operations.
#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "feel/evaluator.hpp"
#include "feel/function_value.hpp"
#include "feel/operations.hpp"
#include "rules/code.hpp"
#include "rules/run.hpp"

namespace tutela::detail {
namespace {

/// Takes out the rules whose cell does not hold for a known value; false when only the cells can say.
bool narrow(RegionIndex::Column const& column, Value const& value, Mode mode, std::span<RuleWord> hits)
{
  RuleWord const* mask = nullptr;
  if (value.is_none()) {
    if (mode == Mode::legal) {
      for (std::size_t word = 0; word < hits.size(); ++word)
        if ((hits[word] & column.none_errs[word]) != 0) return false;
    }
    mask = mode == Mode::legal ? column.none.data() : column.null.data();
  } else {
    auto const region = column.cuts.region(value);
    if (!region) return false;
    mask = column.masks.data() + *region * hits.size();
  }
  for (auto& word : hits) word &= *mask++;
  return true;
}

/// Calls `function(rule)` for each rule that is set, in order, while it returns true.
template <class Function>
bool for_each_hit(std::vector<RuleWord> const& hits, Function function)
{
  for (std::size_t word = 0; word < hits.size(); ++word)
    for (auto left = hits[word]; left != 0; left &= left - 1)
      if (!function(word * rules_in_word + static_cast<std::size_t>(std::countr_zero(left)))) return false;
  return true;
}

}  // namespace

/// One run.
struct CodeRun::Current {
  DecisionCode const& code;
  CodeInputs& inputs;
  Evaluation& evaluation;
  RunContext& context;
  Value const* const* registers;
  Value const* const* constants;

  [[nodiscard]] Value const* get(Operand operand) const
  {
    return (operand & constant_bit) != 0 ? constants[operand & ~constant_bit] : registers[operand];
  }

  void trace(DecisionCode::Table const& table, std::size_t rule, Value const& answer) const
  {
    if (context.notes->tracing) context.notes->trace.push_back({table.node, table.table, rule, Truth::yes, answer});
  }
};

Value const* CodeRun::keep(std::uint32_t target, Value value)
{
  if (is_open(value)) return nullptr;
  auto& kept = values_.data()[target];
  kept = std::move(value);
  return &kept;
}

Value const* CodeRun::fitted_value(Current const& current, Instruction const& instruction)
{
  auto const& [declared, place] = current.code.fits[instruction.second];
  auto const* given = current.get(instruction.first);
  if (fits_as_it_is(*given, *declared, current.evaluation)) return given;
  auto value = fit(*given, *declared, current.evaluation, *place);
  // An argument that does not fit lets the whole call fail.
  if (instruction.flag != 0 && value.is_none() && !given->is_none()) return nullptr;
  return keep(instruction.target, std::move(value));
}

Value const* CodeRun::call(Current const& current, Instruction const& instruction)
{
  auto const& call = current.code.calls[instruction.second];
  constexpr std::size_t few = 4;
  std::array<Value, few> arguments;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) arguments[i] = *current.get(call.arguments[i]);
  return keep(instruction.target, call_value(Site{current.evaluation}, *call.function,
                                             {arguments.data(), call.arguments.size()}, call.names));
}

/// Finds the rules that apply; false when only the tree can say.
bool CodeRun::hits(Current const& current, DecisionCode::Table const& table)
{
  auto const& rules = table.table->rules;
  hits_.resize(table.table->index->words());
  std::fill(hits_.begin(), hits_.end(), ~RuleWord{0});
  if (rules.size() % rules_in_word != 0) hits_.back() = (RuleWord{1} << rules.size() % rules_in_word) - 1;
  if (table.dated && current.context.law_on) {
    for (std::size_t rule = 0; rule < rules.size(); ++rule)
      if (!rules[rule].note.law.contains(*current.context.law_on))
        hits_[rule / rules_in_word] &= ~(RuleWord{1} << rule % rules_in_word);
    if (std::all_of(hits_.begin(), hits_.end(), [](RuleWord word) { return word == 0; })) return false;
  }
  for (auto const& column : table.columns)
    if (!narrow(*column.column, *current.get(column.input), current.evaluation.mode, hits_)) return false;
  return current.context.include_unverified || table.verified ||
         for_each_hit(hits_, [&](std::size_t rule) { return rules[rule].note.verified(); });
}

/// The answer of the one rule that counts; nothing, and its number, when it must be computed; nothing at all when only
/// the tree can say.
Value const* CodeRun::single(Current const& current, DecisionCode::Table const& table,
                             std::optional<std::size_t>& rule) const
{
  auto const policy = table.table->policy;
  bool const only_one = policy == HitPolicy::first;
  bool agree = true;
  for_each_hit(hits_, [&](std::size_t hit) {
    if (rule) {
      if (policy == HitPolicy::priority) {
        if (table.ranks[hit] < table.ranks[*rule]) rule = hit;
        return true;
      }
      agree = policy == HitPolicy::any && table.outputs[hit] != nullptr && table.outputs[*rule] != nullptr &&
              *table.outputs[hit] == *table.outputs[*rule];
      return agree;
    }
    rule = hit;
    return !only_one;
  });
  if (!agree) {
    rule.reset();
    return nullptr;
  }
  auto const* answer = rule ? table.outputs[*rule] : table.fallback;
  if (answer == nullptr || !current.context.notes->tracing) return answer;
  if (!rule) current.trace(table, table.table->rules.size(), *answer);
  for_each_hit(hits_, [&](std::size_t hit) {
    current.trace(table, hit, *table.outputs[hit]);
    return !only_one;
  });
  return answer;
}

/// What a COLLECT table counts or adds up; nothing when only the tree can say.
Value const* CodeRun::total(Current const& current, DecisionCode::Table const& table, std::uint32_t target)
{
  std::int64_t count = 0;
  Value const* sum = nullptr;
  auto& kept = values_[target];
  bool const counts = table.table->aggregation == Aggregation::count;
  bool const done = for_each_hit(hits_, [&](std::size_t hit) {
    auto const* output = table.outputs[hit];
    current.trace(table, hit, *output);
    ++count;
    if (counts) return true;
    if (!output->is(Kind::number)) return false;
    if (sum == nullptr) {
      sum = output;
      return true;
    }
    kept = arithmetic(Site{current.evaluation}, Op::add, *sum, *output);
    sum = &kept;
    return kept.is(Kind::number);
  });
  if (!done) return nullptr;
  if (count == 0) {
    current.trace(table, table.table->rules.size(), *table.fallback);
    return table.fallback;
  }
  return counts ? keep(target, Value(Decimal(count))) : sum;
}

/// \param next Where it goes on when a rule has to be computed. \return False to give up.
bool CodeRun::table(Current const& current, Instruction const& instruction, std::size_t& next)
{
  auto const& table = current.code.tables[instruction.second];
  if (!hits(current, table)) return false;
  auto& answer = registers_[instruction.target];
  if (table.table->policy == HitPolicy::collect) {
    answer = total(current, table, instruction.target);
    return answer != nullptr;
  }
  std::optional<std::size_t> rule;
  answer = single(current, table, rule);
  if (answer != nullptr) {
    if (!table.blocks.empty()) next = table.blocks.back();
    return true;
  }
  if (!rule) return false;
  next = table.blocks[*rule];
  return true;
}

/// The values at their places, for what is evaluated from its tree.
std::vector<Value>& CodeRun::frame(Current const& current, std::size_t size, std::vector<FramePlace> const& places)
{
  frame_.assign(size, Value());
  for (auto const& [place, operand] : places) frame_[place] = *current.get(operand);
  return frame_;
}

Value const* CodeRun::run(DecisionCode const& code, CodeInputs& inputs, Evaluation& evaluation, RunContext& context)
{
  auto const before = evaluation.steps;
  auto& trace = context.notes->trace;
  auto const traced = static_cast<std::ptrdiff_t>(trace.size());
  // Near a limit the tree says exactly where it is reached.
  if (before + code.steps > evaluation.limits.evaluation_steps ||
      evaluation.depth + code.depth > evaluation.limits.nesting * 16 ||
      evaluation.calls + code.depth > evaluation.limits.calls)
    return nullptr;
  evaluation.steps += code.steps;
  if (registers_.size() < code.registers) {
    registers_.resize(code.registers);
    values_.resize(code.registers);
  }
  auto const node = context.node;
  auto const* found = execute({code, inputs, evaluation, context, registers_.data(), code.constants.data()});
  context.node = node;
  if (found != nullptr) return found;
  evaluation.steps = before;
  trace.erase(trace.begin() + traced, trace.end());
  return nullptr;
}

Value const* CodeRun::execute(Current const& current)
{
  auto const& code = current.code;
  Site const site{current.evaluation};
  auto const* const instructions = code.instructions.data();
  auto const end = code.instructions.size();
  auto* const registers = registers_.data();
  for (std::size_t next = 0; next < end;) {
    auto const& each = instructions[next++];
    auto& target = registers[each.target];
    switch (each.kind) {
      case Instruction::Kind::fact: target = current.inputs.leaf(each.first); break;
      case Instruction::Kind::requirement: target = current.inputs.requirement(each.first); break;
      case Instruction::Kind::member: {
        auto const& owner = *current.get(each.first);
        auto const& name = *code.members[each.second];
        auto const* context = owner.as_context();
        auto const* found = context == nullptr ? nullptr : context->find(name);
        target = found == nullptr  ? keep(each.target, member(site, owner, name, {}))
                 : is_open(*found) ? nullptr
                                   : found;
        break;
      }
      case Instruction::Kind::copy: target = current.get(each.first); break;
      case Instruction::Kind::jump: next = each.second; continue;
      case Instruction::Kind::branch: {
        auto const* condition = current.get(each.first)->as_boolean();
        if (condition == nullptr) return nullptr;
        if (!*condition) next = each.second;
        continue;
      }
      case Instruction::Kind::junction: {
        target = current.get(each.first);
        auto const* operand = target->as_boolean();
        if (operand == nullptr) return nullptr;
        if (*operand == (each.op == Op::disjunction)) next = each.second;
        break;
      }
      case Instruction::Kind::operation:
        target = keep(each.target, arithmetic(site, each.op, *current.get(each.first), *current.get(each.second)));
        break;
      case Instruction::Kind::comparison:
        target = keep(each.target,
                      comparison(site, each.op, *current.get(each.first), *current.get(each.second), each.flag != 0));
        break;
      case Instruction::Kind::negate: target = keep(each.target, negation(site, *current.get(each.first))); break;
      case Instruction::Kind::fit: target = fitted_value(current, each); break;
      case Instruction::Kind::table:
        if (!table(current, each, next)) return nullptr;
        break;
      case Instruction::Kind::answer:
        target = current.get(each.first);
        current.trace(code.tables[each.second], each.flag, target->is(Kind::function) ? Value() : *target);
        break;
      case Instruction::Kind::call: target = call(current, each); break;
      case Instruction::Kind::expression: {
        auto const& tree = code.expressions[each.second];
        auto const& slots = frame(current, tree.frame_size, tree.frame);
        locals_.assign(tree.program->frame_size, Value());
        target = keep(each.target, Evaluator(*tree.program, slots, locals_, {}, current.evaluation).value(tree.node));
        break;
      }
      case Instruction::Kind::boxed: {
        auto const& tree = code.boxed[each.second];
        current.context.node = tree.node;
        target = keep(each.target, evaluate_boxed(*tree.boxed, frame(current, tree.frame_size, tree.frame),
                                                  current.evaluation, current.context));
        break;
      }
    }
    if (target == nullptr) return nullptr;
  }
  return current.get(code.result);
}

}  // namespace tutela::detail
