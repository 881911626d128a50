// SPDX-License-Identifier: Apache-2.0
/// \file
/// Looking for separations that follow only from facts on which they must not rest (internal).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tutela/base/limits.hpp>
#include <tutela/rules/verdict.hpp>

#include "rules/pack_impl.hpp"

namespace tutela::detail {

/// A case in which an answer is refused.
struct RefusedCase {
  std::optional<Date> on;
  std::vector<std::pair<std::string, Value>> facts;
  Value answer;         ///< What the rules say.
  bool denies = false;  ///< True when every answer that is refused is *no* or none: nobody is separated by it.
  Refusal refusal = Refusal::none;
  std::vector<std::string> rests_on;  ///< Facts without which it does not stand.
};

/// What is found about one separation decision.
struct SeparationCheck {
  std::vector<RefusedCase> cases;  ///< At most one for each reason.
  bool exact = true;               ///< False where some cases could not be told apart.
};

/// Tries every case of a separation decision on one day of each state of the law.
SeparationCheck check_separation(Pack const& pack, std::size_t decision, Limits const& limits);

}  // namespace tutela::detail
