// SPDX-License-Identifier: Apache-2.0
/// \file
/// The rows of an array on several threads (internal).
#pragma once

#include <cstddef>
#include <exception>
#include <optional>
#include <vector>

#include <tutela/base/result.hpp>
#include <tutela/columns/arrow.hpp>
#include <tutela/columns/batch.hpp>

namespace tutela::detail {

/// The runs of one program, each on a thread of its own.
class SharedRun {
 public:
  /// \param threads At most so many; 0 for as many as there are processors.
  SharedRun(BatchProgram const& program, std::size_t threads);

  /// The answers to one array, in the order of its rows: one part for each thread that took some.
  Result<std::vector<BatchAnswers>> decide(ArrowArray const& rows);

 private:
  struct Part {
    std::optional<Result<BatchAnswers>> answers;
    std::exception_ptr failure;
  };

  BatchRun& run(std::size_t place);
  void decide(Part& part, std::size_t place, ArrowArray const& rows, std::size_t first, std::size_t count) noexcept;

  BatchProgram program_;
  std::size_t threads_;
  std::vector<std::optional<BatchRun>> runs_;  ///< Made where they are first used, on their own threads.
};

}  // namespace tutela::detail
