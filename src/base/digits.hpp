// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a decimal digit is, whatever the locale says (internal).
#pragma once

namespace tutela::detail {

/// True for `0` to `9` and nothing else.
[[nodiscard]] constexpr bool is_digit(char sign) noexcept { return sign >= '0' && sign <= '9'; }

}  // namespace tutela::detail
