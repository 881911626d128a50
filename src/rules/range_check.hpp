// SPDX-License-Identifier: Apache-2.0
/// \file
/// Ranges that are written backwards (internal).
#pragma once

#include <string>
#include <vector>

#include <tutela/base/diagnostic.hpp>

#include "rules/model.hpp"

namespace tutela::detail {

/// A range of constants in which no value lies: `[2..1]`, `(3..3]`.
struct EmptyRange {
  std::string text;
  Place place;
};

/// The empty ranges in a cell, or in allowed values. FEEL allows them, and they match nothing. Linear.
[[nodiscard]] std::vector<EmptyRange> empty_ranges(UnaryTests const& tests);

/// The empty ranges among the values that a type, its base or a component of it allows.
[[nodiscard]] std::vector<EmptyRange> empty_ranges(ItemType const& item);

}  // namespace tutela::detail
