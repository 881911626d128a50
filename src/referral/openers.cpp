// SPDX-License-Identifier: Apache-2.0
#include <tutela/referral/openers.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "referral/hop_judge.hpp"

namespace tutela::inline v0 {
namespace {

using detail::HopJudge;
using detail::Stop;

constexpr std::uint32_t none = UINT32_MAX;

/// A change: what it is about.
using Key = std::pair<OpenerKind, std::string>;

/// The change that takes an obstacle away; nothing when none does.
std::optional<Key> key_of(Obstacle const& obstacle, Hop const& hop)
{
  switch (obstacle.kind) {
    case ObstacleKind::consent: return Key{OpenerKind::consent, obstacle.detail};
    case ObstacleKind::capacity_full: return Key{OpenerKind::place, obstacle.subject};
    case ObstacleKind::service_closed:
    case ObstacleKind::out_of_service: return Key{OpenerKind::service, obstacle.subject};
    case ObstacleKind::agreement_not_in_force:
    case ObstacleKind::agreement_window:
    case ObstacleKind::not_covered:
    case ObstacleKind::basis_not_valid:
    case ObstacleKind::purpose_not_allowed:
    case ObstacleKind::category_not_allowed:
      if (hop.agreement.empty()) return std::nullopt;  // the law
      return Key{OpenerKind::agreement, hop.agreement.text()};
    case ObstacleKind::purpose_not_published:
    case ObstacleKind::category_not_published:
    case ObstacleKind::act:
    case ObstacleKind::danger:
    case ObstacleKind::not_admitted:
    case ObstacleKind::places_unknown: break;
  }
  return std::nullopt;
}

/// The one change that opens a blocked hop; nothing when several are needed, or none would do.
std::optional<Key> key_of(Hop const& hop)
{
  std::optional<Key> found;
  for (Obstacle const& obstacle : hop.obstacles) {
    if (obstacle.holds != Truth::yes) continue;
    auto const one = key_of(obstacle, hop);
    if (!one || (found && *found != *one)) return std::nullopt;
    found = one;
  }
  return found;
}

class OpenerSearch {
 public:
  OpenerSearch(Network const& network, RouteRequest const& request, std::vector<std::uint32_t> goals, std::size_t steps)
      : network_(network), index_(network.index()), judge_(network, request, std::move(goals)), steps_(steps)
  {
    for (std::uint32_t i = 0; i < index_.hops.size(); ++i) open_.push_back(judge_.judge(i).state != HopState::blocked);
    start_ = *network.node_number(node_of(request.from));
    inside_ = spread({{start_, none}}, nullptr, nullptr).last;
  }

  /// Nothing when the limit is reached.
  std::optional<std::vector<Opener>> run()
  {
    std::vector<Opener> openers;
    for (std::uint32_t const goal : judge_.goals())
      if (is_inside(goal)) return openers;
    for (auto const& [key, hops] : keys()) {
      auto const beyond = spread(ends(hops), &inside_, &key);
      if (!beyond.goal) continue;
      auto path = trace(beyond.last, *beyond.goal);
      openers.push_back({key.first, key.second, {}, names(path)});
    }
    if (auto one = new_agreement()) openers.push_back(std::move(*one));
    if (spent_ > steps_) return std::nullopt;
    return openers;
  }

 private:
  /// A stop, and the hop that came to it; `none` at the start.
  using Arrived = std::pair<std::uint32_t, std::uint32_t>;

  struct Walk {
    std::vector<std::uint32_t>
        last;  ///< The last hop to each stop; `none` where nothing leads, `start_mark` at the start.
    std::optional<std::uint32_t> goal;
  };

  static constexpr std::uint32_t start_mark = UINT32_MAX - 1;

  [[nodiscard]] bool is_inside(std::uint32_t stop) const { return inside_[stop] != none; }

  /// Walks on from some stops over open hops, and over those that a change opens, outside of what is known already.
  Walk spread(std::vector<Arrived> const& from, std::vector<std::uint32_t> const* known, Key const* key)
  {
    Walk walk;
    walk.last.assign(index_.nodes.size(), none);
    std::vector<std::uint32_t> queue;
    auto const arrive = [&](std::uint32_t stop, std::uint32_t hop) {
      if (walk.last[stop] != none || (known != nullptr && (*known)[stop] != none)) return;
      walk.last[stop] = hop == none ? start_mark : hop;
      queue.push_back(stop);
      if (!walk.goal && judge_.is_goal(stop)) walk.goal = stop;
    };
    for (auto const& [stop, hop] : from) arrive(stop, hop);
    for (std::size_t next = 0; next < queue.size() && spent_ <= steps_; ++next)
      for (std::uint32_t i = index_.first_from[queue[next]]; i < index_.first_from[queue[next] + 1]; ++i) {
        ++spent_;
        if (open_[i] || (key != nullptr && opens(i) == *key)) arrive(index_.hops[i].to, i);
      }
    return walk;
  }

  /// What opens a blocked hop; looked at once.
  std::optional<Key> const& opens(std::uint32_t hop)
  {
    auto const [found, added] = opens_.try_emplace(hop);
    if (added && judge_.matters(index_.hops[hop])) found->second = key_of(judge_.look(hop));
    return found->second;
  }

  /// The changes that open a hop out of what is reached, and these hops.
  std::map<Key, std::vector<std::uint32_t>> keys()
  {
    std::map<Key, std::vector<std::uint32_t>> result;
    for (std::uint32_t i = 0; i < index_.hops.size(); ++i) {
      NetworkHop const& hop = index_.hops[i];
      if (open_[i] || !is_inside(hop.from) || is_inside(hop.to)) continue;
      if (auto const& key = opens(i)) result[*key].push_back(i);
    }
    return result;
  }

  std::vector<Arrived> ends(std::vector<std::uint32_t> const& hops) const
  {
    std::vector<Arrived> result;
    for (std::uint32_t const hop : hops) result.emplace_back(index_.hops[hop].to, hop);
    return result;
  }

  /// The stops from the start to one beyond.
  std::vector<std::uint32_t> trace(std::vector<std::uint32_t> const& beyond, std::uint32_t stop) const
  {
    std::vector<std::uint32_t> path{stop};
    for (;;) {
      std::uint32_t const hop = is_inside(stop) ? inside_[stop] : beyond[stop];
      if (hop == start_mark || hop == none) break;
      stop = index_.hops[hop].from;
      path.push_back(stop);
    }
    std::reverse(path.begin(), path.end());
    return path;
  }

  std::vector<NodeId> names(std::vector<std::uint32_t> const& path) const
  {
    std::vector<NodeId> result;
    for (std::uint32_t const stop : path) result.push_back(index_.nodes[stop]);
    return result;
  }

  /// For each stop from which a goal is reached over open hops the next hop on the way; at the goals themselves the mark.
  std::vector<std::uint32_t> leading()
  {
    std::vector<std::uint32_t> next(index_.nodes.size(), none);
    std::vector<std::uint32_t> queue;
    for (std::uint32_t const goal : judge_.goals()) {
      auto const* arrival = judge_.arrival_at(goal);
      if (arrival != nullptr && (detail::state_of(arrival->admission) == HopState::blocked ||
                                 detail::state_of(arrival->places) == HopState::blocked))
        continue;  // an agreement waits for a place
      next[goal] = start_mark;
      queue.push_back(goal);
    }
    for (std::size_t at = 0; at < queue.size(); ++at)
      for (std::uint32_t i = index_.first_into[queue[at]]; i < index_.first_into[queue[at] + 1]; ++i) {
        ++spent_;
        std::uint32_t const hop = index_.into[i];
        std::uint32_t const from = index_.hops[hop].from;
        if (!open_[hop] || next[from] != none) continue;
        next[from] = hop;
        queue.push_back(from);
      }
    // A full service may still be reached by a duty: its agency then leads to it although it is no end of an agreement.
    for (std::uint32_t const goal : judge_.goals()) {
      if (next[goal] != none) continue;
      std::vector<std::uint32_t> ahead{goal};
      for (std::size_t at = 0; at < ahead.size(); ++at)
        for (std::uint32_t i = index_.first_into[ahead[at]]; i < index_.first_into[ahead[at] + 1]; ++i) {
          ++spent_;
          std::uint32_t const hop = index_.into[i];
          std::uint32_t const from = index_.hops[hop].from;
          if (!open_[hop] || next[from] != none || from == goal) continue;
          next[from] = hop;
          ahead.push_back(from);
        }
    }
    return next;
  }

  /// The agency behind a stop, as parties of agreements are agencies.
  std::string owner(std::uint32_t stop) const
  {
    std::string id = index_.nodes[stop].text();
    for (int step = 0; step < 2; ++step) {
      Stop const what = *network_.node_number(NodeId(id)) == stop ? index_.stops[stop]
                                                                  : index_.stops[*network_.node_number(NodeId(id))];
      if (what.kind == Stop::Kind::agency) break;
      id = what.kind == Stop::Kind::unit ? index_.content.units[what.position].agency.text()
                                         : index_.content.services[what.position].agency.text();
    }
    return id;
  }

  std::optional<Opener> new_agreement()
  {
    for (DataNeed const& need : judge_.request().data)
      if (need.consent == Truth::no) return std::nullopt;  // an agreement needs it
    auto const next = leading();
    std::vector<std::uint32_t> from{start_};
    for (std::uint32_t stop = 0; stop < index_.nodes.size(); ++stop)
      if (stop != start_ && is_inside(stop) && index_.stops[stop].kind != Stop::Kind::service) from.push_back(stop);
    std::vector<std::pair<std::uint32_t, std::string>> to;
    for (std::uint32_t stop = 0; stop < index_.nodes.size(); ++stop)
      if (next[stop] != none && !is_inside(stop)) to.emplace_back(stop, owner(stop));
    for (std::uint32_t const one : from) {
      std::string const mine = owner(one);
      for (auto const& [stop, theirs] : to) {
        if (mine == theirs) continue;
        auto path = trace({}, one);
        for (std::uint32_t at = stop;; at = index_.hops[next[at]].to) {
          path.push_back(at);
          if (next[at] == start_mark || judge_.is_goal(at)) break;
        }
        return Opener{OpenerKind::new_agreement, index_.nodes[one].text(), index_.nodes[stop], names(path)};
      }
    }
    return std::nullopt;
  }

  Network const& network_;
  detail::NetworkIndex const& index_;
  HopJudge judge_;
  std::size_t steps_;
  std::size_t spent_ = 0;
  std::uint32_t start_ = 0;
  std::vector<bool> open_;                             ///< Beside the hops.
  std::vector<std::uint32_t> inside_;                  ///< The last hop to each stop that is reached.
  std::map<std::uint32_t, std::optional<Key>> opens_;  ///< Of blocked hops.
};

}  // namespace

Result<std::vector<Opener>> find_openers(Network const& network, RouteRequest const& request, Limits const& limits)
{
  auto goals = detail::goals_of(network, request);
  if (!goals) return std::move(goals).diagnostics();
  if (goals->empty()) return std::vector<Opener>{};
  auto found = OpenerSearch(network, request, *goals, limits.search_steps).run();
  if (!found)
    return Diagnostic{Code::limit_reached, Severity::error, Place{}, "the limit \"search_steps\" is reached",
                      "ask for one service, or raise the limit"};
  return std::move(*found);
}

std::string_view to_string(OpenerKind kind) noexcept
{
  switch (kind) {
    case OpenerKind::consent: return "consent";
    case OpenerKind::place: return "place";
    case OpenerKind::service: return "service";
    case OpenerKind::agreement: return "agreement";
    case OpenerKind::new_agreement: return "new_agreement";
  }
  return {};
}

}  // namespace tutela::inline v0
