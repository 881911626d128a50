// SPDX-License-Identifier: Apache-2.0
/// \file
/// Looking for separations that follow only from facts on which they must not rest.
#include "rules/separation_check.hpp"

#include <algorithm>

#include "rules/every_case.hpp"
#include "rules/law_days.hpp"
#include "rules/separation.hpp"
#include "rules/uncertain_cases.hpp"

namespace tutela::detail {
namespace {

bool denies(Value const& value) { return value.is_none() || (value.as_boolean() != nullptr && !*value.as_boolean()); }

Record record_of(std::vector<std::pair<std::string, Value>> const& facts)
{
  RecordBuilder builder;
  for (auto const& [name, value] : facts) builder.set(name, value);
  auto record = std::move(builder).build();
  return record ? *std::move(record) : Record();
}

/// Searches one day for a refused answer that separates, or with `denying` for one that does not.
class Search {
 public:
  Search(Pack const& pack, EveryCase const& all, AskedDecision const& asked, EveryCaseOptions const& options)
      : pack_(pack), all_(all), name_(pack.decisions()[asked.decision].name), asked_(asked), options_(options)
  {
  }

  std::optional<RefusedCase> run(Refusal wanted, bool denying)
  {
    RefusedCase found;
    auto const& answers = all_.decisions.front();
    auto const accepts = [&](std::span<RegionDiagrams::Id const> ids, RegionPath const& path) {
      auto const refused = [&](RegionDiagrams::Id id) { return all_.diagrams.number(id) == all_.refused; };
      bool const apart = refused(ids[1]);
      // The diagrams take away what they hold; facts that cannot be known are asked of the engine.
      bool const shows = wanted == Refusal::protected_facts ? apart : !apart && refused(ids[2]);
      if ((!shows && asked_.facts.facts().empty()) || !all_.is_known(ids[0])) return false;
      auto const& answer = all_.values[all_.diagrams.number(ids[0])];
      if (denies(answer) != denying) return false;
      auto facts = all_.case_on(path);
      for (auto const& fact : asked_.facts.facts()) facts.emplace_back(fact.name, fact.value);
      DecideOptions decide;
      decide.limits = options_.limits;
      decide.include_unverified = options_.include_unverified;
      auto const verdict = pack_.decide(name_, record_of(facts), options_.on, decide);
      // Where cases could not all be told apart, only one that is refused indeed is told.
      if (verdict.outcome != Outcome::refused || verdict.refusal != wanted) return false;
      found = {options_.on, std::move(facts), answer, denying, verdict.refusal, verdict.rests_on};
      return true;
    };
    auto const search = first_path(all_.diagrams, {answers.rules, answers.apart, answers.answers}, accepts);
    complete_ = complete_ && search.complete;
    return search.path ? std::optional(std::move(found)) : std::nullopt;
  }

  /// True when every case was tried.
  [[nodiscard]] bool complete() const { return complete_; }

 private:
  Pack const& pack_;
  EveryCase const& all_;
  std::string const& name_;
  AskedDecision const& asked_;
  EveryCaseOptions const& options_;
  bool complete_ = true;
};

/// True when a separation must not rest on one of the facts.
bool watches(PackImpl const& pack, std::size_t decision, std::vector<std::string> const& facts)
{
  auto watched = protected_facts(pack, decision);
  auto const neglect = neglect_facts(pack, decision);
  watched.insert(watched.end(), neglect.begin(), neglect.end());
  return std::any_of(facts.begin(), facts.end(), [&](std::string const& fact) {
    return std::find(watched.begin(), watched.end(), fact) != watched.end();
  });
}

}  // namespace

SeparationCheck check_separation(Pack const& pack, std::size_t decision, Limits const& limits)
{
  auto const& impl = pack.impl();
  auto const& cone = impl.cones[decision];
  std::vector<std::optional<Date>> days;
  if (impl.needs_day(decision))
    for (auto const& day : days_of_law(changes_of_law(*impl.model, cone), impl.info.valid, anchor_day(impl)))
      days.emplace_back(day);
  else
    days.emplace_back();
  SeparationCheck check;
  constexpr Refusal reasons[] = {Refusal::protected_facts, Refusal::material_neglect};
  std::optional<RefusedCase> worst[2];
  auto const uncertain = uncertain_sets(facts_asked_uncertain(impl, decision));
  check.exact = uncertain.all;
  for (auto const& day : days) {
    for (auto const& names : uncertain.sets) {
      EveryCaseOptions const options{day, true, limits};
      AskedDecision asked{&impl, decision};
      std::vector<std::pair<std::string, Value>> facts;
      facts.reserve(names.size());
      for (auto const& name : names) facts.emplace_back(name, Value(Uncertain{{name}}));
      asked.facts = record_of(facts);
      auto const all = every_case({asked}, options);
      check.exact = check.exact && all.exact;
      Search search(pack, all, asked, options);
      for (std::size_t i = 0; i < std::size(reasons); ++i) {
        if (worst[i] && !worst[i]->denies) continue;
        auto found = search.run(reasons[i], false);
        if (!found && !worst[i]) found = search.run(reasons[i], true);
        if (found) worst[i] = std::move(found);
      }
      check.exact = check.exact && search.complete() && !watches(impl, decision, names);
    }
  }
  for (auto& found : worst)
    if (found) check.cases.push_back(*std::move(found));
  return check;
}

}  // namespace tutela::detail
