// SPDX-License-Identifier: Apache-2.0
/// \file
/// The router against a search that tries every simple path, on thousands of random small networks.
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <tutela/referral/route.hpp>
#include "unit/referral/random_network.hpp"
#include "unit/referral/small_network.hpp"

using namespace tutela;
using namespace tutela::test;

namespace {

// --- a second reading of the rules, written plainly and without looking at the router ----------------------------

struct Judgement {
  HopState state = HopState::certain;
  bool bounded = true;
  std::int64_t days = 0;
};

void weaken(Judgement& judgement, Truth holds)
{
  if (holds == Truth::yes) judgement.state = HopState::blocked;
  if (holds == Truth::unknown && judgement.state == HopState::certain) judgement.state = HopState::possible;
}

struct Reference {
  NetworkContent const& content;
  RouteRequest const& request;

  Service const* service_at(std::string const& id) const
  {
    for (Service const& one : content.services)
      if (one.id.text() == id) return &one;
    return nullptr;
  }

  bool is_goal(std::string const& id) const
  {
    if (auto const* agency_goal = std::get_if<AgencyId>(&request.goal)) return agency_goal->text() == id;
    if (auto const* service_goal = std::get_if<ServiceId>(&request.goal)) return service_goal->text() == id;
    return service_at(id) != nullptr;  // all services of these networks are of one kind
  }

  void arrive(Judgement& judgement, Service const& one, bool waits) const
  {
    if (one.status) weaken(judgement, Truth::yes);
    if (one.admission) {
      bool const female = one.admission->sexes[0] == Sex::female;
      weaken(judgement, !request.sex ? Truth::unknown : to_truth((*request.sex == Sex::female) != female));
    }
    if (!waits) return;
    std::optional<std::int64_t> free;
    for (Capacity const& capacity : content.capacities)
      if (capacity.service == one.id) free = capacity.available;
    if (free && *free > 0) return;
    Waiting const* waiting = nullptr;
    for (Waiting const& candidate : content.waiting)
      if (candidate.service == one.id) waiting = &candidate;
    if (waiting != nullptr &&
        (waiting->statistic == WaitingStatistic::fixed || waiting->statistic == WaitingStatistic::maximum)) {
      judgement.days += waiting->days;
      return;
    }
    judgement.bounded = false;
    if (waiting != nullptr && waiting->statistic == WaitingStatistic::minimum) judgement.days += waiting->days;
    weaken(judgement, free && waiting == nullptr ? Truth::yes : Truth::unknown);
  }

  void cover(Judgement& judgement, AgreementScope const& scope) const
  {
    bool const has_limit = !scope.sexes.empty();
    if (has_limit) weaken(judgement, !request.sex ? Truth::unknown : to_truth(*request.sex != scope.sexes[0]));
    if (scope.maximum_age_months) {
      if (!request.birth_date) weaken(judgement, Truth::unknown);
      if (request.birth_date &&
          *add_months(*request.birth_date, *scope.maximum_age_months, MonthRounding::down) <= today)
        weaken(judgement, Truth::yes);
    }
    if (scope.area_codes.empty()) return;
    if (request.area_codes.empty()) weaken(judgement, Truth::unknown);
    bool lives_there = false;
    for (std::string const& one : request.area_codes) lives_there = lives_there || one == scope.area_codes[0];
    if (!request.area_codes.empty() && !lives_there) weaken(judgement, Truth::yes);
  }

  Judgement judge(Basis const* ground, std::string const& to) const
  {
    Judgement judgement;
    bool waits = true;
    if (ground != nullptr) {
      waits = ground->kind != BasisKind::statutory_duty && ground->kind != BasisKind::emergency;
      bool const at_once = ground->kind == BasisKind::emergency;
      judgement.bounded = at_once || ground->days.has_value();
      judgement.days = at_once ? 0 : ground->days.value_or(0);
      if (ground->valid.until) weaken(judgement, Truth::yes);
      if (ground->kind == BasisKind::emergency) weaken(judgement, !request.danger);
      if (ground->kind == BasisKind::act) {
        // These acts name day centres only; towards an agency as goal any kind counts.
        bool const held = !request.acts.empty() && ground->act.text() == "court";
        if (!held) weaken(judgement, Truth::unknown);
      }
      if (ground->kind == BasisKind::agreement) {
        for (Agreement const& pact : content.agreements)
          if (pact.id == ground->agreement) {
            if (pact.steps[0].state != AgreementState::in_force) weaken(judgement, Truth::yes);
            if (!pact.purposes) weaken(judgement, Truth::unknown);
            if (pact.covers) cover(judgement, *pact.covers);
          }
        weaken(judgement, !request.data[0].consent);
      }
    }
    if (Service const* one = service_at(to)) {
      std::int64_t const before = judgement.days;
      bool const bounded = judgement.bounded;
      arrive(judgement, *one, waits);
      // A hop counts by its upper bound where it has one, else by its lower; the handover's lower bound is 0, and a
      // waiting with only an upper bound has 0 as its lower.
      if (!judgement.bounded && bounded) judgement.days -= before;
      if (!bounded) judgement.days = lower_waiting(*one, waits);
    }
    return judgement;
  }

  std::int64_t lower_waiting(Service const& one, bool waits) const
  {
    if (!waits) return 0;
    for (Capacity const& capacity : content.capacities)
      if (capacity.service == one.id && *capacity.available > 0) return 0;
    for (Waiting const& candidate : content.waiting)
      if (candidate.service == one.id &&
          (candidate.statistic == WaitingStatistic::fixed || candidate.statistic == WaitingStatistic::minimum))
        return candidate.days;
    return 0;
  }
};

using Cost = std::tuple<std::int64_t, std::int64_t, std::int64_t>;
using Signature = std::vector<std::pair<std::string, std::string>>;  // stop, ground

struct Best {
  std::optional<Cost> cost;
  Signature path;
};

/// Tries every simple path.
Best brute_force(Reference const& reference, HopState least)
{
  struct Edge {
    std::string to;
    BasisKind kind;
    std::string ground;
    Judgement judgement;
  };
  std::map<std::string, std::vector<Edge>> edges;
  auto const add = [&](std::string const& from, std::string const& to, Basis const* ground) {
    Judgement const judgement = reference.judge(ground, to);
    if (judgement.state < least) return;
    edges[from].push_back(
        {to, ground ? ground->kind : BasisKind::same_agency, ground ? ground->id.text() : "", judgement});
  };
  for (Unit const& unit : reference.content.units) {
    add(unit.agency.text(), unit.id.text(), nullptr);
    add(unit.id.text(), unit.agency.text(), nullptr);
  }
  for (Service const& one : reference.content.services) add(one.agency.text(), one.id.text(), nullptr);
  for (Basis const& one : reference.content.bases) add(one.from[0].text(), one.to[0].text(), &one);

  Best best;
  using Key = std::vector<std::tuple<std::string, BasisKind, std::string>>;
  Key best_key;
  Key key;
  std::set<std::string> seen;
  std::function<void(std::string const&, Cost)> walk = [&](std::string const& here, Cost cost) {
    if (reference.is_goal(here)) {
      if (!best.cost || cost < *best.cost || (cost == *best.cost && key < best_key)) {
        best.cost = cost;
        best_key = key;
      }
      return;  // going on can only cost more
    }
    seen.insert(here);
    for (Edge const& edge : edges[here]) {
      if (seen.count(edge.to) > 0) continue;
      key.emplace_back(edge.to, edge.kind, edge.ground);
      walk(edge.to, {std::get<0>(cost) + (edge.judgement.bounded ? 0 : 1), std::get<1>(cost) + edge.judgement.days,
                     std::get<2>(cost) + 1});
      key.pop_back();
    }
    seen.erase(here);
  };
  walk(reference.request.from.text(), {0, 0, 0});
  for (auto const& [to, kind, ground] : best_key) best.path.emplace_back(to, ground);
  return best;
}

Signature signature(Route const& route)
{
  Signature result;
  for (Hop const& hop : route.hops) result.emplace_back(hop.to.text(), hop.basis.text());
  return result;
}

TEST(RouteProperty, equals_the_search_that_tries_every_path)
{
  int certain = 0;
  int possible = 0;
  int none = 0;
  int both = 0;
  for (std::uint64_t seed = 1; seed <= 6000; ++seed) {
    Chance chance(seed);
    auto const content = random_content(chance);
    auto const request = random_request(chance, content);
    auto const built = Network::build(content);
    ASSERT_TRUE(built) << "seed " << seed << "\n" << to_string(built.diagnostics());
    auto const answer = find_route(*built, request).value();
    Reference const reference{content, request};
    Best const best_certain = brute_force(reference, HopState::certain);
    Best const best_possible = brute_force(reference, HopState::possible);
    ASSERT_EQ(answer.certain.has_value(), best_certain.cost.has_value()) << "seed " << seed << "\n"
                                                                         << explain(answer, *built);
    if (answer.certain) {
      ASSERT_EQ(signature(*answer.certain), best_certain.path) << "seed " << seed << "\n" << explain(answer, *built);
    }
    bool const better = best_possible.cost && (!best_certain.cost || *best_possible.cost < *best_certain.cost);
    ASSERT_EQ(answer.possible.has_value(), better) << "seed " << seed << "\n" << explain(answer, *built);
    if (better) {
      ASSERT_EQ(signature(*answer.possible), best_possible.path) << "seed " << seed << "\n" << explain(answer, *built);
      ASSERT_FALSE(answer.possible->ask.empty()) << "seed " << seed;  // what is merely possible names what to ask
    }
    certain += answer.certain && !better ? 1 : 0;
    possible += !answer.certain && better ? 1 : 0;
    both += answer.certain && better ? 1 : 0;
    none += answer.best() == nullptr ? 1 : 0;
  }
  // The generator must reach every kind of answer, or the comparison says nothing.
  EXPECT_GT(certain, 300);
  EXPECT_GT(possible, 300);
  EXPECT_GT(both, 50);
  EXPECT_GT(none, 300);
}

/// Opening every hop of the cut opens a path; as long as all of them stay shut there is none.
TEST(RouteProperty, the_cut_is_complete)
{
  int cuts = 0;
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    Chance chance(seed);
    auto content = random_content(chance);
    auto const request = random_request(chance, content);
    auto const network = Network::build(content).value();
    auto const answer = find_route(network, request).value();
    if (answer.best() != nullptr || answer.blocked.empty()) continue;
    ++cuts;
    std::set<std::tuple<std::string, std::string, std::string>> cut;
    for (Hop const& hop : answer.blocked) {
      ASSERT_EQ(hop.state, HopState::blocked);
      ASSERT_FALSE(hop.obstacles.empty());
      cut.emplace(hop.from.text(), hop.to.text(), hop.basis.text());
    }
    // Without the hops of the cut no goal can be reached, even if nothing else were blocked.
    std::set<std::string> reached{request.from.text()};
    Reference const reference{content, request};
    for (bool grown = true; grown;) {
      grown = false;
      for (NetworkHop const& hop : network.hops()) {
        std::string const from = network.nodes()[hop.from].text();
        std::string const to = network.nodes()[hop.to].text();
        std::string const ground = hop.kind == BasisKind::same_agency ? "" : content.bases[hop.basis].id.text();
        if (reached.count(from) == 0 || cut.count({from, to, ground}) > 0) continue;
        if (reference.service_at(to) != nullptr && !reference.is_goal(to)) continue;
        grown = reached.insert(to).second || grown;
      }
    }
    for (std::string const& stop : reached) ASSERT_FALSE(reference.is_goal(stop)) << "seed " << seed << " at " << stop;
  }
  EXPECT_GT(cuts, 100);
}

/// Knowing more never turns a certain path into none, and taking a ground away never makes a path better.
TEST(RouteProperty, knowledge_and_grounds_are_monotone)
{
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    Chance chance(seed);
    auto content = random_content(chance);
    auto request = random_request(chance, content);
    auto const before = find_route(Network::build(content).value(), request).value();
    auto more = request;
    if (more.area_codes.empty()) more.area_codes = {chance.one_in(2) ? "north" : "east"};
    if (!more.sex) more.sex = chance.one_in(2) ? Sex::female : Sex::male;
    if (more.danger == Truth::unknown) more.danger = chance.one_in(2) ? Truth::yes : Truth::no;
    if (more.data[0].consent == Truth::unknown) more.data[0].consent = chance.one_in(2) ? Truth::yes : Truth::no;
    auto const after = find_route(Network::build(content).value(), more).value();
    if (before.certain) {
      ASSERT_TRUE(after.certain) << "seed " << seed;
    }
    if (before.best() == nullptr) {
      ASSERT_EQ(after.best(), nullptr) << "seed " << seed;
    }
    if (content.bases.empty()) continue;
    content.bases.erase(content.bases.begin() + static_cast<std::ptrdiff_t>(chance.below(content.bases.size())));
    auto const poorer = find_route(Network::build(content).value(), request).value();
    auto const cost = [](std::optional<Route> const& route) {
      if (!route) return Cost{std::numeric_limits<std::int64_t>::max(), 0, 0};
      Cost sum{0, 0, 0};
      for (Hop const& hop : route->hops) {
        std::get<0>(sum) += hop.days.upper ? 0 : 1;
        std::get<1>(sum) += hop.days.upper.value_or(hop.days.lower);
        std::get<2>(sum) += 1;
      }
      return sum;
    };
    ASSERT_GE(cost(poorer.certain), cost(before.certain)) << "seed " << seed;
  }
}

}  // namespace
