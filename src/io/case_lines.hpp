// SPDX-License-Identifier: Apache-2.0
/// \file
/// Cases of which each is a line (internal).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/model/case.hpp>

namespace tutela::detail {

/// Reads every line that is not blank as one case, whatever the first of them holds. `parse_cases` looks at the first line
/// to find out what it was given; a part of a file says nothing about that.
[[nodiscard]] Result<std::vector<Case>> parse_case_lines(std::string_view text, std::string const& file,
                                                         Limits const& limits);

}  // namespace tutela::detail
