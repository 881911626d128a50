// SPDX-License-Identifier: Apache-2.0
/// \file
/// How the expressions of a decision use the day (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tutela/facts/value.hpp>

#include "rules/model.hpp"
#include "rules/pack_impl.hpp"

namespace tutela::detail {

/// A date that does not depend on the day: a constant, or what a path leads to from a node, moved by a duration.
struct DateBase {
  std::optional<std::size_t> node;  ///< Nothing for a constant.
  std::vector<std::string> path;
  Value constant;
  std::int64_t months = 0;
  std::int64_t days = 0;
  void const* program = nullptr;  ///< Where it is read: the expression,
  std::uint32_t site = 0;         ///< and the node in it.
};

/// Days on which something that the rules test may change.
struct DaySeries {
  enum class Kind : std::uint8_t {
    years,   ///< Whenever a year since the date is complete,
    months,  ///< a month since the date is complete,
    ages,    ///< an age is reached that is counted by the pack's rule,
    once     ///< when the date passes.
  };
  Kind kind = Kind::once;
  DateBase base;
};

/// How a decision uses the day.
struct DayUse {
  std::vector<DaySeries> series;
  std::string other;  ///< A use that is none of these, as written; empty when there is none.
  /// What is also read outside the series, or in series of different kinds. What a date that is not known still allows
  /// may then change on other days too.
  std::vector<DateBase> entangled;
};

/// Looks through all expressions that the decision rests on.
DayUse day_use(Model const& model, DecisionCone const& cone);

}  // namespace tutela::detail
