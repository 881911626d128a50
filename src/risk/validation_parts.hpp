// SPDX-License-Identifier: Apache-2.0
/// \file
/// The parts of a validation and what they share (internal).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include <tutela/risk/validation.hpp>

#include "risk/curves.hpp"
#include "risk/ranking.hpp"
#include "risk/resample.hpp"

namespace tutela::detail {

/// The sample with its people by rising score, those with the outcome first among equals.
class OrderedSample {
 public:
  OrderedSample(ValidationSample const& given, std::vector<std::uint32_t> const& order);

  std::vector<double> scores;
  std::vector<std::uint8_t> outcomes;
  std::vector<std::vector<std::uint32_t>> codes;  ///< For each grouping; the pairs behind those that were given.
  std::vector<std::vector<std::string>> labels;   ///< Beside them.
  std::vector<std::string> names;                 ///< Beside them.
  std::vector<std::vector<std::uint8_t>> items;
  std::vector<std::uint32_t> clusters;
  std::vector<std::uint32_t> strata;

  [[nodiscard]] std::size_t people() const { return scores.size(); }

  /// Adds a grouping for every pair of the given ones.
  void add_intersections();
};

/// The probability that belongs to a score.
using ScoreProbability = std::function<double(double score)>;

/// What the parts about groups read.
struct GroupQuestions {
  double threshold = 0;
  std::size_t minimum_cell = 0;
  ScoreProbability probability;  ///< Empty where there is none.
};

/// People of one score in one group.
struct GroupRun {
  std::size_t start = 0;   ///< First of them in the index of the group.
  std::size_t middle = 0;  ///< First of them without the outcome.
  std::size_t end = 0;
  bool selected = false;
  double probability = 0;
};

/// One group as the draws see it.
struct GroupRuns {
  std::vector<std::uint32_t> index;  ///< Its people, by rising score, those with the outcome first among equals.
  std::vector<GroupRun> runs;
  ScoreCounts counts;
};

/// The people of each group of one grouping.
std::vector<GroupRuns> split(OrderedSample const& sample, std::span<std::uint32_t const> codes, std::size_t groups,
                             GroupQuestions const& questions);

/// The figures of one group, without intervals. \param weights How often each person counts; empty for once.
std::array<double, group_figures> plain_figures(GroupRuns const& group, std::span<Resampler::Weight const> weights,
                                                bool has_probability);

/// Figures of all groupings, with what is not shown left out; the first of `groups_of` belongs to the first grouping.
std::vector<GroupingValidation> validate_groups(OrderedSample const& sample,
                                                std::vector<std::vector<GroupRuns>> const& groups_of,
                                                GroupQuestions const& questions);

/// Adds the intervals of the draws to the figures.
void add_draws(OrderedSample const& sample, std::vector<std::vector<GroupRuns>> const& groups_of,
               GroupQuestions const& questions, std::size_t draws, std::uint64_t seed, ValidationReport& report);

}  // namespace tutela::detail
