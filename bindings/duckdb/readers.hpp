// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a thread that answers chunks keeps from one chunk to the next.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "duckdb/host.hpp"
#include "duckdb/programs.hpp"
#include "duckdb/rows.hpp"

namespace tutela::duckdb {

/// The rows of one place in a query, and what was last asked about them: mostly the next chunk is asked the same.
struct Reader {
  explicit Reader(duckdb_logical_type facts) : rows(facts) {}

  Rows rows;
  Question asked;
  std::shared_ptr<Compiled> compiled;  ///< What was asked, compiled; nothing before the first question.
};

/// Lends readers to threads. For any number of threads.
class Readers {
 public:
  Readers() { idle_.reserve(most_idle); }

  /// A reader that nobody else uses, of a type of facts. \throws Error when it is no struct.
  [[nodiscard]] std::unique_ptr<Reader> borrow(duckdb_logical_type facts);

  /// Takes one back. What is not asked for any more goes in the end.
  void give_back(std::unique_ptr<Reader> reader);

 private:
  /// More would be more places of queries times threads than are at work at a time.
  static constexpr std::size_t most_idle = 64;

  std::mutex guard_;
  std::vector<std::unique_ptr<Reader>> idle_;  ///< The one given back last is the last one.
};

}  // namespace tutela::duckdb
