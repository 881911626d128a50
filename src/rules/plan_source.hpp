// SPDX-License-Identifier: Apache-2.0
/// \file
/// What an input of a table reads when it reads no more than a name (internal).
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tutela/facts/value.hpp>
#include <tutela/feel/type.hpp>

#include "feel/program.hpp"
#include "rules/model.hpp"

namespace tutela::detail {

/// A fact, or the result of a decision.
struct PlainSource {
  bool is_fact = false;
  std::size_t node = 0;           ///< Of the decision, or of the input that the fact is or is a part of.
  std::size_t requirement = 0;    ///< Its place among the requirements of the text.
  std::vector<std::string> path;  ///< From the input to the part, as the expression names it.
  std::string name;               ///< Of the fact.
  Type type;
  std::shared_ptr<ItemType const> item;
  bool optional = false;

  /// True for a fact whose values are listed: a Boolean, or one with allowed values.
  [[nodiscard]] bool is_listed() const
  {
    return type.is(Type::Kind::boolean) || (item && !item->allowed_values.empty());
  }
};

/// What the expression at a node reads; nothing when it is more than a name, or the name of something that has parts.
[[nodiscard]] std::optional<PlainSource> plain_source(Model const& model, NodeText const& text, Program const& program,
                                                      NodeId expression);

/// Adds the values between which the declaration of a fact draws a line.
void add_declared(PlainSource const& source, std::vector<Value>& constants);

}  // namespace tutela::detail
