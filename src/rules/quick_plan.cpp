// SPDX-License-Identifier: Apache-2.0
#include "rules/quick_plan.hpp"

#include <algorithm>

namespace tutela::detail {

std::optional<QuickPlan> QuickPlan::of(Plan const& plan)
{
  if (plan.steps.size() != 1 || plan.steps.front().words != 1) return std::nullopt;
  auto const& step = plan.steps.front();
  QuickPlan quick(plan);
  quick.in_force_ = step.in_force.front();
  quick.first_only_ = step.table->policy == HitPolicy::first;
  auto const add = [&](std::size_t fact, auto const& masks_of) {
    quick.columns_.push_back({fact, quick.masks_.size()});
    for (auto const found : plan.facts[fact].class_of)
      quick.masks_.push_back(found == no_class ? cannot_say : masks_of(found));
  };
  for (auto const& column : step.columns)
    add(column.source, [&](FactClass found) { return Masks{column.certain[found], column.possible[found]}; });
  for (std::size_t fact = 0; fact < plan.facts.size(); ++fact) {
    bool const is_column = std::any_of(step.columns.begin(), step.columns.end(),
                                       [&](PlanStep::Column const& column) { return column.source == fact; });
    if (!is_column) add(fact, [](FactClass) { return Masks{~RuleWord{0}, ~RuleWord{0}}; });
  }
  return quick;
}

}  // namespace tutela::detail
