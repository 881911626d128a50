// SPDX-License-Identifier: Apache-2.0
/// \file
/// Decision tables in both modes, by one mechanism.
///
/// The rules are gone through in order with a set of *states*: everything that the hit policy may have collected so far.
/// A rule that certainly applies moves every state; one that possibly applies moves a copy of it. With all facts known
/// there is one state throughout, and the result is that of any DMN engine.
#include <algorithm>
#include <utility>

#include <tutela/feel/function.hpp>

#include "feel/operations.hpp"
#include "feel/partial.hpp"
#include "rules/possibilities.hpp"
#include "rules/region_index.hpp"
#include "rules/run.hpp"

namespace tutela::detail {
namespace {

struct State {
  bool hit = false;
  Value value;  ///< What was collected; an error stays an error.

  friend bool operator==(State const&, State const&) = default;
};

/// Truth of one rule, with the facts that keep it open.
struct Match {
  Truth truth = Truth::yes;
  bool fault = false;
  Value first_fault;
  Value possible_fault;     ///< An error that some completion of the facts leads to.
  std::vector<Value> open;  ///< Results of the cells that are not decided.
};

class TableRun {
 public:
  TableRun(DecisionTable const& table, std::vector<Value> const& frame, Evaluation& evaluation, RunContext& context)
      : table_(table),
        frame_(frame),
        evaluation_(evaluation),
        context_(context),
        inputs_(table.inputs.size()),
        result_(std::max<std::size_t>(evaluation.limits.possible_values, 1))
  {
  }

  Value run();

 private:
  bool legal() const { return evaluation_.mode == Mode::legal; }
  Value fault(std::string what) const { return failure(evaluation_, std::move(what), table_.place); }
  Value const& input(std::size_t index);
  bool match_by_index();
  Match match(std::size_t rule);
  Match match_cells(std::size_t rule);
  Value cell(std::size_t rule, std::size_t column);
  std::vector<Value> members(Value const& value) const;
  void apply(State const& state, Value const& out, std::vector<State>& next);
  bool collects_list() const;
  bool decided(std::vector<State> const& states) const;
  Value finish(State const& state);
  Value aggregate(Value const& value, Value const& out);
  void collapse(std::vector<State>& states);
  void trace(std::size_t rule, Truth truth, Value const& out);

  DecisionTable const& table_;
  std::vector<Value> const& frame_;
  Evaluation& evaluation_;
  RunContext& context_;
  std::vector<std::optional<Value>> inputs_;
  Possibilities result_;
  bool indexed_ = false;
  std::vector<RuleWord> certain_;         ///< With the index: rules that certainly apply,
  std::vector<RuleWord> possible_;        ///< rules that possibly apply,
  std::vector<std::size_t> open_inputs_;  ///< and inputs that are not known.
};

Value const& TableRun::input(std::size_t index)
{
  auto& value = inputs_[index];
  if (!value) {
    auto const& column = table_.inputs[index];
    value = column.expression ? input_value(column, frame_, evaluation_) : fault("an input could not be compiled");
  }
  return *value;
}

/// Finds the rules that certainly and possibly apply by the table's index; false when only the cells can say.
bool TableRun::match_by_index()
{
  if (!table_.index) return false;
  auto const& index = *table_.index;
  certain_.assign(index.words(), ~RuleWord{0});
  possible_.assign(index.words(), ~RuleWord{0});
  for (std::size_t i = 0; i < table_.inputs.size(); ++i) {
    if (!index.columns()[i].tested) continue;
    auto const& value = input(i);
    if (!index.narrow(i, value, evaluation_.mode, certain_, possible_)) return false;
    if (value.is(Kind::unknown) || value.is(Kind::uncertain)) open_inputs_.push_back(i);
    if (std::all_of(possible_.begin(), possible_.end(), [](RuleWord word) { return word == 0; })) break;
  }
  return true;
}

Match TableRun::match(std::size_t rule)
{
  if (!indexed_) return match_cells(rule);
  auto const bit = RuleWord{1} << rule % rules_in_word;
  Match match;
  if ((possible_[rule / rules_in_word] & bit) == 0) {
    match.truth = Truth::no;
  } else if ((certain_[rule / rules_in_word] & bit) == 0) {
    match.truth = Truth::unknown;
    for (auto const i : open_inputs_)
      if (table_.index->holds(i, rule, input(i), evaluation_.mode) != Truth::yes) match.open.push_back(input(i));
  }
  return match;
}

/// Whether a cell holds, by the index where it can say so for certain.
Value TableRun::cell(std::size_t rule, std::size_t column)
{
  auto const known = table_.index ? table_.index->holds(column, rule, input(column), evaluation_.mode) : std::nullopt;
  if (known && is_settled(*known)) return Value(*known == Truth::yes);
  return table_.rules[rule].tests[column]->test(input(column), frame_, evaluation_);
}

Match TableRun::match_cells(std::size_t index)
{
  auto const& rule = table_.rules[index];
  Match match;
  for (std::size_t i = 0; i < rule.tests.size(); ++i) {
    auto const& test = rule.tests[i];
    if (!test) {
      match.truth = Truth::no;
      return match;
    }
    if (test->passes_all()) continue;
    auto result = cell(index, i);
    if (legal() && result.is(Kind::error)) {
      // A cell that errs may still be overruled by another one that is false.
      if (!match.fault) match.first_fault = result;
      match.fault = true;
      continue;
    }
    auto const truth = truth_of(result);
    if (truth == Truth::no) {
      match.truth = Truth::no;
      match.fault = false;
      return match;
    }
    if (auto const* unknown = result.as_unknown(); unknown != nullptr && unknown->domain.kind == Domain::Kind::set) {
      for (auto const& member : unknown->domain.values)
        if (member.is(Kind::error)) match.possible_fault = member;
    }
    if (truth == Truth::unknown) match.open.push_back(std::move(result));
    match.truth = match.truth & truth;
  }
  return match;
}

/// The values that an output may be, one by one, as far as they can be listed.
std::vector<Value> TableRun::members(Value const& value) const
{
  if (auto const* unknown = value.as_unknown(); unknown != nullptr && unknown->domain.kind == Domain::Kind::set)
    return unknown->domain.values;
  return {value};
}

bool TableRun::collects_list() const
{
  return table_.policy == HitPolicy::rule_order || table_.policy == HitPolicy::output_order ||
         (table_.policy == HitPolicy::collect && table_.aggregation == Aggregation::none);
}

Value TableRun::aggregate(Value const& value, Value const& out)
{
  auto const* counted = value.as_number();
  if (table_.aggregation == Aggregation::count && counted != nullptr) return Value(*counted + Decimal(1));
  std::string_view const name = table_.aggregation == Aggregation::minimum   ? "min"
                                : table_.aggregation == Aggregation::maximum ? "max"
                                                                             : "sum";
  auto const function = builtin_function(name);
  if (!function) return fault("the function " + std::string(name) + " is missing");
  Value const list(List{{value, table_.aggregation == Aggregation::count ? Value(Decimal(1)) : out}});
  return call(*function, std::span<Value const>(&list, 1), evaluation_);
}

void TableRun::apply(State const& state, Value const& out, std::vector<State>& next)
{
  auto move_to = [&](State moved) {
    if (std::find(next.begin(), next.end(), moved) == next.end()) next.push_back(std::move(moved));
  };
  if (state.value.is(Kind::error)) return move_to(state);
  if (table_.policy == HitPolicy::first && state.hit) return move_to(state);
  if (out.is(Kind::error)) return move_to({true, out});
  if (!state.hit) {
    if (collects_list()) return move_to({true, Value(List{{out}})});
    if (table_.aggregation == Aggregation::count) return move_to({true, Value(Decimal(1))});
    if (table_.aggregation == Aggregation::sum && !out.is(Kind::number) && !out.is(Kind::unknown)) {
      // One value alone must be a number too.
      auto const function = builtin_function("sum");
      Value const list(List{{out}});
      return move_to({true, function ? call(*function, std::span<Value const>(&list, 1), evaluation_) : out});
    }
    return move_to({true, out});
  }
  switch (table_.policy) {
    case HitPolicy::unique: return move_to({true, hit_policy_error(table_, evaluation_)});
    case HitPolicy::any:
      if (is_definite(state.value) && is_definite(out)) {
        if (state.value == out) return move_to(state);
        return move_to({true, hit_policy_error(table_, evaluation_)});
      }
      move_to(state);
      return move_to({true, hit_policy_error(table_, evaluation_)});
    case HitPolicy::first: return move_to(state);
    case HitPolicy::priority:
      if (!is_definite(state.value) || !is_definite(out)) {
        move_to(state);
        return move_to({true, out});
      }
      return move_to(output_rank(table_, out) < output_rank(table_, state.value) ? State{true, out} : state);
    case HitPolicy::rule_order:
    case HitPolicy::output_order:
    case HitPolicy::collect:
      if (collects_list()) {
        auto list = *state.value.as_list();
        list.items.push_back(out);
        return move_to({true, Value(std::move(list))});
      }
      return move_to({true, aggregate(state.value, out)});
  }
}

/// True when no further rule can change anything.
bool TableRun::decided(std::vector<State> const& states) const
{
  return table_.policy == HitPolicy::first && !states.empty() &&
         std::all_of(states.begin(), states.end(), [](State const& state) { return state.hit; });
}

/// Too many states to keep: numbers become an interval, anything else becomes open.
void TableRun::collapse(std::vector<State>& states)
{
  std::vector<State> kept;
  std::optional<Decimal> low;
  std::optional<Decimal> high;
  bool numbers = true;
  for (auto const& state : states) {
    if (!state.hit || state.value.is(Kind::error)) {
      if (std::find(kept.begin(), kept.end(), state) == kept.end()) kept.push_back(state);
      continue;
    }
    auto const* unknown = state.value.as_unknown();
    bool const interval = unknown != nullptr && unknown->domain.kind == Domain::Kind::range;
    auto const* lowest = (interval ? unknown->domain.range.low : state.value).as_number();
    auto const* highest = (interval ? unknown->domain.range.high : state.value).as_number();
    if (lowest == nullptr || highest == nullptr) {
      numbers = false;
      continue;
    }
    low = low && *low < *lowest ? low : *lowest;
    high = high && *high > *highest ? high : *highest;
  }
  Domain domain;
  domain.approximate = true;
  if (numbers && low && high && table_.aggregation != Aggregation::none) {
    domain.kind = Domain::Kind::range;
    domain.range = {Value(*low), Value(*high), true, true};
    kept.push_back({true, Value(Unknown{{}, {}, std::move(domain)})});
    states = std::move(kept);
    return;
  }
  // Whatever the rules that follow could still add is inside an open result.
  result_.widen();
  states.clear();
}

Value TableRun::finish(State const& state)
{
  if (!state.hit) return fallback_output(table_, frame_, evaluation_);
  if (table_.policy != HitPolicy::output_order) return state.value;
  auto const* list = state.value.as_list();
  if (list == nullptr) return state.value;
  auto sorted = *list;
  std::stable_sort(sorted.items.begin(), sorted.items.end(), [&](Value const& lhs, Value const& rhs) {
    return output_rank(table_, lhs) < output_rank(table_, rhs);
  });
  return Value(std::move(sorted));
}

void TableRun::trace(std::size_t rule, Truth truth, Value const& out)
{
  if (!context_.notes || !context_.notes->tracing) return;
  context_.notes->trace.push_back({context_.node, &table_, rule, truth, out.is(Kind::function) ? Value() : out});
}

Value TableRun::run()
{
  std::vector<State> states{{}};  // none once the result is open
  indexed_ = match_by_index();
  bool any_in_force = false;
  auto const most = evaluation_.limits.possible_values;
  for (std::size_t i = 0; i < table_.rules.size(); ++i) {
    auto const& rule = table_.rules[i];
    if (context_.law_on && !rule.note.law.contains(*context_.law_on)) continue;
    any_in_force = true;
    if (++evaluation_.steps > evaluation_.limits.evaluation_steps)
      return fault("the limit `evaluation_steps` is reached");
    auto const found = match(i);
    if (found.truth == Truth::no) continue;
    Value out;
    if (found.fault) {
      out = found.first_fault;
    } else if (!context_.include_unverified && !rule.note.verified()) {
      if (context_.notes) context_.notes->not_available = true;
      out = fault("a rule that applies or may apply rests on a source that is not verified");
    } else {
      out = rule_output(table_, i, frame_, evaluation_);
    }
    for (auto const& open : found.open) result_.add_facts(open);
    result_.add_facts(out);
    trace(i, found.truth, out);
    if (states.empty()) continue;
    evaluation_.steps += states.size();
    std::vector<State> next;
    if (found.truth == Truth::unknown) next = states;
    for (auto const& member : members(out))
      for (auto const& state : states) apply(state, member, next);
    if (found.possible_fault.is(Kind::error))
      for (auto const& state : states) apply(state, found.possible_fault, next);
    states = std::move(next);
    if (states.size() > most) collapse(states);
    if (decided(states)) break;
  }
  if (!any_in_force && !table_.rules.empty()) {
    if (context_.notes) context_.notes->no_law_in_force = true;
    return fault("no rule of the table is in force on that day");
  }
  if (states.size() == 1 && result_.listed()) {
    if (!states.front().hit) {
      auto value = fallback_output(table_, frame_, evaluation_);
      trace(table_.rules.size(), Truth::yes, value);
      return value;
    }
    return finish(states.front());
  }
  for (auto const& state : states) {
    auto value = finish(state);
    if (!state.hit) trace(table_.rules.size(), Truth::unknown, value);
    result_.add(value);
  }
  return std::move(result_).to_value();
}

}  // namespace

Value input_value(DecisionTable::Input const& input, std::vector<Value> const& frame, Evaluation& evaluation)
{
  auto value = input.expression->evaluate(frame, evaluation);
  if (!input.converts || value.is(Kind::error)) return value;
  auto const open = [](Value const& given) {
    Causes causes;
    causes.add(given);
    return open_value(std::move(causes), any_domain(true));
  };
  auto const fit_one = [&](Value const& given) {
    // what fills a hole may be of the wrong type too
    bool const settled = !has_holes(given) || (!input.type.item && value_conforms(given, input.type.type));
    return settled ? fit(given, input.type, evaluation, input.place) : open(given);
  };
  if (!value.is(Kind::unknown) && !value.is(Kind::uncertain)) return fit_one(value);
  if (auto const values = possibilities_of(value)) {
    std::vector<Value> results;
    for (auto const& each : *values) results.push_back(is_open(each) ? each : fit_one(each));
    Causes causes;
    causes.add(value);
    return join(Site{evaluation}, results, std::move(causes));
  }
  auto const& domain = value.as_unknown() == nullptr ? Domain{} : value.as_unknown()->domain;
  auto const* end = domain.kind != Domain::Kind::range ? nullptr
                    : domain.range.low.is_none()       ? &domain.range.high
                                                       : &domain.range.low;
  bool const bounded = end != nullptr && !end->is_none() && !input.type.item && value_conforms(*end, input.type.type);
  return bounded ? value : open(value);
}

Value rule_output(DecisionTable const& table, std::size_t index, std::vector<Value> const& frame,
                  Evaluation& evaluation)
{
  auto const& rule = table.rules[index];
  auto cell = [&](std::size_t i) {
    if (!rule.outputs[i]) return Value();
    auto value = rule.outputs[i]->evaluate(frame, evaluation);
    return fit(std::move(value), table.outputs[i].type, evaluation, {});
  };
  if (table.outputs.size() == 1) return cell(0);
  Context context;
  for (std::size_t i = 0; i < table.outputs.size(); ++i) context.entries.emplace_back(table.outputs[i].name, cell(i));
  return Value(std::move(context));
}

Value fallback_output(DecisionTable const& table, std::vector<Value> const& frame, Evaluation& evaluation)
{
  bool const any = std::any_of(table.outputs.begin(), table.outputs.end(),
                               [](DecisionTable::Output const& output) { return output.fallback.has_value(); });
  if (!any) {
    if (table.policy != HitPolicy::collect) return Value();
    if (table.aggregation == Aggregation::none) return Value(List{});
    return table.aggregation == Aggregation::count ? Value(Decimal(0)) : Value();
  }
  auto cell = [&](DecisionTable::Output const& output) {
    return output.fallback ? output.fallback->evaluate(frame, evaluation) : Value();
  };
  if (table.outputs.size() == 1) return cell(table.outputs.front());
  Context context;
  for (auto const& output : table.outputs) context.entries.emplace_back(output.name, cell(output));
  return Value(std::move(context));
}

namespace {

/// Whether an output value of a column stands for the value: it is it, or is a range that holds it.
bool stands_for(Value const& listed, Value const& value)
{
  if (listed == value) return true;
  auto const* range = listed.as_range();
  if (range == nullptr || is_open(value) || value.is_none()) return false;
  Evaluation evaluation;
  auto const held = included(Site{evaluation}, *range, value);
  return held.as_boolean() != nullptr && *held.as_boolean();
}

}  // namespace

std::vector<std::size_t> output_rank(DecisionTable const& table, Value const& value)
{
  std::vector<std::size_t> ranks;
  for (auto const& output : table.outputs) {
    Value const* part = &value;
    if (table.outputs.size() > 1) {
      auto const* context = value.as_context();
      part = context == nullptr ? nullptr : context->find(output.name);
    }
    auto const& ranking = output.ranking;
    std::size_t place = ranking.size();
    if (part != nullptr)
      place = static_cast<std::size_t>(std::find_if(ranking.begin(), ranking.end(),
                                                    [part](Value const& listed) { return stands_for(listed, *part); }) -
                                       ranking.begin());
    ranks.push_back(place);
  }
  return ranks;
}

Value hit_policy_error(DecisionTable const& table, Evaluation const& evaluation)
{
  return failure(evaluation,
                 table.policy == HitPolicy::any ? "rules with different outputs apply in a table with hit policy ANY"
                                                : "more than one rule applies in a table with hit policy UNIQUE",
                 table.place);
}

Value evaluate_table(DecisionTable const& table, std::vector<Value> const& frame, Evaluation& evaluation,
                     RunContext& context)
{
  return TableRun(table, frame, evaluation, context).run();
}

}  // namespace tutela::detail
