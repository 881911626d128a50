// SPDX-License-Identifier: Apache-2.0
/// \file
/// How the plans of a pack read its facts (internal).
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <vector>

#include "rules/computed_input.hpp"
#include "rules/pack_impl.hpp"
#include "rules/plan.hpp"

namespace tutela::detail {

/// How tables read facts.
struct PlanLines {
  std::vector<FactLine> lines;                                    ///< Of all facts, in the order of the schema.
  std::map<DecisionTable::Input const*, ComputedInput> computed;  ///< Inputs that are computed from one fact.
  std::vector<JointInput> joint;  ///< Their lines follow those of the facts. None unless asked for.
  std::map<DecisionTable::Input const*, std::size_t> joint_of;  ///< Their places, of all inputs.
  bool may_be_partial = false;  ///< Whether inputs may be joint, answers computed, and a decision an expression.
};

/// The lines of all facts and joint inputs of a pack, without what uses the day.
PlanLines make_lines(PackImpl const& pack);

/// The partial plans of all decisions, for the states of the law in which they have no others.
PartialPlans make_partial_plans(PackImpl const& pack, PlanLines lines);

/// The plans of a decision; those that cannot be made are not there.
std::vector<std::shared_ptr<Plan const>> make_plans(PackImpl const& pack, PlanLines const& lines, std::size_t decision);

}  // namespace tutela::detail
