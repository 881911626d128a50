// SPDX-License-Identifier: Apache-2.0
/// \file
/// One decision for one case: evaluation, completions, reasons.
#include <algorithm>
#include <span>
#include <utility>

#include "rules/bare_run.hpp"
#include "rules/case_facts.hpp"
#include "rules/case_run.hpp"
#include "rules/exploration.hpp"
#include "rules/pack_impl.hpp"
#include "rules/partial_run.hpp"
#include "rules/plan_graph.hpp"
#include "rules/plans.hpp"
#include "rules/possibilities.hpp"
#include "rules/separation.hpp"

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
  bool decide_by_plan(Verdict& verdict, PlanRun& run, std::vector<FactLine> const& lines,
                      std::optional<CompletionGraph>* graph);
  bool decide_by_day(Verdict& verdict, std::optional<CompletionGraph>* graph);
  std::optional<CompletionGraph> graph_by_plan(PlanRun const& run, std::vector<FactLine> const& lines,
                                               std::optional<PlanRun::Completions> const& open) const;
  bool fill(std::size_t place, PlanFact const& fact, FactLine const& line, auto& run) const;
  bool fill(Plan const& plan, std::vector<FactLine> const& lines, PlanRun& run) const;
  bool decide_in_part(Verdict& verdict, PartialPlan const& partial) const;
  void tell(Verdict& verdict, PlanStep const& last, PlanAnswer answer) const;
  std::optional<CompletionGraph> settle(Verdict& verdict, Evaluated const& evaluated, CaseFacts& facts, bool by_plan,
                                        bool wants_graph);
  void explain(Verdict& verdict, std::vector<TraceRow> const& trace);
  void warn(Verdict& verdict) const;
  bool never_applies(Verdict const& verdict, TraceRow const& row) const;
  Verdict without_facts(std::vector<std::string> const& hidden);
  std::optional<std::vector<std::string>> rests_on(std::vector<std::string> const& hidden, Value const& value);
  void refuse(Verdict& verdict);
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
  bool only_own_ = false;  ///< True when refusals of decisions below are of no interest.
};

NodeText const* Answer::text_of(std::size_t node) const
{
  auto const& texts = pack_.model->nodes[node].texts;
  if (!law_on_) return &texts.front();
  for (auto const& text : texts)
    if (text.note.law.contains(*law_on_)) return &text;
  return nullptr;
}

/// Fills in the outcome. \return The graph of the completions, where it is wanted; nothing when they could not all be
/// told apart.
std::optional<CompletionGraph> Answer::settle(Verdict& verdict, Evaluated const& evaluated, CaseFacts& facts,
                                              bool by_plan, bool wants_graph)
{
  auto const& value = evaluated.value;
  auto end = [&](Value const& answer) {
    return wants_graph ? std::optional(CompletionGraph{{}, {{true, answer, 0, 0, 0, 0}}, 0}) : std::nullopt;
  };
  auto fail = [&](Value const& error) {
    verdict.outcome = evaluated.no_law          ? Outcome::no_law_in_force
                      : evaluated.not_available ? Outcome::rule_not_available
                                                : Outcome::error;
    auto const* fault = first_fault(error);
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
  auto contradict = [&] {
    auto const& broken = pack_.model->nodes[evaluated.broken.value_or(cone_.constraints.front())];
    auto const& place = broken.texts.front().place;
    verdict.outcome = Outcome::error;
    verdict.fault = Fault{"the facts contradict each other: \"" + broken.name + "\" does not hold for them",
                          place.file + ":" + std::to_string(place.line) + " " + place.pointer};
    verdict.possible = {Domain::Kind::set, {Value(*verdict.fault)}, {}, false};
    return end(Value(*verdict.fault));
  };
  if (evaluated.allowed == Truth::no) return contradict();
  if (is_definite(value)) return know(value);
  if (value.is(Kind::error)) return fail(value);
  auto open = open_facts(value);
  if (open.missing.empty() && open.uncertain.empty()) return fail(value);  // an error inside a structure

  // Where a plan can say what completions do, nobody has to try them out; a graph it does not give.
  auto const partial = by_plan ? partial_plan_for(pack_, decision_, on_, options_) : PartialPlan{};
  if (!wants_graph && decide_in_part(verdict, partial)) return std::nullopt;
  auto explored = explore(*run_, cone_, node_, facts, {value, evaluated.allowed, evaluated.undecided});
  if (explored.contradiction) return contradict();
  Possibilities all(options_.limits.possible_values);
  for (auto const& answer : explored.possible) all.add(answer);
  for (auto const& answer : explored.unresolved) all.add(answer);
  bool const exact = explored.unresolved.empty() && std::none_of(explored.possible.begin(), explored.possible.end(),
                                                                 [](Value const& each) { return each.extent().open; });
  if (!exact && wants_graph && decide_in_part(verdict, partial)) return std::nullopt;
  auto const together = std::move(all).to_value();
  if (is_definite(together)) return know(together);
  auto const* unknown = together.as_unknown();
  // A list or a context of which a part stays open is as open as that part.
  auto const part_open = Value(Unknown{{}, {}, {Domain::Kind::set, {together}, {}, true}});
  if (unknown == nullptr) {
    auto const still = open_facts(together);
    if (still.missing.empty() && still.uncertain.empty()) return fail(together);
    unknown = part_open.as_unknown();
  }
  auto const& members = unknown->domain.values;
  auto const errs = [](Value const& each) { return each.is(Kind::error); };
  if (unknown->domain.kind == Domain::Kind::set && std::all_of(members.begin(), members.end(), errs))
    return fail(members.front());  // for one reason or another it cannot be computed, whatever is missing
  verdict.possible = exact ? Domain{Domain::Kind::set, explored.possible, {}, false} : unknown->domain;
  verdict.possible.approximate = !exact;
  // A list, and what it holds, is one fact to ask for; facts that no answer depends on are none.
  auto const never_known = [&](std::string const& name) {
    auto const& noted = facts.open();
    return std::any_of(noted.begin(), noted.end(),
                       [&](OpenFact const& fact) { return fact.uncertain && fact.name == name; });
  };
  auto const idle_but = [&](std::string const& name, bool askable) {
    return std::none_of(explored.facts.begin(), explored.facts.end(), [&](std::string const& fact) {
      if (fact == name) return true;
      return fact.compare(0, name.size(), name) == 0 && fact[name.size()] == '[' && !(askable && never_known(fact));
    });
  };
  for (auto* names : {&open.missing, &open.uncertain}) {
    for (auto& name : *names) name = owner_of(name, facts.open());
    sort_unique(*names);
  }
  std::erase_if(open.missing, [&](std::string const& name) { return idle_but(name, true); });
  std::erase_if(open.uncertain, [&](std::string const& name) { return idle_but(name, false); });
  verdict.missing = std::move(open.missing);
  verdict.uncertain = std::move(open.uncertain);
  verdict.outcome = verdict.missing.empty() ? Outcome::undeterminable : Outcome::unknown;
  if (!exact) return std::nullopt;
  return std::move(explored.graph);
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
  DecisionTable const* left_open = nullptr;  // a table of which an earlier rule may apply
  for (auto const& row : trace) {
    if (never_applies(verdict, row)) continue;
    // With FIRST nobody comes to a rule behind one that may apply, unless that one does not.
    bool const behind = row.table != nullptr && row.table == left_open && row.table->policy == HitPolicy::first;
    auto const applies = behind ? Truth::unknown : row.applies;
    if (applies == Truth::unknown) left_open = row.table;
    auto const& node = pack_.model->nodes[row.node];
    auto const* text = text_of(row.node);
    Reason reason;
    reason.decision = node.name;
    reason.applies = applies;
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
    (applies == Truth::yes ? verdict.reasons : possible).push_back(std::move(reason));
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

/// The answer of legal mode when these facts are not known. For an answer of conformance mode, what else is missing
/// stays the null that it read.
Verdict Answer::without_facts(std::vector<std::string> const& hidden)
{
  bool const legal = options_.mode == Mode::legal;
  auto facts = legal ? run_->facts().without(hidden) : run_->facts().without_and_others_none(hidden);
  auto options = options_;
  options.mode = Mode::legal;
  CaseRun run(pack_, facts, on_, options);
  Verdict verdict;
  Answer(pack_, decision_, &run, on_, options)
      .settle(verdict, run.decide_alone(decision_, facts, nullptr, false), facts, false, false);
  return verdict;
}

/// The hidden facts on which the answer rests: without them it changes or opens. Nothing when it stands.
std::optional<std::vector<std::string>> Answer::rests_on(std::vector<std::string> const& hidden, Value const& value)
{
  if (hidden.empty()) return std::nullopt;
  auto const without = without_facts(hidden);
  if (without.outcome == Outcome::known && without.value == value) return std::nullopt;
  std::vector<std::string> needed = without.missing;
  needed.insert(needed.end(), without.uncertain.begin(), without.uncertain.end());
  needed.erase(std::remove_if(needed.begin(), needed.end(),
                              [&](std::string const& name) {
                                return std::find(hidden.begin(), hidden.end(), without_places(name)) == hidden.end();
                              }),
               needed.end());
  if (needed.empty()) needed = hidden;
  sort_unique(needed);
  return needed;
}

/// Refuses an answer that could separate a child from the family, or rests on one that is refused, and does not stand
/// without the facts on which nobody may be separated.
void Answer::refuse(Verdict& verdict)
{
  auto const stop = [&](Refusal why, std::vector<std::string> facts) {
    verdict.outcome = Outcome::refused;
    verdict.refusal = why;
    verdict.rests_on = std::move(facts);
    verdict.possible = {Domain::Kind::set, {verdict.value}, {}, false};
    verdict.value = Value();
  };
  for (auto const index : pack_.separations[decision_]) {
    auto const* text = text_of(pack_.nodes[index]);
    if (text == nullptr || !text->note.separation) continue;
    if (index != decision_) {
      if (only_own_) continue;
      Answer below(pack_, index, run_, on_, options_);
      below.only_own_ = true;
      if (below.run(false, nullptr, nullptr).outcome != Outcome::refused) continue;
    }
    auto hidden = protected_facts(pack_, index);
    if (auto facts = rests_on(hidden, verdict.value)) return stop(Refusal::protected_facts, *std::move(facts));
    if (!neglect_without_help(pack_, index, run_->facts())) continue;
    auto const neglect = neglect_facts(pack_, index);
    hidden.insert(hidden.end(), neglect.begin(), neglect.end());
    if (auto facts = rests_on(hidden, verdict.value)) return stop(Refusal::material_neglect, *std::move(facts));
  }
}

/// Says what an open answer means for the person: protection is not excluded, a restriction has no support.
void Answer::warn(Verdict& verdict) const
{
  if (verdict.effect == Effect::none || verdict.outcome == Outcome::known) return;
  if (verdict.outcome == Outcome::no_law_in_force || verdict.outcome == Outcome::rule_not_available) return;
  if (verdict.effect == Effect::restrictive) {
    verdict.caution = Caution::no_support;
    return;
  }
  auto const denies = [](Value const& value) {
    return value.is_none() || (value.as_boolean() != nullptr && !*value.as_boolean());
  };
  auto const& possible = verdict.possible;
  if (possible.kind == Domain::Kind::set && !possible.values.empty() &&
      std::all_of(possible.values.begin(), possible.values.end(), denies))
    return;
  verdict.caution = Caution::not_excluded;
  for (auto const& reason : verdict.reasons) {
    if (reason.decision != info_.name || denies(reason.output)) continue;
    for (auto const& duty : reason.duties)
      if (std::find(verdict.safety_duties.begin(), verdict.safety_duties.end(), duty) == verdict.safety_duties.end())
        verdict.safety_duties.push_back(duty);
  }
}

/// Puts a fact of the case into a plan; false when it is nothing that the plan knows.
bool Answer::fill(std::size_t place, PlanFact const& fact, FactLine const& line, auto& run) const
{
  auto& facts = run_->facts();
  if (auto const* known = fact.leaf ? facts.known(*fact.leaf) : nullptr)
    return run.set(place, line.place_of(*known), false);
  for (auto const& container : fact.containers)
    if (facts.fact(container) != nullptr) return false;
  auto const* given = facts.fact(fact.name);
  return run.set(place, given == nullptr ? line.open() : line.place_of(given->value),
                 given != nullptr && given->value.is(Kind::uncertain));
}

/// The same of all facts of a plan that has no joint inputs.
bool Answer::fill(Plan const& plan, std::vector<FactLine> const& lines, PlanRun& run) const
{
  for (std::size_t i = 0; i < plan.facts.size(); ++i)
    if (!fill(i, plan.facts[i], lines[plan.facts[i].declaration], run)) return false;
  return true;
}

/// How the answer of a plan follows from the missing facts. \param open Nothing where there is one answer.
std::optional<CompletionGraph> Answer::graph_by_plan(PlanRun const& run, std::vector<FactLine> const& lines,
                                                     std::optional<PlanRun::Completions> const& open) const
{
  auto& facts = run_->facts();
  for (auto const input : cone_.inputs) static_cast<void>(facts.input(input));  // so that all that is open is noted
  if (open) return graph_of(run.plan(), lines, *open, cone_.constants, facts, on_);
  return CompletionGraph{{}, {{true, run.plan().steps.back().results[run.code()], 0, 0, 0, 0}}, 0};
}

/// Answers from a plan whose facts are filled in; false when the plan cannot say.
bool Answer::decide_by_plan(Verdict& verdict, PlanRun& run, std::vector<FactLine> const& lines,
                            std::optional<CompletionGraph>* graph)
{
  auto const settled = run.settle(options_.limits.completions);
  if (settled == PlanRun::Settled::impossible) return false;
  std::optional<PlanRun::Completions> open;
  if (settled == PlanRun::Settled::no) {
    open = run.complete(options_.limits.completions);
    if (!open) return false;
  }
  auto const trace = options_.reasons ? run.trace() : std::optional(std::vector<TraceRow>());
  if (!trace) return false;
  if (graph != nullptr) {
    *graph = graph_by_plan(run, lines, open);
    if (!*graph) return false;
  }
  PlanAnswer answer;
  answer.possible = open ? open->possible : std::vector{run.code()};
  for (auto const fact : open ? open->facts : std::vector<std::size_t>())
    (run.is_uncertain(fact) ? answer.uncertain : answer.missing).push_back(run.plan().facts[fact].name);
  sort_unique(answer.missing);
  sort_unique(answer.uncertain);
  tell(verdict, run.plan().steps.back(), std::move(answer));
  explain(verdict, *trace);
  return true;
}

/// Fills in what a plan says.
void Answer::tell(Verdict& verdict, PlanStep const& last, PlanAnswer answer) const
{
  verdict.outcome = answer.outcome(last);
  verdict.possible = {Domain::Kind::set, {}, {}, false};
  for (auto const code : answer.possible) verdict.possible.values.push_back(last.results[code]);
  auto const& first = last.results[answer.possible.front()];
  if (verdict.outcome == Outcome::known) verdict.value = first;
  if (verdict.outcome == Outcome::error) verdict.fault = *first.as_fault();
  verdict.missing = std::move(answer.missing);
  verdict.uncertain = std::move(answer.uncertain);
}

/// Answers from a partial plan what evaluation has left open; false when there is none, or it cannot say.
bool Answer::decide_in_part(Verdict& verdict, PartialPlan const& partial) const
{
  if (partial.plan == nullptr) return false;
  auto& facts = run_->facts();
  CaseInputs inputs(facts, &cone_, nullptr, options_.mode);
  BareRun bare(pack_, options_, inputs);
  bare.restart(on_);
  PartialRun run(*partial.plan, *partial.joint);
  auto const is_absent = [&](std::string const& name) {
    for (auto dot = name.find('.'); dot != std::string::npos; dot = name.find('.', dot + 1))
      if (facts.fact(name.substr(0, dot)) != nullptr) return false;
    auto const* given = facts.fact(name);
    return pack_.schema.find(name) != nullptr && (given == nullptr || given->value.is(Kind::uncertain));
  };
  for (std::size_t i = 0; i < partial.plan->facts.size(); ++i) {
    auto const& fact = partial.plan->facts[i];
    auto const& line = (*partial.lines)[fact.declaration];
    bool const filled = fact.joint ? run.set_value(i, line, bare.tested((*partial.joint)[*fact.joint]), is_absent)
                                   : fill(i, fact, line, run);
    if (!filled) return false;
  }
  auto found = run.answer(options_.limits.completions);
  if (!found) return false;
  tell(verdict, partial.plan->steps.back(), *std::move(found));
  return true;
}

/// Answers from a plan that is made for the day, where the model could only estimate; false when there is none, or it cannot
/// say.
bool Answer::decide_by_day(Verdict& verdict, std::optional<CompletionGraph>* graph)
{
  auto const day = make_day_plans(pack_, std::span(&decision_, 1), *on_, options_);
  auto const* plan = day == nullptr ? nullptr : day->find(decision_);
  if (plan == nullptr) return false;
  PlanRun run(*plan);
  return fill(*plan, day->lines, run) && decide_by_plan(verdict, run, day->lines, graph);
}

Verdict Answer::run(bool by_plan, PlanRun* filled, std::optional<CompletionGraph>* graph)
{
  Verdict verdict;
  verdict.decision = info_.name;
  verdict.label = info_.label;
  if (pack_.is_other_law(options_.jurisdiction)) {
    verdict.outcome = Outcome::rule_not_available;
    verdict.jurisdiction = options_.jurisdiction;
    return verdict;
  }
  pack_.check_day(decision_, on_);
  verdict.effect = info_.effect;
  verdict.jurisdiction = pack_.info.jurisdiction;
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
    planned_ = decide_by_plan(verdict, *filled, pack_.lines, nullptr);
    warn(verdict);
    return verdict;
  }
  if (auto const* plan = by_plan ? plan_for(pack_, decision_, on_, options_) : nullptr) {
    PlanRun run(*plan);
    planned_ = fill(*plan, pack_.lines, run) && decide_by_plan(verdict, run, pack_.lines, graph);
    if (planned_) {
      warn(verdict);
      return verdict;
    }
  }
  auto const evaluated = run_->decide(decision_);
  auto const asked = by_plan && on_ && cone_.reads_today ? std::optional(verdict) : std::nullopt;
  auto settled = settle(verdict, evaluated, run_->facts(), by_plan, graph != nullptr);
  if (asked && verdict.possible.approximate) {
    auto exact = *asked;
    if (decide_by_day(exact, graph)) {
      warn(exact);
      return exact;
    }
    auto const partial = make_partial_plan(pack_, decision_, *on_, options_);
    static_cast<void>(decide_in_part(verdict, partial));
  }
  if (graph != nullptr) *graph = std::move(settled);
  explain(verdict, evaluated.trace);
  if (verdict.outcome == Outcome::known) refuse(verdict);
  warn(verdict);
  return verdict;
}

}  // namespace

std::optional<Diagnostic> broken_constraint(PackImpl const& pack, DecisionCone const& constraint, CaseFacts& facts,
                                            std::optional<Date> on)
{
  DecideOptions const options;
  CaseRun const run(pack, facts, on, options);
  auto const node = constraint.nodes.front();
  auto const value = run.evaluate_alone(constraint, node, facts, nullptr, false).value;
  if (!may_break(value)) return std::nullopt;
  if (!value.is(Kind::boolean)) {
    auto only = constraint;
    only.constraints = {node};
    if (!explore(run, only, node, facts, {Value(true), Truth::unknown, {value}}).contradiction) return std::nullopt;
  }
  auto const& text = pack.model->nodes[node].texts.front();
  Diagnostic diagnostic;
  diagnostic.code = Code::contradictory_facts;
  for (auto const input : constraint.inputs)
    for (auto const& path : text.facts_read)
      if (diagnostic.place.pointer.empty() && path.rfind(pack.model->nodes[input].variable, 0) == 0)
        diagnostic.place.pointer = fact_name(path);
  std::string names;
  for (auto const& path : text.facts_read) (names += names.empty() ? "" : ", ") += fact_name(path);
  diagnostic.what =
      "the facts " + names + " contradict each other: \"" + pack.model->nodes[node].name + "\" does not hold for them";
  diagnostic.mend = "correct the fact that is wrong, or leave out what is not certain";
  return diagnostic;
}

Verdict answer(PackImpl const& pack, std::size_t decision, CaseRun& run, std::optional<Date> on,
               DecideOptions const& options, std::optional<CompletionGraph>* graph)
{
  return Answer(pack, decision, &run, on, options).run(true, nullptr, graph);
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
