// SPDX-License-Identifier: Apache-2.0
/// \file
/// Proofs about an instrument over its whole domain, and its check cases.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/risk/instrument.hpp>
#include <tutela/risk/score.hpp>

namespace tutela::inline v0 {

/// What the check of an instrument found.
struct InstrumentCheck {
  std::size_t cases = 0;             ///< Check cases that were run.
  std::size_t failed = 0;            ///< Check cases that did not come out.
  ScoreRange total;                  ///< Lowest and highest total that any person can have.
  bool exact = true;                 ///< False when the search for them hit its limit.
  std::vector<Diagnostic> findings;  ///< Errors, warnings and notes, with the place in the instrument file.
};

/// Runs the check cases and proves what the instrument declares of itself.
///
/// Errors: a case that does not come out; a printed minimum or maximum that is not the real one; a quantity that
/// moves against its declared direction or by more than its declared largest step. Warnings: a band, or a whole
/// number between lowest and highest total, that nobody can have. Notes: a protected attribute that influences the
/// score, by whatever way. Directions and steps are looked at for every value of the fact (or whole number of the
/// quantity) that they run along, at up to 256 combinations of the other facts that are spread over their domains with a
/// fixed seed.
/// \param prohibited Names of facts in the record that must not influence the score, by whatever way: as facts, through
///   quantities computed from them, or in the FEEL expression of a fact. One that does is an error.
[[nodiscard]] TUTELA_API InstrumentCheck check(Instrument const& instrument, Limits const& limits = {},
                                               std::vector<std::string> const& prohibited = {});

}  // namespace tutela::inline v0
