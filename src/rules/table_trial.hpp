// SPDX-License-Identifier: Apache-2.0
/// \file
/// A decision table tried with other values of its inputs (internal).
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "rules/input_choices.hpp"
#include "rules/open_run.hpp"

namespace tutela::detail {

/// Places of inputs; ascending.
using Set = std::vector<std::size_t>;

/// For each input what it is in one case, or in several when it is open.
using Pieces = std::vector<Piece>;

/// Calls `visit` with every way to take one of each list, until it returns false. \return False when it did.
template <class Visit>
bool every_way(std::vector<std::vector<Piece> const*> const& lists, Visit const& visit)
{
  if (std::any_of(lists.begin(), lists.end(), [](auto const* list) { return list->empty(); })) return true;
  std::vector<std::size_t> at(lists.size(), 0);
  for (;;) {
    if (!visit(at)) return false;
    std::size_t i = 0;
    while (i < at.size() && ++at[i] == lists[i]->size()) at[i++] = 0;
    if (i == at.size()) return true;
  }
}

/// A rule that may give the answer, and the inputs that keep it from applying as they are.
struct RuleCandidate {
  std::optional<std::size_t> rule;  ///< Nothing when no single one gives it: the default, rules that work together.
  Set misfits;
};

/// One table of a case; see `WhyNot` for the definition that it decides.
class TableTrial {
 public:
  TableTrial(PackImpl const& pack, std::size_t node, OpenRun& run, NodeText const& text);

  /// The answer asked for; nothing for any.
  void ask_for(std::optional<Value> answer) { answer_ = std::move(answer); }

  [[nodiscard]] DecisionTable const& table() const { return table_; }
  [[nodiscard]] std::vector<TableInput> const& inputs() const { return inputs_; }
  [[nodiscard]] Pieces const& now() const { return now_; }

  /// True for a hit policy by which one rule alone gives the answer.
  [[nodiscard]] bool one_output() const;
  [[nodiscard]] bool in_force(std::size_t rule) const;

  /// What a rule answers, as the table gives it.
  [[nodiscard]] Value const& output(std::size_t rule) const { return outputs_[rule]; }

  /// Whether all cells of a rule on one input hold for a value.
  Truth holds(std::size_t rule, std::size_t input, Value const& value);

  /// Whether a rule's cell holds for its input as it is now.
  Truth holds_now(std::size_t rule, std::size_t column);

  /// With these values of the inputs in the set some case obeys the constraints, and all that do are given the answer.
  bool gives(RuleCandidate const& candidate, Set const& set, Pieces const& values);

  /// True when `Limits::completions` evaluations were made: nothing is found any more.
  [[nodiscard]] bool exhausted() const { return exhausted_; }

  /// False when constraints left open whether there is a case.
  [[nodiscard]] bool exact() const { return exact_; }

 private:
  bool applies(std::size_t rule, Pieces const& values);
  bool never_applies(std::size_t rule, Pieces const& values);
  bool covered(std::size_t rule, Pieces const& values);
  Truth possible(Pieces const& values);
  Value computed(std::size_t rule);
  Value evaluated(Pieces const& values);
  bool answers(RuleCandidate const& candidate, Pieces const& values);
  bool always_gives(RuleCandidate const& candidate, Set const& open, Pieces const& values);

  std::size_t node_;
  OpenRun& run_;
  NodeText const& text_;
  DecisionTable const& table_;
  DecisionTable probe_;  ///< The table with inputs that are read from the end of the frame.
  PossibleCases possible_;
  std::vector<Value> frame_;
  std::vector<TableInput> inputs_;
  std::vector<std::size_t> input_of_;  ///< For each column its input.
  Pieces now_;
  std::vector<Value> outputs_;
  std::optional<Value> answer_;
  std::size_t evaluations_ = 0;
  bool exhausted_ = false;
  bool exact_ = true;
};

}  // namespace tutela::detail
