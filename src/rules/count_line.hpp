// SPDX-License-Identifier: Apache-2.0
/// \file
/// What of a line of values is needed to place what is set by slot (internal).
#pragma once

#include <array>
#include <cstdint>

#include "rules/plan.hpp"

namespace tutela::detail {

/// Of one line: what places Booleans, whole numbers and days, side by side.
struct CountLine {
  /// \param of Must outlive this.
  explicit CountLine(FactLine const& of)
      : line(&of),
        kind(of.cuts.kind()),
        has_regions(of.cuts.counted() && !(of.by_steps && kind == Kind::number)),
        none(of.none()),
        open(of.open()),
        irregular(of.irregular()),
        booleans{irregular, irregular}
  {
    if (kind == Kind::boolean && has_regions)
      booleans = {static_cast<std::uint32_t>(of.cuts.region_of_count(0)),
                  static_cast<std::uint32_t>(of.cuts.region_of_count(1))};
  }

  FactLine const* line;
  Kind kind;
  bool has_regions;  ///< False where a count must be made a value to be placed.
  std::uint32_t none;
  std::uint32_t open;
  std::uint32_t irregular;
  std::array<std::uint32_t, 2> booleans;
};

}  // namespace tutela::detail
