// SPDX-License-Identifier: Apache-2.0
/// \file
/// One decision for one case: evaluation, completions, reasons.
#include <algorithm>
#include <utility>

#include "rules/case_facts.hpp"
#include "rules/case_run.hpp"
#include "rules/completions.hpp"
#include "rules/pack_impl.hpp"
#include "rules/possibilities.hpp"

namespace tutela::detail {
namespace {

class Answer {
 public:
  Answer(PackImpl const& pack, std::size_t decision, CaseRun* run, std::optional<Date> on, DecideOptions const& options)
      : pack_(pack),
        decision_(decision),
        info_(pack.decisions[decision]),
        cone_(pack.cones[decision]),
        node_(pack.nodes[decision]),
        run_(run),
        on_(on),
        law_on_(options.law_on ? options.law_on : on),
        options_(options)
  {
  }

  /// Whether a plan may be used, one whose facts are filled in already, and where the graph of completions is left.
  Verdict run(bool by_plan, PlanRun* filled, std::optional<CompletionGraph>* graph);

  /// True when the verdict came from the plan.
  [[nodiscard]] bool planned() const { return planned_; }

 private:
  bool decide_by_plan(Verdict& verdict, PlanRun& run);
  bool fill(Plan const& plan, PlanRun& run) const;
  std::optional<CompletionGraph> settle(Verdict& verdict, Evaluated const& evaluated, CaseFacts& facts);
  void explain(Verdict& verdict, std::vector<TraceRow> const& trace);
  bool never_applies(Verdict const& verdict, TraceRow const& row) const;
  bool rests_on_protected_facts(Value const& value);
  NodeText const* text_of(std::size_t node) const;

  PackImpl const& pack_;
  std::size_t decision_;
  DecisionInfo const& info_;
  DecisionCone const& cone_;
  std::size_t node_;
  CaseRun* run_;  ///< Nothing when a plan that is filled in must do.
  std::optional<Date> on_;
  std::optional<Date> law_on_;
  DecideOptions const& options_;
  bool planned_ = false;
};

NodeText const* Answer::text_of(std::size_t node) const
{
  auto const& texts = pack_.model->nodes[node].texts;
  if (!law_on_) return &texts.front();
  for (auto const& text : texts)
    if (text.note.law.contains(*law_on_)) return &text;
  return nullptr;
}

/// Fills in the outcome. \return The graph of the completions; nothing when they could not all be told apart.
std::optional<CompletionGraph> Answer::settle(Verdict& verdict, Evaluated const& evaluated, CaseFacts& facts)
{
  auto const& value = evaluated.value;
  auto end = [&](Value const& answer) { return CompletionGraph{{}, {{true, answer, 0, 0, 0, 0}}, 0}; };
  auto fail = [&](Value const& error) {
    verdict.outcome = evaluated.no_law          ? Outcome::no_law_in_force
                      : evaluated.not_available ? Outcome::rule_not_available
                                                : Outcome::error;
    auto const* fault = error.as_fault();
    verdict.fault = fault == nullptr ? Fault{"the answer has a part that cannot be computed", {}} : *fault;
    verdict.possible = {Domain::Kind::set, {error}, {}, false};
    return end(error);
  };
  auto know = [&](Value const& answer) {
    verdict.outcome = Outcome::known;
    verdict.value = answer;
    verdict.possible = {Domain::Kind::set, {answer}, {}, false};
    return end(answer);
  };
  if (is_definite(value)) return know(value);
  if (value.is(Kind::error)) return fail(value);
  auto open = open_facts(value);
  if (open.missing.empty() && open.uncertain.empty()) return fail(value);  // an error inside a structure

  auto candidates = facts.open();
  if (cone_.tests_uncertain) {
    // A rule asks whether a fact can be known, so a value in its place would be another case.
    candidates.erase(
        std::remove_if(candidates.begin(), candidates.end(), [](OpenFact const& fact) { return fact.uncertain; }),
        candidates.end());
  }
  // All completions together may cost what one evaluation may.
  std::uint64_t steps = 0;
  auto explored = explore_completions(value, candidates, cone_.constants, on_, options_.limits.completions,
                                      [&](std::map<std::string, Value> const& replaced) -> std::optional<Value> {
                                        if (steps > options_.limits.evaluation_steps) return std::nullopt;
                                        auto narrowed = run_->decide_alone(decision_, facts, &replaced, false);
                                        steps += narrowed.steps;
                                        return std::optional<Value>(std::move(narrowed.value));
                                      });
  if (explored) {
    if (explored->possible.size() == 1) {
      auto const& only = explored->possible.front();
      return only.is(Kind::error) ? fail(only) : know(only);
    }
    verdict.possible = {Domain::Kind::set, explored->possible, {}, false};
    auto matters = [&](std::string const& name) {
      return !std::binary_search(explored->facts.begin(), explored->facts.end(), name);
    };
    // What a case does not hold as a fact of its own (an open list) stays as it was found.
    open.missing.erase(std::remove_if(open.missing.begin(), open.missing.end(), matters), open.missing.end());
    open.uncertain.erase(std::remove_if(open.uncertain.begin(), open.uncertain.end(), matters), open.uncertain.end());
  } else if (auto const* unknown = value.as_unknown()) {
    verdict.possible = unknown->domain;
    verdict.possible.approximate = true;
  } else {
    verdict.possible.approximate = true;
  }
  verdict.missing = std::move(open.missing);
  verdict.uncertain = std::move(open.uncertain);
  verdict.outcome = verdict.missing.empty() ? Outcome::undeterminable : Outcome::unknown;
  if (!explored) return std::nullopt;
  return std::move(explored->graph);
}

/// True for a rule that looked possible by itself, although no completion of the facts leads to its output.
bool Answer::never_applies(Verdict const& verdict, TraceRow const& row) const
{
  if (row.applies == Truth::yes || row.node != node_ || row.table == nullptr) return false;
  if (verdict.possible.kind != Domain::Kind::set || verdict.possible.approximate || verdict.possible.values.empty())
    return false;
  auto const policy = row.table->policy;
  bool const one_output = policy == HitPolicy::unique || policy == HitPolicy::any || policy == HitPolicy::first ||
                          policy == HitPolicy::priority;
  auto const* text = text_of(node_);
  if (!one_output || text == nullptr || text->body.table.get() != row.table || !is_definite(row.output)) return false;
  auto const answer = fitted(row.output, text->type.type);
  auto const& answers = verdict.possible.values;
  // Rules that contradict each other lead to an error, not to their outputs.
  if (std::any_of(answers.begin(), answers.end(), [](Value const& value) { return value.is(Kind::error); }))
    return false;
  return answer && std::find(answers.begin(), answers.end(), *answer) == answers.end();
}

void Answer::explain(Verdict& verdict, std::vector<TraceRow> const& trace)
{
  std::vector<Reason> possible;
  for (auto const& row : trace) {
    if (never_applies(verdict, row)) continue;
    auto const& node = pack_.model->nodes[row.node];
    auto const* text = text_of(row.node);
    Reason reason;
    reason.decision = node.name;
    reason.applies = row.applies;
    reason.output = row.output;
    if (text != nullptr) reason.law = text->note.law;
    if (row.table == nullptr) {
      if (text != nullptr && !text->body.text.empty()) reason.conditions.push_back(text->body.text);
      if (text != nullptr) reason.citations = text->note.citations;
      if (text != nullptr) reason.label = text->note.label;
    } else if (row.rule < row.table->rules.size()) {
      auto const& rule = row.table->rules[row.rule];
      reason.rule = row.rule + 1;
      reason.label = rule.note.label;
      reason.citations = rule.note.citations;
      reason.duties = rule.note.duties;
      if (rule.note.law.from || rule.note.law.until) reason.law = rule.note.law;
      for (std::size_t i = 0; i < rule.tests.size(); ++i) {
        if (rule.tests[i] && rule.tests[i]->passes_all()) continue;
        reason.conditions.push_back(row.table->inputs[i].text + " in " + rule.test_texts[i]);
      }
    }
    (row.applies == Truth::yes ? verdict.reasons : possible).push_back(std::move(reason));
  }
  // The decision asked for comes before those it rests on.
  auto own_first = [&](Reason const& reason) { return reason.decision == info_.name; };
  std::stable_partition(verdict.reasons.begin(), verdict.reasons.end(), own_first);
  std::stable_partition(possible.begin(), possible.end(), own_first);
  auto cite = [&](std::vector<Citation> const& citations) {
    for (auto const& citation : citations)
      if (std::find(verdict.citations.begin(), verdict.citations.end(), citation) == verdict.citations.end())
        verdict.citations.push_back(citation);
  };
  if (auto const* text = text_of(node_)) cite(text->note.citations);
  for (auto const& reason : verdict.reasons) cite(reason.citations);
  std::move(possible.begin(), possible.end(), std::back_inserter(verdict.reasons));
}

/// True when the answer changes or opens once every protected fact is taken away.
bool Answer::rests_on_protected_facts(Value const& value)
{
  std::vector<std::string> hidden;
  for (auto const& name : info_.facts) {
    auto const* fact = pack_.schema.find(name);
    if (fact != nullptr && fact->is_protected) hidden.push_back(name);
  }
  if (hidden.empty()) return false;
  auto facts = run_->facts().without(std::move(hidden));
  Verdict without;
  settle(without, run_->decide_alone(decision_, facts, nullptr, false), facts);
  return without.outcome != Outcome::known || !(without.value == value);
}

/// Puts the facts of the case into a plan; false when one of them is nothing that the plan knows.
bool Answer::fill(Plan const& plan, PlanRun& run) const
{
  auto const& facts = run_->facts();
  for (std::size_t i = 0; i < plan.facts.size(); ++i) {
    auto const& fact = plan.facts[i];
    for (auto const& container : fact.containers)
      if (facts.fact(container) != nullptr) return false;
    auto const& line = pack_.lines[fact.declaration];
    auto const* given = facts.fact(fact.name);
    if (!run.set(i, given == nullptr ? line.open() : line.place_of(given->value),
                 given != nullptr && given->value.is(Kind::uncertain)))
      return false;
  }
  return true;
}

/// Answers from a plan whose facts are filled in; false when the plan cannot say.
bool Answer::decide_by_plan(Verdict& verdict, PlanRun& run)
{
  auto const settled = run.settle(options_.limits.completions);
  if (settled == PlanRun::Settled::impossible) return false;
  std::optional<PlanRun::Completions> open;
  if (settled == PlanRun::Settled::no && !(open = run.complete(options_.limits.completions))) return false;
  auto const trace = options_.reasons ? run.trace() : std::optional(std::vector<TraceRow>());
  if (!trace) return false;
  auto const& step = run.plan().steps.back();
  verdict.possible.kind = Domain::Kind::set;
  if (open) {
    for (auto const code : open->possible) verdict.possible.values.push_back(step.results[code]);
    for (auto const fact : open->facts)
      (run.is_uncertain(fact) ? verdict.uncertain : verdict.missing).push_back(run.plan().facts[fact].name);
    sort_unique(verdict.missing);
    sort_unique(verdict.uncertain);
    verdict.outcome = verdict.missing.empty() ? Outcome::undeterminable : Outcome::unknown;
  } else {
    auto const& value = step.results[run.code()];
    verdict.possible.values = {value};
    if (run.code() == step.error()) {
      verdict.outcome = Outcome::error;
      verdict.fault = *value.as_fault();
    } else {
      verdict.outcome = Outcome::known;
      verdict.value = value;
    }
  }
  explain(verdict, *trace);
  return true;
}

Verdict Answer::run(bool by_plan, PlanRun* filled, std::optional<CompletionGraph>* graph)
{
  if (!on_ && (pack_.info.dated || cone_.reads_today))
    throw ContractViolation("the day must be given: the pack is dated or uses today()");
  Verdict verdict;
  verdict.decision = info_.name;
  verdict.label = info_.label;
  verdict.effect = info_.effect;
  verdict.categories = info_.categories;
  auto const* text = text_of(node_);
  bool const outside = law_on_ && !pack_.info.valid.contains(*law_on_);
  if (text == nullptr || outside) {
    verdict.outcome = Outcome::no_law_in_force;
    return verdict;
  }
  verdict.effect = text->note.effect;
  if (!text->note.label.empty()) verdict.label = text->note.label;
  if (!options_.include_unverified && !text->note.verified()) {
    verdict.outcome = Outcome::rule_not_available;
    verdict.citations = text->note.citations;
    return verdict;
  }
  if (filled != nullptr) {
    planned_ = decide_by_plan(verdict, *filled);
    return verdict;
  }
  if (auto const* plan = by_plan ? plan_for(pack_, decision_, on_, options_) : nullptr) {
    PlanRun run(*plan);
    planned_ = fill(*plan, run) && decide_by_plan(verdict, run);
    if (planned_) return verdict;
  }
  auto const evaluated = run_->decide(decision_);
  auto settled = settle(verdict, evaluated, run_->facts());
  if (graph != nullptr) *graph = std::move(settled);
  explain(verdict, evaluated.trace);
  if (text->note.separation && verdict.outcome == Outcome::known && options_.mode == Mode::legal &&
      rests_on_protected_facts(verdict.value)) {
    verdict.outcome = Outcome::refused;
    verdict.possible = {Domain::Kind::set, {verdict.value}, {}, false};
    verdict.value = Value();
  }
  return verdict;
}

}  // namespace

Verdict answer(PackImpl const& pack, std::size_t decision, CaseRun& run, std::optional<Date> on,
               DecideOptions const& options, std::optional<CompletionGraph>* graph)
{
  // Only the model's evaluation leaves a graph.
  return Answer(pack, decision, &run, on, options).run(graph == nullptr, nullptr, graph);
}

Verdict answer_by_model(PackImpl const& pack, std::size_t decision, CaseRun& run, std::optional<Date> on,
                        DecideOptions const& options)
{
  return Answer(pack, decision, &run, on, options).run(false, nullptr, nullptr);
}

std::optional<Verdict> answer_by_plan(PackImpl const& pack, std::size_t decision, PlanRun& run, std::optional<Date> on,
                                      DecideOptions const& options)
{
  Answer by_plan(pack, decision, nullptr, on, options);
  auto verdict = by_plan.run(true, &run, nullptr);
  return by_plan.planned() ? std::optional(std::move(verdict)) : std::nullopt;
}

}  // namespace tutela::detail
