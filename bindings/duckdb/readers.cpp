// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a thread that answers chunks keeps from one chunk to the next.
#include "duckdb/readers.hpp"

#include <utility>

namespace tutela::duckdb {

std::unique_ptr<Reader> Readers::borrow(duckdb_logical_type facts)
{
  std::vector<std::unique_ptr<Reader>> others;
  std::unique_ptr<Reader> found;
  while (!found) {
    std::unique_ptr<Reader> next;
    {
      std::lock_guard const lock(guard_);
      if (idle_.empty()) break;
      next = std::move(idle_.back());
      idle_.pop_back();
    }
    // Comparing types takes longer than a lock should be held.
    (next->rows.are_of(facts) ? found : others.emplace_back()) = std::move(next);
  }
  {
    std::lock_guard const lock(guard_);
    for (; !others.empty(); others.pop_back()) idle_.push_back(std::move(others.back()));
  }
  return found ? std::move(found) : std::make_unique<Reader>(facts);
}

void Readers::give_back(std::unique_ptr<Reader> reader)
{
  std::lock_guard const lock(guard_);
  if (idle_.size() >= most_idle) idle_.erase(idle_.begin());
  idle_.push_back(std::move(reader));
}

}  // namespace tutela::duckdb
