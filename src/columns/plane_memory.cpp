// SPDX-License-Identifier: Apache-2.0
/// \file
/// Memory for the bits of many rows, which is used again once whoever had it lets it go.
#include "columns/plane_memory.hpp"

#include <algorithm>
#include <utility>

namespace tutela::detail {

void PlaneMemory::begin(std::size_t words)
{
  std::lock_guard const lock(kept_->mutex);
  taken_ = 0;
  if (kept_->words == words) return;
  kept_->planes.clear();
  kept_->words = words;
  kept_->most = 0;
}

Plane PlaneMemory::take()
{
  std::unique_ptr<RowWord[]> plane;
  std::size_t words = 0;
  {
    std::lock_guard const lock(kept_->mutex);
    words = kept_->words;
    kept_->most = std::max(kept_->most, ++taken_);
    kept_->planes.reserve(kept_->most);  // so that taking a plane back cannot fail
    if (!kept_->planes.empty()) {
      plane = std::move(kept_->planes.back());
      kept_->planes.pop_back();
    }
  }
  if (!plane) plane = std::make_unique_for_overwrite<RowWord[]>(words);
  auto const take_back = [memory = std::weak_ptr(kept_), words](RowWord* let_go) {
    std::unique_ptr<RowWord[]> back(let_go);
    auto const kept = memory.lock();
    if (!kept) return;
    std::lock_guard const lock(kept->mutex);
    if (kept->words == words && kept->planes.size() < kept->most) kept->planes.push_back(std::move(back));
  };
  return {plane.release(), take_back};
}

}  // namespace tutela::detail
