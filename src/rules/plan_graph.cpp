// SPDX-License-Identifier: Apache-2.0
/// \file
/// How the answer of a plan follows from the missing facts.
#include "rules/plan_graph.hpp"

#include <algorithm>
#include <utility>

#include "rules/fact_regions.hpp"

namespace tutela::detail {
namespace {

/// The parts of one fact, and for each of them the place of its class in the domain of the plan.
struct CutFact {
  CompletionGraph::Fact parts;
  std::vector<std::size_t> classes;
};

std::optional<CutFact> cut(PlanFact const& fact, FactLine const& line, std::vector<Value> constants,
                           CaseFacts const& facts, std::optional<Date> on)
{
  auto const& noted = facts.open();
  auto const open =
      std::find_if(noted.begin(), noted.end(), [&](OpenFact const& each) { return each.name == fact.name; });
  if (open == noted.end()) return std::nullopt;
  // A class is made of regions of the line, so each part must lie inside one of them.
  constants.insert(constants.end(), line.cuts.values().begin(), line.cuts.values().end());
  auto regions = regions_of(*open, constants, on);
  CutFact found;
  for (std::size_t part = 0; part < regions.parts.size(); ++part) {
    auto const place = line.place_of(regions.sample(part, part + 1, false));
    auto const of_domain = std::find(fact.domain.begin(), fact.domain.end(), fact.class_of[place]);
    if (of_domain == fact.domain.end()) return std::nullopt;
    found.classes.push_back(static_cast<std::size_t>(of_domain - fact.domain.begin()));
  }
  found.parts = {fact.name, std::move(regions.parts), regions.intervals, regions.none_first};
  return found;
}

}  // namespace

std::optional<CompletionGraph> graph_of(Plan const& plan, std::vector<FactLine> const& lines,
                                        PlanRun::Completions const& completions, std::vector<Value> const& constants,
                                        CaseFacts const& facts, std::optional<Date> on)
{
  CompletionGraph graph;
  std::vector<std::vector<std::size_t>> classes;
  std::vector<std::size_t> place(plan.facts.size(), 0);
  for (auto const fact : completions.facts) {
    auto const& read = plan.facts[fact];
    auto found = cut(read, lines[read.declaration], constants, facts, on);
    if (!found) return std::nullopt;
    place[fact] = graph.facts.size();
    graph.facts.push_back(std::move(found->parts));
    classes.push_back(std::move(found->classes));
  }
  std::vector<std::size_t> made;
  for (auto const& node : completions.nodes) {
    if (node.children.empty()) {
      made.push_back(graph.nodes.size());
      graph.nodes.push_back({true, plan.steps.back().results[node.code], 0, 0, 0, 0});
      continue;
    }
    auto const fact = place[node.fact];
    auto const child = [&](std::size_t part) { return made[node.children[classes[fact][part]]]; };
    auto rest = child(classes[fact].size() - 1);
    for (auto part = classes[fact].size() - 1; part-- > 0;) {
      if (child(part) == child(part + 1)) continue;
      graph.nodes.push_back({false, {}, fact, part + 1, child(part), rest});
      rest = graph.nodes.size() - 1;
    }
    made.push_back(rest);
  }
  graph.root = made.back();
  return graph;
}

}  // namespace tutela::detail
