// SPDX-License-Identifier: Apache-2.0
/// \file
/// Which groups must not be shown because of small ones (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tutela::detail {

/// A group whose counts are to be published: a set of the smallest cells that all groupings together cut people into.
struct PublishedSet {
  std::vector<std::uint32_t> cells;  ///< Sorted; no cell without people.
  std::size_t people = 0;
  bool too_small = false;
  bool is_total = false;  ///< The sum of everybody, which is always shown.
};

/// Marks the sets that are not shown: those too small, and further ones, smallest first, until the counts of none of
/// the hidden sets are a sum of shown ones with any coefficients.
std::vector<bool> hidden_sets(std::vector<PublishedSet> const& sets, std::size_t cells);

}  // namespace tutela::detail
