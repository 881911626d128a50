// SPDX-License-Identifier: Apache-2.0
/// \file
/// Random choices, the same ones in every run.
#pragma once

#include <cstddef>
#include <random>
#include <vector>

namespace tutela::test {

/// Draws from a seed.
class Random {
 public:
  explicit Random(unsigned seed) : random_(seed) {}
  int below(int count) { return std::uniform_int_distribution<int>(0, count - 1)(random_); }
  template <class T>
  T const& one_of(std::vector<T> const& items)
  {
    return items[static_cast<std::size_t>(below(static_cast<int>(items.size())))];
  }

 private:
  std::mt19937 random_;
};

}  // namespace tutela::test
