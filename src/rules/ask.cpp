// SPDX-License-Identifier: Apache-2.0
/// \file
/// Interviews: from missing facts to the next question.
#include <tutela/rules/ask.hpp>

#include <algorithm>
#include <map>
#include <utility>

#include "facts/list_around.hpp"
#include "rules/interview_plan.hpp"
#include "rules/pack_impl.hpp"
#include "rules/possibilities.hpp"

namespace tutela::detail {
namespace {

/// A constraint that no completion of the new facts obeys, although some of the old ones did.
std::optional<Diagnostic> new_contradiction(PackImpl const& pack, Record const& before, Record const& after,
                                            std::optional<Date> on, std::optional<Date> known_on)
{
  CaseFacts old(*pack.model, before, on, known_on);
  CaseFacts now(*pack.model, after, on, known_on);
  for (auto const& constraint : pack.constraints) {
    if (constraint.reads_today && !on) continue;
    auto broken = broken_constraint(pack, constraint, now, on);
    if (broken && !broken_constraint(pack, constraint, old, on)) return broken;
  }
  return std::nullopt;
}

}  // namespace
}  // namespace tutela::detail

namespace tutela::inline v0 {

using detail::InterviewPlan;
using detail::OpenDecision;
using detail::QuestionPlanner;
using detail::RegionDiagrams;

struct Interview::State {
  Pack pack;
  Record record;
  std::optional<Date> on;
  AskOptions options;
  std::shared_ptr<InterviewPlan const> plan;
  RegionDiagrams diagrams{{}};
  std::vector<OpenDecision> decisions;
  Questions questions;
  std::vector<OpenCaution> cautions = {};

  void begin();
  void warn_again();
  void ask_for_lists();
  void ask();
  void ask_without_diagram(std::vector<std::string>& open);
};

void Interview::State::begin()
{
  auto begun = detail::begin_interview(pack.impl(), record, on, options);
  plan = std::move(begun.plan);
  diagrams = std::move(begun.diagrams);
  decisions = std::move(begun.decisions);
  cautions = std::move(begun.cautions);
  ask();
}

/// Facts of decisions without a diagram: what costs least comes first.
void Interview::State::ask_without_diagram(std::vector<std::string>& open)
{
  std::map<std::string, FactQuestion> further;
  for (auto const& decision : decisions) {
    if (decision.root) continue;
    questions.exact = false;
    questions.expected_cost.reset();
    questions.uncertain.insert(questions.uncertain.end(), decision.uncertain.begin(), decision.uncertain.end());
    for (auto const& fact : decision.missing) {
      auto const fresh_question = detail::question_of(fact, pack.schema(), options);
      auto listed = std::find_if(questions.ask.begin(), questions.ask.end(),
                                 [&](FactQuestion const& question) { return question.fact == fact; });
      if (listed == questions.ask.end()) {
        auto const [place, fresh] = further.try_emplace(fact);
        if (fresh) place->second = fresh_question;
        place->second.decisions.push_back(decision.name);
      } else {
        listed->decisions.push_back(decision.name);
      }
      if (detail::is_askable(fresh_question)) open.push_back(decision.name);
    }
  }
  std::vector<FactQuestion> rest;
  for (auto& [fact, question] : further)
    (detail::is_askable(question) ? rest : questions.referred).push_back(std::move(question));
  std::stable_sort(rest.begin(), rest.end(), [](FactQuestion const& lhs, FactQuestion const& rhs) {
    bool const left = lhs.asked_of == AskedOf::child;
    bool const right = rhs.asked_of == AskedOf::child;
    return left != right ? right : lhs.cost < rhs.cost;
  });
  // A child waits for everything else that can be found out elsewhere.
  bool const others = std::any_of(rest.begin(), rest.end(),
                                  [](FactQuestion const& question) { return question.asked_of != AskedOf::child; });
  bool const planned = !questions.ask.empty() && questions.ask.front().asked_of != AskedOf::child;
  if (others && !planned) questions.ask.clear();
  if (others || planned)
    rest.erase(std::remove_if(rest.begin(), rest.end(),
                              [](FactQuestion const& question) { return question.asked_of == AskedOf::child; }),
               rest.end());
  std::move(rest.begin(), rest.end(), std::back_inserter(questions.ask));
}

/// Elements of a list that is not known yet cannot be told; the list is asked for.
void Interview::State::ask_for_lists()
{
  std::vector<FactQuestion> asked;
  for (auto& question : questions.ask) {
    auto const element = question.fact.find('[');
    auto const whole = question.fact.substr(0, element);
    auto const* list = element == std::string::npos ? detail::list_around(pack.schema(), question.fact)
                                                    : detail::declaration_of(pack.schema(), whole);
    bool const given = list == nullptr || (element != std::string::npos && record.find(whole, on) != nullptr);
    if (!given) {
      auto for_list = detail::question_of(list->name, pack.schema(), options);
      for_list.decisions = std::move(question.decisions);
      for_list.expected_cost = question.expected_cost;
      // Of the list and what is asked about its elements the more careful way counts.
      for_list.asked_of = std::max(for_list.asked_of, question.asked_of);
      for_list.sensitivity = std::max(for_list.sensitivity, question.sensitivity);
      question = std::move(for_list);
    }
    auto const same = std::find_if(asked.begin(), asked.end(),
                                   [&](FactQuestion const& other) { return other.fact == question.fact; });
    if (same == asked.end()) {
      asked.push_back(std::move(question));
      continue;
    }
    same->decisions.insert(same->decisions.end(), question.decisions.begin(), question.decisions.end());
    detail::sort_unique(same->decisions);
  }
  questions.ask = std::move(asked);
}

void Interview::State::ask()
{
  questions = {};
  questions.costs = pack.info().costs;
  questions.cautions = cautions;
  questions.not_available = plan->not_available;
  auto const& asked_about = options.decide.jurisdiction;
  if (!plan->not_available.empty())
    questions.jurisdiction = asked_about.empty() ? pack.info().jurisdiction : asked_about;
  std::vector<RegionDiagrams::Id> roots;
  for (auto const& decision : decisions)
    if (decision.root) roots.push_back(*decision.root);
  QuestionPlanner planner(diagrams, plan->facts, options.planning_steps);
  auto const planned = planner.plan(roots);
  questions.method = planned.method;
  questions.expected_cost = planned.expected;
  auto with_decisions = [&](std::uint32_t fact) {
    auto question = plan->questions[fact];
    for (auto const& decision : decisions)
      if (decision.root && diagrams.depends(*decision.root, fact)) question.decisions.push_back(decision.name);
    return question;
  };
  for (auto const& candidate : planned.candidates) {
    questions.ask.push_back(with_decisions(candidate.fact));
    questions.ask.back().expected_cost = candidate.expected;
  }
  for (std::uint32_t fact = 0; fact < plan->facts.size(); ++fact) {
    if (plan->facts[fact].askable) continue;
    auto question = with_decisions(fact);
    if (question.decisions.empty()) continue;
    if (plan->uncertain[fact])
      questions.uncertain.push_back(question.fact);
    else
      questions.referred.push_back(std::move(question));
  }
  std::vector<std::string> open;
  for (auto const& decision : decisions)
    if (decision.root && !planner.open({*decision.root}).empty()) open.push_back(decision.name);
  ask_without_diagram(open);
  ask_for_lists();
  detail::sort_unique(open);
  detail::sort_unique(questions.uncertain);
  for (auto const& name : plan->decisions)
    if (!std::binary_search(open.begin(), open.end(), name)) questions.settled.push_back(name);
  questions.open = std::move(open);
}

/// What is to be said once one more fact is known; an answer that is settled stays so.
void Interview::State::warn_again()
{
  if (cautions.empty()) return;
  auto decide = options.decide;
  decide.decisions.clear();
  for (auto const& caution : cautions) decide.decisions.push_back(caution.decision);
  cautions.clear();
  for (auto const& verdict : pack.decide(record, on, decide))
    if (verdict.caution != Caution::none)
      cautions.push_back({verdict.decision, verdict.label, verdict.caution, verdict.safety_duties});
}

Interview::Interview(Pack const& pack, Record const& record, std::optional<Date> on, AskOptions const& options)
{
  for (auto const& factor : {options.factors.ordinary, options.factors.personal, options.factors.sensitive})
    if (factor.is_negative()) throw ContractViolation("what sensitivity adds to a cost cannot be negative");
  auto state = std::make_shared<State>(State{pack, record, on, options, {}, RegionDiagrams{{}}, {}, {}, {}});
  state->begin();
  state_ = std::move(state);
}

Interview::Interview(std::shared_ptr<State const> state) : state_(std::move(state)) {}

Questions const& Interview::questions() const& noexcept { return state_->questions; }

Record const& Interview::record() const& noexcept { return state_->record; }

std::vector<Verdict> Interview::verdicts() const
{
  return state_->pack.decide(state_->record, state_->on, state_->options.decide);
}

Result<Interview> Interview::answer(std::string const& fact, Value value, Source source) const
{
  auto const& before = *state_;
  Place place;
  place.pointer = fact;
  auto const* declaration = detail::declaration_of(before.pack.schema(), fact);
  if (declaration == nullptr)
    return Diagnostic{Code::unknown_fact, Severity::error, place, "the pack declares no such fact",
                      "give one of the facts of its schema"};
  if (auto const* list = detail::list_around(before.pack.schema(), fact))
    return Diagnostic{Code::wrong_type, Severity::error, place,
                      "the fact is part of the elements of the list " + list->name,
                      "give the list, or name the element: " + list->name + "[1]"};
  if (auto wrong = check(*declaration, value)) {
    wrong->place = place;
    return *std::move(wrong);
  }
  // A narrower answer takes the place of a vaguer one; a second answer to a known fact is refused by the record.
  RecordBuilder builder;
  for (auto const& known : before.record.facts()) {
    bool const vague = known.name == fact && known.value.is(Kind::unknown);
    if (!vague) builder.set(known.name, known.value, known.source);
  }
  builder.set(fact, value, std::move(source));
  auto record = std::move(builder).build(before.options.decide.limits);
  if (!record) return std::move(record).diagnostics();

  if (auto contradiction = detail::new_contradiction(before.pack.impl(), before.record, *record, before.on,
                                                     before.options.decide.known_on))
    return *std::move(contradiction);

  auto const& regions = before.plan->regions;
  auto const found =
      std::find_if(regions.begin(), regions.end(), [&](auto const& entry) { return entry.name() == fact; });
  std::optional<std::uint32_t> region;
  if (found != regions.end() && before.record.find(fact, before.on) == nullptr) region = found->region_of(value);
  bool const told_apart = std::all_of(before.decisions.begin(), before.decisions.end(),
                                      [](OpenDecision const& decision) { return decision.root.has_value(); });
  auto state = std::make_shared<State>(State{before.pack,
                                             *std::move(record),
                                             before.on,
                                             before.options,
                                             before.plan,
                                             before.diagrams,
                                             before.decisions,
                                             {},
                                             before.cautions});
  // The source may say that the fact does not hold on the day, or was not known by then.
  auto const* read = state->record.find(fact, before.on, before.options.decide.known_on);
  if (before.plan->constrained || !region || !told_apart || read == nullptr || !(read->value == value)) {
    state->begin();
    return Interview(std::move(state));
  }
  auto const number = static_cast<std::uint32_t>(found - regions.begin());
  for (auto& decision : state->decisions) {
    auto const rest = state->diagrams.restricted(*decision.root, number, *region);
    if (rest == RegionDiagrams::none) {
      state->begin();
      return Interview(std::move(state));
    }
    decision.root = rest;
  }
  state->warn_again();
  state->ask();
  return Interview(std::move(state));
}

Questions ask(Pack const& pack, Record const& record, std::optional<Date> on, AskOptions const& options)
{
  return Interview(pack, record, on, options).questions();
}

std::string_view to_string(PlanMethod method) noexcept
{
  switch (method) {
    case PlanMethod::exact: return "exact";
    case PlanMethod::lookahead: return "lookahead";
    case PlanMethod::greedy: return "greedy";
  }
  return "greedy";
}

}  // namespace tutela::inline v0
