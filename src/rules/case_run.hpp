// SPDX-License-Identifier: Apache-2.0
/// \file
/// The decisions of a pack for one case; what several of them rest on is evaluated once (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tutela/rules/pack.hpp>

#include "rules/pack_impl.hpp"
#include "rules/run.hpp"

namespace tutela::detail {

/// The value of a decision, or what is known about it, with how it came about.
struct Evaluated {
  Value value;
  std::vector<TraceRow> trace;
  bool no_law = false;
  bool not_available = false;
  std::uint64_t steps = 0;
  Truth allowed = Truth::yes;         ///< Whether the constraints on its facts hold.
  std::vector<Value> undecided = {};  ///< Values of the constraints that are open.
  std::optional<std::size_t> broken;  ///< A constraint that does not hold, where one does not.
};

/// True for the value of a constraint that some completion may break. One that cannot be computed rules nothing out.
bool may_break(Value const& value);

/// The facts of a case as the inputs of a run.
class CaseInputs final : public InputSource {
 public:
  /// \param cone Whose inputs are put together in order as soon as one of them is asked for, so that the facts found to
  ///             be open are those of the cone. \param replaced May be nothing.
  CaseInputs(CaseFacts& facts, DecisionCone const* cone, std::map<std::string, Value> const* replaced, Mode mode)
      : facts_(facts), cone_(cone), replaced_(replaced), mode_(mode)
  {
  }

  void look_at(DecisionCone const& cone) { cone_ = &cone; }

  Value const* known(std::size_t leaf) override
  {
    return replaced_ == nullptr ? facts_.known(leaf) : facts_.known(leaf, *replaced_);
  }

  Value input(std::size_t node) override;

 private:
  CaseFacts& facts_;
  DecisionCone const* cone_;
  std::map<std::string, Value> const* replaced_;
  Mode mode_;
};

/// Evaluates decisions for one case.
class CaseRun {
 public:
  CaseRun(PackImpl const& pack, CaseFacts& facts, std::optional<Date> on, DecideOptions const& options)
      : pack_(pack), facts_(facts), on_(on), options_(options), inputs_(facts, nullptr, nullptr, options.mode)
  {
  }
  CaseRun(CaseRun const&) = delete;
  CaseRun& operator=(CaseRun const&) = delete;
  ~CaseRun() { forget(); }

  [[nodiscard]] CaseFacts& facts() const { return facts_; }

  /// A decision with the rules that led to it. Limits hold for each decision as if it were the only one.
  Evaluated decide(std::size_t decision);

  /// A decision by itself, from other facts or with some of them replaced.
  Evaluated decide_alone(std::size_t decision, CaseFacts& facts, std::map<std::string, Value> const* replaced,
                         bool tracing) const;

  /// The same for any node of a cone.
  Evaluated evaluate_alone(DecisionCone const& cone, std::size_t node, CaseFacts& facts,
                           std::map<std::string, Value> const* replaced, bool tracing) const;

  [[nodiscard]] Limits const& limits() const { return options_.limits; }
  [[nodiscard]] std::optional<Date> on() const { return on_; }

 private:
  void start();
  void forget();
  [[nodiscard]] Evaluation evaluation() const;
  [[nodiscard]] RunContext context(bool tracing) const;

  PackImpl const& pack_;
  CaseFacts& facts_;
  std::optional<Date> on_;
  DecideOptions const& options_;
  CaseInputs inputs_;
  Evaluation evaluation_;
  std::shared_ptr<RunNotes> notes_;
  std::unique_ptr<ModelRun> run_;
  std::uint64_t spent_ = 0;  ///< Steps of all decisions so far.
};

}  // namespace tutela::detail
