// SPDX-License-Identifier: Apache-2.0
/// \file
/// The blocks of the Unicode Character Database.
#pragma once

#include <string_view>

namespace tutela::detail {

struct UnicodeBlock {
  char32_t first;
  char32_t last;
  std::string_view name;  ///< Without blanks: `BasicLatin`.
};

/// The block of that name, or nothing. Linear in the number of blocks.
[[nodiscard]] UnicodeBlock const* find_unicode_block(std::string_view name) noexcept;

}  // namespace tutela::detail
