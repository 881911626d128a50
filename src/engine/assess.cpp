// SPDX-License-Identifier: Apache-2.0
/// \file
/// Law, scale and network together on one case or on many.
#include <tutela/engine/assess.hpp>

#include <algorithm>
#include <atomic>
#include <exception>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <tutela/base/result.hpp>

#include "engine/person_in_case.hpp"

namespace tutela::inline v0 {

namespace {

// Every referral says who the person is; everything else travels only where admission is judged by it.
constexpr std::string_view identity_category = "identity";
constexpr std::string_view offence_category = "offence";

// What waits for a fact while the assessment is put together.
struct Waiting {
  std::set<std::string> decisions;
  std::set<ServiceKind> needs;
};

// Puts together the assessment of one case.
class Assessor {
 public:
  Assessor(Knowledge const& knowledge, Case const& item, Date on, AssessOptions const& options)
      : knowledge_(knowledge), item_(item), options_(options), network_(detail::network_of(knowledge, item.held_by))
  {
    packs_ = detail::packs_of(knowledge, item.jurisdiction);
    result_.id = item.id;
    result_.on = on;
    result_.synthetic = item.synthetic || (network_ != nullptr && network_->synthetic());
    result_.kind = item.kind;
    result_.jurisdiction = item.jurisdiction;
    result_.group = item.group;
    result_.held_by = item.held_by;
    result_.has_pack = !packs_.empty();
  }

  Assessment assess() &&
  {
    decide();
    if (item_.kind == CaseKind::probation) score();
    if (network_ != nullptr) route();
    collect_duties();
    collect_dates();
    collect_questions();
    result_.uncertain.assign(uncertain_.begin(), uncertain_.end());
    result_.categories.assign(categories_.begin(), categories_.end());
    return std::move(result_);
  }

 private:
  void decide()
  {
    DecideOptions decide;
    decide.law_on = options_.law_on;
    decide.known_on = options_.known_on;
    decide.include_unverified = options_.include_unverified;
    decide.limits = options_.limits;
    for (auto const* pack : packs_) {
      decide.decisions.clear();
      for (auto const& decision : pack->decisions())
        if (is_asked(decision)) decide.decisions.push_back(decision.name);
      if (decide.decisions.empty()) continue;
      for (auto& verdict : pack->decide(item_.facts, result_.on, decide)) {
        if (verdict.outcome == Outcome::unknown)
          for (auto const& fact : verdict.missing) waiting_[fact].decisions.insert(verdict.decision);
        uncertain_.insert(verdict.uncertain.begin(), verdict.uncertain.end());
        categories_.insert(verdict.categories.begin(), verdict.categories.end());
        result_.findings.push_back({pack->info().id, std::move(verdict)});
      }
    }
  }

  // Offences are no business of child protection: what reads them is asked on probation cases only.
  [[nodiscard]] bool is_asked(DecisionInfo const& decision) const
  {
    if (item_.kind == CaseKind::probation) return true;
    return std::find(decision.categories.begin(), decision.categories.end(), offence_category) ==
           decision.categories.end();
  }

  void score()
  {
    ScoreOptions score;
    score.on = result_.on;
    score.known_on = options_.known_on;
    score.purpose = ScorePurpose::research;
    score.jurisdiction = item_.jurisdiction;
    score.limits = options_.limits;
    for (auto const& instrument : knowledge_.instruments) {
      result_.scores.push_back(tutela::score(instrument, item_.facts, score));
      auto const& last = result_.scores.back();
      categories_.insert(last.categories.begin(), last.categories.end());
    }
  }

  void route()
  {
    result_.network = network_->id();
    result_.duties_to_report = network_->duties_on(result_.on);
    for (auto const& need : item_.needs) {
      auto answer = find_route(*network_, request_for(need));
      if (!answer) throw ContractViolation("a route cannot be asked for: " + to_string(answer.diagnostics()));
      note(need, *answer);
      result_.routes.push_back({need, std::move(answer).value()});
    }
    std::map<std::string, std::set<ServiceId>> papers;
    for (auto const& routed : result_.routes) {
      auto const* best = routed.answer.best();
      auto const* service = best == nullptr ? nullptr : network_->find(best->service);
      if (service == nullptr || !service->admission) continue;
      for (auto const& paper : service->admission->documents) papers[paper].insert(service->id);
    }
    for (auto const& [paper, services] : papers) result_.papers.push_back({paper, {services.begin(), services.end()}});
  }

  RouteRequest request_for(ServiceKind const& need)
  {
    RouteRequest request;
    request.from = item_.held_by;
    request.goal = need;
    request.on = result_.on;
    request.purposes = item_.purposes;
    for (auto const& category : categories_for(need)) request.data.push_back({category, consent_to(category)});
    request.fresh_days = options_.fresh_days;
    detail::put_person(request, item_, packs_, options_);
    request.admission = [this, base = request](Service const& service) { return admission(service, base); };
    return request;
  }

  // Data that must travel: who the person is, and what the admission of such services is judged by.
  [[nodiscard]] std::set<DataCategory> categories_for(ServiceKind const& kind) const
  {
    std::set<DataCategory> categories{DataCategory(std::string(identity_category))};
    for (auto const* service : network_->services_of(kind)) {
      if (!service->admission || service->admission->decision.empty()) continue;
      for (auto const* pack : packs_)
        if (auto const* decision = pack->find(service->admission->decision))
          for (auto const& category : decision->categories) categories.emplace(category);
    }
    return categories;
  }

  [[nodiscard]] Truth consent_to(DataCategory const& category) const
  {
    switch (item_.consent_for(category)) {
      case ConsentAnswer::given: return Truth::yes;
      case ConsentAnswer::refused: return Truth::no;
      case ConsentAnswer::unknown: break;
    }
    return Truth::unknown;
  }

  // Published limits and the decision of the pack must both admit the person.
  [[nodiscard]] AdmissionAnswer admission(Service const& service, RouteRequest const& request) const
  {
    auto answer = published_admission(service, request);
    if (!service.admission || service.admission->decision.empty() || answer.admitted == Truth::no) return answer;
    auto const& name = service.admission->decision;
    answer.decision = name;
    for (auto const& finding : result_.findings) {
      if (finding.verdict.decision != name) continue;
      switch (answer_of(finding.verdict)) {
        case Answer::yes: return answer;
        case Answer::no: answer.admitted = Truth::no; return answer;
        default: break;
      }
      answer.admitted = Truth::unknown;
      answer.missing.insert(answer.missing.end(), finding.verdict.missing.begin(), finding.verdict.missing.end());
      std::sort(answer.missing.begin(), answer.missing.end());
      answer.missing.erase(std::unique(answer.missing.begin(), answer.missing.end()), answer.missing.end());
      return answer;
    }
    answer.admitted = answer.admitted & Truth::unknown;  // the pack has no such decision: nobody has judged it
    return answer;
  }

  // What keeps a route open is asked together with what keeps a decision open.
  void note(ServiceKind const& need, RouteAnswer const& answer)
  {
    if (auto const* best = answer.best())
      for (auto const& fact : best->ask) waiting_[fact].needs.insert(need);
    for (auto const* route :
         {answer.certain ? &*answer.certain : nullptr, answer.possible ? &*answer.possible : nullptr})
      if (route != nullptr)
        for (auto const& hop : route->hops)
          for (auto const& category : hop.categories) categories_.insert(category.text());
  }

  void collect_duties()
  {
    for (auto const& finding : result_.findings) {
      auto const answer = answer_of(finding.verdict);
      if (answer == Answer::error || answer == Answer::not_available) continue;
      for (auto const& reason : finding.verdict.reasons) {
        if (reason.applies != Truth::yes || reason.decision != finding.verdict.decision) continue;
        for (auto const& duty : reason.duties)
          result_.duties.push_back({finding.verdict.decision, duty, reason.citations});
      }
    }
  }

  void collect_dates()
  {
    for (auto const& finding : result_.findings) {
      if (finding.verdict.outcome != Outcome::known) continue;
      if (auto const* date = finding.verdict.value.as_date())
        result_.dates.push_back({*date, finding.verdict.decision, false});
      if (auto const* context = finding.verdict.value.as_context())
        for (auto const& [name, value] : context->entries)
          if (auto const* date = value.as_date()) result_.dates.push_back({*date, finding.verdict.decision, false});
    }
    for (auto const& act : item_.acts)
      if (act.valid.until && *act.valid.until >= result_.on)
        result_.dates.push_back({*act.valid.until, std::string(to_string(act.issuer)), true});
    std::stable_sort(result_.dates.begin(), result_.dates.end(),
                     [](NextDate const& lhs, NextDate const& rhs) { return lhs.date < rhs.date; });
  }

  void collect_questions()
  {
    std::vector<std::pair<Question, Decimal>> questions;
    for (auto const& [fact, waiting] : waiting_) {
      if (uncertain_.count(fact) != 0 || item_.facts.value(fact, result_.on, options_.known_on).is(Kind::uncertain)) {
        uncertain_.insert(fact);
        continue;
      }
      Question question;
      question.fact = fact;
      Decimal cost(1);
      if (auto const* declaration = declaration_of(fact)) {
        question.label = declaration->label;
        question.question = declaration->question;
        question.asked_of = declaration->asked_of;
        cost = declaration->cost;
        // A child is never asked about violence at intake, whatever a pack says.
        if (declaration->category == "violence" && question.asked_of == AskedOf::child)
          question.asked_of = AskedOf::trained_interviewer;
      } else if (fact.rfind("consent.", 0) != 0) {
        question.asked_of = AskedOf::file;  // free places, agreements, acts: another agency or the file knows
      }
      question.decisions.assign(waiting.decisions.begin(), waiting.decisions.end());
      question.needs.assign(waiting.needs.begin(), waiting.needs.end());
      questions.emplace_back(std::move(question), cost);
    }
    std::stable_sort(questions.begin(), questions.end(), [](auto const& lhs, auto const& rhs) {
      auto const waits = [](Question const& question) { return question.decisions.size() + question.needs.size(); };
      if (lhs.first.needs.empty() != rhs.first.needs.empty()) return rhs.first.needs.empty();
      if (waits(lhs.first) != waits(rhs.first)) return waits(lhs.first) > waits(rhs.first);
      return lhs.second < rhs.second;
    });
    for (auto& [question, cost] : questions) result_.questions.push_back(std::move(question));
  }

  [[nodiscard]] FactDeclaration const* declaration_of(std::string const& fact) const
  {
    for (auto const* pack : packs_)
      if (auto const* declaration = pack->schema().find(fact)) return declaration;
    return nullptr;
  }

  Knowledge const& knowledge_;
  Case const& item_;
  AssessOptions const& options_;
  Network const* network_;
  std::vector<Pack const*> packs_;
  std::map<std::string, Waiting> waiting_;
  std::set<std::string> uncertain_;
  std::set<std::string> categories_;
  Assessment result_;
};

void require(AssessOptions const& options)
{
  if (options.fresh_days < 0) throw ContractViolation("fresh_days must not be negative");
}

}  // namespace

Assessment assess(Knowledge const& knowledge, Case const& item, Date on, AssessOptions const& options)
{
  require(options);
  return Assessor(knowledge, item, on, options).assess();
}

std::vector<Assessment> assess(Knowledge const& knowledge, std::vector<Case> const& cases, Date on,
                               AssessOptions const& options)
{
  require(options);
  std::vector<Assessment> results(cases.size());
  std::atomic<std::size_t> next{0};
  std::mutex mutex;  // guards `done`, `failure` and calls of `progress`
  std::size_t done = 0;
  std::exception_ptr failure;
  auto const work = [&] {
    for (auto index = next++; index < cases.size(); index = next++) {
      try {
        results[index] = Assessor(knowledge, cases[index], on, options).assess();
      } catch (...) {
        std::lock_guard<std::mutex> const lock(mutex);
        if (!failure) failure = std::current_exception();
        next = cases.size();
        return;
      }
      std::lock_guard<std::mutex> const lock(mutex);
      ++done;
      if (options.progress) options.progress(done);
    }
  };
  auto threads = options.threads == 0 ? std::max<std::size_t>(std::thread::hardware_concurrency(), 1) : options.threads;
  threads = std::min(threads, cases.size());
  std::vector<std::thread> helpers;
  for (std::size_t helper = 1; helper < threads; ++helper) helpers.emplace_back(work);
  work();
  for (auto& helper : helpers) helper.join();
  if (failure) std::rethrow_exception(failure);
  return results;
}

}  // namespace tutela::inline v0
