// SPDX-License-Identifier: Apache-2.0
/// \file
/// The names that an expression may use.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/feel/type.hpp>

namespace tutela::inline v0 {

/// The names in scope of an expression, each with the slot that its value is found in.
///
/// Names may contain blanks and operator characters: where several fit, the longest one is meant, so `a-b` is a name
/// when it is in scope and a difference otherwise. The entries of context types count too (`child.date of birth`).
/// A name may contain a dot (`import.tariff`), which then is part of the name. Blanks are compared as one.
class Names {
 public:
  /// One name in scope.
  struct Name {
    std::string text;   ///< The name; white space counts as one blank.
    Type type;          ///< What is known about its values.
    std::string fact;   ///< Dotted name of the fact that it stands for; empty for the result of an expression.
    bool item = false;  ///< True when the entries of its value are names too.
  };

  /// Adds a name and returns its slot: 0, 1, 2 ... in the order of adding. A later name hides an earlier one.
  ///
  /// \param name The name as expressions write it.
  /// \param type What is known about its values; entries of context types become known to the parser.
  /// \param fact Where the value comes from the record: the fact's dotted name. In legal mode an entry that the
  ///             value's context lacks is then the unknown fact `fact.entry`; without it, a missing entry is an error.
  TUTELA_API std::size_t add(std::string name, Type type = {}, std::string fact = {});

  /// Adds the name `item` for the elements of a filter: entries of its value are names of their own, which hide
  /// names added before.
  TUTELA_API std::size_t add_item(Type type = {});

  /// Adds the name of a type, for `instance of` and for parameters. May contain dots (`import.tPerson`).
  TUTELA_API void add_type(std::string name, Type type);

  /// The names, by slot.
  [[nodiscard]] std::vector<Name> const& list() const& noexcept { return names_; }

  /// The slot of a name, the last where several have it; nothing when it is not in scope.
  [[nodiscard]] TUTELA_API std::optional<std::size_t> find(std::string_view name) const noexcept;

  /// The added types by name.
  [[nodiscard]] std::vector<std::pair<std::string, Type>> const& types() const& noexcept { return types_; }

 private:
  std::vector<Name> names_;
  std::vector<std::pair<std::string, Type>> types_;
};

/// A name as FEEL compares it: outer white space removed, inner runs of it as one blank.
[[nodiscard]] TUTELA_API std::string normal_name(std::string_view name);

}  // namespace tutela::inline v0
