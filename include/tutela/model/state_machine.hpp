// SPDX-License-Identifier: Apache-2.0
/// \file
/// Lives that go from state to state: which may follow which, and what is wrong with a step that may not.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <tutela/base/date.hpp>
#include <tutela/base/diagnostic.hpp>

namespace tutela::inline v0 {

/// The states of something that lives: a referral, a removal, a piece of equipment.
/// \tparam State An enumeration with a `to_string` that gives the words used in files.
template <class State>
struct StateMachine {
  std::string_view subject;                                 ///< What lives, for diagnostics: `a referral`.
  std::span<State const> begins;                            ///< States in which it may begin.
  std::span<State const> (*allowed_after)(State) noexcept;  ///< States that may follow; none after an end.
};

/// The words of states, for diagnostics: `draft or sent`. \param last What stands before the last one.
template <class State>
[[nodiscard]] std::string words_of(std::span<State const> states, std::string_view last = " or ")
{
  std::string words;
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (i > 0) words += i + 1 == states.size() ? last : std::string_view(", ");
    words += to_string(states[i]);
  }
  return words;
}

/// Checks that a step may follow the one before it, and is not earlier.
///
/// \param machine What lives.
/// \param before  State and day of the step before, or null for the first one.
/// \param state   The state that begins.
/// \param on      The day it begins.
/// \param place   Where the step stands; `/state` and `/on` are added to its pointer.
/// \param found   Takes what is wrong. Linear in the states that may follow.
template <class State>
void check_step(StateMachine<State> const& machine, std::pair<State, Date> const* before, State state, Date on,
                Place const& place, Diagnostics& found)
{
  auto const at = [&](std::string_view member) {
    auto where = place;
    where.pointer += member;
    return where;
  };
  auto const holds = [&](std::span<State const> states) {
    return std::find(states.begin(), states.end(), state) != states.end();
  };
  if (before == nullptr) {
    if (!holds(machine.begins))
      found.error(Code::not_allowed, at("/state"),
                  std::string(machine.subject) + " does not begin as \"" + std::string(to_string(state)) + "\"",
                  "begin with " + words_of(machine.begins));
    return;
  }
  auto const allowed = machine.allowed_after(before->first);
  if (!holds(allowed))
    found.error(
        Code::not_allowed, at("/state"),
        "\"" + std::string(to_string(state)) + "\" does not follow \"" + std::string(to_string(before->first)) + "\"",
        allowed.empty() ? "nothing follows it" : "after it come: " + words_of(allowed, ", "));
  if (on < before->second)
    found.error(Code::invalid_interval, at("/on"), "the step is earlier than the one before it",
                "write the steps in the order in which they happened");
}

}  // namespace tutela::inline v0
