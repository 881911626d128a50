// SPDX-License-Identifier: Apache-2.0
/// \file
/// The conditions under which expressions are evaluated, and the work that was spent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/feel/mode.hpp>

namespace tutela::inline v0 {

/// What one decision is evaluated under; one object for one decision and one thread.
///
/// The counters run over all expressions that share the object, so that a decision as a whole is bounded.
struct Evaluation {
  Mode mode = Mode::legal;  ///< How missing values are read.
  std::optional<Date> on;   ///< The day governed; `today()` is this day and `now()` its start in UTC. Absent: both err.
  AgeRule age_rule;         ///< How the legal order counts ages.
  Limits limits;  ///< Bounds; `evaluation_steps`, `nesting`, `calls`, `elements`, `value_parts`, `text_bytes`,
                  ///< `completions` and `possible_values` are used here.
  std::uint64_t steps = 0;  ///< Steps spent so far. Beyond the limit every expression errs.
  std::size_t depth = 0;    ///< Expressions being evaluated on this stack at the moment, one inside the other.
  std::size_t calls = 0;    ///< Functions being called at the moment, one inside the other.
};

/// The name of the limit that a value exceeds: `value_parts`, `nesting`, or nothing where it may be made. Constant time.
[[nodiscard]] TUTELA_API std::string_view exceeded_limit(Value const& value, Limits const& limits) noexcept;

}  // namespace tutela::inline v0
