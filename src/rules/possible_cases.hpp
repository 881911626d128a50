// SPDX-License-Identifier: Apache-2.0
/// \file
/// Whether there can be a case with some facts, under all constraints of a pack (internal).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rules/pack_impl.hpp"

namespace tutela::detail {

/// Asks the constraints of a pack about cases. Facts that are not given may be anything that is allowed.
class PossibleCases {
 public:
  using Facts = std::vector<std::pair<std::string, Value>>;

  PossibleCases(PackImpl const& pack, Limits const& limits);

  /// True when the pack has no constraints.
  [[nodiscard]] bool unbounded() const { return all_.constraints.empty(); }

  /// True for a fact that some constraint reads, in whole or in part.
  [[nodiscard]] bool reads(std::string const& fact) const;

  /// Constants that the constraints mention.
  [[nodiscard]] std::vector<Value> const& constants() const { return all_.constants; }

  /// False when no completion of the facts obeys the constraints. Facts that cannot be put together are possible.
  [[nodiscard]] bool allow(Facts const& facts, std::optional<Date> on) const;

 private:
  PackImpl const& pack_;
  DecideOptions options_;
  DecisionCone all_;  ///< Of all constraints together.
};

/// What leaves a pack without any case: a fact whose allowed values are none, a constraint that no case obeys.
std::vector<Diagnostic> without_any_case(PackImpl const& pack, Limits const& limits);

}  // namespace tutela::detail
