// SPDX-License-Identifier: Apache-2.0
/// \file
/// What differs between two versions of one scale, or between two sources of it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/risk/instrument.hpp>
#include <tutela/risk/score.hpp>

namespace tutela::inline v0 {

/// Where two instruments part.
struct InstrumentDifference {
  std::size_t people = 0;             ///< People that were scored by both.
  bool exhaustive = false;            ///< True when they were all that can be; else they were spread with a fixed seed.
  std::size_t differing = 0;          ///< People of whom a total, an output, a band or the state differs.
  std::size_t band_moves = 0;         ///< People who are in another band.
  double largest = 0;                 ///< Largest difference of two totals.
  std::optional<Record> first;        ///< The first person that differs.
  std::optional<Score> one;           ///< The score of that person by the first instrument.
  std::optional<Score> other;         ///< By the second.
  std::vector<std::string> only_one;  ///< Facts and choices that only the first knows: `person.sex=other`.
  std::vector<std::string> only_other;  ///< Facts and choices that only the second knows.
};

/// Scores the same people by both. Choices are matched by their words and never by their position, so labels that
/// changed places show. At most 100,000 people, all of them where there are no more.
[[nodiscard]] TUTELA_API InstrumentDifference difference(Instrument const& one, Instrument const& other,
                                                         Limits const& limits = {});

}  // namespace tutela::inline v0
