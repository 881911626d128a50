// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <tutela/referral/agreement_repair.hpp>
#include "referral/hop_judge.hpp"

namespace tutela::inline v0 {
namespace {

using Mask = std::uint64_t;  // one bit for each measure: first the agreements, then the places

constexpr std::int64_t most_cost = 1'000'000'000'000;
constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

/// What one client gets to over hops that are open: the measures that could be used next, and whether a goal.
struct Region {
  Mask next = 0;
  bool goal = false;
};

/// A client's network, as regions between measures.
struct Ways {
  Region start;
  std::vector<Region> after;  ///< Beyond each measure; nothing beyond one that would not be open to the client.

  /// Everything within reach with these measures.
  [[nodiscard]] Region with(Mask chosen) const
  {
    Region all = start;
    Mask passed = 0;
    for (Mask open = all.next & chosen; open != 0; open = all.next & chosen & ~passed) {
      auto const one = static_cast<std::size_t>(std::countr_zero(open));
      passed |= Mask{1} << one;
      all.next |= after[one].next;
      all.goal = all.goal || after[one].goal;
    }
    return all;
  }

  /// The least cost to a goal over measures that are not forbidden, where those chosen cost nothing.
  [[nodiscard]] std::int64_t least_cost(std::vector<std::int64_t> const& costs, Mask chosen, Mask forbidden) const
  {
    if (start.goal) return 0;
    std::vector<std::int64_t> cost(after.size(), never);
    Mask passed = forbidden;
    auto const offer = [&](Mask next, std::int64_t so_far) {
      for (Mask open = next & ~passed; open != 0; open &= open - 1) {
        auto const one = static_cast<std::size_t>(std::countr_zero(open));
        std::int64_t const more = (chosen >> one & 1U) != 0 ? 0 : costs[one];
        cost[one] = std::min(cost[one], so_far + more);
      }
    };
    offer(start.next, 0);
    for (;;) {
      std::size_t best = after.size();
      for (std::size_t i = 0; i < after.size(); ++i)
        if ((passed >> i & 1U) == 0 && cost[i] != never && (best == after.size() || cost[i] < cost[best])) best = i;
      if (best == after.size()) return never;
      if (after[best].goal) return cost[best];
      passed |= Mask{1} << best;
      offer(after[best].next, cost[best]);
    }
  }
};

/// Takes the network of one client apart.
class Surveyor {
 public:
  Surveyor(Network const& network, RouteRequest const& request, std::vector<std::uint32_t> const& goals,
           std::vector<PossibleAgreement> const& agreements, std::vector<PossiblePlaces> const& places, HopState least)
      : network_(network), judge_(network, request, goals), agreements_(agreements), places_(places), least_(least)
  {
    for (std::uint32_t i = 0; i < network.hops().size(); ++i) open_.push_back(judge_.judge(i).state >= least);
    for (std::size_t i = 0; i < places.size(); ++i) {
      std::uint32_t const stop = *network.node_number(node_of(places[i].service));
      if (!judge_.is_goal(stop)) continue;
      room_[stop] |= Mask{1} << (agreements.size() + i);
      for (std::uint32_t const hop : network.hops_into(stop))
        if (!open_[hop] && state_with_room(hop) >= least) opened_.insert(hop);
    }
  }

  Ways run(std::uint32_t start)
  {
    Ways ways;
    ways.start = region(start);
    for (PossibleAgreement const& one : agreements_) {
      std::uint32_t const to = *network_.node_number(one.to);
      ways.after.push_back(beyond(to));
    }
    // Beyond a place is its service, which is a goal; it is come to only over a hop that the place opens.
    for (std::size_t i = 0; i < places_.size(); ++i) ways.after.push_back({0, true});
    return ways;
  }

 private:
  /// How sure a hop is when its service has room.
  HopState state_with_room(std::uint32_t hop)
  {
    Hop seen = judge_.look(hop);
    std::erase_if(seen.obstacles, [](Obstacle const& one) {
      return one.kind == ObstacleKind::capacity_full || one.kind == ObstacleKind::places_unknown;
    });
    return detail::state_of(seen.obstacles);
  }

  /// What an agreement that leads to a stop opens.
  Region beyond(std::uint32_t to)
  {
    if (!is_open_to(to)) return {};
    if (network_.index().stops[to].kind != detail::Stop::Kind::service) return region(to);
    if (detail::state_of(judge_.arrival_at(to)->places) >= least_) return region(to);
    auto const room = room_.find(to);
    return room == room_.end() ? Region{} : Region{room->second, false};
  }

  /// Whether an agreement would be open to the client, places aside.
  bool is_open_to(std::uint32_t stop)
  {
    for (DataNeed const& need : judge_.request().data) {
      if (need.consent == Truth::no) return false;
      if (need.consent == Truth::unknown && least_ == HopState::certain) return false;
    }
    if (network_.index().stops[stop].kind != detail::Stop::Kind::service) return true;
    auto const* arrival = judge_.arrival_at(stop);
    return arrival != nullptr && detail::state_of(arrival->admission) >= least_;
  }

  Region region(std::uint32_t start) const
  {
    auto const& index = network_.index();
    Region region;
    std::vector<bool> seen(index.nodes.size(), false);
    std::vector<std::uint32_t> queue{start};
    seen[start] = true;
    while (!queue.empty()) {
      std::uint32_t const here = queue.back();
      queue.pop_back();
      region.goal = region.goal || judge_.is_goal(here);
      for (std::size_t i = 0; i < agreements_.size(); ++i)
        if (agreements_[i].from.text() == index.nodes[here].text()) region.next |= Mask{1} << i;
      for (std::uint32_t i = index.first_from[here]; i < index.first_from[here + 1]; ++i) {
        std::uint32_t const to = index.hops[i].to;
        if (opened_.count(i) != 0) region.next |= room_.at(to);
        if (!open_[i] || seen[to]) continue;
        seen[to] = true;
        queue.push_back(to);
      }
    }
    return region;
  }

  Network const& network_;
  detail::HopJudge judge_;
  std::vector<PossibleAgreement> const& agreements_;
  std::vector<PossiblePlaces> const& places_;
  HopState least_;
  std::vector<bool> open_;              ///< Beside the hops.
  std::map<std::uint32_t, Mask> room_;  ///< The places that each service could be given.
  std::set<std::uint32_t> opened_;      ///< Hops that are open when their service has room.
};

/// Branch and bound: of the measures that could be used next by a client who is not served yet, one must be chosen.
class Branches {
 public:
  Branches(std::vector<std::int64_t> const& costs, std::vector<Ways> ways, std::size_t steps)
      : costs_(costs), ways_(std::move(ways)), steps_(steps)
  {
    root_ = bound(0, 0).cost;
    visit(0, 0, 0);
  }

  [[nodiscard]] std::optional<Mask> best() const { return found_ ? std::optional(best_) : std::nullopt; }
  [[nodiscard]] std::int64_t cost() const { return cost_; }
  [[nodiscard]] std::int64_t lower() const { return steps_ > 0 ? cost_ : root_; }

 private:
  struct Bound {
    std::int64_t cost = 0;    ///< No completion costs less.
    std::size_t hardest = 0;  ///< The client who costs that.
  };

  Bound bound(Mask chosen, Mask forbidden) const
  {
    Bound most;
    for (std::size_t i = 0; i < ways_.size(); ++i) {
      std::int64_t const one = ways_[i].least_cost(costs_, chosen, forbidden);
      if (one > most.cost || (one == most.cost && i == 0)) most = {one, i};
      if (one == never) break;
    }
    return most;
  }

  void visit(Mask chosen, Mask forbidden, std::int64_t spent)
  {
    if (steps_ == 0) return;
    --steps_;
    bool const served = std::all_of(ways_.begin(), ways_.end(), [&](Ways const& one) { return one.with(chosen).goal; });
    if (served) {
      if (!found_ || spent < cost_) {
        found_ = true;
        best_ = chosen;
        cost_ = spent;
      }
      return;
    }
    Bound const left = bound(chosen, forbidden);
    if (left.cost == never || (found_ && spent + left.cost >= cost_)) return;
    std::size_t who = left.hardest;
    while (ways_[who].with(chosen).goal) who = (who + 1) % ways_.size();
    for (Mask next = ways_[who].with(chosen).next & ~chosen & ~forbidden; next != 0; next &= next - 1) {
      Mask const one = next & (~next + 1);
      visit(chosen | one, forbidden, spent + costs_[static_cast<std::size_t>(std::countr_zero(one))]);
      forbidden |= one;
    }
  }

  std::vector<std::int64_t> const& costs_;
  std::vector<Ways> ways_;
  std::size_t steps_;
  std::int64_t root_ = 0;
  bool found_ = false;
  Mask best_ = 0;
  std::int64_t cost_ = 0;
};

Diagnostics check(Network const& network, std::vector<ReachClient> const& clients,
                  std::vector<PossibleAgreement> const& agreements, std::vector<PossiblePlaces> const& places,
                  Limits const& limits)
{
  Diagnostics diagnostics(limits.diagnostics);
  auto const error = [&](std::string pointer, Code code, std::string what, std::string mend) {
    Place place;
    place.pointer = std::move(pointer);
    diagnostics.error(code, std::move(place), std::move(what), std::move(mend));
  };
  auto const agency = [&](AgencyId const& id, std::string pointer) {
    if (network.find(id) == nullptr && network.find_unit(id) == nullptr)
      error(std::move(pointer), Code::dangling_reference,
            "the network has no organization or unit \"" + id.text() + "\"", "correct the identifier");
  };
  auto const cost = [&](std::int64_t number, std::string pointer) {
    if (number < 0 || number > most_cost)
      error(std::move(pointer), Code::out_of_range, "the cost is negative or too large",
            "a number from 0 to 10^12 is expected");
  };
  for (std::size_t i = 0; i < clients.size(); ++i) agency(clients[i].from, "/clients/" + std::to_string(i) + "/from");
  if (agreements.size() > most_possible_agreements || places.size() > most_possible_agreements - agreements.size())
    error("/agreements", Code::out_of_range, "there are more agreements and places than can be weighed",
          "name at most " + std::to_string(most_possible_agreements));
  for (std::size_t i = 0; i < agreements.size(); ++i) {
    std::string const here = "/agreements/" + std::to_string(i);
    agency(agreements[i].from, here + "/from");
    if (!network.node_number(agreements[i].to))
      error(here + "/to", Code::dangling_reference, "the network has no stop \"" + agreements[i].to.text() + "\"",
            "correct the identifier");
    cost(agreements[i].cost, here + "/cost");
  }
  for (std::size_t i = 0; i < places.size(); ++i) {
    std::string const here = "/places/" + std::to_string(i);
    if (network.find(places[i].service) == nullptr)
      error(here + "/service", Code::dangling_reference,
            "the network has no service \"" + places[i].service.text() + "\"", "correct the identifier");
    cost(places[i].cost, here + "/cost");
  }
  return diagnostics;
}

RouteRequest question_for(ReachClient const& client, ServiceKind const& kind)
{
  RouteRequest question = question_of(client);
  question.goal = kind;
  return question;
}

}  // namespace

Result<AgreementRepair> cheapest_agreements(Network const& network, std::vector<ReachClient> const& clients,
                                            ServiceKind const& kind, std::vector<PossibleAgreement> const& agreements,
                                            std::vector<PossiblePlaces> const& places, HopState least,
                                            Limits const& limits)
{
  Diagnostics diagnostics = check(network, clients, agreements, places, limits);
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  AgreementRepair repair;
  std::vector<Ways> ways;
  least = std::max(least, HopState::possible);
  for (std::size_t i = 0; i < clients.size(); ++i) {
    RouteRequest const question = question_for(clients[i], kind);
    auto const goals = detail::goals_of(network, question).value();
    Ways one =
        Surveyor(network, question, goals, agreements, places, least).run(*network.node_number(node_of(question.from)));
    if (!one.with(~Mask{0}).goal)
      repair.unserved.push_back(i);
    else
      ways.push_back(std::move(one));
  }
  std::vector<std::int64_t> costs;
  for (PossibleAgreement const& one : agreements) costs.push_back(one.cost);
  for (PossiblePlaces const& one : places) costs.push_back(one.cost);
  Branches const search(costs, std::move(ways), limits.search_steps);
  if (!search.best())
    return Diagnostic{Code::limit_reached, Severity::error, Place{}, "the limit \"search_steps\" is reached",
                      "name fewer agreements and places"};
  for (std::size_t i = 0; i < costs.size(); ++i)
    if ((*search.best() >> i & 1U) != 0)
      i < agreements.size() ? repair.chosen.push_back(i) : repair.places.push_back(i - agreements.size());
  repair.cost = search.cost();
  repair.bound = search.lower();
  repair.is_least = repair.cost == repair.bound;
  return repair;
}

}  // namespace tutela::inline v0
