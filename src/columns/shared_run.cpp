// SPDX-License-Identifier: Apache-2.0
/// \file
/// The rows of an array on several threads.
#include "columns/shared_run.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "columns/bits.hpp"

namespace tutela::detail {
namespace {

constexpr std::size_t rows_for_a_thread = std::size_t{1} << 16U;

}  // namespace

SharedRun::SharedRun(BatchProgram const& program, std::size_t threads)
    : program_(program), threads_(threads != 0 ? threads : std::max(1U, std::thread::hardware_concurrency()))
{
}

Result<std::vector<BatchAnswers>> SharedRun::decide(ArrowArray const& rows)
{
  auto const count = rows.length < 0 ? 0 : static_cast<std::size_t>(rows.length);
  auto const shares = std::clamp<std::size_t>(count / rows_for_a_thread, 1, threads_);
  if (runs_.size() < shares) runs_.resize(shares);
  // Whole batches, so that the work is the same as on one thread.
  auto const share = (count / shares + batch_rows - 1) / batch_rows * batch_rows;
  std::vector<Part> parts(shares);
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < shares; ++i) {
      auto const first = std::min(count, i * share);
      auto const last = i + 1 == shares ? count : std::min(count, first + share);
      threads.emplace_back([this, &parts, &rows, i, first, last] { decide(parts[i], i, rows, first, last - first); });
    }
    if (shares == 1)
      parts[0].answers = run(0).decide(rows);
    else
      decide(parts[0], 0, rows, 0, share);
  }
  std::vector<BatchAnswers> answers;
  for (auto& part : parts) {
    if (part.failure) std::rethrow_exception(part.failure);
    if (!*part.answers) return part.answers->diagnostics();
    answers.push_back(**std::move(part.answers));
  }
  return answers;
}

BatchRun& SharedRun::run(std::size_t place)
{
  if (!runs_[place]) runs_[place].emplace(program_);
  return *runs_[place];
}

void SharedRun::decide(Part& part, std::size_t place, ArrowArray const& rows, std::size_t first,
                       std::size_t count) noexcept
{
  try {
    part.answers = run(place).decide(rows, first, count);
  } catch (...) {
    part.failure = std::current_exception();
  }
}

}  // namespace tutela::detail
