// SPDX-License-Identifier: Apache-2.0
/// \file
/// What is wrong with a pack although it loads: gaps, overlaps, rules that never apply, law without source or date.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/facts/value.hpp>

namespace tutela::inline v0 {

/// One input of a table in the example that shows a finding.
struct WitnessInput {
  std::string input;  ///< The input as written: `person.age`.
  Value value;        ///< A value with which the finding shows; *none* where there is none.

  friend bool operator==(WitnessInput const&, WitnessInput const&) = default;
};

/// One finding about a pack.
struct PackFinding {
  Diagnostic diagnostic;           ///< Code, severity, place, what, and how to mend it.
  std::string decision;            ///< Decision (or function of the model) that it is about.
  std::vector<std::size_t> rules;  ///< Numbers of the rules that it is about, from 1.
  /// A day on which it shows: the first one, or the last one before the law first changes; nothing when that is so on
  /// every day.
  std::optional<Date> on;
  std::vector<WitnessInput> inputs;  ///< An example: every tested input of the table with a value.
  /// True when some case certainly has these inputs, because each input is a fact of its own. Otherwise the inputs
  /// depend on each other or are computed, and a person has to look whether they can come together.
  bool certain = true;
};

/// What the check of a pack found; see `Pack::check`.
struct PackCheck {
  /// Errors first, then warnings, then notes; within these in the order of the pack.
  std::vector<PackFinding> findings;
  std::size_t tables = 0;       ///< Decision tables in the pack.
  std::size_t unchecked = 0;    ///< Tables whose cells are more than comparisons with constants: not checked for gaps.
  std::size_t separations = 0;  ///< Decisions that can separate a child from the family; each is tried in every case.
  /// False when the search in some table ended at `Limits::evaluation_steps`, or the cases of a separation could not all
  /// be told apart.
  bool exact = true;

  /// True when there is an error or a warning.
  [[nodiscard]] TUTELA_API bool has_findings() const noexcept;
};

}  // namespace tutela::inline v0
