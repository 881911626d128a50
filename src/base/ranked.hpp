// SPDX-License-Identifier: Apache-2.0
/// \file
/// Positions by rising value (internal).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace tutela::detail {

/// Positions of the people from the lowest score to the highest; people of equal score stay in their order. Linear in
/// the people. Needs finite scores and fewer than 2^32 people.
std::vector<std::uint32_t> ranked(std::span<double const> scores);

}  // namespace tutela::detail
