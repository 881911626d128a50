// SPDX-License-Identifier: Apache-2.0
/// \file
/// Where other DMN engines answer otherwise (internal).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tutela/base/date.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/rules/pack.hpp>

#include "rules/model.hpp"

namespace tutela::detail {

/// The rules, from 1, whose test of a column reads *none* otherwise in the two modes. \pre The table has an index.
[[nodiscard]] std::vector<std::size_t> rules_that_read_none_otherwise(DecisionTable const& table, std::size_t column);

/// A case that the two modes answer differently.
struct ModeDifference {
  std::optional<Date> on;
  std::vector<std::pair<std::string, Value>> facts;  ///< What is not named is missing.
  Verdict legal;
  Verdict conformance;
};

/// The first case in which legal mode is certain and conformance mode answers something else, or legal mode cannot
/// compute what conformance mode has a value for. That an error is null there is no difference by itself, and where facts
/// are missing neither is its null, nor an error.
///
/// Combinations of the values of the decision's facts are tried, missing ones among them, on one day: one value for
/// each region into which the constants of the rules cut a fact, of Booleans and listed values all of them, of lists the
/// empty one and short ones of such values. Up to a thousand combinations all are tried, of more a thousand, always the
/// same.
/// \return Nothing also where a fact has no type, or a list has structures inside its structures.
[[nodiscard]] std::optional<ModeDifference> find_mode_difference(Pack const& pack, std::size_t decision,
                                                                 Limits const& limits);

}  // namespace tutela::detail
