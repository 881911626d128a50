// SPDX-License-Identifier: Apache-2.0
/// \file
/// Packs that were loaded and questions that were compiled, for all queries of one database.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <tutela/base/date.hpp>
#include <tutela/columns/batch.hpp>
#include <tutela/rules/pack.hpp>

#include "databases/kept.hpp"
#include "duckdb/rows.hpp"

namespace tutela::duckdb {

/// What one call asks.
struct Question {
  std::string pack;                    ///< Id of a shipped pack, or a path.
  std::vector<std::string> decisions;  ///< At least one.
  std::optional<Date> on;              ///< The day asked about.
  bool missing = false;                ///< Whether the facts to ask are wanted.

  friend bool operator==(Question const&, Question const&) = default;
};

/// A question compiled for rows of one type. Queries run on many threads, so runs are lent: each has a memory of its own.
class Compiled {
 public:
  explicit Compiled(BatchProgram compiled);

  BatchProgram const program;       ///< The program.
  std::vector<bool> const boolean;  ///< For each decision, whether its answers are Booleans.

  /// Answers a range of rows on a run that nobody else uses. \throws Error when a column cannot be read.
  [[nodiscard]] BatchAnswers decide(Rows const& rows, std::size_t first, std::size_t count);

 private:
  std::mutex guard_;
  std::vector<BatchRun> idle_;
};

/// Keeps the packs and questions that were used last. For any number of threads.
class Programs {
 public:
  /// The question compiled for rows of that type.
  /// \throws Error with everything that is wrong: the pack, names of decisions, columns that are no facts or do not fit.
  /// \throws ContractViolation when there is no day and the pack needs one.
  [[nodiscard]] std::shared_ptr<Compiled> find(Question const& question, Rows const& rows);

 private:
  Pack const& pack(std::string const& name);

  std::mutex guard_;
  databases::Kept<std::string, Pack> packs_{databases::most_packs};
  /// A query on many days of application has a program for each; more than these are compiled again.
  databases::Kept<std::string, std::shared_ptr<Compiled>> compiled_{256};
};

}  // namespace tutela::duckdb
