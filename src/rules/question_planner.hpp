// SPDX-License-Identifier: Apache-2.0
/// \file
/// In which order missing facts are asked, so that the expected cost to the last answer is low (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include <tutela/rules/ask.hpp>

#include "rules/region_diagram.hpp"

namespace tutela::detail {

/// What the planner knows about one fact.
struct PlannedFact {
  double cost = 1;
  bool askable = true;         ///< False for what cannot be known and what only a trained interviewer asks.
  bool last = false;           ///< Asked only when nothing else can be asked any more.
  std::vector<double> shares;  ///< How likely each region is held to be; they add up to 1.
};

/// Plans over the diagrams of several decisions at once. Facts that are not askable must come last in the order of the
/// diagrams: what then remains of a decision is a diagram over them alone, and counts as its answer.
///
/// A state is the set of diagrams that are still open. Diagrams without a common fact are planned apart, because their
/// costs add up. See `tutela::ask` for the method and its guarantee.
class QuestionPlanner {
 public:
  using Id = RegionDiagrams::Id;
  using State = std::vector<Id>;

  /// \param diagrams Store that grows while plans are made.
  /// \param steps    Diagrams that may be looked at in one plan.
  QuestionPlanner(RegionDiagrams& diagrams, std::vector<PlannedFact> const& facts, std::size_t steps);

  /// A fact that may be asked next.
  struct Candidate {
    std::uint32_t fact = 0;
    std::optional<double> expected;  ///< Cost to settle what hangs together with it, when it is asked next.
    double gain = 0;                 ///< How much it tells for its cost.
  };
  struct Plan {
    std::vector<Candidate> candidates;  ///< Best first; facts that are asked last only when there are no others.
    std::optional<double> expected;     ///< Cost to settle everything, when it could be computed.
    PlanMethod method = PlanMethod::exact;
  };

  /// Ranks the facts that can still change one of the diagrams.
  Plan plan(std::vector<Id> const& roots);

  /// Open diagrams only, each once.
  [[nodiscard]] State open(std::vector<Id> const& roots) const;

  /// Open diagrams that have no askable fact in common with those of other parts; their costs add up.
  [[nodiscard]] std::vector<State> parts(State const& state) const;

  /// What is open once the region of a fact is known.
  [[nodiscard]] State after(State const& state, std::uint32_t fact, std::uint32_t region);

 private:
  enum class Rule : std::uint8_t { edges, impurity };
  struct Hash {
    std::size_t operator()(State const& state) const noexcept;
  };
  using Values = std::unordered_map<State, double, Hash>;
  struct Score {
    std::uint32_t fact = 0;
    double edges = 0;
    double impurity = 0;
  };

  [[nodiscard]] bool is_open(Id id) const;
  [[nodiscard]] std::vector<std::uint32_t> candidates(State const& part) const;
  std::vector<std::pair<Id, double>> const& spread(Id id);
  double impurity(Id id);
  std::vector<Score> scores(State const& part);
  double by_rule(State const& state, Rule rule);
  double part_by_rule(State const& part, Rule rule);
  double by_rules(State const& state);
  double least(State const& state);
  double exact(State const& state);
  double part_exact(State const& part);
  bool plan_part(State const& part, Plan& plan, double& expected);
  bool spend(std::size_t steps);

  RegionDiagrams& diagrams_;
  std::vector<PlannedFact> const& facts_;
  std::size_t steps_;
  std::size_t left_ = 0;
  bool exhausted_ = false;
  std::vector<RegionDiagrams::Bits> askable_;
  std::vector<std::vector<std::pair<Id, double>>> spreads_;
  std::vector<double> impurities_;
  Values edges_;
  Values impure_;
  Values exact_;
};

}  // namespace tutela::detail
