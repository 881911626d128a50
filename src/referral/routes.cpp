// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <functional>
#include <queue>
#include <set>
#include <string>
#include <thread>
#include <tuple>
#include <utility>

#include <tutela/referral/routes.hpp>
#include "referral/hop_judge.hpp"

namespace tutela::inline v0 {
namespace {

using detail::HopJudge;
using detail::Judged;
using detail::NetworkIndex;
using detail::RouteCost;
using detail::unreachable;

/// Some paths that begin alike, and the best of them.
struct Family {
  RouteCost cost = unreachable;
  std::vector<std::uint32_t> hops;       ///< The best path.
  std::size_t shared = 0;                ///< The first hops, which all paths of the family have.
  std::vector<std::uint32_t> forbidden;  ///< Hops of which none comes next, sorted.

  friend bool operator>(Family const& a, Family const& b)
  {
    return std::tie(a.cost, a.hops) > std::tie(b.cost, b.hops);
  }
};

/// The best loopless paths, one after the other.
class ManyPaths {
 public:
  ManyPaths(HopJudge& judge, std::uint32_t start, HopState least, std::size_t steps)
      : judge_(judge), index_(judge.index()), start_(start), steps_(steps)
  {
    judged_.reserve(index_.hops.size());
    for (std::uint32_t i = 0; i < index_.hops.size(); ++i) {
      judged_.push_back(judge.judge(i));
      if (judged_.back().state < least || judged_.back().state == HopState::blocked) judged_.back().cost = unreachable;
    }
  }

  /// The paths, or false when the limit is reached.
  bool run(std::size_t count, std::vector<Route>& routes)
  {
    std::priority_queue<Family, std::vector<Family>, std::greater<>> families;
    Family all;
    if (complete(all)) families.push(std::move(all));
    while (routes.size() < count && !families.empty()) {
      Family const best = families.top();
      families.pop();
      routes.push_back(judge_.route_over(best.hops));
      if (routes.size() == count) break;
      for (std::size_t shared = best.shared; shared < best.hops.size(); ++shared) {
        Family rest;
        rest.hops.assign(best.hops.begin(), best.hops.begin() + static_cast<std::ptrdiff_t>(shared));
        rest.shared = shared;
        if (shared == best.shared) rest.forbidden = best.forbidden;
        rest.forbidden.insert(std::lower_bound(rest.forbidden.begin(), rest.forbidden.end(), best.hops[shared]),
                              best.hops[shared]);
        if (complete(rest)) families.push(std::move(rest));
      }
      if (steps_ == 0) return false;
    }
    return true;
  }

 private:
  /// Completes the shared hops to the best path of a family; false when it has none.
  bool complete(Family& family)
  {
    std::vector<bool> passed(index_.nodes.size(), false);
    std::uint32_t here = start_;
    RouteCost cost = 0;
    passed[here] = true;
    for (std::uint32_t const hop : family.hops) {
      cost += judged_[hop].cost;
      here = index_.hops[hop].to;
      passed[here] = true;
    }
    if (judge_.is_goal(here)) {
      family.cost = cost;
      return family.forbidden.empty();
    }
    auto const left = costs_to_goal(passed);
    std::uint32_t best = 0;
    RouteCost least = unreachable;
    for (std::uint32_t i = index_.first_from[here]; i < index_.first_from[here + 1]; ++i) {
      std::uint32_t const to = index_.hops[i].to;
      if (judged_[i].cost == unreachable || passed[to] || left[to] == unreachable) continue;
      if (std::binary_search(family.forbidden.begin(), family.forbidden.end(), i)) continue;
      RouteCost const total = judged_[i].cost + left[to];
      if (total < least) {
        least = total;
        best = i;
      }
    }
    if (least == unreachable) return false;
    family.cost = cost + least;
    family.hops.push_back(best);
    for (here = index_.hops[best].to; left[here] != 0; here = index_.hops[family.hops.back()].to) {
      std::uint32_t next = index_.first_from[here];
      while (judged_[next].cost == unreachable || left[index_.hops[next].to] == unreachable ||
             judged_[next].cost + left[index_.hops[next].to] != left[here])
        ++next;
      family.hops.push_back(next);
    }
    return true;
  }

  /// Cost of the best path from every stop to the nearest goal that passes none of these stops.
  std::vector<RouteCost> costs_to_goal(std::vector<bool> const& passed)
  {
    using Label = std::pair<RouteCost, std::uint32_t>;
    std::vector<RouteCost> cost(index_.nodes.size(), unreachable);
    std::priority_queue<Label, std::vector<Label>, std::greater<>> queue;
    for (std::uint32_t const goal : judge_.goals())
      if (!passed[goal]) {
        cost[goal] = 0;
        queue.emplace(0, goal);
      }
    while (!queue.empty() && steps_ > 0) {
      auto const [known, here] = queue.top();
      queue.pop();
      if (known != cost[here]) continue;
      --steps_;
      for (std::uint32_t i = index_.first_into[here]; i < index_.first_into[here + 1]; ++i) {
        std::uint32_t const hop = index_.into[i];
        std::uint32_t const from = index_.hops[hop].from;
        if (judged_[hop].cost == unreachable || passed[from] || known + judged_[hop].cost >= cost[from]) continue;
        cost[from] = known + judged_[hop].cost;
        queue.emplace(cost[from], from);
      }
    }
    return cost;
  }

  HopJudge& judge_;
  NetworkIndex const& index_;
  std::uint32_t start_;
  std::size_t steps_;           ///< How many stops may still be looked at.
  std::vector<Judged> judged_;  ///< Beside the hops; the cost is `unreachable` where they are not sure enough.
};

Diagnostic limit_reached(std::string limit, std::string mend)
{
  return {Code::limit_reached, Severity::error, Place{}, "the limit \"" + std::move(limit) + "\" is reached",
          std::move(mend)};
}

}  // namespace

Result<std::vector<RouteAnswer>> find_routes(Network const& network, std::vector<RouteRequest> const& requests,
                                             std::size_t threads, Limits const& limits)
{
  Diagnostics diagnostics(limits.diagnostics);
  if (requests.size() > limits.elements) diagnostics.add(limit_reached("elements", "ask for fewer persons at once"));
  for (std::size_t i = 0; i < requests.size() && requests.size() <= limits.elements; ++i) {
    for (Diagnostic one : detail::goals_of(network, requests[i]).diagnostics()) {
      one.place.pointer = "/" + std::to_string(i) + one.place.pointer;
      diagnostics.add(std::move(one));
    }
  }
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  std::vector<RouteAnswer> answers(requests.size());
  std::atomic<std::size_t> next{0};
  auto const work = [&] {
    constexpr std::size_t portion = 16;
    for (std::size_t first = next.fetch_add(portion); first < requests.size(); first = next.fetch_add(portion))
      for (std::size_t i = first; i < std::min(first + portion, requests.size()); ++i)
        answers[i] = find_route(network, requests[i]).value();
  };
  if (threads == 0) threads = std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
  threads = std::min(threads, requests.size());
  std::vector<std::thread> helpers;
  for (std::size_t helper = 1; helper < threads; ++helper) helpers.emplace_back(work);
  work();
  for (auto& helper : helpers) helper.join();
  return answers;
}

Result<std::vector<Route>> find_best_routes(Network const& network, RouteRequest const& request, std::size_t count,
                                            HopState least, Limits const& limits)
{
  auto goals = detail::goals_of(network, request);
  if (!goals) return std::move(goals).diagnostics();
  std::vector<Route> routes;
  if (goals->empty() || count == 0) return routes;
  HopJudge judge(network, request, *goals);
  ManyPaths paths(judge, *network.node_number(node_of(request.from)), least, limits.search_steps);
  if (!paths.run(count, routes)) return limit_reached("search_steps", "ask for fewer paths");
  return routes;
}

}  // namespace tutela::inline v0
