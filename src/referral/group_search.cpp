// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <functional>

#include "referral/arrangement.hpp"
#include "referral/branch.hpp"
#include "referral/group_search.hpp"
#include "referral/shift.hpp"

namespace tutela::detail {
namespace {

/// The steps that lead from the problem with split groups to an arrangement of whole ones.
template <class Cost>
class GroupSearch {
 public:
  GroupSearch(Transport<Cost> const& problem, Constraints const& constraints, std::size_t steps)
      : problem_(problem),
        constraints_(constraints),
        all_steps_(steps),
        steps_(steps),
        split_(split(problem)),
        relaxed_(split_.problem),
        scaled_(problem)
  {
    for (Cost& cost : scaled_.cost) cost *= split_.scale;
    arrangement_.emplace(scaled_, constraints, relaxed_.worth_of_one_more());
  }

  Placement<Cost> run()
  {
    keep_whole();
    enter_rest();
    polish();
    for (bool moved = true; moved;) {
      moved = false;
      for (std::uint32_t group = 0; group < problem_.groups(); ++group) moved = arrangement_->take_room(group) || moved;
    }
    Placement<Cost> result;
    result.option = arrangement_->options();
    for (std::uint32_t const option : result.option) result.cost += problem_.cost[option];
    result.bound = (relaxed_.cost() + split_.scale - 1) / split_.scale;
    std::size_t const nodes = all_steps_ / (split_.problem.place.size() + 1);  // one relaxation looks at each option
    if (result.bound < result.cost && nodes > 1) branch(problem_, constraints_, nodes, result);
    return result;
  }

 private:
  /// Groups that the split problem leaves together stay where they are.
  void keep_whole()
  {
    for (std::uint32_t group = 0, person = 0; group < problem_.groups(); ++group) {
      auto const size = static_cast<std::uint32_t>(problem_.size[group]);
      auto const option_of = [&](std::uint32_t who) { return relaxed_.options()[who] - split_.problem.first[who]; };
      std::uint32_t const option = option_of(person);
      bool whole = !arrangement_->is_bound(group);
      for (std::uint32_t other = 1; other < size; ++other) whole = whole && option_of(person + other) == option;
      person += size;
      if (whole) {
        arrangement_->put(group, problem_.first[group] + option);
      } else {
        waiting_.push_back(group);
      }
    }
  }

  /// The others enter: first who is bound by rooms or by others, then the largest.
  void enter_rest()
  {
    std::vector<std::uint32_t> tries(problem_.groups(), 0);
    auto const later = [&](std::uint32_t a, std::uint32_t b) {
      auto const key = [&](std::uint32_t group) {
        return std::tuple(!arrangement_->is_bound(group), -problem_.size[group], group);
      };
      return key(b) < key(a);
    };
    std::make_heap(waiting_.begin(), waiting_.end(), later);
    while (!waiting_.empty()) {
      std::pop_heap(waiting_.begin(), waiting_.end(), later);
      std::uint32_t const group = waiting_.back();
      waiting_.pop_back();
      if (arrangement_->enter(group)) continue;
      if (tries[group]++ == most_tries) continue;
      for (std::uint32_t const out : arrangement_->force(group, tries[group])) {
        waiting_.push_back(out);
        std::push_heap(waiting_.begin(), waiting_.end(), later);
      }
    }
  }

  void polish()
  {
    for (int round = 0; round < most_rounds; ++round) {
      Cost const before = arrangement_->cost();
      for (std::int32_t const size : arrangement_->sizes()) arrange_size(size);
      std::size_t const left = steps_;
      retry_dear();
      if (!(arrangement_->cost() < before) || left == 0) return;
    }
  }

  /// Places one size anew, exactly, among the slots that the other sizes leave.
  void arrange_size(std::int32_t size)
  {
    Transport<Cost> slots;
    std::vector<std::uint32_t> who;
    std::vector<std::int32_t> inside(problem_.capacity.size(), 0);
    slots.first.push_back(0);
    for (std::uint32_t group = 0; group < problem_.groups(); ++group) {
      if (problem_.size[group] != size || arrangement_->is_bound(group)) continue;
      who.push_back(group);
      ++inside[arrangement_->place_of(group)];
      auto const begin = problem_.first[group];
      auto const end = problem_.first[group + 1];
      slots.place.insert(slots.place.end(), problem_.place.begin() + begin, problem_.place.begin() + end);
      slots.cost.insert(slots.cost.end(), scaled_.cost.begin() + begin, scaled_.cost.begin() + end);
      slots.first.push_back(static_cast<std::uint32_t>(slots.place.size()));
    }
    slots.size.assign(who.size(), 1);
    for (std::uint32_t place = 0; place < inside.size(); ++place)
      slots.capacity.push_back(arrangement_->room(place) / size + inside[place]);
    Shift<Cost> const best(slots);
    for (std::uint32_t i = 0; i < who.size(); ++i) arrangement_->leave(who[i]);
    for (std::uint32_t i = 0; i < who.size(); ++i)
      arrangement_->put(who[i], problem_.first[who[i]] + (best.options()[i] - slots.first[i]));
  }

  /// Groups that are dearer than the prices allow try to enter elsewhere; what does not pay is taken back.
  void retry_dear()
  {
    std::vector<std::pair<Cost, std::uint32_t>> dear;
    for (std::uint32_t group = 0; group < problem_.groups(); ++group)
      if (Cost const regret = arrangement_->regret(group); regret > 0) dear.emplace_back(regret, group);
    std::sort(dear.begin(), dear.end(), std::greater<>());
    for (auto const& [regret, group] : dear) {
      if (steps_ == 0) return;
      --steps_;
      arrangement_->improve(group);
    }
  }

  static constexpr std::uint32_t most_tries = 30;
  static constexpr int most_rounds = 12;

  Transport<Cost> const& problem_;
  Constraints const& constraints_;
  std::size_t all_steps_;
  std::size_t steps_;
  SplitTransport<Cost> split_;
  Shift<Cost> relaxed_;
  Transport<Cost> scaled_;
  std::optional<Arrangement<Cost>> arrangement_;
  std::vector<std::uint32_t> waiting_;
};

}  // namespace

template <class Cost>
Placement<Cost> place_groups(Transport<Cost> const& problem, Constraints const& constraints, std::size_t steps)
{
  return GroupSearch<Cost>(problem, constraints, steps).run();
}

template Placement<std::int64_t> place_groups(Transport<std::int64_t> const&, Constraints const&, std::size_t);
template Placement<WideCost> place_groups(Transport<WideCost> const&, Constraints const&, std::size_t);

}  // namespace tutela::detail
