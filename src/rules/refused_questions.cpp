// SPDX-License-Identifier: Apache-2.0
/// \file
/// What could still let a refused separation stand.
#include "rules/refused_questions.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "rules/case_run.hpp"
#include "rules/joint_regions.hpp"
#include "rules/possibilities.hpp"
#include "rules/separation.hpp"

namespace tutela::detail {
namespace {

/// The missing facts among some of the pack's; those that cannot be known are left out.
std::vector<std::string> missing_among(PackImpl const& pack, std::vector<std::string> const& names, CaseFacts& facts)
{
  for (std::size_t node = 0; node < pack.model->nodes.size(); ++node) {
    auto const& input = pack.model->nodes[node];
    bool const wanted = std::any_of(names.begin(), names.end(),
                                    [&](std::string const& name) { return touches(input.facts.name, name); });
    if (input.kind == GraphNode::Kind::input && wanted) static_cast<void>(facts.input(node));
  }
  std::vector<std::string> missing;
  for (auto const& fact : facts.open())
    if (!fact.uncertain && std::find(names.begin(), names.end(), without_places(fact.name)) != names.end())
      missing.push_back(fact.name);
  return missing;
}

/// True when some way over the first facts of a diagram ends at a definite answer.
bool can_be_settled(JointRegions const& joint, std::uint32_t usable)
{
  std::set<RegionDiagrams::Id> seen;
  std::vector<RegionDiagrams::Id> open{joint.roots.front()};
  while (!open.empty()) {
    auto const id = open.back();
    open.pop_back();
    if (!seen.insert(id).second) continue;
    if (joint.diagrams.is_answer(id)) {
      if (is_definite(joint.answers[joint.diagrams.number(id)])) return true;
      continue;
    }
    auto const fact = joint.diagrams.fact(id);
    if (fact >= usable) continue;
    for (std::uint32_t region = 0; region < joint.diagrams.regions(fact); ++region)
      open.push_back(joint.diagrams.child(id, region));
  }
  return false;
}

}  // namespace

std::vector<std::string> facts_to_stand(PackImpl const& pack, std::size_t decision, Verdict const& verdict,
                                        CaseFacts& facts, std::optional<Date> on, DecideOptions const& options)
{
  std::vector<std::string> hidden;
  std::vector<std::string> found;
  for (auto const index : pack.separations[decision]) {
    auto const take = [&](std::vector<std::string> const& names) {
      hidden.insert(hidden.end(), names.begin(), names.end());
    };
    take(protected_facts(pack, index));
    if (neglect_without_help(pack, index, facts)) take(neglect_facts(pack, index));
  }
  if (verdict.refusal == Refusal::material_neglect) found = missing_among(pack, help_facts(pack), facts);
  auto bare = facts.without(hidden);
  CaseRun run(pack, bare, on, options);
  std::optional<CompletionGraph> graph;
  auto const without = answer(pack, decision, run, on, options, &graph);
  std::map<std::string, std::size_t> order;
  for (auto const& name : without.missing)
    if (std::find(hidden.begin(), hidden.end(), without_places(name)) == hidden.end())
      order.emplace(name, order.size());
  bool settles = !order.empty();
  if (settles && graph) {
    auto const joint = join_regions({&*graph}, order);
    std::uint32_t usable = 0;
    for (auto const& fact : joint.facts) usable += static_cast<std::uint32_t>(order.count(fact.name()));
    settles = joint.roots.front() == RegionDiagrams::none || can_be_settled(joint, usable);
  }
  for (auto const& [name, place] : order)
    if (settles) found.push_back(name);
  sort_unique(found);
  return found;
}

}  // namespace tutela::detail
