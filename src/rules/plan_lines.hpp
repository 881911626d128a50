// SPDX-License-Identifier: Apache-2.0
/// \file
/// How the plans of a pack read its facts (internal).
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <span>
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

/// The lines of the facts that some decisions read under the law of a day.
/// \param law_on Nothing where the texts have no dates. \param joint Whether plans may be partial.
PlanLines lines_of(PackImpl const& pack, std::span<std::size_t const> decisions, std::optional<Date> law_on,
                   DayAsked const& day, bool joint);

}  // namespace tutela::detail
