// SPDX-License-Identifier: Apache-2.0
#include "referral/flow.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace tutela::detail {
namespace {

/// Sends along the shortest paths, and learns the distances anew only where a stop has no way on: all arcs of a node and
/// their turned ones side by side.
class ShortestPathFlow {
 public:
  ShortestPathFlow(std::uint32_t nodes, std::vector<FlowArc> const& arcs, std::uint32_t source, std::uint32_t target)
      : source_(source), target_(target), first_(nodes + 1, 0), distance_(nodes), at_distance_(nodes + 1), next_(nodes)
  {
    for (FlowArc const& arc : arcs) {
      ++first_[arc.from + 1];
      ++first_[arc.to + 1];
    }
    for (std::uint32_t node = 0; node < nodes; ++node) first_[node + 1] += first_[node];
    std::copy(first_.begin(), first_.end() - 1, next_.begin());
    arcs_.resize(2 * arcs.size());
    for (FlowArc const& arc : arcs) {
      std::uint32_t const there = next_[arc.from]++;
      std::uint32_t const back = next_[arc.to]++;
      arcs_[there] = {arc.capacity, arc.to, back};
      arcs_[back] = {0, arc.from, there};
    }
  }

  FlowCut run()
  {
    find_distances();
    FlowCut cut;
    cut.value = send();
    cut.source_side.assign(distance_.size(), true);
    // Whatever can still get to the target is on its side; so the cut is the one nearest to it.
    std::vector<std::uint32_t> open{target_};
    cut.source_side[target_] = false;
    while (!open.empty()) {
      std::uint32_t const here = open.back();
      open.pop_back();
      for (std::uint32_t i = first_[here]; i < first_[here + 1]; ++i) {
        std::uint32_t const from = arcs_[i].to;
        if (!cut.source_side[from] || arcs_[arcs_[i].back].left == 0) continue;
        cut.source_side[from] = false;
        open.push_back(from);
      }
    }
    return cut;
  }

 private:
  struct Arc {
    std::int64_t left = 0;
    std::uint32_t to = 0;
    std::uint32_t back = 0;
  };

  /// How many arcs with room it is from each node to the target; the number of nodes where there is no way.
  void find_distances()
  {
    auto const no_way = static_cast<std::uint32_t>(distance_.size());
    std::fill(distance_.begin(), distance_.end(), no_way);
    distance_[target_] = 0;
    std::vector<std::uint32_t> known{target_};
    known.reserve(distance_.size());
    for (std::size_t i = 0; i < known.size(); ++i) {
      std::uint32_t const here = known[i];
      for (std::uint32_t arc = first_[here]; arc < first_[here + 1]; ++arc) {
        std::uint32_t const from = arcs_[arc].to;
        if (distance_[from] != no_way || arcs_[arcs_[arc].back].left == 0) continue;
        distance_[from] = distance_[here] + 1;
        known.push_back(from);
      }
    }
    for (std::uint32_t const distance : distance_) ++at_distance_[distance];
    std::copy(first_.begin(), first_.end() - 1, next_.begin());
  }

  /// Sends all that goes to the target.
  std::int64_t send()
  {
    std::int64_t sent = 0;
    std::uint32_t here = source_;
    while (distance_[source_] < distance_.size()) {
      if (here == target_) {
        sent += send_along_path();
        here = path_.empty() ? source_ : arcs_[path_.back()].to;
        continue;
      }
      std::uint32_t& arc = next_[here];
      std::uint32_t const end = first_[here + 1];
      while (arc < end && (arcs_[arc].left == 0 || distance_[arcs_[arc].to] + 1 != distance_[here])) ++arc;
      if (arc < end) {
        path_.push_back(arc);
        here = arcs_[arc].to;
        continue;
      }
      if (!move_away(here)) break;
      if (here == source_) continue;
      here = arcs_[arcs_[path_.back()].back].to;
      path_.pop_back();
    }
    return sent;
  }

  /// Fills the narrowest arc of the path, and keeps what leads to the first full one.
  std::int64_t send_along_path()
  {
    std::int64_t most = std::numeric_limits<std::int64_t>::max();
    for (std::uint32_t const arc : path_) most = std::min(most, arcs_[arc].left);
    std::size_t full = path_.size();
    for (std::size_t i = path_.size(); i-- > 0;) {
      Arc& arc = arcs_[path_[i]];
      arc.left -= most;
      arcs_[arc.back].left += most;
      if (arc.left == 0) full = i;
    }
    path_.resize(full);
    return most;
  }

  /// Puts a node without a way on one further than its nearest neighbour. Distances never shrink.
  /// \return False when no node is left at the old distance: nothing gets past that gap, so the flow is a maximum one.
  bool move_away(std::uint32_t here)
  {
    if (--at_distance_[distance_[here]] == 0) return false;
    auto nearest = static_cast<std::uint32_t>(distance_.size()) - 1;
    for (std::uint32_t arc = first_[here]; arc < first_[here + 1]; ++arc) {
      if (arcs_[arc].left == 0 || distance_[arcs_[arc].to] >= nearest) continue;
      nearest = distance_[arcs_[arc].to];
      next_[here] = arc;
    }
    distance_[here] = nearest + 1;
    ++at_distance_[nearest + 1];
    return true;
  }

  std::uint32_t source_;
  std::uint32_t target_;
  std::vector<std::uint32_t> first_;
  std::vector<std::uint32_t> distance_;     ///< To the target, at most.
  std::vector<std::uint32_t> at_distance_;  ///< How many nodes are that far.
  std::vector<std::uint32_t> next_;         ///< The arc each node tries next.
  std::vector<std::uint32_t> path_;
  std::vector<Arc> arcs_;
};

}  // namespace

FlowCut maximum_flow(std::uint32_t nodes, std::vector<FlowArc> const& arcs, std::uint32_t source, std::uint32_t target)
{
  return ShortestPathFlow(nodes, arcs, source, target).run();
}

}  // namespace tutela::detail
