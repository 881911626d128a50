// SPDX-License-Identifier: Apache-2.0
#include <tutela/referral/route.hpp>

#include <algorithm>
#include <functional>
#include <queue>
#include <utility>

#include "referral/hop_judge.hpp"

namespace tutela::inline v0 {
namespace {

using detail::HopJudge;
using detail::HopMask;
using detail::Judged;
using detail::NetworkIndex;
using detail::RouteCost;
using detail::unreachable;

/// The stops that one side of the search has come to, and what it costs from there to that side's end.
struct Side {
  using Label = std::pair<RouteCost, std::uint32_t>;

  std::vector<RouteCost> cost;
  std::vector<bool> settled;
  std::vector<std::uint32_t> touched;
  std::priority_queue<Label, std::vector<Label>, std::greater<>> queue;

  explicit Side(std::size_t stops) : cost(stops, unreachable), settled(stops, false) {}

  bool improve(std::uint32_t stop, RouteCost to)
  {
    if (to >= cost[stop]) return false;
    if (cost[stop] == unreachable) touched.push_back(stop);
    cost[stop] = to;
    queue.emplace(to, stop);
    return true;
  }

  /// The cost of the next stop to settle; `unreachable` when there is none.
  RouteCost next()
  {
    while (!queue.empty() && settled[queue.top().second]) queue.pop();
    return queue.empty() ? unreachable : queue.top().first;
  }

  std::uint32_t settle()
  {
    std::uint32_t const stop = queue.top().second;
    queue.pop();
    settled[stop] = true;
    return stop;
  }
};

/// The best path over hops at least that sure: from the start and from the goals at once, the smaller side first.
///
/// The sides stop when no better path and none as good can be left. Then every stop of every best path has its exact cost
/// on one side, and some stop of each has it on both.
class PathSearch {
 public:
  PathSearch(HopJudge& judge, std::uint32_t start, HopState least)
      : judge_(judge),
        index_(judge.index()),
        least_(least),
        start_(start),
        ahead_(index_.nodes.size()),
        back_(index_.nodes.size())
  {
    ahead_.improve(start, 0);
    for (std::uint32_t const goal : judge.goals()) back_.improve(goal, 0);
    if (judge.is_goal(start)) best_ = 0;
    for (;;) {
      RouteCost const from = ahead_.next();
      RouteCost const to = back_.next();
      if (from == unreachable || to == unreachable) break;
      if (best_ != unreachable && from + to > best_) break;
      if (ahead_.queue.size() <= back_.queue.size())
        go_on();
      else
        go_back();
    }
  }

  [[nodiscard]] RouteCost best() const noexcept { return best_; }

  /// Whether some hop was looked at that is merely possible. If none was, the search over possible hops finds the same.
  [[nodiscard]] bool saw_possible() const noexcept { return saw_possible_; }

  /// The hops of the best path; among equals of the one whose stops and grounds come first in order.
  [[nodiscard]] std::vector<std::uint32_t> path()
  {
    mark();
    std::vector<std::uint32_t> hops;
    std::uint32_t here = start_;
    RouteCost left = best_;
    while (left != 0) {
      for (std::uint32_t i = index_.first_from[here];; ++i) {
        std::uint32_t const to = index_.hops[i].to;
        if (ahead_.cost[to] == unreachable && back_.cost[to] == unreachable) continue;
        Judged const hop = judge_.judge(i);
        if (hop.state < least_ || hop.cost > left) continue;
        RouteCost const after = left - hop.cost;
        if (back_.cost[to] != after && !(marked_[to] && best_ - ahead_.cost[to] == after)) continue;
        hops.push_back(i);
        here = to;
        left = after;
        break;
      }
    }
    return hops;
  }

 private:
  bool counts(Judged const& hop)
  {
    if (hop.state == HopState::possible) saw_possible_ = true;
    return hop.state >= least_ && hop.state != HopState::blocked;
  }

  void meet(std::uint32_t stop)
  {
    if (ahead_.cost[stop] != unreachable && back_.cost[stop] != unreachable)
      best_ = std::min(best_, ahead_.cost[stop] + back_.cost[stop]);
  }

  void go_on()
  {
    std::uint32_t const here = ahead_.settle();
    for (std::uint32_t i = index_.first_from[here]; i < index_.first_from[here + 1]; ++i) {
      HopMask const& mask = index_.view.from[i];
      if (ahead_.settled[mask.other]) continue;
      Judged const hop = judge_.judge(mask, i, mask.other);
      if (counts(hop) && ahead_.improve(mask.other, ahead_.cost[here] + hop.cost)) meet(mask.other);
    }
  }

  void go_back()
  {
    std::uint32_t const here = back_.settle();
    for (std::uint32_t i = index_.first_into[here]; i < index_.first_into[here + 1]; ++i) {
      HopMask const& mask = index_.view.into[i];
      if (back_.settled[mask.other]) continue;
      Judged const hop = judge_.judge(mask, index_.into[i], here);
      if (counts(hop) && back_.improve(mask.other, back_.cost[here] + hop.cost)) meet(mask.other);
    }
  }

  /// Marks the stops of all best paths from the start to where the sides meet.
  void mark()
  {
    marked_.assign(index_.nodes.size(), false);
    std::vector<std::uint32_t> open;
    for (std::uint32_t const stop : ahead_.touched)
      if (back_.cost[stop] != unreachable && ahead_.cost[stop] + back_.cost[stop] == best_) {
        marked_[stop] = true;
        open.push_back(stop);
      }
    while (!open.empty()) {
      std::uint32_t const here = open.back();
      open.pop_back();
      for (std::uint32_t i = index_.first_into[here]; i < index_.first_into[here + 1]; ++i) {
        HopMask const& mask = index_.view.into[i];
        if (!ahead_.settled[mask.other] || marked_[mask.other]) continue;
        Judged const hop = judge_.judge(mask, index_.into[i], here);
        if (hop.state < least_ || ahead_.cost[mask.other] + hop.cost != ahead_.cost[here]) continue;
        marked_[mask.other] = true;
        open.push_back(mask.other);
      }
    }
  }

  HopJudge& judge_;
  NetworkIndex const& index_;
  HopState least_;
  std::uint32_t start_;
  Side ahead_;
  Side back_;
  std::vector<bool> marked_;
  RouteCost best_ = unreachable;
  bool saw_possible_ = false;
};

/// Why there is no path.
class CutSearch {
 public:
  CutSearch(HopJudge& judge, std::uint32_t start) : judge_(judge), index_(judge.index()), start_(start) {}

  /// The cut: every path to a goal leaves what can be reached over one of these hops, and each of them is blocked.
  std::vector<Hop> run()
  {
    auto const inside = reached();
    auto const ahead = leading(inside);
    std::vector<Hop> cut;
    for (std::uint32_t i = 0; i < index_.hops.size(); ++i) {
      NetworkHop const& hop = index_.hops[i];
      if (judge_.matters(hop) && inside[hop.from] && !inside[hop.to] && ahead[hop.to]) cut.push_back(judge_.look(i));
    }
    return cut;
  }

 private:
  /// The stops that can be gone to from the start, at least possibly.
  std::vector<bool> reached()
  {
    std::vector<bool> seen(index_.nodes.size(), false);
    std::vector<std::uint32_t> open{start_};
    seen[start_] = true;
    while (!open.empty()) {
      std::uint32_t const here = open.back();
      open.pop_back();
      for (std::uint32_t i = index_.first_from[here]; i < index_.first_from[here + 1]; ++i) {
        std::uint32_t const to = index_.hops[i].to;
        if (seen[to] || judge_.judge(i).state == HopState::blocked) continue;
        seen[to] = true;
        open.push_back(to);
      }
    }
    return seen;
  }

  /// The stops outside `reached` from which a goal could be reached without coming back inside, were nothing blocked.
  std::vector<bool> leading(std::vector<bool> const& reached) const
  {
    std::vector<bool> seen(index_.nodes.size(), false);
    std::vector<std::uint32_t> open(judge_.goals());
    for (std::uint32_t const goal : open) seen[goal] = true;
    while (!open.empty()) {
      std::uint32_t const here = open.back();
      open.pop_back();
      for (std::uint32_t i = index_.first_into[here]; i < index_.first_into[here + 1]; ++i) {
        std::uint32_t const from = index_.hops[index_.into[i]].from;
        if (seen[from] || reached[from]) continue;
        seen[from] = true;
        open.push_back(from);
      }
    }
    return seen;
  }

  HopJudge& judge_;
  NetworkIndex const& index_;
  std::uint32_t start_;
};

RouteAnswer answer_of(HopJudge& judge, std::uint32_t start)
{
  RouteAnswer answer;
  PathSearch certain(judge, start, HopState::certain);
  if (certain.best() != unreachable) answer.certain = judge.route_over(certain.path());
  if (certain.saw_possible()) {
    PathSearch possible(judge, start, HopState::possible);
    if (possible.best() < certain.best()) answer.possible = judge.route_over(possible.path());
  }
  if (!answer.certain && !answer.possible) answer.blocked = CutSearch(judge, start).run();
  return answer;
}

}  // namespace

Result<RouteAnswer> find_route(Network const& network, RouteRequest const& request)
{
  auto goals = detail::goals_of(network, request);
  if (!goals) return std::move(goals).diagnostics();
  RouteAnswer answer;
  if (!goals->empty()) {
    HopJudge judge(network, request, *goals);
    answer = answer_of(judge, *network.node_number(node_of(request.from)));
  }
  answer.goal_exists = !goals->empty();
  answer.duties = network.duties_on(request.on);
  answer.jurisdiction = network.content().jurisdiction;
  return answer;
}

}  // namespace tutela::inline v0
