// SPDX-License-Identifier: Apache-2.0
/// \file
/// Which plans a pack has, for each state of its law and for one day.
#include "rules/plans.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "rules/law_days.hpp"
#include "rules/model.hpp"
#include "rules/pack_impl.hpp"
#include "rules/plan_builder.hpp"

namespace tutela::detail {
namespace {

/// States of the law that one decision is compiled for; a decision with more stays with its model.
constexpr std::size_t most_states_of_law = 32;

/// True where masks cannot hold what is said about a decision.
bool is_beyond_masks(PackImpl const& pack, std::size_t decision)
{
  auto const& cone = pack.cones[decision];
  // Constraints rule out combinations of facts, which masks of single facts cannot say.
  return cone.tests_uncertain || !cone.constraints.empty() || pack.decisions[decision].separation ||
         !pack.separations[decision].empty();
}

}  // namespace

std::vector<std::shared_ptr<Plan const>> make_plans(PackImpl const& pack, PlanLines const& lines, std::size_t decision)
{
  std::vector<std::shared_ptr<Plan const>> plans;
  auto const& cone = pack.cones[decision];
  if (is_beyond_masks(pack, decision)) return plans;
  auto const days = changes_of_law(*pack.model, cone);
  if (days.size() > most_states_of_law) return plans;
  if (days.empty()) {
    auto plan = build_plan(pack, lines, decision, std::nullopt);
    if (!plan) return plans;
    plan->undated = true;
    plans.push_back(std::move(plan));
    return plans;
  }
  Period law;
  auto const add = [&](Date inside) {
    auto plan = build_plan(pack, lines, decision, inside);
    if (!plan) return;
    plan->law = law;
    plans.push_back(std::move(plan));
  };
  law.until = *days.begin();
  if (auto const before = add_days(*days.begin(), -1)) add(*before);
  for (auto day = days.begin(); day != days.end(); ++day) {
    auto const next = std::next(day);
    law.from = *day;
    law.until = next == days.end() ? std::nullopt : std::optional(*next);
    add(*day);
  }
  return plans;
}

namespace {

/// \param law_on Nothing where the texts have no dates.
std::shared_ptr<DayPlans> plans_of(PackImpl const& pack, std::span<std::size_t const> decisions,
                                   std::optional<Date> law_on, PlanLines lines, DecideOptions const& options)
{
  auto made = std::make_shared<DayPlans>();
  for (auto const decision : decisions) {
    if (is_beyond_masks(pack, decision)) continue;
    std::shared_ptr<Plan> plan = build_plan(pack, lines, decision, law_on);
    if (plan && (!plan->unverified || options.include_unverified)) made->plans.emplace(decision, std::move(plan));
  }
  made->lines = std::move(lines.lines);
  made->joint = std::move(lines.joint);
  return made;
}

}  // namespace

std::shared_ptr<DayPlans const> make_day_plans(PackImpl const& pack, std::span<std::size_t const> decisions, Date on,
                                               DecideOptions const& options)
{
  if (options.mode != Mode::legal) return nullptr;
  auto const law_on = options.law_on.value_or(on);
  auto const gains = [&](std::size_t decision) {
    return pack.cones[decision].reads_today && !is_beyond_masks(pack, decision);
  };
  if (std::none_of(decisions.begin(), decisions.end(), gains)) return nullptr;
  auto lines = lines_of(pack, decisions, law_on, {on, pack.info.age_rule}, false);
  auto made = plans_of(pack, decisions, law_on, std::move(lines), options);
  bool const gained =
      std::any_of(made->plans.begin(), made->plans.end(), [&](auto const& each) { return gains(each.first); });
  return gained ? made : nullptr;
}

std::shared_ptr<DayPlans const> make_column_plans(PackImpl const& pack, std::span<std::size_t const> decisions,
                                                  std::optional<Date> on, DecideOptions const& options)
{
  if (options.mode != Mode::legal) return nullptr;
  auto const law_on = options.law_on ? options.law_on : on;
  auto lines = lines_of(pack, decisions, law_on, {on, pack.info.age_rule}, true);
  auto made = plans_of(pack, decisions, law_on, std::move(lines), options);
  bool const gained =
      std::any_of(made->plans.begin(), made->plans.end(), [](auto const& each) { return each.second->partial; });
  return gained ? made : nullptr;
}

PartialPlans make_partial_plans(PackImpl const& pack, PlanLines lines)
{
  PartialPlans made;
  lines.may_be_partial = true;
  for (std::size_t i = 0; i < pack.decisions.size(); ++i) {
    bool const has_others = pack.plans[i].size() == 1 && pack.plans[i].front()->undated;
    auto plans = has_others ? std::vector<std::shared_ptr<Plan const>>() : make_plans(pack, lines, i);
    std::erase_if(plans, [](auto const& plan) { return !plan->partial; });
    made.plans.push_back(std::move(plans));
  }
  made.lines = std::move(lines.lines);
  made.joint = std::move(lines.joint);
  return made;
}

namespace {

/// The plan of the law that is in force; nothing where there is none, or its sources may not be used.
Plan const* plan_of_law(std::vector<std::shared_ptr<Plan const>> const& plans, std::optional<Date> on,
                        DecideOptions const& options)
{
  if (options.mode != Mode::legal) return nullptr;
  auto const law_on = options.law_on ? options.law_on : on;
  for (auto const& plan : plans) {
    if (!plan->undated && (!law_on || !plan->law.contains(*law_on))) continue;
    return plan->unverified && !options.include_unverified ? nullptr : plan.get();
  }
  return nullptr;
}

}  // namespace

PartialPlan partial_plan_for(PackImpl const& pack, std::size_t decision, std::optional<Date> on,
                             DecideOptions const& options)
{
  return {plan_of_law(pack.partial.plans[decision], on, options), &pack.partial.lines, &pack.partial.joint};
}

PartialPlan make_partial_plan(PackImpl const& pack, std::size_t decision, Date on, DecideOptions const& options)
{
  if (!pack.cones[decision].reads_today) return {};
  auto made = make_column_plans(pack, {&decision, 1}, on, options);
  auto const* plan = made == nullptr ? nullptr : made->find(decision);
  if (plan == nullptr || !plan->partial) return {};
  return {plan, &made->lines, &made->joint, made};
}

Plan const* plan_for(PackImpl const& pack, std::size_t decision, std::optional<Date> on, DecideOptions const& options)
{
  return plan_of_law(pack.plans[decision], on, options);
}

}  // namespace tutela::detail
