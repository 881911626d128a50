// SPDX-License-Identifier: Apache-2.0
/// \file
/// Matching the facts and decisions of two versions of a pack (internal).
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <tutela/rules/compare.hpp>

namespace tutela::detail {

/// How the facts of two versions belong together.
struct FactMatch {
  std::vector<FactComparison> changes;       ///< What is not the same.
  std::map<std::string, std::string> older;  ///< Older names of renamed facts, by the newer ones.
  std::map<std::string, std::string> newer;  ///< Newer names of renamed facts, by the older ones.
  std::map<std::string, Value> common;       ///< By the older name: the values that both versions allow.
  std::set<std::string> incomparable;        ///< Older names of facts that have no values in common.
};

/// Matches facts by name, then by an equal declaration with a label.
FactMatch match_facts(Schema const& before, Schema const& after);

/// A decision of both versions, or of one of them.
struct DecisionMatch {
  std::optional<std::size_t> before;
  std::optional<std::size_t> after;
};

/// Matches decisions by name, then by the `id` of their element; by older name.
std::vector<DecisionMatch> match_decisions(PackImpl const& before, PackImpl const& after);

/// True when two decisions, and all that they rest on, are written alike: then they answer every case alike, on every
/// day. What is written otherwise may still mean the same.
bool written_alike(PackImpl const& before, std::size_t decision, PackImpl const& after, std::size_t other);

}  // namespace tutela::detail
