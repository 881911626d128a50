// SPDX-License-Identifier: Apache-2.0
/// \file
/// Inputs of tables of which it is known what the missing facts can make of them (internal).
///
/// The evaluator says what an input cannot be any more, but not that it can be all the rest: two parts that rest on one fact
/// hinder each other. Where every fact is read once, and by nothing but sums, differences, comparisons and the like, nothing
/// hinders anything, and each value that is left is one that some completion gives.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tutela::detail {

class PackImpl;
struct JointInput;

/// What an input reads where it is of such a form. See the file comment.
struct OpenForm {
  enum class Says : std::uint8_t {
    nothing,  ///< It is of no such form.
    number,   ///< A sum of facts, each with a factor.
    truth,    ///< Conditions on facts that may be any value of their types.
    some,     ///< Whether such a condition is true of some element of a list, or of every one.
    count     ///< Of how many it is true.
  };
  Says says = Says::nothing;
  /// The facts, by name, but for those inside of a list; sorted.
  std::vector<std::string> facts = {};
  std::vector<std::string> bounded = {};  ///< Those of them with declared bounds, which are values themselves; sorted.
  std::string list = {};                  ///< The name of the list that it is about.
  std::vector<std::string> components =
      {};  ///< Of its elements: those that the condition reads; sorted. None: only their number counts.
  std::optional<std::size_t> most = std::nullopt;  ///< Elements that the list may have.

  [[nodiscard]] bool is_of_list() const { return says == Says::some || says == Says::count; }

  /// True where two inputs say nothing of each other although both are about one list that is wholly missing: each element
  /// may be of any kind in the components of the one, whatever it is in those of the other.
  [[nodiscard]] bool is_apart_from(OpenForm const& other) const;
};

/// Reads the form of an input. Linear in the expression and in those of the decisions that it reads.
[[nodiscard]] OpenForm open_form(PackImpl const& pack, JointInput const& joint);

}  // namespace tutela::detail
