// SPDX-License-Identifier: Apache-2.0
/// \file
/// How the answer of a plan follows from the missing facts (internal).
#pragma once

#include <optional>

#include <tutela/base/date.hpp>

#include "rules/case_facts.hpp"
#include "rules/completions.hpp"
#include "rules/plan.hpp"

namespace tutela::detail {

struct DecisionCone;

/// The completions of a plan as the graph that the model's evaluation would leave: over parts of the domains of the
/// facts in place of their classes.
///
/// \param facts The facts of the case; the inputs of the cone were asked for.
/// \return Nothing when the parts of a fact are not parts of its classes.
std::optional<CompletionGraph> graph_of(PackImpl const& pack, DecisionCone const& cone, Plan const& plan,
                                        PlanRun::Completions const& completions, CaseFacts const& facts,
                                        std::optional<Date> on);

}  // namespace tutela::detail
