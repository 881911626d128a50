// SPDX-License-Identifier: Apache-2.0
/// \file
/// Plans that read joint inputs, on cases of which something is missing.
#include "rules/partial_run.hpp"

#include <algorithm>
#include <utility>

#include "rules/possibilities.hpp"

namespace tutela::detail {

bool PartialRun::set(std::size_t fact, std::uint32_t place, bool uncertain)
{
  open_[fact] = nullptr;
  return run_.set(fact, place, uncertain);
}

bool PartialRun::leave_open(std::size_t fact, OpenInput const& open)
{
  open_[fact] = &open;
  classes_.clear();
  for (auto const place : open.places) {
    auto const found = plan().facts[fact].class_of[place];
    if (found == no_class) return false;
    if (std::find(classes_.begin(), classes_.end(), found) == classes_.end()) classes_.push_back(found);
  }
  if (classes_.empty()) return false;
  run_.leave_open(fact, classes_);
  return true;
}

bool PartialRun::set_value(std::size_t fact, FactLine const& line, Value const& value, IsAbsent const& is_absent)
{
  auto const& joint = joint_[*plan().facts[fact].joint];
  if (auto open = open_input(joint, line, value, is_absent)) {
    kept_.resize(open_.size());
    kept_[fact] = std::make_unique<OpenInput const>(*std::move(open));
    return leave_open(fact, *kept_[fact]);
  }
  bool const known = !value.is(Kind::unknown) && !value.is(Kind::uncertain) && !value.is(Kind::error);
  return known && set(fact, line.place_of(value), false);
}

bool PartialRun::is_computed(AnswerCode code) const
{
  auto const& last = plan().steps.back();
  return code != last.error() && code + last.computed.size() >= last.error();
}

/// Whether completions put the inputs that decide, and the facts beside them, into every combination of their places.
bool PartialRun::all_reached(std::vector<std::size_t> const& facts) const
{
  for (auto const fact : facts) {
    auto const* open = open_[fact];
    if (open == nullptr) continue;
    if (!open->reached) return false;
    for (auto const other : facts) {
      if (other == fact) continue;
      auto const* beside = open_[other];
      bool const apart = beside == nullptr ? is_apart(*open, plan().facts[other].name)
                                           : are_apart(joint_[*plan().facts[fact].joint], *open,
                                                       joint_[*plan().facts[other].joint], *beside);
      if (!apart) return false;
    }
  }
  return true;
}

std::optional<PlanAnswer> PartialRun::answer(std::size_t most)
{
  auto const settled = run_.settle(most);
  if (settled == PlanRun::Settled::impossible) return std::nullopt;
  PlanAnswer found;
  if (settled == PlanRun::Settled::yes) {
    if (is_computed(run_.code())) return std::nullopt;
    found.possible = {run_.code()};
    return found;
  }
  auto const open = run_.complete(most);
  if (!open || !all_reached(open->facts)) return std::nullopt;
  if (std::any_of(open->possible.begin(), open->possible.end(), [this](auto code) { return is_computed(code); }))
    return std::nullopt;
  found.possible = open->possible;
  for (auto const fact : open->facts) {
    if (auto const* input = open_[fact]) {
      found.missing.insert(found.missing.end(), input->missing.begin(), input->missing.end());
      found.uncertain.insert(found.uncertain.end(), input->uncertain.begin(), input->uncertain.end());
    } else {
      (run_.is_uncertain(fact) ? found.uncertain : found.missing).push_back(plan().facts[fact].name);
    }
  }
  sort_unique(found.missing);
  sort_unique(found.uncertain);
  return found;
}

}  // namespace tutela::detail
