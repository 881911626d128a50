// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include "referral/branch.hpp"
#include "referral/shift.hpp"

namespace tutela::detail {
namespace {

/// One question of the search: which options are still open.
using Open = std::vector<char>;

template <class Cost>
class Branching {
 public:
  Branching(Transport<Cost> const& problem, Constraints const& constraints, Placement<Cost>& best)
      : problem_(problem), constraints_(constraints), best_(best)
  {
  }

  /// Depth first without recursion; the more likely half first.
  bool run(std::size_t nodes)
  {
    std::vector<Open> stack{Open(problem_.place.size(), 1)};
    while (!stack.empty()) {
      if (nodes-- == 0) return false;
      Open open = std::move(stack.back());
      stack.pop_back();
      std::optional<std::uint32_t> const option = look(open);
      if (!option) continue;
      Open without = open;
      without[*option] = 0;
      stack.push_back(std::move(without));
      fix(open, *option);
      stack.push_back(std::move(open));
    }
    return true;
  }

 private:
  std::uint32_t group_of(std::uint32_t option) const
  {
    auto const after = std::upper_bound(problem_.first.begin(), problem_.first.end(), option);
    return static_cast<std::uint32_t>(after - problem_.first.begin()) - 1;
  }

  /// The group takes this option; who must be apart from it cannot be there.
  void fix(Open& open, std::uint32_t option) const
  {
    std::uint32_t const group = group_of(option);
    for (std::uint32_t other = problem_.first[group]; other < problem_.first[group + 1]; ++other)
      open[other] = other == option;
    std::uint32_t const place = problem_.place[option];
    if (place == problem_.waiting_list()) return;
    for (auto const& [one, another] : constraints_.apart) {
      if (one != group && another != group) continue;
      std::uint32_t const partner = one == group ? another : one;
      for (std::uint32_t other = problem_.first[partner]; other < problem_.first[partner + 1]; ++other)
        if (problem_.place[other] == place) open[other] = 0;
    }
  }

  /// Solves the split problem over the open options. Keeps it when it is an arrangement that is better; else returns an
  /// option to branch on, or nothing when no arrangement below can be better.
  std::optional<std::uint32_t> look(Open const& open)
  {
    Transport<Cost> part;
    std::vector<std::uint32_t> origin;
    part.capacity = problem_.capacity;
    part.size = problem_.size;
    part.first.push_back(0);
    for (std::uint32_t group = 0; group < problem_.groups(); ++group) {
      for (std::uint32_t option = problem_.first[group]; option < problem_.first[group + 1]; ++option) {
        if (open[option] == 0) continue;
        part.place.push_back(problem_.place[option]);
        part.cost.push_back(problem_.cost[option]);
        origin.push_back(option);
      }
      if (origin.size() == part.first.back()) return std::nullopt;  // nowhere left, not even the waiting list
      part.first.push_back(static_cast<std::uint32_t>(origin.size()));
    }
    SplitTransport<Cost> const divided = split(part);
    Shift<Cost> const relaxed(divided.problem);
    if (!relaxed.fits()) return std::nullopt;
    if (!((relaxed.cost() + divided.scale - 1) / divided.scale < best_.cost)) return std::nullopt;
    std::vector<std::uint32_t> chosen(problem_.groups(), UINT32_MAX);
    for (std::uint32_t person = 0; person < divided.group.size(); ++person) {
      std::uint32_t const group = divided.group[person];
      std::uint32_t const option =
          origin[part.first[group] + (relaxed.options()[person] - divided.problem.first[person])];
      if (chosen[group] == UINT32_MAX) chosen[group] = option;
      if (chosen[group] != option) return option;  // a group that is split
    }
    if (auto const broken = breaks(chosen, open)) return *broken == dead_end ? std::nullopt : broken;
    Cost cost = 0;
    for (std::uint32_t const option : chosen) cost += problem_.cost[option];
    if (cost < best_.cost) best_.option = chosen, best_.cost = cost;
    return std::nullopt;
  }

  bool is_fixed(std::uint32_t group, Open const& open) const
  {
    return std::count(open.begin() + problem_.first[group], open.begin() + problem_.first[group + 1], 1) == 1;
  }

  /// An option of a group that is not fixed yet and has part in a broken bound; `dead_end` when all of them are fixed;
  /// nothing when all bounds are kept.
  std::optional<std::uint32_t> breaks(std::vector<std::uint32_t> const& chosen, Open const& open) const
  {
    auto const pick = [&](std::vector<std::uint32_t> const& groups) {
      for (std::uint32_t const group : groups)
        if (!is_fixed(group, open)) return chosen[group];
      return dead_end;
    };
    for (auto const& [one, other] : constraints_.apart) {
      std::uint32_t const place = problem_.place[chosen[one]];
      if (place == problem_.waiting_list() || place != problem_.place[chosen[other]]) continue;
      return pick({one, other});
    }
    for (std::uint32_t place = 0; place < problem_.waiting_list(); ++place) {
      if (constraints_.rooms[place].empty()) continue;
      std::vector<std::uint32_t> who;
      std::vector<RoomNeed> needs;
      for (std::uint32_t group = 0; group < chosen.size(); ++group) {
        if (problem_.place[chosen[group]] != place || constraints_.needs[group].empty()) continue;
        who.push_back(group);
        needs.insert(needs.end(), constraints_.needs[group].begin(), constraints_.needs[group].end());
      }
      if (!fit_rooms(constraints_.rooms[place], needs).fits) return pick(who);
    }
    return std::nullopt;
  }

  static constexpr std::uint32_t dead_end = UINT32_MAX;

  Transport<Cost> const& problem_;
  Constraints const& constraints_;
  Placement<Cost>& best_;
};

}  // namespace

template <class Cost>
void branch(Transport<Cost> const& problem, Constraints const& constraints, std::size_t nodes, Placement<Cost>& found)
{
  if (Branching<Cost>(problem, constraints, found).run(nodes)) found.bound = found.cost;
}

template void branch(Transport<std::int64_t> const&, Constraints const&, std::size_t, Placement<std::int64_t>&);
template void branch(Transport<WideCost> const&, Constraints const&, std::size_t, Placement<WideCost>&);

}  // namespace tutela::detail
