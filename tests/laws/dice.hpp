// SPDX-License-Identifier: Apache-2.0
/// \file
/// The chance of the random tests: the same seed gives the same throws.
#pragma once

#include <cstddef>
#include <random>
#include <vector>

namespace tutela::laws {

class Dice {
 public:
  explicit Dice(unsigned long seed) : random_(seed) {}

  /// A number from 0 to below `count`, which must not be 0.
  std::size_t below(std::size_t count) { return random_() % count; }

  bool chance(std::size_t percent) { return below(100) < percent; }

  template <class T>
  T const& one_of(std::vector<T> const& items)
  {
    return items[below(items.size())];
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace tutela::laws
