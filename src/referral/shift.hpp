// SPDX-License-Identifier: Apache-2.0
/// \file
/// Exact placing of single people by chains of moves: the cold solver, and the repair after a change (internal).
#pragma once

#include <cstdint>
#include <optional>
#include <queue>
#include <vector>

#include "referral/transport.hpp"

namespace tutela::detail {

/// One step of a chain: somebody moves to another of their options.
struct Move {
  std::uint32_t who = 0;
  std::uint32_t option = 0;
};

/// An arrangement of single people that is always optimal for what the places hold, and stays so after changes.
///
/// Everybody starts at the cheapest option. While a place holds too many, one person leaves it by the cheapest chain
/// of moves that ends at a free place. Each place has a price, 0 while it has room; everybody always is where cost
/// plus price is least. This is the primal-dual method for the transportation problem.
/// \source{Ahuja, Magnanti, Orlin, Network Flows, 1993, sections 9.7-9.8, 12.4}
template <class Cost>
class Shift {
 public:
  /// Arranges everybody. `problem` must outlive this; all sizes are 1.
  explicit Shift(Transport<Cost> const& problem);

  /// Sets what a place takes and moves people until it fits. Raising a capacity needs a new arrangement.
  void lower_capacity(std::uint32_t place, std::int32_t capacity);

  std::vector<std::uint32_t> const& options() const noexcept { return at_; }
  std::vector<Cost> const& prices() const noexcept { return price_; }
  Cost cost() const noexcept;

  /// False when somebody has too few options for everybody to be anywhere; never where all may wait.
  bool fits() const noexcept { return fits_; }

  /// The least by which all costs rise when one person has to leave a place, and the chain of moves.
  struct Chain {
    Cost cost = 0;
    std::vector<Move> moves;  ///< First the one who leaves the place.
  };
  Chain cheapest_exit(std::uint32_t place) const;

  /// By how much all costs fall with one more capacity at each place.
  std::vector<Cost> worth_of_one_more() const;

 private:
  struct Label {
    Cost distance;
    std::uint32_t place;
    friend bool operator>(Label const& a, Label const& b) noexcept
    {
      return b.distance < a.distance || (b.distance == a.distance && a.place > b.place);
    }
  };
  using Queue = std::priority_queue<Label, std::vector<Label>, std::greater<>>;

  static constexpr Cost out_of_reach = (Cost(1) << (8 * sizeof(Cost) - 2));

  /// What a search over the places keeps; only touched entries are reset.
  struct Search {
    std::vector<Cost> distance;
    std::vector<Move> by;  ///< The move that led to each place.
    std::vector<std::uint32_t> touched;
    std::vector<std::uint32_t> done;
    std::vector<Label> heap;
  };

  std::uint32_t place_of(std::uint32_t who) const noexcept { return problem_->place[at_[who]]; }
  bool has_room(std::uint32_t place) const noexcept
  {
    return place == problem_->waiting_list() || static_cast<std::int32_t>(inside_[place].size()) < capacity_[place];
  }
  std::uint32_t nearest_room(std::uint32_t start, Search& search) const;
  void settle(std::uint32_t place, Search& search);
  void move(Move step);

  Transport<Cost> const* problem_;
  std::vector<std::int32_t> capacity_;
  std::vector<std::uint32_t> at_;  ///< Option of each person.
  std::vector<std::uint32_t> position_;
  std::vector<std::vector<std::uint32_t>> inside_;  ///< People in each place; `position_` is the place among them.
  std::vector<Cost> price_;
  bool fits_ = true;
};

extern template class Shift<std::int64_t>;
extern template class Shift<WideCost>;

}  // namespace tutela::detail
