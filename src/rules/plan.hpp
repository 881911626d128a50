// SPDX-License-Identifier: Apache-2.0
/// \file
/// A decision compiled down to masks: tables over plain facts and over each other (internal).
///
/// Where every table below a decision has an index, reads facts, what is computed from one fact (`ComputedInput`) or results
/// of such tables, and answers constants, the decision is a function of which region each fact lies in. Regions of a fact
/// that no rule tells apart are one *class*. A plan keeps, for each column, the mask of rules for each class; deciding is
/// then a few *and*s, and what missing facts can still change is found by trying out their classes.
///
/// A plan answers exactly as the evaluation of the model does. What it cannot answer so, it says it cannot.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/base/date.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/rules/pack.hpp>

#include "rules/cuts.hpp"
#include "rules/joint_input.hpp"
#include "rules/region_index.hpp"
#include "rules/run.hpp"

namespace tutela::detail {

class PackImpl;

/// Class of a fact in a plan; the classes of known values come first.
using FactClass = std::uint16_t;
inline constexpr FactClass no_class = 0xFFFF;  ///< The plan cannot say.

/// Number of an answer of a table.
using AnswerCode = std::uint32_t;

/// How a fact is read by all plans of a pack.
struct FactLine {
  bool planned = false;   ///< False when no table reads it as it is, or computes an input from it alone.
  bool by_steps = false;  ///< True for numbers of which only some are told apart; see `ComputedInput::is_told_apart`.
  Cuts cuts;

  // Places of a fact: its regions, and after them:
  [[nodiscard]] std::uint32_t none() const { return static_cast<std::uint32_t>(cuts.regions()); }
  [[nodiscard]] std::uint32_t open() const { return none() + 1; }
  [[nodiscard]] std::uint32_t irregular() const { return none() + 2; }  ///< Only the model itself can say.

  /// The place of a value; unknown and uncertain values that may be anything are open.
  [[nodiscard]] std::uint32_t place_of(Value const& value) const;
};

/// One fact of a plan.
struct PlanFact {
  std::string name;
  std::size_t declaration = 0;          ///< Its place in the schema of the pack.
  std::optional<std::size_t> leaf;      ///< Its place among the leaves of the model, where it is the only one there.
  std::vector<FactClass> class_of;      ///< For each place of its line.
  std::vector<FactClass> domain;        ///< Classes that completions have, in order; empty when they cannot be told.
  std::vector<std::string> containers;  ///< Names of facts that would hold it as a part.

  /// The class of a value that is not known.
  FactClass open_class = no_class;

  /// The place among the joint inputs of the day's plans, where it is one of them instead of a fact.
  std::optional<std::size_t> joint;
  /// True where the plan cannot say what follows from an unknown value alone, but only what it cannot change: the masks of
  /// `open_class`, which `class_of` does not name. What the value may be is said for each case (`PlanRun::leave_open`).
  bool bounded_only = false;
};

/// A rule of a table whose answer is computed for each case.
struct ComputedAnswer {
  std::size_t rule = 0;            ///< The number of rules for the default.
  AnswerCode code = 0;             ///< Of this rule alone; `PlanStep::results` has no value for it.
  std::vector<std::size_t> facts;  ///< What it is computed from: places in the schema, ascending.
};

/// One table of a plan.
struct PlanStep {
  struct Column {
    bool from_step = false;
    std::size_t source = 0;          ///< A fact, or an earlier step.
    std::vector<RuleWord> certain;   ///< For each class of the fact or answer of the step: rules that certainly stay,
    std::vector<RuleWord> possible;  ///< rules that possibly stay.
  };
  std::size_t node = 0;
  DecisionTable const* table = nullptr;
  std::size_t words = 0;
  std::vector<RuleWord> in_force;
  std::vector<Column> columns;
  std::vector<AnswerCode> code_of_rule;
  std::vector<Value> outputs;    ///< What each rule answers.
  Value fallback;                ///< What the table answers when no rule applies,
  AnswerCode fallback_code = 0;  ///< and its number.
  std::vector<Value> results;    ///< The values of the decision, by code; the last one is the error of the hit policy.
  std::vector<std::uint32_t> ranks;      ///< Of each rule's output; for PRIORITY only.
  std::vector<ComputedAnswer> computed;  ///< By code.

  [[nodiscard]] AnswerCode error() const { return static_cast<AnswerCode>(results.size() - 1); }
};

/// A decision under one state of the law. Immutable.
struct Plan {
  Period law;               ///< Days for which the same texts and rules are in force.
  bool undated = false;     ///< True when nothing in it is dated.
  bool unverified = false;  ///< True when something in it rests on a source that is not verified.
  std::vector<PlanFact> facts;
  std::vector<PlanStep> steps;  ///< The decision is the last one.
  /// True where it reads joint inputs or computes its answer. What follows from unknown facts is then only said where it is
  /// certain what they make of these inputs (`PartialRun`).
  bool partial = false;
};

/// True where several answers that the rules leave are several possible ones: one table whose rules are taken in order, and each
/// fact is tested by one rule alone, so that whether a rule applies says nothing about another one.
/// \param completions The most that may be told apart.
bool reads_once(Plan const& plan, std::size_t completions);

/// Plans of decisions for one day. Immutable.
struct DayPlans {
  std::vector<FactLine> lines;    ///< Of all facts that these plans read, in the order of the
                                  ///< schema, and after them of the joint inputs.
  std::vector<JointInput> joint;  ///< Inputs that are evaluated for each case.
  std::map<std::size_t, std::shared_ptr<Plan const>> plans;  ///< By decision; those that cannot be made are not there.

  /// Nothing where there is none.
  [[nodiscard]] Plan const* find(std::size_t decision) const
  {
    auto const found = plans.find(decision);
    return found == plans.end() ? nullptr : found->second.get();
  }
};

/// Partial plans of the decisions of a pack, without what uses the day. Immutable.
struct PartialPlans {
  std::vector<FactLine> lines;    ///< As those of the day's plans.
  std::vector<JointInput> joint;  ///< The same.
  std::vector<std::vector<std::shared_ptr<Plan const>>>
      plans;  ///< Of each decision, for the states of the law in which it has no other.
};

/// A partial plan with what it reads.
struct PartialPlan {
  Plan const* plan = nullptr;  ///< Nothing when there is none.
  std::vector<FactLine> const* lines = nullptr;
  std::vector<JointInput> const* joint = nullptr;
  std::shared_ptr<DayPlans const> day = nullptr;  ///< Keeps them, where they are made for one day.
};

/// Runs one plan; keeps its work space, so that nothing is allocated from the second run on.
class PlanRun {
 public:
  /// \param plan Must outlive the run.
  explicit PlanRun(Plan const& plan);
  PlanRun(PlanRun const&) = delete;
  PlanRun& operator=(PlanRun const&) = delete;
  ~PlanRun() = default;

  [[nodiscard]] Plan const& plan() const { return plan_; }

  /// Puts a fact at a place of its line; false when the plan cannot say what follows.
  bool set(std::size_t fact, std::uint32_t place, bool uncertain)
  {
    auto const found = class_of_.data()[fact][place];
    classes_.data()[fact] = found;
    uncertain_.data()[fact] = uncertain ? 1 : 0;
    if (!left_open_.empty()) left_open_[fact].clear();
    return found != no_class;
  }

  /// Leaves a joint input open. \param classes Those that it may be of; not empty.
  void leave_open(std::size_t fact, std::vector<FactClass> const& classes)
  {
    classes_[fact] = plan_.facts[fact].open_class;
    uncertain_[fact] = 0;
    left_open_.resize(classes_.size());
    left_open_[fact] = classes;
  }

  /// True for a fact that cannot be known.
  [[nodiscard]] bool is_uncertain(std::size_t fact) const { return uncertain_[fact] != 0; }
  [[nodiscard]] bool any_uncertain() const
  {
    return std::find(uncertain_.begin(), uncertain_.end(), 1) != uncertain_.end();
  }

  /// What the facts settle.
  enum class Settled : std::uint8_t {
    yes,        ///< There is one answer: `code()`.
    no,         ///< There are several.
    impossible  ///< The plan cannot say.
  };

  /// Finds out whether there is one answer, trying out what is open. \param most Evaluations that may be spent.
  [[nodiscard]] Settled settle(std::size_t most);

  /// Everything that the open facts can lead to.
  struct Completions {
    /// An answer, or an open fact and what follows from each class of its domain; equal nodes are one node.
    struct Node {
      AnswerCode code = 0;
      std::size_t fact = 0;
      std::vector<std::size_t> children;  ///< Earlier nodes, one for each class; none for an answer.
    };
    std::vector<AnswerCode> possible;  ///< In the order in which completions reach them.
    std::vector<std::size_t> facts;    ///< Facts that decide between them; ascending.
    std::vector<Node> nodes;           ///< The last one is the whole.
  };
  [[nodiscard]] std::optional<Completions> complete(std::size_t most);

  [[nodiscard]] AnswerCode code() const { return single_; }

  /// The rules that apply or may apply with the open facts open, as the evaluation of the model would trace them.
  /// Nothing when a table rests on another one whose answer may be an error.
  [[nodiscard]] std::optional<std::vector<TraceRow>> trace();

 private:
  friend class PlanExplorer;

  /// What one table comes to with the open facts open.
  struct StepState {
    AnswerCode code = 0;
    bool open = false;     ///< Several codes are possible: those in `codes`.
    bool blocked = false;  ///< It rests on an answer that may be an error.
    std::vector<RuleWord> certain;
    std::vector<RuleWord> possible;
    std::vector<RuleWord> live;  ///< Possible rules that can still matter.
    std::vector<std::uint64_t> codes;

    void restart();
    void add(AnswerCode added);

   private:
    bool any_ = false;
  };
  enum class State : std::uint8_t { definite, open, impossible };

  State evaluate();
  void find_rules(PlanStep const& step, StepState& state, std::size_t word) const;
  void first(PlanStep const& step, StepState& state) const;
  void others(PlanStep const& step, StepState& state) const;
  void trace_step(PlanStep const& step, StepState const& state, std::vector<TraceRow>& rows) const;
  [[nodiscard]] bool is_left_open(std::size_t fact) const
  {
    return !left_open_.empty() && classes_[fact] == plan_.facts[fact].open_class && !left_open_[fact].empty();
  }
  [[nodiscard]] std::vector<FactClass> const& domain(std::size_t fact) const
  {
    return is_left_open(fact) ? left_open_[fact] : plan_.facts[fact].domain;
  }
  void narrow(PlanStep::Column const& column, std::size_t words, std::size_t word, RuleWord& certain,
              RuleWord& possible) const;
  [[nodiscard]] std::optional<std::size_t> next_fact() const;
  [[nodiscard]] bool is_relevant(std::size_t fact) const;
  void explore();

  Plan const& plan_;
  std::vector<FactClass const*> class_of_;  ///< Of each fact.
  std::vector<FactClass> classes_;
  std::vector<std::uint8_t> uncertain_;
  std::vector<std::vector<FactClass>>
      left_open_;  ///< Of joint inputs the classes that are left; empty where none is open.
  std::vector<StepState> states_;
  AnswerCode single_ = 0;
  bool found_ = false;
  bool stop_ = false;
  bool impossible_ = false;
  std::size_t budget_ = 0;
};

}  // namespace tutela::detail
