// SPDX-License-Identifier: Apache-2.0
/// \file
/// Three-valued truth: yes, no, and not known.
#pragma once

#include <cstdint>

namespace tutela::inline v0 {

/// Truth of a condition when some facts may be missing (strong Kleene logic).
///
/// `unknown` is not a third answer but the absence of one: some completion of the missing facts makes the
/// condition true and, as far as the logic can see, another makes it false. The numeric order
/// `no < unknown < yes` makes *and* the minimum and *or* the maximum.
/// \source{Kleene, Introduction to Metamathematics, 1952, section 64}
enum class Truth : std::uint8_t {
  no = 0,       ///< False whatever the missing facts are.
  unknown = 1,  ///< Not decided by the facts at hand.
  yes = 2       ///< True whatever the missing facts are.
};

/// The truth value of a plain Boolean.
[[nodiscard]] constexpr Truth to_truth(bool value) noexcept { return value ? Truth::yes : Truth::no; }

/// Both hold. A single `no` settles it. Constant time.
[[nodiscard]] constexpr Truth operator&(Truth lhs, Truth rhs) noexcept { return lhs < rhs ? lhs : rhs; }

/// At least one holds. A single `yes` settles it. Constant time.
[[nodiscard]] constexpr Truth operator|(Truth lhs, Truth rhs) noexcept { return lhs > rhs ? lhs : rhs; }

/// The opposite; the opposite of `unknown` is `unknown`. Constant time.
[[nodiscard]] constexpr Truth operator!(Truth value) noexcept
{
  return static_cast<Truth>(2 - static_cast<int>(value));
}

/// True when the facts settle the condition either way.
[[nodiscard]] constexpr bool is_settled(Truth value) noexcept { return value != Truth::unknown; }

}  // namespace tutela::inline v0
