// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a joint input may still be where it is not known (internal).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <tutela/facts/value.hpp>

#include "rules/joint_input.hpp"
#include "rules/plan.hpp"

namespace tutela::detail {

/// The regions that an input which is not known may lie in. No completion puts it anywhere else.
struct OpenInput {
  std::vector<std::uint32_t> places;   ///< Regions of its line, ascending.
  std::vector<std::string> missing;    ///< Facts that decide between them; sorted.
  std::vector<std::string> uncertain;  ///< Those that cannot be known; sorted.
  /// True where completions of these facts put it into each of the places, and knowing any one of the facts may be what
  /// decides.
  bool reached = false;

  friend bool operator==(OpenInput const&, OpenInput const&) = default;
};

/// Whether nothing at all is recorded of a fact, but perhaps that it cannot be known.
using IsAbsent = std::function<bool(std::string const& fact)>;

/// \param line  Of the input. \param value What it was evaluated to.
/// \return Nothing where the value is known, or where it may be one on which the cells err.
[[nodiscard]] std::optional<OpenInput> open_input(JointInput const& joint, FactLine const& line, Value const& value,
                                                  IsAbsent const& is_absent);

/// True where what one input turns out to be says nothing about the other one.
[[nodiscard]] bool are_apart(JointInput const& one, OpenInput const& open, JointInput const& other,
                             OpenInput const& other_open);

/// The same of an input and a fact.
[[nodiscard]] bool is_apart(OpenInput const& open, std::string const& fact);

}  // namespace tutela::detail
