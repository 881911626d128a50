// SPDX-License-Identifier: Apache-2.0
#include "rules/prepared_decision.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include "rules/pack_impl.hpp"
#include "rules/plans.hpp"

namespace tutela {
namespace detail {
namespace {

using Prepared = std::shared_ptr<PreparedDecisionImpl>;

/// True for what the model would refuse at once; it is left to it.
bool is_refused(PackImpl const& content, std::size_t decision, std::optional<Date> on, DecideOptions const& options)
{
  auto const law_on = options.law_on ? options.law_on : on;
  bool const day_missing = !on && content.needs_day(decision);
  bool const outside = law_on && !content.info.valid.contains(*law_on);
  return day_missing || outside || content.is_other_law(options.jurisdiction);
}

/// Plans for the day asked about, for those decisions that have none for every day.
void plan_day(PackImpl const& content, std::vector<Prepared> const& prepared, std::optional<Date> on,
              DecideOptions const& options)
{
  std::vector<std::size_t> without;
  for (auto const& each : prepared)
    if (each->index && each->plan == nullptr && !is_refused(content, *each->index, on, options))
      without.push_back(*each->index);
  if (!on || without.empty()) return;
  auto const day = make_day_plans(content, without, *on, options);
  if (day == nullptr) return;
  for (auto const& each : prepared) {
    if (!each->index || each->plan != nullptr) continue;
    each->plan = day->find(*each->index);
    if (each->plan != nullptr) each->day = day;
  }
}

/// Partial plans of those decisions that have no other.
void plan_in_part(PackImpl const& content, std::vector<Prepared> const& prepared, std::optional<Date> on,
                  DecideOptions const& options)
{
  for (auto const& each : prepared) {
    if (!each->index || each->plan != nullptr || is_refused(content, *each->index, on, options)) continue;
    each->partial = partial_plan_for(content, *each->index, on, options);
    if (each->partial.plan == nullptr && on) each->partial = make_partial_plan(content, *each->index, *on, options);
    if (each->partial.plan == nullptr) continue;
    for (auto const& fact : each->partial.plan->facts)
      each->partial_lines.emplace_back((*each->partial.lines)[fact.declaration]);
  }
}

PlanBundle::Member member(PackImpl const& content, PreparedDecisionImpl const& prepared)
{
  return {prepared.plan, prepared.day != nullptr ? &prepared.day->lines : &content.lines};
}

std::vector<Prepared> prepare(Pack const& pack, std::span<std::string const> names, std::optional<Date> on,
                              DecideOptions const& options)
{
  auto const& content = pack.impl();
  std::vector<Prepared> prepared;
  for (auto const& name : names) {
    auto const index = content.place_of(name);
    prepared.push_back(std::make_shared<PreparedDecisionImpl>(PreparedDecisionImpl{pack, name, index, on, options}));
    if (index && !is_refused(content, *index, on, options))
      prepared.back()->plan = plan_for(content, *index, on, options);
  }
  plan_day(content, prepared, on, options);
  plan_in_part(content, prepared, on, options);
  for (auto const& each : prepared) {
    if (each->plan == nullptr) continue;
    if (each->day != nullptr)
      for (auto const& fact : each->plan->facts) each->day_lines.emplace_back(each->day->lines[fact.declaration]);
    auto const only = member(content, *each);
    PreparedPlans quick({&only, 1}, content.lines, options.limits.completions);
    if (quick.bundle.table(0)) each->quick = std::move(quick);
  }
  return prepared;
}

PreparedAnswers answers_of(PlanBundle const& bundle, std::size_t member, Plan const* plan)
{
  static Value const no_value;
  static std::uint8_t const unsure = 1;  // beyond `open`, which is 0
  PreparedAnswers made;
  made.look_up.codes = &unsure;
  auto const table = bundle.table(member);
  if (!table) return made;
  if (auto const found = bundle.look_up(member))
    made.look_up = *found;
  else
    made.walked = table;
  auto const& results = plan->steps.back().results;
  auto const settled = made.walked ? results.size() : made.look_up.open;
  for (std::size_t code = 0; code < settled; ++code) made.verdicts.emplace_back(Outcome::known, results[code]);
  made.verdicts.emplace_back(Outcome::unknown, no_value);
  return made;
}

}  // namespace

PreparedPlans::PreparedPlans(std::span<PlanBundle::Member const> members, std::vector<FactLine> const& lines_of_pack,
                             std::size_t completions)
    : bundle(members, completions)
{
  for (std::size_t i = 0; i < members.size(); ++i) answers.push_back(answers_of(bundle, i, members[i].plan));
  auto const is_of_pack = [&](PlanBundle::Fact const& fact) { return fact.line == &lines_of_pack[fact.declaration]; };
  if (std::all_of(bundle.facts().begin(), bundle.facts().end(), is_of_pack)) return;
  day_lines.reserve(bundle.facts().size());
  for (auto const& fact : bundle.facts())
    day_lines.push_back(is_of_pack(fact) ? std::nullopt : std::optional(CountLine(*fact.line)));
}

}  // namespace detail

inline namespace v0 {

PreparedDecision::PreparedDecision(Pack const& pack, std::string_view decision, std::optional<Date> on,
                                   DecideOptions const& options)
{
  std::string const name(decision);
  impl_ = detail::prepare(pack, {&name, 1}, on, options).front();
}

PreparedDecisions::PreparedDecisions(Pack const& pack, std::optional<Date> on, DecideOptions const& options)
{
  auto names = options.decisions;
  if (names.empty())
    for (auto const& each : pack.decisions()) names.push_back(each.name);
  auto const prepared = detail::prepare(pack, names, on, options);
  std::vector<detail::PlanBundle::Member> members;
  for (auto const& each : prepared) members.push_back(detail::member(pack.impl(), *each));
  impl_ = std::make_shared<detail::PreparedDecisionsImpl>(
      detail::PreparedDecisionsImpl{pack,
                                    std::move(names),
                                    {prepared.begin(), prepared.end()},
                                    detail::PreparedPlans(members, pack.impl().lines, options.limits.completions)});
}

std::vector<std::string> const& PreparedDecisions::names() const noexcept { return impl_->names; }

}  // namespace v0
}  // namespace tutela
