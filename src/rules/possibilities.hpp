// SPDX-License-Identifier: Apache-2.0
/// \file
/// Collecting what a value may still turn out to be (internal).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <tutela/facts/value.hpp>

namespace tutela::detail {

/// A set of possible values with the facts that decide between them.
class Possibilities {
 public:
  /// \param most Members kept before the set is widened to "anything" and marked approximate.
  explicit Possibilities(std::size_t most) : most_(most) {}

  /// Adds a possible value; of an unknown one its whole domain and its facts.
  void add(Value const& value);

  /// Adds facts on which the choice depends.
  void add_facts(Value const& value);
  void add_fact(std::string fact);

  /// The set can no longer be listed.
  void widen() { open_ = true; }

  [[nodiscard]] std::vector<Value> const& values() const { return values_; }
  [[nodiscard]] bool listed() const { return !open_ && ranges_.empty(); }

  /// The one value when there is exactly one; otherwise an unknown, or an uncertain value when nothing can be asked.
  [[nodiscard]] Value to_value() &&;

 private:
  std::vector<Value> values_;
  std::vector<Range> ranges_;
  std::vector<std::string> facts_;
  std::vector<std::string> uncertain_;
  std::size_t most_;
  bool open_ = false;
  bool approximate_ = false;
};

/// The facts that are missing anywhere inside a value, and those that cannot be known; sorted, without repetition.
struct OpenFacts {
  std::vector<std::string> missing;
  std::vector<std::string> uncertain;
  bool fault = false;  ///< An error somewhere inside.
};

/// Looks at every depth of a value; iterative.
OpenFacts open_facts(Value const& value);

/// True when nothing inside the value is unknown, uncertain or an error.
bool is_definite(Value const& value);

/// The first error inside a value, in the order in which it is written; nothing when there is none.
Fault const* first_fault(Value const& value);

/// The value with null in the place of everything that is not known; depth is bounded by the value's own.
Value without_unknown(Value const& value);

/// Sorts and removes repetitions.
void sort_unique(std::vector<std::string>& names);

}  // namespace tutela::detail
