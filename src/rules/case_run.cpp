// SPDX-License-Identifier: Apache-2.0
/// \file
/// The decisions of a pack for one case.
#include "rules/case_run.hpp"

#include <algorithm>
#include <utility>

#include "rules/case_facts.hpp"
#include "rules/possibilities.hpp"

namespace tutela::detail {
namespace {

/// Says whether the constraints on the facts of a cone hold.
void judge(Evaluated& evaluated, ModelRun& run, DecisionCone const& cone)
{
  for (auto const constraint : cone.constraints) {
    auto const& value = run.value(constraint);
    if (!may_break(value)) continue;
    bool const broken = value.is(Kind::boolean);
    if (broken) evaluated.broken = constraint;
    evaluated.allowed = evaluated.allowed & (broken ? Truth::no : Truth::unknown);
    if (!broken) evaluated.undecided.push_back(value);
  }
}

Evaluated evaluated(ModelRun& run, std::size_t node)
{
  Evaluated evaluated;
  evaluated.value = run.value(node);
  evaluated.no_law = run.no_law_in_force(node);
  evaluated.not_available = run.not_available(node);
  return evaluated;
}

}  // namespace

bool may_break(Value const& value)
{
  if (auto const* boolean = value.as_boolean()) return !*boolean;
  if (value.is(Kind::uncertain)) return true;
  auto const* unknown = value.as_unknown();
  if (unknown == nullptr) return false;
  auto const& values = unknown->domain.values;
  return unknown->domain.kind != Domain::Kind::set ||
         std::any_of(values.begin(), values.end(), [](Value const& each) { return may_break(each); });
}

Value CaseInputs::input(std::size_t node)
{
  if (replaced_ == nullptr)
    for (auto const each : cone_->inputs) static_cast<void>(facts_.input(each));
  auto value = replaced_ == nullptr ? facts_.input(node) : facts_.input(node, *replaced_);
  // Other engines know no missing facts: what is not known is null, at every depth.
  if (mode_ == Mode::conformance && !is_definite(value)) return without_unknown(value);
  return value;
}

Evaluation CaseRun::evaluation() const
{
  Evaluation evaluation;
  evaluation.mode = options_.mode;
  evaluation.on = on_;
  evaluation.age_rule = pack_.info.age_rule;
  evaluation.limits = options_.limits;
  return evaluation;
}

RunContext CaseRun::context(bool tracing) const
{
  RunContext context;
  context.model = pack_.model;
  context.notes = std::make_shared<RunNotes>();
  context.notes->tracing = tracing;
  context.law_on = options_.law_on ? options_.law_on : on_;
  context.include_unverified = options_.include_unverified;
  return context;
}

/// A function among the answers holds on to the notes, and these to the answers.
void CaseRun::forget()
{
  if (notes_ == nullptr) return;
  notes_->tracing = false;
  notes_->trace.clear();
}

void CaseRun::start()
{
  forget();
  evaluation_ = evaluation();
  auto context = this->context(options_.reasons);
  notes_ = context.notes;
  run_ = std::make_unique<ModelRun>(std::move(context), evaluation_, &inputs_);
  spent_ = 0;
}

Evaluated CaseRun::decide(std::size_t decision)
{
  if (run_ == nullptr) start();
  inputs_.look_at(pack_.cones[decision]);
  auto const node = pack_.nodes[decision];
  evaluation_.steps = 0;
  auto found = evaluated(*run_, node);
  if (options_.mode == Mode::legal) judge(found, *run_, pack_.cones[decision]);
  spent_ += evaluation_.steps;
  // What was evaluated for another decision counts here too, or the answer would depend on what else is asked.
  bool const within = spent_ <= options_.limits.evaluation_steps;
  if (within && !options_.reasons) return found;
  for (auto const each : run_->order(node)) {
    found.steps += run_->steps(each);
    auto const [first, end] = run_->trace(each);
    auto const rows = notes_->trace.begin();
    found.trace.insert(found.trace.end(), rows + static_cast<std::ptrdiff_t>(first),
                       rows + static_cast<std::ptrdiff_t>(end));
  }
  if (evaluation_.steps > options_.limits.evaluation_steps) run_.reset();  // its values may be errors of the limit
  if (found.steps <= options_.limits.evaluation_steps) return found;
  return decide_alone(decision, facts_, nullptr, options_.reasons);
}

Evaluated CaseRun::decide_alone(std::size_t decision, CaseFacts& facts, std::map<std::string, Value> const* replaced,
                                bool tracing) const
{
  return evaluate_alone(pack_.cones[decision], pack_.nodes[decision], facts, replaced, tracing);
}

Evaluated CaseRun::evaluate_alone(DecisionCone const& cone, std::size_t node, CaseFacts& facts,
                                  std::map<std::string, Value> const* replaced, bool tracing) const
{
  auto evaluation = this->evaluation();
  auto context = this->context(tracing);
  auto const notes = context.notes;
  CaseInputs inputs(facts, &cone, replaced, options_.mode);
  ModelRun run(std::move(context), evaluation, &inputs);
  auto found = evaluated(run, node);
  found.trace = std::move(notes->trace);
  notes->tracing = false;
  if (options_.mode == Mode::legal) judge(found, run, cone);
  found.steps = evaluation.steps;
  return found;
}

}  // namespace tutela::detail
