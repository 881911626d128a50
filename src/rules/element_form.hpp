// SPDX-License-Identifier: Apache-2.0
/// \file
/// Inputs of tables that say something about each element of a list (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "feel/program.hpp"
#include "rules/joint_input.hpp"

namespace tutela::detail {

/// An input that follows from what it is for lists of one element: `some x in list satisfies ...`, `every ...`, and
/// `count(list[...])`, whose conditions read nothing but the element.
struct ElementForm {
  enum class Joined : std::uint8_t {
    some,   ///< True when it is true of one element.
    every,  ///< True when it is true of each element.
    count   ///< The sum over the elements.
  };
  Joined joined = Joined::some;
  std::size_t fact = 0;                  ///< The list: its place in the schema.
  FactTree const* list = nullptr;        ///< The same as the model knows it.
  std::size_t nodes = 0;                 ///< Operations of the expression, which bound the work on one element.
  std::optional<NodeId> condition = {};  ///< Nothing where the elements are only counted.
  std::uint32_t place = 0;               ///< Of the element in the frame of the condition.
};

/// The list that an expression names; null when it is anything else. \param program Of an expression of the text.
[[nodiscard]] FactTree const* list_named(PackImpl const& pack, NodeText const& text, Program const& program, NodeId id);

/// The form of an input; nothing when it is of none of these.
std::optional<ElementForm> element_form(PackImpl const& pack, JointInput const& joint);

}  // namespace tutela::detail
