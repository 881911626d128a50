// SPDX-License-Identifier: Apache-2.0
/// \file
/// What to ask so that an open score is decided, and what would have to change for a lower band.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/risk/instrument.hpp>
#include <tutela/risk/score.hpp>

namespace tutela::inline v0 {

/// What the answer to one missing fact, by itself, could do.
struct MissingEffect {
  std::string fact;                         ///< Name in the record.
  ScoreRange narrowest;                     ///< The narrowest range of the total that some answer leaves.
  ScoreRange widest;                        ///< The widest range of the total that some answer leaves.
  std::vector<std::string> deciding_bands;  ///< Bands that some answer to this fact alone settles, lowest first.
  bool always_decides = false;              ///< True when every answer settles the band.
  bool tried = true;                        ///< False where the fact has too many answers to be tried.
};

/// What would decide the band of an open score.
struct Settling {
  std::vector<MissingEffect> effects;  ///< One for each missing fact, in the order of the score's `missing`.
  /// Every smallest set of missing facts whose answers, whatever they are, leave one band only; empty where the band is
  /// decided already, or where the facts that can be tried do not suffice.
  std::vector<std::vector<std::string>> smallest;
  bool exact = true;  ///< False when the work ran out or a fact was not tried: then smaller sets may exist.
};

/// Finds the effect of each missing fact and the smallest sets that decide the band.
///
/// Every answer of a fact with at most 512 of them is tried, facts whose domain is already narrowed within it. The
/// work is bounded by `options.limits.completions` scores for each size of set.
[[nodiscard]] TUTELA_API Settling settle(Instrument const& instrument, Record const& record,
                                         ScoreOptions const& options = {});

/// One way to a lower band.
struct BandChange {
  std::vector<std::pair<std::string, Value>> changes;  ///< Facts by name in the record, with the value they would have.
  std::string band;                                    ///< The band that follows.
  ScoreRange total;                                    ///< The total that follows.
};

/// All smallest sets of changes that lower the band of a settled score, the lowest band first.
///
/// Only facts that the instrument marks as changeable with the help of a service are changed: never age, sex, history,
/// or anything the person or family would have to bear alone. Empty where the band is open, is the lowest, or no such
/// change lowers it. Bounded as `settle`.
[[nodiscard]] TUTELA_API std::vector<BandChange> smallest_changes(Instrument const& instrument, Record const& record,
                                                                  ScoreOptions const& options = {});

/// Why a score is as high as it is: an item and how far it lies above the lowest value the item can have.
struct ReasonCode {
  std::string item;  ///< Identifier of the item: a stable code.
  Text label;        ///< Name for people.
  double above = 0;  ///< Distance from the lowest value that anybody can have in this item.
};

/// The items of a settled score that lie above their lowest value, the furthest first. \param most At most so many.
[[nodiscard]] TUTELA_API std::vector<ReasonCode> reason_codes(Instrument const& instrument, Score const& score,
                                                              std::size_t most = 4);

}  // namespace tutela::inline v0
