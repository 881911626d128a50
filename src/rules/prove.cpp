// SPDX-License-Identifier: Apache-2.0
/// \file
/// Proofs: from the decision over rules and conditions down to facts and articles.
#include "rules/prove.hpp"

#include <algorithm>
#include <utility>

#include "rules/possibilities.hpp"
#include "rules/region_index.hpp"

namespace tutela::detail {
namespace {

/// The name of a hit policy as DMN writes it.
std::string policy_name(DecisionTable const& table)
{
  switch (table.policy) {
    case HitPolicy::unique: return "UNIQUE";
    case HitPolicy::any: return "ANY";
    case HitPolicy::first: return "FIRST";
    case HitPolicy::priority: return "PRIORITY";
    case HitPolicy::rule_order: return "RULE ORDER";
    case HitPolicy::output_order: return "OUTPUT ORDER";
    case HitPolicy::collect: break;
  }
  switch (table.aggregation) {
    case Aggregation::sum: return "COLLECT SUM";
    case Aggregation::count: return "COLLECT COUNT";
    case Aggregation::minimum: return "COLLECT MIN";
    case Aggregation::maximum: return "COLLECT MAX";
    case Aggregation::none: break;
  }
  return "COLLECT";
}

/// The output of a rule that was not computed, where it is written as a constant.
std::optional<Value> constant_output(DecisionTable const& table, DecisionTable::Rule const& rule)
{
  Context context;
  for (std::size_t i = 0; i < rule.outputs.size(); ++i) {
    auto const* constant = rule.outputs[i] ? rule.outputs[i]->constant() : nullptr;
    if (constant == nullptr) return std::nullopt;
    if (rule.outputs.size() == 1) return *constant;
    context.entries.emplace_back(table.outputs[i].name, *constant);
  }
  return Value(std::move(context));
}

/// A fact as the record has it: by its own name, or as a part of a structured fact.
ProofFact fact_in(PackImpl const& pack, Record const& record, std::string const& name, std::optional<Date> on,
                  std::optional<Date> known_on)
{
  ProofFact found;
  if (auto const* declaration = pack.schema.find(name)) found.declaration = *declaration;
  found.declaration.name = name;
  found.value = Value::unknown(name);
  for (auto end = name.size(); end != std::string::npos && end > 0; end = name.rfind('.', end - 1)) {
    auto const* fact = record.find(std::string_view(name).substr(0, end), on, known_on);
    if (fact == nullptr) continue;
    Value const* part = &fact->value;
    for (auto begin = end; part != nullptr && begin < name.size();) {
      auto const next = std::min(name.find('.', begin + 1), name.size());
      auto const key = name.substr(begin + 1, next - begin - 1);
      auto const* context = part->as_context();
      part = nullptr;
      for (std::size_t i = 0; context != nullptr && i < context->entries.size(); ++i)
        if (fact_name(context->entries[i].first) == key) part = &context->entries[i].second;
      begin = next;
    }
    if (part != nullptr) found.value = *part;
    if (part != nullptr) found.source = fact->source;
    break;
  }
  return found;
}

class Prover {
 public:
  Prover(PackImpl const& pack, std::size_t decision, CaseFacts& facts, std::optional<Date> on,
         DecideOptions const& options)
      : pack_(pack), root_(pack.nodes[decision]), run_(pack, decision, facts, on, options)
  {
  }

  /// Adds the steps. \return The facts that they read; sorted.
  std::vector<std::string> build(Proof& proof);

 private:
  ProofStep step(std::size_t node, Verdict const& verdict);
  void table_rules(ProofStep& step, std::size_t node, NodeText const& text);
  void traced_rules(ProofStep& step, std::size_t node, NodeText const* text);
  ProofRule rule_of(DecisionTable const& table, std::size_t rule, NodeText const& text) const;
  ProofRule evaluated(DecisionTable const& table, std::size_t rule, NodeText const& text,
                      std::vector<Value> const& frame);
  TraceRow const* traced(std::size_t node, DecisionTable const* table, std::size_t rule) const;

  PackImpl const& pack_;
  std::size_t root_;
  OpenRun run_;
};

TraceRow const* Prover::traced(std::size_t node, DecisionTable const* table, std::size_t rule) const
{
  for (auto const& row : run_.trace())
    if (row.node == node && row.table == table && row.rule == rule) return &row;
  return nullptr;
}

ProofRule Prover::rule_of(DecisionTable const& table, std::size_t rule, NodeText const& text) const
{
  ProofRule made;
  made.law = text.note.law;
  if (rule == table.rules.size()) return made;  // the default output
  auto const& note = table.rules[rule].note;
  made.number = rule + 1;
  made.label = note.label;
  made.citations = note.citations;
  made.duties = note.duties;
  if (note.law.from || note.law.until) made.law = note.law;
  return made;
}

ProofRule Prover::evaluated(DecisionTable const& table, std::size_t index, NodeText const& text,
                            std::vector<Value> const& frame)
{
  auto const& rule = table.rules[index];
  auto made = rule_of(table, index, text);
  for (std::size_t i = 0; i < rule.tests.size(); ++i) {
    auto const& test = rule.tests[i];
    if (test && test->passes_all()) continue;
    auto condition = condition_of(pack_, text, table, i, rule.test_texts[i], test ? &*test : nullptr);
    auto const& column = table.inputs[i].expression;
    if (test && column) {
      auto const value = input_value(table.inputs[i], frame, run_.evaluation);
      auto const by_index = table.index ? table.index->holds(i, index, value, run_.evaluation.mode) : std::nullopt;
      auto const result = by_index && is_settled(*by_index) ? Value(*by_index == Truth::yes)
                                                            : test->test(value, frame, run_.evaluation);
      auto const* fault = result.as_fault();
      condition.holds = fault != nullptr ? Truth::unknown : truth_of(result);
      if (fault != nullptr) condition.fault = *fault;
    } else {
      condition.holds = Truth::no;
    }
    made.conditions.push_back(std::move(condition));
  }
  return made;
}

void Prover::table_rules(ProofStep& step, std::size_t node, NodeText const& text)
{
  auto const& table = *text.body.table;
  step.policy = policy_name(table);
  auto const frame = run_.frame(text);
  for (std::size_t i = 0; i <= table.rules.size(); ++i) {
    auto const* row = traced(node, &table, i);
    bool const fallback = i == table.rules.size();
    if (fallback && row == nullptr) continue;
    if (!fallback && run_.context.law_on && !table.rules[i].note.law.contains(*run_.context.law_on)) continue;
    auto rule = fallback ? rule_of(table, i, text) : evaluated(table, i, text, frame);
    auto const fails = [](ProofCondition const& condition) { return condition.holds == Truth::no; };
    if (row != nullptr) {
      rule.state = row->applies == Truth::yes ? RuleState::applies : RuleState::possible;
      rule.output = row->output;
    } else {
      bool const out = std::any_of(rule.conditions.begin(), rule.conditions.end(), fails);
      rule.state = out ? RuleState::out : RuleState::not_reached;
      rule.output = constant_output(table, table.rules[i]);
    }
    step.rules.push_back(std::move(rule));
  }
}

/// Rules of tables inside other expressions, as far as they applied or may apply.
void Prover::traced_rules(ProofStep& step, std::size_t node, NodeText const* text)
{
  std::vector<std::pair<DecisionTable const*, std::size_t>> seen;
  for (auto const& row : run_.trace()) {
    if (row.node != node || row.table == nullptr || text == nullptr) continue;
    std::pair const key{row.table, row.rule};
    if (std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
    seen.push_back(key);
    auto rule = rule_of(*row.table, row.rule, *text);
    rule.state = row.applies == Truth::yes ? RuleState::applies : RuleState::possible;
    rule.output = row.output;
    for (std::size_t i = 0; row.rule < row.table->rules.size() && i < row.table->inputs.size(); ++i) {
      auto const& cells = row.table->rules[row.rule];
      if (cells.tests[i] && cells.tests[i]->passes_all()) continue;
      auto condition =
          condition_of(pack_, *text, *row.table, i, cells.test_texts[i], cells.tests[i] ? &*cells.tests[i] : nullptr);
      condition.holds = row.applies;
      rule.conditions.push_back(std::move(condition));
    }
    step.rules.push_back(std::move(rule));
  }
}

ProofStep Prover::step(std::size_t index, Verdict const& verdict)
{
  auto const& node = pack_.model->nodes[index];
  auto const* text = run_.text(index);
  ProofStep step;
  step.decision = node.name;
  step.label = text != nullptr && !text->note.label.empty() ? text->note.label : Text(node.name);
  if (text == nullptr) return step;
  step.law = text->note.law;
  step.citations = text->note.citations;
  step.separation = text->note.separation;
  if (node.kind != GraphNode::Kind::decision) {
    step.expression = text->body.text;
    traced_rules(step, index, text);
    return step;
  }
  step.value = run_.value(index);
  auto sources = sources_of(pack_, *text, text->facts_read);
  step.facts = std::move(sources.facts);
  step.decisions = std::move(sources.decisions);
  if (text->body.table) {
    table_rules(step, index, *text);
  } else {
    step.expression = text->body.text;
    traced_rules(step, index, text);
  }
  if (index != root_) return step;
  for (auto& rule : step.rules) {
    if (rule.state != RuleState::possible) continue;
    auto const same = [&](Reason const& reason) {
      return reason.decision == step.decision && reason.rule == rule.number;
    };
    if (std::none_of(verdict.reasons.begin(), verdict.reasons.end(), same)) rule.state = RuleState::excluded;
  }
  return step;
}

std::vector<std::string> Prover::build(Proof& proof)
{
  std::vector<std::size_t> open{root_};
  std::vector<std::size_t> seen{root_};
  auto const& root = run_.value(root_);
  std::vector<std::string> names;
  while (!open.empty()) {
    auto const index = open.back();
    open.pop_back();
    proof.steps.push_back(step(index, proof.verdict));
    auto const& facts = proof.steps.back().facts;
    names.insert(names.end(), facts.begin(), facts.end());
    auto const* text = run_.text(index);
    if (text == nullptr) continue;
    for (auto next = text->requirements.rbegin(); next != text->requirements.rend(); ++next) {
      if (pack_.model->nodes[*next].kind == GraphNode::Kind::input) continue;
      if (std::find(seen.begin(), seen.end(), *next) != seen.end()) continue;
      seen.push_back(*next);
      open.push_back(*next);
    }
  }
  sort_unique(names);
  auto const* unknown = root.as_unknown();
  if (unknown == nullptr) return names;
  bool const listed = proof.verdict.possible.kind == Domain::Kind::set && !proof.verdict.possible.approximate;
  proof.by_completions = listed && (unknown->domain.kind != Domain::Kind::set ||
                                    proof.verdict.possible.values.size() < unknown->domain.values.size());
  return names;
}

}  // namespace

OpenRun::OpenRun(PackImpl const& pack, std::size_t decision, CaseFacts& facts, std::optional<Date> on,
                 DecideOptions const& options)
    : notes_(std::make_shared<RunNotes>())
{
  evaluation.mode = options.mode;
  evaluation.on = on;
  evaluation.age_rule = pack.info.age_rule;
  evaluation.limits = options.limits;
  notes_->tracing = true;
  context.model = pack.model;
  context.notes = notes_;
  context.law_on = options.law_on ? options.law_on : on;
  context.include_unverified = options.include_unverified;
  run_.emplace(context, evaluation);
  for (auto const input : pack.cones[decision].inputs) {
    auto value = facts.input(input);
    if (options.mode == Mode::conformance && !is_definite(value)) value = without_unknown(value);
    run_->set(input, std::move(value));
  }
}

std::vector<Value> OpenRun::frame(NodeText const& text)
{
  std::vector<Value> frame;
  for (auto const required : text.requirements) frame.push_back(run_->value(required));
  return frame;
}

Sources sources_of(PackImpl const& pack, NodeText const& text, std::vector<std::string> const& paths)
{
  Sources sources;
  for (auto const& path : paths) {
    auto const name = fact_name(path);
    GraphNode const* read = nullptr;
    std::size_t length = 0;
    for (auto const required : text.requirements) {
      auto const& node = pack.model->nodes[required];
      auto const variable = fact_name(node.variable);
      bool const fits = name.compare(0, variable.size(), variable) == 0 &&
                        (name.size() == variable.size() || name[variable.size()] == '.');
      if (!fits || (read != nullptr && variable.size() < length)) continue;
      read = &node;
      length = variable.size();
    }
    if (read == nullptr) continue;
    if (read->kind != GraphNode::Kind::input) {
      sources.decisions.push_back(read->name);
      continue;
    }
    auto const fact = fact_name(read->name) + name.substr(length);
    for (auto const& declaration : pack.schema.declarations())
      if (touches(fact, declaration.name)) sources.facts.push_back(declaration.name);
  }
  sort_unique(sources.facts);
  sort_unique(sources.decisions);
  return sources;
}

ProofCondition condition_of(PackImpl const& pack, NodeText const& text, DecisionTable const& table, std::size_t column,
                            std::string test, UnaryTests const* compiled)
{
  ProofCondition condition;
  auto const& input = table.inputs[column];
  condition.input = input.text;
  condition.test = std::move(test);
  std::vector<std::string> paths;
  if (input.expression) paths = input.expression->paths();
  if (compiled != nullptr) paths.insert(paths.end(), compiled->paths().begin(), compiled->paths().end());
  auto sources = sources_of(pack, text, paths);
  condition.facts = std::move(sources.facts);
  condition.decisions = std::move(sources.decisions);
  return condition;
}

std::optional<std::size_t> place_of(PackImpl const& pack, std::string_view decision)
{
  auto const found = std::lower_bound(pack.decisions.begin(), pack.decisions.end(), decision,
                                      [](DecisionInfo const& info, std::string_view name) { return info.name < name; });
  if (found == pack.decisions.end() || found->name != decision) return std::nullopt;
  return static_cast<std::size_t>(found - pack.decisions.begin());
}

}  // namespace tutela::detail

namespace tutela::inline v0 {

std::string_view to_string(RuleState state) noexcept
{
  switch (state) {
    case RuleState::applies: return "applies";
    case RuleState::possible: return "possible";
    case RuleState::out: return "out";
    case RuleState::not_reached: return "not_reached";
    case RuleState::excluded: break;
  }
  return "excluded";
}

ProofStep const* Proof::step(std::string_view decision) const noexcept
{
  for (auto const& step : steps)
    if (step.decision == decision) return &step;
  return nullptr;
}

ProofFact const* Proof::fact(std::string_view name) const noexcept
{
  auto const found =
      std::lower_bound(facts.begin(), facts.end(), name,
                       [](ProofFact const& fact, std::string_view wanted) { return fact.declaration.name < wanted; });
  return found == facts.end() || found->declaration.name != name ? nullptr : &*found;
}

Proof Pack::prove(std::string_view decision, Record const& record, std::optional<Date> on, DecideOptions const& options,
                  ProofParts const& parts) const
{
  Proof proof;
  auto asked = options;
  asked.reasons = true;
  proof.verdict = decide(decision, record, on, asked);
  proof.pack = impl_->info.id;
  proof.pack_digest = impl_->info.digest;
  proof.on = on;
  proof.law_on = options.law_on ? options.law_on : on;
  proof.known_on = options.known_on;
  auto const place = detail::place_of(*impl_, decision);
  if (!place || proof.verdict.jurisdiction != impl_->info.jurisdiction) return proof;
  detail::CaseFacts facts(*impl_->model, record, on, options.known_on);
  for (auto const& name : detail::Prover(*impl_, *place, facts, on, options).build(proof))
    proof.facts.push_back(detail::fact_in(*impl_, record, name, on, options.known_on));
  if (parts.minimal_reasons) proof.minimal_reasons = minimal_reasons(decision, record, on, options);
  if (parts.why_not) proof.why_not = why_not(decision, *parts.why_not, record, on, options);
  return proof;
}

}  // namespace tutela::inline v0
