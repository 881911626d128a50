// SPDX-License-Identifier: Apache-2.0
/// \file
/// Upper and lower case of texts.
#pragma once

#include <string>
#include <string_view>

namespace tutela::detail {

/// The text in upper or lower case, by Unicode's full mappings without regard to a language: one letter may become
/// several, and a sigma at the end of a word has its own small form. Linear in the text.
[[nodiscard]] std::string changed_case(std::string_view text, bool upper);

}  // namespace tutela::detail
