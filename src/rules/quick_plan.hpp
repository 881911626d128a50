// SPDX-License-Identifier: Apache-2.0
/// \file
/// A plan that is one small table, answered from the places of its facts in a few operations (internal).
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "rules/plan.hpp"

namespace tutela::detail {

/// The masks of one table of at most 64 rules, by the place of each fact on its line. Immutable.
class QuickPlan {
 public:
  /// Nothing where the plan is more than such a table. \param plan Must outlive this.
  static std::optional<QuickPlan> of(Plan const& plan);

  /// The answer when the rules settle it at once; nothing is meant by nothing.
  /// \param place Gives the place of a fact of the plan, by its number there.
  template <class PlaceOf>
  [[nodiscard]] std::optional<AnswerCode> answer(PlaceOf const& place_of) const
  {
    RuleWord certain = in_force_;
    RuleWord possible = in_force_;
    RuleWord impossible = 0;
    Column const* const columns = columns_.data();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      auto const& masks = masks_.data()[columns[i].first + place_of(columns[i].fact)];
      certain &= masks.certain;
      possible &= masks.possible;
      impossible |= masks.certain & ~masks.possible;
    }
    if (impossible != 0) return std::nullopt;
    auto const& step = plan_->steps.front();
    if (possible == 0) return step.fallback_code;
    auto const first = possible & (~possible + 1);
    bool const settled = (certain & first) != 0 && (first_only_ || possible == first);
    if (!settled) return std::nullopt;
    return step.code_of_rule.data()[std::countr_zero(possible)];
  }

 private:
  explicit QuickPlan(Plan const& plan) : plan_(&plan) {}

  /// Rules that certainly and that possibly stay. Where the plan cannot say: one that certainly stays and cannot.
  struct Masks {
    RuleWord certain;
    RuleWord possible;
  };
  struct Column {
    std::size_t fact;   ///< Of the plan.
    std::size_t first;  ///< Its masks, one for each place.
  };
  static constexpr Masks cannot_say{~RuleWord{0}, 0};

  Plan const* plan_;
  RuleWord in_force_ = 0;
  bool first_only_ = false;
  std::vector<Column> columns_;
  std::vector<Masks> masks_;
};

}  // namespace tutela::detail
