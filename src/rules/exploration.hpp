// SPDX-License-Identifier: Apache-2.0
/// \file
/// Exploring what missing facts can still change in a case (internal).
#pragma once

#include <cstddef>
#include <functional>

#include "rules/case_facts.hpp"
#include "rules/case_run.hpp"
#include "rules/completions.hpp"

namespace tutela::detail {

/// What counts as the answer of one evaluation; its value when left out.
using ReadAnswer = std::function<Value(Evaluated const&)>;

/// Explores the completions of the facts of a cone; all of them together may cost what one evaluation may.
///
/// \param facts The facts of the case, with the inputs of the cone built.
/// \param whole What evaluating the node with these facts gave.
Completions explore(CaseRun const& run, DecisionCone const& cone, std::size_t node, CaseFacts& facts, Part const& whole,
                    ReadAnswer const& read = {});

/// In which cases a constraint of the pack holds: `true` or `false` at the ends; what it comes to where nobody can tell.
/// \param node  The constraint, one of the pack's.
/// \param facts The facts of the case; the inputs of the constraint are built.
CompletionGraph explore_constraint(CaseRun const& run, PackImpl const& pack, std::size_t node, CaseFacts& facts);

}  // namespace tutela::detail
