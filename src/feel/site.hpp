// SPDX-License-Identifier: Apache-2.0
/// \file
/// What an operation knows while it runs: the conditions of the evaluation and its place in the text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <tutela/facts/value.hpp>
#include <tutela/feel/evaluation.hpp>

namespace tutela::detail {

struct Program;

/// The place and conditions of one operation.
struct Site {
  Evaluation& evaluation;
  Program const* program = nullptr;  ///< May be missing where a function is called from outside.
  std::uint32_t offset = 0;
  std::string_view caller = {};  ///< Place named when there is no program.

  [[nodiscard]] bool legal() const noexcept { return evaluation.mode == Mode::legal; }

  /// The result of an operation that cannot be computed: an error in legal mode, null in conformance mode. The one
  /// point where the two modes part.
  [[nodiscard]] Value fail(std::string what) const;

  /// Spends steps; false when the limit is reached.
  [[nodiscard]] bool spend(std::uint64_t steps = 1) const noexcept
  {
    constexpr std::uint64_t most = std::uint64_t{1} << 56U;  // far beyond every limit, and far from overflow
    evaluation.steps += steps < most ? steps : most;
    return evaluation.steps <= evaluation.limits.evaluation_steps;
  }

  /// Spends a step for each 256 parts of a value that an operation may go through; false when the limit is reached.
  [[nodiscard]] bool spend_on(Value const& value) const noexcept { return spend(value.extent().parts / 256); }

  /// A value that was made, or the error of the limit that it exceeds.
  [[nodiscard]] Value bounded(Value value) const;

  /// False when the limit of steps is reached.
  [[nodiscard]] bool within_steps() const noexcept { return evaluation.steps <= evaluation.limits.evaluation_steps; }

  /// The error of a reached limit. In conformance mode null, and so is whatever is computed afterwards.
  [[nodiscard]] Value fail_limit(std::string_view limit) const;
};

}  // namespace tutela::detail
