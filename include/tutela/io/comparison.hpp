// SPDX-License-Identifier: Apache-2.0
/// \file
/// What is different between two versions of a pack, as JSON.
#pragma once

#include <string>

#include <tutela/base/config.hpp>
#include <tutela/rules/compare.hpp>

namespace tutela::inline v0 {

/// One JSON object a line, each with a line end: the facts that changed, then all decisions. A decision that answers some
/// case otherwise has the case (`on`, `facts`) and both answers (`before`, `after`).
[[nodiscard]] TUTELA_API std::string write_comparison(PackComparison const& comparison);

}  // namespace tutela::inline v0
