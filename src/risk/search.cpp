// SPDX-License-Identifier: Apache-2.0
#include "risk/search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tutela::detail {

namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();
}

Search::Search(InstrumentProgram const& program, std::vector<FactState> facts, std::vector<std::uint32_t> forbidden,
               std::uint64_t steps)
    : program_(program),
      facts_(std::move(facts)),
      forbidden_(std::move(forbidden)),
      steps_left_(steps),
      root_(program.steps.size()),
      values_(program.steps.size()),
      point_(program.steps.size())
{
  for (auto const step : forbidden_) forbidding_ |= program_.steps[step].facts;
  for (std::size_t k = 0; k < facts_.size(); ++k) {
    if (facts_[k].is_open()) open_ |= std::uint64_t{1} << k;
    values_[k] = values_of(k, facts_[k].first, facts_[k].last);
    point_[k] = values_[k].low;
  }
  evaluate(program_, std::span<Interval>(values_));
  evaluate(program_, std::span<double>(point_));
  shave();
  root_ = values_;
}

Interval Search::values_of(std::size_t fact, std::int64_t first, std::int64_t last) const
{
  auto const& domain = program_.domains[fact];
  return {domain.value(facts_[fact].count(first)), domain.value(facts_[fact].count(last))};
}

void Search::shave()
{
  // Ends of a range that are forbidden whatever the other facts are; halves first, then smaller pieces.
  if ((open_ & forbidding_) == 0) return;
  find_active(std::nullopt);
  auto const is_forbidden = [&](std::size_t fact, std::int64_t first, std::int64_t last) {
    values_[fact] = values_of(fact, first, last);
    if (steps_left_ > 0) --steps_left_;
    evaluate(program_, active_, std::span<Interval>(values_));
    bool const forbidden =
        std::any_of(forbidden_.begin(), forbidden_.end(), [&](std::uint32_t step) { return values_[step].low == 1; });
    values_[fact] = values_of(fact, facts_[fact].first, facts_[fact].last);
    return forbidden;
  };
  for (std::size_t k = 0; k < facts_.size(); ++k) {
    auto& fact = facts_[k];
    if (((open_ & forbidding_) >> k & 1U) == 0) continue;
    for (auto piece = (fact.last - fact.first + 1) / 2; piece > 0; piece /= 2) {
      if (piece <= fact.last - fact.first && is_forbidden(k, fact.first, fact.first + piece - 1)) fact.first += piece;
      if (piece <= fact.last - fact.first && is_forbidden(k, fact.last - piece + 1, fact.last)) fact.last -= piece;
    }
    values_[k] = values_of(k, fact.first, fact.last);
  }
  evaluate(program_, std::span<Interval>(values_));
}

void Search::find_active(std::optional<std::uint32_t> step)
{
  std::vector<char> needed(program_.steps.size());
  if (step) needed[*step] = 1;
  for (auto const forbidden : forbidden_) needed[forbidden] = 1;
  active_.clear();
  for (auto k = static_cast<std::uint32_t>(program_.steps.size()); k-- > program_.domains.size();) {
    auto const& one = program_.steps[k];
    if (needed[k] == 0 || (one.facts & open_) == 0) continue;
    active_.push_back(k);
    for (auto const argument : one.arguments) needed[argument] = 1;
    for (auto const& row : one.rows) {
      for (auto const& condition : row.when) needed[condition.step] = 1;
      needed[row.value] = 1;
    }
  }
  std::reverse(active_.begin(), active_.end());
}

std::optional<Interval> Search::bounds(std::uint32_t step)
{
  find_shared(step);
  Goal lowest{step, 1, {}, infinity, false};
  run(lowest);
  if (!lowest.found) return std::nullopt;
  Goal highest{step, -1, {}, infinity, false};
  run(highest);
  return Interval{lowest.best, -highest.best};
}

bool Search::any(std::uint32_t step, Interval allowed)
{
  find_shared(step);
  Goal goal{step, 0, allowed, infinity, false};
  run(goal);
  return goal.found;
}

void Search::find_shared(std::uint32_t step)
{
  find_active(step);
  // Walk back from the step; a fact that is reached from two places makes its uses depend on each other.
  std::vector<std::uint32_t> ways(step + 1, 0);
  ways[step] = 1;
  auto const count = [](std::uint32_t& target, std::uint32_t more) {
    target = std::min<std::uint32_t>(2, target + more);
  };
  for (std::uint32_t k = step + 1; k-- > program_.domains.size();) {
    if (ways[k] == 0) continue;
    auto const& one = program_.steps[k];
    for (auto const argument : one.arguments) count(ways[argument], ways[k]);
    for (auto const& row : one.rows) count(ways[row.value], ways[k]);
    // A condition used in several rows of one table is one use.
    std::vector<std::uint32_t> subjects;
    for (auto const& row : one.rows)
      for (auto const& condition : row.when) subjects.push_back(condition.step);
    std::sort(subjects.begin(), subjects.end());
    subjects.erase(std::unique(subjects.begin(), subjects.end()), subjects.end());
    for (auto const subject : subjects) count(ways[subject], ways[k]);
  }
  shared_ = 0;
  for (std::size_t k = 0; k < facts_.size() && k < ways.size(); ++k)
    if (ways[k] > 1) shared_ |= std::uint64_t{1} << k;
}

bool Search::contract(std::vector<std::int64_t>& ends) const
{
  // Ordered facts cannot start before the one before them, nor end after the one behind them.
  auto const low = [&](std::uint32_t fact) { return facts_[fact].count(ends[2 * fact]); };
  auto const high = [&](std::uint32_t fact) { return facts_[fact].count(ends[2 * fact + 1]); };
  for (auto const& [first, second] : program_.order) {
    while (low(second) < low(first)) {
      if (facts_[second].listed.empty())
        ends[2 * second] = low(first);
      else
        ++ends[2 * second];
      if (ends[2 * second] > ends[2 * second + 1]) return false;
    }
  }
  for (auto pair = program_.order.rbegin(); pair != program_.order.rend(); ++pair) {
    auto const [first, second] = *pair;
    while (high(first) > high(second)) {
      if (facts_[first].listed.empty())
        ends[2 * first + 1] = high(second);
      else
        --ends[2 * first + 1];
      if (ends[2 * first + 1] < ends[2 * first]) return false;
    }
  }
  return true;
}

double Search::rank(Interval target, Goal const& goal) const
{
  if (goal.sign > 0) return target.low;
  if (goal.sign < 0) return -target.high;
  if (target.high < goal.allowed.low || goal.allowed.high < target.low) return infinity;
  bool const inside = goal.allowed.low <= target.low && target.high <= goal.allowed.high;
  return inside ? 0 : 1;
}

bool Search::bound(Box& box, Goal& goal)
{
  if (!contract(box.ends)) return false;
  for (std::size_t k = 0; k < facts_.size(); ++k) values_[k] = values_of(k, box.ends[2 * k], box.ends[2 * k + 1]);
  if (steps_left_ > 0) --steps_left_;
  evaluate(program_, active_, std::span<Interval>(values_));
  for (auto const step : forbidden_)
    if (values_[step].low == 1) return false;
  box.target = values_[goal.step];
  box.rank = rank(box.target, goal);
  if (!(box.rank < goal.best)) return false;
  bool const settled = goal.sign == 0 ? box.rank == 0 : box.target.is_point();
  if (settled || is_whole(box, goal)) {
    try_corner(box, goal);
    if (!(box.rank < goal.best)) return false;
  }
  return true;
}

void Search::try_corner(Box const& box, Goal& goal)
{
  for (std::size_t k = 0; k < facts_.size(); ++k)
    point_[k] = program_.domains[k].value(facts_[k].count(box.ends[2 * k]));
  evaluate(program_, active_, std::span<double>(point_));
  for (auto const step : forbidden_)
    if (point_[step] == 1) return;
  double const value = point_[goal.step];
  if (std::isnan(value)) {
    failed_ = true;
    return;
  }
  if (goal.sign == 0) {
    if (!(goal.allowed.low <= value && value <= goal.allowed.high)) return;
    goal.best = -infinity;
  } else {
    double const rank = goal.sign > 0 ? value : -value;
    if (rank >= goal.best) return;
    goal.best = rank;
  }
  goal.found = true;
}

bool Search::is_whole(Box const& box, Goal const& goal) const
{
  auto const relevant = (box.target.is_point() ? 0 : program_.steps[goal.step].facts) | forbidding_;
  for (std::size_t k = 0; k < facts_.size(); ++k)
    if (box.ends[2 * k] != box.ends[2 * k + 1] && (relevant >> k & 1U) != 0) return false;
  return true;
}

Search::Halves Search::halve(Box const& box, std::size_t fact, Goal& goal)
{
  auto const first = box.ends[2 * fact];
  auto const last = box.ends[2 * fact + 1];
  auto const middle = first + (last - first) / 2;
  Halves halves{box, box, false, false};
  halves.lower.ends[2 * fact + 1] = middle;
  halves.upper.ends[2 * fact] = middle + 1;
  halves.lower_lives = bound(halves.lower, goal);
  halves.upper_lives = bound(halves.upper, goal);
  return halves;
}

Search::Halves Search::split(Box const& box, Goal& goal)
{
  // Where the facts act independently any order does, and the widest is halved. Where they depend on each other every
  // fact is tried, and the one whose halves bound the goal best is taken: it pays by orders of magnitude.
  auto const wanted = box.target.is_point() ? 0 : program_.steps[goal.step].facts;
  std::optional<std::size_t> widest;
  std::vector<std::size_t> candidates;
  bool tangled = false;
  for (int round = 0; round < 2 && candidates.empty(); ++round) {
    auto const relevant = round == 0 ? wanted : forbidding_;
    for (std::size_t k = 0; k < facts_.size(); ++k) {
      auto const width = box.ends[2 * k + 1] - box.ends[2 * k];
      if (width == 0 || (relevant >> k & 1U) == 0) continue;
      candidates.push_back(k);
      tangled = tangled || ((shared_ | forbidding_) >> k & 1U) != 0;
      if (!widest || width > box.ends[2 * *widest + 1] - box.ends[2 * *widest]) widest = k;
    }
  }
  if (!tangled || candidates.size() == 1) return halve(box, *widest, goal);
  std::optional<Halves> best;
  double best_gain = -1;
  for (auto const fact : candidates) {
    auto halves = halve(box, fact, goal);
    auto const gain_of = [&](Box const& half, bool lives) {
      if (!lives) return 1.0;
      if (!std::isfinite(box.rank)) return std::isfinite(half.rank) ? 0.5 : 0.0;
      return std::clamp((half.rank - box.rank) / (1 + std::fabs(box.rank)), 0.0, 1.0);
    };
    double gain = gain_of(halves.lower, halves.lower_lives) + gain_of(halves.upper, halves.upper_lives);
    if ((shared_ >> fact & 1U) != 0) gain += 1e-9;  // of equals the one that acts in several places
    if (fact == *widest) gain += 1e-10;             // and then the widest
    if (!(gain > best_gain)) continue;
    best_gain = gain;
    best = std::move(halves);
    if (!best->lower_lives && !best->upper_lives) break;
  }
  return std::move(*best);
}

void Search::run(Goal& goal)
{
  std::vector<Box> stack;
  Box root;
  for (auto const& fact : facts_) {
    root.ends.push_back(fact.first);
    root.ends.push_back(fact.last);
  }
  if (bound(root, goal)) stack.push_back(std::move(root));
  while (!stack.empty()) {
    Box box = std::move(stack.back());
    stack.pop_back();
    if (!(box.rank < goal.best)) continue;
    if (steps_left_ == 0) {
      // Out of work: what is left is bounded from outside.
      exact_ = false;
      goal.found = true;
      if (goal.sign != 0) goal.best = std::min(goal.best, box.rank);
      for (auto const& rest : stack)
        if (goal.sign != 0) goal.best = std::min(goal.best, rest.rank);
      return;
    }
    if (is_whole(box, goal)) continue;
    auto halves = split(box, goal);
    bool const upper_first = halves.upper.rank < halves.lower.rank;
    if (halves.lower_lives && upper_first) stack.push_back(std::move(halves.lower));
    if (halves.upper_lives) stack.push_back(std::move(halves.upper));
    if (halves.lower_lives && !upper_first) stack.push_back(std::move(halves.lower));
  }
}

}  // namespace tutela::detail
