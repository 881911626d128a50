// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the rails leave open, decided by the plan once for each combination of regions.
#include "columns/exact_routine.hpp"

#include <utility>

namespace tutela::detail {
namespace {

constexpr std::uint64_t few_combinations = std::uint64_t{1} << 18U;

/// What tells endings apart.
std::string key_of(Ending const& ending)
{
  std::string key(to_string(ending.outcome));
  key += '\n' + to_string(ending.value) + '\n';
  for (auto const& name : ending.missing) key += name + '\n';
  key += '\n';
  for (auto const& name : ending.uncertain) key += name + '\n';
  if (ending.rule) key += '\n' + std::to_string(*ending.rule);
  return key;
}

Ending counted_ending(std::optional<std::size_t> rule) { return {Outcome::known, Value(), {}, {}, rule, true}; }

}  // namespace

ExactRoutine::ExactRoutine(ColumnProgram const& program, ColumnDecision const& decision)
    : program_(program), decision_(decision)
{
  if (decision.plan == nullptr) {
    if (decision.amounts) endings_.push_back(counted_ending(std::nullopt));
    return;
  }
  if (decision.plan->partial)
    partial_ = std::make_unique<PartialRun>(*decision.plan, program.day->joint);
  else
    run_ = std::make_unique<PlanRun>(*decision.plan);
  if (decision.combinations != 0 && decision.combinations <= few_combinations)
    dense_.assign(static_cast<std::size_t>(decision.combinations), 0);
  if (decision.as_bits) {
    static_cast<void>(number_of(Outcome::unknown, Value(), {}, {}));
    endings_.resize(known_bit, endings_.front());
    for (bool const value : {false, true}) endings_.push_back({Outcome::known, Value(value), {}, {}, std::nullopt});
    for (std::uint32_t number = known_bit; number < endings_.size(); ++number)
      ids_.emplace(key_of(endings_[number]), number);
    return;
  }
  auto const& step = decision.plan->steps.back();
  for (std::size_t rule = 0; rule < decision.first_answer; ++rule) {
    bool const is_rule = rule < step.code_of_rule.size();
    auto const code = is_rule ? step.code_of_rule[rule] : step.fallback_code;
    std::optional<std::size_t> const number = is_rule ? rule + 1 : 0;
    if (decision.amounts && code >= decision.first_computed)
      endings_.push_back(counted_ending(number));
    else
      add({Outcome::known, step.results[code], {}, {}, number});
  }
  for (std::size_t code = 0; code < decision.first_computed; ++code)
    static_cast<void>(number_of(Outcome::known, decision.answers[code], {}, {}));
  // Where it is not counted nothing ends with the number of an answer that is computed, but those behind it rest on it.
  auto const computed = decision.amounts ? counted_ending(std::nullopt) : Ending();
  endings_.insert(endings_.end(), decision.computed.size(), computed);
  static_cast<void>(number_of(Outcome::unknown, Value(), {}, {}));
}

ExactRoutine::RankOrOpen ExactRoutine::rank(std::vector<LaneRanks> const& ranks, std::size_t lane,
                                            std::size_t row) const
{
  auto const& found = ranks[lane];
  if (found.is_valid(row)) return found.rank(row);
  auto const null = program_.lanes[lane].null_rank();
  return static_cast<RankOrOpen>(found.opened_as.empty() ? null : null + found.opened_as[row]);
}

std::uint32_t ExactRoutine::ending(std::vector<LaneRanks> const& ranks, std::size_t row, bool& fresh)
{
  auto const& lanes = decision_.lanes;
  std::uint64_t number = 0;
  if (decision_.combinations != 0)
    for (std::size_t i = 0; i < lanes.size(); ++i)
      number += std::uint64_t{rank(ranks, lanes[i], row)} * decision_.strides[i];
  if (!dense_.empty()) {
    auto& known = dense_[static_cast<std::size_t>(number)];
    if (known == 0) {
      fresh = true;
      find_key(ranks, row);
      known = run(ranks) + 1;  // `by_model` comes to 0: it is found out anew for each row
    }
    return known - 1;
  }
  find_key(ranks, row);
  auto const most = program_.options.limits.region_codes;
  if (decision_.combinations != 0) {
    if (auto const found = numbered_.find(number); found != numbered_.end()) return found->second;
    fresh = true;
    auto const made = run(ranks);
    if (numbered_.size() < most) numbered_.emplace(number, made);
    return made;
  }
  if (auto const found = listed_.find(key_); found != listed_.end()) return found->second;
  fresh = true;
  auto const made = run(ranks);
  if (listed_.size() < most) listed_.emplace(key_, made);
  return made;
}

/// Notes the ranks of a row.
void ExactRoutine::find_key(std::vector<LaneRanks> const& ranks, std::size_t row)
{
  key_.clear();
  for (auto const lane : decision_.lanes) key_.push_back(rank(ranks, lane, row));
}

/// Runs the plan for the combination of `key_`.
std::uint32_t ExactRoutine::run(std::vector<LaneRanks> const& ranks)
{
  if (partial_) return run_in_part(ranks);
  for (std::size_t i = 0; i < key_.size(); ++i) {
    auto const& lane = program_.lanes[decision_.lanes[i]];
    bool const null = key_[i] == lane.null_rank();
    auto const place = null ? lane.null_place : lane.place_of_rank[key_[i]];
    if (!run_->set(i, place, null && lane.null_uncertain)) return by_model;
  }
  auto verdict = answer_by_plan(program_.pack.impl(), decision_.index, *run_, program_.on, program_.decide_options);
  if (!verdict) return by_model;
  return number_of(verdict->outcome, verdict->value, std::move(verdict->missing), std::move(verdict->uncertain));
}

/// The same of a plan that reads joint inputs.
std::uint32_t ExactRoutine::run_in_part(std::vector<LaneRanks> const& ranks)
{
  for (std::size_t i = 0; i < key_.size(); ++i) {
    auto const index = decision_.lanes[i];
    auto const& lane = program_.lanes[index];
    auto const null = lane.null_rank();
    bool set = false;
    if (key_[i] < null)
      set = partial_->set(i, lane.place_of_rank[key_[i]], false);
    else if (!lane.joint)
      set = partial_->set(i, lane.null_place, lane.null_uncertain);
    else if (key_[i] > null)
      set = partial_->leave_open(i, ranks[index].opened[key_[i] - null - std::size_t{1}]);
    if (!set) return by_model;
  }
  auto found = partial_->answer(program_.decide_options.limits.completions);
  if (!found) return by_model;
  auto const& last = decision_.plan->steps.back();
  auto const outcome = found->outcome(last);
  auto const& value = outcome == Outcome::known ? last.results[found->possible.front()] : Value();
  return number_of(outcome, value, std::move(found->missing), std::move(found->uncertain));
}

std::uint32_t ExactRoutine::number_of(Outcome outcome, Value const& value, std::vector<std::string> missing,
                                      std::vector<std::string> uncertain, std::optional<std::size_t> rule)
{
  if (!program_.options.missing) {
    missing.clear();
    uncertain.clear();
  }
  Ending made{outcome, value, std::move(missing), std::move(uncertain), rule};
  // Neither bit may be set in the number of what is no answer; nothing ends with the numbers between.
  constexpr auto step = value_bit + known_bit + 1;
  while (decision_.as_bits && endings_.size() % step != 0) endings_.push_back(endings_.front());
  auto const [found, fresh] = ids_.emplace(key_of(made), static_cast<std::uint32_t>(endings_.size()));
  if (fresh) add(std::move(made));
  return found->second;
}

void ExactRoutine::add(Ending made)
{
  if (decision_.amounts) made.amount = decision_.amounts->count(made.value);
  endings_.push_back(std::move(made));
  shared_.reset();
}

std::uint32_t ExactRoutine::number_of_counted(std::optional<std::size_t> rule) const
{
  if (decision_.plan == nullptr) return 0;
  if (!rule || !program_.options.rules) return decision_.first_answer + decision_.first_computed;
  auto const rules = decision_.plan->steps.back().code_of_rule.size();
  return static_cast<std::uint32_t>(*rule == 0 ? rules : *rule - 1);
}

std::shared_ptr<std::vector<Ending> const> ExactRoutine::endings()
{
  if (!shared_) shared_ = std::make_shared<std::vector<Ending> const>(endings_);
  return shared_;
}

}  // namespace tutela::detail
