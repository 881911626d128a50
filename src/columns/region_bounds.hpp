// SPDX-License-Identifier: Apache-2.0
/// \file
/// Where the regions of a line begin, in whole numbers (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "rules/cuts.hpp"

namespace tutela::detail {

/// Ten to a power, exactly. \param exponent From -40 to 40, so that no digit is lost.
[[nodiscard]] Decimal ten_to(int exponent);

/// The first count of a region: of numbers with `scale` decimals, of days, of lengths in seconds or months. Nothing where it
/// cannot be told apart in 64 bits. \param region From 1 on.
[[nodiscard]] std::optional<std::int64_t> first_of_region(Cuts const& cuts, std::size_t region, int scale);

}  // namespace tutela::detail
