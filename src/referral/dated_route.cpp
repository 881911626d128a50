// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include <tutela/referral/routes.hpp>
#include "referral/hop_judge.hpp"
#include "referral/layers.hpp"

namespace tutela::inline v0 {
namespace {

using detail::ArrivalFinding;
using detail::HopMask;

/// How far a way has come: hops of unknown duration so far, and the day: the last one when there are none, else the first.
struct Moment {
  std::int64_t unbounded = 0;
  std::int64_t day = 0;

  friend auto operator<=>(Moment const&, Moment const&) = default;
};

/// A hop taken on a day, and when it is over.
struct Passage {
  std::int64_t on = 0;
  Moment after;
};

/// The hops of one question, day by day.
class DayByDay {
 public:
  DayByDay(Network const& network, RouteRequest const& request, std::vector<std::uint32_t> goals)
      : network_(network),
        index_(network.index()),
        judge_(network, request, std::move(goals)),
        changes_(index_.hops.size())
  {
  }

  detail::HopJudge& judge() noexcept { return judge_; }

  /// The best day from a moment on to take a hop; nothing when there is none. \param least Certain: every hop takes as
  /// long as it may. Possible: as short as it may.
  std::optional<Passage> take(Moment const& from, std::uint32_t hop, HopState least)
  {
    HopMask const& mask = index_.view.from[hop];
    if ((mask.flags & HopMask::to_service) != 0 && !judge_.is_goal(mask.other)) return std::nullopt;
    if ((mask.flags & (HopMask::by_date | HopMask::by_hand)) == 0 && from.day >= mask.open_until &&
        mask.open_until != std::numeric_limits<std::int32_t>::max())
      return std::nullopt;
    std::optional<Passage> best;
    bool forever = true;  // open on all days that were looked at, which are the later ones
    auto days = changes_of(hop);
    days.erase(days.begin(), std::lower_bound(days.begin(), days.end(), from.day));
    if (days.empty() || days.front() != from.day) days.insert(days.begin(), from.day);
    for (auto day = days.rbegin(); day != days.rend(); ++day) {
      auto const here = judge_on(hop, *day);
      forever = forever && here && here->state >= least;
      if (!here || here->state < least || here->state == HopState::blocked) continue;
      if (least == HopState::certain && from.unbounded > 0 && !forever) break;
      Moment after{from.unbounded, *day + here->days.lower};
      if (least == HopState::certain) {
        if (!here->days.upper)
          ++after.unbounded;
        else if (from.unbounded == 0)
          after.day = *day + *here->days.upper;
      }
      if (!best || after <= best->after) best = Passage{*day, after};
    }
    return best;
  }

  /// The hop with its proof for a day.
  Hop look(std::uint32_t hop, std::int64_t day)
  {
    RouteRequest const request = asked_on(*from_days(day));
    auto const arrival = arrival_on(hop, request);
    return detail::look_at_hop(network_, index_.hops[hop], request, arrival ? &*arrival : nullptr);
  }

  /// What was found about the service at the end of a hop.
  std::optional<ArrivalFinding> arrival(std::uint32_t hop, std::int64_t day)
  {
    return arrival_on(hop, asked_on(*from_days(day)));
  }

 private:
  struct Looked {
    HopState state = HopState::blocked;
    DayBounds days;
  };

  RouteRequest asked_on(Date on) const
  {
    RouteRequest request = judge_.request();
    request.on = on;
    return request;
  }

  std::optional<ArrivalFinding> arrival_on(std::uint32_t hop, RouteRequest const& request) const
  {
    detail::Stop const what = index_.stops[index_.hops[hop].to];
    if (what.kind != detail::Stop::Kind::service) return std::nullopt;
    return detail::look_at_service(network_, index_.content.services[what.position], request);
  }

  std::optional<Looked> judge_on(std::uint32_t hop, std::int64_t day)
  {
    if (!from_days(day)) return std::nullopt;
    auto const [found, added] = looked_.try_emplace({hop, day});
    if (added) {
      Hop const seen = look(hop, day);
      found->second = {seen.state, seen.days};
    }
    return found->second;
  }

  /// Days on which something about a hop may change, ascending.
  std::vector<std::int64_t> const& changes_of(std::uint32_t hop)
  {
    auto& known = changes_[hop];
    if (known) return *known;
    std::vector<std::int64_t> days;
    NetworkHop const& edge = index_.hops[hop];
    if (edge.kind != BasisKind::same_agency) add_ground(days, index_.content.bases[edge.basis]);
    detail::Stop const what = index_.stops[edge.to];
    if (what.kind == detail::Stop::Kind::service) add_service(days, index_.content.services[what.position]);
    for (std::uint32_t const rest : index_.rests[edge.to]) add(days, index_.content.out_of_service[rest].days);
    for (HeldAct const& act : judge_.request().acts) add(days, act.valid);
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
    known = std::move(days);
    return *known;
  }

  static void add(std::vector<std::int64_t>& days, Period const& period)
  {
    if (period.from) days.push_back(to_days(*period.from));
    if (period.until) days.push_back(to_days(*period.until));
  }

  void add_ground(std::vector<std::int64_t>& days, Basis const& basis) const
  {
    add(days, basis.valid);
    if (basis.kind != BasisKind::agreement) return;
    Agreement const& agreement = *network_.find(basis.agreement);
    add(days, agreement.window);
    add(days, agreement.referral_window);
    if (agreement.covers) add_ages(days, *agreement.covers);
    for (AgreementStep const& step : agreement.steps) {
      days.push_back(to_days(step.from.earliest()));
      days.push_back(to_days(step.from.latest()));
    }
  }

  void add_service(std::vector<std::int64_t>& days, Service const& service) const
  {
    RouteRequest const& request = judge_.request();
    for (Capacity const* capacity : network_.capacities_of(service.id)) {
      if (!capacity->updated) continue;
      days.push_back(to_days(*capacity->updated));
      if (auto const stale = stale_from(*capacity, request.fresh_days)) days.push_back(to_days(*stale));
      for (DayPlaces const& entry : capacity->days) add(days, entry.days);
    }
    for (Waiting const* waiting : network_.waiting_of(service.id)) {
      days.push_back(to_days(waiting->as_of));
      days.push_back(to_days(waiting->as_of) + request.waiting_fresh_days + 1);
    }
    if (service.admission) add_ages(days, *service.admission);
  }

  /// The days on which the person reaches the ages of an admission or of an agreement.
  template <class AgeLimits>
  void add_ages(std::vector<std::int64_t>& days, AgeLimits const& limits) const
  {
    RouteRequest const& request = judge_.request();
    if (!request.birth_date) return;
    for (auto const& age : {limits.minimum_age_months, limits.maximum_age_months}) {
      auto const reached = age ? add_months(*request.birth_date, *age, MonthRounding::down) : std::nullopt;
      constexpr std::int64_t month_ends = 3;  // how far the ends of months lie apart
      for (std::int64_t near = -month_ends; reached && near <= month_ends; ++near)
        days.push_back(to_days(*reached) + near);
    }
  }

  Network const& network_;
  detail::NetworkIndex const& index_;
  detail::HopJudge judge_;
  std::vector<std::optional<std::vector<std::int64_t>>> changes_;  ///< Of each hop.
  std::map<std::pair<std::uint32_t, std::int64_t>, Looked> looked_;
};

/// The days on which the hops of a path are taken, and when the path ends; nothing when it is shut.
std::optional<std::vector<Passage>> follow(DayByDay& days, Moment at, std::vector<std::uint32_t> const& hops,
                                           HopState least)
{
  std::vector<Passage> passages;
  for (std::uint32_t const hop : hops) {
    auto const passage = days.take(at, hop, least);
    if (!passage) return std::nullopt;
    passages.push_back(*passage);
    at = passage->after;
  }
  return passages;
}

/// A path and when it ends.
struct Found {
  std::vector<std::uint32_t> hops;
  std::vector<Passage> passages;
  Moment end;
};

std::optional<Found> search(Network const& network, DayByDay& days, std::uint32_t start, Moment const& begin,
                            HopState least)
{
  auto const extend = [&](Moment const& at, std::uint32_t hop) -> std::optional<Moment> {
    auto const passage = days.take(at, hop, least);
    return passage ? std::optional(passage->after) : std::nullopt;
  };
  detail::Layers<Moment> const ways(network.index(), start, begin, extend,
                                    [&](std::uint32_t stop) { return days.judge().is_goal(stop); });
  std::optional<std::tuple<Moment, std::size_t, std::vector<std::uint32_t>>> best;
  for (std::uint32_t const goal : days.judge().goals()) {
    if (goal == start) best = {begin, 0, {}};
    for (std::size_t hops = 1; hops <= ways.most_hops(); ++hops) {
      auto const* way = ways.at(hops, goal);
      if (way == nullptr || (best && std::tie(std::get<0>(*best), std::get<1>(*best)) < std::tie(way->label, hops)))
        continue;
      std::tuple candidate(way->label, hops, ways.path(hops, goal));
      if (!best || candidate < *best) best = std::move(candidate);
    }
  }
  if (!best) return std::nullopt;
  Found found{std::move(std::get<2>(*best)), {}, std::get<0>(*best)};
  found.passages = *follow(days, begin, found.hops, least);
  return found;
}

DatedRoute dated(Network const& network, DayByDay& days, Found const& found, std::int64_t question, HopState least)
{
  DatedRoute result;
  std::vector<Hop> hops;
  for (std::size_t i = 0; i < found.hops.size(); ++i) {
    hops.push_back(days.look(found.hops[i], found.passages[i].on));
    result.on.push_back(*from_days(found.passages[i].on));
  }
  result.route = detail::route_of(std::move(hops));
  if (!found.hops.empty()) {
    if (auto const arrival = days.arrival(found.hops.back(), found.passages.back().on)) {
      result.route.service = ServiceId(network.nodes()[network.hops()[found.hops.back()].to].text());
      result.route.first_free_place = arrival->first_free_place;
    }
  }
  auto const earliest = follow(days, {0, question}, found.hops, HopState::possible);
  result.route.days.lower = !earliest || earliest->empty() ? 0 : earliest->back().after.day - question;
  result.route.days.upper = std::nullopt;
  if (least == HopState::certain && found.end.unbounded == 0) result.route.days.upper = found.end.day - question;
  if (found.end.unbounded == 0) result.arrives = from_days(found.end.day);
  return result;
}

}  // namespace

Result<DatedRouteAnswer> find_dated_route(Network const& network, RouteRequest const& request)
{
  auto goals = detail::goals_of(network, request);
  if (!goals) return std::move(goals).diagnostics();
  DatedRouteAnswer answer;
  if (goals->empty()) return answer;
  std::uint32_t const start = *network.node_number(node_of(request.from));
  std::int64_t const question = to_days(request.on);
  DayByDay days(network, request, *goals);
  if (auto const certain = search(network, days, start, {0, question}, HopState::certain))
    answer.certain = dated(network, days, *certain, question, HopState::certain);
  if (auto const possible = search(network, days, start, {0, question}, HopState::possible))
    if (!answer.certain || possible->end.day - question < answer.certain->route.days.lower)
      answer.possible = dated(network, days, *possible, question, HopState::possible);
  return answer;
}

}  // namespace tutela::inline v0
