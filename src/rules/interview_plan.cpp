// SPDX-License-Identifier: Apache-2.0
/// \file
/// Beginning an interview: evaluating, and putting what is open over common regions.
#include "rules/interview_plan.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "rules/case_run.hpp"
#include "rules/exploration.hpp"
#include "rules/needed_facts.hpp"
#include "rules/possibilities.hpp"
#include "rules/refused_questions.hpp"

namespace tutela::detail {
namespace {

Decimal factor_of(SensitivityFactors const& factors, Sensitivity sensitivity)
{
  switch (sensitivity) {
    case Sensitivity::ordinary: return factors.ordinary;
    case Sensitivity::personal: return factors.personal;
    case Sensitivity::sensitive: break;
  }
  return factors.sensitive;
}

/// Evaluates the decisions of one case and plans over what they leave open.
class InterviewBuilder {
 public:
  InterviewBuilder(PackImpl const& pack, Record const& record, std::optional<Date> on, AskOptions const& options)
      : pack_(pack),
        on_(on),
        options_(options),
        facts_(*pack.model, record, on, options.decide.known_on),
        run_(pack, facts_, on, options.decide),
        made_(std::make_shared<InterviewPlan>())
  {
  }

  BegunInterview build();

 private:
  void take(std::size_t decision);
  std::size_t constraint(std::size_t node);
  void note_open_facts();
  void leave_out_needless(JointRegions& joint);
  std::vector<std::uint32_t> least_wanted_first() const;

  PackImpl const& pack_;
  std::optional<Date> on_;
  AskOptions const& options_;
  CaseFacts facts_;
  CaseRun run_;
  std::shared_ptr<InterviewPlan> made_;
  BegunInterview begun_;
  std::vector<CompletionGraph> graphs_;                     ///< Of decisions and of the constraints on them.
  std::map<std::size_t, std::size_t> constraints_;          ///< Places of their graphs, by node.
  std::map<std::string, std::vector<std::size_t>> bounds_;  ///< Places of the constraints on a decision.
  std::map<std::string, std::size_t> order_;                ///< In which order facts are tested.
  std::map<std::string, bool> uncertain_;
};

/// Evaluates one decision and notes what it still depends on.
void InterviewBuilder::take(std::size_t decision)
{
  auto const& name = pack_.decisions[decision].name;
  std::optional<CompletionGraph> graph;
  auto const verdict = answer(pack_, decision, run_, on_, options_.decide, &graph);
  if (verdict.outcome == Outcome::rule_not_available) {
    made_->not_available.push_back(name);
    return;
  }
  made_->decisions.push_back(name);
  auto const& bounds = pack_.cones[decision].constraints;
  made_->constrained = made_->constrained || !bounds.empty() || !pack_.separations[decision].empty();
  if (verdict.caution != Caution::none)
    begun_.cautions.push_back({name, verdict.label, verdict.caution, verdict.safety_duties});
  if (verdict.outcome == Outcome::refused) {
    auto missing = facts_to_stand(pack_, decision, verdict, run_.facts(), on_, options_.decide);
    if (!missing.empty()) begun_.decisions.push_back({name, std::nullopt, std::move(missing), {}});
  }
  if (verdict.outcome != Outcome::unknown && verdict.outcome != Outcome::undeterminable) return;
  begun_.decisions.push_back({name, std::nullopt, verdict.missing, verdict.uncertain});
  if (!graph) return;
  begun_.decisions.back().root = static_cast<RegionDiagrams::Id>(graphs_.size());
  graphs_.push_back(*std::move(graph));
  for (auto const node : bounds) bounds_[name].push_back(constraint(node));
}

/// The place of the graph of a constraint.
std::size_t InterviewBuilder::constraint(std::size_t node)
{
  auto const [found, added] = constraints_.try_emplace(node, graphs_.size());
  if (added) graphs_.push_back(explore_constraint(run_, pack_, node, facts_));
  return found->second;
}

/// What may not be asked is tested last, and among the rest what is asked last.
void InterviewBuilder::note_open_facts()
{
  auto const& all = facts_.open();
  std::size_t place = 0;
  for (auto const& open : all) {
    auto const question = question_of(open.name, pack_.schema, options_);
    std::size_t const group = open.uncertain || !is_askable(question) ? 2 : question.asked_of == AskedOf::child ? 1 : 0;
    order_.emplace(open.name, group * all.size() + place++);
    uncertain_[open.name] = uncertain_[open.name] || open.uncertain;
  }
}

/// What nobody can be asked, then what is asked last, then what costs most.
std::vector<std::uint32_t> InterviewBuilder::least_wanted_first() const
{
  std::vector<std::uint32_t> order(made_->facts.size());
  std::iota(order.begin(), order.end(), 0U);
  auto const rank = [&](std::uint32_t fact) {
    auto const& planned = made_->facts[fact];
    return std::tuple(planned.askable, !planned.last, -planned.cost);
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t lhs, std::uint32_t rhs) { return rank(lhs) < rank(rhs); });
  return order;
}

/// Where constraints tie facts to each other, leaves out those that the others make needless.
void InterviewBuilder::leave_out_needless(JointRegions& joint)
{
  std::vector<ConstrainedDiagram> bound;
  for (auto const& decision : begun_.decisions) {
    if (!decision.root) continue;
    bound.push_back({joint.roots[*decision.root], {}});
    if (auto const found = bounds_.find(decision.name); found != bounds_.end())
      for (auto const place : found->second) bound.back().constraints.push_back(joint.roots[place]);
  }
  std::vector<bool> askable;
  for (auto const& fact : made_->facts) askable.push_back(fact.askable);
  auto roots = needed_only(joint.diagrams, joint.answers, bound, least_wanted_first(), askable);
  joint.join_equal(roots);
  auto next = roots.begin();
  for (auto const& decision : begun_.decisions)
    if (decision.root) joint.roots[*decision.root] = *next++;
}

BegunInterview InterviewBuilder::build()
{
  auto const& wanted = options_.decide.decisions;
  for (std::size_t i = 0; i < pack_.decisions.size(); ++i)
    if (wanted.empty() || std::find(wanted.begin(), wanted.end(), pack_.decisions[i].name) != wanted.end()) take(i);
  for (auto const& name : wanted)
    if (std::none_of(pack_.decisions.begin(), pack_.decisions.end(),
                     [&](DecisionInfo const& info) { return info.name == name; }))
      made_->not_available.push_back(name);
  sort_unique(made_->not_available);
  note_open_facts();
  std::vector<CompletionGraph const*> views;
  for (auto const& graph : graphs_) views.push_back(&graph);
  auto joint = join_regions(views, order_);
  for (auto const& fact : joint.facts) {
    auto question = question_of(fact.name(), pack_.schema, options_);
    PlannedFact planned;
    planned.cost = question.cost.to_double();
    planned.askable = !uncertain_[fact.name()] && is_askable(question);
    planned.last = question.asked_of == AskedOf::child;
    made_->facts.push_back(std::move(planned));
    made_->questions.push_back(std::move(question));
    made_->uncertain.push_back(uncertain_[fact.name()]);
  }
  if (!bounds_.empty()) leave_out_needless(joint);
  for (std::size_t i = 0; i < joint.facts.size(); ++i) {
    auto const& fact = joint.facts[i];
    auto& question = made_->questions[i];
    auto& shares = made_->facts[i].shares;
    shares = fact.shares(declaration_of(pack_.schema, fact.name()), question.weighted);
    for (std::uint32_t region = 0; region < fact.size(); ++region)
      question.prior.push_back({fact.values(region), shares[region]});
  }
  for (auto& decision : begun_.decisions) {
    if (!decision.root) continue;
    decision.root = joint.roots[*decision.root];
    if (*decision.root == RegionDiagrams::none) decision.root.reset();
  }
  made_->regions = std::move(joint.facts);
  begun_.diagrams = std::move(joint.diagrams);
  begun_.plan = std::move(made_);
  return std::move(begun_);
}

}  // namespace

FactQuestion question_of(std::string const& name, Schema const& schema, AskOptions const& options)
{
  FactQuestion question;
  question.fact = name;
  FactDeclaration const plain;
  auto const* found = declaration_of(schema, name);
  auto const& declaration = found == nullptr ? plain : *found;
  question.label = declaration.label;
  question.text = declaration.question;
  question.asked_of = declaration.asked_of;
  question.may_be_held_by = declaration.held_by;
  question.sensitivity = declaration.sensitivity;
  question.cost = declaration.cost * factor_of(options.factors, declaration.sensitivity);
  // What concerns violence is never asked of the child, whatever else is declared.
  if (declaration.violence && question.asked_of == AskedOf::child) question.asked_of = AskedOf::trained_interviewer;
  for (auto const& holding : options.holdings) {
    if (holding.fact != name || !holding.shared) continue;
    question.asked_of = AskedOf::file;
    question.holder = holding.agency;
  }
  return question;
}

bool is_askable(FactQuestion const& question) { return question.asked_of != AskedOf::trained_interviewer; }

BegunInterview begin_interview(PackImpl const& pack, Record const& record, std::optional<Date> on,
                               AskOptions const& options)
{
  return InterviewBuilder(pack, record, on, options).build();
}

}  // namespace tutela::detail
