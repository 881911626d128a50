// SPDX-License-Identifier: Apache-2.0
/// \file
/// How the answer of a plan follows from the missing facts (internal).
#pragma once

#include <optional>
#include <vector>

#include <tutela/base/date.hpp>

#include "rules/case_facts.hpp"
#include "rules/completions.hpp"
#include "rules/plan.hpp"

namespace tutela::detail {

/// The completions of a plan as the graph that the model's evaluation would leave: over parts of the domains of the
/// facts in place of their classes.
///
/// \param lines     How the facts of the plan are read.
/// \param constants What the rules mention; they propose the parts, beside the cuts of the lines.
/// \param facts     The facts of the case; the inputs of the cone were asked for.
/// \return Nothing where a part of a fact is of no class.
std::optional<CompletionGraph> graph_of(Plan const& plan, std::vector<FactLine> const& lines,
                                        PlanRun::Completions const& completions, std::vector<Value> const& constants,
                                        CaseFacts const& facts, std::optional<Date> on);

}  // namespace tutela::detail
