// SPDX-License-Identifier: Apache-2.0
/// \file
/// Synthetic people of the benchmark of validations; peers/fairness.py makes the same ones.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "risk/resample.hpp"

namespace tutela::bench {

/// People with a probability, an outcome that follows it, and one of ten groups.
struct People {
  explicit People(std::size_t count)
  {
    detail::SplitMix random(20'260'302);
    auto const uniform = [&] { return static_cast<double>(random() >> 11U) * 0x1p-53; };
    for (std::size_t k = 0; k < 10; ++k) labels.push_back("group " + std::to_string(k));
    for (std::size_t k = 0; k < count; ++k) {
      probabilities.push_back(uniform());
      outcomes.push_back(uniform() < 0.1 + 0.6 * probabilities.back() ? 1 : 0);
      groups.push_back(static_cast<std::uint32_t>(uniform() * 10));
    }
  }

  std::vector<double> probabilities;
  std::vector<std::uint8_t> outcomes;
  std::vector<std::uint32_t> groups;
  std::vector<std::string> labels;
};

}  // namespace tutela::bench
