// SPDX-License-Identifier: Apache-2.0
/// \file
/// Why not: every minimal set of conditions in the way of an answer.
///
/// Other values are tried for the inputs of the table, one for each case that its cells tell apart, and the table itself
/// is evaluated with them. Sets of inputs are tried by size, so every set found is minimal.
#include <algorithm>
#include <utility>

#include "rules/input_choices.hpp"
#include "rules/possibilities.hpp"
#include "rules/prove.hpp"

namespace tutela::detail {
namespace {

// Sets of inputs that are looked at, so that a very wide table ends in time: all of them up to 17 inputs.
constexpr std::size_t most_sets = std::size_t{1} << 17U;

/// Places of inputs; ascending.
using Set = std::vector<std::size_t>;

/// For each input what it is in one case, or in several when it is open.
using Pieces = std::vector<Piece>;

/// The next combination of places below `width`. \return False after the last one.
bool next_set(Set& set, std::size_t width)
{
  auto const size = set.size();
  std::size_t i = size;
  while (i > 0 && set[i - 1] == width - size + i - 1) --i;
  if (i == 0) return false;
  ++set[i - 1];
  for (; i < size; ++i) set[i] = set[i - 1] + 1;
  return true;
}

/// Calls `visit` with every way to take one of each list, until it returns false. \return False when it did.
template <class Visit>
bool every_way(std::vector<std::vector<Piece> const*> const& lists, Visit const& visit)
{
  if (std::any_of(lists.begin(), lists.end(), [](auto const* list) { return list->empty(); })) return true;
  std::vector<std::size_t> at(lists.size(), 0);
  for (;;) {
    if (!visit(at)) return false;
    std::size_t i = 0;
    while (i < at.size() && ++at[i] == lists[i]->size()) at[i++] = 0;
    if (i == at.size()) return true;
  }
}

/// A rule that may give the answer, and the inputs that keep it from applying as they are.
struct Candidate {
  std::optional<std::size_t> rule;  ///< Nothing when no single one gives it: the default, rules that work together.
  Set misfits;
};

class WhyNotSearch {
 public:
  WhyNotSearch(PackImpl const& pack, std::size_t node, OpenRun& run, NodeText const& text);

  /// \param rule Index of the only rule that may give the answer; nothing for any.
  void find(WhyNot& found, std::optional<Value> const& answer, std::optional<std::size_t> rule);

  /// What a rule answers.
  Value output(std::size_t rule);

 private:
  bool one_output() const;
  bool in_force(std::size_t rule) const;
  Truth holds(std::size_t rule, std::size_t input, Value const& value);
  bool applies(std::size_t rule, Pieces const& values);
  bool never_applies(std::size_t rule, Pieces const& values);
  bool covered(std::size_t rule, Pieces const& values);
  Truth possible(Pieces const& values);
  Value evaluated(Pieces const& values);
  bool answers(Candidate const& candidate, Pieces const& values);
  bool gives(Candidate const& candidate, Set const& set, Pieces const& values);
  bool always_gives(Candidate const& candidate, Set const& open, Pieces const& values);
  std::vector<Candidate> candidates(std::optional<std::size_t> rule);
  std::vector<Shortfall> sets_for(Set const& set, std::vector<Candidate> const& candidates);
  Shortfall shortfall(Set const& set, Pieces const& values, std::optional<std::size_t> rule);

  PackImpl const& pack_;
  std::size_t node_;
  OpenRun& run_;
  NodeText const& text_;
  DecisionTable const& table_;
  DecisionTable probe_;  ///< The table with inputs that are read from the end of the frame.
  PossibleCases possible_;
  std::vector<Value> frame_;
  std::vector<TableInput> inputs_;
  std::vector<std::size_t> input_of_;  ///< For each column its input.
  Pieces now_;
  std::optional<Value> answer_;
  std::vector<Value> outputs_;
  std::size_t evaluations_ = 0;
  bool exhausted_ = false;
  bool exact_ = true;
};

WhyNotSearch::WhyNotSearch(PackImpl const& pack, std::size_t node, OpenRun& run, NodeText const& text)
    : pack_(pack),
      node_(node),
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
}

bool WhyNotSearch::one_output() const
{
  return table_.policy == HitPolicy::unique || table_.policy == HitPolicy::any || table_.policy == HitPolicy::first ||
         table_.policy == HitPolicy::priority;
}

bool WhyNotSearch::in_force(std::size_t rule) const
{
  return !run_.context.law_on || table_.rules[rule].note.law.contains(*run_.context.law_on);
}

/// Whether all cells of a rule on one input hold for a value.
Truth WhyNotSearch::holds(std::size_t rule, std::size_t input, Value const& value)
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

bool WhyNotSearch::applies(std::size_t rule, Pieces const& values)
{
  for (std::size_t i = 0; i < inputs_.size(); ++i)
    if (holds(rule, i, values[i].sample) != Truth::yes) return false;
  return true;
}

bool WhyNotSearch::never_applies(std::size_t rule, Pieces const& values)
{
  for (std::size_t i = 0; i < inputs_.size(); ++i)
    if (holds(rule, i, values[i].sample) == Truth::no) return true;
  return false;
}

/// True when the table never comes to a rule because one before it applies.
bool WhyNotSearch::covered(std::size_t rule, Pieces const& values)
{
  if (table_.policy != HitPolicy::first) return false;
  for (std::size_t earlier = 0; earlier < rule; ++earlier)
    if (in_force(earlier) && applies(earlier, values)) return true;
  return false;
}

Value WhyNotSearch::output(std::size_t rule)
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
Truth WhyNotSearch::possible(Pieces const& values)
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
Value WhyNotSearch::evaluated(Pieces const& values)
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
bool WhyNotSearch::answers(Candidate const& candidate, Pieces const& values)
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

/// The definition: with these values of the inputs in the set, some case obeys the constraints, and all that do are
/// given the answer.
bool WhyNotSearch::gives(Candidate const& candidate, Set const& set, Pieces const& values)
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
bool WhyNotSearch::always_gives(Candidate const& candidate, Set const& open, Pieces const& values)
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

/// The rules that may give the answer, and last what no single one gives.
std::vector<Candidate> WhyNotSearch::candidates(std::optional<std::size_t> rule)
{
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < table_.rules.size(); ++i) {
    outputs_.push_back(fit(output(i), text_.type, run_.evaluation, text_.place));
    if ((rule ? *rule != i : !one_output()) || !in_force(i)) continue;
    if (answer_ && !(outputs_.back() == *answer_)) continue;
    Candidate candidate{i, {}};
    for (std::size_t input = 0; input < inputs_.size(); ++input) {
      auto const fits = [&](Piece const& piece) { return holds(i, input, piece.sample) == Truth::yes; };
      auto const& open = inputs_[input].open;
      // Constraints may leave only what fits.
      bool const may_stay = inputs_[input].constrained ? std::any_of(open.begin(), open.end(), fits)
                                                       : std::all_of(open.begin(), open.end(), fits);
      if (!may_stay) candidate.misfits.push_back(input);
    }
    candidates.push_back(std::move(candidate));
  }
  bool const fallback = std::any_of(table_.outputs.begin(), table_.outputs.end(),
                                    [](DecisionTable::Output const& output) { return output.fallback.has_value(); });
  if (!rule && (!one_output() || fallback || answer_->is_none())) candidates.push_back({});
  return candidates;
}

Shortfall WhyNotSearch::shortfall(Set const& set, Pieces const& values, std::optional<std::size_t> rule)
{
  Shortfall found;
  found.rule = rule ? *rule + 1 : 0;
  for (auto const input : set) {
    auto const before = found.conditions.size();
    for (auto const column : inputs_[input].columns) {
      auto const* test = rule && table_.rules[*rule].tests[column] ? &*table_.rules[*rule].tests[column] : nullptr;
      if (test == nullptr || test->passes_all()) continue;
      auto const holds = truth_of(test->test(inputs_[input].now, frame_, run_.evaluation));
      if (holds == Truth::yes) continue;
      found.conditions.push_back(
          condition_of(pack_, text_, table_, column, table_.rules[*rule].test_texts[column], test));
      found.conditions.back().holds = holds;
    }
    if (found.conditions.size() > before) continue;
    auto const column = inputs_[input].columns.front();
    found.conditions.push_back(condition_of(pack_, text_, table_, column, to_string(values[input].sample), nullptr));
    found.conditions.back().holds = is_definite(inputs_[input].now) ? Truth::no : Truth::unknown;
  }
  return found;
}

/// The sets of exactly these inputs, one for each candidate that then gives the answer.
std::vector<Shortfall> WhyNotSearch::sets_for(Set const& set, std::vector<Candidate> const& candidates)
{
  std::vector<Shortfall> sets;
  for (auto const& candidate : candidates) {
    // What is not in the set must fit the rule as it is, and what is in it must fit by its new value.
    auto const& misfits = candidate.misfits;
    if (!std::includes(set.begin(), set.end(), misfits.begin(), misfits.end())) continue;
    std::vector<std::vector<Piece>> fitting;
    for (auto const input : set) {
      fitting.emplace_back();
      for (auto const& piece : inputs_[input].changes)
        if (!candidate.rule || holds(*candidate.rule, input, piece.sample) == Truth::yes)
          fitting.back().push_back(piece);
    }
    std::vector<std::vector<Piece> const*> lists;
    for (auto const& list : fitting) lists.push_back(&list);
    every_way(lists, [&](std::vector<std::size_t> const& at) {
      auto values = now_;
      for (std::size_t i = 0; i < set.size(); ++i) values[set[i]] = fitting[i][at[i]];
      bool const given = gives(candidate, set, values);
      if (given) sets.push_back(shortfall(set, values, candidate.rule));
      return !given && !exhausted_;
    });
  }
  return sets;
}

void WhyNotSearch::find(WhyNot& found, std::optional<Value> const& answer, std::optional<std::size_t> rule)
{
  answer_ = answer;
  auto const candidates = this->candidates(rule);
  std::vector<Set> minimal;
  std::size_t seen = 0;
  for (std::size_t size = 0; size <= inputs_.size() && !exhausted_; ++size) {
    Set set(size);
    for (std::size_t i = 0; i < size; ++i) set[i] = i;
    do {
      exhausted_ = exhausted_ || ++seen > most_sets;
      auto const contains = [&](Set const& smaller) {
        return std::includes(set.begin(), set.end(), smaller.begin(), smaller.end());
      };
      if (exhausted_ || std::any_of(minimal.begin(), minimal.end(), contains)) continue;
      auto sets = sets_for(set, candidates);
      if (!sets.empty()) minimal.push_back(set);
      for (auto& each : sets) found.sets.push_back(std::move(each));
    } while (next_set(set, inputs_.size()) && !exhausted_);
  }
  found.truncated = exhausted_ || !exact_;
  std::vector<std::string> facts;
  for (auto const& input : inputs_) {
    found.truncated = found.truncated || !input.exact;
    found.certain =
        found.certain && !input.fact.empty() &&
        std::none_of(facts.begin(), facts.end(), [&](auto const& fact) { return touches(fact, input.fact); });
    facts.push_back(input.fact);
  }
  found.given = !found.sets.empty() && found.sets.front().conditions.empty();
  if (found.given) found.sets.clear();
}

/// The table of a decision in force, or nothing.
DecisionTable const* table_of(OpenRun const& run, std::size_t node)
{
  auto const* text = run.text(node);
  return text == nullptr ? nullptr : text->body.table.get();
}

}  // namespace
}  // namespace tutela::detail

namespace tutela::inline v0 {

WhyNot Pack::why_not(std::string_view decision, Value const& answer, Record const& record, std::optional<Date> on,
                     DecideOptions const& options) const
{
  WhyNot found;
  found.answer = answer;
  auto const verdict = decide(decision, record, on, options);
  found.given = verdict.outcome == Outcome::known && verdict.value == answer;
  if (found.given) return found;
  found.truncated = true;
  auto const place = detail::place_of(*impl_, decision);
  if (!place) return found;
  detail::CaseFacts facts(*impl_->model, record, on, options.known_on);
  detail::OpenRun run(*impl_, *place, facts, on, options);
  auto const node = impl_->nodes[*place];
  (void)run.value(node);
  if (detail::table_of(run, node) == nullptr) return found;
  detail::WhyNotSearch(*impl_, node, run, *run.text(node)).find(found, answer, std::nullopt);
  return found;
}

WhyNot Pack::why_not_rule(std::string_view decision, std::size_t rule, Record const& record, std::optional<Date> on,
                          DecideOptions const& options) const
{
  auto const place = detail::place_of(*impl_, decision);
  if (!place) throw ContractViolation("the pack has no such decision");
  detail::CaseFacts facts(*impl_->model, record, on, options.known_on);
  detail::OpenRun run(*impl_, *place, facts, on, options);
  auto const node = impl_->nodes[*place];
  (void)run.value(node);
  auto const* table = detail::table_of(run, node);
  if (table == nullptr || rule == 0 || rule > table->rules.size())
    throw ContractViolation("the decision's table has no such rule");
  detail::WhyNotSearch search(*impl_, node, run, *run.text(node));
  WhyNot found;
  found.answer = search.output(rule - 1);
  search.find(found, std::nullopt, rule - 1);
  return found;
}

}  // namespace tutela::inline v0
