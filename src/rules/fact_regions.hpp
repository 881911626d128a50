// SPDX-License-Identifier: Apache-2.0
/// \file
/// The domain of a missing fact, cut into parts that the rules may tell apart (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include <tutela/base/date.hpp>
#include <tutela/facts/value.hpp>

#include "rules/case_facts.hpp"

namespace tutela::detail {

/// The domain of one fact, cut into parts in order. No part is empty and together they are the whole domain.
struct FactRegions {
  OpenFact fact;
  std::vector<Value> parts;  ///< Constants, unknowns that range over an interval, or lists of a certain length.
  bool intervals = false;    ///< True when neighbours can be joined into one interval.
  bool none_first = false;   ///< True when the first part is "there is none".
  bool lengths = false;      ///< True when each part is a list with one more element than the part before.

  /// The value that stands for the parts [first, last).
  [[nodiscard]] Value cover(std::size_t first, std::size_t last) const;

  /// One value of the parts [first, last), near their lower or their higher end; unknown where none can be named.
  [[nodiscard]] Value sample(std::size_t first, std::size_t last, bool high) const;

  /// Where the parts [first, last) are best divided.
  [[nodiscard]] std::size_t middle(std::size_t first, std::size_t last) const;
};

/// The parts of one fact; one part only where it cannot be split.
///
/// \param constants Constants that the rules mention; they propose the cuts.
/// \param on        The day asked about; ages are counted from it.
FactRegions regions_of(OpenFact const& fact, std::vector<Value> const& constants, std::optional<Date> on);

/// Days since 1970 on which something that a constant says about dates, counted from `on`, begins or ends.
std::set<std::int64_t> date_cuts(std::vector<Value> const& constants, std::optional<Date> on);

/// The bounds of what remains of a fact: from its record, else from its declaration; both none where it has none.
Range bounds_of(OpenFact const& fact);

/// A value of an ordered kind compared with one of its kind: -1, 0, 1; nothing for other values.
std::optional<int> compared(Value const& lhs, Value const& rhs);

/// The next value of a kind that goes in steps: months, nanoseconds of durations, seconds of times and moments.
/// \param step 1 for the next, -1 for the one before.
/// \return Nothing for other kinds, and beyond the end of the kind.
std::optional<Value> neighbour(Value const& value, int step);

}  // namespace tutela::detail
