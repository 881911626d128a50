// SPDX-License-Identifier: Apache-2.0
/// \file
/// What could still let a refused separation stand (internal).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/pack_impl.hpp"

namespace tutela::detail {

/// Missing facts that could still settle a refused answer; sorted, empty when none can.
///
/// These are the facts on which the answer depends once those on which it must not rest are taken away, if some of
/// their values settle it alone; and for material neglect the facts that record whether help was refused or failed.
/// \param verdict The refused answer.
/// \param facts   The facts of the case; its inputs may be built.
std::vector<std::string> facts_to_stand(PackImpl const& pack, std::size_t decision, Verdict const& verdict,
                                        CaseFacts& facts, std::optional<Date> on, DecideOptions const& options);

}  // namespace tutela::detail
