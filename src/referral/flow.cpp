// SPDX-License-Identifier: Apache-2.0
#include "referral/flow.hpp"

#include <cstddef>
#include <utility>

#include <lemon/preflow.h>
#include <lemon/static_graph.h>

namespace tutela::detail {

FlowCut maximum_flow(std::uint32_t nodes, std::vector<FlowArc> const& arcs, std::uint32_t source, std::uint32_t target)
{
  // LEMON's compact graph wants its arcs sorted by where they start.
  std::vector<std::uint32_t> first(nodes + 1, 0);
  for (FlowArc const& arc : arcs) ++first[arc.from + 1];
  for (std::uint32_t node = 0; node < nodes; ++node) first[node + 1] += first[node];
  std::vector<std::pair<int, int>> ends(arcs.size());
  std::vector<std::int64_t> capacities(arcs.size());
  for (FlowArc const& arc : arcs) {
    std::uint32_t const at = first[arc.from]++;
    ends[at] = {static_cast<int>(arc.from), static_cast<int>(arc.to)};
    capacities[at] = arc.capacity;
  }
  lemon::StaticDigraph graph;
  graph.build(static_cast<int>(nodes), ends.begin(), ends.end());
  lemon::StaticDigraph::ArcMap<std::int64_t> capacity(graph);
  for (std::size_t i = 0; i < capacities.size(); ++i) capacity[graph.arc(static_cast<int>(i))] = capacities[i];
  lemon::Preflow<lemon::StaticDigraph, lemon::StaticDigraph::ArcMap<std::int64_t>> search(
      graph, capacity, graph.node(static_cast<int>(source)), graph.node(static_cast<int>(target)));
  search.runMinCut();  // a preflow has the value and the cut; the flow itself is not asked for
  FlowCut cut;
  cut.value = search.flowValue();
  for (std::uint32_t node = 0; node < nodes; ++node)
    cut.source_side.push_back(search.minCut(graph.node(static_cast<int>(node))));
  return cut;
}

}  // namespace tutela::detail
