// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <functional>

#include "referral/arrangement.hpp"

namespace tutela::detail {

template <class Cost>
Arrangement<Cost>::Arrangement(Transport<Cost> const& problem, Constraints const& constraints, std::vector<Cost> price)
    : problem_(problem),
      constraints_(constraints),
      price_(std::move(price)),
      sizes_(problem.size),
      bound_(problem.groups(), 0),
      apart_(problem.groups()),
      at_(problem.groups()),
      position_(problem.groups()),
      used_(problem.capacity.size(), 0),
      distance_(problem.capacity.size(), out_of_reach),
      by_(problem.capacity.size())
{
  std::sort(sizes_.begin(), sizes_.end());
  sizes_.erase(std::unique(sizes_.begin(), sizes_.end()), sizes_.end());
  inside_.resize(problem.capacity.size() * sizes_.size());
  for (auto const& [one, other] : constraints.apart) {
    apart_[one].push_back(other);
    apart_[other].push_back(one);
    bound_[one] = bound_[other] = 1;
  }
  for (std::uint32_t group = 0; group < problem.groups(); ++group) {
    if (!constraints.needs[group].empty()) bound_[group] = 1;
    auto const found = std::lower_bound(sizes_.begin(), sizes_.end(), problem.size[group]);
    size_index_.push_back(static_cast<std::uint32_t>(found - sizes_.begin()));
    at_[group] = problem.last_option(group);
    cost_ += problem.cost[at_[group]];
    auto& there = inside_[problem.waiting_list() * sizes_.size() + size_index_[group]];
    position_[group] = static_cast<std::uint32_t>(there.size());
    there.push_back(group);
  }
}

template <class Cost>
void Arrangement<Cost>::put(std::uint32_t group, std::uint32_t option)
{
  log_.push_back({group, at_[group]});
  auto& left = inside_[place_of(group) * sizes_.size() + size_index_[group]];
  std::uint32_t const last = left.back();
  left[position_[group]] = last;
  position_[last] = position_[group];
  left.pop_back();
  used_[place_of(group)] -= problem_.size[group];
  cost_ += problem_.cost[option] - problem_.cost[at_[group]];
  at_[group] = option;
  used_[place_of(group)] += problem_.size[group];
  auto& entered = inside_[place_of(group) * sizes_.size() + size_index_[group]];
  position_[group] = static_cast<std::uint32_t>(entered.size());
  entered.push_back(group);
}

/// Undoes all moves since `mark`, a former length of the log.
template <class Cost>
void Arrangement<Cost>::take_back(std::size_t mark)
{
  while (log_.size() > mark) {
    Change const change = log_.back();
    put(change.group, change.option);
    log_.resize(log_.size() - 2);
  }
}

template <class Cost>
Cost Arrangement<Cost>::regret(std::uint32_t group) const
{
  std::int32_t const size = problem_.size[group];
  Cost least = priced(at_[group], size);
  Cost const mine = least;
  for (std::uint32_t option = problem_.first[group]; option < problem_.first[group + 1]; ++option)
    least = std::min(least, priced(option, size));
  return mine - least;
}

template <class Cost>
std::vector<std::pair<Cost, std::uint32_t>> Arrangement<Cost>::options_by_price(std::uint32_t group) const
{
  std::vector<std::pair<Cost, std::uint32_t>> options;
  for (std::uint32_t option = problem_.first[group]; option < problem_.last_option(group); ++option)
    options.emplace_back(priced(option, problem_.size[group]), option);
  std::sort(options.begin(), options.end());
  return options;
}

template <class Cost>
bool Arrangement<Cost>::rooms_suit(std::uint32_t group, std::uint32_t place) const
{
  auto const& rooms = constraints_.rooms[place];
  auto needs = constraints_.needs[group];
  if (rooms.empty() || needs.empty()) return true;
  for (std::size_t i = 0; i < sizes_.size(); ++i)
    for (std::uint32_t const other : inside_[place * sizes_.size() + i])
      needs.insert(needs.end(), constraints_.needs[other].begin(), constraints_.needs[other].end());
  return fit_rooms(rooms, needs).fits;
}

/// Whether others and rooms allow the group to be in a place. Capacity is not looked at.
template <class Cost>
bool Arrangement<Cost>::may_enter(std::uint32_t group, std::uint32_t place) const
{
  if (bound_[group] == 0 || place == problem_.waiting_list()) return true;
  for (std::uint32_t const other : apart_[group])
    if (place_of(other) == place) return false;
  return rooms_suit(group, place);
}

/// One group of this size leaves the place, and others of its size move on, up to a place with room: the cheapest chain
/// by Dijkstra over the places. Costs after prices that are negative count as 0, so the chain is good, not always best;
/// chains that would cost `most` or more by this count are not looked for.
template <class Cost>
bool Arrangement<Cost>::shift_out(std::uint32_t start, std::size_t size_index, Cost most)
{
  std::int32_t const size = sizes_[size_index];
  if (inside_[start * sizes_.size() + size_index].empty()) return false;
  Cost dearest_room = 0;
  for (std::uint32_t place = 0; place < price_.size(); ++place)
    if (place != start && room(place) >= size) dearest_room = std::max(dearest_room, price_[place] * size);
  Cost const room_credit = price_[start] * size - dearest_room;
  Cost limit = most < out_of_reach ? most - room_credit + price_[start] * size : out_of_reach;  // of the distance
  if (!(0 < limit)) return false;
  for (std::uint32_t const place : touched_) distance_[place] = out_of_reach;
  touched_.assign(1, start);
  heap_.assign(1, Label{Cost(0), start});
  distance_[start] = 0;
  Cost best = out_of_reach;
  std::uint32_t end = start;
  while (!heap_.empty()) {
    Label const label = heap_.front();
    std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
    heap_.pop_back();
    if (distance_[label.place] < label.distance) continue;
    if (!(label.distance < limit)) break;
    if (label.place != start && room(label.place) >= size) {
      Cost const all = label.distance - price_[label.place] * size;
      if (all < best) {
        best = all;
        end = label.place;
        limit = std::min(limit, best + dearest_room);
      }
      continue;
    }
    for (std::uint32_t const who : inside_[label.place * sizes_.size() + size_index]) {
      Cost const here = priced(at_[who], size);
      for (std::uint32_t option = problem_.first[who]; option < problem_.last_option(who); ++option) {
        std::uint32_t const to = problem_.place[option];
        Cost const distance = label.distance + std::max(Cost(0), priced(option, size) - here);
        if (!(distance < distance_[to]) || !(distance < limit) || (bound_[who] != 0 && !may_enter(who, to))) continue;
        if (distance_[to] == out_of_reach) touched_.push_back(to);
        distance_[to] = distance;
        by_[to] = {who, option};
        heap_.push_back({distance, to});
        std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
      }
    }
  }
  if (end == start) return false;
  while (end != start) {
    Change const step = by_[end];
    end = place_of(step.group);
    put(step.group, step.option);
  }
  return true;
}

/// Frees places by moving out, way 0: the largest groups that are not too large, then smaller ones; way 1: one by one
/// from the smallest; way 2: one group that is large enough.
template <class Cost>
bool Arrangement<Cost>::make_room(std::uint32_t place, std::int32_t wanted, int way, Cost at_most)
{
  auto const missing = [&] { return wanted - room(place); };
  auto const left = [&] { return at_most < out_of_reach ? at_most - cost_ : out_of_reach; };
  if (way == 2) {
    for (std::size_t i = 0; i < sizes_.size(); ++i)
      if (sizes_[i] > missing() && shift_out(place, i, left())) return true;
    return false;
  }
  while (missing() > 0) {
    bool moved = false;
    for (std::size_t k = 0; k < sizes_.size() && !moved; ++k) {
      std::size_t const i = way == 0 ? sizes_.size() - 1 - k : k;
      moved = sizes_[i] <= missing() && shift_out(place, i, left());
    }
    if (!moved) return false;
  }
  return true;
}

/// The moves since `mark`, in order, each with where the group went.
template <class Cost>
std::vector<typename Arrangement<Cost>::Change> Arrangement<Cost>::moves_since(std::size_t mark) const
{
  std::vector<Change> moves;
  for (std::size_t i = mark; i < log_.size(); ++i) moves.push_back({log_[i].group, at_[log_[i].group]});
  return moves;
}

/// Moves a group to an option, with room made in the cheapest of three ways. Nothing changes when the costs of all
/// would not end below `at_most`.
template <class Cost>
bool Arrangement<Cost>::enter_at(std::uint32_t group, std::uint32_t option, Cost at_most)
{
  std::uint32_t const place = problem_.place[option];
  std::int32_t const size = problem_.size[group];
  std::size_t const mark = log_.size();
  Cost const entering = problem_.cost[option] - problem_.cost[at_[group]];
  std::vector<Change> best;
  int const ways = room(place) >= size ? 1 : 3;
  for (int way = 0; way < ways; ++way) {
    Cost const chains = at_most < out_of_reach ? at_most - entering : out_of_reach;
    if (make_room(place, size, way, chains) && may_enter(group, place)) {
      put(group, option);
      if (cost_ < at_most) {
        at_most = cost_;
        best = moves_since(mark);
      }
    }
    take_back(mark);
  }
  for (Change const& move : best) put(move.group, move.option);
  return !best.empty();
}

template <class Cost>
bool Arrangement<Cost>::enter(std::uint32_t group)
{
  Cost const before = cost_ - problem_.cost[at_[group]];
  std::size_t const mark = log_.size();
  Cost least = out_of_reach;
  std::vector<Change> best;
  int tried = 0;
  for (auto const& [price, option] : options_by_price(group)) {
    if (tried == enough_ways) break;  // prices foretell well what room costs
    if (!best.empty() && !(before + problem_.cost[option] < least)) continue;
    if (enter_at(group, option, least)) {
      least = cost_;
      best = moves_since(mark);
      take_back(mark);
    }
    tried += best.empty() ? 0 : 1;
  }
  for (Change const& move : best) put(move.group, move.option);
  log_.clear();
  return !best.empty();
}

template <class Cost>
std::vector<std::uint32_t> Arrangement<Cost>::force(std::uint32_t group, std::uint32_t tries)
{
  std::int32_t const size = problem_.size[group];
  auto const options = options_by_price(group);
  for (std::size_t i = 0; i < options.size(); ++i) {
    std::uint32_t const option = options[(i + tries - 1) % options.size()].second;
    std::uint32_t const place = problem_.place[option];
    std::vector<std::uint32_t> out;
    std::size_t const mark = log_.size();
    for (std::size_t k = sizes_.size(); k-- > 0 && room(place) < size;) {
      if (sizes_[k] >= size) continue;
      auto const& inside = inside_[place * sizes_.size() + k];
      for (std::size_t left = inside.size(); left > 0 && room(place) < size; --left) {
        std::uint32_t const other = inside[(tries * 7 + left) % inside.size()];
        if (is_bound(other)) continue;
        out.push_back(other);
        leave(other);
      }
    }
    if (room(place) >= size && may_enter(group, place)) {
      put(group, option);
      log_.clear();
      return out;
    }
    take_back(mark);
  }
  return {};
}

template <class Cost>
bool Arrangement<Cost>::take_room(std::uint32_t group)
{
  std::uint32_t best = at_[group];
  for (std::uint32_t option = problem_.first[group]; option < problem_.last_option(group); ++option) {
    std::uint32_t const place = problem_.place[option];
    if (problem_.cost[option] < problem_.cost[best] && room(place) >= problem_.size[group] && may_enter(group, place))
      best = option;
  }
  if (best == at_[group]) return false;
  put(group, best);
  return true;
}

template <class Cost>
void Arrangement<Cost>::improve(std::uint32_t group)
{
  std::int32_t const size = problem_.size[group];
  Cost const before = cost_;
  Cost const mine = priced(at_[group], size);
  log_.clear();
  for (auto const& [price, option] : options_by_price(group)) {
    if (!(price < mine)) return;
    leave(group);
    if (enter_at(group, option, before)) {
      log_.clear();
      return;
    }
    take_back(0);
  }
}

template class Arrangement<std::int64_t>;
template class Arrangement<WideCost>;

}  // namespace tutela::detail
