// SPDX-License-Identifier: Apache-2.0
/// \file
/// Compiles a decision down to masks (internal).
#pragma once

#include <cstddef>
#include <memory>
#include <optional>

#include "rules/plan_lines.hpp"

namespace tutela::detail {

/// The plan of a decision under one state of the law; nothing where masks cannot say what its tables say.
/// \param law_on Nothing where the texts have no dates.
[[nodiscard]] std::shared_ptr<Plan> build_plan(PackImpl const& pack, PlanLines const& lines, std::size_t decision,
                                               std::optional<Date> law_on);

}  // namespace tutela::detail
