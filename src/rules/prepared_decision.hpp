// SPDX-License-Identifier: Apache-2.0
/// \file
/// What is looked up once for decisions that are asked again and again (internal).
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tutela/rules/session.hpp>

#include "rules/count_line.hpp"
#include "rules/plan_bundle.hpp"

namespace tutela::detail {

/// What the bits of a bundle say of one plan.
struct PreparedAnswers {
  PlanBundle::LookUp look_up;         ///< Unsure of everything where the table is not looked up.
  std::optional<std::size_t> walked;  ///< The table that a run answers instead.
  std::vector<BareVerdict> verdicts;  ///< By code, and then that there are several.
};

/// Plans side by side, with where the facts of a session lie for them.
struct PreparedPlans {
  PreparedPlans(std::span<PlanBundle::Member const> members, std::vector<FactLine> const& lines_of_pack,
                std::size_t completions);

  PlanBundle bundle;
  std::vector<PreparedAnswers> answers;  ///< Of each plan.
  std::vector<std::optional<CountLine>>
      day_lines;  ///< Of its facts; nothing for one that lies on the line of the pack.
};

/// One decision under fixed conditions.
struct PreparedDecisionImpl {
  Pack pack;
  std::string decision;
  std::optional<std::size_t> index;  ///< Nothing when the pack lacks the decision.
  std::optional<Date> on;
  DecideOptions options;
  std::shared_ptr<DayPlans const> day = nullptr;      ///< Nothing where the plan holds for every day.
  Plan const* plan = nullptr;                         ///< Nothing when only the model can answer.
  std::vector<CountLine> day_lines = {};              ///< Of the facts of the plan, where it holds for one day.
  std::optional<PreparedPlans> quick = std::nullopt;  ///< Of this plan alone.
  PartialPlan partial = {};                           ///< What answers open cases where there is no other plan.
  std::vector<CountLine> partial_lines = {};          ///< Of its facts.
};

/// Several decisions under the same conditions.
struct PreparedDecisionsImpl {
  Pack pack;
  std::vector<std::string> names;
  std::vector<std::shared_ptr<PreparedDecisionImpl const>> each;
  PreparedPlans quick;  ///< Of all their plans.
};

}  // namespace tutela::detail
