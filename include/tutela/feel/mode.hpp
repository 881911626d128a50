// SPDX-License-Identifier: Apache-2.0
/// \file
/// The two meanings of a missing value.
#pragma once

#include <cstdint>

namespace tutela::inline v0 {

/// How an expression reads values that are missing, cannot be known or cannot be computed.
enum class Mode : std::uint8_t {
  legal,       ///< Five states are kept apart; an answer is definite only if every completion of the facts gives it.
  conformance  ///< FEEL as DMN 1.5 says: whatever is missing or cannot be computed is null.
};

}  // namespace tutela::inline v0
