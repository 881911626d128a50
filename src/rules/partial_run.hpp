// SPDX-License-Identifier: Apache-2.0
/// \file
/// Plans that read joint inputs, on cases of which something is missing (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rules/open_input.hpp"
#include "rules/plan.hpp"

namespace tutela::detail {

/// What a plan says of a case: one answer, or several and the facts that decide between them.
struct PlanAnswer {
  std::vector<AnswerCode> possible;    ///< In the order in which completions reach them.
  std::vector<std::string> missing;    ///< Sorted.
  std::vector<std::string> uncertain;  ///< Sorted.

  [[nodiscard]] bool is_settled() const { return possible.size() == 1; }
  [[nodiscard]] Outcome outcome(PlanStep const& last) const
  {
    if (!is_settled()) return missing.empty() ? Outcome::undeterminable : Outcome::unknown;
    return possible.front() == last.error() ? Outcome::error : Outcome::known;
  }
};

/// Runs a plan that is partial. Each of its facts and inputs must be set or opened before it is asked.
class PartialRun {
 public:
  /// \param joint Of the day's plans. It must outlive the run, as must the plan.
  PartialRun(Plan const& plan, std::vector<JointInput> const& joint)
      : run_(plan), joint_(joint), open_(plan.facts.size())
  {
  }

  [[nodiscard]] Plan const& plan() const { return run_.plan(); }

  /// Puts a fact, or an input that is known, at a place of its line; false when the plan cannot say what follows.
  [[nodiscard]] bool set(std::size_t fact, std::uint32_t place, bool uncertain);

  /// Leaves an input open; false when the plan cannot say what follows. \param open Must outlive the next answer.
  [[nodiscard]] bool leave_open(std::size_t fact, OpenInput const& open);

  /// The same of whatever a joint input was evaluated to. \param line Of the input.
  [[nodiscard]] bool set_value(std::size_t fact, FactLine const& line, Value const& value, IsAbsent const& is_absent);

  /// Nothing where only the model can say: where the answer must be computed, or where there seem to be several and it is not
  /// certain that completions reach each of them. \param most Evaluations of the plan that may be spent.
  [[nodiscard]] std::optional<PlanAnswer> answer(std::size_t most);

 private:
  [[nodiscard]] bool is_computed(AnswerCode code) const;
  [[nodiscard]] bool all_reached(std::vector<std::size_t> const& facts) const;

  PlanRun run_;
  std::vector<JointInput> const& joint_;
  std::vector<OpenInput const*> open_;  ///< Of each input that is open.
  std::vector<std::unique_ptr<OpenInput const>> kept_;
  std::vector<FactClass> classes_;
};

}  // namespace tutela::detail
