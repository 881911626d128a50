// SPDX-License-Identifier: Apache-2.0
/// \file
/// Memory for the bits of many rows, which is used again once whoever had it lets it go (internal).
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "columns/bits.hpp"

namespace tutela::detail {

/// Bits of the rows of an array, shared by the answers and whoever they were handed out to.
using Plane = std::shared_ptr<RowWord[]>;

/// Gives out planes, and takes them back: what a page of fresh memory costs is more than what is written to it.
/// Planes may be let go on any thread, also after their memory is gone. Of those let go as many are kept as one array of the
/// size last asked for had.
class PlaneMemory {
 public:
  /// The planes of another array follow. \param words Words of each.
  void begin(std::size_t words);

  /// A plane of that many words, with whatever stands there.
  [[nodiscard]] Plane take();

 private:
  struct Kept {
    std::mutex mutex;
    std::size_t words = 0;
    std::size_t most = 0;  ///< Planes that one array had.
    std::vector<std::unique_ptr<RowWord[]>> planes;
  };

  std::shared_ptr<Kept> kept_ = std::make_shared<Kept>();
  std::size_t taken_ = 0;  ///< By this array.
};

}  // namespace tutela::detail
