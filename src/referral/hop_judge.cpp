// SPDX-License-Identifier: Apache-2.0
#include "referral/hop_judge.hpp"

#include <algorithm>
#include <limits>
#include <string_view>

#include <tutela/facts/team_data.hpp>

namespace tutela::detail {

HopJudge::HopJudge(Network const& network, RouteRequest const& request, std::vector<std::uint32_t> goals)
    : network_(network),
      index_(network.index()),
      request_(request),
      goals_(std::move(goals)),
      arrivals_(goals_.size()),
      day_(to_days(request.on)),
      far_(day_ <= std::numeric_limits<std::int32_t>::min() || day_ >= std::numeric_limits<std::int32_t>::max())
{
  for (Purpose const& purpose : request.purposes) purposes_ |= bit_of(index_.view.purposes, purpose.text());
  for (DataNeed const& need : request.data) {
    categories_ |= bit_of(index_.view.categories, need.category.text());
    if (need.consent == Truth::no) consent_ = HopState::blocked;
    if (need.consent == Truth::unknown) consent_ = std::min(consent_, HopState::possible);
  }
  if (request.danger == Truth::no) danger_ = HopState::blocked;
  if (request.danger == Truth::unknown) danger_ = HopState::possible;
}

bool HopJudge::is_goal(std::uint32_t stop) const noexcept
{
  return goals_.size() == 1 ? goals_.front() == stop : std::binary_search(goals_.begin(), goals_.end(), stop);
}

HopJudge::Arrival const* HopJudge::look_at_goal(std::uint32_t stop)
{
  auto const found = std::lower_bound(goals_.begin(), goals_.end(), stop);
  Stop const what = index_.stops[stop];
  if (found == goals_.end() || *found != stop || what.kind != Stop::Kind::service) return nullptr;
  auto& arrival = arrivals_[static_cast<std::size_t>(found - goals_.begin())];
  if (!arrival) {
    arrival.emplace();
    arrival->finding = look_at_service(network_, index_.content.services[what.position], request_);
    arrival->admission = state_of(arrival->finding.admission);
    arrival->places = state_of(arrival->finding.places);
  }
  return &*arrival;
}

ArrivalFinding const* HopJudge::arrival_at(std::uint32_t stop)
{
  Arrival const* arrival = look_at_goal(stop);
  return arrival == nullptr ? nullptr : &arrival->finding;
}

HopState HopJudge::state_of_ground(HopMask const& mask, std::uint32_t hop) const
{
  if ((mask.flags & (HopMask::by_hand | HopMask::by_date)) != 0 || far_)
    return look_at_hop(network_, index_.hops[hop], request_, nullptr).state;
  if (day_ < mask.open_from || day_ >= mask.open_until) return HopState::blocked;
  HopState state = HopState::certain;
  if ((mask.flags & HopMask::consent) != 0) state = std::min(state, consent_);
  if ((mask.flags & HopMask::danger) != 0) state = std::min(state, danger_);
  bool const hidden = ((mask.flags & HopMask::purposes_hidden) != 0 && purposes_ != 0) ||
                      ((mask.flags & HopMask::categories_hidden) != 0 && categories_ != 0);
  return hidden ? std::min(state, HopState::possible) : state;
}

Judged HopJudge::judge(HopMask const& mask, std::uint32_t hop, std::uint32_t to)
{
  // The words that nobody names are allowed where there is no list; by hand what has more words than bits.
  if (((purposes_ & ~mask.purposes) | (categories_ & ~mask.categories)) != 0 && (mask.flags & HopMask::by_hand) == 0)
    return {};
  bool const service = (mask.flags & HopMask::to_service) != 0;
  if (service && !is_goal(to)) return {};
  Judged judged{0, state_of_ground(mask, hop)};
  if (judged.state == HopState::blocked) return {};
  bool bounded = mask.days >= 0;
  std::int64_t days = bounded ? mask.days : 0;
  if (service) {
    Arrival const& arrival = *look_at_goal(to);
    judged.state = std::min(judged.state, arrival.admission);
    if ((mask.flags & HopMask::waits) != 0) {
      judged.state = std::min(judged.state, arrival.places);
      DayBounds const& waiting = arrival.finding.waiting;
      bounded = bounded && waiting.upper;
      days = bounded ? days + *waiting.upper : waiting.lower;
    }
    if (judged.state == HopState::blocked) return {};
  }
  judged.cost = route_cost(bounded, days);
  return judged;
}

Hop HopJudge::look(std::uint32_t hop)
{
  return look_at_hop(network_, index_.hops[hop], request_, arrival_at(index_.hops[hop].to));
}

Route route_of(std::vector<Hop> hops)
{
  Route route;
  route.days = {0, 0};
  for (Hop const& hop : hops) {
    route.state = std::min(route.state, hop.state);
    route.days.lower += hop.days.lower;
    route.days.upper =
        route.days.upper && hop.days.upper ? std::optional(*route.days.upper + *hop.days.upper) : std::nullopt;
    for (Obstacle const& obstacle : hop.obstacles)
      route.ask.insert(route.ask.end(), obstacle.ask.begin(), obstacle.ask.end());
  }
  std::sort(route.ask.begin(), route.ask.end());
  route.ask.erase(std::unique(route.ask.begin(), route.ask.end()), route.ask.end());
  route.hops = std::move(hops);
  return route;
}

Route HopJudge::route_over(std::vector<std::uint32_t> const& numbers)
{
  std::vector<Hop> hops;
  hops.reserve(numbers.size());
  for (std::uint32_t const number : numbers) hops.push_back(look(number));
  Route route = route_of(std::move(hops));
  if (numbers.empty()) return route;
  std::uint32_t const end = index_.hops[numbers.back()].to;
  if (ArrivalFinding const* arrival = arrival_at(end)) {
    route.service = ServiceId(index_.nodes[end].text());
    route.first_free_place = arrival->first_free_place;
  }
  return route;
}

namespace {

Diagnostic no_such(std::string_view key, std::string_view kind, std::string const& id)
{
  Place place;
  place.pointer = "/" + std::string(key);
  return {Code::dangling_reference, Severity::error, std::move(place),
          "the network has no " + std::string(kind) + " \"" + id + "\"",
          "correct the identifier, or load another network"};
}

bool is_agency(NetworkIndex const& index, std::optional<std::uint32_t> stop)
{
  return stop && index.stops[*stop].kind != Stop::Kind::service;
}

}  // namespace

Result<std::vector<std::uint32_t>> goals_of(Network const& network, RouteRequest const& request)
{
  Diagnostics diagnostics;
  NetworkIndex const& index = network.index();
  if (!is_agency(index, network.node_number(node_of(request.from))))
    diagnostics.add(no_such("from", "organization or unit", request.from.text()));
  std::vector<std::uint32_t> goals;
  if (auto const* kind = std::get_if<ServiceKind>(&request.goal)) {
    for (std::uint32_t stop = 0; stop < index.stops.size(); ++stop)
      if (index.stops[stop].kind == Stop::Kind::service &&
          index.content.services[index.stops[stop].position].kind == *kind)
        goals.push_back(stop);
  } else if (auto const* service = std::get_if<ServiceId>(&request.goal)) {
    auto const stop = network.node_number(node_of(*service));
    if (stop && index.stops[*stop].kind == Stop::Kind::service)
      goals.push_back(*stop);
    else
      diagnostics.add(no_such("goal", "service", service->text()));
  } else if (auto const* agency = std::get_if<AgencyId>(&request.goal)) {
    auto const stop = network.node_number(node_of(*agency));
    if (is_agency(index, stop))
      goals.push_back(*stop);
    else
      diagnostics.add(no_such("goal", "organization or unit", agency->text()));
  }
  for (std::size_t i = 0; i < request.data.size(); ++i)
    if (stays_with_team(request.data[i].category.text())) {
      Place place;
      place.pointer = "/data/" + std::to_string(i);
      diagnostics.error(Code::not_allowed, std::move(place), "data of this category stay with the team that keeps them",
                        "ask for the path without them");
    }
  for (auto const& [key, days] :
       {std::pair("/fresh_days", request.fresh_days), std::pair("/waiting_fresh_days", request.waiting_fresh_days)})
    if (days < 0) {
      Place place;
      place.pointer = key;
      diagnostics.error(Code::out_of_range, std::move(place), "the number of days is negative",
                        "0 means: this day only");
    }
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  return goals;
}

}  // namespace tutela::detail
