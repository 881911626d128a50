// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "referral/options.hpp"

namespace tutela::inline v0 {
namespace {

using detail::OptionTable;
using Levels = std::vector<std::int64_t>;

/// A table with one arrangement of its groups, and the questions asked of it.
class Arranged {
 public:
  Arranged(OptionTable const& table, std::vector<std::uint32_t> options) : table_(table), at_(std::move(options))
  {
    inside_.resize(table.problem.options.capacity.size());
    room_ = table.problem.options.capacity;
    for (std::uint32_t group = 0; group < at_.size(); ++group) {
      inside_[place_of(group)].push_back(group);
      room_[place_of(group)] -= size(group);
    }
  }

  std::uint32_t option(std::uint32_t group) const { return at_[group]; }
  std::uint32_t place(std::uint32_t option) const { return table_.problem.options.place[option]; }
  std::uint32_t place_of(std::uint32_t group) const { return place(at_[group]); }
  std::uint32_t waiting_list() const { return table_.problem.options.waiting_list(); }
  std::int32_t size(std::uint32_t group) const { return table_.problem.options.size[group]; }
  std::int32_t room(std::uint32_t place) const { return room_[place]; }
  std::vector<std::uint32_t> const& inside(std::uint32_t place) const { return inside_[place]; }
  std::uint32_t first(std::uint32_t group) const { return table_.problem.options.first[group]; }
  std::uint32_t end(std::uint32_t group) const { return table_.problem.options.first[group + 1]; }

  Levels levels(std::uint32_t option) const
  {
    Levels result;
    for (auto const& level : table_.problem.level) result.push_back(level[option]);
    return result;
  }

  /// Whether one option is better than another, by the criteria in their order.
  bool is_better(std::uint32_t one, std::uint32_t other) const
  {
    for (auto const& level : table_.problem.level)
      if (level[one] != level[other]) return level[one] < level[other];
    return false;
  }

  std::optional<Criterion> first_difference(std::uint32_t one, std::uint32_t other) const
  {
    for (std::size_t i = 0; i < table_.criteria.size(); ++i)
      if (table_.problem.level[i][one] != table_.problem.level[i][other]) return table_.criteria[i];
    return std::nullopt;
  }

  bool must_be_apart(std::uint32_t group, std::uint32_t place) const
  {
    for (auto const& [one, other] : table_.constraints.apart)
      if ((one == group && place_of(other) == place) || (other == group && place_of(one) == place)) return true;
    return false;
  }

  bool rooms_suit(std::uint32_t group, std::uint32_t place) const
  {
    auto needs = table_.constraints.needs[group];
    if (needs.empty() || table_.constraints.rooms[place].empty()) return true;
    for (std::uint32_t const other : inside_[place])
      needs.insert(needs.end(), table_.constraints.needs[other].begin(), table_.constraints.needs[other].end());
    return fit_rooms(table_.constraints.rooms[place], needs).fits;
  }

  /// What all would lose, by the criteria, if the group went to `wanted` and whoever costs least left it for a place
  /// with room. Nothing when nobody there could make enough room.
  std::optional<Levels> price_of_entering(std::uint32_t group, std::uint32_t wanted) const
  {
    std::optional<Levels> least;
    Levels sum(table_.problem.level.size());
    std::uint32_t const goal = place(wanted);
    std::uint32_t const mine = place_of(group);
    std::uint32_t const* const place_at = table_.problem.options.place.data();
    std::int32_t const* const room = room_.data();
    for (std::uint32_t const other : inside_[goal]) {
      if (room_[goal] + size(other) < size(group)) continue;
      for (std::uint32_t move = first(other); move < end(other); ++move) {
        std::uint32_t const to = place_at[move];
        std::int32_t const free = to == mine ? room[to] + size(group) : room[to];
        if (free < size(other) || to == goal) continue;
        for (std::size_t i = 0; i < sum.size(); ++i) {
          auto const& level = table_.problem.level[i];
          sum[i] = level[wanted] - level[at_[group]] + level[move] - level[at_[other]];
        }
        if (!least || sum < *least) least = sum;
      }
    }
    return least;
  }

 private:
  OptionTable const& table_;
  std::vector<std::uint32_t> at_;
  std::vector<std::vector<std::uint32_t>> inside_;
  std::vector<std::int32_t> room_;
};

/// Deferred acceptance: groups ask in the order of what suits them, a service keeps whom it suits best.
std::vector<std::uint32_t> defer(OptionTable const& table)
{
  auto const& options = table.problem.options;
  std::vector<std::uint32_t> waiting;
  for (std::uint32_t group = 0; group < options.groups(); ++group) waiting.push_back(options.last_option(group));
  Arranged const nobody(table, waiting);
  std::vector<std::vector<std::uint32_t>> wishes(options.groups());
  for (std::uint32_t group = 0; group < options.groups(); ++group) {
    for (std::uint32_t option = options.first[group]; option < options.last_option(group); ++option)
      wishes[group].push_back(option);
    std::sort(wishes[group].begin(), wishes[group].end(), [&](std::uint32_t a, std::uint32_t b) {
      return nobody.is_better(a, b) || (!nobody.is_better(b, a) && a < b);
    });
  }
  std::vector<std::size_t> next(options.groups(), 0);
  std::vector<std::uint32_t> at = waiting;
  std::vector<std::vector<std::uint32_t>> kept(options.capacity.size());
  std::deque<std::uint32_t> asking;
  for (std::uint32_t group = 0; group < options.groups(); ++group) asking.push_back(group);
  while (!asking.empty()) {
    std::uint32_t const group = asking.front();
    asking.pop_front();
    if (next[group] == wishes[group].size()) continue;
    std::uint32_t const wish = wishes[group][next[group]++];
    std::uint32_t const place = options.place[wish];
    at[group] = wish;
    auto candidates = kept[place];
    candidates.push_back(group);
    std::sort(candidates.begin(), candidates.end(), [&](std::uint32_t a, std::uint32_t b) {
      return nobody.is_better(at[a], at[b]) || (!nobody.is_better(at[b], at[a]) && a < b);
    });
    kept[place].clear();
    std::int32_t room = options.capacity[place];
    std::vector<RoomNeed> needs;
    for (std::uint32_t const one : candidates) {
      auto with = needs;
      with.insert(with.end(), table.constraints.needs[one].begin(), table.constraints.needs[one].end());
      bool keep = options.size[one] <= room;
      keep = keep && (table.constraints.rooms[place].empty() || fit_rooms(table.constraints.rooms[place], with).fits);
      for (auto const& [a, b] : table.constraints.apart)
        for (std::uint32_t const other : kept[place])
          keep = keep && std::pair(std::min(one, other), std::max(one, other)) != std::pair(a, b);
      if (keep) {
        kept[place].push_back(one);
        room -= options.size[one];
        needs = std::move(with);
      } else {
        at[one] = waiting[one];
        asking.push_back(one);
      }
    }
  }
  return at;
}

/// The reason for a group and its runner-up, written into `proposal`.
void give_reason(OptionTable const& table, Arranged const& arranged, AllocationMethod method, std::uint32_t group,
                 ChildProposal& proposal)
{
  std::uint32_t const mine = arranged.option(group);
  std::uint32_t const waiting = arranged.end(group) - 1;
  auto const id = [&](std::uint32_t option) { return table.candidates[arranged.place(option)].service->id; };
  std::uint32_t best = mine;
  std::uint32_t second = waiting;
  for (std::uint32_t option = arranged.first(group); option < waiting; ++option) {
    if (arranged.is_better(option, best)) best = option;
    if (option != mine && (second == waiting || arranged.is_better(option, second))) second = option;
  }
  if (second != waiting) {
    proposal.runner_up = id(second);
    if (!arranged.is_better(second, mine)) proposal.behind_by = arranged.first_difference(second, mine);
  }
  if (mine == waiting) {
    proposal.reason = table.shortage[group].reason;
    proposal.ask = table.shortage[group].ask;
    if (best == waiting || proposal.reason != PlacementReason::all_full) return;
  } else if (best == mine) {
    proposal.reason = PlacementReason::suits_best;
    return;
  }
  std::uint32_t const place = arranged.place(best);
  proposal.better = id(best);
  if (mine != waiting) proposal.better_by = arranged.first_difference(best, mine);
  std::int32_t const room = arranged.room(place);
  if (arranged.must_be_apart(group, place)) {
    proposal.reason = PlacementReason::must_be_apart;
  } else if (room >= arranged.size(group) || !arranged.rooms_suit(group, place)) {
    proposal.reason = PlacementReason::rooms_do_not_suit;
  } else if (room > 0) {
    proposal.reason = PlacementReason::no_room_together;
  } else if (method == AllocationMethod::deferred_acceptance) {
    proposal.reason = PlacementReason::another_first;
    for (std::uint32_t const other : arranged.inside(place))
      if (arranged.is_better(arranged.option(other), best))
        proposal.decided_by = arranged.first_difference(arranged.option(other), best);
    if (!proposal.decided_by) proposal.reason = PlacementReason::equal_claim;
  } else if (auto const price = arranged.price_of_entering(group, best)) {
    proposal.reason = PlacementReason::equal_claim;
    for (std::size_t i = 0; i < price->size(); ++i) {
      if ((*price)[i] == 0) continue;
      proposal.reason = PlacementReason::another_first;
      if ((*price)[i] > 0) proposal.decided_by = table.criteria[i];
      break;
    }
  } else {
    proposal.reason = mine == waiting ? PlacementReason::all_full : PlacementReason::another_first;
  }
}

AllocationProposal propose(Network const& network, AllocationRequest const& request, OptionTable const& table,
                           detail::LeveledPlacement const& found)
{
  AllocationProposal proposal;
  proposal.children.resize(request.children.size());
  Arranged const arranged(table, found.option);
  for (std::uint32_t group = 0; group < table.members.size(); ++group) {
    ChildProposal shared;
    give_reason(table, arranged, request.method, group, shared);
    std::uint32_t const place = arranged.place_of(group);
    for (std::uint32_t const member : table.members[group]) {
      ChildProposal& child = proposal.children[member];
      child = shared;
      child.child = request.children[member].id;
      if (place == arranged.waiting_list()) continue;
      child.service = table.candidates[place].service->id;
      child.state = HopState::certain;
      if (table.problem.level[1][found.option[group]] == 0) continue;  // all of them are certainly admitted
      auto admission = detail::admit(network, request, request.children[member], *table.candidates[place].service);
      child.state = admission.state;
      child.ask = std::move(admission.ask);
    }
  }
  for (std::size_t i = 0; i < table.criteria.size(); ++i)
    proposal.criteria.push_back({table.criteria[i], found.sum[i], found.bound[i]});
  return proposal;
}

Diagnostic too_large()
{
  return {Code::limit_reached,
          Severity::error,
          {},
          "the criteria together are too large for exact numbers",
          "allocate a part of the list, or leave out a criterion"};
}

}  // namespace

bool AllocationProposal::is_best() const noexcept
{
  return std::all_of(criteria.begin(), criteria.end(), [](CriterionSum const& sum) { return sum.value == sum.bound; });
}

Result<AllocationProposal> allocate(Network const& network, AllocationRequest const& request, Limits const& limits)
{
  auto const table = detail::build_options(network, request, limits);
  if (!table) return table.diagnostics();
  bool const deferred = request.method == AllocationMethod::deferred_acceptance;
  auto found = detail::place_by_levels(table->problem, table->constraints, deferred ? 0 : limits.search_steps);
  if (!found) return too_large();
  if (deferred) {
    found->option = defer(*table);
    for (std::size_t i = 0; i < found->sum.size(); ++i) {
      found->sum[i] = 0;
      for (std::uint32_t const option : found->option) found->sum[i] += table->problem.level[i][option];
    }
  }
  return propose(network, request, *table, *found);
}

Result<std::vector<JustifiedEnvy>> justified_envy(Network const& network, AllocationRequest const& request,
                                                  AllocationProposal const& proposal, Limits const& limits)
{
  auto const table = detail::build_options(network, request, limits);
  if (!table) return table.diagnostics();
  auto const& options = table->problem.options;
  std::vector<std::uint32_t> at;
  for (std::uint32_t group = 0; group < table->members.size(); ++group) {
    std::uint32_t const member = table->members[group].front();
    at.push_back(options.last_option(group));
    if (member >= proposal.children.size() || !proposal.children[member].service) continue;
    for (std::uint32_t option = options.first[group]; option < options.last_option(group); ++option)
      if (table->candidates[options.place[option]].service->id == *proposal.children[member].service)
        at[group] = option;
  }
  Arranged const arranged(*table, at);
  std::vector<JustifiedEnvy> result;
  auto const first = [&](std::uint32_t group) { return request.children[table->members[group].front()].id; };
  for (std::uint32_t group = 0; group < at.size(); ++group)
    for (std::uint32_t option = options.first[group]; option < options.last_option(group); ++option) {
      if (!arranged.is_better(option, at[group])) continue;
      std::uint32_t const place = options.place[option];
      for (std::uint32_t const other : arranged.inside(place)) {
        if (!arranged.is_better(option, arranged.option(other))) continue;
        result.push_back({first(group), table->candidates[place].service->id, first(other)});
        break;
      }
    }
  return result;
}

}  // namespace tutela::inline v0
