// SPDX-License-Identifier: Apache-2.0
/// \file
/// Comparing two versions of a pack.
#include <tutela/rules/compare.hpp>

#include <algorithm>
#include <utility>

#include "rules/compare_facts.hpp"
#include "rules/every_case.hpp"
#include "rules/law_days.hpp"
#include "rules/possibilities.hpp"
#include "rules/possible_cases.hpp"
#include "rules/uncertain_cases.hpp"

namespace tutela::detail {
namespace {

/// Cases that are tried where the diagrams do not say whether the versions agree.
constexpr std::size_t most_tries = 1'000;

using Facts = std::vector<std::pair<std::string, Value>>;

Record record_of(Facts const& facts)
{
  RecordBuilder builder;
  for (auto const& [name, value] : facts) builder.set(name, value);
  auto record = std::move(builder).build();
  return record ? *std::move(record) : Record();
}

ComparedAnswer answer_of(Verdict const& verdict)
{
  return {verdict.outcome, verdict.outcome == Outcome::known ? verdict.value : Value()};
}

std::string words(bool value) { return value ? "true" : "false"; }

/// Compares the decisions of two versions.
class Comparer {
 public:
  Comparer(Pack const& before, Pack const& after, CompareOptions const& options)
      : before_(before),
        after_(after),
        old_(before.impl()),
        new_(after.impl()),
        options_(options),
        facts_(match_facts(old_.schema, new_.schema)),
        possible_before_(old_, options.limits),
        possible_after_(new_, options.limits)
  {
  }

  PackComparison run()
  {
    PackComparison comparison;
    comparison.facts = facts_.changes;
    for (auto const& match : match_decisions(old_, new_)) {
      auto const& name = match.before ? old_.decisions[*match.before].name : new_.decisions[*match.after].name;
      auto const& wanted = options_.decisions;
      if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), name) == wanted.end()) continue;
      auto& decision = comparison.decisions.emplace_back();
      decision.decision = name;
      if (!match.before || !match.after)
        decision.change = match.after ? PackChange::added : PackChange::removed;
      else
        compare(*match.before, *match.after, decision);
    }
    comparison.days.assign(days_.begin(), days_.end());
    return comparison;
  }

 private:
  void compare(std::size_t before, std::size_t after, DecisionComparison& decision)
  {
    auto const& old = old_.decisions[before];
    auto const& now = new_.decisions[after];
    if (now.name != old.name) decision.renamed_to = now.name;
    auto const note = [&](std::string const& what, std::string_view was, std::string_view is) {
      if (was != is) decision.notes.push_back(what + ": " + std::string(was) + " -> " + std::string(is));
    };
    note("name", old.name, now.name);
    note("effect", to_string(old.effect), to_string(now.effect));
    note("separation", words(old.separation), words(now.separation));
    if (!decision.notes.empty()) decision.change = PackChange::different;
    for (auto const& name : old.facts) {
      if (facts_.incomparable.count(name) == 0) continue;
      decision.change = PackChange::not_compared;
      decision.notes.push_back("reads " + name + ", whose values are others");
    }
    if (decision.change == PackChange::not_compared) {
      decision.exact = false;
      return;
    }
    if (facts_.changes.empty() && written_alike(old_, before, new_, after)) return;
    bool const today = old_.cones[before].reads_today || new_.cones[after].reads_today;
    decision.every_day = !today || options_.on.has_value();
    auto const uncertain = uncertain_sets(asked_uncertain(before, after));
    decision.exact = uncertain.all;
    for (auto const& day : days_for(before, after, today)) {
      if (day) days_.insert(*day);
      if (std::any_of(uncertain.sets.begin(), uncertain.sets.end(),
                      [&](auto const& set) { return on_day(before, after, day, set, decision); }))
        break;
    }
  }

  /// The facts of which one of the versions asks whether they can be known, by their older names.
  std::vector<std::string> asked_uncertain(std::size_t before, std::size_t after) const
  {
    auto facts = facts_asked_uncertain(old_, before);
    for (auto& name : facts_asked_uncertain(new_, after)) {
      auto const found = facts_.older.find(name);
      facts.push_back(found == facts_.older.end() ? std::move(name) : found->second);
    }
    sort_unique(facts);
    return facts;
  }

  /// The days on which two texts are compared; nothing alone for packs without days.
  std::vector<std::optional<Date>> days_for(std::size_t before, std::size_t after, bool today) const
  {
    if (options_.on) return {options_.on};
    if (!old_.info.dated && !new_.info.dated && !today) return {std::nullopt};
    auto changes = changes_of_law(*old_.model, old_.cones[before]);
    changes.merge(changes_of_law(*new_.model, new_.cones[after]));
    for (auto const* valid : {&old_.info.valid, &new_.info.valid}) {
      if (valid->from) changes.insert(*valid->from);
      if (valid->until) changes.insert(*valid->until);
    }
    // Rules that compare the day with a date change on that date too.
    for (auto const* cone : {&old_.cones[before], &new_.cones[after]}) {
      for (auto const& constant : cone->constants) {
        auto const* date = constant.as_date();
        if (!today || date == nullptr) continue;
        changes.insert(*date);
        if (auto const next = add_days(*date, 1)) changes.insert(*next);
      }
    }
    std::vector<std::optional<Date>> days;
    for (auto const& day : days_of_law(std::move(changes), {}, std::max(anchor_day(old_), anchor_day(new_))))
      days.emplace_back(day);
    return days;
  }

  AskedDecision asked(PackImpl const& pack, std::size_t decision, Facts const& uncertain) const
  {
    bool const newer = &pack == &new_;
    AskedDecision asked{&pack, decision};
    if (newer) asked.names = facts_.older;
    auto known = uncertain;
    add_common(known);
    if (newer) rename(known);
    asked.facts = record_of(known);
    return asked;
  }

  /// Gives facts the names that they have in the newer version.
  void rename(Facts& facts) const
  {
    for (auto& [name, value] : facts)
      if (auto const found = facts_.newer.find(name); found != facts_.newer.end()) name = found->second;
  }

  DecideOptions decide_options() const
  {
    DecideOptions decide;
    decide.include_unverified = options_.include_unverified;
    decide.limits = options_.limits;
    decide.reasons = false;
    return decide;
  }

  /// True when a case was found that is answered otherwise.
  bool on_day(std::size_t before, std::size_t after, std::optional<Date> day, std::vector<std::string> const& names,
              DecisionComparison& decision)
  {
    Facts uncertain;
    for (auto const& name : names) uncertain.emplace_back(name, Value(Uncertain{{name}}));
    auto const all = every_case({asked(old_, before, uncertain), asked(new_, after, uncertain)},
                                {day, options_.include_unverified, options_.limits});
    decision.exact = decision.exact && all.exact;
    std::size_t tries = 0;
    auto const accepts = [&](std::span<RegionDiagrams::Id const> ids, RegionPath const& path) {
      auto const none = [&](RegionDiagrams::Id id) { return all.diagrams.number(id) == all.no_case; };
      bool const open = all.is_open(ids[0]) || all.is_open(ids[1]);
      if (none(ids[0]) || none(ids[1]) || (ids[0] == ids[1] && !open)) return false;
      if (open && tries++ >= most_tries) return false;
      auto facts = all.case_on(path);
      facts.insert(facts.end(), uncertain.begin(), uncertain.end());
      return shows(before, after, day, std::move(facts), decision);
    };
    auto const search = first_path(all.diagrams, {all.decisions[0].answers, all.decisions[1].answers}, accepts);
    decision.exact = decision.exact && search.complete;
    return search.path.has_value();
  }

  /// Asks both versions about one case, and leaves out of it what makes no difference to either.
  bool shows(std::size_t before, std::size_t after, std::optional<Date> day, Facts facts,
             DecisionComparison& decision) const
  {
    if (!is_case(facts, day)) return false;
    auto const found = asked_about(before, after, day, facts);
    if (found.first == found.second) return false;
    for (std::size_t i = facts.size(); i-- > 0;) {
      auto fewer = facts;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (asked_about(before, after, day, fewer) == found) facts = std::move(fewer);
    }
    decision.change = PackChange::different;
    decision.on = day;
    decision.before = found.first;
    decision.after = found.second;
    for (auto& [name, value] : facts) decision.facts.push_back({std::move(name), std::move(value)});
    return true;
  }

  /// True when the constraints of both versions leave a case with these facts.
  bool is_case(Facts facts, std::optional<Date> day) const
  {
    add_common(facts);
    if (!possible_before_.allow(facts, day)) return false;
    rename(facts);
    return possible_after_.allow(facts, day);
  }

  std::pair<ComparedAnswer, ComparedAnswer> asked_about(std::size_t before, std::size_t after, std::optional<Date> day,
                                                        Facts const& facts) const
  {
    auto older = facts;
    add_common(older);
    auto newer = older;
    rename(newer);
    auto const options = decide_options();
    return {answer_of(before_.decide(old_.decisions[before].name, record_of(older), day, options)),
            answer_of(after_.decide(new_.decisions[after].name, record_of(newer), day, options))};
  }

  /// Facts that the case does not name still have one of the values that both versions allow.
  void add_common(Facts& facts) const
  {
    for (auto const& [name, value] : facts_.common) {
      auto const is_named = [&wanted = name](auto const& each) { return each.first == wanted; };
      if (std::none_of(facts.begin(), facts.end(), is_named)) facts.emplace_back(name, value);
    }
  }

  Pack const& before_;
  Pack const& after_;
  PackImpl const& old_;
  PackImpl const& new_;
  CompareOptions const& options_;
  FactMatch facts_;
  PossibleCases possible_before_;
  PossibleCases possible_after_;
  std::set<Date> days_;
};

/// The record with other names for some of its facts.
Record with_names(Record const& record, std::map<std::string, std::string> const& names)
{
  if (names.empty()) return record;
  RecordBuilder builder;
  for (auto const& fact : record.facts()) {
    auto const found = names.find(fact.name);
    builder.set(found == names.end() ? fact.name : found->second, fact.value, fact.source);
  }
  return std::move(builder).build().value();
}

bool denies(Value const& value) { return value.is_none() || (value.as_boolean() != nullptr && !*value.as_boolean()); }

/// Puts a case into the list that says what became of its answer.
void move(CaseMovements& movements, std::string const& id, Verdict const& before, Verdict const& after)
{
  bool const was = before.outcome == Outcome::known;
  bool const is = after.outcome == Outcome::known;
  if (was != is) {
    (was ? movements.became_unknown : movements.became_known).push_back(id);
  } else if (!was || before.value == after.value) {
    ++movements.same;
  } else if (denies(before.value) != denies(after.value)) {
    (denies(before.value) ? movements.gained : movements.lost).push_back(id);
  } else {
    movements.changed.push_back(id);
  }
}

}  // namespace
}  // namespace tutela::detail

namespace tutela::inline v0 {

std::string_view to_string(PackChange change) noexcept
{
  switch (change) {
    case PackChange::same: return "same";
    case PackChange::different: return "different";
    case PackChange::added: return "added";
    case PackChange::removed: return "removed";
    case PackChange::not_compared: return "not_compared";
  }
  return "same";
}

Limits CompareOptions::offline_limits() noexcept
{
  Limits limits;
  limits.completions = std::size_t{1} << 15U;
  limits.evaluation_steps = 10'000'000;
  return limits;
}

bool PackComparison::has_differences() const noexcept
{
  return !facts.empty() || std::any_of(decisions.begin(), decisions.end(), [](DecisionComparison const& decision) {
    return decision.change != PackChange::same;
  });
}

PackComparison compare(Pack const& before, Pack const& after, CompareOptions const& options)
{
  return detail::Comparer(before, after, options).run();
}

std::vector<CaseMovements> compare(Pack const& before, Pack const& after, std::span<ComparedCase const> cases,
                                   CompareOptions const& options)
{
  auto const& old = before.impl();
  auto const& now = after.impl();
  auto const facts = detail::match_facts(old.schema, now.schema);
  DecideOptions decide;
  decide.include_unverified = options.include_unverified;
  decide.reasons = false;
  std::vector<CaseMovements> all;
  for (auto const& match : detail::match_decisions(old, now)) {
    if (!match.before || !match.after) continue;
    CaseMovements movements;
    movements.decision = old.decisions[*match.before].name;
    auto const& wanted = options.decisions;
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), movements.decision) == wanted.end()) continue;
    for (auto const& each : cases) {
      auto const renamed = detail::with_names(each.facts, facts.newer);
      detail::move(movements, each.id, before.decide(movements.decision, each.facts, options.on, decide),
                   after.decide(now.decisions[*match.after].name, renamed, options.on, decide));
    }
    all.push_back(std::move(movements));
  }
  return all;
}

}  // namespace tutela::inline v0
