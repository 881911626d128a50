// SPDX-License-Identifier: Apache-2.0
/// \file
/// Cases in which facts cannot be known, for rules that ask for that (internal).
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "rules/pack_impl.hpp"

namespace tutela::detail {

/// The facts of which a decision, or what it rests on, asks `is uncertain`; sorted. All its facts where the rules ask it
/// of something else (a decision, an element of a list).
[[nodiscard]] std::vector<std::string> facts_asked_uncertain(PackImpl const& pack, std::size_t decision);

/// Sets of facts that are uncertain at once, each a kind of case of its own.
struct UncertainSets {
  std::vector<std::vector<std::string>> sets;  ///< The empty one first, then by size.
  bool all = true;                             ///< False where only the sets of one and two facts are listed.
};

/// All sets of up to six facts; of more, the sets of up to two.
[[nodiscard]] UncertainSets uncertain_sets(std::vector<std::string> const& facts);

}  // namespace tutela::detail
