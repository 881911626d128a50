// SPDX-License-Identifier: Apache-2.0
/// \file
/// Random facts that are lists, structures and lists of structures with lists in them: what they may be, what is known
/// of them and what that leaves possible. All of it is synthetic.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tutela/facts/record.hpp>
#include <tutela/facts/value.hpp>

#include "laws/dice.hpp"

namespace tutela::laws {

/// What a fact, an element or a component may be: few values, so that every case can be tried.
struct Shape {
  enum class Kind { number, truth, list, structure };
  Kind kind = Kind::number;
  bool optional = false;                                  ///< Whether it may be none.
  std::optional<std::size_t> most = {};                   ///< Of a list: how many elements it may have, when declared.
  std::vector<Value> values = {};                         ///< Of a number or a truth value.
  std::vector<std::pair<std::string, Shape>> parts = {};  ///< The components of a structure; of a list its element.

  [[nodiscard]] Shape const& element() const { return parts.front().second; }
};

/// A fact of a random case.
struct ShapedFact {
  std::string name;
  Shape shape;
};

/// What the library is told about a fact, and what that leaves possible.
struct PartialFact {
  std::optional<Value> told;       ///< Nothing when the record does not have the fact.
  std::vector<Value> completions;  ///< What it may be.
  bool all = true;                 ///< False when it may be more than was listed: only what is listed is judged then.
  std::vector<std::string> uncertain;  ///< The dotted names of what cannot be known.
};

/// The facts of one random pack: numbers `n` and `m`, truth values `b` and `ob`, lists of numbers `xs`, `ys`, `us` and
/// `vs`, a list `ps` of structures `{a, b}` or `{a, b, c}`, and a structure `q` with a list `l`.
std::vector<ShapedFact> random_facts(Dice& dice);

/// Whether the structures of `ps` have the list `c`.
bool has_nested_list(std::vector<ShapedFact> const& facts);

/// The types and inputs of the facts as DMN.
std::string printed(std::vector<ShapedFact> const& facts);

/// What is known about each fact, with at most `most` completions of all facts together.
std::vector<PartialFact> random_case(Dice& dice, std::vector<ShapedFact> const& facts, std::size_t most);

/// The record of a case. \param apart Whether the components of a structure are recorded as facts of their own.
Record record_of(std::vector<ShapedFact> const& facts, std::vector<std::optional<Value>> const& told, bool apart);

}  // namespace tutela::laws
