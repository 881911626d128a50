// SPDX-License-Identifier: Apache-2.0
/// \file
/// A decision table tried with other values of its inputs.
#include "rules/table_trial.hpp"

#include <memory>
#include <string>

#include "rules/possibilities.hpp"

namespace tutela::detail {

TableTrial::TableTrial(PackImpl const& pack, std::size_t node, OpenRun& run, NodeText const& text)
    : node_(node),
      run_(run),
      text_(text),
      table_(*text.body.table),
      probe_(table_),
      possible_(pack, run.evaluation.limits),
      frame_(run.frame(text))
{
  Names names;
  for (std::size_t i = 0; i < frame_.size(); ++i) names.add("requirement" + std::to_string(i));
  std::vector<Value> columns;
  for (std::size_t i = 0; i < table_.inputs.size(); ++i) {
    auto const name = "input" + std::to_string(i);
    names.add(name);
    auto const& column = table_.inputs[i];
    columns.push_back(column.expression ? input_value(column, frame_, run_.evaluation)
                                        : Value(Fault{"not compiled", {}}));
    probe_.inputs[i].converts = false;
    probe_.inputs[i].expression = parse_expression(name, names).value();
  }
  inputs_ = inputs_of(pack, text, table_, columns, possible_);
  input_of_.resize(columns.size());
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    for (auto const column : inputs_[i].columns) input_of_[column] = i;
    now_.push_back({inputs_[i].now, inputs_[i].now});
  }
  for (std::size_t i = 0; i < table_.rules.size(); ++i)
    outputs_.push_back(fit(computed(i), text_.type, run_.evaluation, text_.place));
}

bool TableTrial::one_output() const
{
  return table_.policy == HitPolicy::unique || table_.policy == HitPolicy::any || table_.policy == HitPolicy::first ||
         table_.policy == HitPolicy::priority;
}

bool TableTrial::in_force(std::size_t rule) const
{
  return !run_.context.law_on || table_.rules[rule].note.law.contains(*run_.context.law_on);
}

Truth TableTrial::holds(std::size_t rule, std::size_t input, Value const& value)
{
  auto all = Truth::yes;
  for (auto const column : inputs_[input].columns) {
    auto const& test = table_.rules[rule].tests[column];
    if (!test) return Truth::no;
    if (test->passes_all()) continue;
    auto const result = test->test(value, frame_, run_.evaluation);
    all = all & (result.is(Kind::error) ? Truth::no : truth_of(result));
  }
  return all;
}

Truth TableTrial::holds_now(std::size_t rule, std::size_t column)
{
  auto const& test = table_.rules[rule].tests[column];
  return test ? truth_of(test->test(inputs_[input_of_[column]].now, frame_, run_.evaluation)) : Truth::no;
}

bool TableTrial::applies(std::size_t rule, Pieces const& values)
{
  for (std::size_t i = 0; i < inputs_.size(); ++i)
    if (holds(rule, i, values[i].sample) != Truth::yes) return false;
  return true;
}

bool TableTrial::never_applies(std::size_t rule, Pieces const& values)
{
  for (std::size_t i = 0; i < inputs_.size(); ++i)
    if (holds(rule, i, values[i].sample) == Truth::no) return true;
  return false;
}

/// True when the table never comes to a rule because one before it applies.
bool TableTrial::covered(std::size_t rule, Pieces const& values)
{
  if (table_.policy != HitPolicy::first) return false;
  for (std::size_t earlier = 0; earlier < rule; ++earlier)
    if (in_force(earlier) && applies(earlier, values)) return true;
  return false;
}

Value TableTrial::computed(std::size_t rule)
{
  Context context;
  for (std::size_t i = 0; i < table_.outputs.size(); ++i) {
    auto const& cell = table_.rules[rule].outputs[i];
    auto value = cell ? cell->evaluate(frame_, run_.evaluation) : Value();
    value = fit(std::move(value), table_.outputs[i].type, run_.evaluation, {});
    if (table_.outputs.size() == 1) return value;
    context.entries.emplace_back(table_.outputs[i].name, std::move(value));
  }
  return Value(std::move(context));
}

/// Whether there is a case with these values; unknown when there may be one with others of their regions.
Truth TableTrial::possible(Pieces const& values)
{
  auto const allowed = [&](Value Piece::*part) {
    PossibleCases::Facts facts;
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      auto const& value = values[i].*part;
      bool const bare = value.is(Kind::unknown) && value.as_unknown()->domain.kind == Domain::Kind::any;
      if (inputs_[i].constrained && !bare) facts.emplace_back(inputs_[i].fact, value);
    }
    return possible_.allow(facts, run_.evaluation.on);
  };
  if (possible_.unbounded() || allowed(&Piece::sample)) return Truth::yes;
  return allowed(&Piece::whole) ? Truth::unknown : Truth::no;
}

/// What the table comes to; an error when the limit is reached.
Value TableTrial::evaluated(Pieces const& values)
{
  if (++evaluations_ > run_.evaluation.limits.completions) {
    exhausted_ = true;
    return Value(Fault{"limit", {}});
  }
  auto frame = frame_;
  for (auto const input : input_of_) frame.push_back(values[input].sample);
  auto context = run_.context;
  context.node = node_;
  context.notes = std::make_shared<RunNotes>();
  return fit(evaluate_table(probe_, frame, run_.evaluation, context), text_.type, run_.evaluation, text_.place);
}

/// Whether the table gives the answer for these values in the way that the candidate asks for.
bool TableTrial::answers(RuleCandidate const& candidate, Pieces const& values)
{
  if (candidate.rule && !applies(*candidate.rule, values)) return false;
  auto const value = evaluated(values);
  if (!is_definite(value) || (answer_ && !(value == *answer_))) return false;
  if (!one_output()) return true;
  if (candidate.rule) return value == outputs_[*candidate.rule];
  for (std::size_t rule = 0; rule < table_.rules.size(); ++rule)
    if (in_force(rule) && !never_applies(rule, values)) return false;
  return true;
}

bool TableTrial::gives(RuleCandidate const& candidate, Set const& set, Pieces const& values)
{
  Set open;
  bool constrained = false;
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    if (std::binary_search(set.begin(), set.end(), i)) continue;
    if (inputs_[i].open.size() == 1 && inputs_[i].open.front().sample == inputs_[i].now) continue;
    open.push_back(i);
    constrained = constrained || inputs_[i].constrained;
  }
  if (!open.empty() && constrained) return always_gives(candidate, open, values);
  // What is known of no fact does not matter where the table is certain all the same; otherwise every value is tried.
  bool const certain = answers(candidate, values) && !(candidate.rule && covered(*candidate.rule, values));
  if (!certain) return !open.empty() && !exhausted_ && always_gives(candidate, open, values);
  auto const there = possible(values);
  exact_ = exact_ && there != Truth::unknown;
  return there == Truth::yes;
}

/// The same, with every value of the open inputs tried.
bool TableTrial::always_gives(RuleCandidate const& candidate, Set const& open, Pieces const& values)
{
  std::vector<std::vector<Piece> const*> lists;
  for (auto const input : open) lists.push_back(&inputs_[input].open);
  bool some = false;
  bool uncovered = false;
  bool doubtful = false;
  bool const all = every_way(lists, [&](std::vector<std::size_t> const& at) {
    auto one = values;
    for (std::size_t i = 0; i < open.size(); ++i) one[open[i]] = (*lists[i])[at[i]];
    bool const given = answers(candidate, one);
    if (exhausted_) return false;
    auto const there = possible(one);
    doubtful = doubtful || there == Truth::unknown;
    some = some || there == Truth::yes;
    if (!given) return there == Truth::no;
    uncovered = uncovered || (there != Truth::no && !(candidate.rule && covered(*candidate.rule, one)));
    return true;
  });
  bool const given = all && some && uncovered;
  exact_ = exact_ && (given || !doubtful);
  return given;
}

}  // namespace tutela::detail
