// SPDX-License-Identifier: Apache-2.0
/// \file
/// What an interview rests on: open decisions as diagrams over common regions of the facts (internal).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tutela/rules/ask.hpp>

#include "rules/joint_regions.hpp"
#include "rules/pack_impl.hpp"
#include "rules/question_planner.hpp"

namespace tutela::detail {

/// A decision that is not settled by the facts so far.
struct OpenDecision {
  std::string name;
  std::optional<RegionDiagrams::Id> root;  ///< Nothing when its completions could not all be told apart.
  std::vector<std::string> missing;        ///< Facts to ask, where there is no root.
  std::vector<std::string> uncertain;      ///< The same for facts that cannot be known.
};

/// What stays the same while an interview goes on; facts that a diagram tests come first.
struct InterviewPlan {
  std::vector<JointFact> regions;
  std::vector<PlannedFact> facts;
  std::vector<FactQuestion> questions;  ///< One for each fact, without what depends on the moment.
  std::vector<bool> uncertain;
  std::vector<std::string> decisions;  ///< All that were asked for and have a rule.
  std::vector<std::string> not_available;
  bool constrained = false;  ///< True when a fact may rule out others, or an answer may be refused.
};

/// An interview as it begins.
struct BegunInterview {
  std::shared_ptr<InterviewPlan const> plan;
  RegionDiagrams diagrams{{}};
  std::vector<OpenDecision> decisions;
  std::vector<OpenCaution> cautions;
};

/// Evaluates the decisions asked for and puts what they still depend on over common regions.
BegunInterview begin_interview(PackImpl const& pack, Record const& record, std::optional<Date> on,
                               AskOptions const& options);

/// The question for a fact, as far as it does not depend on the case.
FactQuestion question_of(std::string const& name, Schema const& schema, AskOptions const& options);

/// False for what only a trained interviewer may ask.
bool is_askable(FactQuestion const& question);

}  // namespace tutela::detail
