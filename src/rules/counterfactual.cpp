// SPDX-License-Identifier: Apache-2.0
/// \file
/// Smallest changes, found on the diagram of an answer and evaluated again.
#include <tutela/rules/counterfactual.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "rules/case_run.hpp"
#include "rules/diagram_operation.hpp"
#include "rules/exploration.hpp"
#include "rules/joint_regions.hpp"
#include "rules/pack_impl.hpp"
#include "rules/possibilities.hpp"

namespace tutela::detail {
namespace {

/// Facts and regions that would have to be taken instead.
using RegionChanges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// Walks a diagram whose first facts may change, with ever more changes.
class ChangeSearch {
 public:
  /// \param current The region of each fact today.
  /// \param wanted  Which answers are looked for, by number; the number after the last means that there is no such
  ///                case.
  ChangeSearch(RegionDiagrams const& diagrams, std::vector<std::uint32_t> current, std::vector<bool> wanted,
               std::size_t most)
      : diagrams_(diagrams), current_(std::move(current)), wanted_(std::move(wanted)), left_(most)
  {
  }

  struct Found {
    RegionChanges changes;
    std::uint32_t answer = 0;
  };

  /// All minimal sets of changes, fewest first.
  std::vector<Found> run(RegionDiagrams::Id root)
  {
    for (std::size_t changes = 1; changes <= current_.size() && left_ > 0; ++changes) {
      exactly_ = changes;
      visit(root);
      // Sets of one size do not contain each other; they count from the next size on.
      minimal_ = found_.size();
    }
    return std::move(found_);
  }

  [[nodiscard]] bool complete() const { return left_ > 0; }

 private:
  bool contains_found() const
  {
    return std::any_of(found_.begin(), found_.begin() + static_cast<std::ptrdiff_t>(minimal_), [&](Found const& found) {
      return std::all_of(found.changes.begin(), found.changes.end(), [&](auto const& change) {
        return std::any_of(path_.begin(), path_.end(), [&](auto const& own) { return own.first == change.first; });
      });
    });
  }

  /// The one answer that all cases below lead to, where there are cases.
  std::optional<std::uint32_t> only_answer(RegionDiagrams::Id root)
  {
    std::optional<std::uint32_t> answer;
    std::set<RegionDiagrams::Id> seen;
    std::vector<RegionDiagrams::Id> open{root};
    while (!open.empty()) {
      auto const id = open.back();
      open.pop_back();
      if (!seen.insert(id).second) continue;
      if (left_ == 0) return std::nullopt;
      --left_;
      if (!diagrams_.is_answer(id)) {
        for (std::uint32_t region = 0; region < diagrams_.regions(diagrams_.fact(id)); ++region)
          open.push_back(diagrams_.child(id, region));
        continue;
      }
      auto const number = diagrams_.number(id);
      if (number >= wanted_.size()) continue;  // no such case
      if (answer && *answer != number) return std::nullopt;
      answer = number;
    }
    return answer;
  }

  void visit(RegionDiagrams::Id id)
  {
    if (left_ == 0) return;
    --left_;
    auto const fact = diagrams_.fact(id);
    if (diagrams_.is_answer(id) || fact >= current_.size()) {  // what is not known may still decide
      if (path_.size() != exactly_ || contains_found()) return;
      auto const answer = only_answer(id);
      if (answer && wanted_[*answer]) found_.push_back({path_, *answer});
      return;
    }
    visit(diagrams_.child(id, current_[fact]));
    if (path_.size() == exactly_) return;
    for (std::uint32_t region = 0; region < diagrams_.regions(fact); ++region) {
      if (region == current_[fact] || diagrams_.child(id, region) == diagrams_.child(id, current_[fact])) continue;
      path_.emplace_back(fact, region);
      visit(diagrams_.child(id, region));
      path_.pop_back();
    }
  }

  RegionDiagrams const& diagrams_;
  std::vector<std::uint32_t> current_;
  std::vector<bool> wanted_;
  std::size_t left_;
  std::size_t exactly_ = 0;
  std::size_t minimal_ = 0;
  RegionChanges path_;
  std::vector<Found> found_;
};

/// In which cases a constraint of the pack holds.
CompletionGraph constraint_graph(PackImpl const& pack, std::size_t node, CaseRun const& run, CaseFacts& facts)
{
  auto const known = [](Value value) { return CompletionGraph{{}, {{true, std::move(value), 0, 0, 0, 0}}, 0}; };
  auto const holds = [](Evaluated const& evaluated) {
    bool const open = !is_definite(evaluated.value) && !evaluated.value.is(Kind::error);
    return open ? evaluated.value : Value(!may_break(evaluated.value));
  };
  auto const found = std::find_if(pack.constraints.begin(), pack.constraints.end(),
                                  [&](DecisionCone const& each) { return each.nodes.front() == node; });
  auto cone = *found;
  cone.constraints.clear();
  auto const whole = holds(run.evaluate_alone(cone, node, facts, nullptr, false));
  if (is_definite(whole)) return known(whole);
  return explore(run, cone, node, facts, {whole, Truth::yes, {}}, holds).graph;
}

/// The answers of the first diagram where no other one says false; elsewhere there is no such case.
RegionDiagrams::Id possible_cases(JointRegions& joint)
{
  auto& diagrams = joint.diagrams;
  auto const no_case = diagrams.answer(static_cast<std::uint32_t>(joint.answers.size()));
  auto result = joint.roots.front();
  for (std::size_t i = 1; i < joint.roots.size() && result != RegionDiagrams::none; ++i) {
    if (joint.roots[i] == RegionDiagrams::none) return RegionDiagrams::none;
    DiagramOperation where(diagrams, [&](std::span<RegionDiagrams::Id const> ids) -> std::optional<RegionDiagrams::Id> {
      if (!diagrams.is_answer(ids[0])) return std::nullopt;
      return joint.answers[diagrams.number(ids[0])] == Value(false) ? no_case : ids[1];
    });
    result = where({joint.roots[i], result});
  }
  return result;
}

/// True for a step of a procedure that was done: it is past, and nothing undoes it.
bool is_done(FactDeclaration const& declaration, Value const& value)
{
  auto const* done = value.as_boolean();
  return declaration.category == "procedure" && done != nullptr && *done;
}

/// The record with some facts as they would be.
std::optional<Record> changed(Record const& record, std::vector<Change> const& changes, std::optional<Date> on,
                              Limits const& limits)
{
  RecordBuilder builder;
  for (auto const& fact : record.facts()) {
    bool const replaced =
        std::any_of(changes.begin(), changes.end(), [&](Change const& change) { return change.fact == fact.name; }) &&
        (!on || fact.source.valid.contains(*on));
    if (!replaced) builder.set(fact.name, fact.value, fact.source);
  }
  Source source;
  source.name = "assumed change";
  if (on) source.valid = {*on, add_days(*on, 1)};
  for (auto const& change : changes) builder.set(change.fact, change.to, source);
  auto built = std::move(builder).build(limits);
  if (!built) return std::nullopt;
  return *std::move(built);
}

}  // namespace
}  // namespace tutela::detail

namespace tutela::inline v0 {

Counterfactuals counterfactual(Pack const& pack, Record const& record, std::string_view decision,
                               std::optional<Date> on, CounterfactualOptions const& options)
{
  Counterfactuals result;
  result.decision = std::string(decision);
  auto const verdict = pack.decide(decision, record, on, options.decide);
  result.outcome = verdict.outcome;
  result.value = verdict.value;
  auto const* info = pack.find(decision);
  if (info == nullptr || verdict.outcome != Outcome::known) return result;
  for (auto const& name : info->facts) {
    auto const* declaration = pack.schema().find(name);
    auto const* fact = record.find(name, on, options.decide.known_on);
    if (declaration == nullptr || !declaration->changeable || fact == nullptr) continue;
    bool const held = fact->value.state() == State::known || fact->value.state() == State::none;
    if (held && !detail::is_done(*declaration, fact->value)) result.changeable.push_back(name);
  }
  if (result.changeable.empty()) return result;

  // The answer as a diagram over what may change, with what is not known after it.
  auto const& impl = pack.impl();
  auto const index = static_cast<std::size_t>(info - impl.decisions.data());
  auto facts = detail::CaseFacts(*impl.model, record, on, options.decide.known_on).without(result.changeable);
  std::optional<detail::CompletionGraph> graph;
  detail::CaseRun run(impl, facts, on, options.decide);
  static_cast<void>(detail::answer(impl, index, run, on, options.decide, &graph));
  if (!graph) {
    result.complete = false;
    return result;
  }
  std::map<std::string, std::size_t> order;
  for (auto const& name : result.changeable) order.emplace(name, order.size());
  std::vector<detail::CompletionGraph> constraints;
  for (auto const node : impl.cones[index].constraints)
    constraints.push_back(detail::constraint_graph(impl, node, run, facts));
  std::vector<detail::CompletionGraph const*> graphs{&*graph};
  for (auto const& each : constraints) graphs.push_back(&each);
  auto joint = detail::join_regions(graphs, order);
  auto const root = detail::possible_cases(joint);
  if (root == detail::RegionDiagrams::none) {
    result.complete = false;
    return result;
  }
  std::vector<std::uint32_t> current;
  for (auto const& fact : joint.facts) {
    if (order.find(fact.name()) == order.end()) break;
    auto const region = fact.region_of(record.find(fact.name(), on, options.decide.known_on)->value);
    if (!region) {
      result.complete = false;
      return result;
    }
    current.push_back(*region);
  }
  std::vector<bool> wanted;
  wanted.reserve(joint.answers.size());
  for (auto const& answer : joint.answers)
    wanted.push_back(!(answer == verdict.value) && !answer.is(Kind::error) &&
                     (!options.wanted || answer == *options.wanted));
  detail::ChangeSearch search(joint.diagrams, std::move(current), std::move(wanted),
                              options.decide.limits.completions * 64);
  auto const found = search.run(root);
  result.complete = search.complete();
  for (auto const& way : found) {
    auto const& answer = joint.answers[way.answer];
    if (result.ways.size() == options.most) {
      result.complete = false;
      break;
    }
    ChangeSet set;
    for (auto const& [fact, region] : way.changes) {
      auto const& name = joint.facts[fact].name();
      auto const& declaration = *pack.schema().find(name);
      set.changes.push_back({name, declaration.label, joint.facts[fact].values(region), declaration.help});
    }
    auto const then = detail::changed(record, set.changes, on, options.decide.limits);
    // A way that does not hold when it is evaluated may hide a longer one that does.
    result.complete = result.complete && then.has_value();
    if (!then) continue;
    auto const again = pack.decide(decision, *then, on, options.decide);
    if (again.outcome != Outcome::known || !(again.value == answer)) {
      result.complete = false;
      continue;
    }
    set.answer = again.value;
    result.ways.push_back(std::move(set));
  }
  return result;
}

}  // namespace tutela::inline v0
