// SPDX-License-Identifier: Apache-2.0
/// \file
/// Scales whose total is a plain sum of whole points: every total that missing facts leave possible, by enumeration
/// (internal).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "risk/program.hpp"
#include "risk/search.hpp"

namespace tutela::detail {

/// What missing facts leave possible.
struct PossibleTotals {
  std::vector<double> totals;   ///< Every total that some completion gives, lowest first.
  std::vector<Interval> items;  ///< Lowest and highest value of each item.
};

/// The form of a program whose total is a plain sum of whole points, or nothing.
std::optional<AdditiveForm> additive_form(InstrumentProgram const& program);

/// Tries every completion of each group of facts that depend on each other.
/// \param forbidden Steps that must not be 1 in a completion.
/// \return Nothing where the program has no such form, a group has too many completions, or no completion is possible.
std::optional<PossibleTotals> possible_totals(InstrumentProgram const& program, std::vector<FactState> const& facts,
                                              std::vector<std::uint32_t> const& forbidden);

}  // namespace tutela::detail
