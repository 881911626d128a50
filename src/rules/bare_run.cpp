// SPDX-License-Identifier: Apache-2.0
/// \file
/// Answers that are definite, without a verdict around them.
#include "rules/bare_run.hpp"

#include <algorithm>
#include <utility>

#include "rules/case_run.hpp"
#include "rules/possibilities.hpp"

namespace tutela::detail {
namespace {

RunContext context_of(PackImpl const& pack, DecideOptions const& options)
{
  RunContext context;
  context.model = pack.model;
  context.include_unverified = options.include_unverified;
  return context;
}

}  // namespace

BareRun::BareRun(PackImpl const& pack, DecideOptions const& options, InputSource& inputs)
    : pack_(pack), options_(options), run_(context_of(pack, options), evaluation_, &inputs)
{
  evaluation_.mode = options.mode;
  evaluation_.age_rule = pack.info.age_rule;
  evaluation_.limits = options.limits;
}

void BareRun::restart(std::optional<Date> on)
{
  if (by_value_.empty() || evaluation_.on != on) by_value_.assign(pack_.decisions.size(), std::nullopt);
  evaluation_.on = on;
  spent_ = 0;
  run_.restart(options_.law_on ? options_.law_on : on);
}

/// False where an answer is more than a value: no law, another law, a source that is not verified, a separation.
bool BareRun::find_answered_by_value(std::size_t decision) const
{
  auto const& info = pack_.info;
  bool const day_missing = !evaluation_.on && pack_.needs_day(decision);
  if (day_missing || pack_.is_other_law(options_.jurisdiction) || !pack_.separations[decision].empty()) return false;
  auto const law_on = options_.law_on ? options_.law_on : evaluation_.on;
  if (law_on && !info.valid.contains(*law_on)) return false;
  auto const* text = run_.text_in_force(pack_.nodes[decision]);
  return text != nullptr && (options_.include_unverified || text->note.verified());
}

bool BareRun::is_answered_by_value(std::size_t decision)
{
  auto& by_value = by_value_[decision];
  if (!by_value) by_value = find_answered_by_value(decision);
  return *by_value;
}

Value BareRun::tested(JointInput const& joint)
{
  evaluation_.steps = 0;
  std::vector<Value> frame(joint.text->requirements.size());
  for (auto const slot : joint.input->expression->reads()) frame[slot] = run_.value(joint.text->requirements[slot]);
  return input_value(*joint.input, frame, evaluation_);
}

std::optional<BareVerdict> BareRun::decide(std::size_t decision)
{
  if (!is_answered_by_value(decision)) return std::nullopt;
  evaluation_.steps = 0;
  auto const node = pack_.nodes[decision];
  auto const& value = run_.value(node);
  bool const holds = options_.mode != Mode::legal ||
                     std::none_of(pack_.cones[decision].constraints.begin(), pack_.cones[decision].constraints.end(),
                                  [&](std::size_t constraint) { return may_break(run_.value(constraint)); });
  spent_ += evaluation_.steps;
  // A limit holds for each decision as if it were alone; only the decision by itself can say whether it was reached.
  if (spent_ > options_.limits.evaluation_steps) {
    restart(evaluation_.on);
    return std::nullopt;
  }
  if (!holds) return std::nullopt;
  if (is_definite(value)) return BareVerdict(Outcome::known, value);
  bool const is_error = value.is(Kind::error) && !run_.no_law_in_force(node) && !run_.not_available(node);
  static Value const none;
  return is_error ? std::optional(BareVerdict(Outcome::error, none)) : std::nullopt;
}

}  // namespace tutela::detail
