// SPDX-License-Identifier: Apache-2.0
/// \file
/// Why not: every minimal set of conditions in the way of an answer.
///
/// Other values are tried for the inputs of the table, one for each case that its cells tell apart, and the table itself
/// is evaluated with them. Sets of inputs are tried by size, so every set found is minimal.
#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string_view>
#include <utility>

#include "rules/constants.hpp"
#include "rules/possibilities.hpp"
#include "rules/prove.hpp"

namespace tutela::detail {
namespace {

// Sets of inputs that are looked at, so that a very wide table ends in time: all of them up to 17 inputs.
constexpr std::size_t most_sets = std::size_t{1} << 17U;

using Columns = std::vector<std::size_t>;

/// The values that stand for everything the cells of one input tell apart.
struct Choices {
  std::vector<Value> values;
  bool exact = true;  ///< False when a cell is more than a comparison with constants.
};

/// True for cells that only compare with constants: their words are known, and they read nothing else.
bool compares_constants(std::string_view text, UnaryTests const& tests)
{
  if (!tests.paths().empty() || tests.reads_today()) return false;
  constexpr std::array<std::string_view, 8> known{"not", "null", "true", "false", "date", "duration", "time", "and"};
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '"') {
      for (++i; i < text.size() && text[i] != '"'; ++i)
        if (text[i] == '\\') ++i;
      ++i;
      continue;
    }
    auto end = i;
    while (end < text.size() && (std::isalpha(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_')) ++end;
    auto const word = text.substr(i, end - i);
    if (text[i] == '?' || (!word.empty() && std::find(known.begin(), known.end(), word) == known.end())) return false;
    i = std::max(end, i + 1);
  }
  return true;
}

/// Adds each number, and one below, above and between them.
void add_numbers(std::vector<Value> const& constants, std::vector<Value>& values)
{
  std::vector<Decimal> cuts;
  for (auto const& constant : constants)
    if (auto const* number = constant.as_number()) cuts.push_back(*number);
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  if (cuts.empty()) return values.push_back(Value(Decimal(0)));
  values.push_back(Value(cuts.front() - Decimal(1)));
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    values.push_back(Value(cuts[i]));
    bool const last = i + 1 == cuts.size();
    values.push_back(Value(last ? cuts[i] + Decimal(1) : (cuts[i] + cuts[i + 1]) / Decimal(2)));
  }
}

/// Adds each date with the days around it.
void add_dates(std::vector<Value> const& constants, std::vector<Value>& values)
{
  std::set<std::int64_t> days;
  for (auto const& constant : constants)
    if (auto const* date = constant.as_date())
      for (int const away : {-1, 0, 1}) days.insert(to_days(*date) + away);
  for (auto const day : days)
    if (auto const date = from_days(day)) values.emplace_back(*date);
}

/// Adds each duration with one above and one below.
void add_durations(std::vector<Value> const& constants, std::vector<Value>& values)
{
  for (auto const& constant : constants) {
    for (int const away : {-1, 0, 1}) {
      if (auto const* months = constant.as_months_duration())
        values.emplace_back(MonthsDuration{months->months + away});
      if (auto const* exact = constant.as_days_duration())
        values.emplace_back(DaysDuration{exact->seconds + away, exact->nanoseconds});
    }
  }
}

/// A text that is none of the constants.
Value other_text(std::vector<Value> const& constants)
{
  std::string text = "other";
  while (std::find(constants.begin(), constants.end(), Value(text)) != constants.end()) text += '_';
  return Value(std::move(text));
}

class WhyNotSearch {
 public:
  WhyNotSearch(PackImpl const& pack, std::size_t node, OpenRun& run, NodeText const& text);

  /// \param rule Index of the only rule that may give the answer; nothing for any.
  void find(WhyNot& found, std::optional<Value> const& answer, std::optional<std::size_t> rule);

  /// What a rule answers.
  Value output(std::size_t rule);

 private:
  /// A rule that would give the answer, and the inputs that do not fit it for certain as they are; ascending.
  struct Candidate {
    std::size_t rule = 0;
    Columns misfits;
  };

  Choices choices_of(std::size_t column);
  bool holds(std::size_t rule, std::size_t column, Value const& value);
  bool in_force(std::size_t rule) const;
  bool one_output() const;
  std::optional<std::size_t> giver(std::vector<Value> const& values, std::optional<Value> const& answer,
                                   std::optional<std::size_t> rule);
  std::vector<Candidate> candidates(std::optional<Value> const& answer, std::optional<std::size_t> rule);
  std::vector<Shortfall> sets_for(Columns const& columns, std::vector<Candidate> const& candidates,
                                  std::optional<Value> const& answer, std::optional<std::size_t> rule);
  void try_values(Columns const& columns, std::vector<std::vector<Value>> const& choices,
                  std::optional<Value> const& answer, std::optional<std::size_t> rule, std::vector<Shortfall>& sets);
  Shortfall shortfall(Columns const& columns, std::vector<Value> const& values, std::size_t rule);

  PackImpl const& pack_;
  std::size_t node_;
  OpenRun& run_;
  NodeText const& text_;
  DecisionTable const& table_;
  DecisionTable probe_;  ///< The table with inputs that are read from the end of the frame.
  std::vector<Value> frame_;
  std::vector<Value> now_;  ///< What the inputs are now.
  std::vector<Choices> choices_;
  std::size_t evaluations_ = 0;
  bool exhausted_ = false;
};

WhyNotSearch::WhyNotSearch(PackImpl const& pack, std::size_t node, OpenRun& run, NodeText const& text)
    : pack_(pack),
      node_(node),
      run_(run),
      text_(text),
      table_(*text.body.table),
      probe_(table_),
      frame_(run.frame(text))
{
  Names names;
  for (std::size_t i = 0; i < frame_.size(); ++i) names.add("requirement" + std::to_string(i));
  for (std::size_t i = 0; i < table_.inputs.size(); ++i) {
    auto const name = "input" + std::to_string(i);
    names.add(name);
    auto const& column = table_.inputs[i].expression;
    now_.push_back(column ? input_value(table_.inputs[i], frame_, run_.evaluation) : Value(Fault{"not compiled", {}}));
    probe_.inputs[i].converts = false;
    probe_.inputs[i].expression = parse_expression(name, names).value();
  }
  for (std::size_t i = 0; i < table_.inputs.size(); ++i) choices_.push_back(choices_of(i));
}

Choices WhyNotSearch::choices_of(std::size_t column)
{
  Choices choices;
  std::vector<Value> constants;
  bool null_tested = false;
  for (auto const& rule : table_.rules) {
    if (!rule.tests[column] || rule.tests[column]->passes_all()) continue;
    auto const& text = rule.test_texts[column];
    choices.exact = choices.exact && compares_constants(text, *rule.tests[column]);
    null_tested = null_tested || text.find("null") != std::string::npos;
    for (auto& constant : constants_of(text)) constants.push_back(std::move(constant));
  }
  auto const& input = table_.inputs[column];
  auto const type = input.expression ? input.expression->type() : Type();
  auto const has = [&](Kind kind) {
    return std::any_of(constants.begin(), constants.end(), [&](Value const& value) { return value.is(kind); });
  };
  auto& values = choices.values;
  if (type.is(Type::Kind::boolean) || type.is(Type::Kind::any)) values = {Value(true), Value(false)};
  if (type.is(Type::Kind::number) || has(Kind::number)) add_numbers(constants, values);
  if (type.is(Type::Kind::date) || has(Kind::date)) add_dates(constants, values);
  add_durations(constants, values);
  if (type.is(Type::Kind::string) || (type.is(Type::Kind::any) && has(Kind::string))) {
    for (auto const& constant : constants)
      if (constant.is(Kind::string)) values.push_back(constant);
    values.push_back(other_text(constants));
  }
  // What one fact may be is declared; what an expression may come to is not.
  auto const* declaration = pack_.schema.find(fact_name(input.text));
  if (declaration != nullptr) {
    values.insert(values.end(), declaration->allowed.begin(), declaration->allowed.end());
    for (auto const* end : {&declaration->range.low, &declaration->range.high})
      if (!end->is_none()) values.push_back(*end);
    auto const wrong = [&](Value const& value) { return check(*declaration, value).has_value(); };
    values.erase(std::remove_if(values.begin(), values.end(), wrong), values.end());
  }
  if (null_tested || (declaration != nullptr && declaration->optional)) values.emplace_back();
  std::vector<Value> unique;
  for (auto const& value : values)
    if (std::find(unique.begin(), unique.end(), value) == unique.end()) unique.push_back(value);
  values = std::move(unique);
  return choices;
}

bool WhyNotSearch::in_force(std::size_t rule) const
{
  return !run_.context.law_on || table_.rules[rule].note.law.contains(*run_.context.law_on);
}

bool WhyNotSearch::one_output() const
{
  return table_.policy == HitPolicy::unique || table_.policy == HitPolicy::any || table_.policy == HitPolicy::first ||
         table_.policy == HitPolicy::priority;
}

bool WhyNotSearch::holds(std::size_t rule, std::size_t column, Value const& value)
{
  auto const& test = table_.rules[rule].tests[column];
  if (!test) return false;
  return test->passes_all() || truth_of(test->test(value, frame_, run_.evaluation)) == Truth::yes;
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

/// The rule that gives the answer for these inputs (the number of rules for the default output), or nothing.
std::optional<std::size_t> WhyNotSearch::giver(std::vector<Value> const& values, std::optional<Value> const& answer,
                                               std::optional<std::size_t> rule)
{
  if (++evaluations_ > run_.evaluation.limits.completions) {
    exhausted_ = true;
    return std::nullopt;
  }
  auto frame = frame_;
  frame.insert(frame.end(), values.begin(), values.end());
  auto context = run_.context;
  context.node = node_;
  context.notes = std::make_shared<RunNotes>();
  context.notes->tracing = true;
  auto value = evaluate_table(probe_, frame, run_.evaluation, context);
  value = fit(std::move(value), text_.type, run_.evaluation, text_.place);
  if (!is_definite(value) || (answer && !(value == *answer))) return std::nullopt;
  std::optional<std::size_t> given;
  for (auto const& row : context.notes->trace) {
    if (row.applies != Truth::yes || (rule && row.rule != *rule)) continue;
    if (given || (one_output() && !(fit(row.output, text_.type, run_.evaluation, text_.place) == value))) continue;
    given = row.rule;
  }
  return given;
}

Shortfall WhyNotSearch::shortfall(Columns const& columns, std::vector<Value> const& values, std::size_t rule)
{
  Shortfall found;
  bool const fallback = rule == table_.rules.size();
  found.rule = fallback ? 0 : rule + 1;
  for (auto const column : columns) {
    UnaryTests const* test = nullptr;
    auto wanted = to_string(values[column]);
    if (!fallback && table_.rules[rule].tests[column] && !table_.rules[rule].tests[column]->passes_all()) {
      test = &*table_.rules[rule].tests[column];
      wanted = table_.rules[rule].test_texts[column];
    }
    auto condition = condition_of(pack_, text_, table_, column, std::move(wanted), test);
    auto const result = test != nullptr ? test->test(now_[column], frame_, run_.evaluation) : Value(false);
    condition.holds = truth_of(result);
    found.conditions.push_back(std::move(condition));
  }
  return found;
}

/// Tries every combination of values; remembers the first that each rule gives the answer with.
void WhyNotSearch::try_values(Columns const& columns, std::vector<std::vector<Value>> const& choices,
                              std::optional<Value> const& answer, std::optional<std::size_t> rule,
                              std::vector<Shortfall>& sets)
{
  std::vector<std::size_t> at(columns.size(), 0);
  for (auto const& list : choices)
    if (list.empty()) return;
  for (bool more = true; more && !exhausted_;) {
    auto values = now_;
    for (std::size_t i = 0; i < columns.size(); ++i) values[columns[i]] = choices[i][at[i]];
    if (auto const given = giver(values, answer, rule)) {
      auto const number = *given == table_.rules.size() ? 0 : *given + 1;
      auto const same = [&](Shortfall const& set) { return set.rule == number; };
      if (std::none_of(sets.begin(), sets.end(), same)) sets.push_back(shortfall(columns, values, *given));
      if (rule) return;
    }
    std::size_t i = 0;
    while (i < at.size() && ++at[i] == choices[i].size()) at[i++] = 0;
    more = i < at.size();
  }
}

/// The rules that may give the answer, each with the inputs that do not fit it as they are.
std::vector<WhyNotSearch::Candidate> WhyNotSearch::candidates(std::optional<Value> const& answer,
                                                              std::optional<std::size_t> rule)
{
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < table_.rules.size(); ++i) {
    if ((rule && *rule != i) || !in_force(i)) continue;
    if (answer && !(fit(output(i), text_.type, run_.evaluation, text_.place) == *answer)) continue;
    Candidate candidate{i, {}};
    for (std::size_t column = 0; column < now_.size(); ++column)
      if (!holds(i, column, now_[column])) candidate.misfits.push_back(column);
    candidates.push_back(std::move(candidate));
  }
  return candidates;
}

/// The sets of exactly these inputs, one for each rule that then gives the answer.
std::vector<Shortfall> WhyNotSearch::sets_for(Columns const& columns, std::vector<Candidate> const& candidates,
                                              std::optional<Value> const& answer, std::optional<std::size_t> rule)
{
  std::vector<Shortfall> sets;
  std::vector<std::vector<Value>> choices;
  for (auto const& candidate : candidates) {
    // What is not in the set must fit the rule as it is, and what is in it must fit by its new value.
    auto const& misfits = candidate.misfits;
    if (!std::includes(columns.begin(), columns.end(), misfits.begin(), misfits.end())) continue;
    choices.clear();
    for (auto const column : columns) {
      choices.emplace_back();
      for (auto const& value : choices_[column].values)
        if (holds(candidate.rule, column, value)) choices.back().push_back(value);
    }
    try_values(columns, choices, answer, candidate.rule, sets);
  }
  if (rule) return sets;
  bool const fallback = std::any_of(table_.outputs.begin(), table_.outputs.end(),
                                    [](DecisionTable::Output const& output) { return output.fallback.has_value(); });
  bool const by_default = one_output() && (fallback || answer->is_none());
  if (one_output() && !by_default) return sets;
  choices.clear();
  for (auto const column : columns) choices.push_back(choices_[column].values);
  try_values(columns, choices, answer, by_default ? std::optional(table_.rules.size()) : std::nullopt, sets);
  return sets;
}

void WhyNotSearch::find(WhyNot& found, std::optional<Value> const& answer, std::optional<std::size_t> rule)
{
  // Where rules work together (COLLECT and the like) no single one gives the answer.
  auto const candidates = rule || one_output() ? this->candidates(answer, rule) : std::vector<Candidate>();
  std::vector<Columns> minimal;
  auto const width = table_.inputs.size();
  std::size_t seen = 0;
  for (std::size_t size = 0; size <= width && !exhausted_; ++size) {
    Columns columns(size);
    for (std::size_t i = 0; i < size; ++i) columns[i] = i;
    for (bool more = true; more && !exhausted_;) {
      exhausted_ = ++seen > most_sets;
      auto const contains = [&](Columns const& smaller) {
        return std::includes(columns.begin(), columns.end(), smaller.begin(), smaller.end());
      };
      if (std::none_of(minimal.begin(), minimal.end(), contains)) {
        auto sets = sets_for(columns, candidates, answer, rule);
        if (!sets.empty()) minimal.push_back(columns);
        for (auto& set : sets) found.sets.push_back(std::move(set));
      }
      // The next combination of `size` out of `width`.
      std::size_t i = size;
      while (i > 0 && columns[i - 1] == width - size + i - 1) --i;
      more = i > 0;
      if (more) ++columns[i - 1];
      for (; more && i < size; ++i) columns[i] = columns[i - 1] + 1;
    }
  }
  found.truncated = exhausted_ || std::any_of(choices_.begin(), choices_.end(),
                                              [](Choices const& choices) { return !choices.exact; });
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
