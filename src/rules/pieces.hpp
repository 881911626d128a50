// SPDX-License-Identifier: Apache-2.0
/// \file
/// The regions of one input as values (internal).
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include <tutela/facts/value.hpp>

#include "rules/cuts.hpp"

namespace tutela::detail {

/// One region of an input: some value in it, and all of them.
struct Piece {
  Value sample;
  Value whole;  ///< The value itself where it is the only one, otherwise an unknown with the range; facts left out.
};

/// What a region and the bounds of the input have in common; nothing when that is nothing.
[[nodiscard]] std::optional<Piece> piece_of(Cuts const& cuts, std::size_t region, Range const& bounds);

/// All regions within the bounds, in order. Linear.
[[nodiscard]] std::vector<Piece> pieces_of(Cuts const& cuts, Range const& bounds);

}  // namespace tutela::detail
