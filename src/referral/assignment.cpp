// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <string>

#include <tutela/referral/assignment.hpp>
#include "referral/levels.hpp"
#include "referral/shift.hpp"

namespace tutela::inline v0 {
namespace {

using detail::Constraints;
using detail::LeveledProblem;

/// Reports what is wrong with a problem, at its place.
class Checker {
 public:
  Checker(AssignmentProblem const& problem, Limits const& limits)
      : problem_(problem), limits_(limits), diagnostics_(limits.diagnostics)
  {
  }

  Diagnostics run()
  {
    std::size_t options = 0;
    for (std::size_t i = 0; i < problem_.places.size(); ++i) {
      here_ = "/places/" + std::to_string(i);
      not_negative("capacity", problem_.places[i].capacity);
      for (RoomSupply const& room : problem_.places[i].rooms) not_negative("rooms", room.places);
    }
    for (std::size_t i = 0; i < problem_.groups.size(); ++i) {
      here_ = "/groups/" + std::to_string(i);
      check(problem_.groups[i], i);
      options += problem_.groups[i].options.size() * static_cast<std::size_t>(std::max(1, problem_.groups[i].people));
    }
    for (std::size_t i = 0; i < problem_.apart.size(); ++i) {
      here_ = "/apart/" + std::to_string(i);
      auto const& [one, other] = problem_.apart[i];
      if (one >= problem_.groups.size() || other >= problem_.groups.size())
        error(Code::dangling_reference, "", "there is no such group");
      else if (one == other)
        error(Code::invalid_request, "", "a group cannot be apart from itself");
    }
    here_.clear();
    if (options > limits_.elements || problem_.groups.size() > limits_.elements ||
        problem_.places.size() > limits_.elements)
      error(Code::limit_reached, "", "the limit \"elements\" is reached", "raise it, or give each group fewer options");
    return std::move(diagnostics_);
  }

 private:
  void check(AssignmentGroup const& group, std::size_t number)
  {
    if (group.people < 1) error(Code::out_of_range, "people", "a group has 1 person or more");
    not_negative("waiting_cost", group.waiting_cost);
    std::int64_t people = 0;
    for (RoomNeed const& need : group.needs) {
      not_negative("needs", need.people);
      people += std::max<std::int64_t>(0, need.people);
    }
    if (people > group.people) error(Code::out_of_range, "needs", "more people need rooms than the group has");
    seen_.resize(problem_.places.size(), problem_.groups.size());
    for (AssignmentOption const& option : group.options) {
      not_negative("options", option.cost);
      if (option.place >= problem_.places.size())
        error(Code::dangling_reference, "options", "there is no such place");
      else if (std::exchange(seen_[option.place], number) == number)
        error(Code::duplicate_id, "options", "a place stands twice among the options");
    }
  }

  void not_negative(std::string_view key, std::int64_t number)
  {
    if (number < 0) error(Code::out_of_range, key, "the number is negative", "0 or more is expected");
  }

  void error(Code code, std::string_view key, std::string what, std::string mend = {})
  {
    Place place;
    place.pointer = key.empty() ? here_ : here_ + "/" + std::string(key);
    diagnostics_.error(code, std::move(place), std::move(what), std::move(mend));
  }

  AssignmentProblem const& problem_;
  Limits const& limits_;
  Diagnostics diagnostics_;
  std::string here_;
  std::vector<std::size_t> seen_;  ///< Last group that named each place.
};

/// Two criteria: people who wait, then costs.
LeveledProblem leveled(AssignmentProblem const& problem)
{
  LeveledProblem result;
  auto& options = result.options;
  result.level.resize(2);
  std::int64_t people = 0;
  for (AssignmentGroup const& group : problem.groups) people += group.people;
  for (AssignmentPlace const& place : problem.places) {
    std::int64_t capacity = std::min(place.capacity, people);
    if (!place.rooms.empty()) {
      std::int64_t rooms = 0;
      for (RoomSupply const& room : place.rooms) rooms += std::min(room.places, people);
      capacity = std::min(capacity, rooms);
    }
    options.capacity.push_back(static_cast<std::int32_t>(capacity));
  }
  options.capacity.push_back(static_cast<std::int32_t>(people));
  options.first.push_back(0);
  auto const add = [&](std::uint32_t place, std::int64_t waiting, std::int64_t cost) {
    options.place.push_back(place);
    result.level[0].push_back(waiting);
    result.level[1].push_back(cost);
  };
  for (AssignmentGroup const& group : problem.groups) {
    options.size.push_back(group.people);
    for (AssignmentOption const& option : group.options)
      if (group.people == 1 || group.people <= options.capacity[option.place]) add(option.place, 0, option.cost);
    add(options.waiting_list(), group.people, group.waiting_cost);
    options.first.push_back(static_cast<std::uint32_t>(options.place.size()));
  }
  return result;
}

Constraints constraints_of(AssignmentProblem const& problem)
{
  Constraints result;
  result.apart = problem.apart;
  for (AssignmentGroup const& group : problem.groups) result.needs.push_back(group.needs);
  for (AssignmentPlace const& place : problem.places) result.rooms.push_back(place.rooms);
  result.rooms.emplace_back();
  return result;
}

Diagnostic too_large()
{
  return {Code::out_of_range, Severity::error, {}, "the costs together are too large", "give costs in a coarser unit"};
}

Diagnostic not_plain()
{
  return {Code::invalid_request,
          Severity::error,
          {},
          "groups of several people, pairs apart or needs of rooms are not possible here",
          "call assign for each change"};
}

std::vector<std::uint32_t> places_of(LeveledProblem const& problem, std::vector<std::uint32_t> const& options)
{
  std::vector<std::uint32_t> places;
  for (std::uint32_t const option : options) {
    std::uint32_t const place = problem.options.place[option];
    places.push_back(place == problem.options.waiting_list() ? no_place : place);
  }
  return places;
}

template <class Cost>
std::vector<AssignmentPlan> without_each(LeveledProblem const& problem, detail::Packed<Cost> const& packed)
{
  detail::Shift<Cost> const open(packed.problem);
  std::vector<AssignmentPlan> plans;
  for (std::uint32_t place = 0; place < problem.options.waiting_list(); ++place) {
    detail::Shift<Cost> closed = open;
    closed.lower_capacity(place, 0);
    AssignmentPlan plan;
    plan.place = places_of(problem, closed.options());
    for (std::uint32_t const option : closed.options()) {
      plan.waiting += problem.level[0][option];
      plan.cost += problem.level[1][option];
    }
    plan.waiting_bound = plan.waiting;
    plan.cost_bound = plan.cost;
    plans.push_back(std::move(plan));
  }
  return plans;
}

template <class Cost>
std::vector<PlaceWorth> worth_of(LeveledProblem const& problem, detail::Packed<Cost> const& packed)
{
  detail::Shift<Cost> const open(packed.problem);
  std::vector<PlaceWorth> result;
  for (Cost const worth : open.worth_of_one_more()) {
    if (result.size() == problem.options.waiting_list()) break;
    // worth = waiting * weight + cost, where the cost may be negative; at most one person fewer waits.
    std::int64_t waiting = static_cast<std::int64_t>(worth / packed.weight[0]);
    if (worth - packed.weight[0] * waiting > packed.weight[0] / 2) ++waiting;
    result.push_back({waiting, static_cast<std::int64_t>(worth - packed.weight[0] * waiting)});
  }
  return result;
}

/// Checks a plain problem, packs it and runs `work` on it.
template <class Answer, class Work>
Result<std::vector<Answer>> on_plain(AssignmentProblem const& problem, Limits const& limits, Work const& work)
{
  Diagnostics diagnostics = Checker(problem, limits).run();
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  LeveledProblem const levels = leveled(problem);
  if (!detail::is_plain(levels.options, constraints_of(problem))) return not_plain();
  if (auto const narrow = detail::pack<std::int64_t>(levels)) return work(levels, *narrow);
  if (auto const wide = detail::pack<detail::WideCost>(levels)) return work(levels, *wide);
  return too_large();
}

}  // namespace

Result<AssignmentPlan> assign(AssignmentProblem const& problem, Limits const& limits)
{
  Diagnostics diagnostics = Checker(problem, limits).run();
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  LeveledProblem const levels = leveled(problem);
  auto const found = detail::place_by_levels(levels, constraints_of(problem), limits.search_steps);
  if (!found) return too_large();
  AssignmentPlan plan;
  plan.place = places_of(levels, found->option);
  plan.waiting = found->sum[0];
  plan.cost = found->sum[1];
  plan.waiting_bound = found->bound[0];
  plan.cost_bound = found->bound[1];
  return plan;
}

Result<std::vector<AssignmentPlan>> assign_without_each(AssignmentProblem const& problem, Limits const& limits)
{
  return on_plain<AssignmentPlan>(problem, limits,
                                  [](auto const& levels, auto const& packed) { return without_each(levels, packed); });
}

Result<std::vector<PlaceWorth>> worth_of_one_more(AssignmentProblem const& problem, Limits const& limits)
{
  return on_plain<PlaceWorth>(problem, limits,
                              [](auto const& levels, auto const& packed) { return worth_of(levels, packed); });
}

}  // namespace tutela::inline v0
