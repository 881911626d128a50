// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <functional>

#include "referral/shift.hpp"

namespace tutela::detail {

template <class Cost>
Shift<Cost>::Shift(Transport<Cost> const& problem)
    : problem_(&problem),
      capacity_(problem.capacity),
      at_(problem.groups()),
      position_(problem.groups()),
      inside_(problem.capacity.size()),
      price_(problem.capacity.size(), 0)
{
  for (std::uint32_t who = 0; who < at_.size(); ++who) {
    auto const first = problem.cost.begin() + problem.first[who];
    auto const last = problem.cost.begin() + problem.first[who + 1];
    at_[who] = static_cast<std::uint32_t>(std::min_element(first, last) - problem.cost.begin());
    auto& there = inside_[place_of(who)];
    position_[who] = static_cast<std::uint32_t>(there.size());
    there.push_back(who);
  }
  Search search;
  for (std::uint32_t place = 0; place < problem.waiting_list(); ++place) settle(place, search);
}

template <class Cost>
Cost Shift<Cost>::cost() const noexcept
{
  Cost sum = 0;
  for (std::uint32_t const option : at_) sum += problem_->cost[option];
  return sum;
}

template <class Cost>
void Shift<Cost>::lower_capacity(std::uint32_t place, std::int32_t capacity)
{
  capacity_[place] = capacity;
  Search search;
  settle(place, search);
}

/// Dijkstra over the places from `start`, up to the first with room. Edges are the moves of who is inside a place,
/// at their cost after prices, which is never negative: a place that is done is never reached at less. `start` when
/// there is none.
template <class Cost>
std::uint32_t Shift<Cost>::nearest_room(std::uint32_t start, Search& search) const
{
  if (search.distance.empty()) {
    search.distance.resize(capacity_.size(), out_of_reach);
    search.by.resize(capacity_.size());
  }
  for (std::uint32_t const place : search.touched) search.distance[place] = out_of_reach;
  search.touched.assign(1, start);
  search.done.clear();
  search.heap.assign(1, Label{Cost(0), start});
  search.distance[start] = 0;
  Cost nearest = out_of_reach;  // least distance of a place with room
  std::uint32_t const* const places = problem_->place.data();
  Cost const* const costs = problem_->cost.data();
  Cost const* const prices = price_.data();
  Cost* const distances = search.distance.data();
  while (!search.heap.empty()) {
    Label const label = search.heap.front();
    std::pop_heap(search.heap.begin(), search.heap.end(), std::greater<>());
    search.heap.pop_back();
    if (search.distance[label.place] < label.distance) continue;
    if (label.place != start && has_room(label.place)) return label.place;
    search.done.push_back(label.place);
    for (std::uint32_t const who : inside_[label.place]) {
      Cost const base = label.distance - problem_->cost[at_[who]] - price_[label.place];
      std::uint32_t const end = problem_->first[who + 1];
      for (std::uint32_t option = problem_->first[who]; option < end; ++option) {
        std::uint32_t const to = places[option];
        Cost const distance = base + costs[option] + prices[to];
        if (!(distance < distances[to]) || !(distance < nearest)) continue;
        if (distances[to] == out_of_reach) search.touched.push_back(to);
        distances[to] = distance;
        search.by[to] = {who, option};
        if (has_room(to)) nearest = distance;
        search.heap.push_back({distance, to});
        std::push_heap(search.heap.begin(), search.heap.end(), std::greater<>());
      }
    }
  }
  return start;
}

template <class Cost>
void Shift<Cost>::settle(std::uint32_t place, Search& search)
{
  while (static_cast<std::int32_t>(inside_[place].size()) > capacity_[place]) {
    std::uint32_t to = nearest_room(place, search);
    if (to == place) {
      fits_ = false;
      return;
    }
    Cost const reached = search.distance[to];
    for (std::uint32_t const passed : search.done) price_[passed] += reached - search.distance[passed];
    while (to != place) {
      Move const step = search.by[to];
      to = place_of(step.who);
      move(step);
    }
  }
}

template <class Cost>
void Shift<Cost>::move(Move step)
{
  auto& left = inside_[place_of(step.who)];
  std::uint32_t const last = left.back();
  left[position_[step.who]] = last;
  position_[last] = position_[step.who];
  left.pop_back();
  at_[step.who] = step.option;
  auto& entered = inside_[place_of(step.who)];
  position_[step.who] = static_cast<std::uint32_t>(entered.size());
  entered.push_back(step.who);
}

template <class Cost>
typename Shift<Cost>::Chain Shift<Cost>::cheapest_exit(std::uint32_t place) const
{
  Chain chain;
  if (inside_[place].empty()) return chain;
  Search search;
  std::uint32_t to = nearest_room(place, search);
  while (to != place) {
    Move const step = search.by[to];
    chain.moves.push_back(step);
    chain.cost += problem_->cost[step.option] - problem_->cost[at_[step.who]];
    to = place_of(step.who);
  }
  std::reverse(chain.moves.begin(), chain.moves.end());
  return chain;
}

/// One search from all places at once: the cheapest chain that ends in each place, whoever starts it leaves a place
/// that is worth its price.
template <class Cost>
std::vector<Cost> Shift<Cost>::worth_of_one_more() const
{
  std::vector<Cost> least = price_;
  std::vector<char> finished(capacity_.size(), 0);
  Queue queue;
  for (std::uint32_t place = 0; place < capacity_.size(); ++place) queue.push({least[place], place});
  while (!queue.empty()) {
    Label const label = queue.top();
    queue.pop();
    if (finished[label.place] != 0) continue;
    finished[label.place] = 1;
    for (std::uint32_t const who : inside_[label.place]) {
      Cost const base = label.distance - problem_->cost[at_[who]] - price_[label.place];
      for (std::uint32_t option = problem_->first[who]; option < problem_->first[who + 1]; ++option) {
        std::uint32_t const to = problem_->place[option];
        Cost const distance = base + problem_->cost[option] + price_[to];
        if (finished[to] != 0 || !(distance < least[to])) continue;
        least[to] = distance;
        queue.push({distance, to});
      }
    }
  }
  std::vector<Cost> worth(capacity_.size());
  for (std::size_t place = 0; place < worth.size(); ++place) worth[place] = price_[place] - least[place];
  return worth;
}

template class Shift<std::int64_t>;
template class Shift<WideCost>;

}  // namespace tutela::detail
