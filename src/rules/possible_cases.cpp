// SPDX-License-Identifier: Apache-2.0
/// \file
/// Whether there can be a case with some facts, under all constraints of a pack.
#include "rules/possible_cases.hpp"

#include <algorithm>

#include "rules/case_run.hpp"
#include "rules/exploration.hpp"
#include "rules/joint_regions.hpp"

namespace tutela::detail {
namespace {

/// True when no value lies between the ends.
bool is_empty(Range const& range)
{
  auto const order = compared(range.low, range.high);
  if (!order) return false;
  if (*order >= 0) return *order > 0 || !(range.low_included && range.high_included);
  auto const* low = range.low.as_date();
  auto const* high = range.high.as_date();
  return low != nullptr && high != nullptr && !range.low_included && !range.high_included &&
         to_days(*high) - to_days(*low) == 1;
}

Diagnostic impossible(Code code, Place place, std::string what, std::string mend)
{
  return {code, Severity::error, std::move(place), std::move(what), std::move(mend)};
}

}  // namespace

PossibleCases::PossibleCases(PackImpl const& pack, Limits const& limits) : pack_(pack)
{
  options_.limits = limits;
  options_.reasons = false;
  auto const merge = [](auto& into, auto const& from) {
    for (auto const& each : from)
      if (std::find(into.begin(), into.end(), each) == into.end()) into.push_back(each);
  };
  for (auto const& constraint : pack.constraints) {
    all_.constraints.push_back(constraint.nodes.front());
    all_.reads_today = all_.reads_today || constraint.reads_today;
    all_.tests_uncertain = all_.tests_uncertain || constraint.tests_uncertain;
    merge(all_.inputs, constraint.inputs);
    merge(all_.nodes, constraint.nodes);
    merge(all_.constants, constraint.constants);
  }
  std::sort(all_.inputs.begin(), all_.inputs.end());
}

bool PossibleCases::reads(std::string const& fact) const
{
  return std::any_of(all_.inputs.begin(), all_.inputs.end(),
                     [&](std::size_t input) { return touches(pack_.model->nodes[input].facts.name, fact); });
}

bool PossibleCases::allow(Facts const& given, std::optional<Date> on) const
{
  if (unbounded() || (all_.reads_today && !on)) return true;
  RecordBuilder builder;
  for (auto const& [name, value] : given) builder.set(name, value);
  auto const record = std::move(builder).build(options_.limits);
  if (!record) return true;
  CaseFacts facts(*pack_.model, *record, on, {});
  CaseRun const run(pack_, facts, on, options_);
  auto const node = all_.constraints.front();
  auto const evaluated = run.evaluate_alone(all_, node, facts, nullptr, false);
  if (evaluated.allowed != Truth::unknown) return evaluated.allowed == Truth::yes;
  auto const nothing = [](Evaluated const&) { return Value(true); };
  return !explore(run, all_, node, facts, {Value(true), Truth::unknown, evaluated.undecided}, nothing).contradiction;
}

std::vector<Diagnostic> without_any_case(PackImpl const& pack, Limits const& limits)
{
  std::vector<Diagnostic> found;
  for (auto const& fact : pack.schema.declarations()) {
    if (!is_empty(fact.range)) continue;
    Place place;
    for (auto const& node : pack.model->nodes)
      if (node.kind == GraphNode::Kind::input && touches(node.facts.name, fact.name)) place = node.texts.front().place;
    found.push_back(impossible(Code::invalid_interval, std::move(place),
                               "no value is allowed for " + fact.name + ": its range ends before it begins",
                               "mend the allowed values of its type"));
  }
  RecordBuilder builder;
  auto const nothing = std::move(builder).build(limits);
  for (auto const& constraint : pack.constraints) {
    if (constraint.reads_today || !found.empty()) continue;
    CaseFacts facts(*pack.model, *nothing, {}, {});
    if (!broken_constraint(pack, constraint, facts, {})) continue;
    auto const& node = pack.model->nodes[constraint.nodes.front()];
    found.push_back(impossible(Code::contradictory_facts, node.texts.front().place,
                               "no case obeys the constraint \"" + node.name + "\"", "mend it, or leave it out"));
  }
  if (found.empty() && !PossibleCases(pack, limits).allow({}, {}))
    found.push_back(impossible(Code::contradictory_facts,
                               pack.model->nodes[pack.constraints.front().nodes.front()].texts.front().place,
                               "no case obeys all constraints together", "mend one of them"));
  return found;
}

}  // namespace tutela::detail
