// SPDX-License-Identifier: Apache-2.0
/// \file
/// Compiled FEEL expressions and unary tests: from the tree to what callers hold.
#include <tutela/feel/expression.hpp>

#include <algorithm>
#include <array>

#include "feel/evaluator.hpp"
#include "feel/function_value.hpp"
#include "feel/type_faults.hpp"

namespace tutela::detail {

namespace {

// Operations whose result depends on their operands alone.
bool may_fold(Program const& program, Node const& node)
{
  switch (node.op) {
    case Op::list:
    case Op::range:
    case Op::range_test:
    case Op::negate:
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
    case Op::greater_equal:
    case Op::conjunction:
    case Op::disjunction:
    case Op::between:
    case Op::path: break;
    case Op::call: {
      auto const& callee = program.child(node, 0);
      if (callee.op != Op::constant) return false;
      auto const* const function = function_in(program.constants[callee.index]);
      if (function == nullptr || function->builtin() == nullptr) return false;
      auto const& overloads = function->builtin()->overloads;
      if (std::any_of(overloads.begin(), overloads.end(),
                      [](auto const& overload) { return overload.strictness >= Strictness::policy; })) {
        return false;
      }
      break;
    }
    default: return false;
  }
  auto const children = program.children_of(node);
  return std::all_of(children.begin(), children.end(),
                     [&program](NodeId child) { return program.nodes[child].folded >= 0; });
}

// True when the standard says the same about a call as legal mode.
bool is_same_in_conformance(Program const& program, NodeId id, Value const& result, std::vector<Value>& frame)
{
  if (program.nodes[id].op != Op::call) return true;
  Evaluation evaluation;
  evaluation.mode = Mode::conformance;
  Evaluator evaluator(program, {}, frame, {}, evaluation);
  return evaluator.value(id) == result;
}

// Computes once what is the same in every evaluation. An error stays an operation, so that each mode reads it its way.
void fold_constants(Program& program)
{
  Evaluation evaluation;
  std::vector<Value> frame(program.frame_size);
  for (NodeId id = 0; id < program.nodes.size(); ++id) {
    if (program.nodes[id].folded >= 0 || !may_fold(program, program.nodes[id])) continue;
    evaluation.steps = 0;
    evaluation.limits.evaluation_steps = 10'000;
    evaluation.limits.value_parts = 10'000;
    Evaluator evaluator(program, {}, frame, {}, evaluation);
    Value result = evaluator.value(id);
    if (result.state() != State::known || has_holes(result)) continue;
    if (auto const* text = result.as_string(); text != nullptr && text->size() > 4'096) continue;
    if (auto const* list = result.as_list()) {
      if (std::any_of(list->items.begin(), list->items.end(), [](Value const& item) { return is_open(item); }))
        continue;
    }
    if (!is_same_in_conformance(program, id, result, frame)) continue;
    program.nodes[id].folded = static_cast<std::int32_t>(program.constants.size());
    program.constants.push_back(std::move(result));
  }
}

// Whether each node is part of a longer path, whose own name then is the one that is read.
std::vector<bool> owners_of_paths(Program const& program)
{
  std::vector<bool> owner(program.nodes.size(), false);
  for (auto const& node : program.nodes) {
    if (node.op == Op::path) owner[program.children[node.first]] = true;
  }
  return owner;
}

void collect_reads(Program& program)
{
  auto const is_owner = owners_of_paths(program);
  for (NodeId id = 0; id < program.nodes.size(); ++id) {
    Node const& node = program.nodes[id];
    if (node.op == Op::slot) program.reads.push_back(node.index);
    if (node.op == Op::constant) {
      if (auto const* const function = function_in(program.constants[node.index])) {
        if (auto const* const builtin = function->builtin()) {
          auto const& overloads = builtin->overloads;
          program.reads_today =
              program.reads_today || std::any_of(overloads.begin(), overloads.end(),
                                                 [](auto const& each) { return each.strictness == Strictness::clock; });
        }
      }
    }
    if ((node.op != Op::slot && node.op != Op::path) || is_owner[id]) continue;
    std::string path;
    NodeId at = id;
    while (program.nodes[at].op == Op::path) {
      path.insert(0, "." + program.texts[program.nodes[at].index]);
      at = program.children[program.nodes[at].first];
    }
    if (program.nodes[at].op == Op::slot) program.paths.push_back(program.texts[program.nodes[at].local] + path);
  }
  auto const tidy = [](auto& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  };
  tidy(program.reads);
  tidy(program.paths);
  // a path that is read whole covers its parts
  std::vector<std::string> covering;
  for (auto& path : program.paths) {
    bool const covered = std::any_of(covering.begin(), covering.end(), [&path](std::string const& whole) {
      return path.size() > whole.size() && path.compare(0, whole.size(), whole) == 0 && path[whole.size()] == '.';
    });
    if (!covered) covering.push_back(std::move(path));
  }
  program.paths = std::move(covering);
}

}  // namespace

void finish(Program& program)
{
  fold_constants(program);
  collect_reads(program);
}

}  // namespace tutela::detail

namespace tutela::inline v0 {

Value Expression::evaluate(std::span<Value const> slots, Evaluation& evaluation) const
{
  return detail::run(*program_, slots, evaluation);
}

std::vector<std::size_t> const& Expression::reads() const& noexcept { return program_->reads; }

std::vector<std::string> const& Expression::paths() const& noexcept { return program_->paths; }

bool Expression::reads_today() const noexcept { return program_->reads_today; }

Type Expression::type() const { return program_->nodes[program_->root].type; }

Value const* Expression::constant() const noexcept
{
  auto const folded = program_->nodes[program_->root].folded;
  return folded < 0 ? nullptr : &program_->constants[static_cast<std::size_t>(folded)];
}

std::string Expression::to_string() const { return detail::print(*program_); }

Value UnaryTests::test(Value const& input, std::span<Value const> slots, Evaluation& evaluation) const
{
  if (!program_->reads.empty() && program_->reads.back() >= slots.size()) {
    throw ContractViolation("a test reads a slot that was not given");
  }
  constexpr std::size_t few = 8;
  if (program_->frame_size <= few) {
    std::array<Value, few> frame;
    return detail::Evaluator(*program_, slots, frame, {}, evaluation).test(input);
  }
  std::vector<Value> frame(program_->frame_size);
  return detail::Evaluator(*program_, slots, frame, {}, evaluation).test(input);
}

bool UnaryTests::passes_all() const noexcept { return program_->nodes[program_->root].count == 0; }

std::vector<std::size_t> const& UnaryTests::reads() const& noexcept { return program_->reads; }

std::vector<std::string> const& UnaryTests::paths() const& noexcept { return program_->paths; }

bool UnaryTests::reads_today() const noexcept { return program_->reads_today; }

std::string UnaryTests::to_string() const { return detail::print(*program_); }

Result<Expression> parse_expression(std::string_view text, Names const& names, Place const& origin, Mode mode,
                                    Limits const& limits)
{
  Diagnostics diagnostics(limits.diagnostics);
  auto program =
      std::make_shared<detail::Program>(detail::parse_program(text, names, nullptr, origin, mode, limits, diagnostics));
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  detail::report_type_faults(*program, nullptr, diagnostics);
  detail::finish(*program);
  return {detail::Program::expression(std::move(program)), std::move(diagnostics).take()};
}

Result<UnaryTests> parse_unary_tests(std::string_view text, Names const& names, Type const& input, Place const& origin,
                                     Mode mode, Limits const& limits)
{
  Diagnostics diagnostics(limits.diagnostics);
  auto program =
      std::make_shared<detail::Program>(detail::parse_program(text, names, &input, origin, mode, limits, diagnostics));
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  detail::report_type_faults(*program, &input, diagnostics);
  detail::finish(*program);
  return {detail::Program::unary_tests(std::move(program)), std::move(diagnostics).take()};
}

}  // namespace tutela::inline v0
