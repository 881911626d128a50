// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a pack has written about its decisions, as proofs show it (internal).
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <tutela/rules/proof.hpp>

#include "rules/model.hpp"

namespace tutela::detail {

class PackImpl;

/// One table.
struct WrittenTable {
  DecisionTable const* table = nullptr;
  std::vector<WrittenRule> rules;                 ///< In the order of the table; the default output comes last.
  std::vector<std::vector<std::size_t>> columns;  ///< Of each rule the columns of its conditions.
  std::vector<std::optional<Value>> constants;    ///< Of each rule its answer, where that is written as a constant.
};

/// A fact that a text reads.
struct ReadFact {
  std::size_t declaration = 0;      ///< Its place in the schema.
  std::optional<std::size_t> leaf;  ///< Its place among the leaves of the model, where it is the only one there.

  friend auto operator<=>(ReadFact const&, ReadFact const&) = default;
};

/// One text of a node.
struct WrittenText {
  WrittenStep step;
  std::vector<ReadFact> facts;       ///< In the order of the schema.
  std::vector<WrittenTable> tables;  ///< All tables inside it; the table of a decision comes first.

  /// What is written about a table of this text.
  [[nodiscard]] WrittenTable const& of(DecisionTable const& table) const;
};

/// All texts of a pack. Made when the first proof is asked for.
class WrittenPack {
 public:
  explicit WrittenPack(PackImpl const& pack);

  /// \param text A text of the node, or nothing where none is in force.
  [[nodiscard]] WrittenText const& of(std::size_t node, NodeText const* text) const;

 private:
  std::vector<std::vector<WrittenText>>
      nodes_;  ///< By node its texts in order; then what is said where none is in force.
  Model const& model_;
};

/// One cell of a table as a condition.
/// \param test The test as it is to be shown. \param compiled The cell; nothing for a value put in its place.
WrittenCondition condition_of(PackImpl const& pack, NodeText const& text, DecisionTable const& table,
                              std::size_t column, std::string test, UnaryTests const* compiled);

}  // namespace tutela::detail
