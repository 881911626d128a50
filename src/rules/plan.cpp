// SPDX-License-Identifier: Apache-2.0
/// \file
/// Running a decision that is compiled down to masks.
#include "rules/plan.hpp"

#include <algorithm>
#include <bit>
#include <map>

#include "feel/partial.hpp"
#include "rules/computed_input.hpp"
#include "rules/model.hpp"

namespace tutela::detail {
namespace {

constexpr std::size_t codes_in_word = 64;

RuleWord bit_of(std::size_t rule) { return RuleWord{1} << rule % rules_in_word; }

/// Calls `function(rule)` for each rule of a word.
template <class Function>
void for_each_rule(RuleWord mask, std::size_t word, Function function)
{
  for (; mask != 0; mask &= mask - 1) function(word * rules_in_word + static_cast<std::size_t>(std::countr_zero(mask)));
}

}  // namespace

std::uint32_t FactLine::place_of(Value const& value) const
{
  if (value.is_none()) return none();
  if (value.is(Kind::uncertain)) return open();
  if (auto const* unknown = value.as_unknown())
    return unknown->domain.kind == Domain::Kind::any && !unknown->domain.approximate && unknown->uncertain.empty()
               ? open()
               : irregular();
  if (auto const* number = value.as_number(); by_steps && number != nullptr && !ComputedInput::is_told_apart(*number))
    return irregular();
  auto const region = cuts.region(value);
  return region ? static_cast<std::uint32_t>(*region) : irregular();
}

bool reads_once(Plan const& plan, std::size_t completions)
{
  if (plan.partial || plan.steps.size() != 1) return false;
  auto const& step = plan.steps.front();
  if (step.table->policy != HitPolicy::first && step.table->policy != HitPolicy::priority) return false;
  std::vector<bool> seen(plan.facts.size(), false);
  for (auto const& column : step.columns) {
    if (seen[column.source]) return false;
    seen[column.source] = true;
    std::size_t tested = 0;
    for (std::size_t word = 0; word < step.words; ++word) {
      RuleWord stay = ~RuleWord{0};
      for (auto at = word; at < column.certain.size(); at += step.words) stay &= column.certain[at];
      tested += static_cast<std::size_t>(std::popcount(step.in_force[word] & ~stay));
    }
    if (tested > 1) return false;
  }
  std::size_t told_apart = 1;
  for (auto const& fact : plan.facts) {
    told_apart *= std::max<std::size_t>(fact.domain.size(), 1);
    if (told_apart > completions) return false;
  }
  return true;
}

void PlanRun::StepState::restart()
{
  open = false;
  blocked = false;
  any_ = false;
}

void PlanRun::StepState::add(AnswerCode added)
{
  if (!any_) {
    any_ = true;
    code = added;
    return;
  }
  if (!open) {
    if (added == code) return;
    open = true;
    std::fill(codes.begin(), codes.end(), 0);
    codes[code / codes_in_word] |= std::uint64_t{1} << code % codes_in_word;
  }
  codes[added / codes_in_word] |= std::uint64_t{1} << added % codes_in_word;
}

PlanRun::PlanRun(Plan const& plan)
    : plan_(plan), classes_(plan.facts.size(), no_class), uncertain_(plan.facts.size(), 0), states_(plan.steps.size())
{
  for (std::size_t i = 0; i < states_.size(); ++i) {
    auto const& step = plan.steps[i];
    for (auto* mask : {&states_[i].certain, &states_[i].possible, &states_[i].live}) mask->assign(step.words, 0);
    states_[i].codes.assign(step.results.size() / codes_in_word + 1, 0);
  }
  for (auto const& fact : plan.facts) class_of_.push_back(fact.class_of.data());
}

/// Adds what a column leaves of the rules: by one class of its fact, or by all that are left.
void PlanRun::narrow(PlanStep::Column const& column, std::size_t words, std::size_t word, RuleWord& certain,
                     RuleWord& possible) const
{
  if (!is_left_open(column.source)) {
    auto const place = classes_[column.source] * words + word;
    certain &= column.certain[place];
    possible &= column.possible[place];
    return;
  }
  RuleWord all = ~RuleWord{0};
  RuleWord some = 0;
  for (auto const each : left_open_[column.source]) {
    all &= column.certain[each * words + word];
    some |= column.possible[each * words + word];
  }
  certain &= all;
  possible &= some;
}

void PlanRun::find_rules(PlanStep const& step, StepState& state, std::size_t word) const
{
  RuleWord certain = step.in_force[word];
  RuleWord possible = certain;
  for (auto const& column : step.columns) {
    if (!column.from_step) {
      narrow(column, step.words, word, certain, possible);
      continue;
    }
    auto const& source = states_[column.source];
    if (!source.open) {
      auto const place = source.code * step.words + word;
      certain &= column.certain[place];
      possible &= column.possible[place];
      continue;
    }
    RuleWord all = ~RuleWord{0};
    RuleWord some = 0;
    for (std::size_t i = 0; i < source.codes.size(); ++i) {
      for (auto left = source.codes[i]; left != 0; left &= left - 1) {
        auto const code = i * codes_in_word + static_cast<std::size_t>(std::countr_zero(left));
        all &= column.certain[code * step.words + word];
        some |= column.possible[code * step.words + word];
      }
    }
    certain &= all;
    possible &= some;
  }
  state.certain[word] = certain;
  state.possible[word] = state.live[word] = possible;
}

/// FIRST: possible rules in order, up to the first certain one.
void PlanRun::first(PlanStep const& step, StepState& state) const
{
  for (std::size_t word = 0; word < step.words; ++word) {
    find_rules(step, state, word);
    auto possible = state.possible[word];
    for (; possible != 0; possible &= possible - 1) {
      auto const place = static_cast<std::size_t>(std::countr_zero(possible));
      state.add(step.code_of_rule[word * rules_in_word + place]);
      if ((state.certain[word] >> place & 1U) == 0) continue;
      // What comes after the first certain rule can never matter.
      state.live[word] &= (RuleWord{2} << place) - 1;
      std::fill(state.live.begin() + static_cast<std::ptrdiff_t>(word) + 1, state.live.end(), 0);
      return;
    }
  }
  state.add(step.fallback_code);
}

/// UNIQUE, ANY and PRIORITY.
void PlanRun::others(PlanStep const& step, StepState& state) const
{
  std::size_t certain = 0;
  std::size_t possible = 0;
  std::optional<std::size_t> settled;  // the certain rule that is kept
  bool contradiction = false;          // certain rules that must not apply together
  auto const policy = step.table->policy;
  auto const before = [&](std::size_t lhs, std::size_t rhs) { return step.ranks[lhs] < step.ranks[rhs]; };
  for (std::size_t word = 0; word < step.words; ++word) {
    find_rules(step, state, word);
    possible += static_cast<std::size_t>(std::popcount(state.possible[word]));
    for_each_rule(state.certain[word], word, [&](std::size_t rule) {
      ++certain;
      if (!settled) {
        settled = rule;
      } else if (policy == HitPolicy::priority) {
        if (before(rule, *settled)) settled = rule;
      } else {
        contradiction =
            contradiction || policy == HitPolicy::unique || step.code_of_rule[rule] != step.code_of_rule[*settled];
      }
    });
  }
  if (contradiction) return state.add(step.error());
  if (settled) state.add(step.code_of_rule[*settled]);
  if (possible == certain) {
    if (!settled) state.add(step.fallback_code);
    return;
  }
  std::optional<AnswerCode> other;  // an output of a rule that only may apply
  bool differ = false;
  for (std::size_t word = 0; word < step.words; ++word) {
    for_each_rule(state.possible[word] & ~state.certain[word], word, [&](std::size_t rule) {
      auto const code = step.code_of_rule[rule];
      differ = differ || (other && *other != code);
      other = code;
      switch (policy) {
        case HitPolicy::priority: {
          bool const wins =
              !settled || before(rule, *settled) || (step.ranks[rule] == step.ranks[*settled] && rule < *settled);
          if (wins)
            state.add(code);
          else
            state.live[word] &= ~bit_of(rule);
          break;
        }
        case HitPolicy::unique: state.add(settled ? step.error() : code); break;
        default:
          if (!settled)
            state.add(code);
          else if (code != step.code_of_rule[*settled])
            state.add(step.error());
      }
    });
  }
  if (settled) return;
  state.add(step.fallback_code);
  bool const clash = policy == HitPolicy::unique ? possible > 1 : policy == HitPolicy::any && differ;
  if (clash) state.add(step.error());
}

PlanRun::State PlanRun::evaluate()
{
  for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
    auto const& step = plan_.steps[i];
    auto& state = states_[i];
    state.restart();
    for (auto const& column : step.columns) {
      if (!column.from_step) continue;
      auto const& source = states_[column.source];
      auto const error = plan_.steps[column.source].error();
      if (!source.open && !source.blocked && source.code == error) return State::impossible;
      state.blocked = state.blocked || source.blocked ||
                      (source.open && (source.codes[error / codes_in_word] >> error % codes_in_word & 1U) != 0);
    }
    if (state.blocked) continue;
    if (step.table->policy == HitPolicy::first)
      first(step, state);
    else
      others(step, state);
  }
  auto const& last = states_.back();
  return last.open || last.blocked ? State::open : State::definite;
}

bool PlanRun::is_relevant(std::size_t fact) const
{
  for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
    auto const& step = plan_.steps[i];
    for (auto const& column : step.columns) {
      if (column.from_step || column.source != fact) continue;
      if (states_[i].blocked) return true;
      for (std::size_t word = 0; word < step.words; ++word) {
        auto certain = ~RuleWord{0};
        auto possible = ~RuleWord{0};
        narrow(column, step.words, word, certain, possible);
        if ((states_[i].live[word] & (certain ^ possible)) != 0) return true;
      }
    }
  }
  return false;
}

std::optional<std::size_t> PlanRun::next_fact() const
{
  for (std::size_t fact = 0; fact < classes_.size(); ++fact)
    if (classes_[fact] == plan_.facts[fact].open_class && is_relevant(fact)) return fact;
  return std::nullopt;
}

void PlanRun::explore()
{
  auto const state = evaluate();
  if (state == State::definite) {
    auto const code = states_.back().code;
    stop_ = found_ && code != single_;
    if (!found_) single_ = code;
    found_ = true;
    return;
  }
  auto const fact = state == State::open && budget_ > 0 ? next_fact() : std::nullopt;
  if (!fact) {
    impossible_ = stop_ = true;
    return;
  }
  --budget_;
  for (auto const each : domain(*fact)) {
    classes_[*fact] = each;
    explore();
    if (stop_) break;
  }
  classes_[*fact] = plan_.facts[*fact].open_class;
}

PlanRun::Settled PlanRun::settle(std::size_t most)
{
  found_ = stop_ = impossible_ = false;
  budget_ = most;
  explore();
  if (impossible_) return Settled::impossible;
  return stop_ ? Settled::no : Settled::yes;
}

/// Builds the reduced decision diagram over the open facts: equal parts are one part, a fact that divides nothing is left
/// out.
class PlanExplorer {
 public:
  PlanExplorer(PlanRun& run, std::size_t most) : run_(run), budget_(most) {}

  std::optional<PlanRun::Completions> explore()
  {
    auto const root = build();
    if (failed_) return std::nullopt;
    PlanRun::Completions found;
    nodes_.resize(root + 1);  // what comes after it is not part of it
    std::vector<bool> seen(nodes_.size(), false);
    std::vector<std::size_t> open{root};
    while (!open.empty()) {
      auto const id = open.back();
      open.pop_back();
      if (seen[id]) continue;
      seen[id] = true;
      auto const& node = nodes_[id];
      if (node.children.empty()) {
        found.possible.push_back(node.code);
        continue;
      }
      found.facts.push_back(node.fact);
      open.insert(open.end(), node.children.rbegin(), node.children.rend());
    }
    std::sort(found.facts.begin(), found.facts.end());
    found.facts.erase(std::unique(found.facts.begin(), found.facts.end()), found.facts.end());
    found.nodes = std::move(nodes_);
    return found;
  }

 private:
  using Node = PlanRun::Completions::Node;

  std::size_t node(Node made)
  {
    auto key = made.children;
    key.push_back(made.children.empty() ? made.code : made.fact);
    auto const [found, fresh] = known_.emplace(std::move(key), nodes_.size());
    if (fresh) nodes_.push_back(std::move(made));
    return found->second;
  }

  std::size_t build()
  {
    auto const state = run_.evaluate();
    if (state == PlanRun::State::definite) return node({run_.states_.back().code, 0, {}});
    auto const fact = state == PlanRun::State::open && budget_ > 0 ? run_.next_fact() : std::nullopt;
    failed_ = failed_ || !fact;
    if (failed_) return 0;
    --budget_;
    auto const& domain = run_.domain(*fact);
    std::vector<std::size_t> children;
    for (auto const each : domain) {
      run_.classes_[*fact] = each;
      children.push_back(build());
      if (failed_) break;
    }
    run_.classes_[*fact] = run_.plan_.facts[*fact].open_class;
    if (failed_) return 0;
    bool const same = std::all_of(children.begin(), children.end(), [&](auto id) { return id == children.front(); });
    return same ? children.front() : node({0, *fact, std::move(children)});
  }

  PlanRun& run_;
  std::size_t budget_;
  bool failed_ = false;
  std::vector<Node> nodes_;
  std::map<std::vector<std::size_t>, std::size_t> known_;
};

std::optional<PlanRun::Completions> PlanRun::complete(std::size_t most) { return PlanExplorer(*this, most).explore(); }

void PlanRun::trace_step(PlanStep const& step, StepState const& state, std::vector<TraceRow>& rows) const
{
  auto const row = [&](std::size_t rule, Truth applies, Value const& output) {
    rows.push_back({step.node, step.table, rule, applies, output});
  };
  bool certain = false;
  bool possible = false;
  for (std::size_t word = 0; word < step.words; ++word) {
    // A table with hit policy FIRST is left at the first certain rule.
    auto const mask = step.table->policy == HitPolicy::first ? state.live[word] : state.possible[word];
    for_each_rule(mask, word, [&](std::size_t rule) {
      bool const applies = (state.certain[word] & bit_of(rule)) != 0;
      certain = certain || applies;
      possible = true;
      row(rule, applies ? Truth::yes : Truth::unknown, step.outputs[rule]);
    });
  }
  if (!certain) row(step.table->rules.size(), possible ? Truth::unknown : Truth::yes, step.fallback);
}

std::optional<std::vector<TraceRow>> PlanRun::trace()
{
  if (evaluate() == State::impossible) return std::nullopt;
  std::vector<TraceRow> rows;
  for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
    if (states_[i].blocked) return std::nullopt;
    trace_step(plan_.steps[i], states_[i], rows);
  }
  return rows;
}

}  // namespace tutela::detail
