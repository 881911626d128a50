// SPDX-License-Identifier: Apache-2.0
/// \file
/// Where each group is just now, and chains of moves that make room; every try can be taken back (internal).
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "referral/group_search.hpp"
#include "referral/transport.hpp"

namespace tutela::detail {

template <class Cost>
class Arrangement {
 public:
  /// Everybody waits. \param price What one more capacity of each place is worth to the split problem: a guide.
  Arrangement(Transport<Cost> const& problem, Constraints const& constraints, std::vector<Cost> price);

  std::vector<std::uint32_t> const& options() const noexcept { return at_; }
  std::vector<std::int32_t> const& sizes() const noexcept { return sizes_; }
  Cost cost() const noexcept { return cost_; }
  std::uint32_t place_of(std::uint32_t group) const noexcept { return problem_.place[at_[group]]; }
  std::int32_t room(std::uint32_t place) const noexcept { return problem_.capacity[place] - used_[place]; }

  /// True for a group that must be apart from another or needs certain rooms.
  bool is_bound(std::uint32_t group) const noexcept { return bound_[group] != 0; }

  /// Moves a group to one of its options, or back to the waiting list.
  void put(std::uint32_t group, std::uint32_t option);
  void leave(std::uint32_t group) { put(group, problem_.last_option(group)); }

  /// By how much the group's option is dearer, after prices, than its cheapest one.
  Cost regret(std::uint32_t group) const;

  /// Moves a waiting group to the cheapest option for which room can be made. False when it has to wait.
  bool enter(std::uint32_t group);

  /// Moves a waiting group in and sends smaller ones back; returns those. Empty when no option allows that.
  std::vector<std::uint32_t> force(std::uint32_t group, std::uint32_t tries);

  /// Moves a group to its cheapest option that has room as it is, when that is cheaper. False when it is not.
  bool take_room(std::uint32_t group);

  /// Tries each option that is better after prices; keeps the first that lowers all costs.
  void improve(std::uint32_t group);

 private:
  struct Change {
    std::uint32_t group;
    std::uint32_t option;  ///< Where it was.
  };
  struct Label {
    Cost distance;
    std::uint32_t place;
    friend bool operator>(Label const& a, Label const& b) noexcept
    {
      return b.distance < a.distance || (b.distance == a.distance && a.place > b.place);
    }
  };

  static constexpr int enough_ways = 4;  ///< Options tried once one is found.
  static constexpr Cost out_of_reach = (Cost(1) << (8 * sizeof(Cost) - 2));

  Cost priced(std::uint32_t option, std::int32_t size) const noexcept
  {
    return problem_.cost[option] + price_[problem_.place[option]] * size;
  }
  bool may_enter(std::uint32_t group, std::uint32_t place) const;
  bool rooms_suit(std::uint32_t group, std::uint32_t place) const;
  bool shift_out(std::uint32_t start, std::size_t size_index, Cost most);
  bool make_room(std::uint32_t place, std::int32_t wanted, int way, Cost at_most);
  bool enter_at(std::uint32_t group, std::uint32_t option, Cost at_most);
  void take_back(std::size_t mark);
  std::vector<Change> moves_since(std::size_t mark) const;
  std::vector<std::pair<Cost, std::uint32_t>> options_by_price(std::uint32_t group) const;

  Transport<Cost> const& problem_;
  Constraints const& constraints_;
  std::vector<Cost> price_;
  std::vector<std::int32_t> sizes_;                 ///< Distinct sizes, ascending.
  std::vector<std::uint32_t> size_index_;           ///< Of each group, in `sizes_`.
  std::vector<char> bound_;                         ///< Of each group.
  std::vector<std::vector<std::uint32_t>> apart_;   ///< Of each group.
  std::vector<std::uint32_t> at_;                   ///< Option of each group.
  std::vector<std::uint32_t> position_;             ///< Of each group, in `inside_`.
  std::vector<std::vector<std::uint32_t>> inside_;  ///< Groups by place and size.
  std::vector<std::int32_t> used_;                  ///< People in each place.
  Cost cost_ = 0;
  std::vector<Change> log_;
  // what one search over the places keeps
  std::vector<Cost> distance_;
  std::vector<Change> by_;
  std::vector<Label> heap_;
  std::vector<std::uint32_t> touched_;
};

extern template class Arrangement<std::int64_t>;
extern template class Arrangement<WideCost>;

}  // namespace tutela::detail
