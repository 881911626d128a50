// SPDX-License-Identifier: Apache-2.0
/// \file
/// Compiling decisions down to masks.
#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "feel/program.hpp"
#include "rules/case_facts.hpp"
#include "rules/distinct_values.hpp"
#include "rules/law_days.hpp"
#include "rules/model.hpp"
#include "rules/pack_impl.hpp"
#include "rules/plan.hpp"
#include "rules/plan_lines.hpp"
#include "rules/plan_source.hpp"
#include "rules/possibilities.hpp"

namespace tutela::detail {
namespace {

/// States of the law that one decision is compiled for; a decision with more stays with its model.
constexpr std::size_t most_states_of_law = 32;

bool meets(std::vector<RuleWord> const& lhs, std::vector<RuleWord> const& rhs)
{
  for (std::size_t i = 0; i < lhs.size(); ++i)
    if ((lhs[i] & rhs[i]) != 0) return true;
  return false;
}

class PlanBuilder {
 public:
  PlanBuilder(PackImpl const& pack, PlanLines const& read, std::size_t decision, std::optional<Date> law_on)
      : pack_(pack), model_(*pack.model), read_(read), decision_(decision), law_on_(law_on)
  {
  }

  std::shared_ptr<Plan> build()
  {
    plan_ = std::make_shared<Plan>();
    if (!add_steps()) return nullptr;
    plan_->partial = passes_over_ || !plan_->steps.back().computed.empty() ||
                     std::any_of(plan_->facts.begin(), plan_->facts.end(),
                                 [](PlanFact const& fact) { return fact.joint.has_value(); });
    for (std::size_t i = 0; i < sources_.size(); ++i)
      if (!add_classes(i)) return nullptr;
    return plan_;
  }

 private:
  /// True where inputs may be joint and answers computed.
  bool may_be_partial() const { return read_.may_be_partial; }

  /// The decisions that must be steps before a table is one; nothing when it cannot be one.
  std::optional<std::vector<std::size_t>> below(NodeText const& text)
  {
    std::vector<std::size_t> found;
    if (may_be_partial()) {
      // Whatever else it requires is read by joint inputs and computed answers, if at all.
      if (!text.body.table || !text.body.table->index) return found;
      auto const& table = *text.body.table;
      for (std::size_t i = 0; i < table.inputs.size(); ++i) {
        if (!table.index->columns()[i].tested || !table.inputs[i].expression) continue;
        auto const& program = table.inputs[i].expression->program();
        auto const source = plain_source(model_, text, program, program.root);
        if (source && !source->is_fact) found.push_back(source->node);
      }
      for (std::size_t i = 0; i < text.requirements.size(); ++i)
        passes_over_ = passes_over_ || (must_be_step(text, i) &&
                                        std::find(found.begin(), found.end(), text.requirements[i]) == found.end());
      return found;
    }
    for (std::size_t i = 0; i < text.requirements.size(); ++i) {
      if (!must_be_step(text, i)) continue;
      if (model_.nodes[text.requirements[i]].kind != GraphNode::Kind::decision) return std::nullopt;
      found.push_back(text.requirements[i]);
    }
    return found;
  }

  /// False for inputs, and for knowledge models that are only called: no cell that is compiled calls any.
  bool must_be_step(NodeText const& text, std::size_t requirement) const
  {
    auto const kind = model_.nodes[text.requirements[requirement]].kind;
    return kind != GraphNode::Kind::input && (kind != GraphNode::Kind::knowledge || text.needed[requirement]);
  }

  /// The tables in the order in which `ModelRun` comes to them.
  bool add_steps()
  {
    std::vector<std::size_t> open{pack_.nodes[decision_]};
    while (!open.empty()) {
      auto const current = open.back();
      if (steps_.count(current) != 0 || beside_.count(current) != 0) {
        open.pop_back();
        continue;
      }
      auto const* text = text_on(model_.nodes[current], law_on_);
      auto const required = text == nullptr ? std::nullopt : below(*text);
      auto const before = open.size();
      for (std::size_t i = 0; required && i < required->size(); ++i)
        if (steps_.count((*required)[i]) == 0 && beside_.count((*required)[i]) == 0) open.push_back((*required)[i]);
      if (open.size() > before) continue;
      if (!required || !try_step(current, *text)) {
        // Whoever reads it may read it by a joint input.
        if (!may_be_partial() || current == pack_.nodes[decision_]) return false;
        beside_.insert(current);
      }
      open.pop_back();
    }
    return true;
  }

  /// Adds a step; where it cannot be one, all is as before.
  bool try_step(std::size_t node, NodeText const& text)
  {
    auto const facts = plan_->facts;
    auto const sources = sources_;
    auto const uses = uses_;
    bool const unverified = plan_->unverified;
    if (add_step(node, text)) return true;
    plan_->facts = facts;
    plan_->unverified = unverified;
    sources_ = sources;
    uses_ = uses;
    return false;
  }

  bool add_step(std::size_t node, NodeText const& text)
  {
    if (text.body.kind == Boxed::Kind::literal) return add_expression(node, text);
    if (text.body.kind != Boxed::Kind::table || !text.body.table->index) return false;
    auto const& table = *text.body.table;
    if (table.policy != HitPolicy::first && table.policy != HitPolicy::unique && table.policy != HitPolicy::any &&
        table.policy != HitPolicy::priority)
      return false;
    plan_->unverified = plan_->unverified || !text.note.verified();
    PlanStep step;
    step.node = node;
    step.table = &table;
    step.words = table.index->words();
    if (!add_outputs(step, table, text) || !add_columns(step, table, text)) return false;
    steps_.emplace(node, plan_->steps.size());
    plan_->steps.push_back(std::move(step));
    return true;
  }

  /// A decision that is an expression: as a table without rules, whose default it is.
  bool add_expression(std::size_t node, NodeText const& text)
  {
    static DecisionTable const without_rules = [] {
      DecisionTable table;
      table.policy = HitPolicy::first;
      return table;
    }();
    if (!may_be_partial() || node != pack_.nodes[decision_] || is_constant(text.body.expression)) return false;
    plan_->unverified = plan_->unverified || !text.note.verified();
    PlanStep step;
    step.node = node;
    step.table = &without_rules;
    add_computed(step, text, 0, {text.body.expression});
    step.results.resize(1);
    Evaluation evaluation;
    step.results.push_back(hit_policy_error(without_rules, evaluation));
    steps_.emplace(node, plan_->steps.size());
    plan_->steps.push_back(std::move(step));
    return true;
  }

  /// The constant that a cell is; nothing when it must be computed.
  static bool is_constant(std::optional<Expression> const& cell) { return !cell || cell->constant() != nullptr; }

  bool add_outputs(PlanStep& step, DecisionTable const& table, NodeText const& text)
  {
    step.in_force.assign(step.words, 0);
    step.code_of_rule.assign(table.rules.size(), 0);
    step.outputs.resize(table.rules.size());
    Evaluation evaluation;
    bool any = table.rules.empty();
    DistinctValues raw;
    auto const code_of = [&](Value const& output) { return static_cast<AnswerCode>(raw.add(output)); };
    for (std::size_t i = 0; i < table.rules.size(); ++i) {
      auto const& rule = table.rules[i];
      if (law_on_ && !rule.note.law.contains(*law_on_)) continue;
      any = true;
      step.in_force[i / rules_in_word] |= RuleWord{1} << i % rules_in_word;
      plan_->unverified = plan_->unverified || !rule.note.verified();
      if (!std::all_of(rule.outputs.begin(), rule.outputs.end(), is_constant)) {
        if (!may_compute(step, table)) return false;
        add_computed(step, text, i, rule.outputs);
        continue;
      }
      step.outputs[i] = rule_output(table, i, {}, evaluation);
      if (!is_definite(step.outputs[i]) || step.outputs[i].is(Kind::function)) return false;
      step.code_of_rule[i] = code_of(step.outputs[i]);
    }
    if (!any) return false;
    std::vector<std::optional<Expression>> fallbacks;
    fallbacks.reserve(table.outputs.size());
    for (auto const& output : table.outputs) fallbacks.push_back(output.fallback);
    if (std::all_of(fallbacks.begin(), fallbacks.end(), is_constant)) {
      step.fallback = fallback_output(table, {}, evaluation);
      if (!is_definite(step.fallback)) return false;
      step.fallback_code = code_of(step.fallback);
    } else {
      if (!may_compute(step, table)) return false;
      add_computed(step, text, table.rules.size(), fallbacks);
    }
    DistinctValues results;
    for (auto const& value : raw.values()) {
      auto result = fit(fit(value, text.body.type, evaluation, text.body.place), text.type, evaluation, text.place);
      // Answers that a conversion makes equal would count as two.
      if (!is_definite(result) || !results.is_new(result)) return false;
      step.results.push_back(std::move(result));
    }
    for (auto& each : step.computed) {
      each.code = static_cast<AnswerCode>(step.results.size());
      step.results.emplace_back();
      (each.rule == table.rules.size() ? step.fallback_code : step.code_of_rule[each.rule]) = each.code;
    }
    step.results.push_back(hit_policy_error(table, evaluation));
    if (table.policy == HitPolicy::priority) add_ranks(step, table);
    return true;
  }

  /// True where answers may be computed: of the decision itself, under a policy that compares no answers.
  bool may_compute(PlanStep const& step, DecisionTable const& table) const
  {
    return may_be_partial() && step.node == pack_.nodes[decision_] &&
           (table.policy == HitPolicy::first || table.policy == HitPolicy::unique);
  }

  void add_computed(PlanStep& step, NodeText const& text, std::size_t rule,
                    std::vector<std::optional<Expression>> const& outputs) const
  {
    ComputedAnswer answer;
    answer.rule = rule;
    for (auto const& output : outputs) {
      if (is_constant(output)) continue;
      auto const facts = facts_below(pack_, text, *output);
      answer.facts.insert(answer.facts.end(), facts.begin(), facts.end());
    }
    step.computed.push_back(std::move(answer));
  }

  static void add_ranks(PlanStep& step, DecisionTable const& table)
  {
    std::set<std::vector<std::size_t>> ranks;
    for (auto const& output : step.outputs) ranks.insert(output_rank(table, output));
    for (auto const& output : step.outputs)
      step.ranks.push_back(
          static_cast<std::uint32_t>(std::distance(ranks.begin(), ranks.find(output_rank(table, output)))));
  }

  /// True for a decision whose answers are all as the column's type asks.
  bool fits(Declared const& declared, PlainSource const& source) const
  {
    if (source.is_fact) return false;
    auto const& results = plan_->steps[steps_.at(source.node)].results;
    Evaluation evaluation;
    return std::all_of(results.begin(), results.end() - 1,
                       [&](Value const& value) { return fits_as_it_is(value, declared, evaluation); });
  }

  bool add_columns(PlanStep& step, DecisionTable const& table, NodeText const& text)
  {
    for (std::size_t i = 0; i < table.inputs.size(); ++i) {
      auto const& column = table.index->columns()[i];
      if (!column.tested) continue;
      if (!table.inputs[i].expression) return false;
      auto made = plain_column(step, table.inputs[i], text, column);
      if (!made) made = joint_column(step, table.inputs[i], column);
      if (!made) return false;
      step.columns.push_back(*std::move(made));
    }
    return true;
  }

  /// A column over a fact, what is computed from one fact, or another step.
  std::optional<PlanStep::Column> plain_column(PlanStep const& step, DecisionTable::Input const& input,
                                               NodeText const& text, RegionIndex::Column const& column)
  {
    auto const& program = input.expression->program();
    auto source = plain_source(model_, text, program, program.root);
    auto const computed = read_.computed.find(&input);
    bool const is_computed = computed != read_.computed.end();
    if (is_computed) source = computed->second.fact();
    if (!source) return std::nullopt;
    if (!source->is_fact && steps_.count(source->node) == 0) return std::nullopt;
    if (!is_computed && input.converts && !fits(input.type, *source)) return std::nullopt;
    PlanStep::Column made;
    made.from_step = !source->is_fact;
    if (!source->is_fact) {
      made.source = steps_.at(source->node);
      if (!fill_from_step(made, step, column)) return std::nullopt;
      return made;
    }
    made.source = fact_of(*std::move(source));
    if (made.source == plan_->facts.size()) return std::nullopt;
    uses_[made.source].push_back(
        {plan_->steps.size(), step.columns.size(), &column, step.in_force, is_computed ? &computed->second : nullptr});
    return made;
  }

  /// A column over an input that is evaluated for each case.
  std::optional<PlanStep::Column> joint_column(PlanStep const& step, DecisionTable::Input const& input,
                                               RegionIndex::Column const& column)
  {
    auto const found = read_.joint_of.find(&input);
    if (!may_be_partial() || found == read_.joint_of.end()) return std::nullopt;
    auto const declaration = pack_.schema.declarations().size() + found->second;
    if (!read_.lines[declaration].planned) return std::nullopt;
    auto const same = std::find_if(plan_->facts.begin(), plan_->facts.end(),
                                   [&](PlanFact const& fact) { return fact.joint == found->second; });
    PlanStep::Column made;
    made.source = static_cast<std::size_t>(same - plan_->facts.begin());
    if (same == plan_->facts.end()) {
      PlanFact fact;
      fact.declaration = declaration;
      fact.joint = found->second;
      fact.bounded_only = true;
      plan_->facts.push_back(std::move(fact));
      sources_.emplace_back();
      uses_.emplace_back();
    }
    uses_[made.source].push_back({plan_->steps.size(), step.columns.size(), &column, step.in_force, nullptr});
    return made;
  }

  /// The fact's place in the plan; past the end when it cannot be planned.
  std::size_t fact_of(PlainSource source)
  {
    for (std::size_t i = 0; i < plan_->facts.size(); ++i)
      if (!plan_->facts[i].joint && plan_->facts[i].name == source.name) return i;
    auto const* declaration = pack_.schema.find(source.name);
    if (declaration == nullptr) return plan_->facts.size();
    auto const place = static_cast<std::size_t>(declaration - pack_.schema.declarations().data());
    if (!read_.lines[place].planned) return plan_->facts.size();
    PlanFact fact;
    fact.name = source.name;
    fact.declaration = place;
    fact.leaf = pack_.model->leaf(fact.name);
    for (auto dot = fact.name.find('.'); dot != std::string::npos; dot = fact.name.find('.', dot + 1))
      fact.containers.push_back(fact.name.substr(0, dot));
    plan_->facts.push_back(std::move(fact));
    sources_.push_back(std::move(source));
    uses_.emplace_back();
    return plan_->facts.size() - 1;
  }

  bool fill_from_step(PlanStep::Column& made, PlanStep const& step, RegionIndex::Column const& column) const
  {
    auto const& results = plan_->steps[made.source].results;
    for (std::size_t code = 0; code + 1 < results.size(); ++code) {
      std::vector<RuleWord> const* none = results[code].is_none() ? &column.none : nullptr;
      if (none != nullptr && meets(column.none_errs, step.in_force)) return false;
      auto const region = none == nullptr ? column.cuts.region(results[code]) : std::nullopt;
      if (none == nullptr && !region) return false;
      for (std::size_t word = 0; word < step.words; ++word)
        made.certain.push_back(none != nullptr ? (*none)[word] : column.masks[*region * step.words + word]);
    }
    made.possible = made.certain;
    return true;
  }

  /// Where a fact is used.
  struct Use {
    std::size_t step;
    std::size_t column;
    RegionIndex::Column const* index;
    std::vector<RuleWord> in_force;
    ComputedInput const* computed;  ///< Nothing where the column reads the fact as it is.
  };

  using Signature = std::vector<RuleWord>;  ///< The masks of all columns that read a fact, for one of its places.

  struct HashOfSignature {
    std::size_t operator()(Signature const& signature) const noexcept
    {
      auto const* bytes = reinterpret_cast<char const*>(signature.data());
      return std::hash<std::string_view>{}({bytes, signature.size() * sizeof(RuleWord)});
    }
  };

  /// Nothing where only the cells can say.
  std::optional<Signature> signature(std::size_t fact, FactLine const& line, std::uint32_t place) const
  {
    Signature signature;
    for (auto const& use : uses_[fact]) {
      auto const words = use.in_force.size();
      std::optional<std::size_t> region;
      auto tested = place == line.none() ? Value() : *line.cuts.sample(place);
      if (use.computed != nullptr) tested = use.computed->value(tested);
      if (!tested.is_none()) {
        region = use.index->cuts.region(tested);
        if (!region) return std::nullopt;
      } else if (meets(use.index->none_errs, use.in_force)) {
        return std::nullopt;
      }
      for (std::size_t word = 0; word < words; ++word)
        signature.push_back(use.in_force[word] &
                            (region ? use.index->masks[*region * words + word] : use.index->none[word]));
    }
    return signature;
  }

  /// True for a region whose values the declaration of the fact admits.
  static bool admits(PlainSource const& source, FactLine const& line, std::uint32_t region)
  {
    if (!line.cuts.sample(region)) return false;
    if (!source.item) return true;
    auto const& allowed = source.item->allowed_values;
    if (!allowed.empty())
      return region % 2 == 1 && std::any_of(allowed.begin(), allowed.end(),
                                            [&](Value const& value) { return line.cuts.region(value) == region; });
    auto const span = line.cuts.span(source.item->allowed_range);
    return span && span->first <= region && region < span->second;
  }

  bool add_classes(std::size_t index)
  {
    auto& fact = plan_->facts[index];
    auto const& source = sources_[index];
    auto const& line = read_.lines[fact.declaration];
    fact.class_of.assign(line.irregular() + std::size_t{1}, no_class);
    std::vector<Signature> classes;
    std::unordered_map<Signature, FactClass, HashOfSignature> known;
    for (std::uint32_t place = 0; place <= line.none(); ++place) {
      if (place != line.none() && !admits(source, line, place)) continue;
      auto made = signature(index, line, place);
      if (!made) continue;
      auto const [found, fresh] = known.emplace(*made, static_cast<FactClass>(classes.size()));
      if (fresh) classes.push_back(*std::move(made));
      if (classes.size() >= no_class - 1) return false;
      fact.class_of[place] = found->second;
    }
    if (classes.empty()) return false;
    if (!fact.bounded_only) add_domain(fact, source, line);
    Signature certain(classes.front().size(), ~RuleWord{0});
    Signature possible(classes.front().size(), 0);
    for (auto const each : fact.domain) {
      for (std::size_t i = 0; i < certain.size(); ++i) {
        certain[i] &= classes[each][i];
        possible[i] |= classes[each][i];
      }
    }
    if (fact.bounded_only) {
      bound(index, certain, possible);
      fact.open_class = static_cast<FactClass>(classes.size());
    }
    if (!fact.domain.empty()) fact.class_of[line.open()] = fact.open_class = static_cast<FactClass>(classes.size());
    std::size_t begin = 0;
    for (auto const& use : uses_[index]) {
      auto& column = plan_->steps[use.step].columns[use.column];
      auto const words = use.in_force.size();
      auto const append = [&](std::vector<RuleWord>& masks, Signature const& from) {
        auto const first = from.begin() + static_cast<std::ptrdiff_t>(begin);
        masks.insert(masks.end(), first, first + static_cast<std::ptrdiff_t>(words));
      };
      for (auto const& each : classes) {
        append(column.certain, each);
        append(column.possible, each);
      }
      append(column.certain, certain);
      append(column.possible, possible);
      begin += words;
    }
    return true;
  }

  /// What an unknown value cannot change: rules that do not test it stay, and any may stay.
  void bound(std::size_t index, Signature& certain, Signature& possible) const
  {
    certain.clear();
    possible.clear();
    for (auto const& use : uses_[index]) {
      auto const& table = *plan_->steps[use.step].table;
      std::vector<RuleWord> untested(use.in_force.size(), 0);
      for (std::size_t rule = 0; rule < table.rules.size(); ++rule) {
        auto const& test = table.rules[rule].tests[static_cast<std::size_t>(use.index - table.index->columns().data())];
        if (test && test->passes_all()) untested[rule / rules_in_word] |= RuleWord{1} << rule % rules_in_word;
      }
      for (std::size_t word = 0; word < untested.size(); ++word) {
        certain.push_back(use.in_force[word] & untested[word]);
        possible.push_back(use.in_force[word]);
      }
    }
  }

  /// The classes that completions of the fact have, in the order in which `explore_completions` takes them.
  static void add_domain(PlanFact& fact, PlainSource const& source, FactLine const& line)
  {
    std::vector<std::uint32_t> places;
    bool const listed = source.item && !source.item->allowed_values.empty();
    bool const boolean = source.type.is(Type::Kind::boolean);
    if (!listed && source.type.is(Type::Kind::string)) return;  // any text: nothing that could be listed
    if (listed) {
      for (auto const& value : source.item->allowed_values)
        if (auto const region = line.cuts.region(value)) places.push_back(static_cast<std::uint32_t>(*region));
    } else {
      if (source.optional && !boolean) places.push_back(line.none());
      for (std::uint32_t region = 0; region < line.none(); ++region)
        if (admits(source, line, region)) places.push_back(region);
    }
    if (source.optional && (listed || boolean)) places.push_back(line.none());
    for (auto const place : places) {
      auto const each = fact.class_of[place];
      if (each == no_class) {
        fact.domain.clear();  // a completion that only the model can answer
        return;
      }
      if (std::find(fact.domain.begin(), fact.domain.end(), each) == fact.domain.end()) fact.domain.push_back(each);
    }
  }

  PackImpl const& pack_;
  Model const& model_;
  PlanLines const& read_;
  std::size_t decision_;
  std::optional<Date> law_on_;
  std::shared_ptr<Plan> plan_;
  std::map<std::size_t, std::size_t> steps_;  ///< By node.
  std::set<std::size_t> beside_;              ///< Nodes that are no steps.
  /// Whether it requires something that no cell tests: the scalar engine has a plan only where that is a table, too.
  bool passes_over_ = false;
  std::vector<PlainSource> sources_;    ///< Of each fact of the plan.
  std::vector<std::vector<Use>> uses_;  ///< Of each fact of the plan.
};

}  // namespace

namespace {

/// Collects the constants that the columns of tables compare each fact with.
class LineReader {
 public:
  /// \param joint Whether all inputs are to be there as joint inputs, too, and plans may be partial.
  LineReader(PackImpl const& pack, DayAsked const& day, bool joint)
      : pack_(pack), day_(day), joint_(joint), constants_(pack.schema.declarations().size()), facts_(constants_.size())
  {
  }

  void read(NodeText const& text)
  {
    auto const& table = *text.body.table;
    for (std::size_t i = 0; i < table.inputs.size(); ++i) {
      auto const& column = table.index->columns()[i];
      if (!column.tested || !table.inputs[i].expression) continue;
      read(text, table.inputs[i], column.cuts);
      if (joint_) read_joint(text, table.inputs[i], column.cuts);
    }
  }

  PlanLines lines() &&
  {
    made_.may_be_partial = joint_;
    made_.lines.resize(constants_.size());
    for (std::size_t i = 0; i < constants_.size(); ++i) {
      if (!facts_[i].read) continue;
      auto cuts = Cuts::of(std::move(constants_[i]));
      auto& line = made_.lines[i];
      line.planned = cuts && cuts->kind() == pack_.schema.declarations()[i].type;
      line.by_steps = facts_[i].by_steps;
      if (line.planned) line.cuts = *std::move(cuts);
    }
    for (auto& constants : joint_constants_) {
      auto cuts = Cuts::of(std::move(constants));
      auto& line = made_.lines.emplace_back();
      line.planned = cuts.has_value();
      if (cuts) line.cuts = *std::move(cuts);
    }
    return std::move(made_);
  }

 private:
  void read(NodeText const& text, DecisionTable::Input const& input, Cuts const& tested)
  {
    auto const& program = input.expression->program();
    auto source = plain_source(*pack_.model, text, program, program.root);
    auto values = tested.values();
    std::optional<ComputedInput> computed;
    if (!source) {
      computed = ComputedInput::read(*pack_.model, text, input, day_);
      values.clear();
      if (!computed || !computed->add_cuts(tested, values)) return;
      source = computed->fact();
    }
    auto const* declaration = source->is_fact ? pack_.schema.find(source->name) : nullptr;
    if (declaration == nullptr) return;
    auto const place = static_cast<std::size_t>(declaration - pack_.schema.declarations().data());
    constants_[place].insert(constants_[place].end(), values.begin(), values.end());
    auto& fact = facts_[place];
    if (!fact.read) add_declared(*source, constants_[place]);
    fact.read = true;
    if (!computed) return;
    // The line is one of that kind even where nothing cuts it: whether there is a plan must not rest on what else reads it.
    if (source->type.is(Type::Kind::number)) constants_[place].emplace_back(Decimal(0));
    if (source->type.is(Type::Kind::date)) constants_[place].emplace_back(Date{});
    fact.by_steps = fact.by_steps || (source->type.is(Type::Kind::number) && !source->is_listed());
    made_.computed.emplace(&input, *std::move(computed));
  }

  void read_joint(NodeText const& text, DecisionTable::Input const& input, Cuts const& tested)
  {
    if (input.expression->reads_today() && !day_.on) return;
    JointInput made{&text, &input, {}, {}};
    auto const same = std::find_if(made_.joint.begin(), made_.joint.end(),
                                   [&](JointInput const& each) { return each.is_same_as(made); });
    auto const place = static_cast<std::size_t>(same - made_.joint.begin());
    if (same == made_.joint.end()) {
      made.facts = facts_below(pack_, text, *input.expression);
      made.form = open_form(pack_, made);
      made_.joint.push_back(std::move(made));
      joint_constants_.emplace_back();
    }
    made_.joint_of.emplace(&input, place);
    auto const& values = tested.values();
    joint_constants_[place].insert(joint_constants_[place].end(), values.begin(), values.end());
  }

  struct Fact {
    bool read = false;
    bool by_steps = false;
  };

  PackImpl const& pack_;
  DayAsked day_;
  bool joint_;
  std::vector<std::vector<Value>> constants_;  ///< Of each fact of the schema.
  std::vector<std::vector<Value>> joint_constants_;
  std::vector<Fact> facts_;
  PlanLines made_;
};

/// True where masks cannot hold what is said about a decision.
bool is_beyond_masks(PackImpl const& pack, std::size_t decision)
{
  auto const& cone = pack.cones[decision];
  // Constraints rule out combinations of facts, which masks of single facts cannot say.
  return cone.tests_uncertain || !cone.constraints.empty() || pack.decisions[decision].separation ||
         !pack.separations[decision].empty();
}

bool has_index(NodeText const& text) { return text.body.table && text.body.table->index; }

}  // namespace

PlanLines make_lines(PackImpl const& pack)
{
  LineReader reader(pack, {std::nullopt, pack.info.age_rule}, true);
  for (auto const& node : pack.model->nodes)
    for (auto const& text : node.texts)
      if (node.kind == GraphNode::Kind::decision && has_index(text)) reader.read(text);
  return std::move(reader).lines();
}

std::vector<std::shared_ptr<Plan const>> make_plans(PackImpl const& pack, PlanLines const& lines, std::size_t decision)
{
  std::vector<std::shared_ptr<Plan const>> plans;
  auto const& cone = pack.cones[decision];
  if (is_beyond_masks(pack, decision)) return plans;
  auto const days = changes_of_law(*pack.model, cone);
  if (days.size() > most_states_of_law) return plans;
  if (days.empty()) {
    auto plan = PlanBuilder(pack, lines, decision, std::nullopt).build();
    if (!plan) return plans;
    plan->undated = true;
    plans.push_back(std::move(plan));
    return plans;
  }
  Period law;
  auto const add = [&](Date inside) {
    auto plan = PlanBuilder(pack, lines, decision, inside).build();
    if (!plan) return;
    plan->law = law;
    plans.push_back(std::move(plan));
  };
  law.until = *days.begin();
  if (auto const before = add_days(*days.begin(), -1)) add(*before);
  for (auto day = days.begin(); day != days.end(); ++day) {
    auto const next = std::next(day);
    law.from = *day;
    law.until = next == days.end() ? std::nullopt : std::optional(*next);
    add(*day);
  }
  return plans;
}

namespace {

/// \param law_on Nothing where the texts have no dates.
std::shared_ptr<DayPlans> plans_of(PackImpl const& pack, std::span<std::size_t const> decisions,
                                   std::optional<Date> law_on, PlanLines lines, DecideOptions const& options)
{
  auto made = std::make_shared<DayPlans>();
  for (auto const decision : decisions) {
    if (is_beyond_masks(pack, decision)) continue;
    std::shared_ptr<Plan> plan = PlanBuilder(pack, lines, decision, law_on).build();
    if (plan && (!plan->unverified || options.include_unverified)) made->plans.emplace(decision, std::move(plan));
  }
  made->lines = std::move(lines.lines);
  made->joint = std::move(lines.joint);
  return made;
}

/// The lines of the facts that some decisions read under the law of a day.
PlanLines lines_of(PackImpl const& pack, std::span<std::size_t const> decisions, std::optional<Date> law_on,
                   LineReader reader)
{
  std::set<std::size_t> seen;
  for (auto const decision : decisions) {
    for (auto const node : pack.cones[decision].nodes) {
      if (!seen.insert(node).second || pack.model->nodes[node].kind != GraphNode::Kind::decision) continue;
      for (auto const& text : pack.model->nodes[node].texts)
        if ((!law_on || text.note.law.contains(*law_on)) && has_index(text)) reader.read(text);
    }
  }
  return std::move(reader).lines();
}

}  // namespace

std::shared_ptr<DayPlans const> make_day_plans(PackImpl const& pack, std::span<std::size_t const> decisions, Date on,
                                               DecideOptions const& options)
{
  if (options.mode != Mode::legal) return nullptr;
  auto const law_on = options.law_on.value_or(on);
  auto const gains = [&](std::size_t decision) {
    return pack.cones[decision].reads_today && !is_beyond_masks(pack, decision);
  };
  if (std::none_of(decisions.begin(), decisions.end(), gains)) return nullptr;
  LineReader reader(pack, {on, pack.info.age_rule}, false);
  auto made = plans_of(pack, decisions, law_on, lines_of(pack, decisions, law_on, std::move(reader)), options);
  bool const gained =
      std::any_of(made->plans.begin(), made->plans.end(), [&](auto const& each) { return gains(each.first); });
  return gained ? made : nullptr;
}

std::shared_ptr<DayPlans const> make_column_plans(PackImpl const& pack, std::span<std::size_t const> decisions,
                                                  std::optional<Date> on, DecideOptions const& options)
{
  if (options.mode != Mode::legal) return nullptr;
  auto const law_on = options.law_on ? options.law_on : on;
  LineReader reader(pack, {on, pack.info.age_rule}, true);
  auto made = plans_of(pack, decisions, law_on, lines_of(pack, decisions, law_on, std::move(reader)), options);
  bool const gained =
      std::any_of(made->plans.begin(), made->plans.end(), [](auto const& each) { return each.second->partial; });
  return gained ? made : nullptr;
}

PartialPlans make_partial_plans(PackImpl const& pack, PlanLines lines)
{
  PartialPlans made;
  lines.may_be_partial = true;
  for (std::size_t i = 0; i < pack.decisions.size(); ++i) {
    bool const has_others = pack.plans[i].size() == 1 && pack.plans[i].front()->undated;
    auto plans = has_others ? std::vector<std::shared_ptr<Plan const>>() : make_plans(pack, lines, i);
    std::erase_if(plans, [](auto const& plan) { return !plan->partial; });
    made.plans.push_back(std::move(plans));
  }
  made.lines = std::move(lines.lines);
  made.joint = std::move(lines.joint);
  return made;
}

namespace {

/// The plan of the law that is in force; nothing where there is none, or its sources may not be used.
Plan const* plan_of_law(std::vector<std::shared_ptr<Plan const>> const& plans, std::optional<Date> on,
                        DecideOptions const& options)
{
  if (options.mode != Mode::legal) return nullptr;
  auto const law_on = options.law_on ? options.law_on : on;
  for (auto const& plan : plans) {
    if (!plan->undated && (!law_on || !plan->law.contains(*law_on))) continue;
    return plan->unverified && !options.include_unverified ? nullptr : plan.get();
  }
  return nullptr;
}

}  // namespace

PartialPlan partial_plan_for(PackImpl const& pack, std::size_t decision, std::optional<Date> on,
                             DecideOptions const& options)
{
  return {plan_of_law(pack.partial.plans[decision], on, options), &pack.partial.lines, &pack.partial.joint};
}

PartialPlan make_partial_plan(PackImpl const& pack, std::size_t decision, Date on, DecideOptions const& options)
{
  if (!pack.cones[decision].reads_today) return {};
  auto made = make_column_plans(pack, {&decision, 1}, on, options);
  auto const* plan = made == nullptr ? nullptr : made->find(decision);
  if (plan == nullptr || !plan->partial) return {};
  return {plan, &made->lines, &made->joint, made};
}

Plan const* plan_for(PackImpl const& pack, std::size_t decision, std::optional<Date> on, DecideOptions const& options)
{
  return plan_of_law(pack.plans[decision], on, options);
}

}  // namespace tutela::detail
