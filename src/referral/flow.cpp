// SPDX-License-Identifier: Apache-2.0
#include "referral/flow.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace tutela::detail {
namespace {

constexpr std::uint32_t far_away = std::numeric_limits<std::uint32_t>::max();

/// Blocking flows over levels, all arcs of a node and their turned ones side by side.
class LevelFlow {
 public:
  LevelFlow(std::uint32_t nodes, std::vector<FlowArc> const& arcs, std::uint32_t source, std::uint32_t target)
      : source_(source), target_(target), first_(nodes + 1, 0), level_(nodes), next_(nodes), queue_(nodes)
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
    FlowCut cut;
    while (find_levels()) cut.value += block();
    cut.source_side.assign(level_.size(), true);
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

  /// How many arcs with room every node is from the source; false when the target is cut off.
  bool find_levels()
  {
    std::fill(level_.begin(), level_.end(), far_away);
    level_[source_] = 0;
    queue_[0] = source_;
    std::size_t known = 1;
    for (std::size_t i = 0; i < known && level_[target_] == far_away; ++i) {
      std::uint32_t const here = queue_[i];
      for (std::uint32_t arc = first_[here]; arc < first_[here + 1]; ++arc) {
        std::uint32_t const to = arcs_[arc].to;
        if (arcs_[arc].left == 0 || level_[to] != far_away) continue;
        level_[to] = level_[here] + 1;
        queue_[known++] = to;
      }
    }
    return level_[target_] != far_away;
  }

  /// Sends as much as goes over arcs to the next level.
  std::int64_t block()
  {
    std::copy(first_.begin(), first_.end() - 1, next_.begin());
    std::int64_t sent = 0;
    std::vector<std::uint32_t> path;
    std::uint32_t here = source_;
    for (;;) {
      if (here == target_) {
        std::int64_t most = std::numeric_limits<std::int64_t>::max();
        for (std::uint32_t const arc : path) most = std::min(most, arcs_[arc].left);
        std::size_t full = path.size();
        for (std::size_t i = path.size(); i-- > 0;) {
          arcs_[path[i]].left -= most;
          arcs_[arcs_[path[i]].back].left += most;
          if (arcs_[path[i]].left == 0) full = i;
        }
        sent += most;
        here = arcs_[arcs_[path[full]].back].to;
        path.resize(full);
        continue;
      }
      std::uint32_t& arc = next_[here];
      std::uint32_t const end = first_[here + 1];
      std::uint32_t const level = level_[here] + 1;
      while (arc < end && (arcs_[arc].left == 0 || level_[arcs_[arc].to] != level)) ++arc;
      if (arc < end) {
        path.push_back(arc);
        here = arcs_[arc].to;
        continue;
      }
      if (here == source_) return sent;
      level_[here] = far_away;  // a dead end
      here = arcs_[arcs_[path.back()].back].to;
      path.pop_back();
    }
  }

  std::uint32_t source_;
  std::uint32_t target_;
  std::vector<std::uint32_t> first_;
  std::vector<std::uint32_t> level_;
  std::vector<std::uint32_t> next_;
  std::vector<std::uint32_t> queue_;
  std::vector<Arc> arcs_;
};

}  // namespace

FlowCut maximum_flow(std::uint32_t nodes, std::vector<FlowArc> const& arcs, std::uint32_t source, std::uint32_t target)
{
  return LevelFlow(nodes, arcs, source, target).run();
}

}  // namespace tutela::detail
