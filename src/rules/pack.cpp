// SPDX-License-Identifier: Apache-2.0
/// \file
/// Rule packs: what can be asked, and the loop over decisions.
#include <tutela/rules/pack.hpp>

#include <algorithm>
#include <utility>

#include "rules/case_facts.hpp"
#include "rules/case_run.hpp"
#include "rules/constants.hpp"
#include "rules/pack_impl.hpp"
#include "rules/plans.hpp"
#include "rules/possibilities.hpp"
#include "rules/separation.hpp"
#include "rules/written.hpp"

namespace tutela::detail {
namespace {

DecisionCone cone_of(Model const& model, std::size_t decision)
{
  DecisionCone cone;
  std::vector<bool> seen(model.nodes.size(), false);
  std::vector<std::size_t> open{decision};
  seen[decision] = true;
  while (!open.empty()) {
    auto const current = open.back();
    open.pop_back();
    cone.nodes.push_back(current);
    auto const& node = model.nodes[current];
    if (node.kind == GraphNode::Kind::input) cone.inputs.push_back(current);
    for (auto const& text : node.texts) {
      cone.reads_today = cone.reads_today || text.reads_today;
      cone.tests_uncertain = cone.tests_uncertain || text.tests_uncertain;
      cone.constants.insert(cone.constants.end(), text.constants.begin(), text.constants.end());
      for (auto const* next : {&text.requirements, &text.outputs}) {
        for (auto const target : *next) {
          if (seen[target]) continue;
          seen[target] = true;
          open.push_back(target);
        }
      }
    }
  }
  std::sort(cone.inputs.begin(), cone.inputs.end());
  remove_repetitions(cone.constants);
  return cone;
}

/// The facts of an input that the expressions of a cone read.
void add_facts(Model const& model, DecisionCone const& cone, std::size_t input, std::vector<FactDeclaration>& facts)
{
  auto const& node = model.nodes[input];
  auto const& declared = node.texts.front().type;
  std::vector<FactDeclaration> all;
  declare_facts(fact_name(node.name), declared.type, declared.item, &node.fact, all);
  for (auto& fact : all) {
    bool read = false;
    for (auto const index : cone.nodes) {
      for (auto const& text : model.nodes[index].texts) {
        if (std::find(text.requirements.begin(), text.requirements.end(), input) == text.requirements.end()) continue;
        read = read || reads_fact(node, text.facts_read, fact.name);
      }
    }
    if (read) facts.push_back(std::move(fact));
  }
}

std::vector<FactDeclaration> facts_of(Model const& model, DecisionCone const& cone)
{
  std::vector<FactDeclaration> facts;
  for (auto const input : cone.inputs) add_facts(model, cone, input, facts);
  return facts;
}

/// Takes in what decides whether a constraint holds, which then decides about the completions of the facts.
void add_constraint(DecisionCone& cone, DecisionCone const& constraint)
{
  cone.constraints.push_back(constraint.nodes.front());
  cone.reads_today = cone.reads_today || constraint.reads_today;
  cone.tests_uncertain = cone.tests_uncertain || constraint.tests_uncertain;
  auto const merge = [](auto& into, auto const& from) {
    for (auto const& each : from)
      if (std::find(into.begin(), into.end(), each) == into.end()) into.push_back(each);
  };
  merge(cone.inputs, constraint.inputs);
  merge(cone.nodes, constraint.nodes);
  merge(cone.constants, constraint.constants);
  std::sort(cone.inputs.begin(), cone.inputs.end());
}

/// Adds every constraint that shares a fact with the cone, directly or through other constraints.
void add_constraints(Model const& model, std::vector<DecisionCone> const& constraints, DecisionCone& cone)
{
  std::vector<bool> taken(constraints.size(), false);
  for (bool more = !constraints.empty(); more;) {
    more = false;
    auto const facts = facts_of(model, cone);
    for (std::size_t i = 0; i < constraints.size(); ++i) {
      if (taken[i]) continue;
      auto const other = facts_of(model, constraints[i]);
      bool const shared = std::any_of(facts.begin(), facts.end(), [&](FactDeclaration const& fact) {
        return std::any_of(other.begin(), other.end(),
                           [&](FactDeclaration const& each) { return touches(fact.name, each.name); });
      });
      if (!shared) continue;
      taken[i] = more = true;
      add_constraint(cone, constraints[i]);
    }
  }
}

}  // namespace

bool touches(std::string const& one, std::string const& other)
{
  auto const& shorter = one.size() < other.size() ? one : other;
  auto const& longer = one.size() < other.size() ? other : one;
  return longer.compare(0, shorter.size(), shorter) == 0 &&
         (longer.size() == shorter.size() || longer[shorter.size()] == '.' || longer[shorter.size()] == '[');
}

bool reads_fact(GraphNode const& input, std::vector<std::string> const& paths, std::string const& fact)
{
  auto const variable = fact_name(input.variable);
  return std::any_of(paths.begin(), paths.end(), [&](std::string const& path) {
    auto name = fact_name(path);
    // Inside the model the input may be known by the name of its variable.
    if (name.compare(0, variable.size(), variable) == 0) name = fact_name(input.name) + name.substr(variable.size());
    return touches(name, fact);
  });
}

std::vector<std::string> facts_below(Model const& model, std::size_t node)
{
  std::vector<std::string> names;
  for (auto const& fact : facts_of(model, cone_of(model, node))) names.push_back(fact.name);
  return names;
}

std::optional<std::size_t> PackImpl::place_of(std::string_view decision) const
{
  auto const found = std::lower_bound(decisions.begin(), decisions.end(), decision,
                                      [](DecisionInfo const& each, std::string_view name) { return each.name < name; });
  if (found == decisions.end() || found->name != decision) return std::nullopt;
  return static_cast<std::size_t>(found - decisions.begin());
}

void PackImpl::check_day(std::size_t decision, std::optional<Date> on) const
{
  if (!on && needs_day(decision)) throw ContractViolation("the day must be given: the pack is dated or uses today()");
}

WrittenPack const& PackImpl::written() const
{
  std::call_once(written_once_, [this] { written_ = std::make_shared<WrittenPack const>(*this); });
  return *written_;
}

Pack make_pack(PackInfo info, std::shared_ptr<Model const> model, std::vector<PackFile> files)
{
  auto impl = std::make_shared<PackImpl>();
  impl->info = std::move(info);
  impl->files = std::move(files);
  if (impl->info.id.empty()) {
    impl->info.id = model->files.front().name;
    impl->info.title = Text(impl->info.id);
    impl->info.dated = model->dated;
  }
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < model->nodes.size(); ++i) {
    auto const& node = model->nodes[i];
    if (node.kind != GraphNode::Kind::decision) continue;
    auto const says = [](NodeText const& text) { return text.note.constraint; };
    if (std::any_of(node.texts.begin(), node.texts.end(), says))
      impl->constraints.push_back(cone_of(*model, i));
    else
      order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t lhs, std::size_t rhs) { return model->nodes[lhs].name < model->nodes[rhs].name; });

  std::vector<FactDeclaration> declarations;
  for (auto const& node : model->nodes) {
    if (node.kind != GraphNode::Kind::input) continue;
    auto const& declared = node.texts.front().type;
    declare_facts(fact_name(node.name), declared.type, declared.item, &node.fact, declarations);
  }
  impl->schema = Schema(std::move(declarations));

  for (auto const index : order) {
    auto const& node = model->nodes[index];
    DecisionInfo decision;
    decision.name = node.name;
    for (auto const& text : node.texts) {
      decision.texts.push_back({text.note.law, text.note.citations, text.note.verified()});
      if (decision.label.empty()) decision.label = text.note.label;
      if (decision.effect == Effect::none) decision.effect = text.note.effect;
      decision.separation = decision.separation || text.note.separation;
    }
    if (decision.label.empty()) decision.label = Text(node.name);
    std::stable_sort(decision.texts.begin(), decision.texts.end(),
                     [](DecisionText const& lhs, DecisionText const& rhs) {
                       return !rhs.law.from ? false : !lhs.law.from || *lhs.law.from < *rhs.law.from;
                     });
    auto cone = cone_of(*model, index);
    add_constraints(*model, impl->constraints, cone);
    for (auto const& fact : facts_of(*model, cone)) {
      decision.facts.push_back(fact.name);
      if (!fact.category.empty()) decision.categories.push_back(fact.category);
    }
    sort_unique(decision.facts);
    sort_unique(decision.categories);
    impl->decisions.push_back(std::move(decision));
    impl->nodes.push_back(index);
    impl->cones.push_back(std::move(cone));
  }
  impl->model = std::move(model);
  impl->separations = guarded_separations(*impl);
  auto lines = make_lines(*impl);
  lines.may_be_partial = false;
  for (std::size_t i = 0; i < impl->decisions.size(); ++i) impl->plans.push_back(make_plans(*impl, lines, i));
  auto const first_joint = lines.lines.begin() + static_cast<std::ptrdiff_t>(impl->schema.declarations().size());
  impl->lines.assign(lines.lines.begin(), first_joint);
  impl->partial = make_partial_plans(*impl, std::move(lines));
  return Pack(std::move(impl));
}

}  // namespace tutela::detail

namespace tutela::inline v0 {

PackInfo const& Pack::info() const& noexcept { return impl_->info; }

std::vector<DecisionInfo> const& Pack::decisions() const& noexcept { return impl_->decisions; }

Schema const& Pack::schema() const& noexcept { return impl_->schema; }

DecisionInfo const* Pack::find(std::string_view decision) const noexcept
{
  auto const place = impl_->place_of(decision);
  return place ? &impl_->decisions[*place] : nullptr;
}

Verdict Pack::decide(std::string_view decision, Record const& record, std::optional<Date> on,
                     DecideOptions const& options) const
{
  DecideOptions one = options;
  one.decisions = {std::string(decision)};
  return std::move(decide(record, on, one).front());
}

std::vector<Diagnostic> Pack::check_facts(Record const& record, std::optional<Date> on) const
{
  auto findings = impl_->schema.check(record);
  detail::CaseFacts facts(*impl_->model, record, on, {});
  for (auto const& constraint : impl_->constraints) {
    if (constraint.reads_today && !on) continue;
    if (auto broken = detail::broken_constraint(*impl_, constraint, facts, on)) findings.push_back(*std::move(broken));
  }
  return findings;
}

std::vector<Verdict> Pack::decide(Record const& record, std::optional<Date> on, DecideOptions const& options) const
{
  detail::CaseFacts facts(*impl_->model, record, on, options.known_on);
  detail::CaseRun run(*impl_, facts, on, options);
  std::vector<Verdict> verdicts;
  verdicts.reserve(options.decisions.empty() ? impl_->decisions.size() : options.decisions.size());
  auto const add = [&](std::size_t index) { verdicts.push_back(detail::answer(*impl_, index, run, on, options)); };
  if (options.decisions.empty()) {
    for (std::size_t i = 0; i < impl_->decisions.size(); ++i) add(i);
    return verdicts;
  }
  for (auto const& name : options.decisions) {
    if (auto const* found = find(name)) {
      add(static_cast<std::size_t>(found - impl_->decisions.data()));
      continue;
    }
    Verdict missing;
    missing.decision = name;
    missing.label = Text(name);
    missing.outcome = Outcome::rule_not_available;
    missing.jurisdiction = options.jurisdiction.empty() ? impl_->info.jurisdiction : options.jurisdiction;
    verdicts.push_back(std::move(missing));
  }
  std::sort(verdicts.begin(), verdicts.end(),
            [](Verdict const& lhs, Verdict const& rhs) { return lhs.decision < rhs.decision; });
  return verdicts;
}

}  // namespace tutela::inline v0
