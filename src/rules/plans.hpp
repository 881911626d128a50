// SPDX-License-Identifier: Apache-2.0
/// \file
/// Which plans decisions have, for each state of the law and for one day (internal).
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "rules/plan.hpp"
#include "rules/plan_lines.hpp"

namespace tutela::detail {

/// The plans of a decision; those that cannot be made are not there.
std::vector<std::shared_ptr<Plan const>> make_plans(PackImpl const& pack, PlanLines const& lines, std::size_t decision);

/// The partial plans of all decisions, for the states of the law in which they have no others.
PartialPlans make_partial_plans(PackImpl const& pack, PlanLines lines);

/// The plan by which a decision can be answered under these options; nothing when only the model can.
Plan const* plan_for(PackImpl const& pack, std::size_t decision, std::optional<Date> on, DecideOptions const& options);

/// The plans of decisions on one day; nothing where none of those that use the day can be planned.
///
/// Takes some tens of microseconds for each constant that an age or a length is compared with.
std::shared_ptr<DayPlans const> make_day_plans(PackImpl const& pack, std::span<std::size_t const> decisions, Date on,
                                               DecideOptions const& options);

/// The same for many cases at once: also plans that only `Plan::partial` allows, and where no day is asked about. Nothing where
/// none of the decisions gains one.
std::shared_ptr<DayPlans const> make_column_plans(PackImpl const& pack, std::span<std::size_t const> decisions,
                                                  std::optional<Date> on, DecideOptions const& options);

/// The partial plan of a decision that the pack has; nothing in it where it has none.
PartialPlan partial_plan_for(PackImpl const& pack, std::size_t decision, std::optional<Date> on,
                             DecideOptions const& options);

/// The same made for the day, for a decision that uses it. It takes as long as `make_day_plans`.
PartialPlan make_partial_plan(PackImpl const& pack, std::size_t decision, Date on, DecideOptions const& options);

}  // namespace tutela::detail
