// SPDX-License-Identifier: Apache-2.0
/// \file
/// Why not: every minimal set of conditions in the way of an answer.
///
/// Other values are tried for the inputs of the table, one for each case that its cells tell apart, and the table itself
/// is evaluated with them. Sets of inputs are tried by size, so every set found is minimal.
#include <algorithm>
#include <utility>

#include "rules/open_run.hpp"
#include "rules/possibilities.hpp"
#include "rules/table_trial.hpp"
#include "rules/written.hpp"

namespace tutela::detail {
namespace {

// Sets of inputs that are looked at, so that a very wide table ends in time: all of them up to 17 inputs.
constexpr std::size_t most_sets = std::size_t{1} << 17U;

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

class WhyNotSearch {
 public:
  WhyNotSearch(PackImpl const& pack, std::size_t node, OpenRun& run, NodeText const& text)
      : pack_(pack), text_(text), trial_(pack, node, run, text)
  {
  }

  /// \param rule Index of the only rule that may give the answer; nothing for any.
  void find(WhyNot& found, std::optional<Value> const& answer, std::optional<std::size_t> rule);

  /// What a rule answers.
  [[nodiscard]] Value const& output(std::size_t rule) const { return trial_.output(rule); }

 private:
  [[nodiscard]] bool ended() const { return too_many_ || trial_.exhausted(); }
  std::vector<RuleCandidate> candidates(std::optional<std::size_t> rule);
  std::vector<Shortfall> sets_for(Set const& set, std::vector<RuleCandidate> const& candidates);
  ProofCondition condition(std::size_t column, std::string test, UnaryTests const* compiled, Truth holds) const;
  Shortfall shortfall(Set const& set, Pieces const& values, std::optional<std::size_t> rule);

  PackImpl const& pack_;
  NodeText const& text_;
  TableTrial trial_;
  std::optional<Value> answer_;
  bool too_many_ = false;
};

/// The rules that may give the answer, and last what no single one gives.
std::vector<RuleCandidate> WhyNotSearch::candidates(std::optional<std::size_t> rule)
{
  std::vector<RuleCandidate> candidates;
  for (std::size_t i = 0; i < trial_.table().rules.size(); ++i) {
    if ((rule ? *rule != i : !trial_.one_output()) || !trial_.in_force(i)) continue;
    if (answer_ && !(trial_.output(i) == *answer_)) continue;
    RuleCandidate candidate{i, {}};
    for (std::size_t input = 0; input < trial_.inputs().size(); ++input) {
      auto const fits = [&](Piece const& piece) { return trial_.holds(i, input, piece.sample) == Truth::yes; };
      auto const& open = trial_.inputs()[input].open;
      // Constraints may leave only what fits.
      bool const may_stay = trial_.inputs()[input].constrained ? std::any_of(open.begin(), open.end(), fits)
                                                               : std::all_of(open.begin(), open.end(), fits);
      if (!may_stay) candidate.misfits.push_back(input);
    }
    candidates.push_back(std::move(candidate));
  }
  bool const fallback = std::any_of(trial_.table().outputs.begin(), trial_.table().outputs.end(),
                                    [](DecisionTable::Output const& output) { return output.fallback.has_value(); });
  if (!rule && (!trial_.one_output() || fallback || answer_->is_none())) candidates.push_back({});
  return candidates;
}

ProofCondition WhyNotSearch::condition(std::size_t column, std::string test, UnaryTests const* compiled,
                                       Truth holds) const
{
  auto written = condition_of(pack_, text_, trial_.table(), column, std::move(test), compiled);
  return {std::make_shared<WrittenCondition const>(std::move(written)), holds, {}};
}

Shortfall WhyNotSearch::shortfall(Set const& set, Pieces const& values, std::optional<std::size_t> rule)
{
  Shortfall found;
  found.rule = rule ? *rule + 1 : 0;
  for (auto const input : set) {
    auto const before = found.conditions.size();
    for (auto const column : trial_.inputs()[input].columns) {
      auto const* test =
          rule && trial_.table().rules[*rule].tests[column] ? &*trial_.table().rules[*rule].tests[column] : nullptr;
      if (test == nullptr || test->passes_all()) continue;
      auto const holds = trial_.holds_now(*rule, column);
      if (holds == Truth::yes) continue;
      found.conditions.push_back(condition(column, trial_.table().rules[*rule].test_texts[column], test, holds));
    }
    if (found.conditions.size() > before) continue;
    auto const column = trial_.inputs()[input].columns.front();
    auto const holds = is_definite(trial_.inputs()[input].now) ? Truth::no : Truth::unknown;
    found.conditions.push_back(condition(column, to_string(values[input].sample), nullptr, holds));
  }
  return found;
}

/// The sets of exactly these inputs, one for each candidate that then gives the answer.
std::vector<Shortfall> WhyNotSearch::sets_for(Set const& set, std::vector<RuleCandidate> const& candidates)
{
  std::vector<Shortfall> sets;
  for (auto const& candidate : candidates) {
    // What is not in the set must fit the rule as it is, and what is in it must fit by its new value.
    auto const& misfits = candidate.misfits;
    if (!std::includes(set.begin(), set.end(), misfits.begin(), misfits.end())) continue;
    std::vector<std::vector<Piece>> fitting;
    for (auto const input : set) {
      fitting.emplace_back();
      for (auto const& piece : trial_.inputs()[input].changes)
        if (!candidate.rule || trial_.holds(*candidate.rule, input, piece.sample) == Truth::yes)
          fitting.back().push_back(piece);
    }
    std::vector<std::vector<Piece> const*> lists;
    for (auto const& list : fitting) lists.push_back(&list);
    every_way(lists, [&](std::vector<std::size_t> const& at) {
      auto values = trial_.now();
      for (std::size_t i = 0; i < set.size(); ++i) values[set[i]] = fitting[i][at[i]];
      bool const given = trial_.gives(candidate, set, values);
      if (given) sets.push_back(shortfall(set, values, candidate.rule));
      return !given && !ended();
    });
  }
  return sets;
}

void WhyNotSearch::find(WhyNot& found, std::optional<Value> const& answer, std::optional<std::size_t> rule)
{
  answer_ = answer;
  trial_.ask_for(answer);
  auto const candidates = this->candidates(rule);
  std::vector<Set> minimal;
  std::size_t seen = 0;
  for (std::size_t size = 0; size <= trial_.inputs().size() && !ended(); ++size) {
    Set set(size);
    for (std::size_t i = 0; i < size; ++i) set[i] = i;
    do {
      too_many_ = ++seen > most_sets;
      auto const contains = [&](Set const& smaller) {
        return std::includes(set.begin(), set.end(), smaller.begin(), smaller.end());
      };
      if (ended() || std::any_of(minimal.begin(), minimal.end(), contains)) continue;
      auto sets = sets_for(set, candidates);
      if (!sets.empty()) minimal.push_back(set);
      for (auto& each : sets) found.sets.push_back(std::move(each));
    } while (next_set(set, trial_.inputs().size()) && !ended());
  }
  found.truncated = ended() || !trial_.exact();
  std::vector<std::string> facts;
  for (auto const& input : trial_.inputs()) {
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
  auto const place = impl_->place_of(decision);
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
  auto const place = impl_->place_of(decision);
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
