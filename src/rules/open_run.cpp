// SPDX-License-Identifier: Apache-2.0
/// \file
/// One evaluation of a decision whose parts can be looked at.
#include "rules/open_run.hpp"

#include <utility>

#include "rules/possibilities.hpp"

namespace tutela::detail {

OpenRun::OpenRun(PackImpl const& pack, std::size_t decision, CaseFacts& facts, std::optional<Date> on,
                 DecideOptions const& options)
    : notes_(std::make_shared<RunNotes>())
{
  evaluation.mode = options.mode;
  evaluation.on = on;
  evaluation.age_rule = pack.info.age_rule;
  evaluation.limits = options.limits;
  notes_->tracing = true;
  context.model = pack.model;
  context.notes = notes_;
  context.law_on = options.law_on ? options.law_on : on;
  context.include_unverified = options.include_unverified;
  run_.emplace(context, evaluation);
  for (auto const input : pack.cones[decision].inputs) {
    auto value = facts.input(input);
    if (options.mode == Mode::conformance && !is_definite(value)) value = without_unknown(value);
    run_->set(input, std::move(value));
  }
}

OpenRun::~OpenRun()
{
  // A function among the answers holds on to the notes, and these to the answers.
  notes_->tracing = false;
  notes_->trace.clear();
}

std::vector<Value> OpenRun::frame(NodeText const& text)
{
  std::vector<Value> frame;
  for (auto const required : text.requirements) frame.push_back(run_->value(required));
  return frame;
}

}  // namespace tutela::detail
