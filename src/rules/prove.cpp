// SPDX-License-Identifier: Apache-2.0
/// \file
/// Proofs: from the decision over rules and conditions down to facts and articles.
#include <tutela/rules/proof.hpp>

#include <algorithm>
#include <span>
#include <utility>

#include "rules/case_run.hpp"
#include "rules/open_run.hpp"
#include "rules/region_index.hpp"
#include "rules/written.hpp"

namespace tutela::detail {
namespace {

/// The part of a structured value that a dotted name leads to, or nothing. \param begin Where the next part begins.
Value const* part_of(Value const& value, std::string_view name, std::size_t begin)
{
  Value const* part = &value;
  while (part != nullptr && begin < name.size()) {
    auto const next = std::min(name.find('.', begin + 1), name.size());
    auto const key = name.substr(begin + 1, next - begin - 1);
    auto const* context = part->as_context();
    part = nullptr;
    for (std::size_t i = 0; context != nullptr && i < context->entries.size(); ++i)
      if (fact_name(context->entries[i].first) == key) part = &context->entries[i].second;
    begin = next;
  }
  return part;
}

/// What the cells of a table come to in a case, column by column.
class TableTruths {
 public:
  TableTruths(DecisionTable const& table, std::vector<Value> const& frame, OpenRun& run)
      : table_(table),
        frame_(frame),
        run_(run),
        words_(table.index ? table.index->words() : 0),
        values_(table.inputs.size()),
        masks_(2 * words_ * table.inputs.size(), ~RuleWord{0}),
        by_masks_(table.inputs.size(), false)
  {
    for (std::size_t column = 0; column < table.inputs.size(); ++column) {
      if (!table.inputs[column].expression) continue;
      values_[column] = input_value(table.inputs[column], frame, run.evaluation);
      by_masks_[column] = table.index && table.index->narrow(column, *values_[column], run.evaluation.mode,
                                                             certain(column), possible(column));
    }
  }

  /// Fills in whether a cell holds.
  void judge(std::size_t rule, std::size_t column, ProofCondition& condition)
  {
    auto const& test = table_.rules[rule].tests[column];
    if (!test || !values_[column]) {
      condition.holds = Truth::no;
    } else if (by_masks_[column]) {
      auto const word = rule / rules_in_word;
      auto const bit = RuleWord{1} << rule % rules_in_word;
      bool const holds = (certain(column)[word] & bit) != 0;
      condition.holds = holds ? Truth::yes : (possible(column)[word] & bit) != 0 ? Truth::unknown : Truth::no;
    } else {
      auto const result = test->test(*values_[column], frame_, run_.evaluation);
      auto const* fault = result.as_fault();
      condition.holds = fault != nullptr ? Truth::unknown : truth_of(result);
      if (fault != nullptr) condition.fault = *fault;
    }
  }

 private:
  std::span<RuleWord> certain(std::size_t column) { return std::span(masks_).subspan(2 * words_ * column, words_); }
  std::span<RuleWord> possible(std::size_t column)
  {
    return std::span(masks_).subspan(2 * words_ * column + words_, words_);
  }

  DecisionTable const& table_;
  std::vector<Value> const& frame_;
  OpenRun& run_;
  std::size_t words_;
  std::vector<std::optional<Value>> values_;  ///< Nothing for a column that could not be compiled.
  std::vector<RuleWord> masks_;               ///< Of each column the rules whose cell certainly, and possibly, holds.
  std::vector<bool> by_masks_;                ///< False for a column of which only the cells can say.
};

class Prover {
 public:
  Prover(std::shared_ptr<PackImpl const> pack, std::size_t decision, CaseFacts& facts, std::optional<Date> on,
         DecideOptions const& options)
      : pack_(std::move(pack)),
        root_(pack_->nodes[decision]),
        facts_(facts),
        known_on_(options.known_on),
        run_(*pack_, decision, facts, on, options)
  {
  }

  /// Adds the steps and the facts that they read.
  void build(Proof& proof, Record const& record);

 private:
  ProofStep step(std::size_t node, Verdict const& verdict);
  void table_rules(ProofStep& step, std::size_t node, NodeText const& text);
  void traced_rules(ProofStep& step, std::size_t node, NodeText const* text);
  ProofRule rule_of(WrittenTable const& table, std::size_t rule) const;
  TraceRow const* traced(std::size_t node, DecisionTable const* table, std::size_t rule) const;
  ProofFact fact_in(Record const& record, ReadFact const& read) const;

  /// What is part of the pack, as a part of the proof that keeps the pack alive.
  template <class Part>
  std::shared_ptr<Part const> shared(Part const& part) const
  {
    return {pack_, &part};
  }

  std::shared_ptr<PackImpl const> pack_;
  std::size_t root_;
  CaseFacts& facts_;
  std::optional<Date> known_on_;
  OpenRun run_;
};

/// A fact as the record has it: by its own name, or as a part of a structured fact.
ProofFact Prover::fact_in(Record const& record, ReadFact const& read) const
{
  auto const& declaration = pack_->schema.declarations()[read.declaration];
  std::string_view const name = declaration.name;
  ProofFact found{shared(declaration), {}, {}};
  if (auto const* known = read.leaf ? facts_.known_fact(*read.leaf) : nullptr) {
    found.value = known->value;
    found.source = known->source;
    return found;
  }
  for (auto end = name.size(); end != std::string_view::npos && end > 0; end = name.rfind('.', end - 1)) {
    auto const* fact = record.find(name.substr(0, end), run_.evaluation.on, known_on_);
    if (fact == nullptr) continue;
    auto const* part = part_of(fact->value, name, end);
    if (part == nullptr) break;
    found.value = *part;
    found.source = fact->source;
    return found;
  }
  found.value = Value::unknown(declaration.name);
  return found;
}

TraceRow const* Prover::traced(std::size_t node, DecisionTable const* table, std::size_t rule) const
{
  for (auto const& row : run_.trace())
    if (row.node == node && row.table == table && row.rule == rule) return &row;
  return nullptr;
}

ProofRule Prover::rule_of(WrittenTable const& table, std::size_t rule) const
{
  auto const& written = table.rules[rule];
  ProofRule made{shared(written), RuleState::applies, {}, {}};
  made.conditions.reserve(written.conditions.size());
  for (auto const& condition : written.conditions) made.conditions.push_back({shared(condition), Truth::yes, {}});
  return made;
}

void Prover::table_rules(ProofStep& step, std::size_t node, NodeText const& text)
{
  auto const& table = *text.body.table;
  auto const& written = pack_->written().of(node, &text).of(table);
  auto const frame = run_.frame(text);
  TableTruths truths(table, frame, run_);
  step.rules.reserve(table.rules.size() + 1);
  for (std::size_t i = 0; i <= table.rules.size(); ++i) {
    auto const* row = traced(node, &table, i);
    bool const fallback = i == table.rules.size();
    if (fallback && row == nullptr) continue;
    if (!fallback && run_.context.law_on && !table.rules[i].note.law.contains(*run_.context.law_on)) continue;
    auto rule = rule_of(written, i);
    for (std::size_t k = 0; k < rule.conditions.size(); ++k) truths.judge(i, written.columns[i][k], rule.conditions[k]);
    auto const fails = [](ProofCondition const& condition) { return condition.holds == Truth::no; };
    if (row != nullptr) {
      rule.state = row->applies == Truth::yes ? RuleState::applies : RuleState::possible;
      rule.output = row->output;
    } else {
      bool const out = std::any_of(rule.conditions.begin(), rule.conditions.end(), fails);
      rule.state = out ? RuleState::out : RuleState::not_reached;
      rule.output = written.constants[i];
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
    auto rule = rule_of(pack_->written().of(node, text).of(*row.table), row.rule);
    rule.state = row.applies == Truth::yes ? RuleState::applies : RuleState::possible;
    rule.output = row.output;
    for (auto& condition : rule.conditions) condition.holds = row.applies;
    step.rules.push_back(std::move(rule));
  }
}

ProofStep Prover::step(std::size_t index, Verdict const& verdict)
{
  auto const* text = run_.text(index);
  auto const& written = pack_->written().of(index, text);
  ProofStep step{shared(written.step), {}, {}};
  if (text == nullptr) return step;
  bool const is_decision = pack_->model->nodes[index].kind == GraphNode::Kind::decision;
  if (is_decision) step.value = run_.value(index);
  if (is_decision && text->body.table)
    table_rules(step, index, *text);
  else
    traced_rules(step, index, text);
  if (index != root_) return step;
  for (auto& rule : step.rules) {
    if (rule.state != RuleState::possible) continue;
    auto const same = [&](Reason const& reason) {
      return reason.decision == written.step.decision && reason.rule == rule.written->number;
    };
    if (std::none_of(verdict.reasons.begin(), verdict.reasons.end(), same)) rule.state = RuleState::excluded;
  }
  return step;
}

void Prover::build(Proof& proof, Record const& record)
{
  std::vector<std::size_t> open{root_};
  std::vector<std::size_t> seen{root_};
  auto const& root = run_.value(root_);
  std::vector<ReadFact> facts;
  while (!open.empty()) {
    auto const index = open.back();
    open.pop_back();
    proof.steps.push_back(step(index, proof.verdict));
    auto const* text = run_.text(index);
    auto const& read = pack_->written().of(index, text).facts;
    facts.insert(facts.end(), read.begin(), read.end());
    if (text == nullptr) continue;
    for (auto next = text->requirements.rbegin(); next != text->requirements.rend(); ++next) {
      if (pack_->model->nodes[*next].kind == GraphNode::Kind::input) continue;
      if (std::find(seen.begin(), seen.end(), *next) != seen.end()) continue;
      seen.push_back(*next);
      open.push_back(*next);
    }
  }
  std::sort(facts.begin(), facts.end());
  facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
  proof.facts.reserve(facts.size());
  for (auto const& fact : facts) proof.facts.push_back(fact_in(record, fact));
  auto const* unknown = root.as_unknown();
  if (unknown == nullptr) return;
  bool const listed = proof.verdict.possible.kind == Domain::Kind::set && !proof.verdict.possible.approximate;
  proof.by_completions = listed && (unknown->domain.kind != Domain::Kind::set ||
                                    proof.verdict.possible.values.size() < unknown->domain.values.size());
}

}  // namespace
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
    if (step.written->decision == decision) return &step;
  return nullptr;
}

ProofFact const* Proof::fact(std::string_view name) const noexcept
{
  auto const found =
      std::lower_bound(facts.begin(), facts.end(), name,
                       [](ProofFact const& fact, std::string_view wanted) { return fact.declaration->name < wanted; });
  return found == facts.end() || found->declaration->name != name ? nullptr : &*found;
}

Proof Pack::prove(std::string_view decision, Record const& record, std::optional<Date> on, DecideOptions const& options,
                  ProofParts const& parts) const
{
  Proof proof;
  proof.pack = impl_->info.id;
  proof.pack_digest = impl_->info.digest;
  proof.on = on;
  proof.law_on = options.law_on ? options.law_on : on;
  proof.known_on = options.known_on;
  auto asked = options;
  asked.reasons = true;
  auto const place = impl_->place_of(decision);
  if (!place) {
    proof.verdict = decide(decision, record, on, asked);
    return proof;
  }
  detail::CaseFacts facts(*impl_->model, record, on, options.known_on);
  detail::CaseRun run(*impl_, facts, on, asked);
  proof.verdict = detail::answer(*impl_, *place, run, on, asked);
  if (proof.verdict.jurisdiction != impl_->info.jurisdiction) return proof;
  detail::Prover(impl_, *place, facts, on, options).build(proof, record);
  if (parts.minimal_reasons) proof.minimal_reasons = minimal_reasons(decision, record, on, options);
  if (parts.why_not) proof.why_not = why_not(decision, *parts.why_not, record, on, options);
  return proof;
}

}  // namespace tutela::inline v0
