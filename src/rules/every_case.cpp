// SPDX-License-Identifier: Apache-2.0
/// \file
/// What decisions answer in every case there can be.
#include "rules/every_case.hpp"

#include <algorithm>
#include <functional>

#include "rules/case_run.hpp"
#include "rules/constants.hpp"
#include "rules/exploration.hpp"
#include "rules/possibilities.hpp"
#include "rules/separation.hpp"

namespace tutela::detail {
namespace {

using Id = RegionDiagrams::Id;

Value fault(std::string what) { return Value(Fault{std::move(what), {}}); }

/// Answers that are none are told apart by their outcome only: texts and places of errors are not compared.
Value outcome_of(Evaluated const& evaluated)
{
  if (!evaluated.value.is(Kind::error)) {
    if (is_definite(evaluated.value)) return evaluated.value;
    auto const open = open_facts(evaluated.value);
    if (open.missing.empty()) return fault(open.uncertain.empty() ? "error" : "undeterminable");
    return evaluated.value;
  }
  return fault(evaluated.no_law ? "no_law_in_force" : evaluated.not_available ? "rule_not_available" : "error");
}

CompletionGraph constant(Value value) { return {{}, {{true, std::move(value), 0, 0, 0, 0}}, 0}; }

/// Explores the cases of one decision, and of what bears on it.
class Explorer {
 public:
  Explorer(AskedDecision const& asked, EveryCaseOptions const& options)
      : asked_(asked),
        pack_(*asked.pack),
        options_(options),
        decide_(decide_options(options)),
        facts_(*pack_.model, asked.facts, options.on, {}),
        run_(pack_, facts_, options.on, decide_)
  {
  }

  CompletionGraph decision(std::size_t decision)
  {
    auto const& model = *pack_.model;
    auto const& node = model.nodes[pack_.nodes[decision]];
    auto const text = std::find_if(node.texts.begin(), node.texts.end(), [&](NodeText const& each) {
      return !options_.on || each.note.law.contains(*options_.on);
    });
    if (text == node.texts.end() || (options_.on && !pack_.info.valid.contains(*options_.on)))
      return constant(fault("no_law_in_force"));
    if (!options_.include_unverified && !text->note.verified()) return constant(fault("rule_not_available"));
    auto cone = pack_.cones[decision];
    cone.constraints.clear();
    return explored(cone, pack_.nodes[decision], outcome_of);
  }

  CompletionGraph constraint(std::size_t node) { return renamed(explore_constraint(run_, pack_, node, facts_)); }

  /// True in every case that states material neglect and has no record that help was refused or failed.
  CompletionGraph neglect(std::size_t decision)
  {
    auto const neglect = neglect_facts(pack_, decision);
    auto const help = help_facts(pack_);
    std::vector<OpenFact> open;
    std::vector<Value> constants;
    std::vector<std::string> names;
    for (auto const* list : {&neglect, &help}) {
      for (auto const& name : *list) {
        open_inputs(name);
        auto const found = std::find_if(facts_.open().begin(), facts_.open().end(),
                                        [&](OpenFact const& fact) { return fact.name == name; });
        auto const* fact = pack_.schema.find(name);
        if (found == facts_.open().end()) return constant(Value(Unknown{{name}, {}, {}}));  // inside a list
        open.push_back(*found);
        names.push_back(name);
        auto const mentioned = constants_of(fact->neglect + " " + fact->help_failed);
        constants.insert(constants.end(), mentioned.begin(), mentioned.end());
      }
    }
    auto const truth = [&](std::vector<std::string> const& list, std::string FactDeclaration::*tests,
                           std::map<std::string, Value> const& replaced) {
      Truth any = Truth::no;
      for (auto const& name : list) {
        auto const given = replaced.find(name);
        auto const own =
            std::find_if(open.begin(), open.end(), [&](OpenFact const& fact) { return fact.name == name; });
        auto const& value = given == replaced.end() ? own->value : given->second;
        auto const one = passes(pack_.schema.find(name)->*tests, value, options_.on);
        any = any | (is_definite(value) && one != Truth::yes ? Truth::no : one);
      }
      return any;
    };
    std::sort(names.begin(), names.end());
    std::map<std::string, Value> const nothing;
    auto const judge = [&](std::map<std::string, Value> const& replaced) -> std::optional<Part> {
      auto const all =
          truth(neglect, &FactDeclaration::neglect, replaced) & !truth(help, &FactDeclaration::help_failed, replaced);
      if (all != Truth::unknown) return Part{Value(all == Truth::yes)};
      return Part{Value(Unknown{names, {}, {}})};
    };
    return renamed(
        explore_completions(*judge(nothing), open, constants, options_.on, options_.limits.completions, judge).graph);
  }

 private:
  static DecideOptions decide_options(EveryCaseOptions const& options)
  {
    DecideOptions decide;
    decide.include_unverified = options.include_unverified;
    decide.limits = options.limits;
    decide.reasons = false;
    return decide;
  }

  CompletionGraph explored(DecisionCone const& cone, std::size_t node, ReadAnswer const& read)
  {
    auto evaluated = run_.evaluate_alone(cone, node, facts_, nullptr, false);
    auto const whole = read(evaluated);
    if (is_definite(whole) || whole.is(Kind::error)) return constant(whole);
    return renamed(explore(run_, cone, node, facts_, {whole, Truth::yes, {}}, read).graph);
  }

  void open_inputs(std::string const& name)
  {
    for (std::size_t node = 0; node < pack_.model->nodes.size(); ++node) {
      auto const& input = pack_.model->nodes[node];
      if (input.kind == GraphNode::Kind::input && touches(input.facts.name, name))
        static_cast<void>(facts_.input(node));
    }
  }

  CompletionGraph renamed(CompletionGraph graph) const
  {
    for (auto& fact : graph.facts) {
      auto const plain = fact.name.substr(0, fact.name.find('['));
      if (auto const other = asked_.names.find(plain); other != asked_.names.end())
        fact.name = other->second + fact.name.substr(plain.size());
    }
    return graph;
  }

  AskedDecision const& asked_;
  PackImpl const& pack_;
  EveryCaseOptions const& options_;
  DecideOptions decide_;
  CaseFacts facts_;
  CaseRun run_;
};

/// One separation whose refusals bear on a decision.
struct Watched {
  std::size_t decision = 0;
  std::size_t rules = 0;  ///< Place of its graph.
  std::vector<std::size_t> constraints;
  std::optional<std::size_t> neglect;
};

/// The graphs of one decision, by their places among all.
struct Places {
  std::size_t rules = 0;
  std::vector<std::size_t> constraints;
  std::vector<Watched> watched;
};

/// Calculates with the diagrams of all graphs.
class Calculator {
 public:
  Calculator(EveryCase& all, std::vector<Id> const& roots)
      : all_(all),
        roots_(roots),
        refused_(all.diagrams.answer(all.refused)),
        no_case_(all.diagrams.answer(all.no_case)),
        agreed_(all.diagrams, [this](std::span<Id const> ids) { return agree(ids); })
  {
  }

  CaseAnswers answers(AskedDecision const& asked, Places const& places)
  {
    CaseAnswers found;
    found.rules = cases(places.rules, places.constraints);
    found.apart = watched(asked, places, found.rules, false);
    found.answers = watched(asked, places, found.rules, true);
    return found;
  }

 private:
  [[nodiscard]] bool is_answer(Id id) const { return all_.diagrams.is_answer(id); }

  /// True for the answer "true", and where it was not found out.
  [[nodiscard]] bool may_hold(Id id) const
  {
    auto const number = all_.diagrams.number(id);
    return all_.is_open(id) || (number < all_.values.size() && all_.values[number] == Value(true));
  }

  Id combined(std::vector<Id> const& ids, DiagramOperation::Known known)
  {
    return DiagramOperation(all_.diagrams, std::move(known))(ids);
  }

  /// The answers of rules, with no case where a constraint does not hold.
  Id cases(std::size_t rules, std::vector<std::size_t> const& constraints)
  {
    auto id = roots_[rules];
    for (auto const constraint : constraints)
      id = combined({roots_[constraint], id}, [this](std::span<Id const> ids) -> std::optional<Id> {
        if (!is_answer(ids[0])) return std::nullopt;
        return may_hold(ids[0]) ? ids[1] : no_case_;
      });
    return id;
  }

  /// The answers of rules, refused where a separation at or below the decision demands it.
  Id watched(AskedDecision const& asked, Places const& places, Id const rules, bool neglect)
  {
    auto answers = rules;
    for (auto const& each : places.watched) {
      auto refused = guarded(asked, each, rules, neglect);
      if (each.decision != asked.decision) {
        // What rests on a separation is watched where that is refused.
        auto const below = guarded(asked, each, cases(each.rules, each.constraints), true);
        refused = combined({below, refused, rules}, [this](std::span<Id const> ids) -> std::optional<Id> {
          if (ids[1] == ids[2]) return ids[1];
          if (!is_answer(ids[0])) return std::nullopt;
          return ids[0] == refused_ ? ids[1] : ids[2];
        });
      }
      answers = combined({answers, refused}, [this](std::span<Id const> ids) -> std::optional<Id> {
        if (ids[0] == ids[1] || ids[0] == refused_) return ids[0];
        if (ids[1] == refused_) return ids[1];
        return is_answer(ids[0]) && is_answer(ids[1]) ? std::optional(ids[0]) : std::nullopt;
      });
    }
    return answers;
  }

  /// The answers, refused where they do not stand without the facts that a separation must not rest on.
  Id guarded(AskedDecision const& asked, Watched const& watched, Id id, bool with_neglect)
  {
    auto const& pack = *asked.pack;
    auto hidden = protected_facts(pack, watched.decision);
    auto stands = without_facts(all_.diagrams, id, marked(asked, hidden), agreed_);
    if (with_neglect && watched.neglect) {
      auto const neglect = neglect_facts(pack, watched.decision);
      hidden.insert(hidden.end(), neglect.begin(), neglect.end());
      auto const strictly = without_facts(all_.diagrams, id, marked(asked, hidden), agreed_);
      stands =
          combined({roots_[*watched.neglect], strictly, stands}, [this](std::span<Id const> ids) -> std::optional<Id> {
            if (ids[1] == ids[2]) return ids[1];
            if (!is_answer(ids[0])) return std::nullopt;
            return may_hold(ids[0]) ? ids[1] : ids[2];
          });
    }
    // Only answers are refused: contradictory facts, errors and what is open stay what they are.
    return combined({id, stands}, [this](std::span<Id const> ids) -> std::optional<Id> {
      if (ids[0] == ids[1] || ids[0] == no_case_) return ids[0];
      if (!is_answer(ids[0]) || !is_answer(ids[1])) return std::nullopt;
      return all_.is_known(ids[0]) ? ids[1] : ids[0];
    });
  }

  /// Of each fact whether it is one of these.
  [[nodiscard]] std::vector<bool> marked(AskedDecision const& asked, std::vector<std::string> const& hidden) const
  {
    std::vector<bool> marks;
    for (auto const& fact : all_.facts) {
      auto const plain = without_places(fact.name());
      marks.push_back(std::any_of(hidden.begin(), hidden.end(), [&](std::string const& name) {
        auto const other = asked.names.find(name);
        return (other == asked.names.end() ? name : other->second) == plain;
      }));
    }
    return marks;
  }

  /// What two cases come to of which nobody knows which one holds.
  std::optional<Id> agree(std::span<Id const> ids) const
  {
    if (ids[0] == ids[1] || ids[1] == no_case_) return ids[0];
    if (ids[0] == no_case_) return ids[1];
    if (!is_answer(ids[0]) || !is_answer(ids[1])) return std::nullopt;
    for (auto const id : ids)
      if (all_.is_open(id)) return id;
    return refused_;
  }

  EveryCase& all_;
  std::vector<Id> const& roots_;
  Id refused_;
  Id no_case_;
  DiagramOperation agreed_;
};

}  // namespace

bool EveryCase::is_open(RegionDiagrams::Id id) const
{
  auto const number = diagrams.number(id);
  return number < values.size() && !is_definite(values[number]) && !values[number].is(Kind::error);
}

bool EveryCase::is_known(RegionDiagrams::Id id) const
{
  auto const number = diagrams.number(id);
  return number < values.size() && is_definite(values[number]);
}

std::vector<std::pair<std::string, Value>> EveryCase::case_on(RegionPath const& path) const
{
  std::map<std::string, Value> samples;
  for (std::size_t i = 0; i < facts.size(); ++i)
    if (path[i]) samples.emplace(facts[i].name(), facts[i].sample(*path[i]));
  std::function<Value(Value const&)> const filled = [&](Value const& value) -> Value {
    auto const* unknown = value.as_unknown();
    if (unknown != nullptr && unknown->facts.size() == 1) {
      auto const found = samples.find(unknown->facts.front());
      return found == samples.end() || found->second.is(Kind::unknown) ? value : found->second;
    }
    if (auto const* list = value.as_list()) {
      List inner = *list;
      for (auto& item : inner.items) item = filled(item);
      return Value(std::move(inner));
    }
    auto const* context = value.as_context();
    if (context == nullptr) return value;
    Context inner = *context;
    for (auto& [name, entry] : inner.entries) entry = filled(entry);
    return Value(std::move(inner));
  };
  std::vector<std::pair<std::string, Value>> result;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    auto const& name = facts[i].name();
    if (path[i] && name.find('[') == std::string::npos) result.emplace_back(name, filled(samples.at(name)));
  }
  return result;
}

EveryCase every_case(std::vector<AskedDecision> const& asked, EveryCaseOptions const& options)
{
  std::vector<CompletionGraph> graphs;
  std::vector<Places> places;
  auto const add = [&](CompletionGraph graph) {
    graphs.push_back(std::move(graph));
    return graphs.size() - 1;
  };
  for (auto const& each : asked) {
    auto const& pack = *each.pack;
    Explorer explorer(each, options);
    std::map<std::size_t, std::size_t> constraints;
    auto const constrain = [&](std::size_t decision, std::vector<std::size_t>& into) {
      for (auto const node : pack.cones[decision].constraints) {
        auto const [found, fresh] = constraints.emplace(node, 0);
        if (fresh) found->second = add(explorer.constraint(node));
        into.push_back(found->second);
      }
    };
    Places own;
    own.rules = add(explorer.decision(each.decision));
    constrain(each.decision, own.constraints);
    for (auto const index : pack.separations[each.decision]) {
      auto const& texts = pack.model->nodes[pack.nodes[index]].texts;
      if (std::none_of(texts.begin(), texts.end(), [&](NodeText const& text) {
            return text.note.separation && (!options.on || text.note.law.contains(*options.on));
          }))
        continue;
      Watched watched{index, own.rules, {}, {}};
      if (index != each.decision) watched.rules = add(explorer.decision(index));
      constrain(index, watched.constraints);
      if (!neglect_facts(pack, index).empty()) watched.neglect = add(explorer.neglect(index));
      own.watched.push_back(std::move(watched));
    }
    places.push_back(std::move(own));
  }
  std::vector<CompletionGraph const*> views;
  for (auto const& graph : graphs) views.push_back(&graph);
  std::map<std::string, std::size_t> order;
  for (auto const& graph : graphs)
    for (auto const& fact : graph.facts) order.emplace(fact.name, order.size());
  auto joint = join_regions(views, order);
  EveryCase all;
  all.facts = std::move(joint.facts);
  all.diagrams = std::move(joint.diagrams);
  all.values = std::move(joint.answers);
  all.refused = static_cast<std::uint32_t>(all.values.size());
  all.no_case = all.refused + 1;
  all.exact = std::none_of(all.values.begin(), all.values.end(),
                           [](Value const& value) { return !is_definite(value) && !value.is(Kind::error); });
  Calculator calculator(all, joint.roots);
  for (std::size_t i = 0; i < asked.size(); ++i) {
    all.decisions.push_back(calculator.answers(asked[i], places[i]));
    all.exact = all.exact && all.decisions.back().answers != RegionDiagrams::none;
  }
  return all;
}

}  // namespace tutela::detail
