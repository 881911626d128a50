// SPDX-License-Identifier: Apache-2.0
/// \file
/// The decisions of a pack for one case.
#include "rules/case_run.hpp"

#include <utility>

#include "rules/case_facts.hpp"
#include "rules/possibilities.hpp"

namespace tutela::detail {
namespace {

Evaluated evaluated(ModelRun& run, std::size_t node)
{
  Evaluated evaluated;
  evaluated.value = run.value(node);
  evaluated.no_law = run.no_law_in_force(node);
  evaluated.not_available = run.not_available(node);
  return evaluated;
}

}  // namespace

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

/// Other engines know no missing facts: what is not known is null, at every depth.
Value CaseRun::input(Value value) const
{
  if (options_.mode == Mode::conformance && !is_definite(value)) return without_unknown(value);
  return value;
}

void CaseRun::start()
{
  evaluation_ = evaluation();
  auto context = this->context(options_.reasons);
  notes_ = context.notes;
  run_ = std::make_unique<ModelRun>(std::move(context), evaluation_);
  given_.assign(pack_.model->nodes.size(), false);
  spent_ = 0;
}

Evaluated CaseRun::decide(std::size_t decision)
{
  if (run_ == nullptr) start();
  for (auto const node : pack_.cones[decision].inputs) {
    if (given_[node]) continue;
    run_->set(node, input(facts_.input(node)));
    given_[node] = true;
  }
  auto const node = pack_.nodes[decision];
  evaluation_.steps = 0;
  auto found = evaluated(*run_, node);
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
  auto evaluation = this->evaluation();
  auto context = this->context(tracing);
  auto const notes = context.notes;
  ModelRun run(std::move(context), evaluation);
  for (auto const node : pack_.cones[decision].inputs)
    run.set(node, input(replaced == nullptr ? facts.input(node) : facts.input(node, *replaced)));
  auto found = evaluated(run, pack_.nodes[decision]);
  found.steps = evaluation.steps;
  found.trace = std::move(notes->trace);
  return found;
}

}  // namespace tutela::detail
