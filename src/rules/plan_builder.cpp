// SPDX-License-Identifier: Apache-2.0
/// \file
/// Compiling decisions down to masks.
#include "rules/plan_builder.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "feel/program.hpp"
#include "rules/case_facts.hpp"
#include "rules/distinct_values.hpp"
#include "rules/fact_classes.hpp"
#include "rules/model.hpp"
#include "rules/pack_impl.hpp"
#include "rules/plan_source.hpp"
#include "rules/possibilities.hpp"

namespace tutela::detail {
namespace {

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
      if (!add_classes(*plan_, i, sources_[i], uses_[i], read_.lines[plan_->facts[i].declaration])) return nullptr;
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
  std::vector<PlainSource> sources_;        ///< Of each fact of the plan.
  std::vector<std::vector<FactUse>> uses_;  ///< Of each fact of the plan.
};

}  // namespace

std::shared_ptr<Plan> build_plan(PackImpl const& pack, PlanLines const& lines, std::size_t decision,
                                 std::optional<Date> law_on)
{
  return PlanBuilder(pack, lines, decision, law_on).build();
}

}  // namespace tutela::detail
