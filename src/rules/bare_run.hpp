// SPDX-License-Identifier: Apache-2.0
/// \file
/// Answers that are definite, without a verdict around them (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <tutela/rules/pack.hpp>
#include <tutela/rules/session.hpp>

#include "rules/joint_input.hpp"
#include "rules/pack_impl.hpp"
#include "rules/run.hpp"

namespace tutela::detail {

/// Runs the model for facts that may change, and says no more than what is certain.
///
/// Where nothing is missing and nothing else must be said, the value of a decision is the whole answer.
/// In every other case `answer` has to find out.
class BareRun {
 public:
  /// \param options How to ask; they are copied. \param inputs Must outlive this.
  BareRun(PackImpl const& pack, DecideOptions const& options, InputSource& inputs);

  /// Forgets everything, for other facts or another day.
  void restart(std::optional<Date> on);

  /// Outcome and value as `answer` would report them: known, or an error; nothing when it might say anything else.
  /// The value lives until the restart.
  [[nodiscard]] std::optional<BareVerdict> decide(std::size_t decision);

  /// What an input of a table tests. It is an error where a limit is reached.
  [[nodiscard]] Value tested(JointInput const& joint);

 private:
  [[nodiscard]] bool is_answered_by_value(std::size_t decision);
  [[nodiscard]] bool find_answered_by_value(std::size_t decision) const;

  PackImpl const& pack_;
  DecideOptions options_;
  Evaluation evaluation_;
  ModelRun run_;
  std::uint64_t spent_ = 0;                    ///< Steps of all decisions since the restart.
  std::vector<std::optional<bool>> by_value_;  ///< By decision, on this day: whether its value is the answer.
};

}  // namespace tutela::detail
