// SPDX-License-Identifier: Apache-2.0
/// \file
/// Random numbers for tests that are the same on every machine.
#pragma once

#include <cstdint>
#include <random>

namespace tutela::test {

/// Numbers from one seed.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}

  /// From 0 up to `bound`, excluded.
  template <class Integer>
  Integer below(Integer bound)
  {
    return static_cast<Integer>(engine_() % static_cast<std::uint64_t>(bound));
  }

  bool one_in(int number) { return below(number) == 0; }

 private:
  std::mt19937_64 engine_;
};

}  // namespace tutela::test
