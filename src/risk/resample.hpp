// SPDX-License-Identifier: Apache-2.0
/// \file
/// Bootstrap draws that are the same on every machine (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tutela::detail {

/// SplitMix64: a small generator with a fixed meaning.
class SplitMix {
 public:
  explicit SplitMix(std::uint64_t seed) : state_(seed) {}

  std::uint64_t operator()()
  {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }

 private:
  std::uint64_t state_;
};

/// Draws people, or whole clusters, with replacement; in each stratum as many as there are.
class Resampler {
 public:
  /// How often somebody is drawn; a count beyond it has a chance below 1e-200000 where units are drawn one by one.
  using Weight = std::uint16_t;

  /// \param clusters, strata Numbers below the number of people; empty where there are none. All people of a cluster
  ///   belong to the stratum of its first.
  Resampler(std::size_t people, std::span<std::uint32_t const> clusters, std::span<std::uint32_t const> strata,
            std::uint64_t seed);

  /// How often each person is in draw `number`; draws do not depend on each other.
  void draw(std::size_t number, std::span<Weight> weights);

 private:
  std::uint64_t seed_;
  std::vector<std::uint32_t> unit_of_person_;  ///< Units in the order of their strata; empty where each is a person.
  std::vector<std::size_t> stratum_ends_;
  std::vector<Weight> units_;
};

/// The value below which a share of the sorted values lies, between neighbours in proportion.
double quantile(std::span<double const> sorted, double share);

}  // namespace tutela::detail
