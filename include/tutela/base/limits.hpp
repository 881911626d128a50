// SPDX-License-Identifier: Apache-2.0
/// \file
/// Bounds that keep untrusted input from exhausting the machine.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tutela::inline v0 {

/// Bounds on input and work. Each may be lowered or raised; none can be switched off.
///
/// Reaching one is an error that names the limit, never a truncated answer. There is no time limit because the
/// library has no clock: work is counted in steps, so the same input always ends the same way.
struct Limits {
  /// Bytes of one document. A rule pack is text that people review; 16 MiB is far more than they can.
  std::size_t document_bytes = std::size_t{16} << 20U;

  /// Nesting of JSON, XML and expressions; values that a rule makes may be 16 times as deep. Deeper text cannot be read
  /// by people and would eat the stack.
  std::size_t nesting = 64;

  /// Calls of functions inside each other: a function that calls itself without end is stopped here. What the stack of
  /// the caller's thread does not hold runs on the stack of a further thread, while the caller waits.
  std::size_t calls = 2'000;

  /// Bytes of one text value: names, explanations.
  std::size_t text_bytes = std::size_t{64} << 10U;

  /// Elements of one list or members of one object.
  std::size_t elements = 2'000'000;

  /// Values inside one value that a rule makes, at any depth and each counted as often as it occurs in it; a text counts
  /// as one more for each 64 bytes. A rule that doubles a list sixty times takes little memory and would print for years.
  std::size_t value_parts = 4'000'000;

  /// Rules of one decision table, and decisions of one pack.
  std::size_t rules = 20'000;

  /// Facts of one record.
  std::size_t facts = 100'000;

  /// Evaluation steps of one decision: the expressions that are computed, each as often as it is. A loop over a million
  /// numbers takes about three millions of them.
  std::uint64_t evaluation_steps = 4'000'000;

  /// Members of a set of possible values before it is widened and marked approximate.
  std::size_t possible_values = 64;

  /// Combinations of missing facts that are tried out one by one before the sound estimate is used instead.
  std::size_t completions = 4'096;

  /// Combinations of regions whose answers a run over columns keeps for each decision; more are worked out anew.
  std::size_t region_codes = 1'000'000;

  /// Expansions of one search in a network.
  std::size_t search_steps = 1'000'000;

  /// Diagnostics kept of one input; the rest is counted.
  std::size_t diagnostics = 100;
};

}  // namespace tutela::inline v0
